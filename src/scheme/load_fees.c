/*
 * load_fees -- what a certification costs. [M13] [M29] [条例 20]
 *
 *   fees:   {application, registration, per_day, yearly, prepay: [LEAST,
 *            MOST], assumed?}; yuan with up to two places, prepay in per cent
 *            of the contract less travel
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

bool load_fees(struct reading *r, const struct yaml *root, struct scheme *s)
{
    static const char *const keys[] = { "application", "registration",
                                        "per_day",     "yearly",
                                        "prepay",      "assumed",
                                        NULL };
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
    return r->count == before;
}
