#ifndef WEB_MARK_RULES_H
#define WEB_MARK_RULES_H

/*
 * mark_rules -- inside web: what a holder may do with the mark of a scheme and
 * what not, for holders and for everybody. [M21] [条例 24] [17065 4.1.3]
 */

#include "page/page.h"
#include "scheme/scheme.h"
#include "web/web.h"

/* Of a scheme that has a mark. */
err mark_rules(struct request *rq, const struct scheme *s,
               struct page_mark_rules *out);

#endif
