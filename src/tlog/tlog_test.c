/* The log over the store, on both engines. */
#include "tlog/tlog.h"

#include "base/buf.h"
#include "base/size.h"
#include "merkle/checkpoint.h"
#include "merkle/tree.h"
#include "store/log.h"
#include "store/store_test_env.h"

#include <stdio.h>

enum { ARENA = 16 << 20, AT = 1000 };

static const struct tlog_key KEY = {
    S_INIT("register.example/log"), { 7 }, NULL, NULL, NULL, 0
};
static const struct tlog_key OTHER_KEY = {
    S_INIT("register.example/log"), { 8 }, NULL, NULL, NULL, 0
};

/* Leaf i is the text of its number. */
static str leaf_text(struct arena *a, size_t i)
{
    char digits[32];
    str text = S("");

    (void)snprintf(digits, sizeof digits, "leaf %zu", i);
    EXPECT(arena_str(a, str_of(digits), &text));
    return text;
}

static err enter(struct store *s, struct arena *a, size_t from, size_t n)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    for (size_t i = from; i < from + n; i++)
        TRY(tlog_enter(tx, AT, S("case/x"), leaf_text(a, i)));
    return tx_commit(&tx);
}

/* Takes every leaf. */
static err take_any(struct tx *, const struct log_pending_row *, int64_t,
                    void *)
{
    return OK;
}

static const struct tlog_taker anybody = { take_any, NULL };

/* As the sequencer does it; `done` may be NULL. */
static err sequence(struct store *s, struct arena *a, int32_t most,
                    size_t *done, struct checkpoint *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    size_t n;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(tlog_sequence(tx, &KEY, most, &anybody, &n));
    TRY(tlog_checkpoint(tx, a, &KEY, AT, out));
    TRY(tx_commit(&tx));
    if (done != NULL)
        *done = n;
    return OK;
}

static err verify(struct store *s, struct arena *a, int64_t *size)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_READ, &tx));
    return tlog_verify(tx, &KEY, size);
}

/* A log of `n` entries with a signed checkpoint. */
static bool fill(struct store *s, struct arena *a, size_t n)
{
    struct checkpoint c = { 0 };

    EXPECT_OK(enter(s, a, 0, n));
    EXPECT_OK(sequence(s, a, 1000, NULL, &c));
    EXPECT(c.size == (int64_t)n);
    return !test_failing();
}

/* --- entering and sequencing [T4] -------------------------------------- */

EACH_STORE_TEST(an_entry_waits_without_index_until_it_is_sequenced)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    struct checkpoint c;
    size_t done = 9;

    EXPECT_OK(enter(s, &a, 0, 1));
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_entry") == 0);
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_pending") == 1);
    EXPECT_OK(sequence(s, &a, 10, &done, &c));
    EXPECT(done == 1 && c.size == 1);
    EXPECT(store_test_count(place, "SELECT idx FROM log_entry") == 0);
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_pending") == 0);
    EXPECT_OK(sequence(s, &a, 10, &done, &c));
    EXPECT(done == 0 && c.size == 1);
}

EACH_STORE_TEST(what_is_entered_is_undone_with_its_act)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    {
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(tlog_enter(tx, AT, S("case/x"), S("never")));
    }
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_pending") == 0);
}

EACH_STORE_TEST(indices_follow_the_order_of_entry_a_batch_at_a_time)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const size_t batches[] = { 3, 3, 1, 0 };
    struct checkpoint c;
    struct list rows = { 0 };
    size_t done;

    EXPECT_OK(enter(s, &a, 0, 7));
    for (size_t i = 0; i < COUNT(batches); i++) {
        EXPECT_OK(sequence(s, &a, 3, &done, &c));
        EXPECT(done == batches[i]);
    }
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(log_entry_list(tx, &a, 0, 10, &rows));
    EXPECT(rows.n == 7);
    for (size_t i = 0; i < rows.n; i++) {
        const struct log_entry_row *e =
            (const struct log_entry_row *)rows.p + i;
        struct hash leaf;

        merkle_leaf(leaf_text(&a, i), &leaf);
        EXPECT(e->index == (int64_t)i && e->at == AT);
        EXPECT_STR(e->subject, S("case/x"));
        EXPECT_STR(e->leaf, leaf_text(&a, i));
        EXPECT(hash_eq(&e->leaf_hash, &leaf));
    }
}

