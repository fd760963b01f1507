/*
 * postgres -- the larger engine: a PostgreSQL 15 server through libpq.
 *
 *   [PG1] The same statements as SQLite's, prepared by name on demand.
 *         Whole numbers go out as decimal text, so that they fit whatever
 *         integer the server expects; texts and bytes go out, and every
 *         result comes back, in binary form.
 *   [PG2] A write tx is SERIALIZABLE: serialization failures, deadlocks and
 *         lock timeouts are ERR_BUSY and mean "try the whole tx again".
 *   [PG3] A lost connection is made anew by the next begin, never inside a
 *         tx.
 */

#include "store/engine.h"

#include "base/arena.h"
#include "base/heap.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>

struct postgres_store {
    struct store base;
    PGconn *db;
    int32_t wait; /* milliseconds */
    bool prepared[SQL_COUNT];
};

/* Types as the server numbers them (pg_type.oid). */
enum { TYPE_BYTEA = 17, TYPE_INT8 = 20, TYPE_INT4 = 23, TYPE_TEXT = 25 };

static struct postgres_store *postgres_of(struct store *s)
{
    return (struct postgres_store *)s;
}

static void end_result(PGresult **r)
{
    PQclear(*r);
    *r = NULL;
}

/* --- errors ----------------------------------------------------------- */

enum kind {
    KIND_BUSY,
    KIND_RULE,
    KIND_TEXT,
    KIND_FULL,
    KIND_BIG,
    KIND_CORRUPT,
    KIND_LOST,
    KIND_OTHER,
};

/* By SQLSTATE or its first characters; the first that fits. */
static enum kind kind_of(str state)
{
    static const struct {
        const char *state;
        enum kind kind;
    } table[] = {
        { "40001", KIND_BUSY }, /* serialization failure */
        { "40P01", KIND_BUSY }, /* deadlock */
        { "55P03", KIND_BUSY }, /* lock timeout */
        { "23", KIND_RULE },    /* constraints */
        { "22021", KIND_TEXT }, /* not UTF-8 */
        { "53100", KIND_FULL }, /* disk */
        { "54", KIND_BIG },     /* program limits */
        { "XX001", KIND_CORRUPT }, { "XX002", KIND_CORRUPT },
        { "57P", KIND_LOST }, /* the server goes down */
        { "08", KIND_LOST },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_begins(state, str_of(table[i].state)))
            return table[i].kind;
    return KIND_OTHER;
}

static err make(struct arena *a, enum kind kind, str doing, str detail)
{
    switch (kind) {
    case KIND_BUSY:
        return err_new(a, ERR_BUSY, "store.busy", ARG_STR("doing", doing));
    case KIND_RULE:
        return err_new(a, ERR_CONFLICT, "store.constraint",
                       ARG_STR("doing", doing), ARG_STR("detail", detail));
    case KIND_TEXT:
        return err_new(a, ERR_INVALID, "store.text",
                       ARG_STR("statement", doing));
    case KIND_FULL:
        return err_new(a, ERR_IO, "store.full", ARG_STR("doing", doing));
    case KIND_BIG:
        return err_new(a, ERR_LIMIT, "store.too_big", ARG_INT("size", 0),
                       ARG_INT("most", STORE_VALUE_MAX));
    case KIND_CORRUPT:
        return err_new(a, ERR_CORRUPT, "store.corrupt", ARG_STR("doing", doing),
                       ARG_STR("detail", detail));
    case KIND_LOST:
        return err_new(a, ERR_IO, "store.lost", ARG_STR("doing", doing),
                       ARG_STR("detail", detail));
    case KIND_OTHER: break;
    }
    return err_new(a, ERR_IO, "store.io", ARG_STR("doing", doing),
                   ARG_STR("detail", detail));
}

static bool alive(const struct postgres_store *s)
{
    return PQstatus(s->db) == CONNECTION_OK;
}

/* What went wrong with `r`, which is NULL when there was no memory for it. */
static err failure(struct postgres_store *s, struct arena *a, const PGresult *r,
                   const char *doing)
{
    str connection = str_trim(str_of(PQerrorMessage(s->db)));

    if (!alive(s))
        return make(a, KIND_LOST, str_of(doing), connection);
    if (r == NULL)
        return err_memory();
    str state = str_of(PQresultErrorField(r, PG_DIAG_SQLSTATE));
    str detail = str_of(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));

    return make(a, kind_of(state), str_of(doing),
                detail.n > 0 ? detail : connection);
}

