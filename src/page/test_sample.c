#include "page/test_sample.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "page/page.h"

static day on(const char *iso)
{
    day d = 0;

    check(day_parse(str_of(iso), &d));
    return d;
}

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

struct page_base sample_base(enum lang l, str subject)
{
    return (struct page_base){
        .subject = subject,
        .about = either(l, S("本页的内容。"), S("What this page is about.")),
        .body_name = either(l, S("示例认证有限公司"),
                            S("Example Certification Ltd (示例)")),
        .approval = S("CNCA-R-2099-999"),
        .demonstration = true,
        .other.switch_url = either(l, S("?lang=en"), S("?lang=zh")),
    };
}

struct page_base sample_typing(enum lang l, str subject)
{
    struct page_base base = sample_base(l, subject);

    base.typing.on = true;
    return base;
}

/* --- certificates ----------------------------------------------------- */

/* What all sample certificates have in common. */
static struct page_certificate common(enum lang l, str number,
                                      enum page_status status)
{
    const struct page_status_words *words = page_status_words(status);

    return (struct page_certificate){
        .base = sample_base(l, number),
        .number = number,
        .kind = either(l, S("示例服务认证证书"), S("Example certificate")),
        .statement = either(l, S("上述组织在所列范围内的服务符合所列依据。"),
                            S("The organisation's service within the scope was "
                              "found to meet the criterion.")),
        .status = words->status,
        .status_class = words->style,
        .status_means = words->means,
        .status_since = on("2026-03-16"),
        .suspended_until = DAY_NEVER,
        .as_of = on("2026-11-24"),
        .holder = S("示例青禾电器服务有限公司"),
        .uscc = S("91990100MA00000U2K"),
        .scope =
            either(l,
                   S("家用空调、冰箱、洗衣机的售后服务（安装、维修、配件供应、"
                     "投诉处理），覆盖示例省全境"),
                   S("After-sales service for household air conditioners, "
                     "refrigerators and washing machines (installation, "
                     "repair, spare parts, complaints) in all of Example "
                     "Province")),
        .criterion = S("Q/ZZLH 1001-2021"),
        .criterion_title = either(l, S("售后服务体系完善程度认证评价规范"),
                                  S("Completeness of after-sales service "
                                    "systems: evaluation")),
        .level = either(l, S("十星级"), S("Ten stars")),
        .stars = page_stars(10),
        .issuer = either(l, S("示例认证有限公司"),
                         S("Example Certification Ltd (示例)")),
        .approval = S("CNCA-R-2099-999"),
        .issued = on("2026-03-16"),
        .from = on("2026-03-16"),
        .until = on("2029-03-15"),
        .first_issued = on("2026-03-16"),
        .logged = true,
        .log_index = 41,
        .sealed = true,
        .demonstration = true,
        .address = S("http://127.0.0.1:8010/c/99926SC0001R0M"),
        .feed = S("/c/99926SC0001R0M/changes.atom"),
    };
}

static struct page_certificate_history change(const char *iso,
                                              enum page_change c)
{
    const struct page_change_words *words = page_change_words(c);

    return (struct page_certificate_history){
        .on = on(iso),
        .what = words->what,
        .style = words->style,
    };
}

static void certificate_valid(struct buf *out, enum lang l)
{
    const struct page_certificate_history history[] = {
        change("2026-03-16", PAGE_CHANGE_ISSUED),
    };
    struct page_certificate page =
        common(l, S("99926SC0001R0M"), PAGE_STATUS_VALID);

    page.history = history;
    page.history_n = COUNT(history);
    page_certificate_render(out, l, &page);
}

