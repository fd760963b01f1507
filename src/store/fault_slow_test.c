/*
 * Every point of every fault loop; of those that are many, some
 * (test_stride()): SQLite's own requests for memory, and what a recovery and a
 * blob ask of the disk.
 */
#include "store/test_fault_cases.h"

enum { OF_SQLITE = 7, OF_DISK = 3 };

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
    EXPECT(fault_recovery(FAULT_DISK_ERROR, test_stride(OF_DISK)) > 100);
    EXPECT(fault_recovery(FAULT_DISK_SHORT, test_stride(OF_DISK)) > 100);
    EXPECT(fault_recovery(FAULT_DISK_FULL, 1) > 40);
    EXPECT(fault_recovery(FAULT_CRASH, test_stride(OF_DISK)) > 40);
}

TEST(a_blob_and_its_row_are_all_or_nothing)
{
    for (int what = 0; what < FAULT_KINDS; what++) {
        long usual = what == FAULT_SQLITE_MEMORY ? OF_SQLITE : OF_DISK;

        EXPECT(fault_blob((enum fault)what, test_stride(usual)) > 0);
    }
}
