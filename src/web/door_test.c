/* The pages by which people come in and go. [WD1]..[WD3] [17065 4.5] */

#include "service/test_door.h"
#include "web/test_work.h"

#include <stdio.h>

/* --- a demonstration --------------------------------------------------------
 */

ONE_STORE_TEST(a_demonstration_shows_whom_one_can_be_and_asks_no_password, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = work_get(&w, &b, "/login");

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "name=\"login\" value=\"auditor1\""));
    EXPECT(work_holds(&rs, "name=\"login\" value=\"newcomer\""));
    EXPECT(str_contains(rs.body, text_get(LANG_EN, "login.no_case")));
    EXPECT(!work_holds(&rs, "name=\"password\""));
    EXPECT(work_holds(&rs, "href=\"/register\""));
    rs = work_post(&w, &b, "/login", "login=auditor1");
    EXPECT_STR(work_led(&rs), S("/work"));
    rs = work_get(&w, &b, "/login");
    EXPECT_STR(work_led(&rs), S("/work"));
}

ONE_STORE_TEST(a_demonstration_says_how_far_an_enterprise_is, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = { .lang = LANG_EN };
    struct response rs;

    office_go_to(&w.office, ref, STAGE_PLAN);
    rs = work_get(&w, &b, "/login");
    EXPECT(work_holds(&rs, "name=\"login\" value=\"newcomer\""));
    EXPECT(str_contains(rs.body, text_get(LANG_EN, "stage.plan")));
    EXPECT(!str_contains(rs.body, text_get(LANG_EN, "login.no_case")));
}

ONE_STORE_TEST(a_body_at_work_names_nobody, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs;

    door_at_work(&w.office);
    rs = work_get(&w, &b, "/login");
    EXPECT(!work_holds(&rs, "auditor1"));
    EXPECT(work_holds(&rs, "name=\"password\""));
}

/* --- passwords ---------------------------------------------------------------
 */

ONE_STORE_TEST(a_wrong_password_is_said_beside_what_was_typed, true)
{
    static const struct {
        const char *why;
        const char *fields;
        int status;
        const char *says;
    } rows[] = {
        { "a wrong password", "login=wang&password=wrong", 403, "door.wrong" },
        { "nobody's login", "login=li&password=correct+horse", 403,
          "door.wrong" },
        { "no password", "login=wang", 403, "door.wrong" },
        { "two of them", "login=wang&password=a&password=correct+horse", 403,
          "door.wrong" },
        { "a login full of HTML", "login=%3Ci%3E&password=x", 403,
          "door.wrong" },
    };
    TEST_WORK(w, place);

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .lang = LANG_EN };

        (void)work_get(&w, &b, "/login?next=/cases");
        struct response rs = work_post(&w, &b, "/login", rows[i].fields);
        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why, b.session.n == 0);
        EXPECT_ROW(rows[i].why,
                   str_contains(rs.body, text_get(LANG_EN, rows[i].says)));
        EXPECT_ROW(rows[i].why, !work_holds(&rs, "correct horse"));
        EXPECT_ROW(rows[i].why, !work_holds(&rs, "<i>"));
    }
}

/* [DO2] The wait is said in seconds, with the status that programs know. */
ONE_STORE_TEST(who_must_wait_is_told_how_long, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = { 0 };

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)work_get(&w, &b, "/login");
    for (int i = 0; i < 6; i++)
        rs = work_post(&w, &b, "/login", "login=wang&password=wrong");
    EXPECT(rs.status == 429);
    EXPECT(work_holds(&rs, "Try again in 1 seconds."));
    EXPECT(work_holds(&rs, "value=\"wang\""));
}

/* --- where one wanted to go [WD2]
 * ----------------------------------------------- */

ONE_STORE_TEST(whoever_signs_in_gets_where_they_wanted_if_it_is_here, true)
{
    static const struct {
        const char *next;
        const char *led;
    } rows[] = {
        { "", "/work" },
        { "%2Fcases%3Fafter%3DC2026-0001", "/cases?after=C2026-0001" },
        { "https%3A%2F%2Fevil.test%2F", "/work" },
        { "%2F%2Fevil.test%2F", "/work" },
        { "%2F%5Cevil.test%2F", "/work" },
        { "cases", "/work" },
    };
    TEST_WORK(w, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = { .lang = LANG_EN };
        char fields[200];

        (void)work_get(&w, &b, "/login");
        (void)snprintf(fields, sizeof fields, "login=intake&next=%s",
                       rows[i].next);
        struct response rs = work_post(&w, &b, "/login", fields);
        EXPECT_ROW_STR(rows[i].next, work_led(&rs), str_of(rows[i].led));
    }
}

/* A page that wants somebody remembers which it was, query and all. */
ONE_STORE_TEST(a_page_that_was_asked_for_is_remembered, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };
    struct response rs = work_get(&w, &b, "/cases?after=C2026-0001");

    EXPECT_STR(work_led(&rs), S("/login?next=/cases%3Fafter%3DC2026-0001"));
    rs = work_get(&w, &b, work_led(&rs).p);
    EXPECT(work_holds(&rs, "value=\"/cases?after=C2026-0001\""));
}

/* --- the second factor
 * ------------------------------------------------------------ */

ONE_STORE_TEST(a_code_opens_what_a_password_began, true)
{
    TEST_WORK(w, place);
    struct office *o = &w.office;
    struct browser b = { .lang = LANG_EN };
    struct response rs;

    door_at_work(o);
    door_hire(o, "wang", ROLE_BIT(ROLE_REVIEWER));
    struct phone phone = door_phone(o, door_in(o, "wang", WEB_SESSION_ENROL));
    (void)work_get(&w, &b, "/login");
    rs = work_post(&w, &b, "/login", "login=wang&password=correct+horse");
    EXPECT_STR(work_led(&rs), S("/login/code"));
    rs = work_get(&w, &b, "/work"); /* [WD1] */
    EXPECT_STR(work_led(&rs), S("/login/code?next=/work"));
    rs = work_get(&w, &b, "/login/code?next=/cases");
    EXPECT(rs.status == 200 && work_holds(&rs, "value=\"/cases\""));
    rs = work_post(&w, &b, "/login/code", "code=000000");
    EXPECT(rs.status == 403);
    EXPECT(str_contains(rs.body, text_get(LANG_EN, "door.code")));
    str code = door_phone_code(o, &phone);
    rs = work_post(&w, &b, "/login/code",
                   work_text(&w, "code=", code, "&next=/cases"));
    EXPECT_STR(work_led(&rs), S("/cases"));
    EXPECT(work_get(&w, &b, "/cases").status == 200);
    rs = work_get(&w, &b, "/login/code");
    EXPECT_STR(work_led(&rs), S("/work"));
}

ONE_STORE_TEST(whoever_needs_a_factor_is_led_to_make_one, true)
{
    TEST_WORK(w, place);
    struct browser b = { .lang = LANG_EN };

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_HEAD));
    (void)work_get(&w, &b, "/login");
    struct response rs =
        work_post(&w, &b, "/login", "login=wang&password=correct+horse");
    EXPECT_STR(work_led(&rs), S("/account/factor"));
}
