/* Asking others: whom, how long, and how much of the answer. [NT1]-[NT4] */
#include "net/net.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* [NT1] [NT2] */
TEST(an_address_is_asked_over_https_or_on_this_machine)
{
    static const struct {
        const char *address;
        bool plain;
        bool asked;
    } rows[] = {
        { "https://stamp.example/tsa", false, true },
        { "https://stamp.example:8443", false, true },
        { "http://stamp.example/tsa", false, false },
        { "http://stamp.example/tsa", true, true },
        { "http://127.0.0.1:8080/", false, true },
        { "http://[::1]:8080/", false, true },
        { "http://localhost/", false, true },
        { "http://127.0.0.1.example/", false, false },
        { "http://localhost.example/", false, false },
        { "https://me@stamp.example/", true, false },
        { "https://me:word@stamp.example/", true, false },
        { "https://", true, false },
        { "stamp.example", true, false },
        { "file:///etc/passwd", true, false },
        { "ftp://127.0.0.1/", true, false },
        { "", true, false },
        { "https://stamp.example/ tsa", true, false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = net_check(&a, str_of(rows[i].address), rows[i].plain);

        if (rows[i].asked)
            EXPECT_ROW_OK(rows[i].address, e);
        else
            EXPECT_ROW_ERR(rows[i].address, e, ERR_INVALID, "net.address");
    }
}

TEST(an_address_has_room_enough_and_no_nul)
{
    char text[NET_ADDRESS_MAX + 2] = "https://stamp.example/";
    TEST_ARENA(a, 1 << 16);

    for (size_t i = strlen(text); i <= NET_ADDRESS_MAX; i++)
        text[i] = 'a';
    EXPECT_OK(net_check(&a, (str){ text, NET_ADDRESS_MAX }, false));
    EXPECT_ERR(net_check(&a, (str){ text, NET_ADDRESS_MAX + 1 }, false),
               ERR_INVALID, "net.address");
    EXPECT_ERR(net_check(&a, S("https://stamp.example/\0x"), false),
               ERR_INVALID, "net.address");
}

/* --- a server that says what it is told to ------------------------------ */

struct server {
    int fd;
    int port;
    const char *says; /* NULL: nothing, until the other side leaves */
    int64_t left;     /* of a line, before (0: all of it) and after */
    size_t asked;     /* bytes that came */
    char heard[4000];
};

/* A POST has a body of five bytes. */
static bool has_come(const char *heard)
{
    return strstr(heard, "\r\n\r\nhello") != NULL ||
           (strncmp(heard, "GET ", 4) == 0 &&
            strstr(heard, "\r\n\r\n") != NULL);
}

/* Until the whole of it has come, or nothing more does. */
static void hear(struct server *s, int fd)
{
    while (s->asked < sizeof s->heard - 1) {
        ssize_t n =
            read(fd, s->heard + s->asked, sizeof s->heard - 1 - s->asked);

        if (n <= 0)
            return;
        s->asked += (size_t)n;
        s->heard[s->asked] = '\0';
        if (s->says != NULL && has_come(s->heard))
            return;
    }
}

static void *serve_once(void *context)
{
    struct server *s = context;
    int fd = accept(s->fd, NULL, NULL);

    if (fd < 0)
        return NULL;
    hear(s, fd);
    if (s->says != NULL)
        (void)!write(fd, s->says, strlen(s->says));
    (void)close(fd);
    return NULL;
}

static bool listen_here(struct server *s)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;

    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(s->fd, 1) != 0 ||
        getsockname(s->fd, (struct sockaddr *)&at, &n) != 0)
        return false;
    s->port = ntohs(at.sin_port);
    return true;
}

/* Have the server answer `ask` once, at an address that is found for it. */
static err with_server(struct arena *a, struct server *s,
                       const struct net_request *r,
                       err (*ask)(struct arena *a, const struct net_request *r,
                                  void *out),
                       void *out)
{
    struct net_request there = *r;
    char address[60];
    pthread_t thread;

    bool serves =
        listen_here(s) && pthread_create(&thread, NULL, serve_once, s) == 0;
    EXPECT(serves);
    if (!serves)
        return OK;
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/x", s->port);
    there.address = str_of(address);
    err e = ask(a, &there, out);
    (void)pthread_join(thread, NULL);
    (void)close(s->fd);
    return e;
}

