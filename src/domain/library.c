/*
 * library -- evidence shared between the cases of one enterprise: what was
 * added to one of them is taken over by another, whatever its scheme. [M5] [M9]
 *
 *   [LI1] The library is what facts.library holds: documents of this case's own
 *         enterprise.  Whatever else is asked for is not there, in the same
 *         words whether somebody else has it or nobody.
 *   [LI2] What is taken over fits the requirement on the day of the
 *         application, or today while there is none; it is refused here
 *         already, not only when the application is checked.
 *   [LI3] The document keeps its content, its days and its title, and says
 *         which case it comes from.  It comes when documents may come at all.
 *   [LI4] All at once is for cases of one scheme, whose requirements mean the
 *         same; between schemes a person says which document answers what.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/number.h"
#include "domain/stages.h"

enum { FROM_MAX = 100 };

/* clang-format off */
static const struct field document_reuse_fields[] = {
    F_STR(struct document_reuse, requirement, 1, 40),
    F_STR_OPT(struct document_reuse, from, FROM_MAX),
    F_HASH_OPT(struct document_reuse, blob),
};
static const struct record document_reuse_record =
    RECORD(document_reuse, document_reuse_fields);
/* clang-format on */

/* --- finding [LI1] ------------------------------------------------------ */

static bool is_wanted(const struct library_item *item,
                      const struct document_reuse *wish)
{
    size_t colon = str_index(wish->from, ':');

    if (wish->from.n == 0)
        return hash_eq(&item->document->blob, &wish->blob);
    return colon < wish->from.n &&
           number_is_typed(item->case_number, str_first(wish->from, colon)) &&
           str_eq(item->document->requirement, str_from(wish->from, colon + 1));
}

/* Exactly one way of naming it. */
static err check_named(struct arena *a, const struct document_reuse *wish)
{
    bool by_blob = !hash_is_zero(&wish->blob);

    if (by_blob == (wish->from.n > 0))
        return err_new(a, ERR_INVALID, "library.which");
    return OK;
}

/* The newest one in its case; NULL: there is none. */
static const struct library_item *find(const struct facts *f,
                                       const struct document_reuse *wish)
{
    for (size_t i = f->library_count; i > 0; i--) {
        if (is_wanted(&f->library[i - 1], wish))
            return &f->library[i - 1];
    }
    return NULL;
}

/* --- age [LI2] ---------------------------------------------------------- */

static day day_of_application(const struct state *s, const struct facts *f)
{
    return s->application != NULL ? s->applied_on : f->today;
}

static err check_fits(struct arena *a, const struct state *s, int32_t r,
                      const struct library_item *item, const struct facts *f)
{
    struct label label = s->scheme->requirements[r].label;
    const struct document *d = item->document;
    enum lack why;

    if (state_document_fits(s, r, d, day_of_application(s, f), &why))
        return OK;
    if (d->covers_to == DAY_NEVER)
        REFUSE(a, "library.undated", ARG_LABEL("requirement", label),
               ARG_STR("case", item->case_number));
    REFUSE(a, why == LACK_SHORT ? "library.short" : "library.old",
           ARG_LABEL("requirement", label), ARG_STR("case", item->case_number),
           ARG_DAY("from", d->covers_from), ARG_DAY("to", d->covers_to));
}

/* --- taking over [LI3] -------------------------------------------------- */

static err emit(struct arena *a, const struct library_item *item,
                str requirement, const struct facts *f, struct event_list *out)
{
    struct document taken = *item->document;
    struct buf b;

    buf_init(&b, a, FROM_MAX);
    buf_str(&b, item->case_number);
    buf_char(&b, ':');
    buf_str(&b, item->document->requirement);
    TRY(buf_done(&b, &taken.from));
    taken.requirement = requirement;
    return event_emit(a, out, "document.added", f, &taken);
}

static err judge_reuse(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct document_reuse *wish = c->data;
    const struct library_item *item = find(f, wish);
    int32_t r = 0;

    TRY(document_requirement(a, s, wish->requirement, &r));
    TRY(check_named(a, wish));
    if (item == NULL)
        return err_new(a, ERR_NOT_FOUND, "library.unknown",
                       ARG_STR("from", wish->from));
    TRY(check_fits(a, s, r, item, f));
    return emit(a, item, wish->requirement, f, out);
}

/* --- everything still fresh [LI4] --------------------------------------- */

static bool is_like(const struct state *s, int32_t r,
                    const struct library_item *item)
{
    return str_eq(item->scheme, s->scheme->id) &&
           !str_eq(item->case_number, s->opened->number) &&
           str_eq(item->document->requirement, s->scheme->requirements[r].id);
}

/* The one added last among those that fit; NULL: none does. */
static const struct library_item *newest_fitting(const struct state *s,
                                                 int32_t r,
                                                 const struct facts *f)
{
    const struct library_item *best = NULL;
    day on = day_of_application(s, f);
    enum lack why;

    for (size_t i = 0; i < f->library_count; i++) {
        const struct library_item *item = &f->library[i];

        if (is_like(s, r, item) &&
            (best == NULL || item->added >= best->added) &&
            state_document_fits(s, r, item->document, on, &why))
            best = item;
    }
    return best;
}

/* Is a document wanted here: may one come, and is there none that does? */
static bool is_open(const struct state *s, int32_t r, const struct facts *f)
{
    const struct document *d = s->requirements[r].document;
    enum lack why;

    if (s->stage == STAGE_DOCUMENTS && !review_may_replace(s, r))
        return false;
    return d == NULL ||
           !state_document_fits(s, r, d, day_of_application(s, f), &why);
}

static err judge_take_over(struct arena *a, const struct state *s,
                           const struct command *, const struct facts *f,
                           struct event_list *out)
{
    for (size_t r = 0; r < s->scheme->requirement_count; r++) {
        const struct library_item *item =
            is_open(s, (int32_t)r, f) ? newest_fitting(s, (int32_t)r, f) : NULL;

        if (item == NULL)
            continue;
        TRY(emit(a, item, s->scheme->requirements[r].id, f, out));
    }
    if (out->n == 0)
        REFUSE(a, "library.nothing", ARG_LABEL("scheme", s->scheme->name));
    return document_room(a, s, out->n);
}

/* clang-format off */
static const struct command_needs takes_library = { NULL, FACT_LIBRARY };

static const struct command_kind commands[] = {
    { "document.reuse", &document_reuse_record, document_ready, judge_reuse, &takes_library },
    { "documents.take_over", &nothing_record, document_ready, judge_take_over, &takes_library },
};
/* clang-format on */

const struct stage_tables library_tables = {
    commands,
    COUNT(commands),
    NULL,
    0,
};
