/* Reports by anybody, and what quality makes of them. [WM1]..[WM3] [WR1] [WR2]
 * [WO5] [17065 7.13] */

#include "service/reports.h"
#include "web/test_work.h"

#define REPORT                                                                 \
    "kind=altered&certificate=&place=shop+window&seen=2026-03-01&words=It+was" \
    "+altered&name=Li+Si&contact=li%40example.test"

static bool says(const struct response *rs, const char *key)
{
    return str_contains(rs->body, text_get(LANG_ZH, key));
}

/* [WM1] Without signing in; the receipt is where it leads. */
static struct response report(struct test_work *w, const char *form)
{
    struct browser b = { .session = S("") };
    struct response rs = work_get(w, &b, "/report");

    EXPECT(rs.status == 200);
    return work_post(w, &b, "/report", form);
}

ONE_STORE_TEST(anybody_reports_and_gets_a_receipt, true)
{
    TEST_WORK(w, place);
    struct browser b = { .session = S("") };
    struct response rs = report(&w, REPORT);

    EXPECT(rs.status == 303);
    EXPECT_STR(work_led(&rs), S("/report/R2026-0001"));
    rs = work_get(&w, &b, "/report/R2026-0001");
    EXPECT(rs.status == 200 && work_holds(&rs, "R2026-0001"));
    EXPECT(!work_holds(&rs, "altered") && !work_holds(&rs, "Li Si"));
    /* [WM3] nothing is looked up */
    EXPECT(work_get(&w, &b, "/report/R2099-9999").status == 200);
    EXPECT(work_get(&w, &b, "/report/nonsense").status == 404);
}

/* [WM2] */
ONE_STORE_TEST(what_is_wrong_is_said_of_each_field_and_nothing_is_lost, true)
{
    TEST_WORK(w, place);
    struct response rs =
        report(&w, "kind=&certificate=A1&place=&seen=2099-01-01&words=&"
                   "name=Li+Si");

    EXPECT(rs.status == 422);
    EXPECT(says(&rs, "reports.no_kind") && says(&rs, "reports.no_place") &&
           says(&rs, "reports.no_words"));
    EXPECT(work_holds(&rs, "href=\"#place\"") &&
           work_holds(&rs, "value=\"2099-01-01\""));
    EXPECT(work_holds(&rs, "value=\"A1\"") &&
           work_holds(&rs, "value=\"Li Si\""));
    rs = report(&w, "kind=other&place=x&words=y&seen=yesterday");
    EXPECT(rs.status == 422 && says(&rs, "reports.no_day") &&
           !says(&rs, "reports.no_place"));
    EXPECT(office_count(&w.office, "SELECT count(*) FROM report") == 0);
}

ONE_STORE_TEST(a_certificate_leads_to_the_form_that_names_it, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct case_file file = office_read(&w.office, ref);
    str number = file.state->certificate->number;
    struct browser b = { .session = S("") };
    struct response rs = work_get(&w, &b, work_text(&w, "/c/", number, ""));

    EXPECT(str_contains(rs.body, str_of(work_text(&w, "/report?certificate=",
                                                  number, ""))));
    rs = work_get(&w, &b, work_text(&w, "/report?certificate=", number, ""));
    EXPECT(rs.status == 200 && str_contains(rs.body, number));
    rs = work_get(&w, &b, "/body");
    EXPECT(work_holds(&rs, "href=\"/report\""));
}

/* --- the body's own people ------------------------------------------------ */

ONE_STORE_TEST(quality_reads_a_report_and_closes_it_saying_why, true)
{
    TEST_WORK(w, place);
    struct response rs = report(&w, REPORT);
    struct browser b = work_enter(&w, "quality");

    rs = work_get(&w, &b, "/registers");
    EXPECT(work_holds(&rs, "href=\"/reports\"") &&
           work_holds(&rs, "href=\"/complaints\""));
    rs = work_get(&w, &b, "/reports");
    EXPECT(rs.status == 200 && work_holds(&rs, "R2026-0001") &&
           !work_holds(&rs, "Li Si"));
    rs = work_get(&w, &b, "/reports/R2026-0001");
    EXPECT(rs.status == 200 && work_holds(&rs, "Li Si") &&
           work_holds(&rs, "li@example.test") && says(&rs, "reports.close_do"));
    rs = work_post(&w, &b, "/reports/R2026-0001/close", "why=");
    EXPECT(rs.status == 400);
    rs = work_post(&w, &b, "/reports/R2026-0001/close", "why=nothing+in+it");
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, "/reports/R2026-0001");
    EXPECT(work_holds(&rs, "nothing in it") && !says(&rs, "reports.close_do"));
    rs = work_post(&w, &b, "/reports/R2026-0001/close", "why=again");
    EXPECT(rs.status == 422);
    rs = work_get(&w, &b, "/reports");
    EXPECT(says(&rs, "reports.no_reports"));
    rs = work_get(&w, &b, "/reports?which=ended");
    EXPECT(work_holds(&rs, "R2026-0001"));
}

