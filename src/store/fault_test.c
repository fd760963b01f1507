/* A quick look at the fault loops: every STRIDE-th point.  The slow program
 * visits them all. */
#include "store/test_fault_cases.h"

enum { STRIDE = 101 };

TEST(commands_are_all_or_nothing_at_some_points)
{
    for (int what = 0; what < FAULT_FILE_ERROR; what++)
        EXPECT(fault_commands((enum fault)what, STRIDE) > 0);
}

TEST(recovery_is_all_or_nothing_at_some_points)
{
    for (int what = 0; what < FAULT_FILE_ERROR; what++)
        EXPECT(fault_recovery((enum fault)what, STRIDE) > 0);
}

TEST(a_blob_and_its_row_are_all_or_nothing_at_every_file_call)
{
    EXPECT(fault_blob(FAULT_FILE_ERROR, 1) > 10);
    EXPECT(fault_blob(FAULT_FILE_FULL, 1) > 10);
}
