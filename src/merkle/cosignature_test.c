#include "merkle/cosignature.h"

#include "base/size.h"
#include "base/test.h"
#include "merkle/test_note.h"

#define TEXT                                                                   \
    "register.example/log\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

/* The line of the witness with this key over TEXT. */
static str line_of(struct arena *a, uint8_t first, str name, int64_t time)
{
    scoped(sign_key_end) struct sign_key k;
    str line = S("");

    test_pair(first, &k);
    EXPECT_OK(cosignature_make(a, S(TEXT), name, &k, time, &line));
    return line;
}

/* The note of TEXT with these lines. */
static struct signed_note note_of(struct arena *a, str lines)
{
    struct signed_note out = { 0 };

    EXPECT_OK(note_open(a, test_join(a, S(TEXT "\n"), lines), &out));
    return out;
}

/* [CS1] both ends of time, and one that litters every byte. */
TEST(a_witness_signs_with_its_time_and_is_found)
{
    static const int64_t times[] = { 0, 1, 1679315147, 0x0102030405060708,
                                     INT64_MAX };

    for (size_t i = 0; i < COUNT(times); i++) {
        TEST_ARENA(a, 1 << 20);
        struct note_key w = test_key(&a, NOTE_COSIGNATURE, 1, S("w"));
        struct signed_note n = note_of(&a, line_of(&a, 1, S("w"), times[i]));
        const struct note_signature *by = NULL;

        EXPECT_OK(note_find(&a, &n, &w, &by));
        EXPECT(by != NULL && cosignature_time(by->bytes) == times[i]);
    }
}

/* The bytes are put together here by hand, as the specification draws them. */
TEST(a_cosignature_is_what_the_specification_says)
{
    TEST_ARENA(a, 1 << 20);
    scoped(sign_key_end) struct sign_key k;
    uint8_t bytes[4 + 8 + 64] = { 0 };
    struct note_key w = test_key(&a, NOTE_COSIGNATURE, 7, S("w.example/1"));
    str line = line_of(&a, 7, S("w.example/1"), 1679315147);
    struct signed_note n = note_of(&a, line);
    str got = n.signatures[0].bytes;

    test_pair(7, &k);
    EXPECT(n.n == 1 && got.n == 72);
    EXPECT_STR(n.signatures[0].line, line);
    EXPECT(memcmp(n.signatures[0].id, w.id, sizeof w.id) == 0);
    EXPECT(memcmp(got.p, "\0\0\0\0\x64\x18\x50\xcb", 8) == 0);
    sign_bytes(&k, S("cosignature/v1\ntime 1679315147\n" TEXT), bytes);
    EXPECT(memcmp(got.p + 8, bytes, 64) == 0);
}

/* [NT5] */
TEST(a_key_of_one_kind_never_stands_for_the_other)
{
    TEST_ARENA(a, 1 << 20);
    scoped(sign_key_end) struct sign_key k;
    struct note_key log = test_key(&a, NOTE_SIGNATURE, 1, S("x"));
    struct note_key witness = test_key(&a, NOTE_COSIGNATURE, 1, S("x"));
    struct signed_note cosigned = note_of(&a, line_of(&a, 1, S("x"), 5));
    struct signed_note signed_by_log = { 0 };
    const struct note_signature *by = NULL;
    str note = S("");

    test_pair(1, &k);
    EXPECT(memcmp(log.id, witness.id, sizeof log.id) != 0);
    EXPECT_OK(note_sign(&a, S(TEXT), S("x"), &k, &note));
    EXPECT_OK(note_open(&a, note, &signed_by_log));
    EXPECT_OK(note_find(&a, &cosigned, &log, &by));
    EXPECT(by == NULL);
    EXPECT_OK(note_find(&a, &signed_by_log, &witness, &by));
    EXPECT(by == NULL);
    /* and not with the other's id either */
    memcpy(log.id, witness.id, sizeof log.id);
    EXPECT_ERR(note_find(&a, &cosigned, &log, &by), ERR_INVALID,
               "note.signature");
}

