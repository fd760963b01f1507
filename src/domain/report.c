/*
 * report -- stage 7: the audit report, generated from the findings, and the
 * enterprise's acknowledgement. [M18] [M19] [17065 7.4.9]
 *
 *   [RP1] Score and level are worked out from the findings, not typed.
 *   [RP2] What is to be corrected, minor or major, gets a day: no earlier and
 *         no later than the package allows after the report.
 *   [RP3] The report of a surveillance, and no other, says whether the system
 *         still runs and what was improved; one that does not run cannot be
 *         recommended. [M22] [M27]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field report_issue_fields[] = {
    F_BOOL(struct report_issue, recommended),
    F_STR(struct report_issue, summary, 1, 10000),
    F_BOOL_OPT(struct report_issue, runs),
    F_STR_OPT(struct report_issue, improvements, 4000),
    F_DAY_OPT(struct report_issue, correct_until),
};
static const struct record report_issue_record =
    RECORD(report_issue, report_issue_fields);

static const struct field report_fields[] = {
    F_BOOL(struct report, recommended),
    F_STR(struct report, summary, 1, 10000),
    F_BOOL_OPT(struct report, runs),
    F_STR_OPT(struct report, improvements, 4000),
    F_INT(struct report, shown, 0, 10000),
    F_STR_OPT(struct report, level, 40),
    F_INT(struct report, minor, 0, NONCONFORMITY_MAX),
    F_INT(struct report, major, 0, NONCONFORMITY_MAX),
    F_INT_OPT(struct report, observations, 0, NONCONFORMITY_MAX),
    F_INT_OPT(struct report, opportunities, 0, NONCONFORMITY_MAX),
    F_DAY_OPT(struct report, correct_until),
};
const struct record report_record = RECORD(report, report_fields);
/* clang-format on */

static void count_grades(const struct state *s, struct report *r)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        int grade = s->nonconformities[i].raised->grade;

        r->minor += grade == GRADE_MINOR;
        r->major += grade == GRADE_MAJOR;
        r->observations += grade == GRADE_OBSERVATION;
        r->opportunities += grade == GRADE_OPPORTUNITY;
    }
}

/* [RP2] */
static err check_until(struct arena *a, const struct state *s,
                       const struct facts *f, const struct report *r)
{
    const struct limits *limits = &s->scheme->limits;
    day least = facts_deadline(f, limits->minor_least).on;
    day most = facts_deadline(f, limits->minor_most).on;
    bool needed = r->minor + r->major > 0;

    if (!needed && r->correct_until != DAY_NEVER)
        return err_new(a, ERR_INVALID, "report.nothing_to_correct");
    if (!needed)
        return OK;
    if (r->correct_until == DAY_NEVER || r->correct_until < least ||
        r->correct_until > most)
        REFUSE(a, "report.correct_until", ARG_DAY("least", least),
               ARG_DAY("most", most));
    return OK;
}

/* [RP3] */
static err check_surveillance(struct arena *a, const struct state *s,
                              const struct report_issue *wish)
{
    bool surveillance = s->round == ROUND_SURVEILLANCE;

    if (surveillance != (wish->improvements.n > 0) ||
        (wish->runs && !surveillance))
        return err_new(a, ERR_INVALID, "report.surveillance");
    if (surveillance && wish->recommended && !wish->runs)
        REFUSE(a, "report.does_not_run");
    return OK;
}

static err ready_issue(struct arena *a, const struct state *s)
{
    if (s->report != NULL)
        REFUSE(a, "report.issued_already");
    return OK;
}

static err judge_issue(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct report_issue *wish = c->data;
    struct report made = {
        .recommended = wish->recommended,
        .summary = wish->summary,
        .runs = wish->runs,
        .improvements = wish->improvements,
        .correct_until = wish->correct_until,
    };
    struct score *score = arena_zero(a, sizeof *score);

    TRY_MEMORY(score);
    TRY(check_surveillance(a, s, wish));
    count_grades(s, &made);
    TRY(check_until(a, s, f, &made));
    state_score(s, score); /* [RP1] */
    made.shown = score->shown;
    if (score->level >= 0)
        made.level = s->scheme->levels[score->level].id;
    return event_emit(a, out, "report.issued", f, &made);
}

static void apply_issue(struct state *s, const struct event *e)
{
    EVENT_DATA(report, made, e);

    state_add_evaluator(s, e->actor);
    s->report = made;
    s->reported_on = e->on;
    s->correct_until = made->correct_until;
    state_wait(s, WAITING_APPLICANT, made->correct_until, false);
}

static err ready_acknowledge(struct arena *a, const struct state *s)
{
    if (s->report == NULL)
        REFUSE(a, "report.none");
    return OK;
}

static err judge_acknowledge(struct arena *a, const struct state *,
                             const struct command *c, const struct facts *f,
                             struct event_list *out)
{
    return event_emit(a, out, "report.acknowledged", f, c->data);
}

static void apply_acknowledge(struct state *s, const struct event *e)
{
    s->acknowledged = true;
    if (state_open_nonconformities(s) == 0) {
        state_enter(s, STAGE_DECISION, e);
        return;
    }
    state_enter(s, STAGE_CORRECTION, e);
    state_wait(s, WAITING_APPLICANT, s->correct_until, false);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "report.issue", &report_issue_record, ready_issue, judge_issue, NULL },
    { "report.acknowledge", &note_record, ready_acknowledge, judge_acknowledge, NULL },
};

static const struct event_kind events[] = {
    { "report.issued", 1, STREAM_CASE, &report_record, apply_issue },
    { "report.acknowledged", 1, STREAM_CASE, &note_record, apply_acknowledge },
};
/* clang-format on */

const struct stage_tables report_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