static void certificate_suspended(struct buf *out, enum lang l)
{
    const struct page_certificate_history history[] = {
        change("2026-10-09", PAGE_CHANGE_SUSPENDED),
        change("2026-06-30", PAGE_CHANGE_REDUCED),
        change("2025-12-01", PAGE_CHANGE_RESTORED),
        change("2025-10-14", PAGE_CHANGE_SUSPENDED),
        change("2024-11-08", PAGE_CHANGE_ISSUED),
    };
    struct page_certificate page =
        common(l, S("99924SC0007R1L"), PAGE_STATUS_SUSPENDED);

    page.address = S("http://127.0.0.1:8010/c/99924SC0007R1L");
    page.status_since = on("2026-10-09");
    page.suspended_until = on("2027-01-08");
    page.level = either(l, S("五星级"), S("Five stars"));
    page.stars = page_stars(5);
    page.criterion = S("GB/T 27922-2011");
    page.criterion_title =
        either(l, S("商品售后服务评价体系"), S("Goods after-sales service"));
    page.issued = page.from = on("2024-11-08");
    page.until = on("2027-11-07");
    page.first_issued = on("2021-11-09");
    page.history = history;
    page.history_n = COUNT(history);
    page.on = S("2025-10-20");
    page.today = S("2026-11-24");
    page.told = true;
    page.then = page_status_words(PAGE_STATUS_SUSPENDED)->status;
    page.then_style = page_status_words(PAGE_STATUS_SUSPENDED)->style;
    page.then_on = on("2025-10-20");
    page_certificate_render(out, l, &page);
}

static struct page_certificate_subs site(str number, str name, str address,
                                         enum page_status s)
{
    const struct page_status_words *words = page_status_words(s);

    return (struct page_certificate_subs){
        .number = number,
        .site = name,
        .address = address,
        .status = words->status,
        .style = words->style,
        .until = on("2029-03-15"),
        .since = s == PAGE_STATUS_VALID ? DAY_NEVER : on("2026-10-12"),
    };
}

static void give_sites(struct page_certificate *page,
                       const struct page_certificate_sites *sites, size_t n)
{
    page->has_sites = true;
    page->sites = sites;
    page->sites_n = n;
    page->sites_count = page->sites_found = (int64_t)n;
    page->sites_first = 1;
    page->sites_last = (int64_t)n;
}

static void certificate_with_subs(struct buf *out, enum lang l)
{
    const struct page_certificate_history history[] = {
        change("2026-03-16", PAGE_CHANGE_ISSUED),
    };
    const struct page_certificate_subs subs[] = {
        site(S("99926SC0001R0M-1"), S("城东旗舰店"),
             S("示例市示例区城东路 8 号"), PAGE_STATUS_VALID),
        site(S("99926SC0001R0M-2"), S("河西服务站"),
             S("示例市示例区河西大道 120 号"), PAGE_STATUS_CANCELLED),
    };
    const struct page_certificate_sites sites[] = {
        { S("总部"), either(l, S("总部"), S("headquarters")),
          S("示例市示例区城中路 1 号") },
        { S("城东旗舰店"), either(l, S("分支机构"), S("branch")),
          S("示例市示例区城东路 8 号") },
        { S("城西服务网点"), either(l, S("网点"), S("outlet")),
          S("示例市示例区城西路 66 号") },
    };
    struct page_certificate page =
        common(l, S("99926SC0001R0M"), PAGE_STATUS_VALID);

    page.history = history;
    page.history_n = COUNT(history);
    page.subs = subs;
    page.subs_n = COUNT(subs);
    page.has_subs = true;
    give_sites(&page, sites, COUNT(sites));
    page.sites_count = 46;
    page.sites_asks = true;
    page.sites_words = S("城");
    page.sites_found = 23;
    page.sites_part = true;
    page.sites_after = S("/c/99926SC0001R0M?sites=3#sites");
    page.renews = S("99923SC0001R0M");
    page.renewed_by = S("99929SC0003R1M");
    page_certificate_render(out, l, &page);
}

