#include "store/store.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "store/engine.h"

#include <stdatomic.h>

/* --- stores ----------------------------------------------------------- */

err store_open(struct heap *h, struct arena *a, str where, struct store **out)
{
    static const struct engine *const engines[] = { &sqlite_engine,
                                                    &postgres_engine, NULL };

    for (const struct engine *const *e = engines; *e != NULL; e++) {
        str prefix = str_of((*e)->prefix);
        if (str_begins(where, prefix))
            return (*e)->open(h, a, str_from(where, prefix.n), out);
    }
    return err_new(a, ERR_INVALID, "store.where",
                   ARG_STR("where", str_first(where, 100)));
}

void store_close(struct store **s)
{
    if (*s == NULL)
        return;
    check(!(*s)->tx.open);

    struct heap *h = (*s)->heap;
    struct query *next;
    for (struct query *q = (*s)->spare; q != NULL; q = next) {
        next = q->next;
        h->resize(h, q, 0);
    }
    (*s)->engine->close(*s);
    h->resize(h, *s, 0);
    *s = NULL;
}

err store_integrity(struct store *s, struct arena *a)
{
    check(!s->tx.open);
    return s->engine->integrity(s, a);
}

bool store_embedded(const struct store *s)
{
    return s->engine->embedded;
}

err store_wait(struct store *s, struct arena *a, int32_t millis)
{
    check(millis >= 0);
    return s->engine->wait(s, a, millis);
}

/* --- transactions ----------------------------------------------------- */

err store_begin(struct store *s, struct arena *a, enum control kind,
                struct tx **out)
{
    check(!s->tx.open);
    TRY(s->engine->control(s, a, kind));
    s->tx = (struct tx){
        .store = s,
        .arena = a,
        .open = true,
        .writes = kind != CONTROL_READ,
    };
    *out = &s->tx;
    return OK;
}

err tx_begin(struct store *s, struct arena *a, enum tx_kind kind,
             struct tx **out)
{
    return store_begin(s, a, kind == TX_WRITE ? CONTROL_WRITE : CONTROL_READ,
                       out);
}

static err tell(struct tx *tx, enum control what)
{
    return tx->store->engine->control(tx->store, tx->arena, what);
}

err tx_commit(struct tx **tx)
{
    check((*tx)->live == 0 && !(*tx)->saved);
    if (failed((*tx)->broken))
        return (*tx)->broken;
    err e = tell(*tx, CONTROL_COMMIT);
    if (failed(e)) {
        (*tx)->broken = e;
        return e;
    }
    (*tx)->open = false;
    *tx = NULL;
    return OK;
}

void tx_abort(struct tx **tx)
{
    if (*tx == NULL)
        return;
    check((*tx)->live == 0);
    if ((*tx)->writes)
        (*tx)->store->stretch++;
    /* Safe to ignore: where rolling back fails the engine has already done so,
     * and the next tx_begin() makes sure of it. */
    (void)tell(*tx, CONTROL_ROLLBACK);
    (*tx)->open = false;
    *tx = NULL;
}

/* [ST5] Remember what broke the tx. */
static err broke(struct tx *tx, err e)
{
    if (failed(e) && !failed(tx->broken))
        tx->broken = e;
    return e;
}

err tx_savepoint(struct tx *tx)
{
    check(tx->writes && !tx->saved && !tx->lost && tx->live == 0);
    if (failed(tx->broken))
        return tx->broken;
    TRY(broke(tx, tell(tx, CONTROL_SAVE)));
    tx->saved = true;
    return OK;
}

err tx_release(struct tx *tx)
{
    check(tx->saved && tx->live == 0);
    if (failed(tx->broken))
        return tx->broken;
    TRY(broke(tx, tell(tx, CONTROL_RELEASE)));
    tx->saved = false;
    return OK;
}

