#ifndef SERVICE_RECORDS_CASE_WORDS_H
#define SERVICE_RECORDS_CASE_WORDS_H

/*
 * records_case_words -- what sheets of a case say, in words: the same on a page
 * and on the command line.
 */

#include "service/records_case.h"
#include "text/text.h"

enum { CASE_SHEET_WORDS = 4000 }; /* bytes of a sentence */

/* Where a figure was taken from, short enough for the source of a figure:
 * sheet, file and period, and how to count it again. */
err case_sheet_source(struct arena *a, enum lang lang,
                      const struct case_sheet *sheet, str *out);

/* A sheet as a line of a list: its title, the file, the period, who signed it,
 * and whether it covers what is asked for; of one that another took the place
 * of, that too. */
err case_sheet_line(struct arena *a, enum lang lang,
                    const struct case_sheet *sheet, str *out);

/* What the sheets say of `name` and in which sheet [RK4]: "7 of 10, 70%
 * (39.68% – 89.22%)", with the verdict where one is given; empty: nothing. */
err case_sheets_say(struct arena *a, enum lang lang, const struct list *sheets,
                    str name, const enum rate_verdict *verdict, str *out);

#endif
