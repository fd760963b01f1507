#ifndef PAINT_WRITTEN_H
#define PAINT_WRITTEN_H

/* written -- pages of cairo's as the bytes of a PDF file. */

#include "base/buf.h"

#include <cairo.h>

enum { WRITTEN_MOST = 64 << 20 };

/* Where cairo writes: `to` is a struct buf. */
cairo_status_t written_keep(void *to, const unsigned char *bytes, unsigned n);

/* A surface of our paper's size that writes into `to`, which must outlive
 * it. */
cairo_surface_t *written_begin(struct buf *to);

/* The whole file.  ERR_IO "paint.library" (why), cairo's own words; ERR_LIMIT
 * "buf.limit". */
err written_end(struct arena *a, cairo_surface_t *s, struct buf *to, str *out);

#endif
