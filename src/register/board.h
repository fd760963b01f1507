#ifndef REGISTER_BOARD_H
#define REGISTER_BOARD_H

/*
 * board -- which answers of the book are behind: counters in a file that every
 * program on this machine has in its memory.
 *
 *   [BD1] Whoever changes what an answer says marks its key before the change
 *         can be seen, in whatever program; whoever looks it up asks the board
 *         first, and takes what is marked from where the change was made.
 *   [BD2] Marks are numbered.  A key is marked after `since` or it is not; one
 *         that is not may be said to be, as another of the same place was:
 *         that costs a slower answer, never a wrong one.
 *   [BD3] Nobody waits: marking and asking are some atomic reads and writes.
 *   [BD4] The file has its whole size on the disk, so that no write to it fails
 *         for want of room.
 *
 * Threads: any, of any program.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct heap;
struct board;

enum { BOARD_PLACES = 1 << 15 };

/* The board in this folder; where there is none, make it, or *out is NULL.
 * ERR_IO "register.io" (path, detail). */
err board_open(struct arena *a, struct heap *h, str folder, bool make,
               struct board **out);
void board_end(struct board **b); /* takes NULL */

/* [BD1] */
void board_mark(struct board *b, str key);
void board_mark_all(struct board *b);

/* The number of the newest mark. */
uint64_t board_newest(const struct board *b);

/* [BD2] */
bool board_is_marked(const struct board *b, str key, uint64_t since);

#endif
