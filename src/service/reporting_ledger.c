/*
 * reporting_ledger -- what was reported when, and what is due. [RT2] [RT3]
 */

#include "base/arena.h"
#include "domain/reporting.h"
#include "service/reporting_parts.h"
#include "service/stream.h"
#include "store/journal.h"

err reporting_ledger(struct tx *tx, struct arena *a, struct ledger *out)
{
    struct ledger l = { 0 };
    struct event_list events;
    struct stream_row row;

    TRY(stream_by_number(tx, a, S("body"), S("body"), &row));
    TRY(stream_events(tx, a, &row, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next)
        TRY(ledger_apply(a, &l, e));
    *out = l;
    return OK;
}

/* --- mark ---- */

struct marking {
    struct app *app;
    const struct reporting_mark *mark;
};

static err mark_filed(struct tx *tx, void *context)
{
    const struct marking *x = context;
    const struct reporting_mark *m = x->mark;
    struct arena *a = tx_arena(tx);
    char text[MONTH_TEXT];
    struct report_filed filed = {
        .month = month_text(m->month, text),
        .filed = m->filed,
        .receipt = str_trim(m->receipt),
    };
    struct ledger l;

    TRY(reporting_ledger(tx, a, &l));
    TRY(ledger_check_filed(a, &l, m->month, &filed,
                           reporting_today(x->app, m->today)));
    filed.file = ledger_find(&l, m->month)->exported->file;
    return reporting_record(tx, x->app, m->who, m->today, "report.filed",
                            &filed);
}

err reporting_mark(struct app *app, struct arena *a,
                   const struct reporting_mark *mark)
{
    struct marking x = { app, mark };

    TRY(reporting_check_role(a, mark->who));
    return app_write(app, a, mark_filed, &x);
}

/* --- list ---- */

static err add_acts(struct tx *tx, struct arena *a, day today, struct ledger *l)
{
    struct list days;
    day after = DAY_MIN;

    do {
        TRY(journal_report_days(tx, a, after, today, STORE_PAGE_MAX, &days));
        const day *d = days.p;
        for (size_t i = 0; i < days.n; i++)
            TRY(ledger_act(a, l, d[i]));
        if (days.n > 0)
            after = d[days.n - 1];
    } while (days.n == STORE_PAGE_MAX);
    return OK;
}

static err make_line(struct tx *tx, const struct ledger_month *m, day today,
                     struct reporting_line *out)
{
    const struct days between = { month_first(m->month), month_last(m->month) };

    *out = (struct reporting_line){ *m, ledger_state(m, today), 0 };
    if (m->exported == NULL)
        return OK;
    return journal_report_late(tx, &between, m->exported_at, &out->late);
}

err reporting_list(struct app *app, struct arena *a, const struct session *who,
                   day today, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct reporting_line *lines;
    struct ledger l;

    TRY(reporting_check_read(a, who));
    TRY(app_read(app, a, &tx));
    TRY(reporting_ledger(tx, a, &l));
    TRY(add_acts(tx, a, reporting_today(app, today), &l));
    lines = arena_array(a, l.n, sizeof *lines);
    TRY_MEMORY(lines);
    for (size_t i = 0; i < l.n; i++)
        TRY(make_line(tx, &l.months[i], reporting_today(app, today),
                      &lines[i]));
    *out = (struct list){ lines, l.n };
    return OK;
}
