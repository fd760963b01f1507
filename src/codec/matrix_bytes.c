/*
 * matrix_bytes -- a text as the bytes of a square code (ISO/IEC 18004, level
 * L): segments of bits, and blocks of bytes with what corrects each.
 */

#include "codec/matrix_parts.h"

#include <string.h>

enum {
    VERSIONS = 9,
    TEXT_MOST = 400,      /* bytes; no version holds so many */
    CORRECTING_ROOM = 32, /* bytes of a block that correct, in whole words */
};

/* Of each version: bytes in all, those of a block that correct the others, and
 * how many blocks there are. */
struct version {
    int bytes;
    int correcting;
    int blocks;
};

static const struct version versions[VERSIONS + 1] = {
    { 0 },          { 26, 7, 1 },   { 44, 10, 1 },  { 70, 15, 1 },
    { 100, 20, 1 }, { 134, 26, 1 }, { 172, 18, 2 }, { 196, 20, 2 },
    { 242, 24, 2 }, { 292, 30, 2 },
};

static int data_bytes(int v)
{
    return versions[v].bytes - versions[v].correcting * versions[v].blocks;
}

/* --- bits ------------------------------------------------------------------
 */

struct bits {
    uint8_t bytes[MATRIX_BYTES];
    int n;
};

static void put_bits(struct bits *b, unsigned value, int count)
{
    for (int i = count - 1; i >= 0; i--, b->n++)
        b->bytes[b->n >> 3] |= (uint8_t)((value >> i & 1) << (7 - (b->n & 7)));
}

/* -1: it is none of the signs that are packed closer. */
static int sign_value(char c)
{
    static const char others[] = " $%*+-./:";
    const char *at;

    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    at = c == '\0' ? NULL : strchr(others, c);
    return at == NULL ? -1 : (int)(at - others) + 36;
}

enum { MODE_SIGNS = 2, MODE_BYTES = 4, MODE_BITS = 4, COUNT_SIGNS = 9 };
enum { COUNT_BYTES = 8, PAIR_BITS = 11, SIGN_BITS = 6, SIGNS = 45 };

static int bytes_cost(size_t n)
{
    return n == 0 ? 0 : MODE_BITS + COUNT_BYTES + 8 * (int)n;
}

static int signs_cost(size_t n)
{
    return n == 0 ? 0
                  : MODE_BITS + COUNT_SIGNS + PAIR_BITS * (int)(n / 2) +
                        SIGN_BITS * (int)(n % 2);
}

/* [MX2]  Bytes before the end that is packed closer. */
static size_t split(str text)
{
    size_t at = text.n;

    while (at > 0 && sign_value(text.p[at - 1]) >= 0)
        at--;
    return bytes_cost(at) + signs_cost(text.n - at) < bytes_cost(text.n)
               ? at
               : text.n;
}

static void put_text(struct bits *b, str text, size_t at)
{
    size_t n = text.n - at;
    const char *p = text.p + at;

    if (at > 0) {
        put_bits(b, MODE_BYTES, MODE_BITS);
        put_bits(b, (unsigned)at, COUNT_BYTES);
    }
    for (size_t i = 0; i < at; i++)
        put_bits(b, (uint8_t)text.p[i], 8);
    if (n > 0) {
        put_bits(b, MODE_SIGNS, MODE_BITS);
        put_bits(b, (unsigned)n, COUNT_SIGNS);
    }
    for (size_t i = 0; i + 1 < n; i += 2)
        put_bits(b, (unsigned)(sign_value(p[i]) * SIGNS + sign_value(p[i + 1])),
                 PAIR_BITS);
    if (n % 2 == 1)
        put_bits(b, (unsigned)sign_value(p[n - 1]), SIGN_BITS);
}

/* The end, and what fills the rest. */
static void fill(struct bits *b, int bytes)
{
    int room = 8 * bytes - b->n;
    uint8_t filler = 0xec;

    put_bits(b, 0, room < MODE_BITS ? room : MODE_BITS);
    b->n = (b->n + 7) & ~7;
    for (; b->n < 8 * bytes; filler ^= 0xec ^ 0x11)
        put_bits(b, filler, 8);
}

