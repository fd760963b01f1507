/*
 * plan -- stage 5: who audits, when, where; and what the enterprise says to
 * it. [M15] [17065 7.4]
 *
 *   [PL1] The team is as team.c says, the sites as sites.c says.
 *   [PL2] Size, days and person-days outside the package's norms need a
 *         recorded reason.
 *   [PL3] Person-days are held against the package's table, with recorded
 *         adjustments and the least time for each outlet visited.
 *   [PL4] Until the opening meeting the plan may be made anew; the enterprise
 *         then agrees anew.
 *   [PL5] Once the audit has begun its days and sites stand; the planner may
 *         replace people of the team, its lead too, with a reason and all that
 *         is asked of a team, until the round is decided.  What the former ones
 *         recorded stays theirs, and they stay evaluators.  The plan keeps the
 *         reason it had of its own.
 *   [PL6] Sites that leave the certificate leave the plan, with the time that
 *         the package gives an outlet (sites.c [SI5]).  The enterprise has
 *         asked for that or was told, so what it agreed to stands; before the
 *         opening meeting the planner may make another plan all the same.
 *   [PL7] To who is new then the enterprise may object, as to the first team,
 *         within the package's `limits: objection`.  Until that has passed, or
 *         it agrees, they do nothing (rights.c); what it let pass counts as
 *         agreed.  On an objection the planner names others, or the same again
 *         with a reason; either way the enterprise is asked anew.
 *   [PL8] So it is with the first team: after an objection a team that nobody
 *         leaves wants a reason.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

#include <stdio.h>

enum {
    TEAM_MAX = NAMED_PEOPLE_MAX - 1,
    SITES_MAX = 2000,
    ADJUSTMENTS_MAX = 20,
    MODES = 9,
    NEEDED_LEAST = 5
};

/* clang-format off */
static const struct field adjustment_fields[] = {
    F_STR(struct adjustment, reason, 1, 500),
    F_UNIT(struct adjustment, tenths, -1000, 1000, UNIT_TENTHS),
};
static const struct record adjustment_record =
    RECORD(adjustment, adjustment_fields);

static const struct field plan_make_fields[] = {
    F_STR(struct plan_make, lead, 1, 60),
    F_STRS_OPT(struct plan_make, members, TEAM_MAX),
    F_DAY(struct plan_make, from),
    F_DAY(struct plan_make, to),
    F_UNIT(struct plan_make, person_days, 1, 100000, UNIT_TENTHS),
    F_STRS_OPT(struct plan_make, sites, SITES_MAX),
    F_LIST_OPT(struct plan_make, adjustments, ADJUSTMENTS_MAX,
               &adjustment_record),
    F_STRS_OPT(struct plan_make, modes, MODES),
    F_STR_OPT(struct plan_make, reason, 2000),
};
static const struct record plan_make_record =
    RECORD(plan_make, plan_make_fields);

static const struct field plan_replace_fields[] = {
    F_STR(struct plan_replace, lead, 1, 60),
    F_STRS_OPT(struct plan_replace, members, TEAM_MAX),
    F_STR(struct plan_replace, reason, 1, 2000),
};
static const struct record plan_replace_record =
    RECORD(plan_replace, plan_replace_fields);

static const struct field team_member_fields[] = {
    F_ID(struct team_member, person),
    F_BOOL_OPT(struct team_member, lead),
    F_BOOL_OPT(struct team_member, expert),
};
static const struct record team_member_record =
    RECORD(team_member, team_member_fields);

static const struct field plan_fields[] = {
    F_LIST(struct plan, team, 1, TEAM_MAX + 1, &team_member_record),
    F_DAY(struct plan, from),
    F_DAY(struct plan, to),
    F_INT(struct plan, person_days, 1, 100000),
    F_INT_OPT(struct plan, table_days, 0, 100000),
    F_INT_OPT(struct plan, needed, 0, 100000),
    F_LIST_OPT(struct plan, adjustments, ADJUSTMENTS_MAX, &adjustment_record),
    F_STRS_OPT(struct plan, modes, MODES),
    F_STRS_OPT(struct plan, sites, SITES_MAX),
    F_STR_OPT(struct plan, reason, 2000),
    F_STR_OPT(struct plan, replaced, 2000),
    F_DAY_OPT(struct plan, objection_due),
    F_BOOL_OPT(struct plan, objection_provisional),
};
const struct record plan_record = RECORD(plan, plan_fields);
/* clang-format on */

