#ifndef DOMAIN_STATE_H
#define DOMAIN_STATE_H

/*
 * state -- a case as the fold of its events.
 *
 * apply() never fails and never allocates: the state keeps pointers to the
 * events' own data, in arrays that state_new() sized by the scheme.
 *
 *   [ST-1] The stage moves only as state.c's table of moves allows; a case
 *          with a certificate ends only when the certificate does.
 *   [ST-2] Nobody who evaluated a round decided it [17065 7.6.2], and the
 *          second signature is a third person's [条例 22].
 *   [ST-3] A granted decision has a level of the package, and no
 *          nonconformity is open.
 *   [ST-4] A certificate exists only after a granted, signed decision.
 *   [ST-5] Numbers of nonconformities and drawn customers are 1, 2, 3 ..
 *   [ST-6] What a stage rests on is there: an application, a contract, a plan,
 *          a report, a decision, a certificate.
 *   [ST-7] The case was opened under this very scheme.
 *   [ST-8] Nothing was left out of a full list; above all nobody became
 *          independent because the list of evaluators was full.
 *   [ST-9] A case that ended says how, waits for nobody and has no limit.
 *   [ST-10] A later round belongs to a certificate.
 *   [ST-11] A case whose certificate is withdrawn, cancelled or expired has
 *          ended, and only such a case was closed.
 *   [ST-12] Money adds up: no more was invoiced than agreed, nor paid than
 *          agreed or invoiced, nor given back than paid; every fen paid stands
 *          against an invoice or is known to stand against none.
 *   [ST-13] Conditions are those of granted decisions, numbered 1, 2, 3 ..; a
 *          refusal has none.
 *   [ST-14] What a panel decided, all of it voted on and most said; where the
 *          package asks for a panel there was one.  Nobody with a seat signed.
 *   [ST-15] Sub-certificates are numbered 1, 2, 3 .. and no two alike; none
 *          ends after the main one, has a scope outside of its own while it
 *          runs, or lives on when it is over.
 *
 * An evaluation is a round: the application's is the first, and while the
 * certificate lives each surveillance is another.  A round has its own plan,
 * team, findings, nonconformities, report and decision; what it does not judge
 * anew stays as the rounds before left it.
 *
 * state_invariant() checks [ST-1]..[ST-15].  Events that our rules made keep
 * them; decide() refuses to go on from a state that broke one, so a journal
 * that somebody else made cannot lead a rule astray.
 */

#include "base/day.h"
#include "base/err.h"
#include "domain/event.h"
#include "domain/events.h"
#include "domain/change.h"
#include "domain/condition.h"
#include "domain/mark.h"
#include "domain/panel.h"
#include "domain/papers.h"
#include "domain/score.h"
#include "domain/standing.h"
#include "domain/sub.h"
#include "scheme/scheme.h"

struct arena;

enum {
    NONCONFORMITY_MAX = 500, /* in a case, over all its rounds */
    CUSTOMER_MAX = 180,      /* drawn in all, replacements too */
    EVALUATOR_MAX = 64,      /* in one evaluation */
    DOCUMENT_MAX = 500,      /* in one case */
    INVOLVED_MAX = 512,      /* who had a part, in all rounds */
    COMPLAINT_MAX = 100,
    APPEAL_MAX = 50,   /* filed, in one case */
    MARK_MAX = 200,    /* uses asked for, in one case */
    MISUSE_MAX = 100,  /* recorded, in one case */
    MESSAGE_MAX = 500, /* sent, in one case */
    SITE_MAX = 2000,   /* of one application */
};

/* What has to happen before a suspension may be lifted, as far as the journal
 * tells: a round that is granted, or a surveillance that is. life.c [LI9] */
enum cure { CURE_TOLD, CURE_ROUND, CURE_SURVEILLANCE };

/* Who has to act for the case to go on; nobody once it has ended. */
enum waiting { WAITING_BODY, WAITING_APPLICANT, WAITING_NOBODY };

enum ending {
    ENDING_NONE,
    ENDING_DECLINED,
    ENDING_WITHDRAWN,
    ENDING_REFUSED,
    ENDING_CLOSED, /* the certificate's time is over */
};

/* Per requirement: the newest document, and how it was judged. */
struct requirement_state {
    const struct document *document;   /* NULL: none yet */
    const struct judgement *judgement; /* NULL: not judged since */
};

/* Per leaf: the newest finding and who made it. */
struct leaf_state {
    const struct finding *finding; /* NULL: not yet judged on site */
    id auditor;
};

enum correction_state {
    CORRECTION_OPEN, /* not submitted, or sent back */
    CORRECTION_SUBMITTED,
    CORRECTION_ACCEPTED,
};

