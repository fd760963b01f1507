#ifndef EXCEL_XLSX_APART_H
#define EXCEL_XLSX_APART_H

/*
 * xlsx_apart -- workbooks that strangers wrote, read by a process of its own.
 *
 * What unpacks and parses them is C of others (libzip, libxml2).  So a program
 * of its own, tenstar-reader, does it (excel/xlsx.h): it has the file as an
 * open descriptor, gives back text or refusals, and can do nothing else.
 *
 *   [WB1] Whatever a workbook does to its reader is a refusal of that workbook
 *         alone: a reader that dies, answers nonsense, or takes more memory or
 *         time than it has, is ended.
 *   [WB2] Before its first look at the file the reader gives up the network,
 *         every file but this one, and other processes (sys/sandbox.h [SB4]).
 *   [WB3] It reads ahead of whoever asks, by APART_PIECE at most.
 *   [WB4] How long it may work goes by the size of the file: a small one that
 *         keeps it busy is given up long before a large one that is a table.
 *
 * Threads: one struct, one thread.
 */

#include "base/err.h"
#include "base/str.h"
#include "excel/xlsx.h"
#include "sys/child.h"
#include "sys/memory_file.h"

/* The word the reader is called with. */
#define APART_WORD "read-workbook"

/* Bytes of address space: the texts that cells share, twice while they grow,
 * and room beside them. */
#define APART_MEMORY ((size_t)3 << 30)

enum {
    APART_SECONDS_LEAST = 30, /* of the processor, for any workbook, and one */
    APART_BYTES_A_SECOND = 100000, /* more for so many bytes of the file, */
    APART_SECONDS = 300,   /* up to this; and of waiting, for an answer */
    APART_PIECE = 1 << 18, /* bytes of text that make an answer */
};

struct xlsx_apart {
    struct arena *arena; /* borrowed */
    int64_t limit;       /* milliseconds for an answer; tests have less */
    int seconds;         /* of the processor, for all of it */
    struct child child;
    struct memory_file copy; /* of bytes */
    struct arena *answers;   /* what is heard; the workbook's own */
    const struct xlsx_sheet *sheets;
    size_t n;
    bool begun; /* a sheet */
    bool ahead; /* more of it was asked for */
};

/*
 * Open a workbook; small things are in `a`, which outlives it.  Close it with
 * xlsx_apart_close(), also by `scoped`; NULL may be.  Errors of xlsx_open(),
 * but of the reader's memory ERR_LIMIT "xlsx.reader_memory" (most: megabytes),
 * of its time ERR_LIMIT "xlsx.reader_slow" (seconds), and ERR_INVALID
 * "xlsx.reader_died" when it ended or answered nonsense; these may come from
 * each of the calls below too.  ERR_IO "child.start", "sandbox.refused"; errors
 * of memory_file_add().
 */
err xlsx_apart_open(struct arena *a, const struct xlsx_source *from,
                    struct xlsx_apart **out);
void xlsx_apart_close(struct xlsx_apart **b);

/* As xlsx_sheets(), xlsx_choose() and xlsx_begin(). */
const struct xlsx_sheet *xlsx_apart_sheets(const struct xlsx_apart *b,
                                           size_t *n);
err xlsx_apart_choose(struct xlsx_apart *b, str name, size_t *out);
err xlsx_apart_begin(struct xlsx_apart *b, size_t sheet);

/* The next rows of the sheet that was begun, in `a`; perhaps none, and perhaps
 * a part of the last one.  *more: there may be further ones.  Errors of
 * xlsx_read(); after one only xlsx_apart_close() is called. */
err xlsx_apart_read(struct xlsx_apart *b, struct arena *a, str *out,
                    bool *more);

/* All that is left of the sheet, in `a`: at most `most` bytes.  ERR_LIMIT
 * "xlsx.text" (most: megabytes); errors of xlsx_apart_read(). */
err xlsx_apart_text(struct xlsx_apart *b, struct arena *a, size_t most,
                    str *out);

/* The reader: a workbook at CHILD_GIVEN, questions in at `in`, answers out at
 * `out`, until there are no more.  Returns the exit status. */
struct heap;
int apart_work(struct heap *h, int in, int out);

#endif
