#include "domain/fees.h"

#include "base/size.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/score.h"
#include "domain/stages.h"

/* --- factors ------------------------------------------------------------ */

enum { FACTORS = 4, TRADE_MAX = 4 };

struct factors {
    struct factor f[FACTORS];
};

static struct factor wider(struct factor a, struct factor b)
{
    return (struct factor){
        a.least < b.least ? a.least : b.least,
        a.most > b.most ? a.most : b.most,
    };
}

static struct factor level_factor(const struct scheme *s, int32_t level)
{
    struct factor all = s->fees.levels[0];

    if (level >= 0)
        return s->fees.levels[level];
    for (size_t i = 1; i < s->level_count; i++)
        all = wider(all, s->fees.levels[i]);
    return all;
}

/* The last band holds for more staff, too. */
static struct factor staff_factor(const struct fees *f, int64_t staff)
{
    struct factor found = { FACTOR_ONE, FACTOR_ONE };

    for (size_t i = 0; i < f->band_count && f->bands[i].staff_from <= staff;
         i++)
        found = f->bands[i].factor;
    return found;
}

/* That of the longest code the trade begins with. */
static struct factor trade_factor(const struct fees *f, str trade)
{
    struct factor found = { FACTOR_ONE, FACTOR_ONE };
    size_t length = 0;

    for (size_t i = 0; i < f->trade_count; i++) {
        const struct trade_factor *t = &f->trades[i];

        if (t->code.n < length || !str_begins(trade, t->code))
            continue;
        length = t->code.n;
        found = t->factor;
    }
    return found;
}

static struct factor any_trade(const struct fees *f)
{
    struct factor all = { FACTOR_ONE, FACTOR_ONE };

    for (size_t i = 0; i < f->trade_count; i++)
        all = wider(all, f->trades[i].factor);
    return all;
}

static struct factors factors_of(const struct scheme *s,
                                 const struct fee_question *q, bool firm)
{
    const struct fees *f = &s->fees;
    const struct factor one = { FACTOR_ONE, FACTOR_ONE };

    return (struct factors){ {
        level_factor(s, q->level),
        staff_factor(f, q->staff),
        q->trade.n > 0 || firm ? trade_factor(f, q->trade) : any_trade(f),
        firm ? one : f->body,
    } };
}

err fees_check_trade(struct arena *a, str trade)
{
    bool digits = trade.n <= TRADE_MAX;

    for (size_t i = 0; i < trade.n; i++)
        digits = digits && trade.p[i] >= '0' && trade.p[i] <= '9';
    if (digits)
        return OK;
    return err_new(a, ERR_INVALID, "fee.trade", ARG_STR("given", trade));
}

/* --- amounts [FE1] ------------------------------------------------------ */

static u128 half_up(u128 amount, u128 by)
{
    return (amount + by / 2) / by;
}

int64_t fees_share(int64_t amount, int64_t share)
{
    return (int64_t)half_up((u128)amount * (u128)share, FACTOR_ONE);
}

/* At most 1e9 x 2e7 tenths x 1e5 for each factor: 2e36, and u128 holds 3e38. */
static u128 times(int64_t base, int64_t tenths, const struct factors *x,
                  bool most)
{
    u128 amount = (u128)base * (u128)tenths;
    u128 by = 10; /* tenths of a day */

    for (size_t i = 0; i < FACTORS; i++) {
        uint64_t factor = (uint64_t)(most ? x->f[i].most : x->f[i].least);

        amount *= factor;
        by *= FACTOR_ONE;
    }
    return half_up(amount, by);
}

static err check_line(struct arena *a, u128 most)
{
    if (most <= FEE_LINE_MAX)
        return OK;
    return err_new(a, ERR_LIMIT, "fee.too_much",
                   ARG_MONEY("most", FEE_LINE_MAX));
}

static void add_range(struct money_range *to, const struct money_range *more,
                      int64_t times_)
{
    to->least += more->least * times_;
    to->most += more->most * times_;
}

