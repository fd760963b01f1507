/* Who reads a calendar by a secret address. [SA1]..[SA4] */

#include "auth/calendar_link.h"

#include "base/size.h"
#include "store/admission.h"
#include "store/people.h"
#include "store/store_test_env.h"

static const uint8_t secret[CALENDAR_SECRET_BYTES] = { 9, 8, 7 };
static const struct person_row li = { .id = { { 1 } },
                                      .login = S_INIT("li"),
                                      .roles = ROLE_BIT(ROLE_AUDITOR) };

/* li's address, in a tx that is open. */
static err begin(struct store *s, struct arena *a, struct tx **tx, str *token)
{
    struct calendar_row row = { .id = { { 0xCA } },
                                .person = li.id,
                                .number = 1,
                                .lang = S("zh-CN"),
                                .made = 20000 };

    TRY(calendar_link_token(a, secret, &row, token));
    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(person_put(*tx, &li));
    return calendar_link_add(*tx, &row);
}

EACH_STORE_TEST(whoever_has_the_address_reads_as_the_person_it_was_made_for)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_row promoted = li;
    struct calendar_row row;
    struct session who;
    str token;

    EXPECT_OK(begin(s, &a, &tx, &token));
    EXPECT(token.n == CALENDAR_TOKEN_TEXT);
    EXPECT_OK(calendar_link_open(tx, &a, token, 20000, &row, &who));
    EXPECT(id_eq(who.actor.person, li.id) && row.number == 1);
    EXPECT(who.actor.roles == ROLE_BIT(ROLE_AUDITOR));
    EXPECT_STR(who.login, S("li"));
    promoted.roles = ROLE_BIT(ROLE_PLANNER);
    EXPECT_OK(person_put(tx, &promoted));
    EXPECT_OK(calendar_link_open(tx, &a, token, 20000, &row, &who));
    EXPECT(who.actor.roles == ROLE_BIT(ROLE_PLANNER)); /* [SA4] */
}

/* [SA1] Neither the secret nor the token stands in the store. */
ONE_STORE_TEST(of_the_secret_a_hash_is_kept, true)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct calendar_row row;
    struct session who;
    str token;

    EXPECT_OK(begin(s, &a, &tx, &token));
    EXPECT_OK(calendar_link_open(tx, &a, token, 20000, &row, &who));
    EXPECT(memcmp(row.secret.b, secret, sizeof secret) != 0);
}

/* [SA3] One bit of the address changed, anywhere; and other bad ones. */
EACH_STORE_TEST(no_other_address_opens_and_none_says_why)
{
    TEST_ARENA(a, 4 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct calendar_row row;
    struct session who;
    char text[CALENDAR_TOKEN_TEXT + 2] = { 0 };
    str token = S("");

    EXPECT_OK(begin(s, &a, &tx, &token));
    EXPECT(token.n == CALENDAR_TOKEN_TEXT);
    if (test_failing())
        return;
    for (size_t i = 0; i < token.n; i++) {
        memcpy(text, token.p, token.n);
        text[i] = text[i] == 'A' ? 'B' : 'A';
        EXPECT_ERR(calendar_link_open(tx, &a, (str){ text, token.n }, 20000,
                                      &row, &who),
                   ERR_NOT_FOUND, "calendar.none");
    }
    memcpy(text, token.p, token.n);
    text[token.n] = 'A';
    const str rows[] = {
        S(""), S("x"), str_first(token, token.n - 1), { text, token.n + 1 }
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ERR(calendar_link_open(tx, &a, rows[i], 20000, &row, &who),
                   ERR_NOT_FOUND, "calendar.none");
    text[3] = '!'; /* in no address */
    EXPECT_ERR(calendar_link_open(tx, &a, (str){ text, token.n }, 20000, &row,
                                  &who),
               ERR_NOT_FOUND, "calendar.none");
}

EACH_STORE_TEST(a_revoked_address_and_one_of_who_left_open_no_more)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct person_row gone = li;
    struct calendar_row row;
    struct session who;
    bool found = false;
    str token;

    EXPECT_OK(begin(s, &a, &tx, &token));
    gone.state = PERSON_LEFT;
    EXPECT_OK(person_put(tx, &gone));
    EXPECT_ERR(calendar_link_open(tx, &a, token, 20000, &row, &who),
               ERR_NOT_FOUND, "calendar.none");
    EXPECT_OK(person_put(tx, &li));
    EXPECT_OK(calendar_link_open(tx, &a, token, 20000, &row, &who));
    EXPECT_OK(calendar_link_drop(tx, li.id, 1, &found));
    EXPECT(found);
    EXPECT_ERR(calendar_link_open(tx, &a, token, 20000, &row, &who),
               ERR_NOT_FOUND, "calendar.none");
}

/* [SA3] Both sides of the last day of access. */
ONE_STORE_TEST(an_address_of_whose_last_day_is_over_opens_no_more, true)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct admission_row until = { 20000, S(""), S("") };
    struct calendar_row row;
    struct session who;
    str token;

    EXPECT_OK(begin(s, &a, &tx, &token));
    EXPECT_OK(admission_put(tx, li.id, &until));
    EXPECT_OK(calendar_link_open(tx, &a, token, 20000, &row, &who));
    EXPECT_ERR(calendar_link_open(tx, &a, token, 20001, &row, &who),
               ERR_NOT_FOUND, "calendar.none");
}
