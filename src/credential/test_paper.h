#ifndef CREDENTIAL_TEST_PAPER_H
#define CREDENTIAL_TEST_PAPER_H

/*
 * test_paper -- a signed PDF file of one page, and an invented time-stamping
 * service, for tests: the same bytes each time, but for ECDSA's.
 */

#include "base/str.h"
#include "credential/pdf_sign.h"
#include "credential/x509.h"

#include <stdint.h>

struct arena;

/* The body's own certificate, valid 2026-01-01 to 2100-01-01. */
void test_signer(struct arena *a, struct signer *out);

/* 2026-03-01T00:00:00Z, in seconds; the service's certificate is valid from a
 * thousand seconds before, and until 2100-01-01. */
extern const int64_t test_stamped;

/* The signature `der` with a stamp of the moment `at` in it. */
str test_stamp(struct arena *a, str der, int64_t at);

/* One page with these attachments, signed; `stamped` says by what. */
struct test_paper {
    const struct pdf_attachment *attachments;
    size_t n;
    bool stamped;
};
str test_paper(struct arena *a, const struct test_paper *p);

#endif
