/* The report of service records. [RR1]..[RR5] */

#include "service/records_report.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "base/statistics.h"
#include "base/test.h"
#include "domain/actor.h"
#include "excel/xlsx.h"
#include "paint/painter.h"
#include "records/hours.h"
#include "service/test_records_report.h"

enum { ARENA = 256 << 20 };

static struct records_report reported(struct arena *a)
{
    struct records_report r = { 0 };

    EXPECT_OK(test_report(a, a->heap, &r));
    return r;
}

static const struct report_group *group(const struct records_report *r,
                                        enum figure_group kind, size_t i)
{
    return (const struct report_group *)r->groups[kind].p + i;
}

static uint32_t tickets(const struct report_group *g)
{
    return g->tickets;
}

/* [RR5] */
TEST(groups_come_with_the_most_tickets_first_and_months_by_the_calendar)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = reported(&a);
    uint32_t sum = 0;

    EXPECT(r.groups[GROUP_MONTH].n == 6);
    EXPECT_STR(group(&r, GROUP_MONTH, 0)->label, S("2026-01"));
    EXPECT_STR(group(&r, GROUP_MONTH, 5)->label, S("2026-06"));
    EXPECT(r.groups[GROUP_OUTLET].n == 10);
    EXPECT_STR(group(&r, GROUP_OUTLET, 0)->label, S("浦东旗舰店"));
    EXPECT_STR(group(&r, GROUP_OUTLET, 9)->label, S("金山服务站"));
    for (size_t i = 0; i < r.groups[GROUP_OUTLET].n; i++) {
        const struct report_group *g = group(&r, GROUP_OUTLET, i);

        EXPECT(i == 0 || tickets(g) <= tickets(g - 1));
        sum += tickets(g);
    }
    EXPECT(sum == tickets(&r.whole) && sum > 5000);
    EXPECT(r.backlog.n == 181);
    EXPECT(r.left_out[LEFT_EXCLUDED] > 0 && r.left_out[LEFT_SCALE] > 0);
}

/* --- for the public [RR3] ------------------------------------------------ */

static struct report_group of(const char *label, uint32_t n)
{
    struct report_group g = { .label = str_of(label), .tickets = n };

    g.tally.shares[SHARE_RESOLVED] = (struct share){ n / 2, n };
    g.times[0] = (struct spread){ n, 1, 2 };
    return g;
}

