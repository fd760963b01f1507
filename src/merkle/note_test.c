#include "merkle/note.h"

#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

/* The example of c2sp.org/signed-note. */
#define SPEC_VKEY                                                              \
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
#define SPEC_TEXT "This is an example message.\n"
#define SPEC_LINE                                                              \
    "\xe2\x80\x94 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ON" \
    "ncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
#define OTHER_LINE "\xe2\x80\x94 example.com/other AAAAAAAA\n"

static struct note_key parse_key(struct arena *a, str vkey)
{
    struct note_key k = { 0 };

    EXPECT_OK(note_key_parse(a, vkey, &k));
    return k;
}

TEST(the_example_of_the_specification_verifies)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key k = parse_key(&a, S(SPEC_VKEY));
    str text = S("");

    EXPECT_STR(k.name, S("example.com/foo"));
    EXPECT(memcmp(k.id, "\x53\x0d\x90\x3a", 4) == 0);
    EXPECT_OK(note_verify(&a, S(SPEC_TEXT "\n" SPEC_LINE), &k, &text));
    EXPECT_STR(text, S(SPEC_TEXT));
}

/* The key pair that the tests of Tessera publish. */
TEST(the_vkey_of_a_known_seed_is_the_published_one)
{
    uint8_t seed[SIGN_SEED_BYTES];
    TEST_ARENA(a, 1 << 20);
    scoped(sign_key_end) struct sign_key k;
    struct note_key own = { 0 };
    str vkey = S("");

    EXPECT(hex_parse(S("eca663f499017d2365c27c7a7679158d"
                       "43cfec1330bdb259290afbd0d21777a0"),
                     seed, sizeof seed));
    sign_key_of_seed(seed, &k);
    EXPECT_OK(note_key_of(&a, NOTE_SIGNATURE, S("example.com/log/testdata"),
                          k.public, &own));
    EXPECT_OK(note_vkey(&a, &own, &vkey));
    EXPECT_STR(vkey, S("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fAS"
                       "Msq3rKNx280NI+oO5xCFkkSx"));
}

static void key_of(uint8_t first, struct sign_key *out)
{
    uint8_t seed[SIGN_SEED_BYTES] = { first };

    sign_key_of_seed(seed, out);
}

/* The key that verifies what sign key `first` signed under `name`. */
static struct note_key verifier(struct arena *a, uint8_t first, str name)
{
    scoped(sign_key_end) struct sign_key k;
    struct note_key out = { 0 };

    key_of(first, &k);
    EXPECT_OK(note_key_of(a, NOTE_SIGNATURE, name, k.public, &out));
    return out;
}

static str signed_note(struct arena *a, uint8_t first, str name, str text)
{
    scoped(sign_key_end) struct sign_key k;
    str note = S("");

    key_of(first, &k);
    EXPECT_OK(note_sign(a, text, name, &k, &note));
    return note;
}

TEST(what_was_signed_verifies_and_gives_its_text_back)
{
    static const str texts[] = {
        S_INIT("one line\n"),
        S_INIT("\n"),
        S_INIT("an empty line\n\nand text\n"),
        S_INIT("an empty line at the end\n\n"),
        S_INIT("several\n\n\n\n"),
        S_INIT("中文\n"),
        S_INIT("\n— what looks like a line of a signature AAAAAAAA\n"),
        S_INIT("\x7f\n"),
    };
    static const str names[] = {
        S_INIT("register.example/log"),
        S_INIT("日志"),
        S_INIT("x"),
    };

    for (size_t i = 0; i < COUNT(texts) * COUNT(names); i++) {
        TEST_ARENA(a, 1 << 20);
        str name = names[i / COUNT(texts)];
        str text = texts[i % COUNT(texts)];
        struct note_key k = verifier(&a, 1, name);
        str got = S("");

        EXPECT_OK(note_verify(&a, signed_note(&a, 1, name, text), &k, &got));
        EXPECT_STR(got, text);
    }
}

TEST(another_key_or_name_has_not_signed)
{
    TEST_ARENA(a, 1 << 20);
    str note = signed_note(&a, 1, S("log"), S("text\n"));
    struct note_key k = verifier(&a, 2, S("log"));
    str text = S("untouched");

    EXPECT_ERR(note_verify(&a, note, &k, &text), ERR_INVALID, "note.unsigned");
    k = verifier(&a, 1, S("log2"));
    EXPECT_ERR(note_verify(&a, note, &k, &text), ERR_INVALID, "note.unsigned");
    EXPECT_STR(text, S("untouched"));
}

