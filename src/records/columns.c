#include "records/columns_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/csv.h"

enum {
    EMPTY_LEAST = 2,  /* a column without content counts half of its name */
    FEW = 5,          /* cells of which one may be a slip without a name */
    RARE = 100,       /* of so many scores one may be beyond the scale */
    BY_CONTENT = 100, /* below all that a name is worth */
    MOBILE_FIRST = 1300000000,
};

/* How well one column suits one role. */
struct match {
    int64_t score; /* 0: not at all */
    str word;      /* of the dictionary; empty: by its content */
    bool fits;     /* its content does [CO1] */
};

struct finder {
    struct arena *a;
    const struct column_book *book;
    struct columns found;
    str *folded;           /* names */
    struct match *matches; /* COLUMN_ROLES for each column */
};

static struct match *match_of(const struct finder *f, size_t at,
                              enum column_role role)
{
    return &f->matches[at * COLUMN_ROLES + (size_t)role];
}

/* --- how well ------------------------------------------------------------ */

/* [CO1] A tenth may be anything else, and one cell beside another: slips of the
 * pen. */
static bool content_fits(const struct column_content *c, enum column_want want)
{
    int64_t fit = column_fit(c, want);
    int64_t slips = c->filled - fit;

    return slips * 10 <= c->filled || (slips == 1 && fit > 0);
}

/* Mobile numbers are known without a name; ten digits of an order are none. */
static bool is_phones(const struct column_content *c)
{
    return c->filled > 0 && c->distinct > 1 && content_fits(c, WANT_PHONE) &&
           (c->phones == c->filled || c->filled >= FEW) &&
           (c->whole == 0 || c->least / 10 >= MOBILE_FIRST);
}

static struct match weigh(const struct finder *f, size_t at,
                          enum column_role role)
{
    const struct column *c = &f->found.columns[at];
    struct match m = { .word = S("") };

    m.score = column_book_match(f->book, f->folded[at], role, &m.word);
    m.fits = content_fits(&c->content, column_role_want(role));
    if (c->content.filled == 0)
        m.score /= EMPTY_LEAST;
    if (m.score == 0 && role == COLUMN_PHONE && is_phones(&c->content))
        m.score = BY_CONTENT;
    return m;
}

static void weigh_all(struct finder *f)
{
    for (size_t at = 0; at < f->found.n; at++) {
        for (size_t role = COLUMN_NONE + 1; role < COLUMN_ROLES; role++)
            *match_of(f, at, (enum column_role)role) =
                weigh(f, at, (enum column_role)role);
    }
}

/* --- who gets which ------------------------------------------------------ */

static void assign(struct finder *f, size_t at, enum column_role role)
{
    f->found.columns[at].role = role;
    f->found.place[role] = at;
}

/* The best role that is left for a column, 0 when none is. */
static int64_t best_role(const struct finder *f, size_t at,
                         enum column_role *role)
{
    int64_t best = 0;

    if (f->found.columns[at].role != COLUMN_NONE ||
        f->found.columns[at].order_by == ORDER_GIVEN)
        return 0;
    for (size_t r = COLUMN_NONE + 1; r < COLUMN_ROLES; r++) {
        const struct match *m = match_of(f, at, (enum column_role)r);

        if (!m->fits || m->score <= best || f->found.place[r] < f->found.n)
            continue;
        best = m->score;
        *role = (enum column_role)r;
    }
    return best;
}

/* [CO2] */
static bool assign_best(struct finder *f)
{
    int64_t best = 0;
    size_t place = 0;
    enum column_role role = COLUMN_NONE;

    for (size_t at = 0; at < f->found.n; at++) {
        enum column_role r = COLUMN_NONE;
        int64_t score = best_role(f, at, &r);

        if (score <= best)
            continue;
        best = score;
        place = at;
        role = r;
    }
    if (best > 0)
        assign(f, place, role);
    return best > 0;
}

/* --- why ------------------------------------------------------------------ */

#define WHY(text_id, ...)                                                      \
    ((struct column_why){ .id = (text_id),                                     \
                          .args = { __VA_ARGS__ __VA_OPT__(, ){ 0 } } })

static struct column_why why_taken(const struct column *c, str word)
{
    if (c->content.filled == 0)
        return WHY("records.why_empty", ARG_STR("word", word));
    return WHY("records.why_name", ARG_STR("word", word),
               ARG_INT("filled", c->content.filled));
}

/* The role that the name of a column speaks for most, and how much. */
static const struct match *spoken_for(const struct finder *f, size_t at,
                                      enum column_role *role)
{
    const struct match *best = NULL;

    for (size_t r = COLUMN_NONE + 1; r < COLUMN_ROLES; r++) {
        const struct match *m = match_of(f, at, (enum column_role)r);

        if (m->score == 0 || (best != NULL && m->score <= best->score))
            continue;
        best = m;
        *role = (enum column_role)r;
    }
    return best;
}

