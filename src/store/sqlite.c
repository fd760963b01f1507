/*
 * sqlite -- the embedded engine: one file, WAL, one connection a store.
 *
 *   [SL1] synchronous=FULL: COMMIT returns after the WAL is on disk.
 *   [SL2] Statements are prepared once a connection and kept; a second query
 *         of the same name while the first is open gets a statement of its
 *         own.
 *   [SL3] Parameters are bound by name: SQLite numbers "$2 .. $1" by first
 *         appearance.
 */

#include "store/engine.h"

#include "base/arena.h"
#include "base/heap.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>

enum {
    PAGE_BYTES = 4096,
    LOG_PAGES = 1000, /* SQLite's own: then a checkpoint is due */
};

struct sqlite_store {
    struct store base;
    sqlite3 *db;
    sqlite3_stmt *controls[CONTROL_COUNT];
    sqlite3_stmt *seen;   /* asks for .. */
    int64_t seen_version; /* .. the version that was there last; -1: none */
    sqlite3_stmt *statements[SQL_COUNT]; /* [SL2] */
    bool taken[SQL_COUNT];               /* by an open query */
    /* Where SQLite counts $1 .. of a statement; all zero: not asked yet. */
    uint8_t places[SQL_COUNT][PARAM_MAX];
};

static struct sqlite_store *sqlite_of(struct store *s)
{
    return (struct sqlite_store *)s;
}

/* --- errors ----------------------------------------------------------- */

static err failure(struct arena *a, sqlite3 *db, int rc, const char *doing)
{
    if (rc == SQLITE_IOERR_NOMEM)
        return err_memory();

    str what = str_of(doing);
    str detail = str_of(sqlite3_errmsg(db));
    switch (rc & 0xff) {
    case SQLITE_NOMEM: return err_memory();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_new(a, ERR_BUSY, "store.busy", ARG_STR("doing", what));
    case SQLITE_CONSTRAINT:
        return err_new(a, ERR_CONFLICT, "store.constraint",
                       ARG_STR("doing", what), ARG_STR("detail", detail));
    case SQLITE_TOOBIG:
        return err_new(a, ERR_LIMIT, "store.too_big", ARG_INT("size", 0),
                       ARG_INT("most", STORE_VALUE_MAX));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_new(a, ERR_CORRUPT, "store.corrupt", ARG_STR("doing", what),
                       ARG_STR("detail", detail));
    case SQLITE_FULL:
        return err_new(a, ERR_IO, "store.full", ARG_STR("doing", what));
    default:
        return err_new(a, ERR_IO, "store.io", ARG_STR("doing", what),
                       ARG_STR("detail", detail));
    }
}

static err result(struct arena *a, sqlite3 *db, int rc, const char *doing)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return OK;
    return failure(a, db, rc, doing);
}

/* --- opening ---------------------------------------------------------- */

/* Run statements that return nothing we look at. */
static err run(struct arena *a, sqlite3 *db, const char *sql, const char *doing)
{
    return result(a, db, sqlite3_exec(db, sql, NULL, NULL, NULL), doing);
}

static int is_wal(void *yes, int n, char **values, char **)
{
    if (n == 1 && values[0] != NULL && sqlite3_stricmp(values[0], "wal") == 0)
        *(bool *)yes = true;
    return 0;
}

static err set_up(struct arena *a, sqlite3 *db)
{
    bool wal = false;

    TRY(result(a, db, sqlite3_busy_timeout(db, STORE_WAIT_MS), "open"));
    TRY(result(a, db,
               sqlite3_exec(db, "PRAGMA journal_mode = WAL", is_wal, &wal,
                            NULL),
               "open"));
    if (!wal)
        return err_new(a, ERR_IO, "store.io", ARG_STR("doing", S("open")),
                       ARG_STR("detail", S("no write-ahead log here")));
    return run(a, db,
               "PRAGMA synchronous = FULL;" /* [SL1] */
               "PRAGMA foreign_keys = ON;"
               "PRAGMA trusted_schema = OFF;"
               "PRAGMA cell_size_check = ON;"
               "PRAGMA case_sensitive_like = ON;" /* [ST6] */
               "PRAGMA cache_size = -8192;"       /* KiB */
               "PRAGMA temp_store = MEMORY;",
               "open");
}

