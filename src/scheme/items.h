#ifndef SCHEME_ITEMS_H
#define SCHEME_ITEMS_H

/*
 * items -- a scheme taken apart: every rule of a package as an item with facts,
 * to be read in order, or held against another version (compare.h).
 *
 *   [IT1] Whatever a case is judged by is a fact of some item; two packages
 *         with the same facts judge the same.
 *   [IT2] Within its part an item is known by its id.  What a package gives no
 *         id (a note, a term of the contract) is known by its Chinese text.
 *   [IT3] A fact that does not hold is not there: an indicator whose points are
 *         published has no fact "fact.assumed".
 *   [IT4] Texts are a fact in each language, so that a change of one shows.
 *
 * Items borrow the scheme; they lie in the arena given.
 */

#include "codec/record.h"
#include "scheme/scheme.h"
#include "text/text.h"

struct arena;
struct buf;

enum scheme_part {
    PART_IDENTITY,
    PART_LEVELS,
    PART_GATES, /* hard indicators, "LEVEL/GATE" [M3] */
    PART_FIGURES,
    PART_INDICATORS,
    PART_SPECIALS,
    PART_CONDITIONS, /* who may apply [M6] */
    PART_DOCUMENTS,
    PART_STAGES,
    PART_LIMITS,
    PART_AUDIT, /* team, sites, sample, surveillance */
    PART_DAYS,  /* the table of person-days */
    PART_FEES,
    PART_LEVEL_FACTORS, /* on the fee [M29] */
    PART_STAFF_FACTORS, /* [M33] */
    PART_TRADE_FACTORS,
    PART_REFUNDS,
    PART_TERMS, /* of the contract */
    PART_CERTIFICATE,
    PART_MARK, /* what stands beside the mark */
    PART_MEASURES,
    PART_NOTES, /* what is assumed, in words */
    PART_COUNT,
};

/* "part.levels": what each is called in the catalogues. */
extern const char *const scheme_part_ids[PART_COUNT];

/* "Points: 5.5".  `say` is the sentence of the value, with its arguments. */
struct fact {
    const char *aspect; /* catalogue id, "fact.points" */
    const char *say;
    struct err_arg args[3]; /* ends with a NULL name */
};

struct scheme_item {
    enum scheme_part part;
    str id;             /* empty: the only one of its part */
    struct label label; /* both empty where the part says all */
    int depth;          /* of an indicator below its root; else 0 */
    const struct fact *facts;
    size_t fact_count;
};

/* struct scheme_item, by part, in the order of the package. */
err scheme_items(struct arena *a, const struct scheme *s, struct list *out);

/* [IT2] Is its id a name, and not its text? */
bool scheme_item_is_named(const struct scheme_item *x);

/* [IT4] Is it one of the two that repeat the item's label? */
bool fact_is_label(const struct fact *f);

bool fact_same(const struct fact *a, const struct fact *b);

/* Append the value in words. */
void fact_render(struct buf *b, enum lang l, const struct fact *f);

#endif
