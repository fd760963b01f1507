#include "merkle/tlog_proof.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "merkle/test_note.h"
#include "merkle/test_tree.h"

enum { ARENA = 32 << 20, LOG = 200, TREE = 300 };

#define ORIGIN "register.example/log"
#define HASH   "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
#define HEAD   "c2sp.org/tlog-proof@v1\n"

/* A log of TREE leaves, and what its readers trust. */
struct log {
    struct arena *arena;
    struct test_tree tree;
    const struct trust_policy *policy;
};

static const struct trust_policy *policy_of(struct arena *a, const char *quorum)
{
    const struct trust_policy *p = NULL;
    struct buf b;
    str text = S("");

    buf_init(&b, a, POLICY_BYTES_MAX);
    buf_str(&b, S("log "));
    buf_str(&b, test_vkey(a, NOTE_SIGNATURE, LOG, S(ORIGIN)));
    buf_str(&b, S("\nwitness w "));
    buf_str(&b, test_vkey(a, NOTE_COSIGNATURE, 1, S("w")));
    buf_printf(&b, "\nquorum %s\n", quorum);
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(policy_read(a, text, &p));
    return p;
}

static void log_init(struct log *l, struct arena *a)
{
    l->arena = a;
    test_tree_init(&l->tree, a, TREE);
    test_tree_grow(&l->tree, TREE);
    l->policy = policy_of(a, "none");
}

static str checkpoint_of(struct log *l, uint64_t size)
{
    struct hash root = { { 0 } };

    EXPECT_OK(merkle_root_read(&l->tree.source, size, &root));
    return test_checkpoint(l->arena, LOG, S(ORIGIN), (int64_t)size, &root);
}

static struct tlog_proof proof_of(struct log *l, uint64_t index, uint64_t size)
{
    struct tlog_proof p = { .index = index };

    EXPECT_OK(merkle_inclusion(&l->tree.source, index, size, &p.path));
    p.checkpoint = checkpoint_of(l, size);
    return p;
}

TEST(a_proof_reads_back_and_proves_its_entry_in_every_small_tree)
{
    for (uint64_t size = 1; size <= 20 && !test_failing(); size++) {
        for (uint64_t i = 0; i < size; i++) {
            TEST_ARENA(a, ARENA);
            struct log l;
            struct tlog_proof again = { 0 };
            struct policy_seen seen = { 0 };
            str text = S("");
            str second = S("");

            log_init(&l, &a);
            struct tlog_proof p = proof_of(&l, i, size);
            EXPECT_OK(tlog_proof_write(&a, &p, &text));
            EXPECT_OK(tlog_proof_read(&a, text, &again));
            EXPECT(again.index == i && again.path.n == p.path.n);
            EXPECT_STR(again.checkpoint, p.checkpoint);
            EXPECT_OK(tlog_proof_check(&a, &again, &l.tree.levels[0][i],
                                       l.policy, &seen));
            EXPECT(seen.body.size == size);
            EXPECT_OK(tlog_proof_write(&a, &again, &second));
            EXPECT_STR(second, text);
        }
    }
}

/* [TP2] around 256 too: another leaf, another place, another tree. */
TEST(a_proof_proves_nothing_else)
{
    static const struct {
        const char *why;
        uint64_t index;
        uint64_t leaf;
        uint64_t size;
    } rows[] = {
        { "another leaf", 255, 256, 257 },
        { "another place", 254, 255, 257 },
        { "another tree", 255, 255, 256 },
        { "a place beyond the tree", 257, 255, 257 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct log l;
        struct policy_seen seen = { 0 };

        log_init(&l, &a);
        struct tlog_proof p = proof_of(&l, 255, 257);
        EXPECT_OK(
            tlog_proof_check(&a, &p, &l.tree.levels[0][255], l.policy, &seen));
        p.index = rows[i].index;
        p.checkpoint = checkpoint_of(&l, rows[i].size);
        EXPECT_ROW_ERR(rows[i].why,
                       tlog_proof_check(&a, &p, &l.tree.levels[0][rows[i].leaf],
                                        l.policy, &seen),
                       ERR_INVALID, "proof.path");
    }
}

TEST(a_proof_without_enough_witnesses_is_refused)
{
    TEST_ARENA(a, ARENA);
    struct log l;
    struct policy_seen seen = { 0 };
    const struct trust_policy *strict = policy_of(&a, "w");

    log_init(&l, &a);
    struct tlog_proof p = proof_of(&l, 3, 10);
    EXPECT_ERR(tlog_proof_check(&a, &p, &l.tree.levels[0][3], strict, &seen),
               ERR_INVALID, "proof.quorum");
    p.checkpoint = test_cosign(&a, p.checkpoint, 1, S("w"), 77);
    EXPECT_OK(tlog_proof_check(&a, &p, &l.tree.levels[0][3], strict, &seen));
    EXPECT(seen.times[0] == 77 && seen.witnesses == 1);
}

TEST(extra_bytes_read_back_and_are_vouched_for_by_nobody)
{
    static const str rows[] = { S_INIT(""), S_INIT("x"), S_INIT("\0\xff") };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct tlog_proof p = { .has_extra = true,
                                .extra = rows[i],
                                .checkpoint = S("x") };
        struct tlog_proof again = { 0 };
        str text = S("");

        EXPECT_OK(tlog_proof_write(&a, &p, &text));
        EXPECT_OK(tlog_proof_read(&a, text, &again));
        EXPECT(again.has_extra);
        EXPECT_STR(again.extra, rows[i]);
    }
}

