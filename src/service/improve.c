#include "service/improve.h"

#include "base/arena.h"
#include "service/case_parts.h"

/* What the trend is gathered for. */
struct gathering {
    struct app *app;
    struct tx *tx;
    struct improvement_file *out;
};

/* [IS2] */
static bool came_before(const struct case_row *row, const struct case_file *own)
{
    const struct state *s = own->state;

    if (!str_eq(row->scheme_id, s->opened->scheme))
        return false;
    if (row->opened != s->opened_on)
        return row->opened < s->opened_on;
    return str_cmp(row->number, own->number) < 0;
}

static err add_case(const struct gathering *g, const struct case_row *row)
{
    struct arena *a = tx_arena(g->tx);
    struct stream_row stream;
    struct case_file file;

    TRY(stream_get(g->tx, a, row->id, &stream));
    TRY(case_fold_sound(g->app, g->tx, a, &stream, &file));
    return trend_add(a, file.state->scheme, row->number, &file.events,
                     &g->out->trend);
}

static err add_page(const struct gathering *g, const struct list *rows)
{
    const struct case_row *row = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        if (came_before(&row[i], &g->out->file))
            TRY(add_case(g, &row[i]));
    }
    return OK;
}

/* Page after page. */
static err add_cases(const struct gathering *g)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    const struct case_file *own = &g->out->file;
    struct list rows;

    do {
        TRY(case_list_of_enterprise(g->tx, tx_arena(g->tx), own->enterprise.id,
                                    &page, &rows));
        TRY(add_page(g, &rows));
        if (rows.n > 0)
            page.after = ((const struct case_row *)rows.p)[rows.n - 1].number;
    } while (rows.n == STORE_PAGE_MAX);
    return OK;
}

err improve_load(struct app *app, struct arena *a, const struct session *who,
                 str ref, struct improvement_file *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct improvement_file *made = arena_zero(a, sizeof *made);
    struct stream_row row;
    struct gathering g = { app, NULL, made };

    TRY_MEMORY(made);
    TRY(app_read(app, a, &tx));
    g.tx = tx;
    TRY(case_stream(tx, ref, &row));
    TRY(case_for(app, tx, &who->actor, ref, &row, &made->file)); /* [IS1] */
    TRY(improve_case(a, made->file.state, &made->now));
    TRY(add_cases(&g));
    TRY(trend_add(a, made->file.state->scheme, made->file.number,
                  &made->file.events, &made->trend));
    *out = *made;
    return OK;
}
