/*
 * life -- what befalls a certificate after its issue: suspended, restored,
 * reduced in scope, withdrawn (撤销), cancelled (注销), expired.
 * [17065 7.11] [条例 26] [认证机构管理办法]
 *
 * Each command leaves two events: in the case, what was decided and why; in
 * the certificate's own stream, the status and its dates, which are public.
 *
 *   [LI1] A person suspends, with the authority's code and reasons, within
 *         five days of the day the nonconformity was confirmed; later is on
 *         record as late.  Nobody is suspended twice at once.
 *   [LI2] A suspension that was not cured within the package's limit cannot be
 *         lifted any more; what is left is to withdraw.
 *         The reviewer who suspended may restore, too: 17065 7.11 asks of who
 *         resolves a suspension what 7.6.2 asks of who decides, to be outside
 *         the evaluation; it is a second decision about other evidence, not a
 *         judgement of the first.  Where the first is judged, in an appeal,
 *         its people hear nothing [17065 7.13.5] (appeal.c [AP2]).
 *   [LI3] A withdrawal and a reduction are decided by a reviewer who took no
 *         part in the round, and take effect with the signature of the head
 *         [条例 22].  Until then nothing changed, and the enterprise may appeal
 *         (appeal.c [AP1]).
 *   [LI4] The enterprise asks for cancellation; without its wish only an
 *         enterprise that is no more, or a certificate that was replaced, is
 *         cancelled.
 *   [LI5] Only expiry happens by itself, and only after the last valid day.
 *   [LI6] After any of the last three the case is closed, and the certificate's
 *         sub-certificates are over with it.
 *   [LI7] No program can tell whether one text of a scope is narrower than
 *         another, so two people look at it [17065 7.11.3]: the head signs what
 *         the reviewer decided, word for word, or returns it with reasons.
 *         What leaves with it, sites and sub-certificates, is what there is on
 *         the day of the signature.  A "scope.reduced" is of the days when the
 *         reviewer alone reduced a scope; it stays what it was.
 *   [LI9] What a suspension was for is over before it is lifted [17065 7.11.4]:
 *         where a surveillance was missed or refused, one was granted since;
 *         where another round was refused, a round was granted, which it only
 *         is with every nonconformity corrected (decision.c [DE1]).  No
 *         condition of a decision is unmet past its day, and every misuse is
 *         settled.  Of other reasons the journal knows no end, and the reviewer
 *         says it.
 *   [LI8] The authority is told that a suspension went by uncured (0115) only
 *         of one that did: the enterprise has until its last day.
 */

#include "base/size.h"
#include "domain/codes.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field suspension_decide_fields[] = {
    F_ENUM(struct suspension_decide, code, suspension_codes),
    F_STR(struct suspension_decide, reasons, 1, 4000),
    F_DAY(struct suspension_decide, confirmed),
};
static const struct record suspension_decide_record =
    RECORD(suspension_decide, suspension_decide_fields);

static const struct field suspension_fields[] = {
    F_ENUM(struct suspension, code, suspension_codes),
    F_STR(struct suspension, reasons, 1, 4000),
    F_DAY(struct suspension, confirmed),
    F_DAY(struct suspension, until),
    F_BOOL_OPT(struct suspension, late),
};
static const struct record suspension_record =
    RECORD(suspension, suspension_fields);

static const struct field reduction_fields[] = {
    F_STR(struct reduction, scope, 2, 500),
    F_STR_OPT(struct reduction, scope_en, 1000),
    F_STR(struct reduction, reasons, 1, 4000),
    F_STRS_OPT(struct reduction, sites, SITE_MAX),
};
const struct record reduction_record =
    RECORD(reduction, reduction_fields);

static const struct field withdrawal_fields[] = {
    F_ENUM(struct ending_reasons, code, withdrawal_codes),
    F_STR(struct ending_reasons, reasons, 1, 4000),
};
static const struct record withdrawal_record =
    RECORD(ending_reasons, withdrawal_fields);

static const struct field cancellation_fields[] = {
    F_ENUM(struct ending_reasons, code, cancellation_codes),
    F_STR(struct ending_reasons, reasons, 1, 4000),
};
static const struct record cancellation_record =
    RECORD(ending_reasons, cancellation_fields);

static const struct field status_changed_fields[] = {
    F_STR(struct certificate_status_changed, number, 1, 40),
};
static const struct record status_changed_record =
    RECORD(certificate_status_changed, status_changed_fields);

static const struct field suspended_fields[] = {
    F_STR(struct certificate_suspended, number, 1, 40),
    F_DAY(struct certificate_suspended, until),
};
static const struct record suspended_record =
    RECORD(certificate_suspended, suspended_fields);

