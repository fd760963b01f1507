#include "service/tick.h"

#include "base/arena.h"
#include "codec/json.h"
#include "service/case_parts.h"
#include "service/case_tasks.h"
#include "service/door_parts.h"
#include "service/records_held.h"
#include "service/task_letters.h"
#include "store/certificates.h"

enum {
    CASE_ARENA = 256 << 20,
    EXPIRING_PAGE = 200,
    MAKING_PAGE = 50,
};

/* A run on its way. */
struct ticking {
    struct app *app;
    struct arena *a; /* of the caller */
    struct tick_made made;
    str *expired;
    size_t room;
};

/* What the machine failed at fails the run. */
static bool is_of_the_case(err e)
{
    enum err_code code = e.info->code;

    return code != ERR_IO && code != ERR_MEMORY && code != ERR_BUSY;
}

/* [TI4] */
static err pass_over(struct ticking *t, err e)
{
    if (!failed(e))
        return OK;
    e = err_keep(t->a, e);
    if (!is_of_the_case(e))
        return e;
    if (t->made.failed++ == 0)
        t->made.first = e;
    return OK;
}

/* --- expiry [TI1] -----------------------------------------------------------
 */

static err remember(struct ticking *t, str number)
{
    struct list *l = &t->made.expired;

    if (l->n == t->room) {
        size_t room = t->room == 0 ? 64 : 2 * t->room;
        str *more = arena_array(t->a, room, sizeof *more);

        TRY_MEMORY(more);
        if (l->n > 0)
            memcpy(more, t->expired, l->n * sizeof *more);
        t->expired = more;
        t->room = room;
        l->p = more;
    }
    TRY_MEMORY(arena_str(t->a, number, &t->expired[l->n]));
    l->n++;
    return OK;
}

/* The program reads every case and is nobody (domain/rights.h [RI6]). */
static const struct session program = {
    .actor = { .roles = ROLE_BIT(ROLE_QUALITY) },
    .channel = { "tick", 4 },
};

static err expire(struct ticking *t, struct arena *own,
                  const struct certificate_row *row)
{
    char key[ID_TEXT];
    struct case_answer answer;
    const struct case_order order = {
        .who = &program,
        .today = t->made.today,
        .ref = id_text(row->of_case, key),
        .command = S("certificate.expire"),
        .data = json_new_object(own),
        .expected = -1,
        .once = true,
    };

    TRY_MEMORY(order.data);
    TRY(cases_do(t->app, own, &order, &answer));
    return remember(t, row->number);
}

static err expire_one(struct ticking *t, const struct certificate_row *row)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, app_world_of(t->app)->heap, CASE_ARENA);
    return pass_over(t, expire(t, &own, row));
}

/* Where the list of them goes on. */
struct place {
    day after;
    str number;
    bool end;
};

static err list_over(struct ticking *t, struct arena *own,
                     const struct place *from, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page page = { from->number, EXPIRING_PAGE };

    TRY(app_read(t->app, own, &tx));
    return certificate_list_over(tx, own, t->made.today, from->after, &page,
                                 out);
}

static err expire_page(struct ticking *t, struct arena *own,
                       struct place *place)
{
    struct list rows;

    TRY(list_over(t, own, place, &rows));

    const struct certificate_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++)
        TRY(expire_one(t, &r[i]));
    place->end = rows.n < EXPIRING_PAGE;
    if (place->end)
        return OK;
    place->after = r[rows.n - 1].valid_until;
    TRY_MEMORY(arena_str(t->a, r[rows.n - 1].number, &place->number));
    return OK;
}

static err expire_all(struct ticking *t)
{
    struct place place = { .after = DAY_MIN };

    while (!place.end) {
        scoped(arena_end) struct arena own;

        arena_init(&own, app_world_of(t->app)->heap, CASE_ARENA);
        TRY(err_keep(t->a, expire_page(t, &own, &place)));
    }
    return OK;
}

/* --- tasks of cases from before there were any [CT3] ------------------------
 */

struct making {
    struct ticking *t;
    str after; /* number of the last case of the page before */
    str last;  /* .. and of this one */
    bool end;
    int64_t made;
    int64_t failed;
    err first;
};

static err make_tasks(struct tx *tx, struct making *m,
                      const struct case_row *row)
{
    struct stream_row stream;
    struct case_file file;

    TRY(stream_get(tx, tx_arena(tx), row->id, &stream));
    TRY(case_fold_sound(m->t->app, tx, tx_arena(tx), &stream, &file));
    return case_tasks_project(tx, file.state, NULL);
}

static err make_page(struct tx *tx, void *context)
{
    struct making *m = context;
    const struct page page = { m->after, MAKING_PAGE };
    struct list rows;

    m->made = 0;
    m->failed = 0;
    TRY(case_list(tx, tx_arena(tx), &page, &rows));

    const struct case_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        err e = make_tasks(tx, m, &r[i]);

        if (failed(e) && !is_of_the_case(e))
            return e;
        if (failed(e) && m->failed++ == 0)
            m->first = e;
        m->made += !failed(e);
    }
    m->end = rows.n < MAKING_PAGE;
    if (!m->end)
        m->last = r[rows.n - 1].number;
    return m->end ? case_tasks_set_made(tx) : OK;
}

static err add_made(struct ticking *t, const struct making *m)
{
    t->made.made += m->made;
    if (m->failed > 0)
        TRY(pass_over(t, m->first));
    t->made.failed += m->failed > 0 ? m->failed - 1 : 0;
    return OK;
}

static err make_some(struct ticking *t, struct making *m)
{
    scoped(arena_end) struct arena own;

    arena_init(&own, app_world_of(t->app)->heap, CASE_ARENA);
    TRY(err_keep(t->a, app_write(t->app, &own, make_page, m)));
    TRY_MEMORY(arena_str(t->a, m->last, &m->after));
    return add_made(t, m);
}

static err were_made(struct ticking *t, bool *made)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(t->app, t->a, &tx));
    return case_tasks_made(tx, made);
}

static err make_all(struct ticking *t)
{
    struct making m = { .t = t };

    TRY(were_made(t, &m.end));
    while (!m.end)
        TRY(make_some(t, &m));
    return OK;
}

/* --- telling [TI2] ----------------------------------------------------------
 */

static err tell(struct tx *tx, void *context)
{
    struct ticking *t = context;
    day today = t->made.today;
    day ticked;

    TRY(door_sweep(tx, door_now(t->app)));
    TRY(task_list_new(tx, t->a, today, TICK_SHOWN, &t->made.opened));
    TRY(task_list_late(tx, t->a, today, TICK_SHOWN, &t->made.overdue));
    const struct told_day told = { today, t->made.opened, t->made.overdue };
    TRY(task_letters(t->app, tx, &told));
    TRY(task_tell(tx, today, &t->made.told));
    TRY(case_tasks_ticked(tx, &ticked));
    if (ticked != DAY_NEVER && ticked >= today)
        return OK;
    return case_tasks_set_ticked(tx, today);
}

err tick(struct app *app, struct arena *a, day today, struct tick_made *out)
{
    struct ticking t = { .app = app, .a = a, .made = { .today = today } };

    TRY(make_all(&t));
    TRY(expire_all(&t));
    TRY(app_write(app, a, tell, &t));
    TRY(held_tick(app, a, today, &t.made.held));
    *out = t.made;
    return OK;
}
