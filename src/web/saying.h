#ifndef WEB_SAYING_H
#define WEB_SAYING_H

/*
 * saying -- inside web: what a form of a public page asked, and values of a
 * scheme in the reader's words.
 */

#include "scheme/scheme.h"
#include "web/parts.h"

/* The value of a field of the query without the blanks around it; empty when
 * there is none, or several. */
str asked(const struct request *rq, const char *name);

/* A whole number in digits, from `least` to `most`; else false, *out
 * untouched. */
bool number_in_digits(str text, int64_t least, int64_t most, int64_t *out);

/* What a field that holds a whole number says. */
enum asked_number { ASKED_NOTHING, ASKED_WRONG, ASKED_NUMBER };

/* *out is set for ASKED_NUMBER, which lies in least..most. */
enum asked_number asked_number(const struct request *rq, const char *name,
                               int64_t least, int64_t most, int64_t *out);

/* A sentence of the catalogues; `args` may be NULL. */
err say(struct request *rq, const char *message, const struct err_arg *args,
        str *out);

/* "this, that" */
err say_both(struct request *rq, str before, str next, str *out);

/* "5 working days" */
err say_span(struct request *rq, struct span s, str *out);

/* Thousandths as they are, "1.334", "95": no place more than needed. */
err say_thousandths(struct arena *a, int64_t n, str *out);

/* What the page is about, for whoever shares its address. */
void web_about(const struct request *rq, const char *message,
               struct page_base *base);

/* Of each scheme the newest package, as const struct scheme *; the log is told
 * of those that cannot be read. */
err web_schemes(struct request *rq, struct list *out);

#endif
