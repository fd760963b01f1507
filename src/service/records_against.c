#include "service/records_against.h"

#include "base/arena.h"

enum { WHOLE = 10000, DAY_BYTES = 10, BOTH_BYTES = 2 * DAY_BYTES };

bool against_parse(str text, struct records_against *out)
{
    struct records_against a = { .by = AGAINST_DAYS };
    str dots = S("..");

    if (text.n == 0)
        a.by = AGAINST_NOTHING;
    else if (str_eq(text, S("before")))
        a.by = AGAINST_BEFORE;
    else if (str_eq(text, S("year")))
        a.by = AGAINST_YEAR;
    else if (text.n != BOTH_BYTES + dots.n ||
             !str_begins(str_from(text, DAY_BYTES), dots) ||
             !day_parse(str_first(text, DAY_BYTES), &a.first) ||
             !day_parse(str_from(text, DAY_BYTES + dots.n), &a.last))
        return false;
    *out = a;
    return true;
}

/* The same day a year before; of 29 February the day after the 28th. */
static day year_before(day d)
{
    struct date date = date_of_day(d);
    day out = 0;

    date.year--;
    if (!day_of_date(date, &out)) {
        date.mday--;
        (void)day_of_date(date, &out); /* every other day is there */
        out++;
    }
    return out;
}

err against_period(struct arena *a, const struct records_against *against,
                   day first, day last, struct against_period *out)
{
    struct against_period p = { against->first, against->last };

    if (against->by == AGAINST_BEFORE)
        p = (struct against_period){ first - (last - first) - 1, first - 1 };
    /* By the day after the last, so that a month ends where months end. */
    if (against->by == AGAINST_YEAR)
        p = (struct against_period){ year_before(first),
                                     year_before(last + 1) - 1 };
    if (p.first < 0 || p.first > p.last || p.last >= first)
        return err_new(a, ERR_INVALID, "records.against",
                       ARG_DAY("from", p.first), ARG_DAY("to", p.last));
    *out = p;
    return OK;
}

bool against_group(enum figure_group kind)
{
    return kind != GROUP_MONTH && kind != GROUP_OUTLET_MONTH;
}

int64_t share_points(struct share s)
{
    return ((int64_t)s.k * WHOLE + s.n / 2) / s.n;
}

bool share_compare(struct share then, struct share now,
                   struct share_change *out)
{
    if (then.n == 0 || now.n == 0 || then.n > STATISTICS_N_MAX ||
        now.n > STATISTICS_N_MAX)
        return false;
    *out = (struct share_change){
        .change = rate_change((struct rate_count){ then.k, then.n },
                              (struct rate_count){ now.k, now.n }),
        .points = (int32_t)(share_points(now) - share_points(then)),
    };
    return true;
}
