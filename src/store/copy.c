#include "store/copy.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "store/engine.h"

enum {
    ROWS_AT_ONCE = 500,
    KEY_MOST = 4096, /* bytes of a row's key */
    INT_BYTES = 8,
    LENGTH_BYTES = 4,
};

/* [CP2] */
enum tag { TAG_NULL, TAG_INT, TAG_TEXT, TAG_BYTES };

str copy_table_name(int table)
{
    check(table >= 0 && table < COPY_TABLES);
    return str_of(sql_tables[table].name);
}

int32_t copy_schema(const struct tx *tx)
{
    const struct store *s = tx->store;

    return s->engine->steps[*s->engine->step_count - 1].number;
}

/* --- writing a value [CP2] ------------------------------------------------ */

static void put_number(struct buf *b, uint64_t n, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        buf_char(b, (char)(n >> (8 * i)));
}

static void put_value(struct buf *b, const struct value *v)
{
    static const enum tag tags[] = {
        [VALUE_NULL] = TAG_NULL,
        [VALUE_INT] = TAG_INT,
        [VALUE_TEXT] = TAG_TEXT,
        [VALUE_BYTES] = TAG_BYTES,
    };

    buf_char(b, (char)tags[v->kind]);
    if (v->kind == VALUE_INT)
        put_number(b, (uint64_t)v->number, INT_BYTES);
    if (v->kind == VALUE_TEXT || v->kind == VALUE_BYTES) {
        put_number(b, v->bytes.n, LENGTH_BYTES);
        buf_str(b, v->bytes);
    }
}

/* --- reading a value ------------------------------------------------------ */

static bool take(str *from, size_t n, str *out)
{
    if (from->n < n)
        return false;
    *out = str_first(*from, n);
    *from = str_from(*from, n);
    return true;
}

static bool take_number(str *from, size_t bytes, uint64_t *out)
{
    str digits;

    if (!take(from, bytes, &digits))
        return false;
    *out = 0;
    for (size_t i = 0; i < bytes; i++)
        *out = *out << 8 | (unsigned char)digits.p[i];
    return true;
}

/* The value that *from begins with. */
static bool take_value(str *from, struct value *out)
{
    uint64_t tag;
    uint64_t n;

    *out = (struct value){ .bytes = S("") };
    if (!take_number(from, 1, &tag))
        return false;
    switch ((enum tag)tag) {
    case TAG_NULL: out->kind = VALUE_NULL; return true;
    case TAG_INT:
        out->kind = VALUE_INT;
        if (!take_number(from, INT_BYTES, &n))
            return false;
        out->number = (int64_t)n;
        return true;
    case TAG_TEXT:
    case TAG_BYTES:
        out->kind = tag == TAG_TEXT ? VALUE_TEXT : VALUE_BYTES;
        return take_number(from, LENGTH_BYTES, &n) &&
               take(from, n, &out->bytes);
    }
    return false;
}

static void bind_value(struct query *q, int n, const struct value *v)
{
    switch (v->kind) {
    case VALUE_INT: query_bind_int(q, n, v->number); return;
    case VALUE_TEXT: query_bind_str(q, n, v->bytes); return;
    case VALUE_BYTES: query_bind_bytes(q, n, v->bytes.p, v->bytes.n); return;
    case VALUE_NULL:
    case VALUE_OTHER:
    case VALUE_FAILED: break;
    }
    query_bind_null(q, n);
}

/* --- reading rows --------------------------------------------------------- */

struct reading {
    const struct sql_table *table;
    copy_row *each;
    void *context;
    char key[KEY_MOST]; /* of the last row that was read */
    size_t key_n;       /* 0: none was */
    size_t rows;        /* of this page */
};

static err bad_column(const struct query *q, int column)
{
    return err_new(q->tx->arena, ERR_CORRUPT, "store.column",
                   ARG_STR("statement", str_of(sql_name[q->which])),
                   ARG_INT("column", column));
}

/* The row that `q` is on, and how much of it is its key. */
static err encode(struct query *q, const struct sql_table *t, struct buf *b,
                  size_t *key_n)
{
    for (int i = 0; i < t->columns; i++) {
        struct value v = q->tx->store->engine->column(q, i);

        if (v.kind == VALUE_FAILED)
            return err_memory();
        if (v.kind == VALUE_OTHER)
            return bad_column(q, i);
        put_value(b, &v);
        if (i + 1 == t->keys)
            *key_n = b->n;
    }
    return OK;
}

static err read_row(struct reading *r, struct query *q, struct arena *a)
{
    size_t key_n = 0;
    struct buf b;
    str row;

    buf_init(&b, a, STORE_VALUE_MAX);
    TRY(encode(q, r->table, &b, &key_n));
    TRY(buf_done(&b, &row));
    if (key_n > sizeof r->key)
        return err_new(a, ERR_LIMIT, "store.too_big", ARG_INT("size", key_n),
                       ARG_INT("most", KEY_MOST));
    memcpy(r->key, row.p, key_n);
    r->key_n = key_n;
    r->rows++;
    return r->each(r->context, row);
}

static void bind_key(const struct sql_table *t, str key, struct query *q)
{
    for (int i = 0; i < t->keys; i++) {
        struct value v;

        check(take_value(&key, &v));
        bind_value(q, i + 2, &v);
    }
}

static err read_page(struct tx *tx, struct arena *a, void *context)
{
    scoped(query_end) struct query *q = NULL;
    struct reading *r = context;
    bool first = r->key_n == 0;
    struct buf key; /* r->key changes while this is bound */
    bool found;
    str after;

    buf_init(&key, a, KEY_MOST);
    buf_str(&key, (str){ r->key, r->key_n });
    TRY(buf_done(&key, &after));
    r->rows = 0;
    TRY(query_begin(tx, first ? r->table->first : r->table->next, &q));
    query_bind_int(q, 1, ROWS_AT_ONCE);
    if (!first)
        bind_key(r->table, after, q);
    TRY(query_next(q, &found));
    while (found) {
        TRY(read_row(r, q, a));
        TRY(query_next(q, &found));
    }
    return OK;
}

err copy_read(struct tx *tx, int table, copy_row *each, void *context)
{
    check(table >= 0 && table < COPY_TABLES);
    struct reading r = { .table = &sql_tables[table],
                         .each = each,
                         .context = context };

    do {
        TRY(tx_apart(tx, read_page, &r));
    } while (r.rows == ROWS_AT_ONCE);
    return OK;
}

/* --- writing rows --------------------------------------------------------- */

static err bad_row(struct tx *tx, int table)
{
    return err_new(tx->arena, ERR_CORRUPT, "copy.row",
                   ARG_STR("table", copy_table_name(table)));
}

err copy_write(struct tx *tx, int table, str row)
{
    check(table >= 0 && table < COPY_TABLES);
    scoped(query_end) struct query *q = NULL;
    const struct sql_table *t = &sql_tables[table];

    TRY(query_begin(tx, t->put, &q));
    for (int i = 0; i < t->columns; i++) {
        struct value v;

        if (!take_value(&row, &v))
            return bad_row(tx, table);
        bind_value(q, i + 1, &v);
    }
    return row.n == 0 ? query_run(q) : bad_row(tx, table);
}

err copy_finish(struct tx *tx)
{
    check(tx->writes);
    if (failed(tx->broken))
        return tx->broken;
    err e = tx->store->engine->settle(tx->store, tx->arena);
    tx->broken = e;
    return e;
}
