/* Credentials of certificates: signed, stored and logged with the act, on both
 * engines. [CR1]-[CR4] [M20] [M21] [17065 7.7] */

#include "service/credentials.h"

#include "service/check.h"
#include "service/keys.h"
#include "service/rebuild.h"
#include "service/registers.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "service/public_keys.h"
#include "verify/credential.h"
#include "verify/qr.h"
#include "verify/status_list.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"
#define SUB    NUMBER "-1"

static int64_t count(struct office *o, const char *sql)
{
    return office_count(o, sql);
}

static int64_t signed_so_far(struct office *o)
{
    return count(o, "SELECT count(*) FROM credential");
}

static void expect_sound(struct office *o)
{
    struct check_counts counts;
    int64_t size;

    EXPECT_OK(check_all(o->app, &o->arena, &counts));
    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
    EXPECT_OK(check_all(o->app, &o->arena, &counts));
}

static struct credential_row newest(struct office *o, const char *number)
{
    struct credential_row row = { 0 };

    EXPECT_ROW_OK(number,
                  credentials_newest(o->app, &o->arena, str_of(number), &row));
    return row;
}

/* What a text says, once the body's signature was looked at. */
static struct credential_facts told(struct office *o, str text)
{
    struct did_document keys;
    struct credential c = { 0 };
    str did = S("");

    EXPECT_OK(public_keys_document(o->app, &o->arena, &did));
    EXPECT_OK(did_document_read(&o->arena, did, &keys));
    EXPECT_OK(credential_read(&o->arena, text, &c));
    EXPECT_OK(credential_check_signature(&o->arena, &c, &keys));
    return c.facts;
}

static err make(struct office *o, const char *login, int64_t *made)
{
    const struct credentials_order order = { office_as(o, login),
                                             office_today(o) };

    return credentials_make(o->app, &o->arena, &order, made);
}

/* --- with the act ----------------------------------------------------- */

/* [CR1] */
EACH_STORE_TEST(a_certificate_is_issued_with_a_credential_that_says_it)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    struct credential_row row = newest(&o, "00026sc 0001r0s");
    const str texts[] = { row.json, row.jwt };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct credential_facts f = told(&o, texts[i]);

        EXPECT_STR(f.number, S(NUMBER));
        EXPECT_STR(f.holder, o.own.name);
        EXPECT_STR(f.uscc, o.own.uscc);
        EXPECT_STR(f.address, S("http://127.0.0.1:8010/c/" NUMBER));
        EXPECT_STR(f.issuer, S("did:web:127.0.0.1%3A8010"));
        EXPECT_STR(f.revocations,
                   S("http://127.0.0.1:8010/status/revocation/1"));
        EXPECT_STR(f.suspensions,
                   S("http://127.0.0.1:8010/status/suspension/1"));
        EXPECT(f.index == row.index && row.index < STATUS_LIST_LEAST);
    }
    EXPECT(row.serial == 1);
    EXPECT(row.key == 1);
    EXPECT(count(&o, "SELECT count(*) FROM journal"
                     " WHERE type = 'credential.signed'") == 1);
    expect_sound(&o);
}

/* [QR4] */
EACH_STORE_TEST(the_code_on_the_paper_says_what_the_credential_says)
{
    TEST_OFFICE(o, place);
    struct did_document keys;
    struct credential c;
    struct qr q;
    str did;

    (void)office_certified(&o);
    struct credential_row row = newest(&o, NUMBER);
    EXPECT_OK(public_keys_document(o.app, &o.arena, &did));
    EXPECT_OK(did_document_read(&o.arena, did, &keys));
    EXPECT_OK(credential_read(&o.arena, row.json, &c));
    EXPECT_OK(qr_read(&o.arena, row.qr, &q));
    EXPECT_OK(qr_check_signature(&o.arena, &q, &keys));
    EXPECT_OK(qr_check_credential(&o.arena, &q, &c));
}

/* The holder's name is changed, and whoever may approves it. */
static void rename_holder(struct office *o, str ref)
{
    struct case_order order = office_order(
        o, "newcomer", S("enterprise:" OFFICE_USCC), "enterprise.change",
        "{'name':'示例电器集团有限公司','scope':'示例产品的销售'}");
    struct case_answer answer;

    EXPECT_OK(registers_do(o->app, &o->arena, &order, &answer));
    EXPECT_OK(office_do(o, "newcomer", ref, "change.ask",
                        "{'kind':'name','holder':'示例电器集团有限公司',"
                        "'reasons':'更名','evidence':['通知书']}"));
    EXPECT_OK(office_do(o, "reviewer", ref, "change.approve",
                        "{'number':1,'note':'已核对'}"));
}

