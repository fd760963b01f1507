#ifndef VERIFY_PDF_H
#define VERIFY_PDF_H

/*
 * pdf -- a signed PDF file as a stranger brings it: who signed it, whether that
 * covers all of it, and what is attached.
 *
 *   [VP1] There is one signature, and it covers every byte of the file but its
 *         own room.  What was put behind it later is seen by this, and so is
 *         whoever signed once more.
 *   [VP2] The room holds hexadecimal digits between < and >, and nothing else:
 *         it cannot hide a text.
 *   [VP3] Attachments are read from files of the form that credential/pdf_sign
 *         writes (codec/pdf.h).  A file of another form has none for us.
 *   [VP4] Any bytes give an answer.
 */

#include "verify/cms.h"

enum { PDF_ATTACHED_READ = 8 };

struct pdf_attached {
    str name; /* "credential.json" */
    str bytes;
};

struct pdf_seen {
    struct cms_seen signature;
    struct pdf_attached files[PDF_ATTACHED_READ];
    size_t n;
};

/* Does it begin like one? */
bool pdf_is(str bytes);

/*
 * Who signed all of it, and what is attached; what is given back is borrowed
 * from the file.  ERR_INVALID "verify.pdf_unsigned", "verify.pdf_twice"
 * (count), "verify.pdf_partly" (signed, size) [VP1], "verify.pdf_room" [VP2],
 * "verify.pdf_attached" when what is attached is not as it should be, and as
 * cms_check(); ERR_LIMIT likewise.
 */
err pdf_check(struct arena *a, str bytes, struct pdf_seen *out);

/* The attachment of this name; false when there is none. */
bool pdf_find(const struct pdf_seen *p, str name, str *out);

#endif
