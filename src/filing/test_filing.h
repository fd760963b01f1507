#ifndef FILING_TEST_FILING_H
#define FILING_TEST_FILING_H

/*
 * test_filing -- a month's report about the case of a fixture
 * (domain/test_fixture.h): a body that reports, and what it says of everybody.
 *
 *   struct office o = office_of(f);
 *   tell_all(&o);
 *   report_month(&o, "2026-04");
 *   EXPECT_STR(cell(&o, SHEET_CERTIFICATE, 0, "CERT_NUMBER"), S("..."));
 */

#include "domain/test_fixture.h"
#include "filing/filing.h"
#include "filing/month.h"

enum { TOLD_MAX = 40 };

struct told {
    struct particular p[TOLD_MAX];
    size_t n;
};

struct office {
    struct fixture *f;
    const struct dictionary *dictionary;
    struct told told[OF_COUNT]; /* of a person: the same of each */
    bool registered;            /* people's qualifications are on record */
    struct filing_case of;
    struct event_list events;
    struct filing report;
};

struct office office_of(struct fixture *f);

/* The case's plain course to its certificate: opened, reviewed and planned on
 * 2026-03-02, audited and certified on 2026-03-16. */
void certify(struct fixture *f);

/* A copy of the data of the case's event of that name, of `size` bytes, in its
 * place, for the caller to change: what leads to such cases is tested in
 * domain/. */
void *changed_event(struct fixture *f, const char *name, size_t size);

/* What the reporter says; an empty value takes it back. */
void tell(struct office *o, enum filing_subject of, const char *code,
          const char *value);

/* Everything the columns want and the journal does not hold. */
void tell_all(struct office *o);

/* What the report asks for people; `context` is the office. */
err office_person(void *context, id person, struct filing_person *out);

/* Make and check the report of "2026-04", as on the last day of that month. */
void report_month(struct office *o, const char *month);
void report_month_on(struct office *o, const char *month, const char *today);

int32_t row_count(const struct office *o, enum filing_sheet sheet);
const struct filing_row *row_at(const struct office *o, enum filing_sheet sheet,
                                int32_t i);

/* The cell of row `i` from 0; the column must be there. */
str cell(const struct office *o, enum filing_sheet sheet, int32_t i,
         const char *code);

/* The sheets, for short. */
#define P SHEET_PLAN
#define C SHEET_CERTIFICATE
#define R SHEET_RESULT

#define CELL(o, sheet, i, code, want)                                          \
    EXPECT_ROW_STR(code, cell(&(o), (sheet), (i), (code)), S(want))

/* The first problem of the cell, or NULL. */
const struct filing_problem *problem_of(const struct office *o,
                                        enum filing_sheet sheet, int32_t i,
                                        const char *code);

/* Every problem, one a line: for a failing test to say more than "not 0". */
void expect_sound(const struct office *o);

#endif
