#ifndef SERVICE_SITE_H
#define SERVICE_SITE_H

/*
 * site -- what a body, or whoever mirrors its log, serves to anybody: fetched
 * for somebody who verifies, and believed in nothing.
 *
 *   [ST1] Asked is the address that the user gave, and what lies below it;
 *         neither a redirect nor what a document says leads anywhere else.
 *   [ST2] Over https; over http to strangers only when the user wrote so.
 *   [ST3] One answer takes no longer than NET_MILLISECONDS, all of them no
 *         longer than NET_LINE_MILLISECONDS (net/net.h).
 */

#include "base/err.h"
#include "base/str.h"
#include "net/net.h"

struct site {
    str base; /* without a slash at its end */
    bool plain;
    struct net_line line;
};

/* Is the word an address, rather than the name of a folder? */
bool site_is(str word);

/* `address` must live as long as *out.  ERR_INVALID "net.address" (address),
 * also for one with a query or a fragment, below which nothing lies. */
err site_open(struct arena *a, str address, struct site *out);
void site_end(struct site *s);

/* What the site has at `path`, at most `most` bytes.  Errors as net_get():
 * ERR_NOT_FOUND "net.status" when it says that there is no such thing. */
err site_read(struct site *s, struct arena *a, str path, size_t most, str *out);

/* Is it one of the errors of fetching?  They name the address. */
bool site_failed(err e);

#endif
