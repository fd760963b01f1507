/* Pages of an enterprise with invented data (test_form_sample.h): offers side
 * by side, the contract, the mark, a list of customers. */

#include "base/size.h"
#include "web/test_form_sample.h"

#define EVIL S("\"><script>alert('x')</script>&amp;'")

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
        .person = EVIL,
        .token = S("0123456789abcdef"),
        .open = true,
        .at_cases = true,
    };
}

static const str token = S_INIT("0123456789abcdef");
static const str command = S_INIT("00112233445566778899aabbccddeeff");
static const str number = S_INIT("C2026-0007");

/* [M10] */
void sample_compare(struct buf *out, enum lang l)
{
    const struct page_compare_offers offers[] = {
        { .number = 1,
          .body = EVIL,
          .approval = S("CNCA-R-2099-001"),
          .state = "approval.not_listed",
          .warned = true,
          .firm = true,
          .price = 100,
          .all_in = 7100,
          .cycle = 10,
          .note = EVIL },
        { .number = 2,
          .body = S("甲认证"),
          .approval = S("CNCA-R-2099-002"),
          .state = "approval.listed",
          .firm = true,
          .price = 1800000,
          .price_best = true,
          .has_whole = true,
          .whole = 3400000,
          .whole_best = true,
          .all_in = 3407000,
          .cycle = 40,
          .cycle_best = true,
          .seniors = 2,
          .seniors_best = true,
          .team = S("三人") },
        { .body = S("示例认证中心"),
          .approval = S("CNCA-R-2099-000"),
          .state = "approval.listed",
          .own = true,
          .ranged = true,
          .price = 2300000,
          .price_most = 2760000,
          .has_whole = true,
          .whole = 4000000,
          .whole_most = 4600000,
          .all_in = 4007000 },
    };
    const struct page_compare_missing missing[] = { { EVIL } };
    const struct page_compare_costs costs[] = {
        { "own_cost.training", EVIL, 7000, S("") },
    };
    const struct page_compare_money money[] = { { EVIL } };
    const struct page_compare page = {
        .work = work(l),
        .number = number,
        .enterprise = EVIL,
        .offers = offers,
        .offers_n = COUNT(offers),
        .enough = true,
        .missing = missing,
        .missing_n = COUNT(missing),
        .spends = true,
        .costs = costs,
        .costs_n = COUNT(costs),
        .costs_total = 7000,
        .money = money,
        .money_n = COUNT(money),
        .may = true,
        .way = S("/cases/C2026-0007/offers"),
        .token = token,
        .command_id = command,
        .version = 12,
    };

    page_compare_render(out, l, &page);
}

/* [M13] */
void sample_contract(struct buf *out, enum lang l)
{
    const struct page_contract_lines lines[] = {
        { "fee_line.application", S(""), "line.fee", 100000, S("") },
        { "fee_line.other", EVIL, "line.travel", 50, EVIL },
    };
    const struct page_contract_client_rights client_rights[] = { { EVIL } };
    const struct page_contract_body_duties body_duties[] = { { S("X") } };
    const struct page_contract page = {
        .work = work(l),
        .number = number,
        .enterprise = EVIL,
        .quoted = true,
        .offered_on = 20786,
        .client = EVIL,
        .uscc = S("91350100M000100Y43"),
        .body = S("X"),
        .approval = S("CNCA-R-2099-000"),
        .scheme = S("Y"),
        .criterion = S("Q/X 1"),
        .level = S("★"),
        .scope = EVIL,
        .lines = lines,
        .lines_n = COUNT(lines),
        .total = 100050,
        .prepayment = 30000,
        .rest = 70050,
        .several = true,
        .surveillance = 50000,
        .surveillances = 2,
        .whole = 200050,
        .assumed = true,
        .period = S("36"),
        .client_rights = client_rights,
        .client_rights_n = COUNT(client_rights),
        .body_duties = body_duties,
        .body_duties_n = COUNT(body_duties),
        .offer = command,
        .may = true,
        .way = S("/cases/C2026-0007/contract"),
        .token = token,
        .command_id = command,
        .version = 12,
        .note = EVIL,
        .problem = EVIL,
        .owner = true,
    };

    page_contract_render(out, l, &page);
}

