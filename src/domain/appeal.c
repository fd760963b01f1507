/*
 * appeal -- the enterprise does not accept a decision. [17065 7.13]
 *
 *   [AP1] An appeal is against a signed refusal or an application that was
 *         declined, within the package's limit, a suspension while it lasts, or
 *         a withdrawal or a reduction before it is signed.
 *   [AP2] It is heard by people of the appeal panel who had no part in the
 *         case: neither evaluated, decided nor signed anything in it.
 *   [AP3] While it is open nothing it is against takes effect: no withdrawal
 *         and no reduction is signed.
 *   [AP4] Upheld, a refusal goes back to the decision, which somebody else
 *         makes; an application goes back to its check; a suspension is lifted
 * by a reviewer; a withdrawal or a reduction is off.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

enum { PANEL_MAX = NAMED_PEOPLE_MAX };

/* clang-format off */
static const struct field appeal_fields[] = {
    F_ENUM(struct appeal, subject, appeal_names),
    F_STR(struct appeal, grounds, 1, 10000),
    F_STRS_OPT(struct appeal, evidence, 50),
};
static const struct record appeal_record = RECORD(appeal, appeal_fields);

static const struct field appeal_assign_fields[] = {
    F_STRS_OPT(struct appeal_assign, members, PANEL_MAX),
};
static const struct record appeal_assign_record =
    RECORD(appeal_assign, appeal_assign_fields);

static const struct field panel_member_fields[] = {
    F_ID(struct panel_member, person),
};
static const struct record panel_member_record =
    RECORD(panel_member, panel_member_fields);

static const struct field appeal_panel_fields[] = {
    F_LIST(struct appeal_panel, members, 1, PANEL_MAX, &panel_member_record),
};
static const struct record appeal_panel_record =
    RECORD(appeal_panel, appeal_panel_fields);

#define APPEAL_DECISION_SAYS \
    F_BOOL(struct appeal_decision, upheld), \
    F_STR(struct appeal_decision, reasons, 1, 10000)

static const struct field appeal_decide_fields[] = { APPEAL_DECISION_SAYS };
static const struct record appeal_decide_record =
    RECORD(appeal_decision, appeal_decide_fields);

static const struct field appeal_decision_fields[] = {
    APPEAL_DECISION_SAYS,
    F_DAY_OPT(struct appeal_decision, check_due),
    F_BOOL_OPT(struct appeal_decision, check_provisional),
};
static const struct record appeal_decision_record =
    RECORD(appeal_decision, appeal_decision_fields);
/* clang-format on */

bool appeal_is_open(const struct state *s)
{
    return s->appeal.appeal != NULL && s->appeal.decision == NULL;
}

/* --- appeal.file [AP1] -------------------------------------------------- */

/* Is there such a decision to appeal against?  Whether what ended the case is
 * still young enough, only the day tells. */
static bool is_there(const struct state *s, enum appeal_subject subject)
{
    bool over = status_is_final(s->status);

    switch (subject) {
    case APPEAL_REFUSAL: return s->ending == ENDING_REFUSED;
    case APPEAL_DECLINE: return s->ending == ENDING_DECLINED;
    case APPEAL_SUSPENSION: return s->status == CERTIFICATE_SUSPENDED;
    case APPEAL_WITHDRAWAL: return s->withdrawal != NULL && !over;
    case APPEAL_REDUCTION: break;
    }
    return s->reduction != NULL && !over;
}

static err ready_file(struct arena *a, const struct state *s)
{
    if (appeal_is_open(s))
        REFUSE(a, "appeal.filed_already");
    if (s->appeal_count >= APPEAL_MAX)
        return err_new(a, ERR_LIMIT, "appeal.too_many",
                       ARG_INT("most", APPEAL_MAX));
    for (int subject = 0; appeal_names[subject] != NULL; subject++) {
        if (is_there(s, (enum appeal_subject)subject))
            return OK;
    }
    REFUSE(a, "appeal.nothing");
}

static err check_in_time(struct arena *a, const struct state *s,
                         const struct facts *f)
{
    day until =
        span_end(f->calendar, s->stage_since, s->scheme->limits.appeal).on;

    if (f->today > until)
        REFUSE(a, "appeal.late", ARG_DAY("until", until));
    return OK;
}

static err judge_file(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct appeal *wish = c->data;

    if (!is_there(s, (enum appeal_subject)wish->subject))
        REFUSE(a, "appeal.nothing");
    if (s->stage == STAGE_ENDED)
        TRY(check_in_time(a, s, f));
    return event_emit(a, out, "appeal.filed", f, wish);
}

