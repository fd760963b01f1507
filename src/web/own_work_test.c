/* What an enterprise finds when it comes in, and how it begins a case.
 * [OW1] [OW2] [WN1] [WN2] [WN3] */

#include "web/test_work.h"

static bool says(const struct response *rs, const char *text)
{
    return str_contains(rs->body, text_get(LANG_ZH, text));
}

/* The value of the first field of this name in a form. */
static const char *value_of(struct test_work *w, const struct response *rs,
                            const char *name)
{
    const char *begin = work_text(w, "name=\"", str_of(name), "\" value=\"");
    size_t at = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, at + strlen(begin));

    return work_text(w, "", str_first(rest, str_find(rest, S("\""))), "");
}

ONE_STORE_TEST(whoever_has_no_case_is_told_how_to_begin, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, "/work");

    EXPECT(rs.status == 200 && says(&rs, "own_work.begin_why"));
    EXPECT(work_holds(&rs, "href=\"/cases/new\""));
    EXPECT(work_holds(&rs, "href=\"/check\""));
    EXPECT(work_holds(&rs, "href=\"/fees\""));
    EXPECT(!says(&rs, "own_work.cases"));
}

/* [OW2] */
ONE_STORE_TEST(the_next_step_says_what_and_why_and_leads_there, true)
{
    static const struct {
        enum stage at;
        const char *what;
        const char *why;
        const char *way;
    } rows[] = {
        { STAGE_PREPARATION, "task.apply", "own_work.why_apply", "/apply\"" },
        { STAGE_CONTRACT, NULL, "own_work.nothing", NULL },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    for (size_t i = 0; i < COUNT(rows); i++) {
        office_go_to(&w.office, ref, rows[i].at);
        struct browser b = work_enter(&w, "newcomer");
        struct response rs = work_get(&w, &b, "/work");

        EXPECT_ROW(rows[i].why, str_contains(rs.body, ref));
        EXPECT_ROW(rows[i].why, says(&rs, rows[i].why));
        if (rows[i].what == NULL)
            continue;
        EXPECT_ROW(rows[i].why, says(&rs, rows[i].what));
        EXPECT_ROW(rows[i].why, work_holds(&rs, rows[i].way));
    }
}

/* [OW1] The second case has a limit, the first has none. */
ONE_STORE_TEST(of_two_steps_the_one_with_the_nearer_limit_comes_first, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    str early = office_case(&w.office);
    str open = office_case(&w.office);
    office_go_to(&w.office, early, STAGE_COMPLETENESS);
    EXPECT_OK(office_do(&w.office, "intake", early, "supplement.ask",
                        "{'note':'盖章页不全'}"));
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, "/work");
    EXPECT(says(&rs, "own_work.why_supply"));
    EXPECT(!says(&rs, "own_work.why_apply"));
    EXPECT(str_contains(rs.body, early) && str_contains(rs.body, open));
    EXPECT(!work_holds(&rs, "class=\"late\""));
    office_pass_days(&w.office, 90);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, "/work");
    EXPECT(work_holds(&rs, "class=\"step overdue\""));
}

/* [M22] [M23] */
ONE_STORE_TEST(a_certificate_is_shown_with_what_falls_due, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    (void)office_certified(&w.office);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, "/work");
    EXPECT(says(&rs, "own_work.certificates"));
    EXPECT(says(&rs, "own_work.survey") && says(&rs, "own_work.renew"));
    EXPECT(work_holds(&rs, "class=\"badge valid\""));
    b = work_enter(&w, "rival");
    rs = work_get(&w, &b, "/work");
    EXPECT(!says(&rs, "own_work.certificates"));
}

/* --- opening a case ------------------------------------------------------- */

/* [WN1] The rights' table says it: applicants and intake. */
ONE_STORE_TEST(only_whoever_may_open_a_case_gets_a_form_for_it, true)
{
    static const struct {
        const char *login;
        bool may;
        bool names_whose; /* staff enter a paper for somebody */
    } rows[] = {
        { "newcomer", true, false },
        { "intake", true, true },
        { "auditor1", false, false },
        { "quality", false, false },
    };
    TEST_WORK(w, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, "/cases/new");

        EXPECT_ROW(rows[i].login, rs.status == 200);
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "name=\"level\"") == rows[i].may);
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "name=\"uscc\"") == rows[i].names_whose);
        rs = work_get(&w, &b, "/cases");
        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "href=\"/cases/new\"") == rows[i].may);
    }
}

/* [WN2] */
ONE_STORE_TEST(a_form_that_is_sent_twice_opens_one_case, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, "/cases/new");
    const char *form = work_text(&w, "scheme=mini&level=ten&command-id=",
                                 str_of(value_of(&w, &rs, "command-id")), "");
    int64_t before = office_count(&w.office, "SELECT count(*) FROM case_view");

    rs = work_post(&w, &b, "/cases/new", form);
    str first = work_led(&rs);
    EXPECT(rs.status == 303 && str_begins(first, S("/cases/C")));
    rs = work_post(&w, &b, "/cases/new", form);
    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), first);
    EXPECT(office_count(&w.office, "SELECT count(*) FROM case_view") ==
           before + 1);
}

ONE_STORE_TEST(what_is_wrong_with_an_opening_is_said_beside_its_scheme, true)
{
    static const struct {
        const char *why;
        const char *form;
        int status;
        const char *says;
    } rows[] = {
        { "a level that is not", "scheme=mini&level=eleven", 400,
          "case.level" },
        { "none", "scheme=mini&level=", 400, NULL },
    };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "newcomer");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = work_get(&w, &b, "/cases/new");
        const char *form = work_text(&w, rows[i].form, S("&command-id="),
                                     value_of(&w, &rs, "command-id"));

        rs = work_post(&w, &b, "/cases/new", form);
        EXPECT_ROW(rows[i].why, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].why, work_holds(&rs, "class=\"problem-note\""));
    }
    EXPECT(work_post(&w, &b, "/cases/new", "scheme=mini&level=ten").status ==
           403);
}

/* [WN3] */
ONE_STORE_TEST(a_renewal_is_of_a_certificate_of_ones_own, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    str number = office_read(&w.office, ref).state->certificate->number;
    const char *target = work_text(&w, "/cases/new?previous=", number, "");
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, target);

    EXPECT(work_holds(&rs, "name=\"previous\""));
    EXPECT(!work_holds(&rs, "value=\"ten-star\""));
    b = work_enter(&w, "rival");
    rs = work_get(&w, &b, target);
    EXPECT(rs.status == 200 && !work_holds(&rs, "name=\"previous\""));
}
