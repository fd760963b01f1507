/*
 * upkeep -- stage 11: what keeps a certificate alive. [M22] [17065 7.9]
 * [条例 26]
 *
 *   [UP1] Every so often after issue a surveillance goes through stages 5 to 9
 *         once more, in the package's lighter form; a special audit or an
 *         extension of the scope whenever there is a reason.
 *   [UP2] Nobody is suspended by itself: a round whose decision is a refusal
 *         proposes it, and a person acts on it within five days
 *         [认证机构管理办法].
 *   [UP3] Rounds belong to a certificate that still runs; the last one may be
 *         too late for another surveillance, and then none is due.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field round_opened_fields[] = {
    F_ENUM(struct round_opened, kind, round_names),
    F_STR_OPT(struct round_opened, reason, 2000),
};
static const struct record round_opened_record =
    RECORD(round_opened, round_opened_fields);
/* clang-format on */

day upkeep_next_due(const struct state *s, const struct facts *f, bool kept)
{
    const struct span act = { SUSPEND_WITHIN, SPAN_DAYS };
    day next;

    if (!kept)
        return facts_deadline(f, act).on;
    if (s->round != ROUND_SURVEILLANCE)
        return s->surveillance_due;
    next = facts_deadline(f, s->scheme->limits.surveillance).on;
    return next > s->certificate->until ? DAY_NEVER : next; /* [UP3] */
}

bool upkeep_visited(const struct state *s)
{
    return s->round == ROUND_SURVEILLANCE &&
           (s->stage == STAGE_REPORT || s->stage == STAGE_CORRECTION ||
            s->stage == STAGE_DECISION);
}

void upkeep_settle(struct state *s)
{
    if (s->stage != STAGE_UPKEEP)
        return;
    if (s->status == CERTIFICATE_SUSPENDED)
        state_wait(s, WAITING_APPLICANT, s->suspended_until, false);
    else if (s->suspension_proposed)
        state_wait(s, WAITING_BODY, s->act_by, false);
    else
        state_wait(s, WAITING_BODY, s->surveillance_due, false);
}

/* life.c [LI9]: what a round asks for, or gives. */
static void settle_cure(struct state *s, bool kept)
{
    bool yearly = s->round == ROUND_SURVEILLANCE;

    if (kept && (yearly || s->cure == CURE_ROUND))
        s->cure = CURE_TOLD;
    else if (!kept && s->cure != CURE_SURVEILLANCE)
        s->cure = yearly ? CURE_SURVEILLANCE : CURE_ROUND;
}

void upkeep_resume(struct state *s, const struct event *e, bool kept,
                   day next_due)
{
    state_enter(s, STAGE_UPKEEP, e);
    settle_cure(s, kept);
    s->suspension_proposed = !kept;
    s->act_by = kept ? DAY_NEVER : next_due;
    if (kept) {
        s->surveillances += s->round == ROUND_SURVEILLANCE;
        s->extension_granted |= s->round == ROUND_EXTENSION;
        s->surveillance_due = next_due;
    }
    upkeep_settle(s);
}

/* --- round.open --------------------------------------------------------- */

static err judge_open(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct round_opened *wish = c->data;

    if (f->today > s->certificate->until) /* [UP3] */
        REFUSE(a, "upkeep.expired", ARG_DAY("until", s->certificate->until));
    if (wish->kind == ROUND_INITIAL)
        return err_new(a, ERR_INVALID, "upkeep.initial");
    if (wish->kind != ROUND_SURVEILLANCE && wish->reason.n == 0)
        return err_new(a, ERR_INVALID, "upkeep.reason");
    if (s->involved_count + s->evaluators.n > INVOLVED_MAX)
        return err_new(a, ERR_LIMIT, "rights.evaluators",
                       ARG_INT("most", INVOLVED_MAX));
    return event_emit(a, out, "round.opened", f, wish);
}

/* team.c [TE4] */
static void remember_lead(struct state *s)
{
    const struct team_member *team = s->plan == NULL ? NULL : s->plan->team.p;

    for (size_t i = 0; team != NULL && i < s->plan->team.n; i++) {
        if (!team[i].lead)
            continue;
        s->led = id_eq(s->lead, team[i].person) ? s->led + 1 : 1;
        s->lead = team[i].person;
    }
}

static void apply_open(struct state *s, const struct event *e)
{
    EVENT_DATA(round_opened, opened, e);

    state_carry(s);
    remember_lead(s);
    s->sites_drawn = NULL;
    s->round = (enum round_kind)opened->kind;
    s->rounds++;
    s->money.round_held = false;
    state_enter(s, STAGE_PLAN, e);
    s->evaluators.n = 0;
    s->plan = NULL;
    s->plan_agreed = false;
    s->objection = S("");
    s->replacement = (struct replacement){ 0 };
    s->report = NULL;
    s->acknowledged = false;
    s->question = S("");
    s->panel = (struct panel_state){ 0 };
    s->seated.n = 0;
    s->decision = NULL;
    s->decided_by = (id){ { 0 } };
    s->signed_by = (id){ { 0 } };
    s->suspension_proposed = false;
    s->act_by = DAY_NEVER;
    s->refused_by = (id){ { 0 } }; /* that was another decision */
    s->refused_panel = NULL;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "round.open", &round_opened_record, NULL, judge_open, NULL },
};

static const struct event_kind events[] = {
    { "round.opened", 1, STREAM_CASE, &round_opened_record, apply_open },
};
/* clang-format on */

const struct stage_tables upkeep_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
