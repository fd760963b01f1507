#ifndef BASE_ARENA_H
#define BASE_ARENA_H

/*
 * arena -- memory that is freed all at once.
 *
 * Every request, command and test owns one arena.  Results live exactly as
 * long as the arena they were asked into, which is why functions that return
 * memory take it as an argument and why nothing here frees a single block.
 *
 *   [AR1] Memory comes zeroed and aligned for any type.
 *   [AR2] An arena never takes more from its heap than the limit it was born
 *         with; reaching it looks like running out of memory, so one hostile
 *         request cannot eat the machine.
 *   [AR3] Built with ARENA_EXACT, every request is a heap block of its own:
 *         ASan then sees each overrun and each request can be made to fail.
 *
 * Threads: one arena, one thread.
 */

#include "base/str.h"

#include <stddef.h>

struct heap;
struct arena_block;

struct arena {
    struct heap *heap;          /* borrowed; outlives the arena */
    struct arena_block *blocks; /* newest first */
    size_t left;                /* free bytes at the end of the newest block */
    size_t budget;              /* bytes we may still ask the heap for */
};

/* `limit` is in bytes and counts everything taken from `h`. */
void arena_init(struct arena *a, struct heap *h, size_t limit);

/* Give everything back.  A zeroed arena may be ended; so may one twice. */
void arena_end(struct arena *a);

/* Give back all but one block of the smallest size, so that the next user pays
 * for less.  As good as new: its memory comes zeroed, its limit is whole. */
void arena_reset(struct arena *a);

/* `n` zeroed bytes; NULL when heap or limit is exhausted.  n may be 0. */
[[nodiscard]] void *arena_zero(struct arena *a, size_t n);

/* `n` zeroed elements of `size` bytes; NULL also when n * size overflows. */
[[nodiscard]] void *arena_array(struct arena *a, size_t n, size_t size);

/* Copy `s` into `a`, NUL-ended for the benefit of C libraries. */
[[nodiscard]] bool arena_str(struct arena *a, str s, str *out);

#endif
