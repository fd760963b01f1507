#ifndef WEB_TEST_WORK_H
#define WEB_TEST_WORK_H

/*
 * test_work -- all pages over a body at work, asked without sockets by people
 * who sign in; tests only.
 *
 *     ONE_STORE_TEST(an_auditor_sees_what_waits, true)
 *     {
 *         TEST_WORK(w, place);
 *         struct browser b = work_enter(&w, "auditor1");
 *         struct response rs = work_get(&w, &b, "/work");
 *     }
 *
 *   [TW1] A browser keeps the cookies it was given, and sends the token of the
 *         form it last got.
 */

#include "http/site.h"
#include "service/service_test_env.h"
#include "web/web.h"

struct test_work {
    struct office office;
    struct faces faces;
    struct web_site site;
};

bool test_work_open(struct test_work *w, const struct store_place *place);
void test_work_end(struct test_work *w);

/* Until the scope ends. */
#define TEST_WORK(name, place)                                                 \
    scoped(test_work_end) struct test_work name;                               \
    if (!test_work_open(&name, (place)))                                       \
    return

/* What one keeps [TW1]. */
struct browser {
    str session; /* the value of the cookie; empty: none */
    str guest;
    str token;
    struct peer peer;
    const char *from; /* Sec-Fetch-Site; NULL: it says nothing */
    bool typing;      /* asks for parts of pages (typing.h) */
    enum lang lang;
};

struct response work_get(struct test_work *w, struct browser *b,
                         const char *target);

/* Send a form with its token before `fields`, "login=wang&password=x". */
struct response work_post(struct test_work *w, struct browser *b,
                          const char *target, const char *fields);

/* Send it by any method, and of a form just what is given. */
struct response work_send(struct test_work *w, struct browser *b,
                          const char *method, const char *target,
                          const char *form);

/* Send a form with files as it stands, with no token but what is in it; its
 * parts lie between "--" WORK_BOUNDARY. */
#define WORK_BOUNDARY "b"
struct response work_upload(struct test_work *w, struct browser *b,
                            const char *target, str body);

/* Would a long body to be sent there by POST be read? (http/site.h [SI4]) */
err work_admit(struct test_work *w, struct browser *b, const char *target,
               bool *admitted);

/* A browser in which `login` is in, of a demonstration. */
struct browser work_enter(struct test_work *w, const char *login);

/* The body is approved for this field alone, from a day on: "2026-03-10". */
void work_approve(struct test_work *w, const char *from, const char *field);

/* Where an answer leads; empty: nowhere. */
str work_led(const struct response *rs);

/* The three of them one after the other, NUL-ended. */
const char *work_text(struct test_work *w, const char *before, str middle,
                      const char *after);

bool work_holds(const struct response *rs, const char *text);

#endif