static size_t team_people(str lead, const struct list *others, str *out,
                          size_t max)
{
    const str *members = others->p;
    size_t n = 0;

    if (n < max)
        out[n++] = lead;
    for (size_t i = 0; i < others->n && n < max; i++)
        out[n++] = members[i];
    return n;
}

static size_t plan_people(const void *data, str *out, size_t max)
{
    const struct plan_make *wish = data;

    return team_people(wish->lead, &wish->members, out, max);
}

static size_t replace_people(const void *data, str *out, size_t max)
{
    const struct plan_replace *wish = data;

    return team_people(wish->lead, &wish->members, out, max);
}

/* --- norms [PL2] -------------------------------------------------------- */

static int64_t auditors(const struct plan *p)
{
    const struct team_member *team = p->team.p;
    int64_t n = 0;

    for (size_t i = 0; i < p->team.n; i++)
        n += !team[i].expert;
    return n;
}

static bool within(int64_t n, int32_t least, int32_t most)
{
    return n >= least && n <= most;
}

/* "4.5" from tenths of a day. */
static str days_text(int64_t tenths, char out[static 24])
{
    int n = snprintf(out, 24, "%lld.%lld", (long long)(tenths / 10),
                     (long long)(tenths % 10));

    return (str){ out, (size_t)n };
}

/* Less than the package's table asks for. */
static err check_table(struct arena *a, const struct plan *p)
{
    char given[24];
    char table[24];

    if (p->person_days >= p->needed)
        return OK;
    REFUSE(a, "plan.below_table",
           ARG_STR("given", days_text(p->person_days, given)),
           ARG_STR("table", days_text(p->needed, table)));
}

static err check_norms(struct arena *a, const struct state *s,
                       const struct plan *p)
{
    const struct team_rule *norm = &s->scheme->team;
    int64_t days = (int64_t)p->to - p->from + 1;
    int64_t size = auditors(p);

    if (p->person_days > days * 10 * size)
        return err_new(a, ERR_INVALID, "plan.person_days",
                       ARG_INT("people", size), ARG_INT("days", days));
    if (p->reason.n > 0 || p->replaced.n > 0)
        return OK;
    if (!within(size, norm->size_least, norm->size_most))
        REFUSE(a, "plan.size", ARG_INT("size", size),
               ARG_INT("least", norm->size_least),
               ARG_INT("most", norm->size_most));
    if (!within(days, norm->days_least, norm->days_most))
        REFUSE(a, "plan.days", ARG_INT("days", days),
               ARG_INT("least", norm->days_least),
               ARG_INT("most", norm->days_most));
    return check_table(a, p);
}

/* The row of the package's table for this many staff, or NULL. */
static const struct day_row *row_for(const struct team_rule *rule,
                                     int64_t staff)
{
    for (size_t i = 0; i < rule->row_count; i++) {
        const struct day_row *row = &rule->rows[i];

        if (staff >= row->staff_from && staff <= row->staff_to)
            return row;
    }
    return NULL;
}

/* What the table asks of this round for so many staff, in tenths of a day; 0
 * when it has no row, or the round is no such audit. */
int32_t plan_table_days(const struct state *s)
{
    const struct day_row *row =
        row_for(&s->scheme->team, s->application->staff);

    if (row == NULL)
        return 0;
    if (s->round == ROUND_INITIAL)
        return s->opened->kind == CASE_RENEWAL ? row->renewal_total
                                               : row->initial_site;
    return s->round == ROUND_SURVEILLANCE ? row->surveillance_total : 0;
}

