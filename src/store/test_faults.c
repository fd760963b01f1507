#include "store/test_faults.h"

#include "store/test_fault_parts.h"
#include "sys/files_fault.h"

#include <errno.h>
#include <stdio.h>

enum { TOO_MANY = 100000 };

static const char *const fault_names[FAULT_KINDS] = {
    [FAULT_HEAP] = "heap",
    [FAULT_SQLITE_MEMORY] = "SQLite's memory",
    [FAULT_DISK_ERROR] = "disk error",
    [FAULT_DISK_FULL] = "disk full",
    [FAULT_DISK_SHORT] = "half a read or write",
    [FAULT_KILL] = "the process killed",
    [FAULT_CRASH] = "crash",
    [FAULT_FILE_ERROR] = "file error",
    [FAULT_FILE_FULL] = "file: disk full",
};

/* Before main(): SQLite takes its memory only before its first use. */
__attribute__((constructor)) static void install(void)
{
    fault_memory_install();
    fault_disk_install();
}

/* Everything that can be armed during a run. */
struct armed {
    struct heap_fault heap;
    struct file_fault files;
};

static void arm(struct armed *a, const struct fault_run *run)
{
    enum fault what = run->what;

    heap_fault_init(&a->heap, what == FAULT_HEAP ? run->at : 0, run->for_good);
    bool files = what == FAULT_FILE_ERROR || what == FAULT_FILE_FULL;
    file_fault_init(&a->files, files ? run->at : 0, run->for_good,
                    what == FAULT_FILE_FULL ? ENOSPC : EIO);
    if (what == FAULT_SQLITE_MEMORY)
        fault_memory_arm(run->at, run->for_good);
    if (what >= FAULT_DISK_ERROR && what <= FAULT_CRASH)
        fault_disk_arm(what, run->at, run->for_good);
}

static long disarm(struct armed *a, const struct fault_run *run)
{
    long n = a->heap.injected + a->files.injected;

    if (run->what == FAULT_SQLITE_MEMORY)
        n += fault_memory_disarm();
    if (run->what >= FAULT_DISK_ERROR && run->what <= FAULT_CRASH)
        n += fault_disk_disarm();
    if (run->what == FAULT_CRASH)
        crash_restore(run->for_good, (uint64_t)run->at);
    return n;
}

/* [FT1] [FT2]  The err may live in an arena that is gone: look at no more
 * than whether it is the one that needs none. */
static void judge(const struct fault_run *run, const struct armed *a, err e)
{
    EXPECT(run->injected > 0 || !run->failed);
    EXPECT(a->heap.live == 0 && a->files.open == 0);
    if (run->what == FAULT_HEAP)
        EXPECT(run->failed == (run->injected > 0));
    if (run->what == FAULT_HEAP || run->what == FAULT_SQLITE_MEMORY)
        EXPECT(!run->failed || e.info == err_memory().info);
}

/* One run; false when it met no failure. */
static bool run_once(struct fault_run *run, const struct fault_plan *p)
{
    struct armed a;

    if (p->prepare != NULL)
        p->prepare(p->context);
    arm(&a, run);
    err e = p->body(&a.heap.heap, &a.files.ops, p->context);
    run->failed = failed(e);
    run->injected = disarm(&a, run);
    judge(run, &a, e);
    p->check(run, p->context);
    if (test_failing())
        fprintf(stderr, "    with %s at call %ld%s\n", fault_names[run->what],
                run->at, run->for_good ? " and all after it" : "");
    return run->injected > 0 && !test_failing();
}

long fault_each(enum fault what, const struct fault_plan *plan)
{
    long points = 0;

    for (int for_good = 0; for_good <= 1 && !test_failing(); for_good++) {
        struct fault_run run = {
            .what = what,
            .at = 1,
            .for_good = for_good != 0,
        };
        while (run.at < TOO_MANY && run_once(&run, plan)) {
            run.at += plan->stride;
            points++;
        }
        EXPECT(run.at < TOO_MANY);
    }
    return points;
}
