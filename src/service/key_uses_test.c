/* What a key has signed: all that a compromised one puts in doubt, and no more.
 * [KU1]-[KU4] [KY3] [17065 7.12] */
#include "service/key_uses.h"

#include "base/arena.h"
#include "service/credentials.h"
#include "service/keys.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "verify/instant.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"

static const int64_t moment = 1; /* the smallest step of time: a microsecond */

static struct list uses_of(struct office *o, enum key_purpose purpose,
                           int64_t serial)
{
    struct list uses = { 0 };

    EXPECT_ROW_OK(key_purpose_names[purpose],
                  key_uses(o->app, &o->arena, purpose, serial, &uses));
    return uses;
}

static struct key_use use_at(const struct list *uses, size_t i)
{
    return i < uses->n ? ((const struct key_use *)uses->p)[i]
                       : (struct key_use){ 0 };
}

static void reopen(struct office *o)
{
    app_close(&o->app);
    EXPECT_OK(app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app));
}

static void make(struct office *o, enum key_purpose purpose, enum key_kind kind)
{
    const struct keys_order order = { office_as(o, "admin"), office_today(o) };
    int64_t serial;

    EXPECT_ROW_OK(key_kind_names[kind],
                  keys_make(o->app, &o->arena, &order, purpose, kind, &serial));
    reopen(o);
}

static void retire(struct office *o, enum key_purpose purpose, int64_t serial,
                   enum key_ending why)
{
    const struct keys_order order = { office_as(o, "head"), office_today(o) };
    const struct key_retired wish = {
        .purpose = (int)purpose,
        .serial = serial,
        .ending = (int)why,
        .since = why == KEY_COMPROMISED ? office_today(o) : DAY_NEVER,
        .note = S(""),
    };

    EXPECT_ROW_OK(key_ending_names[why],
                  keys_retire(o->app, &o->arena, &order, &wish));
    reopen(o);
}

/* --- each purpose [KU1] [KU3] ------------------------------------------ */

EACH_STORE_TEST(credentials_and_codes_are_told_by_their_certificate)
{
    static const enum key_purpose rows[] = { KEY_CREDENTIAL, KEY_QR };
    TEST_OFFICE(o, place);
    struct credential_row row = { 0 };

    (void)office_certified(&o);
    EXPECT_OK(credentials_newest(o.app, &o.arena, S(NUMBER), &row));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = key_purpose_names[rows[i]];
        struct list uses = uses_of(&o, rows[i], 1);
        struct key_use use = use_at(&uses, 0);

        EXPECT_ROW(name, uses.n == 1);
        EXPECT_ROW_STR(name, use.number, S(NUMBER));
        EXPECT_ROW(name, use.n == 1 && use.at == row.at);
    }
}

static struct key_use use_of_size(const struct list *uses, int64_t n)
{
    for (size_t i = 0; i < uses->n; i++) {
        if (use_at(uses, i).n == n)
            return use_at(uses, i);
    }
    return (struct key_use){ 0 };
}

EACH_STORE_TEST(checkpoints_are_told_by_their_size)
{
    TEST_OFFICE(o, place);
    struct list before = uses_of(&o, KEY_LOG, 1);
    int64_t sizes[2] = { 0 };

    EXPECT_OK(sequence_log(o.app, &o.arena, &sizes[0]));
    make(&o, KEY_QR, KEY_ED25519); /* something to enter */
    EXPECT_OK(sequence_log(o.app, &o.arena, &sizes[1]));
    struct list uses = uses_of(&o, KEY_LOG, 1);

    EXPECT(uses.n == before.n + 2);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct key_use use = use_of_size(&uses, sizes[i]);

        EXPECT(use.number.n == 0 && use.n == sizes[i]);
        EXPECT(use.at == o.world.clock->now(o.world.clock));
    }
}

