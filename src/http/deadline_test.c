#include "http/http.h"

#include "base/size.h"
#include "http/rig_test.h"

#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#define GET(path)        "GET " path " HTTP/1.1" CRLF HOST CRLF
#define POST(path, more) "POST " path " HTTP/1.1" CRLF HOST more CRLF

/* One second each, so that one can pass without the others. */
static void short_limits(struct rig *r)
{
    r->options.limits.head_time = 1000000;
    r->options.limits.body_time = 2000000;
    r->options.limits.answer_time = 4000000;
    r->options.limits.stop_time = 8000000;
}

/* A server that is stopping may be gone when it is woken, so it is not; it
 * looks at its clock as often as its shortest limit would need. */
static void look_often(struct rig *r)
{
    r->options.limits.head_time = 10000;
}

/* A connection that the server knows: it has served a request. */
static int known(struct rig *r)
{
    int fd = dial(r);

    say(fd, S(GET("/hello")));
    EXPECT(hear(r, fd, true).status == 200);
    rig_await(r, PHASE_IDLE);
    return fd;
}

/* The header of the next request has begun, and the server has seen that. */
static void begin(struct rig *r, int fd)
{
    say(fd, S("GET /hello HTTP/1.1" CRLF "Host: a" CRLF));
    rig_await(r, PHASE_HEAD);
}

TEST(a_header_that_trickles_in_is_cut_at_its_deadline)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    begin(&r, fd);

    /* A line each moment keeps an inactivity timeout away, not a deadline. */
    for (int i = 0; i < 9; i++) {
        rig_pass(&r, 100000);
        say(fd, S("A: b" CRLF));
    }
    rig_pass(&r, 100000);
    EXPECT(hear(&r, fd, true).status == 408);
    EXPECT(ended(fd));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_header_in_time_is_answered)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    begin(&r, fd);
    rig_pass(&r, 999999);
    say(fd, S(CRLF));
    EXPECT(hear(&r, fd, true).status == 200);

    /* And the next has its own time. */
    rig_pass(&r, 999999);
    say(fd, S(GET("/hello")));
    EXPECT(hear(&r, fd, true).status == 200);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(an_idle_connection_is_closed_without_a_word)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    rig_pass(&r, 1000000);
    EXPECT(hear(&r, fd, true).status == 0);
    EXPECT(ended(fd));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_body_that_does_not_come_is_cut_at_its_deadline)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    say(fd, S(POST("/echo",
                   "Expect: 100-continue" CRLF "Content-Length: 10" CRLF)));
    EXPECT(hear(&r, fd, false).status == 100);
    rig_pass(&r, 1999999);
    say(fd, S("01234"));
    rig_pass(&r, 1);
    struct reply reply = hear(&r, fd, true);
    EXPECT(reply.status == 408);
    EXPECT_STR(reply_header(&reply, S("Connection")), S("close"));
    EXPECT(ended(fd));
    EXPECT(close(fd) == 0);
    server_stop(&r.server);
    EXPECT(str_contains(rig_logged(&r), S("\"end\":\"late\"")));
    rig_end(&r);
}

TEST(a_body_in_time_is_answered)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    say(fd,
        S(POST("/echo", "Expect: 100-continue" CRLF "Content-Length: 3" CRLF)));
    EXPECT(hear(&r, fd, false).status == 100);
    rig_pass(&r, 1999999);
    say(fd, S("abc"));
    EXPECT_STR(hear(&r, fd, true).body, S("abc"));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(an_answer_that_is_read_too_slowly_is_cut)
{
    char byte;
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    say(fd, S(GET("/big")));

    /* Its first byte is here, so its time runs; more than the machine keeps
     * for us is still to come. */
    EXPECT(recv(fd, &byte, 1, 0) == 1 && byte == 'H');
    rig_pass(&r, 4000000);
    while (server_connections(r.server) > 0)
        sched_yield();
    EXPECT(drain(fd) < RIG_BIG);
    EXPECT(close(fd) == 0);
    server_stop(&r.server);
    EXPECT(str_contains(rig_logged(&r), S("\"end\":\"late\"")));
    rig_end(&r);
}

TEST(an_answer_that_is_read_in_time_is_whole)
{
    char byte;
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = known(&r);
    say(fd, S("GET /big HTTP/1.1" CRLF HOST "Connection: close" CRLF CRLF));
    EXPECT(recv(fd, &byte, 1, 0) == 1);
    rig_pass(&r, 3999999);
    EXPECT(drain(fd) > RIG_BIG);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(a_handler_may_take_its_time)
{
    struct rig r;

    rig_init(&r);
    short_limits(&r);
    rig_open(&r);
    int fd = dial(&r);
    say(fd, S(GET("/wait")));
    rig_await_handler(&r);
    rig_pass(&r, 100000000);
    rig_let_go(&r);
    EXPECT_STR(hear(&r, fd, true).body, S("done"));
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

/* With the machine's clock, to see that the server looks at it by itself. */
TEST(deadlines_pass_without_being_told)
{
    static const str rows[] = {
        S_INIT(""),
        S_INIT("GET /hello HTTP/1.1" CRLF "Host"),
        S_INIT(POST("/echo", "Content-Length: 10" CRLF) "01234"),
        S_INIT(GET("/hello")),
    };
    struct clock clock = CLOCK_SYSTEM;
    struct rig r;

    rig_init(&r);
    r.options.clock = &clock;
    r.options.limits.head_time = 200000;
    r.options.limits.body_time = 200000;
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, rows[i]);
        (void)drain(fd); /* returns when the server closes */
        EXPECT(close(fd) == 0);
    }
    rig_end(&r);
}

