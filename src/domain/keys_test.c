/* The body's keys: made, rotated, retired; their history. [17065 7.12] */

#include "domain/keys.h"

#include "base/test.h"
#include "domain/commands.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

#include <stdio.h>

/* A body's stream as far as it is about keys. */
struct keyed {
    struct fixture *f;
    struct event_list events;
    struct key_history history;
};

static void begin(struct keyed *k, struct fixture *f)
{
    *k = (struct keyed){ .f = f };
    EXPECT_OK(key_history_of(&f->arena, &k->events, &k->history));
}

/* Fold what came of a command, on the fixture's day. */
static err fold(struct keyed *k, const struct event_list *more)
{
    for (struct event *e = more->first; e != NULL;) {
        struct event *next = e->next;

        e->next = NULL;
        event_list_add(&k->events, e);
        e = next;
    }
    return key_history_of(&k->f->arena, &k->events, &k->history);
}

static void act_as(struct keyed *k, enum role role)
{
    k->f->facts.actor = (struct actor){ .roles = ROLE_BIT(role) };
}

static err make(struct keyed *k, enum key_purpose purpose, enum key_kind kind)
{
    struct key_made wish = { (int)purpose, 0, (int)kind, S("00") };
    struct event_list more = { 0 };

    TRY(key_make(&k->f->arena, &k->history, &wish, &k->f->facts, &more));
    return fold(k, &more);
}

static err retire(struct keyed *k, struct key_retired wish)
{
    struct event_list more = { 0 };

    TRY(key_retire(&k->f->arena, &k->history, &wish, &k->f->facts, &more));
    return fold(k, &more);
}

static err certify(struct keyed *k, struct key_certified wish)
{
    struct event_list more = { 0 };

    TRY(key_certify(&k->f->arena, &k->history, &wish, &k->f->facts, &more));
    return fold(k, &more);
}

static struct key_retired compromised(int64_t serial, day since)
{
    return (struct key_retired){ KEY_QR, serial, KEY_COMPROMISED, since,
                                 S("丢失的备份") };
}

/* [KY1] */
TEST(a_new_key_takes_the_place_of_the_one_before)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT(key_current(&k.history, KEY_QR) == NULL);
    EXPECT(key_next(&k.history, KEY_QR) == 1);
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
    EXPECT_OK(make(&k, KEY_CREDENTIAL, KEY_ED25519));
    set_today(f, "2026-04-01");
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));

    const struct key_row *old = key_find(&k.history, KEY_QR, 1);
    const struct key_row *now = key_current(&k.history, KEY_QR);
    EXPECT(old != NULL && now != NULL && now->made.serial == 2);
    if (old == NULL || now == NULL)
        return;
    EXPECT(old->retired && old->retirement.ending == KEY_ROTATED);
    EXPECT(old->until == on("2026-04-01") && now->from == on("2026-04-01"));
    EXPECT(key_current(&k.history, KEY_CREDENTIAL)->made.serial == 1);
    EXPECT(key_next(&k.history, KEY_QR) == 3);
    EXPECT(key_find(&k.history, KEY_QR, 3) == NULL);
}

TEST(a_key_serves_purposes_of_its_kind)
{
    static const struct {
        enum key_purpose purpose;
        unsigned kinds; /* by bit */
    } rows[] = {
        { KEY_LOG, 1U << KEY_ED25519 },
        { KEY_CREDENTIAL, 1U << KEY_ED25519 },
        { KEY_QR, 1U << KEY_ED25519 },
        { KEY_PDF, 1U << KEY_P256 | 1U << KEY_RSA },
        { KEY_SM2, 1U << KEY_IS_SM2 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int kind = KEY_ED25519; kind <= KEY_IS_SM2; kind++)
            EXPECT_ROW(key_purpose_names[rows[i].purpose],
                       key_serves(rows[i].purpose, (enum key_kind)kind) ==
                           ((rows[i].kinds >> kind & 1U) != 0));
    }
}

TEST(a_key_of_another_kind_is_refused)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_ERR(make(&k, KEY_PDF, KEY_ED25519), ERR_INVALID, "key.kind");
    EXPECT(k.history.n == 0);
}

/* [KY7] */
TEST(only_an_administrator_makes_the_log_s_next_key)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_HEAD);
    EXPECT_ERR(make(&k, KEY_LOG, KEY_ED25519), ERR_DENIED, "key.makes");
    EXPECT(k.history.n == 0);
}

