/*
 * test_fault_disk -- a file system for SQLite whose n-th call fails.
 *
 * It stands in front of the machine's and hands everything on.  Locks, sizes
 * and the shared index of the WAL are left alone except that mapping the
 * index may fail.
 */
#include "store/test_fault_parts.h"

#include <sqlite3.h>
#include <stdatomic.h>

/* What a call does, and so which faults it can meet. */
enum op { OP_OPEN, OP_READ, OP_WRITE, OP_SYNC, OP_CUT, OP_REMOVE, OP_MAP };

enum { CHANGES = 1 << OP_WRITE | 1 << OP_SYNC | 1 << OP_CUT | 1 << OP_REMOVE };

static const struct {
    unsigned ops; /* 1 << op of those that are counted */
} counted[FAULT_KINDS] = {
    [FAULT_DISK_ERROR] = { 0x7f },
    [FAULT_DISK_FULL] = { 1 << OP_WRITE },
    [FAULT_DISK_SHORT] = { 1 << OP_READ | 1 << OP_WRITE },
    [FAULT_KILL] = { CHANGES },
    [FAULT_CRASH] = { CHANGES },
};

static struct {
    atomic_bool armed;
    atomic_long calls;
    atomic_long injected;
    enum fault what;
    long at;
    bool for_good;
} plan;

struct faulty_file {
    sqlite3_file base;
    const char *path; /* SQLite's; NULL for a temporary file */
    sqlite3_file *real;
};

static sqlite3_vfs *machine;

/* Is there nobody left to do anything? */
static bool is_dead(void)
{
    return (plan.what == FAULT_CRASH || plan.what == FAULT_KILL) &&
           atomic_load(&plan.injected) > 0;
}

static bool fails(enum op op)
{
    if (!atomic_load(&plan.armed))
        return false;
    bool dead = is_dead();
    if (!dead && (counted[plan.what].ops & (1U << op)) == 0)
        return false;
    long n = atomic_fetch_add(&plan.calls, 1) + 1;
    if (!dead &&
        (plan.at == 0 || n < plan.at || (n > plan.at && !plan.for_good)))
        return false;
    atomic_fetch_add(&plan.injected, 1);
    return true;
}

/* Is the file to be followed, until the crash? */
static bool noted(const char *path)
{
    return path != NULL && atomic_load(&plan.armed) &&
           plan.what == FAULT_CRASH && atomic_load(&plan.injected) == 0;
}

static struct faulty_file *faulty(sqlite3_file *f)
{
    return (struct faulty_file *)f;
}

static sqlite3_file *real(sqlite3_file *f)
{
    return faulty(f)->real;
}

/* --- one file --------------------------------------------------------- */

static int file_close(sqlite3_file *f)
{
    return real(f)->pMethods->xClose(real(f));
}

static int file_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    if (fails(OP_READ)) {
        if (plan.what == FAULT_DISK_SHORT)
            (void)real(f)->pMethods->xRead(real(f), p, n / 2, at);
        return SQLITE_IOERR_READ;
    }
    return real(f)->pMethods->xRead(real(f), p, n, at);
}

static int file_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    if (noted(faulty(f)->path))
        crash_written(faulty(f)->path, at, p, (size_t)n);
    bool alive = !is_dead();
    if (!fails(OP_WRITE))
        return real(f)->pMethods->xWrite(real(f), p, n, at);
    if (plan.what == FAULT_DISK_SHORT ||
        (plan.what == FAULT_KILL && alive && plan.for_good)) /* [FT4] */
        (void)real(f)->pMethods->xWrite(real(f), p, n / 2, at);
    return plan.what == FAULT_DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (noted(faulty(f)->path))
        crash_cut(faulty(f)->path, size);
    if (fails(OP_CUT))
        return SQLITE_IOERR_TRUNCATE;
    return real(f)->pMethods->xTruncate(real(f), size);
}

/* A crash in the middle of a sync: it may not have done anything yet.  The
 * machine itself need not sync, since it is not the one that crashes: with it
 * the loops would take four times as long. */
static int file_sync(sqlite3_file *f, int)
{
    if (fails(OP_SYNC))
        return SQLITE_IOERR_FSYNC;
    if (noted(faulty(f)->path))
        crash_synced(faulty(f)->path);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *out)
{
    return real(f)->pMethods->xFileSize(real(f), out);
}

static int file_lock(sqlite3_file *f, int how)
{
    return real(f)->pMethods->xLock(real(f), how);
}

static int file_unlock(sqlite3_file *f, int how)
{
    return real(f)->pMethods->xUnlock(real(f), how);
}

static int file_is_reserved(sqlite3_file *f, int *out)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int file_device(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int shm_map(sqlite3_file *f, int page, int size, int extend,
                   void volatile **out)
{
    if (fails(OP_MAP))
        return SQLITE_IOERR_SHMMAP;
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int shm_unmap(sqlite3_file *f, int remove)
{
    return real(f)->pMethods->xShmUnmap(real(f), remove);
}

/* Version 2: shared memory, but no mapping of the file itself. */
static const sqlite3_io_methods file_methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_device,
    .xShmMap = shm_map,
    .xShmLock = shm_lock,
    .xShmBarrier = shm_barrier,
    .xShmUnmap = shm_unmap,
};

/* --- the file system -------------------------------------------------- */

static int disk_open(sqlite3_vfs *, sqlite3_filename path, sqlite3_file *f,
                     int flags, int *out_flags)
{
    struct faulty_file *mine = faulty(f);

    mine->base.pMethods = NULL;
    if (fails(OP_OPEN))
        return SQLITE_CANTOPEN;
    if (noted(path))
        crash_opened(path);
    mine->path = path;
    mine->real = (sqlite3_file *)(mine + 1);
    int rc = machine->xOpen(machine, path, mine->real, flags, out_flags);
    if (mine->real->pMethods != NULL)
        mine->base.pMethods = &file_methods;
    return rc;
}

static int disk_delete(sqlite3_vfs *, const char *path, int sync_folder)
{
    if (noted(path))
        crash_removed(path, sync_folder != 0);
    if (fails(OP_REMOVE))
        return SQLITE_IOERR_DELETE;
    return machine->xDelete(machine, path, sync_folder);
}

void fault_disk_install(void)
{
    static sqlite3_vfs disk;

    machine = sqlite3_vfs_find(NULL);
    if (machine == NULL) {
        test_fail(__FILE__, __LINE__, NULL, "SQLite to have a file system");
        return;
    }
    disk = *machine;
    disk.zName = "faults";
    disk.pNext = NULL;
    disk.szOsFile = (int)sizeof(struct faulty_file) + machine->szOsFile;
    disk.xOpen = disk_open;
    disk.xDelete = disk_delete;
    if (sqlite3_vfs_register(&disk, 1) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, NULL, "SQLite to take our file system");
}

void fault_disk_arm(enum fault what, long at, bool for_good)
{
    crash_forget();
    plan.what = what;
    plan.at = at;
    plan.for_good = for_good;
    atomic_store(&plan.calls, 0);
    atomic_store(&plan.injected, 0);
    atomic_store(&plan.armed, true);
}

long fault_disk_disarm(void)
{
    atomic_store(&plan.armed, false);
    return atomic_load(&plan.injected);
}