struct nonconformity_state {
    const struct nonconformity *raised;
    const struct correction *correction;      /* newest; NULL: none yet */
    const struct correction_verdict *verdict; /* newest; NULL: none yet */
    enum correction_state state;
    bool special; /* it came with a special deduction */
    day on;       /* it was raised */
};

struct sample_state {
    const struct sample_commitment *commitment;
    const struct sample_nonce *nonce;
    const struct sample_drawn *drawn;
    struct sample_answer answers[CUSTOMER_MAX];
    int32_t asked;
    int32_t reached;
    int32_t satisfied;
    day drawn_on;                        /* where there is a draw */
    const struct sample_call *last_call; /* to the next customer; NULL: none */
    int32_t calls;                       /* to the next customer, in vain .. */
    int32_t called;                      /* .. and to all of them */
};

struct complaint_state {
    const struct complaint *complaint;
    id assigned; /* zero: to nobody yet */
    const struct complaint_answer *answer;
    day recorded;
    day answered; /* where there is an answer */
};

/* Their words stand in the journal alone. */
struct message_state {
    int64_t sent;
    int64_t waits; /* number of the enterprise's first that nobody of the body
                      answered or settled; 0: none */
    day since;     /* that was sent; where there is one */
};

/* What became of a use of the mark that was asked for. */
enum mark_standing { MARK_ASKED, MARK_APPROVED, MARK_REFUSED, MARK_STOPPED };

struct mark_state {
    const struct mark_asked *asked;
    day since; /* it was asked for */
    enum mark_standing standing;
    str note; /* conditions of the approval, or reasons against it */
};

struct misuse_state {
    const struct misuse *misuse;
    day since;                            /* it was recorded */
    const struct misuse_settled *settled; /* NULL: open */
};

struct sub_state {
    const struct sub_certificate *sub;
    day ended;  /* alone or with the main one; DAY_NEVER: neither */
    bool alone; /* the former */
    bool anew;  /* it was issued again, in other words */
};

struct appeal_state {
    const struct appeal *appeal; /* the newest; NULL: none */
    const struct appeal_panel *panel;
    const struct appeal_decision *decision; /* NULL: open */
    day filed;
};

/* Any appeal of the case, the newest too: what the register of appeals shows
 * of it. */
struct appeal_heard {
    const struct appeal *appeal;
    const struct appeal_panel *panel;       /* NULL: not assigned yet */
    const struct appeal_decision *decision; /* NULL: open */
    day filed;
    day decided; /* where there is a decision */
};

/* Whoever took part in an evaluation, and so has no part in its decision. */
struct evaluators {
    id people[EVALUATOR_MAX];
    int32_t n;
};

/* --- money --- */
enum { INVOICE_MAX = 100, OFFER_MAX = 50, COST_MAX = 50 };

struct invoice_state {
    const struct invoice *issued;
    int64_t paid; /* what was settled with it, too */
    bool cancelled;
};

/* An audit that the quote does not price, once it was held, and what the fee
 * rules ask for it (invoice_audit.c). */
struct audit_held {
    enum round_kind round;
    bool again; /* after a major nonconformity */
    day on;
    int64_t fees;
    int64_t travel;
};

struct money_state {
    struct hash offer;                  /* hash of the newest quote's event */
    const struct acceptance *agreement; /* the body's; NULL: not signed */
    struct invoice_state invoices[INVOICE_MAX];
    int32_t invoice_count;
    int64_t loose; /* of state.paid, against no invoice yet */
    int64_t later; /* paid for surveillances, and for audits by themselves */
    struct audit_held held[INVOICE_MAX];
    int32_t held_count;
    bool round_held; /* an audit of the round under way */
    int64_t refunded;
    enum stage ended_in; /* the stage in which the case ended */
    const struct offer *offers[OFFER_MAX]; /* the newest of each body */
    int32_t offer_count;
    const struct own_cost *costs[COST_MAX]; /* the newest of each provider */
    int32_t cost_count;
};

/* People of the team who came during the audit, and whom the enterprise may
 * still object to, until plan->objection_due (plan.c [PL7]). */
struct replacement {
    const struct plan *before; /* that it agreed to; NULL: nobody is new */
    day since;
};

/* Days that come once, whatever happens afterwards: the case first came to each
 * stage, and first went on from it; it was first refused, an appeal was first
 * filed in it, and first upheld.  DAY_NEVER: not yet.  tally.h counts them. */
struct passed {
    day came[STAGE_COUNT];
    day went[STAGE_COUNT];
    day refused;
    day appealed;
    day overturned;
};

struct state {
    const struct scheme *scheme;
    id id;           /* of the stream; zero before the first event */
    int64_t version; /* events applied */
    struct hash head;