err tx_undo(struct tx *tx)
{
    check(tx->saved && tx->live == 0);
    tx->saved = false;
    err first = tx->broken;
    err e = tell(tx, CONTROL_UNDO);
    tx->lost = failed(e);
    /* What broke it says more than that there is no savepoint any more. */
    tx->broken = failed(e) && failed(first) ? first : e;
    return tx->broken;
}

err tx_stretch(struct tx *tx, int64_t *out)
{
    struct store *s = tx->store;
    bool alone = true;

    check(tx->writes);
    if (failed(tx->broken))
        return tx->broken;
    if (!tx->stretched)
        TRY(broke(tx, s->engine->alone(s, tx->arena, &alone)));
    s->stretch += alone ? 0 : 1;
    tx->stretched = true;
    *out = s->stretch;
    return OK;
}

err tx_room(struct tx *tx, int64_t bytes)
{
    check(tx->writes && bytes >= STORE_ROOM);
    if (failed(tx->broken))
        return tx->broken;
    return broke(tx, tx->store->engine->room(tx->store, tx->arena, bytes));
}

int64_t tx_writes(const struct tx *tx)
{
    return failed(tx->broken) ? -1 : tx->written;
}

struct arena *tx_arena(struct tx *tx)
{
    return tx->arena;
}

struct arena *tx_use_arena(struct tx *tx, struct arena *a)
{
    check(tx->live == 0);
    struct arena *before = tx->arena;

    tx->arena = a;
    return before;
}

void tx_watch(struct tx *tx, const _Atomic bool *stop)
{
    tx->stop = stop;
}

static err do_apart(struct tx *tx, tx_part *part, void *context)
{
    scoped(arena_end) struct arena a;
    struct arena *before = tx->arena;

    arena_init(&a, before->heap, TX_PART_MAX);
    (void)tx_use_arena(tx, &a);
    err e = err_keep(before, part(tx, &a, context));
    (void)tx_use_arena(tx, before);
    return e;
}

err tx_apart(struct tx *tx, tx_part *part, void *context)
{
    if (tx->stop != NULL && atomic_load(tx->stop))
        return err_new(tx->arena, ERR_BUSY, "store.stopped");
    return do_apart(tx, part, context);
}

err tx_lock(struct tx *tx, int64_t key, bool *got)
{
    check(tx->writes);
    if (failed(tx->broken))
        return tx->broken;
    tx->written++;
    return broke(tx, tx->store->engine->lock(tx->store, tx->arena, key, got));
}

/* --- queries: begin and end ------------------------------------------- */

static struct query *take_query(struct store *s)
{
    struct query *q = s->spare;

    if (q != NULL)
        s->spare = q->next;
    else
        q = s->heap->resize(s->heap, NULL, sizeof *q);
    return q;
}

static void give_query(struct store *s, struct query *q)
{
    q->next = s->spare;
    s->spare = q;
}

/* As new; but what parameters held, nobody reads before they are bound. */
static void clear_query(struct query *q, struct tx *tx, enum sql which)
{
    q->next = NULL;
    q->tx = tx;
    q->which = which;
    q->bound = 0;
    q->started = false;
    q->on_row = false;
    q->named = false;
    q->name = 0;
    q->first = OK;
    q->handle = NULL;
    q->own = false;
    q->row = 0;
}

err query_begin(struct tx *tx, enum sql which, struct query **out)
{
    check(tx->open && (tx->writes || !sql_writes[which]));
    check(sql_params[which] <= PARAM_MAX);
    if (failed(tx->broken))
        return tx->broken;

    struct query *q = take_query(tx->store);
    TRY_MEMORY(q);
    clear_query(q, tx, which);
    err e = tx->store->engine->begin(q);
    if (failed(e)) {
        give_query(tx->store, q);
        return broke(tx, e);
    }
    tx->live++;
    *out = q;
    return OK;
}

void query_end(struct query **q)
{
    if (*q == NULL)
        return;
    struct tx *tx = (*q)->tx;

    tx->store->engine->end(*q);
    tx->live--;
    give_query(tx->store, *q);
    *q = NULL;
}

static void note(struct query *q, err e)
{
    if (!failed(q->first))
        q->first = e;
}

