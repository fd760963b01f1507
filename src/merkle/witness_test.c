#include "merkle/witness.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "merkle/cosignature.h"
#include "merkle/test_note.h"
#include "merkle/test_tree.h"

enum { ARENA = 16 << 20, LOG = 200, TREE = 600 };

#define ORIGIN "register.example/log"
#define HASH   "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

/* --- the request ------------------------------------------------------ */

TEST(a_request_reads_back)
{
    static const size_t sizes[] = { 0, 1, 62, MERKLE_PROOF_MAX };

    for (size_t i = 0; i < COUNT(sizes); i++) {
        TEST_ARENA(a, ARENA);
        struct witness_request r = { .old_size = 7, .note = S("note\n") };
        struct witness_request again = { 0 };
        str text = S("");

        r.proof.n = sizes[i];
        EXPECT_OK(witness_write(&a, &r, &text));
        EXPECT_OK(witness_read(&a, text, &again));
        EXPECT(again.old_size == 7 && again.proof.n == sizes[i]);
        EXPECT_STR(again.note, S("note\n"));
    }
}

TEST(what_is_no_request_is_refused_with_its_line)
{
    static const struct {
        const char *why;
        str body;
        int64_t line;
    } rows[] = {
        { "nothing", S_INIT(""), 1 },
        { "no newline", S_INIT("old 1"), 1 },
        { "another word", S_INIT("new 1\n\nx"), 1 },
        { "two blanks", S_INIT("old  1\n\nx"), 1 },
        { "a zero before it", S_INIT("old 01\n\nx"), 1 },
        { "below zero", S_INIT("old -1\n\nx"), 1 },
        { "2^62 + 1", S_INIT("old 4611686018427387905\n\nx"), 1 },
        { "no empty line", S_INIT("old 1\n" HASH "\n"), 3 },
        { "no hash", S_INIT("old 1\nx\n\nx"), 2 },
        { "a short hash", S_INIT("old 1\n" HASH "\neA==\n\nx"), 3 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct witness_request r = { .old_size = 9 };
        err e = witness_read(&a, rows[i].body, &r);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "witness.form");
        EXPECT_ROW(rows[i].why, test_number(e, "line") == rows[i].line);
        EXPECT_ROW(rows[i].why, r.old_size == 9);
    }
}

TEST(a_request_has_at_most_63_lines_of_proof)
{
    TEST_ARENA(a, ARENA);
    struct witness_request r = { 0 };
    struct buf b;
    str text = S("");

    buf_init(&b, &a, NOTE_BYTES_MAX);
    buf_str(&b, S("old 1\n"));
    for (int i = 0; i < 64; i++)
        buf_str(&b, S(HASH "\n"));
    buf_str(&b, S("\nx"));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_ERR(witness_read(&a, text, &r), ERR_INVALID, "witness.form");
}

/* --- an exchange ------------------------------------------------------ */

static const struct trust_policy *logs(struct arena *a)
{
    const struct trust_policy *p = NULL;
    str text = test_join(a, S("quorum none\nlog "),
                         test_vkey(a, NOTE_SIGNATURE, LOG, S(ORIGIN)));

    EXPECT_OK(policy_read(a, text, &p));
    return p;
}

/* What is sent: the proof from `proof_from`, said to be from `old`, of the
 * tree of `size`; the witness has cosigned `newest`. */
struct exchange {
    const char *why;
    uint64_t newest;
    uint64_t old;
    uint64_t proof_from;
    uint64_t size;
    enum witness_verdict says;
};

static enum witness_verdict ask(const struct test_tree *t,
                                const struct exchange *x)
{
    struct witness_request r = { .old_size = x->old };
    struct checkpoint_body asked = { .size = x->size };
    struct checkpoint_body newest = { .size = x->newest };

    EXPECT_OK(merkle_root_read(&t->source, x->size, &asked.root));
    EXPECT_OK(merkle_root_read(&t->source, x->newest, &newest.root));
    EXPECT_OK(merkle_consistency(&t->source, x->proof_from, x->size, &r.proof));
    return witness_judge(&r, &asked, &newest);
}

