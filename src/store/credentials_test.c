/* Credentials of certificates, on both engines. */

#include "store/credentials.h"

#include "base/size.h"
#include "store/certificates.h"
#include "store/store_test_env.h"
#include "store/subs.h"

#define NUMBER "71226SC0001R0S"
#define SUB    "71226SC0001R0S-1"

static const struct credential_row first = {
    .number = S_INIT(NUMBER),
    .serial = 1,
    .digest = { { 0xD1 } },
    .index = 94567,
    .json = S_INIT("{}"),
    .jwt = S_INIT("a.b.c"),
    .qr = S_INIT("HTTPS://X/C/" NUMBER),
    .key = 1,
    .at = 1000,
};

static struct credential_row next_of(const struct credential_row *c)
{
    struct credential_row next = *c;

    next.serial++;
    next.index++;
    next.key++;
    next.at++;
    return next;
}

EACH_STORE_TEST(a_credential_comes_back_as_it_was_put)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct credential_row second = next_of(&first);
    struct credential_row got;
    int64_t last;
    bool found;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(credential_last_index(tx, &last));
    EXPECT(last == -1);
    EXPECT_OK(credential_newest(tx, &a, S(NUMBER), &got, &found));
    EXPECT(!found);
    EXPECT_OK(credential_put(tx, &first));
    EXPECT_OK(credential_put(tx, &second));
    EXPECT_OK(credential_get(tx, &a, S(NUMBER), 1, &got, &found));
    EXPECT(found);
    EXPECT_STR(got.number, first.number);
    EXPECT_STR(got.json, first.json);
    EXPECT_STR(got.jwt, first.jwt);
    EXPECT_STR(got.qr, first.qr);
    EXPECT(hash_eq(&got.digest, &first.digest));
    EXPECT(got.serial == 1 && got.index == 94567 && got.key == 1);
    EXPECT(got.at == 1000);
    EXPECT_OK(credential_newest(tx, &a, S(NUMBER), &got, &found));
    EXPECT(found && got.serial == 2);
    EXPECT_OK(credential_get(tx, &a, S(NUMBER), 3, &got, &found));
    EXPECT(!found);
    EXPECT_OK(credential_last_index(tx, &last));
    EXPECT(last == 94568);
}

/* [CD1] [CD2] */
EACH_STORE_TEST(a_serial_and_an_index_are_taken_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct credential_row same_index = next_of(&first);
    struct credential_row same_serial = next_of(&first);
    const struct credential_row *const twice[] = { &same_index, &same_serial };

    same_index.index = first.index;
    same_serial.serial = first.serial;
    for (size_t i = 0; i < COUNT(twice); i++) {
        scoped(tx_abort) struct tx *tx = NULL;
        bool taken;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(credential_index_taken(tx, first.index, &taken));
        EXPECT(!taken);
        EXPECT_OK(credential_put(tx, &first));
        EXPECT_OK(credential_index_taken(tx, first.index, &taken));
        EXPECT(taken);
        EXPECT_ERR(credential_put(tx, twice[i]), ERR_CONFLICT,
                   "store.constraint");
    }
}

EACH_STORE_TEST(credentials_are_listed_by_index_and_by_key)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct credential_row second = next_of(&first);
    const struct credential_row *row;
    struct list l;
    int64_t n;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(credential_put(tx, &second));
    EXPECT_OK(credential_put(tx, &first));
    EXPECT_OK(credential_count(tx, &n));
    EXPECT(n == 2);
    EXPECT_OK(credential_list(tx, &a, -1, 1, &l));
    row = l.p;
    EXPECT(l.n == 1 && row->index == first.index);
    EXPECT_OK(credential_list(tx, &a, first.index, 9, &l));
    row = l.p;
    EXPECT(l.n == 1 && row->index == second.index);
    EXPECT_OK(credential_list_of_key(tx, &a, 2, -1, 9, &l));
    row = l.p;
    EXPECT(l.n == 1 && row->serial == 2);
    EXPECT_OK(credential_list_of_key(tx, &a, 3, -1, 9, &l));
    EXPECT(l.n == 0);
}

static const struct certificate_row main_one = {
    .number = S_INIT(NUMBER),
    .id = { { 0xCE } },
    .status = 1,
    .status_since = 20650,
    .suspended_until = 20700,
    .valid_until = 21000,
    .log_index = LOG_INDEX_NONE,
};

static const struct sub_row site = {
    .number = S_INIT(SUB),
    .main = S_INIT(NUMBER),
    .n = 1,
    .site = S_INIT("一店"),
    .address = S_INIT("示例路 9 号"),
    .issued = 20600,
    .valid_until = 20900,
    .ended = DAY_NEVER,
};

EACH_STORE_TEST(what_a_credential_speaks_of_stands_beside_it)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct credential_row second = next_of(&first);
    struct credential_row of_site = next_of(&second);
    const struct credential_standing *x;
    struct list l;

    of_site.number = S(SUB);
    of_site.serial = 1;
    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(certificate_put(tx, &main_one));
    EXPECT_OK(sub_put(tx, &site));
    EXPECT_OK(credential_put(tx, &first));
    EXPECT_OK(credential_put(tx, &second));
    EXPECT_OK(credential_put(tx, &of_site));
    EXPECT_OK(
        credential_standings(tx, &a, first.index - 1, of_site.index, 9, &l));
    x = l.p;
    EXPECT(l.n == 3);
    EXPECT(x[0].replaced == second.at && x[1].replaced == INT64_MAX);
    EXPECT(!x[0].is_sub && !x[1].is_sub && x[2].is_sub);
    for (size_t i = 0; i < 3; i++) {
        EXPECT(id_eq(x[i].certificate, main_one.id));
        EXPECT(x[i].status == 1 && x[i].status_since == 20650);
        EXPECT(x[i].suspended_until == 20700 && x[i].valid_until == 21000);
    }
    EXPECT(x[2].sub_issued == 20600 && x[2].sub_until == 20900);
    EXPECT(x[2].sub_ended == DAY_NEVER);
    EXPECT_OK(credential_standings(tx, &a, first.index, second.index, 9, &l));
    EXPECT(l.n == 1);
}

/* A bit that is not set says that all is well. */
EACH_STORE_TEST(a_credential_of_no_certificate_is_not_passed_over)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(credential_put(tx, &first));
    EXPECT_ERR(credential_standings(tx, &a, -1, first.index, 9, &l),
               ERR_CORRUPT, "store.row");
}
