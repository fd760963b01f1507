#ifndef CREDENTIAL_TEST_PAGE_H
#define CREDENTIAL_TEST_PAGE_H

/* test_page -- tests only: PDF files as cairo writes them. */

#include "base/str.h"

struct arena;

/* A file of these objects, numbered from 1; the first is its catalogue. */
str test_page_of(struct arena *a, const char *const *bodies, size_t n);

enum { TEST_PAGE_OBJECTS = 3 };

/* A file of one empty page, of so many objects. */
str test_page(struct arena *a);

#endif
