#ifndef SERVICE_RECORDS_SOURCE_H
#define SERVICE_RECORDS_SOURCE_H

/*
 * records_source -- the bytes of a file of service records, in pieces that end
 * where a row ends, for several readers at once.
 *
 *   [RS1] A file is read once from front to back, by whoever asks for the next
 *         piece; how it is cut does not depend on who asks.
 *   [RS2] A row of more than SOURCE_ROW_MAX bytes is taken to be a quote that
 *         is never closed: the piece ends at its last line end all the same.
 *   [RS3] GB18030 is cut as it stands, and turned into UTF-8 by who reads the
 *         piece: no byte of its characters is a line end or a quote.
 *   [RS4] The byte order mark is in no piece.
 *   [RS5] A workbook is the text that excel/xlsx_apart.h makes of its sheet,
 *         in a process that can do nothing else: places are those of that
 *         text, lines are rows of the sheet.
 *   [RS6] UTF-16 is turned into UTF-8 before it is cut, without its mark:
 *         places are those of the text in UTF-8.
 *   [RS7] A file is read more than once, so a pipe is refused, and so is one
 *         that was written to since source_first() read its beginning.
 *   [RS8] A workbook that a reader gives is held in memory while it is read:
 *         it is a heap of places, and a reader goes from front to back.  The
 *         memory is a file without a name, which the process that reads it is
 *         given.
 *   [RS9] A reader may have its last bytes missing.  It is read as far as
 *         whole SOURCE_PIECEs are there, and goes on when source_next() is
 *         called again after more came; where it is cut is the same. Of a
 *         workbook, and of UTF-16, all has to be there.
 *
 * Threads: any may call source_next(), each with a piece of its own.
 */

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "records/layout.h"
#include "sys/charset.h"
#include "sys/files.h"
#include "sys/memory_file.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct heap;
struct xlsx_apart;

enum {
    SOURCE_PIECE = 1 << 20,     /* bytes that are read at a time */
    SOURCE_ROW_MAX = 1 << 20,   /* bytes of a row */
    SOURCE_BOOK_MAX = 64 << 20, /* bytes of a workbook from a reader [RS8] */
};

/* Bytes that lie neither in a file nor in memory as they are: in boxes, say. */
struct source_reader {
    /* Fill `p` from the offset `at` on, as far as there are bytes.  In any
     * thread; errors are in `a`. */
    err (*read)(struct source_reader *r, struct arena *a, uint64_t at, char *p,
                size_t n, size_t *got);
    uint64_t size;
    uint64_t missing; /* the last of them, so many, did not come yet [RS9] */
};

/* Where bytes come from: a reader, a file, or memory. */
struct source_from {
    struct source_reader *reader; /* borrowed; or NULL */
    struct file_ops *files;       /* borrowed */
    str path;  /* of the file; empty: the reader's, or `bytes` are the text */
    str bytes; /* borrowed */
    bool workbook; /* as source_is_workbook() says of its beginning */
    enum layout_charset charset; /* of a text; UTF-16 is turned [RS6] */
    str sheet;       /* of a workbook; empty: that with the most rows */
    uint64_t size;   /* of the file when its beginning was read, and when */
    int64_t changed; /* it was written to; 0: it was not read yet [RS7] */
};

struct source {
    struct heap *heap; /* borrowed */
    struct source_from from;
    struct file_stream file;
    size_t raw;              /* so much of reader or from.bytes is read, */
    size_t read;             /* and of `text` */
    struct arena arena;      /* of the workbook, and of what failed in it */
    struct arena text_arena; /* of `text` */
    struct memory_file book_bytes; /* of a workbook from a reader [RS8] */
    struct xlsx_apart *book;
    struct charset utf16;
    str text;  /* of the workbook, or out of UTF-16, read last */
    bool more; /* of it is to come */
    err why;   /* what failed in it */
    pthread_mutex_t lock;
    bool quotes;
    char *held; /* bytes that are read and in no piece yet */
    size_t held_n;
    size_t held_room;
    uint64_t at;    /* of held, in the file */
    uint64_t lines; /* line ends before it */
    bool over;      /* the file is */
    bool waits;     /* what is wanted did not come yet [RS9] */
    int failed;     /* errno of a read; ENOMEM too */
};

/* A piece; zeroed before the first. */
struct source_piece {
    char *bytes;
    size_t n;
    size_t room;
    uint64_t at;    /* where it begins in the file */
    uint64_t lines; /* line ends before it */
};

/* Does the file that begins so seem to be a workbook: of a kind that is read
 * (xlsx.h), or of one that xlsx_open() refuses with a reason? */
bool source_is_workbook(str first);

/* Is this file, just opened, what `from` was told it is? [RS7]  ERR_INVALID
 * "records.pipe", ERR_CONFLICT "records.changed" (both: path). */
err source_check(struct arena *a, const struct source_from *from,
                 const struct file_stream *file);

/* From the offset `skip` on, which begins line `lines` + 1.  Errors of
 * file_err(), source_check() and the reader, of a workbook also those of
 * xlsx_apart_open(), xlsx_apart_choose() and xlsx_apart_read(), and ERR_LIMIT
 * "records.book_size" (size, most) [RS8].  End it with source_end(), also when
 * it failed. */
struct source_start {
    uint64_t skip;
    uint64_t lines;
    bool quotes; /* as in codec/fields.h */
};
err source_begin(struct arena *a, struct heap *h,
                 const struct source_from *from,
                 const struct source_start *start, struct source *out);
void source_end(struct source *s);

/* The next piece into `p`; false after the last, once something failed, and as
 * long as more has to come [RS9]. */
bool source_next(struct source *s, struct source_piece *p);
void source_piece_end(struct source *s, struct source_piece *p);

/* What failed, once all readers are through: errors of source_begin(). */
err source_failure(const struct source *s, struct arena *a);

/* The first bytes of it, at most `most`, of which one more must be there [RS9],
 * and whether they are all; *from is told which state of the file that is.
 * [RS7]  Errors of source_begin(). */
err source_first(struct arena *a, struct heap *h, struct source_from *from,
                 size_t most, str *out, bool *whole);

/* How many line ends there are in a text. */
uint64_t source_line_ends(str text);

/* How far it is read. */
void source_position(struct source *s, uint64_t *bytes, uint64_t *lines);

/* How many bytes there are; 0 when nobody can know before reading. */
uint64_t source_size(const struct source *s);

#endif
