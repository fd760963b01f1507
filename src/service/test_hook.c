#include "service/test_hook.h"

#include "base/buf.h"
#include "base/size.h"
#include "codec/base64.h"
#include "crypto/hmac.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- a receiver ----------------------------------------------------------- */

void receiver_end(struct receiver *r)
{
    (void)close(r->fd);
}

bool receiver_begin(struct receiver *r)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;

    *r = (struct receiver){ .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC,
                                         0) };
    bool listens = r->fd >= 0 &&
                   bind(r->fd, (struct sockaddr *)&at, sizeof at) == 0 &&
                   listen(r->fd, 8) == 0 &&
                   getsockname(r->fd, (struct sockaddr *)&at, &n) == 0;

    r->port = ntohs(at.sin_port);
    EXPECT(listens);
    return listens;
}

/* Has the whole of it come? */
static bool is_whole(const struct receiver *r)
{
    const char *length = strstr(r->heard, "Content-Length: ");
    const char *end = strstr(r->heard, "\r\n\r\n");
    size_t n = 0;

    if (length == NULL || end == NULL)
        return false;
    for (length += strlen("Content-Length: "); *length != '\r'; length++)
        n = n * 10 + (size_t)(*length - '0');
    return strlen(end + 4) >= n;
}

void *receiver_once(void *context)
{
    struct receiver *r = context;
    int fd = accept(r->fd, NULL, NULL);

    r->n = 0;
    r->heard[0] = '\0';
    while (fd >= 0 && r->n < sizeof r->heard - 1 && !is_whole(r)) {
        ssize_t n = read(fd, r->heard + r->n, sizeof r->heard - 1 - r->n);

        if (n <= 0)
            break;
        r->n += (size_t)n;
        r->heard[r->n] = '\0';
    }
    (void)!send(fd, r->says, strlen(r->says), MSG_NOSIGNAL);
    (void)close(fd);
    return NULL;
}

/* --- acts ----------------------------------------------------------------- */

struct hook_turn hook_turn_now(struct office *o)
{
    struct hook_turn t = { .why = OK };

    EXPECT_OK(
        hooks_turn(o->app, &o->arena, o->world.clock->now(o->world.clock), &t));
    return t;
}

/* The same while the receiver answers so. */
struct hook_turn hook_turn_with(struct office *o, struct receiver *r,
                                const char *says)
{
    struct hook_turn t = { .why = OK };
    pthread_t thread;

    r->says = says;
    if (pthread_create(&thread, NULL, receiver_once, r) != 0)
        return t;
    t = hook_turn_now(o);
    (void)pthread_join(thread, NULL);
    return t;
}

str receiver_address(struct office *o, const struct receiver *r)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 100);
    buf_printf(&b, "http://127.0.0.1:%d/hook?key=secret-key", r->port);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* newcomer's, about a number or a code: its secret. */
str hook_make_for(struct office *o, const struct receiver *r, str number,
                  str uscc)
{
    const struct hook_order order = { .who = office_as(o, "newcomer"),
                                      .address = receiver_address(o, r),
                                      .number = number,
                                      .uscc = uscc };
    int64_t made = 0;
    str secret = S("");

    EXPECT_OK(hooks_let_here(o->app, &o->arena, office_as(o, "admin"), true));
    EXPECT_OK(hook_make(o->app, &o->arena, &order, &made, &secret));
    EXPECT(made > 0);
    return secret;
}

struct hooks_of hook_own(struct office *o)
{
    return (struct hooks_of){ office_as(o, "newcomer"), S("") };
}

struct hook_line hook_line_of(struct office *o)
{
    const struct hooks_of of = hook_own(o);
    struct list lines = { 0 };

    EXPECT_OK(hooks_list(o->app, &o->arena, &of, &lines));
    EXPECT(lines.n == 1);
    return lines.n == 1 ? *(struct hook_line *)lines.p
                        : (struct hook_line){ .login = S("") };
}

/* --- what was heard ------------------------------------------------------- */

str receiver_header(const struct receiver *r, const char *name)
{
    str all = (str){ r->heard, r->n };
    size_t at = str_find(all, str_of(name));
    str rest = str_from(all, at + strlen(name));

    return str_first(rest, str_index(rest, '\r'));
}

str receiver_body(const struct receiver *r)
{
    str all = (str){ r->heard, r->n };

    return str_from(all, str_find(all, S("\r\n\r\n")) + 4);
}

const struct json *receiver_said(struct office *o, const struct receiver *r)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(&o->arena, receiver_body(r), &j));
    return j;
}

str receiver_act(struct office *o, const struct receiver *r)
{
    return json_get_str(json_get(receiver_said(o, r), S("data")), S("act"));
}

/* As a receiver does who has only the text of Standard Webhooks. */
str receiver_signature(struct office *o, const struct receiver *r, str secret)
{
    str name = receiver_header(r, "webhook-id: ");
    str moment = receiver_header(r, "webhook-timestamp: ");
    const struct hmac_piece pieces[] = { { name.p, name.n },
                                         { ".", 1 },
                                         { moment.p, moment.n },
                                         { ".", 1 },
                                         { receiver_body(r).p,
                                           receiver_body(r).n } };
    uint8_t hash[SHA256_BYTES];
    bool valid = false;
    str key = S("");
    struct buf b;
    str out = S("");

    EXPECT(str_begins(secret, S("whsec_")));
    EXPECT_OK(base64_decode(&o->arena, BASE64_PADDED, str_from(secret, 6), &key,
                            &valid));
    EXPECT(valid && key.n == 32);
    hmac_sha256(key.p, key.n, pieces, COUNT(pieces), hash);
    buf_init(&b, &o->arena, 200);
    buf_str(&b, S("v1,"));
    base64_encode(&b, BASE64_PADDED, hash, sizeof hash);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}