TEST(small_groups_are_folded_until_what_is_folded_is_not_small)
{
    static const struct {
        const char *why;
        uint32_t in[5];
        uint32_t out[5]; /* the last one that is not 0: others */
        bool others;
    } rows[] = {
        { "nothing is small", { 30, 20, 10 }, { 30, 20, 10 }, false },
        { "two make ten", { 30, 6, 4 }, { 30, 10 }, true },
        { "one alone takes the next", { 30, 20, 9 }, { 30, 29 }, true },
        { "all are small, and together too", { 4, 3, 2 }, { 0 }, false },
        { "all are small, together not", { 4, 4, 3 }, { 11 }, true },
        { "none at all", { 0 }, { 0 }, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct report_group in[5];
        struct records_report r = { .groups = { [GROUP_OUTLET] = { in, 0 },
                                                [GROUP_PERSON] = { in, 0 } },
                                    .load = { 3, 40, 20 } };
        struct records_report made = { 0 };
        size_t n = 0;

        while (n < 5 && rows[i].in[n] > 0) {
            in[n] = of("x", rows[i].in[n]);
            n++;
        }
        r.groups[GROUP_OUTLET].n = r.groups[GROUP_PERSON].n = n;
        EXPECT_OK(report_for_public(&a, &r, &made));
        EXPECT(made.public && made.load.persons == 0);
        EXPECT(made.groups[GROUP_PERSON].n == 0);
        n = made.groups[GROUP_OUTLET].n;
        for (size_t k = 0; k < n; k++)
            EXPECT_ROW(rows[i].why, tickets(group(&made, GROUP_OUTLET, k)) ==
                                        rows[i].out[k]);
        EXPECT_ROW(rows[i].why, n == 5 || rows[i].out[n] == 0);
        EXPECT_ROW(rows[i].why,
                   n == 0 || group(&made, GROUP_OUTLET, n - 1)->others ==
                                 rows[i].others);
    }
}

TEST(a_share_of_few_is_left_out_with_that_of_another_group)
{
    static const struct {
        const char *why;
        uint32_t in[3];
        uint32_t out[3];
    } rows[] = {
        { "all are told", { 20, 10, 30 }, { 20, 10, 30 } },
        { "one would be what is missing", { 20, 9, 30 }, { 0, 0, 30 } },
        { "two that are few are not", { 20, 9, 1 }, { 20, 0, 0 } },
        { "who does not tell is not few", { 20, 0, 30 }, { 20, 0, 30 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct report_group in[3];
        struct records_report r = { .groups = { [GROUP_OUTLET] = { in, 3 } } };
        struct records_report made = { 0 };

        for (size_t k = 0; k < 3; k++) {
            in[k] = of("x", 50);
            in[k].tally.shares[SHARE_SATISFIED].n = rows[i].in[k];
        }
        EXPECT_OK(report_for_public(&a, &r, &made));
        EXPECT(made.groups[GROUP_OUTLET].n == 3);
        for (size_t k = 0; k < 3; k++)
            EXPECT_ROW(rows[i].why, group(&made, GROUP_OUTLET, k)
                                            ->tally.shares[SHARE_SATISFIED]
                                            .n == rows[i].out[k]);
    }
}

TEST(a_share_of_few_is_told_to_the_body_and_not_to_the_public)
{
    struct records_report r = { 0 };

    EXPECT(report_shows(&r, 1) && !report_shows(&r, 0));
    r.public = true;
    EXPECT(!report_shows(&r, REPORT_LEAST - 1));
    EXPECT(report_shows(&r, REPORT_LEAST));
}

/* [RR2] */
TEST(a_verdict_is_given_where_something_is_wanted)
{
    struct records_report r = { .wanted = { [SHARE_SATISFIED] = 8000 } };
    const struct share met = { 950, 1000 };
    const struct share few = { 8, 10 };
    const struct share not_met = { 500, 1000 };

    EXPECT(report_share_verdict(&r, SHARE_RESOLVED, met) == NULL);
    EXPECT(report_share_verdict(&r, SHARE_SATISFIED, (struct share){ 0, 0 }) ==
           NULL);
    EXPECT_STR(str_of(report_share_verdict(&r, SHARE_SATISFIED, met)),
               S("records_report.met"));
    EXPECT_STR(str_of(report_share_verdict(&r, SHARE_SATISFIED, few)),
               S("records_report.cannot_tell"));
    EXPECT_STR(str_of(report_share_verdict(&r, SHARE_SATISFIED, not_met)),
               S("records_report.not_met"));
}

/* --- the workbook, read back --------------------------------------------- */

static str sheet_of(struct arena *a, str workbook, str sheet)
{
    struct xlsx_source from = { .bytes = workbook };
    scoped(xlsx_close) struct xlsx *x = NULL;
    size_t i = 0;
    struct buf b;

    buf_init(&b, a, XLSX_READ_BYTES);
    if (!EXPECT_OK(xlsx_open(a, a->heap, &from, &x)) ||
        !EXPECT_OK(xlsx_choose(x, sheet, &i)) || !EXPECT_OK(xlsx_begin(x, i)))
        return S("");
    for (bool more = true; more;)
        if (!EXPECT_OK(xlsx_read(x, &b, &more)))
            return S("");
    return buf_view(&b);
}

TEST(the_workbook_holds_what_the_report_says)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = reported(&a);
    struct body body = test_report_body();
    struct share s = r.whole.tally.shares[SHARE_RESOLVED_IN_TIME];
    str bytes = S("");
    str again = S("");
    str row = S("");
    struct buf b;

    EXPECT_OK(report_workbook(&a, &r, LANG_EN, &body, &bytes));
    EXPECT_OK(report_workbook(&a, &r, LANG_EN, &body, &again));
    EXPECT(str_eq(bytes, again)); /* [RR1] */
    str whole = sheet_of(&a, bytes, S("Whole"));
    buf_init(&b, &a, 1000);
    buf_printf(&b, "\nWhole,Resolved in time,%u,%u,0.", s.k, s.n);
    EXPECT_OK(buf_done(&b, &row));
    EXPECT(str_contains(whole, row));
    EXPECT(str_begins(whole, S("Whole,Figure,Hits,Number,Share,Interval from,"
                               "Interval to,Wanted at least,Verdict,")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Outlet")),
                        S("浦东旗舰店,Resolved,")));
    EXPECT(str_begins(sheet_of(&a, bytes, S("Backlog")),
                      S("Day,Open tickets\n2026-01-01,")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Person")), S("工程师07")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Left out")),
                        S("Tests, duplicates")));
}

