/*
 * The code is made as the standard has it: a text as bytes (matrix_bytes.c),
 * modules from the lower right corner upwards, a mask.  Rows are words, so
 * eight masks are tried and judged by whole rows.
 */

#include "codec/matrix.h"

#include "codec/matrix_parts.h"

#include <string.h>

enum {
    LINES = 64,
    MASKS = 8,
    QUIET = 4, /* light modules around it */
};

/* --- modules that are there whatever it says ---------------------------------
 */

/* Lines one way: bit j of line i. */
struct lines {
    uint64_t dark[LINES];
    uint64_t fixed[LINES]; /* bits that no mask turns */
};

struct drawing {
    int v;
    int width;
    struct lines rows;
    struct lines columns; /* the same modules */
};

static inline void set_bit(struct lines *l, int i, int j, bool dark)
{
    uint64_t bit = UINT64_C(1) << j;

    l->fixed[i] |= bit;
    l->dark[i] = dark ? l->dark[i] | bit : l->dark[i] & ~bit;
}

static inline void set(struct drawing *d, int x, int y, bool dark)
{
    set_bit(&d->rows, y, x, dark);
    set_bit(&d->columns, x, y, dark);
}

/* A square of rings around (x, y): dark but for the ring at `light`. */
static void rings(struct drawing *d, int x, int y, int reach, int light)
{
    for (int i = -reach; i <= reach; i++) {
        for (int j = -reach; j <= reach; j++) {
            int ring = (i < 0 ? -i : i) > (j < 0 ? -j : j) ? (i < 0 ? -i : i)
                                                           : (j < 0 ? -j : j);

            if (x + j >= 0 && x + j < d->width && y + i >= 0 &&
                y + i < d->width)
                set(d, x + j, y + i, ring != light && ring != 4);
        }
    }
}

static void corners(struct drawing *d)
{
    rings(d, 3, 3, 4, 2);
    rings(d, d->width - 4, 3, 4, 2);
    rings(d, 3, d->width - 4, 4, 2);
}

/* Where the small squares stand; how many places there are on a side. */
static int small_places(const struct drawing *d, int places[3])
{
    int last = d->width - 7;

    places[0] = 6;
    if (d->v == 1)
        return 0;
    if (d->v < 7) {
        places[1] = last;
        return 2;
    }
    places[1] = 6 + (last - 6) / 2;
    places[2] = last;
    return 3;
}

static void small_squares(struct drawing *d)
{
    int places[3];
    int n = small_places(d, places);

    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            bool corner = (i == 0 && j == 0) || (i == 0 && j == n - 1) ||
                          (i == n - 1 && j == 0);

            if (!corner)
                rings(d, places[i], places[j], 2, 1);
        }
    }
}

static void version_bits(struct drawing *d)
{
    unsigned rest = (unsigned)d->v;

    if (d->v < 7)
        return;
    for (int i = 0; i < 12; i++)
        rest = rest << 1 ^ (rest >> 11) * 0x1f25;
    for (int i = 0; i < 18; i++) {
        bool dark = (((unsigned)d->v << 12 | rest) >> i & 1) != 0;

        set(d, d->width - 11 + i % 3, i / 3, dark);
        set(d, i / 3, d->width - 11 + i % 3, dark);
    }
}

/* Level L and the mask, twice. */
static void format_bits(struct drawing *d, int mask)
{
    unsigned data = 1U << 3 | (unsigned)mask;
    unsigned rest = data;
    const int w = d->width;

    for (int i = 0; i < 10; i++)
        rest = rest << 1 ^ (rest >> 9) * 0x537;
    unsigned bits = (data << 10 | rest) ^ 0x5412;
    for (int i = 0; i < 15; i++) {
        bool dark = (bits >> i & 1) != 0;
        int near = i < 6 ? i : i < 8 ? i + 1 : 14 - i; /* past the line at 6 */

        if (i < 8)
            set(d, 8, near, dark);
        else
            set(d, i == 8 ? 7 : near, 8, dark);
        if (i < 8)
            set(d, w - 1 - i, 8, dark);
        else
            set(d, 8, w - 15 + i, dark);
    }
    set(d, 8, w - 8, true);
}

