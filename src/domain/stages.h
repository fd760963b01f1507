#ifndef DOMAIN_STAGES_H
#define DOMAIN_STAGES_H

/*
 * stages -- inside the domain room: the command and event tables of each
 * stage's file, and the records several of them share.
 *
 * A stage's file holds, for each of its commands, the rule that judges it, and
 * for each of its events, the function that folds it in, side by side.
 */

#include "domain/command.h"
#include "domain/commands.h"
#include "domain/event.h"
#include "domain/events.h"
#include "domain/names.h"
#include "domain/state.h"

struct stage_tables {
    const struct command_kind *commands;
    size_t command_count;
    const struct event_kind *events;
    size_t event_count;
};

extern const struct stage_tables preparation_tables;
extern const struct stage_tables application_tables;
extern const struct stage_tables library_tables;
extern const struct stage_tables completeness_tables;
extern const struct stage_tables contract_tables;
extern const struct stage_tables review_tables;
extern const struct stage_tables plan_tables;
extern const struct stage_tables sites_tables;
extern const struct stage_tables audit_tables;
extern const struct stage_tables sample_tables;
extern const struct stage_tables calls_tables;
extern const struct stage_tables papers_tables;
extern const struct stage_tables report_tables;
extern const struct stage_tables correction_tables;
extern const struct stage_tables decision_tables;
extern const struct stage_tables certificate_tables;
extern const struct stage_tables upkeep_tables;
extern const struct stage_tables life_tables;
extern const struct stage_tables follow_tables;
extern const struct stage_tables appeal_tables;
extern const struct stage_tables complaint_tables;
extern const struct stage_tables quote_tables;
extern const struct stage_tables invoice_tables;
extern const struct stage_tables offers_tables;
extern const struct stage_tables mark_tables;
extern const struct stage_tables change_tables;
extern const struct stage_tables condition_tables;
extern const struct stage_tables panel_tables;
extern const struct stage_tables motion_tables;
extern const struct stage_tables sub_tables;
extern const struct stage_tables message_tables;
extern const struct stage_tables credential_tables;
extern const struct stage_tables risk_tables;
extern const struct stage_tables import_tables;
extern const struct stage_tables key_tables;       /* no case: the body */
extern const struct stage_tables register_tables;  /* no case: people .. */
extern const struct stage_tables reporting_tables; /* no case: the body */

extern const struct record person_qualified_record;
extern const struct record person_roles_record;
extern const struct record person_related_record;
extern const struct record enterprise_changed_record;
extern const struct record body_fields_record;
extern const struct record body_changed_record;
extern const struct record nothing_record;
extern const struct record note_record;
extern const struct record reasons_record;
extern const struct record reply_record;
extern const struct record figure_reply_record;
extern const struct record sites_drawn_record;
extern const struct record plan_record;
/* for view.c */
extern const struct record document_record;
extern const struct record eligibility_answered_record;
extern const struct record application_record;
extern const struct record supplement_asked_record;
extern const struct record quote_record;
extern const struct record acceptance_record;
extern const struct record invoice_record;
extern const struct record offer_record;
extern const struct record own_cost_record;
extern const struct record judgement_record;
extern const struct record revision_record;
extern const struct record finding_record;
extern const struct record interview_record;
extern const struct record observation_record;
extern const struct record risk_note_record;
extern const struct record sample_call_record;
extern const struct record nonconformity_record;
extern const struct record defence_record;
extern const struct record correction_record;
extern const struct record correction_verdict_record;
extern const struct record report_record;
extern const struct record decision_record;
extern const struct record panel_record;
extern const struct record vote_record;
extern const struct record advice_record;
extern const struct record motion_record;
extern const struct record certificate_record;
extern const struct record mark_asked_record;
extern const struct record change_record;
extern const struct record reduction_record;
extern const struct record sub_record;
extern const struct record misuse_record_of;
extern const struct record misuse_settled_record;
extern const struct record condition_answer_record;
extern const struct record condition_verdict_record;
extern const struct record condition_extension_record;

/* The command is refused by a rule of the trade; the id names which. */
#define REFUSE(a, id, ...)                                                     \
    return err_new((a), ERR_REFUSED, (id)__VA_OPT__(, ) __VA_ARGS__)

/* The data of `e` as what it is. */
#define EVENT_DATA(type, name, e) const struct type *name = (e)->data

/* --- folding ------------------------------------------------------------ */

/* The stage begins on the day of event `e`, with no limit and the body's turn;
 * a caller that knows better says so with state_wait() afterwards. */
void state_enter(struct state *s, enum stage to, const struct event *e);

/* One of state.passed has happened now, unless it has before. */
void state_first(day *passed, const struct event *e);

/* The case ends for good. */
void state_end(struct state *s, enum ending how, const struct event *e);

/* Whose turn it is, and until when. */
void state_wait(struct state *s, enum waiting for_whom, day due,
                bool provisional);

/* The certificate has this scope from the day of event `e` on. */
void state_take_scope(struct state *s, str scope, str scope_en,
                      const struct event *e);