/* [PL3] Table, adjustments, outlets; at least half a day where there is a table
 * at all. */
int64_t plan_needed_days(const struct state *s, const struct plan *p)
{
    const struct adjustment *x = p->adjustments.p;
    int64_t n = p->table_days;

    if (n == 0)
        return 0;
    for (size_t i = 0; i < p->adjustments.n; i++)
        n += x[i].tenths;
    n += s->scheme->team.outlet * sites_outlets(s, &p->sites);
    return n < NEEDED_LEAST ? NEEDED_LEAST : n;
}

/* --- modes -------------------------------------------------------------- */

static unsigned modes_asked(const struct state *s)
{
    if (s->round == ROUND_INITIAL)
        return s->scheme->team.modes_first;
    return s->round == ROUND_SURVEILLANCE ? s->scheme->team.modes_surveillance
                                          : 0;
}

static err take_modes(struct arena *a, unsigned bits, struct list *out)
{
    static const char letters[] = "ABCDEFGHI";
    str *names = arena_array(a, MODES, sizeof *names);
    size_t n = 0;

    TRY_MEMORY(names);
    for (unsigned i = 0; i < MODES; i++) {
        if ((bits & 1U << i) != 0)
            names[n++] = (str){ &letters[i], 1 };
    }
    *out = (struct list){ names, n };
    return OK;
}

/* Those of the package where none are named; what it asks for and is left out
 * needs a reason. [RB/T 314] */
static err choose_modes(struct arena *a, const struct state *s,
                        const struct plan_make *wish, struct list *out)
{
    const str *names = wish->modes.p;
    unsigned asked = modes_asked(s);
    unsigned given = wish->modes.n == 0 ? asked : 0;

    for (size_t i = 0; i < wish->modes.n; i++) {
        char letter = names[i].n == 1 ? names[i].p[0] : '?';

        if (letter < 'A' || letter > 'I')
            return err_new(a, ERR_INVALID, "plan.mode",
                           ARG_STR("mode", names[i]));
        given |= 1U << (letter - 'A');
    }
    if ((asked & ~given) != 0 && wish->reason.n == 0)
        REFUSE(a, "plan.modes");
    return take_modes(a, given, out);
}

/* --- plan.make -------------------------------------------------------- */

/* [PL4] */
static err ready_make(struct arena *a, const struct state *s)
{
    if (s->stage == STAGE_AUDIT && s->opening_held)
        REFUSE(a, "plan.audit_begun");
    return OK;
}

static bool is_in(const struct list *team, id person)
{
    const struct team_member *m = team->p;

    for (size_t i = 0; i < team->n; i++) {
        if (id_eq(m[i].person, person))
            return true;
    }
    return false;
}

static bool keeps_everybody(const struct list *before, const struct list *after)
{
    const struct team_member *m = before->p;

    for (size_t i = 0; i < before->n; i++) {
        if (!is_in(after, m[i].person))
            return false;
    }
    return true;
}

/* [PL8] */
static err check_objection(struct arena *a, const struct state *s,
                           const struct plan *made)
{
    if (s->objection.n > 0 && made->reason.n == 0 &&
        keeps_everybody(&s->plan->team, &made->team))
        REFUSE(a, "plan.objection_stands", ARG_STR("reasons", s->objection));
    return OK;
}

static err judge_make(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct plan_make *wish = c->data;
    struct plan made = {
        .from = wish->from,
        .to = wish->to,
        .person_days = wish->person_days,
        .table_days = plan_table_days(s),
        .adjustments = wish->adjustments,
        .reason = wish->reason,
        .objection_due = DAY_NEVER,
    };

    if (wish->from < f->today || wish->to < wish->from)
        return err_new(a, ERR_INVALID, "plan.dates",
                       ARG_DAY("from", wish->from), ARG_DAY("to", wish->to),
                       ARG_DAY("today", f->today));
    TRY(sites_choose(a, s, &wish->sites, &made.sites));
    TRY(team_build(a, s, f, wish, &made.team));
    TRY(choose_modes(a, s, wish, &made.modes));
    TRY(check_objection(a, s, &made));
    made.needed = plan_needed_days(s, &made);
    TRY(check_norms(a, s, &made));
    return event_emit(a, out, "plan.made", f, &made);
}

