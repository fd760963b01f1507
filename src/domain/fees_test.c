/* What a certification costs. [M28]-[M31] [M33] [条例 20] */

#include "domain/fees.h"

#include "codec/json.h"
#include "domain/names.h"
#include "domain/test_fixture.h"
#include "domain/test_package_files.h"

enum { MEGABYTE = 1 << 20 };

#define WITH(more) "prepay: [30, 50], assumed: true" more " }"

/* The test's package with more in its fees. */
static const struct scheme *scheme_with(struct arena *a, const char *more)
{
    return test_scheme_from(
        a, test_scheme_with(a, "prepay: [30, 50], assumed: true }", more));
}

static struct fee_question ask(int64_t staff, int64_t sites)
{
    return (struct fee_question){ .staff = staff, .sites = sites, .level = -1 };
}

static struct fee_answer estimate(struct arena *a, const struct scheme *s,
                                  struct fee_question q)
{
    struct fee_answer x = { 0 };

    EXPECT_OK(fees_estimate(a, s, &q, &x));
    return x;
}

static bool is_range(struct money_range x, int64_t least, int64_t most)
{
    return x.least == least && x.most == most;
}

/* domain.md 6: 1000 + 2000 + 2000 + 6 x 3000, and 2 x 3000 + 2000 a year. */
TEST(the_list_common_in_the_trade_comes_to_its_known_sums)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = scheme_with(&a, WITH(""));
    struct fee_answer x = estimate(&a, s, ask(40, 1));

    EXPECT(is_range(x.first.total, 2300000, 2300000));
    EXPECT(is_range(x.first.fees, 2300000, 2300000));
    EXPECT(is_range(x.first.travel, 0, 0));
    EXPECT(x.first.days == 60);
    EXPECT(is_range(x.surveillance.total, 800000, 800000));
    EXPECT(x.surveillances == 2 && x.assumed);
    EXPECT(is_range(x.whole, 2300000 + 2 * 800000, 2300000 + 2 * 800000));
}

TEST(lines_stand_in_order_and_none_is_empty)
{
    static const enum fee_rule want[] = { FEE_APPLICATION, FEE_AUDIT,
                                          FEE_REGISTRATION, FEE_YEARLY };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct fee_answer x = estimate(&a, scheme_with(&a, WITH("")), ask(40, 1));

    EXPECT(x.first.count == COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        EXPECT_ROW(fee_names[want[i]], x.first.lines[i].rule == want[i]);
        EXPECT_ROW(fee_names[want[i]], x.first.lines[i].kind == LINE_FEE);
    }
    EXPECT(x.surveillance.count == 2);
    EXPECT(x.surveillance.lines[0].rule == FEE_AUDIT);
    EXPECT(x.surveillance.lines[1].rule == FEE_YEARLY);
}

/* [M29] More staff: more work. */
TEST(staff_takes_the_days_of_its_row)
{
    static const struct {
        int64_t staff;
        int32_t first;
        int32_t renewal;
        int32_t surveillance;
    } rows[] = {
        { 1, 40, 25, 15 },
        { 25, 40, 25, 15 },
        { 26, 60, 40, 20 },
        { 45, 60, 40, 20 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = scheme_with(&a, WITH(""));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_question q = ask(rows[i].staff, 1);
        struct fee_answer x = estimate(&a, s, q);

        EXPECT(x.first.days == rows[i].first);
        EXPECT(x.surveillance.days == rows[i].surveillance);
        q.renewal = true; /* [M23] simpler and cheaper */
        EXPECT(estimate(&a, s, q).first.days == rows[i].renewal);
    }
}

TEST(staff_beyond_the_table_is_nothing_the_rules_can_tell)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = scheme_with(&a, WITH(""));
    struct fee_question q = ask(46, 1);
    struct fee_answer x = { .surveillances = 7 };

    EXPECT_ERR(fees_estimate(&a, s, &q, &x), ERR_REFUSED, "fee.no_days");
    EXPECT_ERR(fees_firm(&a, s, &q, &x), ERR_REFUSED, "fee.no_days");
    EXPECT(x.surveillances == 7); /* untouched */
}

/* The package's rule about sites, as IAF MD 1 has it: the headquarters, and of
 * the others the square root, 0.6 and 0.8 of it. */