TEST(no_altered_cosignature_and_no_altered_text_holds)
{
    TEST_ARENA(a, 8 << 20);
    struct note_key w = test_key(&a, NOTE_COSIGNATURE, 1, S("w"));
    struct signed_note n = note_of(&a, line_of(&a, 1, S("w"), 1679315147));
    char bytes[COSIGNATURE_BYTES];
    char text[] = TEXT;
    str altered = { bytes, sizeof bytes };
    bool holds = false;

    memcpy(bytes, n.signatures[0].bytes.p, sizeof bytes);
    EXPECT_OK(cosignature_holds(&a, S(TEXT), &w, altered, &holds));
    EXPECT(holds);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] ^= 1;
        EXPECT_OK(cosignature_holds(&a, S(TEXT), &w, altered, &holds));
        EXPECT(!holds);
        bytes[i] ^= 1;
    }
    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] ^= 1;
        EXPECT_OK(cosignature_holds(&a, (str){ text, sizeof text - 1 }, &w,
                                    altered, &holds));
        EXPECT(!holds);
        text[i] ^= 1;
    }
}

TEST(bytes_of_another_length_and_times_beyond_all_bounds_do_not_hold)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key w = test_key(&a, NOTE_COSIGNATURE, 1, S("w"));
    char bytes[COSIGNATURE_BYTES + 1] = { 0 };
    bool holds = true;

    EXPECT_OK(cosignature_holds(&a, S(TEXT), &w,
                                (str){ bytes, COSIGNATURE_BYTES - 1 }, &holds));
    EXPECT(!holds);
    holds = true;
    EXPECT_OK(cosignature_holds(&a, S(TEXT), &w,
                                (str){ bytes, COSIGNATURE_BYTES + 1 }, &holds));
    EXPECT(!holds);
    holds = true;
    bytes[0] = (char)0x80; /* 2^63 [CS1] */
    EXPECT_OK(cosignature_holds(&a, S(TEXT), &w,
                                (str){ bytes, COSIGNATURE_BYTES }, &holds));
    EXPECT(!holds);
}

/* The specification asks for at least 16. */
TEST(a_note_with_many_witnesses_gives_each_its_own)
{
    TEST_ARENA(a, 8 << 20);
    scoped(sign_key_end) struct sign_key k;
    struct note_key log = test_key(&a, NOTE_SIGNATURE, 200, S("log"));
    const struct note_signature *by = NULL;
    struct signed_note n = { 0 };
    str note = S("");

    test_pair(200, &k);
    EXPECT_OK(note_sign(&a, S(TEXT), S("log"), &k, &note));
    for (int i = 1; i < NOTE_SIGNATURES_MAX; i++)
        note = test_join(&a, note, line_of(&a, (uint8_t)i, S("w"), i));
    EXPECT_OK(note_open(&a, note, &n));
    EXPECT(n.n == NOTE_SIGNATURES_MAX);
    EXPECT_OK(note_find(&a, &n, &log, &by));
    EXPECT(by == &n.signatures[0]);
    for (int i = 1; i < NOTE_SIGNATURES_MAX; i++) {
        struct note_key w = test_key(&a, NOTE_COSIGNATURE, (uint8_t)i, S("w"));

        EXPECT_OK(note_find(&a, &n, &w, &by));
        EXPECT(by == &n.signatures[i] && cosignature_time(by->bytes) == i);
    }
}

/* What a witness answers: lines without a note. */
TEST(signature_lines_alone_are_read_for_whoever_knows_the_text)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key w = test_key(&a, NOTE_COSIGNATURE, 2, S("w"));
    const struct note_signature *by = NULL;
    struct signed_note n = { 0 };

    EXPECT_OK(note_open_lines(&a,
                              test_join(&a, line_of(&a, 1, S("v"), 5),
                                        line_of(&a, 2, S("w"), 6)),
                              &n));
    n.text = S(TEXT);
    EXPECT_OK(note_find(&a, &n, &w, &by));
    EXPECT(by == &n.signatures[1]);
    EXPECT_ERR(note_open_lines(&a, S(""), &n), ERR_INVALID, "note.text");
    EXPECT_ERR(note_open_lines(&a, S("\n"), &n), ERR_INVALID, "note.line");
    EXPECT_ERR(note_open_lines(&a, S("200\n"), &n), ERR_INVALID, "note.line");
}

static err cosign_and_find(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    scoped(sign_key_end) struct sign_key k;
    const struct note_signature *by;
    struct note_key w = { 0 };
    struct signed_note n = { 0 };
    str line = S("");

    (void)context;
    test_pair(1, &k);
    arena_init(&a, h, 1 << 20);
    TRY(note_key_of(&a, NOTE_COSIGNATURE, S("w"), k.public, &w));
    TRY(cosignature_make(&a, S(TEXT), S("w"), &k, 5, &line));
    TRY(note_open_lines(&a, line, &n));
    n.text = S(TEXT);
    return note_find(&a, &n, &w, &by);
}

TEST(cosignatures_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(cosign_and_find, NULL, NULL) > 0);
}
