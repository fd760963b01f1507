/* Webhooks, from an act to the receiver, and what becomes of them.
 * [HO2]-[HO5] */

#include "base/size.h"
#include "service/outbox.h"
#include "service/register_import.h"
#include "service/sequence.h"
#include "service/test_hook.h"

#include <stdio.h>

#define MINUTE INT64_C(60000000)
#define DAY    (INT64_C(24) * 60 * MINUTE)

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
    secret = hook_make_for(&o, &r, number, S(""));
    match(&o);
    EXPECT(!hook_turn_now(&o).any); /* that it was issued, was before */
    suspend(&o, ref);
    match(&o);
    struct hook_turn t = hook_turn_with(&o, &r, TAKEN);
    EXPECT(t.any && t.taken && t.tries == 1 && !failed(t.why));
    EXPECT(str_begins((str){ r.heard, r.n },
                      S("POST /hook?key=secret-key HTTP/1.1\r\n")));
    EXPECT_STR(receiver_header(&r, "webhook-signature: "),
               receiver_signature(&o, &r, secret));
    EXPECT(receiver_header(&r, "webhook-id: ").n == 32);
    EXPECT_STR(json_get_str(receiver_said(&o, &r), S("type")),
               S("certificate.suspended"));
    const struct json *data = json_get(receiver_said(&o, &r), S("data"));
    EXPECT_STR(json_get_str(data, S("number")), number);
    EXPECT_STR(json_get_str(data, S("uscc")), S(OFFICE_USCC));
    EXPECT(!str_contains(receiver_body(&r), S("热线")));
    EXPECT(!hook_turn_now(&o).any);
    struct hook_line l = hook_line_of(&o);
    EXPECT(l.waiting == 0 && l.last.taken > 0 && l.last.tries == 1);
    EXPECT_STR(l.number, number);
    EXPECT_STR(l.login, S("newcomer"));
}

/* [CG5] A file's rows are many, and were not acts of ours. */
EACH_STORE_TEST(what_a_file_brings_calls_nobody)
{
    static const char text[] =
        "number,holder,uscc,body,criterion,from,until\n"
        "A1,示例公司," OFFICE_USCC ",示例认证,T 1,2025-03-01,2028-02-29\n";
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    struct import_counts c;
    struct import_order order = {
        .from = { .files = &o.files },
        .who = office_as(&o, "certificates"),
        .today = office_today(&o),
    };

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(file_in(&o.arena, o.dir, S("certificates"), &order.from.path));
    EXPECT_OK(file_write(&o.files, &o.arena, order.from.path, str_of(text),
                         FILE_PUBLIC));
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.put == 1);
    match(&o);
    EXPECT(!hook_turn_now(&o).any);
}

EACH_STORE_TEST(an_enterprises_webhook_is_told_of_all_its_certificates)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    (void)office_certified_of(&o, "rival");
    (void)office_certified(&o);
    match(&o);
    EXPECT(hook_line_of(&o).waiting == 1);
    EXPECT_STR(hook_line_of(&o).uscc, S(OFFICE_USCC));
    EXPECT(hook_turn_with(&o, &r, TAKEN).taken);
    EXPECT_STR(receiver_act(&o, &r), S("issued"));
}

