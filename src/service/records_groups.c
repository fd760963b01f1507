/* The groups of figures: which there are, in what order, and their names. */

#include "service/records_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "records/words.h"
#include "service/records_words.h"

enum {
    NAME_BYTES = 4 * ROW_WORD_BYTES + 64,
    REPLACEMENT = 0xFFFD, /* of what is no character */
};

/* The dictionary that a kind of groups is numbered by; NULL: none. */
static const struct words *words_of(const struct records_figures *f,
                                    enum figure_group kind)
{
    switch (kind) {
    case GROUP_OUTLET:
    case GROUP_OUTLET_MONTH: return &f->words.outlet;
    case GROUP_PRODUCT: return &f->words.product;
    case GROUP_PERSON: return &f->words.person;
    case GROUP_TRADE: return &f->words.trade;
    case GROUP_WHOLE:
    case GROUP_MONTH:
    case GROUP_COUNT: break;
    }
    return NULL;
}

static bool holds_something(const struct records_figures *f,
                            enum figure_group kind, uint32_t index)
{
    struct tally t = figures_of(f->figures, kind, index);

    return t.shares[SHARE_RESOLVED].n > 0 ||
           t.shares[SHARE_COMPLAINT_CLOSED].n > 0;
}

/* Words 1..n by their first row, then 0. */
static uint32_t *word_order(struct arena *a, const struct words *w)
{
    uint32_t *order = arena_zero(a, ((size_t)w->n + 1) * sizeof *order);
    uint32_t *spare = arena_zero(a, ((size_t)w->n + 1) * sizeof *spare);

    if (order == NULL || spare == NULL)
        return NULL;
    words_order(w, order, spare);
    return order; /* its last is 0 */
}

/* Groups of one word: one, or one a month. */
static uint32_t months_of(const struct records_figures *f,
                          enum figure_group kind)
{
    return kind == GROUP_OUTLET_MONTH ? figures_months(f->figures) : 1;
}

err records_groups(struct arena *a, const struct records_figures *f,
                   enum figure_group kind, struct records_groups *out)
{
    uint32_t n = figures_groups(f->figures, kind);
    const struct words *w = words_of(f, kind);
    uint32_t each = months_of(f, kind);
    uint32_t firsts = w == NULL ? n : w->n + 1;
    uint32_t *order = w == NULL ? NULL : word_order(a, w);
    uint32_t *indices = arena_zero(a, ((size_t)n + 1) * sizeof *indices);
    size_t found = 0;

    TRY_MEMORY(indices != NULL && (w == NULL || order != NULL));
    for (uint32_t i = 0; i < firsts; i++) {
        uint32_t first = (order == NULL ? i : order[i]) * each;

        for (uint32_t at = first; at < first + each && at < n; at++) {
            if (holds_something(f, kind, at))
                indices[found++] = at;
        }
    }
    *out = (struct records_groups){ indices, found };
    return OK;
}

/* --- names --- */

static void put_text(struct buf *b, str s)
{
    char bytes[UTF8_MAX];
    uint32_t c;

    for (size_t at = 0; at < s.n;) {
        if (!utf8_next(s, &at, &c)) {
            c = REPLACEMENT;
            at++;
        }
        if (c == 0)
            c = REPLACEMENT;
        buf_str(b, (str){ bytes, utf8_write(c, bytes) });
    }
}

err records_group_name(struct arena *a, const struct records_figures *f,
                       enum figure_group kind, uint32_t index, str *out)
{
    const struct words *w = words_of(f, kind);
    uint32_t each = months_of(f, kind);
    struct buf b;

    buf_init(&b, a, NAME_BYTES);
    if (w != NULL)
        put_text(&b, words_text(w, index / each));
    if (kind == GROUP_OUTLET_MONTH)
        buf_char(&b, ' ');
    if (kind == GROUP_MONTH || kind == GROUP_OUTLET_MONTH)
        records_put_month(&b, f->terms.first,
                          kind == GROUP_MONTH ? index : index % each);
    return buf_done(&b, out);
}

err records_part_name(struct arena *a, const struct records_figures *f,
                      uint32_t part, str *out)
{
    struct buf b;

    buf_init(&b, a, NAME_BYTES);
    put_text(&b, words_text(&f->words.part, part));
    return buf_done(&b, out);
}

err records_parts_order(struct arena *a, const struct records_figures *f,
                        struct records_groups *out)
{
    uint32_t *order = word_order(a, &f->words.part);

    TRY_MEMORY(order);
    *out = (struct records_groups){ order, (size_t)f->words.part.n + 1 };
    return OK;
}

/* --- times --- */

err records_times(struct arena *a, struct heap *h, const struct figures *f,
                  enum figure_group kind, struct records_times *out)
{
    struct records_times t = { .n = figures_groups(f, kind) };

    for (int i = 0; i < TIME_COUNT; i++) {
        t.of[i] = arena_zero(a, ((size_t)t.n + 1) * sizeof *t.of[i]);
        TRY_MEMORY(t.of[i]);
        TRY_MEMORY(figures_times(f, h, kind, (enum figure_time)i, t.of[i]));
    }
    *out = t;
    return OK;
}

struct spread records_time(const struct records_times *t, enum figure_time time,
                           uint32_t index)
{
    return index < t->n ? t->of[time][index] : (struct spread){ 0 };
}
