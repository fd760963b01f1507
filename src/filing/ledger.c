#include "filing/ledger.h"

#include "base/arena.h"

const char *const month_state_names[] = {
    [MONTH_DUE] = "due",
    [MONTH_OVERDUE] = "overdue",
    [MONTH_IN_TIME] = "in_time",
    [MONTH_LATE] = "late",
    NULL,
};

/* --- months ----------------------------------------------------------------
 */

static int order(struct month a, struct month b)
{
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    return a.month - b.month;
}

static bool make_room(struct arena *a, struct ledger *l)
{
    size_t room = l->room == 0 ? 24 : 2 * l->room;
    struct ledger_month *months;

    if (l->n < l->room)
        return true;
    months = arena_array(a, room, sizeof *months);
    if (months == NULL)
        return false;
    if (l->n > 0)
        memcpy(months, l->months, l->n * sizeof *months);
    l->months = months;
    l->room = room;
    return true;
}

/* The month's place, made when it has none. */
static struct ledger_month *place_of(struct arena *a, struct ledger *l,
                                     struct month m)
{
    size_t at = l->n;

    while (at > 0 && order(l->months[at - 1].month, m) > 0)
        at--;
    if (at > 0 && month_eq(l->months[at - 1].month, m))
        return &l->months[at - 1];
    if (!make_room(a, l))
        return NULL;
    for (size_t i = l->n; i > at; i--)
        l->months[i] = l->months[i - 1];
    l->n++;
    l->months[at] = (struct ledger_month){
        .month = m,
        .exported_on = DAY_NEVER,
        .reported = DAY_NEVER,
    };
    return &l->months[at];
}

const struct ledger_month *ledger_find(const struct ledger *l, struct month m)
{
    for (size_t i = 0; i < l->n; i++) {
        if (month_eq(l->months[i].month, m))
            return &l->months[i];
    }
    return NULL;
}

/* --- folding ---------------------------------------------------------------
 */

/* [LG1] */
static bool is_whole(const struct report_exported *x, struct month m, day on)
{
    const struct reported_sheet *sheets = x->sheets.p;

    for (size_t i = 0; i < x->sheets.n; i++) {
        if (sheets[i].left_out > 0)
            return false;
    }
    return on > month_last(m);
}

static err apply_exported(struct arena *a, struct ledger *l,
                          const struct event *e)
{
    const struct report_exported *x = e->data;
    struct ledger_month *place;
    struct month m;

    if (!month_parse(x->month, &m))
        return OK;
    place = place_of(a, l, m);
    TRY_MEMORY(place);
    place->exported = x;
    place->exported_on = e->on;
    place->exported_at = e->at;
    place->whole = is_whole(x, m, e->on);
    return OK;
}

static bool same_file(const struct report_exported *x,
                      const struct report_filed *f)
{
    return x != NULL && hash_eq(&x->file, &f->file);
}

static err apply_filed(struct arena *a, struct ledger *l, const struct event *e)
{
    const struct report_filed *f = e->data;
    struct ledger_month *place;
    struct month m;

    if (!month_parse(f->month, &m))
        return OK;
    place = place_of(a, l, m);
    TRY_MEMORY(place);
    place->filed = f;
    if (place->whole && same_file(place->exported, f) &&
        place->reported == DAY_NEVER) /* [LG2] */
        place->reported = f->filed;
    return OK;
}

err ledger_apply(struct arena *a, struct ledger *l, const struct event *e)
{
    if (strcmp(e->kind->name, "report.exported") == 0)
        return apply_exported(a, l, e);
    if (strcmp(e->kind->name, "report.filed") == 0)
        return apply_filed(a, l, e);
    return OK;
}

err ledger_act(struct arena *a, struct ledger *l, day d)
{
    struct ledger_month *place = place_of(a, l, month_of_day(d));

    TRY_MEMORY(place);
    place->acts = true;
    return OK;
}

/* --- questions -------------------------------------------------------------
 */

enum month_state ledger_state(const struct ledger_month *m, day today)
{
    day due = month_due(m->month);

    if (m->reported != DAY_NEVER)
        return m->reported <= due ? MONTH_IN_TIME : MONTH_LATE;
    return today <= due ? MONTH_DUE : MONTH_OVERDUE;
}

err ledger_check_filed(struct arena *a, const struct ledger *l, struct month m,
                       const struct report_filed *wish, day today)
{
    const struct ledger_month *known = ledger_find(l, m);
    char text[MONTH_TEXT];

    if (known == NULL || known->exported == NULL)
        return err_new(a, ERR_REFUSED, "filing.not_exported",
                       ARG_STR("month", month_text(m, text)));
    if (wish->filed < known->exported_on || wish->filed > today)
        return err_new(a, ERR_INVALID, "filing.filed_day",
                       ARG_DAY("filed", wish->filed),
                       ARG_DAY("from", known->exported_on),
                       ARG_DAY("today", today));
    if (str_trim(wish->receipt).n == 0)
        return err_new(a, ERR_INVALID, "filing.receipt");
    return OK;
}
