/* records_held_end -- how files that are held go: into a sheet, and away. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/version.h"
#include "codec/json.h"
#include "service/evidence.h"
#include "service/records_held_parts.h"
#include "service/records_sign.h"
#include "sys/clock.h"

enum { TICK_PAGE = 200, SHEET_NAME_ROOM = 100 };

/* --- a sheet of it ------------------------------------------------------ */

static err sheet_of(struct app *app, struct arena *a,
                    const struct held_row_of *row,
                    const struct held_counted *counted, day today, str *out)
{
    const struct sheet_counted c = {
        .name = row->name,
        .hash = { counted->sha256, (uint64_t)row->size },
        .file = &counted->file,
        .figures = counted->figures,
    };
    struct sheet_maker by = { .program = S(PROGRAM_VERSION), .made = today };
    struct sheet_asked asked;
    struct json *sheet;

    TRY(held_asked_read(a, row->name, row->asked, &asked));
    TRY(records_own_issuer(app, a, &by.issuer));
    TRY(sheet_write(a, &c, &asked, &by, &sheet));
    return records_sign(app, a, sheet, out);
}

static day today_of(const struct app *app, const struct held_of *of)
{
    struct clock *clock = app_world_of(app)->clock;

    return of->today == DAY_NEVER ? day_of_micros(clock->now(clock))
                                  : of->today;
}

/* "orders.csv.sheet.json" */
static err sheet_name(struct arena *a, str file, str *out)
{
    struct buf b;

    buf_init(&b, a, HELD_NAME_MAX + SHEET_NAME_ROOM);
    buf_str(&b, file);
    buf_str(&b, S(".sheet.json"));
    return buf_done(&b, out);
}

static err add_sheet(struct app *app, struct arena *a, const struct held_of *of,
                     const struct evidence *made, struct case_answer *out)
{
    struct evidence e = *made;

    e.who = of->who;
    e.today = of->today;
    e.ref = of->file->number;
    e.expected = -1;
    return evidence_add(app, a, &e, out);
}

/* Figures for a sheet are those without screens: no person is in it. */
static err submit(struct app *app, struct arena *a, const struct held_of *of,
                  const struct held_row_of *row,
                  const struct held_counted *counted, struct evidence *e)
{
    char first[DAY_TEXT];
    char last[DAY_TEXT];

    TRY(sheet_of(app, a, row, counted, today_of(app, of), &e->bytes));
    TRY(sheet_name(a, row->name, &e->name));
    e->title = row->name;
    TRY_MEMORY(
        arena_str(a, day_text(counted->figures->terms.first, first), &e->from));
    TRY_MEMORY(
        arena_str(a, day_text(counted->figures->terms.last, last), &e->to));
    return OK;
}

err held_submit(struct app *app, struct arena *a, const struct held_of *of,
                id file, str requirement, struct case_answer *out)
{
    const struct held_counted *counted = NULL;
    struct evidence e = { .requirement = requirement };
    struct held_row_of row;

    TRY(held_check_right(a, of));
    TRY(held_counted(app, a, of, file, &counted));
    err made = held_find(app, a, of, file, &row);
    if (!failed(made))
        made = submit(app, a, of, &row, counted, &e);
    held_give(app, &counted);
    TRY(made);
    return add_sheet(app, a, of, &e, out);
}

/* --- away [RH2] --------------------------------------------------------- */

static err write_drop(struct tx *tx, void *context)
{
    const id *file = context;

    return held_row_drop(tx, *file);
}

err held_remove(struct app *app, struct arena *a, id file)
{
    struct held_desk *desk = app_held(app);

    TRY(app_write_case(app, a, write_drop, &file));
    held_desk_forget(desk, file);
    TRY(held_desk_hold(desk, file)); /* a piece may be on its way */
    err e = held_boxes_remove(app, a, file);
    held_desk_let(desk, file);
    return e;
}

err held_drop(struct app *app, struct arena *a, const struct held_of *of,
              id file)
{
    struct held_row_of row;

    TRY(held_check_right(a, of));
    TRY(held_find(app, a, of, file, &row));
    return held_remove(app, a, file);
}

/* --- the daily round ---------------------------------------------------- */

static err list_over(struct app *app, struct arena *a, day today,
                     struct list *out)
{
    const int64_t hour = INT64_C(3600) * 1000000;
    struct clock *clock = app_world_of(app)->clock;
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return held_row_over(tx, a, today, clock->now(clock) - HELD_ARRIVES * hour,
                         TICK_PAGE, out);
}

static err remove_page(struct app *app, struct arena *a, day today, size_t *n)
{
    struct list rows;

    TRY(list_over(app, a, today, &rows));
    const struct held_row_of *r = rows.p;
    for (size_t i = 0; i < rows.n; i++)
        TRY(held_remove(app, a, r[i].id));
    *n = rows.n;
    return OK;
}

static err remove_over(struct app *app, struct arena *a, day today,
                       int64_t *gone)
{
    size_t n = TICK_PAGE;

    while (n == TICK_PAGE) {
        scoped(arena_end) struct arena own;

        arena_init(&own, app_world_of(app)->heap, HELD_WORK_ARENA);
        TRY(err_keep(a, remove_page(app, &own, today, &n)));
        *gone += (int64_t)n;
    }
    return OK;
}

static err has_row(struct app *app, struct arena *a, id file, bool *found)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct held_row_of row;

    TRY(app_read(app, a, &tx));
    return held_row_get(tx, a, file, &row, found);
}

/* Bytes come after their row, and go after it: those without one are what a
 * crash left behind. */
static err remove_orphan(struct app *app, struct arena *a, id file,
                         int64_t *gone)
{
    scoped(arena_end) struct arena own;
    bool found = false;

    arena_init(&own, app_world_of(app)->heap, HELD_WORK_ARENA);
    TRY(err_keep(a, has_row(app, &own, file, &found)));
    if (found)
        return OK;
    TRY(err_keep(a, held_boxes_remove(app, &own, file)));
    ++*gone;
    return OK;
}

err held_tick(struct app *app, struct arena *a, day today, int64_t *gone)
{
    struct list ids;

    *gone = 0;
    TRY(remove_over(app, a, today, gone));
    TRY(held_boxes_list(app, a, &ids));
    const id *at = ids.p;
    for (size_t i = 0; i < ids.n; i++)
        TRY(remove_orphan(app, a, at[i], gone));
    return OK;
}
