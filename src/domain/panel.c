/*
 * panel -- a decision that several people make: named before it, each votes,
 * and the chair decides what most of them say. [17065 7.5] [17065 7.6]
 *
 *   [PN1] Those who vote are reviewers, an odd number, three at least, none of
 *         whom evaluated or has a conflict of interest; the same holds of the
 *         experts, who advise and have no vote.
 *   [PN2] It is named by the planner, who puts people to a case and has no say
 *         in what comes of it: not by the head, who signs what it decides, nor
 *         by a reviewer, who decides; and quality changes no case (rights.c).
 *   [PN3] Each votes with reasons, and may vote anew until it is decided; the
 *         newest vote counts.  One votes to grant only what may be granted.
 *   [PN4] The chair decides once all have voted and more than half of them say
 *         the same, outcome and level; nobody else decides.
 *   [PN5] Who had a seat in this round neither signs its decision nor joins its
 *         team, and hears no appeal; an expert likewise.
 *   [PN6] Where the package asks for a panel nothing is decided without one.
 *   [PN7] Another panel is named with a reason, and begins without votes.
 *   [PN8] Nobody names themselves, and a panel leaves a head who can sign what
 *         it decides: one who is of the body, without a part in the evaluation,
 *         without a tie, and without a seat in this round.
 *   [PN9] What it has before it when it votes: advice, and conditions that its
 *         chair proposes (motion.c).  Where the package says so, nobody votes
 *         and nobody waits for a vote before each of its experts has advised;
 *         one who cannot leaves it with another panel [PN7].
 */

#include "domain/panel.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/condition.h"
#include "domain/conflict.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field panel_name_fields[] = {
    F_STR(struct panel_name, chair, 1, 60),
    F_STRS_OPT(struct panel_name, members, PANEL_OTHERS_MOST),
    F_STRS_OPT(struct panel_name, experts, PANEL_EXPERTS_MOST),
    F_STR_OPT(struct panel_name, reason, 2000),
};
static const struct record panel_name_record =
    RECORD(panel_name, panel_name_fields);

static const struct field seat_fields[] = {
    F_ID(struct seat, person),
    F_BOOL_OPT(struct seat, chair),
    F_BOOL_OPT(struct seat, expert),
};
static const struct record seat_record = RECORD(seat, seat_fields);

static const struct field panel_fields[] = {
    F_LIST(struct panel, seats, PANEL_LEAST, PANEL_SEATS, &seat_record),
    F_STR_OPT(struct panel, reason, 2000),
};
const struct record panel_record = RECORD(panel, panel_fields);

static const struct field vote_cast_fields[] = {
    F_ENUM(struct vote_cast, outcome, outcome_names),
    F_STR_OPT(struct vote_cast, level, 40),
    F_STR(struct vote_cast, reasons, 1, 4000),
};
static const struct record vote_cast_record =
    RECORD(vote_cast, vote_cast_fields);

static const struct field vote_fields[] = {
    F_ENUM(struct vote, outcome, outcome_names),
    F_STR_OPT(struct vote, level, 40),
    F_STR(struct vote, reasons, 1, 4000),
    F_LIST_OPT(struct vote, conditions, CONDITIONS_MOST, &condition_record),
};
const struct record vote_record = RECORD(vote, vote_fields);
/* clang-format on */

/* --- who sits there ----------------------------------------------------- */

const struct seat *panel_seat(const struct panel *p, id person)
{
    const struct seat *seats = p == NULL ? NULL : p->seats.p;

    for (size_t i = 0; p != NULL && i < p->seats.n; i++) {
        if (id_eq(seats[i].person, person))
            return &seats[i];
    }
    return NULL;
}

/* What is said to whom evaluated in this round, or decided what an appeal sent
 * back; NULL: neither. */
static const char *had_part(const struct state *s, id person)
{
    if (state_is_member(s, person))
        return "panel.on_team";
    if (state_is_evaluator(s, person))
        return "panel.evaluated";
    return state_was_overruled(s, person) ? "panel.overruled" : NULL;
}