static const struct field scope_fields[] = {
    F_STR(struct certificate_scope, number, 1, 40),
    F_STR(struct certificate_scope, scope, 2, 500),
    F_STR_OPT(struct certificate_scope, scope_en, 1000),
};
static const struct record scope_record =
    RECORD(certificate_scope, scope_fields);
/* clang-format on */

/* Indices into cancellation_codes. */
enum { CANCEL_NO_MORE, CANCEL_REPLACED };

/* Index into withdrawal_codes: 0115. */
enum { WITHDRAW_UNCURED = 4 };

static err ready_alive(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL)
        REFUSE(a, "life.no_certificate");
    return OK;
}

/* Its last valid day has passed: what is left to do is certificate.expire. */
err life_check_runs(struct arena *a, const struct state *s,
                    const struct facts *f)
{
    TRY(ready_alive(a, s)); /* whatever the journal says was asked of it */
    if (f->today > s->certificate->until)
        REFUSE(a, "life.expired", ARG_DAY("until", s->certificate->until));
    return OK;
}

/* The public event of a status without more to say. */
static err emit_public(struct arena *a, struct event_list *out,
                       const char *name, const struct state *s,
                       const struct facts *f)
{
    struct certificate_status_changed changed = { s->certificate->number };

    return event_emit(a, out, name, f, &changed);
}

/* --- certificate.suspend [LI1] ------------------------------------------ */

static err ready_suspend(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "life.suspended_already",
               ARG_DAY("until", s->suspended_until));
    return OK;
}

static err judge_suspend(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct suspension_decide *wish = c->data;
    struct suspension decided = {
        .code = wish->code,
        .reasons = wish->reasons,
        .confirmed = wish->confirmed,
        .until = facts_deadline(f, s->scheme->limits.suspension).on,
        .late = f->today - wish->confirmed > SUSPEND_WITHIN,
    };
    struct certificate_suspended told = {
        .number = s->certificate->number,
        .until = decided.until,
    };

    TRY(life_check_runs(a, s, f));
    if (wish->confirmed > f->today)
        return err_new(a, ERR_INVALID, "life.confirmed",
                       ARG_DAY("confirmed", wish->confirmed),
                       ARG_DAY("today", f->today));
    TRY(event_emit(a, out, "suspension.decided", f, &decided));
    return event_emit(a, out, "certificate.suspended", f, &told);
}

/* [LI9] */
static bool surveillance_missed(const struct state *s, day on)
{
    return s->surveillance_due != DAY_NEVER && on > s->surveillance_due &&
           !upkeep_visited(s);
}

static void apply_suspended(struct state *s, const struct event *e)
{
    EVENT_DATA(suspension, decided, e);

    if (surveillance_missed(s, e->on))
        s->cure = CURE_SURVEILLANCE;
    s->status = CERTIFICATE_SUSPENDED;
    s->suspended_until = decided->until;
    state_involve(s, e->actor);
    s->suspension_proposed = false;
    s->act_by = DAY_NEVER;
    upkeep_settle(s);
}

/* --- certificate.restore [LI2] ------------------------------------------ */

static err ready_restore(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->status != CERTIFICATE_SUSPENDED)
        REFUSE(a, "life.not_suspended");
    return OK;
}

/* [LI9] */
static err check_cured(struct arena *a, const struct state *s)
{
    if (s->cure == CURE_SURVEILLANCE)
        REFUSE(a, "life.uncured_surveillance");
    if (s->cure == CURE_ROUND)
        REFUSE(a, "life.uncured_round");
    return OK;
}

/* [LI9] What was answered and not judged yet is not known to be met. */
static err check_conditions(struct arena *a, const struct state *s, day today)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        if (x->standing != CONDITION_MET && today > x->until)
            REFUSE(a, "life.unmet_condition", ARG_INT("number", i + 1),
                   ARG_DAY("until", x->until));
    }
    return OK;
}

static err check_misuses(struct arena *a, const struct state *s)
{
    for (int32_t i = 0; i < s->misuse_count; i++) {
        if (s->misuses[i].settled == NULL)
            REFUSE(a, "life.open_misuse", ARG_INT("number", i + 1));
    }
    return OK;
}

static err judge_restore(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    TRY(life_check_runs(a, s, f));
    if (f->today > s->suspended_until)
        REFUSE(a, "life.suspension_over", ARG_DAY("until", s->suspended_until));
    TRY(check_cured(a, s));
    TRY(check_conditions(a, s, f->today));
    TRY(check_misuses(a, s));
    TRY(event_emit(a, out, "suspension.lifted", f, c->data));
    return emit_public(a, out, "certificate.restored", s, f);
}

static void apply_restored(struct state *s, const struct event *e)
{
    state_involve(s, e->actor);
    s->status = CERTIFICATE_VALID;
    s->suspended_until = DAY_NEVER;
    upkeep_settle(s);
}

