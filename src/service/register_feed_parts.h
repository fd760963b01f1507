#ifndef SERVICE_REGISTER_FEED_PARTS_H
#define SERVICE_REGISTER_FEED_PARTS_H

/*
 * register_feed_parts -- inside the service room: a turn of register_feed.c,
 * and what it puts of one certificate (register_feed_put.c).
 */

#include "register/book.h"
#include "service/register_feed.h"

struct imported_row;

/* Before the day and the number in the keys of answers that are due. */
enum { FEED_DUE_HEAD = 3 + 4 };

/* A turn on its way. */
struct feeding {
    struct register_feeder *of;
    struct app *app;
    struct book *book;
    struct arena *a;
    struct tx *tx;
    day today;
    bool making;
    bool unreadable;            /* what was packed last cannot be read */
    struct book_writer *writer; /* NULL: between two commits */
    struct press *press;        /* by what the book has learnt */
    struct register_turn made;
};

/* The key under which an answer that knows no day after `over` is due, in the
 * tx's arena. */
err feed_due_key(struct feeding *f, day over, str number, str *out);

/* A certificate, its sub-certificates and the one it renews; one that a file
 * brought.  While something is written. */
err feed_number(struct feeding *f, str number);
err feed_row(struct feeding *f, const struct imported_row *row);

#endif
