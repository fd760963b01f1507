/* test_sample_public -- samples of the pages that tell of the body and what it
 * does.  Whatever comes from outside is hostile in at least one of them. */

#include "page/test_sample.h"

#include "base/buf.h"
#include "base/size.h"

#define EVIL_TEXT "\"><script>alert('x')</script>&amp; javascript:x"
#define EVIL      S(EVIL_TEXT)
#define EVIL_INIT S_INIT(EVIL_TEXT)

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

static str scheme_name(enum lang l)
{
    return either(l, S("示例售后服务认证"), S("Example of a service scheme"));
}

/* --- directory ------------------------------------------------------------ */

static struct page_directory_found_results result(enum lang l, str number,
                                                  str holder,
                                                  enum page_status s)
{
    const struct page_status_words *words = page_status_words(s);

    return (struct page_directory_found_results){
        .number = number,
        .holder = holder,
        .status = words->status,
        .status_class = words->style,
        .scheme = scheme_name(l),
        .level = either(l, S("十星级"), S("Ten stars")),
        .stars = page_stars(10),
        .scope = either(l, S("家用电器的安装与维修"),
                        S("Installation and repair of appliances")),
        .until = 21000,
        .since = s == PAGE_STATUS_VALID ? DAY_NEVER : 20600,
    };
}

void sample_directory(struct buf *out, enum lang l)
{
    const struct page_directory_kinds kinds[] = {
        { S("ten"), scheme_name(l), true },
        { S("five:four"), either(l, S("乙 · 四星级"), S("B · Four stars")),
          false },
    };
    const struct page_directory_statuses statuses[] = {
        { S("valid"), "status.valid", false },
        { S("suspended"), "status.suspended", true },
    };
    const struct page_directory_found_results results[] = {
        result(l, S("99926SC0001R0M"), S("示例青禾电器服务有限公司"),
               PAGE_STATUS_VALID),
        result(l, S("99926SC0002R0M"), EVIL, PAGE_STATUS_SUSPENDED),
    };
    const struct page_directory page = {
        .base = sample_typing(l, S("")),
        .words = EVIL,
        .place = S("示例省"),
        .narrowed = true,
        .kinds = kinds,
        .kinds_n = COUNT(kinds),
        .statuses = statuses,
        .statuses_n = COUNT(statuses),
        .shown = { .words = either(l, S("显示 2 条，后面还有"),
                                   S("2 shown, and there are more")) },
        .found = { .filtered = true,
                   .results = results,
                   .results_n = COUNT(results),
                   .next = S("?q=x&after=99926SC0002R0M"),
                   .first = S("javascript:alert(1)") },
    };

    page_directory_render(out, l, &page);
}

void sample_directory_none(struct buf *out, enum lang l)
{
    const struct page_directory page = {
        .base = sample_typing(l, S("")),
        .words = S("x"),
        .shown = { .words = either(l, S("没有找到"), S("Nothing found")) },
        .found = { .filtered = true, .first = S("/directory") },
    };

    page_directory_render(out, l, &page);
}

/* --- many certificates ---------------------------------------------------- */

void sample_batch(struct buf *out, enum lang l)
{
    const struct page_batch page = {
        .base = sample_base(l, S("")),
        .token = S("t"),
        .today = S("2026-11-24"),
        .on = EVIL,
        .text = EVIL,
        .problem = EVIL,
        .most = 10000,
        .most_proofs = 1000,
    };

    page_batch_render(out, l, &page);
}

/* Rows of each kind. */
static const struct page_batch_results batch_rows[] = {
    { .line = 2,
      .given = S_INIT("99926SC0001R0M"),
      .given_holder = S_INIT("示例青禾电器服务有限公司"),
      .verdict = "status.valid",
      .verdict_class = S_INIT("valid"),
      .since = 20600,
      .found = true,
      .number = S_INIT("99926SC0001R0M"),
      .holder = S_INIT("示例青禾电器服务有限公司"),
      .level = S_INIT("★"),
      .scheme = S_INIT("示例"),
      .until = 21000,
      .holder_match = "batch_match.same",
      .has_now = true,
      .now = "status.suspended",
      .now_class = S_INIT("suspended"),
      .note = S_INIT("<b>") },
    { .line = 3,
      .given = S_INIT("99926SC0002R0M"),
      .given_holder = EVIL_INIT,
      .verdict = "status.withdrawn",
      .verdict_class = S_INIT("withdrawn"),
      .since = 20600,
      .found = true,
      .number = EVIL_INIT,
      .holder = EVIL_INIT,
      .issuer = EVIL_INIT,
      .uscc = EVIL_INIT,
      .until = 21000,
      .holder_match = "batch_match.other_name",
      .holder_differs = true,
      .other_name = true,
      .code_differs = true,
      .now = "status.valid" },
    { .line = 4,
      .given = S_INIT("99926SCO001R0M"),
      .verdict = "batch_verdict.unknown",
      .verdict_class = S_INIT("withdrawn"),
      .since = DAY_NEVER,
      .holder_match = "batch_match.not_said",
      .now = "status.valid",
      .near = S_INIT("99926SC0001R0M"),
      .near_second = S_INIT("99926SC0002R0M"),
      .near_third = EVIL_INIT },
    { .line = 5,
      .blank = true,
      .verdict = "batch_verdict.no_number",
      .verdict_class = S_INIT("ended"),
      .since = DAY_NEVER,
      .holder_match = "batch_match.not_said",
      .now = "status.valid" },
};

