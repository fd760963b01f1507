#ifndef SERVICE_RECORDS_HELD_H
#define SERVICE_RECORDS_HELD_H

/*
 * records_held -- files of service records that were handed in with a case, for
 * as long as somebody works with them. [M3] [M14] [M26] [M27]
 *
 *   [RH1] A file lies on disk in boxes (crypto/secret.h) under a key of its
 *         own, which lies in a box under the installation's: names and
 *         telephone numbers of customers are nowhere in clear.
 *   [RH2] It goes HELD_DAYS after it came, or when whoever may hand in says so:
 *         its key first, then its bytes.  What stays is a signed sheet, where
 *         one was made of it (records_sheet.h).
 *   [RH3] It comes in pieces, in order, so that a line that breaks goes on
 *         where it was; what is not whole after HELD_ARRIVES hours goes.
 *   [RH4] Counting is a worker's: whoever looks is told how far it is and never
 *         waits for it.  What was counted is kept in memory, within bounds, and
 *         counted again when it is not there.
 *   [RH5] The enterprise sees figures and rows of its own files; what made-up
 *         records look like (records/screens.h) is for those who may read the
 *         working papers of an audit, and for nobody else.
 *   [RH6] The mapping and terms last used for an enterprise's file are where
 *         its next file begins, but for the period, where its columns have the
 *         same names.
 *   [RH7] Of what was counted the last HELD_KEPT files are kept, fewer where
 *         they have more than HELD_KEPT_TICKETS tickets together.
 *   [RH8] What could not be counted because of the machine is counted again
 *         when somebody asks.
 *   [RH9] Several may count at once, each a file.  Of large ones, of more than
 *         HELD_LARGE bytes, one is counted at a time, so that a small one waits
 *         for none of them where two count.
 *
 *   [RH10] What of a file is there is read ahead while the rest of it comes,
 *          of HELD_AHEAD files at once; nothing of that is said or kept.
 *   [RH11] All files together take no more of the disk than an administrator
 *          gave them (service/records_held_room.h).
 *
 * Threads: any.  Whoever counts (held_work) opened the installation for
 * writing.
 */

#include "service/cases.h"
#include "service/records.h"
#include "service/records_ready.h"
#include "service/records_sheet.h"

#include "base/hash.h"
#include "base/id.h"

enum {
    HELD_DAYS = 90,
    HELD_ARRIVES = 24,            /* hours */
    HELD_PIECE_MAX = 8 << 20,     /* bytes of a piece by the API */
    HELD_OF_CASE = 20,            /* files of a case at once */
    HELD_ROWS_MAX = 100,          /* of a look into the rows */
    HELD_ROWS_LOOK = 200000,      /* rows that one such look goes through */
    HELD_NAME_MAX = 255,          /* bytes of a file's name */
    HELD_AHEAD = 4,               /* [RH10] */
    HELD_KEPT = 8,                /* files, of what was counted [RH7] */
    HELD_KEPT_TICKETS = 20000000, /* 16 bytes each */
};

/* [RH9] What does not come by a form. */
#define HELD_LARGE (INT64_C(64) << 20)

/* Most bytes of a file: a hundred million rows of 160. */
#define HELD_BYTES_MAX (INT64_C(16) << 30)

/* Whose case, and who asks. */
struct held_of {
    const struct session *who;
    const struct case_file *file; /* as `who` loaded it */
    day today;                    /* DAY_NEVER: the clock's */
};

enum held_state {
    HELD_ARRIVING, /* not whole yet */
    HELD_COUNTING, /* a worker is at it, or will be */
    HELD_COUNTED,
    HELD_REFUSED, /* it is nothing that can be counted, and `why` says why */
};

struct held_file {
    id id;
    str name;
    int64_t size;       /* bytes, as was said beforehand */
    int64_t arrived;    /* of them */
    struct hash sha256; /* of all of it; zero until it was read */
    int64_t at;         /* microseconds UTC, when it began */
    id by;
    day until; /* [RH2] */
    struct sheet_asked asked;
    enum held_state state;
    struct records_progress progress; /* HELD_COUNTING */
    int64_t left;                     /* ms until it is counted; -1: unknown */
    err why;                          /* HELD_REFUSED */
};

/* What was counted.  It stays while it is held; give it back soon. */
struct held_counted {
    struct records_file file;
    struct records_period period;
    struct records_figures *figures;
    const struct records_ready *ready;
    str name;
    struct hash sha256;
};

/* May whoever asks hand files in: the enterprise, and the body's people who
 * may read the working papers?  And may they see what screens say? [RH5] */
bool held_may_hand_in(const struct held_of *of);
bool held_may_screen(const struct held_of *of);

/* Begin a file of `size` bytes.  ERR_DENIED "records.not_yours", here and below
 * where something changes; ERR_LIMIT "records.held_size" (size, most),
 * "records.held_many" (most), "records.held_room" (size, taken, most:
 * gigabytes) [RH11]; ERR_INVALID "records.empty" (name), "records.held_name"
 * (most). */
err held_begin(struct app *app, struct arena *a, const struct held_of *of,
               str name, int64_t size, id *out);

/* The bytes from `at` on.  Sending some again that came changes nothing.
 * ERR_NOT_FOUND "records.held_missing", here and below; ERR_CONFLICT
 * "records.held_at" (expected, found); ERR_LIMIT "records.held_piece" (most),
 * "records.held_long" (size); errors of file_write(). */
