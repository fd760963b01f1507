#ifndef VERIFY_TEST_LOG_H
#define VERIFY_TEST_LOG_H

/*
 * test_log -- a transparency log as somebody else keeps it in files, large
 * enough to have full tiles, and everything that can be altered in it; for
 * tests of the library and of `tenstar verify`.
 */

#include "base/str.h"

#include <stdint.h>

struct arena;

/* Two full bundles and one that is begun; so the tiles of hashes of level 0,
 * and the one above them. */
enum { TEST_LOG_SIZE = 600, TEST_LOG_FILES = 8 };

struct test_log_file {
    str path; /* "tile/0/002.p/88" */
    str bytes;
};

struct test_log {
    struct test_log_file files[TEST_LOG_FILES]; /* the checkpoint is the last */
    size_t n;
    str policy; /* that trusts this log */
};

/* A log of `size` entries, TEST_LOG_SIZE at most. */
void test_log_make(struct test_log *log, struct arena *a, int64_t size);

/* The bytes of a file; NULL, and the test failed, when there is none. */
str *test_log_file(struct test_log *log, const char *path);

/* --- altered ------------------------------------------------------------ */

struct test_log_row {
    const char *what;
    const char *path;
    enum { ALTERED_BYTE, ALTERED_LAST, CUT_SHORT, MADE_LONGER } how;
    const char *at; /* ALTERED_BYTE: the last byte of this text */
    const char *id; /* why it is refused */
};

/* Each file of it is in a row; the last has no path. */
extern const struct test_log_row test_log_rows[];

/* The bytes as the row has them. */
str test_log_altered(struct arena *a, str bytes, const struct test_log_row *r);

#endif
