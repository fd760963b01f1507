/*
 * case_records_gather -- of what was counted, what one page shows: the whole,
 * or some groups of a kind.  A report gathers all of it at once
 * (service/records_report.h), which no page has the time for.
 *
 *   [WG1] A list goes on after a group, not after a number of them: what was
 *         counted does not change while it is held, and counting it anew with
 *         other terms moves no list into its middle.
 */

#include "base/arena.h"
#include "records/words.h"
#include "service/records_json.h"
#include "service/records_words.h"
#include "web/case_records.h"

enum { WHOLE = 10000 };

/* --- what there is ------------------------------------------------------- */

bool records_has(const struct held_counted *c, enum figure_group kind)
{
    const struct row_words *w = &c->figures->words;

    switch (kind) {
    case GROUP_MONTH: return true;
    case GROUP_OUTLET: return w->outlet.n > 0;
    case GROUP_PRODUCT: return w->product.n > 0;
    case GROUP_PERSON: return w->person.n > 0;
    case GROUP_TRADE: return w->trade.n > 0;
    case GROUP_WHOLE:
    case GROUP_OUTLET_MONTH:
    case GROUP_COUNT: break;
    }
    return false;
}

bool records_kind_of(str word, enum figure_group *out)
{
    static const enum figure_group kinds[] = { GROUP_MONTH, GROUP_OUTLET,
                                               GROUP_PRODUCT, GROUP_PERSON,
                                               GROUP_TRADE };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (str_eq(word, str_of(records_group_word(kinds[i])))) {
            *out = kinds[i];
            return true;
        }
    }
    return false;
}

/* A figure of the scheme says by its name in sheets which share it is. */
static void want(const struct figure *figure, const struct gate *gate,
                 int32_t out[SHARE_COUNT])
{
    for (int i = 0; i < SHARE_COUNT; i++) {
        const char *name = records_share_words((enum figure_share)i)->name;

        if (str_eq(figure->records, str_of(name)))
            out[i] = (int32_t)((int64_t)gate->min_n * WHOLE / gate->min_d);
    }
}

void records_wanted(const struct records_view *x, int32_t out[SHARE_COUNT])
{
    const struct state *s = x->v.file.state;
    int32_t level = scheme_level(s->scheme, s->opened->level);

    for (int i = 0; i < SHARE_COUNT; i++)
        out[i] = 0;
    if (level < 0)
        return;
    const struct level *l = &s->scheme->levels[level];
    for (size_t i = 0; i < l->gate_count; i++)
        want(&s->scheme->figures[l->gates[i].figure], &l->gates[i], out);
}

/* --- times --------------------------------------------------------------- */

/* And what is not told goes. */
static void put_times(const struct held_counted *c, enum figure_group kind,
                      uint32_t index, struct report_group *out)
{
    out->tickets = out->tally.shares[SHARE_RESOLVED].n;
    records_hide_untold(c->figures->untold, &out->tally);
    for (int i = 0; i < TIME_COUNT; i++)
        out->times[i] =
            records_time(&c->ready->times[kind], (enum figure_time)i, index);
}

/* --- the whole ----------------------------------------------------------- */

static err gather_backlog(struct arena *a, const struct figures *f,
                          struct list *out)
{
    size_t n = figures_days(f);
    int64_t *days = arena_array(a, n, sizeof *days);

    TRY_MEMORY(days != NULL);
    figures_backlog(f, days);
    *out = (struct list){ days, n };
    return OK;
}

err records_whole(const struct records_view *x, const struct held_counted *c,
                  struct records_report *out)
{
    const struct figures *f = c->figures->figures;
    struct records_report r = {
        .enterprise = x->v.file.enterprise.name,
        .terms = c->figures->terms,
        .made = x->v.today,
        .whole = { .tally = c->ready->whole },
        .low_days = figures_low_days(f),
        .load = c->ready->load,
    };

    put_times(c, GROUP_WHOLE, 0, &r.whole);
    if (!c->figures->untold[SHARE_RESOLVED])
        TRY(gather_backlog(x->v.rq->arena, f, &r.backlog));
    for (int i = 0; i < LEFT_COUNT; i++)
        r.left_out[i] = figures_left_out(f, (enum figure_left_out)i);
    records_wanted(x, r.wanted);
    *out = r;
    return OK;
}

/* --- groups -------------------------------------------------------------- */

void records_order(const struct held_counted *c, enum figure_group kind,
                   struct records_order *out)
{
    const struct records_groups *order = &c->ready->order[kind];

    *out = (struct records_order){ order->indices, order->n };
}

err records_some(const struct records_view *x, const struct held_counted *c,
                 enum figure_group kind, const struct records_order *part,
                 struct list *out)
{
    struct report_group *rows =
        arena_array(x->v.rq->arena, part->n, sizeof *rows);

    TRY_MEMORY(rows != NULL);
    for (size_t i = 0; i < part->n; i++) {
        uint32_t index = part->indices[i];

        rows[i] = (struct report_group){
            .tally = records_ready_tally(c->ready, c->figures, kind, index),
        };
        put_times(c, kind, index, &rows[i]);
        TRY(records_group_name(x->v.rq->arena, c->figures, kind, index,
                               &rows[i].label));
    }
    *out = (struct list){ rows, part->n };
    return OK;
}
