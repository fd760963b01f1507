#include "http/conn.h"

#include "base/size.h"
#include "base/str.h"
#include "base/test.h"

#include <errno.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

/* A connection whose other end the test holds. */
struct pair {
    struct conn conn;
    int far;
};

static void pair_init(struct pair *p)
{
    int ends[2];

    EXPECT(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    *p = (struct pair){ .conn = { .fd = ends[0] }, .far = ends[1] };
}

static void pair_end(struct pair *p)
{
    EXPECT(close(p->conn.fd) == 0);
    EXPECT(close(p->far) == 0);
}

/* What the other end has been sent, without waiting: "open" while there is
 * nothing, "end" when it was closed. */
static str heard(struct pair *p, char out[static 200])
{
    ssize_t n = recv(p->far, out, 200, MSG_DONTWAIT);

    if (n < 0)
        return errno == EAGAIN ? S("open") : S("broken");
    return n == 0 ? S("end") : (str){ out, (size_t)n };
}

static bool can_be_read(const struct pair *p)
{
    char byte;

    return recv(p->conn.fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) != 0;
}

TEST(a_deadline_cuts_when_it_has_come_and_not_before)
{
    static const struct {
        const char *why;
        enum phase phase;
        bool told; /* a 408 */
        bool cut;
    } rows[] = {
        { "no request yet", PHASE_OPEN, true, true },
        { "between requests", PHASE_IDLE, false, true },
        { "in the header", PHASE_HEAD, true, true },
        { "in the body", PHASE_BODY, true, true },
        { "in the handler", PHASE_RUN, false, false },
        { "in the answer", PHASE_ANSWER, false, true },
    };
    char out[200];

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct conns cs;
        struct pair p;
        int64_t deadline = rows[i].cut ? 100 : CONN_NEVER;
        pair_init(&p);
        conns_init(&cs, 1, 0);
        EXPECT(conns_add(&cs, &p.conn, deadline));
        if (rows[i].phase != PHASE_OPEN)
            EXPECT(conn_enter(&cs, &p.conn, rows[i].phase, deadline));

        EXPECT_ROW(rows[i].why, conns_sweep(&cs, 99) == deadline);
        EXPECT_ROW_STR(rows[i].why, heard(&p, out), S("open"));
        EXPECT_ROW(rows[i].why, conn_phase(&p.conn) == rows[i].phase);

        EXPECT_ROW(rows[i].why, conns_sweep(&cs, 100) == CONN_NEVER);
        EXPECT_ROW(rows[i].why,
                   (conn_phase(&p.conn) == PHASE_CUT) == rows[i].cut);
        str got = heard(&p, out);
        EXPECT_ROW(rows[i].why,
                   str_begins(got, S("HTTP/1.1 408 ")) == rows[i].told);
        if (rows[i].told)
            got = heard(&p, out);
        EXPECT_ROW_STR(rows[i].why, got, rows[i].cut ? S("end") : S("open"));

        /* [CN3] */
        EXPECT_ROW(rows[i].why,
                   conn_go_on(&cs, &p.conn, PHASE_BODY) != rows[i].cut);
        EXPECT(!conns_remove(&cs, &p.conn));
        conns_end(&cs);
        pair_end(&p);
    }
}

TEST(going_on_keeps_the_deadline_and_entering_sets_it)
{
    struct conns cs;
    struct pair p;

    pair_init(&p);
    conns_init(&cs, 1, 0);
    EXPECT(conns_add(&cs, &p.conn, 100));
    EXPECT(conn_go_on(&cs, &p.conn, PHASE_HEAD));
    EXPECT(conns_sweep(&cs, 0) == 100);
    EXPECT(conn_enter(&cs, &p.conn, PHASE_BODY, 200));
    EXPECT(conns_sweep(&cs, 199) == 200);
    EXPECT(conns_sweep(&cs, 200) == CONN_NEVER);
    EXPECT(!conn_enter(&cs, &p.conn, PHASE_RUN, CONN_NEVER));
    EXPECT(!conns_remove(&cs, &p.conn));
    conns_end(&cs);
    pair_end(&p);
}

