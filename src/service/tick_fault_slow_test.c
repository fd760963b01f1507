/*
 * A tick while everything fails that can: a certificate expires once, what is
 * told is told once, whatever a run before was broken off at. [TI2]
 */

#include "service/tick.h"

#include "codec/json.h"
#include "service/check.h"
#include "service/test_issue.h"
#include "store/test_faults.h"

#include <assert.h>
#include <stdio.h>
#include <unistd.h>

enum { STORE_MAX = 8 << 20 };

/* An office with a certificate whose last day was yesterday, and its store as
 * it is before each run. */
struct tick_world {
    struct issue issue;
    struct store_place store; /* of the office, on SQLite */
    str bytes;
    day today;
    int64_t expired; /* by the run, as it said */
};

static const id COMMAND = { { 0x71, 0xC4 } };

static err tick_once(struct heap *h, struct file_ops *files, void *context)
{
    struct tick_world *w = context;
    scoped(desk_leave) struct desk d = { 0 };
    struct tick_made made;

    TRY(desk_take(&d, &w->issue, h, files, APP_WRITE));
    TRY(tick(d.app, &d.arena, w->today, &made));
    w->expired = (int64_t)made.expired.n;
    return made.first;
}

/* --- before --------------------------------------------------------------- */

static void lay_store(void *context)
{
    struct tick_world *w = context;

    store_test_lay(&w->store, w->bytes);
    issue_lay_anchor(&w->issue);
    w->expired = -1;
}

/* --- after ---------------------------------------------------------------- */

static int64_t count(const struct tick_world *w, const char *sql)
{
    return store_test_count(&w->store, sql);
}

static void expect_sound(const struct tick_world *w)
{
    struct check_counts counts;
    TEST_DESK(d, &w->issue, APP_READ);

    EXPECT_OK(check_all(d.app, &d.arena, &counts));
}

/* The next run does what was left to do, and the one after it nothing. */
static void expect_goes_on(struct tick_world *w, int64_t left)
{
    struct heap heap = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;

    EXPECT_OK(tick_once(&heap, &files, w));
    EXPECT(w->expired == left);
    EXPECT_OK(tick_once(&heap, &files, w));
    EXPECT(w->expired == 0);
}

static void expect_once(const struct fault_run *run, void *context)
{
    struct tick_world *w = context;
    int64_t ended = count(w, "SELECT count(*) FROM journal"
                             " WHERE type = 'validity.ended'");

    EXPECT(ended <= 1);
    EXPECT(run->failed || (ended == 1 && w->expired == 1));
    expect_sound(w);
    expect_goes_on(w, 1 - ended);
    expect_sound(w);
    EXPECT(count(w, "SELECT count(*) FROM journal"
                    " WHERE type = 'validity.ended'") == 1);
    EXPECT(count(w, "SELECT count(*) FROM certificate WHERE status = 4") == 1);
    EXPECT(count(w, "SELECT count(*) FROM task WHERE raised = 1") == 1);
    EXPECT(count(w, "SELECT count(*) FROM notice WHERE kind = 'apply'") == 1);
}

/* --- the world ------------------------------------------------------------ */

/* A case that was only begun, for something to tell: of the other enterprise,
 * as the first has a certificate. */
static err open_case(struct desk *d)
{
    scoped(tx_abort) struct tx *tx = NULL;
    const struct claim claim = { .login = S("rival"),
                                 .demonstration = true,
                                 .channel = S("demo") };
    struct json *data = json_new_object(&d->arena);
    struct session who;
    struct case_answer answer;
    const struct case_order order = {
        .who = &who,
        .today = DAY_NEVER,
        .ref = S("new"),
        .command = S("case.open"),
        .data = data,
        .expected = -1,
    };

    json_set(data, S("scheme"), json_new_str(&d->arena, S("mini")));
    json_set(data, S("level"), json_new_str(&d->arena, S("ten")));
    TRY(app_read(d->app, &d->arena, &tx));
    TRY(session_open(tx, &d->arena, &claim, &who));
    tx_abort(&tx);
    tx = NULL;
    return cases_do(d->app, &d->arena, &order, &answer);
}

static err make_ready(struct tick_world *w)
{
    struct case_answer answer;
    struct desk d = { 0 };
    struct heap heap = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    err e = desk_take(&d, &w->issue, &heap, &files, APP_WRITE);

    if (!failed(e))
        e = desk_issue(&d, COMMAND, &answer);
    if (!failed(e))
        e = open_case(&d);
    if (!failed(e))
        e = desk_sequence(&d);
    desk_leave(&d);
    return e;
}

static bool make(struct tick_world *w, struct arena *a)
{
    struct file_ops machine = FILE_SYSTEM;
    struct store_place place;

    if (!store_place_new(true, &place) || !issue_begin(&w->issue, &place))
        return false;
    w->store = place;
    (void)snprintf(w->store.where_text, sizeof w->store.where_text,
                   "sqlite:%s/body/tenstar.db", place.folder);
    if (!EXPECT_OK(make_ready(w)) || !EXPECT_OK(issue_take_anchor(&w->issue)))
        return false;
    w->today = (day)count(w, "SELECT valid_until FROM certificate") + 1;
    return EXPECT_OK(file_read(&machine, a, str_of(store_test_path(&w->store)),
                               STORE_MAX, &w->bytes));
}

TEST(a_tick_that_was_broken_off_is_made_up_for_by_the_next)
{
    /* Primes, as in fault_test.c. */
    static const struct {
        enum fault what;
        long stride;
    } rows[] = {
        { FAULT_HEAP, 101 },      { FAULT_SQLITE_MEMORY, 211 },
        { FAULT_DISK_ERROR, 17 }, { FAULT_DISK_FULL, 7 },
        { FAULT_DISK_SHORT, 17 }, { FAULT_CRASH, 7 },
        { FAULT_KILL, 7 },        { FAULT_FILE_ERROR, 3 },
        { FAULT_FILE_FULL, 3 },
    };
    TEST_ARENA(a, STORE_MAX);
    static struct tick_world w;
    const struct fault_plan plan = {
        .prepare = lay_store,
        .body = tick_once,
        .check = expect_once,
        .context = &w,
    };

    static_assert(COUNT(rows) == FAULT_KINDS);
    if (!make(&w, &a))
        return;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fault_plan strided = plan;

        strided.stride = rows[i].stride;
        EXPECT(fault_each(rows[i].what, &strided) > 1);
    }
    issue_end(&w.issue);
}