static void apply_file(struct state *s, const struct event *e)
{
    s->appeal = (struct appeal_state){ .appeal = e->data, .filed = e->on };
    state_first(&s->passed.appealed, e);
    if (s->appeal_count >= APPEAL_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->appeals[s->appeal_count++] =
        (struct appeal_heard){ .appeal = e->data, .filed = e->on };
}

/* The newest one in the list of all; NULL: there is none. */
static struct appeal_heard *newest(struct state *s)
{
    return s->appeal_count == 0 ? NULL : &s->appeals[s->appeal_count - 1];
}

/* --- appeal.assign [AP2] ------------------------------------------------ */

static size_t assign_people(const void *data, str *out, size_t max)
{
    const struct appeal_assign *wish = data;
    const str *members = wish->members.p;
    size_t n = 0;

    for (size_t i = 0; i < wish->members.n && n < max; i++)
        out[n++] = members[i];
    return n;
}

static err ready_assign(struct arena *a, const struct state *s)
{
    if (!appeal_is_open(s))
        REFUSE(a, "appeal.none");
    return OK;
}

static bool is_among(const struct panel_member *members, size_t n, id person)
{
    for (size_t i = 0; i < n; i++) {
        if (id_eq(members[i].person, person))
            return true;
    }
    return false;
}

static const char *had_part(const struct state *s, id person)
{
    return state_is_involved(s, person) ? "appeal.involved" : NULL;
}

static err judge_assign(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    static const struct seat_rule hears = { ROLE_APPEAL, had_part,
                                            "appeal.not_panel",
                                            "appeal.involved" };
    const struct appeal_assign *wish = c->data;
    const str *logins = wish->members.p;
    struct person p = { 0 };
    struct panel_member *members =
        arena_array(a, wish->members.n, sizeof *members);
    struct appeal_panel panel = { { members, wish->members.n } };

    if (wish->members.n == 0)
        return err_new(a, ERR_INVALID, "appeal.nobody");
    TRY_MEMORY(members);
    for (size_t i = 0; i < wish->members.n; i++) {
        TRY(seat_check(a, s, f, &hears, logins[i], &p));
        members[i].person = p.id;
        if (is_among(members, i, members[i].person))
            return err_new(a, ERR_INVALID, "panel.twice",
                           ARG_STR("login", logins[i]));
    }
    return event_emit(a, out, "appeal.assigned", f, &panel);
}

static void apply_assign(struct state *s, const struct event *e)
{
    struct appeal_heard *x = newest(s);

    s->appeal.panel = e->data;
    if (x != NULL)
        x->panel = e->data;
}

/* --- appeal.decide [AP4] ------------------------------------------------ */

static err ready_decide(struct arena *a, const struct state *s)
{
    TRY(ready_assign(a, s));
    if (s->appeal.panel == NULL)
        REFUSE(a, "appeal.not_assigned");
    return OK;
}

static err judge_decide(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct list *hearing = &s->appeal.panel->members;
    struct appeal_decision made = *(const struct appeal_decision *)c->data;

    if (!is_among(hearing->p, hearing->n, f->actor.person))
        return err_new(a, ERR_DENIED, "appeal.not_yours");
    made.check_due = DAY_NEVER;
    if (made.upheld && s->appeal.appeal->subject == APPEAL_DECLINE) {
        struct deadline due = completeness_limit(s, f);

        made.check_due = due.on;
        made.check_provisional = due.provisional;
    }
    return event_emit(a, out, "appeal.decided", f, &made);
}

static void decide_again(struct state *s, const struct event *e)
{
    s->refused_by = s->decided_by;
    s->refused_panel = s->panel.named;
    s->panel = (struct panel_state){ 0 };
    s->decision = NULL;
    s->decided_by = (id){ { 0 } };
    s->signed_by = (id){ { 0 } };
    s->ending = ENDING_NONE;
    state_enter(s, STAGE_DECISION, e);
}

static void check_again(struct state *s, const struct event *e,
                        const struct appeal_decision *made)
{
    s->ending = ENDING_NONE;
    state_enter(s, STAGE_COMPLETENESS, e);
    state_wait(s, WAITING_BODY, made->check_due, made->check_provisional);
}

static void note_decided(struct state *s, const struct appeal_decision *made,
                         day on)
{
    struct appeal_heard *x = newest(s);

    if (x == NULL)
        return;
    x->decision = made;
    x->decided = on;
}

static void apply_decide(struct state *s, const struct event *e)
{
    EVENT_DATA(appeal_decision, made, e);

    s->appeal.decision = made;
    note_decided(s, made, e->on);
    if (!made->upheld || s->appeal.appeal == NULL)
        return;
    state_first(&s->passed.overturned, e);
    if (s->appeal.appeal->subject == APPEAL_REFUSAL)
        decide_again(s, e);
    if (s->appeal.appeal->subject == APPEAL_DECLINE)
        check_again(s, e, made);
    if (s->appeal.appeal->subject == APPEAL_WITHDRAWAL) {
        s->withdrawal = NULL;
        s->withdrawal_by = (id){ { 0 } };
    }
    if (s->appeal.appeal->subject == APPEAL_REDUCTION)
        life_drop_reduction(s);
}

/* clang-format off */
static const struct command_needs names_panel = { assign_people, 0 };

static const struct command_kind commands[] = {
    { "appeal.file", &appeal_record, ready_file, judge_file, NULL },
    { "appeal.assign", &appeal_assign_record, ready_assign, judge_assign, &names_panel },
    { "appeal.decide", &appeal_decide_record, ready_decide, judge_decide, NULL },
};

static const struct event_kind events[] = {
    { "appeal.filed", 1, STREAM_CASE, &appeal_record, apply_file },
    { "appeal.assigned", 1, STREAM_CASE, &appeal_panel_record, apply_assign },
    { "appeal.decided", 1, STREAM_CASE, &appeal_decision_record, apply_decide },
};
/* clang-format on */

const struct stage_tables appeal_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
