/* test_sample_work -- samples of pages that the body's own people see.  What
 * comes from outside is hostile in each of them. */

#include "page/test_sample.h"

#include "base/buf.h"
#include "base/size.h"

#define EVIL S("\"><script>alert('x')</script>&amp; javascript:x")

#define OLD_HASH                                                               \
    S("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
#define NEW_HASH                                                               \
    S("ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100")

static str either(enum lang l, str zh, str en)
{
    return l == LANG_ZH ? zh : en;
}

static struct page_work work_of(enum lang l, str subject)
{
    return (struct page_work){
        .subject = subject,
        .body_name = either(l, S("示例认证有限公司"), S("Example body")),
        .demonstration = true,
        .other.switch_url = S("?lang=en"),
        .person = EVIL,
        .token = S("token"),
        .open = true,
        .admin = true,
        .reads = true,
        .at_registers = true,
    };
}

static const struct page_register_tabs tabs = { .reads = true,
                                                .at_packages = true };

void sample_packages(struct buf *out, enum lang l)
{
    const struct page_packages_rows rows[] = {
        { .scheme = S("ten-star"),
          .name = either(l, S("示例服务认证"), S("Example scheme")),
          .version = S("2"),
          .hash = NEW_HASH,
          .short_hash = S("ffeeddccbbaa"),
          .frozen = S("2026-11-24 09:00"),
          .by = EVIL,
          .in_force = true,
          .cases = 3,
          .newest = NEW_HASH },
        { .scheme = S("ten-star"),
          .name = EVIL,
          .version = S("1"),
          .hash = OLD_HASH,
          .short_hash = S("001122334455"),
          .frozen = S("2026-01-01 09:00"),
          .by = S(""),
          .founded = true,
          .cases = 40,
          .newest = NEW_HASH },
    };
    const struct page_packages page = {
        .work = work_of(l, S("")),
        .tabs = tabs,
        .rows = rows,
        .rows_n = COUNT(rows),
    };

    page_packages_render(out, l, &page);
}

void sample_package(struct buf *out, enum lang l)
{
    const struct page_package_part_facts fees[] = {
        { "fact.fee_day", S("¥3,000.00") },
        { "fact.prepay", S("30%–50%") },
    };
    const struct page_package_item_facts facts[] = {
        { "fact.points", S("20.5") },
        { "fact.judged", EVIL },
    };
    const struct page_package_item items[] = {
        { .id = S("1.1"),
          .zh = S("部门"),
          .en = S("Department"),
          .style = S("depth-1"),
          .facts = facts,
          .facts_n = COUNT(facts) },
        { .id = S(""), .zh = EVIL, .en = EVIL, .style = S("depth-0") },
    };
    const struct page_package_part parts[] = {
        { .title = "part.indicators",
          .count = 2,
          .open = true,
          .items = items,
          .items_n = COUNT(items) },
        { .title = "part.fees",
          .single = true,
          .facts = fees,
          .facts_n = COUNT(fees) },
    };
    const struct page_package_problems problems[] = {
        { S("scheme.yaml:12:5: x") },
        { EVIL },
    };
    const struct page_package page = {
        .work = work_of(l, S("ten-star")),
        .tabs = tabs,
        .name = either(l, S("示例服务认证"), S("Example scheme")),
        .scheme = S("ten-star"),
        .version = S("1"),
        .hash = OLD_HASH,
        .frozen = S("2026-01-01 09:00"),
        .by = EVIL,
        .cases = 40,
        .others = true,
        .problem_count = COUNT(problems),
        .problems = problems,
        .problems_n = COUNT(problems),
        .leaves = 2,
        .points = true,
        .parts = parts,
        .parts_n = COUNT(parts),
    };

    page_package_render(out, l, &page);
}

void sample_package_diff(struct buf *out, enum lang l)
{
    const struct page_package_diff_from_choices from[] = {
        { NEW_HASH, S("2"), 20781, false },
        { OLD_HASH, EVIL, 20454, true },
    };
    const struct page_package_diff_to_choices to[] = {
        { NEW_HASH, S("2"), 20781, true },
        { OLD_HASH, EVIL, 20454, false },
    };
    const struct page_package_diff_part_rows rows[] = {
        { true, "packages.changed", S("suspended"), S("1.1"), EVIL, true,
          "fact.points", S("20.5"), S("21") },
        { false, "packages.changed", S("suspended"), S("1.1"), EVIL, true,
          "fact.corrects", S(""), S("yes") },
        { true, "packages.removed", S("withdrawn"), S(""), S("x"), false,
          "packages.rule", S(""), S("") },
    };
    const struct page_package_diff_part parts[] = {
        { "part.indicators", rows, COUNT(rows) },
    };
    const struct page_package_diff page = {
        .work = work_of(l, S("ten-star")),
        .tabs = tabs,
        .name = either(l, S("示例服务认证"), S("Example scheme")),
        .scheme = S("ten-star"),
        .count = 2,
        .from = S("1"),
        .to = S("2"),
        .from_hash = OLD_HASH,
        .to_hash = NEW_HASH,
        .from_choices = from,
        .from_choices_n = COUNT(from),
        .to_choices = to,
        .to_choices_n = COUNT(to),
        .removed = 1,
        .changed = 1,
        .parts = parts,
        .parts_n = COUNT(parts),
    };

    page_package_diff_render(out, l, &page);
}

void sample_settings(struct buf *out, enum lang l)
{
    const struct page_settings_fields fields[] = { { S("SC03") }, { EVIL } };
    const struct page_register_acts_acts acts[] = {
        { S("/registers/body/do/body.change"), "command.body.change" },
        { S("javascript:alert(1)"), "command.body.set_subsidies" },
    };
    const struct page_settings_subsidies subsidies[] = {
        { EVIL, EVIL, 500000, S("1/2026"), 20800, true },
        { S("示例省"), S("x"), 100, S("2/2026"), 21000, false },
    };
    const struct page_settings_outside outside[] = {
        { EVIL, EVIL, 3, false },
        { S("示例方案"), S("SC22"), 200, true },
    };
    const struct page_settings_history history[] = {
        { 21000, 20800, EVIL, false, false, true, EVIL, EVIL, EVIL },
        { 20700, 20700, S("示例"), false, true, false, S("x"), S("1/2026"),
          S("") },
        { 20000, 20000, S(""), true, false, false, S(""), S(""), S("") },
    };
    const struct page_settings page = {
        .uscc = EVIL,
        .accreditation = EVIL,
        .seat = EVIL,
        .seat_phone = S("019-00000000"),
        .outside = outside,
        .outside_n = COUNT(outside),
        .history = history,
        .history_n = COUNT(history),
        .work = work_of(l, S("")),
        .tabs = { .at_settings = true },
        .token = S("token"),
        .problem = EVIL,
        .done = "settings.done_contact",
        .name = S("示例认证有限公司"),
        .name_en = S("Example body"),
        .approval_number = S("CNCA-R-2099-000"),
        .fields = fields,
        .fields_n = COUNT(fields),
        .address = EVIL,
        .phone = S("010-00000000"),
        .mail = S("a@body.example"),
        .complaint_phone = EVIL,
        .complaint_mail = EVIL,
        .acts = { .acts = acts, .acts_n = COUNT(acts) },
        .approved = 2,
        .approved_source = EVIL,
        .subsidies = subsidies,
        .subsidies_n = COUNT(subsidies),
        .year_first = 2004,
        .year_last = 2026,
        .calendar_source = EVIL,
        .file_most = 64,
    };

    page_settings_render(out, l, &page);
}
