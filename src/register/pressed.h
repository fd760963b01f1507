#ifndef REGISTER_PRESSED_H
#define REGISTER_PRESSED_H

/*
 * pressed -- texts that are much alike, each made small by what stands in some
 * that came before it.
 *
 * Two thirds of an answer about a certificate are what stands in every other
 * one.  A few whole texts, `like`, lie beside them; LZ4 packs a text by what it
 * has of these, and brings it back in a sixth of a microsecond.
 *
 *   [PR1] `like` grows in front alone, and what is packed counts from its end:
 *         what was pressed before is read by it as well.
 *   [PR2] It stands in the book, so a reader has that of what it sees.
 *   [PR3] Of bytes that were not pressed so come other texts, or none; nothing
 *         is read or written beside them.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

struct arena;
struct book_reader;
struct book_writer;
struct press;

enum {
    PRESSED_LIKE_MAX = 4096,    /* bytes: they are to stay in a cache */
    PRESSED_TEXT_MAX = 1 << 26, /* bytes of a text */
};

/* What presses by `like`, which is copied: a longer one counts by its end.
 * ERR_MEMORY. */
err press_new(struct arena *a, str like, struct press **out);

/* What `text` comes to: at most a little more than itself.  ERR_MEMORY. */
err press_text(struct press *p, struct arena *a, str text, str *out);

/* [PR1]  `text` came to so many bytes.  Where that is too much, and there is
 * room, those after it are pressed by it too.  Errors of book_put(). */
err press_learn(struct press *p, struct book_writer *w, struct arena *a,
                str text, size_t came_to);

/* [PR2]  `like` as the reader sees it, borrowed; nothing was learnt: empty.
 * Errors of book_get(). */
err pressed_like(const struct book_reader *r, struct arena *a, str *out);

/* Write the text of `n` bytes to `to`.  False: it comes to another length
 * [PR3]. */
bool pressed_read(str pressed, str like, char *to, size_t n);

#endif