ONE_STORE_TEST(whoever_has_no_part_in_reports_sees_none, true)
{
    TEST_WORK(w, place);
    struct response rs = report(&w, REPORT);
    struct browser b = work_enter(&w, "head");

    rs = work_get(&w, &b, "/reports/R2026-0001");
    EXPECT(rs.status == 200 && says(&rs, "reports.waits") &&
           !says(&rs, "reports.close_do"));
    b = work_enter(&w, "auditor1");
    rs = work_get(&w, &b, "/registers");
    EXPECT(!work_holds(&rs, "href=\"/reports\"") &&
           !work_holds(&rs, "href=\"/complaints\""));
    rs = work_get(&w, &b, "/reports");
    EXPECT(rs.status == 200 && !work_holds(&rs, "R2026-0001"));
    EXPECT(work_get(&w, &b, "/reports/R2026-0001").status == 404);
    b = work_enter(&w, "newcomer");
    EXPECT(work_get(&w, &b, "/reports").status == 403);
    EXPECT(work_get(&w, &b, "/complaints").status == 403);
}

/* The hidden fields of the form that was last got. */
static str value_of(const struct response *rs, const char *before)
{
    size_t at = str_find(rs->body, str_of(before));
    str rest = str_from(rs->body, at + strlen(before));

    return str_first(rest, str_index(rest, '"'));
}

/* [WR1] [WR2] [WO5] */
ONE_STORE_TEST(a_report_becomes_a_complaint_of_a_case_and_names_it, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "quality");
    struct response rs = report(&w, REPORT);
    struct report_file file = { .name = S("") };

    rs = work_get(&w, &b, "/reports/R2026-0001/case?case=C2099-1");
    EXPECT(rs.status == 404 && work_holds(&rs, "C2099-1"));
    rs = work_get(&w, &b,
                  work_text(&w, "/reports/R2026-0001/case?case=", ref, ""));
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, work_text(&w, "", work_led(&rs), ""));
    EXPECT(rs.status == 200 && work_holds(&rs, "It was altered") &&
           work_holds(&rs, "shop window"));
    EXPECT(!work_holds(&rs, "Li Si") && !work_holds(&rs, "li@example.test"));
    EXPECT(work_holds(&rs, "name=\"report\" value=\"R2026-0001\""));

    const str own[] = { value_of(&rs, "name=\"command-id\" value=\""),
                        value_of(&rs, "name=\"version\" value=\"") };
    const char *form = work_text(
        &w, work_text(&w, "command-id=", own[0], "&version="), own[1],
        "&report=R2026-0001&about=mark&text=altered&received=2026-03-02");
    const char *address = work_text(&w, "/cases/", ref, "/do/complaint.record");
    rs = work_post(&w, &b, address, form);
    EXPECT(rs.status == 303);
    EXPECT_OK(reports_one(w.office.app, &w.office.arena,
                          office_as(&w.office, "quality"), S("R2026-0001"),
                          &file));
    EXPECT(file.line.state == REPORT_IS_TAKEN);
    EXPECT_STR(file.line.case_number, ref);
    rs = work_post(&w, &b, address, form); /* sent twice, done once */
    EXPECT(rs.status == 303);
    rs = work_get(&w, &b, "/complaints");
    EXPECT(rs.status == 200 && str_contains(rs.body, ref) &&
           work_holds(&rs, "altered") && says(&rs, "complaints.nobody"));
    rs = work_get(&w, &b, "/complaints?which=ended");
    EXPECT(!str_contains(rs.body, ref) && says(&rs, "complaints.none"));
}
