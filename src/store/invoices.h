#ifndef STORE_INVOICES_H
#define STORE_INVOICES_H

/*
 * invoices -- the invoices of all cases and their sums: a projection of the
 * journals.
 *
 *   [IV1] A sum is what the rows of all cases give, in whole fen: it moves in
 *         the tx in which a row does (tallies.h [TS1]).
 *
 * What an invoice is for is the domain's number.  Texts that are read live in
 * the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

/* In the order lists have them. */
enum invoice_standing {
    INVOICE_OPEN, /* not paid in full, due or not */
    INVOICE_PAID,
    INVOICE_REFUNDED, /* paid, and in its case money went back */
    INVOICE_CANCELLED,
    INVOICE_STANDINGS,
};

struct invoice_row {
    id of_case; /* the first two are its key */
    int64_t place;
    id enterprise;
    str number;
    int32_t what;
    enum invoice_standing standing;
    day due;
    int64_t amount; /* fen */
    int64_t paid;
    int64_t refunded; /* in its case, whatever for */
};

/* struct invoice_row of a case, by place. */
err invoice_of_case(struct tx *tx, struct arena *a, id of_case,
                    struct list *out);

/* Insert, or put in the place of `before`, which has the same key; NULL: there
 * was none. [IV1] */
err invoice_change(struct tx *tx, const struct invoice_row *before,
                   const struct invoice_row *now);

/* With what people call things. */
struct invoice_line {
    struct invoice_row row;
    str case_number;
    str enterprise_name;
};

/* Which: of one standing, due from..to, of enterprises whose name holds `words`
 * or whose code is `code`; empty words: of all. */
struct invoice_wanted {
    enum invoice_standing standing;
    day from;
    day to;
    str words;
    str code;
};

/* After which invoice a list goes on; zeroed but for the day, which is no day
 * before the first: from its start. */
struct invoice_key {
    day due;
    id of_case;
    int64_t place;
};

/* struct invoice_line by day, case and place; at most `limit`, of
 * 1..STORE_PAGE_MAX.  Goes on after `after`, where its day is in from..to. */
err invoice_list(struct tx *tx, struct arena *a, const struct invoice_wanted *w,
                 const struct invoice_key *after, int32_t limit,
                 struct list *out);

/* Of all that are wanted, in fen. */
struct invoice_sum {
    int64_t n;
    int64_t amount;
    int64_t paid;
};
err invoice_sums(struct tx *tx, struct arena *a, const struct invoice_wanted *w,
                 struct invoice_sum *out);

/* How many enterprises the words lead to; `most`, when there are more. */
err invoice_named(struct tx *tx, struct arena *a,
                  const struct invoice_wanted *w, int64_t most, int64_t *out);

/* What waits to be given back. */
struct refund_waiting {
    str case_number;
    id enterprise;
    str enterprise_name;
    day since;
    int64_t amount; /* fen */
};

/* struct refund_waiting, what waits longest first, at most `limit`. */
err invoice_refunds(struct tx *tx, struct arena *a, int32_t limit,
                    struct list *out);

/* Take them and the sums away, to be made again. */
err invoice_clear(struct tx *tx);

/* Is there one of no case, or a sum that they do not give? [IV1] */
err invoice_find_stray(struct tx *tx, bool *found);

#endif
