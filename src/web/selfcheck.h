#ifndef WEB_SELFCHECK_H
#define WEB_SELFCHECK_H

/* selfcheck -- inside web: a self-check on its way (selfcheck.c). */

#include "domain/score.h"
#include "web/saying.h"

/* A page has at least so many questions before the next part begins another. */
enum { CHECK_PAGE_LEAST = 6 };

struct check {
    struct request *rq;
    const struct scheme *scheme;
    struct assessment given;
    int32_t page_of[LEAF_MAX]; /* the step each leaf is asked in, from 1 */
    int32_t pages;             /* steps with indicators */
    int32_t steps;             /* in all: one more for figures and the wish */
    int32_t step;              /* the one that is shown, from 1 */
    bool done;                 /* the result is wanted */
};

/* What the request's query says of the scheme `s`. */
err check_of(struct request *rq, const struct scheme *s, struct check *c);

/* The questions of its step. */
err check_asks(const struct check *c, struct page_check_asks *out);

/* Is the field of this name asked in its step? */
bool check_asks_here(const struct check *c, str name);

/* How many indicators were answered. */
int32_t check_answered(const struct check *c);

/* What it comes to. */
err check_result(const struct check *c, struct page_check_score *score,
                 struct page_check_gap *gap);

/* Does the field go on to the next page? */
bool check_keeps(const struct check *c, const struct form_field *f);

/* This check, with all that was answered, at `page`. */
err check_address(const struct check *c, str page, str *out);

/* Was something said of the indicator that is no answer? */
bool check_is_wrong(const struct check *c, const struct indicator *x);

/* What was typed into a field of it: "", ":k" or ":n". */
str check_field(const struct check *c, str name, const char *part);

err check_form_page(const struct check *c, struct response *rs);
err check_result_page(const struct check *c, struct response *rs);

#endif
