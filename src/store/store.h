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
 *   [ST2] After tx_commit() returned OK the data survives a crash.  After it
 *         failed, either all of the tx is there or nothing; which of the two
 *         may only show when the disk or the server is back.
 *   [ST3] A read tx sees one moment; a write tx is alone (SQLite: BEGIN
 *         IMMEDIATE; PostgreSQL: SERIALIZABLE, ERR_BUSY asks for a retry).
 *   [ST4] The same statements run on both engines; a test prepares each one
 *         on both after every migration.
 *   [ST5] After the engine refused a statement the tx is broken: everything
 *         fails with the same error until tx_undo() or tx_abort().  (That is
 *         PostgreSQL's rule; SQLite is held to it.)
 *   [ST6] Texts are UTF-8 without NUL; they sort, and LIKE compares, by their
 *         bytes; days, counts, ids and hashes are bigint and bytes: so both
 *         engines keep and find the same.
 *
 * Engine failures, wherever they come up, are: ERR_BUSY "store.busy",
 * ERR_CONFLICT "store.constraint" (a rule of the schema), ERR_LIMIT
 * "store.too_big", ERR_CORRUPT "store.corrupt", ERR_INVALID "store.text",
 * ERR_IO "store.io", "store.full" (disk), "store.lost" (connection; the next
 * tx_begin() connects anew) and "store.unknown" (connection lost while
 * committing: see [ST2]).
 *
 * Threads: a store is used by one thread at a time; open one per thread.
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

enum {
    STORE_VALUE_MAX = 1 << 28, /* bytes of one text or blob */
    STORE_WAIT_MS = 5000,      /* see store_wait() */
    STORE_PAGE_MAX = 1000,     /* rows a list function gives at once */
    STORE_ROOM = 8 << 20,      /* see tx_room() */
    TX_PART_MAX = 256 << 20,   /* bytes of a part's arena, see tx_apart() */
};

/*
 * Where the data is: "sqlite:PATH" or "postgres:CONNINFO" (libpq's key=value
 * form).  A missing SQLite file is made.  The schema is not touched: see
 * store_migrate().  `h` serves the store as long as it is open, `a` errors.
 * ERR_INVALID "store.where" (where), ERR_IO "store.open" (where, detail),
 * ERR_CORRUPT "store.corrupt".
 */
err store_open(struct heap *h, struct arena *a, str where, struct store **out);

/* Takes NULL; sets *s to NULL.  No tx may be open. */
void store_close(struct store **s);

/*
 * Bring the schema to the newest version, one transaction a step; safe when
 * several programs start at once.  ERR_CORRUPT "store.newer" (found, known)
 * when a newer program made it, "store.step_changed" (number, name) when a
 * step that was run is not the one we know.
 */
err store_migrate(struct store *s, struct arena *a);

/* The engine's own consistency check, outside a tx; reads everything.
 * ERR_CORRUPT "store.corrupt". */
err store_integrity(struct store *s, struct arena *a);

/* Is the database in this process, so that there is no connection to lose? */
bool store_embedded(const struct store *s);

/* How long to wait for a lock of somebody else before ERR_BUSY, 0..;
 * STORE_WAIT_MS at birth. */
err store_wait(struct store *s, struct arena *a, int32_t millis);

/* `a` serves the tx: its errors live there. */
err tx_begin(struct store *s, struct arena *a, enum tx_kind kind,
             struct tx **out);

/* On success *tx becomes NULL.  On failure it is still open; let it drop. */
err tx_commit(struct tx **tx);

/* For scoped(): rolls back whatever is still open. */
void tx_abort(struct tx **tx);

/* A part of a write tx that can be undone alone; not nested.  Undoing mends
 * a broken tx [ST5]; when undoing fails, the whole tx is lost. */
err tx_savepoint(struct tx *tx);
err tx_release(struct tx *tx);
err tx_undo(struct tx *tx);

/*
 * What was read in an earlier write tx of this store still holds in this one,
 * but for what txs of this store wrote themselves, as long as the number stays
 * the same: all of them were committed, and nobody else changed the database.
 * On PostgreSQL, which does not tell what others do, it is another in every tx.
 */
err tx_stretch(struct tx *tx, int64_t *out);

/* How many statements that write, and locks, this tx has seen; -1: it is
 * broken [ST5].  Who finds the number of before has nothing to undo. */
int64_t tx_writes(const struct tx *tx);

/*
 * How many bytes of an embedded database the store of this write tx may keep in
 * memory from now on, in this tx and those that follow; STORE_ROOM at birth.
 * For works that write all over a table: what they change again is then neither
 * fetched nor written again each time.  On the disk the write-ahead log may
 * have four times as much.  A server of its own keeps what it likes.
 */
err tx_room(struct tx *tx, int64_t bytes);

struct arena *tx_arena(struct tx *tx);

/* Let `a` serve the tx from now on; returns the one before.  No query may be
 * open. */
struct arena *tx_use_arena(struct tx *tx, struct arena *a);

/*
 * A part of a long reading, in an arena of its own under the tx, `a`: whatever
 * it takes from there is given back after it, so that a table of any length
 * fits.  Its error is kept in the tx's arena of before.  ERR_BUSY
 * "store.stopped" instead of the part, once the flag given to tx_watch() is
 * true.  Parts may have parts.
 */
typedef err tx_part(struct tx *tx, struct arena *a, void *context);
err tx_apart(struct tx *tx, tx_part *part, void *context);

/* `stop` is looked at before every part from now on; NULL: none. */
void tx_watch(struct tx *tx, const _Atomic bool *stop);

/*
 * Be the only one in the world to hold `key` until the tx ends; *got is false
 * when somebody else holds it.  In SQLite a write tx is alone anyway.
 */
err tx_lock(struct tx *tx, int64_t key, bool *got);

/* Statements that write need a write tx.  Ended by query_end() before the tx
 * ends; any number may be open at once. */
err query_begin(struct tx *tx, enum sql which, struct query **out);
void query_end(struct query **q);

/* $1 is n = 1; every parameter is bound, once.  Bytes are borrowed until the
 * query ends. */
void query_bind_str(struct query *q, int n, str value);
void query_bind_bytes(struct query *q, int n, const void *p, size_t size);
void query_bind_id(struct query *q, int n, id value);
void query_bind_hash(struct query *q, int n, const struct hash *value);
void query_bind_int(struct query *q, int n, int64_t value);
void query_bind_null(struct query *q, int n);

/* For columns that may be NULL: DAY_NEVER, the zero id and the empty str are
 * bound as NULL. */
void query_bind_opt_day(struct query *q, int n, day value);
void query_bind_opt_id(struct query *q, int n, id value);
void query_bind_opt_str(struct query *q, int n, str value);

/* Step to the next row; *found is false after the last. */
err query_next(struct query *q, bool *found);

/* Step to the only row; ERR_NOT_FOUND "store.missing" (statement) if there is
 * none. */
err query_one(struct query *q);

/* Run a statement that changes rows, however many. */
err query_run(struct query *q);

/* The same, and say how many it changed. */
err query_change(struct query *q, int64_t *changed);

/* The same; ERR_CONFLICT "store.changed" (statement) unless it changed exactly
 * one. */
err query_change_one(struct query *q);

/* Columns count from 0.  Texts are copied into `a`.  A column of another type,
 * NULL, or a number outside lo..hi is ERR_CORRUPT "store.column" (statement,
 * column), and the value read is zero or empty. */
str query_str(struct query *q, struct arena *a, int column);
str query_bytes(struct query *q, struct arena *a, int column);
id query_id(struct query *q, int column);
struct hash query_hash(struct query *q, int column);
int64_t query_int(struct query *q, int column, int64_t lo, int64_t hi);
day query_day(struct query *q, int column);
bool query_null(struct query *q, int column);

/* Of a row that people know by the text in `column`: what is wrong with it is
 * from now on ERR_CORRUPT "store.row" (statement, column, row). */
void query_name_row(struct query *q, int column);

/* NULL reads as DAY_NEVER, the zero id and the empty str. */
day query_opt_day(struct query *q, int column);
id query_opt_id(struct query *q, int column);
str query_opt_str(struct query *q, struct arena *a, int column);

/* What reading the row ran into, if anything; call it after the last column. */
err query_done(struct query *q);

/* The same, and forget it: the rows that follow are read as if nothing had
 * been.  For lists that leave out what cannot be read. */
err query_row_done(struct query *q);

#endif
