#ifndef WEB_CASE_RECORDS_ASK_H
#define WEB_CASE_RECORDS_ASK_H

/*
 * case_records_ask -- inside web: what a form says of the columns and terms of
 * a file of service records, as held_ask() takes it.
 *
 *   [WA1] A column whose role is left as it was recognised is not in the
 *         mapping, so a better dictionary finds it again.
 *   [WA2] Each column of the mapping is a line of it: a mistake that is said
 *         of a line is said beside that column.
 *   [WA3] Periods, promises and hours that cannot be read are said beside
 *         their field, all at once, and nothing is asked.
 */

#include "web/case_records.h"

enum ask_field {
    ASK_NONE,
    ASK_PERIOD,
    ASK_WEEK,
    ASK_REPEAT,
    ASK_RESPONSE,
    ASK_RESOLUTION,
    ASK_SATISFIED,
    ASK_MAP,
    ASK_FIELDS,
};

/* What a form said, and what is wrong with it. */
struct records_asking {
    struct sheet_asked asked;
    size_t *columns; /* of each line of the mapping, from 0 */
    size_t columns_n;
    str wrong[ASK_FIELDS]; /* in words; empty: nothing */
    size_t column;         /* whose column is wrong, */
    str column_wrong;      /* and what */
    bool broken;           /* something is */
};

/* The form, of these columns. */
err records_ask_read(const struct records_view *x,
                     const struct held_columns *columns,
                     struct records_asking *out);

/* What held_ask() refused, put beside the field it is about. */
err records_ask_wrong(struct request *rq, err why, struct records_asking *to);

#endif
