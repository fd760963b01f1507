/* What administrators see and do about people. [WP1]..[WP3] [WT1] [WM1]
 * [17065 6.1] */

#include "service/accounts.h"
#include "service/mail_settings.h"
#include "service/test_door.h"
#include "web/test_work.h"

#include <stdio.h>

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

static struct browser admin_of(struct test_work *w)
{
    struct browser b = work_enter(w, "admin");

    b.lang = LANG_EN;
    (void)work_get(w, &b, "/people");
    return b;
}

static void use_mail(struct test_work *w, struct browser *b)
{
    struct response rs =
        work_post(w, b, "/settings/mail",
                  "server=smtp%3A%2F%2F127.0.0.1%3A1"
                  "&from=office%40body.example&user=u&password=p");

    EXPECT_STR(work_led(&rs), S("/settings/mail?done=set"));
}

/* --- the list [WP1] ------------------------------------------------------- */

ONE_STORE_TEST(people_are_shown_a_page_at_a_time, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs;
    char login[20];

    rs = work_get(&w, &b, "/people");
    EXPECT(work_holds(&rs, "href=\"/people/auditor1\""));
    EXPECT(says(&rs, "people.factor_lacks"));
    EXPECT(!work_holds(&rs, "rel=\"next\""));
    for (int i = 0; i < 50; i++) {
        (void)snprintf(login, sizeof login, "0x%02d", i);
        door_hire(&w.office, login, ROLE_BIT(ROLE_AUDITOR));
    }
    rs = work_get(&w, &b, "/people");
    EXPECT(work_holds(&rs, "href=\"/people/0x49\""));
    EXPECT(!work_holds(&rs, "href=\"/people/auditor1\""));
    EXPECT(work_holds(&rs, "href=\"/people?after=0x49\" rel=\"next\""));
    rs = work_get(&w, &b, "/people?after=0x49");
    EXPECT(work_holds(&rs, "href=\"/people/auditor1\""));
    EXPECT(!work_holds(&rs, "/people/0x49"));
}

ONE_STORE_TEST(a_login_that_is_typed_leads_to_the_person, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/people?login=+auditor1+");

    EXPECT_STR(work_led(&rs), S("/people/auditor1"));
    rs = work_get(&w, &b, "/people?login=a%2Fb%3F");
    EXPECT_STR(work_led(&rs), S("/people/a%2Fb%3F"));
    EXPECT(work_get(&w, &b, "/people/a%2Fb%3F").status == 404);
    EXPECT(work_get(&w, &b, "/people?login=").status == 200);
}

/* --- one of them ---------------------------------------------------------- */

ONE_STORE_TEST(the_last_day_of_access_is_set_and_taken_back, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/people/auditor1");

    EXPECT(rs.status == 200 && says(&rs, "account.goes_on"));
    rs = work_post(&w, &b, "/people/auditor1/until", "until=2026-03-31");
    EXPECT_STR(work_led(&rs), S("/people/auditor1?done=until"));
    rs = work_get(&w, &b, "/people/auditor1?done=until");
    EXPECT(says(&rs, "people.done_until"));
    EXPECT(work_holds(&rs, "31 March 2026"));
    EXPECT(work_holds(&rs, "value=\"2026-03-31\""));
    rs = work_post(&w, &b, "/people/auditor1/until", "until=soon");
    EXPECT(rs.status == 400 && work_holds(&rs, "is no date"));
    rs = work_post(&w, &b, "/people/auditor1/until", "until=");
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, "/people/auditor1");
    EXPECT(says(&rs, "account.goes_on"));
    rs = work_post(&w, &b, "/people/nobody/until", "until=");
    EXPECT(rs.status == 404);
}