/* [HO3] However often the log is read. */
EACH_STORE_TEST(each_change_comes_to_each_webhook_once)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);
    int64_t waiting = 9;

    sign(&o);
    (void)hook_make_for(&o, &r, number_of(&o, ref), S(""));
    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
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
    str secret = hook_make_for(&o, &r, number_of(&o, ref), S(""));
    suspend(&o, ref);
    restore(&o, ref);
    match(&o);
    struct hook_turn t = hook_turn_with(&o, &r, REFUSED);
    EXPECT(t.any && !t.taken && t.fault == HOOK_ANSWERED && t.status == 500);
    EXPECT(!t.stopped);
    EXPECT(arena_str(&o.arena, receiver_header(&r, "webhook-id: "), &name));
    EXPECT(arena_str(&o.arena, receiver_body(&r), &text));
    str moment = S("");
    EXPECT(arena_str(&o.arena, receiver_header(&r, "webhook-timestamp: "),
                     &moment));
    EXPECT(!hook_turn_now(&o).any); /* not before a minute has passed */
    o.clock.micros += MINUTE;
    t = hook_turn_with(&o, &r, ""); /* the connection breaks: nobody knows */
    EXPECT(t.any && t.fault == HOOK_UNREACHED && t.tries == 2);
    o.clock.micros += MINUTE;
    EXPECT(!hook_turn_now(&o).any);
    o.clock.micros += MINUTE;
    t = hook_turn_with(&o, &r, TAKEN);
    EXPECT(t.taken && t.tries == 3);
    EXPECT_STR(receiver_header(&r, "webhook-id: "), name);
    EXPECT_STR(receiver_body(&r), text);
    EXPECT(!str_eq(receiver_header(&r, "webhook-timestamp: "), moment));
    EXPECT_STR(receiver_header(&r, "webhook-signature: "),
               receiver_signature(&o, &r, secret));
    EXPECT_STR(receiver_act(&o, &r), S("suspended"));
    t = hook_turn_with(&o, &r, TAKEN);
    EXPECT(t.taken && t.tries == 1);
    EXPECT_STR(receiver_act(&o, &r), S("restored"));
    EXPECT(!hook_turn_now(&o).any);
}

/* [HO4] [HK3] */
ONE_STORE_TEST(who_dies_while_handing_over_loses_nothing, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str ref = office_certified(&o);

    sign(&o);
    (void)hook_make_for(&o, &r, number_of(&o, ref), S(""));
    suspend(&o, ref);
    match(&o);
    (void)office_ask(&o, "UPDATE hook SET leased = due + 60000000, tries = 1");
    EXPECT(!hook_turn_now(&o).any);
    o.clock.micros += 2 * MINUTE;
    struct hook_turn t = hook_turn_with(&o, &r, TAKEN);
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
    (void)hook_make_for(&o, &r, number_of(&o, ref), S(""));
    receiver_end(&r); /* nobody listens there */
    suspend(&o, ref);
    match(&o);
    do {
        t = hook_turn_now(&o);
        EXPECT(t.any && t.fault == HOOK_UNREACHED);
        o.clock.micros += outbox_delay(++tries);
    } while (t.any && !t.stopped && tries < 200);
    EXPECT(t.stopped && tries == 78);
    o.clock.micros += DAY;
    EXPECT(!hook_turn_now(&o).any);
    EXPECT(hook_line_of(&o).row.stopped && hook_line_of(&o).waiting == 1);

    const struct hooks_of of = hook_own(&o);
    EXPECT_ERR(hook_resume(o.app, &o.arena, &of, 7), ERR_NOT_FOUND,
               "hook.number");
    EXPECT_OK(hook_resume(o.app, &o.arena, &of, 1));
    t = hook_turn_now(&o); /* at once */
    EXPECT(t.any && t.tries == 1 && !t.stopped);
    EXPECT(receiver_begin(&r));
}

ONE_STORE_TEST(a_receiver_that_says_it_is_gone_is_not_called_again, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = hook_own(&o);

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    struct hook_turn t = hook_turn_with(&o, &r, GONE);
    EXPECT(t.stopped && t.fault == HOOK_ANSWERED && t.status == 410);
    o.clock.micros += DAY;
    EXPECT(!hook_turn_now(&o).any);
}

/* Whoever may not come in any more is told nothing any more. */
ONE_STORE_TEST(who_left_is_not_told, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = hook_own(&o);

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    (void)office_ask(&o, "UPDATE person SET state = 1"
                         " WHERE login = 'newcomer'");
    struct hook_turn t = hook_turn_now(&o);
    EXPECT(t.any && t.stopped && t.fault == HOOK_LEFT);
}

ONE_STORE_TEST(a_box_of_another_webhook_is_none, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = hook_own(&o);

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    (void)office_ask(&o, "UPDATE hook SET box = x'00'");
    struct hook_turn t = hook_turn_now(&o);
    EXPECT(t.any && t.stopped && t.fault == HOOK_BROKEN);
    EXPECT_STR(hook_line_of(&o).address, S(""));
}

ONE_STORE_TEST(a_queue_without_what_is_due_is_damaged, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    struct hook_turn t;

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    (void)office_ask(&o, "UPDATE hook SET due = 1");
    EXPECT_ERR(hooks_turn(o.app, &o.arena, 2, &t), ERR_CORRUPT, "hook.queue");
}
