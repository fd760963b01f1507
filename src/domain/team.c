/*
 * team -- who audits: competent, registered, free, and not always the same.
 * [M15] [条例 14] [条例 38] [17065 4.2] [17065 6.1]
 *
 *   [TE1] One lead; all are active auditors, nobody twice, nobody with a
 *         conflict of interest.  Technical experts may advise; they count for
 *         no norm, and the register says that they know the scheme's field:
 *         what it says nothing of, nobody has shown. [17065 6.1.2]
 *   [TE2] Every auditor is registered to the last day of the audit; the lead
 *         is no trainee; at least one is competent for the scheme's field.
 *   [TE3] Nobody is in two places on one day.
 *   [TE4] A lead leads no more rounds in a row than the package says, unless
 *         the planner gives a reason.
 *   [TE5] A team does not take the last head who could sign what is decided:
 *         whoever evaluates cannot. [条例 22]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/conflict.h"
#include "domain/planning.h"
#include "domain/stages.h"

/* --- one person --------------------------------------------------------- */

/* Whether somebody may have a seat, one condition each. */
struct asked {
    const struct state *state;
    const struct facts *facts;
    const struct plan_make *wish; /* for its days */
    const struct person *person;
    bool lead;
};

static bool is_auditor(const struct asked *x)
{
    return (x->person->roles & ROLE_BIT(ROLE_AUDITOR)) != 0;
}

static err check_role(struct arena *a, const struct asked *x)
{
    bool expert = (x->person->roles & ROLE_BIT(ROLE_EXPERT)) != 0;

    if (!is_auditor(x) && (x->lead || !expert))
        REFUSE(a, "plan.not_auditor", ARG_STR("login", x->person->login));
    return OK;
}

static err check_ties(struct arena *a, const struct asked *x)
{
    if (conflict_of_interest(x->person, x->state->opened->enterprise,
                             x->facts->today,
                             x->state->scheme->limits.conflict))
        REFUSE(a, "plan.conflict", ARG_STR("login", x->person->login));
    return OK;
}

static err check_seat(struct arena *a, const struct asked *x)
{
    if (state_was_seated(x->state, x->person->id)) /* panel.c [PN5] */
        REFUSE(a, "team.seated", ARG_STR("login", x->person->login));
    return OK;
}

/* [TE2] */
static err check_registered(struct arena *a, const struct asked *x)
{
    const struct qualification *q = &x->person->qualification;
    day to = x->wish->to;

    if (!is_auditor(x))
        return OK;
    if (q->registration.n == 0)
        REFUSE(a, "team.unregistered", ARG_STR("login", x->person->login));
    if (q->until < to)
        REFUSE(a, "team.registration_ends", ARG_STR("login", x->person->login),
               ARG_DAY("until", q->until), ARG_DAY("to", to));
    return OK;
}

/* [TE2] Who is not registered has no level to be held against. */
static err check_level(struct arena *a, const struct asked *x)
{
    const struct qualification *q = &x->person->qualification;

    if (is_auditor(x) && x->lead && q->registration.n > 0 &&
        q->level < AUDITOR_FULL)
        REFUSE(a, "team.trainee", ARG_STR("login", x->person->login));
    return OK;
}

static bool knows(const struct qualification *q, str field)
{
    for (size_t i = 0; i < q->field_count; i++) {
        if (str_eq(q->fields[i], field))
            return true;
    }
    return false;
}

err team_check_expert(struct arena *a, const struct person *p, str field)
{
    const struct qualification *q = &p->qualification;

    if (q->field_count == 0)
        REFUSE(a, "team.expert_unknown", ARG_STR("login", p->login),
               ARG_STR("field", field));
    if (!knows(q, field))
        REFUSE(a, "team.expert_field", ARG_STR("login", p->login),
               ARG_STR("field", field));
    return OK;
}

static err check_field(struct arena *a, const struct asked *x)
{
    bool expert = (x->person->roles & ROLE_BIT(ROLE_EXPERT)) != 0;

    if (is_auditor(x) || !expert)
        return OK;
    return team_check_expert(a, x->person, x->state->scheme->field);
}

/* [TE3] */
static err check_free(struct arena *a, const struct asked *x)
{
    for (size_t i = 0; i < x->person->busy_count; i++) {
        const struct busy *b = &x->person->busy[i];

        if (b->from <= x->wish->to && b->to >= x->wish->from)
            REFUSE(a, "team.busy", ARG_STR("login", x->person->login),
                   ARG_STR("case", b->case_number), ARG_DAY("from", b->from),
                   ARG_DAY("to", b->to));
    }
    return OK;
}

