#ifndef SERVICE_BATCH_WRITE_H
#define SERVICE_BATCH_WRITE_H

/*
 * batch_write -- the answers of a batch as a file to work on with. [M24]
 *
 *   [BW1] Workbook and CSV have one row each row of the table, in its order,
 *         the same columns and words; the workbook has a second sheet that says
 *         what the words mean, whose register it was and when.
 *   [BW2] What somebody wrote stays a text wherever it is opened: cells of the
 *         workbook are texts (excel.h [EX1]), fields of the CSV that begin like
 *         a formula are made harmless (csv.h [CS5]).
 *   [BW3] JSON is canonical (RFC 8785): {"batch": {..}, "results": [{..}]}.
 *         Nothing in it depends on a language.
 *   [BW4] The same answers give the same bytes.
 */

#include "service/batch.h"
#include "text/text.h"

struct heap;

enum batch_form { BATCH_XLSX, BATCH_CSV, BATCH_JSON, BATCH_FORMS };

/* "xlsx", "csv", "json": also what the files' names end with. */
extern const char *const batch_form_names[BATCH_FORMS + 1];

/* The media type of such a file. */
str batch_form_type(enum batch_form form);

/* The whole file, of at most BATCH_OUT_MAX bytes; `h` serves meanwhile.
 * ERR_LIMIT "buf.limit"; errors of excel_write(). */
enum { BATCH_OUT_MAX = 256 << 20 };
err batch_write(struct arena *a, struct heap *h, enum lang lang,
                const struct batch *b, enum batch_form form, str *out);

/* BATCH_JSON of it. */
err batch_json(struct arena *a, struct heap *h, const struct batch *x,
               str *out);

/* Catalogue ids: of a verdict, what it means, and of a match. */
const char *batch_verdict_id(enum batch_verdict v);
const char *batch_meaning_id(enum batch_verdict v);
const char *batch_match_id(enum batch_match m);

/* What is to be said beside a row, or empty: that its number stood before, the
 * main certificate, the certificate's other name, why it cannot be read. */
err batch_note(struct arena *a, enum lang lang, const struct batch_answer *x,
               str *out);

/* "A1, A2": the near numbers. */
err batch_near_text(struct arena *a, const struct batch_answer *x, str *out);

#endif
