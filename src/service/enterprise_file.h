#ifndef SERVICE_ENTERPRISE_FILE_H
#define SERVICE_ENTERPRISE_FILE_H

/*
 * enterprise_file -- a table of enterprises, with tabs or commas, into rows.
 *
 * The first row names the columns: name, uscc, registered (ISO date) and
 * scope are needed, province and city are taken where they are there.
 *
 *   [EF1] A bad row is named by line and reason and left out; the others are
 *         taken.
 *   [EF2] The second row with a code that was there already is a bad row.
 */

#include "store/enterprises.h"

struct bad_row {
    int64_t line;
    err why; /* ERR_INVALID "registry.*", "csv.*", "enterprise_file.*" */
};

struct enterprise_file {
    struct enterprise_row *rows; /* ids not set */
    size_t n;
    struct bad_row *bad;
    size_t bad_count;
};

/* ERR_INVALID "enterprise_file.column" (name) when a needed column is missing,
 * "enterprise_file.empty". */
err enterprise_file_read(struct arena *a, str text, day today,
                         struct enterprise_file *out);

#endif
