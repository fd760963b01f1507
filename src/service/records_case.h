#ifndef SERVICE_RECORDS_CASE_H
#define SERVICE_RECORDS_CASE_H

/*
 * records_case -- the sheets of service records among a case's documents, and
 * what they say of its figures and sampled indicators. [M3] [M9] [M27]
 *
 *   [RK1] A document is a sheet by what its file was kept as (file_type.h).
 *         What it says is read from the file, never from who added it.
 *   [RK2] A sheet that this body signed is checked against the body's keys.
 *         One that others signed is not: their keys are asked for where it is
 *         counted again (`tenstar records verify`).
 *   [RK3] A sheet covers what the scheme asks for when its own period does, by
 *         the rule of the requirement that it was added for.
 *   [RK4] What a figure is taken from is the newest sheet that stands in the
 *         case, says it, covers, and has no broken signature; where none
 *         covers, the newest of the others, and that is said.
 *   [RK5] No person is in it.
 */

#include "base/statistics.h"
#include "service/cases.h"

struct json;
struct scheme;

enum {
    CASE_SHEETS_MAX = 12, /* newest first; older ones are left out */
    CASE_SHARES_MAX = 32,
};

enum sheet_signer {
    SHEET_UNSIGNED,
    SHEET_OURS,     /* by this body, and it holds */
    SHEET_STRANGER, /* by somebody else: not checked here [RK2] */
    SHEET_BROKEN,   /* by this body, it says, and it does not hold */
};
extern const char *const sheet_signer_names[]; /* NULL-ended */

/* k of n, by its name in the sheet. */
struct case_share {
    str name;
    int64_t k;
    int64_t n;
};

struct case_sheet {
    const struct document *document; /* as the case has it */
    day added;
    bool current;  /* it stands in the case: no other took its place */
    str file_name; /* of the file that was counted, as the sheet has it .. */
    str file;      /* .. and its SHA-256, hexadecimal */
    str program;
    str issuer; /* empty: nobody signed */
    enum sheet_signer signer;
    day made;
    day from; /* of the period */
    day to;
    bool covers;                     /* [RK3] */
    enum lack why;                   /* where it does not */
    const struct case_share *shares; /* those that are of something */
    size_t share_count;
};

/*
 * The sheets of a case as it was loaded, newest first, as struct case_sheet.
 * A file that is no sheet any more -- somebody else's program wrote it, or it
 * was kept under a wrong type -- is left out.  ERR_CORRUPT as
 * cases_file_bytes().
 */
err records_case(struct app *app, struct arena *a, const struct case_file *file,
                 struct list *out);

/* What a sheet says of `name` (scheme.h, scheme_record_names); NULL: nothing,
 * as of an empty name. */
const struct case_share *case_sheet_share(const struct case_sheet *sheet,
                                          str name);

/* [RK4]; NULL: none says it. */
const struct case_sheet *records_case_best(const struct list *sheets, str name);

/* The sheet that is this document; NULL: none. */
const struct case_sheet *records_case_sheet(const struct list *sheets,
                                            const struct hash *blob);

/* What k of n say of a level's gate about figure `at`: that of the level wanted
 * if it has one, else of the lowest level that has; false: none has. */
bool records_case_verdict(const struct state *s, size_t at,
                          const struct case_share *share,
                          enum rate_verdict *out);

/* A sheet that says it is this body's and is not, or was altered since, is not
 * taken into a case: ERR_INVALID as sealed_check().  Other files may. */
err records_case_takes(struct app *app, struct arena *a, str media_type,
                       str bytes);

#endif
