/* What people have begun to say in cases. */

#include "base/arena.h"
#include "store/drafts.h"
#include "store/store_test_env.h"

static struct draft_row row_of(uint8_t of_case, uint8_t person,
                               const char *command)
{
    return (struct draft_row){ .of_case = { { of_case } },
                               .person = { { person } },
                               .command = str_of(command),
                               .body = S("untouched") };
}

/* The body that is kept; "untouched" where there is none. */
static str kept(struct tx *tx, struct arena *a, uint8_t of_case, uint8_t person,
                const char *command)
{
    struct draft_row row = row_of(of_case, person, command);
    bool found;

    EXPECT_OK(draft_get(tx, a, &row, &found));
    EXPECT(found == !str_eq(row.body, S("untouched")));
    return row.body;
}

static void keep(struct tx *tx, uint8_t of_case, uint8_t person,
                 const char *command, const char *body)
{
    struct draft_row row = row_of(of_case, person, command);

    row.body = str_of(body);
    row.saved = 7;
    EXPECT_OK(draft_put(tx, &row));
}

EACH_STORE_TEST(a_draft_is_of_one_case_one_person_and_one_command)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_STR(kept(tx, &a, 1, 1, "x"), S("untouched"));
    keep(tx, 1, 1, "x", "mine");
    keep(tx, 1, 2, "x", "another's");
    keep(tx, 1, 1, "y", "of another command");
    keep(tx, 2, 1, "x", "of another case");
    keep(tx, 1, 1, "x", "newer");
    EXPECT_STR(kept(tx, &a, 1, 1, "x"), S("newer"));
    EXPECT_STR(kept(tx, &a, 1, 2, "x"), S("another's"));
    EXPECT_STR(kept(tx, &a, 1, 1, "y"), S("of another command"));
    EXPECT_STR(kept(tx, &a, 2, 1, "x"), S("of another case"));
    EXPECT_OK(tx_commit(&tx));
}

EACH_STORE_TEST(drafts_go_with_what_they_were_begun_for)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    keep(tx, 1, 1, "x", "mine");
    keep(tx, 1, 2, "x", "another's");
    keep(tx, 1, 1, "y", "of another command");
    keep(tx, 2, 1, "x", "of another case");
    EXPECT_OK(draft_drop(tx, (id){ { 1 } }, S("x")));
    EXPECT_STR(kept(tx, &a, 1, 1, "x"), S("untouched"));
    EXPECT_STR(kept(tx, &a, 1, 2, "x"), S("untouched"));
    EXPECT_STR(kept(tx, &a, 1, 1, "y"), S("of another command"));
    keep(tx, 1, 1, "z", "mine");
    keep(tx, 1, 2, "z", "another's");
    EXPECT_OK(draft_drop_own(tx, (id){ { 1 } }, S("z"), (id){ { 1 } }));
    EXPECT_STR(kept(tx, &a, 1, 1, "z"), S("untouched"));
    EXPECT_STR(kept(tx, &a, 1, 2, "z"), S("another's"));
    EXPECT_OK(draft_drop_case(tx, (id){ { 1 } }));
    EXPECT_OK(draft_drop_case(tx, (id){ { 1 } })); /* again: nothing */
    EXPECT_STR(kept(tx, &a, 1, 2, "z"), S("untouched"));
    EXPECT_STR(kept(tx, &a, 1, 1, "y"), S("untouched"));
    EXPECT_STR(kept(tx, &a, 2, 1, "x"), S("of another case"));
    EXPECT_OK(tx_commit(&tx));
}
