#ifndef CREDENTIAL_PDF_SIGN_H
#define CREDENTIAL_PDF_SIGN_H

/*
 * pdf_sign -- a signature in a PDF file, over every byte of it (PAdES: ETSI EN
 * 319 142-1; ISO 32000-1, 12.8), and what is attached to the file.
 *
 *   [PS1] The file is written once, with room for the signature; what is signed
 *         is everything but that room.  There is no earlier revision.
 *   [PS2] The signature certifies the document: no change is permitted after it
 *         (DocMDP, P 1).
 *   [PS3] The same file, facts and signature: the same bytes.
 *
 *     pdf_prepare(a, file, &facts, &p);
 *     cms_sign(a, signer, p.first, p.second, &der);      and a stamp, or not
 *     pdf_seal(a, &p, der, &out);
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

/* What travels in the file. */
struct pdf_attachment {
    str name; /* "credential.json"; ASCII letters, digits, "-", "_", "." */
    str media_type; /* "application/vc" */
    str about;      /* what it is, for people */
    str bytes;
};

struct pdf_facts {
    str name;   /* whose signature it is */
    str reason; /* why it was signed, for people */
    int64_t at; /* when, by the signer's own clock: microseconds since 1970 */
    const struct pdf_attachment *attachments;
    size_t n;
};

/* A file with room for its signature. */
struct pdf_prepared {
    char *bytes;
    size_t n;
    str first;  /* what stands before the room for the signature .. */
    str second; /* .. and what stands after it: both are signed */
};

enum { PDF_ATTACHED_MOST = 8 };

/* Errors of pdf_open(); ERR_INVALID "pdf_sign.page" when the file has no page
 * of a form we know, "pdf_sign.name" (name) for an attachment's name,
 * ERR_LIMIT "pdf_sign.many" (limit). */
err pdf_prepare(struct arena *a, str file, const struct pdf_facts *facts,
                struct pdf_prepared *out);

/* The file with the signature in its room; *p is of no use afterwards.
 * ERR_LIMIT "cms.long" (limit). */
err pdf_seal(struct arena *a, struct pdf_prepared *p, str der, str *out);

#endif