/* [WP2] */
ONE_STORE_TEST(a_reset_is_shown_once_to_be_handed_over, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct browser theirs = { .lang = LANG_EN };
    struct response rs =
        work_post(&w, &b, "/people/auditor1/reset", "how=hand");
    size_t at = str_find(rs.body, S("/reset/"));

    EXPECT(rs.status == 200 && at < rs.body.n);
    EXPECT_STR(rs.cache, S("no-store"));
    str rest = str_from(rs.body, at);
    const char *path =
        work_text(&w, "", str_first(rest, str_find(rest, S("<"))), "");
    rs = work_get(&w, &b, "/people/auditor1");
    EXPECT(!work_holds(&rs, path));
    rs = work_get(&w, &theirs, path);
    EXPECT(rs.status == 200 && says(&rs, "reset.lead"));
    rs = work_post(&w, &b, "/people/nobody/reset", "how=hand");
    EXPECT(rs.status == 404);
}

/* [AC8] [WP2] */
ONE_STORE_TEST(a_reset_by_mail_shows_no_address, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/people/auditor1");

    EXPECT(!work_holds(&rs, "value=\"mail\"")); /* no server, no address */
    use_mail(&w, &b);
    rs = work_get(&w, &b, "/people/auditor1");
    EXPECT(!work_holds(&rs, "value=\"mail\""));
    (void)office_ask(&w.office, "INSERT INTO admission (person, until, mail) "
                                "SELECT id, NULL, 'a@example.com' FROM person "
                                "WHERE login = 'auditor1'");
    rs = work_get(&w, &b, "/people/auditor1");
    EXPECT(work_holds(&rs, "value=\"mail\""));
    rs = work_post(&w, &b, "/people/auditor1/reset", "how=mail");
    EXPECT(rs.status == 200 && work_holds(&rs, "a@example.com"));
    EXPECT(!work_holds(&rs, "/reset/"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM mail "
                                   "WHERE kind = 'reset'") == 1);
}

ONE_STORE_TEST(a_lost_factor_is_taken_away, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/people/auditor1");

    EXPECT(!work_holds(&rs, "/people/auditor1/factor"));
    rs = work_post(&w, &b, "/people/auditor1/factor", "");
    EXPECT(rs.status == 404 && says(&rs, "door.no_factor")); /* [WP3] */
    EXPECT(work_holds(&rs, "auditor1"));
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)door_phone(&w.office, door_in(&w.office, "wang", WEB_SESSION_OPEN));
    rs = work_get(&w, &b, "/people/wang");
    EXPECT(work_holds(&rs, "/people/wang/factor"));
    rs = work_post(&w, &b, "/people/wang/factor", "");
    EXPECT_STR(work_led(&rs), S("/people/wang?done=factor"));
    rs = work_get(&w, &b, "/people/wang?done=factor");
    EXPECT(says(&rs, "people.done_factor") && says(&rs, "people.factor_none"));
}

ONE_STORE_TEST(an_administrator_ends_the_sessions_of_others, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct browser one = work_enter(&w, "auditor1");
    struct browser two = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, "/people/auditor1");

    EXPECT(work_holds(&rs, "/people/auditor1/sessions/1/end"));
    rs = work_post(&w, &b, "/people/auditor1/sessions/1/end", "");
    EXPECT_STR(work_led(&rs), S("/people/auditor1?done=session"));
    EXPECT(work_get(&w, &one, "/work").status == 303);
    EXPECT(work_get(&w, &two, "/work").status == 200);
    rs = work_post(&w, &b, "/people/auditor1/sessions/9/end", "");
    EXPECT(rs.status == 404 && work_holds(&rs, "auditor1"));
    EXPECT(work_post(&w, &b, "/people/auditor1/sessions/x/end", "").status ==
           404);
    rs = work_post(&w, &b, "/people/auditor1/sessions/end", "");
    EXPECT(rs.status == 303);
    EXPECT(work_get(&w, &two, "/work").status == 303);
    rs = work_get(&w, &b, "/people/admin");
    EXPECT(says(&rs, "account.here"));
    EXPECT(!work_holds(&rs, "/people/admin/sessions/1/end"));
}

/* --- invitations ---------------------------------------------------------- */