/* [WI1] [WI2] both sides of each. */
TEST(a_witness_cosigns_what_continues_and_nothing_else)
{
    static const struct exchange rows[] = {
        { "the first it sees", 0, 0, 0, 5, WITNESS_COSIGNS },
        { "of nothing", 0, 0, 0, 0, WITNESS_COSIGNS },
        { "the next", 5, 5, 5, 6, WITNESS_COSIGNS },
        { "one far on", 5, 5, 5, 600, WITNESS_COSIGNS },
        { "over a full tile", 255, 255, 255, 257, WITNESS_COSIGNS },
        { "from a full tile", 256, 256, 256, 257, WITNESS_COSIGNS },
        { "the same again", 5, 5, 5, 5, WITNESS_COSIGNS },
        { "one that is older than old", 5, 6, 5, 5, WITNESS_MALFORMED },
        { "an older one", 5, 5, 3, 4, WITNESS_MALFORMED },
        { "one it had before", 5, 4, 4, 4, WITNESS_CONFLICT },
        { "as if it were the first", 5, 0, 0, 6, WITNESS_CONFLICT },
        { "from a size it has not seen", 5, 6, 6, 7, WITNESS_CONFLICT },
        { "from one it has left behind", 5, 4, 4, 7, WITNESS_CONFLICT },
        { "a proof from elsewhere", 5, 5, 4, 9, WITNESS_UNPROVED },
        { "no proof", 5, 5, 0, 9, WITNESS_UNPROVED },
        { "a proof where none belongs", 0, 0, 3, 9, WITNESS_UNPROVED },
        { "a proof of the same", 5, 5, 3, 5, WITNESS_UNPROVED },
    };
    TEST_ARENA(a, ARENA);
    struct test_tree t;

    test_tree_init(&t, &a, TREE);
    test_tree_grow(&t, TREE);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, ask(&t, &rows[i]) == rows[i].says);
}

/* [WI1] Two trees of one size, and a tree that begins otherwise. */
TEST(a_fork_is_not_cosigned)
{
    TEST_ARENA(a, ARENA);
    struct test_tree t;
    struct checkpoint_body newest = { .size = 5, .root = { { 1 } } };
    struct checkpoint_body asked = { .size = 5 };
    struct witness_request r = { .old_size = 5 };

    test_tree_init(&t, &a, TREE);
    test_tree_grow(&t, TREE);
    EXPECT_OK(merkle_root_read(&t.source, 5, &asked.root));
    EXPECT(witness_judge(&r, &asked, &newest) == WITNESS_CONFLICT);
    asked.size = 9;
    EXPECT_OK(merkle_root_read(&t.source, 9, &asked.root));
    EXPECT_OK(merkle_consistency(&t.source, 5, 9, &r.proof));
    EXPECT(witness_judge(&r, &asked, &newest) == WITNESS_UNPROVED);
    EXPECT_OK(merkle_root_read(&t.source, 5, &newest.root));
    EXPECT(witness_judge(&r, &asked, &newest) == WITNESS_COSIGNS);
}

/* --- whose it is ------------------------------------------------------ */

static enum witness_verdict open(struct arena *a, str note)
{
    struct witness_asked asked = { 0 };
    enum witness_verdict v = 0;

    EXPECT_OK(witness_open(a, logs(a), note, &asked, &v));
    EXPECT((v == WITNESS_COSIGNS) == (asked.line.n > 0));
    return v;
}

TEST(only_a_log_that_is_known_and_has_signed_is_heard)
{
    TEST_ARENA(a, (size_t)4 * ARENA);
    struct hash root = { { 5 } };
    str own = test_checkpoint(&a, LOG, S(ORIGIN), 3, &root);
    str next = test_checkpoint(&a, LOG, S(ORIGIN), 4, &root);
    size_t lines = str_find(own, S("\n\n"));

    EXPECT(open(&a, own) == WITNESS_COSIGNS);
    EXPECT(open(&a, test_cosign(&a, own, 1, S("w"), 5)) == WITNESS_COSIGNS);
    EXPECT(open(&a, test_checkpoint(&a, LOG, S("x"), 3, &root)) ==
           WITNESS_UNKNOWN);
    EXPECT(open(&a, test_checkpoint(&a, 9, S(ORIGIN), 3, &root)) ==
           WITNESS_UNSIGNED);
    /* the signature of three under the text of four */
    EXPECT(open(&a, test_join(&a, str_first(next, str_find(next, S("\n\n"))),
                              str_from(own, lines))) == WITNESS_UNSIGNED);
    EXPECT(open(&a, S("")) == WITNESS_MALFORMED);
    EXPECT(open(&a, str_first(own, lines + 1)) == WITNESS_MALFORMED);
    EXPECT(open(&a, S("x\n1\n\n\xe2\x80\x94 x AAAAAAAA\n")) ==
           WITNESS_MALFORMED);
}

