#include "store/log.h"

#include "base/arena.h"
#include "store/jobs.h"
#include "store/store_test_env.h"

static struct log_entry_row entry(int64_t index)
{
    return (struct log_entry_row){
        .index = index,
        .at = 50 + index,
        .subject = index % 2 == 0 ? S("certificate/A") : S("certificate/B"),
        .leaf = S("{\"type\":\"certificate\"}\0\xFF"),
        .leaf_hash = { { (uint8_t)(index % 3) } },
    };
}

/* [LG1] */
EACH_STORE_TEST(leaves_wait_in_order_until_they_are_taken)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_pending_row p = { .at = 1, .subject = S("x"), .leaf = S("1") };
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(log_pending_add(tx, &p));
    p.leaf = S("2\0");
    EXPECT_OK(log_pending_add(tx, &p));
    EXPECT_OK(log_pending_list(tx, &a, 0, 1, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(log_pending_list(tx, &a, 0, 9, &l));
    const struct log_pending_row *got = l.p;
    EXPECT(l.n == 2 && got[0].id < got[1].id && got[0].at == 1);
    EXPECT_STR(got[0].leaf, S("1"));
    EXPECT_STR(got[1].leaf, S("2\0"));
    int64_t first = got[0].id;
    EXPECT_OK(log_pending_remove(tx, first));
    EXPECT_ERR(log_pending_remove(tx, first), ERR_CONFLICT, "store.changed");
    EXPECT_OK(log_pending_list(tx, &a, 0, 9, &l));
    EXPECT(l.n == 1);
}

EACH_STORE_TEST(leaves_that_wait_are_found_by_subject_and_page)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const str subjects[] = { S_INIT("x"), S_INIT("y"), S_INIT("x") };
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (size_t i = 0; i < 3; i++) {
        struct log_pending_row p = { .subject = subjects[i], .leaf = S("1") };

        EXPECT_OK(log_pending_add(tx, &p));
    }
    EXPECT_OK(log_pending_list(tx, &a, 0, 2, &l));
    EXPECT(l.n == 2);
    int64_t second = ((struct log_pending_row *)l.p)[1].id;
    EXPECT_OK(log_pending_list(tx, &a, second, 2, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(log_pending_list_of_subject(tx, &a, S("x"), 0, 9, &l));
    EXPECT(l.n == 2);
    EXPECT_OK(log_pending_list_of_subject(tx, &a, S("x"), second, 9, &l));
    EXPECT(l.n == 1 && ((struct log_pending_row *)l.p)[0].id > second);
    EXPECT_OK(log_pending_list_of_subject(tx, &a, S("z"), 0, 9, &l));
    EXPECT(l.n == 0);
}

/* A bundle has 16 bits for the length of a leaf: both sides of that. */
EACH_STORE_TEST(a_leaf_fits_a_bundle_or_is_refused)
{
    TEST_ARENA(a, 4 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_pending_row p = { .subject = S("x") };
    struct list l;

    p.leaf = (str){ arena_zero(&a, 65536), 65536 };
    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_ERR(log_pending_add(tx, &p), ERR_LIMIT, "log.leaf");
    p.leaf.n = 65535;
    EXPECT_OK(log_pending_add(tx, &p));
    EXPECT_OK(log_pending_list(tx, &a, 0, 9, &l));
    EXPECT(l.n == 1);
    EXPECT_STR(((struct log_pending_row *)l.p)->leaf, p.leaf);
}

/* [LG2] */
EACH_STORE_TEST(entries_are_found_by_index_hash_and_subject)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_entry_row got;
    int64_t size = -1;
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(log_size(tx, &size));
    EXPECT(size == 0);
    for (int64_t i = 0; i < 5; i++) {
        struct log_entry_row e = entry(i);
        EXPECT_OK(log_entry_add(tx, &e));
    }
    EXPECT_OK(log_size(tx, &size));
    EXPECT(size == 5);
    EXPECT_OK(log_entry_list(tx, &a, 3, 9, &l));
    const struct log_entry_row *rows = l.p;
    EXPECT(l.n == 2 && rows[0].index == 3 && rows[0].at == 53);
    EXPECT_STR(rows[0].leaf, entry(3).leaf);
    EXPECT_OK(log_entry_by_hash(tx, &a, &(struct hash){ { 1 } }, 0, &got));
    EXPECT(got.index == 1);
    EXPECT_ERR(log_entry_by_hash(tx, &a, &(struct hash){ { 9 } }, 0, &got),
               ERR_NOT_FOUND, "store.missing");
    EXPECT_OK(log_entry_list_of_subject(tx, &a, S("certificate/B"), 2, 9, &l));
    EXPECT(l.n == 1 && ((struct log_entry_row *)l.p)->index == 3);
    EXPECT_OK(log_entry_list_back(tx, &a, 3, 2, &l));
    EXPECT(l.n == 2 && ((struct log_entry_row *)l.p)->index == 2);
    EXPECT_OK(log_entry_list_back(tx, &a, 0, 2, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(log_entry_list_back_of_subject(tx, &a, S("certificate/B"),
                                             INT64_MAX, 1, &l));
    EXPECT(l.n == 1 && ((struct log_entry_row *)l.p)->index == 3);
    EXPECT_OK(
        log_entry_list_back_of_subject(tx, &a, S("certificate/B"), 3, 9, &l));
    EXPECT(l.n == 1 && ((struct log_entry_row *)l.p)->index == 1);

    got = entry(4);
    EXPECT_ERR(log_entry_add(tx, &got), ERR_CONFLICT, "store.constraint");
}

/* [LG2] Numbers 1 and 4 have one hash. */
EACH_STORE_TEST(entries_of_the_same_leaf_are_told_apart_by_their_order)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_entry_row got;
    const struct hash twin = { { 1 } };
    const struct hash none = { { 9 } };
    int64_t n = -1;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (int64_t i = 0; i < 5; i++) {
        struct log_entry_row e = entry(i);
        EXPECT_OK(log_entry_add(tx, &e));
    }
    EXPECT_OK(log_entry_by_hash(tx, &a, &twin, 0, &got));
    EXPECT(got.index == 1);
    EXPECT_OK(log_entry_by_hash(tx, &a, &twin, 1, &got));
    EXPECT(got.index == 4);
    EXPECT_ERR(log_entry_by_hash(tx, &a, &twin, 2, &got), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_OK(log_entry_count_of_hash(tx, &twin, &n));
    EXPECT(n == 2);
    EXPECT_OK(log_entry_count_of_hash(tx, &none, &n));
    EXPECT(n == 0);
}

EACH_STORE_TEST(nodes_and_checkpoints_are_kept_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct log_checkpoint_row c = { .size = 0, .note = S("origin\n0\n") };
    struct list l;
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (uint8_t i = 0; i < 3; i++)
        EXPECT_OK(log_node_add(tx, 1, i, &(struct hash){ { i } }));
    EXPECT_OK(log_node_add(tx, 2, 0, &(struct hash){ { 9 } }));
    EXPECT_OK(log_node_list(tx, &a, 1, 1, 9, &l));
    EXPECT(l.n == 2 && ((struct hash *)l.p)->b[0] == 1);

    EXPECT_OK(log_checkpoint_last(tx, &a, &c, &found));
    EXPECT(!found);
    EXPECT_OK(log_checkpoint_add(tx, &c));
    c = (struct log_checkpoint_row){ .size = 5, .note = S("five"), .at = 8 };
    c.root.b[0] = 5;
    EXPECT_OK(log_checkpoint_add(tx, &c));
    EXPECT_OK(log_checkpoint_last(tx, &a, &c, &found));
    EXPECT(found && c.size == 5 && c.root.b[0] == 5 && c.at == 8);
    EXPECT_OK(log_checkpoint_get(tx, &a, 0, &c));
    EXPECT_STR(c.note, S("origin\n0\n"));
    EXPECT_ERR(log_checkpoint_get(tx, &a, 4, &c), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_OK(log_checkpoint_covering(tx, &a, 4, &c));
    EXPECT(c.size == 5);
    EXPECT_ERR(log_checkpoint_covering(tx, &a, 5, &c), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_ERR(log_node_add(tx, 2, 0, &(struct hash){ { 8 } }), ERR_CONFLICT,
               "store.constraint");
}

/* [JB1] [JB2] */
EACH_STORE_TEST(a_job_is_leased_until_it_is_done)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t due = 0;
    bool found = true;
    struct list l;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(job_next_due(tx, &due, &found));
    EXPECT(!found);
    EXPECT_OK(job_add(tx, S("pdf"), S("{}"), 20));
    EXPECT_OK(job_add(tx, S("mail"), S("{}"), 10));
    EXPECT_OK(job_next_due(tx, &due, &found));
    EXPECT(found && due == 10);

    EXPECT_OK(job_take(tx, &a, 9, 100, 9, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(job_take(tx, &a, 20, 100, 1, &l));
    const struct job_row *j = l.p;
    EXPECT(l.n == 1 && j->tries == 1 && j->due == 100);
    EXPECT_STR(j->kind, S("mail"));
    int64_t mail = j->id;
    EXPECT_OK(job_take(tx, &a, 20, 100, 9, &l));
    EXPECT(l.n == 1);
    int64_t pdf = ((struct job_row *)l.p)->id;
    EXPECT_OK(job_take(tx, &a, 99, 200, 9, &l));
    EXPECT(l.n == 0);

    EXPECT_OK(job_done(tx, mail));
    EXPECT_ERR(job_done(tx, mail), ERR_CONFLICT, "store.changed");
    EXPECT_OK(job_take(tx, &a, 100, 200, 9, &l)); /* its worker died */
    EXPECT(l.n == 1 && ((struct job_row *)l.p)->tries == 2);
    EXPECT_OK(job_again(tx, pdf, 300, S("no font")));
    EXPECT_OK(job_list(tx, &a, JOB_WAITING, 0, 9, &l));
    EXPECT(l.n == 1 && ((struct job_row *)l.p)->due == 300);
    EXPECT_STR(((struct job_row *)l.p)->last_error, S("no font"));
    EXPECT_OK(job_give_up(tx, pdf, 300, S("still no font")));
    EXPECT_OK(job_next_due(tx, &due, &found));
    EXPECT(!found);
    EXPECT_OK(job_take(tx, &a, 400, 500, 9, &l));
    EXPECT(l.n == 0);
    EXPECT_OK(job_list(tx, &a, JOB_GIVEN_UP, 0, 9, &l));
    EXPECT(l.n == 1);
}
