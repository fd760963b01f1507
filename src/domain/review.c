/*
 * review -- stage 4: every document is judged on three questions. [M14]
 * [17065 7.4]
 *
 *   [RV1] A judgement is about the newest document; a newer one undoes it.
 *   [RV2] The review passes when every question the package asks of every
 *         document on file, and of every required one, is answered with yes.
 *   [RV3] Once a revision was asked for, the enterprise may replace whatever
 *         was not judged with yes since; when every gap is closed it is the
 *         body's turn again.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field judgement_fields[] = {
    F_STR(struct judgement, requirement, 1, 40),
    F_ENUM(struct judgement, quantified, verdict_names),
    F_ENUM(struct judgement, closed, verdict_names),
    F_ENUM(struct judgement, resourced, verdict_names),
    F_STR_OPT(struct judgement, note, 4000),
};
const struct record judgement_record =
    RECORD(judgement, judgement_fields);

static const struct field revision_fields[] = {
    F_DAY(struct revision, until),
    F_STR(struct revision, note, 1, 4000),
};
const struct record revision_record = RECORD(revision, revision_fields);
/* clang-format on */

struct aspect {
    unsigned bit;
    int given;
};

static void list_aspects(const struct judgement *j, struct aspect out[static 3])
{
    out[0] = (struct aspect){ ASPECT_QUANTIFIED, j->quantified };
    out[1] = (struct aspect){ ASPECT_CLOSED, j->closed };
    out[2] = (struct aspect){ ASPECT_RESOURCED, j->resourced };
}

/* Each question the package asks is answered, and no other. */
static err check_aspects(struct arena *a, const struct requirement *r,
                         const struct judgement *j)
{
    struct aspect aspects[3];
    bool gap = false;

    list_aspects(j, aspects);
    for (size_t i = 0; i < COUNT(aspects); i++) {
        bool asked = (r->aspects & aspects[i].bit) != 0;

        if (asked == (aspects[i].given == VERDICT_NA))
            return err_new(a, ERR_INVALID, "review.aspects",
                           ARG_LABEL("requirement", r->label));
        gap = gap || aspects[i].given == VERDICT_NO;
    }
    if (gap && j->note.n == 0)
        return err_new(a, ERR_INVALID, "review.note",
                       ARG_LABEL("requirement", r->label));
    return OK;
}

static bool passes(const struct requirement *r, const struct judgement *j)
{
    struct aspect aspects[3];

    if (r->aspects == 0)
        return true;
    if (j == NULL)
        return false;
    list_aspects(j, aspects);
    for (size_t i = 0; i < COUNT(aspects); i++) {
        if ((r->aspects & aspects[i].bit) != 0 &&
            aspects[i].given != VERDICT_YES)
            return false;
    }
    return true;
}

/* Is a document on file that was judged, and not with yes throughout? */
static bool has_gap(const struct state *s)
{
    for (size_t r = 0; r < s->scheme->requirement_count; r++) {
        const struct judgement *j = s->requirements[r].judgement;

        if (j != NULL && !passes(&s->scheme->requirements[r], j))
            return true;
    }
    return false;
}

bool review_may_replace(const struct state *s, int32_t r)
{
    return !passes(&s->scheme->requirements[r], s->requirements[r].judgement);
}

void review_settle(struct state *s)
{
    if (s->stage == STAGE_DOCUMENTS && s->waiting == WAITING_APPLICANT &&
        !has_gap(s))
        state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* --- document.judge ---------------------------------------------------- */

static err judge_judgement(struct arena *a, const struct state *s,
                           const struct command *c, const struct facts *f,
                           struct event_list *out)
{
    const struct judgement *j = c->data;
    int32_t r = scheme_requirement(s->scheme, j->requirement);

    if (r < 0)
        return err_new(a, ERR_INVALID, "document.requirement",
                       ARG_STR("requirement", j->requirement));
    if (s->requirements[r].document == NULL)
        REFUSE(a, "review.no_document",
               ARG_LABEL("requirement", s->scheme->requirements[r].label));
    TRY(check_aspects(a, &s->scheme->requirements[r], j));
    return event_emit(a, out, "document.judged", f, j);
}

static void apply_judgement(struct state *s, const struct event *e)
{
    EVENT_DATA(judgement, j, e);
    int32_t r = scheme_requirement(s->scheme, j->requirement);

    state_add_evaluator(s, e->actor);
    if (r < 0)
        return;
    s->requirements[r].judgement = j;
    review_settle(s);
}

/* --- revision.ask ------------------------------------------------------ */

static err ready_revision(struct arena *a, const struct state *s)
{
    if (!has_gap(s))
        REFUSE(a, "review.no_gap");
    return OK;
}

static err judge_revision(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct revision *wish = c->data;
    struct deadline latest = facts_deadline(f, s->scheme->limits.revision);

    if (wish->until <= f->today || wish->until > latest.on)
        REFUSE(a, "review.until", ARG_DAY("today", f->today),
               ARG_DAY("latest", latest.on));
    return event_emit(a, out, "revision.asked", f, wish);
}

static void apply_revision(struct state *s, const struct event *e)
{
    EVENT_DATA(revision, asked, e);

    state_add_evaluator(s, e->actor);
    s->revision = asked;
    state_wait(s, WAITING_APPLICANT, asked->until, false);
}

/* --- review.pass ------------------------------------------------------- */

static err ready_pass(struct arena *a, const struct state *s)
{
    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        const struct requirement *r = &s->scheme->requirements[i];
        const struct requirement_state *have = &s->requirements[i];

        if (have->document == NULL && !r->required)
            continue;
        if (!passes(r, have->judgement)) /* [RV2] */
            REFUSE(a, "review.open", ARG_LABEL("requirement", r->label));
    }
    return OK;
}

static err judge_pass(struct arena *a, const struct state *,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    return event_emit(a, out, "review.passed", f, c->data);
}

static void apply_pass(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    state_enter(s, STAGE_PLAN, e);
    s->revision = NULL;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "document.judge", &judgement_record, NULL, judge_judgement, NULL },
    { "revision.ask", &revision_record, ready_revision, judge_revision, NULL },
    { "review.pass", &note_record, ready_pass, judge_pass, NULL },
};

static const struct event_kind events[] = {
    { "document.judged", 1, STREAM_CASE, &judgement_record, apply_judgement },
    { "revision.asked", 1, STREAM_CASE, &revision_record, apply_revision },
    { "review.passed", 1, STREAM_CASE, &note_record, apply_pass },
};
/* clang-format on */

const struct stage_tables review_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
