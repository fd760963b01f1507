/*
 * bench/search_live -- names that change while they are searched.
 *
 *   build/bench/bench_search_live [NAMES] [SECONDS]
 *
 * One thread changes 5,000 names a second, in the batches a feeder makes, and
 * merges what is due; another searches as bench/search does.  Searches are
 * timed by the processor's time of their thread, with and without changes.  The
 * files lie in a folder of their own under TMPDIR, which is removed.
 */

#include "measure.h"
#include "names.h"

#include "base/arena.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "register/names.h"
#include "sys/files.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    NAMES = 4'200'000,
    NAMES_MOST = 20'000'000,
    SECONDS = 20,
    SECONDS_MOST = 3600,
    BATCH = 50,        /* changes at once, */
    BATCH_MILLIS = 10, /* so often */
    QUERIES_MOST = 1'000'000,
    PIECE_MOST = 6,
    WANT = 20,
};

struct live {
    struct heap heap;
    struct file_ops files;
    struct made_names made;
    struct names *names;
    double seconds;
    _Atomic bool over;
    uint64_t changed;
    double changing; /* seconds that it took */
    double *micros;
};

static double thread_seconds(void)
{
    struct timespec t;

    must(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) == 0, "no clock");
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;

    return (a > b) - (a < b);
}

/* --- searching ------------------------------------------------------------ */

static str draw_piece(const struct live *l, uint64_t *random)
{
    str name = l->made.documents[names_draw(random, (uint32_t)l->made.n)].name;
    size_t length = 1 + names_draw(random, PIECE_MOST);
    size_t n;

    must(utf8_check(name, &n) && n > 0, "a name is empty");
    size_t skip =
        n > length ? names_draw(random, (uint32_t)(n - length + 1)) : 0;
    return utf8_first(str_from(name, utf8_first(name, skip).n), length);
}

static void search_once(struct live *l, struct arena *a,
                        struct search_room *room, uint64_t *random)
{
    struct search_request rq = { .asked = draw_piece(l, random),
                                 .want = WANT,
                                 .count = true };
    struct names_view *v = names_see(l->names);
    struct search_answer x;

    for (int i = 0; i < SEARCH_FACETS; i++)
        rq.facets[i] = SEARCH_ANY;
    arena_reset(a);
    ok(names_find(v, a, room, &rq, &x));
    names_let(&v);
}

static void search(struct live *l, const char *what)
{
    struct search_room *room;
    struct arena a;
    uint64_t random = 7;
    double end = seconds_now() + l->seconds;
    char name[64];
    size_t n = 0;

    arena_init(&a, &l->heap, SIZE_MAX);
    ok(search_room_new(&l->heap, &room));
    for (; n < QUERIES_MOST && seconds_now() < end; n++) {
        double start = thread_seconds();

        search_once(l, &a, room, &random);
        l->micros[n] = (thread_seconds() - start) * 1e6;
    }
    must(n > 0, "no time to search");
    qsort(l->micros, n, sizeof *l->micros, by_size);
    (void)snprintf(name, sizeof name, "search.%s.p50_micros", what);
    tell(name, l->micros[n / 2]);
    (void)snprintf(name, sizeof name, "search.%s.p99_micros", what);
    tell(name, l->micros[n * 99 / 100]);
    search_room_free(&room);
    arena_end(&a);
}

/* --- changing ------------------------------------------------------------- */

/* Names that are there get those of others. */
static void change_batch(struct live *l, uint64_t *random, uint64_t serial)
{
    struct search_document batch[BATCH];
    struct arena a;
    bool more = true;
    uint32_t first = names_draw(random, (uint32_t)(l->made.n - BATCH + 1));

    arena_init(&a, &l->heap, SIZE_MAX);
    for (uint32_t i = 0; i < BATCH; i++) {
        batch[i] = l->made.documents[first + i];
        batch[i].name =
            l->made.documents[names_draw(random, (uint32_t)l->made.n)].name;
    }
    ok(names_change(l->names, &a, batch, BATCH, serial));
    ok(names_tend(l->names, &a, &more));
    arena_end(&a);
}

static void sleep_for(double seconds)
{
    const struct timespec t = { .tv_nsec = (long)(seconds * 1e9) };

    /* rules: allow nanosleep because changes come at their own pace */
    (void)nanosleep(&t, NULL);
}

static void *change(void *context)
{
    struct live *l = context;
    uint64_t random = 11;
    uint64_t serial = 1;
    double start = seconds_now();

    while (!atomic_load(&l->over)) {
        double due = start + (double)l->changed / BATCH * BATCH_MILLIS / 1e3;
        double wait = due - seconds_now();

        if (wait > 0)
            sleep_for(wait);
        change_batch(l, &random, ++serial);
        l->changed += BATCH;
    }
    l->changing = seconds_now() - start;
    return NULL;
}

/* --- all of it -------------------------------------------------------------
 */

static void make(struct live *l, struct arena *a, str folder)
{
    const struct names_place place = {
        .heap = &l->heap, .files = &l->files, .folder = folder, .origin = 1
    };

    ok(names_open(a, &place, &l->names));
    ok(names_make(l->names, a, l->made.documents, l->made.n,
                  (struct names_mark){ 1, 1 }));
}

static void measure(struct live *l)
{
    pthread_t thread;

    search(l, "quiet");
    must(pthread_create(&thread, NULL, change, l) == 0, "no thread");
    search(l, "changing");
    atomic_store(&l->over, true);
    must(pthread_join(thread, NULL) == 0, "no thread");
    tell("search.changes", (double)l->changed / l->changing);
}

int main(int argc, char **argv)
{
    struct live l = { .heap = HEAP_LIBC, .files = FILE_SYSTEM };
    const char *under = getenv("TMPDIR");
    size_t n = (size_t)number_of(argc, argv, 1, NAMES_MOST, NAMES);
    char folder[4096];
    struct arena a;

    l.seconds = number_of(argc, argv, 2, SECONDS_MOST, SECONDS);
    arena_init(&a, &l.heap, SIZE_MAX);
    (void)snprintf(folder, sizeof folder, "%s/tenstar-live-XXXXXX",
                   under != NULL ? under : "/tmp");
    must(mkdtemp(folder) != NULL, "no folder");
    l.micros = arena_array(&a, QUERIES_MOST, sizeof *l.micros);
    must(l.micros != NULL, "no memory");
    l.made = made_names(&a, getenv("ENTERPRISES"), n, 1);
    must(l.made.n >= BATCH, "too few names");
    make(&l, &a, str_of(folder));
    measure(&l);
    names_end(&l.names);
    ok(names_throw_away(&l.files, &a, str_of(folder)));
    must(rmdir(folder) == 0, "the folder is not empty");
    arena_end(&a);
    return 0;
}
