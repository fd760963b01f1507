#ifndef SEARCH_DIVIDE_H
#define SEARCH_DIVIDE_H

/*
 * divide -- inside search: the ways to divide letters into syllables.
 *
 *   [DV1] Long syllables come first: the usual way before those that need an
 *         apostrophe.  No step leads nowhere: from which places the end can be
 *         reached is found out before.
 */

#include "search/asked.h"

enum divide_as {
    DIVIDE_SYLLABLES, /* the last one may be unfinished */
    DIVIDE_WHOLE,     /* two or more, each to its end */
    DIVIDE_MIXED, /* some only by how they begin: a letter, zh, ch or sh; not
                     all, and not only the last one */
};

struct dividing {
    const uint16_t *letters; /* a .. z */
    size_t n;                /* at most SEARCH_ASKED_MAX */
    enum divide_as as;
    enum search_how how; /* of the patterns */
    struct pattern *to;
    size_t most; /* patterns that there is room for */
    size_t made;
};

/* Write patterns until there is no other way, or no room. */
void divide(struct dividing *d);

#endif
