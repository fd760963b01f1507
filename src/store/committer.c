#include "store/committer.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "store/aside.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

enum {
    TRIES = 5,                /* of a group before its members run alone */
    TRIES_ALONE = 20,         /* of a member that runs alone */
    GROUP_ARENA = 1024 * 1024 /* bytes for the writer's own errors */
};

const struct committer_limits committer_limits_usual = { 4096, 512,
                                                         STORE_WAIT_MS };

/* How many a member wakes that was woken itself. */
enum { WAKES = 2 };

/* One waiting caller; lives on its stack. */
struct member {
    struct member *next;
    struct member *wakes[WAKES]; /* those of its group that it wakes */
    committer_work *work;
    void *context;
    struct arena *arena;
    err result;
    bool dropped; /* its failure broke the transaction; result is final */
    sem_t done;
};

struct committer {
    struct heap *heap;
    struct store *store;   /* the writer's */
    struct asides *asides; /* likewise */
    struct committer_limits limits;
    pthread_t writer;
    bool running; /* the writer was started */

    pthread_mutex_t mutex; /* guards all that follows */
    pthread_cond_t more;   /* for the writer: something to do, or closing */
    pthread_cond_t left;   /* for close: a caller has gone */
    struct member *first;
    struct member *last;
    int32_t waiting; /* in first .. last */
    int32_t inside;  /* callers in committer_run() */
    bool closing;
    struct committer_counts counts;
};

/* pthread calls on our own objects fail only when we misuse them. */
static void lock(struct committer *c)
{
    int rc = pthread_mutex_lock(&c->mutex);
    check(rc == 0);
}

static void unlock(struct committer *c)
{
    int rc = pthread_mutex_unlock(&c->mutex);
    check(rc == 0);
}

static void wait_for(struct committer *c, pthread_cond_t *cond)
{
    int rc = pthread_cond_wait(cond, &c->mutex);
    check(rc == 0);
}

static void wake(pthread_cond_t *cond)
{
    int rc = pthread_cond_signal(cond);
    check(rc == 0);
}

/* --- in the writer: one group ----------------------------------------- */

static bool is_busy(err e)
{
    return err_is(e, ERR_BUSY);
}

static bool is_of_machine(err e)
{
    return err_is(e, ERR_MEMORY) || err_is(e, ERR_IO);
}

/* Run one work behind a savepoint; *whole is false when the transaction as a
 * whole cannot go on. */
static err run_saved(struct tx *tx, const struct member *m, bool *whole)
{
    *whole = false;
    TRY(tx_savepoint(tx));
    err e = m->work(tx, m->context);
    if (!failed(e))
        e = tx_release(tx);
    if (!failed(e))
        *whole = true;
    else if (!failed(tx_undo(tx)))
        *whole = !is_busy(e); /* PostgreSQL has doomed a busy transaction */
    return e;
}

/* Without one, which copies every page a work changes: most works that fail
 * have not changed any. [CO6] */
static err run_plain(struct tx *tx, const struct member *m, bool *whole)
{
    int64_t before = tx_writes(tx);
    err e = m->work(tx, m->context);

    *whole = !failed(e) || tx_writes(tx) == before;
    return e;
}

/* How a group is run, and how often it may still be. */
struct going {
    int tries;
    bool saved; /* each member behind a savepoint */
};

/* How far a group came. */
struct attempt {
    bool begun;             /* the transaction */
    struct member *culprit; /* the member that broke it; NULL: nobody */
};

static err run_member(struct committer *c, struct tx *tx, struct member *m,
                      bool saved, bool *whole)
{
    struct arena *own = tx_use_arena(tx, m->arena);

    asides_of(c->asides, m);
    err e = saved ? run_saved(tx, m, whole) : run_plain(tx, m, whole);
    (void)tx_use_arena(tx, own);
    return e;
}

/* The member that broke the transaction: not the one in whose turn it was
 * noticed, where another's was put aside [CO7]. */
static err blame(struct committer *c, struct member *m, err e,
                 struct attempt *out)
{
    struct member *other = asides_failed(c->asides);

    out->culprit = other != NULL ? other : m;
    if (out->culprit != NULL)
        out->culprit->result = err_keep(out->culprit->arena, e);
    return e;
}

