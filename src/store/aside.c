#include "store/aside.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "store/engine.h"

#include <pthread.h>

enum progress { WAITS, IS_MADE, IS_DONE };

/* In an arena of its own, this one. */
struct aside {
    struct aside *next;
    struct arena arena;
    struct aside_work work;
    void *context;
    void *owner;
    enum progress progress; /* guarded by the mutex */
    err result;             /* of the job, once it is done */
};

struct asides {
    struct heap *heap;
    pthread_t helper;
    bool helped; /* the helper may be woken */
    void *owner;
    void *failed;
    struct aside *first; /* all of the tx that are not written, in order */
    struct aside *last;

    pthread_mutex_t mutex; /* guards all that follows */
    pthread_cond_t more;   /* for the helper: a job, or the end */
    pthread_cond_t done;   /* for the writer: the helper's is done */
    struct aside *todo;    /* the first that nobody has begun */
    bool idle;             /* the helper sleeps */
    bool ending;
};

/* pthread calls on our own objects fail only when we misuse them. */
static void lock(struct asides *s)
{
    int rc = pthread_mutex_lock(&s->mutex);
    check(rc == 0);
}

static void unlock(struct asides *s)
{
    int rc = pthread_mutex_unlock(&s->mutex);
    check(rc == 0);
}

static void wait_for(struct asides *s, pthread_cond_t *cond)
{
    int rc = pthread_cond_wait(cond, &s->mutex);
    check(rc == 0);
}

static void wake(pthread_cond_t *cond)
{
    int rc = pthread_cond_signal(cond);
    check(rc == 0);
}

/* --- jobs --------------------------------------------------------------- */

/* With the lock held, which is let go meanwhile. */
static void make_next(struct asides *s)
{
    struct aside *x = s->todo;

    s->todo = x->next;
    x->progress = IS_MADE;
    unlock(s);
    x->result = x->work.job(&x->arena, x->context);
    lock(s);
    x->progress = IS_DONE;
}

static void *help(void *arg)
{
    struct asides *s = (struct asides *)arg;

    lock(s);
    while (!s->ending) {
        if (s->todo != NULL) {
            make_next(s);
            wake(&s->done);
            continue;
        }
        s->idle = true;
        wait_for(s, &s->more);
        s->idle = false;
    }
    unlock(s);
    return NULL;
}

/* Until `x` is made, the writer makes others. */
static void make(struct asides *s, const struct aside *x)
{
    lock(s);
    while (x->progress != IS_DONE) {
        if (s->todo != NULL)
            make_next(s);
        else
            wait_for(s, &s->done);
    }
    unlock(s);
}

/* --- one ---------------------------------------------------------------- */

err aside_new(struct tx *tx, struct aside **out)
{
    struct arena a;

    arena_init(&a, tx->store->heap, ASIDE_MAX);
    struct aside *x = arena_zero(&a, sizeof *x);
    TRY_MEMORY(x);
    x->arena = a;
    *out = x;
    return OK;
}

struct arena *aside_arena(struct aside *x)
{
    return &x->arena;
}

/* It lives in the arena that goes. */
void aside_drop(struct aside **x)
{
    if (*x == NULL)
        return;
    struct arena a = (*x)->arena;

    *x = NULL;
    arena_end(&a);
}

/* --- putting and settling ------------------------------------------------ */

/* [AD4] */
static err do_at_once(struct tx *tx, struct aside *x)
{
    TRY(err_keep(tx->arena, x->work.job(&x->arena, x->context)));
    return x->work.then(tx, x->context);
}

static void append(struct asides *s, struct aside *x)
{
    if (s->first == NULL)
        s->first = x;
    else
        s->last->next = x;
    s->last = x;
    lock(s);
    if (s->todo == NULL)
        s->todo = x;
    if (s->helped && s->idle)
        wake(&s->more);
    unlock(s);
}

err aside_put(struct tx *tx, struct aside **x, const struct aside_work *work,
              void *context)
{
    (*x)->work = *work;
    (*x)->context = context;
    if (tx->asides == NULL) {
        err e = do_at_once(tx, *x);
        aside_drop(x);
        return e;
    }
    (*x)->owner = tx->asides->owner;
    append(tx->asides, *x);
    *x = NULL;
    return OK;
}

