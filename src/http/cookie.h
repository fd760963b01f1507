#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

/*
 * cookie -- the little that a browser keeps for us (RFC 6265).
 *
 *   [CO1] Reading is strict: a pair that is not NAME=VALUE in the grammar of
 *         the RFC is as good as absent.
 *   [CO2] A name that was sent twice is absent too: another site on a
 *         neighbouring name may have set one of them.
 *   [CO3] What we set no script can read (HttpOnly), and it says whether other
 *         sites may cause it to be sent (SameSite).
 */

#include "base/str.h"

#include <stdint.h>

struct buf;

/* The value of cookie `name` in a Cookie header; false, *out untouched, when
 * it is absent. */
bool cookie_get(str header, str name, str *out);

enum cookie_site {
    COOKIE_STRICT, /* never sent from another site's page */
    COOKIE_LAX,    /* sent when a link there is followed */
};

enum { COOKIE_SESSION = -1 };

struct cookie {
    str name;    /* a token */
    str value;   /* letters, digits and marks but no blank , ; " or \ */
    int64_t age; /* seconds; 0 forgets it, COOKIE_SESSION: with the browser */
    enum cookie_site site;
    bool secure; /* only over TLS */
};

/* The value of a Set-Cookie header, for every path of this host.  A name or
 * value outside its grammar is a bug. */
void cookie_write(struct buf *b, const struct cookie *c);

#endif
