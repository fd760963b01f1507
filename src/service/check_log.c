/*
 * check_log -- [CK5] the log against the journals: each event that belongs in
 * it makes a leaf that is there, and each leaf is one that an event makes.
 */

#include "service/check_parts.h"

#include "base/arena.h"
#include "base/check.h"
#include "merkle/tree.h"
#include "service/logged.h"
#include "store/certificates.h"
#include "store/log.h"

/* --- from the journals to the log ------------------------------------- */

/* A leaf that an event makes. */
struct made {
    str subject;
    str leaf;
    int64_t at;
    int64_t index; /* where it stands; LOG_INDEX_NONE: nowhere */
    bool waits;
};

static err find_entry(struct tx *tx, struct arena *a, struct made *m)
{
    struct log_entry_row row;
    struct hash hash;

    m->index = LOG_INDEX_NONE;
    merkle_leaf(m->leaf, &hash);
    err e = log_entry_by_hash(tx, a, &hash, &row);
    if (failed(e))
        return e.info->code == ERR_NOT_FOUND ? OK : e;
    if (row.at == m->at && str_eq(row.subject, m->subject) &&
        str_eq(row.leaf, m->leaf))
        m->index = row.index;
    return OK;
}

static err find_waiting(struct checking *c, struct arena *a, void *what)
{
    struct made *m = what;
    struct list rows;
    int64_t after = 0;

    do {
        TRY(log_pending_list_of_subject(c->tx, a, m->subject, after, CHECK_PAGE,
                                        &rows));

        const struct log_pending_row *r = rows.p;
        for (size_t i = 0; i < rows.n; i++) {
            after = r[i].id;
            m->waits =
                m->waits || (r[i].at == m->at && str_eq(r[i].leaf, m->leaf));
        }
    } while (rows.n == CHECK_PAGE && !m->waits);
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
                  const struct event *e, int64_t *index)
{
    struct made m = { .at = e->at };

    *index = LOG_INDEX_NONE;
    TRY(leaf_of_event(a, app_salt_key(c->app), e, &m.subject, &m.leaf));
    if (m.leaf.n == 0)
        return OK;
    TRY(find_entry(c->tx, a, &m));
    *index = m.index;
    if (m.index != LOG_INDEX_NONE) {
        mark_said(c, m.index);
        return OK;
    }
    TRY(check_apart(c, find_waiting, &m));
    if (!m.waits)
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
