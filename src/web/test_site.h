#ifndef WEB_TEST_SITE_H
#define WEB_TEST_SITE_H

/*
 * test_site -- the faces' site over a register to look things up in, asked
 * without sockets; tests only.
 *
 *     TEST_WEB(s);
 *     struct response rs = site_get(&s, "/c/" REGISTER_VALID, LANG_ZH);
 */

#include "base/size.h"
#include "base/test.h"
#include "http/site.h"
#include "service/lookup.h"
#include "service/test_register.h"
#include "web/web.h"

struct test_site {
    struct test_register reg;
    struct faces faces;
    struct web_site site;
    const char *typing; /* HX-Request; NULL: it is not sent */
};

typedef err site_explain(struct request *rq, err why, struct response *rs);

bool test_site_open(struct test_site *s, const struct route_table *tables,
                    size_t n, site_explain *on_error);
void test_site_end(struct test_site *s);

/* The public pages alone, until the scope ends. */
#define TEST_WEB(name)                                                         \
    scoped(test_site_end) struct test_site name;                               \
    if (!test_site_open(&name, &web_routes, 1, web_error))                     \
    return

/* What a visitor sends; what is NULL is not sent. */
struct asked_for {
    const char *target;
    const char *lang;   /* Accept-Language */
    const char *cookie; /* Cookie */
    const char *known;  /* If-None-Match */
    const char *accept; /* Accept */
    const char *method; /* NULL: GET */
    const char *packed; /* Accept-Encoding */
    const char *json;   /* the body, and its Content-Type */
};

/* The answer, in the register's arena. */
struct response site_ask(struct test_site *s, const struct asked_for *q);

/* GET it in that language. */
struct response site_get(struct test_site *s, const char *target, enum lang l);

/* GET it with a request that takes its memory from `heap`: what site_answer()
 * says of it. */
err site_try(struct test_site *s, struct heap *heap, const char *target);

/* "/c/" and a number: an address in the register's arena. */
const char *site_path(struct test_site *s, const char *folder, str name);

/* A sentence of the catalogues, in the register's arena; `args` may be NULL. */
const char *site_words(struct test_site *s, enum lang l, const char *message,
                       const struct err_arg *args);

/* A header of the answer, or an empty str; does its body hold this text? */
str answer_header(const struct response *rs, const char *name);
bool answer_holds(const struct response *rs, const char *text);

#endif
