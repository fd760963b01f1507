/*
 * plan -- stage 5: who audits, when, where; and what the enterprise says to
 * it. [M15] [17065 7.4]
 *
 *   [PL1] The team has one lead; all are active auditors (an expert may be a
 *         member), nobody twice, nobody with a conflict of interest.
 *   [PL2] Size, days and person-days outside the package's norms need a
 *         recorded reason.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/conflict.h"
#include "domain/stages.h"

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
const struct record plan_make_record = RECORD(plan_make, plan_make_fields);

static const struct field team_member_fields[] = {
    F_ID(struct team_member, person),
    F_BOOL_OPT(struct team_member, lead),
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

size_t plan_people(const void *data, str *out, size_t max)
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

/* [PL1] for one of the team. */
static err check_person(struct arena *a, const struct state *s,
                        const struct facts *f, str login, bool lead,
                        struct team_member *out)
{
    const unsigned fit = lead ? ROLE_BIT(ROLE_AUDITOR)
                              : ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT);
    const struct person *p = facts_person(f, login);

    if (p == NULL)
        return err_new(a, ERR_NOT_FOUND, "plan.person",
                       ARG_STR("login", login));
    if (!p->active || (p->roles & fit) == 0)
        REFUSE(a, "plan.not_auditor", ARG_STR("login", login));
    if (conflict_of_interest(p, s->opened->enterprise, f->today,
                             s->scheme->limits.conflict))
        REFUSE(a, "plan.conflict", ARG_STR("login", login));
    *out = (struct team_member){ .person = p->id, .lead = lead };
    return OK;
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
        for (size_t j = 0; j < n; j++) {
            if (id_eq(team[j].person, team[n].person))
                return err_new(a, ERR_INVALID, "plan.twice",
                               ARG_STR("login", logins[i]));
        }
        n++;
    }
    *out = (struct list){ team, n };
    return OK;
}

/* A site of the plan stands in the application. */
static err check_sites(struct arena *a, const struct state *s,
                       const struct plan_make *wish)
{
    const struct site *known = s->application->sites.p;
    const str *sites = wish->sites.p;

    for (size_t i = 0; i < wish->sites.n; i++) {
        bool found = false;
        for (size_t j = 0; j < s->application->sites.n && !found; j++)
            found = str_eq(known[j].name, sites[i]);
        if (!found)
            return err_new(a, ERR_INVALID, "plan.site",
                           ARG_STR("site", sites[i]));
    }
    return OK;
}

static bool within(int64_t n, int32_t least, int32_t most)
{
    return n >= least && n <= most;
}

/* [PL2] */
static err check_norms(struct arena *a, const struct state *s,
                       const struct plan *p)
{
    const struct team_rule *norm = &s->scheme->team;
    int64_t days = (int64_t)p->to - p->from + 1;

    if (p->person_days > days * 10 * (int64_t)p->team.n)
        return err_new(a, ERR_INVALID, "plan.person_days",
                       ARG_INT("people", p->team.n), ARG_INT("days", days));
    if (p->reason.n > 0)
        return OK;
    if (!within((int64_t)p->team.n, norm->size_least, norm->size_most))
        REFUSE(a, "plan.size", ARG_INT("size", p->team.n),
               ARG_INT("least", norm->size_least),
               ARG_INT("most", norm->size_most));
    if (!within(days, norm->days_least, norm->days_most))
        REFUSE(a, "plan.days", ARG_INT("days", days),
               ARG_INT("least", norm->days_least),
               ARG_INT("most", norm->days_most));
    if (p->person_days < p->table_days)
        REFUSE(a, "plan.below_table", ARG_INT("tenths", p->person_days),
               ARG_INT("table", p->table_days));
    return OK;
}

err plan_judge(struct arena *a, const struct state *s, const struct facts *f,
               const struct plan_make *wish, int32_t table_days,
               struct plan *out)
{
    struct plan made = {
        .from = wish->from,
        .to = wish->to,
        .person_days = wish->person_days,
        .table_days = table_days,
        .sites = wish->sites,
        .reason = wish->reason,
    };

    if (wish->from < f->today || wish->to < wish->from)
        return err_new(a, ERR_INVALID, "plan.dates",
                       ARG_DAY("from", wish->from), ARG_DAY("to", wish->to),
                       ARG_DAY("today", f->today));
    TRY(check_sites(a, s, wish));
    TRY(build_team(a, s, f, wish, &made.team));
    TRY(check_norms(a, s, &made));
    *out = made;
    return OK;
}

/* The table's days on site for this many staff; 0 when it has no row. */
static int32_t table_site_days(const struct team_rule *rule, int64_t staff)
{
    for (size_t i = 0; i < rule->row_count; i++) {
        const struct day_row *row = &rule->rows[i];
        if (staff >= row->staff_from && staff <= row->staff_to)
            return row->initial_site;
    }
    return 0;
}

/* --- plan.make -------------------------------------------------------- */

static err judge_make(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    struct plan made;
    int32_t table = table_site_days(&s->scheme->team, s->application->staff);

    TRY(plan_judge(a, s, f, c->data, table, &made));
    return event_emit(a, out, "plan.made", f, &made);
}

static void apply_made(struct state *s, const struct event *e)
{
    s->plan = e->data;
    s->objection = S("");
    s->waiting = WAITING_APPLICANT;
}

/* --- plan.agree and .object ------------------------------------------- */

static err judge_agree(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    if (s->plan == NULL || s->objection.n > 0)
        REFUSE(a, "plan.none");
    return event_emit(a, out, "plan.agreed", f, c->data);
}

static void apply_agreed(struct state *s, const struct event *e)
{
    s->plan_agreed = true;
    state_enter(s, STAGE_AUDIT, e);
}

static err judge_object(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    if (s->plan == NULL || s->objection.n > 0)
        REFUSE(a, "plan.none");
    return event_emit(a, out, "plan.objected", f, c->data);
}

static void apply_objected(struct state *s, const struct event *e)
{
    EVENT_DATA(reasons, why, e);

    s->objection = why->reasons;
    s->waiting = WAITING_BODY;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "plan.make", &plan_make_record, judge_make, plan_people },
    { "plan.agree", &note_record, judge_agree, NULL },
    { "plan.object", &reasons_record, judge_object, NULL },
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
