#ifndef SERVICE_REGISTER_EXPORT_H
#define SERVICE_REGISTER_EXPORT_H

/*
 * register_export -- the whole register as a table: the body's own certificates
 * by number, then those that files brought, in the order in which they came.
 *
 *   [RE1] What is exported can be imported elsewhere (register_import.h): the
 *         columns are those of domain/import.h, under their names.
 *   [RE2] It is one moment of the register.  Statuses are those of `today`,
 *         expiry counted in.
 *   [RE3] Memory is bounded, but for a workbook, which passes through it whole
 *         and has at most EXPORT_BOOK_MOST rows.
 *   [RE4] Only what the public may know (lookup.h [LU1]).
 */

#include "service/app.h"

enum export_form { EXPORT_CSV, EXPORT_JSONL, EXPORT_XLSX, EXPORT_FORMS };

extern const char *const export_form_names[EXPORT_FORMS + 1]; /* NULL-ended */

enum { EXPORT_BOOK_MOST = 200000 };

/* Where the bytes go, part by part. */
struct export_sink {
    err (*put)(struct export_sink *s, str bytes);
};

/* *rows is how many.  Errors of the sink; ERR_LIMIT "export.book" (most). */
err register_export(struct app *app, struct arena *a, enum export_form form,
                    day today, struct export_sink *sink, int64_t *rows);

#endif
