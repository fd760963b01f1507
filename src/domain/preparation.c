/*
 * preparation -- stage 1: the enterprise opens a case, says whether it is
 * eligible, assesses itself, and collects its documents. [M4] [M6]-[M9]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/eligibility.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field case_open_fields[] = {
    F_STR(struct case_open, scheme, 1, 40),
    F_STR(struct case_open, level, 1, 40),
    F_ENUM_OPT(struct case_open, kind, case_names),
    F_STR_OPT(struct case_open, previous, 40),
};
static const struct record case_open_record =
    RECORD(case_open, case_open_fields);

static const struct field case_opened_fields[] = {
    F_STR(struct case_opened, number, 1, 40),
    F_ID(struct case_opened, enterprise),
    F_STR(struct case_opened, scheme, 1, 40),
    F_HASH(struct case_opened, scheme_hash),
    F_STR(struct case_opened, level, 1, 40),
    F_BOOL_OPT(struct case_opened, paper),
    F_ENUM_OPT(struct case_opened, kind, case_names),
    F_STR_OPT(struct case_opened, previous, 40),
};
static const struct record case_opened_record =
    RECORD(case_opened, case_opened_fields);

static const struct field declaration_fields[] = {
    F_STR(struct declaration, item, 1, 40),
    F_BOOL(struct declaration, yes),
    F_STR_OPT(struct declaration, note, 500),
};
static const struct record declaration_record =
    RECORD(declaration, declaration_fields);

static const struct field eligibility_answer_fields[] = {
    F_LIST(struct eligibility_answer, declarations, 0, 100,
           &declaration_record),
};
static const struct record eligibility_answer_record =
    RECORD(eligibility_answer, eligibility_answer_fields);

static const struct field eligibility_answered_fields[] = {
    F_LIST(struct eligibility_answered, declarations, 0, 100,
           &declaration_record),
    F_DAY(struct eligibility_answered, registered),
    F_STRS_OPT(struct eligibility_answered, failed, 100),
};
const struct record eligibility_answered_record =
    RECORD(eligibility_answered, eligibility_answered_fields);

static const struct field assessment_record_fields[] = {
    F_LIST(struct assessment_record, answers, 1, LEAF_MAX, &reply_record),
    F_LIST_OPT(struct assessment_record, figures, 100, &figure_reply_record),
};
static const struct record assessment_record_record =
    RECORD(assessment_record, assessment_record_fields);

static const struct field assessment_recorded_fields[] = {
    F_LIST(struct assessment_recorded, answers, 1, LEAF_MAX, &reply_record),
    F_LIST_OPT(struct assessment_recorded, figures, 100, &figure_reply_record),
    F_INT(struct assessment_recorded, shown, 0, 10000),
    F_STR_OPT(struct assessment_recorded, level, 40),
};
static const struct record assessment_recorded_record =
    RECORD(assessment_recorded, assessment_recorded_fields);

#define DOCUMENT_FIELDS \
    F_STR(struct document, requirement, 1, 40), \
    F_STR(struct document, title, 1, 200), \
    F_HASH(struct document, blob), \
    F_INT(struct document, size, 1, 1000000000), \
    F_DAY_OPT(struct document, covers_from), \
    F_DAY_OPT(struct document, covers_to)

static const struct field document_add_fields[] = { DOCUMENT_FIELDS };
static const struct record document_add_record =
    RECORD(document, document_add_fields);

static const struct field document_fields[] = {
    DOCUMENT_FIELDS,
    F_STR_OPT(struct document, from, 100), /* only library.c writes it */
};
const struct record document_record = RECORD(document, document_fields);
/* clang-format on */

/* --- case.open -------------------------------------------------------- */

static err ready_open(struct arena *a, const struct state *s)
{
    if (s->opened != NULL)
        REFUSE(a, "case.open_already");
    return OK;
}

static err judge_open(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct case_open *wish = c->data;

    if (scheme_level(s->scheme, wish->level) < 0)
        return err_new(a, ERR_INVALID, "case.level",
                       ARG_STR("level", wish->level),
                       ARG_LABEL("scheme", s->scheme->name));
    TRY(follow_check_open(a, s->scheme, wish, f));

    struct case_opened opened = {
        .number = f->case_number,
        .enterprise = f->enterprise->id,
        .scheme = s->scheme->id,
        .scheme_hash = s->scheme->hash,
        .level = wish->level,
        .paper = !id_eq(f->actor.enterprise, f->enterprise->id), /* [M11] */
        .kind = wish->kind,
        .previous = f->previous == NULL ? S("") : f->previous->number,
    };
    return event_emit(a, out, "case.opened", f, &opened);
}

