/* Messages on the page of a case. [MP1] .. [MP4] */

#include "web/test_work.h"

#include <stdio.h>

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

/* What the page's first form carries, and `more`. */
static const char *fields(struct test_work *w, const struct response *rs,
                          const char *more)
{
    const char *version =
        work_text(w, "version=", value_of(rs, "name=\"version\" value=\""),
                  "&command-id=");

    return work_text(w, version, value_of(rs, "name=\"command-id\" value=\""),
                     more);
}

static int64_t sent(struct test_work *w, str ref)
{
    return office_read(&w->office, ref).state->messages.sent;
}

static str case_at(struct test_work *w, enum stage stage)
{
    str ref = office_case(&w->office);

    office_go_to(&w->office, ref, stage);
    return ref;
}

/* [MP2] [MP4]; lines end as the journal has them. */
ONE_STORE_TEST(both_sides_write_and_read_what_was_written, true)
{
    TEST_WORK(w, place);
    str ref = case_at(&w, STAGE_COMPLETENESS);
    const char *way = work_text(&w, "/cases/", ref, "/messages");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);

    EXPECT(rs.status == 200 && says(&rs, "messages_page.none"));
    EXPECT(!work_holds(&rs, "value=\"settle\""));

    const char *form =
        fields(&w, &rs, "&act=send&text=+%3Cb%3Ea%3C%2Fb%3E%0D%0Ab+");
    rs = work_post(&w, &b, way, form);
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), str_of(way));
    rs = work_post(&w, &b, way, form);
    EXPECT(rs.status == 303 && sent(&w, ref) == 1);
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "<p class=\"words\">&lt;b&gt;a&lt;/b&gt;\nb</p>"));
    EXPECT(work_holds(&rs, "<li class=\"own\">"));
    EXPECT(!work_holds(&rs, "class=\"waits\""));

    b = work_enter(&w, "finance");
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "&lt;b&gt;a&lt;/b&gt;\nb</p>"));
    EXPECT(!work_holds(&rs, "<li class=\"own\">"));
    EXPECT(work_holds(&rs, "class=\"waits\""));
    EXPECT(!work_holds(&rs, "value=\"settle\""));
    rs = work_post(&w, &b, way, fields(&w, &rs, "&act=send&text=c"));
    EXPECT(rs.status == 303 && sent(&w, ref) == 2);

    /* [MP5] */
    struct browser own = work_enter(&w, "newcomer");
    const char *badge = work_text(&w, "href=\"/cases/", ref, "/messages\"");
    rs = work_get(&w, &own, "/work");
    EXPECT(work_holds(&rs, badge));
    (void)work_get(&w, &own, way);
    rs = work_get(&w, &own, "/work");
    EXPECT(rs.status == 200 && !work_holds(&rs, badge));
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "<li class=\"own\">"));
    EXPECT(!work_holds(&rs, "class=\"waits\""));
}

/* [MP3] */
ONE_STORE_TEST(a_message_fits_whatever_happened_since_and_settling_does_not,
               true)
{
    TEST_WORK(w, place);
    str ref = case_at(&w, STAGE_COMPLETENESS);
    const char *way = work_text(&w, "/cases/", ref, "/messages");

    EXPECT_OK(
        office_do(&w.office, "newcomer", ref, "message.send", "{'text':'a'}"));
    struct browser b = work_enter(&w, "intake");
    struct response old = work_get(&w, &b, way);
    EXPECT(work_holds(&old, "value=\"settle\""));
    EXPECT_OK(
        office_do(&w.office, "newcomer", ref, "message.send", "{'text':'b'}"));
    struct response rs =
        work_post(&w, &b, way, fields(&w, &old, "&act=settle&note=c"));
    EXPECT(rs.status == 409 && work_holds(&rs, "role=\"alert\""));
    EXPECT(work_holds(&rs, ">c</textarea>"));
    EXPECT(office_read(&w.office, ref).state->messages.waits == 1);
    rs = work_post(&w, &b, way, fields(&w, &rs, "&act=settle&note=c"));
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->messages.waits == 0);
    rs = work_get(&w, &b, way);
    EXPECT(says(&rs, "messages_page.settled"));
    EXPECT(work_holds(&rs, "<p class=\"words\">c</p>"));
    EXPECT(!work_holds(&rs, "value=\"settle\""));
    rs = work_post(&w, &b, way, fields(&w, &old, "&act=send&text=d"));
    EXPECT(rs.status == 303 && sent(&w, ref) == 3);
}