/* [KY4] */
TEST(administrators_make_keys_and_they_or_the_head_retire_them)
{
    FIXTURE(f);

    for (int role = 0; role < ROLE_COUNT; role++) {
        bool makes = role == ROLE_ADMIN;
        bool retires = makes || role == ROLE_HEAD;
        struct keyed k;

        begin(&k, f);
        act_as(&k, ROLE_ADMIN);
        EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
        act_as(&k, (enum role)role);
        err made = make(&k, KEY_QR, KEY_ED25519);
        err retired = retire(&k, compromised(1, f->facts.today));
        if (makes)
            EXPECT_ROW_OK(role_names[role], made);
        else
            EXPECT_ROW_ERR(role_names[role], made, ERR_DENIED, "key.makes");
        if (retires)
            EXPECT_ROW_OK(role_names[role], retired);
        else
            EXPECT_ROW_ERR(role_names[role], retired, ERR_DENIED,
                           "key.retires");
    }
}

/* [KY2] */
TEST(a_retired_key_signs_no_more_and_is_retired_once)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
    EXPECT_ERR(retire(&k, (struct key_retired){ KEY_QR, 2, KEY_LOST, DAY_NEVER,
                                                S("") }),
               ERR_NOT_FOUND, "key.unknown");
    EXPECT_ERR(retire(&k, (struct key_retired){ KEY_QR, 1, KEY_ROTATED,
                                                DAY_NEVER, S("") }),
               ERR_INVALID, "key.rotates");
    EXPECT_OK(retire(&k, (struct key_retired){ KEY_QR, 1, KEY_LOST, DAY_NEVER,
                                               S("") }));
    EXPECT(key_current(&k.history, KEY_QR) == NULL);
    EXPECT_ERR(retire(&k, compromised(1, f->facts.today)), ERR_REFUSED,
               "key.retired");
}

/* [KY3] */
TEST(since_when_a_key_is_compromised_lies_in_its_own_days)
{
    static const struct {
        const char *why;
        const char *since; /* NULL: none */
        const char *refused;
    } rows[] = {
        { "no day", NULL, "key.since_missing" },
        { "the day before it was made", "2026-02-28", "key.since" },
        { "the day it was made", "2026-03-01", NULL },
        { "the day it was rotated", "2026-04-01", NULL },
        { "the day after", "2026-04-02", "key.since" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct keyed k;

        begin(&k, f);
        act_as(&k, ROLE_ADMIN);
        set_today(f, "2026-03-01");
        EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
        set_today(f, "2026-04-01");
        EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
        set_today(f, "2026-05-01");
        err e = retire(&k, compromised(1, rows[i].since == NULL
                                              ? DAY_NEVER
                                              : on(rows[i].since)));
        if (rows[i].refused != NULL) {
            EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, rows[i].refused);
            continue;
        }
        const struct key_row *row = key_find(&k.history, KEY_QR, 1);
        EXPECT_ROW_OK(rows[i].why, e);
        EXPECT(row->retirement.ending == KEY_COMPROMISED);
        /* It ended when it was rotated. */
        EXPECT(row->until == on("2026-04-01"));
    }
}

TEST(a_key_in_use_is_not_compromised_from_tomorrow_on)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_HEAD);
    act_as(&k, ROLE_ADMIN);
    set_today(f, "2026-03-01");
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
    EXPECT_ERR(retire(&k, compromised(1, on("2026-03-02"))), ERR_INVALID,
               "key.since");
    EXPECT_ERR(retire(&k, (struct key_retired){ KEY_QR, 1, KEY_LOST,
                                                on("2026-03-01"), S("") }),
               ERR_INVALID, "key.since");
}