static void begin(struct drawing *d, int v)
{
    *d = (struct drawing){ .v = v, .width = 17 + 4 * v };
    for (int i = 0; i < d->width; i++) {
        set(d, i, 6, i % 2 == 0);
        set(d, 6, i, i % 2 == 0);
    }
    corners(d);
    small_squares(d);
    version_bits(d);
    format_bits(d, 0);
}

/* --- modules that say it
 * ------------------------------------------------------
 */

static uint64_t bit_of(const uint8_t *bytes, int i)
{
    return bytes[i >> 3] >> (7 - (i & 7)) & 1;
}

/* From right to left by twos, in turn upwards and downwards. */
static void lay(struct drawing *d, const uint8_t *bytes, int n)
{
    int i = 0;

    for (int right = d->width - 1; right >= 1; right -= 2) {
        if (right == 6)
            right = 5;
        for (int along = 0; along < d->width; along++) {
            bool up = ((right + 1) & 2) == 0;
            int y = up ? d->width - 1 - along : along;

            for (int x = right; x > right - 2; x--) {
                if ((d->rows.fixed[y] >> x & 1) != 0 || i >= 8 * n)
                    continue;
                d->rows.dark[y] |= bit_of(bytes, i) << x;
                d->columns.dark[x] |= bit_of(bytes, i) << y;
                i++;
            }
        }
    }
}

/* --- masks -----------------------------------------------------------------
 */

/* Modules of a line: the even ones; those whose place divided by 3 leaves 0;
 * those of 0, 1, 2, 6, 7, 8, 12 ..; those of 0, 1, 4, 5, 8 .. */
#define EVEN  UINT64_C(0x5555555555555555)
#define THIRD UINT64_C(0x9249249249249249)
#define THREE UINT64_C(0x71c71c71c71c71c7)
#define PAIRS UINT64_C(0x3333333333333333)

static uint64_t third(int rest)
{
    return rest == 0 ? THIRD : THIRD << rest;
}

/* Where x * y divided by 3 leaves 1. */
static uint64_t product_one(int y)
{
    return y % 3 == 0 ? 0 : third(y % 3);
}

/* The modules of row y that mask `mask` turns. */
static uint64_t mask_row(int mask, int y)
{
    const bool odd = y % 2 == 1;

    switch (mask) {
    case 0: return odd ? ~EVEN : EVEN;
    case 1: return odd ? 0 : ~UINT64_C(0);
    case 2: return THIRD;
    case 3: return third((3 - y % 3) % 3);
    case 4: return y / 2 % 2 == 1 ? ~THREE : THREE;
    case 5:
        return (odd ? EVEN : ~UINT64_C(0)) &
               (y % 3 == 0 ? ~UINT64_C(0) : THIRD);
    case 6: return ~((odd ? ~EVEN : 0) ^ product_one(y));
    default: return ~((odd ? EVEN : ~EVEN) ^ product_one(y));
    }
}

/* Of column x: most masks do not tell rows from columns. */
static uint64_t mask_column(int mask, int x)
{
    switch (mask) {
    case 1: return EVEN;
    case 2: return x % 3 == 0 ? ~UINT64_C(0) : 0;
    case 4: return x / 3 % 2 == 1 ? ~PAIRS : PAIRS;
    default: return mask_row(mask, x);
    }
}

/* Set bits of many words, two at a time, counted in all places at once. */
enum { DIGITS = 8 }; /* for four times MATRIX_MOST */

struct tally {
    uint64_t digits[DIGITS];
};

/* What is carried on. */
static inline uint64_t digit_add(uint64_t *digit, uint64_t x)
{
    uint64_t carry = *digit & x;

    *digit ^= x;
    return carry;
}

static inline void tally_add(struct tally *t, uint64_t x, uint64_t y)
{
    uint64_t *d = t->digits;
    uint64_t either = x ^ y;
    uint64_t carry = (x & y) | (either & d[0]);

    d[0] ^= either;
    carry = digit_add(&d[1], carry);
    carry = digit_add(&d[2], carry);
    carry = digit_add(&d[3], carry);
    if (carry == 0) /* as nearly always, for fifteen are not alike */
        return;
    for (int i = 4; i < DIGITS; i++)
        carry = digit_add(&d[i], carry);
}

static int bits_set(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);

    x -= x >> 1 & EVEN;
    x = (x & PAIRS) + (x >> 2 & PAIRS);
    x = (x + (x >> 4)) & (0x0f * ones);
    return (int)(x * ones >> 56);
}