static err settle_first(struct tx *tx, struct asides *s)
{
    struct aside *x = s->first;

    make(s, x);
    err e = err_keep(tx->arena, x->result);
    if (!failed(e))
        e = x->work.then(tx, x->context);
    if (failed(e)) {
        s->failed = x->owner;
        return e;
    }
    s->first = x->next;
    aside_drop(&x);
    return OK;
}

err tx_settle(struct tx *tx)
{
    struct asides *s = tx->asides;

    if (failed(tx->broken))
        return tx->broken;
    while (s != NULL && s->first != NULL) {
        err e = settle_first(tx, s);

        if (failed(e) && !failed(tx->broken))
            tx->broken = e; /* another's work cannot be undone alone [AD3] */
        TRY(e);
    }
    return OK;
}

/* --- asking ------------------------------------------------------------- */

static const struct aside *first_of(const struct tx *tx)
{
    return tx->asides == NULL ? NULL : tx->asides->first;
}

bool tx_aside_named(const struct tx *tx, str name)
{
    for (const struct aside *x = first_of(tx); x != NULL; x = x->next) {
        if (str_eq(x->work.name, name))
            return true;
    }
    return false;
}

bool tx_aside_numbered(const struct tx *tx, int64_t number)
{
    for (const struct aside *x = first_of(tx); x != NULL; x = x->next) {
        if (x->work.number == number)
            return true;
    }
    return false;
}

int64_t tx_aside_last(const struct tx *tx)
{
    int64_t last = -1;

    for (const struct aside *x = first_of(tx); x != NULL; x = x->next)
        last = x->work.number > last ? x->work.number : last;
    return last;
}

/* --- the committer's ------------------------------------------------------ */

void asides_serve(struct asides *s, struct tx *tx, bool helped)
{
    check(s->first == NULL);
    s->helped = helped;
    tx->asides = s;
}

void asides_of(struct asides *s, void *owner)
{
    s->owner = owner;
}

void *asides_failed(const struct asides *s)
{
    return s->failed;
}

/* What nobody has begun, nobody will. */
static void stop_making(struct asides *s)
{
    lock(s);
    s->todo = NULL;
    for (const struct aside *x = s->first; x != NULL; x = x->next) {
        while (x->progress == IS_MADE)
            wait_for(s, &s->done);
    }
    unlock(s);
}

void asides_clear(struct asides *s)
{
    struct aside *next;

    if (s->first != NULL)
        stop_making(s);
    for (struct aside *x = s->first; x != NULL; x = next) {
        next = x->next;
        aside_drop(&x);
    }
    s->first = s->last = NULL;
    s->owner = s->failed = NULL;
}

err asides_begin(struct heap *h, struct arena *a, struct asides **out)
{
    struct asides *s = h->resize(h, NULL, sizeof *s);

    TRY_MEMORY(s);
    *s = (struct asides){
        .heap = h,
        .mutex = PTHREAD_MUTEX_INITIALIZER,
        .more = PTHREAD_COND_INITIALIZER,
        .done = PTHREAD_COND_INITIALIZER,
    };
    int rc = pthread_create(&s->helper, NULL, help, s);
    if (rc != 0) {
        h->resize(h, s, 0);
        return err_new(a, ERR_IO, "committer.thread", ARG_INT("number", rc));
    }
    *out = s;
    return OK;
}

void asides_end(struct asides **s)
{
    if (*s == NULL)
        return;
    check((*s)->first == NULL);
    lock(*s);
    (*s)->ending = true;
    wake(&(*s)->more);
    unlock(*s);
    int rc = pthread_join((*s)->helper, NULL);
    check(rc == 0);
    (void)pthread_cond_destroy(&(*s)->done);
    (void)pthread_cond_destroy(&(*s)->more);
    (void)pthread_mutex_destroy(&(*s)->mutex);
    (*s)->heap->resize((*s)->heap, *s, 0);
    *s = NULL;
}
