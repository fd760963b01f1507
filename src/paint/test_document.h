#ifndef PAINT_TEST_DOCUMENT_H
#define PAINT_TEST_DOCUMENT_H

/* test_document -- documents with something of every kind; tests only. */

#include "paint/document.h"

/* A block of every kind, on two pages. */
struct paint_document test_flow_document(void);

struct paint_certificate test_certificate(void);

/* Of `c` alone, which must outlive it. */
struct paint_document test_certificate_document(struct paint_certificate *c);

#endif