/* Remember who took part in the evaluation: one person, a whole team. */
void state_add_evaluator(struct state *s, id person);
void state_add_team(struct state *s, const struct plan *plan);

/* Remember who had another part in the case: decided, signed, suspended .. */
void state_involve(struct state *s, id person);

/* Remember who had a seat on a panel of this round. */
void state_seat(struct state *s, id person);

/* [RV3] Once every gap is closed it is the body's turn again. */
void review_settle(struct state *s);

/* --- judging ------------------------------------------------------------ */

/* The check of completeness that begins today: by when, the package says. [M12]
 */
struct deadline completeness_limit(const struct state *s,
                                   const struct facts *f);

/* May documents come now; have so many more room; and is this a requirement
 * that one may answer now? */
err document_ready(struct arena *a, const struct state *s);
err document_room(struct arena *a, const struct state *s, size_t n);
err document_requirement(struct arena *a, const struct state *s,
                         str requirement, int32_t *out);

/* May the document of requirement `r` be replaced in the review? [RV3] */
bool review_may_replace(const struct state *s, int32_t r);

/* A reply as an answer, checked against the scheme: the indicator is a leaf,
 * the kind fits, a reason is given where one is needed. */
err reply_check(struct arena *a, const struct scheme *s,
                const struct reply *reply, int32_t *leaf, struct answer *out);

/* The same unchecked, for what is on record: total, ANSWER_NONE for what is no
 * answer. */
struct answer reply_answer(int result, int64_t k, int64_t n);

/* Figures: known to the scheme, 0 <= k <= n, n >= 1. */
err figure_check(struct arena *a, const struct scheme *s, str figure, int64_t k,
                 int64_t n, int32_t *out);

/* A round is over: when the body has to do something next. */
day upkeep_next_due(const struct state *s, const struct facts *f, bool kept);

/* --- money -------------------------------------------------------------- */

extern const struct record approved_list_record;
extern const struct record subsidy_list_record;
/* "register.approval", "register.approval_twice" (approval); "subsidy.link"
 * (programme), "subsidy.over" (programme, until, today). */
err approved_list_check(struct arena *a, const struct approved_list *list);
err subsidy_list_check(struct arena *a, const struct subsidy_list *list,
                       day today);

enum { AMOUNT_MAX = 1000000000, LINES_MAX = 100 }; /* 10 million yuan a line */

/* What the lines of this kind come to; both kinds together. */
int64_t lines_sum(const struct list *lines, enum line_kind kind);
int64_t lines_total(const struct list *lines);

/* What of an invoice is not paid; nothing of one that was cancelled. */
int64_t invoice_open(const struct invoice_state *x);

/* --- invoice_audit.c */
/* An audit was held: event `e`. */
void invoice_audit_held(struct state *s, const struct event *e);
/* `made` is for an audit: settle which, check its lines, or make them.
 * ERR_REFUSED "invoice.no_audit", "invoice.audit_fees", "invoice.audit_travel"
 * (audit, left), "invoice.audit_done" (audit); ERR_INVALID
 * "invoice.which_audit" (audit, most). */
err invoice_audit_make(struct arena *a, const struct state *s,
                       struct invoice *made);
/* Of no audit more was invoiced than the rules ask. */
bool invoice_audits_add_up(const struct state *s);

struct json;
/* The quote, what was agreed, invoiced, paid and given back; null without a
 * quote.  NULL without memory. */
struct json *money_json(struct arena *a, const struct state *s);

/* Does this finding cost points? */
bool finding_costs(const struct finding *found);

/* --- planning ----------------------------------------------------------- */

/* Does the register say that the expert knows the field?  ERR_REFUSED
 * "team.expert_unknown", "team.expert_field" (login, field). */
err team_check_expert(struct arena *a, const struct person *p, str field);

/* What the package's table asks of this round for so many staff, in tenths of a
 * day; 0 when it has no row, or the round is no such audit. */
int32_t plan_table_days(const struct state *s);
/* plan.c [PL3]: table, adjustments, outlets; at least half a day where there is
 * a table at all. */
int64_t plan_needed_days(const struct state *s, const struct plan *p);
/* The modes that the package asks for in this round. */
unsigned plan_modes(const struct state *s);

/* A team as team.c says, as a list of struct team_member. */
err team_build(struct arena *a, const struct state *s, const struct facts *f,
               const struct plan_make *wish, struct list *out);

/* The sites to visit; `wish` empty: all. */
err sites_choose(struct arena *a, const struct state *s,
                 const struct list *wish, struct list *out);
/* The place of this site in the application, from 0; the number of sites there
 * when it is none of them. */
size_t sites_place(const struct state *s, str name);
/* May these sites leave the certificate?  Each is one that still belongs to it,
 * once, and none the headquarters. */
err sites_check_leaving(struct arena *a, const struct state *s,
                        const struct list *names);
/* They left. */
void sites_leave(struct state *s, const struct list *names);
/* The team was there: something was recorded of this site. */
void sites_see(struct state *s, str name);
/* ERR_REFUSED "changing.open_findings" (site): the round under way found there
 * what is not settled. [SI6] */
