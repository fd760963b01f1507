/* Webhooks, from an act to the receiver, and what becomes of them.
 * [HO1]-[HO6] */

#include "service/hooks.h"

#include "base/buf.h"
#include "base/size.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "crypto/hmac.h"
#include "service/outbox.h"
#include "service/rebuild.h"
#include "service/sequence.h"
#include "service/service_test_env.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define MINUTE INT64_C(60000000)
#define DAY    (24 * 60 * MINUTE)

/* --- a receiver ----------------------------------------------------------- */

/* It listens for as long as the test runs, and answers one call at a time. */
struct receiver {
    int fd;
    int port;
    const char *says;
    size_t n;
    char heard[8000];
};

static void receiver_end(struct receiver *r)
{
    (void)close(r->fd);
}

static bool receiver_begin(struct receiver *r)
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

#define TEST_RECEIVER(name)                                                    \
    scoped(receiver_end) struct receiver name;                                 \
    if (!receiver_begin(&name))                                                \
    return

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

static void *serve_once(void *context)
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

#define TAKEN   "HTTP/1.1 204 Yes\r\n\r\n"
#define REFUSED "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
#define GONE    "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"

/* --- acts ----------------------------------------------------------------- */

static struct hook_turn turn(struct office *o)
{
    struct hook_turn t = { .why = OK };

    EXPECT_OK(
        hooks_turn(o->app, &o->arena, o->world.clock->now(o->world.clock), &t));
    return t;
}

/* The same while the receiver answers so. */
static struct hook_turn turn_with(struct office *o, struct receiver *r,
                                  const char *says)
{
    struct hook_turn t = { .why = OK };
    pthread_t thread;

    r->says = says;
    if (pthread_create(&thread, NULL, serve_once, r) != 0)
        return t;
    t = turn(o);
    (void)pthread_join(thread, NULL);
    return t;
}

static str receiver_address(struct office *o, const struct receiver *r)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 100);
    buf_printf(&b, "http://127.0.0.1:%d/hook?key=secret-key", r->port);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* newcomer's, about a number or a code: its secret. */
static str make(struct office *o, const struct receiver *r, str number,
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

static struct hooks_of own(struct office *o)
{
    return (struct hooks_of){ office_as(o, "newcomer"), S("") };
}

static struct hook_line line_of(struct office *o)
{
    const struct hooks_of of = own(o);
    struct list lines = { 0 };

    EXPECT_OK(hooks_list(o->app, &o->arena, &of, &lines));
    EXPECT(lines.n == 1);
    return lines.n == 1 ? *(struct hook_line *)lines.p
                        : (struct hook_line){ .login = S("") };
}

static void sign(struct office *o)
{
    int64_t size;

    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
}

/* What is signed is read for webhooks. */
static void match(struct office *o)
{
    bool more = true;

    sign(o);
    for (int i = 0; more && i < 100; i++)
        EXPECT_OK(hooks_match(o->app, &o->arena, &more));
}

static void suspend(struct office *o, str ref)
{
    char text[300];
    char today[DAY_TEXT];

    (void)snprintf(text, sizeof text,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   day_text(office_today(o), today).p);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend", text));
}

static void restore(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'热线恢复'}"));
}

static str number_of(struct office *o, str ref)
{
    return office_read(o, ref).state->certificate->number;
}

/* --- what was heard ------------------------------------------------------- */

static str header(const struct receiver *r, const char *name)
{
    str all = (str){ r->heard, r->n };
    size_t at = str_find(all, str_of(name));
    str rest = str_from(all, at + strlen(name));

    return str_first(rest, str_index(rest, '\r'));
}

static str body(const struct receiver *r)
{
    str all = (str){ r->heard, r->n };

    return str_from(all, str_find(all, S("\r\n\r\n")) + 4);
}

static const struct json *said(struct office *o, const struct receiver *r)
{
    struct json *j = NULL;

    EXPECT_OK(json_parse(&o->arena, body(r), &j));
    return j;
}

static str act_said(struct office *o, const struct receiver *r)
{
    return json_get_str(json_get(said(o, r), S("data")), S("act"));
}