static struct column_why why_not(const struct finder *f, size_t at)
{
    const struct column *c = &f->found.columns[at];
    enum column_role role = COLUMN_NONE;
    const struct match *m = spoken_for(f, at, &role);

    if (m == NULL)
        return WHY("records.why_unknown");

    enum column_want want = column_role_want(role);
    if (!m->fits)
        return WHY("records.why_contradicts",
                   ARG_IDS("role", str_of(column_role_text(role))),
                   ARG_IDS("want", str_of(column_want_text(want))),
                   ARG_INT("fit", column_fit(&c->content, want)),
                   ARG_INT("filled", c->content.filled));

    size_t other = f->found.place[role];
    return WHY("records.why_other",
               ARG_IDS("role", str_of(column_role_text(role))),
               ARG_STR("other", other < f->found.n
                                    ? f->found.columns[other].name
                                    : S("")));
}

static struct column_why why(const struct finder *f, size_t at)
{
    const struct column *c = &f->found.columns[at];

    if (c->role == COLUMN_NONE)
        return why_not(f, at);

    const struct match *m = match_of(f, at, c->role);
    if (m->word.n > 0)
        return why_taken(c, m->word);
    return WHY("records.why_content",
               ARG_INT("fit",
                       column_fit(&c->content, column_role_want(c->role))),
               ARG_INT("filled", c->content.filled));
}

/* --- scale ------------------------------------------------------------- */

static enum column_scale scale_of(const struct column_content *c)
{
    if (c->filled == 0)
        return SCALE_NONE;
    int64_t scores = c->whole + c->decimals;

    if (c->moods > scores)
        return SCALE_WORDS;
    if ((scores - c->to_five) * RARE <= scores)
        return SCALE_5;
    return (scores - c->to_ten) * RARE <= scores ? SCALE_10 : SCALE_100;
}

/* --- the whole ------------------------------------------------------------ */

static err begin(struct finder *f, const struct csv_row *header,
                 const struct csv_row *rows, size_t count)
{
    struct columns *found = &f->found;

    found->n = header->n;
    found->columns = arena_array(f->a, found->n, sizeof *found->columns);
    f->matches = arena_array(f->a, found->n * COLUMN_ROLES, sizeof *f->matches);
    f->folded = arena_array(f->a, found->n, sizeof *f->folded);
    TRY_MEMORY(found->columns != NULL && f->matches != NULL &&
               f->folded != NULL);
    for (size_t role = 0; role < COLUMN_ROLES; role++)
        found->place[role] = found->n;
    for (size_t at = 0; at < found->n; at++) {
        struct column *c = &found->columns[at];

        c->name = str_trim(header->fields[at]);
        TRY_MEMORY(column_fold(f->a, c->name, &f->folded[at]));
        TRY(column_look(f->a, f->book, rows, count, at, &c->content));
    }
    return OK;
}

/* [CO4] What the mapping names, also as nothing, is not looked for. */
static void take_given(struct finder *f, const struct column_given *given)
{
    for (size_t at = 0; at < f->found.n; at++) {
        struct column *c = &f->found.columns[at];

        if (!given[at].given)
            continue;
        check(given[at].role == COLUMN_NONE ||
              f->found.place[given[at].role] == f->found.n);
        c->order_by = ORDER_GIVEN; /* also: not to be given another role */
        c->why = WHY("records.why_given", ARG_INT("line", given[at].line));
        if (given[at].role != COLUMN_NONE)
            assign(f, at, given[at].role);
    }
}

static void finish(struct finder *f, const struct column_given *given)
{
    for (size_t at = 0; at < f->found.n; at++) {
        struct column *c = &f->found.columns[at];

        if (c->why.id == NULL)
            c->why = why(f, at);
        c->order_by = ORDER_CLEAR;
        if (c->role != COLUMN_SATISFACTION)
            continue;
        c->scale = given != NULL && given[at].scale != SCALE_NONE
                       ? given[at].scale
                       : scale_of(&c->content);
    }
}

err columns_find(struct arena *a, const struct column_book *b,
                 const struct column_sample *sample,
                 const struct column_given *given, struct columns *out)
{
    struct finder f = { .a = a, .book = b };

    const struct csv_row *rows = sample->rows;
    size_t count =
        sample->count < COLUMNS_SAMPLE ? sample->count : (size_t)COLUMNS_SAMPLE;

    check(sample->header->n <= COLUMNS_MAX);
    TRY(begin(&f, sample->header, rows, count));
    weigh_all(&f);
    if (given != NULL)
        take_given(&f, given);
    while (assign_best(&f))
        ;
    finish(&f, given);
    columns_decide_orders(&f.found, rows, count, given);
    *out = f.found;
    return OK;
}