static bool is_tied(const struct state *s, const struct facts *f,
                    const struct person *p)
{
    return conflict_of_interest(p, s->opened->enterprise, f->today,
                                s->scheme->limits.conflict);
}

err seat_check(struct arena *a, const struct state *s, const struct facts *f,
               const struct seat_rule *rule, str login, struct person *out)
{
    const struct person *p = NULL;
    const char *part;

    TRY(facts_present(a, f, login, &p));
    if ((p->roles & ROLE_BIT(rule->role)) == 0)
        REFUSE(a, rule->not_role, ARG_STR("login", login));
    part = rule->had_part(s, p->id);
    if (part != NULL)
        REFUSE(a, part, ARG_STR("login", login));
    if (is_tied(s, f, p))
        REFUSE(a, rule->tied, ARG_STR("login", login));
    *out = *p;
    return OK;
}

/* --- votes -------------------------------------------------------------- */

static size_t seat_count(const struct state *s)
{
    return s->panel.named == NULL ? 0 : s->panel.named->seats.n;
}

static bool has_vote(const struct state *s, size_t i)
{
    const struct seat *seats = s->panel.named->seats.p;

    return !seats[i].expert;
}

/* Who vote, and of those who have not. */
static int64_t voters(const struct state *s, int64_t *missing)
{
    int64_t n = 0;

    *missing = 0;
    for (size_t i = 0; i < seat_count(s); i++) {
        n += has_vote(s, i);
        *missing += has_vote(s, i) && s->panel.votes[i] == NULL;
    }
    return n;
}

static bool same_vote(const struct vote *x, const struct vote *y)
{
    return x->outcome == y->outcome && str_eq(x->level, y->level);
}

static int64_t count_same(const struct state *s, const struct vote *x)
{
    int64_t n = 0;

    for (size_t i = 0; i < seat_count(s); i++)
        n += s->panel.votes[i] != NULL && same_vote(s->panel.votes[i], x);
    return n;
}

const struct vote *panel_majority(const struct state *s)
{
    int64_t missing;
    int64_t all = voters(s, &missing);

    for (size_t i = 0; missing == 0 && i < seat_count(s); i++) {
        const struct vote *x = s->panel.votes[i];

        if (x != NULL && 2 * count_same(s, x) > all)
            return x;
    }
    return NULL;
}

/* So many of its experts owe it their advice. [PN9] */
static int64_t advice_owed(const struct state *s)
{
    int64_t n = 0;

    for (size_t i = 0; i < seat_count(s); i++)
        n += !has_vote(s, i) && s->panel.advice[i] == NULL;
    return s->scheme->advice_first ? n : 0;
}

bool panel_awaits(const struct state *s, size_t i)
{
    int64_t missing;

    (void)voters(s, &missing);
    if (!has_vote(s, i) || panel_majority(s) != NULL || advice_owed(s) > 0)
        return false;
    return missing == 0 || s->panel.votes[i] == NULL;
}

bool panel_has_voted(const struct state *s)
{
    for (size_t i = 0; i < seat_count(s); i++) {
        if (s->panel.votes[i] != NULL)
            return true;
    }
    return false;
}

/* Outcome and level; with conditions none is compared, since each vote is for
 * those that were proposed (motion.c [MO3]). */
static bool most_say(const struct state *s, const struct decision *made)
{
    const struct vote *most = panel_majority(s);

    return most != NULL && most->outcome == made->outcome &&
           str_eq(most->level, made->level);
}

bool panel_says(const struct state *s, const struct decision *made)
{
    if (s->panel.named == NULL)
        return !s->scheme->panel;
    return most_say(s, made) && panel_proposed(s, made);
}

void panel_forget_votes(struct state *s)
{
    for (size_t i = 0; i < PANEL_SEATS; i++)
        s->panel.votes[i] = NULL;
}

/* --- the decision [PN4] [PN6] ------------------------------------------- */

err panel_ready(struct arena *a, const struct state *s)
{
    if (s->scheme->panel && s->panel.named == NULL)
        REFUSE(a, "panel.needed");
    return OK;
}

