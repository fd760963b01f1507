/*
 * forecasts -- when cases are likely to end (todos.h).
 *
 *   [FS1] A body learns of the certificates it issued last under the same
 *         scheme, whatever its version.
 *   [FS2] A case that cannot be believed teaches nothing, and has no forecast
 *         in a list.
 */

#include "base/arena.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "service/todos.h"
#include "store/certificates.h"
#include "sys/clock.h"

enum { FOLD_ARENA = 64 << 20, SCHEMES_MOST = 64 };

/* What was learnt of one scheme. */
struct learnt {
    str scheme;
    struct forecast_history *history;
};

struct foreseeing {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct actor *reader;
    day today;
    struct learnt learnt[SCHEMES_MOST];
    size_t learnt_count;
    struct forecast_line *lines;
    size_t n;
};

/* A piece of work in an arena of its own, so that any number of cases fits. */
typedef err apart(struct foreseeing *f, id of_case, void *what);

static err in_own_arena(struct foreseeing *f, apart *work, id of_case,
                        void *what)
{
    scoped(arena_end) struct arena own;
    struct arena *before;

    arena_init(&own, app_world_of(f->app)->heap, FOLD_ARENA);
    before = tx_use_arena(f->tx, &own);
    err e = err_keep(f->a, work(f, of_case, what));
    (void)tx_use_arena(f->tx, before);
    return err_is(e, ERR_CORRUPT) ? OK : e; /* [FS2] */
}

static err fold(struct foreseeing *f, id of_case, struct case_file *out)
{
    struct stream_row stream;

    TRY(stream_get(f->tx, tx_arena(f->tx), of_case, &stream));
    return case_fold_sound(f->app, f->tx, tx_arena(f->tx), &stream, out);
}

/* --- learning [FS1] ---------------------------------------------------------
 */

static err learn_case(struct foreseeing *f, id of_case, void *what)
{
    struct case_file file;

    TRY(fold(f, of_case, &file));
    return forecast_learn(tx_arena(f->tx), file.state->scheme,
                          app_calendar(f->app), &file.events, what);
}

static err learn(struct foreseeing *f, str scheme,
                 struct forecast_history **out)
{
    struct forecast_history *h = arena_zero(f->a, sizeof *h);
    struct list rows;

    TRY_MEMORY(h);
    TRY(certificate_list_newest(f->tx, f->a, scheme, FORECAST_MOST, &rows));

    const struct certificate_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        if (!id_is_zero(r[i].of_case))
            TRY(in_own_arena(f, learn_case, r[i].of_case, h));
    }
    *out = h;
    return OK;
}

static err history_of(struct foreseeing *f, str scheme,
                      struct forecast_history **out)
{
    for (size_t i = 0; i < f->learnt_count; i++) {
        if (!str_eq(f->learnt[i].scheme, scheme))
            continue;
        *out = f->learnt[i].history;
        return OK;
    }
    TRY(learn(f, scheme, out));
    if (f->learnt_count < SCHEMES_MOST)
        f->learnt[f->learnt_count++] = (struct learnt){ scheme, *out };
    return OK;
}

/* --- one case ---------------------------------------------------------------
 */

static err foresee(struct foreseeing *f, id of_case, void *what)
{
    struct forecast_line *line = &f->lines[f->n];
    const struct forecast_history *h = what;
    struct case_file file;

    TRY(fold(f, of_case, &file));
    if (!forecast_make(file.state, app_calendar(f->app), f->today, h,
                       &line->forecast))
        return OK;
    TRY_MEMORY(arena_str(f->a, file.number, &line->case_number));
    TRY_MEMORY(arena_str(f->a, file.enterprise.name, &line->enterprise));
    line->stage = file.state->stage;
    f->n++;
    return OK;
}

static err add_case(struct foreseeing *f, const struct case_row *row)
{
    struct forecast_history *h = NULL;

    if (f->n == TODO_MOST || !rights_may_read(f->reader, row->enterprise))
        return OK;
    TRY(history_of(f, row->scheme_id, &h));
    return in_own_arena(f, foresee, row->id, h);
}

/* --- all of them ------------------------------------------------------------
 */

static err add_stage(struct foreseeing *f, enum stage stage)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows;

    do {
        TRY(case_list_at_stage(f->tx, f->a, (int32_t)stage, &page, &rows));

        const struct case_row *r = rows.p;
        for (size_t i = 0; i < rows.n; i++)
            TRY(add_case(f, &r[i]));
        if (rows.n > 0)
            page.after = r[rows.n - 1].number;
    } while (rows.n == STORE_PAGE_MAX && f->n < TODO_MOST);
    return OK;
}

static err add_all(struct foreseeing *f)
{
    for (int stage = 0; stage < STAGE_UPKEEP; stage++)
        TRY(add_stage(f, (enum stage)stage));
    return OK;
}

static err add_named(struct foreseeing *f, str ref)
{
    struct stream_row stream;
    struct case_file file;
    struct case_row row;

    TRY(case_stream(f->tx, ref, &stream));
    TRY(case_for(f->app, f->tx, f->reader, ref, &stream, &file));
    TRY(case_get(f->tx, f->a, stream.id, &row));
    return add_case(f, &row);
}

err forecast_list(struct app *app, struct arena *a, const struct session *who,
                  str ref, day today, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct clock *clock = app_world_of(app)->clock;
    struct foreseeing f = {
        .app = app,
        .a = a,
        .reader = &who->actor,
        .today = today == DAY_NEVER ? day_of_micros(clock->now(clock)) : today,
        .lines = arena_array(a, TODO_MOST + 1, sizeof *f.lines),
    };

    TRY_MEMORY(f.lines);
    TRY(app_read(app, a, &tx));
    f.tx = tx;
    TRY(ref.n == 0 ? add_all(&f) : add_named(&f, ref));
    *out = (struct list){ f.lines, f.n };
    return OK;
}
