#ifndef WEB_TEST_FORM_SAMPLE_H
#define WEB_TEST_FORM_SAMPLE_H

/*
 * test_form_sample -- pages with forms of commands, filled in as people do, for
 * tests and for looking at (page/test_sample.h).
 */

#include "page/test_sample.h"

extern const struct sample form_samples[];
extern const size_t form_sample_count;

/* Those of test_own_sample.c. */
void sample_compare(struct buf *out, enum lang l);
void sample_contract(struct buf *out, enum lang l);
void sample_mark(struct buf *out, enum lang l);
void sample_customers(struct buf *out, enum lang l);
void sample_messages(struct buf *out, enum lang l);

#endif