TEST(the_workbook_for_the_public_names_nobody)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = reported(&a);
    struct body body = test_report_body();
    struct records_report made = { 0 };
    str bytes = S("");

    EXPECT_OK(report_for_public(&a, &r, &made));
    EXPECT_OK(report_workbook(&a, &made, LANG_ZH, &body, &bytes));
    struct xlsx_source from = { .bytes = bytes };
    scoped(xlsx_close) struct xlsx *x = NULL;
    size_t i = 0;
    if (EXPECT_OK(xlsx_open(&a, a.heap, &from, &x)))
        EXPECT_ERR(xlsx_choose(x, S("服务人员"), &i), ERR_NOT_FOUND,
                   "xlsx.no_such_sheet");
    str outlets = sheet_of(&a, bytes, S("网点"));
    EXPECT(!str_contains(outlets, S("金山服务站")));
    EXPECT(str_contains(outlets, S("其他合计")));
}

/* Tickets that name no outlet, product, person or trade. */
static struct records_report nameless(struct arena *a)
{
    struct figures_terms terms = {
        .last = 30, .repeat_days = 30, .scale_high = 5, .satisfied = 4
    };
    struct records_report r = { 0 };
    struct ticket t = TICKET_NONE;
    struct hours *hours = NULL;

    EXPECT_OK(hours_new(a, &week_usual, NULL, &hours));
    terms.hours = hours;
    struct figures *f = figures_new(a->heap, &terms);
    for (t.opened = 3600; t.opened < 90000; t.opened += 3600)
        EXPECT(figures_add(f, &t));
    EXPECT(figures_close(f));
    const struct report_source from = { .figures = f, .terms = terms };
    EXPECT_OK(report_gather(a, a->heap, &from, &r));
    figures_free(&f);
    return r;
}

/* [RR7] */
TEST(a_grouping_that_the_records_do_not_have_is_not_reported)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = nameless(&a);
    struct body body = test_report_body();
    struct paint_document d = { 0 };
    str bytes = S("");
    str text = S("");
    size_t i = 0;

    EXPECT(r.whole.tickets == 24 && r.groups[GROUP_MONTH].n == 1);
    EXPECT(r.groups[GROUP_OUTLET].n == 0 && r.groups[GROUP_PERSON].n == 0);
    EXPECT_OK(report_document(&a, &r, LANG_EN, &body, &d));
    EXPECT_OK(paint_document_write(&a, &d, &text));
    EXPECT(str_contains(text, S("\"By month\"")));
    EXPECT(!str_contains(text, S("outlet")));
    EXPECT_OK(report_workbook(&a, &r, LANG_EN, &body, &bytes));
    struct xlsx_source from = { .bytes = bytes };
    scoped(xlsx_close) struct xlsx *x = NULL;
    EXPECT_OK(xlsx_open(&a, a.heap, &from, &x));
    EXPECT_OK(xlsx_choose(x, S("Month"), &i));
    EXPECT_ERR(xlsx_choose(x, S("Outlet"), &i), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
}

/* --- the document -------------------------------------------------------- */

