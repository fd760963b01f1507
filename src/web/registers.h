#ifndef WEB_REGISTERS_H
#define WEB_REGISTERS_H

/*
 * registers -- inside web: what the pages of the body's registers have in
 * common.
 *
 *   [RG1] What may be read the service decides (service/overviews.h): whoever
 *         may read nothing gets an empty page, and no link leads them there.
 *   [RG2] Whatever narrows a list stands in its address, and so does the key it
 *         goes on after; an empty filter stands in none that we write.
 */

#include "service/overviews.h"
#include "web/answer.h"
#include "web/typing.h"

enum register_at {
    AT_ALL_REGISTERS,
    AT_CERTIFICATES,
    AT_ENTERPRISES,
    AT_AUDITORS,
    AT_COMPLAINTS,
    AT_REPORTS,
    AT_MONEY,
    AT_FIGURES,
    AT_FILINGS,
    AT_PACKAGES,
};

/* What stands over each of them. */
void registers_tabs(const struct request *rq, enum register_at at,
                    struct page_register_tabs *out);

/* Whoever looks. */
const struct session *registers_reader(const struct request *rq);

/* This list going on after `after`, with the `n` fields `kept` of its query;
 * empty, when there is no more. [RG2] */
err registers_next(struct request *rq, const char *const *kept, size_t n,
                   str after, str *out);

/* `path` with the `n` fields `kept` of this query that say something. [RG2] */
err registers_kept(struct request *rq, const char *path,
                   const char *const *kept, size_t n, str *out);

/* `n` zeroed rows of a page's list, in *out. */
#define REGISTER_ROWS(rq, out, n)                                              \
    TRY_MEMORY((out) = arena_array((rq)->arena, (n), sizeof *(out)))

#endif
