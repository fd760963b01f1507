/*
 * audit -- stage 6: the site audit: meetings, findings with evidence, figures,
 * nonconformities, defence. [M15] [M17] [M18] [17065 7.4]
 *
 *   [AU1] Nothing is recorded before the opening meeting or after the closing.
 *   [AU2] A finding that costs points names the evidence it rests on; one
 *         that says an indicator does not apply gives the reason.
 *   [AU3] A special deduction names an indicator and is raised as a minor
 *         nonconformity with it: it costs points, and it must be corrected.
 *   [AU4] The audit closes when every indicator that the round judges has a
 *         finding, every figure of the package is recorded, and sample and
 *         defence are done where the package has them for such a round.
 *   [AU5] A finding may name the site it was made at, one that the plan visits;
 *         where there are several and it costs points, it has to, if its
 *         indicator is judged on site: else nobody knows where to correct.  A
 *         nonconformity takes it over from the finding, if it names none.
 *   [AU6] The audit closes when findings and nonconformities agree: what a
 *         minor or major one is about is not at the same time met.  Else no
 *         point is lost, and a correction would restore what was never taken.
 *         The one of a special deduction costs its point beside the indicator
 *         [AU3], which may be met.
 *   [AU7] A figure may name the sheet of service records that it was taken
 *         from; it is a document that stands in the case, so that whoever reads
 *         the figure can count it again.
 */

#include "base/size.h"
#include "domain/sampling.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field finding_fields[] = {
    F_STR(struct finding, indicator, 1, 40),
    F_ENUM(struct finding, result, result_names),
    F_INT_OPT(struct finding, k, 0, SAMPLE_MAX),
    F_INT_OPT(struct finding, n, 0, SAMPLE_MAX),
    F_STR_OPT(struct finding, note, 4000),
    F_STRS_OPT(struct finding, evidence, 50),
    F_STR_OPT(struct finding, site, 100),
};
const struct record finding_record = RECORD(finding, finding_fields);

static const struct field figure_record_fields[] = {
    F_STR(struct figure_record, figure, 1, 40),
    F_INT(struct figure_record, k, 0, 1000000000),
    F_INT(struct figure_record, n, 1, 1000000000),
    F_STR(struct figure_record, source, 1, 500),
    F_HASH_OPT(struct figure_record, sheet),
};
static const struct record figure_record_record =
    RECORD(figure_record, figure_record_fields);

static const struct field meeting_fields[] = {
    F_STR_OPT(struct meeting, note, 4000),
    F_STR_OPT(struct meeting, place, 200),
    F_INT_OPT(struct meeting, people, 0, 10000),
    F_STRS_OPT(struct meeting, photos, 20),
};
static const struct record meeting_record = RECORD(meeting, meeting_fields);

static const struct field special_fields[] = {
    F_BOOL_OPT(struct special, bonus),
    F_STR_OPT(struct special, indicator, 40),
    F_STR(struct special, note, 1, 2000),
};
static const struct record special_record = RECORD(special, special_fields);

static const struct field nonconformity_raise_fields[] = {
    F_STR(struct nonconformity_raise, indicator, 1, 40),
    F_ENUM(struct nonconformity_raise, grade, grade_names),
    F_STR(struct nonconformity_raise, text, 1, 4000),
    F_STR_OPT(struct nonconformity_raise, site, 100),
};
static const struct record nonconformity_raise_record =
    RECORD(nonconformity_raise, nonconformity_raise_fields);

static const struct field nonconformity_fields[] = {
    F_INT(struct nonconformity, number, 1, NONCONFORMITY_MAX),
    F_STR(struct nonconformity, indicator, 1, 40),
    F_ENUM(struct nonconformity, grade, grade_names),
    F_STR(struct nonconformity, text, 1, 4000),
    F_STR_OPT(struct nonconformity, site, 100),
};
const struct record nonconformity_record =
    RECORD(nonconformity, nonconformity_fields);

static const struct field defence_fields[] = {
    F_BOOL(struct defence, passed),
    F_STR_OPT(struct defence, note, 4000),
};
const struct record defence_record = RECORD(defence, defence_fields);
/* clang-format on */

static err check_under_way(struct arena *a, const struct state *s) /* [AU1] */
{
    if (!s->opening_held)
        REFUSE(a, "audit.not_opened");
    return OK;
}

/* --- audit.open ------------------------------------------------------- */