/* --- queries: binding ------------------------------------------------- */

static void bind(struct query *q, int n, struct value v)
{
    check(!q->started && n >= 1 && n <= sql_params[q->which]);
    uint32_t bit = UINT32_C(1) << (n - 1);

    check((q->bound & bit) == 0);
    q->bound |= bit;
    if (v.bytes.n > STORE_VALUE_MAX)
        note(q, err_new(q->tx->arena, ERR_LIMIT, "store.too_big",
                        ARG_INT("size", v.bytes.n),
                        ARG_INT("most", STORE_VALUE_MAX)));
    if (v.bytes.p == NULL)
        v.bytes.p = "";
    q->params[n - 1] = v;
}

void query_bind_str(struct query *q, int n, str value)
{
    /* [ST6] PostgreSQL takes nothing else; SQLite would, and sort and compare
     * it in ways of its own. */
    if (!utf8_is_text(value))
        note(q, err_new(q->tx->arena, ERR_INVALID, "store.text",
                        ARG_STR("statement", str_of(sql_name[q->which]))));
    bind(q, n, (struct value){ .kind = VALUE_TEXT, .bytes = value });
}

void query_bind_bytes(struct query *q, int n, const void *p, size_t size)
{
    bind(q, n, (struct value){ .kind = VALUE_BYTES, .bytes = { p, size } });
}

/* A fixed-size value is kept beside the parameters: the caller's copy may be
 * gone before the query starts. */
static void bind_fixed(struct query *q, int n, const uint8_t *p, size_t size)
{
    check(n >= 1 && n <= PARAM_MAX && size <= sizeof q->fixed[0]);
    memcpy(q->fixed[n - 1], p, size);
    query_bind_bytes(q, n, q->fixed[n - 1], size);
}

void query_bind_id(struct query *q, int n, id value)
{
    bind_fixed(q, n, value.b, sizeof value.b);
}

void query_bind_hash(struct query *q, int n, const struct hash *value)
{
    bind_fixed(q, n, value->b, sizeof value->b);
}

void query_bind_int(struct query *q, int n, int64_t value)
{
    bind(q, n, (struct value){ .kind = VALUE_INT, .number = value });
}

void query_bind_null(struct query *q, int n)
{
    bind(q, n, (struct value){ .kind = VALUE_NULL });
}

void query_bind_opt_day(struct query *q, int n, day value)
{
    if (value == DAY_NEVER)
        query_bind_null(q, n);
    else
        query_bind_int(q, n, value);
}

void query_bind_opt_id(struct query *q, int n, id value)
{
    if (id_is_zero(value))
        query_bind_null(q, n);
    else
        query_bind_id(q, n, value);
}

void query_bind_opt_str(struct query *q, int n, str value)
{
    if (value.n == 0)
        query_bind_null(q, n);
    else
        query_bind_str(q, n, value);
}

/* --- queries: running ------------------------------------------------- */

/* Every parameter was bound; hand them to the engine. */
static err start(struct query *q)
{
    check(q->bound == (UINT32_C(1) << sql_params[q->which]) - 1);
    q->started = true;
    q->tx->written += sql_writes[q->which] ? 1 : 0;
    return broke(q->tx, q->tx->store->engine->start(q));
}

err query_next(struct query *q, bool *found)
{
    bool row;

    if (failed(q->first))
        return q->first;
    if (failed(q->tx->broken))
        return q->tx->broken;
    if (!q->started)
        TRY(start(q));
    TRY(broke(q->tx, q->tx->store->engine->next(q, &row)));
    q->on_row = row;
    *found = row;
    return OK;
}

static str statement(const struct query *q)
{
    return str_of(sql_name[q->which]);
}

err query_one(struct query *q)
{
    bool found;

    TRY(query_next(q, &found));
    if (!found)
        return err_new(q->tx->arena, ERR_NOT_FOUND, "store.missing",
                       ARG_STR("statement", statement(q)));
    return OK;
}

