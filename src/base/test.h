#ifndef BASE_TEST_H
#define BASE_TEST_H

/*
 * test -- the whole test framework.
 *
 * TEST() files itself in a linker section, so there is no list to keep.  Its
 * name is a sentence.  A failed EXPECT prints where and why and goes on.  The
 * program prints "N passed, N failed" and exits non-zero when one failed.
 *
 *   test_ROOM [--part N/M] [--engines] [--times] [NAME]
 *
 *   NAME      only the tests whose names contain it
 *   --part    only the Nth of M parts: each test is in one of them
 *   --engines only those that run on each engine of the store
 *   --times   what each took, processor time in milliseconds
 *
 * Tests read no clock and no random source; TEST_SEED gives property tests a
 * fixed seed, and `struct test_random` draws from it.
 */

#include "base/arena.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* They lie one after the other in their section, at their own distance. */
struct __attribute__((aligned(32))) test {
    const char *name;
    void (*run)(void);
    bool engines; /* it runs on each engine of the store */
};

#define TEST(name)         TEST_ENTRY(name, false)
#define TEST_ENGINES(name) TEST_ENTRY(name, true)
#define TEST_ENTRY(name, engines)                                              \
    static void test_##name(void);                                             \
    static const struct test test_entry_##name                                 \
        __attribute__((used, section("tests"),                                 \
                       aligned(32))) = { #name, test_##name, (engines) };      \
    static void test_##name(void)

/* Report a failure at a place; `row` is NULL or names the row of a table. */
void test_fail(const char *file, int line, const char *row, const char *what);

/* Did this test fail already?  Ends long loops early. */
bool test_failing(void);

#define EXPECT(cond) EXPECT_ROW(NULL, cond)
#define EXPECT_ROW(row, cond)                                                  \
    do {                                                                       \
        if (!(cond))                                                           \
            test_fail(__FILE__, __LINE__, (row), #cond);                       \
    } while (0)

/* Two texts, shown when they differ. */
#define EXPECT_STR(got, want)                                                  \
    test_expect_str(__FILE__, __LINE__, NULL, (got), (want))
#define EXPECT_ROW_STR(row, got, want)                                         \
    test_expect_str(__FILE__, __LINE__, (row), (got), (want))
void test_expect_str(const char *file, int line, const char *row, str got,
                     str want);

/* Success, the error shown otherwise. */
#define EXPECT_OK(call) test_expect_ok(__FILE__, __LINE__, NULL, (call))
#define EXPECT_ROW_OK(row, call)                                               \
    test_expect_ok(__FILE__, __LINE__, (row), (call))
bool test_expect_ok(const char *file, int line, const char *row, err e);

/* A failure with exactly this code and message id; pins the reason. */
#define EXPECT_ERR(call, code, id)                                             \
    test_expect_err(__FILE__, __LINE__, NULL, (call), (code), (id))
#define EXPECT_ROW_ERR(row, call, code, id)                                    \
    test_expect_err(__FILE__, __LINE__, (row), (call), (code), (id))
void test_expect_err(const char *file, int line, const char *row, err e,
                     enum err_code code, const char *id);

/* An arena of `n` bytes over the C library's heap, ended with the scope. */
#define TEST_ARENA(name, n)                                                    \
    struct heap name##_heap_ = HEAP_LIBC;                                      \
    scoped(arena_end) struct arena name;                                       \
    arena_init(&name, &name##_heap_, (n))

/* A heap whose n-th request fails: once, or from then on (SQLite's method). */
struct heap_fault {
    struct heap heap;
    long fail_at; /* 1-based; 0 means never */
    bool for_good;
    long requests;
    long injected;
    long live; /* blocks not yet freed: must end at 0 */
};

void heap_fault_init(struct heap_fault *f, long fail_at, bool for_good);

/* Is every point of a loop over failures to be visited, or only some of those
 * that are alike?  All by `./test deep thorough`, which takes hours
 * (TENSTAR_TEST_THOROUGH); `usual` is every how manieth a push visits. */
long test_stride(long usual);

/* A name for a file or a folder of a test's own, as mkstemp() and mkdtemp()
 * take it: "$TMPDIR/tenstar-NAME-XXXXXX", in /tmp where that is not set or too
 * long for `to`, TEST_PATH bytes. */
enum { TEST_PATH = 64 };
void test_place(char *to, const char *name);

/*
 * The allocation-failure loop: runs `body` over a heap that fails request 1,
 * 2, 3 .. until a run meets no failure, both once and for good (of those beyond
 * the first hundreds only some, see test_stride()), and expects
 * after each run: no live block; the body failed exactly when something was
 * injected; and then with ERR_MEMORY.  `body` uses only the heap it is given,
 * and ends what it made.  `after`, which may be NULL, checks the outside world
 * (all or nothing) and is told whether the body failed.
 * Returns how far it came, the number of failure points there are where all
 * were visited.
 */
typedef err test_body(struct heap *h, void *context);
typedef void test_after(bool body_failed, void *context);
long test_every_allocation_fails(test_body *body, test_after *after,
                                 void *context);

/* A small deterministic generator (splitmix64); tests only. */
#define TEST_SEED UINT64_C(0x7e57a12)
struct test_random {
    uint64_t state;
};
uint64_t test_random_next(struct test_random *r);
uint64_t test_random_below(struct test_random *r, uint64_t n); /* 0 when n=0 */
void test_random_bytes(struct test_random *r, void *p, size_t n);

#endif