/* [CR2] */
EACH_STORE_TEST(whatever_is_worded_anew_gets_its_credential_anew)
{
    TEST_OFFICE(o, place);

    str ref = office_certified(&o);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                        "{'n':1,'scope':'家用电器的售后服务'}"));
    struct credential_facts sub = told(&o, newest(&o, SUB).json);
    EXPECT_STR(sub.number, S(SUB));
    EXPECT(str_contains(sub.covers, S("家用电器的售后服务")));
    EXPECT(newest(&o, NUMBER).serial == 1); /* it says what it said */
    EXPECT(signed_so_far(&o) == 2);

    rename_holder(&o, ref);
    const char *const numbers[] = { NUMBER, SUB };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct credential_row row = newest(&o, numbers[i]);

        EXPECT_ROW(numbers[i], row.serial == 2);
        EXPECT_ROW_STR(numbers[i], told(&o, row.jwt).holder,
                       S("示例电器集团有限公司"));
    }
    EXPECT(signed_so_far(&o) == 4);
    expect_sound(&o);
}

/* --- without a key, and afterwards [CR3] ------------------------------ */

EACH_STORE_TEST(without_a_key_a_certificate_is_issued_without_a_credential)
{
    TEST_OFFICE(o, place);
    struct credential_row row;
    int64_t made;

    EXPECT_OK(office_lose_keys(&o));
    (void)office_certified(&o);
    EXPECT(signed_so_far(&o) == 0);
    EXPECT_ERR(credentials_newest(o.app, &o.arena, S(NUMBER), &row),
               ERR_NOT_FOUND, "credential.none");
    EXPECT_ERR(make(&o, "certificates", &made), ERR_REFUSED,
               "credential.no_key");
    expect_sound(&o);
}

EACH_STORE_TEST(what_is_missing_is_made_later_and_once)
{
    TEST_OFFICE(o, place);
    int64_t made = -1;

    EXPECT_OK(office_lose_keys(&o));
    str ref = office_certified(&o);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    EXPECT_OK(office_make_keys(&o));
    EXPECT_ERR(make(&o, "planner", &made), ERR_DENIED, "credential.makes");
    EXPECT(signed_so_far(&o) == 0);
    EXPECT_OK(make(&o, "certificates", &made));
    EXPECT(made == 2 && signed_so_far(&o) == 2);
    EXPECT_STR(told(&o, newest(&o, NUMBER).json).number, S(NUMBER));
    EXPECT_STR(told(&o, newest(&o, SUB).json).number, S(SUB));
    EXPECT_OK(make(&o, "certificates", &made));
    EXPECT(made == 0 && signed_so_far(&o) == 2);
    expect_sound(&o);
}

EACH_STORE_TEST(why_a_certificate_has_no_credential_is_told)
{
    static const struct {
        const char *why;
        const char *number;
        bool stands;
        enum credential_lack keyless;
        enum credential_lack keyed; /* a key was made since */
        enum credential_lack made;  /* and what was missing */
    } rows[] = {
        { "it stands", NUMBER, true, CREDENTIAL_NO_KEY, CREDENTIAL_NOT_MADE,
          CREDENTIAL_THERE },
        { "it does not any more", NUMBER, false, CREDENTIAL_TOO_LATE,
          CREDENTIAL_TOO_LATE, CREDENTIAL_THERE },
        { "as people type it", " 00026sc0001r0s", true, CREDENTIAL_NO_KEY,
          CREDENTIAL_NOT_MADE, CREDENTIAL_THERE },
        { "one that nobody issued", NUMBER "-9", true, CREDENTIAL_NO_KEY,
          CREDENTIAL_NOT_MADE, CREDENTIAL_NOT_MADE },
    };
    TEST_OFFICE(o, place);
    int64_t made;

    EXPECT_OK(office_lose_keys(&o));
    (void)office_certified(&o);
    for (int when = 0; when < 3; when++) {
        for (size_t i = 0; i < COUNT(rows); i++) {
            const enum credential_lack wants[] = { rows[i].keyless,
                                                   rows[i].keyed,
                                                   rows[i].made };
            enum credential_lack lack = CREDENTIAL_TOO_LATE;

            EXPECT_ROW_OK(rows[i].why, credentials_lack(o.app, &o.arena,
                                                        str_of(rows[i].number),
                                                        rows[i].stands, &lack));
            EXPECT_ROW(rows[i].why, lack == wants[when]);
        }
        EXPECT_OK(when == 0 ? office_make_keys(&o)
                            : make(&o, "certificates", &made));
    }
}

