/* One's own account, second factors. [WA1] [WA2] [WF1]..[WF3] [17065 4.5] */

#include "service/test_door.h"
#include "web/square.h"
#include "web/test_work.h"

#include <stdio.h>

/* A browser in which somebody is in by a password. */
static struct browser enter(struct test_work *w, const char *login,
                            enum web_session_state state)
{
    return (struct browser){ .session = door_in(&w->office, login, state),
                             .lang = LANG_EN };
}

static bool says(const struct response *rs, const char *what)
{
    return str_contains(rs->body, text_get(LANG_EN, what));
}

/* What stands between two texts of a page. */
static str between(const struct response *rs, const char *before,
                   const char *after)
{
    size_t at = str_find(rs->body, str_of(before));
    str rest = str_from(rs->body, at + strlen(before));

    EXPECT_ROW(before, at < rs->body.n);
    return at < rs->body.n ? str_first(rest, str_find(rest, str_of(after)))
                           : S("");
}

/* The telephone that typed the key of this page. */
static struct phone phone_of(struct test_work *w, const struct response *rs)
{
    str grouped = between(rs, "<code class=\"secret\">", "</code>");
    char text[100];
    size_t n = 0;
    str kept = S("");

    for (size_t i = 0; i < grouped.n && n < sizeof text; i++) {
        if (grouped.p[i] != ' ')
            text[n++] = grouped.p[i];
    }
    EXPECT(arena_str(&w->office.arena, (str){ text, n }, &kept));
    return door_phone_of(&w->office, kept);
}

static struct response post_code(struct test_work *w, struct browser *b,
                                 const char *to, str code)
{
    return work_post(w, b, to, work_text(w, "code=", code, ""));
}

/* --- the page ------------------------------------------------------------- */

ONE_STORE_TEST(an_account_says_who_one_is_here, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs;

    b.lang = LANG_EN;
    rs = work_get(&w, &b, "/account");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "newcomer") && work_holds(&rs, OFFICE_USCC));
    EXPECT(says(&rs, "role.applicant"));
    EXPECT(says(&rs, "account.no_factor"));
    EXPECT(says(&rs, "account.password_demonstration"));
    EXPECT(says(&rs, "account.here"));
    b = work_enter(&w, "admin");
    b.lang = LANG_EN;
    rs = work_get(&w, &b, "/account");
    EXPECT(says(&rs, "account.needs_factor"));
}

/* What is led to says what was done only by words that we know. [WA2] */
ONE_STORE_TEST(what_was_done_is_a_word_of_ours, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "intake");
    struct response rs;

    b.lang = LANG_EN;
    rs = work_get(&w, &b, "/account?done=password");
    EXPECT(says(&rs, "account.done_password"));
    rs = work_get(&w, &b, "/account?done=%3Cb%3Ex");
    EXPECT(rs.status == 200 && !work_holds(&rs, "done-note"));
}

/* --- passwords ------------------------------------------------------------ */

ONE_STORE_TEST(a_password_is_changed_by_who_knows_the_old_one, true)
{
    static const struct {
        const char *why;
        const char *fields;
        int status;
        const char *says; /* NULL: it is changed */
    } rows[] = {
        { "a wrong old one", "old=wrong&new=battery+staple", 403,
          "door.password" },
        { "none", "new=battery+staple", 403, "door.password" },
        { "right", "old=correct+horse&new=battery+staple", 303, NULL },
        { "the old one again", "old=correct+horse&new=battery+staple", 403,
          "door.password" },
    };
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    b = enter(&w, "wang", WEB_SESSION_OPEN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)work_get(&w, &b, "/account");
        rs = work_post(&w, &b, "/account/password", rows[i].fields);
        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why,
                   rows[i].says == NULL || says(&rs, rows[i].says));
        EXPECT_ROW(rows[i].why, !work_holds(&rs, "battery"));
    }
    rs = work_post(&w, &b, "/account/password", "old=battery+staple&new=short");
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));
}

/* --- sessions [WA1] ------------------------------------------------------- */

