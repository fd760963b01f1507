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
    bool get;
    int64_t left; /* of the line, before (0: all of it) and after */
    size_t asked; /* bytes that came */
    char heard[4000];
};

/* Until the body of five bytes has come, or the head of a GET, or nothing more
 * does. */
static void hear(struct server *s, int fd)
{
    while (s->asked < sizeof s->heard - 1) {
        ssize_t n =
            read(fd, s->heard + s->asked, sizeof s->heard - 1 - s->asked);

        if (n <= 0)
            return;
        s->asked += (size_t)n;
        s->heard[s->asked] = '\0';
        if (s->says != NULL &&
            strstr(s->heard, s->get ? "\r\n\r\n" : "\r\n\r\nhello") != NULL)
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

static err get_once(struct arena *a, struct server *s,
                    const struct net_request *r, str *answer)
{
    scoped(net_line_end) struct net_line line = { 0 };

    TRY(net_line_open(&line));
    if (s->left > 0)
        line.left = s->left;
    err e = net_get(&line, a, r, answer);
    s->left = line.left;
    return e;
}

/* What comes of asking a server that says this. */
static err ask(struct arena *a, struct server *s, long milliseconds,
               str *answer)
{
    struct net_request r = { .media_type = S("text/plain"),
                             .body = S("hello"),
                             .most = 8,
                             .milliseconds = milliseconds };
    char address[60];
    pthread_t thread;

    bool serves =
        listen_here(s) && pthread_create(&thread, NULL, serve_once, s) == 0;
    EXPECT(serves);
    if (!serves)
        return OK;
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/x", s->port);
    r.address = str_of(address);
    err e = s->get ? get_once(a, s, &r, answer) : net_post(a, &r, answer);
    (void)pthread_join(thread, NULL);
    (void)close(s->fd);
    return e;
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
        struct server s = { .says = rows[i].says, .get = true };
        str answer = S("");
        err e = ask(&a, &s, 0, &answer);

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
    struct server s = { .says = NULL, .get = true, .left = 20000 };
    struct net_line over = { 0 };
    struct net_request r = { .address = S("http://127.0.0.1:1/"), .most = 8 };
    str answer = S("untouched");

    EXPECT_ERR(ask(&a, &s, 0, &answer), ERR_BUSY, "net.slow");
    EXPECT(s.left <= 0);
    EXPECT_OK(net_line_open(&over));
    over.left = 999;
    EXPECT_ERR(net_get(&over, &a, &r, &answer), ERR_BUSY, "net.slow");
    over.left = 1000000;
    EXPECT_ERR(net_get(&over, &a, &r, &answer), ERR_IO, "net.failed");
    net_line_end(&over);
    EXPECT_STR(answer, S("untouched"));
}
