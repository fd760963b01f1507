#ifndef STORE_CASES_H
#define STORE_CASES_H

/*
 * cases -- the cases as they stand now: a projection of their journals.
 *
 * Written in the tx that appends the events; can be made again from them.
 * Stages and statuses are the domain's numbers.  Texts that are read live in
 * the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

/*
 * The domain's numbers as far as there are any, which service/case_parts.c
 * holds against the domain and the schema against what is written.  A row that
 * has another is ERR_CORRUPT "store.row" (statement, column, row) however it is
 * read.
 */
enum { STAGE_LAST = 11, WAITING_LAST = 2 };

struct case_row {
    id id;      /* of its stream */
    str number; /* unique */
    id enterprise;
    str scheme_id;
    struct hash scheme_hash; /* of the frozen package it is bound to */
    int32_t stage;           /* 0..STAGE_LAST */
    int32_t status;          /* whose turn it is: 0..WAITING_LAST */
    str wanted;              /* id of the level applied for; may be empty */
    day opened;
    day due; /* DAY_NEVER: no limit runs */
    bool due_provisional;
    str certificate; /* its number; empty: none yet */
    int64_t version; /* of the stream */
    str previous;    /* number of the certificate it renews; empty: none */
};

/* What cases are looked for by. */
struct case_words {
    str number; /* in capitals */
    str name;
};

/* Insert, or replace the row with this id.  ERR_CONFLICT "store.constraint"
 * when the number is taken, or enterprise or package are not there. */
err case_put(struct tx *tx, const struct case_row *c);

/* Of a row that is there, the version only: a third of what case_put() takes.
 * ERR_CONFLICT "store.changed" when it is not there. */
err case_touch(struct tx *tx, id stream, int64_t version);

/* ERR_NOT_FOUND "store.missing". */
err case_get(struct tx *tx, struct arena *a, id stream, struct case_row *out);
err case_by_number(struct tx *tx, struct arena *a, str number,
                   struct case_row *out);

/* struct case_row by number, which is the key. */
err case_list(struct tx *tx, struct arena *a, const struct page *p,
              struct list *out);
err case_list_at_stage(struct tx *tx, struct arena *a, int32_t stage,
                       const struct page *p, struct list *out);
err case_list_of_enterprise(struct tx *tx, struct arena *a, id enterprise,
                            const struct page *p, struct list *out);
/* Bound to a package, and not at the last stage. */
err case_list_running(struct tx *tx, struct arena *a,
                      const struct hash *package, const struct page *p,
                      struct list *out);
/* Those whose number holds `number`, or whose enterprise's name holds
 * `name`; neither is empty. */
err case_find(struct tx *tx, struct arena *a, const struct case_words *words,
              const struct page *p, struct list *out);
/* Those that renew a certificate. */
err case_list_following(struct tx *tx, struct arena *a, str certificate,
                        const struct page *p, struct list *out);

/*
 * struct case_row due on or before `until`, soonest first, then by number.
 * The key is both of the last row: `after` its day, p->after its number; from
 * the start with DAY_MIN and an empty number.
 */
err case_list_due(struct tx *tx, struct arena *a, day until, day after,
                  const struct page *p, struct list *out);

/* Take all of them away, to be made again from their journals. */
err case_clear(struct tx *tx);

#endif
