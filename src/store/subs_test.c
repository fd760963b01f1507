/* Sub-certificates of a certificate, on both engines. [M20] */

#include "store/subs.h"

#include "store/certificates.h"
#include "store/store_test_env.h"

static const struct certificate_row main_one = {
    .number = S_INIT("71226SC0001R0S"),
    .id = { { 0xCE } },
    .suspended_until = DAY_NEVER,
    .log_index = LOG_INDEX_NONE,
};

static const struct sub_row first = {
    .number = S_INIT("71226SC0001R0S-1"),
    .main = S_INIT("71226SC0001R0S"),
    .n = 1,
    .site = S_INIT("一店"),
    .address = S_INIT("示例路 9 号"),
    .scope_zh = S_INIT("空调"),
    .scope_en = S_INIT("Air conditioners"),
    .issued = 20600,
    .valid_until = 21000,
    .ended = DAY_NEVER,
};

/* A tx with the main one. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    TRY(tx_begin(s, a, TX_WRITE, tx));
    return certificate_put(*tx, &main_one);
}

EACH_STORE_TEST(a_sub_certificate_comes_back_as_it_was_put_last)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct sub_row ended = first;
    struct sub_row got;
    bool found;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(sub_put(tx, &first));
    ended.ended = 20700;
    EXPECT_OK(sub_put(tx, &ended));
    EXPECT_OK(sub_find(tx, &a, first.number, &got, &found));
    EXPECT(found);
    EXPECT_STR(got.number, first.number);
    EXPECT_STR(got.main, first.main);
    EXPECT_STR(got.site, first.site);
    EXPECT_STR(got.address, first.address);
    EXPECT_STR(got.scope_zh, first.scope_zh);
    EXPECT_STR(got.scope_en, first.scope_en);
    EXPECT(got.n == 1 && got.issued == 20600 && got.valid_until == 21000);
    EXPECT(got.ended == 20700);
    EXPECT_OK(sub_find(tx, &a, main_one.number, &got, &found));
    EXPECT(!found);
}

EACH_STORE_TEST(sub_certificates_are_listed_by_their_count)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct sub_row tenth = first;
    struct sub_row second = first;
    struct list l;

    tenth.number = S("71226SC0001R0S-10");
    tenth.n = 10;
    second.number = S("71226SC0001R0S-2");
    second.n = 2;
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(sub_put(tx, &tenth));
    EXPECT_OK(sub_put(tx, &second));
    EXPECT_OK(sub_list(tx, &a, main_one.number, &l));
    EXPECT(l.n == 2);
    EXPECT(l.n == 2 && ((const struct sub_row *)l.p)[0].n == 2);
    EXPECT(l.n == 2 && ((const struct sub_row *)l.p)[1].n == 10);
    EXPECT_OK(sub_list(tx, &a, S("X1"), &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(a_sub_certificate_needs_a_main_one_and_a_place_of_its_own)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct sub_row other = first;

    other.number = S("71226SC0001R0S-9");
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(sub_put(tx, &first));
    EXPECT_ERR(sub_put(tx, &other), ERR_CONFLICT, "store.constraint");
    tx_abort(&tx);

    other.main = S("X1");
    other.n = 9;
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_ERR(sub_put(tx, &other), ERR_CONFLICT, "store.constraint");
}
