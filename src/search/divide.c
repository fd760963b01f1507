#include "search/divide.h"

#include "search/reading.h"

/* Ways that are looked at; most of those that mix are like others. */
enum { LOOKED_AT = 64 };

/* A way through the letters: how many each syllable takes. */
struct division {
    uint8_t taken[SEARCH_ASKED_MAX];
    size_t n;
    size_t at;
};

/* Can `n` letters be only the beginning of a syllable? */
static bool is_beginning(const uint16_t *letters, size_t n)
{
    uint16_t from;
    uint16_t to;

    if (n == 2 &&
        (letters[1] != 'h' ||
         (letters[0] != 'z' && letters[0] != 'c' && letters[0] != 's')))
        return false;
    return n <= 2 && reading_begun(letters, n, &from, &to);
}

/* Is what is taken here a syllable to its end? */
static bool is_whole(const struct dividing *d, size_t at, size_t n)
{
    return !(d->as == DIVIDE_MIXED && n == 1) &&
           reading_spelled(d->letters + at, n) != 0;
}

/* May a syllable take `n` letters from here? */
static bool takes(const struct dividing *d, size_t at, size_t n)
{
    uint16_t from;
    uint16_t to;

    if (at + n > d->n)
        return false;
    if (at + n == d->n && d->as != DIVIDE_WHOLE)
        return reading_begun(d->letters + at, n, &from, &to);
    return is_whole(d, at, n) ||
           (d->as == DIVIDE_MIXED && is_beginning(d->letters + at, n));
}

/* The next shorter way for the syllable at `at`, of less than `below` letters,
 * that leads to the end; 0 when there is none. */
static size_t next_taken(const struct dividing *d, const bool *leads, size_t at,
                         size_t below)
{
    for (size_t n = below - 1; n > 0; n--)
        if (takes(d, at, n) && leads[at + n])
            return n;
    return 0;
}

/* Does it say something that other patterns of the word do not? */
static bool is_new(const struct dividing *d, const struct division *way)
{
    size_t begun = 0;
    size_t whole = 0;
    size_t at = 0;

    if (d->as == DIVIDE_SYLLABLES)
        return true;
    for (size_t i = 0; i < way->n; at += way->taken[i++]) {
        if (is_whole(d, at, way->taken[i]))
            whole++;
        else if (i + 1 < way->n)
            begun++;
    }
    return d->as == DIVIDE_WHOLE ? way->n > 1 : begun > 0 && whole > 0;
}

static void add(struct dividing *d, const struct division *way)
{
    struct pattern *p = &d->to[d->made];
    size_t at = 0;

    if (!is_new(d, way))
        return;
    p->how = d->how;
    p->reads = READS_SYLLABLES;
    p->n = way->n;
    for (size_t i = 0; i < way->n; at += way->taken[i++]) {
        struct token *t = &p->tokens[i];
        size_t n = way->taken[i];
        bool last = i + 1 == way->n && d->as != DIVIDE_WHOLE;

        if (last || !is_whole(d, at, n))
            (void)reading_begun(d->letters + at, n, &t->from, &t->to);
        else
            t->from = t->to = reading_spelled(d->letters + at, n);
    }
    d->made++;
}

/* One step on, or back; false: there is no other way. */
static bool step(const struct dividing *d, const bool *leads,
                 struct division *way, size_t *below)
{
    size_t n = next_taken(d, leads, way->at, *below);

    if (n > 0) {
        way->taken[way->n++] = (uint8_t)n;
        way->at += n;
        *below = SYLLABLE_LETTERS + 1;
        return true;
    }
    if (way->n == 0)
        return false;
    *below = way->taken[--way->n];
    way->at -= *below;
    return true;
}

void divide(struct dividing *d)
{
    bool leads[SEARCH_ASKED_MAX + 1] = { false };
    struct division way = { .n = 0 };
    size_t below = SYLLABLE_LETTERS + 1;
    size_t looked = 0;

    leads[d->n] = true;
    for (size_t at = d->n; at-- > 0;)
        leads[at] = next_taken(d, leads, at, below) > 0;
    while (leads[0] && d->made < d->most && looked < LOOKED_AT &&
           step(d, leads, &way, &below)) {
        if (way.at < d->n || d->n == 0)
            continue;
        add(d, &way);
        looked++;
        below = way.taken[--way.n];
        way.at -= below;
    }
}
