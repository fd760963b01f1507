#include "search/loose.h"

#include "base/arena.h"
#include "search/divide.h"
#include "search/reading.h"

#include <string.h>

enum {
    UNITS_SLIPS = SLIP_WORD_MAX * 3 - 1, /* replaced, left out, put in */
    LETTERS = 26,
};

/* --- mixed [LO1] ---------------------------------------------------------- */

err loose_mixed(struct arena *a, const struct word *w, struct pattern **out,
                size_t *n)
{
    struct dividing d = { .letters = w->units,
                          .n = w->units_n,
                          .as = DIVIDE_MIXED,
                          .how = SEARCH_MIXED,
                          .most = MIXED_MAX };

    *n = 0;
    if (!word_is_latin(w) || w->units_n < MIXED_LETTERS_MIN)
        return OK;
    d.to = arena_array(a, MIXED_MAX, sizeof *d.to);
    TRY_MEMORY(d.to != NULL);
    divide(&d);
    *out = d.to;
    *n = d.made;
    return OK;
}

/* --- a slip as written [LO2] ---------------------------------------------- */

static struct token token_of(uint16_t value)
{
    return (struct token){ value, value };
}

/* The word with its units [0, at), then, unless they are left out, any unit,
 * then those from `rest` on. */
static void add_slip(const struct word *w, size_t at, bool any, size_t rest,
                     struct pattern *p)
{
    p->how = SEARCH_SLIP;
    for (size_t i = 0; i < at; i++)
        p->tokens[p->n++] = token_of(w->units[i]);
    if (any)
        p->tokens[p->n++] = (struct token){ 0, UINT16_MAX };
    for (size_t i = rest; i < w->units_n; i++)
        p->tokens[p->n++] = token_of(w->units[i]);
}

static size_t add_written(const struct word *w, struct pattern *patterns)
{
    size_t n = 0;

    for (size_t i = 0; i < w->units_n; i++) {
        add_slip(w, i, true, i + 1, &patterns[n++]);
        add_slip(w, i, false, i + 1, &patterns[n++]);
        if (i > 0)
            add_slip(w, i, true, i, &patterns[n++]);
    }
    return n;
}

/* --- a slip in what is read [LO3] ------------------------------------------
 */

/* The letters as they may have been meant. */
struct meant {
    uint16_t letters[SLIP_LETTERS_MAX + 1];
    size_t n;
    struct dividing into;
};

static void add_meant(struct meant *m)
{
    m->into.letters = m->letters;
    m->into.n = m->n;
    divide(&m->into);
}

static void add_swapped(const struct word *w, struct meant *m)
{
    m->n = w->units_n;
    for (size_t i = 0; i + 1 < m->n; i++) {
        memcpy(m->letters, w->units, m->n * sizeof *m->letters);
        m->letters[i] = w->units[i + 1];
        m->letters[i + 1] = w->units[i];
        add_meant(m);
    }
}

/* The letter at `at`, if there is one, is too much. */
static void add_without(const struct word *w, struct meant *m)
{
    m->n = w->units_n - 1;
    for (size_t at = 0; at < w->units_n; at++) {
        memcpy(m->letters, w->units, at * sizeof *m->letters);
        memcpy(m->letters + at, w->units + at + 1,
               (m->n - at) * sizeof *m->letters);
        add_meant(m);
    }
}

/* Another letter stands for the `gone` ones (0 or 1) at each place. */
static void add_with(const struct word *w, size_t gone, struct meant *m)
{
    m->n = w->units_n + 1 - gone;
    for (size_t at = 0; at + gone <= w->units_n; at++) {
        memcpy(m->letters, w->units, at * sizeof *m->letters);
        memcpy(m->letters + at + 1, w->units + at + gone,
               (w->units_n - at - gone) * sizeof *m->letters);
        for (size_t i = 0; i < LETTERS; i++) {
            m->letters[at] = (uint16_t)('a' + i);
            if (gone == 0 || m->letters[at] != w->units[at])
                add_meant(m);
        }
    }
}

static size_t add_read(const struct word *w, struct pattern *patterns)
{
    struct meant m = { .into = { .as = DIVIDE_WHOLE,
                                 .how = SEARCH_SLIP,
                                 .to = patterns,
                                 .most = SLIP_READ_MAX } };

    if (!word_is_latin(w) || w->units_n < SLIP_LETTERS_MIN ||
        w->units_n > SLIP_LETTERS_MAX)
        return 0;
    add_swapped(w, &m);
    add_with(w, 1, &m);
    add_without(w, &m);
    add_with(w, 0, &m);
    return m.into.made;
}

err loose_slips(struct arena *a, const struct word *w, struct pattern **out,
                size_t *n)
{
    bool written = w->units_n >= SLIP_WORD_MIN && w->units_n <= SLIP_WORD_MAX;
    struct pattern *patterns;
    size_t count = 0;

    *n = 0;
    if (w->units_n < SLIP_WORD_MIN || w->units_n > SLIP_LETTERS_MAX)
        return OK;
    patterns = arena_array(a, UNITS_SLIPS + SLIP_READ_MAX, sizeof *patterns);
    TRY_MEMORY(patterns != NULL);
    if (written)
        count = add_written(w, patterns);
    count += add_read(w, patterns + count);
    *out = patterns;
    *n = count;
    return OK;
}
