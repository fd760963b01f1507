#include "domain/rights.h"

#include "base/buf.h"
#include "base/size.h"
#include "domain/conflict.h"

/* clang-format off */
#define APPLICANT    ROLE_BIT(ROLE_APPLICANT)
#define INTAKE       ROLE_BIT(ROLE_INTAKE)
#define FINANCE      ROLE_BIT(ROLE_FINANCE)
#define PLANNER      ROLE_BIT(ROLE_PLANNER)
#define AUDITOR      ROLE_BIT(ROLE_AUDITOR)
#define REVIEWER     ROLE_BIT(ROLE_REVIEWER)
#define CERTIFICATES ROLE_BIT(ROLE_CERTIFICATES)
#define HEAD         ROLE_BIT(ROLE_HEAD)
#define QUALITY      ROLE_BIT(ROLE_QUALITY)
#define APPEAL       ROLE_BIT(ROLE_APPEAL)
#define EXPERT       ROLE_BIT(ROLE_EXPERT)
#define STAFF        (INTAKE | FINANCE | PLANNER | AUDITOR | REVIEWER | \
                      CERTIFICATES | QUALITY | HEAD | APPEAL)
#define PROGRAM      0 /* nobody: the program itself, when its day has come */
/* the enterprise itself, or on paper: staff who enter what it says [RI4] */
#define ENTERPRISE   (APPLICANT | INTAKE)

#define PREPARATION  STAGE_BIT(STAGE_PREPARATION)
#define COMPLETENESS STAGE_BIT(STAGE_COMPLETENESS)
#define CONTRACT     STAGE_BIT(STAGE_CONTRACT)
#define DOCUMENTS    STAGE_BIT(STAGE_DOCUMENTS)
#define PLAN         STAGE_BIT(STAGE_PLAN)
#define AUDIT        STAGE_BIT(STAGE_AUDIT)
#define REPORT       STAGE_BIT(STAGE_REPORT)
#define CORRECTION   STAGE_BIT(STAGE_CORRECTION)
#define DECISION     STAGE_BIT(STAGE_DECISION)
#define CERTIFICATE  STAGE_BIT(STAGE_CERTIFICATE)
#define UPKEEP       STAGE_BIT(STAGE_UPKEEP)

#define AFTER_CONTRACT (CONTRACT | DOCUMENTS | PLAN | AUDIT | REPORT | \
                        CORRECTION | DECISION | CERTIFICATE | UPKEEP)
/* money may be owed, also when it is over */
#define OWED (AFTER_CONTRACT | ENDED)
/* the enterprise may still go elsewhere */
#define CHOOSING (PREPARATION | COMPLETENESS | CONTRACT)
/* a certificate may be alive */
#define ALIVE (UPKEEP | PLAN | AUDIT | REPORT | CORRECTION | DECISION)
/* an application is with the body, or a certificate alive */
#define UNDER_WAY (COMPLETENESS | AFTER_CONTRACT)
#define ENDED STAGE_BIT(STAGE_ENDED)
#define ANY (STAGE_BIT(STAGE_COUNT) - 1)
#define BEFORE_DECISION (PREPARATION | COMPLETENESS | CONTRACT | DOCUMENTS | \
                         PLAN | AUDIT | REPORT | CORRECTION | DECISION)

