/* Names that once stood on a certificate, on both engines. [M24] */

#include "store/formers.h"

#include "base/size.h"
#include "store/certificates.h"
#include "store/store_test_env.h"

#define NUMBER "71226SC0001R0S"

static const struct certificate_row now = {
    .number = S_INIT(NUMBER),
    .id = { { 0xCE } },
    .holder = S_INIT("示例恒远售后服务有限公司"),
    .suspended_until = DAY_NEVER,
    .log_index = LOG_INDEX_NONE,
};

static const struct former_row formers[] = {
    { S_INIT(NUMBER), 1, S_INIT("示例青禾电器有限公司") },
    { S_INIT(NUMBER), 2, S_INIT("示例青禾售后100%有限公司") },
};

/* A tx with the certificate and its former names. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(certificate_put(*tx, &now));
    for (size_t i = 0; i < COUNT(formers); i++)
        TRY(former_put(*tx, &formers[i]));
    return OK;
}

EACH_STORE_TEST(former_names_come_back_in_order_as_they_were_put_last)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct former_row other = formers[0];
    struct list l;

    other.holder = S("示例别名有限公司");
    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(former_put(tx, &other));
    EXPECT_OK(former_list(tx, &a, S(NUMBER), &l));
    EXPECT(l.n == 2);
    for (size_t i = 0; i < l.n; i++) {
        const struct former_row *got = (const struct former_row *)l.p + i;

        EXPECT(got->n == (int64_t)i + 1);
        EXPECT_STR(got->number, S(NUMBER));
        EXPECT_STR(got->holder, i == 0 ? other.holder : formers[1].holder);
    }
    EXPECT_OK(former_clear(tx));
    EXPECT_OK(former_list(tx, &a, S(NUMBER), &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(a_former_name_needs_its_certificate)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct former_row stray = { S("X1"), 1, S("示例") };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_ERR(former_put(tx, &stray), ERR_CONFLICT, "store.constraint");
}

EACH_STORE_TEST(a_certificate_is_found_by_a_name_that_once_stood_on_it)
{
    static const struct {
        const char *words;
        size_t found;
        int64_t newest; /* the former name that holds them; 0: none */
    } rows[] = {
        { "恒远", 1, 0 },     /* the one it has */
        { "青禾电器", 1, 1 }, /* the first it had */
        { "青禾", 1, 2 },     /* both: the newest is told */
        { "示例", 1, 2 },     /* all of them, and found once */
        { "青松", 0, 0 },     /* none */
        { "100%", 1, 2 },     /* a sign of LIKE is itself */
        { "1%有", 0, 0 },     { "禾_器", 0, 0 },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct page all = { .limit = 10 };

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(rows); i++) {
        str words = str_of(rows[i].words);
        struct former_row got = { 0 };
        struct list l;
        bool there;

        EXPECT_OK(certificate_search(tx, &a, words, &all, &l));
        EXPECT_ROW(rows[i].words, l.n == rows[i].found);
        EXPECT_OK(former_newest(tx, &a, S(NUMBER), words, &got, &there));
        EXPECT_ROW(rows[i].words, there == (rows[i].newest > 0));
        EXPECT_ROW(rows[i].words, got.n == rows[i].newest);
    }
}