/* --- what corrects -----------------------------------------------------------
 */

/* Times two, in the field of 256 whose polynomial is 0x11d. */
static uint8_t twice(uint8_t x)
{
    return (uint8_t)(x << 1 ^ (x >> 7) * 0x1d);
}

static uint8_t times(uint8_t x, uint8_t y)
{
    uint8_t product = 0;

    for (; y != 0; y >>= 1, x = twice(x))
        product ^= (uint8_t)(x * (y & 1));
    return product;
}

/* The divisor of this degree without its first one, times 1, 2, 4 .. 128. */
struct divisor {
    uint8_t by[8][CORRECTING_ROOM];
    int degree;
};

static void make_divisor(int degree, struct divisor *d)
{
    uint8_t root = 1;

    *d = (struct divisor){ .degree = degree };
    d->by[0][degree - 1] = 1;
    for (int i = 0; i < degree; i++, root = twice(root)) {
        for (int j = 0; j < degree; j++)
            d->by[0][j] = times(d->by[0][j], root) ^
                          (j + 1 < degree ? d->by[0][j + 1] : 0);
    }
    for (int bit = 1; bit < 8; bit++) {
        for (int j = 0; j < degree; j++)
            d->by[bit][j] = twice(d->by[bit - 1][j]);
    }
}

/* Word by word; nothing of `x` where `bit` is 0. */
static inline void add(uint8_t *to, const uint8_t *x, unsigned bit)
{
    const uint64_t all = UINT64_C(0) - bit;

    for (size_t i = 0; i < CORRECTING_ROOM; i += sizeof all) {
        uint64_t a;
        uint64_t b;

        memcpy(&a, to + i, sizeof a);
        memcpy(&b, x + i, sizeof b);
        a ^= b & all;
        memcpy(to + i, &a, sizeof a);
    }
}

static void divide(const struct divisor *d, const uint8_t *data, int n,
                   uint8_t rest[CORRECTING_ROOM])
{
    memset(rest, 0, CORRECTING_ROOM);
    for (int i = 0; i < n; i++) {
        unsigned factor = data[i] ^ rest[0];

        memmove(rest, rest + 1, CORRECTING_ROOM - 1);
        for (int bit = 0; bit < 8; bit++)
            add(rest, d->by[bit], factor >> bit & 1);
    }
}

/* Blocks of data with what corrects each, a byte of each in turn. */
static void interleave(int v, const uint8_t *data, uint8_t *out)
{
    const int blocks = versions[v].blocks;
    const int total = data_bytes(v);
    const int least = total / blocks;
    const int longer = total % blocks; /* blocks with one more, the last */
    struct divisor d;
    uint8_t rest[CORRECTING_ROOM];

    make_divisor(versions[v].correcting, &d);
    for (int b = 0, from = 0; b < blocks; b++) {
        int n = least + (b >= blocks - longer);

        for (int i = 0; i < n; i++) {
            int at = i * blocks + b;

            if (i == least) /* only the longer ones are in this turn */
                at -= blocks - longer;
            out[at] = data[from + i];
        }
        divide(&d, data + from, n, rest);
        for (int i = 0; i < d.degree; i++)
            out[total + i * blocks + b] = rest[i];
        from += n;
    }
}

int matrix_bytes(str text, uint8_t out[static MATRIX_BYTES], int *n)
{
    struct bits b = { .n = 0 };
    int v = 1;

    if (text.n > TEXT_MOST)
        return 0;
    size_t at = split(text);
    int need = bytes_cost(at) + signs_cost(text.n - at);
    while (v <= VERSIONS && need > 8 * data_bytes(v))
        v++;
    if (v > VERSIONS)
        return 0;
    put_text(&b, text, at);
    fill(&b, data_bytes(v));
    interleave(v, b.bytes, out);
    *n = versions[v].bytes;
    return v;
}
