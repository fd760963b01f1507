#ifndef BASE_HEAP_H
#define BASE_HEAP_H

/*
 * heap -- where memory comes from.
 *
 * One function, passed in, so that a test can hand us a heap that fails on the
 * n-th request (base/test.h).  Nothing else in the tree calls malloc().
 */

#include <stddef.h>

struct heap {
    /* As realloc(3), except that n == 0 frees and returns NULL. */
    void *(*resize)(struct heap *h, void *old, size_t n);
};

void *heap_libc_resize(struct heap *h, void *old, size_t n);

/* The C library's heap: `struct heap h = HEAP_LIBC;` */
#define HEAP_LIBC ((struct heap){ heap_libc_resize })

#endif