/* [M21] */
void sample_mark(struct buf *out, enum lang l)
{
    const struct page_mark_page_proposals proposals[] = {
        { 1, "mark_use.packaging", EVIL },
    };
    const struct page_mark_page_marks marks[] = {
        { .number = 1,
          .use = "mark_use.tender",
          .place = EVIL,
          .words = EVIL,
          .standing = "mark.approved",
          .since = 20786,
          .usable = true,
          .colour = true,
          .reversed = true },
        { .number = 2,
          .use = "mark_use.website",
          .place = S("X"),
          .standing = "mark.refused",
          .since = 20786,
          .note = EVIL },
    };
    const struct page_mark_page page = {
        .work = work(l),
        .head = { .number = number,
                  .enterprise = EVIL,
                  .stage = "stage.upkeep",
                  .waiting = "waiting.body",
                  .at_certificate = true },
        .number = number,
        .issued = true,
        .certificate = S("00026SC0001R0S"),
        .status = "status.valid",
        .style = S("valid"),
        .until = 21786,
        .usable = true,
        .rules = { true, 20, EVIL },
        .proposals = proposals,
        .proposals_n = COUNT(proposals),
        .may = true,
        .marks = marks,
        .marks_n = COUNT(marks),
        .square = S("<svg/>"),
        .look_up = S("https://example.test/c/00026SC0001R0S"),
        .misuses = true,
    };

    page_mark_page_render(out, l, &page);
}

/* [M16] */
void sample_customers(struct buf *out, enum lang l)
{
    const struct page_customers_columns columns[] = {
        { "customers_page.name", EVIL },
        { "customers_page.product", S("") },
    };
    const struct page_customers_problems problems[] = { { 3, EVIL } };
    const struct page_customers page = {
        .work = work(l),
        .number = number,
        .enterprise = EVIL,
        .way = S("/cases/C2026-0007/customers"),
        .token = token,
        .checked = true,
        .encoding = "customers_page.gb18030",
        .separator = S(";"),
        .rows = 299,
        .bad = 51,
        .more_bad = 50,
        .repeated = 2,
        .columns = columns,
        .columns_n = COUNT(columns),
        .problems = problems,
        .problems_n = COUNT(problems),
    };

    page_customers_render(out, l, &page);
}

void sample_messages(struct buf *out, enum lang l)
{
    const struct page_case_messages_lines lines[] = {
        { .side = "message_side.enterprise",
          .who = EVIL,
          .on = 20786,
          .time = S("09:05"),
          .text = EVIL },
        { .settled = true,
          .who = EVIL,
          .on = 20787,
          .time = S("10:30"),
          .text = EVIL },
        { .own = true,
          .side = "message_side.body",
          .on = 20788,
          .time = S("16:00"),
          .text = S("您好：\n请看第 2 页。") },
    };
    const struct page_case_messages page = {
        .work = work(l),
        .head = { .number = number,
                  .enterprise = EVIL,
                  .stage = "stage.audit",
                  .waiting = "waiting.body",
                  .at_messages = true,
                  .messages = 2 },
        .number = number,
        .waits = true,
        .waits_since = 20786,
        .lines = lines,
        .lines_n = COUNT(lines),
        .earlier = true,
        .first = 12,
        .later = true,
        .may = true,
        .may_settle = true,
        .way = S("/cases/C2026-0007/messages"),
        .token = token,
        .command_id = command,
        .settle_id = command,
        .version = 12,
        .text = EVIL,
        .note = EVIL,
        .problem = EVIL,
    };

    page_case_messages_render(out, l, &page);
}