static err ready_open(struct arena *a, const struct state *s)
{
    if (s->opening_held)
        REFUSE(a, "audit.opened_already");
    return OK;
}

static err judge_open(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    if (f->today < s->plan->from || f->today > s->plan->to)
        REFUSE(a, "audit.not_planned", ARG_DAY("from", s->plan->from),
               ARG_DAY("to", s->plan->to), ARG_DAY("today", f->today));
    return event_emit(a, out, "audit.opened", f, c->data);
}

static void apply_opened(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    state_add_team(s, s->plan);
    s->opening_held = true;
    s->closing_held = false;
    s->audits++;
    state_forget(s);
    memset(s->site_seen, 0, sizeof s->site_seen);
    if (state_round_figures(s))
        memset(s->figures, 0, s->scheme->figure_count * sizeof *s->figures);
}

/* --- sites [AU5] ------------------------------------------------------ */

static err check_site(struct arena *a, const struct state *s, str site)
{
    if (site.n > 0 && !sites_visits(s->plan, site))
        return err_new(a, ERR_INVALID, "papers.site", ARG_STR("site", site));
    return OK;
}

/* Of a finding that costs points. */
static err check_place(struct arena *a, const struct state *s, int32_t leaf,
                       const struct finding *found)
{
    const struct indicator *in = scheme_leaf_at(s->scheme, leaf);

    if (found->site.n > 0 || s->plan->sites.n < 2 ||
        in->judged == JUDGED_DOCUMENTS)
        return OK;
    return err_new(a, ERR_INVALID, "audit.which_site",
                   ARG_STR("indicator", found->indicator),
                   ARG_INT("sites", (int64_t)s->plan->sites.n));
}

/* The site that the newest finding about this indicator names. */
static str found_at(const struct state *s, str indicator)
{
    int32_t leaf = scheme_leaf(s->scheme, indicator);
    const struct finding *found = leaf < 0 ? NULL : s->leaves[leaf].finding;

    return found == NULL ? S("") : found->site;
}

static bool answer_costs(struct answer given)
{
    return given.kind == ANSWER_NOT_MET ||
           (given.kind == ANSWER_SAMPLED && given.k < given.n);
}

bool finding_costs(const struct finding *found)
{
    return answer_costs(finding_answer(found));
}

/* --- finding.record --------------------------------------------------- */

static err judge_finding(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct finding *found = c->data;
    struct reply reply = { found->indicator, found->result, found->k, found->n,
                           found->note };
    struct answer answer;
    int32_t leaf;

    TRY(reply_check(a, s->scheme, &reply, &leaf, &answer));

    bool costs = answer_costs(answer);
    if (costs && found->evidence.n == 0) /* [AU2] */
        return err_new(a, ERR_INVALID, "audit.evidence",
                       ARG_STR("indicator", found->indicator));
    TRY(check_site(a, s, found->site));
    if (costs)
        TRY(check_place(a, s, leaf, found));
    return event_emit(a, out, "finding.recorded", f, found);
}

static void apply_finding(struct state *s, const struct event *e)
{
    EVENT_DATA(finding, found, e);
    int32_t leaf = scheme_leaf(s->scheme, found->indicator);

    state_add_evaluator(s, e->actor);
    if (leaf < 0)
        return;
    sites_see(s, found->site);
    s->leaves_found += s->leaves[leaf].finding == NULL;
    s->leaves[leaf] = (struct leaf_state){ found, e->actor };
}

/* --- figure.record ---------------------------------------------------- */

/* [AU7] */
static bool is_document(const struct state *s, const struct hash *blob)
{
    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        const struct document *d = s->requirements[i].document;

        if (d != NULL && hash_eq(&d->blob, blob))
            return true;
    }
    return false;
}

static err judge_figure(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct figure_record *g = c->data;
    int32_t at;

    TRY(figure_check(a, s->scheme, g->figure, g->k, g->n, &at));
    if (!hash_is_zero(&g->sheet) && !is_document(s, &g->sheet))
        return err_new(a, ERR_INVALID, "audit.figure_sheet",
                       ARG_STR("figure", g->figure));
    return event_emit(a, out, "figure.recorded", f, g);
}

static void apply_figure(struct state *s, const struct event *e)
{
    EVENT_DATA(figure_record, g, e);
    int32_t at = scheme_figure(s->scheme, g->figure);

    state_add_evaluator(s, e->actor);
    if (at >= 0)
        s->figures[at] = *g;
}

/* --- special.record --------------------------------------------------- */