/* [KY6] */
TEST(an_authority_certifies_the_key_for_documents_that_signs)
{
    FIXTURE(f);
    struct key_certified first = { KEY_PDF, 0, { { 1 } } };
    struct key_certified second = { KEY_PDF, 0, { { 2 } } };
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_ERR(certify(&k, first), ERR_NOT_FOUND, "key.none");
    EXPECT_OK(make(&k, KEY_PDF, KEY_P256));
    EXPECT(!key_find(&k.history, KEY_PDF, 1)->certified);
    EXPECT_OK(make(&k, KEY_PDF, KEY_RSA));
    EXPECT_OK(certify(&k, first));
    EXPECT_OK(certify(&k, second));
    EXPECT(!key_find(&k.history, KEY_PDF, 1)->certified);
    EXPECT(key_find(&k.history, KEY_PDF, 2)->certified);
    EXPECT(hash_eq(&key_find(&k.history, KEY_PDF, 2)->certificate,
                   &second.certificate));
    EXPECT_OK(retire(&k, (struct key_retired){ KEY_PDF, 2, KEY_LOST, DAY_NEVER,
                                               S("") }));
    EXPECT_ERR(certify(&k, first), ERR_NOT_FOUND, "key.none");
}

TEST(other_keys_and_other_people_have_no_certificates)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    for (int p = 0; p < KEY_PURPOSE_COUNT; p++)
        if (p != KEY_PDF)
            EXPECT_ROW_ERR(key_purpose_names[p],
                           certify(&k, (struct key_certified){ .purpose = p }),
                           ERR_INVALID, "key.no_certificate");
    EXPECT_OK(make(&k, KEY_PDF, KEY_P256));
    act_as(&k, ROLE_HEAD);
    EXPECT_ERR(certify(&k, (struct key_certified){ .purpose = KEY_PDF }),
               ERR_DENIED, "key.certifies");
}

/* What cannot be in a sound stream changes nothing. */
TEST(a_history_of_nonsense_is_still_one)
{
    static const struct key_made made = { KEY_QR, 1, KEY_ED25519,
                                          S_INIT("00") };
    static const struct key_retired retired = { KEY_PDF, 9, KEY_LOST, DAY_NEVER,
                                                S_INIT("") };
    static const struct key_certified certified = { KEY_PDF, 9, { { 1 } } };
    FIXTURE(f);
    struct event_list events = { 0 };
    struct key_history h;

    EXPECT_OK(
        event_emit(&f->arena, &events, "key.certified", &f->facts, &certified));
    EXPECT_OK(
        event_emit(&f->arena, &events, "key.retired", &f->facts, &retired));
    EXPECT_OK(event_emit(&f->arena, &events, "key.made", &f->facts, &made));
    EXPECT_OK(event_emit(&f->arena, &events, "key.made", &f->facts, &made));
    EXPECT_OK(event_emit(&f->arena, &events, "body.fields_set", &f->facts,
                         &(struct body_fields){ { NULL, 0 }, S("x") }));
    EXPECT_OK(key_history_of(&f->arena, &events, &h));
    EXPECT(h.n == 1 && !h.rows[0].retired && !h.rows[0].certified);
}

/* Serials go up in every sound stream; in whatever order they stood, the next
 * one would be new. */
TEST(the_next_serial_is_beyond_all_of_its_purpose)
{
    struct key_row rows[] = {
        { .made = { .purpose = KEY_QR, .serial = 3 } },
        { .made = { .purpose = KEY_QR, .serial = 1 } },
        { .made = { .purpose = KEY_PDF, .serial = 7 } },
    };
    const struct key_history h = { .rows = rows, .n = COUNT(rows) };

    EXPECT(key_next(&h, KEY_QR) == 4);
    EXPECT(key_next(&h, KEY_PDF) == 8);
    EXPECT(key_next(&h, KEY_LOG) == 2); /* [KY7] */
}

static err history_in(struct heap *h, void *context)
{
    const struct keyed *k = context;
    struct key_history out = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 1 << 20);
    err e = key_history_of(&a, &k->events, &out);
    EXPECT(failed(e) == (out.n == 0));
    return e;
}

static err rotate_in(struct heap *h, void *context)
{
    const struct keyed *k = context;
    const struct key_made wish = { KEY_QR, 0, KEY_ED25519, S("00") };
    struct event_list out = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 1 << 20);
    return key_make(&a, &k->history, &wish, &k->f->facts, &out);
}

TEST(every_allocation_of_rotating_a_key_may_fail)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
    EXPECT(test_every_allocation_fails(history_in, NULL, &k) > 0);
    EXPECT(test_every_allocation_fails(rotate_in, NULL, &k) > 0);
}

/* --- the log's [KY7] --------------------------------------------------- */

static struct key_retired of_log(int64_t serial, enum key_ending ending)
{
    return (struct key_retired){ KEY_LOG, serial, (int)ending, DAY_NEVER,
                                 S("") };
}