/* In the order in which they are said. */
static err (*const conditions[])(struct arena *, const struct asked *) = {
    check_role,  check_ties,  check_seat, check_registered,
    check_level, check_field, check_free,
};

static err check_person(struct arena *a, const struct state *s,
                        const struct facts *f, const struct plan_make *wish,
                        str login, struct team_member *out)
{
    struct asked x = { s, f, wish, NULL, str_eq(login, wish->lead) };

    TRY(facts_present(a, f, login, &x.person));
    for (size_t i = 0; i < COUNT(conditions); i++)
        TRY(conditions[i](a, &x));
    *out = (struct team_member){
        .person = x.person->id,
        .lead = x.lead,
        .expert = !is_auditor(&x),
    };
    return OK;
}

/* --- the whole team ----------------------------------------------------- */

static bool is_among(const struct team_member *team, size_t n, id person)
{
    for (size_t i = 0; i < n; i++) {
        if (id_eq(team[i].person, person))
            return true;
    }
    return false;
}

static bool is_competent(const struct facts *f, id person, str field)
{
    for (size_t i = 0; i < f->person_count; i++) {
        if (id_eq(f->people[i].id, person) &&
            knows(&f->people[i].qualification, field))
            return true;
    }
    return false;
}

/* [TE2] */
static err check_competence(struct arena *a, const struct state *s,
                            const struct facts *f, const struct list *team)
{
    const struct team_member *members = team->p;

    for (size_t i = 0; i < team->n; i++) {
        if (!members[i].expert &&
            is_competent(f, members[i].person, s->scheme->field))
            return OK;
    }
    REFUSE(a, "team.competence", ARG_STR("field", s->scheme->field));
}

/* [TE4] */
static err check_rotation(struct arena *a, const struct state *s,
                          const struct plan_make *wish, id lead)
{
    int32_t most = s->scheme->team.rotation;

    if (most == 0 || wish->reason.n > 0 || !id_eq(s->lead, lead) ||
        s->led < most)
        return OK;
    REFUSE(a, "team.rotation", ARG_STR("login", wish->lead),
           ARG_INT("rounds", s->led));
}

/* [TE5] What was out of reach before is no fault of this team. */
static err check_head(struct arena *a, const struct state *s,
                      const struct facts *f, const struct list *team)
{
    bool taken = false;

    for (size_t i = 0; i < f->head_count; i++) {
        const struct person *head = &f->heads[i];

        if (!panel_may_sign(s, f, head))
            continue;
        if (!is_among(team->p, team->n, head->id))
            return OK;
        taken = true;
    }
    if (taken)
        REFUSE(a, "team.no_head");
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

err team_build(struct arena *a, const struct state *s, const struct facts *f,
               const struct plan_make *wish, struct list *out)
{
    const str *logins = wish->members.p;
    struct team_member *team =
        arena_array(a, wish->members.n + 1, sizeof *team);
    size_t n = 0;

    TRY_MEMORY(team);
    TRY(check_person(a, s, f, wish, wish->lead, &team[n++]));
    for (size_t i = 0; i < wish->members.n; i++) {
        TRY(check_person(a, s, f, wish, logins[i], &team[n]));
        if (is_among(team, n, team[n].person))
            return err_new(a, ERR_INVALID, "plan.twice",
                           ARG_STR("login", logins[i]));
        n++;
    }
    *out = (struct list){ team, n };
    TRY(check_competence(a, s, f, out));
    TRY(check_rotation(a, s, wish, team[0].person));
    TRY(check_head(a, s, f, out));
    return check_room(a, s, out);
}

/* --- all that speaks against somebody ---------------------------------------
 */

/* Takes a refusal down; anything else goes on being an error. */
static err note(err e, err *found, size_t *n)
{
    if (!failed(e))
        return OK;
    if (!err_is(e, ERR_REFUSED))
        return e;
    found[(*n)++] = e;
    return OK;
}

err team_against(struct arena *a, const struct state *s, const struct facts *f,
                 const struct team_seat *seat, struct list *out)
{
    const struct plan_make wish = {
        .lead = seat->person->login,
        .from = seat->from,
        .to = seat->to,
    };
    const struct asked x = { s, f, &wish, seat->person, seat->lead };
    err *found = arena_array(a, COUNT(conditions) + 1, sizeof *found);
    size_t n = 0;

    TRY_MEMORY(found);
    for (size_t i = 0; i < COUNT(conditions); i++)
        TRY(note(conditions[i](a, &x), found, &n));
    if (seat->lead)
        TRY(note(check_rotation(a, s, &wish, seat->person->id), found, &n));
    *out = (struct list){ found, n };
    return OK;
}

bool team_is_competent(const struct state *s, const struct person *p)
{
    return knows(&p->qualification, s->scheme->field);
}
