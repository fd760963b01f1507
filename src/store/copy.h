#ifndef STORE_COPY_H
#define STORE_COPY_H

/*
 * copy -- the rows of every table, as bytes that are the same on both engines:
 * for backups, and for moving from one engine to the other.
 *
 *   [CP1] No table and no column is left out: the statements are made from the
 *         schema (tools/sqltables.py).  Only that of the schema's own steps is
 *         not copied, for store_migrate() makes it.
 *   [CP2] A row is the values of its columns, those of its key first: a byte
 *         that says the type, then
 *             0  NULL
 *             1  a whole number, 8 bytes, the greatest first
 *             2  a text, or
 *             3  bytes, each after its length in 4 bytes
 *         so that equal rows are equal bytes and nothing else is.
 *   [CP3] Rows come in the order of their keys, as the engine sorts them, which
 *         is the same on both: texts and bytes by their bytes.
 *   [CP4] Tables that refer to others come after them.
 */

#include "store/store.h"

enum { COPY_TABLES = SQL_TABLES };

/* The name of table 0..COPY_TABLES - 1. */
str copy_table_name(int table);

/* The number of the schema's last step, which says what columns there are. */
int32_t copy_schema(const struct tx *tx);

/* Each row of a table; `row` is borrowed until it returns. */
typedef err copy_row(void *context, str row);
err copy_read(struct tx *tx, int table, copy_row *each, void *context);

/* Put a row in.  ERR_CORRUPT "copy.row" (table): the bytes are none [CP2];
 * ERR_CONFLICT "store.constraint". */
err copy_write(struct tx *tx, int table, str row);

/* After the last row: numbers that the engine gives out go on behind those that
 * were put in. */
err copy_finish(struct tx *tx);

#endif
