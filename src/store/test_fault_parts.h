#ifndef STORE_TEST_FAULT_PARTS_H
#define STORE_TEST_FAULT_PARTS_H

/* test_fault_parts -- the faulty memory and disk that test_faults.c puts
 * under SQLite. */

#include "store/test_faults.h"

#include <stdint.h>

/* Before SQLite is used for the first time. */
void fault_memory_install(void);
void fault_disk_install(void);

/* Let call `at` fail; 0: count only.  Disarm tells how many did. */
void fault_memory_arm(long at, bool for_good);
long fault_memory_disarm(void);
void fault_disk_arm(enum fault what, long at, bool for_good);
long fault_disk_disarm(void);

/*
 * The images that a crash would leave of files while a FAULT_CRASH is armed.
 * Calls are noted before they are carried out.
 */
void crash_forget(void);
void crash_opened(const char *path);
void crash_written(const char *path, int64_t at, const void *p, size_t n);
void crash_cut(const char *path, int64_t size);
void crash_synced(const char *path);
void crash_removed(const char *path, bool for_sure);

/* Lay the files as the crash left them; `torn` keeps a seeded choice of what
 * was not synced. */
void crash_restore(bool torn, uint64_t seed);

#endif
