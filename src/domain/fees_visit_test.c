/* What one audit costs that the quote does not price. [M30] [M31] [FE1] [FE3]
 */

#include "base/size.h"
#include "domain/fees.h"
#include "domain/test_fixture.h"

#define WITH(more) "prepay: [30, 50], assumed: true" more " }"
#define TRAVEL     ", travel: { site: [500, 1000], day: [300, 500] }"
#define TRADE(code, factor)                                                    \
    "{ code: '" code "', label: { zh: 行业, en: Trade }, factor: " factor " }"

static struct scheme *scheme_with(struct arena *a, const char *more)
{
    return test_scheme_from(
        a, test_scheme_with(a, "prepay: [30, 50], assumed: true }", more));
}

/* [M30] [M31] One audit by itself: an ordinary trade or its own, at the level;
 * person-days in tenths, sites for travel alone. */
TEST(one_audit_costs_what_its_days_and_sites_come_to)
{
    static const struct {
        int64_t days;
        int64_t sites;
        const char *trade;
        int64_t fees;
        int64_t travel;
    } rows[] = {
        { 20, 1, "", 600000, 100000 + 100000 },
        { 5, 1, "", 150000, 100000 + 25000 },
        { 20, 3, "", 600000, 300000 + 100000 },
        { 20, 1, "52", 540000, 100000 + 100000 },
    };
    TEST_ARENA(a, 16 << 20);
    struct scheme *s =
        scheme_with(&a, WITH(TRAVEL ", trades: [" TRADE("52", "90") "]"));

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct fee_question q = { .staff = 40,
                                        .sites = rows[i].sites,
                                        .level = 1,
                                        .trade = str_of(rows[i].trade) };
        int64_t fees = 0;
        int64_t travel = 0;

        fees_of_visit(s, &q, rows[i].days, &fees, &travel);
        EXPECT_ROW(rows[i].trade, fees == rows[i].fees);
        EXPECT_ROW(rows[i].trade, travel == rows[i].travel);
    }
}

/* A line has its limit here, too: what is beyond it cannot be invoiced. */
TEST(one_audit_comes_to_no_more_than_a_line_may)
{
    static const struct {
        int64_t per_day;
        int64_t want;
    } rows[] = {
        { FEE_LINE_MAX - 1, FEE_LINE_MAX - 1 },
        { FEE_LINE_MAX, FEE_LINE_MAX },
        { FEE_LINE_MAX + 1, FEE_LINE_MAX },
    };
    const struct fee_question q = { .staff = 40, .sites = 1, .level = 1 };
    TEST_ARENA(a, 16 << 20);
    struct scheme *s = scheme_with(&a, WITH(""));

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t fees = 0;
        int64_t travel = 0;

        s->fees.per_day = rows[i].per_day;
        s->fees.travel_site.most = rows[i].per_day;
        fees_of_visit(s, &q, 10, &fees, &travel);
        EXPECT(fees == rows[i].want && travel == rows[i].want);
    }
}