err panel_check_decision(struct arena *a, const struct state *s,
                         const struct facts *f, const struct decision *made)
{
    const struct seat *seat = panel_seat(s->panel.named, f->actor.person);
    int64_t missing;

    if (s->panel.named == NULL)
        return OK;
    if (seat == NULL || !seat->chair)
        return err_new(a, ERR_DENIED, "panel.not_chair");
    (void)voters(s, &missing);
    if (missing > 0)
        REFUSE(a, "panel.votes_open", ARG_INT("count", missing));
    if (!most_say(s, made))
        REFUSE(a, "panel.no_majority");
    return OK;
}

err panel_check_member(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    const struct seat *seat = panel_seat(s->panel.named, f->actor.person);

    if (s->panel.named != NULL && (seat == NULL || seat->expert))
        return err_new(a, ERR_DENIED, "panel.not_yours");
    return OK;
}

/* --- decision.panel [PN1] [PN2] ----------------------------------------- */

static size_t add_logins(const struct list *logins, str *out, size_t n,
                         size_t max)
{
    const str *p = logins->p;

    for (size_t i = 0; i < logins->n && n < max; i++)
        out[n++] = p[i];
    return n;
}

static size_t panel_people(const void *data, str *out, size_t max)
{
    const struct panel_name *wish = data;
    size_t n = 0;

    if (n < max)
        out[n++] = wish->chair;
    n = add_logins(&wish->members, out, n, max);
    return add_logins(&wish->experts, out, n, max);
}

static err ready_name(struct arena *a, const struct state *s)
{
    if (s->decision != NULL)
        REFUSE(a, "decision.made_already");
    return OK;
}

static err check_size(struct arena *a, const struct state *s,
                      const struct panel_name *wish)
{
    size_t n = 1 + wish->members.n;

    if (n < PANEL_LEAST || n % 2 == 0)
        return err_new(a, ERR_INVALID, "panel.odd",
                       ARG_INT("count", (int64_t)n),
                       ARG_INT("least", PANEL_LEAST));
    if (s->panel.named != NULL && wish->reason.n == 0) /* [PN7] */
        return err_new(a, ERR_INVALID, "panel.reason");
    return OK;
}

/* Each of them is remembered (state.h [ST-8]). */
static err check_room(struct arena *a, const struct state *s, size_t n)
{
    if ((size_t)s->involved_count + n <= INVOLVED_MAX &&
        (size_t)s->seated.n + n <= EVALUATOR_MAX)
        return OK;
    return err_new(a, ERR_LIMIT, "panel.too_many",
                   ARG_INT("most", EVALUATOR_MAX));
}

/* A panel that sits down, the chair first. */
struct seating {
    const struct state *s;
    const struct facts *f;
    struct seat *seats; /* room for PANEL_SEATS */
    size_t n;
};

static err take_seat(struct arena *a, struct seating *x,
                     const struct seat_rule *rule, str login)
{
    const struct panel before = { { x->seats, x->n }, S("") };
    struct seat seat = { .expert = rule->role == ROLE_EXPERT,
                         .chair = x->n == 0 };
    struct person p = { 0 };

    TRY(seat_check(a, x->s, x->f, rule, login, &p));
    if (id_eq(p.id, x->f->actor.person)) /* [PN8] */
        REFUSE(a, "panel.self");
    if (seat.expert) /* as on a team (team.c [TE1]) */
        TRY(team_check_expert(a, &p, x->s->scheme->field));
    if (panel_seat(&before, p.id) != NULL)
        return err_new(a, ERR_INVALID, "panel.twice", ARG_STR("login", login));
    seat.person = p.id;
    x->seats[x->n++] = seat;
    return OK;
}

bool panel_may_sign(const struct state *s, const struct facts *f,
                    const struct person *head)
{
    return head->active && !state_was_seated(s, head->id) &&
           !state_is_evaluator(s, head->id) && !is_tied(s, f, head);
}

