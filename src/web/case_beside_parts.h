#ifndef WEB_CASE_BESIDE_PARTS_H
#define WEB_CASE_BESIDE_PARTS_H

/* case_beside_parts -- inside case_beside: facts in the making. */

#include "web/case_beside.h"

struct beside {
    const struct case_view *v;
    const char *command;
    int64_t about; /* number of what the command is about; 0: none */
    struct page_command_beside_facts *facts;
    size_t facts_n;
    struct page_command_beside_notes *notes;
    size_t notes_n;
};

enum { BESIDE_FACTS = 24, BESIDE_NOTES = 24 };

/* What a group of commands has beside its form. */
typedef err beside_facts(struct beside *b);

/* One more, under a label of the catalogues; of an empty text nothing. */
err beside_text(struct beside *b, const char *label, str text);
/* A sentence with its arguments. */
err beside_say(struct beside *b, const char *label, const char *message,
               const struct err_arg *args);
err beside_count(struct beside *b, const char *label, int64_t n);
err beside_days(struct beside *b, const char *label, int64_t tenths);
err beside_money(struct beside *b, const char *label, int64_t fen);
/* Nothing of DAY_NEVER. */
err beside_day(struct beside *b, const char *label, day d);
/* What somebody wrote, with what stands over it; nothing of an empty text, and
 * of more than fit nothing. */
void beside_note(struct beside *b, str over, str text);
/* The same of one that the command may be about: it leads to the form that is.
 */
void beside_choice(struct beside *b, str over, str text, int64_t number);

/* --- case_beside_money.c -------------------------------------------------- */
beside_facts beside_estimate; /* what the fee rules make of the application */
beside_facts beside_quote;    /* that was made */
beside_facts beside_accounts;

/* --- case_beside_audit.c -------------------------------------------------- */
beside_facts beside_application;
beside_facts beside_plan;
beside_facts beside_progress; /* of the audit */
beside_facts beside_figure;   /* what service records say (case_sheets.c) */
beside_facts beside_finding;  /* likewise, with the progress */
beside_facts beside_score;
beside_facts beside_decision;
beside_facts beside_nonconformity;

/* --- case_beside_after.c -------------------------------------------------- */
beside_facts beside_certificate;
beside_facts beside_condition;
beside_facts beside_complaint;
beside_facts beside_appeal;
beside_facts beside_change;
beside_facts beside_mark;
beside_facts beside_misuse;

#endif