static int tally_sum(const struct tally *t)
{
    int sum = 0;

    for (int i = 0; i < DIGITS; i++)
        sum += bits_set(t->digits[i]) << i;
    return sum;
}

struct marks {
    struct tally runs;   /* five alike, at each of their beginnings .. */
    struct tally begins; /* .. and only the first such of a run */
    struct tally blocks; /* two by two alike */
    struct tally finds;  /* what looks like a corner, with light beside it */
    struct tally dark;
};

/* Pairs of neighbours that are alike. */
static inline uint64_t alike(uint64_t line, int width)
{
    return ~(line ^ line >> 1) & ((UINT64_C(1) << (width - 1)) - 1);
}

/* Five alike, at each of their beginnings. */
static inline uint64_t fives_in(uint64_t line, int width)
{
    uint64_t pairs = alike(line, width);
    uint64_t threes = pairs & pairs >> 1;

    return threes & threes >> 2;
}

static inline void find_corners(struct tally *t, uint64_t line)
{
    uint64_t x = line << QUIET;
    uint64_t light = ~x & ~x >> 1;
    uint64_t corner =
        x & ~(x >> 1) & x >> 2 & x >> 3 & x >> 4 & ~(x >> 5) & x >> 6;

    light &= light >> 2;
    if (corner != 0)
        tally_add(t, corner & light << 4, corner & light >> 7);
}

static inline void judge_lines(struct marks *m, uint64_t row, uint64_t column,
                               int width)
{
    uint64_t across = fives_in(row, width);
    uint64_t down = fives_in(column, width);

    tally_add(&m->runs, across, down);
    tally_add(&m->begins, across & ~(across << 1), down & ~(down << 1));
    find_corners(&m->finds, row);
    find_corners(&m->finds, column);
}

/* Two by two alike, of this row and the next. */
static inline uint64_t blocks_in(const uint64_t *row, int width)
{
    return alike(row[0], width) & alike(row[1], width) & ~(row[0] ^ row[1]);
}

/* What the standard holds against it. */
static int judge(const uint64_t *rows, const uint64_t *columns, int width)
{
    struct marks m = { 0 };
    const int all = width * width;

    for (int i = 0; i < width; i++)
        judge_lines(&m, rows[i], columns[i], width);
    for (int i = 0; i < width - 1; i += 2) { /* a width is odd */
        tally_add(&m.dark, rows[i], rows[i + 1]);
        tally_add(&m.blocks, blocks_in(rows + i, width),
                  blocks_in(rows + i + 1, width));
    }
    tally_add(&m.dark, rows[width - 1], 0);
    int apart = 20 * tally_sum(&m.dark) - 10 * all;
    if (apart < 0)
        apart = -apart;
    return tally_sum(&m.runs) + 2 * tally_sum(&m.begins) +
           3 * tally_sum(&m.blocks) + 40 * tally_sum(&m.finds) +
           10 * (apart == 0 ? 0 : (apart - 1) / all);
}

static void turn(struct drawing *d, int mask, uint64_t rows[LINES],
                 uint64_t columns[LINES])
{
    const uint64_t inside = (UINT64_C(1) << d->width) - 1;

    format_bits(d, mask);
    for (int i = 0; i < d->width; i++) {
        rows[i] =
            d->rows.dark[i] ^ (mask_row(mask, i) & ~d->rows.fixed[i] & inside);
        columns[i] = d->columns.dark[i] ^
                     (mask_column(mask, i) & ~d->columns.fixed[i] & inside);
    }
}

static void choose(struct drawing *d, struct matrix *out)
{
    uint64_t rows[LINES];
    uint64_t columns[LINES];
    int best = 0;
    int least = INT32_MAX;

    for (int mask = 0; mask < MASKS; mask++) {
        turn(d, mask, rows, columns);
        int against = judge(rows, columns, d->width);
        if (against < least) {
            least = against;
            best = mask;
        }
    }
    turn(d, best, rows, columns);
    *out = (struct matrix){ .width = d->width };
    memcpy(out->rows, rows, (size_t)d->width * sizeof *rows);
}

bool matrix_make(str text, struct matrix *out)
{
    uint8_t bytes[MATRIX_BYTES];
    struct drawing d;
    int n;
    int v = matrix_bytes(text, bytes, &n);

    if (v == 0)
        return false;
    begin(&d, v);
    lay(&d, bytes, n);
    choose(&d, out);
    return true;
}
