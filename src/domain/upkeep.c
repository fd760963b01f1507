/*
 * upkeep -- stage 11: surveillance every so often after issue. [M22]
 * [17065 7.9] [条例 26]
 *
 *   [UP1] A round is planned, recorded by its team, and concluded by somebody
 *         who took no part in it.
 *   [UP2] Nobody is suspended by itself: a conclusion that does not keep the
 *         certificate proposes it, and a person acts on it within five days
 *         [认证机构管理办法].
 *   [UP3] Rounds belong to a valid certificate; the last one may be too late
 *         for another, and then none is due.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field surveillance_fields[] = {
    F_BOOL(struct surveillance, runs),
    F_INT(struct surveillance, satisfied_k, 0, 1000000000),
    F_INT(struct surveillance, satisfied_n, 1, 1000000000),
    F_STR(struct surveillance, improvements, 1, 4000),
    F_STR_OPT(struct surveillance, note, 4000),
};
const struct record surveillance_record =
    RECORD(surveillance, surveillance_fields);

static const struct field surveillance_conclude_fields[] = {
    F_BOOL(struct surveillance_conclude, keep),
    F_STR_OPT(struct surveillance_conclude, reasons, 4000),
};
static const struct record surveillance_conclude_record =
    RECORD(surveillance_conclude, surveillance_conclude_fields);

static const struct field surveillance_end_fields[] = {
    F_BOOL(struct surveillance_end, keep),
    F_STR_OPT(struct surveillance_end, reasons, 4000),
    F_DAY_OPT(struct surveillance_end, next_due),
};
const struct record surveillance_end_record =
    RECORD(surveillance_end, surveillance_end_fields);
/* clang-format on */

enum { ACT_WITHIN = 5 }; /* [UP2] calendar days */

/* --- surveillance.plan ------------------------------------------------- */

/* [UP3] */
static err check_valid(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (f->today <= s->certificate->until)
        return OK;
    REFUSE(a, "upkeep.expired", ARG_DAY("until", s->certificate->until));
}

static err ready_plan(struct arena *a, const struct state *s)
{
    if (s->surveillance != NULL)
        REFUSE(a, "upkeep.under_way");
    return OK;
}

static err judge_plan(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    struct plan made;
    const struct day_row *row =
        plan_day_row(&s->scheme->team, s->application->staff);

    TRY(check_valid(a, s, f));
    TRY(plan_judge(a, s, f, c->data, row == NULL ? 0 : row->surveillance_total,
                   &made));
    return event_emit(a, out, "surveillance.planned", f, &made);
}

static void apply_plan(struct state *s, const struct event *e)
{
    s->surveillance_plan = e->data;
    s->round.n = 0;
}

/* --- surveillance.record ----------------------------------------------- */

static err ready_record(struct arena *a, const struct state *s)
{
    if (s->surveillance_plan == NULL)
        REFUSE(a, "upkeep.no_plan");
    return OK;
}

static err judge_record(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct surveillance *found = c->data;

    TRY(check_valid(a, s, f));
    if (found->satisfied_k > found->satisfied_n)
        return err_new(a, ERR_INVALID, "upkeep.ratio",
                       ARG_INT("k", found->satisfied_k),
                       ARG_INT("n", found->satisfied_n));
    if (f->today < s->surveillance_plan->from)
        REFUSE(a, "upkeep.early", ARG_DAY("from", s->surveillance_plan->from));
    return event_emit(a, out, "surveillance.recorded", f, found);
}

static void apply_record(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    state_add_team(s, s->surveillance_plan);
    s->surveillance = e->data;
}

/* --- surveillance.conclude --------------------------------------------- */

static err ready_conclude(struct arena *a, const struct state *s)
{
    if (s->surveillance == NULL)
        REFUSE(a, "upkeep.not_recorded");
    return OK;
}

/* [UP2] [UP3] */
static day next_day(const struct state *s, const struct facts *f, bool keep)
{
    const struct span act = { ACT_WITHIN, SPAN_DAYS };
    day next = facts_deadline(f, s->scheme->limits.surveillance).on;

    if (!keep)
        return facts_deadline(f, act).on;
    return next > s->certificate->until ? DAY_NEVER : next;
}

static err judge_conclude(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct surveillance_conclude *wish = c->data;
    struct surveillance_end end = {
        .keep = wish->keep,
        .reasons = wish->reasons,
        .next_due = next_day(s, f, wish->keep),
    };

    TRY(check_valid(a, s, f));
    if (wish->keep && !s->surveillance->runs)
        REFUSE(a, "upkeep.does_not_run");
    if (!wish->keep && wish->reasons.n == 0)
        return err_new(a, ERR_INVALID, "upkeep.reasons");
    return event_emit(a, out, "surveillance.concluded", f, &end);
}

static void apply_conclude(struct state *s, const struct event *e)
{
    EVENT_DATA(surveillance_end, end, e);

    s->surveillance_plan = NULL;
    s->surveillance = NULL;
    s->surveillance_end = end;
    s->round.n = 0;
    s->surveillances++;
    s->surveillance_due = end->next_due;
    state_wait(s, WAITING_BODY, end->next_due, false);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "surveillance.plan", &plan_make_record, ready_plan, judge_plan, plan_people },
    { "surveillance.record", &surveillance_record, ready_record, judge_record, NULL },
    { "surveillance.conclude", &surveillance_conclude_record, ready_conclude, judge_conclude, NULL },
};

static const struct event_kind events[] = {
    { "surveillance.planned", 1, STREAM_CASE, &plan_record, apply_plan },
    { "surveillance.recorded", 1, STREAM_CASE, &surveillance_record, apply_record },
    { "surveillance.concluded", 1, STREAM_CASE, &surveillance_end_record, apply_conclude },
};
/* clang-format on */

const struct stage_tables upkeep_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
