#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

extern const struct test __start_tests[], __stop_tests[];

static int failures_in_this_test;

void test_fail(const char *file, int line, const char *row, const char *what)
{
    failures_in_this_test++;
    fprintf(stderr, "%s:%d: %s%s%sexpected %s\n", file, line,
            row == NULL ? "" : "[", row == NULL ? "" : row,
            row == NULL ? "" : "] ", what);
}

bool test_failing(void)
{
    return failures_in_this_test > 0;
}

void test_expect_str(const char *file, int line, const char *row, str got,
                     str want)
{
    if (str_eq(got, want))
        return;
    test_fail(file, line, row, "these to be equal:");
    fprintf(stderr, "    got:  \"%.*s\"\n    want: \"%.*s\"\n", STR_ARG(got),
            STR_ARG(want));
}

static void print_err(err e)
{
    static const char *const codes[ERR_CODE_COUNT] = {
        [ERR_INVALID] = "ERR_INVALID",     [ERR_REFUSED] = "ERR_REFUSED",
        [ERR_NOT_FOUND] = "ERR_NOT_FOUND", [ERR_CONFLICT] = "ERR_CONFLICT",
        [ERR_DENIED] = "ERR_DENIED",       [ERR_BUSY] = "ERR_BUSY",
        [ERR_LIMIT] = "ERR_LIMIT",         [ERR_IO] = "ERR_IO",
        [ERR_CORRUPT] = "ERR_CORRUPT",     [ERR_MEMORY] = "ERR_MEMORY",
    };

    if (!failed(e)) {
        fprintf(stderr, "    got success\n");
        return;
    }
    fprintf(stderr, "    got %s %s at %s", codes[e.info->code], e.info->id,
            e.info->where);
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (g->text.n == 0)
            fprintf(stderr, " %s=%lld", g->name, (long long)g->number);
        else
            fprintf(stderr, " %s=\"%.*s\"", g->name, STR_ARG(g->text));
    }
    fprintf(stderr, "\n");
}

bool test_expect_ok(const char *file, int line, const char *row, err e)
{
    if (!failed(e))
        return true;
    test_fail(file, line, row, "success");
    print_err(e);
    return false;
}

void test_expect_err(const char *file, int line, const char *row, err e,
                     enum err_code code, const char *id)
{
    if (failed(e) && e.info->code == code && strcmp(e.info->id, id) == 0)
        return;
    test_fail(file, line, row, id);
    print_err(e);
}

/* Threads of one work share a heap. */
#define ADD(to, n) __atomic_add_fetch(&(to), (n), __ATOMIC_RELAXED)

static void *fault_resize(struct heap *h, void *old, size_t n)
{
    struct heap_fault *f = (struct heap_fault *)h;

    if (n == 0) {
        (void)ADD(f->live, old != NULL ? -1 : 0);
        free(old);
        return NULL;
    }

    long request = ADD(f->requests, 1);
    if (f->fail_at != 0 &&
        (request == f->fail_at || (f->for_good && request > f->fail_at))) {
        (void)ADD(f->injected, 1);
        return NULL;
    }

    bool is_new = old == NULL;
    void *p = realloc(old, n);
    (void)ADD(f->live, p != NULL && is_new ? 1 : 0);
    return p;
}

void heap_fault_init(struct heap_fault *f, long fail_at, bool for_good)
{
    *f = (struct heap_fault){
        .heap = { fault_resize },
        .fail_at = fail_at,
        .for_good = for_good,
    };
}

/* Fail request `n` of one run; false when the run met no failure. */
static bool fail_once(long n, bool for_good, test_body *body, test_after *after,
                      void *context)
{
    struct heap_fault f;

    heap_fault_init(&f, n, for_good);
    err e = body(&f.heap, context);
    bool bad = failed(e);

    /* The err may live in an arena that is gone: look at no more than that
     * it is the one that needs no arena. */
    EXPECT(!bad || e.info == err_memory().info);
    EXPECT(bad == (f.injected > 0));
    EXPECT(f.live == 0);
    if (after != NULL)
        after(bad, context);
    return f.injected > 0;
}

