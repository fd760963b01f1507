#ifndef STORE_STORE_H
#define STORE_STORE_H

/*
 * store -- transactions and queries, the same over SQLite and PostgreSQL.
 *
 * The SQL lives in sql/query and is named, never built: there is no function
 * here that takes SQL text.  Binding and reading never return errors; the
 * first thing to go wrong is remembered and reported by the next query_ call
 * that can fail.
 *
 *   [ST1] Every read and write happens inside a tx.  A tx that goes out of
 *         scope without tx_commit() is rolled back.
 *   [ST2] After tx_commit() returned OK the data survives a crash.
 *   [ST3] A read tx sees one moment; a write tx is alone (SQLite: BEGIN
 *         IMMEDIATE; PostgreSQL: SERIALIZABLE, ERR_BUSY asks for a retry).
 *   [ST4] The same statements run on both engines; a test prepares each one
 *         on both after every migration.
 *
 * Threads: a store is used by one thread; open one per thread.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/id.h"
#include "base/str.h"
#include "codec/record.h"
#include "sql.h"

#include <stdint.h>

struct arena;
struct heap;
struct query;
struct store;
struct tx;

enum tx_kind { TX_READ, TX_WRITE };

/*
 * Where the data is: "sqlite:PATH" or "postgres:CONNINFO" (libpq's key=value
 * form).  A missing SQLite file is made.  The schema is not touched: see
 * store_migrate().  ERR_IO "store.open", ERR_CORRUPT "store.corrupt".
 */
err store_open(struct heap *h, struct arena *a, str where, struct store **out);
void store_close(struct store **s);

/* Bring the schema to the newest version, in one transaction a step.
 * ERR_CORRUPT "store.newer" when a newer program made it. */
err store_migrate(struct store *s, struct arena *a);

/* The engine's own consistency check; ERR_CORRUPT "store.corrupt". */
err store_integrity(struct store *s, struct arena *a);

/* `a` serves the tx: errors and texts read through it live there. */
err tx_begin(struct store *s, struct arena *a, enum tx_kind kind,
             struct tx **out);

/* On success *tx becomes NULL.  On failure it is still open; let it drop. */
err tx_commit(struct tx **tx);

/* For scoped(): rolls back whatever is still open. */
void tx_abort(struct tx **tx);

/* A part of a write tx that can be undone alone; not nested. */
err tx_savepoint(struct tx *tx);
err tx_release(struct tx *tx);
err tx_undo(struct tx *tx);

struct arena *tx_arena(struct tx *tx);

err query_begin(struct tx *tx, enum sql which, struct query **out);
void query_end(struct query **q);

/* $1 is n = 1.  Bytes are borrowed until the query ends. */
void query_bind_str(struct query *q, int n, str value);
void query_bind_bytes(struct query *q, int n, const void *p, size_t size);
void query_bind_id(struct query *q, int n, id value);
void query_bind_hash(struct query *q, int n, const struct hash *value);
void query_bind_int(struct query *q, int n, int64_t value);
void query_bind_null(struct query *q, int n);

/* Step to the next row; *found is false after the last. */
err query_next(struct query *q, bool *found);

/* Step to the only row; ERR_NOT_FOUND "store.missing" if there is none. */
err query_one(struct query *q);

/* Run a statement that changes rows, however many. */
err query_run(struct query *q);

/* The same; ERR_CONFLICT "store.changed" unless it changed exactly one. */
err query_change_one(struct query *q);

/* Columns count from 0.  Texts are copied into `a`. */
str query_str(struct query *q, struct arena *a, int column);
str query_bytes(struct query *q, struct arena *a, int column);
id query_id(struct query *q, int column);
struct hash query_hash(struct query *q, int column);
int64_t query_int(struct query *q, int column, int64_t lo, int64_t hi);
day query_day(struct query *q, int column);
bool query_null(struct query *q, int column);

/* What reading the row ran into, if anything; call it after the last column. */
err query_done(struct query *q);

#endif