TEST(the_next_deadline_is_the_nearest)
{
    struct conns cs;
    struct pair pairs[3];
    static const int64_t deadlines[] = { 300, 100, 200 };

    conns_init(&cs, 3, 0);
    EXPECT(conns_sweep(&cs, 0) == CONN_NEVER);
    for (size_t i = 0; i < COUNT(pairs); i++) {
        pair_init(&pairs[i]);
        EXPECT(conns_add(&cs, &pairs[i].conn, deadlines[i]));
    }
    EXPECT(conns_sweep(&cs, 0) == 100);
    EXPECT(conns_sweep(&cs, 100) == 200);
    EXPECT(conns_sweep(&cs, 250) == 300);
    EXPECT(conns_sweep(&cs, 300) == CONN_NEVER);
    EXPECT(conns_remove(&cs, &pairs[1].conn)); /* from the middle */
    EXPECT(conns_remove(&cs, &pairs[0].conn)); /* from the end */
    EXPECT(!conns_remove(&cs, &pairs[2].conn));
    conns_end(&cs);
    for (size_t i = 0; i < COUNT(pairs); i++)
        pair_end(&pairs[i]);
}

TEST(limits_count_all_and_each_peer)
{
    struct conns cs;
    struct conn c[5] = { { 0 } };
    struct conn one_more = { .peer = { .bytes = { 9 } } };

    for (size_t i = 0; i < COUNT(c); i++)
        c[i].peer.bytes[0] = (uint8_t)(i / 2); /* 0 0 1 1 2 */
    conns_init(&cs, 4, 2);
    for (size_t i = 0; i < 2; i++)
        EXPECT(conns_add(&cs, &c[i], 1));
    struct conn third = { .peer = c[0].peer };
    EXPECT(!conns_add(&cs, &third, 1));
    EXPECT(!conns_add(&cs, &third, 1));
    EXPECT(conns_add(&cs, &c[2], 1) && conns_add(&cs, &c[3], 1));
    EXPECT(conns_count(&cs) == 4);
    EXPECT(!conns_add(&cs, &one_more, 1));

    /* What was not taken in may be removed all the same. */
    EXPECT(conns_remove(&cs, &third) && conns_count(&cs) == 4);
    EXPECT(conns_remove(&cs, &c[0]));
    EXPECT(conns_add(&cs, &third, 1));
    EXPECT(conns_remove(&cs, &c[1]) && conns_remove(&cs, &c[2]));
    EXPECT(conns_remove(&cs, &c[3]) && !conns_remove(&cs, &third));
    conns_end(&cs);
}

TEST(without_a_limit_of_its_own_a_peer_may_have_all)
{
    struct conns cs;
    struct conn c[3] = { { 0 } };

    conns_init(&cs, 2, 0);
    EXPECT(conns_add(&cs, &c[0], 1) && conns_add(&cs, &c[1], 1));
    EXPECT(!conns_add(&cs, &c[2], 1));
    EXPECT(conns_remove(&cs, &c[0]) && !conns_remove(&cs, &c[1]));
    conns_end(&cs);
}