void test_place(char *to, const char *name)
{
    enum { PATTERN = 40 };
    const char *folder = getenv("TMPDIR");

    if (folder == NULL || strlen(folder) > TEST_PATH - PATTERN)
        folder = "/tmp";
    (void)snprintf(to, TEST_PATH, "%s/tenstar-%s-XXXXXX", folder, name);
}

long test_stride(long usual)
{
    return getenv("TENSTAR_TEST_THOROUGH") == NULL ? usual : 1;
}

/* A body with n requests takes n runs: those with thousands would take most of
 * the time there is.  So behind the first hundreds the steps grow. */
static long point_after(long n)
{
    enum { ALL_OF_FIRST = 256, OF_REST = 64 };

    return n + test_stride(n <= ALL_OF_FIRST ? 1 : 1 + n / OF_REST);
}

long test_every_allocation_fails(test_body *body, test_after *after,
                                 void *context)
{
    enum { TOO_MANY = 1000000 };
    long n = 1;

    for (int for_good = 0; for_good <= 1; for_good++) {
        n = 1;
        while (fail_once(n, for_good != 0, body, after, context) &&
               n < TOO_MANY && failures_in_this_test == 0)
            n = point_after(n);
    }
    EXPECT(n > 1 && n < TOO_MANY);
    return n - 1;
}

uint64_t test_random_next(struct test_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t test_random_below(struct test_random *r, uint64_t n)
{
    return n == 0 ? 0 : test_random_next(r) % n;
}

void test_random_bytes(struct test_random *r, void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((unsigned char *)p)[i] = (unsigned char)test_random_next(r);
}

/* --- which tests, and how long they take ---------------------------------- */

/* What the command line asks for. */
struct wish {
    const char *filter; /* a part of their names; NULL: whatever the name */
    unsigned part;      /* 1..parts */
    unsigned parts;
    bool engines;
    bool times;
};

/* The number that `*s` begins with, which is taken away; 0 for none. */
static unsigned take_number(const char **s)
{
    unsigned n = 0;

    for (; **s >= '0' && **s <= '9' && n < 1000; (*s)++)
        n = n * 10 + (unsigned)(**s - '0');
    return n;
}

/* "2/3" */
static bool read_part(const char *word, struct wish *w)
{
    w->part = take_number(&word);
    if (*word != '/')
        return false;
    word++;
    w->parts = take_number(&word);
    return *word == '\0' && w->part >= 1 && w->part <= w->parts;
}

static bool read_wish(int argc, char **argv, struct wish *w)
{
    *w = (struct wish){ .part = 1, .parts = 1 };
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--times") == 0)
            w->times = true;
        else if (strcmp(argv[i], "--engines") == 0)
            w->engines = true;
        else if (strcmp(argv[i], "--part") != 0)
            w->filter = argv[i];
        else if (++i == argc || !read_part(argv[i], w))
            return false;
    }
    return true;
}

/* Neighbours cost alike, so they go to different parts. */
static bool wanted(const struct test *t, const struct wish *w)
{
    return (size_t)(t - __start_tests) % w->parts == w->part - 1 &&
           (t->engines || !w->engines) &&
           (w->filter == NULL || strstr(t->name, w->filter) != NULL);
}

/* Of this process, all its threads, in milliseconds. */
static long cpu_time(void)
{
    struct rusage used;

    (void)getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

/* Did it pass? */
static bool run(const struct test *t, bool times)
{
    long before = cpu_time();

    failures_in_this_test = 0;
    t->run();
    if (times)
        printf("%6ld ms  %s\n", cpu_time() - before, t->name);
    if (failures_in_this_test > 0)
        fprintf(stderr, "FAILED %s\n", t->name);
    return failures_in_this_test == 0;
}

int main(int argc, char **argv)
{
    struct wish w;
    int passed = 0;
    int bad = 0;

    if (!read_wish(argc, argv, &w)) {
        fprintf(stderr, "usage: %s [--part N/M] [--engines] [--times] [NAME]\n",
                argv[0]);
        return 2;
    }
    for (const struct test *t = __start_tests; t < __stop_tests; t++) {
        bool good;

        if (!wanted(t, &w))
            continue;
        good = run(t, w.times);
        passed += good;
        bad += !good;
    }
    printf("%d passed, %d failed\n", passed, bad);
    return bad == 0 && passed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
