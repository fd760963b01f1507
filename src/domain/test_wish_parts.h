#ifndef DOMAIN_TEST_WISH_PARTS_H
#define DOMAIN_TEST_WISH_PARTS_H

/*
 * test_wish_parts -- inside the wishes of a walk: what each command's data is
 * to a sensible person, by stage of the case, and what those files share.
 */

#include "domain/events.h"
#include "domain/test_wish.h"

/* --- small things (test_wish.c) ------------------------------------------- */

/* A list of one text. */
struct list wish_one_text(struct walk *w, str text);

/* So many days from today, from `least` to `most`. */
day wish_in_days(struct walk *w, int32_t least, int32_t most);

/* The day on which `s` ends that begins today. */
day wish_end_of(struct walk *w, struct span s);

/* Mostly one who may advise. */
str wish_expert(struct walk *w);

/* Met, or nearly; `good` in a hundred are (test_wish_before.c). */
struct reply wish_reply(struct walk *w, size_t leaf, uint64_t good);

/* --- up to the site audit (test_wish_before.c) ---------------------------- */

/* Is a document missing, or has one a gap? */
bool wish_wants_documents(const struct walk *w);

void wish_case(struct walk *w, void *data);
void wish_transfer(struct walk *w, void *data);
void wish_eligibility(struct walk *w, void *data);
void wish_assessment(struct walk *w, void *data);
void wish_document(struct walk *w, void *data);
void wish_reuse(struct walk *w, void *data);
void wish_application(struct walk *w, void *data);
void wish_judgement(struct walk *w, void *data);
void wish_revision(struct walk *w, void *data);
void wish_plan(struct walk *w, void *data);
void wish_replacement(struct walk *w, void *data);

/* --- money (test_wish_money.c) -------------------------------------------- */

void wish_quote(struct walk *w, void *data);
void wish_accept(struct walk *w, void *data);
void wish_sign(struct walk *w, void *data);
void wish_payment(struct walk *w, void *data);
void wish_invoice(struct walk *w, void *data);
void wish_cancel(struct walk *w, void *data);
void wish_refund(struct walk *w, void *data);
void wish_offer(struct walk *w, void *data);
void wish_cost(struct walk *w, void *data);

/* --- from the site audit on (test_wish_after.c) --------------------------- */

/* Is there a leaf this round has to judge and did not? */
bool wish_wants_findings(const struct walk *w);

/* Is there something short of the mark that nobody raised?  Its leaf. */
bool wish_wants_raising(const struct walk *w, size_t *leaf);

void wish_finding(struct walk *w, void *data);
void wish_figure(struct walk *w, void *data);
void wish_special(struct walk *w, void *data);
void wish_nonconformity(struct walk *w, void *data);
void wish_commitment(struct walk *w, void *data);
void wish_nonce(struct walk *w, void *data);
void wish_reveal(struct walk *w, void *data);
void wish_customer(struct walk *w, void *data);
void wish_defence(struct walk *w, void *data);
void wish_report(struct walk *w, void *data);
void wish_correction(struct walk *w, void *data);
void wish_verdict(struct walk *w, void *data);
void wish_extension(struct walk *w, void *data);
void wish_grant(struct walk *w, void *data);
void wish_round(struct walk *w, void *data);
void wish_suspension(struct walk *w, void *data);
void wish_reduction(struct walk *w, void *data);
void wish_ending(struct walk *w, void *data);
void wish_appeal(struct walk *w, void *data);
void wish_panel(struct walk *w, void *data);
void wish_ruling(struct walk *w, void *data);
void wish_message(struct walk *w, void *data);
void wish_complaint(struct walk *w, void *data);
void wish_handler(struct walk *w, void *data);
void wish_answer(struct walk *w, void *data);

/* --- with a decision (test_wish_decide.c) ----------------------------------
 */

/* Conditions to go with it, mostly none. */
struct list wish_conditions(struct walk *w);

/* Is there a panel; did most of it say the same; or is that still to come? */
bool wish_has_panel(const struct walk *w);
bool wish_has_voted(const struct walk *w);
bool wish_waits_for_votes(const struct walk *w);

void wish_panel_name(struct walk *w, void *data);
void wish_advice(struct walk *w, void *data);
void wish_motion(struct walk *w, void *data);
void wish_vote(struct walk *w, void *data);
void wish_condition_answer(struct walk *w, void *data);
void wish_condition_verdict(struct walk *w, void *data);
void wish_condition_extension(struct walk *w, void *data);

/* --- changes (test_wish_mark.c) ------------------------------------------- */

void wish_change(struct walk *w, void *data);
void wish_change_approval(struct walk *w, void *data);
void wish_change_refusal(struct walk *w, void *data);

/* --- sub-certificates (test_wish_sub.c) ----------------------------------- */

/* Does any site lack one? */
bool wish_wants_sub(const struct walk *w);

void wish_sub(struct walk *w, void *data);
void wish_sub_end(struct walk *w, void *data);

/* Some site that could leave, seldom one that could not. */
struct list wish_leaving(struct walk *w);

/* --- the mark (test_wish_mark.c) ------------------------------------------ */

void wish_mark(struct walk *w, void *data);
void wish_approval(struct walk *w, void *data);
void wish_mark_reasons(struct walk *w, void *data);
void wish_misuse(struct walk *w, void *data);
void wish_settling(struct walk *w, void *data);

/* --- working papers (test_wish_papers.c) ---------------------------------- */

void wish_interview(struct walk *w, void *data);
void wish_observation(struct walk *w, void *data);
void wish_risk(struct walk *w, void *data);
void wish_call(struct walk *w, void *data);

#endif