static err ready_special(struct arena *a, const struct state *s)
{
    TRY(check_under_way(a, s));
    if (s->scheme->specials.deduction == 0 && s->scheme->specials.bonus == 0)
        REFUSE(a, "audit.no_special", ARG_LABEL("scheme", s->scheme->name));
    return OK;
}

static err check_room(struct arena *a, const struct state *s)
{
    if (s->nonconformity_count >= NONCONFORMITY_MAX)
        return err_new(a, ERR_LIMIT, "audit.nonconformities",
                       ARG_INT("most", NONCONFORMITY_MAX));
    return OK;
}

/* [AU3] */
static err check_deduction(struct arena *a, const struct state *s,
                           const struct special *x)
{
    if (x->indicator.n == 0)
        return err_new(a, ERR_INVALID, "audit.special_indicator");
    return check_room(a, s);
}

static err raise_deduction(struct arena *a, const struct state *s,
                           const struct facts *f, const struct special *x,
                           struct event_list *out)
{
    struct nonconformity raised = {
        .number = s->nonconformity_count + 1,
        .indicator = x->indicator,
        .grade = GRADE_MINOR,
        .text = x->note,
        .site = found_at(s, x->indicator),
    };

    return event_emit(a, out, "nonconformity.raised", f, &raised);
}

static err judge_special(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct special *x = c->data;
    const struct specials *rule = &s->scheme->specials;

    if ((x->bonus ? rule->bonus : rule->deduction) == 0)
        REFUSE(a, "audit.no_special", ARG_LABEL("scheme", s->scheme->name));
    if (x->bonus && s->bonus)
        REFUSE(a, "audit.bonus_twice");
    if (x->indicator.n > 0 && scheme_leaf(s->scheme, x->indicator) < 0)
        return err_new(a, ERR_INVALID, "reply.indicator",
                       ARG_STR("indicator", x->indicator));
    if (!x->bonus)
        TRY(check_deduction(a, s, x));
    TRY(event_emit(a, out, "special.recorded", f, x));
    return x->bonus ? OK : raise_deduction(a, s, f, x, out);
}

static void apply_special(struct state *s, const struct event *e)
{
    EVENT_DATA(special, x, e);

    state_add_evaluator(s, e->actor);
    s->bonus = s->bonus || x->bonus;
    s->deductions += !x->bonus;
    s->deducting = !x->bonus;
}

/* --- nonconformity.raise ---------------------------------------------- */

static err ready_nonconformity(struct arena *a, const struct state *s)
{
    TRY(check_under_way(a, s));
    return check_room(a, s);
}

static err judge_nonconformity(struct arena *a, const struct state *s,
                               const struct command *c, const struct facts *f,
                               struct event_list *out)
{
    const struct nonconformity_raise *wish = c->data;
    struct nonconformity raised = {
        .number = s->nonconformity_count + 1,
        .indicator = wish->indicator,
        .grade = wish->grade,
        .text = wish->text,
        .site = wish->site.n > 0 ? wish->site : found_at(s, wish->indicator),
    };

    if (scheme_leaf(s->scheme, wish->indicator) < 0)
        return err_new(a, ERR_INVALID, "reply.indicator",
                       ARG_STR("indicator", wish->indicator));
    TRY(check_site(a, s, wish->site));
    return event_emit(a, out, "nonconformity.raised", f, &raised);
}

