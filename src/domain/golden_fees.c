/*
 * golden_fees -- estimates that a package expects of its own fee rules.
 * [M28]-[M31] [M33]
 */

#include "base/buf.h"
#include "domain/fees.h"
#include "domain/golden_parts.h"
#include "text/text.h"

/* A sum that may be expected, and what came of it. */
struct wanted {
    const char *key;
    struct money_range got;
};

static str range_text(struct reading *r, struct money_range x)
{
    char least[TEXT_VALUE];
    char most[TEXT_VALUE];
    struct buf b;
    str out = S("");

    buf_init(&b, r->arena, (size_t)3 * TEXT_VALUE);
    buf_str(&b, text_money(x.least, least));
    buf_str(&b, S(" .. "));
    buf_str(&b, text_money(x.most, most));
    if (failed(buf_done(&b, &out)))
        r->fatal = err_memory();
    return out;
}

/* KEY: [LEAST, MOST], in yuan. */
static void expect_range(struct reading *r, const struct yaml *y,
                         const struct wanted *w)
{
    struct money_range want;

    if (y->kind != YAML_SEQUENCE || y->count != 2 ||
        !yaml_decimal(y->first, 2, &want.least) ||
        !yaml_decimal(y->first->next, 2, &want.most))
        PROBLEM(r, y, "golden.range", ARG_STR("key", str_of(w->key)));
    else if (want.least != w->got.least || want.most != w->got.most)
        PROBLEM(r, y, "golden.fee", ARG_STR("key", str_of(w->key)),
                ARG_STR("want", range_text(r, want)),
                ARG_STR("got", range_text(r, w->got)));
}

static void expect_sums(struct reading *r, const struct yaml *y,
                        const struct fee_answer *x)
{
    const struct wanted all[] = {
        { "fees", x->first.fees },   { "travel", x->first.travel },
        { "first", x->first.total }, { "surveillance", x->surveillance.total },
        { "whole", x->whole },
    };
    size_t n = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct yaml *at = yaml_get(y, str_of(all[i].key));

        if (at == NULL)
            continue;
        expect_range(r, at, &all[i]);
        n++;
    }
    if (n == 0)
        PROBLEM(r, y, "golden.nothing");
}

/* -1, any level, where none is named. */
static int32_t take_level(struct reading *r, const struct yaml *y,
                          const struct scheme *s)
{
    const struct yaml *at = yaml_get(y, S("level"));
    int32_t level = at == NULL ? -1 : scheme_level(s, at->text);

    if (at != NULL && level < 0)
        PROBLEM(r, at, "golden.no_level", ARG_STR("level", at->text));
    return level;
}

void expect_fees(struct reading *r, const struct yaml *y,
                 const struct scheme *s)
{
    static const char *const keys[] = { "staff",  "sites",   "level",
                                        "trade",  "renewal", "fees",
                                        "travel", "first",   "surveillance",
                                        "whole",  NULL };
    const struct yaml *trade = yaml_get(y, S("trade"));
    size_t before = r->count;
    struct fee_answer x;

    if (!reading_mapping(r, y, keys))
        return;

    struct fee_question q = {
        .staff = reading_int(r, y, "staff", 1, FEE_STAFF_MAX),
        .sites = reading_int(r, y, "sites", 1, FEE_SITES_MAX),
        .level = take_level(r, y, s),
        .trade = trade == NULL ? S("") : trade->text,
        .renewal = reading_bool(r, y, "renewal", false),
    };
    if (r->count > before)
        return;
    err e = fees_estimate(r->arena, s, &q, &x);
    if (!failed(e))
        expect_sums(r, y, &x);
    else if (err_is(e, ERR_MEMORY))
        r->fatal = e;
    else
        reading_problem(r, y, e);
}