static void *stop(void *server)
{
    server_stop(server);
    return NULL;
}

/* Wait until new connections are refused. */
static void await_refusal(uint16_t port)
{
    for (int fd; (fd = dial_port(port)) >= 0; sched_yield())
        EXPECT(close(fd) == 0);
}

TEST(stopping_answers_the_request_under_way_and_takes_no_other)
{
    struct rig r;
    pthread_t thread;

    rig_init(&r);
    rig_open(&r);
    uint16_t port = server_port(r.server);
    int idle = known(&r);
    int fd = dial(&r);
    say(fd, S(GET("/wait")));
    rig_await_handler(&r);

    EXPECT(pthread_create(&thread, NULL, stop, &r.server) == 0);
    await_refusal(port);
    EXPECT(ended(idle));
    rig_let_go(&r);
    struct reply reply = hear(&r, fd, true);
    EXPECT(reply.status == 200);
    EXPECT_STR(reply.body, S("done"));
    EXPECT_STR(reply_header(&reply, S("Connection")), S("close"));
    EXPECT(ended(fd));
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(r.server == NULL);
    EXPECT(close(idle) == 0 && close(fd) == 0);
    rig_end(&r);
}

TEST(stopping_waits_for_a_body_until_its_deadline)
{
    struct rig r;
    pthread_t thread;

    rig_init(&r);
    short_limits(&r);
    look_often(&r);
    rig_open(&r);
    uint16_t port = server_port(r.server);
    int good = dial(&r);
    int bad = dial(&r);
    say(good,
        S(POST("/echo", "Expect: 100-continue" CRLF "Content-Length: 3" CRLF)));
    say(bad,
        S(POST("/echo", "Expect: 100-continue" CRLF "Content-Length: 3" CRLF)));
    EXPECT(hear(&r, good, false).status == 100);
    EXPECT(hear(&r, bad, false).status == 100);

    EXPECT(pthread_create(&thread, NULL, stop, &r.server) == 0);
    await_refusal(port);
    say(good, S("abc"));
    EXPECT_STR(hear(&r, good, true).body, S("abc"));
    EXPECT(ended(good));
    clock_set_forward(&r.clock, 2000000);
    EXPECT(hear(&r, bad, true).status == 408);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(close(good) == 0 && close(bad) == 0);
    rig_end(&r);
}

TEST(stopping_does_not_wait_longer_than_it_may)
{
    struct rig r;
    pthread_t thread;
    char byte;

    rig_init(&r);
    short_limits(&r);
    r.options.limits.answer_time = 100000000;
    look_often(&r);
    rig_open(&r);
    uint16_t port = server_port(r.server);
    int fd = dial(&r);
    say(fd, S(GET("/big")));
    EXPECT(recv(fd, &byte, 1, 0) == 1);
    EXPECT(pthread_create(&thread, NULL, stop, &r.server) == 0);
    await_refusal(port);
    clock_set_forward(&r.clock, 8000000);
    EXPECT(pthread_join(thread, NULL) == 0);
    EXPECT(drain(fd) < RIG_BIG);
    EXPECT(close(fd) == 0);
    rig_end(&r);
}

TEST(an_asker_who_leaves_in_the_middle_does_no_harm)
{
    static const str rows[] = {
        S_INIT("GET /hel"),
        S_INIT("GET /hello HTTP/1.1" CRLF "Host: a"),
        S_INIT(POST("/echo", "Content-Length: 10" CRLF) "01234"),
        S_INIT(POST("/echo", "Transfer-Encoding: chunked" CRLF) "5" CRLF "01"),
        S_INIT(GET("/big")),
    };
    struct rig r;
    pthread_t thread;

    rig_init(&r);
    look_often(&r);
    rig_open(&r);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = dial(&r);
        say(fd, rows[i]);
        EXPECT(close(fd) == 0);
    }
    EXPECT(ask(&r, S(GET("/hello"))).status == 200);

    /* The library may miss that they left; their deadlines do not. */
    for (; server_connections(r.server) > 0; sched_yield())
        rig_pass(&r, 60000000);
    /* Nor does one that the library counts only now: stopping has an end. */
    EXPECT(pthread_create(&thread, NULL, stop, &r.server) == 0);
    while (pthread_tryjoin_np(thread, NULL) != 0) {
        clock_set_forward(&r.clock, 60000000);
        (void)sched_yield();
    }
    rig_end(&r);
}
