#ifndef SERVICE_RECORDS_HELD_BOX_H
#define SERVICE_RECORDS_HELD_BOX_H

/*
 * records_held_box -- the bytes of a file that is held, on disk: in boxes of
 * HELD_BOX bytes each, the last one with what is left over. [RH1]
 *
 *   DIR/held/ID/00000000      bytes 0..HELD_BOX - 1, sealed (crypto/secret.h)
 *
 *   [HB1] A box is sealed for its file and its number: it opens in no other
 *         place.
 *   [HB2] Only as many bytes count as the file's row says: what a crash left
 *         behind them is not looked at, and written over by what comes next.
 *   [HB3] Boxes come before the row that counts them, and go after it.
 */

#include "crypto/secret.h"
#include "service/app.h"
#include "service/records_source.h"
#include "store/held.h"

enum {
    HELD_BOX = 4 << 20,
    HELD_BOX_NAME = 8,
    HELD_BOX_ROOM = HELD_BOX + SECRET_EXTRA_BYTES + 1, /* .. it is too long */
};

/* Where a file's boxes lie, and what opens them. */
struct held_boxes {
    struct app *app;
    id file;
    uint8_t key[SECRET_KEY_BYTES];
    str folder; /* in the arena they were opened with */
};

/* With a key that is drawn; *sealed gets it in its box, for the row. */
err held_boxes_new(struct app *app, struct arena *a, id file,
                   struct held_boxes *out, str *sealed);

/* Those of a row.  ERR_CORRUPT "secret.altered". */
err held_boxes_open(struct app *app, struct arena *a,
                    const struct held_row_of *row, struct held_boxes *out);
void held_boxes_end(struct held_boxes *b); /* wipes the key */

/* Write bytes from `at` on, which is where those before them end.  Errors of
 * file_write(); ERR_CORRUPT as held_reader's. */
err held_boxes_add(const struct held_boxes *b, struct arena *a, int64_t at,
                   str bytes);

/* All of a file's, and what was half written; nothing happens when there are
 * none. */
err held_boxes_remove(struct app *app, struct arena *a, id file);

/* The files that lie there, as id, sorted. */
err held_boxes_list(struct app *app, struct arena *a, struct list *out);

/* Reads a file's boxes; for struct source_from.  ERR_CORRUPT
 * "records.held_damaged" (box): one is missing or too short; "secret.altered".
 */
struct held_reader {
    struct source_reader reader; /* first */
    struct held_boxes boxes;
    pthread_mutex_t lock;
    struct heap *heap;
    uint8_t *room;   /* for the box that was opened last; the desk's */
    uint64_t number; /* its number, */
    str plain;       /* and what was in it; empty: none was opened */
};
err held_reader_begin(struct app *app, struct arena *a,
                      const struct held_row_of *row, struct held_reader *out);
void held_reader_end(struct held_reader *r); /* a zeroed one may be ended */

#endif
