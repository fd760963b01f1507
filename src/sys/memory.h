#ifndef SYS_MEMORY_H
#define SYS_MEMORY_H

/*
 * memory -- what the C library does with memory that was given back.
 *
 * A command takes some hundred kilobytes in small blocks, and gives all of
 * them back when it is answered.  By itself the library returns them to the
 * system at once and fetches them again for the next one, page by page, which
 * takes as long as all the rest (docs/benchmarks.md).
 */

/* From here on keep what is given back, up to a few megabytes a thread.  Call
 * first thing in main(). */
void memory_keep(void);

#endif
