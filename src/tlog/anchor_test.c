/* What a store that was restored from an old copy is found out by. [T2] [T3]
 * [AN1]-[AN3] */
#include "tlog/anchor.h"

#include "base/arena.h"
#include "base/size.h"
#include "store/log.h"
#include "store/store_test_env.h"
#include "sys/files_fault.h"
#include "tlog/tlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARENA = 16 << 20, AT = 1000 };

#define ORIGIN S_INIT("register.example/log")

/* A log and its anchor, beside each other. */
struct kept_log {
    struct file_ops files;
    struct tlog_anchor anchor;
    struct tlog_key key;
};

static void begin(struct kept_log *l, struct arena *a)
{
    char path[TEST_PATH];

    test_place(path, "anchor");
    int fd = mkstemp(path);
    *l = (struct kept_log){ .files = FILE_SYSTEM };
    EXPECT(fd >= 0 && close(fd) == 0 && unlink(path) == 0);
    EXPECT(arena_str(a, str_of(path), &l->anchor.path));
    l->anchor.files = &l->files;
    l->key = (struct tlog_key){ ORIGIN, { 7 }, &l->anchor, NULL, NULL, 0 };
}

static void end(struct kept_log *l)
{
    if (l->anchor.path.p != NULL)
        (void)unlink(l->anchor.path.p);
}

#define KEPT_LOG(name, arena)                                                  \
    scoped(end) struct kept_log name;                                          \
    begin(&(name), (arena))

static err take_any(struct tx *, const struct log_pending_row *, int64_t,
                    void *)
{
    return OK;
}

static const struct tlog_taker anybody = { take_any, NULL };

/* Enter `n` leaves, which begin with `letter`, and give them indices. */
static err grow(struct store *s, struct arena *a, const struct kept_log *l,
                char letter, int n)
{
    scoped(tx_abort) struct tx *tx = NULL;
    size_t done;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    for (int i = 0; i < n; i++) {
        char leaf[32];
        int used = snprintf(leaf, sizeof leaf, "%c%d", letter, i);

        TRY(tlog_enter(tx, AT, S("case/x"), (str){ leaf, (size_t)used }));
    }
    TRY(tlog_sequence(tx, &l->key, 1000, &anybody, &done));
    return tx_commit(&tx);
}

static err sign(struct store *s, struct arena *a, const struct kept_log *l)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint c;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(tlog_checkpoint(tx, a, &l->key, AT, &c));
    return tx_commit(&tx);
}

static err verify(struct store *s, struct arena *a, const struct kept_log *l)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t size;

    TRY(tx_begin(s, a, TX_READ, &tx));
    return tlog_verify(tx, &l->key, &size);
}

static struct checkpoint_body known(struct arena *a, const struct kept_log *l)
{
    struct checkpoint_body body = { .size = 99 };
    struct note_key own;
    str vkey;
    bool found;

    EXPECT_OK(tlog_vkey(a, &l->key, &vkey));
    EXPECT_OK(note_key_parse(a, vkey, &own));
    EXPECT_OK(anchor_read(&l->anchor, a, &l->key, &body, &found));
    return found ? body : (struct checkpoint_body){ .size = 99 };
}

/* What the store was when it had two entries, and when it had none. */
#define BACK_TO_TWO                                                            \
    "DELETE FROM log_checkpoint WHERE size > 2;"                               \
    "DELETE FROM log_entry WHERE idx >= 2;"                                    \
    "DELETE FROM log_node WHERE (level = 0 AND idx >= 2)"                      \
    " OR (level = 1 AND idx >= 1) OR level > 1;"
#define BACK_TO_NONE                                                           \
    "DELETE FROM log_checkpoint; DELETE FROM log_entry; DELETE FROM log_node;"

EACH_STORE_TEST(what_is_signed_is_known_outside_of_the_store)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);

    EXPECT(known(&a, &l).size == 99);
    EXPECT_OK(grow(s, &a, &l, 'x', 3));
    EXPECT(known(&a, &l).size == 99); /* [AN1] indices alone are no signature */
    EXPECT_OK(sign(s, &a, &l));
    EXPECT(known(&a, &l).size == 3);
    EXPECT_OK(grow(s, &a, &l, 'y', 1));
    EXPECT_OK(sign(s, &a, &l));
    EXPECT(known(&a, &l).size == 4);
    EXPECT_OK(verify(s, &a, &l));
}

EACH_STORE_TEST(a_store_that_was_restored_from_an_old_copy_signs_nothing)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);

    EXPECT_OK(grow(s, &a, &l, 'x', 2));
    EXPECT_OK(sign(s, &a, &l));
    EXPECT_OK(grow(s, &a, &l, 'y', 2));
    EXPECT_OK(sign(s, &a, &l));
    (void)store_test_ask(place, &a, BACK_TO_TWO);
    EXPECT_ERR(grow(s, &a, &l, 'z', 1), ERR_CORRUPT, "tlog.restored");
    EXPECT_ERR(sign(s, &a, &l), ERR_CORRUPT, "tlog.restored");
    EXPECT_ERR(verify(s, &a, &l), ERR_CORRUPT, "tlog.restored");
    EXPECT(store_test_count(place, "SELECT max(size) FROM log_checkpoint") ==
           2);
    EXPECT(known(&a, &l).size == 4);
}

