#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

/*
 * page -- what the public sees, as HTML.
 *
 * templates/NAME.html becomes `struct page_NAME` and page_NAME_render(), which
 * appends the whole page to a buf; check buf_done() afterwards.  A face fills
 * the struct and picks the language; it never writes HTML.  Send pages as
 * "text/html; charset=utf-8" with PAGE_SECURITY_POLICY (page/asset.h).
 *
 * Every page stands in the layout `base`: fill its member `base` too.
 *
 *   home         /: the search box, what was found, or what to try
 *   certificate  /c/NUMBER
 *   help         /help: how to check a certificate, what the words mean
 *   log          /log: what the transparency log is, and how far it is signed
 *   not_found    404: what was looked for, and what a number looks like
 *   bad_request  400: a sentence that says what was wrong (text_err())
 *   failure      500: the request's id, to be found again in the log
 *   busy         429 and 503: when to try again
 *
 * This header has the words that stand for a status or a change, so that every
 * face says the same.
 *
 *   [PG1] No page gives the reason of a suspension or withdrawal, and none
 *         praises: domain.md 3.7, 广告法 9.
 */

#include "page/asset.h"
#include "templates.h"

#include <stdint.h>

/* As the authority's public platform has them, and "not yet in force". */
enum page_status {
    PAGE_STATUS_PENDING,   /* 未生效 */
    PAGE_STATUS_VALID,     /* 有效 */
    PAGE_STATUS_SUSPENDED, /* 暂停 */
    PAGE_STATUS_WITHDRAWN, /* 撤销, by the body for cause */
    PAGE_STATUS_CANCELLED, /* 注销 */
    PAGE_STATUS_EXPIRED,   /* 过期失效 */
    PAGE_STATUS_COUNT,
};

/* For the fields status, status_class and status_means. */
struct page_status_words {
    const char *status; /* id of the word */
    const char *means;  /* id of a sentence about it */
    str style;          /* of the style sheet, "valid" */
};

const struct page_status_words *page_status_words(enum page_status s);

/* What happened to a certificate, for its history. */
enum page_change {
    PAGE_CHANGE_ISSUED,
    PAGE_CHANGE_RENEWED, /* replaced by a new one, or issued as one */
    PAGE_CHANGE_REDUCED, /* of narrower scope */
    PAGE_CHANGE_CHANGED, /* name, address or scope as filed */
    PAGE_CHANGE_SUSPENDED,
    PAGE_CHANGE_RESTORED,
    PAGE_CHANGE_WITHDRAWN,
    PAGE_CHANGE_CANCELLED,
    PAGE_CHANGE_EXPIRED,
    PAGE_CHANGE_COUNT,
};

/* The id of its words, and the style of the status it led to. */
struct page_change_words {
    const char *what;
    str style;
};

const struct page_change_words *page_change_words(enum page_change c);

/* `n` stars, "★★★"; empty for 0 and less, PAGE_STARS_MAX at most. */
enum { PAGE_STARS_MAX = 12 };
str page_stars(int64_t n);

#endif
