/*
 * upkeep -- stage 11: surveillance every so often after issue. [M22]
 * [17065 7.9] [条例 26]
 *
 *   [UP1] A round is planned, recorded by its team, and concluded by somebody
 *         who took no part in it.
 *   [UP2] Nobody is suspended by itself: a conclusion that does not keep the
 *         certificate proposes it, a person acts on it.
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
    F_DAY(struct surveillance_end, next_due),
};
static const struct record surveillance_end_record =
    RECORD(surveillance_end, surveillance_end_fields);
/* clang-format on */

/* --- surveillance.plan ------------------------------------------------ */

static int32_t table_days(const struct team_rule *rule, int64_t staff)
{
    for (size_t i = 0; i < rule->row_count; i++) {
        const struct day_row *row = &rule->rows[i];
        if (staff >= row->staff_from && staff <= row->staff_to)
            return row->surveillance_total;
    }
    return 0;
}

static err judge_plan(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    struct plan made;
    int32_t table = table_days(&s->scheme->team, s->application->staff);

    if (s->surveillance != NULL)
        REFUSE(a, "upkeep.under_way");
    TRY(plan_judge(a, s, f, c->data, table, &made));
    return event_emit(a, out, "surveillance.planned", f, &made);
}

static void apply_plan(struct state *s, const struct event *e)
{
    s->surveillance_plan = e->data;
}

/* --- surveillance.record ---------------------------------------------- */

static err judge_record(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct surveillance *found = c->data;

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
    s->surveillance = e->data;
}

/* --- surveillance.conclude -------------------------------------------- */

static err judge_conclude(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct surveillance_conclude *wish = c->data;
    struct deadline next = facts_deadline(f, s->scheme->limits.surveillance);

    if (s->surveillance == NULL)
        REFUSE(a, "upkeep.not_recorded");
    if (wish->keep && !s->surveillance->runs)
        REFUSE(a, "upkeep.does_not_run");
    if (!wish->keep && wish->reasons.n == 0)
        return err_new(a, ERR_INVALID, "upkeep.reasons");

    struct surveillance_end end = {
        .keep = wish->keep,
        .reasons = wish->reasons,
        .next_due = next.on,
    };
    return event_emit(a, out, "surveillance.concluded", f, &end);
}

static void apply_conclude(struct state *s, const struct event *e)
{
    EVENT_DATA(surveillance_end, end, e);

    s->surveillance_plan = NULL;
    s->surveillance = NULL;
    s->surveillances++;
    s->surveillance_due = end->next_due;
    s->due = end->next_due;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "surveillance.plan", &plan_make_record, judge_plan, plan_people },
    { "surveillance.record", &surveillance_record, judge_record, NULL },
    { "surveillance.conclude", &surveillance_conclude_record, judge_conclude, NULL },
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