static void apply_opened(struct state *s, const struct event *e)
{
    s->opened = e->data;
    s->id = e->stream;
    s->opened_on = e->on;
    s->stage_since = e->on;
    state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* --- eligibility.answer [M6] ------------------------------------------ */

static err check_declaration(struct arena *a, const struct scheme *s,
                             const struct declaration *d, size_t i)
{
    int32_t at = scheme_eligibility(s, d[i].item);

    if (at < 0 || s->eligibility[at].kind != ELIGIBLE_DECLARED)
        return err_new(a, ERR_INVALID, "eligibility.item",
                       ARG_STR("item", d[i].item));
    for (size_t j = 0; j < i; j++) {
        if (str_eq(d[j].item, d[i].item))
            return err_new(a, ERR_INVALID, "eligibility.twice",
                           ARG_STR("item", d[i].item));
    }
    return OK;
}

static err judge_eligibility(struct arena *a, const struct state *s,
                             const struct command *c, const struct facts *f,
                             struct event_list *out)
{
    const struct eligibility_answer *given = c->data;
    const struct scheme *sch = s->scheme;
    str *failed_items =
        arena_array(a, sch->eligibility_count, sizeof *failed_items);
    struct eligibility_answered answered = {
        .declarations = given->declarations,
        .registered = f->enterprise->registered,
        .failed = { failed_items, 0 },
    };

    TRY_MEMORY(failed_items);
    for (size_t i = 0; i < given->declarations.n; i++)
        TRY(check_declaration(a, sch, given->declarations.p, i));
    for (size_t i = 0; i < sch->eligibility_count; i++) {
        if (!eligibility_met(&sch->eligibility[i], f->enterprise,
                             &given->declarations, f->today))
            failed_items[answered.failed.n++] = sch->eligibility[i].id;
    }
    return event_emit(a, out, "eligibility.answered", f, &answered);
}

static void apply_eligibility(struct state *s, const struct event *e)
{
    s->eligibility = e->data;
}

/* --- assessment.record [M7] ------------------------------------------- */

struct assessing {
    struct answer answers[LEAF_MAX];
    struct ratio figures[FIGURE_MAX];
};

static err take_replies(struct arena *a, const struct scheme *s,
                        const struct assessment_record *given,
                        struct assessing *to)
{
    const struct reply *replies = given->answers.p;

    for (size_t i = 0; i < given->answers.n; i++) {
        int32_t leaf;
        struct answer answer;

        TRY(reply_check(a, s, &replies[i], &leaf, &answer));
        if (to->answers[leaf].kind != ANSWER_NONE)
            return err_new(a, ERR_INVALID, "reply.twice",
                           ARG_STR("indicator", replies[i].indicator));
        to->answers[leaf] = answer;
    }
    return OK;
}

static err take_figures(struct arena *a, const struct scheme *s,
                        const struct assessment_record *given,
                        struct assessing *to)
{
    const struct figure_reply *figures = given->figures.p;

    for (size_t i = 0; i < given->figures.n; i++) {
        const struct figure_reply *g = &figures[i];
        int32_t at;

        TRY(figure_check(a, s, g->figure, g->k, g->n, &at));
        if (to->figures[at].n > 0)
            return err_new(a, ERR_INVALID, "reply.figure_twice",
                           ARG_LABEL("figure", s->figures[at].label));
        to->figures[at] = (struct ratio){ g->k, g->n };
    }
    return OK;
}

static err judge_assessment(struct arena *a, const struct state *s,
                            const struct command *c, const struct facts *f,
                            struct event_list *out)
{
    const struct assessment_record *given = c->data;
    struct assessing *x = arena_zero(a, sizeof *x);
    struct score *score = arena_zero(a, sizeof *score);

    TRY_MEMORY(x != NULL && score != NULL);
    TRY(take_replies(a, s->scheme, given, x));
    TRY(take_figures(a, s->scheme, given, x));

    struct assessment whole = { .answers = x->answers, .figures = x->figures };
    score_compute(s->scheme, &whole, score);

    struct assessment_recorded recorded = {
        .answers = given->answers,
        .figures = given->figures,
        .shown = score->shown,
    };
    if (score->level >= 0)
        recorded.level = s->scheme->levels[score->level].id;
    return event_emit(a, out, "assessment.recorded", f, &recorded);
}

static void apply_assessment(struct state *s, const struct event *e)
{
    s->assessment = e->data;
}

/* --- document.add [M8] [M9] ------------------------------------------- */

/* Documents come in preparation, and later only when they were asked for: by a
 * supplement notice [M12], or by a revision [M14]. */
static bool wanted_at_all(const struct state *s)
{
    if (s->stage == STAGE_DOCUMENTS)
        return s->revision != NULL;
    return s->stage == STAGE_PREPARATION || s->waiting == WAITING_APPLICANT;
}

err document_room(struct arena *a, const struct state *s, size_t n)
{
    if ((size_t)s->document_count + n <= DOCUMENT_MAX)
        return OK;
    return err_new(a, ERR_LIMIT, "document.too_many",
                   ARG_INT("most", DOCUMENT_MAX));
}

err document_ready(struct arena *a, const struct state *s)
{
    if (!wanted_at_all(s))
        REFUSE(a, "document.not_asked");
    return document_room(a, s, 1);
}

err document_requirement(struct arena *a, const struct state *s,
                         str requirement, int32_t *out)
{
    int32_t r = scheme_requirement(s->scheme, requirement);

    if (r < 0)
        return err_new(a, ERR_INVALID, "document.requirement",
                       ARG_STR("requirement", requirement));
    if (s->stage == STAGE_DOCUMENTS && !review_may_replace(s, r))
        REFUSE(a, "document.passed",
               ARG_LABEL("requirement", s->scheme->requirements[r].label));
    *out = r;
    return OK;
}

/* The days a document covers: both or neither, and none still to come. */
static err check_period(struct arena *a, const struct requirement *r,
                        const struct document *d, day today)
{
    bool from = d->covers_from != DAY_NEVER;
    bool to = d->covers_to != DAY_NEVER;

    if (from != to || (r->has_period && !to))
        return err_new(a, ERR_INVALID, "document.period",
                       ARG_LABEL("requirement", r->label));
    if (to && (d->covers_from > d->covers_to || d->covers_to > today))
        return err_new(a, ERR_INVALID, "document.dates",
                       ARG_DAY("from", d->covers_from),
                       ARG_DAY("to", d->covers_to), ARG_DAY("today", today));
    return OK;
}

static err judge_document(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct document *d = c->data;
    int32_t r = 0;

    TRY(document_requirement(a, s, d->requirement, &r));
    TRY(check_period(a, &s->scheme->requirements[r], d, f->today));
    return event_emit(a, out, "document.added", f, d);
}

static void apply_document(struct state *s, const struct event *e)
{
    EVENT_DATA(document, d, e);
    int32_t r = scheme_requirement(s->scheme, d->requirement);

    s->document_count++;
    if (r < 0)
        return;
    s->requirements[r] = (struct requirement_state){ d, NULL };
    review_settle(s);
}

/* clang-format off */
static const struct command_needs takes_number = { NULL, FACT_NUMBER | FACT_HELD };

static const struct command_kind commands[] = {
    { "case.open", &case_open_record, ready_open, judge_open, &takes_number },
    { "eligibility.answer", &eligibility_answer_record, NULL, judge_eligibility, NULL },
    { "assessment.record", &assessment_record_record, NULL, judge_assessment, NULL },
    { "document.add", &document_add_record, document_ready, judge_document, NULL },
};

static const struct event_kind events[] = {
    { "case.opened", 1, STREAM_CASE, &case_opened_record, apply_opened },
    { "eligibility.answered", 1, STREAM_CASE, &eligibility_answered_record, apply_eligibility },
    { "assessment.recorded", 1, STREAM_CASE, &assessment_recorded_record, apply_assessment },
    { "document.added", 1, STREAM_CASE, &document_record, apply_document },
};
/* clang-format on */

const struct stage_tables preparation_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
