/*
 * The fault loop over a certificate's issue: every request to our heap, every
 * call for a file, every write that finds the disk full.  Of SQLite's own
 * requests, of its calls to the disk and of the moments at which the power may
 * fail, which are the most, some (test_stride()).
 */
#include "service/test_issue_faults.h"

enum { WORLD_ARENA = 16 << 20, OF_SQLITE = 17, OF_DISK = 3 };

/* `least` is how many points there are, not how many are visited. */
static void expect_points(enum fault what, long stride, long least)
{
    TEST_ARENA(a, WORLD_ARENA);
    scoped(issue_world_end) struct issue_world *w = issue_world_new(&a);

    EXPECT(w != NULL && fault_issue(w, what, stride) > least / stride);
}

TEST(a_certificate_is_all_or_nothing_without_heap)
{
    expect_points(FAULT_HEAP, 1, 100);
}

TEST(a_certificate_is_all_or_nothing_without_memory_for_sqlite)
{
    expect_points(FAULT_SQLITE_MEMORY, test_stride(OF_SQLITE), 5000);
}

TEST(a_certificate_is_all_or_nothing_on_a_bad_disk)
{
    expect_points(FAULT_DISK_ERROR, test_stride(OF_DISK), 300);
    expect_points(FAULT_DISK_SHORT, test_stride(OF_DISK), 300);
}

TEST(a_certificate_is_all_or_nothing_on_a_full_disk)
{
    expect_points(FAULT_DISK_FULL, 1, 100);
}

TEST(no_acknowledged_certificate_is_lost_in_a_crash)
{
    expect_points(FAULT_CRASH, test_stride(OF_DISK), 300);
}

/* What was written stays, what comes after does not: neither a signature
 * without its entry, nor an entry without its certificate, nor a number that is
 * skipped.
 */
TEST(a_certificate_is_all_or_nothing_whenever_the_process_is_killed)
{
    expect_points(FAULT_KILL, test_stride(OF_DISK), 300);
}

TEST(a_certificate_is_all_or_nothing_when_files_cannot_be_read)
{
    expect_points(FAULT_FILE_ERROR, 1, 10);
    expect_points(FAULT_FILE_FULL, 1, 10);
}
