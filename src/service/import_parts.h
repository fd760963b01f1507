#ifndef SERVICE_IMPORT_PARTS_H
#define SERVICE_IMPORT_PARTS_H

/* import_parts -- inside the service room: what the files of register_import
 * share. */

#include "base/arena.h"
#include "base/buf.h"
#include "merkle/tree.h"
#include "service/register_import.h"
#include "store/imported.h"

/* A row of the file that was read and is sound by itself. */
struct import_entry {
    struct import_row row;
    int64_t line;
    struct hash leaf; /* of its canonical text */
    err why;          /* it is taken otherwise; OK: it went in or was known */
};

/* Rows of the file that go in together. */
struct import_batch {
    struct arena arena;  /* of all there is in it */
    struct list entries; /* of struct import_entry, by line */
    size_t room;
    struct list refused; /* of struct import_refusal, by themselves; by line */
    size_t refused_room;
    int64_t refused_rows;
    int64_t rows; /* of the file, the refused ones too */
    int64_t line; /* of the last of them */
    bool ended;   /* no row of the file comes after it */
};

void import_batch_begin(struct import_batch *b, struct heap *h);
void import_batch_end(struct import_batch *b);

/* --- reading ------------------------------------------------------------ */

enum { IMPORT_SCHEMES = 16, IMPORT_SCHEME_NAME = 40 };

/* A package that rows name; NULL: there is none of that name. */
struct import_scheme {
    char name[IMPORT_SCHEME_NAME];
    size_t n;
    const struct scheme *scheme;
};

/* A reading of the file. */
struct import_reader {
    struct app *app;
    const struct import_order *order;
    struct import_file *file;
    int64_t part;   /* the newest of its chunks that is in [RI3]; 0: none */
    int64_t after;  /* rows up to this line were seen to then */
    int64_t before; /* so many are passed over for it */
    struct import_line line; /* the next row, if there is one ahead */
    bool ahead;
    struct arena line_arena; /* of its error, and of what reading runs into */
    struct import_scheme schemes[IMPORT_SCHEMES];
    size_t scheme_n;
    struct buf text; /* of one row */
    struct arena text_arena;
};

/* End it with import_reader_end(), also when it failed. */
err import_reader_begin(struct app *app, struct arena *a,
                        const struct import_order *order,
                        struct import_reader *out);
void import_reader_end(struct import_reader *r);

/* The next rows of a chunk, or as many as there are, into a batch that was
 * begun and may have been filled before. */
err import_batch_fill(struct import_reader *r, struct import_batch *b);

/* Tell the watch how far it is; false: stop. */
bool import_go_on(struct import_reader *r);

/* Tell of all that is refused in a batch, by line. */
err import_tell(const struct import_order *order, const struct import_batch *b);

/* --- against the register ----------------------------------------------- */

/* The row as the store has it, but for its place; and back. */
struct imported_row import_stored(const struct import_row *row);

struct import_row import_row_of(const struct imported_row *r);

/* The row's number is taken: why it is refused; OK: it is in as it is. [RI4]
 * `file` is the one that the row is of. */
err import_taken(struct tx *tx, struct arena *a, const struct import_row *row,
                 const struct hash *file, err *why);

/* What an event says of a chunk, as the store has it. */
struct imported_chunk import_chunk_row(const struct import_chunk *c);

/* Look through the whole file and tell what would be refused; nothing is
 * written. */
err import_look(struct app *app, struct arena *a,
                const struct import_order *order, struct import_counts *out);

#endif
