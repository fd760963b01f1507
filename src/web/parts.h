#ifndef WEB_PARTS_H
#define WEB_PARTS_H

/* parts -- inside web: what every page needs. */

#include "page/page.h"
#include "service/app.h"
#include "service/lookup.h"
#include "web/web.h"

enum { PAGE_BYTES_MAX = 1 << 20 };

/* The app that answers. */
struct app *web_app(const struct request *rq);

/* The body as it is today; as it was founded, where the store cannot be read:
 * the page that says so is of somebody, too.  ERR_MEMORY. */
err web_body(struct request *rq, const struct body **out);

/* The layout's fields.  `subject` stands in the title. */
err web_base(struct request *rq, str subject, struct page_base *out);

/* This address with its query, as a value within another. */
void web_here(struct buf *b, const struct request *rq);

/* Send what was rendered, keep the language [WB1]. */
err web_send(struct request *rq, struct response *rs, int status,
             struct buf *page, const char *cache);

/* The same with 200, of a page that is one of several forms of an address. */
err web_send_form(struct request *rq, struct response *rs, struct buf *page,
                  const char *cache);

/* The same with 200, of an address that answers with a part of its page, too
 * (typing.h [TY1]). */
err web_send_typed(struct request *rq, struct response *rs, struct buf *page,
                   const char *cache);

/* This address with its query, in the other language. */
err web_other_language(struct request *rq, str *out);

/* A certificate in the form that was asked for [WC1]; *page: it is the page
 * that was, and nothing was answered yet. */
err web_certificate_form(struct request *rq, struct response *rs, bool *page);

/* What certificate numbers are made of, a scheme each. */
err web_numbers(struct request *rq, const struct page_help_numbers **out,
                size_t *n);

/* What a scheme of this name says, in words: /schemes/NAME (scheme.c). */
err web_scheme_page(struct request *rq, struct response *rs);

/* Say to the log what a page leaves out: struct left_out of lookup.h. */
void web_left_out(const struct request *rq, const struct list *left_out);

enum page_status web_status(enum certificate_status s);
str web_label(const struct request *rq, struct label l);

#endif