TEST(draining_ends_who_waits_and_lets_the_others_finish)
{
    static const struct {
        const char *why;
        enum phase phase;
        bool ended;
    } rows[] = {
        { "no request yet", PHASE_OPEN, true },
        { "between requests", PHASE_IDLE, true },
        { "in the header", PHASE_HEAD, false },
        { "in the body", PHASE_BODY, false },
        { "in the handler", PHASE_RUN, false },
        { "in the answer", PHASE_ANSWER, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct conns cs;
        struct pair p;
        pair_init(&p);
        conns_init(&cs, 1, 0);
        EXPECT(conns_add(&cs, &p.conn, 100));
        if (rows[i].phase != PHASE_OPEN)
            EXPECT(conn_enter(&cs, &p.conn, rows[i].phase, 100));
        conns_drain(&cs);
        EXPECT_ROW(rows[i].why, can_be_read(&p) != rows[i].ended);

        /* Once idle it is the turn of the others too. */
        EXPECT_ROW(rows[i].why, conn_enter(&cs, &p.conn, PHASE_IDLE, 100));
        EXPECT_ROW(rows[i].why, !can_be_read(&p));
        EXPECT(!conns_remove(&cs, &p.conn));
        conns_end(&cs);
        pair_end(&p);
    }
}

TEST(who_comes_while_draining_is_heard_if_it_has_spoken)
{
    struct conns cs;
    struct pair silent, spoken;
    char byte;

    pair_init(&silent);
    pair_init(&spoken);
    conns_init(&cs, 2, 0);
    conns_drain(&cs);
    EXPECT(send(spoken.far, "x", 1, 0) == 1);
    EXPECT(conns_add(&cs, &silent.conn, 1));
    EXPECT(conns_add(&cs, &spoken.conn, 1));
    EXPECT(!can_be_read(&silent));
    EXPECT(recv(spoken.conn.fd, &byte, 1, MSG_DONTWAIT) == 1);
    EXPECT(conns_remove(&cs, &silent.conn));
    EXPECT(!conns_remove(&cs, &spoken.conn));
    conns_end(&cs);
    pair_end(&silent);
    pair_end(&spoken);
}

/* A connection, which one thread serves and another cuts. */
struct cutting {
    struct conns cs;
    struct pair pair;
    _Atomic bool serving;
    _Atomic bool told; /* the other end has heard of the cut */
    bool told_before;  /* .. when the serving thread learned of it */
};

static void cutting_init(struct cutting *x)
{
    *x = (struct cutting){ .told = false };
    pair_init(&x->pair);
    conns_init(&x->cs, 1, 0);
    EXPECT(conns_add(&x->cs, &x->pair.conn, 100));
}

static void cutting_end(struct cutting *x)
{
    EXPECT(!conns_remove(&x->cs, &x->pair.conn));
    conns_end(&x->cs);
    pair_end(&x->pair);
}

static void *serve(void *context)
{
    struct cutting *x = context;

    atomic_store(&x->serving, true);
    while (conn_go_on(&x->cs, &x->pair.conn, PHASE_HEAD) &&
           conn_go_on(&x->cs, &x->pair.conn, PHASE_BODY))
        continue;
    x->told_before = atomic_load(&x->told);
    return NULL;
}

/* [CN3] For the checker of threads: one serves, another cuts. */
TEST(a_cut_is_seen_by_the_thread_that_serves)
{
    struct cutting x;
    pthread_t thread;

    cutting_init(&x);
    EXPECT(pthread_create(&thread, NULL, serve, &x) == 0);
    EXPECT(conns_sweep(&x.cs, 99) == 100);
    EXPECT(conns_sweep(&x.cs, 100) == CONN_NEVER);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(conn_phase(&x.pair.conn) == PHASE_CUT);
    cutting_end(&x);
}

/* [CN3] The library shuts down what it is told to leave, and a 408 that comes
 * after that is lost. */
TEST(who_serves_learns_of_a_cut_after_the_other_end)
{
    struct cutting x;
    pthread_t thread;

    /* As in the middle of conns_sweep(): cut, and nothing said yet. */
    cutting_init(&x);
    EXPECT(pthread_mutex_lock(&x.cs.mutex) == 0);
    atomic_store(&x.pair.conn.state, (uint64_t)CONN_NEVER << 3 | PHASE_CUT);
    EXPECT(pthread_create(&thread, NULL, serve, &x) == 0);
    while (!atomic_load(&x.serving))
        sched_yield();
    for (int i = 0; i < 1000; i++)
        sched_yield(); /* a chance to learn it too early */
    atomic_store(&x.told, true);
    EXPECT(pthread_mutex_unlock(&x.cs.mutex) == 0);

    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(x.told_before);
    cutting_end(&x);
}