    enum stage stage;
    day stage_since;
    enum waiting waiting;
    day due; /* the limit in force; DAY_NEVER: none */
    bool due_provisional;
    enum ending ending;
    bool bad_move; /* [ST-1] was broken */
    bool overflow; /* [ST-8] was broken */
    struct passed passed;

    const struct case_opened *opened;
    day opened_on;
    const struct transfer *transfer; /* of a transfer: the other body's */
    const struct eligibility_answered *eligibility;
    const struct assessment_recorded *assessment;
    const struct application *application;
    day applied_on;
    const struct supplement_asked *supplement;
    struct requirement_state *requirements; /* one a requirement */
    int32_t document_count;

    const struct quote *quote;
    bool client_accepted;
    bool body_signed;
    int64_t paid; /* fen, for the first certification */
    struct money_state money;

    const struct revision *revision; /* newest asked; NULL once passed */

    const struct sites_drawn *sites_drawn; /* of this round; NULL: none */
    const struct plan *plan;
    bool plan_agreed;
    str objection; /* to the newest plan; empty: none */
    struct replacement replacement;

    /* the round under way, or the newest */
    enum round_kind round;
    int32_t rounds; /* begun after the first */
    id lead;        /* of the rounds before, and .. */
    int32_t led;    /* .. how many of them in a row */
    struct evaluators evaluators;
    id involved[INVOLVED_MAX]; /* who decided, and evaluated rounds before */
    int32_t involved_count;
    struct answer *carried; /* one a leaf: as earlier rounds left it */
    struct ratio carried_sample;

    bool opening_held;
    bool closing_held;
    struct leaf_state *leaves; /* one a leaf */
    int32_t leaves_found;
    struct figure_record *figures; /* one a figure; n = 0: none */
    int32_t deductions;
    bool deducting; /* the nonconformity of a deduction comes next */
    bool bonus;
    const struct defence *defence;
    struct sample_state sample;
    struct nonconformity_state nonconformities[NONCONFORMITY_MAX];
    int32_t nonconformity_count;
    int32_t round_first; /* the first one raised in the newest site audit */
    int32_t audits;      /* site audits begun */
    int32_t papers;      /* interviews and observations, in all rounds */

    const struct report *report;
    day reported_on;
    bool acknowledged;
    day correct_until; /* DAY_NEVER: nothing to correct */
    str question;      /* the reviewer's, open; empty: none */

    struct panel_state panel; /* that decides this round */
    struct evaluators seated; /* who had a seat on one in this round */
    const struct decision *decision;
    id decided_by;
    id signed_by;

    const struct certificate *certificate;
    str scope; /* of the certificate: as reduced, or as it says */
    str scope_en;
    day scope_since;                /* both are what they are */
    const struct change *change;    /* asked for, not yet judged; NULL: none */
    day change_since;               /* it was asked for */
    int64_t changes;                /* asked for in all */
    bool extension_granted;         /* by a round, not yet on the certificate */
    const struct decision *granted; /* what the certificate rests on */
    id granted_by;                  /* its second signature */
    int32_t surveillances;          /* concluded with the certificate kept */
    bool suspension_proposed;       /* by the newest round; a person acts */
    day surveillance_due;
    day act_by; /* suspension_proposed: the body acts by then */
    enum certificate_status status; /* of the certificate */
    day suspended_until;            /* at the longest; else DAY_NEVER */
    enum cure cure;                 /* before it may be restored */
    const struct ending_reasons *withdrawal; /* decided, not yet signed */
    id withdrawal_by;
    const struct reduction *reduction; /* decided, not yet signed */
    id reduction_by;
    bool cancellation_asked; /* by the enterprise */
    struct condition_state conditions[CONDITION_MAX];
    int32_t condition_count;
    struct appeal_state appeal;
    struct appeal_heard appeals[APPEAL_MAX];
    int32_t appeal_count;
    id refused_by; /* who decided what an appeal sent back; else zero */
    const struct panel *refused_panel; /* likewise, where it was a panel */
    struct complaint_state complaints[COMPLAINT_MAX];
    int32_t complaint_count;
    struct message_state messages;
    struct mark_state marks[MARK_MAX];
    int32_t mark_count;
    struct misuse_state misuses[MISUSE_MAX];
    int32_t misuse_count;
    struct sub_state subs[SUB_MAX];
    int32_t sub_count;
    bool site_gone[SITE_MAX]; /* by place in the application: it left */
    bool site_seen[SITE_MAX]; /* likewise: the newest site audit was there */
};

/* An empty case under `scheme`, which must outlive it. */
err state_new(struct arena *a, const struct scheme *scheme, struct state **out);

/* Fold one event in.  Total.  `e` must outlive the state. */
void apply(struct state *s, const struct event *e);

/* NULL when all of [ST-1]..[ST-15] hold, else the name of one that does not. */
const char *state_invariant(const struct state *s);