static void sqlite_close(struct store *base)
{
    struct sqlite_store *s = sqlite_of(base);

    for (int i = 0; i < CONTROL_COUNT; i++)
        (void)sqlite3_finalize(s->controls[i]);
    (void)sqlite3_finalize(s->seen);
    for (int i = 0; i < SQL_COUNT; i++)
        (void)sqlite3_finalize(s->statements[i]);
    (void)sqlite3_close(s->db);
    s->db = NULL;
}

/* Nobody asks how much memory it has, and counting takes a lock of all threads
 * each time.  Whoever began with it before us keeps what they chose. */
static void set_up_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static err open_file(struct arena *a, str path, sqlite3 **db)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    str name;

    (void)pthread_once(&once, set_up_library);
    TRY_MEMORY(arena_str(a, path, &name));
    int rc = sqlite3_open_v2(name.p, db, flags, NULL);
    if (*db == NULL)
        return err_memory();
    if ((rc & 0xff) == SQLITE_CANTOPEN)
        return err_new(a, ERR_IO, "store.open", ARG_STR("where", path),
                       ARG_STR("detail", str_of(sqlite3_errmsg(*db))));
    return result(a, *db, rc, "open");
}

static err sqlite_open(struct heap *h, struct arena *a, str path,
                       struct store **out)
{
    scoped(store_close) struct store *made = NULL;
    struct sqlite_store *s = h->resize(h, NULL, sizeof *s);

    TRY_MEMORY(s);
    *s = (struct sqlite_store){
        .base = { .engine = &sqlite_engine, .heap = h },
        .seen_version = -1,
    };
    made = &s->base;
    TRY(open_file(a, path, &s->db));
    TRY(set_up(a, s->db));
    *out = made;
    made = NULL;
    return OK;
}

/* --- transactions ----------------------------------------------------- */

static const char *const control_text[CONTROL_COUNT] = {
    [CONTROL_READ] = "BEGIN",
    [CONTROL_WRITE] = "BEGIN IMMEDIATE",
    [CONTROL_SCHEMA] = "BEGIN IMMEDIATE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVE] = "SAVEPOINT part",
    [CONTROL_RELEASE] = "RELEASE part",
    [CONTROL_UNDO] = "ROLLBACK TO part",
};

static err prepare(struct sqlite_store *s, struct arena *a, const char *sql,
                   sqlite3_stmt **out)
{
    return result(a, s->db,
                  sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                     out, NULL),
                  sql);
}

static err control(struct sqlite_store *s, struct arena *a, enum control what)
{
    const char *text = control_text[what];

    if (s->controls[what] == NULL)
        TRY(prepare(s, a, text, &s->controls[what]));

    int rc = sqlite3_step(s->controls[what]);
    /* The error is made before the reset, which may change it. */
    err e = result(a, s->db, rc, text);
    (void)sqlite3_reset(s->controls[what]);
    return e;
}

static err sqlite_control(struct store *base, struct arena *a,
                          enum control what)
{
    struct sqlite_store *s = sqlite_of(base);
    bool inside = sqlite3_get_autocommit(s->db) == 0;

    if (what == CONTROL_ROLLBACK)
        return inside ? control(s, a, what) : OK;
    /* A rollback that failed for want of memory is made up for now. */
    if (what <= CONTROL_SCHEMA && inside)
        TRY(control(s, a, CONTROL_ROLLBACK));
    TRY(control(s, a, what));
    /* The savepoint goes as well, so that the next may have its name. */
    return what == CONTROL_UNDO ? control(s, a, CONTROL_RELEASE) : OK;
}

