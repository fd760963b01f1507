#ifndef PAINT_ANSWER_H
#define PAINT_ANSWER_H

/*
 * answer -- how a refusal crosses from the worker to whoever asked.
 *
 *   [AW1] Of an error its code, message id and arguments come through; its id
 *         is one that this room or one below says, or the answer is refused.
 */

#include "base/err.h"

struct arena;

/* "P" before a file, "R" before a refusal; then the length, then the bytes. */
enum { ANSWER_FILE = 'P', ANSWER_REFUSED = 'R', ANSWER_HEAD = 5, ASK_HEAD = 4 };

/* The four bytes of a length, the greatest first. */
void answer_put_size(unsigned char to[static 4], size_t n);
size_t answer_size(const unsigned char from[static 4]);

err answer_write(struct arena *a, err e, str *out);

/* Never OK: the refusal itself, or ERR_CORRUPT "paint.answer". */
err answer_read(struct arena *a, str text);

#endif
