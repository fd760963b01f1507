/* An import while memory and disk fail, or the process is killed: each chunk is
 * in as a whole or not at all, and the next run brings what is left, once.
 * [RI2] [RI3] */

#include "base/buf.h"
#include "service/check.h"
#include "service/register_import.h"
#include "service/test_issue.h"
#include "store/test_faults.h"

#include <stdio.h>

enum {
    ROWS = 7,    /* of a file, */
    UNSOUND = 5, /* of them this one is refused */
    SOUND = ROWS - 1,
    CHUNK = 3,
    TEXT_MAX = 4096,
    CHECK_EVERY = 8,
};

/* An installation, and the file of the newest run: no two are the same. */
struct faulty {
    struct issue at;
    str path;
    int64_t at_once;
    int runs;
};

static void put_row(struct buf *b, int run, int row)
{
    buf_printf(b, "R%d-%d,示例公司,%s,示例认证,GB/T 1,2025-03-01,2028-02-29\n",
               run, row, row == UNSOUND ? "913501" : OFFICE_USCC);
}

static void lay_file(void *context)
{
    struct faulty *x = context;
    struct file_ops files = FILE_SYSTEM;
    struct heap libc = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct buf b;

    arena_init(&a, &libc, (size_t)4 * TEXT_MAX);
    buf_init(&b, &a, TEXT_MAX);
    buf_str(&b, S("number,holder,uscc,body,criterion,from,until\n"));
    x->runs++;
    for (int row = 1; row <= ROWS; row++)
        put_row(&b, x->runs, row);
    EXPECT_OK(file_write(&files, &a, x->path, buf_view(&b), FILE_PUBLIC));
}

static err log_in(struct desk *d, struct session *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct claim claim = { .login = S("certificates"),
                           .demonstration = true,
                           .channel = S("demo") };

    TRY(app_read(d->app, &d->arena, &tx));
    return session_open(tx, &d->arena, &claim, out);
}

static err import_at(struct desk *d, const struct faulty *x,
                     struct import_counts *out)
{
    struct session who;
    const struct import_order order = {
        .from = { .files = d->world.files, .path = x->path },
        .who = &who,
        .today = x->at.today,
        .at_once = x->at_once,
    };

    d->entropy.seed += (uint64_t)x->runs; /* or ids would come twice */
    TRY(log_in(d, &who));
    return register_import(d->app, &d->arena, &order, out);
}

static err import_once(struct heap *h, struct file_ops *files, void *context)
{
    const struct faulty *x = context;
    scoped(desk_leave) struct desk d = { 0 };
    struct import_counts counts;

    TRY(desk_take(&d, &x->at, h, files, APP_WRITE));
    return import_at(&d, x, &counts);
}

static int64_t count(const struct faulty *x, const char *sql)
{
    return office_count(&x->at.office, sql);
}

/* Rows that the newest run's file brought. */
static int64_t brought(const struct faulty *x)
{
    char sql[100];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM imported WHERE number LIKE 'R%d-%%'",
                   x->runs);
    return count(x, sql);
}

/* What chunks say is what is there, and each is one event. */
static void expect_whole_chunks(const struct faulty *x)
{
    EXPECT(count(x, "SELECT count(*) FROM imported") ==
           count(x, "SELECT coalesce(sum(last - first + 1), 0)"
                    " FROM imported_chunk"));
    EXPECT(
        count(x, "SELECT count(*) FROM journal WHERE type = 'import.chunk'") ==
        count(x, "SELECT count(*) FROM imported_chunk"));
}

/* All of a chunk or nothing; then what is left comes, once. */
static void expect_resumed(const struct fault_run *run, void *context)
{
    const struct faulty *x = context;
    int64_t before = brought(x);
    struct import_counts counts;
    TEST_DESK(d, &x->at, APP_WRITE);

    expect_whole_chunks(x);
    EXPECT(run->failed || before == SOUND);
    EXPECT(
        before == SOUND || before == 0 ||
        (x->at_once == CHUNK && (before == CHUNK || before == 2 * CHUNK - 1)));
    d.entropy.seed += 1U << 20;
    EXPECT_OK(import_at(&d, x, &counts));
    EXPECT(counts.rows == ROWS && counts.put == SOUND - before);
    EXPECT(counts.known == 0 && brought(x) == SOUND);
    expect_whole_chunks(x);
    if (x->runs % CHECK_EVERY == 0) {
        struct check_counts checked;

        EXPECT_OK(check_all(d.app, &d.arena, &checked));
    }
}

ONE_STORE_TEST(an_import_that_failed_somewhere_goes_on_and_nothing_is_twice,
               true)
{
    static const struct {
        enum fault what;
        long stride; /* a prime: a quick look */
        int64_t at_once;
    } rows[] = {
        { FAULT_HEAP, 37, 0 }, /* the reader ahead would count beside it */
        { FAULT_SQLITE_MEMORY, 307, CHUNK },
        { FAULT_DISK_ERROR, 23, CHUNK },
        { FAULT_DISK_FULL, 17, CHUNK },
        { FAULT_DISK_SHORT, 23, CHUNK },
        { FAULT_KILL, 13, CHUNK },
        { FAULT_CRASH, 17, CHUNK },
        { FAULT_FILE_ERROR, 3, 0 },
    };
    struct faulty x = { .runs = 0 };
    struct fault_plan plan = { lay_file, import_once, expect_resumed, &x, 0 };

    if (!issue_begin(&x.at, place))
        return;
    EXPECT_OK(file_in(&x.at.office.arena, x.at.office.dir, S("certificates"),
                      &x.path));
    for (size_t i = 0; i < COUNT(rows) && !test_failing(); i++) {
        plan.stride = rows[i].stride;
        x.at_once = rows[i].at_once;
        EXPECT(fault_each(rows[i].what, &plan) > 1);
    }
    issue_end(&x.at);
}
