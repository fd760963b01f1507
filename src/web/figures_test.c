/* The figures of the body as tables and pictures. [FW1] [FW2] */

#include "service/figures.h"

#include "web/test_work.h"

static bool says(const struct response *rs, const char *key)
{
    return str_contains(rs->body, text_get(LANG_ZH, key));
}

ONE_STORE_TEST(quality_reads_the_figures_of_the_body, true)
{
    TEST_WORK(w, place);
    struct browser b;
    struct response rs;

    (void)office_certified(&w.office);
    b = work_enter(&w, "quality");
    rs = work_get(&w, &b, "/figures");
    EXPECT(rs.status == 200 && says(&rs, "tally_step.certified"));
    EXPECT(work_holds(&rs, "data:image/svg+xml,"));
    EXPECT(work_holds(&rs, "100.00%") || work_holds(&rs, "100%"));
    EXPECT(says(&rs, "figures.choose_scheme"));
    rs = work_get(&w, &b, "/figures?scheme=mini&period=2026Q1");
    EXPECT(rs.status == 200 && says(&rs, "figures.findings_note"));
    EXPECT(work_holds(&rs, "<option value=\"mini\" selected>"));
    EXPECT(work_holds(&rs, "<option value=\"2026Q1\" selected>"));
    EXPECT(work_holds(&rs, "href=\"/auditors/auditor1\""));
}

/* [FW2] */
ONE_STORE_TEST(a_period_is_a_year_or_a_quarter_of_one, true)
{
    static const struct {
        const char *asked;
        const char *chosen;
    } rows[] = {
        { "2026", "2026" },     { "2026Q1", "2026Q1" }, { "2026Q4", "2026Q4" },
        { "2025", "2025" },     { "", "2026" },         { "2026Q5", "2026" },
        { "2026Q0", "2026" },   { "2026Q", "2026" },    { "1899", "2026" },
        { "2026q1", "2026" },   { "2026Q11", "2026" },  { "x", "2026" },
        { "2199Q4", "2199Q4" },
    };
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "head");

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs =
            work_get(&w, &b,
                     work_text(&w, "/figures?period=", str_of(rows[i].asked),
                               ""));

        EXPECT_ROW(rows[i].asked, rs.status == 200);
        EXPECT_ROW(rows[i].asked,
                   work_holds(&rs, work_text(&w, "<option value=\"",
                                             str_of(rows[i].chosen),
                                             "\" selected>")));
    }
}

/* An administrator reads the load, but no auditor's page. */
ONE_STORE_TEST(the_load_leads_to_auditors_only_whom_they_are_open_to, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "admin");
    struct response rs = work_get(&w, &b, "/figures");

    EXPECT(rs.status == 200 && says(&rs, "figures.load"));
    EXPECT(!says(&rs, "figures.nobody"));
    EXPECT(!work_holds(&rs, "href=\"/auditors/"));
}

ONE_STORE_TEST(who_does_not_answer_for_the_body_reads_no_figures, true)
{
    TEST_WORK(w, place);
    struct browser b = work_enter(&w, "auditor1");
    struct response rs = work_get(&w, &b, "/figures");

    EXPECT(rs.status == 200 && says(&rs, "figures.not_yours"));
    EXPECT(!says(&rs, "tally_step.certified"));
    b = work_enter(&w, "newcomer");
    EXPECT(work_get(&w, &b, "/figures").status == 403);
}
