/*
 * plan -- stage 5: who audits, when, where; and what the enterprise says to
 * it. [M15] [17065 7.4]
 *
 *   [PL1] The team has one lead; all are active auditors, nobody twice, nobody
 *         with a conflict of interest.  Technical experts may advise it; they
 *         count for no norm.
 *   [PL2] Size, days and person-days outside the package's norms need a
 *         recorded reason.
 *   [PL3] The sites are the application's: all of them, or a choice that holds
 *         the headquarters.
 *   [PL4] Until the opening meeting the plan may be made anew; the enterprise
 *         then agrees anew.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/conflict.h"
#include "domain/stages.h"

#include <stdio.h>

enum { TEAM_MAX = NAMED_PEOPLE_MAX - 1, SITES_MAX = 2000 };

/* clang-format off */
static const struct field plan_make_fields[] = {
    F_STR(struct plan_make, lead, 1, 60),
    F_STRS_OPT(struct plan_make, members, TEAM_MAX),
    F_DAY(struct plan_make, from),
    F_DAY(struct plan_make, to),
    F_INT(struct plan_make, person_days, 1, 100000),
    F_STRS_OPT(struct plan_make, sites, SITES_MAX),
    F_STR_OPT(struct plan_make, reason, 2000),
};
static const struct record plan_make_record =
    RECORD(plan_make, plan_make_fields);

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
    F_STRS_OPT(struct plan, sites, SITES_MAX),
    F_STR_OPT(struct plan, reason, 2000),
};
const struct record plan_record = RECORD(plan, plan_fields);
/* clang-format on */

static size_t plan_people(const void *data, str *out, size_t max)
{
    const struct plan_make *wish = data;
    const str *members = wish->members.p;
    size_t n = 0;

    if (n < max)
        out[n++] = wish->lead;
    for (size_t i = 0; i < wish->members.n && n < max; i++)
        out[n++] = members[i];
    return n;
}

/* --- the team [PL1] ----------------------------------------------------- */

static err check_person(struct arena *a, const struct state *s,
                        const struct facts *f, str login, bool lead,
                        struct team_member *out)
{
    const struct person *p = facts_person(f, login);
    unsigned roles = p == NULL || !p->active ? 0 : p->roles;
    bool auditor = (roles & ROLE_BIT(ROLE_AUDITOR)) != 0;
    bool expert = (roles & ROLE_BIT(ROLE_EXPERT)) != 0;

    if (p == NULL)
        return err_new(a, ERR_NOT_FOUND, "plan.person",
                       ARG_STR("login", login));
    if (!auditor && (lead || !expert))
        REFUSE(a, "plan.not_auditor", ARG_STR("login", login));
    if (conflict_of_interest(p, s->opened->enterprise, f->today,
                             s->scheme->limits.conflict))
        REFUSE(a, "plan.conflict", ARG_STR("login", login));
    *out = (struct team_member){
        .person = p->id,
        .lead = lead,
        .expert = !auditor,
    };
    return OK;
}

static bool is_among(const struct team_member *team, size_t n, id person)
{
    for (size_t i = 0; i < n; i++) {
        if (id_eq(team[i].person, person))
            return true;
    }
    return false;
}

static err build_team(struct arena *a, const struct state *s,
                      const struct facts *f, const struct plan_make *wish,
                      struct list *out)
{
    const str *logins = wish->members.p;
    struct team_member *team =
        arena_array(a, wish->members.n + 1, sizeof *team);
    size_t n = 0;

    TRY_MEMORY(team);
    TRY(check_person(a, s, f, wish->lead, true, &team[n++]));
    for (size_t i = 0; i < wish->members.n; i++) {
        TRY(check_person(a, s, f, logins[i], false, &team[n]));
        if (is_among(team, n, team[n].person))
            return err_new(a, ERR_INVALID, "plan.twice",
                           ARG_STR("login", logins[i]));
        n++;
    }
    *out = (struct list){ team, n };
    return OK;
}

/* Everybody of the team will have evaluated; each must fit in the list that
 * remembers it (rights.h [RI5]). */
static err check_room(struct arena *a, const struct state *s,
                      const struct list *team)
{
    const struct team_member *members = team->p;
    int32_t n = s->evaluators.n;

    for (size_t i = 0; i < team->n; i++)
        n += !state_is_evaluator(s, members[i].person);
    if (n <= EVALUATOR_MAX)
        return OK;
    return err_new(a, ERR_LIMIT, "rights.evaluators",
                   ARG_INT("most", EVALUATOR_MAX));
}

/* --- sites [PL3] -------------------------------------------------------- */