static void certificate_of_site(struct buf *out, enum lang l)
{
    const struct page_certificate_history history[] = {
        change("2026-06-01", PAGE_CHANGE_ISSUED),
    };
    struct page_certificate page =
        common(l, S("99926SC0001R0M-1"), PAGE_STATUS_VALID);

    page.address = S("http://127.0.0.1:8010/c/99926SC0001R0M-1");
    page.main = S("99926SC0001R0M");
    page.site = S("城东旗舰店");
    page.site_address = S("示例市示例区城东路 8 号");
    page.status_since = page.issued = page.from = page.first_issued =
        on("2026-06-01");
    page.history = history;
    page.history_n = COUNT(history);
    page_certificate_render(out, l, &page);
}

static void certificate_withdrawn(struct buf *out, enum lang l)
{
    const struct page_certificate_history history[] = {
        change("2026-09-01", PAGE_CHANGE_WITHDRAWN),
        change("2026-03-16", PAGE_CHANGE_ISSUED),
    };
    struct page_certificate page =
        common(l, S("99926SC0002R0S"), PAGE_STATUS_WITHDRAWN);

    page.address = S("http://127.0.0.1:8010/c/99926SC0002R0S");
    page.status_since = on("2026-09-01");
    page.history = history;
    page.history_n = COUNT(history);
    page_certificate_render(out, l, &page);
}

/* No stars, no log entry yet, nothing recorded, no title of the criterion. */
static void certificate_bare(struct buf *out, enum lang l)
{
    struct page_certificate page =
        common(l, S("99926Q0003R0M"), PAGE_STATUS_PENDING);

    page.status_since = DAY_NEVER;
    page.kind = either(l, S("示例管理体系认证证书"),
                       S("Example certificate of a management system"));
    page.level = either(l, S("符合"), S("Conforms"));
    page.stars = page_stars(0);
    page.criterion = S("GB/T 19001-2016");
    page.criterion_title = S("");
    page.logged = false;
    page.demonstration = false;
    page.base.demonstration = false;
    page.base.approval = S("");
    page_certificate_render(out, l, &page);
}

/* What somebody would put into a name to take over the reader's browser. */
static void certificate_hostile(struct buf *out, enum lang l)
{
    static const str evil =
        S_INIT("\"><script>alert('x')</script>&amp;\xff\x01 javascript:x");
    const struct page_certificate_sites site = { evil, evil, evil };
    struct page_certificate page = common(l, evil, PAGE_STATUS_EXPIRED);

    give_sites(&page, &site, 1);
    page.sites_asks = page.sites_part = true;
    page.sites_words = page.sites_before = page.sites_after = evil;
    page.base.body_name = evil;
    page.base.other.switch_url = S("javascript:alert(1)");
    page.holder = page.uscc = page.scope = page.criterion = evil;
    page.kind = page.statement = evil;
    page.level = page.status_class = page.address = evil;
    page.main = page.site = page.site_address = evil;
    page.renews = page.renewed_by = evil;
    page_certificate_render(out, l, &page);
}

/* --- the other pages -------------------------------------------------- */

static struct page_home_found_examples example(str number, enum page_status s)
{
    const struct page_status_words *words = page_status_words(s);

    return (struct page_home_found_examples){
        .number = number,
        .status = words->status,
        .status_class = words->style,
    };
}

static void home(struct buf *out, enum lang l)
{
    const struct page_home_found_examples examples[] = {
        example(S("99926SC0001R0M"), PAGE_STATUS_VALID),
        example(S("99924SC0007R1L"), PAGE_STATUS_SUSPENDED),
        example(S("99926SC0002R0S"), PAGE_STATUS_WITHDRAWN),
    };
    const struct page_home page = {
        .base = sample_typing(l, S("")),
        .shown = { .hidden = true },
        .found = { .examples = examples, .examples_n = COUNT(examples) },
    };

    page_home_render(out, l, &page);
}

static struct page_home_found_results result(enum lang l, str number,
                                             str holder, enum page_status s)
{
    const struct page_status_words *words = page_status_words(s);

    return (struct page_home_found_results){
        .number = number,
        .holder = holder,
        .uscc = S("91990100MA00000U2K"),
        .status = words->status,
        .status_class = words->style,
        .level = either(l, S("十星级"), S("Ten stars")),
        .stars = page_stars(10),
        .until = on("2029-03-15"),
        .since = s == PAGE_STATUS_VALID ? DAY_NEVER : on("2026-10-12"),
    };
}