/* Takes the leaves before a given one, and notes what it was asked. */
struct picky {
    int64_t until;
    int64_t asked; /* so far */
};

static err take_some(struct tx *tx, const struct log_pending_row *p,
                     int64_t index, void *context)
{
    struct picky *x = context;

    EXPECT(index == x->asked);
    EXPECT_STR(p->leaf, leaf_text(tx_arena(tx), (size_t)index));
    x->asked++;
    if (index < x->until)
        return OK;
    return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.entry",
                   ARG_INT("index", index));
}

static err sequence_some(struct store *s, struct arena *a, struct picky *x)
{
    const struct tlog_taker by = { take_some, x };
    scoped(tx_abort) struct tx *tx = NULL;
    size_t done;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(tlog_sequence(tx, &KEY, 10, &by, &done));
    return tx_commit(&tx);
}

EACH_STORE_TEST(a_leaf_that_is_not_taken_stays_out_and_all_with_it)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);

    EXPECT_OK(enter(s, &a, 0, 3));
    for (int64_t refused = 0; refused < 3; refused++) {
        struct picky x = { .until = refused };

        EXPECT_ERR(sequence_some(s, &a, &x), ERR_CORRUPT, "tlog.entry");
        EXPECT(x.asked == refused + 1);
        EXPECT(store_test_count(place, "SELECT count(*) FROM log_entry") == 0);
        EXPECT(store_test_count(place, "SELECT count(*) FROM log_pending") ==
               3);
    }
    EXPECT_OK(sequence_some(s, &a, &(struct picky){ .until = 3 }));
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_entry") == 3);
}

/* --- checkpoints ------------------------------------------------------ */

EACH_STORE_TEST(every_root_is_that_of_the_leaves_so_far)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    struct hash leaves[20];
    int64_t size = 0;

    for (size_t n = 0; n <= COUNT(leaves); n++) {
        struct checkpoint c = { 0 };
        struct hash root;

        EXPECT_OK(sequence(s, &a, 10, NULL, &c));
        merkle_root(leaves, n, &root);
        EXPECT(c.size == (int64_t)n && hash_eq(&c.root, &root));
        if (n == COUNT(leaves))
            break;
        merkle_leaf(leaf_text(&a, n), &leaves[n]);
        EXPECT_OK(enter(s, &a, n, 1));
    }
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_checkpoint") ==
           COUNT(leaves) + 1);
    EXPECT_OK(verify(s, &a, &size));
    EXPECT(size == COUNT(leaves));
}

EACH_STORE_TEST(a_log_that_has_not_grown_is_not_signed_again)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint first = { 0 };
    struct checkpoint again = { 0 };

    EXPECT_OK(enter(s, &a, 0, 3));
    EXPECT_OK(sequence(s, &a, 10, NULL, &first));
    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(tlog_checkpoint(tx, &a, &KEY, AT + 1, &again));
    EXPECT_OK(tx_commit(&tx));
    EXPECT_STR(again.note, first.note);
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_checkpoint") == 1);
    EXPECT(store_test_count(place, "SELECT at FROM log_checkpoint") == AT);
}

EACH_STORE_TEST(the_newest_checkpoint_verifies_with_the_key_that_is_published)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint newest = { .size = 9 };
    struct checkpoint_body body = { 0 };
    struct checkpoint c = { 0 };
    struct note_key key = { 0 };
    str vkey = S("");
    str text = S("");

    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(tlog_newest(tx, &a, &newest));
    EXPECT(newest.size == 0 && newest.note.n == 0);
    tx_abort(&tx);
    if (!fill(s, &a, 4) || !EXPECT_OK(sequence(s, &a, 10, NULL, &c)))
        return;

    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_OK(tlog_newest(tx, &a, &newest));
    EXPECT_STR(newest.note, c.note);
    EXPECT_OK(tlog_vkey(&a, &KEY, &vkey));
    EXPECT_OK(note_key_parse(&a, vkey, &key));
    EXPECT_OK(note_verify(&a, newest.note, &key, &text));
    EXPECT_OK(checkpoint_read(&a, text, &body));
    EXPECT_STR(body.origin, KEY.origin);
    EXPECT(body.size == 4 && hash_eq(&body.root, &newest.root));
}

/* --- damage ----------------------------------------------------------- */