static err result(struct postgres_store *s, struct arena *a, const PGresult *r,
                  const char *doing)
{
    ExecStatusType status = PQresultStatus(r);

    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return OK;
    return failure(s, a, r, doing);
}

static err run(struct postgres_store *s, struct arena *a, const char *sql,
               const char *doing)
{
    scoped(end_result) PGresult *r = PQexec(s->db, sql);

    return result(s, a, r, doing);
}

/* --- opening ---------------------------------------------------------- */

/* A library does not log: notices say nothing that an err would not. */
static void no_notice(void *, const PGresult *)
{
}

static err set_wait(struct postgres_store *s, struct arena *a)
{
    char sql[48];

    (void)snprintf(sql, sizeof sql, "SET lock_timeout = %d",
                   s->wait == 0 ? 1 : s->wait); /* 0 would be for ever */
    return run(s, a, sql, "open");
}

/* What every new connection is told. */
static err set_up(struct postgres_store *s, struct arena *a)
{
    memset(s->prepared, 0, sizeof s->prepared);
    const char *encoding = PQparameterStatus(s->db, "server_encoding");

    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return err_new(a, ERR_IO, "store.open", ARG_STR("where", S("postgres")),
                       ARG_STR("detail", S("the database must be UTF8")));
    TRY(run(s, a, "SET synchronous_commit = on", "open")); /* [ST2] */
    return set_wait(s, a);
}

static void postgres_close(struct store *base)
{
    PQfinish(postgres_of(base)->db);
    postgres_of(base)->db = NULL;
}

/* What stands before `dbname` gives way to the caller's text, what stands
 * after it wins over it. */
static PGconn *connect_to(const char *where)
{
    const char *keys[] = { "connect_timeout", "application_name", "dbname",
                           "client_encoding", NULL };
    const char *values[] = { "10", "tenstar", where, "UTF8", NULL };

    return PQconnectdbParams(keys, values, 1);
}

static err postgres_open(struct heap *h, struct arena *a, str where,
                         struct store **out)
{
    scoped(store_close) struct store *made = NULL;
    struct postgres_store *s = h->resize(h, NULL, sizeof *s);
    str text;

    TRY_MEMORY(s);
    *s = (struct postgres_store){
        .base = { .engine = &postgres_engine, .heap = h },
        .wait = STORE_WAIT_MS,
    };
    made = &s->base;
    TRY_MEMORY(arena_str(a, where, &text));
    s->db = connect_to(text.p);
    TRY_MEMORY(s->db);
    /* The text may hold a password: the error does not repeat it. */
    if (!alive(s))
        return err_new(a, ERR_IO, "store.open", ARG_STR("where", S("postgres")),
                       ARG_STR("detail",
                               str_trim(str_of(PQerrorMessage(s->db)))));
    (void)PQsetNoticeReceiver(s->db, no_notice, NULL);
    TRY(set_up(s, a));
    *out = made;
    made = NULL;
    return OK;
}

/* --- transactions ----------------------------------------------------- */

