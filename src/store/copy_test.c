/* Rows of every table from one engine to the other and back. [CP1]-[CP4] */

#include "store/copy.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "store/meta.h"
#include "store/people.h"
#include "store/refusals.h"
#include "store/store_test_env.h"

enum { MANY = 1203 }; /* more than two pages, and not a whole number of them */

/* --- what is copied ------------------------------------------------------- */

static err put_people(struct tx *tx)
{
    const struct person_row rows[] = {
        { .id = { { 9 } },
          .login = S("wang"),
          .name = S("王"),
          .secret = S("-") },
        { .id = { { 8, 1 } },
          .login = S("li"),
          .name = S("a\nb|\\"),
          .roles = INT64_MAX,
          .secret = S(""),
          .state = PERSON_LEFT },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        TRY(person_put(tx, &rows[i]));
    return OK;
}

static err put_refusals(struct tx *tx)
{
    struct refusal_row r = {
        .at = -1, .channel = S("web"), .message = S("m"), .arguments = S("{}")
    };

    for (int i = 0; i < MANY; i++)
        TRY(refusal_record(tx, &r));
    return OK;
}

static err fill(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(put_people(tx));
    TRY(put_refusals(tx));
    TRY(meta_set(tx, S("a"), S("1")));
    return tx_commit(&tx);
}

/* --- copying -------------------------------------------------------------- */

struct copying {
    struct tx *to;
    int table;
    int64_t rows;
};

static err put_row(void *context, str row)
{
    struct copying *c = context;

    c->rows++;
    return c->to == NULL ? OK : copy_write(c->to, c->table, row);
}

static int table_named(str name)
{
    for (int i = 0; i < COPY_TABLES; i++) {
        if (str_eq(copy_table_name(i), name))
            return i;
    }
    return -1;
}

static err copy_all(struct store *from, struct store *to, struct arena *a)
{
    scoped(tx_abort) struct tx *reading = NULL;
    scoped(tx_abort) struct tx *writing = NULL;

    TRY(tx_begin(from, a, TX_READ, &reading));
    TRY(tx_begin(to, a, TX_WRITE, &writing));
    for (int i = 0; i < COPY_TABLES; i++) {
        struct copying c = { .to = writing, .table = i };
        TRY(copy_read(reading, i, put_row, &c));
    }
    TRY(copy_finish(writing));
    return tx_commit(&writing);
}

/* All rows, one after the other. */
static err add_bytes(void *context, str row)
{
    struct buf *b = context;

    buf_str(b, row);
    return OK;
}

static str bytes_of(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 20);
    EXPECT_OK(tx_begin(s, a, TX_READ, &tx));
    for (int i = 0; i < COPY_TABLES; i++)
        EXPECT_OK(copy_read(tx, i, add_bytes, &b));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(rows_are_the_same_bytes_on_both_engines)
{
    TEST_ARENA(a, 16 << 20);
    struct store_place places[3];

    if (!store_place_new(true, &places[0]) ||
        !store_place_new(false, &places[1]) ||
        !store_place_new(true, &places[2]))
        return;
    TEST_STORE(first, &places[0], &a);
    TEST_STORE(second, &places[1], &a);
    TEST_STORE(third, &places[2], &a);
    EXPECT_OK(fill(first, &a));
    EXPECT_OK(copy_all(first, second, &a));
    EXPECT_OK(copy_all(second, third, &a));

    str bytes = bytes_of(first, &a);
    EXPECT(bytes.n > (size_t)MANY * 40);
    EXPECT(str_eq(bytes_of(second, &a), bytes));
    EXPECT(str_eq(bytes_of(third, &a), bytes));
}

/* --- one engine ----------------------------------------------------------- */

EACH_STORE_TEST(every_row_comes_once_in_the_order_of_the_keys)
{
    TEST_ARENA(a, 16 << 20);
    TEST_STORE(s, place, &a);
    EXPECT_OK(fill(s, &a));
    scoped(tx_abort) struct tx *tx = NULL;
    struct copying c = { .table = table_named(S("refusal")) };
    struct buf b;
    str people;

    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(copy_read(tx, c.table, put_row, &c));
    EXPECT(c.rows == MANY);
    buf_init(&b, &a, 1000);
    EXPECT_OK(copy_read(tx, table_named(S("person")), add_bytes, &b));
    EXPECT_OK(buf_done(&b, &people));
    EXPECT(str_begins(people, S("\3\0\0\0\x10\x08\x01")));
}

EACH_STORE_TEST(numbers_go_on_behind_those_that_were_put_in)
{
    TEST_ARENA(a, 16 << 20);
    TEST_STORE(s, place, &a);
    struct store_place other_place;
    if (!store_place_new(place->sqlite, &other_place))
        return;
    TEST_STORE(other, &other_place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct refusal_row r = { .channel = S("cli"),
                                   .message = S("m"),
                                   .arguments = S("{}") };
    struct list rows = { 0 };

    EXPECT_OK(fill(s, &a));
    EXPECT_OK(copy_all(s, other, &a));
    EXPECT_OK(tx_begin(other, &a, TX_WRITE, &tx));
    EXPECT_OK(refusal_record(tx, &r));
    EXPECT_OK(refusal_list(tx, &a, MANY, 10, &rows));
    EXPECT(rows.n == 1 && ((const struct refusal_row *)rows.p)->id == MANY + 1);
}

EACH_STORE_TEST(bytes_that_are_no_row_are_refused)
{
    const struct {
        const char *why;
        str row;
    } rows[] = {
        { "nothing", S("") },
        { "one value too few", S("\2\0\0\0\1k") },
        { "a value too many", S("\2\0\0\0\1k\2\0\0\0\1v\0") },
        { "no such type", S("\2\0\0\0\1k\4\0\0\0\1v") },
        { "a length beyond the end", S("\2\0\0\0\1k\2\0\0\0\2v") },
        { "a length cut off", S("\2\0\0\0\1k\2\0\0") },
        { "a number cut off", S("\1\0\0\0\0\0\0\0") },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    int table = table_named(S("meta"));

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_ROW_ERR(rows[i].why, copy_write(tx, table, rows[i].row),
                       ERR_CORRUPT, "copy.row");
        EXPECT_ROW_OK(rows[i].why,
                      copy_write(tx, table, S("\2\0\0\0\1k\2\0\0\0\1v")));
        EXPECT_ROW_ERR(rows[i].why,
                       copy_write(tx, table, S("\2\0\0\0\1k\2\0\0\0\1v")),
                       ERR_CONFLICT, "store.constraint");
    }
}