static void add_line(struct fee_sum *sum, enum fee_rule rule,
                     struct money_range amount)
{
    bool travel = rule == FEE_TRAVEL;

    if (amount.most == 0)
        return;
    sum->lines[sum->count++] = (struct fee_line){
        rule,
        travel ? LINE_TRAVEL : LINE_FEE,
        amount,
    };
    add_range(travel ? &sum->travel : &sum->fees, &amount, 1);
    add_range(&sum->total, &amount, 1);
}

/* --- the work ----------------------------------------------------------- */

/* What is worked out once for both sums. */
struct working {
    const struct scheme *scheme;
    const struct fee_question *q;
    struct factors factors;
    const struct day_row *row;
    bool firm;
};

/* The headquarters, and of the others what a round with this share visits. */
static int64_t visited(const struct working *w, int32_t share)
{
    int64_t others = w->q->sites - 1;

    return 1 + (w->scheme->sites.used ? sites_least_of(share, others) : others);
}

int32_t fees_surveillances(const struct scheme *s)
{
    const day from = 0;
    day until = span_end(NULL, from, s->limits.validity).on - 1;
    day due = from;
    int32_t n = 0;

    while ((due = span_end(NULL, due, s->limits.surveillance).on) <= until)
        n++;
    return n;
}

static const struct day_row *find_row(const struct scheme *s, int64_t staff)
{
    for (size_t i = 0; i < s->team.row_count; i++) {
        const struct day_row *row = &s->team.rows[i];

        if (staff >= row->staff_from && staff <= row->staff_to)
            return row;
    }
    return NULL;
}

/* What the sites visited beside the headquarters add. */
static int64_t days_of_sites(const struct working *w, const struct fee_sum *sum)
{
    return w->scheme->team.outlet * (sum->visited - 1);
}

static err add_fee(struct arena *a, const struct working *w,
                   struct fee_sum *sum, enum fee_rule rule, int64_t tenths,
                   int64_t base)
{
    u128 least = times(base, tenths, &w->factors, false);
    u128 most = times(base, tenths, &w->factors, !w->firm);

    TRY(check_line(a, most));
    add_line(sum, rule, (struct money_range){ (int64_t)least, (int64_t)most });
    return OK;
}

static struct money_range travel_for(const struct fees *f, int64_t tenths,
                                     int64_t sites)
{
    struct money_range x = {
        fees_share(f->travel_day.least * tenths, 1000),
        fees_share(f->travel_day.most * tenths, 1000),
    };

    add_range(&x, &f->travel_site, sites);
    return x;
}

/* [FE3] */
static err add_travel(struct arena *a, const struct working *w,
                      struct fee_sum *sum, int64_t tenths)
{
    struct money_range x = travel_for(&w->scheme->fees, tenths, sum->visited);

    if (w->firm)
        x.least = x.most;
    TRY(check_line(a, (u128)x.most));
    add_line(sum, FEE_TRAVEL, x);
    return OK;
}

static err work_out_first(struct arena *a, const struct working *w,
                          struct fee_sum *sum)
{
    const struct fees *f = &w->scheme->fees;
    const struct site_rule *sites = &w->scheme->sites;
    bool renewal = w->q->renewal;
    int32_t total = renewal ? w->row->renewal_total : w->row->initial_total;
    int32_t site = renewal ? total : w->row->initial_site;

    sum->visited = visited(w, renewal ? sites->renewal : sites->first);
    sum->days = total + days_of_sites(w, sum);
    TRY(add_fee(a, w, sum, FEE_APPLICATION, 10, f->application));
    TRY(add_fee(a, w, sum, FEE_AUDIT, sum->days, f->per_day));
    TRY(add_fee(a, w, sum, FEE_REGISTRATION, 10, f->registration));
    TRY(add_fee(a, w, sum, FEE_YEARLY, 10, f->yearly));
    return add_travel(a, w, sum, site + days_of_sites(w, sum));
}

static err work_out_surveillance(struct arena *a, const struct working *w,
                                 struct fee_sum *sum)
{
    const struct fees *f = &w->scheme->fees;

