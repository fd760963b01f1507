#include "store/committer.h"

#include "base/arena.h"
#include "store/counters.h"
#include "store/meta.h"
#include "store/store_test_env.h"
#include "store/test_fault_parts.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

enum { THREADS = 8, EACH = 12 };

/* Something to hand over: counts `name`, may refuse, may wait at a gate. */
struct task {
    str name;
    bool refuse;    /* after having counted */
    bool conflict;  /* break the transaction by a rule of the schema */
    bool fill;      /* the disk is full from then on */
    sem_t *arrived; /* posted when the work runs */
    sem_t *gate;    /* waited for after that */
    int64_t got;
    int runs;
};

static err break_rule(struct tx *tx)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_migration_add, &q));
    query_bind_int(q, 1, 1);
    query_bind_str(q, 2, S(""));
    query_bind_str(q, 3, S(""));
    return query_run(q);
}

static err count(struct tx *tx, void *context)
{
    struct task *t = (struct task *)context;

    t->runs++;
    if (t->arrived != NULL)
        sem_post(t->arrived);
    if (t->gate != NULL)
        sem_wait(t->gate);
    TRY(counter_next(tx, t->name, &t->got));
    if (t->fill)
        fault_disk_arm(FAULT_DISK_FULL, 1, true);
    if (t->conflict)
        TRY(break_rule(tx));
    if (t->refuse)
        return err_new(tx_arena(tx), ERR_REFUSED, "test.refused");
    return OK;
}

/* A caller in a thread of its own. */
struct caller {
    pthread_t thread;
    struct committer *committer;
    struct task task;
    int times;
    int refused;
    int others; /* failures that were not refusals */
    err last;
    struct arena arena;
    struct heap heap;
};

static void *call(void *arg)
{
    struct caller *c = (struct caller *)arg;

    for (int i = 0; i < c->times; i++) {
        err e = committer_run(c->committer, &c->arena, count, &c->task);
        c->refused += failed(e) && e.info->code == ERR_REFUSED;
        c->others += failed(e) && e.info->code != ERR_REFUSED;
        c->last = e;
    }
    return NULL;
}

static void start(struct caller *c, struct committer *to, struct task t,
                  int times)
{
    *c = (struct caller){
        .committer = to,
        .task = t,
        .times = times,
        .heap = HEAP_LIBC,
    };
    arena_init(&c->arena, &c->heap, 1 << 20);
    EXPECT(pthread_create(&c->thread, NULL, call, c) == 0);
}

static void join(struct caller *c)
{
    EXPECT(pthread_join(c->thread, NULL) == 0);
}

/* A migrated place and a committer on it. */
static err open_committer(const struct store_place *place, struct heap *h,
                          struct arena *a, struct committer_limits limits,
                          struct committer **out)
{
    scoped(store_close) struct store *s = NULL;

    TRY(store_test_open(place, h, a, &s));
    return committer_open(h, a, place->where, &limits, out);
}

/* A committer `c` until the scope ends. */
#define TEST_COMMITTER(queue, group)                                           \
    struct heap heap_of_c = HEAP_LIBC;                                         \
    scoped(committer_close) struct committer *c = NULL;                        \
    if (!EXPECT_OK(                                                            \
            open_committer(place, &heap_of_c, &a,                              \
                           (struct committer_limits){ (queue), (group), 0 },   \
                           &c)))                                               \
    return

EACH_STORE_TEST(what_was_answered_is_stored)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(8, 8);
    struct task t = { .name = S("x") };

    EXPECT_OK(committer_run(c, &a, count, &t));
    EXPECT(t.got == 1 && t.runs == 1);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 1);
}

/* [CO2] */
EACH_STORE_TEST(a_refusal_undoes_only_its_own_work)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(8, 8);
    struct task good = { .name = S("x") };
    struct task bad = { .name = S("x"), .refuse = true };
    struct task broken = { .name = S("x"), .conflict = true };

    EXPECT_OK(committer_run(c, &a, count, &good));
    EXPECT_ERR(committer_run(c, &a, count, &bad), ERR_REFUSED, "test.refused");
    EXPECT_ERR(committer_run(c, &a, count, &broken), ERR_CONFLICT,
               "store.constraint");
    EXPECT_OK(committer_run(c, &a, count, &good));
    EXPECT(good.got == 2);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 2);
}

