/* What works put aside is written with them, or not at all. [AD1]-[AD4] */

#include "store/aside.h"

#include "base/arena.h"
#include "base/size.h"
#include "store/committer.h"
#include "store/credentials.h"
#include "store/store_test_env.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

enum { CALLERS = 6 };

/* How a piece of work goes. */
enum way { GOOD, BAD_JOB, BAD_THEN, READS };

/* One that puts a credential aside, called and numbered by `index`. */
struct piece {
    enum way way;
    int64_t index;
    int64_t seen; /* READS: credentials that were there for it */
    struct heap heap;
    struct arena arena;
    pthread_t thread;
    struct committer *to;
    err result;
};

static str name_of(int64_t index)
{
    static const char names[] = "ABCDEFGH";

    return (str){ names + index, 1 };
}

static struct credential_row row_of(int64_t index)
{
    return (struct credential_row){ .number = name_of(index),
                                    .serial = 1,
                                    .index = index,
                                    .json = S("{}"),
                                    .jwt = S("a.b.c"),
                                    .qr = S("Q"),
                                    .key = 1 };
}

/* In the aside's own arena. */
struct slip {
    enum way way;
    int64_t index;
    str made;
};

static err job(struct arena *a, void *context)
{
    struct slip *s = context;

    if (s->way == BAD_JOB)
        return err_new(a, ERR_REFUSED, "test.refused");
    TRY_MEMORY(arena_str(a, S("{\"made\":1}"), &s->made));
    return OK;
}

static err then(struct tx *tx, void *context)
{
    const struct slip *s = context;
    struct credential_row row = row_of(s->index);

    row.json = s->made;
    if (s->way == BAD_THEN)
        row.serial = 0; /* the schema forbids it */
    return credential_put(tx, &row);
}

static err put(struct tx *tx, enum way way, int64_t index)
{
    scoped(aside_drop) struct aside *x = NULL;
    const struct aside_work work = { job, then, name_of(index), index };
    struct slip *s;

    TRY(aside_new(tx, &x));
    s = arena_zero(aside_arena(x), sizeof *s);
    TRY_MEMORY(s);
    *s = (struct slip){ .way = way, .index = index };
    return aside_put(tx, &x, &work, s);
}

static err run(struct tx *tx, void *context)
{
    struct piece *p = context;

    if (p->way == READS)
        return credential_count(tx, &p->seen);
    return put(tx, p->way, p->index);
}

/* --- a group ------------------------------------------------------------ */

/* Holds the writer until the others stand in line. */
struct gate {
    sem_t arrived;
    sem_t open;
};

static err hold(struct tx *, void *context)
{
    struct gate *g = context;

    sem_post(&g->arrived);
    sem_wait(&g->open);
    return OK;
}

struct holder {
    struct committer *to;
    struct arena *a;
    struct gate gate;
};

static void *stand(void *context)
{
    struct holder *h = context;

    EXPECT_OK(committer_run(h->to, h->a, hold, &h->gate));
    return NULL;
}

static void *call(void *context)
{
    struct piece *p = context;

    p->result = committer_run(p->to, &p->arena, run, p);
    return NULL;
}

/* All of them in one group, in their order. */
static void run_together(struct committer *c, struct arena *a,
                         struct piece *pieces, int n)
{
    struct holder h = { .to = c, .a = a };
    pthread_t first;

    EXPECT(sem_init(&h.gate.arrived, 0, 0) == 0);
    EXPECT(sem_init(&h.gate.open, 0, 0) == 0);
    EXPECT(pthread_create(&first, NULL, stand, &h) == 0);
    sem_wait(&h.gate.arrived);
    for (int i = 0; i < n; i++) {
        struct piece *p = &pieces[i];

        p->to = c;
        p->heap = HEAP_LIBC;
        arena_init(&p->arena, &p->heap, 1 << 20);
        EXPECT(pthread_create(&p->thread, NULL, call, p) == 0);
        while (committer_counts(c).waiting <= i)
            sched_yield();
    }
    sem_post(&h.gate.open);
    EXPECT(pthread_join(first, NULL) == 0);
    for (int i = 0; i < n; i++)
        EXPECT(pthread_join(pieces[i].thread, NULL) == 0);
}

static void end(struct piece *pieces, int n)
{
    for (int i = 0; i < n; i++)
        arena_end(&pieces[i].arena);
}

static err open_on(const struct store_place *place, struct heap *h,
                   struct arena *a, struct committer **out)
{
    scoped(store_close) struct store *s = NULL;

    TRY(store_test_open(place, h, a, &s));
    return committer_open(h, a, place->where,
                          &(struct committer_limits){ 64, 64, 0 }, out);
}