/* Of whatever kind they are. */
ONE_STORE_TEST(of_documents_nothing_is_kept_and_nothing_told, true)
{
    static const struct {
        enum key_purpose purpose;
        enum key_kind kind;
    } rows[] = {
        { KEY_PDF, KEY_P256 },
        { KEY_PDF, KEY_RSA },
        { KEY_SM2, KEY_IS_SM2 },
    };
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = key_kind_names[rows[i].kind];

        make(&o, rows[i].purpose, rows[i].kind);
        const struct app_key *key = app_key(o.app, rows[i].purpose);
        EXPECT_ROW(name,
                   uses_of(&o, rows[i].purpose, key->row->made.serial).n == 0);
        EXPECT_ROW(name, !key_uses_kept(rows[i].purpose));
    }
    EXPECT(key_uses_kept(KEY_LOG) && key_uses_kept(KEY_CREDENTIAL) &&
           key_uses_kept(KEY_QR));
}

ONE_STORE_TEST(a_key_there_never_was_is_refused, true)
{
    static const struct {
        const char *why;
        enum key_purpose purpose;
        int64_t serial;
    } rows[] = {
        { "not yet", KEY_CREDENTIAL, 2 },
        { "before the first", KEY_QR, 0 },
        { "of a purpose without keys", KEY_SM2, 1 },
        { "the log has one key", KEY_LOG, 2 },
        { "and none before it", KEY_LOG, 0 },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct list uses = { .n = 7 };

        EXPECT_ROW_ERR(rows[i].why,
                       key_uses(o.app, &o.arena, rows[i].purpose,
                                rows[i].serial, &uses),
                       ERR_NOT_FOUND, "key.unknown");
        EXPECT_ROW(rows[i].why, uses.n == 7);
    }
}

/* --- one after the other ------------------------------------------------ */

/* Both keys, for what is signed by serial and for what is by moment. */
EACH_STORE_TEST(each_key_has_what_it_signed_and_not_what_its_neighbour_did)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    static const enum key_purpose rows[] = { KEY_CREDENTIAL, KEY_QR };

    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_make_keys(&o));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT(uses_of(&o, rows[i], 1).n == 1); /* rotated: all of it */
        EXPECT(uses_of(&o, rows[i], 2).n == 0); /* it never signed */
    }
    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                        "{'n':1,'scope':'家用电器的售后服务'}"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = key_purpose_names[rows[i]];
        struct list first = uses_of(&o, rows[i], 1);
        struct list second = uses_of(&o, rows[i], 2);

        EXPECT_ROW(name, first.n == 1 && second.n == 1);
        EXPECT_ROW_STR(name, use_at(&first, 0).number, S(NUMBER));
        EXPECT_ROW_STR(name, use_at(&second, 0).number, S(NUMBER "-1"));
    }
}

/* Indices in the lists are drawn: here the first one comes after the second. */
EACH_STORE_TEST(uses_are_told_in_the_order_of_time)
{
    static const enum key_purpose rows[] = { KEY_CREDENTIAL, KEY_QR };
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);

    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                        "{'n':1,'scope':'家用电器的售后服务'}"));
    (void)office_ask(&o, "UPDATE credential SET idx = 1 WHERE number LIKE "
                         "'%-1'");
    (void)office_ask(&o, "UPDATE credential SET idx = 2 WHERE number NOT LIKE "
                         "'%-1'");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *name = key_purpose_names[rows[i]];
        struct list uses = uses_of(&o, rows[i], 1);

        EXPECT_ROW(name, uses.n == 2);
        EXPECT_ROW_STR(name, use_at(&uses, 0).number, S(NUMBER));
        EXPECT_ROW_STR(name, use_at(&uses, 1).number, S(NUMBER "-1"));
    }
}

/* --- since when [KU2] --------------------------------------------------- */

static void sign_at(struct office *o, int64_t at)
{
    char sql[80];

    (void)snprintf(sql, sizeof sql, "UPDATE credential SET at = %lld",
                   (long long)at);
    (void)office_ask(o, sql);
}

EACH_STORE_TEST(of_a_compromised_key_what_it_signed_since_is_told)
{
    TEST_OFFICE(o, place);
    const int64_t nine = o.world.clock->now(o.world.clock);

    (void)office_certified(&o);
    office_pass_days(&o, 1);
    const int64_t now = o.world.clock->now(o.world.clock);
    const int64_t since = instant_day_begin(office_today(&o));
    const struct {
        const char *why;
        int64_t at;
        size_t told;
    } rows[] = {
        { "in the beginning", nine, 0 },
        { "before the day", since - moment, 0 },
        { "on the day", since, 1 },
        { "when it was retired", now, 1 },
        { "by nobody of the body", now + moment, 0 },
    };

    retire(&o, KEY_CREDENTIAL, 1, KEY_COMPROMISED);
    retire(&o, KEY_QR, 1, KEY_COMPROMISED);
    for (size_t i = 0; i < COUNT(rows); i++) {
        sign_at(&o, rows[i].at);
        EXPECT_ROW(rows[i].why,
                   uses_of(&o, KEY_CREDENTIAL, 1).n == rows[i].told);
        EXPECT_ROW(rows[i].why, uses_of(&o, KEY_QR, 1).n == rows[i].told);
    }
}