/* [property] No byte of a note can be changed, added or left out. */
TEST(every_altered_byte_of_a_note_is_noticed)
{
    static const str note = S_INIT(SPEC_TEXT "\n" SPEC_LINE);
    struct test_random r = { TEST_SEED };

    for (size_t i = 0; i < 20 * note.n; i++) {
        TEST_ARENA(a, 1 << 20);
        struct note_key k = parse_key(&a, S(SPEC_VKEY));
        char bytes[sizeof SPEC_TEXT + sizeof SPEC_LINE];
        uint8_t by = (uint8_t)(1 + test_random_below(&r, 255));
        str text = S("untouched");
        str altered = { bytes, note.n };

        memcpy(bytes, note.p, note.n);
        bytes[i % note.n] = (char)((uint8_t)bytes[i % note.n] ^ by);
        EXPECT(failed(note_verify(&a, altered, &k, &text)));
        EXPECT_STR(text, S("untouched"));
    }
    for (size_t n = 0; n < note.n; n++) {
        TEST_ARENA(a, 1 << 20);
        struct note_key k = parse_key(&a, S(SPEC_VKEY));
        str text = S("");

        EXPECT(failed(note_verify(&a, str_first(note, n), &k, &text)));
    }
}

#define AFTER(lines)      S_INIT(SPEC_TEXT "\n" lines)
#define LINE(name, bytes) "\xe2\x80\x94 " name " " bytes "\n"

TEST(malformed_notes_are_refused_with_their_reason)
{
    static const struct {
        const char *why;
        str note;
        const char *id;
    } rows[] = {
        { "nothing", S_INIT(""), "note.text" },
        { "no last newline", S_INIT(SPEC_TEXT "\n\xe2\x80\x94 a AAAAAAAA"),
          "note.text" },
        { "a tab", S_INIT("a\tb\n\n" SPEC_LINE), "note.text" },
        { "a carriage return", S_INIT("a\r\n\r\n" SPEC_LINE), "note.text" },
        { "a NUL", S_INIT("a\0\n\n" SPEC_LINE), "note.text" },
        { "not UTF-8", S_INIT("a\xff\n\n" SPEC_LINE), "note.text" },
        { "only text", S_INIT(SPEC_TEXT), "note.split" },
        { "no empty line", S_INIT(SPEC_TEXT SPEC_LINE), "note.split" },
        { "no signature", S_INIT(SPEC_TEXT "\n"), "note.split" },
        { "an empty line after it", AFTER(SPEC_LINE "\n"), "note.split" },
        { "no dash", AFTER("example.com/foo AAAAAAAA\n"), "note.line" },
        { "a hyphen", AFTER("- example.com/foo AAAAAAAA\n"), "note.line" },
        { "no name", AFTER("\xe2\x80\x94  AAAAAAAA\n"), "note.line" },
        { "nothing but a dash", AFTER("\xe2\x80\x94 \n"), "note.line" },
        { "a plus in the name", AFTER(LINE("a+b", "AAAAAAAA")), "note.line" },
        { "a wide space in the name",
          AFTER(LINE("a\xe3\x80\x80"
                     "b",
                     "AAAAAAAA")),
          "note.line" },
        { "no bytes", AFTER(LINE("a", "")), "note.line" },
        { "no base64", AFTER(LINE("a", "AAAA!AAA")), "note.line" },
        { "no padding", AFTER(LINE("a", "AAAAAAA")), "note.line" },
        { "an id and nothing else", AFTER(LINE("a", "AAAAAA==")), "note.line" },
        { "a blank behind", AFTER(LINE("a", "AAAAAAAA ")), "note.line" },
        { "a bad line behind a good one", AFTER(SPEC_LINE "x\n"), "note.line" },
        { "someone else only", AFTER(OTHER_LINE), "note.unsigned" },
        { "the name with another id",
          AFTER(LINE("example.com/foo", "AAAAAAAA")), "note.unsigned" },
        { "the id with another name",
          AFTER(LINE("example.com/bar", "Uw2QOkn8")), "note.unsigned" },
        { "a signature that is too short",
          AFTER(LINE("example.com/foo", "Uw2QOkn8")), "note.signature" },
        { "of another text", S_INIT("Another\n\n" SPEC_LINE),
          "note.signature" },
        { "good, and then bad of the same key",
          AFTER(SPEC_LINE LINE("example.com/foo", "Uw2QOkn8")),
          "note.signature" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct note_key k = parse_key(&a, S(SPEC_VKEY));
        str text = S("untouched");

        EXPECT_ROW_ERR(rows[i].why, note_verify(&a, rows[i].note, &k, &text),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, text, S("untouched"));
    }
}

TEST(the_line_that_is_wrong_is_named)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key k = parse_key(&a, S(SPEC_VKEY));
    str text = S("");
    err e = note_verify(&a, S(SPEC_TEXT "\n" SPEC_LINE OTHER_LINE "x\n"), &k,
                        &text);

    EXPECT_ERR(e, ERR_INVALID, "note.line");
    EXPECT(failed(e) && e.info->args[0].number == 3);
}

