#ifndef SERVICE_RECORDS_SHEET_H
#define SERVICE_RECORDS_SHEET_H

/*
 * records_sheet -- what a file of service records came to, so that a third
 * person can count it again: the file's SHA-256, what was said of it, the
 * terms, the program, and every figure. [M3] [M27]
 *
 *   [RT1] A sheet is a JSON document (records_json.h), canonical, with a proof
 *         inside where a body signed it (verify/data_integrity.h).
 *   [RT2] Whoever has the sheet and the file counts again with the sheet's own
 *         mapping and terms, and finds the same or where it differs.
 *   [RT3] No person is in it: figures by person stay out, and so do those who
 *         have more than others; no cell of a customer is kept.
 *
 *     { "type": "TenstarRecordSheet", "program": "0.1.0", "made": DAY,
 *       "issuer": DID, "name": FILE, "file": { "size", "sha256" },
 *       "asked": { .. }, "read": { .. }, "figures": { .. },
 *       "by_month": [..], "by_outlet": [..], "by_product": [..],
 *       "by_trade": [..], "proof": { .. } }
 */

#include "service/records.h"

#include "base/hash.h"

struct json;

enum { SHEET_BYTES_MAX = 64 << 20 };

/* "service.csv" of "records/2026/service.csv": who makes a sheet may know where
 * the file lies, who reads it need not. [RT3] */
str sheet_file_name(str name);

/* What somebody asked of a file: all that a sheet keeps of it. */
struct sheet_asked {
    str map;     /* the mapping's text; or empty */
    str sheet;   /* of a workbook; or empty */
    str week;    /* as week_parse() takes it; empty: week_usual */
    str against; /* as against_parse() takes it */
    enum column_events events;
    struct records_terms
        terms; /* without week, calendar, screens and against */
};

/* Who made it. */
struct sheet_maker {
    str program;
    str issuer; /* a DID; empty: nobody signs */
    day made;
};

/* SHA-256 and size of a file.  Errors of file_err(), source_check() and the
 * reader. */
struct sheet_file {
    struct hash sha256;
    uint64_t size;
};
err sheet_file(struct arena *a, const struct source_from *from,
               struct sheet_file *out);

/* As sheets and notes have it: {"size", "sha256"}.  ERR_MEMORY. */
err sheet_file_json(struct arena *a, const struct sheet_file *file,
                    struct json **out);

/* The sheet of a file, not signed.  Of `in` the file, name, workers and watch
 * count.  Errors of records_open() and records_figures(). */
err sheet_make(struct arena *a, struct heap *h, const struct records_input *in,
               const struct sheet_asked *asked, const struct sheet_maker *by,
               struct json **out);

/* The same of what was counted already, with the file's hash and size known.
 * ERR_MEMORY. */
struct sheet_counted {
    str name;
    struct sheet_file hash;
    const struct records_file *file;
    const struct records_figures *figures;
};
err sheet_write(struct arena *a, const struct sheet_counted *c,
                const struct sheet_asked *asked, const struct sheet_maker *by,
                struct json **out);

/* What was asked, as a sheet has it; and back: ERR_INVALID
 * "records.sheet_field" (name, field). */
err sheet_asked_json(struct arena *a, const struct sheet_asked *asked,
                     struct json **out);
err sheet_asked_read(struct arena *a, str name, const struct json *asked,
                     struct sheet_asked *out);

/* What a sheet says was asked, and by whom it was made.  ERR_INVALID
 * "records.no_sheet" (name) when it is none, "records.sheet_field" (name,
 * field). */
err sheet_read(struct arena *a, str name, const struct json *sheet,
               struct sheet_asked *asked, struct sheet_maker *by);

/* Where two sheets differ: "file.sha256", but for the proof; empty when they
 * do not. */
err sheet_differs(struct arena *a, const struct json *sheet,
                  const struct json *again, str *place);

#endif