static const char *const control_text[CONTROL_COUNT] = {
    [CONTROL_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    [CONTROL_WRITE] = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
    /* After waiting for the lock of step 0 it must see what others did. */
    [CONTROL_SCHEMA] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    [CONTROL_COMMIT] = "COMMIT",
    [CONTROL_ROLLBACK] = "ROLLBACK",
    [CONTROL_SAVE] = "SAVEPOINT part",
    [CONTROL_RELEASE] = "RELEASE part",
    [CONTROL_UNDO] = "ROLLBACK TO part; RELEASE part",
};

static err reconnect(struct postgres_store *s, struct arena *a)
{
    PQreset(s->db);
    if (!alive(s))
        return failure(s, a, NULL, "connect");
    return set_up(s, a);
}

static err begin(struct postgres_store *s, struct arena *a, enum control what)
{
    const char *text = control_text[what];

    /* A rollback that could not be sent is made up for now. */
    if (alive(s) && PQtransactionStatus(s->db) != PQTRANS_IDLE)
        TRY(run(s, a, control_text[CONTROL_ROLLBACK], "begin"));
    if (alive(s)) {
        err e = run(s, a, text, "begin");
        if (!failed(e) || alive(s))
            return e;
    }
    TRY(reconnect(s, a)); /* [PG3] */
    return run(s, a, text, "begin");
}

static err commit(struct postgres_store *s, struct arena *a)
{
    scoped(end_result) PGresult *r = PQexec(s->db, "COMMIT");
    err e = result(s, a, r, "commit");

    if (failed(e) && !alive(s))
        return err_new(a, ERR_IO, "store.unknown");
    TRY(e);
    /* A tx that had failed is rolled back, which the server calls success. */
    if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
        return err_new(a, ERR_IO, "store.io", ARG_STR("doing", S("commit")),
                       ARG_STR("detail", S("the server rolled back")));
    return OK;
}

static err postgres_control(struct store *base, struct arena *a,
                            enum control what)
{
    struct postgres_store *s = postgres_of(base);

    if (what <= CONTROL_SCHEMA)
        return begin(s, a, what);
    if (what == CONTROL_COMMIT)
        return commit(s, a);
    return run(s, a, control_text[what], control_text[what]);
}

static err postgres_wait(struct store *base, struct arena *a, int32_t millis)
{
    struct postgres_store *s = postgres_of(base);

    s->wait = millis;
    return set_wait(s, a);
}

static err postgres_lock(struct store *base, struct arena *a, int64_t key,
                         bool *got)
{
    struct postgres_store *s = postgres_of(base);
    char sql[64];

    (void)snprintf(sql, sizeof sql, "SELECT pg_try_advisory_xact_lock(%lld)",
                   (long long)key);
    scoped(end_result) PGresult *r = PQexec(s->db, sql);
    TRY(result(s, a, r, "lock"));
    *got = strcmp(PQgetvalue(r, 0, 0), "t") == 0;
    return OK;
}

static const char *const settle_text =
    /* rules: allow sql because only this engine keeps such numbers */
    "DO $$ DECLARE c record; BEGIN"
    " FOR c IN SELECT table_name AS t, column_name AS n"
    "   FROM information_schema.columns"
    "   WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP"
    " EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L),"
    " coalesce(max(%I), 0) + 1, false) FROM %I', c.t, c.n, c.n, c.t);"
    " END LOOP; END $$";

static err postgres_settle(struct store *base, struct arena *a)
{
    return run(postgres_of(base), a, settle_text, "settle");
}

/* It is the server's to say. */
static err postgres_room(struct store *, struct arena *, int64_t)
{
    return OK;
}

static err postgres_script(struct store *base, struct arena *a,
                           const struct migration *m)
{
    struct postgres_store *s = postgres_of(base);

    /* Plans of the old schema would fail when their results change. */
    TRY(run(s, a, "DEALLOCATE ALL", m->name));
    memset(s->prepared, 0, sizeof s->prepared);
    return run(s, a, m->text, m->name);
}

/* --- integrity -------------------------------------------------------- */

/* The server writes the statements that read every row of every table: a
 * damaged page or value ends one of them. */
static const char *const reading_text =
    /* rules: allow sql because only this engine has such tables */
    "SELECT format('SELECT count(t) FROM %I.%I AS t', schemaname, tablename)"
    "  FROM pg_tables WHERE schemaname = current_schema()";

static const char *const indexes_text =
    /* rules: allow sql because only this engine has such tables */
    "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid";

static err corrupt(struct arena *a, const char *detail)
{
    return make(a, KIND_CORRUPT, S("integrity_check"),
                str_trim(str_of(detail)));
}

static err check_indexes(struct postgres_store *s, struct arena *a)
{
    scoped(end_result) PGresult *r = PQexec(s->db, indexes_text);

    TRY(result(s, a, r, "integrity_check"));
    return PQntuples(r) == 0 ? OK : corrupt(a, PQgetvalue(r, 0, 0));
}

/* What others do it does not tell. */
static err postgres_alone(struct store *, struct arena *, bool *out)
{
    *out = false;
    return OK;
}

static err postgres_integrity(struct store *base, struct arena *a)
{
    struct postgres_store *s = postgres_of(base);
    scoped(end_result) PGresult *r = PQexec(s->db, reading_text);

    TRY(result(s, a, r, "integrity_check"));
    for (int i = 0; i < PQntuples(r); i++) {
        err e = run(s, a, PQgetvalue(r, i, 0), "integrity_check");
        if (failed(e) && alive(s))
            return corrupt(a, PQerrorMessage(s->db));
        TRY(e);
    }
    return check_indexes(s, a);
}

/* --- queries ---------------------------------------------------------- */

static struct postgres_store *store_of(const struct query *q)
{
    return postgres_of(q->tx->store);
}

enum { NAME_SIZE = 16 };

static void statement_name(enum sql which, char out[static NAME_SIZE])
{
    (void)snprintf(out, NAME_SIZE, "s%d", (int)which);
}

static err postgres_begin(struct query *q)
{
    struct postgres_store *s = store_of(q);
    char name[NAME_SIZE];

    if (s->prepared[q->which])
        return OK;
    statement_name(q->which, name);
    scoped(end_result) PGresult *r =
        PQprepare(s->db, name, sql_text[q->which], 0, NULL);
    TRY(result(s, q->tx->arena, r, sql_name[q->which]));
    s->prepared[q->which] = true;
    return OK;
}

/* Parameters as libpq wants them [PG1]. */
struct params {
    const char *values[PARAM_MAX];
    int lengths[PARAM_MAX];
    int formats[PARAM_MAX]; /* 0: text, 1: binary */
    char digits[PARAM_MAX][24];
};

static void set_param(struct params *p, int i, const struct value *v)
{
    switch (v->kind) {
    case VALUE_INT:
        (void)snprintf(p->digits[i], sizeof p->digits[i], "%lld",
                       (long long)v->number);
        p->values[i] = p->digits[i];
        return;
    case VALUE_TEXT:
    case VALUE_BYTES:
        p->values[i] = v->bytes.p;
        p->lengths[i] = (int)v->bytes.n; /* at most STORE_VALUE_MAX */
        p->formats[i] = 1;
        return;
    case VALUE_NULL:
    case VALUE_OTHER:
    case VALUE_FAILED: return;
    }
}

static err postgres_start(struct query *q)
{
    struct postgres_store *s = store_of(q);
    struct params p = { 0 };
    int n = sql_params[q->which];
    char name[NAME_SIZE];

    for (int i = 0; i < n; i++)
        set_param(&p, i, &q->params[i]);
    statement_name(q->which, name);
    PGresult *r =
        PQexecPrepared(s->db, name, n, p.values, p.lengths, p.formats, 1);
    q->handle = r;
    q->row = -1;
    return result(s, q->tx->arena, r, sql_name[q->which]);
}

static err postgres_next(struct query *q, bool *found)
{
    int n = PQntuples((const PGresult *)q->handle);

    if (q->row < n)
        q->row++;
    *found = q->row < n;
    return OK;
}

static int64_t postgres_changes(const struct query *q)
{
    int64_t n = 0;

    /* Decimal digits, or none for a statement that changes nothing. */
    for (const char *p = PQcmdTuples((PGresult *)q->handle); *p != '\0'; p++)
        n = n * 10 + (*p - '0');
    return n;
}

static int64_t read_int4(const char *p)
{
    uint32_t n;

    memcpy(&n, p, sizeof n);
    return (int32_t)be32toh(n);
}

static int64_t read_int8(const char *p)
{
    uint64_t n;

    memcpy(&n, p, sizeof n);
    return (int64_t)be64toh(n);
}

static struct value postgres_column(const struct query *q, int column)
{
    const PGresult *r = (const PGresult *)q->handle;
    struct value v = { .bytes = S("") };

    if (PQgetisnull(r, q->row, column)) {
        v.kind = VALUE_NULL;
        return v;
    }
    const char *p = PQgetvalue(r, q->row, column);
    size_t n = (size_t)PQgetlength(r, q->row, column);

    switch (PQftype(r, column)) {
    case TYPE_INT4:
        v.kind = VALUE_INT;
        v.number = read_int4(p);
        break;
    case TYPE_INT8:
        v.kind = VALUE_INT;
        v.number = read_int8(p);
        break;
    case TYPE_TEXT:
        v.kind = VALUE_TEXT;
        v.bytes = (str){ p, n };
        break;
    case TYPE_BYTEA:
        v.kind = VALUE_BYTES;
        v.bytes = (str){ p, n };
        break;
    default: v.kind = VALUE_OTHER; break;
    }
    return v;
}

static void postgres_end(struct query *q)
{
    PQclear((PGresult *)q->handle);
    q->handle = NULL;
}

const struct engine postgres_engine = {
    .prefix = "postgres:",
    .steps = postgres_migrations,
    .step_count = &postgres_migration_count,
    .open = postgres_open,
    .close = postgres_close,
    .control = postgres_control,
    .wait = postgres_wait,
    .lock = postgres_lock,
    .integrity = postgres_integrity,
    .alone = postgres_alone,
    .settle = postgres_settle,
    .room = postgres_room,
    .script = postgres_script,
    .begin = postgres_begin,
    .start = postgres_start,
    .next = postgres_next,
    .changes = postgres_changes,
    .column = postgres_column,
    .end = postgres_end,
};
