/* The registers of the body as pages. [RG1] [RG2] [17065 7.8] [17065 7.12] */

#include "web/test_work.h"

static bool says(const struct response *rs, const char *key)
{
    return str_contains(rs->body, text_get(LANG_ZH, key));
}

/* [RG1] */
ONE_STORE_TEST(whoever_reads_no_case_is_led_to_no_register, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, "/registers");

    EXPECT(rs.status == 200 && work_holds(&rs, "href=\"/certificates\""));
    rs = work_get(&w, &b, "/work");
    EXPECT(work_holds(&rs, "href=\"/registers\""));
    b = work_enter(&w, "admin");
    rs = work_get(&w, &b, "/registers");
    EXPECT(rs.status == 200 && work_holds(&rs, "href=\"/figures\"") &&
           !work_holds(&rs, "href=\"/certificates\""));
    EXPECT(!work_holds(&rs, "href=\"/money\"") &&
           !work_holds(&rs, "href=\"/filings\""));
    rs = work_get(&w, &b, "/certificates");
    EXPECT(rs.status == 200 && says(&rs, "registers.no_certificates"));
    b = work_enter(&w, "newcomer");
    EXPECT(work_get(&w, &b, "/registers").status == 403);
    EXPECT(work_get(&w, &b, "/certificates").status == 403);
}

/* --- certificates -------------------------------------------------------- */

ONE_STORE_TEST(a_certificate_stands_in_the_register_with_its_case, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "certificates");
    struct response rs = work_get(&w, &b, "/certificates");

    EXPECT(rs.status == 200 && str_contains(rs.body, ref));
    EXPECT(says(&rs, "status.valid") && !work_holds(&rs, "class=\"soon\""));
    rs = work_get(&w, &b, "/certificates?status=suspended");
    EXPECT(!str_contains(rs.body, ref) &&
           says(&rs, "registers.no_certificates"));
    rs = work_get(&w, &b, "/certificates?scheme=mini&soon=90");
    EXPECT(!str_contains(rs.body, ref));
    EXPECT(work_holds(&rs, "<option value=\"mini\" selected>"));
    rs = work_get(&w, &b, "/certificates?status=nonsense");
    EXPECT(str_contains(rs.body, ref));
}

/* What is missed is late, what ends within ninety days ends soon. [M22] */
ONE_STORE_TEST(what_falls_due_on_a_certificate_is_marked, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b;
    struct response rs;

    office_pass_days(&w.office, 3 * 365 - 30);
    b = work_enter(&w, "certificates");
    rs = work_get(&w, &b, "/certificates?soon=90");
    EXPECT(str_contains(rs.body, ref));
    EXPECT(work_holds(&rs, "class=\"soon\"") &&
           work_holds(&rs, "class=\"late\""));
}

/* --- enterprises --------------------------------------------------------- */

ONE_STORE_TEST(an_enterprise_is_found_and_shows_what_there_is_of_it, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = work_enter(&w, "finance");
    struct response rs = work_get(&w, &b, "/enterprises?q=91350100M000100Y43");

    EXPECT(rs.status == 200 &&
           work_holds(&rs, "href=\"/enterprises/91350100M000100Y43\""));
    rs = work_get(&w, &b, "/enterprises?q=nobody");
    EXPECT(says(&rs, "registers.no_enterprises"));
    rs = work_get(&w, &b, "/enterprises/91350100M000100Y43");
    EXPECT(rs.status == 200 && str_contains(rs.body, ref));
    EXPECT(says(&rs, "status.valid") && says(&rs, "stage.upkeep"));
    EXPECT(str_contains(rs.body, w.office.own.name));
    EXPECT(work_get(&w, &b, "/enterprises/91000000000000000X").status == 404);
}

/* --- auditors ------------------------------------------------------------ */

ONE_STORE_TEST(an_auditor_whose_registration_ran_out_is_marked, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "planner");
    struct response rs = work_get(&w, &b, "/auditors");

    EXPECT(rs.status == 200 && work_holds(&rs, "href=\"/auditors/auditor1\""));
    EXPECT(!says(&rs, "registers.over"));
    rs = work_get(&w, &b, "/auditors/auditor1");
    EXPECT(rs.status == 200 && says(&rs, "registers.ties"));
    EXPECT(work_get(&w, &b, "/auditors/finance").status == 404);
    office_pass_days(&w.office, 20 * 365);
    b = work_enter(&w, "planner");
    rs = work_get(&w, &b, "/auditors");
    EXPECT(says(&rs, "registers.over"));
}
