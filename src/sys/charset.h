#ifndef SYS_CHARSET_H
#define SYS_CHARSET_H

/*
 * charset -- GB18030 and UTF-16 to UTF-8, as a stream.
 *
 *   [CH1] A text may be cut anywhere: what a part ends within is kept until
 *         the next one.  However it is cut, the same comes out.
 *   [CH2] A byte that begins no character becomes U+FFFD, alone: the next one
 *         may begin one.  So does a unit of two bytes in UTF-16, and one byte
 *         left at its end.  They are counted, and the first's place is known.
 *   [CH3] Whatever bytes come in, what goes out is well-formed UTF-8.
 *
 * The C library's iconv does the work and reads its table from a file of the
 * machine when a stream is opened: open before a sandbox is entered.
 * Threads: one stream, one thread.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum { CHARSET_CHARACTER = 4 /* bytes at most */ };

/* What a text is written in; its mark, if any, is not part of it. */
enum charset_from {
    CHARSET_FROM_GB18030,
    CHARSET_FROM_UTF16LE,
    CHARSET_FROM_UTF16BE,
};

struct charset {
    void *table; /* an iconv_t */
    size_t unit; /* bytes that are replaced at once */
    char held[CHARSET_CHARACTER];
    size_t held_n;
    int64_t offset;    /* of the first byte that is not yet written */
    int64_t bad;       /* bytes or units replaced so far */
    int64_t first_bad; /* offset of the first of them, -1 without one */
};

/* Begin a stream of GB18030; `a` is for errors only.  ERR_IO "charset.missing":
 * this machine has no table.  End it with charset_end(), also by `scoped`; a
 * zeroed one may be ended. */
err charset_begin(struct arena *a, struct charset *out);

/* The same of any of these. */
err charset_begin_from(struct arena *a, enum charset_from from,
                       struct charset *out);

void charset_end(struct charset *c);

/* Append the next part to `out`, whose failure sticks there (base/buf.h). */
void charset_feed(struct charset *c, str part, struct buf *out);

/* The text is over: what is still held is a character cut short, so bad. */
void charset_finish(struct charset *c, struct buf *out);

#endif