/* As a receiver does who has only the text of Standard Webhooks. */
static str expected_signature(struct office *o, const struct receiver *r,
                              str secret)
{
    str name = header(r, "webhook-id: ");
    str moment = header(r, "webhook-timestamp: ");
    const struct hmac_piece pieces[] = { { name.p, name.n },
                                         { ".", 1 },
                                         { moment.p, moment.n },
                                         { ".", 1 },
                                         { body(r).p, body(r).n } };
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

/* --- what holds ----------------------------------------------------------- */

/* [HO2] [HO4] */
EACH_STORE_TEST(a_change_comes_signed_to_whoever_asked_for_its_certificate)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);
    str number = number_of(&o, ref);
    str secret;

    sign(&o);
    secret = make(&o, &r, number, S(""));
    match(&o);
    EXPECT(!turn(&o).any); /* that it was issued, was before */
    suspend(&o, ref);
    match(&o);
    struct hook_turn t = turn_with(&o, &r, TAKEN);
    EXPECT(t.any && t.taken && t.tries == 1 && !failed(t.why));
    EXPECT(str_begins((str){ r.heard, r.n },
                      S("POST /hook?key=secret-key HTTP/1.1\r\n")));
    EXPECT_STR(header(&r, "webhook-signature: "),
               expected_signature(&o, &r, secret));
    EXPECT(header(&r, "webhook-id: ").n == 32);
    EXPECT_STR(json_get_str(said(&o, &r), S("type")),
               S("certificate.suspended"));
    const struct json *data = json_get(said(&o, &r), S("data"));
    EXPECT_STR(json_get_str(data, S("number")), number);
    EXPECT_STR(json_get_str(data, S("uscc")), S(OFFICE_USCC));
    EXPECT(!str_contains(body(&r), S("热线")));
    EXPECT(!turn(&o).any);
    struct hook_line l = line_of(&o);
    EXPECT(l.waiting == 0 && l.last.taken > 0 && l.last.tries == 1);
    EXPECT_STR(l.number, number);
    EXPECT_STR(l.login, S("newcomer"));
}

EACH_STORE_TEST(an_enterprises_webhook_is_told_of_all_its_certificates)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    (void)office_certified_of(&o, "rival");
    (void)office_certified(&o);
    match(&o);
    EXPECT(line_of(&o).waiting == 1);
    EXPECT_STR(line_of(&o).uscc, S(OFFICE_USCC));
    EXPECT(turn_with(&o, &r, TAKEN).taken);
    EXPECT_STR(act_said(&o, &r), S("issued"));
}

/* [HO3] However often the log is read. */
EACH_STORE_TEST(each_change_comes_to_each_webhook_once)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);
    int64_t waiting = 9;

    sign(&o);
    (void)make(&o, &r, number_of(&o, ref), S(""));
    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    suspend(&o, ref);
    match(&o);
    match(&o);
    EXPECT_OK(hooks_waiting(o.app, &o.arena, &waiting));
    EXPECT(waiting == 2);
    EXPECT(office_count(&o, "SELECT count(*) FROM hook_call") == 2);
}

/* [HO4] The receiver is not there, comes back, and is told in order. */
ONE_STORE_TEST(what_was_not_taken_is_repeated_the_same_and_in_order, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);
    str name = S("");
    str text = S("");

    sign(&o);
    str secret = make(&o, &r, number_of(&o, ref), S(""));
    suspend(&o, ref);
    restore(&o, ref);
    match(&o);
    struct hook_turn t = turn_with(&o, &r, REFUSED);
    EXPECT(t.any && !t.taken && t.fault == HOOK_ANSWERED && t.status == 500);
    EXPECT(!t.stopped);
    EXPECT(arena_str(&o.arena, header(&r, "webhook-id: "), &name));
    EXPECT(arena_str(&o.arena, body(&r), &text));
    str moment = S("");
    EXPECT(arena_str(&o.arena, header(&r, "webhook-timestamp: "), &moment));
    EXPECT(!turn(&o).any); /* not before a minute has passed */
    o.clock.micros += MINUTE;
    t = turn_with(&o, &r, ""); /* the connection breaks: nobody knows */
    EXPECT(t.any && t.fault == HOOK_UNREACHED && t.tries == 2);
    o.clock.micros += MINUTE;
    EXPECT(!turn(&o).any);
    o.clock.micros += MINUTE;
    t = turn_with(&o, &r, TAKEN);
    EXPECT(t.taken && t.tries == 3);
    EXPECT_STR(header(&r, "webhook-id: "), name);
    EXPECT_STR(body(&r), text);
    EXPECT(!str_eq(header(&r, "webhook-timestamp: "), moment));
    EXPECT_STR(header(&r, "webhook-signature: "),
               expected_signature(&o, &r, secret));
    EXPECT_STR(act_said(&o, &r), S("suspended"));
    t = turn_with(&o, &r, TAKEN);
    EXPECT(t.taken && t.tries == 1);
    EXPECT_STR(act_said(&o, &r), S("restored"));
    EXPECT(!turn(&o).any);
}

