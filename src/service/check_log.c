/*
 * check_log -- [CK5] the log against the journals: each event that belongs in
 * it makes a leaf that is there, and each leaf is one that an event makes.
 */

#include "service/check_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "service/logged.h"
#include "store/certificates.h"
#include "store/log.h"

/* --- from the journals to the log ------------------------------------- */

/* A leaf, and how many of it wait for their index. */
struct waiting {
    struct logged_leaf leaf;
    int64_t found;
};

static bool waits(const struct waiting *w)
{
    return w->found > w->leaf.before;
}

static err find_waiting(struct checking *c, struct arena *a, void *what)
{
    struct waiting *w = what;
    const struct logged_leaf *m = &w->leaf;
    struct list rows;
    int64_t after = 0;

    do {
        TRY(log_pending_list_of_subject(c->tx, a, m->subject, after, CHECK_PAGE,
                                        &rows));

        const struct log_pending_row *r = rows.p;
        for (size_t i = 0; i < rows.n; i++) {
            after = r[i].id;
            w->found += r[i].at == m->at && str_eq(r[i].leaf, m->leaf);
        }
    } while (rows.n == CHECK_PAGE && !waits(w));
    return OK;
}

static void mark_said(struct checking *c, int64_t index)
{
    check(index < c->counts.entries);
    c->said[index / 8] =
        (uint8_t)(c->said[index / 8] | 1U << (unsigned)(index % 8));
}

static bool is_said(const struct checking *c, int64_t index)
{
    return (c->said[index / 8] >> (index % 8) & 1) != 0;
}

err check_entered(struct checking *c, struct arena *a, str stream,
                  const struct event_list *events, const struct event *e,
                  int64_t *index)
{
    struct waiting w = { .found = 0 };

    TRY(logged_leaf_of(c->app, c->tx, a, events, e, &w.leaf));
    *index = w.leaf.index;
    if (w.leaf.leaf.n == 0)
        return OK;
    if (w.leaf.index != LOG_INDEX_NONE) {
        mark_said(c, w.leaf.index);
        return OK;
    }
    TRY(check_apart(c, find_waiting, &w));
    if (!waits(&w))
        return err_new(a, ERR_CORRUPT, "check.unlogged",
                       ARG_STR("stream", stream), ARG_INT("event", e->n));
    return OK;
}

/* --- from the log to the journals ------------------------------------- */

err check_said_begin(struct checking *c)
{
    c->said = arena_zero(c->kept, (size_t)c->counts.entries / 8 + 1);
    TRY_MEMORY(c->said);
    return OK;
}

static err nobody_said(struct checking *c, struct arena *a, void *what)
{
    int64_t index = *(int64_t *)what;
    struct list rows;

    TRY(log_entry_list(c->tx, a, index, 1, &rows));
    check(rows.n == 1);
    return err_new(a, ERR_CORRUPT, "check.entry", ARG_INT("index", index),
                   ARG_STR("subject",
                           ((const struct log_entry_row *)rows.p)->subject));
}

/* A page of what waits, after the id that `what` points to; that moves on, and
 * is 0 at the end. */
static err check_waiting(struct checking *c, struct arena *a, void *what)
{
    scoped(logged_end) struct logged l;
    int64_t *after = what;
    struct list rows;

    logged_begin(&l, c->app, c->tx);
    TRY(log_pending_list(c->tx, a, *after, CHECK_PAGE, &rows));
    *after = 0;

    const struct log_pending_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(logged_check(&l, &r[i]));
        *after = r[i].id;
    }
    return OK;
}

err check_said(struct checking *c)
{
    int64_t after = 0;

    for (int64_t i = 0; i < c->counts.entries; i++) {
        if (!is_said(c, i))
            return check_apart(c, nobody_said, &i);
    }
    do {
        TRY(check_apart(c, check_waiting, &after));
    } while (after != 0);
    return OK;
}
