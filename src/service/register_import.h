#ifndef SERVICE_REGISTER_IMPORT_H
#define SERVICE_REGISTER_IMPORT_H

/*
 * register_import -- certificates of other bodies, or of before Tenstar, go
 * from a file into the register. [M24] [M25]
 *
 *   [RI1] A row that is sound goes in; one that is not is refused and told,
 * with its line, its column, why and what would be right.  Strictly: when one
 *         is refused none goes in.
 *   [RI2] Rows go in by chunks of IMPORT_CHUNK rows of the file, or of as many
 *         as the order says, each in a transaction of its own with one event
 *         and one entry of the log, which name the file's SHA-256, the rows
 *         from and to, and the root of the Merkle tree over their canonical
 *         texts (domain/import.h [IP4]).
 *   [RI3] A file that broke off goes on where it broke off; one that is in
 *         whole changes nothing.  What was refused before is told no more.
 *   [RI4] A certificate that is in already as the row says it is known, and not
 *         refused; one that the register says otherwise is refused: nothing
 * that stands in it is changed. [RI5] Whoever issues certificates may do it,
 * and administrators. [RI6] Memory is bounded by a chunk.
 */

#include "auth/session.h"
#include "service/app.h"
#include "service/import_file.h"

/* What was refused. */
struct import_refusal {
    int64_t line;
    enum import_column column; /* IMPORT_COLUMNS: the row as a whole */
    str number; /* of the certificate, as far as it can be read */
    err why;
};

/* Told of each, in the order of the file; an error of its ends the import. */
struct import_listener {
    err (*refused)(struct import_listener *l, const struct import_refusal *r);
};

struct import_order {
    struct import_from from;
    const struct session *who;
    day today;
    bool strict;                      /* [RI1] */
    bool only_check;                  /* nothing goes in, whatever it is */
    int64_t at_once;                  /* rows in a chunk, 1..IMPORT_CHUNK; 0:
                                         IMPORT_CHUNK */
    struct records_watch *watch;      /* told after every chunk; NULL: nobody */
    struct import_listener *listener; /* NULL: nobody */
};

struct import_counts {
    struct hash file;
    int64_t rows;    /* of the file; of them */
    int64_t before;  /* an earlier run had seen to these [RI3], */
    int64_t put;     /* these went in, */
    int64_t known;   /* these were in already [RI4], */
    int64_t refused; /* and these are refused */
    int64_t chunks;  /* that went in */
    int64_t first;   /* row of the register; 0: none went in */
    int64_t last;
    struct list unused; /* of str: columns that were passed over */
};

/*
 * Errors of import_file_open() and import_file_next(); ERR_DENIED
 * "import.denied"; ERR_REFUSED "import.strict" (refused) after *out was filled
 * in, "records.stopped" when the watch says so; ERR_CONFLICT "import.elsewhere"
 * when somebody else imports the same file meanwhile.
 */
err register_import(struct app *app, struct arena *a,
                    const struct import_order *order,
                    struct import_counts *out);

#endif