TEST(the_log_s_new_key_signs_beside_the_one_before_until_that_is_retired)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT(key_next(&k.history, KEY_LOG) == 2);
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    const struct key_row *first = key_find(&k.history, KEY_LOG, 1);
    const struct key_row *now = key_current(&k.history, KEY_LOG);
    EXPECT(k.history.n == 2 && first != NULL && now != NULL);
    if (first == NULL || now == NULL)
        return;
    EXPECT(now->made.serial == 2);
    EXPECT(key_signs_along(&k.history, first));
    EXPECT(!key_signs_along(&k.history, now));

    EXPECT_OK(retire(&k, of_log(1, KEY_ROTATED)));
    first = key_find(&k.history, KEY_LOG, 1);
    EXPECT(first->retired && first->retirement.ending == KEY_ROTATED);
    EXPECT(!key_signs_along(&k.history, first));
    EXPECT(key_current(&k.history, KEY_LOG)->made.serial == 2);
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    EXPECT(key_current(&k.history, KEY_LOG)->made.serial == 3);
    EXPECT(k.history.n == 3);
}

TEST(a_log_changes_one_key_at_a_time_and_is_never_without)
{
    FIXTURE(f);
    struct keyed k;

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_ERR(retire(&k, of_log(1, KEY_LOST)), ERR_NOT_FOUND, "key.unknown");
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    EXPECT_ERR(make(&k, KEY_LOG, KEY_ED25519), ERR_REFUSED, "key.changing");
    EXPECT_ERR(retire(&k, of_log(2, KEY_ROTATED)), ERR_INVALID, "key.rotates");
    EXPECT_OK(retire(&k, of_log(1, KEY_LOST)));
    EXPECT_ERR(retire(&k, of_log(2, KEY_LOST)), ERR_REFUSED, "key.last");
    EXPECT_ERR(retire(&k, of_log(2, KEY_ROTATED)), ERR_INVALID, "key.rotates");
    EXPECT_ERR(retire(&k, of_log(1, KEY_LOST)), ERR_REFUSED, "key.retired");
}

/* What was found out later about a key that was rotated is said of it; keys of
 * other purposes are none of the log's. [KY3] [KY7] */
TEST(a_rotated_key_of_the_log_is_found_compromised_beside_other_keys)
{
    FIXTURE(f);
    struct keyed k;
    struct key_retired bad = of_log(1, KEY_COMPROMISED);

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_OK(make(&k, KEY_QR, KEY_ED25519));
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    EXPECT_OK(retire(&k, of_log(1, KEY_ROTATED)));
    EXPECT_ERR(retire(&k, of_log(2, KEY_LOST)), ERR_REFUSED, "key.last");
    bad.since = f->facts.today;
    EXPECT_OK(retire(&k, bad));
    EXPECT(key_find(&k.history, KEY_LOG, 1)->retirement.ending ==
           KEY_COMPROMISED);
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    EXPECT_ERR(make(&k, KEY_LOG, KEY_ED25519), ERR_REFUSED, "key.changing");
}

/* [KY7] The first one is not put before itself. */
TEST(a_first_key_of_the_log_that_is_on_record_is_the_only_first_one)
{
    static const struct key_made made = { KEY_LOG, 1, KEY_ED25519,
                                          S_INIT("00") };
    FIXTURE(f);
    struct event_list events = { 0 };
    struct key_history h;

    EXPECT_OK(event_emit(&f->arena, &events, "key.made", &f->facts, &made));
    EXPECT_OK(key_history_of(&f->arena, &events, &h));
    EXPECT(h.n == 1 && h.rows[0].made.serial == 1);
}

/* The newest may turn out to be the bad one. */
TEST(the_one_before_goes_on_alone_when_the_new_one_is_compromised)
{
    FIXTURE(f);
    struct keyed k;
    struct key_retired bad = of_log(2, KEY_COMPROMISED);

    begin(&k, f);
    act_as(&k, ROLE_ADMIN);
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    bad.since = f->facts.today;
    EXPECT_OK(retire(&k, bad));
    EXPECT(key_current(&k.history, KEY_LOG)->made.serial == 1);
    EXPECT_OK(make(&k, KEY_LOG, KEY_ED25519));
    EXPECT(key_current(&k.history, KEY_LOG)->made.serial == 3);
}
