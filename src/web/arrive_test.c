/* How people come by what a letter brings. [WV1]..[WV3] [AC1]..[AC4] [AC8]
 * [17065 4.5] */

#include "service/accounts.h"
#include "service/mail_settings.h"
#include "service/test_door.h"
#include "web/test_work.h"

#define NEWCO                                                                  \
    "uscc=91440300708461136T&name=Newco&registered=2019-04-14&scope=shops"     \
    "&mail=li%40example.com"

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

static void use_mail(struct office *o)
{
    const struct mail_settings s = {
        .server = { .address = S("smtp://127.0.0.1:1") },
        .from = S("office@body.example"),
    };

    EXPECT_OK(mail_settings_set(o->app, &o->arena, office_as(o, "admin"), &s));
}

static int64_t mails(const struct test_work *w)
{
    return office_count(&w->office, "SELECT count(*) FROM mail");
}

/* A letter that somebody got, by the same use cases. */
static const char *letter(struct test_work *w, enum ticket_kind kind)
{
    static const struct door_origin from = { S_INIT("192.0.2.9"), S_INIT("") };
    static const struct registration newco = {
        .mail = S_INIT("li@example.com"),
        .uscc = S_INIT("91440300708461136T"),
        .name = S_INIT("Newco"),
        .registered = 18000,
        .scope = S_INIT("shops"),
    };
    static const struct invitation_wish wish = {
        .mail = S_INIT("li@example.com"),
        .roles = S_INIT("auditor"),
        .uscc = S_INIT(""),
        .until = DAY_NEVER,
    };
    struct office *o = &w->office;
    const struct session *admin = office_as(o, "admin");
    struct ticket_letter l = { .path = S("/") };

    if (kind == TICKET_INVITE)
        EXPECT_OK(accounts_invite(o->app, &o->arena, admin, &wish, NULL, &l));
    else if (kind == TICKET_REGISTER)
        EXPECT_OK(
            accounts_register(o->app, &o->arena, &newco, &from, NULL, &l));
    else
        EXPECT_OK(accounts_reset_for(o->app, &o->arena, admin, S("auditor1"),
                                     NULL, &l));
    return work_text(w, "", l.path, "");
}

/* --- registering ---------------------------------------------------------- */

ONE_STORE_TEST(whoever_registers_is_led_on_and_sent_a_letter, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs;

    use_mail(&w.office);
    EXPECT(work_get(&w, &b, "/register").status == 200);
    rs = work_post(&w, &b, "/register", NEWCO);
    EXPECT_STR(work_led(&rs), S("/arrived/registered"));
    EXPECT(mails(&w) == 1);
    rs = work_get(&w, &b, "/arrived/registered");
    EXPECT(rs.status == 200 && says(&rs, "register.sent_text"));
}

/* [WV1] [AC3] */
ONE_STORE_TEST(a_code_that_is_registered_is_answered_as_a_new_one, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs;

    use_mail(&w.office);
    (void)work_get(&w, &b, "/register");
    rs = work_post(&w, &b, "/register",
                   "uscc=" OFFICE_USCC "&name=x&registered=2019-04-14"
                   "&scope=x&mail=li%40example.com");
    EXPECT_STR(work_led(&rs), S("/arrived/registered"));
    EXPECT(mails(&w) == 1);
}

ONE_STORE_TEST(what_is_unfit_is_said_beside_what_was_typed, true)
{
    static const struct {
        const char *why;
        const char *fields;
        const char *says;
    } rows[] = {
        { "a code with a slip",
          "uscc=914403007084611360&name=Newco&registered=2019-04-14&scope=x"
          "&mail=li%40example.com",
          "914403007084611360" },
        { "no day",
          "uscc=91440300708461136T&name=Newco&registered=soon&scope=x"
          "&mail=li%40example.com",
          "is no date" },
        { "a day to come",
          "uscc=91440300708461136T&name=Newco&registered=2031-04-14&scope=x"
          "&mail=li%40example.com",
          "14 April 2031" },
        { "no mail",
          "uscc=91440300708461136T&name=Newco&registered=2019-04-14&scope=x"
          "&mail=li",
          "is no mail address" },
        { "no scope",
          "uscc=91440300708461136T&name=Newco&registered=2019-04-14&scope="
          "&mail=li%40example.com",
          "scope" },
    };
    TEST_WORK(w, place);

    use_mail(&w.office);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .lang = LANG_EN };

        (void)work_get(&w, &b, "/register");
        struct response rs = work_post(&w, &b, "/register", rows[i].fields);
        EXPECT_ROW(rows[i].why, rs.status == 400);
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].says));
        EXPECT_ROW(rows[i].why, work_holds(&rs, "value=\"Newco\""));
    }
    EXPECT(mails(&w) == 0);
}