err held_piece(struct app *app, struct arena *a, const struct held_of *of,
               id file, int64_t at, str bytes);

/* All bytes came: what it is is found, and counting begins.  ERR_CONFLICT
 * "records.held_at" when some are missing. */
err held_finish(struct app *app, struct arena *a, const struct held_of *of,
                id file);

/* All at once, as a form sends it. */
err held_take(struct app *app, struct arena *a, const struct held_of *of,
              str name, str bytes, id *out);

/* struct held_file of the case, newest first. */
err held_list(struct app *app, struct arena *a, const struct held_of *of,
              struct list *out);
err held_look(struct app *app, struct arena *a, const struct held_of *of,
              id file, struct held_file *out);

/* Count with another mapping or other terms, of which the flag `screens` and
 * `key` do not count.  Before anything changes: errors of records_open() of the
 * file's beginning with this mapping; ERR_INVALID "records.held_week" (given),
 * "records.held_against" (given),
 * "records.sheet_field" (field: a number that is too large); ERR_CONFLICT
 * "records.held_at" while it arrives. */
err held_ask(struct app *app, struct arena *a, const struct held_of *of,
             id file, const struct sheet_asked *asked);

/* The columns of a file that was counted, and cells that are found in each,
 * masked as in rows below; and those of one that could not be, by its
 * beginning.  Errors of records_open_begin(); ERR_CONFLICT "records.held_at"
 * while it arrives. */
struct held_column {
    struct column column;
    str examples[COLUMN_EXAMPLES]; /* empty from the first that is not there */
};
struct held_columns {
    const struct held_column *columns;
    size_t n;
    bool workbook;
};
err held_columns_counted(struct arena *a, const struct held_counted *c,
                         struct held_columns *out);
err held_columns_begun(struct app *app, struct arena *a,
                       const struct held_of *of, id file,
                       struct held_columns *out);

/* What was counted; ERR_BUSY "records.counting" while it is not, and then it is
 * begun; why it was refused; ERR_CONFLICT "records.held_at" while it arrives.
 * Whoever may not see screens gets figures without them [RH5].  Give it back
 * with held_give(). */
err held_counted(struct app *app, struct arena *a, const struct held_of *of,
                 id file, const struct held_counted **out);
void held_give(struct app *app, const struct held_counted **c);

/* Rows of the file, for whoever drills down: those of one outlet, month ..  of
 * `kind` called `group` (as records_group_name() has it), after line `after`,
 * or the rows at the given lines.  Of an event log these are its events. */
struct held_asked_rows {
    enum figure_group kind;
    str group;
    uint64_t after;        /* line; 0: from the first */
    const uint64_t *lines; /* NULL: by group */
    size_t lines_n;        /* at most HELD_ROWS_MAX */
};
/* A row: its cells in the file's order.  Cells of columns that name customers
 * or telephones are masked: "张*", "138****0001". */
struct held_row {
    uint64_t line;
    const str *cells;
    size_t n;
};
struct held_rows {
    const str *names; /* of the columns */
    size_t names_n;
    struct list rows; /* of struct held_row */
    uint64_t next;    /* line to go on after; 0: that was the last.  A look goes
                         through HELD_ROWS_LOOK rows, so it may have none */
};
/* Errors of held_counted(), and of records_source.h. */
err held_rows(struct app *app, struct arena *a, const struct held_of *of,
              id file, const struct held_asked_rows *asked,
              struct held_rows *out);

/* The lines of the rows that each screen has drawn, for held_rows().
 * ERR_DENIED "records.not_yours" for whoever may not see screens [RH5]; errors
 * of held_counted() and records_lines(). */
struct held_drawn {
    uint64_t lines[SCREEN_ROWS];
    size_t n;
};
err held_drawn_rows(struct app *app, struct arena *a, const struct held_of *of,
                    id file, struct held_drawn out[static SCREEN_COUNT]);

/* The sheet of what was counted, signed by the body, as a document of the case
 * (service/evidence.h): the installation itself counted, so whoever may hand
 * in may have it signed.  Errors of held_counted(), records_sign() and
 * evidence_add(). */
err held_submit(struct app *app, struct arena *a, const struct held_of *of,
                id file, str requirement, struct case_answer *out);

err held_drop(struct app *app, struct arena *a, const struct held_of *of,
              id file);

/* Count one file that waits, or read ahead of one that comes [RH10], in this
 * thread; *any is false when there is none.
 * `stop` may become true meanwhile: then it waits again.  NULL: it never does.
 * A file that cannot be counted is no error of the worker's. */
err held_work(struct app *app, struct arena *a, const _Atomic bool *stop,
              bool *any);

/* Who counts in threads of their own is told when something comes to count; of
 * each app one is.  It must not call anything here.  NULL: nobody any more, and
 * nobody is being told when this returns. */
struct held_waker {
    void (*wake)(struct held_waker *w);
};
void held_on_wake(struct app *app, struct held_waker *w);

/* The daily round: what is over its time goes [RH2] [RH3], and what lies on
 * disk without a row.  *gone gets how many went. */
err held_tick(struct app *app, struct arena *a, day today, int64_t *gone);

#endif
