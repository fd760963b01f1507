/* A copy of a log, read from its first entry to its last; and each of its files
 * altered in turn. [LC1] [LC4]  What it says of a certificate:
 * credential/verify_thing_test.c. */

#include "verify/log_copy.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "verify/test_log.h"

#include <stdio.h>

static void compare_tiles(struct log_copy *c, struct test_log *log)
{
    for (int level = 0; level < LOG_COPY_LEVELS; level++) {
        char path[TILE_PATH];
        struct tile t;

        if (log_copy_tile(c, level, &t))
            log_copy_compare(c, t, *test_log_file(log, tile_path(t, path).p));
    }
}

static err read_copy(struct arena *a, struct test_log *log, bool tiles)
{
    const struct trust_policy *policy;
    struct log_copy c;
    struct tile t;

    TRY(policy_read(a, log->policy, &policy));
    TRY(log_copy_begin(&c, a, policy, *test_log_file(log, "checkpoint"),
                       S("")));
    while (log_copy_next(&c, &t)) {
        char path[TILE_PATH];

        TRY(log_copy_add(&c, a, *test_log_file(log, tile_path(t, path).p)));
        if (tiles)
            compare_tiles(&c, log);
    }
    return log_copy_end(&c);
}

/* Where bundles and tiles are begun, filled and begun again. */
TEST(a_copy_of_any_size_is_whole_and_its_tiles_fit)
{
    static const int64_t sizes[] = { 1,   2,   255, 256,          257,
                                     511, 512, 513, TEST_LOG_SIZE };

    for (size_t i = 0; i < COUNT(sizes); i++) {
        TEST_ARENA(a, 64 << 20);
        struct test_log log;
        char name[32];

        (void)snprintf(name, sizeof name, "%lld", (long long)sizes[i]);
        test_log_make(&log, &a, sizes[i]);
        EXPECT_ROW_OK(name, read_copy(&a, &log, true));
    }
}

/* Every tile of hashes that is published is asked for, and once. */
TEST(all_tiles_are_compared_and_each_once)
{
    TEST_ARENA(a, 64 << 20);
    struct test_log log;

    test_log_make(&log, &a, TEST_LOG_SIZE);
    for (size_t i = 0; i < log.n; i++) {
        struct test_log one = log;

        if (!str_begins(log.files[i].path, S("tile/")) ||
            str_begins(log.files[i].path, S("tile/entries/")))
            continue;
        one.files[i].bytes = S("x");
        err e = read_copy(&a, &one, true);
        EXPECT_ROW_ERR(log.files[i].path.p, e, ERR_INVALID, "log_copy.tile");
        EXPECT_ROW_STR(log.files[i].path.p, err_arg_text(e, "path"),
                       log.files[i].path);
    }
}

/* [LC4] */
TEST(a_copy_without_tiles_of_hashes_is_whole)
{
    TEST_ARENA(a, 64 << 20);
    struct test_log log;

    test_log_make(&log, &a, TEST_LOG_SIZE);
    EXPECT_OK(read_copy(&a, &log, false));
}

TEST(a_copy_altered_in_any_file_is_refused_with_the_reason)
{
    TEST_ARENA(a, 256 << 20);
    struct test_log log;

    test_log_make(&log, &a, TEST_LOG_SIZE);
    for (const struct test_log_row *r = test_log_rows; r->path != NULL; r++) {
        struct test_log altered = log;
        str *bytes = test_log_file(&altered, r->path);

        if (bytes == NULL)
            continue;
        *bytes = test_log_altered(&a, *bytes, r);
        EXPECT_ROW_ERR(r->what, read_copy(&a, &altered, true), ERR_INVALID,
                       r->id);
    }
}

TEST(no_file_of_a_copy_is_without_a_row)
{
    TEST_ARENA(a, 64 << 20);
    struct test_log log;

    test_log_make(&log, &a, TEST_LOG_SIZE);
    EXPECT(log.n == TEST_LOG_FILES);
    for (size_t i = 0; i < log.n; i++) {
        size_t rows = 0;

        for (const struct test_log_row *r = test_log_rows; r->path != NULL; r++)
            rows += str_eq(log.files[i].path, str_of(r->path));
        EXPECT_ROW(log.files[i].path.p, rows > 0);
    }
}
