#ifndef CLI_ROFF_H
#define CLI_ROFF_H

/*
 * roff -- text for a manual page, in the man(7) macros.
 *
 *   [RO1] Whatever the text holds is shown as it is: nothing in it is taken
 *         for a request, a macro or an escape.
 *   [RO2] Signs that are copied into a shell (- ` ' ^ ~) stay themselves.
 *   [RO3] A sentence ends its line, so that roff spaces it rightly; and a line
 *         may break between Chinese characters, which have no blanks between
 *         them, but never before a closing mark or after an opening one.
 */

#include "base/str.h"

struct buf;

/* The text within a line: in a macro's argument, between changes of font. */
void roff_word(struct buf *b, str s);

/* The text as lines of a paragraph, with a newline at the end. [RO3] */
void roff_text(struct buf *b, str s);

/* The text as it stands, line by line: examples and tables. */
void roff_block(struct buf *b, str s);

#endif
