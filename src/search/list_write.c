#include "search/list.h"
#include "search/list_bytes.h"

#include <string.h>

/* A document costs at most a varint in a short part, 33 bits in a packed
 * block, and blocks and parts their tables. */
size_t list_bound(size_t n)
{
    return 64 + n * VARINT_BYTES + (n / LIST_BLOCK + LIST_TIERS) * 16;
}

static uint8_t *write_u32(uint8_t *p, uint32_t n)
{
    memcpy(p, &n, sizeof n);
    return p + sizeof n;
}

static uint8_t *write_map(const uint32_t *documents, size_t n, uint8_t *p)
{
    size_t bytes = (documents[n - 1] - documents[0] + 7) / 8;

    *p++ = LIST_MAP;
    memset(p, 0, bytes);
    for (size_t i = 1; i < n; i++) {
        uint32_t bit = documents[i] - documents[0] - 1;

        p[bit / 8] = (uint8_t)(p[bit / 8] | 1U << bit % 8);
    }
    return p + bytes;
}

static uint8_t *write_packed(const uint32_t *documents, size_t n, unsigned bits,
                             uint8_t *p)
{
    size_t bytes = ((n - 1) * bits + 7) / 8;
    uint64_t held = 0;
    unsigned have = 0;

    *p++ = (uint8_t)bits;
    uint8_t *end = p + bytes;
    for (size_t i = 1; i < n; i++) {
        held |= (uint64_t)(documents[i] - documents[i - 1] - 1) << have;
        for (have += bits; have >= 8; have -= 8, held >>= 8)
            *p++ = (uint8_t)held;
    }
    if (p < end)
        *p++ = (uint8_t)held;
    return p;
}

/* Whichever of the two is smaller. */
static uint8_t *write_block(const uint32_t *documents, size_t n, uint8_t *p)
{
    uint32_t widest = 0;
    unsigned bits = 0;

    for (size_t i = 1; i < n; i++)
        widest |= documents[i] - documents[i - 1] - 1;
    while (bits < 32 && widest >> bits != 0)
        bits++;
    if (documents[n - 1] - documents[0] <= (n - 1) * bits)
        return write_map(documents, n, p);
    return write_packed(documents, n, bits, p);
}

static uint8_t *write_short(const uint32_t *documents, size_t n, uint8_t *p)
{
    uint32_t before = UINT32_MAX;

    for (size_t i = 0; i < n; i++) {
        p = varint_write(p, documents[i] - before - 1);
        before = documents[i];
    }
    return p;
}

static uint8_t *write_part(const uint32_t *documents, size_t n, uint8_t *p)
{
    if (n < LIST_BLOCK)
        return write_short(documents, n, p);

    size_t blocks = (n + LIST_BLOCK - 1) / LIST_BLOCK;
    uint8_t *table = p;
    uint8_t *data = p + blocks * 8;
    p = data;
    for (size_t i = 0; i < n; i += LIST_BLOCK) {
        size_t count = n - i < LIST_BLOCK ? n - i : LIST_BLOCK;

        p = write_block(documents + i, count, p);
        table = write_u32(table, documents[i]);
        table = write_u32(table, (uint32_t)(p - data));
    }
    return p;
}

size_t list_write(const uint32_t *const documents[LIST_TIERS],
                  const uint32_t n[LIST_TIERS], uint8_t *out)
{
    uint32_t mask = 0;
    int last = 0;
    uint8_t *p = out + 1;

    for (int i = 0; i < LIST_TIERS; i++) {
        if (n[i] == 0)
            continue;
        mask |= 1U << i;
        last = i;
        p = varint_write(p, n[i]);
    }
    *out = (uint8_t)mask;

    /* The sizes stand before the parts: written behind the room that the
     * longest could take, and then moved to where they belong. */
    uint8_t *from = p + (size_t)LIST_TIERS * VARINT_BYTES;
    uint8_t *to = from;
    for (int i = 0; i <= last; i++) {
        uint8_t *part = to;

        if (n[i] > 0)
            to = write_part(documents[i], n[i], to);
        if (n[i] > 0 && i < last)
            p = varint_write(p, (uint32_t)(to - part));
    }
    memmove(p, from, (size_t)(to - from));
    return (size_t)(p - out) + (size_t)(to - from);
}
