/*
 * compare -- offers side by side, as the enterprise sees them. [M10] [OF3]
 */

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/fees.h"
#include "domain/names.h"
#include "domain/offers.h"
#include "domain/stages.h"

/* --- this body's own row ------------------------------------------------ */

static void quoted(const struct quote *q, struct compared *row)
{
    row->firm = true;
    row->price = (struct money_range){ q->total, q->total };
    row->whole = (struct money_range){ q->whole, q->whole };
}

/* *there is false where the rules cannot tell. */
static err estimated(struct arena *a, const struct state *s,
                     struct compared *row, bool *there)
{
    struct fee_answer x;
    struct fee_question q = {
        .level = scheme_level(s->scheme, s->opened->level),
        .renewal = s->opened->kind == CASE_RENEWAL,
    };

    *there = false;
    if (s->application == NULL)
        return OK;
    q.staff = s->application->staff;
    q.sites = (int64_t)s->application->sites.n;
    q.trade = s->application->trade;
    err e = fees_estimate(a, s->scheme, &q, &x);
    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : OK;
    row->price = x.first.total;
    row->whole = x.whole;
    *there = true;
    return OK;
}

static err own_row(struct arena *a, const struct state *s,
                   const struct body *body, struct compared *row, bool *there)
{
    *row = (struct compared){
        .body = body->name_zh,
        .approval = body->approval,
        .state = APPROVAL_LISTED,
    };
    *there = true;
    if (s->quote == NULL)
        return estimated(a, s, row, there);
    quoted(s->quote, row);
    return OK;
}

/* --- all of them -------------------------------------------------------- */

static struct compared row_of(const struct offer *o)
{
    return (struct compared){
        .body = o->body,
        .approval = o->approval,
        .state = o->state,
        .offer = o,
        .firm = true,
        .price = { o->price, o->price },
        .whole = { o->whole, o->whole },
    };
}

/* Behind those that cost no more. */
static void insert(struct comparison *c, const struct compared *row)
{
    size_t at = c->count++;

    for (; at > 0 && c->rows[at - 1].price.least > row->price.least; at--)
        c->rows[at] = c->rows[at - 1];
    c->rows[at] = *row;
}

/* --- what is least, and most [OF6] --------------------------------------- */

/* Of a body that may certify, as far as one knows. */
static bool counts(const struct compared *row)
{
    return row->state == APPROVAL_UNKNOWN || row->state == APPROVAL_LISTED;
}

/* What one kind says of a row: the less the better; false: nothing. */
typedef bool measure(const struct compared *row, struct money_range *out);

static bool price_of(const struct compared *row, struct money_range *out)
{
    *out = row->price;
    return true;
}

static bool whole_of(const struct compared *row, struct money_range *out)
{
    *out = row->whole;
    return row->whole.most > 0;
}

static bool cycle_of(const struct compared *row, struct money_range *out)
{
    int64_t n = row->offer == NULL ? 0 : row->offer->cycle;

    *out = (struct money_range){ n, n };
    return n > 0;
}

/* The more the better. */
static bool seniors_of(const struct compared *row, struct money_range *out)
{
    int64_t n = row->offer == NULL ? 0 : row->offer->seniors;

    *out = (struct money_range){ -n, -n };
    return n > 0;
}

/* Nothing is best alone. */
static bool is_best(const struct comparison *c, size_t at, measure *of)
{
    struct money_range own;
    struct money_range other;
    size_t others = 0;

    if (!counts(&c->rows[at]) || !of(&c->rows[at], &own))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        if (i == at || !counts(&c->rows[i]) || !of(&c->rows[i], &other))
            continue;
        if (other.least < own.most)
            return false;
        others++;
    }
    return others > 0;
}

static void mark_best(struct comparison *c)
{
    static const struct {
        enum offer_best bit;
        measure *of;
    } kinds[] = {
        { BEST_PRICE, price_of },
        { BEST_WHOLE, whole_of },
        { BEST_CYCLE, cycle_of },
        { BEST_SENIORS, seniors_of },
    };

    for (size_t i = 0; i < c->count; i++) {
        for (size_t k = 0; k < COUNT(kinds); k++) {
            if (is_best(c, i, kinds[k].of))
                c->rows[i].best |= kinds[k].bit;
        }
    }
}

