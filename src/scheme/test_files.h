#ifndef SCHEME_TEST_FILES_H
#define SCHEME_TEST_FILES_H

/* test_files -- tests only: files of the source tree (TENSTAR_ROOT). */

#include "base/arena.h"
#include "base/str.h"

/* The bytes of ROOT/path; fails the test and gives an empty str otherwise. */
str test_file(struct arena *a, const char *path);

#endif