/* [KY3] */
EACH_STORE_TEST(what_a_compromised_key_signed_is_signed_again_by_the_next)
{
    TEST_OFFICE(o, place);
    struct key_retired lost = { KEY_CREDENTIAL, 1, KEY_COMPROMISED, DAY_NEVER,
                                S("") };
    int64_t made = -1;

    (void)office_certified(&o);
    EXPECT_OK(office_make_keys(&o)); /* a key that was rotated is as good */
    EXPECT_OK(make(&o, "certificates", &made));
    EXPECT(made == 0);

    const struct keys_order order = { office_as(&o, "admin"),
                                      office_today(&o) };
    lost.since = office_day(OFFICE_TODAY);
    EXPECT_OK(keys_retire(o.app, &o.arena, &order, &lost));
    EXPECT_OK(office_make_keys(&o));
    EXPECT_OK(make(&o, "certificates", &made));
    struct credential_row row = newest(&o, NUMBER);
    EXPECT(made == 1 && row.serial == 2 && row.key == 3);
    expect_sound(&o);
}

/* --- kept, and checked ------------------------------------------------ */

EACH_STORE_TEST(rebuilding_keeps_credentials_and_names_one_that_is_lost)
{
    TEST_OFFICE(o, place);
    struct rebuilt made;

    (void)office_certified(&o);
    struct credential_row before = newest(&o, NUMBER);
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT_STR(newest(&o, NUMBER).jwt, before.jwt);
    expect_sound(&o);
    (void)office_ask(&o, "DELETE FROM credential");
    err lost = rebuild(o.app, &o.arena, &made);
    EXPECT_ERR(lost, ERR_CORRUPT, "rebuild.lost");
    EXPECT_STR(err_arg_text(lost, "name"), S(NUMBER "/1"));
}

/* Each member of a row, altered in turn. */
EACH_STORE_TEST(a_credential_that_was_altered_in_the_store_is_found)
{
    static const struct {
        const char *why;
        const char *sql;
        const char *found;
    } rows[] = {
        { "gone", "DELETE FROM credential", "check.credential" },
        { "under another number", "UPDATE credential SET number = 'X'",
          "check.credential" },
        { "of another serial", "UPDATE credential SET serial = 2",
          "check.credential" },
        { "another index", "UPDATE credential SET idx = (idx + 1) % 131072",
          "check.credential" },
        { "another key", "UPDATE credential SET key = key + 1",
          "check.credential" },
        { "another moment", "UPDATE credential SET at = at + 1",
          "check.credential" },
        { "another digest",
          "UPDATE credential SET digest = (SELECT hash FROM journal"
          " WHERE type = 'body.founded')",
          "check.credential" },
        { "other words",
          "UPDATE credential SET json = replace(json, '示', '视')",
          "check.credential" },
        { "no JSON", "UPDATE credential SET json = '{'", "check.credential" },
        { "the token's claims",
          "UPDATE credential SET jwt = replace(jwt, '.eyJ', '.fyJ')",
          "check.credential" },
        { "another certificate's code",
          "UPDATE credential SET qr = replace(qr, 'SC0001', 'SC0002')",
          "check.credential" },
        { "one of no certificate",
          "INSERT INTO credential SELECT 'X', 1, digest, idx + 1, json, jwt,"
          " qr, key, at FROM credential",
          "check.row" },
    };
    TEST_OFFICE(o, place);
    struct check_counts counts;

    (void)office_certified(&o);
    (void)office_ask(&o, "CREATE TABLE kept AS SELECT * FROM credential");
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&o, rows[i].sql);
        EXPECT_ROW_ERR(rows[i].why, check_all(o.app, &o.arena, &counts),
                       ERR_CORRUPT, rows[i].found);
        (void)office_ask(&o, "DELETE FROM credential;"
                             "INSERT INTO credential SELECT * FROM kept");
    }
    (void)office_ask(&o, "DROP TABLE kept");
    expect_sound(&o);
}