EACH_STORE_TEST(many_callers_lose_nothing)
{
    TEST_ARENA(a, 1 << 20);
    struct caller callers[THREADS];
    int refused = 0;
    {
        TEST_COMMITTER(THREADS, 4);
        for (int i = 0; i < THREADS; i++)
            start(&callers[i], c,
                  (struct task){ .name = S("x"), .refuse = i % 4 == 3 }, EACH);
        for (int i = 0; i < THREADS; i++) {
            join(&callers[i]);
            EXPECT(callers[i].others == 0);
            refused += callers[i].refused;
        }
        struct committer_counts n = committer_counts(c);
        EXPECT(n.works == (int64_t)THREADS * EACH);
        EXPECT(n.groups <= n.works);
        /* [CO6] */
        EXPECT(place->sqlite ? n.again <= n.groups : n.again == 0);
    }
    for (int i = 0; i < THREADS; i++)
        arena_end(&callers[i].arena);
    EXPECT(refused == THREADS / 4 * EACH);
    EXPECT(store_test_count(place, "SELECT value FROM counter") ==
           (int64_t)THREADS * EACH - refused);
}

/* Begin a work that holds the writer, so that others gather behind it. */
static void hold(struct caller *holder, struct committer *c, sem_t *arrived,
                 sem_t *gate)
{
    EXPECT(sem_init(arrived, 0, 0) == 0 && sem_init(gate, 0, 0) == 0);
    start(holder, c,
          (struct task){ .name = S("x"), .arrived = arrived, .gate = gate }, 1);
    sem_wait(arrived);
}

/* Wait until THREADS callers stand in the queue, which holds no more. */
static void fill(struct committer *c, struct arena *a)
{
    struct task probe = { .name = S("probe") };

    while (committer_counts(c).waiting < THREADS)
        sched_yield();
    EXPECT_ERR(committer_run(c, a, count, &probe), ERR_BUSY, "committer.full");
    EXPECT(probe.runs == 0);
}

EACH_STORE_TEST(those_who_wait_go_in_groups_and_no_more_than_fit_may_wait)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, 4);
    struct caller holder;
    struct caller callers[THREADS];
    sem_t arrived;
    sem_t gate;

    hold(&holder, c, &arrived, &gate);
    for (int i = 0; i < THREADS; i++)
        start(&callers[i], c, (struct task){ .name = S("x") }, 1);
    fill(c, &a);
    sem_post(&gate);
    join(&holder);
    for (int i = 0; i < THREADS; i++)
        join(&callers[i]);
    /* The holder alone, then two groups of four. */
    EXPECT(committer_counts(c).groups == 3);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 9);
    for (int i = 0; i < THREADS; i++)
        arena_end(&callers[i].arena);
    arena_end(&holder.arena);
}

/* [CO5] */
static void *close_it(void *arg)
{
    committer_close((struct committer **)arg);
    return NULL;
}

EACH_STORE_TEST(closing_finishes_what_was_accepted)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, 4);
    struct caller holder;
    struct caller callers[THREADS];
    pthread_t closer;
    sem_t arrived;
    sem_t gate;

    hold(&holder, c, &arrived, &gate);
    for (int i = 0; i < THREADS; i++)
        start(&callers[i], c, (struct task){ .name = S("x") }, 1);
    fill(c, &a);
    EXPECT(pthread_create(&closer, NULL, close_it, &c) == 0);
    sem_post(&gate);
    EXPECT(pthread_join(closer, NULL) == 0);
    join(&holder);
    EXPECT(c == NULL && !failed(holder.last));
    for (int i = 0; i < THREADS; i++) {
        join(&callers[i]);
        EXPECT_OK(callers[i].last);
        arena_end(&callers[i].arena);
    }
    arena_end(&holder.arena);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 9);
}

/* [CO3] */
ONE_STORE_TEST(when_the_group_cannot_begin_everyone_is_told, true)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, THREADS);
    TEST_STORE(other, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct task t = { .name = S("x") };

    EXPECT_OK(tx_begin(other, &a, TX_WRITE, &tx));
    EXPECT_ERR(committer_run(c, &a, count, &t), ERR_BUSY, "store.busy");
    EXPECT(t.runs == 0);
    tx_abort(&tx);
    EXPECT_OK(committer_run(c, &a, count, &t));
    EXPECT(t.got == 1);
}

ONE_STORE_TEST(when_the_group_cannot_commit_everyone_is_told, true)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, THREADS);
    struct caller holder;
    struct caller callers[THREADS];
    struct task t = { .name = S("x") };
    sem_t arrived;
    sem_t gate;

    hold(&holder, c, &arrived, &gate);
    for (int i = 0; i < THREADS; i++)
        start(&callers[i], c,
              (struct task){ .name = S("x"), .refuse = i == 0, .fill = i == 1 },
              1);
    fill(c, &a);
    sem_post(&gate);
    join(&holder);
    for (int i = 0; i < THREADS; i++) {
        join(&callers[i]);
        EXPECT_ERR(callers[i].last, ERR_IO, "store.full");
        arena_end(&callers[i].arena);
    }
    EXPECT(fault_disk_disarm() > 0);
    EXPECT_OK(committer_run(c, &a, count, &t));
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 2);
    arena_end(&holder.arena);
}