static void apply_nonconformity(struct state *s, const struct event *e)
{
    EVENT_DATA(nonconformity, raised, e);

    state_add_evaluator(s, e->actor);
    sites_see(s, raised->site);
    if (s->nonconformity_count >= NONCONFORMITY_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->nonconformities[s->nonconformity_count++] = (struct nonconformity_state){
        .raised = raised, .special = s->deducting, .on = e->on
    };
    s->deducting = false;
}

/* --- defence.record [M17] --------------------------------------------- */

static err ready_defence(struct arena *a, const struct state *s)
{
    TRY(check_under_way(a, s));
    if (!s->scheme->defence)
        REFUSE(a, "audit.no_defence", ARG_LABEL("scheme", s->scheme->name));
    return OK;
}

static err judge_defence(struct arena *a, const struct state *,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    return event_emit(a, out, "defence.recorded", f, c->data);
}

static void apply_defence(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->defence = e->data;
}

/* --- audit.close [AU4] ------------------------------------------------ */

static size_t open_findings(const struct state *s)
{
    size_t open = 0;

    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        open +=
            state_round_judges(s, (int32_t)i) && s->leaves[i].finding == NULL;
    return open;
}

static err check_findings(struct arena *a, const struct state *s)
{
    for (size_t i = 0; i < s->scheme->leaf_count; i++) {
        const struct indicator *in = scheme_leaf_at(s->scheme, (int32_t)i);

        if (s->leaves[i].finding == NULL && state_round_judges(s, (int32_t)i))
            REFUSE(a, "audit.no_finding", ARG_STR("indicator", in->id),
                   ARG_LABEL("label", in->label),
                   ARG_INT("open", open_findings(s)));
    }
    if (s->leaves_found == 0) /* a special audit looks at something, too */
        REFUSE(a, "audit.nothing_found");
    return OK;
}

static struct label label_of(const struct state *s, str indicator)
{
    return scheme_leaf_at(s->scheme, scheme_leaf(s->scheme, indicator))->label;
}

/* [AU6] */
static bool contradicts(const struct state *s, const struct findings *found,
                        const struct nonconformity_state *x)
{
    int32_t leaf = scheme_leaf(s->scheme, x->raised->indicator);

    return leaf >= 0 && !x->special && grade_is_corrected(x->raised->grade) &&
           !answer_costs(found->answers[leaf]);
}

/* [AU6] An indicator that was not looked at is as earlier rounds left it. */
static err check_agreement(struct arena *a, const struct state *s)
{
    struct findings found;

    state_findings(s, &found);
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity *raised = s->nonconformities[i].raised;

        if (contradicts(s, &found, &s->nonconformities[i]))
            REFUSE(a, "audit.contradiction", ARG_INT("number", raised->number),
                   ARG_STR("indicator", raised->indicator),
                   ARG_LABEL("label", label_of(s, raised->indicator)));
    }
    return OK;
}

static err check_figures(struct arena *a, const struct state *s)
{
    for (size_t i = 0; i < s->scheme->figure_count; i++) {
        if (s->figures[i].n == 0)
            REFUSE(a, "audit.no_figure",
                   ARG_LABEL("figure", s->scheme->figures[i].label));
    }
    return OK;
}

static err check_sample_and_defence(struct arena *a, const struct state *s)
{
    if (state_round_samples(s) && !sampling_complete(s))
        REFUSE(a, "audit.sample_open", ARG_INT("reached", s->sample.reached),
               ARG_INT("wanted", sampling_wanted(s)));
    if (state_round_defends(s) && s->defence == NULL)
        REFUSE(a, "audit.defence_open");
    return OK;
}

static err ready_close(struct arena *a, const struct state *s)
{
    TRY(check_under_way(a, s));
    TRY(check_findings(a, s));
    TRY(check_agreement(a, s));
    TRY(check_figures(a, s));
    return check_sample_and_defence(a, s);
}

static err judge_close(struct arena *a, const struct state *,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    return event_emit(a, out, "audit.closed", f, c->data);
}

static void apply_closed(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->opening_held = false;
    s->closing_held = true;
    invoice_audit_held(s, e);
    state_enter(s, STAGE_REPORT, e);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "audit.open", &meeting_record, ready_open, judge_open, NULL },
    { "finding.record", &finding_record, check_under_way, judge_finding, NULL },
    { "figure.record", &figure_record_record, check_under_way, judge_figure, NULL },
    { "special.record", &special_record, ready_special, judge_special, NULL },
    { "nonconformity.raise", &nonconformity_raise_record, ready_nonconformity, judge_nonconformity, NULL },
    { "defence.record", &defence_record, ready_defence, judge_defence, NULL },
    { "audit.close", &meeting_record, ready_close, judge_close, NULL },
};

static const struct event_kind events[] = {
    { "audit.opened", 1, STREAM_CASE, &meeting_record, apply_opened },
    { "finding.recorded", 1, STREAM_CASE, &finding_record, apply_finding },
    { "figure.recorded", 1, STREAM_CASE, &figure_record_record, apply_figure },
    { "special.recorded", 1, STREAM_CASE, &special_record, apply_special },
    { "nonconformity.raised", 1, STREAM_CASE, &nonconformity_record, apply_nonconformity },
    { "defence.recorded", 1, STREAM_CASE, &defence_record, apply_defence },
    { "audit.closed", 1, STREAM_CASE, &meeting_record, apply_closed },
};
/* clang-format on */

const struct stage_tables audit_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
