#ifndef NET_WEBHOOK_H
#define NET_WEBHOOK_H

/*
 * webhook -- a message is handed to the server of somebody who asked for it, by
 * libcurl; in the form of Standard Webhooks (standardwebhooks.com).
 *
 * Whom we call is told by a stranger, so this trusts nobody:
 *
 *   [WH1] Over https, with the machine's own list of authorities; an address
 *         names no user and no password.  No redirect is followed and no proxy
 *         stands between.
 *   [WH2] A connection is made to public addresses of the internet only, which
 *         is looked at when it is made: whatever a name leads to, now or
 *         later, nothing behind our own walls is called.
 *   [WH3] With `here` this machine itself may be called, also by http: for a
 *         demonstration.
 *   [WH4] Whatever the other side does, it is over after WEBHOOK_MILLISECONDS,
 *         and its answer is not kept: only whether its status is 2xx counts.
 *   [WH5] No error holds more of the address than its host: the rest may be a
 *         secret of whoever gave it.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { WEBHOOK_MILLISECONDS = 10000, WEBHOOK_ADDRESS_MAX = 500 };

/* Is it an address that webhook_send() would call, as far as can be said before
 * it is looked up? [WH1] [WH3] ERR_INVALID "webhook.address". */
err webhook_check(struct arena *a, str address, bool here);

struct webhook {
    str address;
    bool here;         /* [WH3] */
    str id;            /* of the message: letters, digits, "_" and "-" */
    str moment;        /* seconds since 1970, in digits */
    str signature;     /* "v1,BASE64" */
    str body;          /* JSON */
    long milliseconds; /* 0: WEBHOOK_MILLISECONDS */
};

/*
 * OK: it was taken, by a status of 2xx.  ERR_INVALID "webhook.address"; ERR_IO
 * "webhook.answered" (host, status), "webhook.unsafe" (host, why) for a
 * certificate that we do not trust, "webhook.failed" (host, why); ERR_BUSY
 * "webhook.slow" (host); ERR_DENIED "webhook.private" (host) [WH2].
 */
err webhook_send(struct arena *a, const struct webhook *w);

#endif
