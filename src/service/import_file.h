#ifndef SERVICE_IMPORT_FILE_H
#define SERVICE_IMPORT_FILE_H

/*
 * import_file -- a file of certificates, row by row: a table as text (CSV, with
 * tabs or semicolons, in UTF-8, GB18030 or UTF-16), a workbook (.xlsx), or JSON
 * lines.
 *
 *   [IF1] What it is, it says itself: a workbook by its first bytes, JSON lines
 *         by a brace, a table by its columns.  A table's header may stand below
 *         titles and name its columns in Chinese or English (domain/import.h);
 *         an object's members are named as those columns are.
 *   [IF2] Columns that say nothing of a certificate are passed over and told.
 *   [IF3] Rows keep the line they begin on, of a workbook its row.  Empty rows
 *         are no rows.
 *   [IF4] The file's SHA-256 is of its bytes as they lie on disk.  A file that
 *         is changed while it is read is an error (records_source.h [RS7]).
 */

#include "base/err.h"
#include "codec/record.h"
#include "domain/import.h"
#include "service/records_pass.h"
#include "service/records_source.h"

struct arena;
struct heap;
struct import_file;

struct import_from {
    struct file_ops *files; /* borrowed */
    str path;
    str sheet; /* of a workbook; empty: that with the most rows */
};

/*
 * Errors of source_begin(); ERR_INVALID with `name`: "import.charset",
 * "import.empty", "import.no_header", "import.array" (JSON, but no lines of
 * it), "import.columns" (missing, found), "import.column_twice" (first, second,
 * column), "import.column_either" (likewise), "import.column_vague" (first,
 * columns).
 * `a` and `h` outlive it.
 */
err import_file_open(struct arena *a, struct heap *h,
                     const struct import_from *from, struct import_file **out);
void import_file_end(struct import_file **f); /* takes NULL */

struct hash import_file_hash(const struct import_file *f);

/* Names of the columns that are passed over, as str. [IF2] */
struct list import_file_unused(const struct import_file *f);

/* How far it is read. */
struct records_progress import_file_progress(struct import_file *f);

struct import_line {
    int64_t line;              /* from 1 */
    str cells[IMPORT_COLUMNS]; /* until the next call */
    err why; /* it cannot be read as a row at all: "csv.*", "json.*",
                "import.fields" (count, most), "import.json_object",
                "import.json_value" (key), "import.json_twice" (key),
                "import.json_either" (first, second, column),
                "import.json_vague" (first, columns); in `a` */
};

/* The next row; *found is false after the last.  Errors of source_begin(). */
err import_file_next(struct import_file *f, struct arena *a,
                     struct import_line *out, bool *found);

#endif
