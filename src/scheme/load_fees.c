/*
 * load_fees -- what a certification costs. [M13] [M28]-[M31] [条例 20]
 *
 *   fees:   {application, registration, per_day, yearly, prepay: [LEAST,
 *            MOST], assumed?, refund?, and what load_factors.c lists}; yuan
 *            with up to two places, prepay in per cent of the contract less
 *            travel
 *   refund: {STAGE: PERCENT ..}: what is given back of what was paid when the
 *           case is declined or withdrawn in that stage, nothing where it is
 *           not named; the further the work, the less.  How a decision comes
 *           out plays no part: fees never depend on the result
 */

#include "scheme/parts.h"

enum { FEN_MAX = 1000000000, WHOLE = 10000 }; /* ten million yuan; 100 % */

static void read_prepay(struct reading *r, const struct yaml *y, struct fees *f)
{
    const struct yaml *pair = reading_list(r, y, "prepay", 2, 2);
    int64_t least = 0;
    int64_t most = 0;

    if (pair == NULL)
        return;
    if (!yaml_decimal(pair->first, 2, &least) ||
        !yaml_decimal(pair->first->next, 2, &most) || least < 0 ||
        most < least || most > WHOLE)
        PROBLEM(r, pair, "scheme.prepay");
    f->prepay_least = (int32_t)least;
    f->prepay_most = (int32_t)most;
}

/* --- refunds ---------------------------------------------------------- */

/* The stages between the first payment and the decision. */
enum { REFUND_FIRST = STAGE_CONTRACT, REFUND_LAST = STAGE_DECISION };

static void read_share(struct reading *r, const struct yaml *y,
                       const char *stage, int32_t most, int32_t *share)
{
    const struct yaml *given = yaml_get(y, str_of(stage));

    if (given == NULL)
        return;
    *share = (int32_t)reading_decimal(r, y, stage, 2, 0, WHOLE);
    if (*share > most)
        PROBLEM(r, given, "scheme.refund_rises",
                ARG_STR("stage", str_of(stage)));
}

static void read_refunds(struct reading *r, const struct yaml *y,
                         struct fees *f)
{
    const char *stages[REFUND_LAST - REFUND_FIRST + 2] = { NULL };
    int32_t most = WHOLE;

    for (int s = REFUND_FIRST; s <= REFUND_LAST; s++)
        stages[s - REFUND_FIRST] = stage_names[s];
    if (!reading_mapping(r, y, stages))
        return;
    for (int s = REFUND_FIRST; s <= REFUND_LAST; s++) {
        read_share(r, y, stage_names[s], most, &f->refunds[s]);
        most = f->refunds[s];
    }
}

/* --- the whole -------------------------------------------------------- */

bool load_fees(struct reading *r, const struct yaml *root, struct scheme *s)
{
    static const char *const keys[] = {
        "application", "registration", "per_day", "yearly", "prepay",
        "assumed",     "travel",       "levels",  "staff",  "trades",
        "body",        "refund",       NULL,
    };
    size_t before = r->count;
    const struct yaml *y = reading_need(r, root, "fees");
    struct fees *f = &s->fees;

    if (!reading_mapping(r, y, keys))
        return false;
    f->application = reading_decimal(r, y, "application", 2, 0, FEN_MAX);
    f->registration = reading_decimal(r, y, "registration", 2, 0, FEN_MAX);
    f->per_day = reading_decimal(r, y, "per_day", 2, 0, FEN_MAX);
    f->yearly = reading_decimal(r, y, "yearly", 2, 0, FEN_MAX);
    f->assumed = reading_bool(r, y, "assumed", false);
    read_prepay(r, y, f);
    load_factors(r, y, f);
    read_refunds(r, yaml_get(y, S("refund")), f);
    return r->count == before;
}
