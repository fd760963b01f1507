#include "http/http.h"

#include "base/size.h"
#include "http/rig_test.h"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define GET(path)        "GET " path " HTTP/1.1" CRLF HOST CRLF
#define POST(path, more) "POST " path " HTTP/1.1" CRLF HOST more CRLF

TEST(the_access_log_says_what_was_asked_and_not_by_whom)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    (void)ask(&r, S(GET("/hello/secret?query=secret")));
    server_stop(&r.server);
    str line = rig_logged(&r);
    EXPECT(
        str_begins(line, S("{\"time\":\"1970-01-01T00:16:40.000000Z\","
                           "\"level\":\"info\",\"event\":\"request.answered\","
                           "\"request\":\"")));
    EXPECT(str_ends(line, S("\",\"method\":\"GET\",\"route\":\"/hello/{name}\","
                            "\"status\":200,\"bytes\":6,\"micros\":0,"
                            "\"peer\":\"127.0.0.0/24\",\"end\":\"sent\"}\n")));
    EXPECT(!str_contains(line, S("secret")));
    rig_end(&r);
}

static size_t lines(str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

TEST(every_request_is_logged_once_under_an_id_of_its_own)
{
    static const str requests[] = {
        S_INIT("HEAD /hello HTTP/1.1" CRLF HOST CRLF),
        S_INIT("OPTIONS /hello HTTP/1.1" CRLF HOST CRLF),
        S_INIT("BREW /hello HTTP/1.1" CRLF HOST CRLF),
        S_INIT(GET("/nowhere")),
        S_INIT("GET /hello HTTP/1.1" CRLF HOST
               "If-None-Match: \"tag\"" CRLF CRLF),
        S_INIT("GET /hello HTTP/1.1" CRLF "Host" CRLF CRLF),
    };
    static const char *const wanted[] = {
        "\"method\":\"HEAD\",\"route\":\"/hello\",\"status\":200,\"bytes\":0",
        "\"method\":\"OPTIONS\",\"route\":\"-\",\"status\":204",
        "\"method\":\"other\",\"route\":\"-\",\"status\":501",
        "\"method\":\"GET\",\"route\":\"-\",\"status\":404",
        "\"status\":304,\"bytes\":0",
        "\"method\":\"-\",\"route\":\"-\",\"status\":400",
    };
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    for (size_t i = 0; i < COUNT(requests); i++)
        (void)ask(&r, requests[i]);
    server_stop(&r.server);
    str log = rig_logged(&r);
    EXPECT(lines(log) == COUNT(requests));
    for (size_t i = 0; i < COUNT(wanted); i++)
        EXPECT_ROW(wanted[i], str_contains(log, str_of(wanted[i])));

    str first = str_from(log, str_find(log, S("\"request\":\"")));
    str second = str_from(first, 20);
    second = str_from(second, str_find(second, S("\"request\":\"")));
    EXPECT(!str_eq(str_first(first, 44), str_first(second, 44)));
    rig_end(&r);
}

TEST(without_a_log_nothing_is_logged)
{
    struct rig r;

    rig_init(&r);
    r.options.log = NULL;
    rig_open(&r);
    EXPECT(ask(&r, S(GET("/hello"))).status == 200);
    EXPECT(ask(&r, S(GET("/hungry"))).status == 503);
    server_stop(&r.server);
    EXPECT(rig_logged(&r).n == 0);
    rig_end(&r);
}

TEST(our_own_trouble_is_logged_with_its_reason)
{
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    (void)ask(&r, S(GET("/hungry")));
    server_stop(&r.server);
    str log = rig_logged(&r);
    EXPECT(
        str_contains(log, S("\"level\":\"error\",\"event\":\"request.failed\","
                            "\"request\":\"")));
    EXPECT(str_contains(log, S("\"code\":\"memory\"")));
    rig_end(&r);
}

TEST(when_words_fail_the_answer_is_the_id_that_is_in_the_log)
{
    struct rig r;

    rig_init(&r);
    r.without_words = true;
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/nowhere")));
    EXPECT(reply.status == 404 && reply.body.n == 32);
    server_stop(&r.server);
    EXPECT(str_contains(rig_logged(&r), reply.body));
    EXPECT(str_contains(rig_logged(&r), S("test.no_words")));
    rig_end(&r);
}

static err keep_port(void *context, uint16_t port)
{
    *(uint16_t *)context = port;
    return OK;
}

static err refuse_port(void *, uint16_t)
{
    return err_memory();
}

TEST(whoever_asked_for_it_is_told_the_port)
{
    struct rig r;
    uint16_t port = 0;

    rig_init(&r);
    r.options.listening = keep_port;
    r.options.context = &port;
    rig_open(&r);
    EXPECT(port != 0 && port == server_port(r.server));
    rig_end(&r);
}

TEST(whoever_is_told_the_port_may_keep_the_server_from_beginning)
{
    struct rig r;

    rig_init(&r);
    r.options.listening = refuse_port;
    EXPECT(err_is(server_open(&r.arena, &r.options, &r.site, &r.server),
                  ERR_MEMORY));
    EXPECT(r.server == NULL);
    rig_end(&r);
}

TEST(each_thread_opens_its_things_once_and_closes_them)
{
    struct rig r;

    rig_init(&r);
    r.options.threads = 1;
    rig_open(&r);
    for (int i = 0; i < 3; i++)
        EXPECT(ask(&r, S(GET("/thread"))).status == 200);
    EXPECT(r.opened == 1 && r.closed == 0);
    server_stop(&r.server);
    EXPECT(r.opened == 1 && r.closed == 1);
    rig_end(&r);
}

TEST(a_thread_that_could_not_open_its_things_tries_again)
{
    struct rig r;

    rig_init(&r);
    r.options.threads = 1;
    r.refuse_open = true;
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/thread")));
    EXPECT(reply.status == 503);
    EXPECT_STR(reply.body, S("test.not_open"));
    pthread_mutex_lock(&r.mutex);
    r.refuse_open = false;
    pthread_mutex_unlock(&r.mutex);
    EXPECT(ask(&r, S(GET("/thread"))).status == 200);
    server_stop(&r.server);
    EXPECT(r.opened == 1 && r.closed == 1);
    rig_end(&r);
}

TEST(a_site_may_have_nothing_to_open)
{
    struct rig r;

    rig_init(&r);
    r.site.thread_open = NULL;
    r.site.thread_close = NULL;
    rig_open(&r);
    EXPECT(ask(&r, S(GET("/hello"))).status == 200);
    rig_end(&r);
}

static bool no_bytes(struct entropy *, void *, size_t)
{
    return false;
}

TEST(without_random_bytes_there_is_an_answer_all_the_same)
{
    struct rig r;

    rig_init(&r);
    r.entropy = (struct entropy){ no_bytes };
    rig_open(&r);
    struct reply reply = ask(&r, S(GET("/hello")));
    EXPECT(reply.status == 500);
    EXPECT_STR(reply.body, S("entropy.unavailable"));
    rig_end(&r);
}

enum { CLIENTS = 6, ROUNDS = 30 };

struct client {
    struct rig *rig;
    pthread_t thread;
    int good; /* answers as they should be */
};

/* Read until "ping" has come, or nothing more. */
static str hear_ping(int fd, char *p, size_t size)
{
    size_t n = 0;

    while (n < size && !str_ends((str){ p, n }, S("ping"))) {
        ssize_t more = recv(fd, p + n, size - n, 0);
        if (more <= 0)
            break;
        n += (size_t)more;
    }
    return (str){ p, n };
}

/* Without the rig's arena, which is one thread's. */
static void *run_client(void *context)
{
    struct client *c = context;
    char reply[4096];
    int fd = dial(c->rig);

    for (int i = 0; i < ROUNDS; i++) {
        say(fd, S(POST("/echo", "Content-Length: 4" CRLF) "ping"));
        str got = hear_ping(fd, reply, sizeof reply);
        c->good += str_ends(got, S(CRLF CRLF "ping"));
    }
    (void)close(fd);
    return NULL;
}

/* For the checker of threads. */
TEST(several_clients_are_served_at_once)
{
    struct client clients[CLIENTS];
    struct rig r;

    rig_init(&r);
    rig_open(&r);
    for (size_t i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .rig = &r };
        EXPECT(pthread_create(&clients[i].thread, NULL, run_client,
                              &clients[i]) == 0);
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        EXPECT(pthread_join(clients[i].thread, NULL) == 0);
        EXPECT(clients[i].good == ROUNDS);
    }
    server_stop(&r.server);
    EXPECT(lines(rig_logged(&r)) == (size_t)CLIENTS * ROUNDS);
    EXPECT(r.opened == r.closed && r.opened <= 2);
    rig_end(&r);
}