err offers_compare(struct arena *a, const struct state *s,
                   const struct body *body, struct comparison *out)
{
    const struct money_state *m = &s->money;
    struct comparison *c = arena_zero(a, sizeof *c);
    struct compared row;
    bool there;

    TRY_MEMORY(c);
    TRY(own_row(a, s, body, &row, &there));
    if (there)
        insert(c, &row);
    for (int32_t i = 0; i < m->offer_count; i++) {
        row = row_of(m->offers[i]);
        if (m->offers[i]->price > 0) /* else it was taken back [OF5] */
            insert(c, &row);
    }
    for (int32_t i = 0; i < m->cost_count; i++)
        c->costs += m->costs[i]->amount;
    c->enough = c->count >= OFFERS_WANTED;
    mark_best(c);
    *out = *c;
    return OK;
}

/* --- as a document ------------------------------------------------------ */

static struct json *range_json(struct arena *a, struct money_range x)
{
    struct json *list;

    if (x.most == 0)
        return json_new_null(a);
    list = json_new_array(a);
    json_add(list, json_new_int(a, x.least));
    json_add(list, json_new_int(a, x.most));
    return list;
}

/* With what is spent beside it. [M28] */
static struct json *all_in_json(struct arena *a, const struct compared *row,
                                int64_t costs)
{
    struct money_range x = row->whole.most > 0 ? row->whole : row->price;

    return range_json(a,
                      (struct money_range){ x.least + costs, x.most + costs });
}

static struct json *row_json(struct arena *a, const struct compared *row,
                             int64_t costs)
{
    struct json *j = json_new_object(a);
    const struct offer *o = row->offer;

    json_set(j, S("body"), json_new_str(a, row->body));
    json_set(j, S("approval"), json_new_str(a, row->approval));
    json_set(j, S("state"),
             json_new_str(a, str_of(approval_names[row->state])));
    json_set(j, S("own"), json_new_bool(a, o == NULL));
    json_set(j, S("firm"), json_new_bool(a, row->firm));
    json_set(j, S("price"), range_json(a, row->price));
    json_set(j, S("whole"), range_json(a, row->whole));
    json_set(j, S("all_in"), all_in_json(a, row, costs));
    if (o == NULL)
        return j;
    json_set(j, S("cycle"), json_new_int(a, o->cycle));
    json_set(j, S("seniors"), json_new_int(a, o->seniors));
    json_set(j, S("team"), json_new_str(a, o->team));
    json_set(j, S("note"), json_new_str(a, o->note));
    return j;
}

/* [OF4] */
static struct json *costs_json(struct arena *a, const struct money_state *m)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < m->cost_count; i++) {
        const struct own_cost *x = m->costs[i];
        struct json *j;

        if (x->amount == 0)
            continue; /* taken back */
        j = json_new_object(a);
        json_set(j, S("kind"), json_new_str(a, str_of(cost_names[x->kind])));
        json_set(j, S("provider"), json_new_str(a, x->provider));
        json_set(j, S("amount"), json_new_int(a, x->amount));
        json_set(j, S("note"), json_new_str(a, x->note));
        json_set(j, S("of_the_body"), json_new_bool(a, false));
        json_add(list, j);
    }
    return list;
}

err offers_json(struct arena *a, const struct state *s,
                const struct comparison *c, struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *rows = json_new_array(a);

    TRY_MEMORY(j);
    for (size_t i = 0; i < c->count; i++)
        json_add(rows, row_json(a, &c->rows[i], c->costs));
    json_set(j, S("offers"), rows);
    json_set(j, S("wanted"), json_new_int(a, OFFERS_WANTED));
    json_set(j, S("enough"), json_new_bool(a, c->enough));
    json_set(j, S("optional_costs"), costs_json(a, &s->money));
    json_set(j, S("optional_total"), json_new_int(a, c->costs));
    TRY_MEMORY(!j->broken);
    *out = j;
    return OK;
}