static struct page_home_found_results of_site(enum lang l)
{
    struct page_home_found_results r =
        result(l, S("99926SC0001R0M-1"), S("示例青禾电器服务有限公司"),
               PAGE_STATUS_VALID);

    r.site = S("城东旗舰店");
    return r;
}

static struct page_home_found_results renamed(enum lang l)
{
    struct page_home_found_results r =
        result(l, S("99925SC0004R0M"), S("示例恒远售后服务有限公司"),
               PAGE_STATUS_VALID);

    r.formerly = S("示例青禾售后服务有限公司");
    return r;
}

static struct page_home_found_results of_another(enum lang l)
{
    struct page_home_found_results r =
        result(l, S("EX-2026-00017"), S("示例青禾家电连锁有限公司"),
               PAGE_STATUS_VALID);

    r.issuer = S("示例某某认证有限公司");
    return r;
}

/* The form of a search that is narrowed. */
static struct page_search narrowed(enum lang l, str query)
{
    static const struct page_search_statuses statuses[] = {
        { S_INIT("valid"), "status.valid", true },
        { S_INIT("expired"), "status.expired", false },
    };
    static const struct page_search_places places[] = {
        { S_INIT("35"), "place.35", false },
        { S_INIT("44"), "place.44", true },
    };
    static struct page_search_kinds kinds[] = {
        { .value = S_INIT("ten-star"), .chosen = true },
    };

    kinds[0].name = either(l, S("十星售后服务认证"),
                           S("Ten-star after-sales service certification"));
    return (struct page_search){
        .query = query,
        .narrows = true,
        .narrowed = true,
        .kinds = kinds,
        .kinds_n = COUNT(kinds),
        .statuses = statuses,
        .statuses_n = COUNT(statuses),
        .places = places,
        .places_n = COUNT(places),
        .trade = S("52"),
    };
}

static void home_found(struct buf *out, enum lang l)
{
    const struct page_home_found_results results[] = {
        result(l, S("99926SC0001R0M"), S("示例青禾电器服务有限公司"),
               PAGE_STATUS_VALID),
        result(l, S("99924SC0007R1L"), S("示例青禾冷链设备股份有限公司"),
               PAGE_STATUS_SUSPENDED),
        result(l, S("99923SC0011R0S"), S("示例市青禾家电维修中心"),
               PAGE_STATUS_CANCELLED),
        of_site(l),
        renamed(l),
        of_another(l),
    };
    const struct page_home page = {
        .base = sample_typing(l, S("青禾")),
        .search = narrowed(l, S("青禾")),
        .searched = true,
        .shown = { either(l, S("找到 23 张证书"), S("23 certificates found")),
                   .hidden = true },
        .found = { .searched = true,
                   .query = S("青禾"),
                   .count = 23,
                   .more = true,
                   .next = S("/?q=%E9%9D%92%E7%A6%BE&after=57"),
                   .results = results,
                   .results_n = COUNT(results) },
    };

    page_home_render(out, l, &page);
}

static void home_none(struct buf *out, enum lang l)
{
    const str query = S("99926SCOOO1R0M");
    const struct page_home page = {
        .base = sample_typing(l, query),
        .search = { .query = query },
        .searched = true,
        .shown = { either(l, S("没有找到"), S("Nothing found")),
                   .hidden = true },
        .found = { .searched = true, .query = query },
    };

    page_home_render(out, l, &page);
}