TEST(the_document_says_it_in_both_languages)
{
    static const struct {
        enum lang lang;
        const char *says;
    } rows[] = {
        { LANG_EN, "\"Figures of service records\"" },
        { LANG_EN, "\"By outlet\"" },
        { LANG_EN, "\"Resolved in time, by month\"" },
        { LANG_EN, "\"Backlog by day\"" },
        { LANG_EN, "\"Left out\"" },
        { LANG_EN, "工程师01" },
        { LANG_ZH, "\"服务记录指标报告\"" },
        { LANG_ZH, "\"解决及时率（按网点）\"" },
        { LANG_ZH, "测试、重复" },
        { LANG_ZH, "\"2026年1月1日 至 2026年6月30日\"" },
    };
    TEST_ARENA(a, ARENA);
    struct records_report r = reported(&a);
    struct body body = test_report_body();

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct paint_document d = { 0 };
        str text = S("");

        EXPECT_OK(report_document(&a, &r, rows[i].lang, &body, &d));
        EXPECT_OK(paint_document_write(&a, &d, &text));
        EXPECT_ROW(rows[i].says, str_contains(text, str_of(rows[i].says)));
    }
}

TEST(the_document_for_the_public_names_nobody_and_is_painted)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = reported(&a);
    struct body body = test_report_body();
    struct records_report made = { 0 };
    struct paint_document d = { 0 };
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    str text = S("");
    str pdf = S("");

    EXPECT_OK(report_for_public(&a, &r, &made));
    EXPECT_OK(report_document(&a, &made, LANG_ZH, &body, &d));
    EXPECT_OK(paint_document_write(&a, &d, &text));
    EXPECT(!str_contains(text, S("工程师")));
    EXPECT(!str_contains(text, S("金山服务站")));
    EXPECT(str_contains(text, S("其他合计")));
    EXPECT_OK(painter_paint(&painter, &a, &d, &pdf));
    EXPECT(str_begins(pdf, S("%PDF-")));
}

/* A report of nothing is one all the same. */
TEST(a_report_without_tickets_has_no_charts_and_no_rows)
{
    TEST_ARENA(a, ARENA);
    struct records_report r = { .terms = { .repeat_days = 30 }, .made = 20783 };
    struct body body = test_report_body();
    struct paint_document d = { 0 };
    str bytes = S("");
    str text = S("");

    EXPECT_OK(report_document(&a, &r, LANG_EN, &body, &d));
    EXPECT_OK(paint_document_write(&a, &d, &text));
    EXPECT(!str_contains(text, S("\"drawing\"")));
    EXPECT_OK(report_workbook(&a, &r, LANG_EN, &body, &bytes));
}

/* --- against another period, persons by month, parts --------------------- */

static struct report_group changed(const char *label, uint32_t then_k,
                                   uint32_t k)
{
    struct report_group g = of(label, 200);

    g.tally.shares[SHARE_RESOLVED].k = k;
    g.then.shares[SHARE_RESOLVED] = (struct share){ then_k, 200 };
    g.tally.shares[SHARE_SATISFIED] = (struct share){ 90, 100 };
    g.tally.score = 43250;
    return g;
}

/* An outlet that rose, one that did not; one person with much; two parts. */
static struct records_report compared(struct report_group outlets[2])
{
    static struct load_month months[] = { { 4, 40, 5, 25, 1 } };
    static struct report_busy busy[] = { { 0, S_INIT("周到"), 25, 5 } };
    static struct report_part parts[] = { { S_INIT("压缩机"), 9 },
                                          { S_INIT(""), 2 } };
    struct records_report r = {
        .terms = { .first = 20000,
                   .last = 20029,
                   .repeat_days = 30,
                   .scale_low = 1,
                   .scale_high = 5,
                   .satisfied = 4 },
        .made = 20783,
        .groups = { [GROUP_OUTLET] = { outlets, 2 } },
        .load = { 4, 40, 25 },
        .load_months = { months, COUNT(months) },
        .busy = { busy, COUNT(busy) },
        .low_parts = { parts, COUNT(parts) },
        .low_days = 10,
        .compared = true,
        .then_first = 19600,
        .then_last = 19629,
    };

    outlets[0] = changed("东站", 140, 190);
    outlets[1] = changed("西站", 150, 152);
    r.whole = changed("", 145, 171);
    return r;
}

