#ifndef STORE_COMPLAINTS_H
#define STORE_COMPLAINTS_H

/*
 * complaints -- the complaints and appeals of all cases: a projection of their
 * journals.
 *
 * Numbers of the trade are the domain's; texts that are read live in the arena
 * given.
 */

#include "store/rows.h"
#include "store/store.h"

enum complaint_kind { COMPLAINT_IS_COMPLAINT, COMPLAINT_IS_APPEAL };

/* What came of one. */
enum complaint_outcome {
    COMPLAINT_OPEN,
    COMPLAINT_FOUND_RIGHT, /* justified; upheld */
    COMPLAINT_FOUND_WRONG,
};

struct complaint_row {
    id of_case; /* the first three are its key */
    enum complaint_kind kind;
    int64_t number;
    int32_t about; /* what it is about, or against */
    str subject;   /* how its text begins */
    day recorded;
    id person;      /* who handles it; zero: nobody yet */
    int32_t others; /* who handle it beside them */
    day ended;      /* DAY_NEVER: open */
    enum complaint_outcome outcome;
};

/* Take these in place of what the case had; `n` 0: it has none any more. */
err complaint_replace(struct tx *tx, id of_case,
                      const struct complaint_row *rows, size_t n);

/* struct complaint_row of a case, by kind and number. */
err complaint_of_case(struct tx *tx, struct arena *a, id of_case,
                      struct list *out);

/* With what people call things. */
struct complaint_line {
    struct complaint_row row;
    str case_number;
    id enterprise;
    str enterprise_name;
    str handler; /* name; empty: nobody */
};

/* After which row a list goes on; zeroed: from its start. */
struct complaint_key {
    int64_t done; /* 0 or 1 */
    int64_t turn; /* complaint_turn() */
    id of_case;
    int64_t kind;
    int64_t number;
};

/* In which turn a row comes among those that are open, or done. */
int64_t complaint_turn(const struct complaint_row *row);

/* What of the list: `done` 0 what is open, 1 what is done, -1 both; at most
 * `limit`, 1..STORE_PAGE_MAX. */
struct complaint_page {
    int32_t done;
    int32_t limit;
    struct complaint_key after;
};

/* struct complaint_line: what is open by its first day, then what is done, the
 * newest end first. */
err complaint_list(struct tx *tx, struct arena *a,
                   const struct complaint_page *p, struct list *out);

/* How many there are, of all cases; and of those that are open. */
err complaint_count(struct tx *tx, int64_t *out);
err complaint_count_open(struct tx *tx, int64_t *out);

/* Take all of them away, to be made again. */
err complaint_clear_all(struct tx *tx);

#endif