/* Something that was done to a log of seven entries, signed at seven. */
struct damage {
    const char *why;
    const char *sql;
    const char *sequencing; /* the id it is refused with; NULL: goes on */
    const char *verifying;
    const char *argument; /* and the number that names the place */
    int64_t place;
};

#define SET_NODE(level, idx)                                                   \
    "UPDATE log_node SET hash = (SELECT root FROM log_checkpoint)"             \
    " WHERE level = " #level " AND idx = " #idx

/* [T3] What the next root is made of is held against what was signed: 2/0, 1/2
 * and 0/6 are the edge of seven.  What lies below does not bear on it; the
 * whole is read by tlog_verify(). */
static const struct damage damages[] = {
    { "an entry's bytes", "UPDATE log_entry SET leaf = leaf_hash WHERE idx = 3",
      NULL, "tlog.entry", "index", 3 },
    { "an entry's hash",
      "UPDATE log_entry SET leaf_hash = (SELECT root FROM log_checkpoint)"
      " WHERE idx = 6",
      NULL, "tlog.entry", "index", 6 },
    { "an entry is gone", "DELETE FROM log_entry WHERE idx = 2", NULL,
      "tlog.entry", "index", 2 },
    { "the last entry is gone", "DELETE FROM log_entry WHERE idx = 6",
      "tlog.damaged", "tlog.node", "index", 6 },
    { "every entry is gone", "DELETE FROM log_entry", "tlog.damaged",
      "tlog.node", "index", 0 },
    { "a leaf's hash below the edge", SET_NODE(0, 1), NULL, "tlog.node",
      "index", 1 },
    { "a leaf's hash on the edge", SET_NODE(0, 6), "tlog.damaged", "tlog.node",
      "index", 6 },
    { "a subtree on the edge", SET_NODE(2, 0), "tlog.damaged", "tlog.node",
      "level", 2 },
    { "a subtree below the edge", SET_NODE(1, 1), NULL, "tlog.node", "index",
      1 },
    { "a subtree of the edge is gone",
      "DELETE FROM log_node WHERE level = 1 AND idx = 2", "tlog.damaged",
      "tlog.node", "index", 2 },
    { "a subtree too many",
      "INSERT INTO log_node SELECT 1, 3, root FROM log_checkpoint", NULL,
      "tlog.node", "index", 3 },
    { "a level too many",
      "INSERT INTO log_node SELECT 3, 0, root FROM log_checkpoint", NULL,
      "tlog.node", "level", 3 },
    { "a leaf's hash too many",
      "INSERT INTO log_node SELECT 0, 7, root FROM log_checkpoint", NULL,
      "tlog.node", "index", 7 },
    { "another root",
      "UPDATE log_checkpoint SET root ="
      " (SELECT hash FROM log_node WHERE level = 0 AND idx = 0)",
      "tlog.damaged", "tlog.checkpoint", "size", 7 },
    { "another note",
      "UPDATE log_checkpoint SET note = replace(note, 'example', 'exomple')",
      "tlog.damaged", "tlog.checkpoint", "size", 7 },
    { "a checkpoint for more than there is",
      "UPDATE log_checkpoint SET size = 8", "tlog.damaged", "tlog.damaged",
      "size", 8 },
    { "a checkpoint for less", "UPDATE log_checkpoint SET size = 6",
      "tlog.damaged", "tlog.checkpoint", "size", 6 },
};

static int64_t number_of(err e, const char *name)
{
    if (failed(e)) {
        for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
            if (strcmp(g->name, name) == 0)
                return g->number;
        }
    }
    return -1;
}

static void expect_refused(const char *row, err e, const char *message)
{
    if (message == NULL)
        (void)EXPECT_ROW_OK(row, e);
    else
        EXPECT_ROW_ERR(row, e, ERR_CORRUPT, message);
}

/* What was kept, put back after each damage. */
static void put_back(const struct store_place *place, struct arena *a)
{
    (void)store_test_ask(place, a,
                         "DELETE FROM log_entry; DELETE FROM log_node;"
                         "DELETE FROM log_checkpoint;"
                         "INSERT INTO log_entry SELECT * FROM was_entry;"
                         "INSERT INTO log_node SELECT * FROM was_node;"
                         "INSERT INTO log_checkpoint"
                         " SELECT * FROM was_checkpoint;");
}