static err post(struct arena *a, const struct net_request *r, void *out)
{
    return net_post(a, r, out);
}

static err ask_any(struct arena *a, const struct net_request *r, void *out)
{
    return net_ask(a, r, out);
}

/* What comes of asking a server that says this. */
static err ask(struct arena *a, struct server *s, long milliseconds,
               str *answer)
{
    struct net_request r = { .media_type = S("text/plain"),
                             .body = S("hello"),
                             .most = 8,
                             .milliseconds = milliseconds };

    return with_server(a, s, &r, post, answer);
}

/* One call of a line of its own, whose time is the server's. */
struct fetch {
    struct server *s;
    str *answer;
};

static err get_once(struct arena *a, const struct net_request *r, void *context)
{
    const struct fetch *f = context;
    scoped(net_line_end) struct net_line line = { 0 };

    TRY(net_line_open(&line));
    if (f->s->left > 0)
        line.left = f->s->left;
    err e = net_get(&line, a, r, f->answer);
    f->s->left = line.left;
    return e;
}

static err fetch(struct arena *a, struct server *s, str *answer)
{
    struct net_request r = { .most = 8 };
    struct fetch f = { s, answer };

    return with_server(a, s, &r, get_once, &f);
}

static err ask_status(struct arena *a, struct server *s, bool get,
                      struct net_answer *out)
{
    struct net_request r = { .get = get,
                             .media_type = S("text/plain"),
                             .body = get ? S("") : S("hello"),
                             .most = 8 };

    return with_server(a, s, &r, ask_any, out);
}

/* [NT3] [NT4] */
TEST(an_answer_is_taken_whole_or_not_at_all)
{
    static const struct {
        const char *why;
        const char *says;
        const char *id; /* NULL: taken */
        enum err_code code;
    } rows[] = {
        { "as long as it may be",
          "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n12345678", NULL, 0 },
        { "a byte longer",
          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789", "net.long",
          ERR_LIMIT },
        { "longer, and not said before",
          "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123456789", "net.long",
          ERR_LIMIT },
        { "broken off", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1234",
          "net.failed", ERR_IO },
        { "elsewhere",
          "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
          "Content-Length: 0\r\n\r\n",
          "net.status", ERR_IO },
        { "refused", "HTTP/1.1 403 Forbidden\r\nContent-Length: 1\r\n\r\nx",
          "net.status", ERR_IO },
        { "no HTTP", "SSH-2.0-x\r\n", "net.failed", ERR_IO },
        { "nothing", "", "net.failed", ERR_IO },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct server s = { .says = rows[i].says };
        str answer = S("");
        err e = ask(&a, &s, 0, &answer);

        EXPECT_ROW(rows[i].why, strstr(s.heard, "POST /x HTTP/1.1\r\n") != 0);
        EXPECT_ROW(rows[i].why,
                   strstr(s.heard, "Content-Type: text/plain\r\n") != 0);
        if (rows[i].id == NULL) {
            EXPECT_ROW_OK(rows[i].why, e);
            EXPECT_ROW_STR(rows[i].why, answer, S("12345678"));
        } else {
            EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
        }
    }
}

TEST(who_never_answers_is_not_waited_for)
{
    TEST_ARENA(a, 1 << 16);
    struct server s = { .says = NULL };
    str answer = S("untouched");

    EXPECT_ERR(ask(&a, &s, 20, &answer), ERR_BUSY, "net.slow");
    EXPECT_STR(answer, S("untouched"));
}

TEST(where_nobody_listens_nothing_is_sent)
{
    TEST_ARENA(a, 1 << 16);
    struct net_request r = { .address = S("http://127.0.0.1:1/"),
                             .media_type = S("text/plain"),
                             .most = 8 };
    str answer = S("untouched");

    EXPECT_ERR(net_post(&a, &r, &answer), ERR_IO, "net.failed");
    r.address = S("http://stamp.example/");
    EXPECT_ERR(net_post(&a, &r, &answer), ERR_INVALID, "net.address");
    EXPECT_STR(answer, S("untouched"));
}

