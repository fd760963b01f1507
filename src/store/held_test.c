/* Rows of files that are held. [SH1] [SH2] */

#include "base/arena.h"
#include "base/size.h"
#include "store/held.h"
#include "store/store_test_env.h"

enum { HOUR = 3600 };

/* File `n` of a case, which began in hour `n` and is held until day 100 + n. */
static struct held_row_of row_of(uint8_t n, uint8_t of_case)
{
    return (struct held_row_of){
        .id = { { n } },
        .of_case = { { of_case } },
        .enterprise = { { 7 } },
        .person = { { 8 } },
        .name = S("a.csv"),
        .size = INT64_C(1000) * n,
        .at = INT64_C(1000000) * HOUR * n,
        .until = 100 + n,
        .sealed = S("box of a key"),
    };
}

static void add(struct tx *tx, uint8_t n, uint8_t of_case)
{
    const struct held_row_of row = row_of(n, of_case);

    EXPECT_OK(held_row_add(tx, &row));
}

static struct held_row_of get(struct tx *tx, struct arena *a, uint8_t n)
{
    struct held_row_of row = { .name = S("none") };
    bool found = false;

    EXPECT_OK(held_row_get(tx, a, (id){ { n } }, &row, &found));
    EXPECT(found == !str_eq(row.name, S("none")));
    return row;
}

static bool arrive(struct tx *tx, uint8_t n, int64_t from, int64_t to)
{
    bool done = false;

    EXPECT_OK(held_row_arrive(tx, (id){ { n } }, from, to, &done));
    return done;
}

static bool whole(struct tx *tx, uint8_t n)
{
    bool done = false;

    EXPECT_OK(held_row_whole(tx, (id){ { n } }, &done));
    return done;
}

static bool ask(struct tx *tx, uint8_t n, const char *asked)
{
    bool done = false;

    EXPECT_OK(held_row_ask(tx, (id){ { n } }, str_of(asked), &done));
    return done;
}

static bool end(struct tx *tx, struct held_row_of row)
{
    bool done = false;

    row.state = HELD_ROW_COUNTED;
    row.hashed = true;
    row.sha256.b[0] = 9;
    EXPECT_OK(held_row_end(tx, &row, &done));
    return done;
}

/* The numbers of files in a list, one digit each. */
static int numbers(const struct list *l)
{
    const struct held_row_of *row = l->p;
    int n = 0;

    for (size_t i = 0; i < l->n; i++)
        n = 10 * n + row[i].id.b[0];
    return n;
}

EACH_STORE_TEST(a_file_comes_piece_by_piece_and_is_counted_in_its_round)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    add(tx, 1, 1);
    struct held_row_of row = get(tx, &a, 1);
    EXPECT(row.arrived == 0 && row.state == HELD_ROW_ARRIVING && !row.hashed);
    EXPECT(row.size == 1000 && row.until == 101 && row.round == 0);
    EXPECT_STR(row.sealed, S("box of a key"));
    EXPECT_STR(row.asked, S(""));

    EXPECT(!whole(tx, 1));
    EXPECT(!ask(tx, 1, "{}"));
    EXPECT(arrive(tx, 1, 0, 400));
    EXPECT(!arrive(tx, 1, 0, 400)); /* somebody was first */
    EXPECT(arrive(tx, 1, 400, 1000));
    EXPECT(whole(tx, 1));
    EXPECT(!whole(tx, 1));
    EXPECT(!arrive(tx, 1, 1000, 1000));
    EXPECT(get(tx, &a, 1).state == HELD_ROW_WAITING);

    struct held_row_of first = get(tx, &a, 1);
    EXPECT(ask(tx, 1, "{\"week\":\"always\"}"));
    EXPECT(!end(tx, first)); /* [SH2] */
    row = get(tx, &a, 1);
    EXPECT(row.round == 1 && row.state == HELD_ROW_WAITING && !row.hashed);
    EXPECT(end(tx, row));
    row = get(tx, &a, 1);
    EXPECT(row.state == HELD_ROW_COUNTED && row.hashed && row.sha256.b[0] == 9);
    EXPECT_STR(row.asked, S("{\"week\":\"always\"}"));
    EXPECT(!arrive(tx, 2, 0, 1) && !whole(tx, 2) && !ask(tx, 2, ""));
    EXPECT_OK(tx_commit(&tx));
}