static void keep(const struct store_place *place, struct arena *a)
{
    (void)store_test_ask(place, a,
                         "CREATE TABLE was_entry AS SELECT * FROM log_entry;"
                         "CREATE TABLE was_node AS SELECT * FROM log_node;"
                         "CREATE TABLE was_checkpoint AS"
                         " SELECT * FROM log_checkpoint;");
}

/* Give what waits its index and sign it, then undo it: the next damage meets
 * the same log. */
static err try_to_sign(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint c;
    size_t done;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(tlog_sequence(tx, &KEY, 10, &anybody, &done));
    return tlog_checkpoint(tx, a, &KEY, AT, &c);
}

EACH_STORE_TEST(damage_is_found_and_nothing_is_signed_on_top_of_it)
{
    TEST_ARENA(kept, ARENA);
    TEST_STORE(s, place, &kept);

    if (!fill(s, &kept, 7))
        return;
    keep(place, &kept);
    for (size_t i = 0; i < COUNT(damages); i++) {
        const struct damage *d = &damages[i];
        TEST_ARENA(a, ARENA);
        int64_t size = -1;

        (void)store_test_ask(place, &a, d->sql);
        expect_refused(d->why, try_to_sign(s, &a), d->sequencing);
        err e = verify(s, &a, &size);
        EXPECT_ROW_ERR(d->why, e, ERR_CORRUPT, d->verifying);
        EXPECT_ROW(d->why, number_of(e, d->argument) == d->place);
        EXPECT_ROW(d->why, size == -1);
        put_back(place, &a);
        EXPECT_ROW_OK(d->why, verify(s, &a, &size));
    }
}

/* Whoever can write to the store can make another tree, but not sign it. */
EACH_STORE_TEST(a_tree_that_another_key_signed_is_not_continued)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    struct checkpoint c;
    int64_t size;

    EXPECT_OK(enter(s, &a, 0, 3));
    {
        scoped(tx_abort) struct tx *tx = NULL;
        size_t done;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(tlog_sequence(tx, &KEY, 10, &anybody, &done));
        EXPECT_OK(tlog_checkpoint(tx, &a, &OTHER_KEY, AT, &c));
        EXPECT_OK(tx_commit(&tx));
    }
    EXPECT_ERR(sequence(s, &a, 10, NULL, &c), ERR_CORRUPT, "tlog.damaged");
    EXPECT_ERR(verify(s, &a, &size), ERR_CORRUPT, "tlog.checkpoint");
}

EACH_STORE_TEST(an_older_checkpoint_that_was_changed_is_found_too)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    struct checkpoint c;
    int64_t size;

    if (!fill(s, &a, 2))
        return;
    EXPECT_OK(enter(s, &a, 2, 2));
    EXPECT_OK(sequence(s, &a, 10, NULL, &c));
    EXPECT_OK(verify(s, &a, &size));
    (void)store_test_ask(place, &a,
                         "UPDATE log_checkpoint SET note ="
                         " (SELECT max(note) FROM log_checkpoint"
                         "   WHERE size = 4) WHERE size = 2");
    err e = verify(s, &a, &size);
    EXPECT_ERR(e, ERR_CORRUPT, "tlog.checkpoint");
    EXPECT(number_of(e, "size") == 2);
}

/* --- a log of several pages -------------------------------------------- */

/* 500 is a page: whole pages of entries and of subtrees, and beyond. */
ONE_STORE_TEST(a_log_of_several_pages_verifies_to_its_last_entry, true)
{
    TEST_ARENA(a, (size_t)8 * ARENA);
    TEST_STORE(s, place, &a);
    static const struct {
        size_t more;
        int64_t size;
    } rows[] = { { 500, 500 }, { 1, 501 }, { 499, 1000 }, { 1, 1001 } };
    struct checkpoint c;
    int64_t size = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(enter(s, &a, (size_t)size, rows[i].more));
        EXPECT_OK(sequence(s, &a, 1000, NULL, &c));
        EXPECT_OK(verify(s, &a, &size));
        EXPECT(size == rows[i].size);
    }
    (void)store_test_ask(place, &a,
                         "UPDATE log_entry SET leaf = x'' WHERE idx = 1000");
    err e = verify(s, &a, &size);
    EXPECT_ERR(e, ERR_CORRUPT, "tlog.entry");
    EXPECT(number_of(e, "index") == 1000);
}
