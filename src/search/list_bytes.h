#ifndef SEARCH_LIST_BYTES_H
#define SEARCH_LIST_BYTES_H

/* list_bytes -- inside search: numbers as the bytes of a segment. */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "a segment is read as it lies");

enum {
    LIST_MAP = 64,    /* the kind of a block that is a bitmap */
    VARINT_BYTES = 5, /* of 32 bits, at most */
};

static inline uint32_t u32_read(const uint8_t *p)
{
    uint32_t n;

    memcpy(&n, p, sizeof n);
    return n;
}

static inline uint64_t u64_read(const uint8_t *p)
{
    uint64_t n;

    memcpy(&n, p, sizeof n);
    return n;
}

/* Seven bits a byte, the lowest first; all but the last have the eighth set.
 * Returns what follows; *out is 0 at the end, and never more than 32 bits. */
static inline const uint8_t *varint_read(const uint8_t *p, const uint8_t *end,
                                         uint32_t *out)
{
    uint32_t n = 0;

    for (unsigned shift = 0; p < end && shift < 32; shift += 7) {
        uint8_t byte = *p++;

        n |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    *out = n;
    return p;
}

static inline uint8_t *varint_write(uint8_t *p, uint32_t n)
{
    for (; n >= 0x80; n >>= 7)
        *p++ = (uint8_t)(n | 0x80);
    *p++ = (uint8_t)n;
    return p;
}

#endif