/* As many entries as were signed, and more, but others. */
EACH_STORE_TEST(a_log_that_went_another_way_signs_nothing)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);
    struct kept_log forgetful = { .key = { .origin = ORIGIN, .seed = { 7 } } };

    for (int more = 0; more < 2; more++) {
        EXPECT_OK(grow(s, &a, &l, 'x', 2));
        EXPECT_OK(sign(s, &a, &l));
        (void)store_test_ask(place, &a, BACK_TO_NONE);
        /* whoever has the key and no memory goes on */
        EXPECT_OK(grow(s, &a, &forgetful, 'z', 2 + more));
        EXPECT_OK(sign(s, &a, &forgetful));
        EXPECT_ERR(grow(s, &a, &l, 'z', 1), ERR_CORRUPT, "tlog.forked");
        EXPECT_ERR(sign(s, &a, &l), ERR_CORRUPT, "tlog.forked");
        EXPECT_ERR(verify(s, &a, &l), ERR_CORRUPT, "tlog.forked");
        (void)store_test_ask(place, &a, BACK_TO_NONE);
        end(&l);
    }
}

/* [AN1] The power fails after the anchor was written, before the store has the
 * checkpoint: it signs the same once more. */
EACH_STORE_TEST(a_checkpoint_that_was_broken_off_is_signed_again)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);

    EXPECT_OK(grow(s, &a, &l, 'x', 3));
    {
        scoped(tx_abort) struct tx *tx = NULL;
        struct checkpoint c;

        EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
        EXPECT_OK(tlog_checkpoint(tx, &a, &l.key, AT, &c));
    }
    EXPECT(known(&a, &l).size == 3);
    EXPECT(store_test_count(place, "SELECT count(*) FROM log_checkpoint") == 0);
    EXPECT_OK(sign(s, &a, &l));
    EXPECT_OK(grow(s, &a, &l, 'y', 1));
    EXPECT_OK(sign(s, &a, &l));
    EXPECT_OK(verify(s, &a, &l));
}

/* Several machines keep one store: one of them has an older anchor. */
EACH_STORE_TEST(an_anchor_that_is_behind_is_brought_up_to_date)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);
    struct kept_log elsewhere = { .key = { .origin = ORIGIN, .seed = { 7 } } };

    EXPECT_OK(grow(s, &a, &l, 'x', 2));
    EXPECT_OK(sign(s, &a, &l));
    EXPECT_OK(grow(s, &a, &elsewhere, 'y', 2));
    EXPECT_OK(sign(s, &a, &elsewhere));
    EXPECT_OK(grow(s, &a, &l, 'z', 1));
    EXPECT_OK(sign(s, &a, &l));
    EXPECT(known(&a, &l).size == 5);
}

/* [AN3] */
EACH_STORE_TEST(an_anchor_that_the_key_has_not_signed_stops_the_log)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);
    static const str rows[] = {
        S_INIT(""),
        S_INIT("nonsense\n"),
        S_INIT("register.example/log\n0\n"
               "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n"
               "\xe2\x80\x94 register.example/log AAAAAAAAAAAA\n"),
    };

    EXPECT_OK(grow(s, &a, &l, 'x', 1));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(anchor_keep(&l.anchor, &a, rows[i]));
        EXPECT_ROW_ERR(rows[i].p, sign(s, &a, &l), ERR_CORRUPT, "tlog.anchor");
    }
    struct kept_log other = l;
    other.key.seed[0] = 8;
    EXPECT(unlink(l.anchor.path.p) == 0);
    EXPECT_OK(sign(s, &a, &l));
    EXPECT_ERR(grow(s, &a, &other, 'y', 1), ERR_CORRUPT, "tlog.anchor");
}

/* What cannot be kept is not signed, whichever call to the system fails. */
ONE_STORE_TEST(nothing_is_published_that_could_not_be_kept, true)
{
    TEST_ARENA(a, (size_t)4 * ARENA);
    TEST_STORE(s, place, &a);
    KEPT_LOG(l, &a);
    struct file_fault fault;
    long n = 0;

    EXPECT_OK(grow(s, &a, &l, 'x', 1));
    do {
        file_fault_init(&fault, ++n, false, 5);
        l.anchor.files = &fault.ops;
        err e = sign(s, &a, &l);
        if (fault.injected == 0)
            EXPECT_OK(e);
        else
            EXPECT(failed(e) ==
                   (store_test_count(place, "SELECT count(*) FROM"
                                            " log_checkpoint") == 0));
    } while (fault.injected > 0 && n < 100 && !test_failing());
    EXPECT(n > 5);
    l.anchor.files = &l.files;
    EXPECT_OK(verify(s, &a, &l));
}