TEST(the_sites_visited_are_those_of_the_package_s_rule)
{
    static const struct {
        int64_t sites;
        int64_t first;
        int64_t renewal;
        int64_t surveillance;
    } rows[] = {
        { 1, 1, 1, 1 },  { 2, 2, 2, 2 },  { 5, 3, 3, 3 },    { 6, 4, 3, 3 },
        { 26, 6, 5, 4 }, { 27, 7, 6, 5 }, { 101, 11, 9, 7 }, { 102, 12, 10, 8 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = scheme_with(&a, WITH(""));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_question q = ask(40, rows[i].sites);
        struct fee_answer x = estimate(&a, s, q);

        EXPECT(x.first.visited == rows[i].first);
        EXPECT(x.surveillance.visited == rows[i].surveillance);
        q.renewal = true;
        EXPECT(estimate(&a, s, q).first.visited == rows[i].renewal);
    }
}

TEST(without_a_rule_about_sites_every_site_is_visited)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = test_scheme_from(
        &a, test_scheme_with(&a,
                             "sites: { first: 100, surveillance: 60, renewal: "
                             "80, random: 25 }\n",
                             ""));

    EXPECT(estimate(&a, s, ask(40, 61)).first.visited == 61);
    EXPECT(estimate(&a, s, ask(40, 61)).surveillance.visited == 61);
}

/* The test's package, with half a day at the least for each outlet. */
static const struct scheme *with_outlets(struct arena *a)
{
    return test_scheme_from(a, test_scheme_with(a, "rotation: 2",
                                                "rotation: 2\n  outlet: 0.5"));
}

/* [M29] More sites: more work. */
TEST(each_further_site_adds_its_days_to_every_evaluation)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = with_outlets(&a);
    struct fee_answer one = estimate(&a, s, ask(40, 1));
    struct fee_answer six = estimate(&a, s, ask(40, 6)); /* 3 and 2 visited */

    EXPECT(one.first.days == 60 && six.first.days == 75);
    EXPECT(one.surveillance.days == 20 && six.surveillance.days == 30);
    EXPECT(six.first.fees.least == one.first.fees.least + 450000);
    EXPECT(six.surveillance.fees.least == one.surveillance.fees.least + 300000);
}