void sample_batch_done(struct buf *out, enum lang l)
{
    static const struct page_batch_counts counts[] = {
        { "status.valid", S_INIT("valid"), "batch_means.valid", 1 },
        { "batch_verdict.unknown", S_INIT("withdrawn"), "batch_means.unknown",
          9998 },
    };
    const struct page_batch page = {
        .base = sample_base(l, S("")),
        .token = S("t"),
        .today = S("2026-11-24"),
        .on = S("2026-06-01"),
        .known = true,
        .most = 10000,
        .most_proofs = 1000,
        .checked = true,
        .rows = 9999,
        .good = 1,
        .bad = 9998,
        .differ = 1,
        .on_day = 20605,
        .near_left = true,
        .keeps = true,
        .kept = EVIL,
        .counts = counts,
        .counts_n = COUNT(counts),
        .left_out = 9995,
        .results = batch_rows,
        .results_n = COUNT(batch_rows),
    };

    page_batch_render(out, l, &page);
}

/* --- schemes -------------------------------------------------------------- */

void sample_schemes(struct buf *out, enum lang l)
{
    const struct page_schemes_schemes schemes[] = {
        { S("ten"), scheme_name(l), S("Q/X 1"), EVIL,
          either(l, S("四星级，五星级"), S("Four stars, Five stars")), 1 },
    };
    const struct page_schemes page = {
        .base = sample_base(l, S("")),
        .schemes = schemes,
        .schemes_n = COUNT(schemes),
    };

    page_schemes_render(out, l, &page);
}

static void lists_of_scheme(enum lang l, struct page_scheme *page)
{
    static const struct page_scheme_levels levels[] = {
        { S_INIT("★"), S_INIT("★★★★★"), S_INIT("95"), S_INIT("90 %"), true },
    };
    static const struct page_scheme_roots roots[] = {
        { S_INIT("5.1"), S_INIT("A"), S_INIT("100") },
    };
    static const struct page_scheme_indicators indicators[] = {
        { S_INIT("5.1"), S_INIT("A"), S_INIT("depth-0"), S_INIT("100"), false,
          S_INIT("") },
        { S_INIT("5.1.1"), S_INIT("<b>"), S_INIT("depth-1"), S_INIT("33.334"),
          true, S_INIT("files") },
    };
    static const struct page_scheme_conditions conditions[] = {
        { S_INIT("X"), false },
        { S_INIT("Y"), true },
    };
    static const struct page_scheme_documents documents[] = {
        { S_INIT("X"), true, S_INIT("12") },
        { S_INIT("Y"), false, S_INIT("") },
    };
    static const struct page_scheme_stages stages[] = {
        { S_INIT("X"), S_INIT("5") },
        { S_INIT("Y"), S_INIT("") },
    };
    static const struct page_scheme_limits limits[] = {
        { "public.limit_appeal", S_INIT("30") },
    };
    static const struct page_scheme_terms terms[] = {
        { "public.client_right", S_INIT("<i>") },
    };
    static const struct page_scheme_notes notes[] = { { S_INIT("N") } };

    page->base = sample_base(l, scheme_name(l));
    page->levels = levels, page->levels_n = COUNT(levels);
    page->roots = roots, page->roots_n = COUNT(roots);
    page->indicators = indicators, page->indicators_n = COUNT(indicators);
    page->conditions = conditions, page->conditions_n = COUNT(conditions);
    page->documents = documents, page->documents_n = COUNT(documents);
    page->stages = stages, page->stages_n = COUNT(stages);
    page->limits = limits, page->limits_n = COUNT(limits);
    page->terms = terms, page->terms_n = COUNT(terms);
    page->notes = notes, page->notes_n = COUNT(notes);
}