err query_change(struct query *q, int64_t *changed)
{
    bool found = true;

    while (found)
        TRY(query_next(q, &found));
    *changed = q->tx->store->engine->changes(q);
    return OK;
}

err query_run(struct query *q)
{
    int64_t changed;

    return query_change(q, &changed);
}

err query_change_one(struct query *q)
{
    int64_t changed;

    TRY(query_change(q, &changed));
    if (changed != 1)
        return err_new(q->tx->arena, ERR_CONFLICT, "store.changed",
                       ARG_STR("statement", statement(q)));
    return OK;
}

/* --- queries: reading ------------------------------------------------- */

static struct value column_of(struct query *q, int column)
{
    check(q->on_row);
    return q->tx->store->engine->column(q, column);
}

void query_name_row(struct query *q, int column)
{
    q->named = true;
    q->name = column;
}

/* What the row is called; empty where not even that can be read. */
static str row_name(struct query *q)
{
    struct value v = column_of(q, q->name);

    return v.kind == VALUE_TEXT ? v.bytes : S("");
}

static err bad_column(struct query *q, int column)
{
    if (!q->named)
        return err_new(q->tx->arena, ERR_CORRUPT, "store.column",
                       ARG_STR("statement", statement(q)),
                       ARG_INT("column", column));
    return err_new(q->tx->arena, ERR_CORRUPT, "store.row",
                   ARG_STR("statement", statement(q)),
                   ARG_INT("column", column), ARG_STR("row", row_name(q)));
}

static void note_column(struct query *q, struct value v, int column)
{
    note(q, v.kind == VALUE_FAILED ? err_memory() : bad_column(q, column));
}

static str read_bytes(struct query *q, struct arena *a, int column,
                      enum value_kind kind)
{
    struct value v = column_of(q, column);
    str copy = S("");

    if (v.kind != kind)
        note_column(q, v, column);
    else if (!arena_str(a, v.bytes, &copy))
        note(q, err_memory());
    return copy;
}

str query_str(struct query *q, struct arena *a, int column)
{
    return read_bytes(q, a, column, VALUE_TEXT);
}

str query_bytes(struct query *q, struct arena *a, int column)
{
    return read_bytes(q, a, column, VALUE_BYTES);
}

/* Exactly `size` bytes into `out`, which stays as it is otherwise. */
static void read_fixed(struct query *q, int column, uint8_t *out, size_t size)
{
    struct value v = column_of(q, column);

    if (v.kind == VALUE_BYTES && v.bytes.n == size)
        memcpy(out, v.bytes.p, size);
    else
        note_column(q, v, column);
}

id query_id(struct query *q, int column)
{
    id i = { 0 };

    read_fixed(q, column, i.b, sizeof i.b);
    return i;
}

struct hash query_hash(struct query *q, int column)
{
    struct hash h = { 0 };

    read_fixed(q, column, h.b, sizeof h.b);
    return h;
}

int64_t query_int(struct query *q, int column, int64_t lo, int64_t hi)
{
    struct value v = column_of(q, column);

    if (v.kind == VALUE_INT && v.number >= lo && v.number <= hi)
        return v.number;
    note_column(q, v, column);
    return 0;
}

day query_day(struct query *q, int column)
{
    return (day)query_int(q, column, DAY_MIN, DAY_MAX);
}

bool query_null(struct query *q, int column)
{
    return column_of(q, column).kind == VALUE_NULL;
}

day query_opt_day(struct query *q, int column)
{
    return query_null(q, column) ? DAY_NEVER : query_day(q, column);
}

id query_opt_id(struct query *q, int column)
{
    return query_null(q, column) ? (id){ 0 } : query_id(q, column);
}

str query_opt_str(struct query *q, struct arena *a, int column)
{
    return query_null(q, column) ? S("") : query_str(q, a, column);
}

err query_done(struct query *q)
{
    return q->first;
}

err query_row_done(struct query *q)
{
    err e = q->first;

    q->first = OK;
    return e;
}