/* [HO4] [HK3] */
ONE_STORE_TEST(who_dies_while_handing_over_loses_nothing, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);

    sign(&o);
    (void)make(&o, &r, number_of(&o, ref), S(""));
    suspend(&o, ref);
    match(&o);
    (void)office_ask(&o, "UPDATE hook SET leased = due + 60000000, tries = 1");
    EXPECT(!turn(&o).any);
    o.clock.micros += 2 * MINUTE;
    struct hook_turn t = turn_with(&o, &r, TAKEN);
    EXPECT(t.taken && t.tries == 2);
}

/* [HO5] */
ONE_STORE_TEST(a_webhook_that_takes_nothing_stops_and_keeps_what_waits, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);
    struct hook_turn t;
    int32_t tries = 0;

    sign(&o);
    (void)make(&o, &r, number_of(&o, ref), S(""));
    receiver_end(&r); /* nobody listens there */
    suspend(&o, ref);
    match(&o);
    do {
        t = turn(&o);
        EXPECT(t.any && t.fault == HOOK_UNREACHED);
        o.clock.micros += outbox_delay(++tries);
    } while (t.any && !t.stopped && tries < 200);
    EXPECT(t.stopped && tries == 78);
    o.clock.micros += DAY;
    EXPECT(!turn(&o).any);
    EXPECT(line_of(&o).row.stopped && line_of(&o).waiting == 1);

    const struct hooks_of of = own(&o);
    EXPECT_ERR(hook_resume(o.app, &o.arena, &of, 7), ERR_NOT_FOUND,
               "hook.number");
    EXPECT_OK(hook_resume(o.app, &o.arena, &of, 1));
    t = turn(&o); /* at once */
    EXPECT(t.any && t.tries == 1 && !t.stopped);
    EXPECT(receiver_begin(&r));
}

ONE_STORE_TEST(a_receiver_that_says_it_is_gone_is_not_called_again, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    struct hook_turn t = turn_with(&o, &r, GONE);
    EXPECT(t.stopped && t.fault == HOOK_ANSWERED && t.status == 410);
    o.clock.micros += DAY;
    EXPECT(!turn(&o).any);
}

/* Whoever may not come in any more is told nothing any more. */
ONE_STORE_TEST(who_left_is_not_told, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    (void)office_ask(&o, "UPDATE person SET state = 1"
                         " WHERE login = 'newcomer'");
    struct hook_turn t = turn(&o);
    EXPECT(t.any && t.stopped && t.fault == HOOK_LEFT);
}

ONE_STORE_TEST(a_box_of_another_webhook_is_none, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    (void)office_ask(&o, "UPDATE hook SET box = x'00'");
    struct hook_turn t = turn(&o);
    EXPECT(t.any && t.stopped && t.fault == HOOK_BROKEN);
    EXPECT_STR(line_of(&o).address, S(""));
}

ONE_STORE_TEST(a_queue_without_what_is_due_is_damaged, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    struct hook_turn t;

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    (void)office_ask(&o, "UPDATE hook SET due = 1");
    EXPECT_ERR(hooks_turn(o.app, &o.arena, 2, &t), ERR_CORRUPT, "hook.queue");
}

/* --- whose [HO1] [HO6] ---------------------------------------------------- */

EACH_STORE_TEST(the_store_knows_neither_the_address_nor_the_secret)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str secret = make(&o, &r, S(""), S(OFFICE_USCC));
    str box = line_of(&o).row.box;

    EXPECT(!str_contains(box, S("secret-key")));
    EXPECT(!str_contains(box, str_from(secret, 6)));
    EXPECT_STR(line_of(&o).address, receiver_address(&o, &r));
}

