/* What waits, and the cases one may read. [M4] [WW1] [WW2] [CA6] */

#include "web/test_work.h"

/* Something waits for whoever is to check what newcomer applied with. */
ONE_STORE_TEST(what_waits_is_shown_to_whom_it_waits_for, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;
    struct response rs;

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    b = work_enter(&w, "intake");
    rs = work_get(&w, &b, "/work");
    EXPECT(rs.status == 200 && str_contains(rs.body, ref));
    EXPECT(str_contains(rs.body, text_get(LANG_ZH, "task.check")));
    b = work_enter(&w, "auditor1");
    rs = work_get(&w, &b, "/work");
    EXPECT(!str_contains(rs.body, ref));
    EXPECT(str_contains(rs.body, text_get(LANG_ZH, "work.nothing")));
    rs = work_get(&w, &b, "/work?of=all");
    EXPECT(str_contains(rs.body, ref));
    EXPECT(str_contains(rs.body, text_get(LANG_ZH, "role.intake")));
}

ONE_STORE_TEST(what_is_late_stands_first_and_says_so, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;
    struct response rs;

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    b = work_enter(&w, "intake");
    rs = work_get(&w, &b, "/work");
    EXPECT(!work_holds(&rs, "class=\"overdue\""));
    office_pass_days(&w.office, 60);
    b = work_enter(&w, "intake");
    rs = work_get(&w, &b, "/work");
    EXPECT(work_holds(&rs, "class=\"overdue\""));
    EXPECT(str_contains(rs.body, text_get(LANG_ZH, "work.late")));
}

/* Whoever may not see everybody's is not offered it, and does not get it. */
ONE_STORE_TEST(an_enterprise_sees_its_own_only, true)
{
    TEST_WORK(w, place);
    str own = office_case(&w.office);
    struct browser b = work_enter(&w, "rival");
    struct response rs = work_get(&w, &b, "/cases");

    EXPECT(rs.status == 200 && !str_contains(rs.body, own));
    EXPECT(str_contains(rs.body, text_get(LANG_ZH, "cases.nothing")));
    rs = work_get(&w, &b, "/work");
    EXPECT(!work_holds(&rs, "of=all"));
    EXPECT(work_get(&w, &b, "/work?of=all").status == 403);
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, "/cases");
    EXPECT(str_contains(rs.body, own));
    EXPECT(!work_holds(&rs, ">mini · "));
}

/* [M5] Whoever reads a list knows no ids. */
ONE_STORE_TEST(a_case_in_a_list_is_called_as_its_package_calls_it, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    struct browser b = work_enter(&w, "quality");
    struct response rs = work_get(&w, &b, "/cases");
    EXPECT(work_holds(&rs, "小规则 · 十星级"));
    rs = work_get(&w, &b, "/cases?lang=en");
    EXPECT(work_holds(&rs, "Mini scheme · Ten stars"));
}

ONE_STORE_TEST(a_long_list_goes_on_after_its_last_number, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "quality");
    struct response rs;
    str last = S("");

    for (int i = 0; i < 51; i++)
        last = office_case(&w.office);
    rs = work_get(&w, &b, "/cases");
    EXPECT(work_holds(&rs, "rel=\"next\"") && !str_contains(rs.body, last));
    size_t at = str_find(rs.body, S("\"?after="));
    str after = str_from(rs.body, at + strlen("\"?after="));
    after = str_first(after, str_find(after, S("\"")));
    rs = work_get(&w, &b, work_text(&w, "/cases?after=", after, ""));
    EXPECT(str_contains(rs.body, last) && !work_holds(&rs, "rel=\"next\""));
}

ONE_STORE_TEST(a_number_that_was_typed_leads_to_its_case, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "quality");
    str ref = office_case(&w.office);
    struct response rs = work_get(&w, &b, "/cases?number=+c2026-0001+");

    EXPECT_STR(ref, S("C2026-0001"));
    EXPECT_STR(work_led(&rs), S("/cases/c2026-0001"));
    rs = work_get(&w, &b, "/cases?number=a%2Fb%3F");
    EXPECT(rs.status == 200 &&
           str_contains(rs.body, text_get(LANG_ZH, "cases.none_found")));
}