static bool can_sign(const struct seating *x, const struct person *head)
{
    const struct panel named = { { x->seats, x->n }, S("") };

    return panel_may_sign(x->s, x->f, head) &&
           panel_seat(&named, head->id) == NULL &&
           !state_is_member(x->s, head->id);
}

/* [PN8] */
static err check_head(struct arena *a, const struct seating *x)
{
    for (size_t i = 0; i < x->f->head_count; i++) {
        if (can_sign(x, &x->f->heads[i]))
            return OK;
    }
    REFUSE(a, "panel.no_head");
}

static err judge_name(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    static const struct seat_rule votes = { ROLE_REVIEWER, had_part,
                                            "panel.not_reviewer",
                                            "panel.tied" };
    static const struct seat_rule advises = { ROLE_EXPERT, had_part,
                                              "panel.not_expert",
                                              "panel.tied" };
    const struct panel_name *wish = c->data;
    const str *members = wish->members.p;
    const str *experts = wish->experts.p;
    struct seating x = { s, f, arena_array(a, PANEL_SEATS, sizeof *x.seats),
                         0 };

    TRY_MEMORY(x.seats);
    TRY(check_size(a, s, wish));
    TRY(take_seat(a, &x, &votes, wish->chair));
    for (size_t i = 0; i < wish->members.n; i++)
        TRY(take_seat(a, &x, &votes, members[i]));
    for (size_t i = 0; i < wish->experts.n; i++)
        TRY(take_seat(a, &x, &advises, experts[i]));
    TRY(check_room(a, s, x.n));
    TRY(check_head(a, &x));

    struct panel named = { { x.seats, x.n }, wish->reason };
    return event_emit(a, out, "decision.panel_named", f, &named);
}

static void apply_name(struct state *s, const struct event *e)
{
    EVENT_DATA(panel, named, e);
    const struct seat *seats = named->seats.p;

    s->panel = (struct panel_state){ .named = named }; /* [PN7] */
    for (size_t i = 0; i < named->seats.n; i++) {
        state_involve(s, seats[i].person);
        state_seat(s, seats[i].person);
    }
}

/* --- decision.vote [PN3] ------------------------------------------------ */

static err ready_vote(struct arena *a, const struct state *s)
{
    int64_t owed = advice_owed(s);

    if (s->panel.named == NULL)
        REFUSE(a, "panel.none");
    if (owed > 0)
        REFUSE(a, "panel.advice_owed", ARG_INT("count", owed));
    return decision_ready(a, s);
}

static err judge_vote(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct vote_cast *wish = c->data;
    struct vote given = { .outcome = wish->outcome, .reasons = wish->reasons };
    int32_t shown;

    TRY(panel_check_member(a, s, f));
    if (wish->outcome == OUTCOME_GRANTED)
        TRY(decision_may_grant(a, s, wish->level, &given.level, &shown));
    else
        TRY(decision_may_refuse(a, s, f));
    if (wish->outcome == OUTCOME_GRANTED && s->panel.motion != NULL)
        given.conditions = s->panel.motion->conditions; /* [PN9] */
    return event_emit(a, out, "decision.voted", f, &given);
}

static void apply_vote(struct state *s, const struct event *e)
{
    const struct seat *seat = panel_seat(s->panel.named, e->actor);
    const struct seat *first = seat == NULL ? NULL : s->panel.named->seats.p;

    state_involve(s, e->actor);
    if (seat != NULL)
        s->panel.votes[seat - first] = e->data;
}

/* clang-format off */
static const struct command_needs names_panel = { panel_people, FACT_HEADS };

static const struct command_kind commands[] = {
    { "decision.panel", &panel_name_record, ready_name, judge_name, &names_panel },
    { "decision.vote", &vote_cast_record, ready_vote, judge_vote, NULL },
};

static const struct event_kind events[] = {
    { "decision.panel_named", 1, STREAM_CASE, &panel_record, apply_name },
    { "decision.voted", 1, STREAM_CASE, &vote_record, apply_vote },
};
/* clang-format on */

const struct stage_tables panel_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