EACH_STORE_TEST(what_cannot_be_a_webhook_is_refused)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *why;
        const char *address;
        const char *number;
        const char *uscc;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no address", "shop.example", "", OFFICE_USCC, ERR_INVALID,
          "webhook.address" },
        { "this machine", "https://127.0.0.1/", "", OFFICE_USCC, ERR_INVALID,
          "webhook.address" },
        { "about nothing", "https://shop.example/", "", "", ERR_INVALID,
          "hook.about" },
        { "about two things", "https://shop.example/", "A1", OFFICE_USCC,
          ERR_INVALID, "hook.about" },
        { "no such certificate", "https://shop.example/", "NONE", "",
          ERR_NOT_FOUND, "lookup.number" },
        { "no code", "https://shop.example/", "", "913501", ERR_INVALID,
          "changes.uscc" },
    };
    struct hook_order order = { .who = office_as(&o, "newcomer") };
    int64_t number;
    str secret;

    for (size_t i = 0; i < COUNT(rows); i++) {
        order.address = str_of(rows[i].address);
        order.number = str_of(rows[i].number);
        order.uscc = str_of(rows[i].uscc);
        EXPECT_ROW_ERR(rows[i].why,
                       hook_make(o.app, &o.arena, &order, &number, &secret),
                       rows[i].code, rows[i].id);
    }
    struct session nobody = *order.who;
    nobody.actor.person = (id){ { 0 } };
    order = (struct hook_order){ .who = &nobody,
                                 .address = S("https://shop.example/"),
                                 .uscc = S(OFFICE_USCC) };
    EXPECT_ERR(hook_make(o.app, &o.arena, &order, &number, &secret), ERR_DENIED,
               "hook.nobody");
    EXPECT(office_count(&o, "SELECT count(*) FROM hook") == 0);
}

EACH_STORE_TEST(nobody_keeps_more_webhooks_than_are_kept)
{
    TEST_OFFICE(o, place);
    const struct hook_order order = { .who = office_as(&o, "newcomer"),
                                      .address = S("https://shop.example/"),
                                      .uscc = S(OFFICE_USCC) };
    const struct hooks_of of = own(&o);
    int64_t number = 0;
    str secret;

    for (int i = 1; i <= HOOKS_MOST; i++) {
        EXPECT_OK(hook_make(o.app, &o.arena, &order, &number, &secret));
        EXPECT(number == i);
    }
    EXPECT_ERR(hook_make(o.app, &o.arena, &order, &number, &secret), ERR_LIMIT,
               "hook.many");
    EXPECT_OK(hook_end(o.app, &o.arena, &of, 7));
    EXPECT_ERR(hook_end(o.app, &o.arena, &of, 7), ERR_NOT_FOUND, "hook.number");
    EXPECT_ERR(hook_end(o.app, &o.arena, &of, 0), ERR_NOT_FOUND, "hook.number");
    EXPECT_OK(hook_make(o.app, &o.arena, &order, &number, &secret));
    EXPECT(number == 7);
}

