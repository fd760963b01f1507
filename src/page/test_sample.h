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
#include "page/page.h"
#include "text/text.h"

struct arena;
struct buf;

struct sample {
    const char *name; /* "certificate_valid" */
    void (*render)(struct buf *out, enum lang l);
};

extern const struct sample samples[];
extern const size_t sample_count;

/* Pages of staff, full and empty, by the heads of their templates: made by
 * tools/template_samples.py. */
extern const struct sample template_samples[];
extern const size_t template_sample_count;

/* The layout of each. */
struct page_base sample_base(enum lang l, str subject);

/* The same of a page that answers while one types. */
struct page_base sample_typing(enum lang l, str subject);

/* Those of test_sample_public.c. */
void sample_directory(struct buf *out, enum lang l);
void sample_directory_none(struct buf *out, enum lang l);
void sample_schemes(struct buf *out, enum lang l);
void sample_scheme(struct buf *out, enum lang l);
void sample_fees(struct buf *out, enum lang l);
void sample_fees_wrong(struct buf *out, enum lang l);
void sample_checks(struct buf *out, enum lang l);
void sample_check(struct buf *out, enum lang l);
void sample_check_more(struct buf *out, enum lang l);
void sample_check_result(struct buf *out, enum lang l);
void sample_body(struct buf *out, enum lang l);
void sample_batch(struct buf *out, enum lang l);
void sample_batch_done(struct buf *out, enum lang l);
void sample_report(struct buf *out, enum lang l);
void sample_report_wrong(struct buf *out, enum lang l);
void sample_report_received(struct buf *out, enum lang l);

/* Those of test_sample_log.c. */
void sample_log_witnessed(struct buf *out, enum lang l);
void sample_log_stopped(struct buf *out, enum lang l);
void sample_log_unsigned(struct buf *out, enum lang l);
void sample_verify(struct buf *out, enum lang l);
void sample_mirror(struct buf *out, enum lang l);

/* Those of test_sample_body.c. */
void sample_money(struct buf *out, enum lang l);
void sample_money_none(struct buf *out, enum lang l);
void sample_figures(struct buf *out, enum lang l);
void sample_filings(struct buf *out, enum lang l);
void sample_filing(struct buf *out, enum lang l);

/* The page as HTML. */
err sample_html(struct arena *a, const struct sample *s, enum lang l, str *out);

/* The same without the scripts and styles that are in it whole
 * (tools/bundle.py). */
err sample_bare(struct arena *a, const struct sample *s, enum lang l, str *out);

/* That with the hashes cut out of the addresses of assets, so that a new
 * colour does not change every golden page. */
err sample_golden(struct arena *a, const struct sample *s, enum lang l,
                  str *out);

/* Those of test_sample_work.c. */
void sample_packages(struct buf *out, enum lang l);
void sample_package(struct buf *out, enum lang l);
void sample_package_diff(struct buf *out, enum lang l);
void sample_settings(struct buf *out, enum lang l);

#endif