void sample_scheme(struct buf *out, enum lang l)
{
    struct page_scheme page = {
        .id = S("ten"),
        .name = scheme_name(l),
        .owner = EVIL,
        .criterion = S("Q/X 1"),
        .version = S("1"),
        .field = S("SC03"),
        .hash = S("00"),
        .points = true,
        .leaves = 2,
        .fee_application = 100000,
        .fee_day = 300000,
        .fee_registration = 200000,
        .fee_yearly = 200000,
        .prepay_least = 3000,
        .prepay_most = 5000,
        .fees_assumed = true,
        .marked = true,
        .mark = { true, 20, EVIL },
    };

    lists_of_scheme(l, &page);
    page_scheme_render(out, l, &page);
}

/* --- fees ----------------------------------------------------------------- */

static struct page_fees asked(enum lang l)
{
    static const struct page_fees_schemes schemes[] = {
        { S_INIT("ten"), S_INIT("A"), true },
        { S_INIT("five"), S_INIT("B"), false },
    };
    static const struct page_fees_levels levels[] = {
        { S_INIT("four"), S_INIT("4"), false },
        { S_INIT("five"), S_INIT("5"), true },
    };

    return (struct page_fees){
        .base = sample_base(l, S("")),
        .schemes = schemes,
        .schemes_n = COUNT(schemes),
        .scheme = S("ten"),
        .staff = S("100"),
        .sites = S("3"),
        .levels = levels,
        .levels_n = COUNT(levels),
        .has_trades = true,
        .trade = S("526"),
    };
}

void sample_fees(struct buf *out, enum lang l)
{
    static const struct page_fees_first first[] = {
        { "fee_line.application", 100000, 100000, true },
        { "fee_line.audit", 2850000, 4816500, false },
    };
    static const struct page_fees_later later[] = {
        { "fee_line.travel", 205000, 375000, false },
    };
    struct page_fees page = asked(l);

    page.answered = true;
    page.first = first, page.first_n = COUNT(first);
    page.later = later, page.later_n = COUNT(later);
    page.first_least = 2950000, page.first_most = 4916500;
    page.later_least = 205000, page.later_most = 375000;
    page.first_days = page.later_days = S("9.5");
    page.surveillances = 2;
    page.validity = S("36");
    page.whole_least = page.whole_most = 3360000;
    page.whole_exact = true;
    page.assumed = true;
    page_fees_render(out, l, &page);
}

void sample_fees_wrong(struct buf *out, enum lang l)
{
    struct page_fees page = asked(l);

    page.staff = page.staff_wrong = EVIL;
    page.sites_wrong = page.trade_wrong = page.refused = EVIL;
    page.renewal = true;
    page_fees_render(out, l, &page);
}

/* --- self-check ----------------------------------------------------------- */

void sample_checks(struct buf *out, enum lang l)
{
    const struct page_checks_schemes schemes[] = {
        { S("ten"), scheme_name(l), S("Q/X 1"), 100 },
    };
    const struct page_checks page = {
        .base = sample_base(l, S("")),
        .schemes = schemes,
        .schemes_n = COUNT(schemes),
    };

    page_checks_render(out, l, &page);
}

void sample_check(struct buf *out, enum lang l)
{
    static const struct page_check_asks_questions questions[] = {
        { .part_id = S_INIT("5.1"),
          .part = S_INIT("P"),
          .id = S_INIT("5.1.1"),
          .what = S_INIT("<b>"),
          .points = S_INIT("1.5"),
          .excludable = true,
          .met = true },
        { .id = S_INIT("5.1.2"),
          .what = S_INIT("Q"),
          .points = S_INIT("1"),
          .assumed = true,
          .sampled = true,
          .sample = S_INIT("files"),
          .excludable = true,
          .k = S_INIT("\"x"),
          .n = S_INIT("3"),
          .wrong = true },
    };
    static const struct page_check_kept kept[] = {
        { S_INIT("5.2.1"), S_INIT("\"><script>") },
    };
    const struct page_check page = {
        .base = sample_base(l, scheme_name(l)),
        .scheme = S("ten"),
        .name = scheme_name(l),
        .step = 2,
        .steps = 3,
        .has_back = true,
        .back = 1,
        .has_next = true,
        .next = 3,
        .answered = 1,
        .of = 3,
        .asks = { .questions = questions, .questions_n = COUNT(questions) },
        .kept = kept,
        .kept_n = COUNT(kept),
    };

    page_check_render(out, l, &page);
}

void sample_check_more(struct buf *out, enum lang l)
{
    static const struct page_check_asks_figures figures[] = {
        { S_INIT("satisfaction"), S_INIT("S"), S_INIT("9"), S_INIT("10") },
    };
    static const struct page_check_asks_wishes wishes[] = {
        { S_INIT("four"), S_INIT("4"), false },
        { S_INIT("five"), S_INIT("5"), true },
    };
    const struct page_check page = {
        .base = sample_base(l, scheme_name(l)),
        .scheme = S("ten"),
        .name = scheme_name(l),
        .step = 3,
        .steps = 3,
        .has_back = true,
        .back = 2,
        .answered = 3,
        .of = 3,
        .asks = { .more = true,
                  .figures = figures,
                  .figures_n = COUNT(figures),
                  .wishes = wishes,
                  .wishes_n = COUNT(wishes),
                  .has_specials = true,
                  .deductions = S("1"),
                  .bonus = true },
    };

    page_check_render(out, l, &page);
}

