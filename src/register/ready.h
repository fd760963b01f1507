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
 *     8 name of the first text    8 of the other    what is put    bytes
 *
 * Pure.
 */

#include "base/day.h"
#include "base/str.h"

struct buf;

enum {
    READY_HEAD = 36,         /* bytes before what is put */
    READY_PATCH_MAX = 65535, /* bytes of what is cut, and of what is put */
};

struct ready {
    str bytes; /* as they go out up to the end of `until` */
    day until; /* DAY_NEVER: for ever */
    size_t at; /* after it `put` stands where `cut` bytes stood from here on */
    size_t cut;
    str put;
    day from; /* [RY3] */
    day over; /* the last day; not before `until` */
    uint64_t names[2];
};

/* Append it packed.  The place lies within the bytes, which are below 4 GiB. */
void ready_pack(struct buf *b, const struct ready *x);

/* Borrowed from `packed`.  False: these are no packed answer [RY2]. */
bool ready_unpack(str packed, struct ready *out);

/* What goes out on `today`, one part behind the other; parts may be empty. */
struct ready_parts {
    str part[3];
};
struct ready_parts ready_on(const struct ready *x, day today);

/* [RY3] */
bool ready_knows(const struct ready *x, day today);

/* [RY4] */
uint64_t ready_name_on(const struct ready *x, day today);

/* Their bytes together, and as one text: `to` has room for so many. */
size_t ready_size(const struct ready_parts *p);
void ready_join(const struct ready_parts *p, char *to);

#endif