static err read_and_open(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct witness_request r;
    struct witness_asked asked;
    enum witness_verdict v;
    const void *const *c = context;
    str text;

    arena_init(&a, h, 1 << 20);
    TRY(witness_read(&a, *(const str *)c[0], &r));
    TRY(witness_open(&a, c[1], r.note, &asked, &v));
    return witness_write(&a, &r, &text);
}

TEST(requests_survive_every_failed_allocation)
{
    TEST_ARENA(a, ARENA);
    struct hash root = { { 5 } };
    str body = test_join(&a, S("old 1\n" HASH "\n\n"),
                         test_checkpoint(&a, LOG, S(ORIGIN), 3, &root));
    const void *context[2] = { &body, logs(&a) };

    EXPECT(test_every_allocation_fails(read_and_open, NULL, context) > 0);
}

/* --- what a log makes of the answer ------------------------------------ */

TEST(the_size_of_a_conflict_is_one_line_and_nothing_else)
{
    static const struct {
        const char *why;
        str body;
        bool read;
        uint64_t size;
    } rows[] = {
        { "none at all", S_INIT(""), false, 0 },
        { "nothing was seen", S_INIT("0\n"), true, 0 },
        { "a size", S_INIT("20852014\n"), true, 20852014 },
        { "2^62", S_INIT("4611686018427387904\n"), true,
          UINT64_C(4611686018427387904) },
        { "2^62 + 1", S_INIT("4611686018427387905\n"), false, 0 },
        { "no newline", S_INIT("7"), false, 0 },
        { "two lines", S_INIT("7\n8\n"), false, 0 },
        { "a zero before it", S_INIT("07\n"), false, 0 },
        { "a blank after it", S_INIT("7 \n"), false, 0 },
        { "below zero", S_INIT("-7\n"), false, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t size = 0;

        EXPECT_ROW(rows[i].why,
                   witness_read_size(rows[i].body, &size) == rows[i].read);
        EXPECT_ROW(rows[i].why, size == rows[i].size);
    }
}

/* Among others' lines the one that was asked for; without it there is none. */
TEST(of_the_lines_that_are_answered_the_witness_s_own_is_taken)
{
    static const uint8_t seeds[2][SIGN_SEED_BYTES] = { { 1 }, { 2 } };
    scoped(sign_key_end) struct sign_key own = { 0 };
    scoped(sign_key_end) struct sign_key other = { 0 };
    const str text = S("register.example/log\n1\nx\n");
    struct note_key key = { 0 };
    str first = S("");
    str second = S("");
    str line = S("untouched");
    str lines = S("");
    int64_t time = 0;
    struct buf b;
    TEST_ARENA(a, ARENA);

    sign_key_of_seed(seeds[0], &own);
    sign_key_of_seed(seeds[1], &other);
    EXPECT_OK(
        note_key_of(&a, NOTE_COSIGNATURE, S("w.example"), own.public, &key));
    EXPECT_OK(cosignature_make(&a, text, S("o.example"), &other, 6, &first));
    EXPECT_OK(cosignature_make(&a, text, S("w.example"), &own, 7, &second));
    EXPECT_ERR(witness_read_line(&a, first, text, &key, &line, &time),
               ERR_INVALID, "note.unsigned");
    EXPECT_ERR(witness_read_line(&a, second, S("y\n"), &key, &line, &time),
               ERR_INVALID, "note.signature");
    EXPECT_STR(line, S("untouched"));

    buf_init(&b, &a, 1000);
    buf_str(&b, first);
    buf_str(&b, second);
    EXPECT_OK(buf_done(&b, &lines));
    EXPECT_OK(witness_read_line(&a, lines, text, &key, &line, &time));
    EXPECT_STR(line, second);
    EXPECT(time == 7);
}

/* SHA-256, in hexadecimal. */
TEST(a_witness_keeps_a_log_under_the_hash_of_its_origin)
{
    TEST_ARENA(a, ARENA);
    str name = S("");

    EXPECT_OK(witness_log_name(&a, S(""), &name));
    EXPECT_STR(name, S("e3b0c44298fc1c149afbf4c8996fb924"
                       "27ae41e4649b934ca495991b7852b855"));
}
