#include "register/ready.h"

#include "base/buf.h"
#include "base/check.h"
#include "register/pressed.h"

static void put_number(struct buf *b, uint64_t n, unsigned bytes)
{
    for (; bytes > 0; bytes--, n >>= 8)
        buf_char(b, (char)(uint8_t)n);
}

static uint64_t number_at(const char *p, unsigned bytes)
{
    uint64_t n = 0;

    while (bytes-- > 0)
        n = n << 8 | (uint8_t)p[bytes];
    return n;
}

static bool lies_within(const struct ready *x)
{
    return x->at <= x->n && x->cut <= x->n - x->at;
}

void ready_pack(struct buf *b, const struct ready *x)
{
    check(lies_within(x) && x->n <= UINT32_MAX);
    check(x->cut <= READY_PATCH_MAX && x->put.n <= READY_PATCH_MAX);
    put_number(b, (uint32_t)x->until, 4);
    put_number(b, (uint32_t)x->at, 4);
    put_number(b, (uint32_t)x->cut, 2);
    put_number(b, (uint32_t)x->put.n, 2);
    put_number(b, (uint32_t)x->from, 4);
    put_number(b, (uint32_t)x->over, 4);
    put_number(b, x->names[0], 8);
    put_number(b, x->names[1], 8);
    put_number(b, x->n, 4);
    buf_str(b, x->put);
    buf_str(b, x->pressed);
}

bool ready_unpack(str packed, struct ready *out)
{
    struct ready x;
    size_t put;

    if (packed.n < READY_HEAD)
        return false;
    put = number_at(packed.p + 10, 2);
    if (put > packed.n - READY_HEAD)
        return false;
    x.until = (day)(uint32_t)number_at(packed.p, 4);
    x.at = number_at(packed.p + 4, 4);
    x.cut = number_at(packed.p + 8, 2);
    x.from = (day)(uint32_t)number_at(packed.p + 12, 4);
    x.over = (day)(uint32_t)number_at(packed.p + 16, 4);
    x.names[0] = number_at(packed.p + 20, 8);
    x.names[1] = number_at(packed.p + 28, 8);
    x.n = number_at(packed.p + 36, 4);
    x.put = (str){ packed.p + READY_HEAD, put };
    x.pressed = str_from(packed, READY_HEAD + put);
    if (!lies_within(&x))
        return false;
    *out = x;
    return true;
}

size_t ready_room(const struct ready *x)
{
    return x->n + x->put.n;
}

bool ready_write(const struct ready *x, str like, day today, char *to,
                 size_t *n)
{
    size_t behind = x->at + x->cut;

    if (!pressed_read(x->pressed, like, to, x->n))
        return false;
    *n = x->n;
    if (today <= x->until)
        return true;
    memmove(to + x->at + x->put.n, to + behind, x->n - behind);
    if (x->put.n > 0)
        memcpy(to + x->at, x->put.p, x->put.n);
    *n = x->n - x->cut + x->put.n;
    return true;
}

bool ready_knows(const struct ready *x, day today)
{
    return x->from <= today && today <= x->over;
}

uint64_t ready_name_on(const struct ready *x, day today)
{
    return x->names[today > x->until];
}
