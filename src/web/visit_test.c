/* Who visits, what routes let in, and which forms are ours. [WB6] [VI1]..[VI4]
 * [17065 4.5] */

#include "web/visit.h"

#include "service/test_door.h"
#include "web/test_work.h"

#include <stdio.h>

/* --- the matrix of roles and routes ------------------------------------------
 */

enum caller {
    CALLER_NOBODY,
    CALLER_CODE,  /* owes a code */
    CALLER_ENROL, /* owes a second factor */
    CALLER_APPLICANT,
    CALLER_STAFF,
    CALLER_ADMIN,
    CALLER_COUNT,
};

/* May they, and if not: where are they led, when they look? */
static const char *const led_to[RIGHT_COUNT][CALLER_COUNT] = {
    [RIGHT_PUBLIC] = { "", "", "", "", "", "" },
    [RIGHT_ANYONE] = { "", "", "", "", "", "" },
    [RIGHT_HALF] = { "/login?", "", "", "", "", "" },
    [RIGHT_IN] = { "/login?", "/login/code?", "/account/factor?", "", "", "" },
    [RIGHT_BODY] = { "/login?", "/login/code?", "/account/factor?", NULL, "",
                     "" },
    [RIGHT_ADMIN] = { "/login?", "/login/code?", "/account/factor?", NULL, NULL,
                      "" },
};

static struct browser browser_of(str session)
{
    return (struct browser){ .session = session };
}

/* Everybody who can come. */
static void invite_all(struct office *o, struct browser to[CALLER_COUNT])
{
    door_at_work(o);
    door_hire(o, "coded", ROLE_BIT(ROLE_AUDITOR));
    door_hire(o, "enrols", ROLE_BIT(ROLE_REVIEWER));
    door_hire(o, "applies", ROLE_BIT(ROLE_APPLICANT));
    door_hire(o, "audits", ROLE_BIT(ROLE_AUDITOR));
    door_hire(o, "governs", ROLE_BIT(ROLE_ADMIN));
    (void)door_phone(o, door_in(o, "coded", WEB_SESSION_OPEN));
    str governs = door_in(o, "governs", WEB_SESSION_ENROL);
    (void)door_phone(o, governs);
    to[CALLER_NOBODY] = (struct browser){ 0 };
    to[CALLER_CODE] = browser_of(door_in(o, "coded", WEB_SESSION_CODE));
    to[CALLER_ENROL] = browser_of(door_in(o, "enrols", WEB_SESSION_ENROL));
    to[CALLER_APPLICANT] = browser_of(door_in(o, "applies", WEB_SESSION_OPEN));
    to[CALLER_STAFF] = browser_of(door_in(o, "audits", WEB_SESSION_OPEN));
    to[CALLER_ADMIN] = browser_of(governs);
}

/* "/c/{number}" with something in the braces. */
static const char *address_of(const char *pattern, char out[static 200])
{
    char *to = out;

    for (const char *p = pattern; *p != '\0'; p++) {
        if (*p != '{') {
            *to++ = *p;
            continue;
        }
        *to++ = '1';
        p = strchr(p, '}');
    }
    *to = '\0';
    return out;
}

static bool is_refused(const struct response *rs)
{
    return rs->status == 403;
}

/* Whoever looks is let in, led on, or told that they may not. */
static void look(struct test_work *w, struct browser *b,
                 const struct route *route, const char *to)
{
    char address[200];
    struct response rs = work_get(w, b, address_of(route->pattern, address));

    if (to == NULL)
        EXPECT_ROW(address, is_refused(&rs));
    else if (to[0] == '\0')
        EXPECT_ROW(address, !is_refused(&rs) &&
                                !str_contains(work_led(&rs), S("?next=")));
    else
        EXPECT_ROW(address,
                   rs.status == 303 && str_begins(work_led(&rs), str_of(to)));
}

/* Whoever sends a form and may not is told so; whoever may, and has no token,
 * too: nothing is carried out here at all. */
static void send(struct test_work *w, struct browser *b,
                 const struct route *route)
{
    char address[200];
    static const char files[] =
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b--";
    const char *to = address_of(route->pattern, address);
    struct response rs = route->body == BODY_UPLOAD
                             ? work_upload(w, b, to, str_of(files))
                             : work_send(w, b, "POST", to, "a=1");

    EXPECT_ROW(address, route->right == RIGHT_PUBLIC || is_refused(&rs));
}

ONE_STORE_TEST(every_route_lets_in_whom_its_right_says_and_nobody_else, true)
{
    TEST_WORK(w, place);
    struct browser browsers[CALLER_COUNT];

    invite_all(&w.office, browsers);
    for (size_t i = 0; i < router_count(w.site.router); i++) {
        const struct route *route = router_route(w.site.router, i);

        for (enum caller c = 0; c < CALLER_COUNT; c++) {
            if (route->method == METHOD_GET)
                look(&w, &browsers[c], route, led_to[route->right][c]);
            else
                send(&w, &browsers[c], route);
        }
    }
}