err sites_check_found(struct arena *a, const struct state *s,
                      const struct list *leaving);
/* What the plan visits when `leaving` leave.  ERR_REFUSED "changing.few_sites"
 * (visited, least). [SI5] */
err sites_narrow(struct arena *a, const struct state *s,
                 const struct list *leaving, struct list *out);
/* Where a round is under way: may these sites leave, and if its plan was to
 * visit them, the event of the plan without them.  plan.c [PL6] */
err plan_narrow(struct arena *a, const struct state *s, const struct facts *f,
                const struct list *leaving, struct event_list *out);
/* Is this one of the sites that the plan visits? */
bool sites_visits(const struct plan *plan, str site);
/* How many of these are outlets. */
int64_t sites_outlets(const struct state *s, const struct list *sites);
/* Branches and outlets this round visits at least; and the sum behind it. */
int64_t sites_least(const struct state *s);
int64_t sites_least_of(int64_t share, int64_t x);

/* --- the sample --------------------------------------------------------- */

/* May another drawn customer be called or asked? */
err sampling_ready(struct arena *a, const struct state *s);
/* Is it their turn? [SA4] */
err sampling_check_position(struct arena *a, const struct state *s,
                            int64_t position);

/* --- decisions ---------------------------------------------------------- */

/* Is a decision to be made: none is there, and no question open? */
err decision_ready(struct arena *a, const struct state *s);
/* May it be granted: nothing open; at the level `wish`, or the one reached;
 * the score in hundredths. */
err decision_may_grant(struct arena *a, const struct state *s, str wish,
                       str *level, int32_t *shown);
/* May it be refused: while corrections come, not before their limit. */
err decision_may_refuse(struct arena *a, const struct state *s,
                        const struct facts *f);

/* --- panels, of a decision and of an appeal ------------------------------ */

/* Who may have a seat, and what is said to whom may not, each with (login). */
struct seat_rule {
    enum role role;
    /* Of the part they had in the case; NULL: none. */
    const char *(*had_part)(const struct state *s, id person);
    const char *not_role;
    const char *tied; /* to the enterprise */
};

/* The person with this login, who may; "plan.person", "plan.left". */
err seat_check(struct arena *a, const struct state *s, const struct facts *f,
               const struct seat_rule *rule, str login, struct person *out);

/* Is the head free to sign what is decided in this round? panel.c [PN8] */
bool panel_may_sign(const struct state *s, const struct facts *f,
                    const struct person *head);

/* --- appeals ------------------------------------------------------------ */

bool appeal_is_open(const struct state *s);

/* --- cases that follow on a certificate --------------------------------- */

/* May a case of this kind be opened? */
err follow_check_open(struct arena *a, const struct scheme *s,
                      const struct case_open *wish, const struct facts *f);

/* May it be applied for, and may its certificate be issued, today? */
err follow_check_submit(struct arena *a, const struct state *s,
                        const struct facts *f);
err follow_check_issue(struct arena *a, const struct state *s,
                       const struct facts *f);
bool follow_is_late(const struct state *s, const struct facts *f);

/* What its certificate takes over from the one before. */
void follow_fill(struct certificate *made, const struct state *s,
                 const struct facts *f);

/* --- the life of a certificate ------------------------------------------ */

enum { SUSPEND_WITHIN = 5 }; /* calendar days (life.c [LI1]) */

/* ERR_REFUSED "life.expired" (until): its last valid day has passed, and what
 * is left to do is certificate.expire. */
err life_check_runs(struct arena *a, const struct state *s,
                    const struct facts *f);

/* Forget a reduction that was decided: it was signed, returned or appealed
 * against with success. [LI7] */
void life_drop_reduction(struct state *s);

/* --- sub-certificates --------------------------------------------------- */

/* What leaves a certificate, or is left of its scope. */
struct leaving {
    const struct list *sites; /* of str */
    int why;                  /* enum sub_ending, of theirs */
    str scope;                /* from now on */
    str scope_en;
    bool reworded; /* the scope is about the same, and only says so otherwise */
    str reasons;
};

/* End the sub-certificates of sites that leave, and those whose own scope is no
 * longer within the certificate's [SU5]; where it was reworded, issue those
 * anew that can follow it [SU7]. */
err sub_end_leaving(struct arena *a, const struct state *s,
                    const struct facts *f, const struct leaving *what,
                    struct event_list *out);

/* They are over with the certificate. [SU4] */
void sub_end_all(struct state *s, const struct event *e);

/* --- rounds ------------------------------------------------------------- */

/* A new site audit finds everything anew; the old one stays in the journal. */
void state_forget(struct state *s);

/* What this round found becomes what the next one begins with. */
void state_carry(struct state *s);

/* In upkeep: whose turn it is, and until when. */
void upkeep_settle(struct state *s);
/* In the round under way: the visit of a surveillance was made. */
bool upkeep_visited(const struct state *s);

/* Back to upkeep, with the certificate kept, or its suspension proposed. */
void upkeep_resume(struct state *s, const struct event *e, bool kept,
                   day next_due);

#endif