/* [NT4] Whoever wants to know the status is told it. */
TEST(who_asks_for_the_status_gets_it_with_the_body)
{
    static const struct {
        const char *why;
        bool get;
        const char *says;
        long status;
        const char *body;
    } rows[] = {
        { "yes", false, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200,
          "ok" },
        { "a conflict", false,
          "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n7\n", 409, "7\n" },
        { "elsewhere is not gone to", false,
          "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
          "Content-Length: 0\r\n\r\n",
          302, "" },
        { "what is got", true, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
          200, "x" },
        { "what is not there", true,
          "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", 404, "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct server s = { .says = rows[i].says };
        struct net_answer got = { 0 };

        EXPECT_ROW_OK(rows[i].why, ask_status(&a, &s, rows[i].get, &got));
        EXPECT_ROW(rows[i].why, got.status == rows[i].status);
        EXPECT_ROW_STR(rows[i].why, got.body, str_of(rows[i].body));
        EXPECT_ROW(rows[i].why,
                   str_begins(str_of(s.heard), rows[i].get
                                                   ? S("GET /x HTTP/1.1")
                                                   : S("POST /x HTTP/1.1")));
    }
}

/* [NT3] [NT4] [NT5] */
TEST(what_is_fetched_is_taken_whole_or_not_at_all)
{
    static const struct {
        const char *why;
        const char *says;
        const char *id; /* NULL: taken */
        enum err_code code;
    } rows[] = {
        { "as long as it may be",
          "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n12345678", NULL, 0 },
        { "a byte longer",
          "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123456789", "net.long",
          ERR_LIMIT },
        { "broken off", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1234",
          "net.failed", ERR_IO },
        { "elsewhere",
          "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\n"
          "Content-Length: 0\r\n\r\n",
          "net.status", ERR_IO },
        { "not there", "HTTP/1.1 404 None\r\nContent-Length: 1\r\n\r\nx",
          "net.status", ERR_NOT_FOUND },
        { "not there any more",
          "HTTP/1.1 410 Gone\r\nContent-Length: 1\r\n\r\nx", "net.status",
          ERR_NOT_FOUND },
        { "out of order", "HTTP/1.1 500 Oh\r\nContent-Length: 1\r\n\r\nx",
          "net.status", ERR_IO },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct server s = { .says = rows[i].says };
        str answer = S("");
        err e = fetch(&a, &s, &answer);

        EXPECT_ROW(rows[i].why, strstr(s.heard, "GET /x HTTP/1.1\r\n") != 0);
        EXPECT_ROW(rows[i].why, strstr(s.heard, "hello") == 0);
        if (rows[i].id == NULL) {
            EXPECT_ROW_OK(rows[i].why, e);
            EXPECT_ROW_STR(rows[i].why, answer, S("12345678"));
            EXPECT(s.left < (int64_t)NET_LINE_MILLISECONDS * 1000);
        } else {
            EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
        }
    }
}

/* [NT5] */
TEST(a_line_is_not_waited_for_longer_than_it_has_left)
{
    TEST_ARENA(a, 1 << 16);
    struct server s = { .says = NULL, .left = 20000 };
    struct net_line over = { 0 };
    struct net_request r = { .address = S("http://127.0.0.1:1/"), .most = 8 };
    str answer = S("untouched");

    EXPECT_ERR(fetch(&a, &s, &answer), ERR_BUSY, "net.slow");
    EXPECT(s.left <= 0);
    EXPECT_OK(net_line_open(&over));
    over.left = 999;
    EXPECT_ERR(net_get(&over, &a, &r, &answer), ERR_BUSY, "net.slow");
    over.left = 1000000;
    EXPECT_ERR(net_get(&over, &a, &r, &answer), ERR_IO, "net.failed");
    net_line_end(&over);
    EXPECT_STR(answer, S("untouched"));
}
