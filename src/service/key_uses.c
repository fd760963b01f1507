#include "service/key_uses.h"

#include "base/arena.h"
#include "store/credentials.h"
#include "store/log.h"
#include "store/rows.h"
#include "verify/instant.h"

#include <stdlib.h>

enum { PAGE = 200 };

/* What counts, and where it goes. */
struct using
{
    struct tx *tx;
    struct arena *kept;
    enum key_purpose purpose;
    int64_t serial;
    int64_t from;  /* microseconds UTC; inclusive .. */
    int64_t until; /* .. and not */
    int64_t after; /* where the next page goes on */
    bool ended;
    struct list found;
    size_t room;
};

static err add(struct using *u, const struct key_use *use)
{
    TRY_MEMORY(rows_grow(u->kept, &u->found, sizeof *use, &u->room));
    struct key_use *rows = u->found.p;
    struct key_use *next = &rows[u->found.n];

    *next = *use;
    TRY_MEMORY(arena_str(u->kept, use->number, &next->number));
    u->found.n++;
    return OK;
}

static bool counts(const struct using *u, int64_t at)
{
    return at >= u->from && at < u->until;
}

/* --- credentials and codes -------------------------------------------- */

static err list_page(struct using *u, struct arena *a, struct list *rows)
{
    if (u->purpose == KEY_QR)
        return credential_list(u->tx, a, u->after, PAGE, rows);
    return credential_list_of_key(u->tx, a, u->serial, u->after, PAGE, rows);
}

static err add_page(struct tx *, struct arena *a, void *context)
{
    struct using *u = context;
    struct list rows;

    TRY(list_page(u, a, &rows));
    const struct credential_row *r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        const struct key_use use = { r[i].at, r[i].number, r[i].serial };

        if (counts(u, use.at))
            TRY(add(u, &use));
        u->after = r[i].index;
    }
    u->ended = rows.n < PAGE;
    return OK;
}

/* --- checkpoints ------------------------------------------------------ */

static err add_checkpoint(struct tx *tx, struct arena *a, void *context)
{
    struct using *u = context;
    struct log_checkpoint_row row;
    err e = log_checkpoint_covering(tx, a, u->after, &row);

    u->ended = err_is(e, ERR_NOT_FOUND);
    if (failed(e))
        return u->ended ? OK : e;
    const struct key_use use = { row.at, S(""), row.size };
    u->after = row.size;
    return counts(u, row.at) ? add(u, &use) : OK;
}

/* --- which moments [KU2] ---------------------------------------------- */

static void take_days(struct using *u, const struct key_row *key)
{
    bool compromised =
        key->retired && key->retirement.ending == KEY_COMPROMISED;

    int64_t since =
        compromised ? instant_day_begin(key->retirement.since) : INT64_MIN;

    /* The day it was made may have begun with the key before. */
    u->from = since > key->made_at ? since : key->made_at;
    /* What one of the purpose signed in its very last moment counts. */
    u->until = key->retired ? key->retired_at + 1 : INT64_MAX;
}

/* The first key of the log is as old as the body, and in no event. */
static err find_days(struct app *app, struct arena *a, struct using *u)
{
    const struct key_row *key =
        key_find(app_key_history(app), u->purpose, u->serial);
    const struct key_row *next =
        key_find(app_key_history(app), u->purpose, u->serial + 1);

    if (key != NULL) {
        take_days(u, key);
        return OK;
    }
    if (u->purpose != KEY_LOG || u->serial != 1)
        return err_new(a, ERR_NOT_FOUND, "key.unknown",
                       ARG_STR("purpose",
                               str_of(key_purpose_names[u->purpose])),
                       ARG_INT("serial", u->serial));
    u->from = INT64_MIN;
    u->until = next == NULL ? INT64_MAX : next->made_at;
    return OK;
}

static tx_part *part_of(enum key_purpose purpose)
{
    if (purpose == KEY_LOG)
        return add_checkpoint;
    return purpose == KEY_CREDENTIAL || purpose == KEY_QR ? add_page : NULL;
}

bool key_uses_kept(enum key_purpose purpose)
{
    return part_of(purpose) != NULL;
}

/* [KU4] Indices are drawn, so what is read by index is in no order of time. */
static int by_time(const void *one, const void *other)
{
    const struct key_use *x = one;
    const struct key_use *y = other;

    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    int order = str_cmp(x->number, y->number);
    return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

err key_uses(struct app *app, struct arena *a, enum key_purpose purpose,
             int64_t serial, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct using u = { .kept = a, .purpose = purpose, .serial = serial };
    tx_part *part = part_of(purpose);

    TRY(find_days(app, a, &u));
    TRY(app_read(app, a, &tx));
    u.tx = tx;
    u.after = purpose == KEY_LOG ? 0 : -1;
    u.ended = part == NULL; /* [KU3] */
    while (!u.ended)
        TRY(tx_apart(tx, part, &u));
    if (u.found.n > 0)
        qsort(u.found.p, u.found.n, sizeof(struct key_use), by_time);
    *out = u.found;
    return OK;
}