static err sqlite_wait(struct store *base, struct arena *a, int32_t millis)
{
    struct sqlite_store *s = sqlite_of(base);

    return result(a, s->db, sqlite3_busy_timeout(s->db, millis),
                  "busy_timeout");
}

/* Whoever may write is alone anyway. */
static err sqlite_lock(struct store *, struct arena *, int64_t, bool *got)
{
    *got = true;
    return OK;
}

/* A number that only what other connections commit changes. */
static err sqlite_alone(struct store *base, struct arena *a, bool *out)
{
    static const char text[] = "PRAGMA data_version";
    struct sqlite_store *s = sqlite_of(base);
    int64_t before = s->seen_version;

    if (s->seen == NULL)
        TRY(prepare(s, a, text, &s->seen));
    s->seen_version = -1;
    int rc = sqlite3_step(s->seen);
    err e = result(a, s->db, rc, text);
    if (rc == SQLITE_ROW)
        s->seen_version = sqlite3_column_int64(s->seen, 0);
    (void)sqlite3_reset(s->seen);
    *out = before >= 0 && before == s->seen_version;
    return e;
}

/* It looks for the greatest each time. */
static err sqlite_settle(struct store *, struct arena *)
{
    return OK;
}

/* The log may have four times the room that is more than usual before its pages
 * go where they belong: what changes again by then goes there once. */
static err sqlite_room(struct store *base, struct arena *a, int64_t bytes)
{
    sqlite3 *db = sqlite_of(base)->db;
    int64_t pages = LOG_PAGES + 4 * (bytes - STORE_ROOM) / PAGE_BYTES;
    char text[60];

    (void)snprintf(text, sizeof text, "PRAGMA cache_size = %d",
                   (int)-(bytes >> 10));
    TRY(run(a, db, text, "cache_size"));
    return result(a, db, sqlite3_wal_autocheckpoint(db, (int)pages),
                  "autocheckpoint");
}

static err sqlite_script(struct store *base, struct arena *a,
                         const struct migration *m)
{
    return run(a, sqlite_of(base)->db, m->text, m->name);
}

/* --- integrity -------------------------------------------------------- */

struct complaint {
    struct arena *arena;
    str text; /* the first; empty: none */
    bool no_memory;
};

/* integrity_check gives one row "ok"; foreign_key_check gives none. */
static int complain(void *into, int n, char **values, char **)
{
    struct complaint *c = (struct complaint *)into;
    str text = n > 0 ? str_of(values[0]) : S("");

    if (c->text.n == 0 && !str_eq(text, S("ok")))
        c->no_memory = !arena_str(c->arena, text, &c->text);
    return c->no_memory ? 1 : 0;
}

static err sqlite_integrity(struct store *base, struct arena *a)
{
    struct complaint c = { .arena = a };
    sqlite3 *db = sqlite_of(base)->db;
    int rc = sqlite3_exec(db,
                          "PRAGMA integrity_check;"
                          "PRAGMA foreign_key_check;",
                          complain, &c, NULL);

    if (c.no_memory)
        return err_memory();
    TRY(result(a, db, rc, "integrity_check"));
    if (c.text.n > 0)
        return err_new(a, ERR_CORRUPT, "store.corrupt",
                       ARG_STR("doing", S("integrity_check")),
                       ARG_STR("detail", c.text));
    return OK;
}

/* --- queries ---------------------------------------------------------- */

static sqlite3_stmt *stmt(const struct query *q)
{
    return (sqlite3_stmt *)q->handle;
}

static struct sqlite_store *store_of(const struct query *q)
{
    return sqlite_of(q->tx->store);
}

static err query_result(struct query *q, int rc)
{
    return result(q->tx->arena, store_of(q)->db, rc, sql_name[q->which]);
}

