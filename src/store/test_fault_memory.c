#include "store/test_fault_parts.h"

#include <sqlite3.h>
#include <stdatomic.h>

static sqlite3_mem_methods real;
static atomic_bool armed;
static atomic_long calls;
static atomic_long injected;
static long fail_at;
static bool fail_for_good;

static bool fails(void)
{
    if (!atomic_load(&armed))
        return false;
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (fail_at == 0 || n < fail_at || (n > fail_at && !fail_for_good))
        return false;
    atomic_fetch_add(&injected, 1);
    return true;
}

static void *faulty_malloc(int n)
{
    return fails() ? NULL : real.xMalloc(n);
}

static void *faulty_realloc(void *p, int n)
{
    return fails() ? NULL : real.xRealloc(p, n);
}

void fault_memory_install(void)
{
    int rc = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
    sqlite3_mem_methods faulty = real;

    faulty.xMalloc = faulty_malloc;
    faulty.xRealloc = faulty_realloc;
    if (rc != SQLITE_OK ||
        sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, NULL, "SQLite to take our memory");
}

void fault_memory_arm(long at, bool for_good)
{
    fail_at = at;
    fail_for_good = for_good;
    atomic_store(&calls, 0);
    atomic_store(&injected, 0);
    atomic_store(&armed, true);
}

long fault_memory_disarm(void)
{
    atomic_store(&armed, false);
    return atomic_load(&injected);
}
