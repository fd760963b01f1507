#ifndef PAGE_TEST_SAMPLE_H
#define PAGE_TEST_SAMPLE_H

/*
 * test_sample -- pages filled with invented data, for tests and for looking at.
 *
 * tests/golden/pages holds each of them in both languages, byte for byte;
 * tests/page_preview.c writes them out.
 */

#include "base/err.h"
#include "base/str.h"
#include "text/text.h"

struct arena;
struct buf;

struct sample {
    const char *name; /* "certificate_valid" */
    void (*render)(struct buf *out, enum lang l);
};

extern const struct sample samples[];
extern const size_t sample_count;

/* The page as HTML. */
err sample_html(struct arena *a, const struct sample *s, enum lang l, str *out);

/* The same without the scripts and styles that are in it whole
 * (tools/bundle.py). */
err sample_bare(struct arena *a, const struct sample *s, enum lang l, str *out);

/* That with the hashes cut out of the addresses of assets, so that a new
 * colour does not change every golden page. */
err sample_golden(struct arena *a, const struct sample *s, enum lang l,
                  str *out);

#endif
