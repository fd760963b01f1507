#ifndef WEB_CASE_FIRST_PARTS_H
#define WEB_CASE_FIRST_PARTS_H

/* case_first_parts -- inside case_first: a value in the making. */

#include "codec/json.h"
#include "web/case_first.h"

struct first {
    const struct case_view *v;
    const struct record_form_of *of;
    struct arena *arena;
    struct json *value; /* an object */
    int64_t number;     /* of the task; 0: none */
};

/* What a command begins with, beside what any does. */
typedef err first_values(struct first *x);

/* Into `object`; nothing of an empty text, of 0 and of DAY_NEVER. */
err first_text(struct first *x, struct json *object, const char *name,
               str text);
err first_number(struct first *x, struct json *object, const char *name,
                 int64_t n);
err first_day(struct first *x, struct json *object, const char *name, day d);
/* Of str. */
err first_texts(struct first *x, struct json *object, const char *name,
                const struct list *texts);

/* Of what has a number: the one the task is about, or the only one that is
 * offered; else 0. */
int64_t first_meant(const struct first *x);

/* Row by row: an array as member `name` of the value, and an object more. */
struct json *first_rows(struct first *x, const char *name);
struct json *first_row(struct first *x, struct json *rows);

/* --- the enterprise, and money (case_first_money.c) ----------------------- */

first_values first_declarations;
first_values first_assessment;
first_values first_application;
first_values first_quote;
first_values first_acceptance;
first_values first_offer;
first_values first_invoice; /* case_first_invoice.c */
first_values first_payment;
first_values first_refund;

/* --- what the public reported (case_first_report.c) ----------------------- */

first_values first_report_complaint;
first_values first_report_misuse;

/* --- the audit and what follows (case_first_audit.c) ---------------------- */

first_values first_plan;
first_values first_team;
first_values first_judgement;
first_values first_finding;
first_values first_figure; /* case_sheets.c */
first_values first_commitment;
first_values first_opening;
first_values first_nonconformity;
first_values first_report;
first_values first_correction;
first_values first_grant;
first_values first_panel;
first_values first_condition_answer;
first_values first_reduction;
first_values first_round;
first_values first_mark;

#endif