EACH_STORE_TEST(of_a_lost_key_all_that_it_signed_is_told)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    office_pass_days(&o, 1);
    retire(&o, KEY_CREDENTIAL, 1, KEY_LOST);
    retire(&o, KEY_QR, 1, KEY_LOST);
    EXPECT(uses_of(&o, KEY_CREDENTIAL, 1).n == 1);
    EXPECT(uses_of(&o, KEY_QR, 1).n == 1);
}

/* It ended when it was rotated, whenever that was found out. */
EACH_STORE_TEST(a_rotated_key_that_is_found_compromised_has_what_it_signed)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);

    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_make_keys(&o));
    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                        "{'n':1,'scope':'家用电器的售后服务'}"));
    clock_set_forward(&o.clock, moment);
    retire(&o, KEY_QR, 1, KEY_COMPROMISED);
    struct list uses = uses_of(&o, KEY_QR, 1);

    EXPECT(uses.n == 1);
    EXPECT_STR(use_at(&uses, 0).number, S(NUMBER));
}

/* "Since the day it was made" does not reach back to the key before. */
EACH_STORE_TEST(a_key_compromised_on_its_first_day_has_none_of_the_one_before)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    clock_set_forward(&o.clock, moment);
    EXPECT_OK(office_make_keys(&o));
    clock_set_forward(&o.clock, moment);
    retire(&o, KEY_QR, 2, KEY_COMPROMISED);
    EXPECT(uses_of(&o, KEY_QR, 2).n == 0);
    EXPECT(uses_of(&o, KEY_QR, 1).n == 1);
}

/* --- many --------------------------------------------------------------- */

/* So many credentials of the first key in all, and as many of another's. */
static void sign_many(struct office *o, int64_t n)
{
    char sql[400];

    (void)office_ask(o, "DELETE FROM credential WHERE number <> '" NUMBER "'");
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO credential WITH RECURSIVE many(i) AS"
                   " (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < %lld)"
                   " SELECT 'X', i, digest, idx + i, json, jwt, qr,"
                   " CASE WHEN i < %lld THEN 1 ELSE 2 END, at"
                   " FROM credential, many",
                   (long long)(2 * n - 1), (long long)n);
    (void)office_ask(o, sql);
}

/* One page of 200, one less, one more, and several. */
EACH_STORE_TEST(however_many_there_are_each_is_told_once)
{
    static const size_t rows[] = { 199, 200, 201, 401 };
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[32];

        sign_many(&o, (int64_t)rows[i]);
        struct list uses = uses_of(&o, KEY_CREDENTIAL, 1);
        bool rising = true;

        (void)snprintf(name, sizeof name, "%zu", rows[i]);
        for (size_t k = 1; k < uses.n; k++)
            rising = rising && use_at(&uses, k).n == (int64_t)k;
        EXPECT_ROW(name, uses.n == rows[i] && rising);
        EXPECT_ROW(name, uses_of(&o, KEY_QR, 1).n == 2 * rows[i]);
    }
}

/* --- in the store ------------------------------------------------------- */

/* A row that no writer of ours made. */
ONE_STORE_TEST(what_cannot_be_read_is_no_end_of_the_list, true)
{
    TEST_OFFICE(o, place);
    struct list uses = { 0 };

    (void)office_certified(&o);
    (void)office_ask(&o, "ALTER TABLE credential RENAME TO elsewhere");
    EXPECT(failed(key_uses(o.app, &o.arena, KEY_QR, 1, &uses)));
    (void)office_ask(&o, "ALTER TABLE log_checkpoint RENAME TO nowhere");
    EXPECT(failed(key_uses(o.app, &o.arena, KEY_LOG, 1, &uses)));
    EXPECT(uses.n == 0);
}
