/* The reports to the authority, month by month. [FI1] [FI2] [M20] */

#include "web/filings.h"

#include "web/test_work.h"

static bool says(const struct response *rs, const char *key)
{
    return str_contains(rs->body, text_get(LANG_ZH, key));
}

/* A certificate of March 2026, on a day after that month. */
static void report_waits(struct test_work *w)
{
    (void)office_certified(&w->office);
    while (office_today(&w->office) <= office_day("2026-04-02"))
        office_pass_days(&w->office, 1);
}

ONE_STORE_TEST(a_month_is_listed_with_what_is_due_and_its_problems, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    report_waits(&w);
    b = work_enter(&w, "authority");
    rs = work_get(&w, &b, "/filings");
    EXPECT(rs.status == 200 && work_holds(&rs, "href=\"/filings/2026-03\""));
    EXPECT(says(&rs, "month_state.due"));
    rs = work_get(&w, &b, "/filings/2026-03");
    EXPECT(rs.status == 200 && work_holds(&rs, "证书信息表"));
    EXPECT(says(&rs, "filings.reporter_acts")); /* no forms */
    EXPECT(!work_holds(&rs, "/filings/2026-03/export"));
    EXPECT(work_get(&w, &b, "/filings/2027-01").status == 404);
    EXPECT(work_get(&w, &b, "/filings/2026-3").status == 404);
    b = work_enter(&w, "admin");
    rs = work_get(&w, &b, "/filings");
    EXPECT(rs.status == 200 && says(&rs, "filings.not_yours"));
    EXPECT(work_get(&w, &b, "/filings/2026-03").status == 404);
}

/* [RT2] [RT6] */
ONE_STORE_TEST(a_reporter_exports_downloads_and_marks_a_month, true)
{
    TEST_WORK(w, place);
    char today[DAY_TEXT];
    struct browser b;
    struct response rs;

    report_waits(&w);
    b = work_enter(&w, "reporter");
    rs = work_get(&w, &b, "/filings/2026-03");
    EXPECT(rs.status == 200 && says(&rs, "filings.leave_out"));
    rs = work_post(&w, &b, "/filings/2026-03/export", "");
    EXPECT(rs.status == 422 && says(&rs, "filings.has_problems"));
    rs = work_get(&w, &b, "/filings/2026-03/workbook");
    EXPECT(rs.status == 404); /* nothing was exported */
    rs = work_post(&w, &b, "/filings/2026-03/export", "partial=1");
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, "/filings/2026-03?done=1");
    EXPECT(says(&rs, "filings.done") && says(&rs, "filings.partial"));
    rs = work_get(&w, &b, "/filings/2026-03/workbook");
    EXPECT(rs.status == 200 && str_begins(rs.body, S("PK")));
    rs = work_post(&w, &b, "/filings/2026-03/filed",
                   "filed=nonsense&receipt=R-1");
    EXPECT(rs.status == 400 && work_holds(&rs, "value=\"R-1\""));
    (void)work_get(&w, &b, "/filings/2026-03");
    rs = work_post(&w, &b, "/filings/2026-03/filed",
                   work_text(&w,
                             "filed=", day_text(office_today(&w.office), today),
                             "&receipt=R-1"));
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, "/filings");
    EXPECT(work_holds(&rs, "R-1"));
}

ONE_STORE_TEST(nobody_else_exports, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    report_waits(&w);
    b = work_enter(&w, "head");
    (void)work_get(&w, &b, "/filings/2026-03");
    rs = work_post(&w, &b, "/filings/2026-03/export", "partial=1");
    EXPECT(rs.status == 403);
    EXPECT(work_get(&w, &b, "/filings/2026-03/workbook").status == 404);
}
