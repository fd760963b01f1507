#ifndef WEB_CASE_OFFERS_PARTS_H
#define WEB_CASE_OFFERS_PARTS_H

/* case_offers_parts -- inside case_offers: choices in the making, and where
 * they come from. */

#include "domain/command.h"
#include "web/case_offers.h"

struct offering {
    const struct case_view *v;
    const char *command;
    struct record_choice *at;
    size_t n;
    size_t room;
    bool each; /* a row for each [RF9] */
};

/* Room for `n` choices, before any is added. */
err offering_room(struct offering *o, size_t n);

/* One more: what it is called, and perhaps something about it. */
err offering_add(struct offering *o, str value, str label, str more);

/* The same of what has a number. */
err offering_number(struct offering *o, int64_t number, str text);

/* "CATALOGUE.NAME" in the reader's language. */
err offering_word(const struct offering *o, const char *family,
                  const char *name, str *out);

/* What there is of a kind, into `o`. */
typedef err choice_source(struct offering *o);

/* --- of the scheme (case_offers_scheme.c) --------------------------------- */

choice_source offer_indicators;
choice_source offer_round_indicators; /* judged in this round */
choice_source offer_requirements;
choice_source offer_judged_requirements; /* with a document to be judged */
choice_source offer_figures;
choice_source offer_levels;
choice_source offer_levels_reached;
choice_source offer_declarations;
choice_source offer_modes;
choice_source offer_trades;

/* --- of the case (case_offers_case.c) ------------------------------------- */

choice_source offer_sites;
choice_source offer_visited_sites; /* by the plan */
choice_source offer_leaving_sites; /* all but the headquarters */
choice_source offer_documents;     /* by the hash of their content */
choice_source offer_library;       /* by case and requirement */
choice_source offer_sheets;        /* of service records (case_sheets.c) */
choice_source offer_quote;
choice_source offer_customer;
choice_source offer_open_nonconformities;
choice_source offer_answered_nonconformities;
choice_source offer_open_conditions;
choice_source offer_answered_conditions;
choice_source offer_unmet_conditions;
choice_source offer_unpaid_invoices;
choice_source offer_cancelled_invoices; /* that may be */
choice_source offer_audits;             /* without a price in the quote */
choice_source offer_new_complaints;
choice_source offer_own_complaints;
choice_source offer_change;
choice_source offer_asked_marks;
choice_source offer_approved_marks;
choice_source offer_marks;
choice_source offer_open_misuses;
choice_source offer_subs;

/* --- people (case_offers_people.c) ---------------------------------------- */

choice_source offer_leads;
choice_source offer_auditors;
choice_source offer_voters;
choice_source offer_advisers;
choice_source offer_appeal_panel;
choice_source offer_answerers;

#endif