static err run_members(struct committer *c, struct tx *tx, struct member *group,
                       bool saved, struct attempt *out)
{
    bool whole;

    for (struct member *m = group; m != NULL; m = m->next) {
        if (m->dropped)
            continue;
        m->result = run_member(c, tx, m, saved, &whole);
        if (!whole)
            return blame(c, m, m->result, out);
    }
    err e = tx_settle(tx);
    return failed(e) ? blame(c, NULL, e, out) : OK;
}

/* Every member that is left, in one transaction. */
static err try_group(struct committer *c, struct arena *a, struct member *group,
                     bool saved, struct attempt *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    *out = (struct attempt){ 0 };
    TRY(tx_begin(c->store, a, TX_WRITE, &tx));
    out->begun = true;
    if (!saved)
        asides_serve(c->asides, tx, group->next != NULL);
    err e = run_members(c, tx, group, saved, out);
    asides_clear(c->asides);
    TRY(e);
    return tx_commit(&tx);
}

/* [CO3] */
static void fail_all(struct member *group, err e)
{
    for (struct member *m = group; m != NULL; m = m->next) {
        if (!m->dropped)
            m->result = err_keep(m->arena, e);
    }
}

static void count_again(struct committer *c)
{
    lock(c);
    c->counts.again++;
    unlock(c);
}

/* What comes next after a try that failed with `e`: true: another one. */
static bool go_on(struct going *g, const struct attempt *got, err e)
{
    if (is_busy(e))
        return --g->tries > 0;
    /* What it did cannot be undone alone; behind a savepoint it can, and it is
     * judged once more beside the others.  Where the machine failed, or not
     * even a savepoint helps, they are run again without it. [CO6] */
    got->culprit->dropped = g->saved || is_of_machine(e);
    g->saved = true;
    return true;
}

/* Run the group until it is stored or cannot be; ERR_BUSY when `tries` were
 * not enough.  (A transaction that cannot begin has waited long already.) */
static err run_group(struct committer *c, struct arena *a, struct member *group,
                     int tries)
{
    struct going going = { tries, !store_embedded(c->store) };

    for (;;) {
        struct attempt got;
        err e = try_group(c, a, group, going.saved, &got);

        if (!failed(e))
            return OK;
        if (!got.begun || (got.culprit == NULL && !is_busy(e))) {
            fail_all(group, e);
            return OK;
        }
        if (!go_on(&going, &got, e))
            return e;
        count_again(c);
    }
}

/* [CO4] One that is always in somebody's way must not hold up the rest. */
static void run_alone(struct committer *c, struct arena *a, struct member *m)
{
    struct member *next = m->next;

    m->next = NULL;
    err e = run_group(c, a, m, TRIES_ALONE);
    if (failed(e))
        fail_all(m, e);
    m->next = next;
}

static void serve(struct committer *c, struct member *group)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, c->heap, GROUP_ARENA);
    err e = run_group(c, &a, group, TRIES);
    if (!failed(e))
        return;
    for (struct member *m = group; m != NULL; m = m->next) {
        if (!m->dropped)
            run_alone(c, &a, m);
    }
}

/* --- in the writer: the queue ----------------------------------------- */

/* Cut the next group off the queue; NULL when closing and none is left. */
static struct member *take_group(struct committer *c)
{
    while (c->first == NULL && !c->closing)
        wait_for(c, &c->more);

    struct member *group = c->first;
    struct member *end = group;
    int32_t n = 1;
    if (group == NULL)
        return NULL;
    for (; n < c->limits.group && end->next != NULL; n++)
        end = end->next;
    c->first = end->next;
    end->next = NULL;
    c->waiting -= n;
    c->counts.works += n;
    c->counts.groups++;
    return group;
}

/* A semaphore of ours is never full. */
static void let_go(struct member *m)
{
    int rc = sem_post(&m->done);
    check(rc == 0);
}

/* Waking everybody would take the writer a tenth of the time it has for them.
 * So it wakes the first, who wakes two more, and so on. */
static void answer(struct member *group)
{
    struct member *waker = group;
    size_t n = 0;

    for (struct member *m = group->next; m != NULL; m = m->next) {
        waker->wakes[n++] = m;
        if (n == WAKES) {
            waker = waker->next;
            n = 0;
        }
    }
    let_go(group);
}