/* [WB6] [HT6] Before a long body is read: the same, and never everybody. */
ONE_STORE_TEST(a_long_body_is_read_of_whom_a_route_lets_in, true)
{
    TEST_WORK(w, place);
    struct browser browsers[CALLER_COUNT];
    const char *const address = "/cases/1/papers";

    invite_all(&w.office, browsers);
    for (enum caller c = 0; c < CALLER_COUNT; c++) {
        for (int foreign = 0; foreign <= 1; foreign++) {
            bool may = led_to[RIGHT_IN][c] != NULL &&
                       led_to[RIGHT_IN][c][0] == '\0' && !foreign;
            bool admitted = false;

            browsers[c].from = foreign ? "cross-site" : NULL;
            err e = work_admit(&w, &browsers[c], address, &admitted);
            if (may)
                EXPECT_OK(e);
            else
                EXPECT(err_is(e, ERR_DENIED));
            EXPECT(admitted == may);
        }
    }
    browsers[CALLER_ADMIN].from = NULL;
    bool admitted = true;
    EXPECT_OK(work_admit(&w, &browsers[CALLER_ADMIN], "/logout", &admitted));
    EXPECT(!admitted);
}

ONE_STORE_TEST(a_form_of_everybody_carries_a_token, true)
{
    TEST_WORK(w, place);

    for (size_t i = 0; i < router_count(w.site.router); i++) {
        const struct route *route = router_route(w.site.router, i);

        EXPECT_ROW(route->pattern,
                   (route->body != BODY_FORM && route->body != BODY_UPLOAD) ||
                       route->right >= RIGHT_ANYONE);
    }
}

/* --- tokens [VI2] [VI3]
 * --------------------------------------------------------- */

ONE_STORE_TEST(a_form_is_taken_with_the_token_of_its_own_browser_only, true)
{
    static const struct {
        const char *why;
        const char *form;
        const char *from;
        const char *says; /* NULL: it is taken */
    } rows[] = {
        { "none", "login=intake", NULL, "visit.token" },
        { "an empty one", "token=&login=intake", NULL, "visit.token" },
        { "another browser's",
          "token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&login=intake",
          NULL, "visit.token" },
        { "from another site", NULL, "cross-site", "visit.foreign" },
        { "from a neighbouring host", NULL, "same-site", "visit.foreign" },
        { "from our own page", NULL, "same-origin", NULL },
        { "typed in by the reader", NULL, "none", NULL },
        { "a browser that does not say", NULL, NULL, NULL },
    };
    TEST_WORK(w, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .lang = LANG_EN };

        (void)work_get(&w, &b, "/login");
        b.from = rows[i].from;
        struct response rs =
            rows[i].form == NULL
                ? work_post(&w, &b, "/login", "login=intake")
                : work_send(&w, &b, "POST", "/login", rows[i].form);
        EXPECT_ROW(rows[i].why, rs.status == (rows[i].says ? 403 : 303));
        EXPECT_ROW(rows[i].why, (b.session.n > 0) == (rows[i].says == NULL));
        if (rows[i].says != NULL)
            EXPECT_ROW(rows[i].why,
                       str_contains(rs.body, text_get(LANG_EN, rows[i].says)));
    }
}

ONE_STORE_TEST(a_token_is_over_with_its_cookie, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "intake");
    struct browser old = b;

    EXPECT(work_post(&w, &b, "/logout", "").status == 303);
    EXPECT(b.session.n == 0);
    b.session = old.session;
    struct response rs = work_get(&w, &b, "/work");
    EXPECT_STR(work_led(&rs), S("/login?next=/work"));
    b = work_enter(&w, "intake");
    b.token = old.token;
    EXPECT(work_post(&w, &b, "/logout", "").status == 403);
}

/* --- cookies [VI1]
 * ---------------------------------------------------------------- */

ONE_STORE_TEST(over_tls_a_cookie_is_bound_to_this_host, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs;
    bool bound = false;

    w.faces.public_url = S("https://example.test");
    rs = work_get(&w, &b, "/login");
    for (size_t i = 0; i < rs.header_count; i++)
        bound |= str_begins(rs.headers[i].value, S("__Host-g=")) &&
                 str_contains(rs.headers[i].value, S("; Secure")) &&
                 str_contains(rs.headers[i].value, S("; HttpOnly"));
    EXPECT(bound);
}

/* [VI4] A public page looks for nobody, whatever cookie is sent. */
ONE_STORE_TEST(a_public_page_asks_nobody_who_they_are, true)
{
    TEST_WORK(w, place);
    struct browser b = { .session = S("x") };
    struct response rs = work_get(&w, &b, "/help");

    EXPECT(rs.status == 200 && b.guest.n == 0);
}
