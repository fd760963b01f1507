/* test_sample_body -- samples of the pages over all cases, for the body's own
 * people.  Whatever comes from outside is hostile in at least one of them. */

#include "page/test_sample.h"

#include "base/buf.h"
#include "base/size.h"

#define EVIL    S("\"><script>alert('x')</script>&amp; javascript:x")
#define PICTURE S("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

static struct page_work work(enum lang l)
{
    return (struct page_work){
        .body_name = either(l, S("示例认证中心"), S("Example Centre")),
        .demonstration = true,
        .other.switch_url = S("?lang=en"),
        .person = S("财务"),
        .token = S("0123456789abcdef"),
        .open = true,
        .reads = true,
        .at_registers = true,
    };
}

static const struct page_register_tabs tabs = {
    .reads = true,
    .money = true,
    .figures = true,
};

/* --- money ---------------------------------------------------------------- */

void sample_money(struct buf *out, enum lang l)
{
    static const struct page_money_states states[] = {
        { S_INIT(""), "money_filter.any", false },
        { S_INIT("overdue"), "money_filter.overdue", true },
    };
    static const struct page_money_rows rows[] = {
        { .case_number = S_INIT("C2026-0001"),
          .enterprise = S_INIT("示例青禾电器服务有限公司"),
          .number = S_INIT("2026-015"),
          .what = "invoice_for.first",
          .state = "money_filter.overdue",
          .amount = 123450,
          .paid = 23450,
          .owed = 100000,
          .due = 20750,
          .late = true,
          .days = 1 },
        { .case_number = S_INIT("C2026-0002"),
          .enterprise =
              S_INIT("\"><script>alert('x')</script>&amp; javascript:x"),
          .number = S_INIT("\"><script>"),
          .what = "invoice_for.surveillance",
          .state = "money_filter.refunded",
          .amount = 50000,
          .paid = 50000,
          .due = 20760,
          .gave_back = true,
          .refunded = 30000 },
    };
    static const struct page_money_refunds refunds[] = {
        { S_INIT("C2026-0003"), S_INIT("示例恒远售后服务有限公司"), 20740,
          99900 },
    };
    const struct page_money page = {
        .work = work(l),
        .tabs = tabs,
        .reads = true,
        .states = states,
        .states_n = COUNT(states),
        .words = EVIL,
        .month = EVIL,
        .count = 2,
        .amount = 173450,
        .paid = 73450,
        .owed = 100000,
        .refunds = refunds,
        .refunds_n = COUNT(refunds),
        .rows = rows,
        .rows_n = COUNT(rows),
        .file = S("/money.csv?state=overdue"),
        .next = S("?state=overdue&after=0.20760.00.1"),
    };

    page_money_render(out, l, &page);
}

/* Nothing is there, and a name that leads to too many. */
void sample_money_none(struct buf *out, enum lang l)
{
    const struct page_money page = {
        .work = work(l),
        .tabs = tabs,
        .reads = true,
        .words = S("示例"),
        .many = true,
    };

    page_money_render(out, l, &page);
}

/* --- figures -------------------------------------------------------------- */

void sample_figures(struct buf *out, enum lang l)
{
    const str quarter = either(l, S("2026年第1季度"), S("2026 Q1"));
    const struct page_figures_schemes schemes[] = {
        { S("ten"), either(l, S("示例认证"), S("Example")), true },
    };
    const struct page_figures_periods periods[] = {
        { S("2026"), either(l, S("2026年"), S("2026")), true },
        { S("2026Q1"), quarter, false },
    };
    const struct page_figures_steps steps[] = {
        { quarter, 40, 36, 34, 30, 22, 20, 17 },
    };
    static const struct page_figures_shares shares[] = {
        { 9000, 8500, 7500, 5500, 5000, 4250 },
    };
    static const struct page_figures_times times[] = {
        { "stage.completeness", 36, true, 3, 5 },
        { "stage.contract", 0, false, 0, 0 },
    };
    const struct page_figures_findings findings[] = {
        { S("3.2"), EVIL, 4, 1, 0, 2 },
    };
    const struct page_figures_load load[] = {
        { S("auditor1"), EVIL, 12, 3, 5 },
    };
    const struct page_figures page = {
        .work = work(l),
        .tabs = tabs,
        .reads = true,
        .reads_auditors = true,
        .schemes = schemes,
        .schemes_n = COUNT(schemes),
        .periods = periods,
        .periods_n = COUNT(periods),
        .period = either(l, S("2026年"), S("2026")),
        .drawn = true,
        .steps_picture = PICTURE,
        .steps_height = 240,
        .steps = steps,
        .steps_n = COUNT(steps),
        .shares = shares,
        .shares_n = COUNT(shares),
        .timed = true,
        .times_picture = PICTURE,
        .times_height = 304,
        .times = times,
        .times_n = COUNT(times),
        .certified = 17,
        .refused = 2,
        .appealed = 1,
        .overturned = 1,
        .chosen = true,
        .found = true,
        .findings_picture = PICTURE,
        .findings_height = 48,
        .findings = findings,
        .findings_n = COUNT(findings),
        .this_quarter = quarter,
        .next_quarter = either(l, S("2026年第2季度"), S("2026 Q2")),
        .load = load,
        .load_n = COUNT(load),
    };

    page_figures_render(out, l, &page);
}

/* --- reports -------------------------------------------------------------- */

void sample_filing(struct buf *out, enum lang l)
{
    static const struct page_filing_sheets sheets[] = {
        { S_INIT("证书信息表"), 3, 2 },
    };
    const struct page_filing_problems problems[] = {
        { S("证书信息表"), 1, S("C2026-0001"), S("99926SC0001R0M"),
          S("7、获证组织所属国民经济行业"), EVIL,
          either(l, S("必填，但没有填写。"), S("It is missing.")),
          S("enterprise:91350100M000100Y43"), S("BEL_INDUSTRY") },
    };
    const struct page_filing page = {
        .work = work(l),
        .tabs = tabs,
        .month = S("2026-11"),
        .due = 20797,
        .edition = S("2026"),
        .known = true,
        .state = "month_state.overdue",
        .late = true,
        .is_exported = true,
        .exported = 20790,
        .changed = true,
        .since = 2,
        .is_filed = true,
        .filed = 20791,
        .receipt = EVIL,
        .sheets = sheets,
        .sheets_n = COUNT(sheets),
        .problem_count = 9,
        .wrong = true,
        .problems = problems,
        .problems_n = COUNT(problems),
        .cut = true,
        .shown = 1,
        .may = true,
        .token = S("0123456789abcdef"),
        .problem = either(l, S("还有问题。"), S("There are problems.")),
        .today = S("2026-12-12"),
        .typed_filed = EVIL,
        .typed_receipt = EVIL,
    };

    page_filing_render(out, l, &page);
}

void sample_filings(struct buf *out, enum lang l)
{
    static const struct page_filings_months months[] = {
        { .month = S_INIT("2026-11"),
          .due = 20797,
          .state = "month_state.overdue",
          .late = true,
          .acts = true },
        { .month = S_INIT("2026-10"),
          .due = 20767,
          .state = "month_state.in_time",
          .acts = true,
          .is_exported = true,
          .exported = 20760,
          .whole = true,
          .is_filed = true,
          .filed = 20761,
          .receipt = S_INIT("\"><script>"),
          .changed = true,
          .since = 1 },
    };
    const struct page_filings page = {
        .work = work(l),
        .tabs = tabs,
        .reads = true,
        .months = months,
        .months_n = COUNT(months),
    };

    page_filings_render(out, l, &page);
}