/* [FE1] */
TEST(a_line_is_rounded_half_up_once)
{
    static const struct {
        const char *name;
        const char *more;
        int64_t application; /* of 1 fen */
    } rows[] = {
        { "half goes up", WITH(", levels: { three: 50, ten: 50 }"), 1 },
        { "less goes down", WITH(", levels: { three: 49.99, ten: 49.99 }"), 0 },
        { "0.7071 twice is less than half, not one twice",
          WITH(", levels: { three: 70.71, ten: 70.71 },"
               " staff: [{ staff: [1, 99], factor: 70.71 }]"),
          0 },
        { "0.70711 would be more than half",
          WITH(", levels: { three: 70.72, ten: 70.72 },"
               " staff: [{ staff: [1, 99], factor: 70.71 }]"),
          1 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scheme *s = test_scheme_from(
            &a, test_scheme_with(&a, "prepay: [30, 50], assumed: true }",
                                 rows[i].more));

        s->fees.application = 1;
        s->fees.per_day = s->fees.registration = s->fees.yearly = 0;
        EXPECT_ROW(rows[i].name, estimate(&a, s, ask(40, 1)).first.total.most ==
                                     rows[i].application);
    }
}

#define LEVELS ", levels: { three: 50, ten: [100, 150] }"

/* [M29] [FE4] */
TEST(a_level_has_its_factor_and_none_has_those_of_all)
{
    static const struct {
        const char *name;
        int32_t level;
        int64_t least;
        int64_t most;
    } rows[] = {
        { "the lower", 0, 1150000, 1150000 },
        { "the higher", 1, 2300000, 3450000 },
        { "any", -1, 1150000, 3450000 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = scheme_with(&a, WITH(LEVELS));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_question q = ask(40, 1);

        q.level = rows[i].level;
        EXPECT_ROW(rows[i].name, is_range(estimate(&a, s, q).first.fees,
                                          rows[i].least, rows[i].most));
    }
}

/* [M33] */
TEST(staff_has_the_factor_of_its_band_and_the_last_band_never_ends)
{
    static const struct {
        int64_t staff;
        int64_t yearly;
    } rows[] = {
        { 1, 200000 },  { 9, 200000 },  { 10, 220000 },
        { 20, 220000 }, { 21, 240000 }, { 45, 240000 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s =
        scheme_with(&a, WITH(", staff: [{ staff: [1, 9], factor: 100 },"
                             " { staff: [10, 20], factor: 110 },"
                             " { staff: [21, 30], factor: 120 }]"));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_answer x = estimate(&a, s, ask(rows[i].staff, 1));

        EXPECT(x.first.lines[3].rule == FEE_YEARLY);
        EXPECT(
            is_range(x.first.lines[3].amount, rows[i].yearly, rows[i].yearly));
    }
}

#define TRADE(code, factor)                                                    \
    "{ code: '" code "', label: { zh: 行业, en: Trade }, factor: " factor " }"

/* [M33] */
TEST(a_trade_has_the_factor_of_the_longest_code_it_begins_with)
{
    static const struct {
        const char *trade;
        int64_t least;
        int64_t most;
    } rows[] = {
        { "5264", 2760000, 2760000 }, { "526", 2760000, 2760000 },
        { "5270", 2530000, 2530000 }, { "52", 2530000, 2530000 },
        { "5", 2300000, 2300000 },    { "3610", 2070000, 2070000 },
        { "", 2070000, 2760000 }, /* any [FE4] */
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s =
        scheme_with(&a, WITH(", trades: [" TRADE("526", "120") ", " TRADE(
                            "52", "110") ", " TRADE("36", "90") "]"));

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_question q = ask(40, 1);

        q.trade = str_of(rows[i].trade);
        EXPECT_ROW(rows[i].trade, is_range(estimate(&a, s, q).first.fees,
                                           rows[i].least, rows[i].most));
    }
}

TEST(a_trade_is_one_to_four_digits)
{
    static const struct {
        const char *trade;
        bool ok;
    } rows[] = {
        { "", true },       { "5", true },    { "5264", true },
        { "52641", false }, { "F52", false }, { "52 ", false },
    };
    TEST_ARENA(a, MEGABYTE);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = fees_check_trade(&a, str_of(rows[i].trade));

        if (rows[i].ok)
            EXPECT_ROW_OK(rows[i].trade, e);
        else
            EXPECT_ROW_ERR(rows[i].trade, e, ERR_INVALID, "fee.trade");
    }
}

#define TRAVEL ", travel: { site: [500, 1000], day: [300, 500] }"

/* [M30] [FE3] Two days on site are 4.5 person-days here. */
TEST(travel_grows_with_sites_and_days_and_no_factor_changes_it)
{
    static const struct {
        const char *more;
        int64_t sites;
        int64_t least;
        int64_t most;
    } rows[] = {
        { WITH(TRAVEL), 1, 50000 + 135000, 100000 + 225000 },
        { WITH(TRAVEL), 2, 100000 + 135000, 200000 + 225000 },
        { WITH(TRAVEL ", body: [200, 300]"), 1, 185000, 325000 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_answer x =
            estimate(&a, scheme_with(&a, rows[i].more), ask(40, rows[i].sites));

        EXPECT_ROW(rows[i].more,
                   is_range(x.first.travel, rows[i].least, rows[i].most));
        EXPECT_ROW(rows[i].more,
                   x.first.total.most == x.first.fees.most + rows[i].most);
    }
}

TEST(days_at_further_sites_are_days_of_travel_too)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s =
        test_scheme_from(&a,
                         test_scheme_with(&a,
                                          "prepay: [30, 50], assumed: true }",
                                          WITH(TRAVEL)));

    s->team.outlet = 10;
    EXPECT(is_range(estimate(&a, s, ask(40, 2)).first.travel, 100000 + 165000,
                    200000 + 275000));
}

/* [FE3] The body whose package it is knows its own fees. */
TEST(a_firm_figure_takes_the_least_fee_and_the_most_travel)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s =
        scheme_with(&a, WITH(TRAVEL LEVELS
                             ", body: [120, 130], trades: [" TRADE("52",
                                                                   "90") "]"));
    struct fee_question q = { .staff = 40, .sites = 1, .level = 1 };
    struct fee_answer x = { 0 };

    EXPECT_OK(fees_firm(&a, s, &q, &x));
    EXPECT(is_range(x.first.fees, 2300000, 2300000)); /* an ordinary trade */
    EXPECT(is_range(x.first.travel, 325000, 325000));
    EXPECT(is_range(x.first.total, 2625000, 2625000));
    q.trade = S("52");
    EXPECT_OK(fees_firm(&a, s, &q, &x));
    EXPECT(is_range(x.first.fees, 2070000, 2070000));
}

TEST(a_line_has_its_limit)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));
    struct fee_question q = ask(40, 1);
    struct fee_answer x;

    s->fees.application = FEE_LINE_MAX;
    EXPECT_OK(fees_estimate(&a, s, &q, &x));
    s->fees.application = FEE_LINE_MAX + 1;
    EXPECT_ERR(fees_estimate(&a, s, &q, &x), ERR_LIMIT, "fee.too_much");
    s->fees.application = 0;
    int64_t *const others[] = { &s->fees.per_day, &s->fees.registration,
                                &s->fees.yearly };
    for (size_t i = 0; i < COUNT(others); i++) {
        int64_t before = *others[i];

        *others[i] = FEE_LINE_MAX + 1;
        EXPECT_ERR(fees_estimate(&a, s, &q, &x), ERR_LIMIT, "fee.too_much");
        *others[i] = before;
    }
    s->fees.travel_site.most = FEE_LINE_MAX + 1;
    EXPECT_ERR(fees_estimate(&a, s, &q, &x), ERR_LIMIT, "fee.too_much");
}

