/*
 * Runs of rows that come again: whoever fills a file copies a day or a month
 * and moves it.
 *
 *   [SB1] A row is known by its step to the row before (in seconds) and by
 *         what follows its opening: answer, arrival, resolution, outlet.  A
 *         copy that is moved as a whole keeps all of it, whoever is written
 *         beside it.
 *   [SB2] How often two rows of this file are alike by chance is counted in
 *         the file itself.  A run must be so long that not one pair of runs in
 *         2^16 files of this size were alike if rows did not depend on each
 *         other; and twice that, because they do.
 *   [SB3] Rows like the one before, at the same moment, are one order of many
 *         devices and do not make a run longer.
 *   [SB4] A run is found by a hash of its rows and then compared.
 */

#include "records/screens_parts.h"

#include <string.h>

enum {
    RUN_LEAST = 6,
    RUN_MOST = 64, /* a file that needs longer ones tells nothing */
    RUN_BITS = 16,
    SAMPLE = 1 << 18,
    KEY_BYTES = 5, /* of mixed keys, to sort by */
};

#define STEP UINT64_C(0x9e3779b97f4a7c15)

/* A mixing of 64 bits after splitmix64 (S. Vigna). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t look_of(const struct mark *m, uint64_t step)
{
    uint64_t h = mix(step + STEP);

    h = mix(h ^ (uint32_t)m->responded);
    h = mix(h ^ (uint32_t)m->arrived);
    h = mix(h ^ (uint32_t)m->resolved);
    return mix(h ^ m->outlet);
}

/* --- rows in a line --- */

/* s->line[i] are the rows in turn, s->keys[i] how each looks.  [SB1] [SB3] */
static size_t line_up(struct screening *s, const struct sorted *turn)
{
    size_t n = 0;

    for (size_t i = 1; i < s->n; i++) {
        const struct mark *m = &s->marks[turn[i].row];
        const struct mark *before = &s->marks[turn[i - 1].row];
        uint64_t step = (uint64_t)m->opened - before->opened;
        uint64_t key = look_of(m, step);

        if (step == 0 && look_of(before, 0) == key)
            continue;
        s->keys[n] = key;
        s->line[n++] = (uint32_t)turn[i].row;
    }
    return n;
}

/* --- how long a run must be [SB2] --- */

/* Every so many-th row says how often two are alike: enough of them, and as
 * fast for ten million rows as for a few. */
static size_t draw_keys(struct screening *s, size_t n)
{
    size_t every = n / SAMPLE + 1;
    size_t drawn = 0;

    for (size_t i = 0; i < n; i += every)
        s->a[drawn++] = (struct sorted){ s->keys[i], i };
    return drawn;
}

/* Pairs of n rows in s->a that are alike, and one.  40 bits of mixed keys sort
 * them well enough. */
static uint64_t pairs_alike(struct screening *s, size_t n)
{
    struct sorted *t = sorted_by_key(s->a, s->b, n, KEY_BYTES);
    uint64_t pairs = 1;
    size_t from = 0;

    for (size_t i = 1; i <= n; i++) {
        if (i < n && t[i].key == t[from].key)
            continue;
        pairs += (uint64_t)(i - from) * (i - from - 1) / 2;
        from = i;
    }
    return pairs;
}

static uint32_t bits_below(uint64_t x)
{
    return x < 2 ? 0 : 63U - (uint32_t)__builtin_clzll(x);
}

static uint64_t all_pairs(size_t n)
{
    return (uint64_t)n * (n - 1) / 2;
}

/* log2 of one in `share`, in eighths, rounded down. */
static uint64_t eighths_of(uint64_t share)
{
    uint64_t eighths = 0;

    while (share >= 256) {
        share >>= 1;
        eighths += 8;
    }
    share *= share; /* its eighth power stays below 2^64 */
    share *= share;
    return eighths + bits_below(share * share);
}

