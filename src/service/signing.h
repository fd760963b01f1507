#ifndef SERVICE_SIGNING_H
#define SERVICE_SIGNING_H

/*
 * signing -- documents as they leave the body: signed, with what proves them
 * attached (PAdES, credential/pdf_sign.h).
 *
 *   DIR/stamp   one line, the address of a time-stamping service (RFC 3161)
 *
 *   [SG1] A certificate brings along its credential (credential.json) and the
 *         proof that the newest entry about it is in the log
 *         (certificate.tlog-proof), as far as there are such.
 *   [SG2] A body without a key for documents writes them all the same,
 *         unsigned, and is told so.
 *   [SG3] Where a service is named every signature gets its stamp (PAdES B-T).
 *         When it gives none the document is signed without (B-B) and why is
 *         told.  Over plain http as well: a stamp proves itself.
 *   [SG4] Signing changes nothing in the store.
 */

#include "base/err.h"
#include "base/str.h"
#include "text/text.h"

struct app;
struct arena;

enum { SIGNING_ATTACHED_MOST = 2 };

struct signing_wish {
    str painted;     /* the file as painter_paint() gives it */
    str certificate; /* its number; empty: of another document */
    str title;       /* what it is, for the reason */
    enum lang lang;
};

struct signing_done {
    str file;
    bool is_signed; /* [SG2] */
    bool stamped;
    err unstamped; /* [SG3] OK: no service is named, or it is stamped */
    str attached[SIGNING_ATTACHED_MOST]; /* names of files .. */
    size_t attached_n;                   /* .. and how many */
};

/* Errors of key_certificate_signer(), pdf_prepare(), cms_sign(), pdf_seal();
 * of a DIR/stamp that cannot be read, and ERR_INVALID "signing.stamp" (path,
 * address) when it names nobody. */
err signing_do(struct app *app, struct arena *a, const struct signing_wish *w,
               struct signing_done *out);

#endif
