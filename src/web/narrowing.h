#ifndef WEB_NARROWING_H
#define WEB_NARROWING_H

/*
 * narrowing -- inside web: what a search of certificates is narrowed by: a
 * scheme or a level of it, a status, the province, the trade.
 *
 *   [NW1] Whatever narrows stands in the address under the same names as in the
 *         directory's: scheme, status, place; and trade.
 */

#include "page/page.h"
#include "service/lookup.h"
#include "web/saying.h"

/* A scheme, or a level of it: value "five-star:four". */
struct narrowing_kind {
    str value;
    str name; /* in the reader's language */
    bool chosen;
};

/* struct narrowing_kind of every scheme there is. */
err narrowing_kinds(struct request *rq, struct list *out);

/* "five-star:four" is a level of a scheme, "five-star" all of them. */
str narrowing_scheme(const struct request *rq);
str narrowing_level(const struct request *rq);

/* What was asked for, into a wish for words. */
void narrowing_wish(const struct request *rq, struct lookup_wish *w);

/* The same in the form, with what there is to choose. */
err narrowing_form(struct request *rq, struct page_search *page);

#endif
