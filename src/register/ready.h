#ifndef REGISTER_READY_H
#define REGISTER_READY_H

/*
 * ready -- what stands under a key of the register: bytes that were made
 * before anybody asked, ready to go out.
 *
 * A certificate runs out by itself, so one place of them changes when a day is
 * over:
 *
 *     until the end of `until`   {"number":"..","status":"valid",..}
 *     from the next day on       {"number":"..","status":"expired",..}
 *
 *   [RY1] What goes out is told from the packed bytes and the day alone:
 *         nothing is parsed, nothing is looked up. [M24]
 *   [RY2] Bytes that ready_pack() did not make are told from those it made as
 *         far as their lengths go; whether they are those that were put there
 *         is the store's business (book.h).
 *   [RY3] It says from which day on and until which day that is so; on any
 *         other nothing is known, and who is asked looks where it was made.
 *   [RY4] Either text has a name of eight bytes that whoever packs it took from
 *         its hash.
 *
 * Packed, numbers with their least byte first:
 *
 *     4 until    4 at    2 cut    2 length of what is put    4 from    4 over
 *     8 name of the first text    8 of the other    4 length of the first
 *     what is put    the first text, pressed (pressed.h)
 *
 * Pure.
 */

#include "base/day.h"
#include "base/str.h"

struct buf;

enum {
    READY_HEAD = 40,         /* bytes before what is put */
    READY_PATCH_MAX = 65535, /* bytes of what is cut, and of what is put */
};

struct ready {
    size_t n;    /* bytes of the text that goes out up to the end of `until` */
    str pressed; /* what it came to */
    day until;   /* DAY_NEVER: for ever */
    size_t at; /* after it `put` stands where `cut` bytes stood from here on */
    size_t cut;
    str put;
    day from; /* [RY3] */
    day over; /* the last day; not before `until` */
    uint64_t names[2];
};

/* Append it packed.  The place lies within the text, which is below 4 GiB. */
void ready_pack(struct buf *b, const struct ready *x);

/* Borrowed from `packed`.  False: these are no packed answer [RY2]. */
bool ready_unpack(str packed, struct ready *out);

/* What goes out on `today`, by what stands beside the answers (pressed.h). `to`
 * has room for ready_room(), *n is how many bytes of it are the text.  False:
 * these are no packed answer [RY2]. */
size_t ready_room(const struct ready *x);
bool ready_write(const struct ready *x, str like, day today, char *to,
                 size_t *n);

/* [RY3] */
bool ready_knows(const struct ready *x, day today);

/* [RY4] */
uint64_t ready_name_on(const struct ready *x, day today);

#endif
