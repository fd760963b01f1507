#include "register/ready.h"

#include "base/buf.h"
#include "base/check.h"

static void put_number(struct buf *b, uint32_t n, unsigned bytes)
{
    for (; bytes > 0; bytes--, n >>= 8)
        buf_char(b, (char)(uint8_t)n);
}

static uint32_t number_at(const char *p, unsigned bytes)
{
    uint32_t n = 0;

    while (bytes-- > 0)
        n = n << 8 | (uint8_t)p[bytes];
    return n;
}

static bool lies_within(const struct ready *x)
{
    return x->at <= x->bytes.n && x->cut <= x->bytes.n - x->at;
}

void ready_pack(struct buf *b, const struct ready *x)
{
    check(lies_within(x) && x->bytes.n <= UINT32_MAX);
    check(x->cut <= READY_PATCH_MAX && x->put.n <= READY_PATCH_MAX);
    put_number(b, (uint32_t)x->until, 4);
    put_number(b, (uint32_t)x->at, 4);
    put_number(b, (uint32_t)x->cut, 2);
    put_number(b, (uint32_t)x->put.n, 2);
    buf_str(b, x->put);
    buf_str(b, x->bytes);
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
    x.until = (day)number_at(packed.p, 4);
    x.at = number_at(packed.p + 4, 4);
    x.cut = number_at(packed.p + 8, 2);
    x.put = (str){ packed.p + READY_HEAD, put };
    x.bytes = str_from(packed, READY_HEAD + put);
    if (!lies_within(&x))
        return false;
    *out = x;
    return true;
}

struct ready_parts ready_on(const struct ready *x, day today)
{
    if (today <= x->until)
        return (struct ready_parts){ { x->bytes, S(""), S("") } };
    return (struct ready_parts){ { str_first(x->bytes, x->at), x->put,
                                   str_from(x->bytes, x->at + x->cut) } };
}

size_t ready_size(const struct ready_parts *p)
{
    return p->part[0].n + p->part[1].n + p->part[2].n;
}

void ready_join(const struct ready_parts *p, char *to)
{
    for (int i = 0; i < 3; i++) {
        if (p->part[i].n > 0)
            memcpy(to, p->part[i].p, p->part[i].n);
        to += p->part[i].n;
    }
}
