#include "service/records_pass.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "service/records_source.h"
#include "sys/charset.h"
#include "sys/clock.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* No byte of GB18030 becomes more of UTF-8 than this, and a bit for its end. */
enum { GROWS = 3, SPARE = 64 };

enum {
    INTERVAL_MICROS = PASS_INTERVAL * 1000,
    MICROS_OF_SECOND = 1000000,
    NANOS_OF_MICRO = 1000,
};

struct run {
    const struct pass *pass;
    atomic_bool stop;
    pthread_mutex_t lock;
    pthread_cond_t done;
    size_t working; /* under the lock */
};

struct worker {
    struct run *run;
    void *mine;
    pthread_t thread;
    struct arena arena; /* of a piece turned into UTF-8 */
    struct charset charset;
    bool no_memory;
};

size_t pass_processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    if (n < 1)
        return 1;
    return n < PASS_WORKERS_MAX ? (size_t)n : PASS_WORKERS_MAX;
}

/* --- a worker --- */

static bool feed(struct worker *w, const struct source_piece *piece)
{
    struct pass_part part = {
        .raw = { piece->bytes, piece->n },
        .at = piece->at,
        .lines = piece->lines,
    };
    struct buf b;

    part.text = part.raw;
    if (w->run->pass->charset == CHARSET_GB18030) {
        arena_reset(&w->arena);
        buf_init(&b, &w->arena, GROWS * piece->n + SPARE);
        charset_feed(&w->charset, part.raw, &b);
        if (failed(buf_done(&b, &part.text)))
            return false;
    }
    return w->run->pass->feed(w->mine, &part);
}

static void work(struct worker *w)
{
    struct source *s = w->run->pass->source;
    struct source_piece piece = { 0 };

    while (!atomic_load(&w->run->stop) && source_next(s, &piece)) {
        if (feed(w, &piece))
            continue;
        w->no_memory = true;
        atomic_store(&w->run->stop, true);
    }
    source_piece_end(s, &piece);
}

static void *work_in_thread(void *context)
{
    struct worker *w = context;
    struct run *r = w->run;

    work(w);
    (void)pthread_mutex_lock(&r->lock);
    r->working--;
    (void)pthread_cond_signal(&r->done);
    (void)pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* --- who is told --- */

/* False: stop. */
static bool tell(const struct pass *p)
{
    struct records_progress at = { .size = source_size(p->source) };

    if (p->watch == NULL)
        return true;
    source_position(p->source, &at.bytes, &at.lines);
    return p->watch->tell(p->watch, &at);
}

/* As pthread_cond_timedwait() takes it: ticks are those of CLOCK_MONOTONIC. */
static struct timespec after_interval(void)
{
    struct clock c = CLOCK_SYSTEM;
    int64_t until = c.ticks(&c) + INTERVAL_MICROS;

    return (struct timespec){
        .tv_sec = until / MICROS_OF_SECOND,
        .tv_nsec = until % MICROS_OF_SECOND * NANOS_OF_MICRO,
    };
}

/* Until nobody works any more. [PA1] [PA2] */
static void wait_for_all(struct run *r)
{
    struct timespec until = after_interval();

    (void)pthread_mutex_lock(&r->lock);
    while (r->working > 0) {
        if (pthread_cond_timedwait(&r->done, &r->lock, &until) != ETIMEDOUT)
            continue;
        (void)pthread_mutex_unlock(&r->lock);
        if (!tell(r->pass))
            atomic_store(&r->stop, true);
        until = after_interval();
        (void)pthread_mutex_lock(&r->lock);
    }
    (void)pthread_mutex_unlock(&r->lock);
}

/* How many began. */
static size_t start_threads(struct run *r, struct worker *workers)
{
    size_t n = 0;

    (void)pthread_mutex_lock(&r->lock);
    while (n < r->pass->workers &&
           pthread_create(&workers[n].thread, NULL, work_in_thread,
                          &workers[n]) == 0)
        n++;
    r->working = n;
    (void)pthread_mutex_unlock(&r->lock);
    return n;
}

static err run_threads(struct arena *a, struct run *r, struct worker *workers)
{
    pthread_condattr_t forward; /* no clock that somebody sets */
    size_t n;

    (void)pthread_condattr_init(&forward);
    (void)pthread_condattr_setclock(&forward, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&r->lock, NULL);
    (void)pthread_cond_init(&r->done, &forward);
    n = start_threads(r, workers);
    wait_for_all(r);
    for (size_t i = 0; i < n; i++)
        (void)pthread_join(workers[i].thread, NULL);
    (void)pthread_cond_destroy(&r->done);
    (void)pthread_mutex_destroy(&r->lock);
    (void)pthread_condattr_destroy(&forward);
    return n > 0 ? OK : err_new(a, ERR_BUSY, "records.threads");
}

/* --- all of them --- */

static err run_workers(struct arena *a, struct run *r, struct worker *workers)
{
    const struct pass *p = r->pass;

    atomic_store(&r->stop, !tell(p));
    if (p->workers == 1 && p->watch == NULL)
        work(&workers[0]);
    else
        TRY(run_threads(a, r, workers));
    for (size_t i = 0; i < p->workers; i++)
        TRY_MEMORY(!workers[i].no_memory);
    TRY(source_failure(p->source, a));
    if (!tell(p) || atomic_load(&r->stop))
        return err_new(a, ERR_REFUSED, "records.stopped");
    return OK;
}

static err open_charsets(struct arena *a, const struct pass *p,
                         struct worker *workers)
{
    for (size_t i = 0; p->charset == CHARSET_GB18030 && i < p->workers; i++)
        TRY(charset_begin(a, &workers[i].charset));
    return OK;
}

err pass_run(struct arena *a, struct heap *h, const struct pass *p,
             uint64_t *replaced)
{
    struct run r = { .pass = p };
    struct worker workers[PASS_WORKERS_MAX] = { 0 };
    uint64_t bad = 0;
    err e;

    check(p->workers >= 1 && p->workers <= PASS_WORKERS_MAX);
    for (size_t i = 0; i < p->workers; i++) {
        workers[i].run = &r;
        workers[i].mine = p->each[i];
        arena_init(&workers[i].arena, h,
                   (size_t)(GROWS + 1) * (2 * SOURCE_PIECE + SOURCE_ROW_MAX));
    }
    e = open_charsets(a, p, workers);
    if (!failed(e))
        e = run_workers(a, &r, workers);
    for (size_t i = 0; i < p->workers; i++) {
        bad += (uint64_t)workers[i].charset.bad;
        charset_end(&workers[i].charset);
        arena_end(&workers[i].arena);
    }
    if (!failed(e))
        *replaced = bad;
    return e;
}
