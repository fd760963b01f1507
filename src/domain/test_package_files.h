#ifndef DOMAIN_TEST_PACKAGE_FILES_H
#define DOMAIN_TEST_PACKAGE_FILES_H

/*
 * test_package_files -- scheme packages of the source tree (TENSTAR_ROOT).
 */

#include "base/arena.h"
#include "scheme/load.h"

/* The bytes of ROOT/path; fails the test and gives an empty str otherwise. */
str read_source_file(struct arena *a, const char *path);

/* The package schemes/NAME, golden cases and all. */
struct package read_source_package(struct arena *a, const char *name);

/* The package schemes/NAME, loaded; NULL, and a failed test, when it is bad. */
struct scheme *load_source_scheme(struct arena *a, const char *name);

#endif
