/* Long readings in parts: tx_apart() and tx_watch(). */
#include "base/arena.h"
#include "store/store_test_env.h"

enum { SMALL = 1 << 14, MUCH = 1 << 20 };

/* A part that takes much more than the tx has, and parts of its own. */
struct reading {
    int parts; /* still to be read below this one */
    int read;
    _Atomic bool *stop; /* set in the last of them; NULL: not */
    bool fails;
};

static err read_part(struct tx *tx, struct arena *a, void *context)
{
    struct reading *r = context;
    char *text = arena_zero(a, MUCH);

    TRY_MEMORY(text);
    EXPECT(tx_arena(tx) == a);
    r->read++;
    if (--r->parts > 0)
        return tx_apart(tx, read_part, r);
    if (r->stop != NULL)
        *r->stop = true;
    if (!r->fails)
        return OK;

    str where;
    TRY_MEMORY(arena_str(a, S("of the part"), &where));
    return err_new(a, ERR_CORRUPT, "store.where", ARG_STR("where", where));
}

EACH_STORE_TEST(what_a_part_takes_is_given_back)
{
    TEST_ARENA(a, MUCH);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    TEST_ARENA(small, SMALL);

    EXPECT_OK(tx_begin(s, &small, TX_READ, &tx));
    for (int i = 1; i < 20; i++) {
        struct reading r = { .parts = i };

        EXPECT_OK(tx_apart(tx, read_part, &r));
        EXPECT(r.read == i && tx_arena(tx) == &small);
    }
}

EACH_STORE_TEST(the_error_of_a_part_outlives_it)
{
    TEST_ARENA(a, MUCH);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct reading r = { .parts = 3, .fails = true };

    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    err e = tx_apart(tx, read_part, &r);
    EXPECT_ERR(e, ERR_CORRUPT, "store.where");
    EXPECT_STR(err_arg_text(e, "where"), S("of the part"));
    EXPECT(tx_arena(tx) == &a);
}

/* The part that is being read is read to its end, and none after it. */
EACH_STORE_TEST(no_part_is_begun_after_the_word_to_stop)
{
    TEST_ARENA(a, MUCH);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    _Atomic bool stop = false;
    struct reading r = { .parts = 2, .stop = &stop };

    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    tx_watch(tx, &stop);
    EXPECT_OK(tx_apart(tx, read_part, &r));
    EXPECT(r.read == 2);
    EXPECT_ERR(tx_apart(tx, read_part, &r), ERR_BUSY, "store.stopped");
    EXPECT(r.read == 2);
    tx_watch(tx, NULL);
    r.parts = 1;
    EXPECT_OK(tx_apart(tx, read_part, &r));

    /* The next tx is watched by nobody. */
    tx_watch(tx, &stop);
    tx_abort(&tx);
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    r.parts = 1;
    EXPECT_OK(tx_apart(tx, read_part, &r));
}
