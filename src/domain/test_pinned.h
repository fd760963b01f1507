#ifndef DOMAIN_TEST_PINNED_H
#define DOMAIN_TEST_PINNED_H

/*
 * test_pinned -- texts that stay as they are, kept under tests/golden.
 *
 * With TENSTAR_GOLDEN=write in the environment a test that finds another text
 * writes it there, and fails all the same: read the difference, run again.
 */

#include "base/str.h"

struct arena;

/* ROOT/tests/golden/NAME; empty when there is none. */
str pinned_text(struct arena *a, const char *name);

/* Is `got` what is pinned under this name? */
void expect_pinned(struct arena *a, const char *name, str got);

#endif