TEST(signatures_of_others_do_not_matter_wherever_they_stand)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key k = parse_key(&a, S(SPEC_VKEY));
    str text = S("");

    EXPECT_OK(
        note_verify(&a, S(SPEC_TEXT "\n" OTHER_LINE SPEC_LINE), &k, &text));
    EXPECT_OK(
        note_verify(&a, S(SPEC_TEXT "\n" SPEC_LINE OTHER_LINE), &k, &text));
    EXPECT_OK(
        note_verify(&a, S(SPEC_TEXT "\n" SPEC_LINE SPEC_LINE), &k, &text));
    EXPECT_STR(text, S(SPEC_TEXT));
}

/* A note with n signatures of others before ours, and then `fill` bytes of a
 * last one. */
static str long_note(struct arena *a, size_t n)
{
    static const str head = S_INIT(SPEC_TEXT "\n");
    static const str other = S_INIT(OTHER_LINE);
    static const str line = S_INIT(SPEC_LINE);
    size_t size = head.n + n * other.n + line.n;
    char *p = arena_zero(a, size);

    EXPECT(p != NULL);
    memcpy(p, head.p, head.n);
    for (size_t i = 0; i < n; i++)
        memcpy(p + head.n + i * other.n, other.p, other.n);
    memcpy(p + size - line.n, line.p, line.n);
    return (str){ p, size };
}

TEST(a_note_has_a_greatest_number_of_signatures)
{
    TEST_ARENA(a, 1 << 20);
    struct note_key k = parse_key(&a, S(SPEC_VKEY));
    str text = S("");

    EXPECT_OK(
        note_verify(&a, long_note(&a, NOTE_SIGNATURES_MAX - 1), &k, &text));
    EXPECT_ERR(note_verify(&a, long_note(&a, NOTE_SIGNATURES_MAX), &k, &text),
               ERR_LIMIT, "note.many");
}

TEST(a_note_has_a_greatest_length)
{
    TEST_ARENA(a, 16 << 20);
    scoped(sign_key_end) struct sign_key k;
    struct note_key v = verifier(&a, 1, S("x"));
    char *p = arena_zero(&a, NOTE_BYTES_MAX + 1);
    size_t extra = signed_note(&a, 1, S("x"), S("\n")).n - 1;
    str text = { p, NOTE_BYTES_MAX - extra };
    str got = S("");
    str note = S("");

    EXPECT(p != NULL);
    memset(p, '\n', NOTE_BYTES_MAX + 1);
    key_of(1, &k);
    EXPECT_OK(note_sign(&a, text, S("x"), &k, &note));
    EXPECT(note.n == NOTE_BYTES_MAX);
    EXPECT_OK(note_verify(&a, note, &v, &got));
    EXPECT(got.n == text.n);

    text.n++;
    EXPECT_ERR(note_sign(&a, text, S("x"), &k, &note), ERR_LIMIT, "buf.limit");
    text.n = NOTE_BYTES_MAX + 1;
    EXPECT_ERR(note_sign(&a, text, S("x"), &k, &note), ERR_LIMIT, "note.long");
    EXPECT_ERR(note_verify(&a, text, &v, &got), ERR_LIMIT, "note.long");
}

TEST(what_cannot_be_a_note_is_not_signed)
{
    static const struct {
        const char *why;
        str text;
        str name;
        const char *id;
    } rows[] = {
        { "no text", S_INIT(""), S_INIT("x"), "note.text" },
        { "no newline", S_INIT("a"), S_INIT("x"), "note.text" },
        { "a control character", S_INIT("a\x1f\n"), S_INIT("x"), "note.text" },
        { "not UTF-8", S_INIT("\xc0\x80\n"), S_INIT("x"), "note.text" },
        { "no name", S_INIT("a\n"), S_INIT(""), "note.name" },
        { "a space", S_INIT("a\n"), S_INIT("a b"), "note.name" },
        { "a plus", S_INIT("a\n"), S_INIT("a+b"), "note.name" },
        { "a newline", S_INIT("a\n"), S_INIT("a\nb"), "note.name" },
        { "a no-break space", S_INIT("a\n"), S_INIT("a\xc2\xa0"), "note.name" },
        { "a next-line", S_INIT("a\n"), S_INIT("a\xc2\x85"), "note.name" },
        { "an Ogham space", S_INIT("a\n"), S_INIT("a\xe1\x9a\x80"),
          "note.name" },
        { "an en quad", S_INIT("a\n"), S_INIT("\xe2\x80\x80"), "note.name" },
        { "a hair space", S_INIT("a\n"), S_INIT("\xe2\x80\x8a"), "note.name" },
        { "a line separator", S_INIT("a\n"), S_INIT("\xe2\x80\xa8"),
          "note.name" },
        { "a paragraph separator", S_INIT("a\n"), S_INIT("\xe2\x80\xa9"),
          "note.name" },
        { "a narrow no-break space", S_INIT("a\n"), S_INIT("\xe2\x80\xaf"),
          "note.name" },
        { "a medium space", S_INIT("a\n"), S_INIT("\xe2\x81\x9f"),
          "note.name" },
        { "an ideographic space", S_INIT("a\n"), S_INIT("\xe3\x80\x80"),
          "note.name" },
        { "a name that is not UTF-8", S_INIT("a\n"), S_INIT("a\xff"),
          "note.name" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        scoped(sign_key_end) struct sign_key k;
        str note = S("untouched");

        key_of(1, &k);
        EXPECT_ROW_ERR(rows[i].why,
                       note_sign(&a, rows[i].text, rows[i].name, &k, &note),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].why, note, S("untouched"));
    }
}

