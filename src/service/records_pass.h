#ifndef SERVICE_RECORDS_PASS_H
#define SERVICE_RECORDS_PASS_H

/*
 * records_pass -- one reading of a file of service records by several workers.
 *
 *   [PA1] Whoever asked is told how far it is: when it begins, then in every
 *         interval, and when it is over; and may stop it.
 *   [PA2] When it returns, no worker works any more.
 *   [PA3] One worker without anybody to be told works in the thread that asks.
 */

#include "base/err.h"
#include "base/str.h"
#include "records/layout.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct heap;
struct source;

enum {
    PASS_WORKERS_MAX = 16,
    PASS_INTERVAL = 200, /* milliseconds between two tellings */
};

/* How far a reading is. */
struct records_progress {
    uint64_t lines; /* read so far */
    uint64_t bytes;
    uint64_t size; /* bytes of the file; 0: nobody knows */
};

/* Who is told; false stops the reading. */
struct records_watch {
    bool (*tell)(struct records_watch *w, const struct records_progress *p);
};

/* A part of the file for a worker: whole rows of UTF-8. */
struct pass_part {
    str text;
    str raw;        /* the same as it stands in the file */
    uint64_t at;    /* where that begins */
    uint64_t lines; /* line ends before it */
};

struct pass {
    struct source *source; /* borrowed, as all */
    enum layout_charset charset;
    struct records_watch *watch; /* NULL: nobody */
    size_t workers;              /* 1..PASS_WORKERS_MAX */
    void *const *each;           /* what each of them works on */
    /* False when there is no memory. */
    bool (*feed)(void *mine, const struct pass_part *part);
};

/* Processors that may work, 1..PASS_WORKERS_MAX. */
size_t pass_processors(void);

/*
 * Read all.  *replaced gets the bytes that were no characters of the file's
 * encoding.  ERR_REFUSED "records.stopped"; errors of file_err() and of
 * charset_begin(); ERR_BUSY "records.threads" when no thread can be had.
 */
err pass_run(struct arena *a, struct heap *h, const struct pass *p,
             uint64_t *replaced);

#endif