/* Work in whose middle the server ends the connection. */
static err lose_connection(struct tx *tx, void *context)
{
    const struct store_place *place = (const struct store_place *)context;
    int64_t n;

    TRY(counter_next(tx, S("x"), &n));
    EXPECT(store_test_count(place, "SELECT count(pg_terminate_backend(pid, "
                                   "5000)) FROM pg_stat_activity WHERE "
                                   "application_name = 'tenstar'") > 0);
    return OK;
}

ONE_STORE_TEST(a_work_that_loses_the_connection_fails_alone, false)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, THREADS);
    struct store_place copy = *place;
    struct caller holder;
    struct caller callers[THREADS - 1];
    sem_t arrived;
    sem_t gate;

    hold(&holder, c, &arrived, &gate);
    for (int i = 0; i < THREADS - 1; i++)
        start(&callers[i], c, (struct task){ .name = S("x") }, 1);
    sem_post(&gate);
    EXPECT_ERR(committer_run(c, &a, lose_connection, &copy), ERR_IO,
               "store.lost");
    join(&holder);
    EXPECT_OK(holder.last);
    for (int i = 0; i < THREADS - 1; i++) {
        join(&callers[i]);
        EXPECT_OK(callers[i].last);
        arena_end(&callers[i].arena);
    }
    arena_end(&holder.arena);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == THREADS);
}

/* A work that is refused for what it reads. */
static err refuse_only(struct tx *tx, void *context)
{
    struct task *t = context;
    bool found;
    str text;

    t->runs++;
    TRY(meta_get(tx, tx_arena(tx), S("nothing"), &text, &found));
    return err_new(tx_arena(tx), ERR_REFUSED, "test.refused");
}

/* [CO6] */
ONE_STORE_TEST(only_after_a_refusal_that_wrote_is_a_group_run_again, true)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(4, 4);
    struct task good = { .name = S("x") };
    struct task late = { .name = S("x"), .refuse = true };
    struct task early = { 0 };

    EXPECT_OK(committer_run(c, &a, count, &good));
    EXPECT_ERR(committer_run(c, &a, refuse_only, &early), ERR_REFUSED,
               "test.refused");
    EXPECT(early.runs == 1 && committer_counts(c).again == 0);
    EXPECT_ERR(committer_run(c, &a, count, &late), ERR_REFUSED, "test.refused");
    EXPECT(late.runs == 2 && committer_counts(c).again == 1);
    EXPECT(store_test_count(place, "SELECT value FROM counter") == 1);
}

/* [CO4] A work that reads, and is overtaken before it writes. */
struct overtaken {
    struct store *other;
    struct arena *arena;
    int overtake; /* so many times */
    int runs;
};

static err count_once(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t n;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(counter_next(tx, S("x"), &n));
    return tx_commit(&tx);
}

static err be_overtaken(struct tx *tx, void *context)
{
    struct overtaken *o = (struct overtaken *)context;
    int64_t n;

    TRY(counter_get(tx, S("x"), &n));
    if (o->runs++ < o->overtake)
        TRY(count_once(o->other, o->arena));
    return counter_next(tx, S("x"), &n);
}

ONE_STORE_TEST(a_group_that_was_overtaken_runs_again, false)
{
    TEST_ARENA(a, 1 << 20);
    TEST_COMMITTER(THREADS, THREADS);
    TEST_STORE(other, place, &a);
    static const struct {
        const char *name;
        int overtake;
        bool good;
    } rows[] = {
        { "never", 0, true },
        { "once", 1, true },
        { "until it runs alone", 5, true },
        { "until nobody would wait any more", 1000, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct overtaken o = { other, &a, rows[i].overtake, 0 };
        err e = committer_run(c, &a, be_overtaken, &o);
        if (rows[i].good) {
            EXPECT_ROW_OK(rows[i].name, e);
            EXPECT_ROW(rows[i].name, o.runs == rows[i].overtake + 1);
        } else {
            EXPECT_ROW_ERR(rows[i].name, e, ERR_BUSY, "store.busy");
            EXPECT_ROW(rows[i].name, o.runs == 25);
        }
    }
}

static err open_only(struct heap *h, void *context)
{
    const struct store_place *place = (const struct store_place *)context;
    scoped(arena_end) struct arena a;
    scoped(committer_close) struct committer *c = NULL;
    struct task t = { .name = S("x") };

    arena_init(&a, h, 1 << 20);
    TRY(committer_open(h, &a, place->where, &committer_limits_usual, &c));
    return committer_run(c, &a, count, &t);
}

EACH_STORE_TEST(a_committer_without_memory_is_only_an_error)
{
    struct store_place copy = *place;
    TEST_ARENA(a, 1 << 20);

    copy.where = str_of(copy.where_text);
    {
        TEST_STORE(s, place, &a);
    }
    EXPECT(test_every_allocation_fails(open_only, NULL, &copy) > 2);
}