/* [WV3] Nothing is asked for in vain, and nothing is made. */
ONE_STORE_TEST(without_a_mail_server_the_page_says_who_helps, true)
{
    static const struct {
        const char *to;
        const char *fields;
    } rows[] = {
        { "/register", NEWCO },
        { "/forgot", "login=auditor1" },
    };
    TEST_WORK(w, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .lang = LANG_EN };
        struct response rs = work_get(&w, &b, rows[i].to);

        EXPECT_ROW(rows[i].to, rs.status == 200 && says(&rs, "arrive.no_mail"));
        EXPECT_ROW(rows[i].to, !work_holds(&rs, "<form class=\"sheet\""));
        (void)work_get(&w, &b, "/login");
        rs = work_post(&w, &b, rows[i].to, rows[i].fields);
        EXPECT_ROW(rows[i].to, rs.status == 422 && says(&rs, "arrive.no_mail"));
    }
    EXPECT(office_count(&w.office, "SELECT count(*) FROM ticket") == 0);
}

ONE_STORE_TEST(the_letter_of_a_registration_opens_the_account, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *to = letter(&w, TICKET_REGISTER);
    struct response rs;

    door_at_work(&w.office);
    rs = work_get(&w, &b, to);
    EXPECT(rs.status == 200 && says(&rs, "arrive.registering"));
    rs = work_post(&w, &b, to, "login=li&name=Li&password=a+first+secret");
    EXPECT_STR(work_led(&rs), S("/arrived/account"));
    rs = work_get(&w, &b, "/login");
    rs = work_post(&w, &b, "/login", "login=li&password=a+first+secret");
    EXPECT_STR(work_led(&rs), S("/work"));
    rs = work_get(&w, &b, "/account");
    EXPECT(work_holds(&rs, "91440300708461136T"));
    EXPECT(work_holds(&rs, "li@example.com"));
}

/* --- invitations ---------------------------------------------------------- */

/* A slip leaves the ticket, and what was typed but the password. */
ONE_STORE_TEST(an_invitation_is_accepted_once, true)
{
    static const struct {
        const char *why;
        const char *fields;
        int status;
    } slips[] = {
        { "no login", "login=l+i&name=Li&password=a+first+secret", 400 },
        { "no name", "login=li&name=&password=a+first+secret", 400 },
        { "a short password", "login=li&name=Li&password=seven..", 400 },
        { "a login that is taken",
          "login=admin&name=Li&password=a+first+secret", 409 },
    };
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *to = letter(&w, TICKET_INVITE);
    struct response rs = work_get(&w, &b, to);

    EXPECT(rs.status == 200 && says(&rs, "arrive.invited"));
    for (size_t i = 0; i < COUNT(slips); i++) {
        rs = work_post(&w, &b, to, slips[i].fields);
        EXPECT_ROW(slips[i].why, rs.status == slips[i].status);
        EXPECT_ROW(slips[i].why, work_holds(&rs, "role=\"alert\""));
        EXPECT_ROW(slips[i].why, !work_holds(&rs, "a first secret"));
    }
    rs = work_post(&w, &b, to, "login=li&name=Li&password=a+first+secret");
    EXPECT_STR(work_led(&rs), S("/arrived/account"));
    rs = work_post(&w, &b, to, "login=li2&name=Li&password=a+first+secret");
    EXPECT(rs.status == 404 && says(&rs, "arrive.no_ticket"));
    rs = work_get(&w, &b, to);
    EXPECT(rs.status == 404 && says(&rs, "arrive.no_ticket"));
}

