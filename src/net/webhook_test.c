/* Handing messages to strangers' servers. [WH1]-[WH5] */

#include "net/webhook.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* [WH1] [WH3] */
TEST(an_address_is_called_over_https_or_where_that_is_allowed_on_this_machine)
{
    static const struct {
        const char *address;
        bool anywhere;
        bool here;
    } rows[] = {
        { "https://shop.example/hook", true, true },
        { "https://shop.example:8443/hook?key=1", true, true },
        { "https://10.0.0.1/", true, true }, /* refused when it is called */
        { "http://shop.example/hook", false, false },
        { "http://127.0.0.1:9000/hook", false, true },
        { "http://localhost/", false, true },
        { "https://localhost/", false, true },
        { "https://127.1/", false, true },
        { "http://[::1]:9000/", false, true },
        { "https://me@shop.example/", false, false },
        { "https://me:word@shop.example/", false, false },
        { "https://", false, false },
        { "shop.example", false, false },
        { "file:///etc/passwd", false, false },
        { "ftp://shop.example/", false, false },
        { "https://shop.example/ x", false, false },
        { "https://shop.example/\r\nX: y", false, false },
        { "", false, false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int here = 0; here < 2; here++) {
            err e = webhook_check(&a, str_of(rows[i].address), here == 1);

            if (here == 1 ? rows[i].here : rows[i].anywhere)
                EXPECT_ROW_OK(rows[i].address, e);
            else
                EXPECT_ROW_ERR(rows[i].address, e, ERR_INVALID,
                               "webhook.address");
        }
    }
}

TEST(an_address_has_room_enough_and_no_nul)
{
    char text[WEBHOOK_ADDRESS_MAX + 2] = "https://shop.example/";
    TEST_ARENA(a, 1 << 16);

    for (size_t i = strlen(text); i <= WEBHOOK_ADDRESS_MAX; i++)
        text[i] = 'a';
    EXPECT_OK(webhook_check(&a, (str){ text, WEBHOOK_ADDRESS_MAX }, false));
    EXPECT_ERR(webhook_check(&a, (str){ text, WEBHOOK_ADDRESS_MAX + 1 }, false),
               ERR_INVALID, "webhook.address");
    EXPECT_ERR(webhook_check(&a, S("https://shop.example/\0x"), false),
               ERR_INVALID, "webhook.address");
}

/* --- a server that says what it is told to -------------------------------- */

struct server {
    const char *says; /* NULL: nothing, until the other side leaves */
    size_t more;      /* so many bytes after it */
    int fd;
    int port;
    size_t n;
    char heard[4000];
};

static bool listen_at(struct server *s, in_addr_t address)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(address) };
    socklen_t n = sizeof at;

    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&at, sizeof at) != 0 ||
        listen(s->fd, 1) != 0 ||
        getsockname(s->fd, (struct sockaddr *)&at, &n) != 0)
        return false;
    s->port = ntohs(at.sin_port);
    return true;
}

static void hear(struct server *s, int fd)
{
    while (s->n < sizeof s->heard - 1) {
        ssize_t n = read(fd, s->heard + s->n, sizeof s->heard - 1 - s->n);

        if (n <= 0)
            return;
        s->n += (size_t)n;
        s->heard[s->n] = '\0';
        if (s->says != NULL && strstr(s->heard, "\r\n\r\n{}") != NULL)
            return;
    }
}

