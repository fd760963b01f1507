#ifndef SERVICE_RECORDS_HELD_PARTS_H
#define SERVICE_RECORDS_HELD_PARTS_H

/* records_held_parts -- what the files of service/records_held*.c have in
 * common: everyone else includes service/records_held.h. */

#include "service/records_held.h"
#include "service/records_held_box.h"
#include "service/records_held_desk.h"

enum {
    HELD_WORK_ARENA = 64 << 20,
    HELD_NAMES_MAX = 1 << 20, /* bytes of a table's column names */
};

/* A file's row, of this case.  ERR_NOT_FOUND "records.held_missing". */
err held_find(struct app *app, struct arena *a, const struct held_of *of,
              id file, struct held_row_of *out);

/* ERR_DENIED "records.not_yours". */
err held_check_right(struct arena *a, const struct held_of *of);

/* ERR_CONFLICT "records.held_at": where the file is not whole yet. */
err held_check_whole(struct arena *a, const struct held_row_of *row);

/* How a file is counted of which nobody said anything. */
struct sheet_asked held_usual(void);

/* As the row has it. */
err held_asked_write(struct arena *a, const struct sheet_asked *asked,
                     str *out);
err held_asked_read(struct arena *a, str name, str text,
                    struct sheet_asked *out);

/* The names of its columns, to compare. [RH6] */
err held_columns(struct arena *a, const struct records_file *file, str *out);

/* What a row says how to count it. */
struct records_input held_input(const struct held_row_of *row,
                                const struct sheet_asked *asked,
                                struct held_reader *reader);

/* Row and key go, then the bytes. [RH2] */
err held_remove(struct app *app, struct arena *a, id file);

#endif