    sum->visited = visited(w, w->scheme->sites.surveillance);
    sum->days = w->row->surveillance_total + days_of_sites(w, sum);
    TRY(add_fee(a, w, sum, FEE_AUDIT, sum->days, f->per_day));
    TRY(add_fee(a, w, sum, FEE_YEARLY, 10, f->yearly));
    return add_travel(a, w, sum, sum->days);
}

static err work_out(struct arena *a, const struct scheme *s,
                    const struct fee_question *q, bool firm,
                    struct fee_answer *out)
{
    struct working w = {
        .scheme = s,
        .q = q,
        .factors = factors_of(s, q, firm),
        .row = find_row(s, q->staff),
        .firm = firm,
    };
    struct fee_answer x = {
        .surveillances = fees_surveillances(s),
        .assumed = s->fees.assumed,
    };

    if (w.row == NULL)
        return err_new(a, ERR_REFUSED, "fee.no_days",
                       ARG_INT("staff", q->staff));
    TRY(work_out_first(a, &w, &x.first));
    TRY(work_out_surveillance(a, &w, &x.surveillance));
    x.whole = x.first.total;
    add_range(&x.whole, &x.surveillance.total, x.surveillances);
    *out = x;
    return OK;
}

err fees_estimate(struct arena *a, const struct scheme *s,
                  const struct fee_question *q, struct fee_answer *out)
{
    return work_out(a, s, q, false, out);
}

err fees_firm(struct arena *a, const struct scheme *s,
              const struct fee_question *q, struct fee_answer *out)
{
    return work_out(a, s, q, true, out);
}

static int64_t at_most_a_line(u128 amount)
{
    return amount < FEE_LINE_MAX ? (int64_t)amount : FEE_LINE_MAX;
}

void fees_of_visit(const struct scheme *s, const struct fee_question *q,
                   int64_t days, int64_t *fees, int64_t *travel)
{
    const struct factors x = factors_of(s, q, true);
    const struct money_range on_the_way = travel_for(&s->fees, days, q->sites);

    *fees = at_most_a_line(times(s->fees.per_day, days, &x, false));
    *travel = at_most_a_line((u128)on_the_way.most);
}

/* --- as a document ------------------------------------------------------ */

static struct json *range_json(struct arena *a, struct money_range x)
{
    struct json *list = json_new_array(a);

    json_add(list, json_new_int(a, x.least));
    json_add(list, json_new_int(a, x.most));
    return list;
}

static struct json *sum_json(struct arena *a, const struct fee_sum *x)
{
    struct json *j = json_new_object(a);
    struct json *lines = json_new_array(a);

    for (size_t i = 0; i < x->count; i++) {
        const struct fee_line *l = &x->lines[i];
        struct json *one = json_new_object(a);

        json_set(one, S("rule"), json_new_str(a, str_of(fee_names[l->rule])));
        json_set(one, S("kind"), json_new_str(a, str_of(line_names[l->kind])));
        json_set(one, S("amount"), range_json(a, l->amount));
        json_add(lines, one);
    }
    json_set(j, S("lines"), lines);
    json_set(j, S("tenths_of_a_day"), json_new_int(a, x->days));
    json_set(j, S("visited"), json_new_int(a, x->visited));
    json_set(j, S("fees"), range_json(a, x->fees));
    json_set(j, S("travel"), range_json(a, x->travel));
    json_set(j, S("total"), range_json(a, x->total));
    return j;
}

struct json *fees_json(struct arena *a, const struct fee_answer *x)
{
    struct json *j = json_new_object(a);

    json_set(j, S("first"), sum_json(a, &x->first));
    json_set(j, S("surveillance"), sum_json(a, &x->surveillance));
    json_set(j, S("surveillances"), json_new_int(a, x->surveillances));
    json_set(j, S("whole"), range_json(a, x->whole));
    json_set(j, S("assumed"), json_new_bool(a, x->assumed));
    return j;
}