/* [AC2] In the same words, whatever is wrong with it. */
ONE_STORE_TEST(a_link_that_does_not_work_says_what_to_do, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *reset = letter(&w, TICKET_RESET);
    const char *rows[] = {
        "/invitation/x",
        "/registration/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "/reset/%3Cb%3E",
        work_text(&w, "/invitation/", str_from(str_of(reset), 7), ""),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = work_get(&w, &b, rows[i]);

        EXPECT_ROW(rows[i], rs.status == 404 && says(&rs, "arrive.no_ticket"));
    }
    EXPECT(work_get(&w, &b, reset).status == 200);
}

/* --- resets --------------------------------------------------------------- */

/* [WV1] [AC3] */
ONE_STORE_TEST(whoever_forgot_is_answered_the_same, true)
{
    static const char *const rows[] = { "login=li", "login=nobody", "login=" };
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *to = letter(&w, TICKET_INVITE);
    struct response rs;

    door_at_work(&w.office);
    use_mail(&w.office);
    (void)work_get(&w, &b, to);
    (void)work_post(&w, &b, to, "login=li&name=Li&password=a+first+secret");
    for (size_t i = 0; i < COUNT(rows); i++) {
        rs = work_post(&w, &b, "/forgot", rows[i]);
        EXPECT_ROW_STR(rows[i], work_led(&rs), S("/arrived/asked"));
        EXPECT_ROW(rows[i], mails(&w) == 1);
    }
    rs = work_get(&w, &b, "/arrived/asked");
    EXPECT(says(&rs, "forgot.sent_text"));
}

ONE_STORE_TEST(a_network_that_asks_too_often_is_told_to_wait, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = { 0 };

    use_mail(&w.office);
    (void)work_get(&w, &b, "/forgot");
    for (int i = 0; i < 11; i++)
        rs = work_post(&w, &b, "/forgot", "login=li");
    EXPECT(rs.status == 303);
    rs = work_post(&w, &b, "/forgot", "login=li");
    EXPECT(rs.status == 429 && work_holds(&rs, "role=\"alert\""));
    EXPECT(work_holds(&rs, "value=\"li\""));
}

ONE_STORE_TEST(a_reset_sets_a_password_once, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *to = letter(&w, TICKET_RESET);
    struct response rs;

    door_at_work(&w.office);
    rs = work_get(&w, &b, to);
    EXPECT(rs.status == 200 && says(&rs, "reset.lead"));
    rs = work_post(&w, &b, to, "password=seven..");
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));
    rs = work_post(&w, &b, to, "password=battery+staple");
    EXPECT_STR(work_led(&rs), S("/arrived/password"));
    rs = work_post(&w, &b, to, "password=battery+staple");
    EXPECT(rs.status == 404);
    (void)work_get(&w, &b, "/login");
    rs = work_post(&w, &b, "/login", "login=auditor1&password=battery+staple");
    EXPECT(rs.status == 303 && b.session.n > 0);
}

ONE_STORE_TEST(only_our_own_words_are_said, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };

    EXPECT(work_get(&w, &b, "/arrived/password").status == 200);
    EXPECT(work_get(&w, &b, "/arrived/elsewhere").status == 404);
}

/* [WV2] Its form sends it, and the link to the other language leads to the same
 * page: nothing else of the page holds it. */
ONE_STORE_TEST(a_ticket_stands_in_addresses_of_its_own_page_only, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    const char *to = letter(&w, TICKET_INVITE);
    struct response rs = work_get(&w, &b, to);
    str ticket = str_from(str_of(to), strlen("/invitation/"));
    str rest = rs.body;
    int n = 0;

    for (size_t at = str_find(rest, ticket); at < rest.n;
         at = str_find(rest, ticket)) {
        rest = str_from(rest, at + ticket.n);
        n++;
    }
    EXPECT(n == 2);
    EXPECT(work_holds(&rs, work_text(&w, "action=\"", str_of(to), "\"")));
    EXPECT(work_holds(&rs, work_text(&w, "href=\"", str_of(to), "?lang=zh\"")));
}