/* --- reduction.decide and certificate.reduce [LI3] [LI7] ---------------- */

void life_drop_reduction(struct state *s)
{
    s->reduction = NULL;
    s->reduction_by = (id){ { 0 } };
}

static err ready_decide_reduction(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->reduction != NULL)
        REFUSE(a, "life.reduction_decided");
    return OK;
}

static err judge_decide_reduction(struct arena *a, const struct state *s,
                                  const struct command *c,
                                  const struct facts *f, struct event_list *out)
{
    const struct reduction *wish = c->data;

    TRY(life_check_runs(a, s, f));
    TRY(sites_check_leaving(a, s, &wish->sites));
    return event_emit(a, out, "reduction.decided", f, wish);
}

static void apply_reduction_decided(struct state *s, const struct event *e)
{
    s->reduction = e->data;
    s->reduction_by = e->actor;
    state_involve(s, e->actor);
}

/* It is there for the head to sign or to return. */
static err ready_reduction(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->reduction == NULL)
        REFUSE(a, "life.no_reduction");
    if (appeal_is_open(s)) /* appeal.c [AP3] */
        REFUSE(a, "appeal.open");
    return OK;
}

/* The public event of the scope as the head signed it. */
static err emit_scope(struct arena *a, struct event_list *out,
                      const struct state *s, const struct facts *f)
{
    struct certificate_scope told = {
        .number = s->certificate->number,
        .scope = s->reduction->scope,
        .scope_en = s->reduction->scope_en,
    };

    return event_emit(a, out, "certificate.reduced", f, &told);
}

static err judge_reduce(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct reduction *decided = s->reduction;
    struct leaving leaving = {
        .sites = &decided->sites,
        .why = SUB_LEFT_SCOPE,
        .scope = decided->scope,
        .scope_en = decided->scope_en,
        .reasons = decided->reasons,
    };

    TRY(life_check_runs(a, s, f));
    TRY(sites_check_leaving(a, s, &decided->sites));
    TRY(plan_narrow(a, s, f, &decided->sites, out));
    TRY(sub_end_leaving(a, s, f, &leaving, out));
    TRY(event_emit(a, out, "reduction.signed", f, c->data));
    return emit_scope(a, out, s, f);
}

static void reduce_to(struct state *s, const struct reduction *reduced,
                      const struct event *e)
{
    state_take_scope(s, reduced->scope, reduced->scope_en, e);
    sites_leave(s, &reduced->sites);
    state_involve(s, e->actor);
}

static void apply_reduction_signed(struct state *s, const struct event *e)
{
    if (s->reduction != NULL) /* whatever the journal says */
        reduce_to(s, s->reduction, e);
    life_drop_reduction(s);
}

/* By one person alone, as it was once. */
static void apply_reduced(struct state *s, const struct event *e)
{
    EVENT_DATA(reduction, reduced, e);

    reduce_to(s, reduced, e);
}

/* --- reduction.return [LI7] --------------------------------------------- */

static err judge_return(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    TRY(life_check_runs(a, s, f));
    return event_emit(a, out, "reduction.returned", f, c->data);
}

static void apply_returned(struct state *s, const struct event *e)
{
    life_drop_reduction(s);
    state_involve(s, e->actor);
}

/* --- withdrawal.decide and certificate.withdraw [LI3] ------------------- */

static err ready_decide(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->withdrawal != NULL)
        REFUSE(a, "life.decided_already");
    return OK;
}

/* [LI8] */
static err check_uncured(struct arena *a, const struct state *s,
                         const struct ending_reasons *wish,
                         const struct facts *f)
{
    if (wish->code != WITHDRAW_UNCURED)
        return OK;
    if (s->status != CERTIFICATE_SUSPENDED)
        REFUSE(a, "life.uncured_nothing");
    if (f->today <= s->suspended_until)
        REFUSE(a, "life.uncured_early", ARG_DAY("until", s->suspended_until));
    return OK;
}

static err judge_decide(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    TRY(life_check_runs(a, s, f));
    TRY(check_uncured(a, s, c->data, f));
    return event_emit(a, out, "withdrawal.decided", f, c->data);
}

static void apply_decided(struct state *s, const struct event *e)
{
    s->withdrawal = e->data;
    s->withdrawal_by = e->actor;
    state_involve(s, e->actor);
}

static err ready_withdraw(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->withdrawal == NULL)
        REFUSE(a, "life.not_decided");
    if (appeal_is_open(s)) /* appeal.c [AP3] */
        REFUSE(a, "appeal.open");
    return OK;
}

static err judge_withdraw(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    TRY(life_check_runs(a, s, f));
    TRY(event_emit(a, out, "withdrawal.signed", f, c->data));
    return emit_public(a, out, "certificate.withdrawn", s, f);
}

