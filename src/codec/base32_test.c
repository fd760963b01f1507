#include "codec/base32.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

static str encoded(struct arena *a, str bytes)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 10000);
    base32_encode(&b, bytes.p, bytes.n);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The vectors of RFC 4648, section 10, their padding left out. */
TEST(bytes_and_their_base32_are_each_others)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        str bytes;
        str text;
    } rows[] = {
        { S_INIT(""), S_INIT("") },
        { S_INIT("f"), S_INIT("MY") },
        { S_INIT("fo"), S_INIT("MZXQ") },
        { S_INIT("foo"), S_INIT("MZXW6") },
        { S_INIT("foob"), S_INIT("MZXW6YQ") },
        { S_INIT("fooba"), S_INIT("MZXW6YTB") },
        { S_INIT("foobar"), S_INIT("MZXW6YTBOI") },
        { S_INIT("\xff\xff\xff\xff\xff"), S_INIT("77777777") },
        { S_INIT("\0\0"), S_INIT("AAAA") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("");
        bool valid = false;

        EXPECT_ROW_STR(rows[i].text.p, encoded(&a, rows[i].bytes),
                       rows[i].text);
        EXPECT_ROW_OK(rows[i].text.p,
                      base32_decode(&a, rows[i].text, &out, &valid));
        EXPECT_ROW(rows[i].text.p, valid);
        EXPECT_ROW_STR(rows[i].text.p, out, rows[i].bytes);
    }
}

/* [BB1] */
TEST(what_base32_never_gives_is_not_decoded)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *name;
        str text;
    } rows[] = {
        { "one letter", S_INIT("M") },
        { "three letters", S_INIT("MZX") },
        { "six letters", S_INIT("MZXW6Y") },
        { "nine letters", S_INIT("MZXW6YTBO") },
        { "small letters", S_INIT("my") },
        { "padding", S_INIT("MY======") },
        { "a digit below", S_INIT("M1") },
        { "a digit above", S_INIT("M8") },
        { "a blank", S_INIT("M ") },
        { "a byte above ASCII", S_INIT("M\xff") },
        { "stray bits after one byte", S_INIT("MZ") },
        { "stray bits after two bytes", S_INIT("MZXR") },
        { "stray bits after three bytes", S_INIT("MZXW7") },
        { "stray bits after four bytes", S_INIT("MZXW6YR") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("untouched");
        bool valid = true;

        EXPECT_ROW_OK(rows[i].name,
                      base32_decode(&a, rows[i].text, &out, &valid));
        EXPECT_ROW(rows[i].name, !valid);
        EXPECT_ROW_STR(rows[i].name, out, S("untouched"));
    }
}

/* [property] */
TEST(random_bytes_of_every_length_come_back_from_base32)
{
    struct test_random r = { TEST_SEED };

    for (size_t n = 0; n < 200; n++) {
        TEST_ARENA(a, 1 << 16);
        char bytes[200];
        str in = { bytes, n };
        str out = S("");
        bool valid = false;

        test_random_bytes(&r, bytes, n);
        EXPECT_OK(base32_decode(&a, encoded(&a, in), &out, &valid));
        EXPECT(valid && str_eq(out, in));
    }
}

static err round_trip(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct buf b;
    str text;
    bool valid;

    arena_init(&a, h, 1 << 16);
    buf_init(&b, &a, 1000);
    base32_encode(&b, "some bytes", 10);
    TRY(buf_done(&b, &text));
    return base32_decode(&a, text, &text, &valid);
}

TEST(base32_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(round_trip, NULL, NULL) > 0);
}
