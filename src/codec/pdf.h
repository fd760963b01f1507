#ifndef CODEC_PDF_H
#define CODEC_PDF_H

/*
 * pdf -- the objects of a PDF file as cairo writes it, and the file written
 * anew with some of them changed.
 *
 *   [PDF1] pdf_open() takes a file of one revision with a classic table of
 *          cross-references, and only one in which every object stands where
 *          the table says and nothing lies between them.  Anything else is
 *          refused: whoever signs a file must know every byte of it.
 *   [PDF2] pdf_write() keeps what was not changed byte for byte, in its order.
 *   [PDF3] What pdf_write() wrote, pdf_open() takes.
 *
 * ISO 32000-1, 7.5.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum { PDF_OBJECTS = 100000, PDF_BYTES = 256 << 20 };

struct pdf_object {
    size_t number; /* 0: free, not there */
    str body;      /* between "N 0 obj\n" and "endobj\n" */
};

struct pdf {
    str head;                         /* what stands before the first object */
    const struct pdf_object *objects; /* by number; [0] is never there */
    const size_t *order;              /* their numbers, as they stand */
    size_t count;                     /* of objects, with [0] */
    size_t used;                      /* numbers in `order` */
    size_t root;                      /* number of the catalogue */
    size_t info;                      /* 0: none */
};

/* `bytes` must outlive *out.  ERR_INVALID "pdf.form" (at: the byte where it is
 * not as we read it). */
err pdf_open(struct arena *a, str bytes, struct pdf *out);

/* The same file with another object, or with one more where `number` is the
 * count of what there was, and so on. */
struct pdf_change {
    size_t number;
    str body; /* ends with a newline */
};
err pdf_write(struct arena *a, const struct pdf *p,
              const struct pdf_change *changes, size_t n, str *out);

#endif