/* [ST-12] */
bool state_money_adds_up(const struct state *s);

/* What the enterprise still owes of the first certification, in fen: of a case
 * that was declined or withdrawn no more than was invoiced and not cancelled,
 * else what of the quote is not paid (invoice.c [IN5]).  There is a quote. */
int64_t state_owed(const struct state *s);

/* What the fee rules leave to invoice for audit number `audit`, from 1, of
 * those that the quote does not price (invoice_audit.c). */
int64_t state_audit_left(const struct state *s, int64_t audit);

/* What the contract leaves to invoice, in fen: of the first certification for
 * that kind of line, of the surveillances for both kinds together (invoice.c
 * [IN1]).  There is a quote. */
int64_t state_first_left(const struct state *s, int kind);
int64_t state_surveillance_left(const struct state *s);

/* What the contract gives back of a case that ended before its decision and was
 * not given back yet; 0: nothing (invoice.c [IN4]). */
int64_t state_refund_owed(const struct state *s);

/* --- questions the rules and the faces ask ---------------------------- */

bool state_is_member(const struct state *s, id person); /* of the team */
bool state_is_lead(const struct state *s, id person);   /* of the team */
/* Is `person` on the team of `p`?  Nobody is when it is NULL. */
bool plan_names(const struct plan *p, id person);
/* May the enterprise still object to who is new, or did it?  plan.c [PL7] */
bool state_replacement_open(const struct state *s, day on);
/* Is `person` new on the team, and kept waiting by that? */
bool state_is_kept_waiting(const struct state *s, id person, day on);
/* Took part in the round under way. */
bool state_is_evaluator(const struct state *s, id person);
/* Had any part in the case: evaluated, planned to, decided or signed?  Who did
 * hears no appeal and no complaint about it [17065 7.13.5]. */
bool state_is_involved(const struct state *s, id person);
/* Had a seat on a panel of the round under way; decided what an appeal sent
 * back (appeal.c [AP4]). */
bool state_was_seated(const struct state *s, id person);
bool state_was_overruled(const struct state *s, id person);
/* Decided or signed in the round under way, or had a seat on its panel. */
bool state_decides(const struct state *s, id person);
/* May `person` take part, or is the list of evaluators full? [ST-8] */
bool state_has_room(const struct state *s, id person);

/* The number of the contract: the body's own, else the case's. */
str state_contract_number(const struct state *s);

/* The same as a refusal: ERR_NOT_FOUND "mark.number" (number, most),
 * ERR_REFUSED "mark.no_use" (number), "mark.suspended" (until), "mark.over". */
err mark_check_use(struct arena *a, const struct state *s, int64_t number,
                   day today);

/* Does what the sub-certificate says of its own scope stand in that of the
 * certificate, or in that of an erratum that is being approved?  sub.c [SU3]
 * [SU7] */
bool sub_within_scope(const struct state *s, const struct sub_certificate *sub);

/* Are nonconformities of this grade corrected?  Minor and major ones are. */
bool grade_is_corrected(int grade);

/* May the mark be used today as use `number` was approved?  mark.c [MK3] */
bool mark_may_be_used(const struct state *s, int64_t number, day today);

/* Still to be corrected: raised as minor or major and not accepted. */
int32_t state_open_nonconformities(const struct state *s);
/* Did the newest site audit raise a major one? [M18] */
bool state_has_major(const struct state *s);

/* The score by the findings so far, verified corrections counted where the
 * package lets them (indicator.corrects). */
void state_score(const struct state *s, struct score *out);

/* Must this round judge leaf `leaf` anew? */
bool state_round_judges(const struct state *s, int32_t leaf);
/* Does this round draw customers, hear the managers, take the figures anew? */
bool state_round_samples(const struct state *s);
bool state_round_defends(const struct state *s);
bool state_round_figures(const struct state *s);

/* What a finding says of its indicator, as it was recorded. */
struct answer finding_answer(const struct finding *found);

/* What that score is made of; `assessment` points into the rest. */
struct findings {
    struct answer answers[LEAF_MAX];
    struct ratio figures[FIGURE_MAX];
    struct assessment assessment;
};
void state_findings(const struct state *s, struct findings *out);

/* Is requirement `r` met by the documents on file, on day `on`?  `why` says
 * what is lacking when not. */
bool state_requirement_met(const struct state *s, int32_t r, day on,
                           enum lack *why);

/* Is `d` of the days that requirement `r` asks for, counted back from `on`?
 * Where it has a period the document's last day lies in it; where it wants the
 * whole, the document also begins before it, or when the enterprise did, and
 * ends at most `lag` before `on` (docs/decisions/evidence-of-a-period.md). */
bool state_document_fits(const struct state *s, int32_t r,
                         const struct document *d, day on, enum lack *why);

#endif
