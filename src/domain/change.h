#ifndef DOMAIN_CHANGE_H
#define DOMAIN_CHANGE_H

/*
 * change -- what commands and events say about a change of what stands on a
 * certificate. [17065 7.10]
 */

#include "codec/record.h"

/* What changes, as the authority tells them apart (change.c [CH2]). */
enum change_kind {
    CHANGE_NAME,
    CHANGE_ADDRESS,
    CHANGE_EXTENSION, /* of the scope, after a round about it */
    CHANGE_LEVEL,     /* to what the newest round was granted */
    CHANGE_ERRATUM,   /* what was printed wrong */
    CHANGE_SITES,     /* sites that leave, closed say */
};

/* change.ask, and change.asked with its number; empty: stays as it is */
struct change {
    int64_t number; /* 1, 2, 3 .. in the case */
    int kind;       /* enum change_kind */
    str holder;
    str address;
    str scope;
    str scope_en;
    str reasons;
    struct list evidence; /* of str */
    struct list sites;    /* of str: those that leave */
};

/* change.approve, change.approved */
struct change_approved {
    int64_t number;
    str note;
};

/* change.refuse, change.refused */
struct change_refused {
    int64_t number;
    str reasons;
};

#endif
