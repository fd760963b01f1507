#include "service/test_smtp.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- a mail server that takes or refuses one mail ------------------------- */

struct smtp {
    const char *end; /* what it answers to the mail; NULL: it goes */
    int fd;
    int port;
    size_t n;
    char heard[60000];
    pthread_t thread;
};

static bool hear(struct smtp *s, int fd, const char *ending)
{
    size_t from = s->n;

    while (s->n < sizeof s->heard - 1) {
        if (read(fd, s->heard + s->n, 1) != 1)
            return false;
        s->n++;
        if (str_ends((str){ s->heard + from, s->n - from }, str_of(ending)))
            return true;
    }
    return false;
}

static bool say(int fd, const char *what)
{
    return what != NULL &&
           write(fd, what, strlen(what)) == (ssize_t)strlen(what);
}

static void talk(struct smtp *s, int fd)
{
    if (!say(fd, "220 ready\r\n"))
        return;
    for (int i = 0; i < 4; i++) {
        if (!hear(s, fd, "\r\n") ||
            !say(fd, i < 3 ? "250 ok\r\n" : "354 go\r\n"))
            return;
    }
    s->n = 0; /* of interest is the mail */
    if (hear(s, fd, "\r\n.\r\n") && say(fd, s->end))
        (void)!read(fd, (char[80]){ 0 }, 80);
}

static void *serve_once(void *context)
{
    struct smtp *s = context;
    int fd = accept(s->fd, NULL, NULL);

    if (fd < 0)
        return NULL;
    talk(s, fd);
    (void)close(fd);
    return NULL;
}

static bool smtp_begin(struct smtp *s)
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
    return pthread_create(&s->thread, NULL, serve_once, s) == 0;
}

/* --- turns ---------------------------------------------------------------- */

err smtp_use(struct office *o, int port)
{
    char address[60];

    (void)snprintf(address, sizeof address, "smtp://127.0.0.1:%d", port);
    const struct mail_settings s = { .server = { .address = str_of(address) },
                                     .from = S("office@body.example") };

    return mail_settings_set(o->app, &o->arena, office_as(o, "admin"), &s);
}

int64_t office_now(const struct office *o)
{
    struct clock *c = o->world.clock;

    return c->now(c);
}

struct outbox_turn smtp_turn(struct office *o)
{
    struct outbox_turn t = { .why = OK };

    EXPECT_OK(outbox_turn(o->app, &o->arena, office_now(o), &t));
    return t;
}

struct outbox_turn smtp_turn_with(struct office *o, const char *end, str *heard)
{
    struct smtp s = { .end = end };
    struct outbox_turn t = { .why = OK };

    if (!smtp_begin(&s))
        return t;
    EXPECT_OK(smtp_use(o, s.port));
    t = smtp_turn(o);
    (void)pthread_join(s.thread, NULL);
    (void)close(s.fd);
    EXPECT(arena_str(&o->arena, (str){ s.heard, s.n }, heard));
    return t;
}
