#ifndef DOMAIN_TEST_LEDGER_PARTS_H
#define DOMAIN_TEST_LEDGER_PARTS_H

/*
 * test_ledger_parts -- inside the ledger: what its files share.
 */

#include "domain/test_ledger.h"

/* What a page looks at: the data of event `e` as what they are. */
#define DATA(type, name, e) const struct type *name = (e)->data

/* --- who is who (test_ledger.c) ------------------------------------------- */

bool ledger_among(const struct ledger_people *p, id person);
void ledger_remember(struct ledger_people *p, id person);
bool ledger_is_tied(const struct ledger *l, id person, day on);
void ledger_remember_team(struct ledger_people *p, const struct plan *plan);
bool ledger_in_team(const struct plan *plan, id person);

/* One lead, nobody with a tie, days that are not gone by: NULL, or what not. */
const char *ledger_check_plan(const struct ledger *l, const struct plan *p,
                              day on);

/* The application's site of this name, or NULL; did it leave? */
const struct site *ledger_site(const struct ledger *l, str name);
bool ledger_left(const struct ledger *l, str site);

/* Where the pages of a round begin and end are blank again. */
void ledger_begin_round(struct ledger *l);

/* --- money (test_ledger_money.c) ------------------------------------------ */

const char *enter_quote(struct ledger *l, const struct event *e);
const char *enter_payment(struct ledger *l, const struct event *e);
const char *enter_invoice(struct ledger *l, const struct event *e);
const char *enter_cancelling(struct ledger *l, const struct event *e);
const char *enter_refund(struct ledger *l, const struct event *e);

/* --- the site audit (test_ledger_audit.c) --------------------------------- */

/* What this round found is what the next one begins with. */
void ledger_carry(struct ledger *l);
bool ledger_anything_open(const struct ledger *l);
bool ledger_reaches(const struct ledger *l, int32_t level);
bool ledger_agrees(const struct ledger *l);

/* Hundredths, truncated, of the score as it is. */
bool ledger_is_shown(const struct ledger *l, int64_t shown);

const char *enter_opening(struct ledger *l, const struct event *e);
/* Does the plan visit this site? */
bool ledger_visits(const struct plan *plan, str site);
const char *enter_agreement(struct ledger *l, const struct event *e);
const char *enter_objection(struct ledger *l, const struct event *e);
/* Is the actor of the team known to the enterprise, or did its day pass? */
bool ledger_knows(const struct ledger *l, const struct event *e);
const char *enter_replacement(struct ledger *l, const struct event *e);
const char *enter_narrowing(struct ledger *l, const struct event *e);
const char *enter_finding(struct ledger *l, const struct event *e);
const char *enter_figure(struct ledger *l, const struct event *e);
const char *enter_special(struct ledger *l, const struct event *e);
const char *enter_nonconformity(struct ledger *l, const struct event *e);
const char *enter_commitment(struct ledger *l, const struct event *e);
const char *enter_nonce(struct ledger *l, const struct event *e);
const char *enter_drawn(struct ledger *l, const struct event *e);
const char *enter_customer(struct ledger *l, const struct event *e);

/* --- working papers (test_ledger_papers.c) -------------------------------- */

const char *enter_interview(struct ledger *l, const struct event *e);
const char *enter_observation(struct ledger *l, const struct event *e);
const char *enter_call(struct ledger *l, const struct event *e);

/* The customer at position `x` is done with: were they called often enough? */
const char *ledger_end_calls(struct ledger *l, const struct sample_answer *x);

/* --- from the report on (test_ledger_end.c) ------------------------------- */

void ledger_held(struct ledger *l);
const char *enter_closing(struct ledger *l, const struct event *e);
const char *enter_report(struct ledger *l, const struct event *e);
const char *enter_correction(struct ledger *l, const struct event *e);
const char *enter_verdict(struct ledger *l, const struct event *e);
const char *enter_extension(struct ledger *l, const struct event *e);
const char *enter_decision(struct ledger *l, const struct event *e);
const char *enter_record(struct ledger *l, const struct event *e);
const char *enter_signature(struct ledger *l, const struct event *e);
const char *enter_certificate(struct ledger *l, const struct event *e);
const char *enter_round(struct ledger *l, const struct event *e);

/* --- with a decision (test_ledger_decide.c) ------------------------------- */

/* NULL, or why a panel did not decide so. */
const char *ledger_check_panel(const struct ledger *l, const struct event *e);

const char *enter_panel_named(struct ledger *l, const struct event *e);
const char *enter_return(struct ledger *l, const struct event *e);
const char *enter_advice(struct ledger *l, const struct event *e);
const char *enter_motion(struct ledger *l, const struct event *e);
const char *enter_vote(struct ledger *l, const struct event *e);

/* A decision to grant was signed: its conditions bind. */
const char *ledger_keep_conditions(struct ledger *l, day on);

const char *enter_condition_answer(struct ledger *l, const struct event *e);
const char *enter_condition_verdict(struct ledger *l, const struct event *e);
const char *enter_condition_extension(struct ledger *l, const struct event *e);

/* --- the life of a certificate, voices (test_ledger_life.c) --------------- */

const char *enter_suspension(struct ledger *l, const struct event *e);
const char *enter_lifting(struct ledger *l, const struct event *e);
const char *enter_withdrawal(struct ledger *l, const struct event *e);
const char *enter_withdrawn(struct ledger *l, const struct event *e);
const char *enter_cancelled(struct ledger *l, const struct event *e);
const char *enter_expired(struct ledger *l, const struct event *e);
const char *enter_change(struct ledger *l, const struct event *e);
const char *enter_no_change(struct ledger *l, const struct event *e);
const char *enter_changed(struct ledger *l, const struct event *e);
const char *enter_lone_reduction(struct ledger *l, const struct event *e);
const char *enter_reduction(struct ledger *l, const struct event *e);
const char *enter_reduced(struct ledger *l, const struct event *e);
const char *enter_no_reduction(struct ledger *l, const struct event *e);
const char *enter_sub(struct ledger *l, const struct event *e);
const char *enter_sub_end(struct ledger *l, const struct event *e);
const char *enter_mark(struct ledger *l, const struct event *e);
const char *enter_approval(struct ledger *l, const struct event *e);
const char *enter_settling(struct ledger *l, const struct event *e);
const char *enter_misuse(struct ledger *l, const struct event *e);
const char *enter_appeal(struct ledger *l, const struct event *e);
const char *enter_panel(struct ledger *l, const struct event *e);
const char *enter_ruling(struct ledger *l, const struct event *e);
const char *enter_message(struct ledger *l, const struct event *e);
const char *enter_message_settled(struct ledger *l, const struct event *e);
const char *enter_complaint(struct ledger *l, const struct event *e);
const char *enter_transfer(struct ledger *l, const struct event *e);

#endif
