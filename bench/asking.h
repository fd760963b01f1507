#ifndef BENCH_ASKING_H
#define BENCH_ASKING_H

/*
 * asking -- numbers drawn all over a register, and scripts by which wrk asks
 * for them in turn: what is compared is asked for the same ones in the same
 * order, so what wrk itself takes for it meets each alike.
 *
 * A script has its requests ready before the first is sent.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct book_reader;

enum {
    ASKING_MOST = 200000, /* numbers */
    ASKING_ROOM = 48,     /* bytes of one with its NUL */
    ASKING_PATH = 4096,
};

struct asking {
    char (*numbers)[ASKING_ROOM];
    size_t n;
    uint64_t random;
    size_t at; /* the one that is next */
};

/* Room for ASKING_MOST of them; the same are drawn for the same seed. */
void asking_begin(struct asking *k, struct arena *a, uint64_t seed);

/* Of all answers of this book but those whose number begins with `but`, every
 * one as likely as any other; the order is drawn as well. */
void asking_draw(struct asking *k, struct arena *a,
                 const struct book_reader *book, str but);

/* A number below `n`, by splitmix64. */
uint32_t asking_below(struct asking *k, uint32_t n);

/* One more; there is room for it. */
void asking_add(struct asking *k, const char *number);

/* One after the other, and again from the first. */
const char *asking_next(struct asking *k);

/* FOLDER/NAME.lua: GET BEFORE and the number.  Its path in `out`. */
void asking_write(const struct asking *k, const char *folder, const char *name,
                  const char *before, char out[static ASKING_PATH]);

/* The same, POST to `path` with `many` numbers at a time. */
void asking_write_many(const struct asking *k, const char *folder,
                       const char *name, const char *path, size_t many,
                       char out[static ASKING_PATH]);

#endif