static void say(const struct server *s, int fd)
{
    static const char block[1024] = { 'x' };

    if (s->says == NULL)
        return;
    (void)!send(fd, s->says, strlen(s->says), MSG_NOSIGNAL);
    for (size_t n = 0; n < s->more; n += sizeof block) {
        if (send(fd, block, sizeof block, MSG_NOSIGNAL) <= 0)
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
    say(s, fd);
    (void)close(fd);
    return NULL;
}

static struct webhook message(const char *address)
{
    return (struct webhook){
        .address = str_of(address),
        .here = true,
        .id = S("0123456789abcdef0123456789abcdef"),
        .moment = S("1764417600"),
        .signature = S("v1,c2lnbmF0dXJl"),
        .body = S("{}"),
    };
}

/* What comes of calling it. */
static err call(struct arena *a, struct server *s, long milliseconds)
{
    pthread_t thread;
    char address[60];
    bool serves = listen_at(s, INADDR_LOOPBACK) &&
                  pthread_create(&thread, NULL, serve_once, s) == 0;

    EXPECT(serves);
    if (!serves)
        return OK;
    (void)snprintf(address, sizeof address, "http://127.0.0.1:%d/secret",
                   s->port);
    struct webhook w = message(address);
    w.milliseconds = milliseconds;
    err e = webhook_send(a, &w);
    (void)pthread_join(thread, NULL);
    (void)close(s->fd);
    return e;
}

TEST(a_message_comes_with_the_headers_of_standard_webhooks)
{
    static const char *const lines[] = {
        "POST /secret HTTP/1.1\r\n",
        "Content-Type: application/json\r\n",
        "Content-Length: 2\r\n",
        "webhook-id: 0123456789abcdef0123456789abcdef\r\n",
        "webhook-timestamp: 1764417600\r\n",
        "webhook-signature: v1,c2lnbmF0dXJl\r\n",
    };
    TEST_ARENA(a, 1 << 16);
    struct server s = { .says = "HTTP/1.1 204 No Content\r\n\r\n" };

    EXPECT_OK(call(&a, &s, 0));
    for (size_t i = 0; i < COUNT(lines); i++)
        EXPECT_ROW(lines[i], strstr(s.heard, lines[i]) != NULL);
    EXPECT(strstr(s.heard, "\r\nExpect:") == NULL);
}

/* [WH4] */
TEST(only_a_status_of_2xx_says_that_it_was_taken)
{
    static const struct {
        const char *why;
        const char *says;
        size_t more;
        const char *id; /* NULL: taken */
        enum err_code code;
        int64_t status;
    } rows[] = {
        { "taken", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 0, NULL, 0,
          0 },
        { "taken, for later", "HTTP/1.1 202 Yes\r\nContent-Length: 0\r\n\r\n",
          0, NULL, 0, 0 },
        { "taken, with a book", "HTTP/1.1 200 OK\r\n\r\n", 1 << 20, NULL, 0,
          0 },
        { "refused, with a book", "HTTP/1.1 500 No\r\n\r\n", 1 << 20,
          "webhook.answered", ERR_IO, 500 },
        { "elsewhere",
          "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
          "Content-Length: 0\r\n\r\n",
          0, "webhook.answered", ERR_IO, 302 },
        { "gone", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", 0,
          "webhook.answered", ERR_IO, 410 },
        { "broken off", "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n1234", 0,
          "webhook.failed", ERR_IO, 0 },
        { "no HTTP", "SSH-2.0-x\r\n", 0, "webhook.failed", ERR_IO, 0 },
        { "nothing", "", 0, "webhook.failed", ERR_IO, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct server s = { .says = rows[i].says, .more = rows[i].more };
        err e = call(&a, &s, 0);

        if (rows[i].id == NULL) {
            EXPECT_ROW_OK(rows[i].why, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
        if (!failed(e))
            continue;
        EXPECT_ROW_STR(rows[i].why, err_arg_text(e, "host"), /* [WH5] */
                       S("127.0.0.1"));
        for (const struct err_arg *x = e.info->args; x->name != NULL; x++) {
            if (strcmp(x->name, "status") == 0)
                EXPECT_ROW(rows[i].why, x->number == rows[i].status);
        }
    }
}

TEST(who_never_answers_is_not_waited_for)
{
    TEST_ARENA(a, 1 << 16);
    struct server s = { .says = NULL };

    EXPECT_ERR(call(&a, &s, 20), ERR_BUSY, "webhook.slow");
}

TEST(where_nobody_listens_nothing_is_sent)
{
    TEST_ARENA(a, 1 << 16);
    struct webhook w = message("http://127.0.0.1:1/");

    EXPECT_ERR(webhook_send(&a, &w), ERR_IO, "webhook.failed");
    w.address = S("http://shop.example/");
    EXPECT_ERR(webhook_send(&a, &w), ERR_INVALID, "webhook.address");
}

/* A server that has no certificate, or one of nobody we trust, is told
 * nothing. */
TEST(who_does_not_speak_tls_is_not_trusted)
{
    TEST_ARENA(a, 1 << 16);
    struct server s = { .says = "HTTP/1.1 200 OK\r\n\r\n{}" };
    pthread_t thread;
    char address[60];

    EXPECT(listen_at(&s, INADDR_LOOPBACK));
    s.heard[0] = '\0';
    EXPECT(pthread_create(&thread, NULL, serve_once, &s) == 0);
    (void)snprintf(address, sizeof address, "https://127.0.0.1:%d/", s.port);
    struct webhook w = message(address);
    w.milliseconds = 300; /* the server waits for a body that never comes */
    err e = webhook_send(&a, &w);
    EXPECT(failed(e));
    (void)pthread_join(thread, NULL);
    (void)close(s.fd);
    EXPECT(strstr(s.heard, "webhook-id") == NULL);
}

/* [WH2] Whoever it is that listens there. */
TEST(nothing_behind_our_walls_is_called)
{
    static const struct {
        const char *host;
        bool here;
    } rows[] = {
        { "127.0.0.2", false },        { "10.0.0.1", false },
        { "169.254.169.254", false },  { "[::ffff:127.0.0.1]", false },
        { "[fd00::1]", false },        { "192.168.0.1", true },
        { "[::ffff:10.0.0.1]", true },
    };
    struct server s = { .says = "" };

    EXPECT(listen_at(&s, INADDR_ANY));
    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        char address[80];

        (void)snprintf(address, sizeof address, "https://%s:%d/", rows[i].host,
                       s.port);
        struct webhook w = message(address);
        w.here = rows[i].here;
        EXPECT_ROW_ERR(rows[i].host, webhook_send(&a, &w), ERR_DENIED,
                       "webhook.private");
    }
    (void)close(s.fd);
}

/* [WH3] The whole of 127.0.0.0/8 is this machine, but nothing else is. */
TEST(this_machine_is_called_where_that_is_allowed)
{
    TEST_ARENA(a, 1 << 16);
    struct webhook w = message("https://127.0.0.2:1/");

    EXPECT_ERR(webhook_send(&a, &w), ERR_IO, "webhook.failed");
}

TEST(a_message_without_memory_is_not_sent)
{
    struct webhook w = message("http://127.0.0.1:1/");

    for (size_t most = 0; most < 600; most += 40) {
        TEST_ARENA(a, most);
        err e = webhook_send(&a, &w);

        EXPECT(failed(e));
    }
}
