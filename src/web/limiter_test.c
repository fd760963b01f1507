/* Who asks too often, and what they are told. [LI1]-[LI3] [17065 6.1] */

#include "web/limiter.h"

#include "web/test_work.h"

#include <stdio.h>

#define SECOND INT64_C(1000000)

static const struct peer there = { .bytes = { 192, 0, 2, 1 } };

static bool limit(struct test_work *w)
{
    struct limiter *l = NULL;

    EXPECT_OK(limiter_new(&w->office.arena, w->office.app, &l));
    w->faces.limiter = l;
    return l != NULL;
}

static str retry_after(const struct response *rs)
{
    for (size_t i = 0; i < rs->header_count; i++) {
        if (str_eq(rs->headers[i].name, S("Retry-After")))
            return rs->headers[i].value;
    }
    return S("");
}

/* How many of `most` requests are answered before one is 429. */
static int answered(struct test_work *w, struct browser *b, const char *method,
                    const char *target, int most)
{
    for (int i = 0; i < most; i++) {
        struct response rs =
            strcmp(method, "GET") == 0
                ? work_get(w, b, target)
                : work_post(w, b, target, "login=nobody&mail=x");

        if (rs.status == 429 && retry_after(&rs).n > 0)
            return i;
    }
    return most;
}

/* [LI1]  The burst, and not one more; all from one network, at one moment. */
ONE_STORE_TEST(each_address_of_the_table_has_its_limit_and_others_none, true)
{
    static const struct {
        const char *method;
        const char *target;
        int most;
        int answered;
    } rows[] = {
        { "POST", "/login", 30, 20 },
        { "POST", "/register", 30, 5 },
        { "POST", "/forgot", 30, 5 },
        { "POST", "/report", 30, 5 },
        { "GET", "/?q=none", 70, 60 },
        { "GET", "/c/none", 130, 120 },
        { "GET", "/", 130, 130 },
        { "GET", "/help", 130, 130 },
        { "GET", "/login", 130, 130 },
        { "GET", "/c/none/certificate.pdf", 20, 10 },
    };
    TEST_WORK(w, place);

    for (size_t i = 0; limit(&w) && i < COUNT(rows); i++) {
        struct browser b = { .peer = there, .lang = LANG_EN };

        (void)work_get(&w, &b, "/login");
        EXPECT_ROW(rows[i].target,
                   answered(&w, &b, rows[i].method, rows[i].target,
                            rows[i].most) == rows[i].answered);
        limiter_end(w.faces.limiter);
    }
}

/* [LI2]  What was asked too often, and when to come back: then it is good. */
ONE_STORE_TEST(who_is_refused_is_told_what_and_until_when, true)
{
    TEST_WORK(w, place);
    struct browser b = { .peer = there, .lang = LANG_EN };

    if (!limit(&w))
        return;
    EXPECT(answered(&w, &b, "GET", "/?q=none", 70) == 60);
    w.office.clock.micros += SECOND / 2 - 1;
    struct response rs = work_get(&w, &b, "/?q=none");
    EXPECT(rs.status == 429);
    EXPECT_STR(retry_after(&rs), S("1"));
    EXPECT(work_holds(&rs, "Searches came too often from your network."));
    EXPECT(work_holds(&rs, "Try again in 1 second."));
    w.office.clock.micros++;
    rs = work_get(&w, &b, "/?q=none");
    EXPECT(rs.status == 200);
    limiter_end(w.faces.limiter);
}

/* [RA1] [LI3] */
ONE_STORE_TEST(another_network_is_served_and_this_machine_always, true)
{
    static const struct {
        const char *why;
        struct peer peer;
        int answered;
    } rows[] = {
        { "the network that asked", { .bytes = { 192, 0, 2, 1 } }, 0 },
        { "its neighbour", { .bytes = { 192, 0, 2, 2 } }, 5 },
        { "this machine", { .bytes = { 127, 0, 0, 1 } }, 30 },
        { "this machine by IPv6", { .six = true, .bytes = { [15] = 1 } }, 30 },
    };
    TEST_WORK(w, place);
    struct browser first = { .peer = there, .lang = LANG_EN };

    if (!limit(&w))
        return;
    (void)work_get(&w, &first, "/login");
    EXPECT(answered(&w, &first, "POST", "/register", 30) == 5);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .peer = rows[i].peer, .lang = LANG_EN };

        (void)work_get(&w, &b, "/login");
        EXPECT_ROW(rows[i].why, answered(&w, &b, "POST", "/register", 30) ==
                                    rows[i].answered);
    }
    limiter_end(w.faces.limiter);
}