ONE_STORE_TEST(an_invitation_says_what_somebody_will_be, true)
{
    static const struct {
        const char *why;
        const char *fields;
        int status;
        const char *says;
    } rows[] = {
        { "two roles", "role=auditor&role=planner&uscc=&until=&mail=", 200,
          "/invitation/" },
        { "of an enterprise", "uscc=" OFFICE_USCC, 200, "/invitation/" },
        { "until a day", "role=expert&until=2026-03-31", 200, "/invitation/" },
        { "nothing", "uscc=&until=&mail=", 400, "role=\"alert\"" },
        { "both", "role=auditor&uscc=" OFFICE_USCC, 400,
          "value=\"auditor\" checked" },
        { "no role of ours", "role=king", 400, "role=\"alert\"" },
        { "a day that was", "role=expert&until=2026-03-01", 400,
          "value=\"2026-03-01\"" },
        { "no day", "role=expert&until=soon", 400, "is no date" },
        { "no mail", "role=expert&mail=x", 400, "value=\"x\"" },
        { "nobody's code", "uscc=91440300708461136T", 404, "role=\"alert\"" },
    };
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = work_post(&w, &b, "/invite", rows[i].fields);

        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].says));
        (void)work_get(&w, &b, "/invite");
    }
    EXPECT(door_noted(&w.office, PASSAGE_INVITED) == 3);
}

ONE_STORE_TEST(an_invitation_with_mail_is_sent_where_a_server_is_set, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs =
        work_post(&w, &b, "/invite", "role=auditor&mail=li%40example.com");

    EXPECT(work_holds(&rs, "/invitation/")); /* by hand: no server */
    (void)work_get(&w, &b, "/people");
    use_mail(&w, &b);
    rs = work_post(&w, &b, "/invite", "role=auditor&mail=li%40example.com");
    EXPECT(rs.status == 200 && work_holds(&rs, "li@example.com"));
    EXPECT(!work_holds(&rs, "/invitation/"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM mail") == 1);
}

/* --- the trail [WT1] ------------------------------------------------------ */

ONE_STORE_TEST(the_trail_is_shown_a_page_at_a_time_and_of_one, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs;

    (void)work_enter(&w, "auditor1");
    rs = work_get(&w, &b, "/trail");
    EXPECT(rs.status == 200 && says(&rs, "passage.in"));
    EXPECT(work_holds(&rs, "href=\"/people/auditor1\""));
    EXPECT(!work_holds(&rs, "rel=\"next\""));
    for (int i = 0; i < 50; i++)
        (void)work_post(&w, &b, "/people/auditor2/until", "until=");
    rs = work_get(&w, &b, "/trail");
    EXPECT(work_holds(&rs, "href=\"/trail?before=3\" rel=\"next\""));
    rs = work_get(&w, &b, "/trail?before=3");
    EXPECT(work_holds(&rs, "href=\"/people/auditor1\""));
    EXPECT(!says(&rs, "passage.until_set"));
    rs = work_get(&w, &b, "/trail?of=auditor2");
    EXPECT(!work_holds(&rs, "href=\"/people/auditor1\""));
    rs = work_get(&w, &b, "/trail?of=nobody");
    EXPECT(rs.status == 200 && says(&rs, "trail.nothing"));
    EXPECT(work_get(&w, &b, "/trail?before=x").status == 200);
}

/* --- the mail server [WM1] ------------------------------------------------ */

static str kept_password(struct test_work *w)
{
    struct office *o = &w->office;
    scoped(tx_abort) struct tx *tx = NULL;
    struct mail_settings s = { 0 };

    EXPECT_OK(app_read(o->app, &o->arena, &tx));
    EXPECT_OK(mail_settings_get(o->app, tx, &o->arena, &s));
    return s.server.password;
}

ONE_STORE_TEST(the_server_is_said_and_its_password_never_shown, true)
{
    static const struct {
        const char *why;
        const char *fields;
        const char *keeps;
    } rows[] = {
        { "the same",
          "server=smtp%3A%2F%2F127.0.0.1%3A1&from=b%40c.example"
          "&user=u&password=",
          "p" },
        { "another",
          "server=smtp%3A%2F%2F127.0.0.1%3A1&from=b%40c.example"
          "&user=u&password=q",
          "q" },
        { "another user",
          "server=smtp%3A%2F%2F127.0.0.1%3A1"
          "&from=b%40c.example&user=v&password=",
          "" },
    };
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs = work_get(&w, &b, "/settings/mail");

    EXPECT(rs.status == 200 && says(&rs, "mailing.unknown"));
    use_mail(&w, &b);
    for (size_t i = 0; i < COUNT(rows); i++) {
        rs = work_post(&w, &b, "/settings/mail", rows[i].fields);
        EXPECT_ROW(rows[i].why, rs.status == 303);
        EXPECT_ROW_STR(rows[i].why, kept_password(&w), str_of(rows[i].keeps));
        rs = work_get(&w, &b, "/settings/mail");
        EXPECT_ROW(rows[i].why, work_holds(&rs, "value=\"b@c.example\""));
        EXPECT_ROW(rows[i].why, !work_holds(&rs, "value=\"q\""));
    }
    rs = work_post(&w, &b, "/settings/mail",
                   "server=ftp%3A%2F%2Fx&from=a%40b.c");
    EXPECT(rs.status == 400 && work_holds(&rs, "value=\"ftp://x\""));
    rs = work_post(&w, &b, "/settings/mail",
                   "server=smtp%3A%2F%2F127.0.0.1%3A2&from=b%40c.example"
                   "&user=v&password=x");
    rs = work_post(&w, &b, "/settings/mail",
                   "server=smtp%3A%2F%2F127.0.0.1%3A3&from=b%40c.example"
                   "&user=v&password=");
    EXPECT_STR(kept_password(&w), S("")); /* another server never gets it */
}

ONE_STORE_TEST(a_letter_tries_the_server, true)
{
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);
    struct response rs =
        work_post(&w, &b, "/settings/mail/test", "to=a%40b.example");

    EXPECT(rs.status == 404 && says(&rs, "outbox.no_server"));
    use_mail(&w, &b);
    rs = work_post(&w, &b, "/settings/mail/test", "to=x");
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));
    rs = work_post(&w, &b, "/settings/mail/test", "to=a%40b.example");
    EXPECT_STR(work_led(&rs), S("/settings/mail?done=test"));
    rs = work_get(&w, &b, "/settings/mail?done=test");
    EXPECT(says(&rs, "mailing.tested") && says(&rs, "mail_kind.test"));
    EXPECT(work_holds(&rs, "a@b.example") && says(&rs, "mail_state.waiting"));
}