static const struct right table[] = {
    /* preparation */
    { "case.open", ENTERPRISE, PREPARATION, RELATION_NONE },
    { "eligibility.answer", ENTERPRISE, PREPARATION, RELATION_NONE },
    { "assessment.record", ENTERPRISE, PREPARATION, RELATION_NONE },
    { "document.add", ENTERPRISE, PREPARATION | COMPLETENESS | DOCUMENTS,
      RELATION_NONE },
    { "document.reuse", ENTERPRISE, PREPARATION | COMPLETENESS | DOCUMENTS,
      RELATION_NONE },
    { "documents.take_over", ENTERPRISE,
      PREPARATION | COMPLETENESS | DOCUMENTS, RELATION_NONE },
    { "transfer.record", ENTERPRISE, PREPARATION, RELATION_NONE },
    { "application.submit", ENTERPRISE, PREPARATION, RELATION_NONE },
    { "case.withdraw", ENTERPRISE, BEFORE_DECISION, RELATION_NONE },
    /* completeness */
    { "supplement.ask", INTAKE, COMPLETENESS, RELATION_NONE },
    { "application.resubmit", ENTERPRISE, COMPLETENESS, RELATION_NONE },
    { "application.accept", INTAKE, COMPLETENESS, RELATION_NONE },
    { "application.decline", INTAKE, COMPLETENESS, RELATION_NONE },
    /* contract */
    { "quote.make", FINANCE, CONTRACT, RELATION_NONE },
    { "contract.accept", ENTERPRISE, CONTRACT, RELATION_NONE },
    { "contract.sign", FINANCE | HEAD, CONTRACT, RELATION_NONE },
    { "payment.record", FINANCE, OWED, RELATION_NONE },
    /* document review */
    { "document.judge", AUDITOR, DOCUMENTS, RELATION_FREE },
    { "revision.ask", AUDITOR, DOCUMENTS, RELATION_FREE },
    { "review.pass", AUDITOR, DOCUMENTS, RELATION_FREE },
    { "risk.note", AUDITOR, DOCUMENTS | PLAN | AUDIT, RELATION_FREE },
    /* plan */
    { "sites.draw", PLANNER, PLAN, RELATION_NONE },
    { "plan.make", PLANNER, PLAN | AUDIT, RELATION_NONE },
    { "plan.replace", PLANNER, AUDIT | REPORT | CORRECTION | DECISION,
      RELATION_NONE },
    /* a plan, and who is new on a team that audits */
    { "plan.agree", ENTERPRISE, PLAN | AUDIT | REPORT | CORRECTION | DECISION,
      RELATION_NONE },
    { "plan.object", ENTERPRISE, PLAN | AUDIT | REPORT | CORRECTION | DECISION,
      RELATION_NONE },
    /* site audit */
    { "audit.open", AUDITOR, AUDIT, RELATION_LEAD },
    { "finding.record", AUDITOR, AUDIT, RELATION_TEAM },
    { "figure.record", AUDITOR, AUDIT, RELATION_TEAM },
    { "special.record", AUDITOR, AUDIT, RELATION_LEAD },
    { "nonconformity.raise", AUDITOR, AUDIT, RELATION_TEAM },
    { "sample.commit", AUDITOR, AUDIT, RELATION_TEAM },
    /* never by staff: they would hold both halves of the coin toss */
    { "sample.give_nonce", APPLICANT, AUDIT, RELATION_NONE },
    { "sample.reveal", AUDITOR, AUDIT, RELATION_TEAM },
    { "sample.ask", AUDITOR, AUDIT, RELATION_TEAM },
    { "sample.call", AUDITOR, AUDIT, RELATION_TEAM },
    { "interview.record", AUDITOR, AUDIT, RELATION_TEAM },
    { "observation.record", AUDITOR, AUDIT, RELATION_TEAM },
    { "defence.record", AUDITOR, AUDIT, RELATION_LEAD },
    { "audit.close", AUDITOR, AUDIT, RELATION_LEAD },
    /* report and correction */
    { "report.issue", AUDITOR, REPORT, RELATION_LEAD },
    { "report.acknowledge", ENTERPRISE, REPORT, RELATION_NONE },
    { "correction.submit", ENTERPRISE, CORRECTION, RELATION_NONE },
    { "correction.accept", AUDITOR, CORRECTION, RELATION_TEAM },
    { "correction.return", AUDITOR, CORRECTION, RELATION_TEAM },
    { "correction.extend", PLANNER, CORRECTION | DECISION, RELATION_NONE },
    /* decision and certificate */
    { "decision.panel", PLANNER, CORRECTION | DECISION, RELATION_NONE },
    { "decision.advise", EXPERT, CORRECTION | DECISION, RELATION_INDEPENDENT },
    { "decision.propose", REVIEWER, DECISION, RELATION_INDEPENDENT },
    { "decision.vote", REVIEWER, CORRECTION | DECISION,
      RELATION_INDEPENDENT },
    { "decision.grant", REVIEWER, DECISION, RELATION_INDEPENDENT },
    { "decision.refuse", REVIEWER, CORRECTION | DECISION,
      RELATION_INDEPENDENT },
    { "decision.question", REVIEWER, DECISION, RELATION_INDEPENDENT },
    { "decision.answer", AUDITOR, DECISION, RELATION_LEAD },
    { "decision.sign", HEAD, DECISION, RELATION_SECOND },
    { "decision.return", HEAD, DECISION, RELATION_SECOND },
    { "certificate.issue", CERTIFICATES, CERTIFICATE, RELATION_NONE },
    { "condition.answer", ENTERPRISE, ALIVE, RELATION_NONE },
    { "condition.judge", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    { "condition.extend", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    /* upkeep */
    { "round.open", PLANNER | REVIEWER, UPKEEP, RELATION_NONE },
    /* money */
    { "invoice.issue", FINANCE, OWED, RELATION_NONE },
    { "invoice.cancel", FINANCE, OWED, RELATION_NONE },
    { "refund.record", FINANCE, ENDED, RELATION_NONE },
    /* never by staff: the body does not see what others offer [M10] */
    { "offer.note", APPLICANT, CHOOSING, RELATION_NONE },
    { "cost.note", APPLICANT, CHOOSING, RELATION_NONE },
    /* appeals and complaints */
    { "appeal.file", ENTERPRISE, ALIVE | ENDED, RELATION_NONE },
    { "appeal.assign", QUALITY, ALIVE | ENDED, RELATION_NONE },
    { "appeal.decide", APPEAL, ALIVE | ENDED, RELATION_UNINVOLVED },
    { "complaint.record", INTAKE | QUALITY, ANY, RELATION_NONE },
    { "complaint.assign", QUALITY, ANY, RELATION_NONE },
    { "complaint.answer", STAFF, ANY, RELATION_UNINVOLVED },
    /* messages: each speaks for their own side */
    { "message.send", APPLICANT | INTAKE | FINANCE | PLANNER | AUDITOR |
      CERTIFICATES | QUALITY, UNDER_WAY, RELATION_SPEAKS },
    { "message.settle", INTAKE, UNDER_WAY, RELATION_SPEAKS },
    /* changes of what stands on it */
    { "change.ask", ENTERPRISE | CERTIFICATES, ALIVE, RELATION_NONE },
    { "change.approve", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    { "change.refuse", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    /* its sub-certificates */
    { "certificate.sub", CERTIFICATES, ALIVE, RELATION_NONE },
    { "certificate.sub_end", CERTIFICATES, ALIVE, RELATION_NONE },
    /* the mark */
    { "mark.ask", ENTERPRISE, ALIVE, RELATION_NONE },
    { "mark.approve", CERTIFICATES, ALIVE, RELATION_NONE },
    { "mark.refuse", CERTIFICATES, ALIVE, RELATION_NONE },
    { "mark.stop", CERTIFICATES, ALIVE, RELATION_NONE },
    { "misuse.record", CERTIFICATES | INTAKE, ALIVE | ENDED, RELATION_NONE },
    { "misuse.settle", CERTIFICATES, ALIVE | ENDED, RELATION_NONE },
    /* the life of a certificate */
    { "certificate.suspend", CERTIFICATES | REVIEWER, ALIVE, RELATION_NONE },
    { "certificate.restore", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    { "reduction.decide", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    { "certificate.reduce", HEAD, ALIVE, RELATION_REDUCES },
    { "reduction.return", HEAD, ALIVE, RELATION_REDUCES },
    { "withdrawal.decide", REVIEWER, ALIVE, RELATION_INDEPENDENT },
    { "certificate.withdraw", HEAD, ALIVE, RELATION_WITHDRAWS },
    { "cancellation.ask", ENTERPRISE, ALIVE, RELATION_NONE },
    { "certificate.cancel", CERTIFICATES, ALIVE, RELATION_NONE },
    { "certificate.expire", PROGRAM, ALIVE, RELATION_NONE },
};
/* clang-format on */

/* [RI9] */
static const char *const confirmed[] = {
    "decision.grant",      "decision.refuse",     "decision.sign",
    "certificate.issue",   "certificate.sub",     "certificate.sub_end",
    "certificate.suspend", "certificate.restore", "reduction.decide",
    "certificate.reduce",  "withdrawal.decide",   "certificate.withdraw",
    "certificate.cancel",  "change.approve",      "appeal.decide",
};

bool right_is_confirmed(const char *command)
{
    for (size_t i = 0; i < COUNT(confirmed); i++) {
        if (strcmp(confirmed[i], command) == 0)
            return true;
    }
    return false;
}

const struct right *right_find(const char *command)
{
    for (size_t i = 0; i < COUNT(table); i++) {
        if (strcmp(table[i].command, command) == 0)
            return &table[i];
    }
    return NULL;
}

const struct right *right_at(size_t i)
{
    return i < COUNT(table) ? &table[i] : NULL;
}

/* --- words for refusals ------------------------------------------------- */

enum { IDS_MAX = 1000 };

/* The catalogue ids of the bits that are set, `prefix` before each name, for
 * ARG_IDS. */
static err bit_ids(struct arena *a, const char *prefix,
                   const char *const *names, unsigned bits, str *out)
{
    struct buf b;

    buf_init(&b, a, IDS_MAX);
    for (unsigned i = 0; names[i] != NULL; i++) {
        if ((bits & (1U << i)) != 0)
            buf_printf(&b, "%s%s%s", buf_view(&b).n > 0 ? "|" : "", prefix,
                       names[i]);
    }
    return buf_done(&b, out);
}

static err command_id(struct arena *a, const struct right *r, str *out)
{
    struct buf b;

    buf_init(&b, a, IDS_MAX);
    buf_printf(&b, "command.%s", r->command);
    return buf_done(&b, out);
}

/* --- roles -------------------------------------------------------------- */

static bool in_own_enterprise(const struct state *s, const struct facts *f)
{
    id enterprise =
        s->opened != NULL ? s->opened->enterprise : f->enterprise->id;

    return id_eq(f->actor.enterprise, enterprise);
}

/* [RI2] */
static unsigned roles_here(const struct state *s, const struct facts *f)
{
    if (in_own_enterprise(s, f))
        return f->actor.roles & APPLICANT;
    return f->actor.roles & ~APPLICANT;
}

/* [RI6] */
static err check_program(struct arena *a, const struct right *r,
                         const struct facts *f)
{
    str command;

    if (id_is_zero(f->actor.person))
        return OK;
    TRY(command_id(a, r, &command));
    return err_new(a, ERR_DENIED, "rights.program",
                   ARG_IDS("command", command));
}

err right_check_role(struct arena *a, const struct right *r,
                     const struct actor *actor)
{
    str command;
    str roles;

    if ((actor->roles & r->roles) != 0)
        return OK;
    TRY(command_id(a, r, &command));
    TRY(bit_ids(a, "role.", role_names, r->roles, &roles));
    return err_new(a, ERR_DENIED, "rights.role", ARG_IDS("command", command),
                   ARG_IDS("roles", roles));
}

static err check_role(struct arena *a, const struct right *r,
                      const struct state *s, const struct facts *f)
{
    str command;

    if (r->roles == PROGRAM)
        return check_program(a, r, f);
    if ((roles_here(s, f) & r->roles) != 0)
        return OK;
    TRY(right_check_role(a, r, &f->actor));
    TRY(command_id(a, r, &command));
    if (in_own_enterprise(s, f))
        return err_new(a, ERR_DENIED, "rights.conflict");
    return err_new(a, ERR_DENIED, "rights.own", ARG_IDS("command", command));
}

unsigned right_roles(const struct right *r, const struct state *s)
{
    bool shared =
        (r->roles & ENTERPRISE) == ENTERPRISE && r->relation != RELATION_SPEAKS;

    if (shared && s->opened != NULL && !s->opened->paper)
        return r->roles & ~INTAKE;
    return r->roles;
}

/* [RI4] */
static err check_paper(struct arena *a, const struct right *r,
                       const struct state *s, const struct facts *f)
{
    str command;

    if (r->roles == PROGRAM || (roles_here(s, f) & right_roles(r, s)) != 0)
        return OK;
    TRY(command_id(a, r, &command));
    return err_new(a, ERR_DENIED, "rights.paper", ARG_IDS("command", command));
}

err right_check_stage(struct arena *a, const struct right *r,
                      const struct state *s)
{
    str command;
    str now;
    str allowed;

    if ((STAGE_BIT(s->stage) & r->stages) != 0)
        return OK;
    TRY(command_id(a, r, &command));
    TRY(bit_ids(a, "stage.", stage_names, STAGE_BIT(s->stage), &now));
    TRY(bit_ids(a, "stage.", stage_names, r->stages, &allowed));
    return err_new(a, ERR_REFUSED, "rights.stage", ARG_IDS("command", command),
                   ARG_IDS("stage", now), ARG_IDS("stages", allowed));
}

/* --- what the actor is to the case -------------------------------------- */

static err check_free(struct arena *a, const struct state *s,
                      const struct facts *f)
{
    const struct person *p = facts_actor(f);

    if (s->opened == NULL) /* with which enterprise? */
        return err_new(a, ERR_REFUSED, "case.not_open");
    if (p != NULL && !conflict_of_interest(p, s->opened->enterprise, f->today,
                                           s->scheme->limits.conflict))
        return OK;
    return err_new(a, ERR_DENIED, "rights.conflict");
}

/* Whoever acts is remembered as an evaluator. [RI5] */
static err check_room(struct arena *a, const struct state *s,
                      const struct facts *f)
{
    if (state_has_room(s, f->actor.person))
        return OK;
    return err_new(a, ERR_LIMIT, "rights.evaluators",
                   ARG_INT("most", EVALUATOR_MAX));
}

static err check_evaluator(struct arena *a, const struct state *s,
                           const struct facts *f)
{
    TRY(check_room(a, s, f));
    return check_free(a, s, f);
}

/* plan.c [PL7] [17065 7.4] */
static err check_known(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (!state_is_kept_waiting(s, f->actor.person, f->today))
        return check_evaluator(a, s, f);
    if (s->objection.n > 0)
        return err_new(a, ERR_REFUSED, "rights.objected");
    return err_new(a, ERR_REFUSED, "rights.new_on_team",
                   ARG_DAY("until", s->plan->objection_due));
}

static err check_team(struct arena *a, const struct state *s,
                      const struct facts *f)
{
    if (!state_is_member(s, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.team");
    return check_known(a, s, f);
}

static err check_lead(struct arena *a, const struct state *s,
                      const struct facts *f)
{
    if (!state_is_lead(s, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.lead");
    return check_known(a, s, f);
}

/* [RI3] [17065 7.6.2] */
static err check_independent(struct arena *a, const struct state *s,
                             const struct facts *f)
{
    if (state_was_overruled(s, f->actor.person) && s->decision == NULL)
        return err_new(a, ERR_DENIED, "rights.uninvolved"); /* appeal.c [AP4] */
    if (state_is_evaluator(s, f->actor.person) ||
        state_is_member(s, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.independent");
    return check_free(a, s, f);
}

/* [RI3] [条例 22] */
static err check_second(struct arena *a, const struct state *s,
                        const struct facts *f)
{
    if (id_eq(s->decided_by, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.second");
    if (state_was_seated(s, f->actor.person)) /* panel.c [PN5] */
        return err_new(a, ERR_DENIED, "rights.seated");
    return check_independent(a, s, f);
}

/* [RI3] [条例 22] */
static err check_signs(struct arena *a, const struct state *s,
                       const struct facts *f, id decided_by)
{
    if (id_eq(decided_by, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.second");
    return check_independent(a, s, f);
}

/* [17065 7.13.5] */
static err check_uninvolved(struct arena *a, const struct state *s,
                            const struct facts *f)
{
    if (state_is_involved(s, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.uninvolved");
    return check_free(a, s, f);
}

/* Whoever speaks in the case (message.c [MS2]): of the body those who carry it
 * on, and not who decides; an auditor who is nothing else, of its team. */
static err check_speaks(struct arena *a, const struct right *r,
                        const struct state *s, const struct facts *f)
{
    if (in_own_enterprise(s, f))
        return OK;
    if (state_decides(s, f->actor.person))
        return err_new(a, ERR_DENIED, "rights.decides");
    if ((roles_here(s, f) & r->roles) != AUDITOR ||
        state_is_member(s, f->actor.person))
        return OK;
    return err_new(a, ERR_DENIED, "rights.team");
}

static err check_relation(struct arena *a, const struct right *r,
                          const struct state *s, const struct facts *f)
{
    switch (r->relation) {
    case RELATION_NONE: break;
    case RELATION_FREE: return check_evaluator(a, s, f);
    case RELATION_TEAM: return check_team(a, s, f);
    case RELATION_LEAD: return check_lead(a, s, f);
    case RELATION_INDEPENDENT: return check_independent(a, s, f);
    case RELATION_SECOND: return check_second(a, s, f);
    case RELATION_WITHDRAWS: return check_signs(a, s, f, s->withdrawal_by);
    case RELATION_REDUCES: return check_signs(a, s, f, s->reduction_by);
    case RELATION_UNINVOLVED: return check_uninvolved(a, s, f);
    case RELATION_SPEAKS: return check_speaks(a, r, s, f);
    }
    return OK;
}

err right_check(struct arena *a, const struct right *r, const struct state *s,
                const struct facts *f)
{
    TRY(check_role(a, r, s, f));
    TRY(right_check_stage(a, r, s));
    TRY(check_paper(a, r, s, f));
    return check_relation(a, r, s, f);
}

bool rights_owns(const struct actor *actor, id enterprise)
{
    return !id_is_zero(enterprise) && id_eq(actor->enterprise, enterprise) &&
           (actor->roles & APPLICANT) != 0;
}

bool rights_may_read(const struct actor *actor, id enterprise)
{
    const unsigned staff = ~(APPLICANT | ROLE_BIT(ROLE_ADMIN));

    if (!id_is_zero(enterprise) && id_eq(actor->enterprise, enterprise))
        return rights_owns(actor, enterprise); /* [RI2] */
    return (actor->roles & staff) != 0;
}

bool rights_may_read_papers(const struct actor *actor, id enterprise)
{
    return rights_may_read(actor, enterprise) &&
           !id_eq(actor->enterprise, enterprise);
}

bool rights_may_disclose(const struct actor *actor, id enterprise)
{
    if (id_eq(actor->enterprise, enterprise)) /* [RI2] */
        return rights_owns(actor, enterprise);
    return (actor->roles & (HEAD | ROLE_BIT(ROLE_QUALITY))) != 0;
}

bool rights_may_read_ties(const struct actor *actor, id person)
{
    const unsigned keepers =
        HEAD | ROLE_BIT(ROLE_QUALITY) | ROLE_BIT(ROLE_PLANNER);

    return id_eq(actor->person, person) || (actor->roles & keepers) != 0;
}

bool rights_may_read_complaints(const struct actor *actor)
{
    return (actor->roles & (QUALITY | HEAD | APPEAL)) != 0;
}

bool rights_may_read_reports(const struct actor *actor)
{
    return (actor->roles & (QUALITY | HEAD)) != 0;
}

bool rights_may_settle_reports(const struct actor *actor)
{
    return (actor->roles & QUALITY) != 0;
}

/* [RI2] */
static bool is_of_the_body(const struct actor *actor, unsigned roles)
{
    return id_is_zero(actor->enterprise) && (actor->roles & roles) != 0;
}

bool rights_may_read_money(const struct actor *actor)
{
    return is_of_the_body(actor, HEAD | ROLE_BIT(ROLE_FINANCE));
}

bool rights_may_read_figures(const struct actor *actor)
{
    return is_of_the_body(actor,
                          HEAD | ROLE_BIT(ROLE_QUALITY) | ROLE_BIT(ROLE_ADMIN));
}

bool rights_may_report(const struct actor *actor)
{
    return (actor->roles & ROLE_BIT(ROLE_REPORTER)) != 0;
}

bool rights_may_enrol(const struct actor *actor)
{
    return (actor->roles & ROLE_BIT(ROLE_ADMIN)) != 0;
}

bool rights_may_import(const struct actor *actor)
{
    return id_is_zero(actor->enterprise) &&
           (actor->roles & (CERTIFICATES | ROLE_BIT(ROLE_ADMIN))) != 0;
}

bool rights_may_freeze(const struct actor *actor)
{
    return (actor->roles & ROLE_BIT(ROLE_ADMIN)) != 0;
}
