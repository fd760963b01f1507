/* Whose webhooks are, trying them, and what is kept. [HO1] [HO6] */

#include "base/size.h"
#include "service/rebuild.h"
#include "service/sequence.h"
#include "service/test_hook.h"

#include <pthread.h>
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

static str number_of(struct office *o, str ref)
{
    return office_read(o, ref).state->certificate->number;
}

/* --- whose [HO1] [HO6] ---------------------------------------------------- */

EACH_STORE_TEST(the_store_knows_neither_the_address_nor_the_secret)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    str secret = hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    str box = hook_line_of(&o).row.box;

    EXPECT(!str_contains(box, S("secret-key")));
    EXPECT(!str_contains(box, str_from(secret, 6)));
    EXPECT_STR(hook_line_of(&o).address, receiver_address(&o, &r));
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
    const struct hooks_of of = hook_own(&o);
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

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
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
    const struct hooks_of of = hook_own(&o);

    EXPECT_ERR(hooks_let_here(o.app, &o.arena, office_as(&o, "head"), true),
               ERR_DENIED, "outbox.names");
    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    EXPECT_OK(hooks_let_here(o.app, &o.arena, office_as(&o, "admin"), false));
    EXPECT_ERR(hook_try(o.app, &o.arena, &of, 1), ERR_INVALID,
               "webhook.address");
}

/* --- trying --------------------------------------------------------------- */

ONE_STORE_TEST(a_webhook_is_tried_at_once_or_in_its_queue, true)
{
    TEST_OFFICE(o, place);
    TEST_RECEIVER(r);
    const struct hooks_of of = hook_own(&o);
    pthread_t thread;
    struct list calls = { 0 };

    str secret = hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    r.says = TAKEN;
    EXPECT(pthread_create(&thread, NULL, receiver_once, &r) == 0);
    EXPECT_OK(hook_try(o.app, &o.arena, &of, 1));
    (void)pthread_join(thread, NULL);
    EXPECT_STR(json_get_str(receiver_said(&o, &r), S("type")),
               S("webhook.try"));
    EXPECT_STR(receiver_header(&r, "webhook-signature: "),
               receiver_signature(&o, &r, secret));
    EXPECT_OK(hook_calls(o.app, &o.arena, &of, 1, &calls));
    EXPECT(calls.n == 0);

    EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
    EXPECT(hook_turn_with(&o, &r, TAKEN).taken);
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
    const struct hooks_of of = hook_own(&o);

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    for (int i = 0; i < 3; i++) {
        EXPECT_OK(hook_try_later(o.app, &o.arena, &of, 1));
        EXPECT(hook_turn_with(&o, &r, TAKEN).taken);
        o.clock.micros += 20 * DAY;
    }
    EXPECT(office_count(&o, "SELECT count(*) FROM hook_call") == 2);
    EXPECT(hook_line_of(&o).last.place == 3);
}

/* --- memory --------------------------------------------------------------- */

static err try_list(struct heap *h, void *context)
{
    struct office *o = context;
    const struct hooks_of of = hook_own(o);
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
    const struct hooks_of of = hook_own(o);
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
    (void)hook_make_for(&o, &r, number_of(&o, ref), S(""));
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

    (void)hook_make_for(&o, &r, S(""), S(OFFICE_USCC));
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_REBUILD, &o.app));
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT(hook_line_of(&o).row.number == 1);
}
