#ifndef STORE_CERTIFICATES_H
#define STORE_CERTIFICATES_H

/*
 * certificates -- the certificates as they stand now: a projection.
 *
 * Written in the tx that issues or changes one; can be made again from the
 * journals (imported ones from theirs).  The status is the domain's number.
 * Texts that are read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

enum { LOG_INDEX_NONE = -1 };

/*
 * The domain's numbers as far as there are any, which service/project.c holds
 * against the domain and the schema against what is written.  A row that has
 * another is ERR_CORRUPT "store.row" (statement, column, row) however it is
 * read.
 */
enum { STARS_MOST = 20, STATUS_LAST = 4 };

struct certificate_row {
    str number;    /* unique */
    id id;         /* of its stream */
    id of_case;    /* zero: imported */
    id enterprise; /* zero: not one we know */
    str holder;    /* name as printed */
    str uscc;
    str scheme_id;
    struct hash scheme_hash; /* of the frozen package it was issued under; zero:
                                imported, by none of ours */
    str criterion;
    str level_id;
    int32_t stars; /* 0..STARS_MOST; 0: shown without stars */
    day issued;
    day valid_from;
    day valid_until; /* inclusive */
    day first_issued;
    int32_t status; /* 0..STATUS_LAST */
    day status_since;
    day suspended_until; /* at the longest; else DAY_NEVER */
    str scope_zh;
    str scope_en;
    int64_t log_index; /* of its newest entry; LOG_INDEX_NONE: none yet */
    int64_t version;   /* of the stream */
};

/* Insert, or replace the row with this number.  ERR_CONFLICT
 * "store.constraint" when the id is another's or the enterprise not there. */
err certificate_put(struct tx *tx, const struct certificate_row *c);

/* ERR_CONFLICT "store.changed" when there is no such certificate. */
err certificate_set_log_index(struct tx *tx, str number, int64_t index);

/* ERR_NOT_FOUND "store.missing". */
err certificate_get(struct tx *tx, struct arena *a, str number,
                    struct certificate_row *out);
err certificate_by_id(struct tx *tx, struct arena *a, id stream,
                      struct certificate_row *out);

/* struct certificate_row by number, which is the key. */
err certificate_list(struct tx *tx, struct arena *a, const struct page *p,
                     struct list *out);
/* Those of them that can be read; of the others *left_out holds why not
 * (rows.h, rows_sound()). */
err certificate_list_sound(struct tx *tx, struct arena *a, const struct page *p,
                           struct list *out, struct list *left_out);
err certificate_list_of_uscc(struct tx *tx, struct arena *a, str uscc,
                             const struct page *p, struct list *out);
err certificate_list_of_holder(struct tx *tx, struct arena *a, str holder,
                               const struct page *p, struct list *out);
/* Those whose holder's name, or one that once stood there (formers.h), holds
 * `words`, by number; a scan. */
err certificate_search(struct tx *tx, struct arena *a, str words,
                       const struct page *p, struct list *out);
err certificate_list_of_case(struct tx *tx, struct arena *a, id of_case,
                             const struct page *p, struct list *out);

/*
 * struct certificate_row whose last day is `until` or before, soonest first,
 * then by number.  The key is both of the last row: `after` its last day,
 * p->after its number; from the start with DAY_MIN and an empty number.
 */
err certificate_list_ending(struct tx *tx, struct arena *a, day until,
                            day after, const struct page *p, struct list *out);

/* The same, of those with a case that are neither withdrawn nor cancelled nor
 * expired by their status, though their last day is before `today`. */
err certificate_list_over(struct tx *tx, struct arena *a, day today, day after,
                          const struct page *p, struct list *out);

/* struct certificate_row of those issued last under scheme `scheme`, newest
 * first, at most `limit`, 1..STORE_PAGE_MAX. */
err certificate_list_newest(struct tx *tx, struct arena *a, str scheme,
                            int32_t limit, struct list *out);

/* Which certificates a directory lists; what is empty filters nothing. */
struct certificate_filter {
    str scheme;
    str level;
    int32_t status; /* on `today`, expiry counted in; -1: any */
    day today;
    str place; /* words of the holder's province or city; one that is not known
                  to us has neither */
    str scope; /* words of the scope, in either language */
    str words; /* of the holder's name or a former one .. */
    str code;  /* .. or its code, or the number, in full; with `words` alone */
};

/* struct certificate_row by number, which is the key; *left_out as
 * certificate_list_sound() has it.  Words of the scope are found in either case
 * of Latin letters.  It takes as long as there are certificates before the page
 * is full. */
err certificate_directory(struct tx *tx, struct arena *a,
                          const struct certificate_filter *f,
                          const struct page *p, struct list *out,
                          struct list *left_out);

/* Take all of them away, to be made again from their journals. */
err certificate_clear(struct tx *tx);

#endif