/* The application's site of this name, or NULL. */
static const struct site *find_site(const struct state *s, str name)
{
    const struct site *known = s->application->sites.p;

    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (str_eq(known[i].name, name))
            return &known[i];
    }
    return NULL;
}

static err all_sites(struct arena *a, const struct state *s, struct list *out)
{
    const struct site *known = s->application->sites.p;
    size_t n = s->application->sites.n;
    str *names = arena_array(a, n, sizeof *names);

    TRY_MEMORY(names);
    for (size_t i = 0; i < n; i++)
        names[i] = known[i].name;
    *out = (struct list){ names, n };
    return OK;
}

static bool named_before(const str *sites, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(sites[i], sites[n]))
            return true;
    }
    return false;
}

static err choose_sites(struct arena *a, const struct state *s,
                        const struct plan_make *wish, struct list *out)
{
    const str *sites = wish->sites.p;
    bool headquarters = false;

    if (wish->sites.n == 0)
        return all_sites(a, s, out);
    for (size_t i = 0; i < wish->sites.n; i++) {
        const struct site *site = find_site(s, sites[i]);

        if (site == NULL || named_before(sites, i))
            return err_new(a, ERR_INVALID,
                           site == NULL ? "plan.site" : "plan.site_twice",
                           ARG_STR("site", sites[i]));
        headquarters = headquarters || site->kind == SITE_HQ;
    }
    if (!headquarters)
        REFUSE(a, "plan.headquarters");
    *out = wish->sites;
    return OK;
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

    if (p->person_days >= p->table_days)
        return OK;
    REFUSE(a, "plan.below_table",
           ARG_STR("given", days_text(p->person_days, given)),
           ARG_STR("table", days_text(p->table_days, table)));
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
    if (p->reason.n > 0)
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

/* What the table asks of this round for so many staff, in tenths of a day; 0
 * when it has no row, or the round is no such audit. */
static int32_t table_days(const struct state *s)
{
    const struct team_rule *rule = &s->scheme->team;
    int64_t staff = s->application->staff;

    for (size_t i = 0; i < rule->row_count; i++) {
        const struct day_row *row = &rule->rows[i];

        if (staff < row->staff_from || staff > row->staff_to)
            continue;
        if (s->round == ROUND_INITIAL)
            return s->opened->kind == CASE_RENEWAL ? row->renewal_total
                                                   : row->initial_site;
        return s->round == ROUND_SURVEILLANCE ? row->surveillance_total : 0;
    }
    return 0;
}

/* --- plan.make -------------------------------------------------------- */

/* [PL4] */
static err ready_make(struct arena *a, const struct state *s)
{
    if (s->stage == STAGE_AUDIT && s->opening_held)
        REFUSE(a, "plan.audit_begun");
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
        .table_days = table_days(s),
        .reason = wish->reason,
    };

    if (wish->from < f->today || wish->to < wish->from)
        return err_new(a, ERR_INVALID, "plan.dates",
                       ARG_DAY("from", wish->from), ARG_DAY("to", wish->to),
                       ARG_DAY("today", f->today));
    TRY(choose_sites(a, s, wish, &made.sites));
    TRY(build_team(a, s, f, wish, &made.team));
    TRY(check_room(a, s, &made.team));
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
    state_wait(s, WAITING_APPLICANT, DAY_NEVER, false);
}

/* --- plan.agree and .object ------------------------------------------- */

static err ready_answer(struct arena *a, const struct state *s)
{
    if (s->plan == NULL || s->objection.n > 0)
        REFUSE(a, "plan.none");
    return OK;
}

static err judge_agree(struct arena *a, const struct state *,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    return event_emit(a, out, "plan.agreed", f, c->data);
}

/* The last day of the plan is the limit: a team that has not come by then
 * needs another plan. */
static void apply_agreed(struct state *s, const struct event *e)
{
    s->plan_agreed = true;
    state_enter(s, STAGE_AUDIT, e);
    state_wait(s, WAITING_BODY, s->plan == NULL ? DAY_NEVER : s->plan->to,
               false);
}

static err judge_object(struct arena *a, const struct state *,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    return event_emit(a, out, "plan.objected", f, c->data);
}

static void apply_objected(struct state *s, const struct event *e)
{
    EVENT_DATA(reasons, why, e);

    s->objection = why->reasons;
    state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "plan.make", &plan_make_record, ready_make, judge_make, plan_people },
    { "plan.agree", &note_record, ready_answer, judge_agree, NULL },
    { "plan.object", &reasons_record, ready_answer, judge_object, NULL },
};

static const struct event_kind events[] = {
    { "plan.made", 1, STREAM_CASE, &plan_record, apply_made },
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
