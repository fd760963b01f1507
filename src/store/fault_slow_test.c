/*
 * Every point of every fault loop; of SQLite's own requests for memory, which
 * are the most, some (test_stride()).
 */
#include "store/test_fault_cases.h"

enum { OF_SQLITE = 7 };

TEST(commands_are_all_or_nothing_without_heap)
{
    EXPECT(fault_commands(FAULT_HEAP, 1) > 4);
}

TEST(commands_are_all_or_nothing_without_memory_for_sqlite)
{
    EXPECT(fault_commands(FAULT_SQLITE_MEMORY, test_stride(OF_SQLITE)) > 80);
}

TEST(commands_are_all_or_nothing_on_a_bad_disk)
{
    EXPECT(fault_commands(FAULT_DISK_ERROR, 1) > 100);
    EXPECT(fault_commands(FAULT_DISK_SHORT, 1) > 100);
}

TEST(commands_are_all_or_nothing_on_a_full_disk)
{
    EXPECT(fault_commands(FAULT_DISK_FULL, 1) > 40);
}

TEST(no_acknowledged_command_is_lost_in_a_crash)
{
    EXPECT(fault_commands(FAULT_CRASH, 1) > 40);
}

TEST(recovery_is_all_or_nothing)
{
    EXPECT(fault_recovery(FAULT_HEAP, 1) > 4);
    EXPECT(fault_recovery(FAULT_SQLITE_MEMORY, test_stride(OF_SQLITE)) > 80);
    EXPECT(fault_recovery(FAULT_DISK_ERROR, 1) > 100);
    EXPECT(fault_recovery(FAULT_DISK_SHORT, 1) > 100);
    EXPECT(fault_recovery(FAULT_DISK_FULL, 1) > 40);
    EXPECT(fault_recovery(FAULT_CRASH, 1) > 40);
}

TEST(a_blob_and_its_row_are_all_or_nothing)
{
    for (int what = 0; what < FAULT_KINDS; what++)
        EXPECT(fault_blob((enum fault)what, 1) > 0);
}