ONE_STORE_TEST(a_session_is_ended_from_another, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct browser other;
    struct response rs;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    b = enter(&w, "wang", WEB_SESSION_OPEN);
    other = enter(&w, "wang", WEB_SESSION_OPEN);
    rs = work_get(&w, &b, "/account");
    EXPECT(!work_holds(&rs, "/account/sessions/1/end")); /* one is in it */
    EXPECT(work_holds(&rs, "/account/sessions/2/end"));
    rs = work_post(&w, &b, "/account/sessions/2/end", "");
    EXPECT_STR(work_led(&rs), S("/account?done=session"));
    rs = work_get(&w, &other, "/account");
    EXPECT_STR(work_led(&rs), S("/login?next=/account"));
    rs = work_post(&w, &b, "/account/sessions/2/end", "");
    EXPECT(rs.status == 404);
    rs = work_post(&w, &b, "/account/sessions/x/end", "");
    EXPECT(rs.status == 404);
    EXPECT(work_get(&w, &b, "/account").status == 200);
}

ONE_STORE_TEST(all_other_sessions_are_ended_at_once, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct browser other;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    b = enter(&w, "wang", WEB_SESSION_OPEN);
    struct response rs = work_get(&w, &b, "/account");
    EXPECT(!work_holds(&rs, "/account/sessions/end")); /* there is no other */
    other = enter(&w, "wang", WEB_SESSION_OPEN);
    rs = work_get(&w, &b, "/account");
    EXPECT(work_holds(&rs, "/account/sessions/end"));
    rs = work_post(&w, &b, "/account/sessions/end", "");
    EXPECT(rs.status == 303);
    EXPECT(work_get(&w, &other, "/account").status == 303);
    EXPECT(work_get(&w, &b, "/account").status == 200);
}

/* Nobody ends somebody else's by their number: numbers are one's own. */
ONE_STORE_TEST(the_sessions_of_others_are_not_reached, true)
{
    TEST_WORK(w, place);
    struct browser wang;
    struct browser li;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&w.office, "li", ROLE_BIT(ROLE_AUDITOR));
    wang = enter(&w, "wang", WEB_SESSION_OPEN);
    li = enter(&w, "li", WEB_SESSION_OPEN);
    (void)work_get(&w, &li, "/account");
    struct response rs = work_post(&w, &li, "/account/sessions/1/end", "");
    EXPECT(rs.status == 303 && li.session.n == 0); /* it was their own */
    EXPECT(work_get(&w, &wang, "/account").status == 200);
}

/* --- second factors ------------------------------------------------------- */

/* The whole way of who must have one, from the password on. */
ONE_STORE_TEST(who_must_have_a_factor_sets_it_up_and_is_in, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_REVIEWER));
    b = enter(&w, "wang", WEB_SESSION_ENROL);
    rs = work_get(&w, &b, "/account/factor?next=/cases");
    EXPECT(rs.status == 200 && says(&rs, "factor.owed"));
    rs = work_post(&w, &b, "/account/factor", "next=/cases");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "src=\"data:image/svg+xml,%3Csvg"));
    EXPECT(work_holds(&rs, "href=\"otpauth://totp/"));
    EXPECT_STR(rs.cache, S("no-store")); /* [WF1] */
    struct phone phone = phone_of(&w, &rs);
    rs = post_code(&w, &b, "/account/factor/prove", S("000000"));
    EXPECT(rs.status == 403 && says(&rs, "door.code"));
    EXPECT(!work_holds(&rs, "otpauth:")); /* not shown again */
    str code = door_phone_code(&w.office, &phone);
    rs = work_post(&w, &b, "/account/factor/prove",
                   work_text(&w, "code=", code, "&next=/cases"));
    EXPECT(rs.status == 200 && says(&rs, "factor.set"));
    EXPECT(work_holds(&rs, "href=\"/cases\""));
    EXPECT(between(&rs, "<li><code>", "</code>").n == 19); /* [WF2] */
    EXPECT(work_get(&w, &b, "/cases").status == 200);
}

ONE_STORE_TEST(a_factor_is_replaced_by_who_shows_it, true)
{
    TEST_WORK(w, place);
    struct office *o = &w.office;
    struct browser b;
    struct response rs;

    door_at_work(o);
    door_hire(o, "wang", ROLE_BIT(ROLE_AUDITOR));
    b = enter(&w, "wang", WEB_SESSION_OPEN);
    struct phone old = door_phone(o, b.session);
    rs = work_get(&w, &b, "/account/factor");
    EXPECT(says(&rs, "factor.replace_lead"));
    rs = post_code(&w, &b, "/account/factor", S("000000"));
    EXPECT(rs.status == 403 && says(&rs, "door.code"));
    EXPECT(!work_holds(&rs, "otpauth:"));
    rs = post_code(&w, &b, "/account/factor", door_phone_code(o, &old));
    EXPECT(rs.status == 200);
    struct phone new = phone_of(&w, &rs);
    rs = post_code(&w, &b, "/account/factor/prove", door_phone_code(o, &new));
    EXPECT(rs.status == 200 && says(&rs, "factor.set"));
    EXPECT(work_holds(&rs, "href=\"/account?done=factor\""));
}

