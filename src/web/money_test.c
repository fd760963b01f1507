/* The invoices of all cases as a page and as a file. [WQ1] [WQ2] */

#include "service/money.h"

#include "web/test_work.h"

#include <stdio.h>

static bool says(const struct response *rs, const char *key)
{
    return str_contains(rs->body, text_get(LANG_ZH, key));
}

/* A case that owes 100 fen until the end of June. */
static str billed(struct office *o)
{
    str ref = office_case(o);
    char json[300];

    office_go_to(o, ref, STAGE_PLAN);
    (void)snprintf(json, sizeof json,
                   "{'number':'=F-1','lines':[{'text':'审查费','kind':'fee',"
                   "'amount':%lld}],'due':'2026-06-30'}",
                   (long long)office_read(o, ref).state->paid + 100);
    EXPECT_OK(office_do(o, "finance", ref, "invoice.issue", json));
    return ref;
}

ONE_STORE_TEST(finance_looks_through_the_invoices_of_all_cases, true)
{
    static const struct {
        const char *why;
        const char *query;
        bool found;
    } rows[] = {
        { "all", "", true },
        { "open", "?state=open", true },
        { "not overdue yet", "?state=overdue", false },
        { "none is paid", "?state=paid", false },
        { "its month", "?month=2026-06", true },
        { "another month", "?month=2026-07", false },
        { "no month at all", "?month=2026-13", true },
        { "its enterprise", "?q=" OFFICE_USCC, true },
        { "another", "?q=" RIVAL_USCC, false },
    };
    TEST_WORK(w, place);
    str ref = billed(&w.office);
    struct browser b = work_enter(&w, "finance");
    const char *led = work_text(&w, "href=\"/cases/", ref, "/money\"");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b,
                     work_text(&w, "/money", str_of(rows[i].query), ""));

        EXPECT_ROW(rows[i].why, rs.status == 200);
        EXPECT_ROW(rows[i].why, work_holds(&rs, led) == rows[i].found);
        EXPECT_ROW(rows[i].why, says(&rs, "bills.none") != rows[i].found);
    }
    office_pass_days(&w.office, 365);
    b = work_enter(&w, "finance");
    struct response rs = work_get(&w, &b, "/money?state=overdue");
    EXPECT(work_holds(&rs, led) && work_holds(&rs, "class=\"late\""));
    EXPECT(work_holds(&rs, "/money.csv?state=overdue"));
}

ONE_STORE_TEST(nobody_else_reads_of_money, true)
{
    TEST_WORK(w, place);
    str ref = billed(&w.office);
    struct browser b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, "/money");

    EXPECT(rs.status == 200 && says(&rs, "bills.not_yours"));
    EXPECT(!str_contains(rs.body, ref));
    EXPECT(!work_holds(&rs, "href=\"/money\""));
    rs = work_get(&w, &b, "/money.csv");
    EXPECT(rs.status == 303);
    b = work_enter(&w, "newcomer");
    EXPECT(work_get(&w, &b, "/money").status == 403);
    EXPECT(work_get(&w, &b, "/money.csv").status == 403);
}

/* [CS5] The number of the invoice would be a formula. */
ONE_STORE_TEST(the_list_leaves_as_a_file_for_spreadsheets, true)
{
    TEST_WORK(w, place);
    str ref = billed(&w.office);
    struct browser b = work_enter(&w, "head");
    struct response rs = work_get(&w, &b, "/money.csv?state=open");

    EXPECT(rs.status == 200 && str_eq(rs.type, S("text/csv; charset=utf-8")));
    EXPECT(str_contains(rs.body, ref));
    EXPECT(work_holds(&rs, "\"'=F-1\"") && work_holds(&rs, "\"1.00\"\r\n"));
    EXPECT(work_holds(&rs, "\"2026-06-30\""));
    rs = work_get(&w, &b, "/money.csv?state=paid");
    EXPECT(rs.status == 200 && !str_contains(rs.body, ref));
}