static void help(struct buf *out, enum lang l)
{
    const struct page_help_examples examples[] = {
        { S("99926SC0001R0M"), "status.valid", S("valid") },
        { S("99924SC0007R1L"), "status.suspended", S("suspended") },
    };
    const struct page_help_numbers numbers[] = {
        { either(l, S("示例方案甲"), S("Example scheme A")),
          S("99926SC0001R0M"),
          either(l, S("批准号末三位、“SC”"), S("three digits, “SC”")) },
        { either(l, S("示例方案乙"), S("Example scheme B")), S("99926Q0001"),
          either(l, S("批准号末三位、“Q”"), S("three digits, “Q”")) },
    };
    const struct page_help page = {
        .base = sample_base(l, S("")),
        .examples = examples,
        .examples_n = COUNT(examples),
        .numbers = numbers,
        .numbers_n = COUNT(numbers),
    };

    page_help_render(out, l, &page);
}

static void no_certificate(struct buf *out, enum lang l)
{
    static const struct page_not_found_near near[] = {
        { S_INIT("99926SC0001R0M") },
        { S_INIT("99926SC0008R0M") },
    };
    const struct page_not_found page = {
        .near = near,
        .near_n = COUNT(near),
        .base = sample_base(l, S("99926SC0009R0M")),
        .looked_for = S("99926SC0009R0M"),
        .certificate = true,
        .search = { .query = S("99926SC0009R0M") },
    };

    page_not_found_render(out, l, &page);
}

static void not_found(struct buf *out, enum lang l)
{
    const struct page_not_found page = {
        .base = sample_base(l, S("")),
        .looked_for = S("/certificate/<1>"),
    };

    page_not_found_render(out, l, &page);
}

static void bad_request(struct buf *out, enum lang l)
{
    const struct page_bad_request page = {
        .base = sample_base(l, S("")),
        .reason = text_get(l, "err.memory"),
    };

    page_bad_request_render(out, l, &page);
}

static void failure(struct buf *out, enum lang l)
{
    const struct page_failure page = {
        .base = sample_base(l, S("")),
        .request = S("7f3a9c0e51d24b68"),
    };

    page_failure_render(out, l, &page);
}

static void busy(struct buf *out, enum lang l)
{
    const struct page_busy page = { .base = sample_base(l, S("")),
                                    .seconds = 1 };

    page_busy_render(out, l, &page);
}

static void too_many(struct buf *out, enum lang l)
{
    const struct page_busy page = {
        .base = sample_base(l, S("")),
        .too_many = true,
        .seconds = 30,
    };

    page_busy_render(out, l, &page);
}

const struct sample samples[] = {
    { "home", home },
    { "home_found", home_found },
    { "home_none", home_none },
    { "certificate_valid", certificate_valid },
    { "certificate_suspended", certificate_suspended },
    { "certificate_with_subs", certificate_with_subs },
    { "certificate_of_site", certificate_of_site },
    { "certificate_withdrawn", certificate_withdrawn },
    { "certificate_bare", certificate_bare },
    { "certificate_hostile", certificate_hostile },
    { "help", help },
    { "log_witnessed", sample_log_witnessed },
    { "log_stopped", sample_log_stopped },
    { "log_unsigned", sample_log_unsigned },
    { "verify", sample_verify },
    { "mirror", sample_mirror },
    { "directory", sample_directory },
    { "directory_none", sample_directory_none },
    { "schemes", sample_schemes },
    { "scheme", sample_scheme },
    { "fees", sample_fees },
    { "fees_wrong", sample_fees_wrong },
    { "batch", sample_batch },
    { "batch_done", sample_batch_done },
    { "checks", sample_checks },
    { "check", sample_check },
    { "check_more", sample_check_more },
    { "check_result", sample_check_result },
    { "body", sample_body },
    { "report", sample_report },
    { "report_wrong", sample_report_wrong },
    { "report_received", sample_report_received },
    { "money", sample_money },
    { "money_none", sample_money_none },
    { "figures", sample_figures },
    { "filings", sample_filings },
    { "filing", sample_filing },
    { "packages", sample_packages },
    { "package", sample_package },
    { "package_diff", sample_package_diff },
    { "settings", sample_settings },
    { "no_certificate", no_certificate },
    { "not_found", not_found },
    { "bad_request", bad_request },
    { "failure", failure },
    { "busy", busy },
    { "too_many", too_many },
};

const size_t sample_count = COUNT(samples);