/* [M31] One every so often, while there is a certificate to keep. */
TEST(surveillances_are_counted_within_validity)
{
    static const struct {
        struct span every;
        struct span validity;
        int32_t want;
    } rows[] = {
        { { 12, SPAN_MONTHS }, { 36, SPAN_MONTHS }, 2 },
        { { 18, SPAN_MONTHS }, { 36, SPAN_MONTHS }, 1 },
        { { 36, SPAN_MONTHS }, { 36, SPAN_MONTHS }, 0 },
        { { 35, SPAN_MONTHS }, { 36, SPAN_MONTHS }, 1 },
        { { 6, SPAN_MONTHS }, { 12, SPAN_MONTHS }, 1 },
        { { 10, SPAN_DAYS }, { 31, SPAN_DAYS }, 3 },
        { { 10, SPAN_DAYS }, { 30, SPAN_DAYS }, 2 },
    };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));

    for (size_t i = 0; i < COUNT(rows); i++) {
        s->limits.surveillance = rows[i].every;
        s->limits.validity = rows[i].validity;
        EXPECT(fees_surveillances(s) == rows[i].want);
    }
}

TEST(the_answer_is_a_document)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct fee_answer x =
        estimate(&a, scheme_with(&a, WITH(TRAVEL)), ask(40, 1));
    struct json *j = fees_json(&a, &x);
    const struct json *first = json_get(j, S("first"));
    const struct json *lines = json_get(first, S("lines"));
    const struct json *line = lines->first;
    const struct json *amount = json_get(line, S("amount"));

    EXPECT_STR(json_get_str(line, S("rule")), S("application"));
    EXPECT_STR(json_get_str(line, S("kind")), S("fee"));
    EXPECT(amount->first->number == 100000);
    EXPECT(amount->first->next->number == 100000);
    EXPECT(json_get(j, S("whole"))->first->number == x.whole.least);
    EXPECT(json_get(j, S("surveillances"))->number == 2);
}

/* --- the packages, against the ranges of the mission -------------------- */

/* [M29] Ten stars cost 40 to 60 % more than five, whoever asks. */
TEST(ten_stars_cost_forty_to_sixty_per_cent_more_than_five)
{
    static const int64_t staff[] = { 10, 40, 120, 500 };
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    const struct scheme *ten = load_source_scheme(&a, "ten-star");
    const struct scheme *five = load_source_scheme(&a, "five-star");

    for (size_t i = 0; i < COUNT(staff); i++) {
        struct fee_question q = ask(staff[i], 1);

        q.trade = S("5221");
        q.level = scheme_level(ten, S("ten"));
        struct money_range high = estimate(&a, ten, q).first.fees;
        q.level = scheme_level(five, S("five"));
        struct money_range low = estimate(&a, five, q).first.fees;

        EXPECT(10 * high.least <= 16 * low.least); /* five at its least */
        EXPECT(10 * high.most >= 14 * low.most);   /* and at its most */
        EXPECT(10 * high.least >= 14 * low.least);
        EXPECT(10 * high.most <= 16 * low.most);
    }
}

