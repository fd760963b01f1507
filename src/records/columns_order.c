/* In which order the dates of each column stand. [CO3] */

#include "records/columns_parts.h"

#include "base/size.h"
#include "codec/csv.h"

static const enum moment_order all_orders[] = { MOMENT_YMD, MOMENT_DMY,
                                                MOMENT_MDY };

struct table {
    struct columns *columns;
    const struct csv_row *rows;
    size_t count;
};

static bool is_single(unsigned orders)
{
    return orders != 0 && (orders & (orders - 1)) == 0;
}

/* Of `orders`, those that most columns have whose cells allow no other. */
static unsigned others(const struct columns *c, unsigned orders)
{
    size_t votes[COUNT(all_orders)] = { 0 };
    size_t most = 1;
    unsigned found = 0;

    for (size_t at = 0; at < c->n; at++) {
        const struct column *x = &c->columns[at];

        for (size_t i = 0; i < COUNT(all_orders); i++)
            votes[i] +=
                x->order == all_orders[i] && x->order_by != ORDER_OTHERS;
    }
    for (size_t i = 0; i < COUNT(all_orders); i++) {
        if ((orders & all_orders[i]) == 0 || votes[i] < most)
            continue;
        found = votes[i] > most ? all_orders[i] : found | all_orders[i];
        most = votes[i];
    }
    return found;
}

static void by_others(struct columns *c)
{
    for (size_t at = 0; at < c->n; at++) {
        struct column *x = &c->columns[at];
        unsigned found = x->order == 0 ? others(c, x->orders) : 0;

        if (!is_single(found))
            continue;
        x->order = (enum moment_order)found;
        x->order_by = ORDER_OTHERS;
    }
}

/* How many tickets are resolved no earlier than opened, read so. */
static int64_t in_sequence(const struct table *t, size_t opened, size_t after,
                           enum moment_order order)
{
    int64_t n = 0;

    for (size_t i = 0; i < t->count; i++) {
        struct moment from;
        struct moment to;

        if (moment_read(csv_field(&t->rows[i], opened), order, &from) &&
            moment_read(csv_field(&t->rows[i], after), order, &to))
            n += from.seconds <= to.seconds;
    }
    return n;
}

/* What comes after opened, in the order of how much it tells. */
static size_t some_after(const struct columns *c)
{
    static const enum column_role roles[] = { COLUMN_RESOLVED, COLUMN_CLOSED,
                                              COLUMN_ARRIVED, COLUMN_ANSWERED };

    for (size_t i = 0; i < COUNT(roles); i++) {
        size_t at = c->place[roles[i]];

        if (at < c->n && c->columns[at].content.filled > 0)
            return at;
    }
    return c->n;
}

/* Of `open`, the orders by which most tickets are in sequence. */
static unsigned best_sequence(const struct table *t, size_t opened,
                              size_t after, unsigned open)
{
    int64_t most = 0;
    unsigned best = 0;

    for (size_t i = 0; i < COUNT(all_orders); i++) {
        if ((open & all_orders[i]) == 0)
            continue;

        int64_t n = in_sequence(t, opened, after, all_orders[i]);
        if (n < most)
            continue;
        best = n > most ? all_orders[i] : best | all_orders[i];
        most = n;
    }
    return best;
}

static void by_sequence(const struct table *t)
{
    struct columns *c = t->columns;
    size_t opened = c->place[COLUMN_OPENED];
    size_t after = some_after(c);

    if (opened == c->n || after == c->n || c->columns[opened].order != 0)
        return;

    unsigned best =
        best_sequence(t, opened, after,
                      c->columns[opened].orders & c->columns[after].orders);
    for (size_t at = 0; at < c->n && is_single(best); at++) {
        struct column *x = &c->columns[at];

        if (x->order != 0 || (x->orders & best) == 0)
            continue;
        x->order = (enum moment_order)best;
        x->order_by = ORDER_SEQUENCE;
    }
}

static enum moment_order assumed(const struct column *x)
{
    if ((x->orders & MOMENT_YMD) != 0 &&
        (x->content.slash || (x->orders & MOMENT_DMY) == 0))
        return MOMENT_YMD;
    return (x->orders & MOMENT_DMY) != 0 ? MOMENT_DMY : MOMENT_MDY;
}

/* A column that holds dates: by its role, or because all of it is. */
static bool holds_dates(const struct column *x)
{
    if (x->role != COLUMN_NONE)
        return column_is_moment(x->role);
    return x->content.filled > 0 && x->content.bare == 0 &&
           column_fit(&x->content, WANT_MOMENT) == x->content.filled;
}

static void begin(struct column *x, const struct column_given *given)
{
    if (!holds_dates(x))
        return;
    x->orders = column_orders(&x->content);
    if (given != NULL && given->order != 0) {
        x->order = given->order;
        x->order_by = ORDER_GIVEN;
    } else if (is_single(x->orders)) {
        x->order = (enum moment_order)x->orders;
    }
}

void columns_decide_orders(struct columns *c, const struct csv_row *rows,
                           size_t count, const struct column_given *given)
{
    const struct table t = { c, rows, count };

    for (size_t at = 0; at < c->n; at++)
        begin(&c->columns[at], given == NULL ? NULL : &given[at]);
    by_others(c);
    by_sequence(&t);
    for (size_t at = 0; at < c->n; at++) {
        struct column *x = &c->columns[at];

        if (x->order != 0 || x->orders == 0)
            continue;
        x->order = assumed(x);
        x->order_by = ORDER_ASSUMED;
    }
}