/* --- memory -------------------------------------------------------------- */

struct fetching {
    struct test_work *w;
    const char *cookie;
    const char *target;
};

static err fetch(struct heap *h, void *context)
{
    const struct fetching *f = context;
    struct incoming in = { .target = str_of(f->target) };
    struct header cookie = { S("Cookie"), str_of(f->cookie) };
    scoped(arena_end) struct arena a;
    struct request rq = { .arena = &a,
                          .id = S("0123456789abcdef0123456789abcdef"),
                          .network = S("192.0.2.0/24"),
                          .headers = &cookie,
                          .header_count = 1 };
    struct response rs;

    arena_init(&a, h, 8 << 20);
    incoming_method(&in, S("GET"));
    return err_keep(&f->w->office.arena,
                    site_answer(&f->w->site, &rq, &in, &rs));
}

ONE_STORE_TEST(every_page_of_administrators_reports_every_failure, true)
{
    static const char *const targets[] = {
        "/people",         "/people/auditor1", "/invite",
        "/trail",          "/settings/mail",   "/account",
        "/account/factor", "/register",        "/forgot",
    };
    TEST_WORK(w, place);
    struct browser b = admin_of(&w);

    use_mail(&w, &b);
    (void)work_enter(&w, "auditor1");
    for (size_t i = 0; i < COUNT(targets); i++) {
        struct fetching f = { &w, work_text(&w, "s=", b.session, ""),
                              targets[i] };

        EXPECT_ROW(targets[i],
                   test_every_allocation_fails(fetch, NULL, &f) > 0);
    }
}