/* [M33] Over 100 staff: 30 to 50 % above under 50. */
TEST(over_a_hundred_staff_cost_a_third_to_a_half_more_than_under_fifty)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    const struct scheme *s = load_source_scheme(&a, "ten-star");
    struct fee_question q = ask(40, 1);

    q.trade = S("5221");
    struct money_range few = estimate(&a, s, q).first.fees;
    q.staff = 120;
    struct money_range many = estimate(&a, s, q).first.fees;

    EXPECT(10 * many.least >= 13 * few.least);
    EXPECT(10 * many.least <= 15 * few.least);
    EXPECT(10 * many.most >= 13 * few.most);
    EXPECT(10 * many.most <= 15 * few.most);
}

/* [M33] A leading body takes 20 to 30 % more; cars more than goods that move
 * fast. */
TEST(a_leading_body_and_a_trade_of_high_value_cost_more)
{
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    const struct scheme *s = load_source_scheme(&a, "ten-star");
    struct fee_question q = ask(40, 1);

    q.trade = S("5221");
    struct money_range food = estimate(&a, s, q).first.fees;
    q.trade = S("5261");
    struct money_range cars = estimate(&a, s, q).first.fees;

    EXPECT(10 * food.most == 13 * food.least);
    EXPECT(cars.least > food.least && cars.most > food.most);
}

/* [M28] [M29] [M30] [M31]: what the mission's article names for an ordinary
 * case, in yuan. */
TEST(an_ordinary_case_lies_within_the_ranges_of_the_mission)
{
    static const int64_t staff[] = { 26, 40, 45 };
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    const struct scheme *s = load_source_scheme(&a, "ten-star");

    for (size_t i = 0; i < COUNT(staff); i++) {
        struct fee_question q = ask(staff[i], 1);

        q.trade = S("5221");
        struct fee_answer x = estimate(&a, s, q);

        EXPECT(x.first.fees.least >= 800000); /* [M29] */
        EXPECT(x.first.fees.most <= 3000000);
        EXPECT(x.first.travel.least >= 200000); /* [M30] */
        EXPECT(x.first.travel.most <= 1500000);
        EXPECT(x.surveillance.fees.least >= 300000); /* [M31] */
        EXPECT(x.surveillance.fees.most <= 1200000);
        EXPECT(x.whole.least >= 1500000); /* [M28] */
        EXPECT(x.whole.most <= 8000000);
    }
}

/* [M31] */
TEST(a_surveillance_costs_thirty_to_fifty_per_cent_of_the_first_fee)
{
    static const int64_t staff[] = { 10, 40, 120, 1000 };
    TEST_ARENA(a, 64 * (size_t)MEGABYTE);
    const struct scheme *s = load_source_scheme(&a, "ten-star");

    for (size_t i = 0; i < COUNT(staff); i++) {
        struct fee_answer x = estimate(&a, s, ask(staff[i], 1));

        EXPECT(10 * x.surveillance.fees.least >= 3 * x.first.fees.least);
        EXPECT(10 * x.surveillance.fees.least <= 5 * x.first.fees.least);
    }
}

/* A surveillance may take longer than a first audit, and asks too much then. */
TEST(a_line_of_a_surveillance_has_its_limit_too)
{
    static const struct {
        int64_t per_day;
        bool ok;
    } rows[] = { { FEE_LINE_MAX / 100, true },
                 { FEE_LINE_MAX / 100 + 1, false } };
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    struct scheme *s = test_scheme_from(&a, test_scheme_text(&a));
    struct fee_question q = ask(40, 1);
    struct day_row row = s->team.rows[0];

    row.surveillance_total = 1000; /* tenths of a day */
    row.staff_from = 1;
    row.staff_to = 1000;
    s->team.rows = &row;
    s->team.row_count = 1;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fee_answer x;

        s->fees.per_day = rows[i].per_day;
        err e = fees_estimate(&a, s, &q, &x);
        if (rows[i].ok)
            EXPECT_OK(e);
        else
            EXPECT_ERR(e, ERR_LIMIT, "fee.too_much");
    }
}
