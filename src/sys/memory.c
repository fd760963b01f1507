#include "sys/memory.h"

#include <malloc.h>

enum {
    KEPT = 4 << 20,   /* bytes that stay, a thread */
    AT_ONCE = 1 << 18 /* bytes fetched when there are none */
};

void memory_keep(void)
{
    /* Safe to ignore: without it everything works, only slower. */
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_TOP_PAD, AT_ONCE);
    (void)mallopt(M_MMAP_THRESHOLD, KEPT);
}