TEST(every_vkey_reads_back)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 200; i++) {
        TEST_ARENA(a, 1 << 20);
        uint8_t public[SIGN_PUBLIC_BYTES];
        char name[16];
        enum note_kind kind = i % 2 == 0 ? NOTE_SIGNATURE : NOTE_COSIGNATURE;
        struct note_key made = { 0 };
        struct note_key k = { 0 };
        str vkey = S("");
        str again = S("");

        test_random_bytes(&r, public, sizeof public);
        (void)snprintf(name, sizeof name, "log-%d", i);
        EXPECT_OK(note_key_of(&a, kind, str_of(name), public, &made));
        EXPECT_OK(note_vkey(&a, &made, &vkey));
        EXPECT_OK(note_key_parse(&a, vkey, &k));
        EXPECT_STR(k.name, str_of(name));
        EXPECT(k.kind == kind);
        EXPECT(memcmp(k.public, public, sizeof public) == 0);
        EXPECT_OK(note_vkey(&a, &k, &again));
        EXPECT_STR(again, vkey);
    }
}

#define KEY64 "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

TEST(what_is_no_vkey_is_refused_and_changes_nothing)
{
    static const struct {
        const char *why;
        str vkey;
    } rows[] = {
        { "nothing", S_INIT("") },
        { "only a name", S_INIT("example.com/foo") },
        { "no key", S_INIT("example.com/foo+530d903a") },
        { "an empty key", S_INIT("example.com/foo+530d903a+") },
        { "no name", S_INIT("+530d903a+" KEY64) },
        { "a space in the name", S_INIT("example com+530d903a+" KEY64) },
        { "the id of another name", S_INIT("example.com/bar+530d903a+" KEY64) },
        { "another id", S_INIT("example.com/foo+530d903b+" KEY64) },
        { "a short id", S_INIT("example.com/foo+530d903+" KEY64) },
        { "a long id", S_INIT("example.com/foo+0530d903a+" KEY64) },
        { "no hexadecimal", S_INIT("example.com/foo+530d903g+" KEY64) },
        { "an id made for a log beside a cosigner's key",
          S_INIT("example.com/foo+530d903a+BOkyeRrm56hApGF"
                 "kyQR4ZCbV54Id2LKaANYcrnKv3U2k") },
        { "a short key", S_INIT("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4"
                                "ZCbV54Id2LKaANYcrnKv3Q==") },
        { "a long key", S_INIT("example.com/foo+530d903a+" KEY64 "AA==") },
        { "no base64", S_INIT("example.com/foo+530d903a+!" KEY64) },
        { "something behind", S_INIT(SPEC_VKEY "\n") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct note_key k = { .name = S("untouched") };
        err e = note_key_parse(&a, rows[i].vkey, &k);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "note.vkey");
        EXPECT_ROW_STR(rows[i].why, err_arg_text(e, "text"), rows[i].vkey);
        EXPECT_ROW_STR(rows[i].why, k.name, S("untouched"));
    }
}

static err sign_and_verify(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    scoped(sign_key_end) struct sign_key k;
    struct note_key own = { 0 };
    struct note_key v = { 0 };
    str vkey = S("");
    str note = S("");
    str text = S("");

    (void)context;
    key_of(1, &k);
    arena_init(&a, h, 1 << 20);
    TRY(note_key_of(&a, NOTE_SIGNATURE, S("x"), k.public, &own));
    TRY(note_vkey(&a, &own, &vkey));
    TRY(note_key_parse(&a, vkey, &v));
    TRY(note_sign(&a, S("text\n"), S("x"), &k, &note));
    return note_verify(&a, note, &v, &text);
}

TEST(notes_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(sign_and_verify, NULL, NULL) > 0);
}