#define TEST_WRITER(c)                                                         \
    struct heap heap_of_##c = HEAP_LIBC;                                       \
    scoped(committer_close) struct committer *(c) = NULL;                      \
    if (!EXPECT_OK(open_on(place, &heap_of_##c, &a, &(c))))                    \
    return

/* --- tests -------------------------------------------------------------- */

EACH_STORE_TEST(what_was_put_aside_is_stored_when_its_work_is_answered)
{
    TEST_ARENA(a, 1 << 20);
    TEST_WRITER(c);
    struct piece alone = { .index = 7 };
    struct piece pieces[CALLERS];

    EXPECT_OK(committer_run(c, &a, run, &alone));
    EXPECT(store_test_count(place, "SELECT count(*) FROM credential") == 1);
    for (int i = 0; i < CALLERS; i++)
        pieces[i] = (struct piece){ .index = i };
    run_together(c, &a, pieces, CALLERS);
    for (int i = 0; i < CALLERS; i++)
        EXPECT_OK(pieces[i].result);
    EXPECT(store_test_count(place,
                            "SELECT count(*) FROM credential"
                            " WHERE json = '{\"made\":1}'") == CALLERS + 1);
    end(pieces, CALLERS);
}

/* [AD3] Whatever fails, wherever it stands, and whoever notices. */
EACH_STORE_TEST(what_fails_aside_fails_its_own_work_and_no_other)
{
    static const struct {
        const char *name;
        enum way ways[CALLERS];
        const char *id;
        int64_t stored;
    } rows[] = {
        { "made wrongly, in the middle",
          { GOOD, GOOD, BAD_JOB, GOOD, GOOD, GOOD },
          "test.refused",
          5 },
        { "made wrongly, at the end",
          { GOOD, GOOD, GOOD, GOOD, GOOD, BAD_JOB },
          "test.refused",
          5 },
        { "written wrongly, first of all",
          { BAD_THEN, GOOD, GOOD, GOOD, GOOD, GOOD },
          "store.constraint",
          5 },
        { "noticed by one that reads",
          { GOOD, BAD_THEN, READS, GOOD, READS, GOOD },
          "store.constraint",
          3 },
    };

    for (size_t r = 0; r < COUNT(rows); r++) {
        struct store_place other;
        TEST_ARENA(a, 1 << 20);
        EXPECT(store_place_new(place->sqlite, &other));
        const struct store_place *at = &other;
        struct heap h = HEAP_LIBC;
        scoped(committer_close) struct committer *c = NULL;
        struct piece pieces[CALLERS];

        if (!EXPECT_OK(open_on(at, &h, &a, &c)))
            return;
        for (int i = 0; i < CALLERS; i++)
            pieces[i] = (struct piece){ .way = rows[r].ways[i], .index = i };
        run_together(c, &a, pieces, CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            if (pieces[i].way == BAD_JOB || pieces[i].way == BAD_THEN)
                EXPECT_ROW(rows[r].name, failed(pieces[i].result) &&
                                             strcmp(pieces[i].result.info->id,
                                                    rows[r].id) == 0);
            else
                EXPECT_ROW_OK(rows[r].name, pieces[i].result);
        }
        EXPECT_ROW(rows[r].name,
                   store_test_count(at, "SELECT count(*) FROM credential") ==
                       rows[r].stored);
        end(pieces, CALLERS);
    }
}

/* [AD2] */
EACH_STORE_TEST(whoever_reads_finds_what_was_put_aside_before)
{
    TEST_ARENA(a, 1 << 20);
    TEST_WRITER(c);
    struct piece pieces[] = { { .index = 1 },
                              { .way = READS },
                              { .index = 2 },
                              { .index = 3 },
                              { .way = READS } };
    const int n = (int)COUNT(pieces);

    run_together(c, &a, pieces, n);
    for (int i = 0; i < n; i++)
        EXPECT_OK(pieces[i].result);
    EXPECT(pieces[1].seen == 1 && pieces[4].seen == 3);
    end(pieces, n);
}

static err put_and_ask(struct tx *tx, void *)
{
    struct credential_row got = { 0 };
    int64_t last = 0;
    bool yes = false;
    bool no = true;

    TRY(put(tx, GOOD, 5));
    TRY(put(tx, GOOD, 3));
    TRY(credential_last_index(tx, &last));
    EXPECT(last == 5);
    TRY(credential_index_taken(tx, 3, &yes));
    TRY(credential_index_taken(tx, 4, &no));
    EXPECT(yes && !no);
    TRY(credential_newest(tx, tx_arena(tx), name_of(4), &got, &no));
    TRY(credential_newest(tx, tx_arena(tx), name_of(3), &got, &yes));
    EXPECT(yes && !no && got.index == 3);
    TRY(credential_last_index(tx, &last));
    EXPECT(last == 5);
    return OK;
}

/* An index is not drawn twice, nor a serial given twice, in one group. */
EACH_STORE_TEST(an_index_and_a_number_that_are_aside_are_known)
{
    TEST_ARENA(a, 1 << 20);
    TEST_WRITER(c);

    EXPECT_OK(committer_run(c, &a, put_and_ask, NULL));
    EXPECT(store_test_count(place, "SELECT count(*) FROM credential") == 2);
}

/* [AD4] */
EACH_STORE_TEST(where_nobody_helps_it_is_done_at_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(put_and_ask(tx, NULL));
    EXPECT_ERR(put(tx, BAD_JOB, 6), ERR_REFUSED, "test.refused");
    EXPECT_OK(tx_commit(&tx));
    EXPECT(store_test_count(place, "SELECT count(*) FROM credential") == 2);
}