EACH_STORE_TEST(files_are_listed_by_case_by_who_waits_and_by_what_is_over)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    const int64_t second = 1000000;
    struct tx *tx = NULL;
    struct list l;
    int64_t n;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(held_row_taken(tx, &n));
    EXPECT(n == 0);
    for (uint8_t i = 1; i <= 4; i++)
        add(tx, i, i == 4 ? 2 : 1);
    EXPECT_OK(held_row_taken(tx, &n));
    EXPECT(n == 10000); /* as was said beforehand */
    EXPECT_OK(held_row_list(tx, &a, (id){ { 1 } }, 100, &l));
    EXPECT(numbers(&l) == 321);
    EXPECT_OK(held_row_list(tx, &a, (id){ { 1 } }, 2, &l));
    EXPECT(numbers(&l) == 32);
    EXPECT_OK(held_row_count(tx, (id){ { 1 } }, &n));
    EXPECT(n == 3);
    EXPECT_OK(held_row_count(tx, (id){ { 3 } }, &n));
    EXPECT(n == 0);

    EXPECT(arrive(tx, 3, 0, 3000) && whole(tx, 3));
    EXPECT(arrive(tx, 2, 0, 2000) && whole(tx, 2));
    EXPECT_OK(held_row_waiting(tx, &a, 100, &l));
    EXPECT(numbers(&l) == 23);

    /* Day 104: 1, 2 and 3 are over.  Of hour 1: 4 began later. */
    EXPECT_OK(held_row_over(tx, &a, 104, 0, 100, &l));
    EXPECT(l.n == 3);
    EXPECT_OK(held_row_over(tx, &a, 100, second * HOUR * 4, 100, &l));
    EXPECT(numbers(&l) == 1); /* whole ones are not late */
    EXPECT_OK(held_row_over(tx, &a, 100, second * HOUR * 4 + 1, 100, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(held_row_over(tx, &a, 101, 0, 100, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(tx_commit(&tx));
}

/* [SH1] */
EACH_STORE_TEST(a_row_that_goes_takes_its_key_along)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct tx *tx = NULL;
    int64_t n;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    add(tx, 1, 1);
    add(tx, 2, 1);
    EXPECT_OK(held_row_drop(tx, (id){ { 1 } }));
    EXPECT_OK(held_row_drop(tx, (id){ { 1 } }));
    EXPECT_STR(get(tx, &a, 1).name, S("none"));
    EXPECT_STR(get(tx, &a, 2).name, S("a.csv"));
    EXPECT_OK(held_row_taken(tx, &n));
    EXPECT(n == 2000);
    EXPECT_OK(tx_commit(&tx));
}

EACH_STORE_TEST(what_was_asked_last_is_kept_for_each_enterprise)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct held_asked_row row = { { { 1 } }, S("a\n"), S("{}") };
    struct held_asked_row got = { .enterprise = { { 1 } } };
    struct tx *tx = NULL;
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(held_asked_get(tx, &a, &got, &found));
    EXPECT(!found);
    EXPECT_OK(held_asked_put(tx, &row));
    row.columns = S("a\nb\n");
    EXPECT_OK(held_asked_put(tx, &row));
    EXPECT_OK(held_asked_get(tx, &a, &got, &found));
    EXPECT(found);
    EXPECT_STR(got.columns, S("a\nb\n"));
    EXPECT_STR(got.asked, S("{}"));
    got.enterprise.b[0] = 2;
    EXPECT_OK(held_asked_get(tx, &a, &got, &found));
    EXPECT(!found);
    EXPECT_OK(tx_commit(&tx));
}
