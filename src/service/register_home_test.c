/* The read model, open: readers of several threads beside a writer. [RG2]
 * [RG3] */
#include "service/register_home.h"

#include "base/buf.h"
#include "register/book.h"
#include "register/pressed.h"
#include "register/ready.h"
#include "service/service_test_env.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4, TURNS = 300, TEXT = 40, ARENA = 1 << 20 };

/* Put the answer of turn `n` under two keys in one commit. */
static void put(struct office *o, int n)
{
    struct book *book = NULL;
    struct book_writer *w = NULL;
    scoped(arena_end) struct arena a;
    char text[TEXT];
    struct ready x = { .until = DAY_NEVER, .over = DAY_NEVER };
    struct press *press = NULL;
    struct buf b;
    str packed = S("");

    arena_init(&a, &o->heap, ARENA);
    (void)snprintf(text, sizeof text, "%d", n);
    x.n = strlen(text);
    EXPECT_OK(press_new(&a, S(""), &press));
    EXPECT_OK(press_text(press, &a, str_of(text), &x.pressed));
    buf_init(&b, &a, ARENA);
    ready_pack(&b, &x);
    EXPECT_OK(buf_done(&b, &packed));
    EXPECT_OK(register_open(o->app, &a, &book));
    EXPECT_OK(book_write(book, &a, &w));
    EXPECT_OK(book_put(w, &a, BOOK_ANSWERS, S("A"), packed));
    EXPECT_OK(book_put(w, &a, BOOK_ANSWERS, S("B"), packed));
    EXPECT_OK(book_commit(&w, &a));
    register_turned(o->app);
}

static int get(struct app *app, struct arena *a, const char *key)
{
    struct register_answer got;
    bool found = false;

    if (failed(register_answer(app, a, str_of(key), 1, &got, &found)) || !found)
        return -1;
    return (int)strtol(got.json.p, NULL, 10);
}

struct reading {
    struct office *o;
    _Atomic int *newest; /* a turn that is over */
    _Atomic bool *stop;
    int looks;
    int wrong;
};

/* Never older than what was over when it was asked, and never going back. */
static void *read_on(void *context)
{
    struct reading *r = context;
    struct arena a;
    int last = 0;

    arena_init(&a, &r->o->heap, ARENA);
    while (!atomic_load(r->stop) || r->looks < 100) {
        int least = atomic_load(r->newest);
        int one = get(r->o->app, &a, "A");
        int other = get(r->o->app, &a, "B");

        r->wrong += one < least || other < one || one < last;
        last = other;
        r->looks++;
        arena_reset(&a);
    }
    arena_end(&a);
    return NULL;
}

ONE_STORE_TEST(threads_read_what_is_there_while_another_writes, true)
{
    TEST_OFFICE(o, place);
    _Atomic int newest = 0;
    _Atomic bool stop = false;
    struct reading readings[THREADS] = { 0 };
    pthread_t threads[THREADS];

    EXPECT_OK(register_open(o.app, &o.arena, NULL));
    put(&o, 0);
    register_fed(o.app, register_newest(o.app));
    for (int i = 0; i < THREADS; i++) {
        readings[i] = (struct reading){ &o, &newest, &stop, 0, 0 };
        EXPECT(pthread_create(&threads[i], NULL, read_on, &readings[i]) == 0);
    }
    for (int n = 1; n <= TURNS; n++) {
        put(&o, n);
        atomic_store(&newest, n);
    }
    atomic_store(&stop, true);
    for (int i = 0; i < THREADS; i++) {
        EXPECT(pthread_join(threads[i], NULL) == 0);
        EXPECT(readings[i].wrong == 0 && readings[i].looks >= 100);
    }
    EXPECT(get(o.app, &o.arena, "A") == TURNS);
}

/* [RG1] */
ONE_STORE_TEST(a_book_that_is_not_whole_answers_nothing, true)
{
    TEST_OFFICE(o, place);
    struct register_reader *r = NULL;

    EXPECT_OK(register_read(o.app, &o.arena, &r));
    EXPECT(r == NULL && !register_is_fed(o.app));
    EXPECT(get(o.app, &o.arena, "A") == -1);
    register_read_end(o.app, &r);
    put(&o, 7);
    EXPECT(get(o.app, &o.arena, "A") == -1);
    register_fed(o.app, register_newest(o.app));
    EXPECT(get(o.app, &o.arena, "A") == 7 && register_is_fed(o.app));
    EXPECT_OK(register_read(o.app, &o.arena, &r));
    EXPECT(r != NULL && register_book(r) != NULL);
    register_read_end(o.app, &r);
    EXPECT(r == NULL);
    register_unfed(o.app);
    EXPECT(get(o.app, &o.arena, "A") == -1);
}

/* [RG2]  Of the key, of a main certificate, of all. */
ONE_STORE_TEST(what_is_marked_is_not_answered, true)
{
    TEST_OFFICE(o, place);

    /* Where nobody ever served the register there is nothing to mark. */
    EXPECT_OK(register_news(o.app, &o.arena, S("A")));
    put(&o, 1);
    register_fed(o.app, register_newest(o.app));
    EXPECT_OK(register_news(o.app, &o.arena, S("C")));
    EXPECT(get(o.app, &o.arena, "A") == 1);
    EXPECT_OK(register_news(o.app, &o.arena, S("A")));
    EXPECT(get(o.app, &o.arena, "A") == -1 && get(o.app, &o.arena, "B") == 1);
    register_fed(o.app, register_newest(o.app));
    EXPECT(get(o.app, &o.arena, "A") == 1);
    EXPECT_OK(register_news_all(o.app, &o.arena));
    EXPECT(get(o.app, &o.arena, "A") == -1 && get(o.app, &o.arena, "B") == -1);
    register_fed(o.app, register_newest(o.app));
    EXPECT(get(o.app, &o.arena, "B") == 1);
}