/* [MP2] [MP4] */
ONE_STORE_TEST(what_is_no_message_is_shown_again_and_who_may_not_is_told_why,
               true)
{
    TEST_WORK(w, place);
    str ref = case_at(&w, STAGE_COMPLETENESS);
    const char *way = work_text(&w, "/cases/", ref, "/messages");
    struct browser b = work_enter(&w, "newcomer");
    struct response form = work_get(&w, &b, way);

    struct response rs =
        work_post(&w, &b, way, fields(&w, &form, "&act=send&text=%E3%80%80"));
    EXPECT(rs.status == 400 && says(&rs, "message.empty"));
    rs = work_post(&w, &b, way, fields(&w, &form, "&act=send&text=a%E2%80%AE"));
    EXPECT(rs.status == 400 && work_holds(&rs, "role=\"alert\""));
    rs = work_post(&w, &b, way, "version=1&act=send&text=a");
    EXPECT(rs.status == 403);
    rs = work_post(&w, &b, way, "version=x&command-id=1&text=a");
    EXPECT(rs.status == 403 && sent(&w, ref) == 0);

    b = work_enter(&w, "reviewer");
    rs = work_get(&w, &b, way);
    EXPECT(rs.status == 200 && !work_holds(&rs, "name=\"text\""));
    EXPECT(work_holds(&rs, text_get(LANG_ZH, "role.planner").p));
    b = work_enter(&w, "rival");
    rs = work_get(&w, &b, way);
    EXPECT(rs.status == 404);
}

/* [MP1] */
ONE_STORE_TEST(a_long_conversation_goes_on_before_a_number, true)
{
    TEST_WORK(w, place);
    str ref = case_at(&w, STAGE_COMPLETENESS);
    const char *way = work_text(&w, "/cases/", ref, "/messages");
    char json[40];

    for (int i = 0; i < 53; i++) {
        (void)snprintf(json, sizeof json, "{'text':'m-%02d-m'}", i);
        EXPECT_OK(office_do(&w.office, i % 2 == 0 ? "newcomer" : "intake", ref,
                            "message.send", json));
    }
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, "m-52-m") && work_holds(&rs, "m-03-m"));
    EXPECT(!work_holds(&rs, "m-02-m"));
    EXPECT(str_find(rs.body, S("m-03-m")) < str_find(rs.body, S("m-52-m")));
    EXPECT(!says(&rs, "messages_page.newest"));
    rs = work_get(&w, &b,
                  work_text(&w, way, S("?before="),
                            work_text(&w, "", value_of(&rs, "?before="), "")));
    EXPECT(work_holds(&rs, "m-02-m") && work_holds(&rs, "m-00-m"));
    EXPECT(!work_holds(&rs, "m-03-m"));
    EXPECT(says(&rs, "messages_page.newest"));
    EXPECT(!says(&rs, "messages_page.earlier"));
    rs = work_get(&w, &b, work_text(&w, way, S("?before=x"), ""));
    EXPECT(rs.status == 200 && work_holds(&rs, "m-52-m"));
}

/* [MP6] */
ONE_STORE_TEST(what_is_begun_is_there_again_until_it_is_sent, true)
{
    TEST_WORK(w, place);
    str ref = case_at(&w, STAGE_COMPLETENESS);
    const char *way = work_text(&w, "/cases/", ref, "/messages");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, way);
    const char *quiet = fields(&w, &rs, "&act=send&quiet=1&text=Half+a");
    const char *none = fields(&w, &rs, "&act=send&quiet=1&text=");
    const char *whole = fields(&w, &rs, "&act=send&text=Half+a+sentence");

    rs = work_post(&w, &b, way, quiet);
    EXPECT(rs.status == 204 && sent(&w, ref) == 0);
    struct browser other = work_enter(&w, "intake");
    rs = work_get(&w, &other, way);
    EXPECT(!work_holds(&rs, "Half a")); /* nobody else's */
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, ">Half a</textarea>"));
    EXPECT_OK(office_do(&w.office, "finance", ref, "message.send",
                        "{'text':'theirs'}")); /* it stays there */
    rs = work_get(&w, &b, way);
    EXPECT(work_holds(&rs, ">Half a</textarea>"));

    rs = work_post(&w, &b, way, none);
    EXPECT(rs.status == 204);
    rs = work_get(&w, &b, way);
    EXPECT(!work_holds(&rs, "Half a"));

    EXPECT(work_post(&w, &b, way, quiet).status == 204);
    EXPECT(work_post(&w, &b, way, whole).status == 303);
    rs = work_get(&w, &b, way);
    EXPECT(!work_holds(&rs, ">Half a</textarea>"));
}