void sample_check_result(struct buf *out, enum lang l)
{
    static const struct page_check_gap_steps steps[] = {
        { S_INIT("5.1.1"), S_INIT("<b>"), 150 },
    };
    static const struct page_check_gap_gates gates[] = {
        { S_INIT("5"), S_INIT("90 %"), "gate.not_met", S_INIT("withdrawn") },
    };
    static const struct page_check_gap_losses losses[] = {
        { S_INIT("5.1.1"), S_INIT("<b>"), "answer.not_met", 150 },
    };
    const struct page_check_result page = {
        .base = sample_base(l, scheme_name(l)),
        .scheme = S("ten"),
        .name = scheme_name(l),
        .score = {
        .points = true,
        .score = 9499,
        .exact = S("949999/10000"),
        .has_level = true,
        .level = either(l, S("四星级"), S("Four stars")),
        .stars = page_stars(4),
        .of = 100,
        .unanswered = 1,
        },
        .gap = {
 .points = true,
        .has_gap = true,
        .wanted = either(l, S("五星级"), S("Five stars")),
        .lacks_points = true,
        .missing = 1,
        .blocked = true,
        .steps = steps,
        .steps_n = COUNT(steps),
        .steps_more = 3,
        .gates = gates,
        .gates_n = COUNT(gates),
        .losses = losses,
        .losses_n = COUNT(losses),
        .losses_more = 2,
        },
        .change = S("javascript:alert(1)"),
    };

    page_check_result_render(out, l, &page);
}

/* --- the body ------------------------------------------------------------- */

void sample_body(struct buf *out, enum lang l)
{
    const struct page_body_fields fields[] = { { S("SC03") }, { S("QMS") } };
    const struct page_body_rules rules[] = {
        { S("ten"), scheme_name(l), S("Q/X 1"), S(""), S("SC03"), S("30") },
        { S("five"), EVIL, S("Q/X 2"), S("F-1"), S("SC03"), S("30") },
    };
    const struct page_body page = {
        .base = sample_base(l, S("")),
        .name = either(l, S("示例认证有限公司"), S("Example Ltd")),
        .approval_number = S("CNCA-R-2099-999"),
        .uscc = S("91350100M000100Y43"),
        .accreditation = EVIL,
        .seat = EVIL,
        .fields = fields,
        .fields_n = COUNT(fields),
        .rules = rules,
        .rules_n = COUNT(rules),
        .address = EVIL,
        .phone = S("010-12345678"),
        .has_contact = true,
        .complaint_phone = S("400-123-4567"),
        .has_complaint = true,
    };

    page_body_render(out, l, &page);
}

/* --- what anybody reports ------------------------------------------------- */

static const struct page_report_kinds report_kinds[] = {
    { S_INIT("after_end"), "report_kind.after_end", false },
    { S_INIT("other"), "report_kind.other", true },
};

void sample_report(struct buf *out, enum lang l)
{
    const struct page_report page = {
        .base = sample_base(l, S("")),
        .token = S("t"),
        .kinds = report_kinds,
        .kinds_n = COUNT(report_kinds),
        .certificate = S("91526SC0001R0M"),
        .today = S("2026-11-28"),
    };

    page_report_render(out, l, &page);
}

void sample_report_wrong(struct buf *out, enum lang l)
{
    const struct page_report_problems problems[] = {
        { S("kind"), EVIL },
        { S("words"), S("x") },
    };
    const struct page_report page = {
        .base = sample_base(l, S("")),
        .token = S("t"),
        .problems = problems,
        .problems_n = COUNT(problems),
        .kinds = report_kinds,
        .kinds_n = COUNT(report_kinds),
        .kind_wrong = EVIL,
        .certificate = EVIL,
        .certificate_wrong = EVIL,
        .place = EVIL,
        .place_wrong = EVIL,
        .seen = EVIL,
        .seen_wrong = EVIL,
        .today = S("2026-11-28"),
        .words = S("</textarea><script>alert(1)</script>"),
        .words_wrong = EVIL,
        .name = EVIL,
        .name_wrong = EVIL,
        .contact = EVIL,
        .contact_wrong = EVIL,
    };

    page_report_render(out, l, &page);
}

void sample_report_received(struct buf *out, enum lang l)
{
    const struct page_report_received page = {
        .base = sample_base(l, S("")),
        .number = S("R2026-0001"),
    };

    page_report_received_render(out, l, &page);
}
