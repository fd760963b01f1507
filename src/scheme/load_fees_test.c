/* Fee rules and terms as a package has them. [M13] [M28]-[M31] [M33] */

#include "scheme/load.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme/test_files.h"

enum { MEGABYTE = 1 << 20 };

/* The base of refused/ with `more` put behind its fees. */
static str text_with(struct arena *a, const char *more)
{
    str base = test_file(a, "src/scheme/refused/base.yaml");
    size_t at = str_find(base, S("certificate:\n"));
    str out = S("");
    struct buf b;

    EXPECT(at < base.n);
    buf_init(&b, a, MEGABYTE);
    buf_str(&b, str_first(base, at));
    buf_str(&b, str_of(more));
    buf_str(&b, str_from(base, at));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static struct scheme *load_with(struct arena *a, const char *more)
{
    struct package_file file = { S("scheme.yaml"), text_with(a, more) };
    struct package package = { &file, 1 };
    struct problem *problems = NULL;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

static bool is_factor(struct factor x, int32_t least, int32_t most)
{
    return x.least == least && x.most == most;
}

static bool is_range(struct money_range x, int64_t least, int64_t most)
{
    return x.least == least && x.most == most;
}

TEST(fees_alone_leave_every_factor_at_one)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s = load_with(&a, "");
    const struct fees *f = &s->fees;

    EXPECT(is_factor(f->body, FACTOR_ONE, FACTOR_ONE));
    for (size_t i = 0; i < s->level_count; i++)
        EXPECT(is_factor(f->levels[i], FACTOR_ONE, FACTOR_ONE));
    EXPECT(f->band_count == 0 && f->trade_count == 0);
    EXPECT(is_range(f->travel_site, 0, 0) && is_range(f->travel_day, 0, 0));
    for (int i = 0; i < STAGE_COUNT; i++)
        EXPECT_ROW(stage_names[i], f->refunds[i] == 0);
    EXPECT(s->contract.term_count == 0);
    EXPECT(s->contract.period.n == s->limits.validity.n);
    EXPECT(s->contract.period.unit == s->limits.validity.unit);
}

TEST(factors_and_travel_are_loaded_in_basis_points_and_fen)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct scheme *s =
        load_with(&a, "  travel: { site: [500, 1000.50], day: 300 }\n"
                      "  levels: { two: [140, 160.25] }\n"
                      "  staff:\n"
                      "    - { staff: [1, 50], factor: 100 }\n"
                      "    - { staff: [51, 100], factor: [1, 1000] }\n"
                      "  trades:\n"
                      "    - { code: '526', label: { zh: 汽车, en: Cars }, "
                      "factor: 110 }\n"
                      "  body: [100, 130]\n");
    const struct fees *f = &s->fees;

    EXPECT(is_range(f->travel_site, 50000, 100050));
    EXPECT(is_range(f->travel_day, 30000, 30000)); /* one amount is both */
    EXPECT(is_factor(f->levels[0], FACTOR_ONE, FACTOR_ONE));
    EXPECT(is_factor(f->levels[1], 14000, 16025));
    EXPECT(f->band_count == 2);
    EXPECT(f->bands[1].staff_from == 51 && f->bands[1].staff_to == 100);
    EXPECT(is_factor(f->bands[1].factor, 100, 100000)); /* both ends */
    EXPECT(f->trade_count == 1);
    EXPECT_STR(f->trades[0].code, S("526"));
    EXPECT_STR(f->trades[0].label.en, S("Cars"));
    EXPECT(is_factor(f->trades[0].factor, 11000, 11000));
    EXPECT(is_factor(f->body, 10000, 13000));
}

TEST(refunds_are_loaded_by_stage)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct fees *f = &load_with(&a, "  refund: { contract: 100, "
                                          "documents: 70.5, plan: 70.5 }\n")
                                ->fees;

    EXPECT(f->refunds[STAGE_CONTRACT] == 10000);
    EXPECT(f->refunds[STAGE_DOCUMENTS] == 7050);
    EXPECT(f->refunds[STAGE_PLAN] == 7050); /* as much is not more */
    EXPECT(f->refunds[STAGE_AUDIT] == 0);
    EXPECT(f->refunds[STAGE_DECISION] == 0);
}

/* [17065 4.1.2] */
TEST(terms_are_loaded_in_order_with_side_and_kind)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    const struct contract_rule *c =
        &load_with(&a, "contract:\n"
                       "  period: 40m\n"
                       "  terms:\n"
                       "    - { side: client, kind: right, text: { zh: 申诉, "
                       "en: To appeal } }\n"
                       "    - { side: body, kind: duty, text: { zh: 保密, en: "
                       "To keep quiet } }\n")
             ->contract;

    EXPECT(c->period.n == 40 && c->period.unit == SPAN_MONTHS);
    EXPECT(c->term_count == 2);
    EXPECT(c->terms[0].side == SIDE_CLIENT && c->terms[0].kind == TERM_RIGHT);
    EXPECT_STR(c->terms[0].label.zh, S("申诉"));
    EXPECT(c->terms[1].side == SIDE_BODY && c->terms[1].kind == TERM_DUTY);
    EXPECT_STR(c->terms[1].label.en, S("To keep quiet"));
}

static err load_once(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    const str *text = context;
    struct package_file file = { S("scheme.yaml"), *text };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s;

    arena_init(&a, h, 64 * (size_t)MEGABYTE);
    return scheme_load(&a, &package, &s, &problems);
}

TEST(every_failed_allocation_of_fees_and_terms_is_reported)
{
    TEST_ARENA(a, 16 * (size_t)MEGABYTE);
    str text = text_with(
        &a, "  levels: { one: 90 }\n"
            "  staff: [{ staff: [1, 50], factor: 100 }]\n"
            "  trades: [{ code: '526', label: { zh: 车, en: Cars }, factor: "
            "110 }]\n"
            "contract: { terms: [{ side: body, kind: duty, text: { zh: 保密, "
            "en: To keep quiet } }] }\n");

    EXPECT(test_every_allocation_fails(load_once, NULL, &text) > 0);
}
