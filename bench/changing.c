#include "changing.h"

#include "measure.h"

#include "service/register_feed.h"
#include "store/certificates.h"
#include "tlog/tlog.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum {
    CERTIFICATES = 20000,
    AT_ONCE = 100, /* in transactions of so many */
    NUMBER_ROOM = 40,
    ARENA = 1 << 30,
    FEED_EVERY = 25000, /* microseconds, as cli/feeding.c */
};

struct changing {
    struct installation *at;
    const struct faces *faces;
    pthread_t threads[2];
    double began;
    _Atomic bool stop;
};

/* Over all that ran: one feeder, which knows where it was. */
static struct {
    struct register_feeder feeder;
    int64_t changed;
    int64_t fed;
    int64_t turns;
    double seconds;
} sum;

/* --- certificates -------------------------------------------------------- */

static struct certificate_row row_at(int i, int32_t status,
                                     char room[static NUMBER_ROOM],
                                     char uscc[static NUMBER_ROOM])
{
    (void)snprintf(room, NUMBER_ROOM, "00026SC%07dR0M", i);
    (void)snprintf(uscc, NUMBER_ROOM, "91990000B%09d", i);
    return (struct certificate_row){
        .number = str_of(room),
        .id = { { 0xBE, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i } },
        .holder = S("示例家用电器售后服务有限公司"),
        .uscc = str_of(uscc), /* a holder each: a code that nobody's is */
        .scheme_id = S("ten-star"),
        .criterion = S("Q/ZZLH 1001-2021"),
        .level_id = S("ten"),
        .stars = 10,
        .issued = 20000,
        .valid_from = 20000,
        .valid_until = 21500,
        .first_issued = 20000,
        .status = status,
        .status_since = 20000,
        .suspended_until = DAY_NEVER,
        .scope_zh = S("家用电器的售后服务"),
        .scope_en = S("After-sales service of household appliances"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };
}

struct some {
    struct app *app;
    int from;
    int32_t status;
};

static err put_some(struct tx *tx, void *context)
{
    const struct some *s = context;
    char room[NUMBER_ROOM];
    char uscc[NUMBER_ROOM];
    char subject[NUMBER_ROOM + 20];
    char leaf[NUMBER_ROOM + 40];

    for (int i = 0; i < AT_ONCE; i++) {
        struct certificate_row row =
            row_at((s->from + i) % CERTIFICATES, s->status, room, uscc);

        TRY(certificate_put(tx, &row));
        (void)snprintf(subject, sizeof subject, "certificate/%s", room);
        (void)snprintf(leaf, sizeof leaf, "{\"number\":\"%s\",\"status\":%d}",
                       room, s->status);
        TRY(tlog_enter(tx, 1, str_of(subject), str_of(leaf)));
        TRY(register_news(s->app, tx_arena(tx), row.number));
    }
    return OK;
}

static void put(struct installation *at, int64_t done)
{
    struct some s = { at->app, (int)(done % CERTIFICATES),
                      (int32_t)(done / CERTIFICATES % 2) };
    struct arena a;

    arena_init(&a, &at->heap, ARENA);
    ok(app_write(at->app, &a, put_some, &s));
    arena_end(&a);
}

static int64_t feed(struct installation *at, const struct faces *faces)
{
    struct register_turn made;
    struct arena a;

    arena_init(&a, &at->heap, ARENA);
    sum.feeder.app = at->app;
    ok(register_turn(&sum.feeder, &a, faces_today(faces), &made));
    arena_end(&a);
    return made.answers;
}

void changing_fill(struct installation *at, const struct faces *faces)
{
    for (int64_t i = 0; i < CERTIFICATES; i += AT_ONCE)
        put(at, i);
    (void)feed(at, faces);
}

/* --- two threads --------------------------------------------------------- */

static void *change(void *context)
{
    struct changing *c = context;
    int64_t done = 0;

    while (!atomic_load(&c->stop)) {
        put(c->at, sum.changed + done);
        done += AT_ONCE;
        double ahead = c->began + (double)done / CHANGING_RATE - seconds_now();
        if (ahead > 0)
            /* rules: allow usleep because changes come at their own pace */
            (void)usleep((unsigned)(ahead * 1e6));
    }
    sum.changed += done;
    return NULL;
}

static void *follow(void *context)
{
    struct changing *c = context;

    while (!atomic_load(&c->stop)) {
        sum.fed += feed(c->at, c->faces);
        sum.turns++;
        /* rules: allow usleep because cli/feeding.c looks as often */
        (void)usleep(FEED_EVERY);
    }
    return NULL;
}

struct changing *changing_begin(struct installation *at,
                                const struct faces *faces)
{
    struct changing *c = arena_zero(&at->arena, sizeof *c);

    must(c != NULL, "there is no memory");
    c->at = at;
    c->faces = faces;
    c->began = seconds_now();
    must(pthread_create(&c->threads[0], NULL, change, c) == 0 &&
             pthread_create(&c->threads[1], NULL, follow, c) == 0,
         "there is no thread");
    return c;
}

void changing_end(struct changing **c)
{
    struct changing *x = *c;

    sum.seconds += seconds_now() - x->began;
    atomic_store(&x->stop, true);
    for (int i = 0; i < 2; i++)
        (void)pthread_join(x->threads[i], NULL);
    *c = NULL;
}

void changing_tell(void)
{
    tell("register_changing.changes", (double)sum.changed / sum.seconds);
    tell("register_changing.packed", (double)sum.fed / sum.seconds);
    tell("register_changing.turns", (double)sum.turns / sum.seconds);
}
