#include "sys/repeat.h"

#include "base/check.h"
#include "sys/clock.h"

#include <errno.h>
#include <stdatomic.h>
#include <time.h>

/* So many microseconds from now, as the condition's clock counts [RP1]. */
static struct timespec from_now(int64_t micros)
{
    int64_t until = clock_system_ticks(NULL) + micros;

    return (struct timespec){ .tv_sec = until / 1000000,
                              .tv_nsec = until % 1000000 * 1000 };
}

static void lock(struct repeat *r)
{
    check(pthread_mutex_lock(&r->mutex) == 0);
}

static void unlock(struct repeat *r)
{
    check(pthread_mutex_unlock(&r->mutex) == 0);
}

/* A wait may end without any reason: what counts is the time. */
static void wait(struct repeat *r, int64_t micros)
{
    const struct timespec until = from_now(micros);
    int rc = 0;

    lock(r);
    while (!atomic_load(&r->stop) && !r->woken && rc == 0)
        rc = pthread_cond_timedwait(&r->wake, &r->mutex, &until);
    r->woken = false;
    unlock(r);
    check(rc == 0 || rc == ETIMEDOUT);
}

static void *run(void *context)
{
    struct repeat *r = context;
    int64_t micros = 0;

    while (micros >= 0 && !atomic_load(&r->stop)) {
        micros = r->turn(r);
        if (micros > 0)
            wait(r, micros);
    }
    return NULL;
}

/* Fails only where there is no memory for it. */
static int init_wake(struct repeat *r)
{
    pthread_condattr_t monotonic;
    int rc = pthread_condattr_init(&monotonic);

    if (rc != 0)
        return rc;
    check(pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0);
    rc = pthread_cond_init(&r->wake, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    return rc;
}

static void end(struct repeat *r)
{
    check(pthread_cond_destroy(&r->wake) == 0);
    check(pthread_mutex_destroy(&r->mutex) == 0);
}

err repeat_start(struct repeat *r, struct arena *a)
{
    check(pthread_mutex_init(&r->mutex, NULL) == 0);
    if (init_wake(r) != 0) {
        check(pthread_mutex_destroy(&r->mutex) == 0);
        return err_memory();
    }
    int number = pthread_create(&r->thread, NULL, run, r);
    if (number == 0)
        return OK;
    end(r);
    return err_new(a, ERR_IO, "repeat.thread", ARG_INT("number", number));
}

void repeat_wake(struct repeat *r)
{
    lock(r);
    r->woken = true;
    check(pthread_cond_signal(&r->wake) == 0);
    unlock(r);
}

void repeat_stop(struct repeat *r)
{
    lock(r);
    atomic_store(&r->stop, true);
    check(pthread_cond_signal(&r->wake) == 0);
    unlock(r);
    check(pthread_join(r->thread, NULL) == 0);
    end(r);
}