/* [WF3] A session that owes a code is led to give it, and makes no factor. */
ONE_STORE_TEST(who_owes_a_code_sees_nothing_of_the_factor, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)door_phone(&w.office, door_in(&w.office, "wang", WEB_SESSION_OPEN));
    b = enter(&w, "wang", WEB_SESSION_CODE);
    rs = work_get(&w, &b, "/account/factor");
    EXPECT_STR(work_led(&rs), S("/login/code"));
    (void)work_get(&w, &b, "/login/code");
    rs = work_post(&w, &b, "/account/factor", "");
    EXPECT(rs.status == 403 && says(&rs, "door.state"));
    rs = work_get(&w, &b, "/account");
    EXPECT_STR(work_led(&rs), S("/login/code?next=/account"));
}

ONE_STORE_TEST(a_factor_is_removed_where_no_role_needs_it, true)
{
    static const struct {
        const char *login;
        unsigned roles;
        int status;
    } rows[] = {
        { "audits", ROLE_BIT(ROLE_AUDITOR), 303 },
        { "reviews", ROLE_BIT(ROLE_REVIEWER), 403 },
    };
    TEST_WORK(w, place);
    struct office *o = &w.office;

    door_at_work(o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool needs = rows[i].status == 403;
        struct browser b;
        struct response rs;

        door_hire(o, rows[i].login, rows[i].roles);
        b = enter(&w, rows[i].login,
                  needs ? WEB_SESSION_ENROL : WEB_SESSION_OPEN);
        struct phone phone = door_phone(o, b.session);
        rs = work_get(&w, &b, "/account/factor");
        EXPECT_ROW(rows[i].login, says(&rs, "factor.remove_do") == !needs);
        rs = post_code(&w, &b, "/account/factor/remove",
                       door_phone_code(o, &phone));
        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login, door_who(o, b.session).has_factor == needs);
    }
}

ONE_STORE_TEST(a_code_for_no_secret_begins_anew, true)
{
    TEST_WORK(w, place);
    struct browser b;

    door_at_work(&w.office);
    door_hire(&w.office, "wang", ROLE_BIT(ROLE_AUDITOR));
    b = enter(&w, "wang", WEB_SESSION_OPEN);
    (void)work_get(&w, &b, "/account/factor");
    struct response rs =
        post_code(&w, &b, "/account/factor/prove", S("000000"));
    EXPECT(rs.status == 404 && says(&rs, "door.no_secret"));
    EXPECT(says(&rs, "factor.begin"));
}

/* Whoever is led on after it is led to a page of ours. [AN2] */
ONE_STORE_TEST(nobody_is_led_elsewhere_after_setting_up_a_factor, true)
{
    static const char *const rows[] = { "https://evil.test/", "//evil.test/",
                                        "/%5Cevil.test/", "cases" };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "intake");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b,
                     work_text(&w, "/account/factor?next=", str_of(rows[i]),
                               ""));

        EXPECT_ROW(rows[i], rs.status == 200);
        EXPECT_ROW(rows[i], !work_holds(&rs, "value=\"https:") &&
                                !work_holds(&rs, "value=\"//"));
    }
}

/* --- the square code [SQ1] ------------------------------------------------ */

TEST(a_square_code_is_dark_on_white_with_its_margin)
{
    TEST_ARENA(a, 1 << 20);
    str svg = S("");
    char longest[4000];

    EXPECT_OK(square_draw(&a, S("x"), &svg));
    EXPECT(str_contains(svg, S("viewBox=\"0 0 29 29\"")));
    EXPECT(str_contains(svg, S("fill=\"#ffffff\"")));
    EXPECT(str_contains(svg, S("M4 4h7v1h-7z"))); /* the corner's edge */
    memset(longest, 'x', sizeof longest);
    EXPECT_ERR(square_draw(&a, (str){ longest, sizeof longest }, &svg),
               ERR_LIMIT, "web.square");
}

static err draw_with(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    str svg;

    arena_init(&a, h, 1 << 20);
    return square_draw(&a, S("otpauth://totp/a?secret=b"), &svg);
}

TEST(a_square_code_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(draw_with, NULL, NULL) > 0);
}
