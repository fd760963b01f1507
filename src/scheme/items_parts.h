#ifndef SCHEME_ITEMS_PARTS_H
#define SCHEME_ITEMS_PARTS_H

/*
 * items_parts -- inside items: one item after the other is begun, given its
 * facts, and ended.
 *
 * Failure sticks: only memory can fail, and `taking.failed` says so at the end.
 */

#include "scheme/items.h"

enum { ITEM_FACTS = 20 }; /* of one item, at most */

struct taking {
    struct arena *arena;
    const struct scheme *scheme;
    struct scheme_item *items;
    size_t n;
    size_t room;
    struct scheme_item now;
    struct fact facts[ITEM_FACTS]; /* of `now` */
    bool failed;
};

/* An item with a label has its texts as facts. [IT4] */
void item_begin(struct taking *t, enum scheme_part part, str key,
                struct label label);
void item_end(struct taking *t);

void fact_text(struct taking *t, const char *aspect, str text);
void fact_label(struct taking *t, const char *zh, const char *en,
                struct label label);
void fact_count(struct taking *t, const char *aspect, int64_t n);
void fact_money(struct taking *t, const char *aspect, int64_t fen);
void fact_span(struct taking *t, const char *aspect, struct span span);
void fact_ids(struct taking *t, const char *aspect, str ids);

/* "yes", where it holds. [IT3] */
void fact_holds(struct taking *t, const char *aspect, bool holds);

/* In thousandths, basis points, tenths of a day. */
void fact_thousandths(struct taking *t, const char *aspect, int32_t n);
void fact_percent(struct taking *t, const char *aspect, int32_t basis_points);
void fact_tenths(struct taking *t, const char *aspect, int32_t n);

/* Both ends. */
void fact_range(struct taking *t, const char *aspect, int32_t least,
                int32_t most);
void fact_percents(struct taking *t, const char *aspect, struct factor x);
void fact_moneys(struct taking *t, const char *aspect, struct money_range m);

/* The catalogue ids FAMILY and name whose bits are set. */
void fact_bits(struct taking *t, const char *aspect, const char *family,
               const char *const *names, unsigned bits);

/* Texts with a comma between them. */
void fact_texts(struct taking *t, const char *aspect, const str *texts,
                size_t n);

/* "51–100" */
str item_range_id(struct taking *t, int32_t from, int32_t to);

/* items_rules.c */
void items_of_audit(struct taking *t);
void items_of_money(struct taking *t);

#endif
