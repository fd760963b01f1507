#include "merkle/tile.h"

#include "base/check.h"

#include <stdio.h>

enum {
    GROUP_DIGITS = 3,
    GROUP = 1000,
    LEVEL_BITS = 62, /* sizes go up to 2^62 */
};

/* How many subtrees of a tile's level are whole, which is what its hashes are
 * of; entries count like leaves. */
static uint64_t whole(uint64_t size, int level)
{
    int height = level < 0 ? 0 : level * TILE_HEIGHT;

    return height > LEVEL_BITS ? 0 : size >> height;
}

uint32_t tile_width(uint64_t size, int level, uint64_t index)
{
    uint64_t n = whole(size, level);
    uint64_t full = n / TILE_WIDTH;

    if (index < full)
        return TILE_WIDTH;
    return index == full ? (uint32_t)(n % TILE_WIDTH) : 0;
}

struct tile tile_of_node(unsigned level, uint64_t index, uint32_t *at,
                         uint32_t *n)
{
    unsigned above = level % TILE_HEIGHT;
    uint64_t first = index << above;

    *at = (uint32_t)(first % TILE_WIDTH);
    *n = UINT32_C(1) << above;
    return (struct tile){
        .level = (int)(level / TILE_HEIGHT),
        .index = first / TILE_WIDTH,
    };
}

/* The first tile of a level that was not there, or not full. */
static struct tile first_of(int level, uint64_t old_size)
{
    return (struct tile){
        .level = level,
        .index = whole(old_size, level) / TILE_WIDTH,
    };
}

bool tile_next(struct tile_walk *w, uint64_t old_size, uint64_t size,
               struct tile *out)
{
    if (!w->begun)
        w->next = first_of(TILE_ENTRIES, old_size);
    w->begun = true;

    for (; w->next.level <= TILE_LEVEL_MAX;
         w->next = first_of(w->next.level + 1, old_size)) {
        struct tile t = w->next;

        t.width = tile_width(size, t.level, t.index);
        if (t.width <= tile_width(old_size, t.level, t.index))
            continue;
        w->next.index++;
        *out = t;
        return true;
    }
    return false;
}

/* N, which is below 1000^6, in groups: "x001/x234/067". */
static size_t put_index(uint64_t index, char *out, size_t size)
{
    uint64_t top = 1;
    size_t n = 0;

    while (index / top >= GROUP)
        top *= GROUP;
    for (; top > 0; top /= GROUP) {
        int put = snprintf(out + n, size - n, top > 1 ? "x%03u/" : "%03u",
                           (unsigned)(index / top % GROUP));
        n += (size_t)put;
    }
    return n;
}

str tile_path(struct tile t, char out[static TILE_PATH])
{
    int n = 0;

    check(t.level >= TILE_ENTRIES && t.level <= TILE_LEVEL_MAX);
    check(t.index <= TILE_INDEX_MAX);
    check(t.width >= 1 && t.width <= TILE_WIDTH);
    if (t.level == TILE_ENTRIES)
        n = snprintf(out, TILE_PATH, "tile/entries/");
    else
        n = snprintf(out, TILE_PATH, "tile/%d/", t.level);

    size_t at = (size_t)n;
    at += put_index(t.index, out + at, TILE_PATH - at);
    if (t.width < TILE_WIDTH)
        at += (size_t)snprintf(out + at, TILE_PATH - at, ".p/%u", t.width);
    return (str){ out, at };
}

/* A whole number of up to `most` digits without leading zeros. */
static bool read_number(str s, size_t most, uint32_t *out)
{
    uint32_t value = 0;

    if (s.n == 0 || s.n > most || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(s.p[i] - '0');
    }
    *out = value;
    return true;
}

/* "tile/LEVEL/" off the front of *rest. */
static bool take_level(str *rest, int *out)
{
    uint32_t level = 0;

    if (!str_eq(str_cut(rest, '/'), S("tile")))
        return false;

    str word = str_cut(rest, '/');
    if (str_eq(word, S("entries"))) {
        *out = TILE_ENTRIES;
        return true;
    }
    if (!read_number(word, 2, &level) || level > TILE_LEVEL_MAX)
        return false;
    *out = (int)level;
    return true;
}

/* ".p/WIDTH" off the end of *rest, if it is there. */
static bool take_width(str *rest, uint32_t *out)
{
    size_t at = str_find(*rest, S(".p/"));

    *out = TILE_WIDTH;
    if (at == rest->n)
        return true;
    if (!read_number(str_from(*rest, at + 3), 3, out))
        return false;
    *rest = str_first(*rest, at);
    return *out >= 1 && *out < TILE_WIDTH;
}

/* Exactly three digits. */
static bool read_group(str s, uint64_t *out)
{
    uint64_t value = 0;

    if (s.n != GROUP_DIGITS)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = value;
    return true;
}

/* "x001/x234/067"; there is at least one group. */
static bool read_index(str s, uint64_t *out)
{
    uint64_t value = 0;
    uint64_t group = 0;

    for (bool first = true; s.p != NULL; first = false) {
        str word = str_cut(&s, '/');
        bool last = s.p == NULL;

        if (!last && !str_begins(word, S("x")))
            return false;
        if (!read_group(last ? word : str_from(word, 1), &group))
            return false;
        if (first && !last && group == 0)
            return false;
        value = value * GROUP + group;
        if (value > TILE_INDEX_MAX)
            return false;
    }
    *out = value;
    return true;
}

bool tile_parse(str path, struct tile *out)
{
    struct tile t = { .level = 0 };

    if (!take_level(&path, &t.level) || path.p == NULL ||
        !take_width(&path, &t.width) || !read_index(path, &t.index))
        return false;
    *out = t;
    return true;
}
