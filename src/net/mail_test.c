/* Handing mails over, to a server that says what it is told to. [NM1]-[NM5] */
#include "net/mail.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* [NM1] */
TEST(a_server_is_named_by_host_and_port)
{
    static const struct {
        const char *address;
        bool good;
    } rows[] = {
        { "smtp://mail.example", true },
        { "smtp://mail.example:587", true },
        { "smtp://mail.example/", true },
        { "smtps://mail.example:465", true },
        { "smtp://127.0.0.1:25", true },
        { "smtp://me@mail.example", false },
        { "smtp://me:word@mail.example", false },
        { "smtp://mail.example/path", false },
        { "smtp://mail.example/?q", false },
        { "smtp://", false },
        { "http://mail.example", false },
        { "mail.example", false },
        { "smtp://mail.example\r\nMAIL", false },
        { "", false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = mail_check_server(&a, str_of(rows[i].address));

        if (rows[i].good)
            EXPECT_ROW_OK(rows[i].address, e);
        else
            EXPECT_ROW_ERR(rows[i].address, e, ERR_INVALID, "mail.server");
    }
}

TEST(a_server_has_room_enough_and_no_nul)
{
    char text[MAIL_SERVER_MAX + 2] = "smtp://";
    TEST_ARENA(a, 1 << 16);

    for (size_t i = strlen(text); i <= MAIL_SERVER_MAX; i++)
        text[i] = 'a';
    EXPECT_OK(mail_check_server(&a, (str){ text, MAIL_SERVER_MAX }));
    EXPECT_ERR(mail_check_server(&a, (str){ text, MAIL_SERVER_MAX + 1 }),
               ERR_INVALID, "mail.server");
    EXPECT_ERR(mail_check_server(&a, S("smtp://mail.example\0x")), ERR_INVALID,
               "mail.server");
}

/* --- a server ----------------------------------------------------------- */

enum step { HELLO, EHLO, FROM, TO, DATA, END, STEPS };

static const char *const usual[STEPS] = {
    [HELLO] = "220 ready\r\n", [EHLO] = "250 mail.example\r\n",
    [FROM] = "250 ok\r\n",     [TO] = "250 ok\r\n",
    [DATA] = "354 go on\r\n",  [END] = "250 taken\r\n",
};

/* At one step it says something else; NULL: nothing, and it goes. */
struct script {
    enum step step;
    const char *says;
    bool stays; /* it waits until the other side goes */
};

struct server {
    struct script script;
    int fd;
    int port;
    size_t n;
    char heard[8000];
};

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

/* Until what came ends with `ending`; false: nothing more comes. */
static bool hear(struct server *s, int fd, const char *ending)
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

/* What it hears before each step ends so. */
static const char *const endings[STEPS] = { "",     "\r\n", "\r\n",
                                            "\r\n", "\r\n", "\r\n.\r\n" };

static void talk(struct server *s, int fd)
{
    for (enum step i = HELLO; i < STEPS; i++) {
        const char *says = i == s->script.step ? s->script.says : usual[i];

        if (i != HELLO && !hear(s, fd, endings[i]))
            return;
        if (i == s->script.step && s->script.stays)
            (void)hear(s, fd, "\n\n");
        if (!say(fd, says))
            return;
    }
    (void)hear(s, fd, "\r\n"); /* QUIT */
}

static void *serve_once(void *context)
{
    struct server *s = context;
    int fd = accept(s->fd, NULL, NULL);

    if (fd < 0)
        return NULL;
    talk(s, fd);
    (void)close(fd);
    return NULL;
}

/* Hand a mail to a server that follows `script`. */
static err hand(struct arena *a, struct server *s, long milliseconds)
{
    char address[60];
    pthread_t thread;

    if (!listen_here(s) || pthread_create(&thread, NULL, serve_once, s) != 0)
        return err_memory();
    (void)snprintf(address, sizeof address, "smtp://127.0.0.1:%d", s->port);
    const struct mail_server server = { .address = str_of(address) };
    const struct mail_handing h = {
        .from = S("office@body.example"),
        .to = S("lin@hotel.example"),
        .message = S("Subject: x\r\n\r\n.a\r\n"),
        .milliseconds = milliseconds,
    };
    err e = mail_send(a, &server, &h);
    (void)pthread_join(thread, NULL);
    (void)close(s->fd);
    return e;
}

/* [NM4] */
TEST(a_mail_is_handed_over_whole)
{
    struct server s = { .script = { END, "250 taken\r\n", false } };
    TEST_ARENA(a, 1 << 16);

    EXPECT_OK(hand(&a, &s, 10000));
    EXPECT_STR(str_of(s.heard),
               S("EHLO body.example\r\nMAIL FROM:<office@body.example>\r\n"
                 "RCPT TO:<lin@hotel.example>\r\nDATA\r\n"
                 "Subject: x\r\n\r\n..a\r\n.\r\nQUIT\r\n"));
}

/* [NM5] */
TEST(a_refusal_for_good_is_told_from_a_passing_one)
{
    static const struct {
        const char *name;
        struct script script;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no such reader",
          { TO, "550 5.1.1 nobody\r\n", false },
          ERR_REFUSED,
          "mail.refused" },
        { "the sender is not welcome",
          { FROM, "553 not from you\r\n", false },
          ERR_REFUSED,
          "mail.refused" },
        { "the mail is not welcome",
          { END, "554 5.7.1 spam\r\n", false },
          ERR_REFUSED,
          "mail.refused" },
        { "the first line of all",
          { HELLO, "554 no service\r\n", false },
          ERR_REFUSED,
          "mail.refused" },
        { "greylisted",
          { TO, "451 4.7.1 later\r\n", false },
          ERR_BUSY,
          "mail.later" },
        { "it is full",
          { END, "452 4.3.1 full\r\n", false },
          ERR_BUSY,
          "mail.later" },
        { "it is closing",
          { HELLO, "421 closing\r\n", false },
          ERR_BUSY,
          "mail.later" },
        { "it wants a user",
          { FROM, "530 5.7.0 who are you\r\n", false },
          ERR_DENIED,
          "mail.login" },
        { "gone at once", { HELLO, NULL, false }, ERR_IO, "net.failed" },
        { "gone after the mail", { END, NULL, false }, ERR_IO, "net.failed" },
        { "gone before the mail", { DATA, NULL, false }, ERR_IO, "net.failed" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct server s = { .script = rows[i].script };
        TEST_ARENA(a, 1 << 16);

        EXPECT_ROW_ERR(rows[i].name, hand(&a, &s, 10000), rows[i].code,
                       rows[i].id);
    }
}

TEST(what_the_server_said_is_told_without_foreign_letters)
{
    struct server s = { .script = { TO, "550 \xe4\x01nobody\r\n", false } };
    TEST_ARENA(a, 1 << 16);
    err e = hand(&a, &s, 10000);

    EXPECT_ERR(e, ERR_REFUSED, "mail.refused");
    EXPECT_STR(err_arg_text(e, "said"), S("550 ??nobody"));
}

/* [NM3] */
TEST(a_server_that_says_nothing_is_waited_for_no_longer)
{
    struct server s = { .script = { EHLO, NULL, true } };
    TEST_ARENA(a, 1 << 16);

    EXPECT_ERR(hand(&a, &s, 50), ERR_BUSY, "net.slow");
}

TEST(nobody_listens)
{
    const struct mail_server server = { .address = S("smtp://127.0.0.1:1") };
    const struct mail_handing h = { .from = S("a@b.example"),
                                    .to = S("c@d.example"),
                                    .message = S("Subject: x\r\n\r\n") };
    TEST_ARENA(a, 1 << 16);

    EXPECT_ERR(mail_send(&a, &server, &h), ERR_IO, "net.failed");
}

/* The envelope holds no command of SMTP. */
TEST(an_address_that_is_none_is_handed_to_nobody)
{
    const struct mail_server server = { .address = S("smtp://127.0.0.1:1") };
    const struct mail_handing from = { .from = S("a@b.example>\r\nDATA"),
                                       .to = S("c@d.example") };
    const struct mail_handing to = { .from = S("a@b.example"),
                                     .to = S("c@d.example\r\nRCPT") };
    TEST_ARENA(a, 1 << 16);

    EXPECT_ERR(mail_send(&a, &server, &from), ERR_INVALID, "mime.address");
    EXPECT_ERR(mail_send(&a, &server, &to), ERR_INVALID, "mime.address");
}