/* Rows of a run among n, or 0 when too many would be alike by chance. */
static size_t run_length(struct screening *s, size_t n)
{
    size_t drawn = draw_keys(s, n);
    uint64_t share = drawn < 2 ? 0 : all_pairs(drawn) / pairs_alike(s, drawn);
    uint64_t eighths = eighths_of(share);
    uint64_t need = (bits_below(all_pairs(n)) + 1 + RUN_BITS) * UINT64_C(8);
    uint64_t length;

    if (eighths == 0)
        return 0;
    length = 2 * ((need + eighths - 1) / eighths);
    if (length > RUN_MOST)
        return 0;
    return length < RUN_LEAST ? RUN_LEAST : (size_t)length;
}

/* --- runs alike [SB4] --- */

/* The hash of `length` keys in turn, for every place, into s->a. */
static size_t hash_runs(struct screening *s, size_t n, size_t length)
{
    uint64_t top = 1; /* STEP^(length - 1) */
    uint64_t h = 0;

    if (n < 2 * length)
        return 0;
    for (size_t i = 0; i + 1 < length; i++)
        top *= STEP;
    for (size_t i = 0; i < n; i++) {
        if (i >= length)
            h -= s->keys[i - length] * top;
        h = h * STEP + s->keys[i];
        if (i + 1 >= length)
            s->a[i + 1 - length] = (struct sorted){ mix(h), i + 1 - length };
    }
    return n + 1 - length;
}

static bool are_alike(const struct screening *s, size_t x, size_t y,
                      size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (s->keys[x + i] != s->keys[y + i])
            return false;
    }
    return true;
}

static void flag(struct screening *s, size_t place)
{
    s->flags[place / 64] |= UINT64_C(1) << place % 64;
}

/* Flag the places where runs begin that stand elsewhere too, and apart. */
static void flag_runs(struct screening *s, size_t runs, size_t length)
{
    const struct sorted *t = sorted_by_key(s->a, s->b, runs, KEY_BYTES);
    size_t first = 0;

    memset(s->flags, 0, (s->n / 64 + 1) * sizeof *s->flags);
    for (size_t i = 1; i < runs; i++) {
        if (t[i].key != t[first].key) {
            first = i;
            continue;
        }
        if (t[i].row - t[first].row < length ||
            !are_alike(s, t[first].row, t[i].row, length))
            continue;
        flag(s, t[first].row);
        flag(s, t[i].row);
    }
}

/* All rows of the flagged runs are concerned. */
static void concern_runs(struct screening *s, size_t runs, size_t length)
{
    size_t until = 0;

    for (size_t i = 0; i < runs + length - 1; i++) {
        if (i < runs && (s->flags[i / 64] >> i % 64 & 1) != 0)
            until = i + length;
        if (i < until)
            concern(s, s->line[i]);
    }
}

/* Rows in turn of `turn`.  False when nothing can be told of them. */
static bool find_runs(struct screening *s, const struct sorted *turn)
{
    size_t n = line_up(s, turn);
    size_t length = n < 2 ? 0 : run_length(s, n);
    size_t runs = length == 0 ? 0 : hash_runs(s, n, length);

    if (runs == 0)
        return false;
    flag_runs(s, runs, length);
    concern_runs(s, runs, length);
    return true;
}

static bool in_file_order(struct screening *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->a[i] = (struct sorted){ i, i };
    return find_runs(s, s->a);
}

static bool in_order_of_openings(struct screening *s)
{
    for (size_t i = 0; i < s->n; i++)
        s->a[i] = (struct sorted){ s->marks[i].opened, i };
    return find_runs(s, sorted_by_key(s->a, s->b, s->n, 4));
}

static uint64_t concerned(const struct screening *s)
{
    uint64_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->concerned[i / 64] >> i % 64 & 1;
    return n;
}

static bool is_in_order(const struct screening *s)
{
    for (size_t i = 1; i < s->n; i++) {
        if (s->marks[i - 1].opened > s->marks[i].opened)
            return false;
    }
    return true;
}

/* By [SB2] less than one row of 512 files. */
void look_blocks(struct screening *s, struct screen_result *out)
{
    struct finding f = { NULL, { 0, s->n }, { 1, s->n * UINT64_C(512) }, 1 };
    bool told = in_file_order(s);

    if (!is_in_order(s))
        told = in_order_of_openings(s) || told;
    f.seen.k = concerned(s);
    if (told)
        screen_judge(out, &f);
}
