#ifndef STORE_BOOKINGS_H
#define STORE_BOOKINGS_H

/*
 * bookings -- the days people are planned for: a projection of the plans that
 * stand, so that nobody is sent to two places on one day.
 */

#include "store/rows.h"
#include "store/store.h"

struct booking_row {
    id person;
    day from;
    day to;
    str case_number; /* only where it is read for a person */
};

/* Take these in place of what the case had; `n` 0: it has none any more. */
err booking_replace(struct tx *tx, id of_case, const struct booking_row *rows,
                    size_t n);

/* struct booking_row of `person` in cases other than `but`, ending on `from`
 * or later, by their first day; at most STORE_PAGE_MAX. */
err booking_of_person(struct tx *tx, struct arena *a, id person, id but,
                      day from, struct list *out);

/* How many there are, of all cases. */
err booking_count(struct tx *tx, int64_t *out);

/* struct booking_row of a case, by person. */
err booking_of_case(struct tx *tx, struct arena *a, id of_case,
                    struct list *out);

/* With what people call things. */
struct booking_line {
    id of_case;
    id person;
    day from;
    day to;
    str case_number;
    id enterprise;
    str enterprise_name;
    str login;
    str person_name;
};

/* struct booking_line ending on `from` or later, by first day, case and login:
 * of `person`, or of everybody where that is zero; at most `limit`,
 * 1..STORE_PAGE_MAX. */
err booking_list(struct tx *tx, struct arena *a, id person, day from,
                 int32_t limit, struct list *out);

/* Take all of them away, to be made again from the plans. */
err booking_clear_all(struct tx *tx);

#endif
