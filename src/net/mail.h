#ifndef NET_MAIL_H
#define NET_MAIL_H

/*
 * mail -- a mail is handed to an SMTP server (RFC 5321), by libcurl.
 *
 *   [NM1] The server is told by who runs the body: smtp://HOST[:PORT], where
 *         TLS begins by STARTTLS, or smtps://HOST[:PORT]; no user and no
 *         password in it.  Only on this machine it goes without TLS where the
 *         server offers none.
 *   [NM2] Its certificate must be one of the machine's authorities, or of the
 *         one that is named.
 *   [NM3] Whatever the other side does, it is over after MAIL_MILLISECONDS.
 *   [NM4] One mail for one reader a call; OK means that the server has taken
 *         it.  After every failure it may have taken it all the same, when the
 *         connection was lost at the very end.
 *   [NM5] A refusal for good (5xx) is told from a passing one.  That it does
 *         not know the user, or wants one, is about the settings, not about
 *         the mail, and so passing.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { MAIL_MILLISECONDS = 60000, MAIL_SERVER_MAX = 300 };

struct mail_server {
    str address; /* "smtp://mail.example:587" [NM1] */
    str user;    /* empty: none is wanted */
    str password;
    str authority; /* PEM [NM2]; empty: the machine's own */
};

struct mail_handing {
    str from; /* of the envelope: where failures are told */
    str to;
    str message;       /* codec/mime.h */
    long milliseconds; /* 0: MAIL_MILLISECONDS */
};

/* Is it a server that mail_send() would ask? [NM1] ERR_INVALID "mail.server"
 * (address). */
err mail_check_server(struct arena *a, str address);

/*
 * Hand it over.  ERR_INVALID "mail.server" (address), "mime.address"
 * (address).  For good: ERR_REFUSED "mail.refused" (status, said).  Passing:
 * ERR_BUSY "mail.later" (status, said), "net.slow" (address); ERR_DENIED
 * "mail.login" (address, status, said); ERR_IO "mail.unsafe" (address, why) for
 * a server without TLS or with a certificate of nobody we trust, "net.failed"
 * (address, why).
 */
err mail_send(struct arena *a, const struct mail_server *server,
              const struct mail_handing *h);

#endif