TEST(what_is_no_proof_is_refused_with_its_line)
{
    static const struct {
        const char *why;
        str text;
        int64_t line;
    } rows[] = {
        { "nothing", S_INIT(""), 1 },
        { "another format", S_INIT("c2sp.org/tlog-proof@v2\nindex 1\n\nx"), 1 },
        { "no newline", S_INIT("c2sp.org/tlog-proof@v1"), 1 },
        { "no index", S_INIT(HEAD), 2 },
        { "a word instead", S_INIT(HEAD "size 1\n\nx"), 2 },
        { "a zero before it", S_INIT(HEAD "index 01\n\nx"), 2 },
        { "a sign", S_INIT(HEAD "index -1\n\nx"), 2 },
        { "a blank at the end", S_INIT(HEAD "index 1 \n\nx"), 2 },
        { "2^62 + 1", S_INIT(HEAD "index 4611686018427387905\n\nx"), 2 },
        { "extra without index", S_INIT(HEAD "extra eA==\n\nx"), 3 },
        { "extra twice", S_INIT(HEAD "extra eA==\nextra eA==\nindex 1\n\nx"),
          3 },
        { "extra that is no base64", S_INIT(HEAD "extra !\nindex 1\n\nx"), 2 },
        { "a hash that is none", S_INIT(HEAD "index 1\n" HASH "\nx\n\nx"), 4 },
        { "a short hash", S_INIT(HEAD "index 1\neA==\n\nx"), 3 },
        { "no empty line", S_INIT(HEAD "index 1\n" HASH "\n"), 4 },
        { "carriage returns", S_INIT(HEAD "index 1\r\n\r\nx"), 2 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct tlog_proof p = { .index = 9 };
        err e = tlog_proof_read(&a, rows[i].text, &p);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "proof.form");
        EXPECT_ROW(rows[i].why, test_number(e, "line") == rows[i].line);
        EXPECT_ROW(rows[i].why, p.index == 9);
    }
}

static str with_hashes(struct arena *a, size_t n)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, TLOG_PROOF_BYTES_MAX);
    buf_str(&b, S(HEAD "index 1\n"));
    for (size_t i = 0; i < n; i++)
        buf_str(&b, S(HASH "\n"));
    buf_str(&b, S("\nx"));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_path_has_as_many_hashes_as_a_tree_can_be_deep)
{
    TEST_ARENA(a, ARENA);
    struct tlog_proof p = { 0 };

    EXPECT_OK(tlog_proof_read(&a, with_hashes(&a, MERKLE_PROOF_MAX), &p));
    EXPECT(p.path.n == MERKLE_PROOF_MAX);
    EXPECT_ERR(tlog_proof_read(&a, with_hashes(&a, MERKLE_PROOF_MAX + 1), &p),
               ERR_INVALID, "proof.form");
}

/* Whatever byte is altered: it is refused, or is not in what was signed or
 * proved. */
TEST(no_altered_proof_proves_its_entry)
{
    TEST_ARENA(kept, ARENA);
    struct log l;
    str text = S("");
    char bytes[2000];

    log_init(&l, &kept);
    struct tlog_proof p = proof_of(&l, 3, 10);
    EXPECT_OK(tlog_proof_write(&kept, &p, &text));
    EXPECT(text.n < sizeof bytes);
    for (size_t i = 0; i < text.n; i++) {
        TEST_ARENA(a, 1 << 20);
        struct tlog_proof q = { 0 };
        struct policy_seen seen;

        memcpy(bytes, text.p, text.n);
        bytes[i] ^= 1;
        err e = tlog_proof_read(&a, (str){ bytes, text.n }, &q);
        if (!failed(e))
            e = tlog_proof_check(&a, &q, &l.tree.levels[0][3], l.policy, &seen);
        EXPECT(failed(e));
    }
}

static err read_and_check(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct log *l = context;
    struct tlog_proof p = { .has_extra = true, .extra = S("x") };
    struct tlog_proof again;
    struct policy_seen seen;
    str text;

    arena_init(&a, h, 1 << 20);
    TRY(merkle_inclusion(&l->tree.source, 3, 10, &p.path));
    p.index = 3;
    p.checkpoint = checkpoint_of(l, 10);
    TRY(tlog_proof_write(&a, &p, &text));
    TRY(tlog_proof_read(&a, text, &again));
    return tlog_proof_check(&a, &again, &l->tree.levels[0][3], l->policy,
                            &seen);
}

TEST(proofs_survive_every_failed_allocation)
{
    TEST_ARENA(a, (size_t)64 << 20);
    struct log l;

    log_init(&l, &a);
    EXPECT(test_every_allocation_fails(read_and_check, NULL, &l) > 0);
}