EACH_STORE_TEST(an_administrator_sees_and_ends_anybodys_and_nobody_else_does)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of by_head = { office_as(&o, "head"), S("newcomer") };
    const struct hooks_of by_admin = { office_as(&o, "admin"), S("newcomer") };
    const struct hooks_of nobodys = { office_as(&o, "admin"), S("x") };
    struct list l = { 0 };

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_ERR(hooks_list(o.app, &o.arena, &by_head, &l), ERR_DENIED,
               "door.others");
    EXPECT_ERR(hook_end(o.app, &o.arena, &by_head, 1), ERR_DENIED,
               "door.others");
    EXPECT_ERR(hooks_list_all(o.app, &o.arena, by_head.who, &l), ERR_DENIED,
               "door.others");
    EXPECT_ERR(hooks_list(o.app, &o.arena, &nobodys, &l), ERR_NOT_FOUND,
               "door.person");
    EXPECT_OK(hooks_list(o.app, &o.arena, &by_admin, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(hooks_list_all(o.app, &o.arena, by_admin.who, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(hook_end(o.app, &o.arena, &by_admin, 1));
    EXPECT_OK(hooks_list_all(o.app, &o.arena, by_admin.who, &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(this_machine_is_called_only_where_an_administrator_lets_it)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);

    EXPECT_ERR(hooks_let_here(o.app, &o.arena, office_as(&o, "head"), true),
               ERR_DENIED, "outbox.names");
    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hooks_let_here(o.app, &o.arena, office_as(&o, "admin"), false));
    EXPECT_ERR(hook_try(o.app, &o.arena, &of, 1), ERR_INVALID,
               "webhook.address");
}

/* --- trying --------------------------------------------------------------- */

ONE_STORE_TEST(a_webhook_is_tried_at_once_or_in_its_queue, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);
    pthread_t thread;
    struct list calls = { 0 };

    str secret = make(&o, &r, S(""), S(OFFICE_USCC));
    r.says = TAKEN;
    EXPECT(pthread_create(&thread, NULL, serve_once, &r) == 0);
    EXPECT_OK(hook_try(o.app, &o.arena, &of, 1));
    (void)pthread_join(thread, NULL);
    EXPECT_STR(json_get_str(said(&o, &r), S("type")), S("webhook.try"));
    EXPECT_STR(header(&r, "webhook-signature: "),
               expected_signature(&o, &r, secret));
    EXPECT_OK(hook_calls(o.app, &o.arena, &of, 1, &calls));
    EXPECT(calls.n == 0);

    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    EXPECT(turn_with(&o, &r, TAKEN).taken);
    EXPECT_OK(hook_calls(o.app, &o.arena, &of, 1, &calls));
    EXPECT(calls.n == 1);
    if (calls.n == 1)
        EXPECT(((struct hook_call_row *)calls.p)->index == HOOK_NO_INDEX);
    EXPECT_ERR(hook_try_later(o.app, &o.arena, &of, 2), ERR_NOT_FOUND,
               "hook.number");
    EXPECT_ERR(hook_try(o.app, &o.arena, &of, 2), ERR_NOT_FOUND, "hook.number");
    EXPECT_ERR(hook_calls(o.app, &o.arena, &of, 2, &calls), ERR_NOT_FOUND,
               "hook.number");
}

/* What was taken is kept for a month, to be looked at. */
ONE_STORE_TEST(what_was_taken_is_forgotten_after_a_month, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = own(&o);

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    for (int i = 0; i < 3; i++) {
        EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
        EXPECT(turn_with(&o, &r, TAKEN).taken);
        o.clock.micros += 20 * DAY;
    }
    EXPECT(office_count(&o, "SELECT count(*) FROM hook_call") == 2);
    EXPECT(line_of(&o).last.place == 3);
}

/* --- memory --------------------------------------------------------------- */

static err try_list(struct heap *h, void *context)
{
    struct office *o = context;
    const struct hooks_of of = own(o);
    scoped(arena_end) struct arena a;
    struct list lines;

    arena_init(&a, h, 1 << 22);
    return hooks_list(o->app, &a, &of, &lines);
}

static err try_make(struct heap *h, void *context)
{
    struct office *o = context;
    const struct hook_order order = { .who = office_as(o, "newcomer"),
                                      .address = S("https://shop.example/"),
                                      .uscc = S(OFFICE_USCC) };
    const struct hooks_of of = own(o);
    scoped(arena_end) struct arena a;
    int64_t number;
    str secret;

    arena_init(&a, h, 1 << 22);
    err e = hook_make(o->app, &a, &order, &number, &secret);
    if (!failed(e))
        EXPECT_OK(hook_end(o->app, &o->arena, &of, number));
    return e;
}

static err try_match(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    bool more;

    arena_init(&a, h, 1 << 22);
    err e = hooks_match(o->app, &a, &more);
    if (!failed(e))
        (void)office_ask(o, "DELETE FROM hook_call;"
                            "UPDATE meta SET value = '0'"
                            " WHERE key = 'hooks.next';"
                            "UPDATE hook SET placed = 0");
    return e;
}

ONE_STORE_TEST(webhooks_without_memory_say_so_and_lose_nothing, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);

    sign(&o);
    (void)make(&o, &r, number_of(&o, ref), S(""));
    suspend(&o, ref);
    match(&o);
    EXPECT_OK(try_list(&o.heap, &o));
    EXPECT(test_every_allocation_fails(try_list, NULL, &o) > 0);
    EXPECT(test_every_allocation_fails(try_make, NULL, &o) > 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM hook") == 1);
    (void)office_ask(&o, "DELETE FROM hook_call;"
                         "UPDATE meta SET value = '0'"
                         " WHERE key = 'hooks.next';"
                         "UPDATE hook SET placed = 0");
    EXPECT(test_every_allocation_fails(try_match, NULL, &o) > 0);
}

/* Webhooks are in no journal: they stay when all else is made anew. */
ONE_STORE_TEST(webhooks_stay_when_projections_are_made_anew, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    struct rebuilt made;

    (void)make(&o, &r, S(""), S(OFFICE_USCC));
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_REBUILD, &o.app));
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT(line_of(&o).row.number == 1);
}