static err sqlite_begin(struct query *q)
{
    struct sqlite_store *s = store_of(q);
    const char *sql = sql_text[q->which];
    sqlite3_stmt *own = NULL;

    if (s->taken[q->which]) {
        TRY(prepare(s, q->tx->arena, sql, &own));
        q->handle = own;
        q->own = true;
        return OK;
    }
    if (s->statements[q->which] == NULL)
        TRY(prepare(s, q->tx->arena, sql, &s->statements[q->which]));
    s->taken[q->which] = true;
    q->handle = s->statements[q->which];
    return OK;
}

/* [SL3] Asking costs as much as binding, so it is done once. */
static void find_places(const struct query *q, uint8_t *places)
{
    char name[16];

    for (int n = 1; n <= sql_params[q->which]; n++) {
        (void)snprintf(name, sizeof name, "$%d", n);
        places[n - 1] = (uint8_t)sqlite3_bind_parameter_index(stmt(q), name);
    }
}

static int bind(struct query *q, int n, int at)
{
    const struct value *v = &q->params[n - 1];

    switch (v->kind) {
    case VALUE_INT: return sqlite3_bind_int64(stmt(q), at, v->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(stmt(q), at, v->bytes.p, v->bytes.n,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES:
        return sqlite3_bind_blob64(stmt(q), at, v->bytes.p, v->bytes.n,
                                   SQLITE_STATIC);
    case VALUE_NULL:
    case VALUE_OTHER:
    case VALUE_FAILED: break;
    }
    return sqlite3_bind_null(stmt(q), at);
}

static err sqlite_start(struct query *q)
{
    uint8_t *places = store_of(q)->places[q->which];

    if (places[0] == 0)
        find_places(q, places);
    for (int n = 1; n <= sql_params[q->which]; n++)
        TRY(query_result(q, bind(q, n, places[n - 1])));
    return OK;
}

static err sqlite_next(struct query *q, bool *found)
{
    int rc = sqlite3_step(stmt(q));

    TRY(query_result(q, rc));
    *found = rc == SQLITE_ROW;
    return OK;
}

static int64_t sqlite_changes(const struct query *q)
{
    return sqlite3_changes64(store_of(q)->db);
}

static struct value sqlite_column(const struct query *q, int column)
{
    struct value v = { .bytes = S("") };
    int type = sqlite3_column_type(stmt(q), column);

    switch (type) {
    case SQLITE_NULL: v.kind = VALUE_NULL; return v;
    case SQLITE_INTEGER:
        v.kind = VALUE_INT;
        v.number = sqlite3_column_int64(stmt(q), column);
        return v;
    case SQLITE_FLOAT: v.kind = VALUE_OTHER; return v;
    default: break;
    }
    const void *p = sqlite3_column_blob(stmt(q), column);
    size_t n = (size_t)sqlite3_column_bytes(stmt(q), column);

    v.kind = type == SQLITE_TEXT ? VALUE_TEXT : VALUE_BYTES;
    if (n > 0 && p == NULL)
        v.kind = VALUE_FAILED;
    else if (n > 0)
        v.bytes = (str){ p, n };
    return v;
}

static void sqlite_end(struct query *q)
{
    if (q->own) {
        (void)sqlite3_finalize(stmt(q));
        return;
    }
    /* The outcome of the last step was told already.  What is bound still is
     * not looked at: before the next step all of it is bound anew. */
    (void)sqlite3_reset(stmt(q));
    store_of(q)->taken[q->which] = false;
}

const struct engine sqlite_engine = {
    .prefix = "sqlite:",
    .embedded = true,
    .steps = sqlite_migrations,
    .step_count = &sqlite_migration_count,
    .open = sqlite_open,
    .close = sqlite_close,
    .control = sqlite_control,
    .wait = sqlite_wait,
    .lock = sqlite_lock,
    .integrity = sqlite_integrity,
    .alone = sqlite_alone,
    .settle = sqlite_settle,
    .room = sqlite_room,
    .script = sqlite_script,
    .begin = sqlite_begin,
    .start = sqlite_start,
    .next = sqlite_next,
    .changes = sqlite_changes,
    .column = sqlite_column,
    .end = sqlite_end,
};
