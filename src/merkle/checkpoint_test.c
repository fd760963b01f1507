#include "merkle/checkpoint.h"

#include "base/size.h"
#include "base/test.h"
#include "merkle/tree.h"

#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

/* The example of c2sp.org/tlog-checkpoint. */
TEST(the_example_of_the_specification_reads_and_writes_back)
{
    static const str text =
        S_INIT("example.com/behind-the-sofa\n20852163\n" ROOT "\n");
    TEST_ARENA(a, 1 << 20);
    struct checkpoint_body c = { 0 };
    str again = S("");

    EXPECT_OK(checkpoint_read(&a, text, &c));
    EXPECT_STR(c.origin, S("example.com/behind-the-sofa"));
    EXPECT(c.size == 20852163);
    EXPECT(c.root.b[0] == 0x0a && c.root.b[1] == 0xc5 && c.root.b[31] == 0x62);
    EXPECT_STR(c.extensions, S(""));
    EXPECT_OK(checkpoint_write(&a, &c, &again));
    EXPECT_STR(again, text);
}

TEST(sizes_and_extensions_read_and_write_back)
{
    static const str rows[] = {
        S_INIT("x\n0\n" ROOT "\n"),
        S_INIT("x\n1\n" ROOT "\n"),
        S_INIT("x\n10\n" ROOT "\n"),
        S_INIT("x\n4611686018427387904\n" ROOT "\n"), /* 2^62 */
        S_INIT("x\n1\n" ROOT "\nan extension\n"),
        S_INIT("x\n1\n" ROOT "\none\ntwo\n"),
        S_INIT("认证机构 日志\n1\n" ROOT "\n"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct checkpoint_body c = { 0 };
        str again = S("");

        EXPECT_ROW_OK(rows[i].p, checkpoint_read(&a, rows[i], &c));
        EXPECT_ROW_OK(rows[i].p, checkpoint_write(&a, &c, &again));
        EXPECT_ROW_STR(rows[i].p, again, rows[i]);
    }
}

TEST(what_is_no_checkpoint_is_refused_with_its_line)
{
    static const struct {
        const char *why;
        str text;
        int64_t line;
    } rows[] = {
        { "nothing", S_INIT(""), 1 },
        { "no origin", S_INIT("\n1\n" ROOT "\n"), 1 },
        { "no size", S_INIT("x\n"), 2 },
        { "an empty size", S_INIT("x\n\n" ROOT "\n"), 2 },
        { "a leading zero", S_INIT("x\n01\n" ROOT "\n"), 2 },
        { "two zeros", S_INIT("x\n00\n" ROOT "\n"), 2 },
        { "a sign", S_INIT("x\n+1\n" ROOT "\n"), 2 },
        { "below zero", S_INIT("x\n-1\n" ROOT "\n"), 2 },
        { "a blank", S_INIT("x\n1 \n" ROOT "\n"), 2 },
        { "hexadecimal", S_INIT("x\n0x1\n" ROOT "\n"), 2 },
        { "2^62 + 1", S_INIT("x\n4611686018427387905\n" ROOT "\n"), 2 },
        { "2^64", S_INIT("x\n18446744073709551616\n" ROOT "\n"), 2 },
        { "no root", S_INIT("x\n1\n"), 3 },
        { "an empty root", S_INIT("x\n1\n\n"), 3 },
        { "no last newline", S_INIT("x\n1\n" ROOT), 3 },
        { "a short root", S_INIT("x\n1\nAAAA\n"), 3 },
        { "a long root", S_INIT("x\n1\nAAAA" ROOT "\n"), 3 },
        { "no base64", S_INIT("x\n1\n!" ROOT "\n"), 3 },
        { "base64 for addresses",
          S_INIT("x\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n"), 3 },
        { "an empty extension", S_INIT("x\n1\n" ROOT "\n\n"), 4 },
        { "an empty one first", S_INIT("x\n1\n" ROOT "\n\na\n"), 4 },
        { "an empty one between", S_INIT("x\n1\n" ROOT "\na\n\nb\n"), 4 },
        { "an extension without end", S_INIT("x\n1\n" ROOT "\na"), 4 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct checkpoint_body c = { .size = 77 };
        err e = checkpoint_read(&a, rows[i].text, &c);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "checkpoint.form");
        EXPECT_ROW(rows[i].why,
                   failed(e) && e.info->args[0].number == rows[i].line);
        EXPECT_ROW(rows[i].why, c.size == 77);
    }
}

TEST(what_would_not_read_back_is_not_written)
{
    static const struct {
        const char *why;
        str origin;
        str extensions;
        const char *id;
    } rows[] = {
        { "no origin", S_INIT(""), S_INIT(""), "checkpoint.origin" },
        { "two lines", S_INIT("a\nb"), S_INIT(""), "checkpoint.origin" },
        { "an empty line", S_INIT("x"), S_INIT("\n"), "checkpoint.extension" },
        { "one between", S_INIT("x"), S_INIT("a\n\nb\n"),
          "checkpoint.extension" },
        { "no newline", S_INIT("x"), S_INIT("a"), "checkpoint.extension" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct checkpoint_body c = { .origin = rows[i].origin,
                                     .extensions = rows[i].extensions };
        str text = S("untouched");

        EXPECT_ROW_ERR(rows[i].why, checkpoint_write(&a, &c, &text),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, text, S("untouched"));
    }
}

struct fixture {
    struct sign_key key;
    struct note_key verifier;
    struct hash root;
    str note;
};

static const str origin = S_INIT("register.example/log");

static void fixture_init(struct fixture *f, struct arena *a)
{
    uint8_t seed[SIGN_SEED_BYTES] = { 5 };

    sign_key_of_seed(seed, &f->key);
    merkle_leaf(S("leaf"), &f->root);
    EXPECT_OK(
        note_key_of(a, NOTE_SIGNATURE, origin, f->key.public, &f->verifier));
    EXPECT_OK(note_checkpoint(a, origin, &f->key, 1, &f->root, &f->note));
}

static bool is_valid(struct arena *a, const struct fixture *f, str note,
                     int64_t size)
{
    bool valid = false;

    EXPECT_OK(
        note_checkpoint_valid(a, note, &f->verifier, size, &f->root, &valid));
    return valid;
}

TEST(a_signed_checkpoint_is_valid_for_what_it_says_only)
{
    TEST_ARENA(a, 1 << 20);
    struct fixture f;

    fixture_init(&f, &a);
    EXPECT(str_begins(f.note, S("register.example/log\n1\n")));
    EXPECT(is_valid(&a, &f, f.note, 1));
    EXPECT(!is_valid(&a, &f, f.note, 2));
    EXPECT(!is_valid(&a, &f, f.note, 0));
    EXPECT(!is_valid(&a, &f, f.note, -1));
    EXPECT(!is_valid(&a, &f, S(""), 1));
    EXPECT(!is_valid(&a, &f, str_first(f.note, f.note.n - 1), 1));

    f.root.b[31] ^= 1;
    EXPECT(!is_valid(&a, &f, f.note, 1));
    f.root.b[31] ^= 1;
    f.verifier.public[0] ^= 1;
    EXPECT(!is_valid(&a, &f, f.note, 1));
    f.verifier.public[0] ^= 1;
    f.verifier.name = S("register.example/log2");
    EXPECT(!is_valid(&a, &f, f.note, 1));
    f.verifier.name = origin;
    EXPECT(is_valid(&a, &f, f.note, 1));
}

/* Our key signed it, but it is another log's checkpoint or none at all. */
TEST(a_note_of_our_key_that_is_not_our_checkpoint_is_not_valid)
{
    TEST_ARENA(a, 1 << 20);
    struct fixture f;
    str note = S("");

    fixture_init(&f, &a);
    EXPECT_OK(note_sign(&a, S("a message\n"), origin, &f.key, &note));
    EXPECT(!is_valid(&a, &f, note, 1));
    EXPECT_OK(note_sign(&a, S("another.example\n1\n" ROOT "\n"), origin, &f.key,
                        &note));
    EXPECT(!is_valid(&a, &f, note, 1));
}

TEST(a_checkpoint_under_a_name_that_is_none_is_not_signed)
{
    TEST_ARENA(a, 1 << 20);
    struct fixture f;
    str note = S("untouched");

    fixture_init(&f, &a);
    EXPECT_ERR(note_checkpoint(&a, S("a b"), &f.key, 1, &f.root, &note),
               ERR_INVALID, "note.name");
    EXPECT_ERR(note_checkpoint(&a, S(""), &f.key, 1, &f.root, &note),
               ERR_INVALID, "checkpoint.origin");
    EXPECT_STR(note, S("untouched"));
}

static err sign_and_check(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    const struct fixture *f = context;
    bool valid = false;
    str note = S("");

    arena_init(&a, h, 1 << 20);
    TRY(note_checkpoint(&a, origin, &f->key, 1, &f->root, &note));
    err e = note_checkpoint_valid(&a, note, &f->verifier, 1, &f->root, &valid);
    EXPECT(valid != failed(e));
    return e;
}

TEST(checkpoints_survive_every_failed_allocation)
{
    TEST_ARENA(a, 1 << 20);
    struct fixture f;

    fixture_init(&f, &a);
    EXPECT(test_every_allocation_fails(sign_and_check, NULL, &f) > 0);
}
