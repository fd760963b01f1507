/* Where to go on when a command on a case was refused. [CY1]..[CY3] [M22] */

#include "web/test_work.h"

static const char *address(struct test_work *w, str ref, const char *command)
{
    return work_text(w, "/cases/", ref,
                     work_text(w, "/do/", str_of(command), ""));
}

/* A surveillance is planned after its round was opened, and the page leads
 * there. [CY2] */
ONE_STORE_TEST(a_plan_without_a_round_leads_to_where_one_is_opened, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "planner");
    const char *opens =
        work_text(&w, "<a href=\"", str_of(address(&w, ref, "round.open")),
                  "\">open a round of upkeep");

    b.lang = LANG_EN;
    struct response rs = work_get(&w, &b, address(&w, ref, "plan.make"));
    EXPECT(rs.status == 422);
    EXPECT(work_holds(&rs, "You can go on here:"));
    EXPECT(work_holds(&rs, opens));
    EXPECT(!work_holds(&rs, "<form class=\"record\""));

    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/planner"));
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, opens));
}

/* [CY3] */
ONE_STORE_TEST(nobody_is_led_to_what_they_may_not_do, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "finance");

    b.lang = LANG_EN;
    struct response rs = work_get(&w, &b, address(&w, ref, "quote.make"));
    EXPECT(rs.status == 422);
    EXPECT(!work_holds(&rs, "You can go on here:"));
}

/* [CY1] Over the form, too. */
ONE_STORE_TEST(a_refusal_that_names_a_command_leads_to_it, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "planner");

    b.lang = LANG_EN;
    EXPECT_OK(office_do(&w.office, "planner", ref, "round.open",
                        "{'kind':'special','reason':'投诉'}"));
    struct response rs = work_get(&w, &b, address(&w, ref, "round.open"));
    EXPECT(rs.status == 422);
    EXPECT(work_holds(&rs,
                      work_text(&w, "<a href=\"",
                                str_of(address(&w, ref, "plan.make")), "\"")));
    EXPECT(!work_holds(&rs, work_text(&w, "<a href=\"",
                                      str_of(address(&w, ref, "round.open")),
                                      "\"")));
}