static void *write_on(void *arg)
{
    struct committer *c = (struct committer *)arg;
    struct member *group;

    lock(c);
    while ((group = take_group(c)) != NULL) {
        unlock(c);
        serve(c, group);
        answer(group);
        lock(c);
    }
    unlock(c);
    return NULL;
}

/* --- callers ---------------------------------------------------------- */

/* Put `m` at the end of the queue, or say why not. */
static err accept(struct committer *c, struct member *m)
{
    if (c->closing)
        return err_new(m->arena, ERR_BUSY, "committer.closing");
    if (c->waiting >= c->limits.queue)
        return err_new(m->arena, ERR_BUSY, "committer.full",
                       ARG_INT("most", c->limits.queue));
    if (c->first == NULL)
        c->first = m;
    else
        c->last->next = m;
    c->last = m;
    c->waiting++;
    wake(&c->more);
    return OK;
}

/* A member is gone as soon as it was let go: each lets those go that it wakes,
 * and looks at them no more. */
static void wait_until_done(struct member *m)
{
    while (sem_wait(&m->done) != 0)
        check(errno == EINTR);
    for (size_t i = 0; i < WAKES && m->wakes[i] != NULL; i++)
        let_go(m->wakes[i]);
}

static err enter(struct committer *c, struct member *m)
{
    lock(c);
    err e = accept(c, m);
    c->inside += failed(e) ? 0 : 1;
    unlock(c);
    return e;
}

static void leave(struct committer *c)
{
    lock(c);
    c->inside--;
    if (c->closing)
        wake(&c->left);
    unlock(c);
}

err committer_run(struct committer *c, struct arena *a, committer_work *work,
                  void *context)
{
    struct member m = { .work = work, .context = context, .arena = a };
    int rc = sem_init(&m.done, 0, 0);

    check(rc == 0);
    err e = enter(c, &m);
    if (!failed(e)) {
        wait_until_done(&m);
        leave(c);
        e = m.result;
    }
    (void)sem_destroy(&m.done);
    return e;
}

struct committer_counts committer_counts(struct committer *c)
{
    lock(c);
    struct committer_counts n = c->counts;
    n.waiting = c->waiting;
    unlock(c);
    return n;
}

/* --- opening and closing ---------------------------------------------- */

err committer_open(struct heap *h, struct arena *a, str where,
                   const struct committer_limits *limits,
                   struct committer **out)
{
    scoped(committer_close) struct committer *c = h->resize(h, NULL, sizeof *c);

    TRY_MEMORY(c);
    check(limits->queue >= 1 && limits->group >= 1);
    *c = (struct committer){
        .heap = h,
        .limits = *limits,
        .mutex = PTHREAD_MUTEX_INITIALIZER,
        .more = PTHREAD_COND_INITIALIZER,
        .left = PTHREAD_COND_INITIALIZER,
    };
    TRY(store_open(h, a, where, &c->store));
    TRY(store_wait(c->store, a, limits->wait));
    TRY(asides_begin(h, a, &c->asides));
    int rc = pthread_create(&c->writer, NULL, write_on, c);
    if (rc != 0)
        return err_new(a, ERR_IO, "committer.thread", ARG_INT("number", rc));
    c->running = true;
    *out = c;
    c = NULL;
    return OK;
}

static void finish(struct committer *c)
{
    lock(c);
    c->closing = true;
    wake(&c->more);
    unlock(c);
    int rc = pthread_join(c->writer, NULL);
    check(rc == 0);

    /* The last callers may be on their way out still. */
    lock(c);
    while (c->inside > 0)
        wait_for(c, &c->left);
    unlock(c);
}

void committer_close(struct committer **c)
{
    if (*c == NULL)
        return;
    if ((*c)->running)
        finish(*c);
    asides_end(&(*c)->asides);
    store_close(&(*c)->store);
    (void)pthread_cond_destroy(&(*c)->left);
    (void)pthread_cond_destroy(&(*c)->more);
    (void)pthread_mutex_destroy(&(*c)->mutex);
    (*c)->heap->resize((*c)->heap, *c, 0);
    *c = NULL;
}
