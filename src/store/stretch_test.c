/*
 * tx_stretch(): for how long what was read in one write tx holds in the next.
 */
#include "base/size.h"
#include "store/meta.h"
#include "store/store_test_env.h"

enum { ARENA = 1 << 20 };

enum ending { COMMITS, ABORTS };

/* The number in a write tx that keeps a text, and ends so. */
static int64_t write_one(struct store *s, struct arena *a, enum ending how)
{
    scoped(tx_abort) struct tx *tx = NULL;

    if (!EXPECT_OK(tx_begin(s, a, TX_WRITE, &tx)))
        return -1;
    int64_t n = -1;
    int64_t again = -2;
    EXPECT_OK(tx_stretch(tx, &n));
    EXPECT_OK(tx_stretch(tx, &again));
    EXPECT(again == n);
    EXPECT_OK(meta_set(tx, S("stretch"), S("written")));
    if (how == COMMITS)
        EXPECT_OK(tx_commit(&tx));
    return n;
}

static void read_one(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found;
    str text;

    EXPECT_OK(tx_begin(s, a, TX_READ, &tx));
    EXPECT_OK(meta_get(tx, a, S("stretch"), &text, &found));
}

/* What was undone in it was this tx's own. */
static void undo_one(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, a, TX_WRITE, &tx));
    EXPECT_OK(tx_savepoint(tx));
    EXPECT_OK(meta_set(tx, S("stretch"), S("undone")));
    EXPECT_OK(tx_undo(tx));
    EXPECT_OK(tx_commit(&tx));
}

ONE_STORE_TEST(a_stretch_goes_on_as_long_as_one_writes_alone, true)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    TEST_STORE(reader, place, &a);
    (void)write_one(s, &a, COMMITS); /* the first of all knows of none before */
    int64_t n = write_one(s, &a, COMMITS);

    EXPECT(write_one(s, &a, COMMITS) == n);
    read_one(s, &a);
    read_one(reader, &a);
    undo_one(s, &a);
    EXPECT(write_one(s, &a, COMMITS) == n);
}

EACH_STORE_TEST(a_tx_that_was_not_committed_ends_a_stretch)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    int64_t n = write_one(s, &a, ABORTS);
    int64_t later = write_one(s, &a, COMMITS);

    EXPECT(later != n);
}

EACH_STORE_TEST(what_another_connection_writes_ends_a_stretch)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    int64_t n = write_one(s, &a, COMMITS);

    for (int i = 0; i < 3; i++) {
        (void)store_test_ask(place, &a,
                             "UPDATE meta SET value = 'theirs'"
                             " WHERE key = 'stretch'");
        int64_t later = write_one(s, &a, COMMITS);
        EXPECT(later != n);
        n = later;
    }
}

/* It is told also where txs that did not ask came between. */
ONE_STORE_TEST(a_change_is_not_missed_by_who_asks_seldom, true)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    int64_t n = write_one(s, &a, COMMITS);

    (void)store_test_ask(place, &a, "DELETE FROM meta WHERE key = 'stretch'");
    undo_one(s, &a);
    EXPECT(write_one(s, &a, COMMITS) != n);
}

/* PostgreSQL does not tell what others do. */
ONE_STORE_TEST(on_postgresql_no_stretch_is_longer_than_a_tx, false)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    int64_t n = write_one(s, &a, COMMITS);

    EXPECT(write_one(s, &a, COMMITS) != n);
}

/* --- room ----------------------------------------------------------------- */

/* It is kept when the tx is over, and given back; what is written is there. */
EACH_STORE_TEST(a_store_is_given_room_and_gives_it_back)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    const int64_t rooms[] = { 64 << 20, STORE_ROOM };

    for (size_t i = 0; i < COUNT(rooms); i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(tx_room(tx, rooms[i]));
        EXPECT_OK(meta_set(tx, S("room"), i == 0 ? S("much") : S("little")));
        EXPECT_OK(tx_commit(&tx));
    }
    EXPECT(store_test_count(place,
                            "SELECT count(*) FROM meta WHERE key = 'room'"
                            " AND value = 'little'") == 1);
}

/* [ST5] */
EACH_STORE_TEST(a_tx_that_is_broken_gives_no_room)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    scoped(query_end) struct query *q = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(query_begin(tx, SQL_imported_coded_set, &q));
    query_bind_int(q, 1, -1);
    EXPECT_ERR(query_run(q), ERR_CONFLICT, "store.constraint");
    EXPECT_ERR(tx_room(tx, STORE_ROOM), ERR_CONFLICT, "store.constraint");
}