/* [LI6] */
static void close_with(struct state *s, enum certificate_status status,
                       const struct event *e)
{
    state_involve(s, e->actor);
    s->status = status;
    s->suspended_until = DAY_NEVER;
    sub_end_all(s, e);
    state_end(s, ENDING_CLOSED, e);
}

static void apply_withdrawn(struct state *s, const struct event *e)
{
    close_with(s, CERTIFICATE_WITHDRAWN, e);
}

/* --- cancellation.ask and certificate.cancel [LI4] ---------------------- */

static err ready_ask(struct arena *a, const struct state *s)
{
    TRY(ready_alive(a, s));
    if (s->cancellation_asked)
        REFUSE(a, "life.asked_already");
    return OK;
}

static err judge_ask(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    TRY(life_check_runs(a, s, f));
    return event_emit(a, out, "cancellation.asked", f, c->data);
}

static void apply_asked(struct state *s, const struct event *)
{
    s->cancellation_asked = true;
}

static err judge_cancel(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct ending_reasons *wish = c->data;

    TRY(life_check_runs(a, s, f));
    if (!s->cancellation_asked && wish->code != CANCEL_NO_MORE &&
        wish->code != CANCEL_REPLACED)
        REFUSE(a, "life.not_asked");
    TRY(event_emit(a, out, "cancellation.made", f, wish));
    return emit_public(a, out, "certificate.cancelled", s, f);
}

static void apply_cancelled(struct state *s, const struct event *e)
{
    close_with(s, CERTIFICATE_CANCELLED, e);
}

/* --- certificate.expire [LI5] ------------------------------------------- */

static err judge_expire(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    if (f->today <= s->certificate->until)
        REFUSE(a, "life.not_over", ARG_DAY("until", s->certificate->until));
    TRY(event_emit(a, out, "validity.ended", f, c->data));
    return emit_public(a, out, "certificate.expired", s, f);
}

static void apply_expired(struct state *s, const struct event *e)
{
    close_with(s, CERTIFICATE_EXPIRED, e);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "certificate.suspend", &suspension_decide_record, ready_suspend, judge_suspend, NULL },
    { "certificate.restore", &reasons_record, ready_restore, judge_restore, NULL },
    { "reduction.decide", &reduction_record, ready_decide_reduction, judge_decide_reduction, NULL },
    { "certificate.reduce", &note_record, ready_reduction, judge_reduce, NULL },
    { "reduction.return", &reasons_record, ready_reduction, judge_return, NULL },
    { "withdrawal.decide", &withdrawal_record, ready_decide, judge_decide, NULL },
    { "certificate.withdraw", &note_record, ready_withdraw, judge_withdraw, NULL },
    { "cancellation.ask", &reasons_record, ready_ask, judge_ask, NULL },
    { "certificate.cancel", &cancellation_record, ready_alive, judge_cancel, NULL },
    { "certificate.expire", &nothing_record, ready_alive, judge_expire, NULL },
};

static const struct event_kind events[] = {
    { "suspension.decided", 1, STREAM_CASE, &suspension_record, apply_suspended },
    { "suspension.lifted", 1, STREAM_CASE, &reasons_record, apply_restored },
    { "scope.reduced", 1, STREAM_CASE, &reduction_record, apply_reduced },
    { "reduction.decided", 1, STREAM_CASE, &reduction_record, apply_reduction_decided },
    { "reduction.signed", 1, STREAM_CASE, &note_record, apply_reduction_signed },
    { "reduction.returned", 1, STREAM_CASE, &reasons_record, apply_returned },
    { "withdrawal.decided", 1, STREAM_CASE, &withdrawal_record, apply_decided },
    { "withdrawal.signed", 1, STREAM_CASE, &note_record, apply_withdrawn },
    { "cancellation.asked", 1, STREAM_CASE, &reasons_record, apply_asked },
    { "cancellation.made", 1, STREAM_CASE, &cancellation_record, apply_cancelled },
    { "validity.ended", 1, STREAM_CASE, &nothing_record, apply_expired },
    { "certificate.suspended", 1, STREAM_CERTIFICATE, &suspended_record, NULL },
    { "certificate.restored", 1, STREAM_CERTIFICATE, &status_changed_record, NULL },
    { "certificate.reduced", 1, STREAM_CERTIFICATE, &scope_record, NULL },
    { "certificate.withdrawn", 1, STREAM_CERTIFICATE, &status_changed_record, NULL },
    { "certificate.cancelled", 1, STREAM_CERTIFICATE, &status_changed_record, NULL },
    { "certificate.expired", 1, STREAM_CERTIFICATE, &status_changed_record, NULL },
};
/* clang-format on */

const struct stage_tables life_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