static void apply_made(struct state *s, const struct event *e)
{
    if (s->stage == STAGE_AUDIT) /* [PL4] */
        state_enter(s, STAGE_PLAN, e);
    s->plan = e->data;
    s->plan_agreed = false;
    s->objection = S("");
    s->replacement = (struct replacement){ 0 };
    state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* --- plan.replace [PL5] [PL7] --------------------------------------------- */

static err ready_replace(struct arena *a, const struct state *s)
{
    if (s->stage == STAGE_AUDIT && !s->opening_held)
        REFUSE(a, "plan.not_begun");
    if (s->decision != NULL)
        REFUSE(a, "decision.made_already");
    return OK;
}

static bool same_member(const struct team_member *x,
                        const struct team_member *y)
{
    return id_eq(x->person, y->person) && x->lead == y->lead;
}

static bool same_team(const struct list *x, const struct list *y)
{
    const struct team_member *one = x->p;
    const struct team_member *other = y->p;
    size_t same = 0;

    for (size_t i = 0; i < x->n; i++) {
        for (size_t k = 0; k < y->n; k++)
            same += same_member(&one[i], &other[k]);
    }
    return x->n == y->n && same == x->n;
}

/* The team that the enterprise agreed to, or did not object to in time. */
static const struct plan *known_plan(const struct state *s, day on)
{
    return state_replacement_open(s, on) ? s->replacement.before : s->plan;
}

static bool brings_somebody(const struct plan *known, const struct list *team)
{
    const struct team_member *members = team->p;

    for (size_t i = 0; i < team->n; i++) {
        if (!plan_names(known, members[i].person))
            return true;
    }
    return false;
}

/* Who comes now has to be free from now on, not on the days gone by. */
static err judge_replace(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct plan_replace *wish = c->data;
    struct plan made = *s->plan;
    const struct plan_make team = {
        .lead = wish->lead,
        .members = wish->members,
        .from = f->today,
        .to = made.to > f->today ? made.to : f->today,
        .reason = wish->reason,
    };

    TRY(team_build(a, s, f, &team, &made.team));
    if (same_team(&made.team, &s->plan->team) && s->objection.n == 0)
        REFUSE(a, "plan.same_team");
    made.replaced = wish->reason;
    TRY(check_norms(a, s, &made));
    made.objection_due = DAY_NEVER;
    made.objection_provisional = false;
    if (brings_somebody(known_plan(s, f->today), &made.team)) {
        struct deadline due = facts_deadline(f, s->scheme->limits.objection);
        made.objection_due = due.on;
        made.objection_provisional = due.provisional;
    }
    return event_emit(a, out, "plan.replaced", f, &made);
}

/* An older event gave nobody a chance to object, and keeps nobody waiting. */
static void apply_replaced(struct state *s, const struct event *e)
{
    EVENT_DATA(plan, made, e);
    const struct plan *known = known_plan(s, e->on);

    s->replacement = (struct replacement){ 0 };
    if (made->objection_due != DAY_NEVER)
        s->replacement = (struct replacement){ known, e->on };
    s->objection = S("");
    s->plan = made;
    state_add_team(s, s->plan);
}

/* --- sites that leave [PL6] ----------------------------------------------- */

/* Are visits of this plan still to come?  One that was objected to is made
 * anew. */
static bool is_under_way(const struct state *s)
{
    return s->plan != NULL && s->objection.n == 0 &&
           (s->stage == STAGE_PLAN || s->stage == STAGE_AUDIT);
}

/* The time that is left without the outlets that are not in `made`; no less
 * than what is needed, if it was enough before. */
static int64_t days_left(const struct state *s, const struct plan *made)
{
    int64_t outlets =
        sites_outlets(s, &s->plan->sites) - sites_outlets(s, &made->sites);
    int64_t left = made->person_days - s->scheme->team.outlet * outlets;
    int64_t least =
        made->needed < made->person_days ? made->needed : made->person_days;

    if (least < 1)
        least = 1;
    return left > least ? left : least;
}

err plan_narrow(struct arena *a, const struct state *s, const struct facts *f,
                const struct list *leaving, struct event_list *out)
{
    struct plan made;

    if (s->stage == STAGE_UPKEEP || leaving->n == 0)
        return OK;
    TRY(sites_check_found(a, s, leaving));
    if (!is_under_way(s))
        return OK;
    made = *s->plan;
    TRY(sites_narrow(a, s, leaving, &made.sites));
    if (made.sites.n == s->plan->sites.n)
        return OK;
    made.needed = plan_needed_days(s, &made);
    made.person_days = days_left(s, &made);
    return event_emit(a, out, "plan.narrowed", f, &made);
}

static void apply_narrowed(struct state *s, const struct event *e)
{
    s->plan = e->data;
}

/* --- plan.agree and .object ------------------------------------------- */

static err ready_answer(struct arena *a, const struct state *s)
{
    if (s->plan == NULL || s->objection.n > 0)
        REFUSE(a, "plan.none");
    if (s->stage == STAGE_PLAN)
        return OK;
    if (s->decision != NULL)
        REFUSE(a, "decision.made_already");
    if (s->replacement.before == NULL)
        REFUSE(a, "plan.nobody_new");
    return OK;
}

/* A plan waits for its answer; who is new on a team, until their day. [PL7] */
static err check_in_time(struct arena *a, const struct state *s,
                         const struct facts *f)
{
    if (s->stage != STAGE_PLAN && !state_replacement_open(s, f->today))
        REFUSE(a, "plan.objection_late",
               ARG_DAY("until", s->plan->objection_due));
    return OK;
}

static err judge_agree(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    TRY(check_in_time(a, s, f));
    return event_emit(a, out, "plan.agreed", f, c->data);
}

/* The last day of the plan is the limit: a team that has not come by then
 * needs another plan. */
static void apply_agreed(struct state *s, const struct event *e)
{
    if (s->replacement.before != NULL) { /* [PL7] */
        s->replacement = (struct replacement){ 0 };
        return;
    }
    s->plan_agreed = true;
    state_enter(s, STAGE_AUDIT, e);
    state_wait(s, WAITING_BODY, s->plan == NULL ? DAY_NEVER : s->plan->to,
               false);
}

static err judge_object(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    TRY(check_in_time(a, s, f));
    return event_emit(a, out, "plan.objected", f, c->data);
}

static void apply_objected(struct state *s, const struct event *e)
{
    EVENT_DATA(reasons, why, e);

    s->objection = why->reasons;
    if (s->replacement.before !=
        NULL) /* [PL7] the audit goes on without them */
        return;
    state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* clang-format off */
static const struct command_needs names_team = { plan_people, FACT_HEADS };
static const struct command_needs names_others = { replace_people, FACT_HEADS };

static const struct command_kind commands[] = {
    { "plan.make", &plan_make_record, ready_make, judge_make, &names_team },
    { "plan.replace", &plan_replace_record, ready_replace, judge_replace, &names_others },
    { "plan.agree", &note_record, ready_answer, judge_agree, NULL },
    { "plan.object", &reasons_record, ready_answer, judge_object, NULL },
};

static const struct event_kind events[] = {
    { "plan.made", 1, STREAM_CASE, &plan_record, apply_made },
    { "plan.replaced", 1, STREAM_CASE, &plan_record, apply_replaced },
    { "plan.narrowed", 1, STREAM_CASE, &plan_record, apply_narrowed },
    { "plan.agreed", 1, STREAM_CASE, &note_record, apply_agreed },
    { "plan.objected", 1, STREAM_CASE, &reasons_record, apply_objected },
};
/* clang-format on */

const struct stage_tables plan_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
