#ifndef DOMAIN_MESSAGE_H
#define DOMAIN_MESSAGE_H

/*
 * message -- what is kept of the messages in a case (message.c). [17065 7.12]
 */

#include "base/str.h"

#include <stdint.h>

/* Who writes, whoever of them it is. */
enum message_side { MESSAGE_OF_ENTERPRISE, MESSAGE_OF_BODY };

/* message.sent */
struct message {
    int64_t number; /* 1, 2, 3 .. in the case */
    int side;       /* enum message_side */
    str text;
};

/* message.settled: those up to this number need no answer any more */
struct message_settled {
    int64_t number;
    str note; /* why; empty: nothing was said */
};

#endif
