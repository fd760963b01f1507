/* What calendar programs fetch; what is in it has tests of its own
 * (service/calendar_test.c). [WB5] [CA1] [CA2] */

#include "service/calendar.h"

#include "service/log_in.h"
#include "web/test_site.h"

static bool open_site(struct test_site *s)
{
    return test_site_open(s, &calendar_routes, 1, web_error);
}

/* A second one, that writes beside the site's. */
static err open_writer(struct test_site *s, struct app **app,
                       struct session *who)
{
    struct arena *a = &s->reg.arena;
    struct claim planner = {
        .login = S("planner"),
        .demonstration = true,
        .channel = S("cli"),
    };

    TRY(app_open(a, &s->reg.world, str_of(s->reg.folder), APP_WRITE, app));
    return log_in(*app, a, &planner, who);
}

static const char *link_of(struct test_site *s)
{
    scoped(app_close) struct app *app = NULL;
    struct session who;
    const struct calendar_order order = {
        .who = &who,
        .lang = LANG_EN,
        .today = DAY_NEVER,
    };
    struct calendar_link made;
    str path = S("");

    EXPECT_OK(open_writer(s, &app, &who));
    EXPECT_OK(calendar_link_make(app, &s->reg.arena, &order, &made, &path));
    return site_path(s, "", path);
}

struct fetching {
    struct test_site *site;
    const char *path;
};

static void revoke(struct test_site *s)
{
    scoped(app_close) struct app *app = NULL;
    struct session who;

    EXPECT_OK(open_writer(s, &app, &who));
    EXPECT_OK(calendar_link_revoke(app, &s->reg.arena, &who, 1));
}

TEST(a_calendar_is_private_and_not_sent_twice)
{
    scoped(test_site_end) struct test_site s;
    if (!open_site(&s))
        return;
    const char *path = link_of(&s);
    struct asked_for again = { .target = path };
    /* its language is its own, not the visitor's */
    struct response rs = site_get(&s, path, LANG_ZH);

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("text/calendar; charset=utf-8"));
    EXPECT_STR(rs.cache, S("private, no-cache"));
    EXPECT(rs.policy == &policy_data);
    EXPECT(str_begins(rs.body, S("BEGIN:VCALENDAR\r\n")));
    EXPECT(answer_holds(&rs, "X-WR-CALNAME:What waits for planner\r\n"));
    again.known = "\"other\"";
    EXPECT(site_ask(&s, &again).status == 200);
    again.known = rs.etag.p;
    EXPECT(site_ask(&s, &again).status == 304);
}

static err fetch(struct heap *h, void *context)
{
    const struct fetching *x = context;

    return site_try(x->site, h, x->path);
}

TEST(a_calendar_without_memory_is_not_sent_in_part)
{
    scoped(test_site_end) struct test_site s;
    if (!open_site(&s))
        return;
    struct fetching x = { &s, link_of(&s) };

    EXPECT_OK(fetch(&s.reg.heap, &x)); /* the store is open from now on */
    EXPECT(test_every_allocation_fails(fetch, NULL, &x) > 0);
}

/* Unknown, malformed and revoked alike: the page is the same but for the
 * address that was asked for. */
TEST(where_no_calendar_is_the_page_does_not_say_why)
{
    scoped(test_site_end) struct test_site s;
    if (!open_site(&s))
        return;
    const char *const targets[] = { link_of(&s), "/calendar/x.ics",
                                    "/calendar/x", "/calendar/.ics" };

    revoke(&s);
    for (size_t i = 0; i < COUNT(targets); i++) {
        struct response rs = site_get(&s, targets[i], LANG_EN);

        EXPECT_ROW(targets[i], rs.status == 404);
        EXPECT_ROW_STR(targets[i], rs.cache, S("no-store"));
        EXPECT_ROW(targets[i], rs.etag.n == 0);
        EXPECT_ROW(targets[i], !answer_holds(&rs, "planner"));
    }
    EXPECT(site_get(&s, "/calendar", LANG_EN).status == 404);
    EXPECT(site_get(&s, "/calendar/x/y", LANG_EN).status == 404);
}