static str document_text(struct arena *a, const struct records_report *r,
                         enum lang lang)
{
    struct body body = test_report_body();
    struct paint_document d = { 0 };
    str text = S("");

    EXPECT_OK(report_document(a, r, lang, &body, &d));
    EXPECT_OK(paint_document_write(a, &d, &text));
    return text;
}

/* [RR6] */
TEST(the_report_says_what_rose_and_who_has_more_than_others)
{
    TEST_ARENA(a, ARENA);
    struct report_group outlets[2];
    struct records_report r = compared(outlets);
    struct body body = test_report_body();
    str text = document_text(&a, &r, LANG_EN);
    str bytes = S("");

    EXPECT(str_contains(text, S("+13.0 points: rise")));
    EXPECT(str_contains(text, S("\"Outlets that changed\"")));
    EXPECT(str_contains(text, S("+25.0 points: rise")));
    EXPECT(!str_contains(text, S("+1.0 points"))); /* chance explains it */
    EXPECT(str_contains(text, S("4.33 on a scale of 1 to 5 (100 answers)")));
    EXPECT(str_contains(text, S("周到")));
    EXPECT(str_contains(text, S("压缩机")));
    EXPECT(str_contains(document_text(&a, &r, LANG_ZH),
                        S("+13.0 个百分点：上升")));
    EXPECT_OK(report_workbook(&a, &r, LANG_EN, &body, &bytes));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Whole")),
                        S(",145,200,0.725,0.13,rise\n")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Outlet")),
                        S(",150,200,0.75,0.01,no change shown\n")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Load by month")),
                        S("2024-10,4,40,5,25,1")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Above the median")),
                        S("2024-10,周到,25,5")));
    EXPECT(str_contains(sheet_of(&a, bytes, S("Low stock")),
                        S("压缩机,9\nNot said,2")));
}

/* [RR3] [RR6] */
TEST(the_public_is_told_of_the_whole_and_of_no_person)
{
    TEST_ARENA(a, ARENA);
    struct report_group outlets[2];
    struct records_report r = compared(outlets);
    struct records_report made = { 0 };
    struct body body = test_report_body();
    str bytes = S("");

    EXPECT_OK(report_for_public(&a, &r, &made));
    str text = document_text(&a, &made, LANG_EN);
    EXPECT(str_contains(text, S("+13.0 points: rise")));
    EXPECT(!str_contains(text, S("+25.0 points")));
    EXPECT(!str_contains(text, S("周到")));
    EXPECT(!str_contains(text, S("twice the median")));
    EXPECT_OK(report_workbook(&a, &made, LANG_EN, &body, &bytes));
    EXPECT(!str_contains(sheet_of(&a, bytes, S("Outlet")), S("rise")));
    made.whole.then.shares[SHARE_RESOLVED] = (struct share){ 1, 9 };
    EXPECT(!str_contains(document_text(&a, &made, LANG_EN), S("points: ")));
}

/* --- memory -------------------------------------------------------------- */

static err report_once(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct records_report r = { .terms = { .repeat_days = 30 } };
    struct records_report public = { 0 };
    struct body body = test_report_body();
    static const int64_t backlog[] = { 1, 2, 3 };
    struct report_group month = of("2026-01", 20);
    struct paint_document d = { 0 };

    arena_init(&a, h, ARENA);
    r.groups[GROUP_MONTH] = (struct list){ &month, 1 };
    r.backlog = (struct list){ (void *)(uintptr_t)backlog, COUNT(backlog) };
    r.whole = of("", 20);
    TRY(report_for_public(&a, &r, &public));
    return report_document(&a, &public, LANG_EN, &body, &d);
}

TEST(without_memory_there_is_no_report)
{
    EXPECT(test_every_allocation_fails(report_once, NULL, NULL) > 0);
}

TEST(every_share_has_a_name_in_both_languages)
{
    for (int i = 0; i < SHARE_COUNT; i++) {
        const char *name = report_share_name((enum figure_share)i);

        EXPECT(text_get(LANG_ZH, name).n > 0 && text_get(LANG_EN, name).n > 0);
    }
}
