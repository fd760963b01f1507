/* Mails on their way, on both engines. [ML1]-[ML3] */

#include "store/mails.h"

#include "base/size.h"
#include "store/store_test_env.h"

static struct mail_row mail_of(uint8_t n, int64_t made)
{
    return (struct mail_row){
        .id = { { n } },
        .kind = S("invite"),
        .lang = S("en"),
        .box = S("\0box"),
        .made = made,
    };
}

static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct mail_row rows[] = { mail_of(1, 100), mail_of(2, 90),
                                     mail_of(3, 100) };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    for (size_t i = 0; i < COUNT(rows); i++)
        TRY(mail_add(*tx, &rows[i]));
    return OK;
}

/* The first byte of the next one's id; 0: there is none. */
static int next(struct tx *tx, struct arena *a, int64_t due, int64_t now)
{
    struct mail_row row = { .tries = 0 };
    bool found = false;

    EXPECT_OK(mail_next(tx, a, due, now, &row, &found));
    return found ? row.id.b[0] : 0;
}

EACH_STORE_TEST(a_mail_is_kept_as_it_was_given_and_waits)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct mail_row got;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(mail_get(tx, &a, (id){ { 2 } }, &got));
    EXPECT_STR(got.kind, S("invite"));
    EXPECT_STR(got.lang, S("en"));
    EXPECT_STR(got.box, S("\0box"));
    EXPECT(got.made == 90 && got.due == 90 && got.leased == 0);
    EXPECT(got.tries == 0 && got.state == MAIL_WAITING && got.ended == 0);
    EXPECT(got.trouble == 0 && got.status == 0);
    EXPECT_ERR(mail_get(tx, &a, (id){ { 9 } }, &got), ERR_NOT_FOUND,
               "store.missing");
}

/* [ML2] */
EACH_STORE_TEST(a_mail_is_taken_by_one_when_it_is_due_and_comes_back)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct mail_row row;
    struct mail_row same;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT(next(tx, &a, 89, 89) == 0);
    EXPECT(next(tx, &a, 90, 90) == 2);
    EXPECT(next(tx, &a, 100, 100) == 2);
    EXPECT_OK(mail_get(tx, &a, (id){ { 2 } }, &row));
    same = row;
    EXPECT_OK(mail_lease(tx, &row, 200));
    EXPECT(row.leased == 200 && row.tries == 1);
    EXPECT(next(tx, &a, 100, 199) == 1);
    EXPECT(next(tx, &a, 100, 200) == 2);
    EXPECT_ERR(mail_lease(tx, &same, 300), ERR_CONFLICT, "store.changed");
}

EACH_STORE_TEST(a_mail_that_failed_is_due_later_and_says_why)
{
    const struct mail_trouble why = { 3, 451 };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct mail_row row;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(mail_get(tx, &a, (id){ { 2 } }, &row));
    EXPECT_OK(mail_lease(tx, &row, 500));
    EXPECT_OK(mail_again(tx, row.id, 150, &why));
    EXPECT(next(tx, &a, 149, 149) == 1);
    EXPECT(next(tx, &a, 150, 101) == 1); /* of those that are due, longest */
    EXPECT_OK(mail_get(tx, &a, row.id, &row));
    EXPECT(row.due == 150 && row.leased == 0 && row.tries == 1);
    EXPECT(row.trouble == 3 && row.status == 451);
}

/* [ML3] */
EACH_STORE_TEST(a_mail_that_ended_stays_as_it_is)
{
    const struct mail_ending sent = { MAIL_SENT, 300, S("gone"), { 0, 0 } };
    const struct mail_ending lost = { MAIL_GIVEN_UP, 400, S("x"), { 2, 550 } };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct mail_row row;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(mail_end(tx, (id){ { 2 } }, &sent));
    EXPECT_OK(mail_end(tx, (id){ { 1 } }, &lost));
    EXPECT(next(tx, &a, 1000, 1000) == 3);
    EXPECT_OK(mail_get(tx, &a, (id){ { 2 } }, &row));
    EXPECT(row.state == MAIL_SENT && row.ended == 300);
    EXPECT_STR(row.box, S("gone"));
    EXPECT_OK(mail_get(tx, &a, (id){ { 1 } }, &row));
    EXPECT(row.state == MAIL_GIVEN_UP && row.trouble == 2);
    EXPECT(row.status == 550);
    EXPECT_ERR(mail_end(tx, (id){ { 2 } }, &lost), ERR_CONFLICT,
               "store.changed");
}

EACH_STORE_TEST(mails_are_listed_the_newest_first)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list l = { 0 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(mail_list(tx, &a, INT64_MAX, (id){ { 0 } }, 10, &l));
    const struct mail_row *rows = l.p;
    EXPECT(l.n == 3 && rows[0].id.b[0] == 3 && rows[1].id.b[0] == 1 &&
           rows[2].id.b[0] == 2);
    EXPECT_OK(mail_list(tx, &a, rows[0].made, rows[0].id, 1, &l));
    rows = l.p;
    EXPECT(l.n == 1 && rows[0].id.b[0] == 1);
}
