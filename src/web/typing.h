#ifndef WEB_TYPING_H
#define WEB_TYPING_H

/*
 * typing -- inside web: lists that narrow while one types (assets/typing.js,
 * and htmx).
 *
 *   [TY1] Whoever asks with HX-Request gets the part of the page that a search
 *         changes, everybody else the page.  Both say so in Vary; the part is
 *         kept by nobody, so it never stands where the page should.
 *   [TY2] The part is rendered by the template that renders it in the page.
 *   [TY3] With the part come the address it stands for, which is the page's
 *         without what is empty; what is said of it to who listens; and the
 *         link to the other language of that address.
 *   [TY4] Whoever has to sign in first is led there, not shown the door inside
 *         a list (error.c).
 */

#include "web/saying.h"

/* What may be asked of a list, and stands in its address: `n` names. */
struct typing {
    const char *path; /* "/directory" */
    const char *const *kept;
    size_t n;
};

/* Is it the part that is asked for? [TY1] */
bool typing_asks(const struct request *rq);

/* "?q=x&after=y" of what was asked and is not empty; `path`, when nothing is
 * left.  `after` is the key the list goes on after; empty: from its start. */
err typing_address(struct request *rq, const struct typing *t, str after,
                   str *out);

/* "20 shown, and there are more" */
err typing_count(struct request *rq, size_t n, bool more, str *out);

/* The page in `b`, which may be kept as `cache` says; NULL: by nobody. */
err typing_send_page(struct request *rq, struct response *rs, struct buf *b,
                     const char *cache);

/* The part in `b`, of which `words` are to be said. [TY3] */
err typing_send_part(struct request *rq, struct response *rs, struct buf *b,
                     const struct typing *t, str words);

#endif
