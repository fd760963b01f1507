#include "codec/base64.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

static str encoded(struct arena *a, enum base64_kind kind, str bytes)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 10000);
    base64_encode(&b, kind, bytes.p, bytes.n);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The vectors of RFC 4648, section 10, and bytes that use all of the end of
 * the alphabets. */
TEST(bytes_and_their_base64_are_each_others)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        str bytes;
        str padded;
        str url;
    } rows[] = {
        { S_INIT(""), S_INIT(""), S_INIT("") },
        { S_INIT("f"), S_INIT("Zg=="), S_INIT("Zg") },
        { S_INIT("fo"), S_INIT("Zm8="), S_INIT("Zm8") },
        { S_INIT("foo"), S_INIT("Zm9v"), S_INIT("Zm9v") },
        { S_INIT("foob"), S_INIT("Zm9vYg=="), S_INIT("Zm9vYg") },
        { S_INIT("fooba"), S_INIT("Zm9vYmE="), S_INIT("Zm9vYmE") },
        { S_INIT("foobar"), S_INIT("Zm9vYmFy"), S_INIT("Zm9vYmFy") },
        { S_INIT("\xfb\xef\xbe\xff\xff\xff"), S_INIT("++++////"),
          S_INIT("----____") },
        { S_INIT("\0\0"), S_INIT("AAA="), S_INIT("AAA") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *row = rows[i].padded.p;
        str out = S("");
        bool valid = false;

        EXPECT_ROW_STR(row, encoded(&a, BASE64_PADDED, rows[i].bytes),
                       rows[i].padded);
        EXPECT_ROW_STR(row, encoded(&a, BASE64_URL, rows[i].bytes),
                       rows[i].url);
        EXPECT_ROW_OK(row, base64_decode(&a, BASE64_PADDED, rows[i].padded,
                                         &out, &valid));
        EXPECT_ROW(row, valid);
        EXPECT_ROW_STR(row, out, rows[i].bytes);
        EXPECT_ROW_OK(row,
                      base64_decode(&a, BASE64_URL, rows[i].url, &out, &valid));
        EXPECT_ROW(row, valid);
        EXPECT_ROW_STR(row, out, rows[i].bytes);
    }
}

/* [BA1] */
TEST(what_encoding_never_gives_is_not_decoded)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        const char *name;
        enum base64_kind kind;
        str text;
    } rows[] = {
        { "no padding", BASE64_PADDED, S_INIT("Zg") },
        { "half the padding", BASE64_PADDED, S_INIT("Zg=") },
        { "too much padding", BASE64_PADDED, S_INIT("Zm8==") },
        { "padding after whole groups", BASE64_PADDED, S_INIT("Zm9v====") },
        { "three signs of padding", BASE64_PADDED, S_INIT("Z===") },
        { "only padding", BASE64_PADDED, S_INIT("====") },
        { "padding inside", BASE64_PADDED, S_INIT("Zg==Zg==") },
        { "padding between", BASE64_PADDED, S_INIT("Z=g=") },
        { "one letter", BASE64_PADDED, S_INIT("Z") },
        { "stray bits before two signs", BASE64_PADDED, S_INIT("Zh==") },
        { "stray bits before one sign", BASE64_PADDED, S_INIT("Zm9=") },
        { "a blank", BASE64_PADDED, S_INIT("Zm 9v===") },
        { "a line end", BASE64_PADDED, S_INIT("Zm9v\n") },
        { "letters for addresses", BASE64_PADDED, S_INIT("--__") },
        { "NUL", BASE64_PADDED, S_INIT("Zm9\0") },
        { "a byte above ASCII", BASE64_PADDED, S_INIT("Zm9\xff") },
        { "padding in an address", BASE64_URL, S_INIT("Zg==") },
        { "letters not for addresses", BASE64_URL, S_INIT("+///") },
        { "one letter in an address", BASE64_URL, S_INIT("Zm9vZ") },
        { "stray bits in an address", BASE64_URL, S_INIT("Zh") },
        { "stray bits after two letters more", BASE64_URL, S_INIT("Zm9") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("untouched");
        bool valid = true;

        EXPECT_ROW_OK(rows[i].name, base64_decode(&a, rows[i].kind,
                                                  rows[i].text, &out, &valid));
        EXPECT_ROW(rows[i].name, !valid);
        EXPECT_ROW_STR(rows[i].name, out, S("untouched"));
    }
}

/* [property] */
TEST(random_bytes_of_every_length_come_back)
{
    struct test_random r = { TEST_SEED };

    for (size_t n = 0; n < 200; n++) {
        TEST_ARENA(a, 1 << 16);
        char bytes[200];
        str in = { bytes, n };
        str out = S("");
        bool valid = false;

        test_random_bytes(&r, bytes, n);
        for (int kind = BASE64_PADDED; kind <= BASE64_URL; kind++) {
            str text = encoded(&a, (enum base64_kind)kind, in);

            EXPECT_OK(
                base64_decode(&a, (enum base64_kind)kind, text, &out, &valid));
            EXPECT(valid && str_eq(out, in));
        }
    }
}

/* [BA1] [property] Each text of four signs that decodes is what its bytes
 * encode to. */
TEST(no_two_texts_decode_to_the_same_bytes)
{
    static const char signs[] = "AQgw+/-_=9 ";
    enum { N = sizeof signs - 1 };
    TEST_ARENA(a, 1 << 24);
    size_t good = 0;

    for (size_t i = 0; i < (size_t)N * N * N * N; i++) {
        char text[4] = { signs[i % N], signs[i / N % N], signs[i / N / N % N],
                         signs[i / N / N / N] };
        str out;
        bool valid;

        EXPECT_OK(
            base64_decode(&a, BASE64_PADDED, (str){ text, 4 }, &out, &valid));
        good += valid;
        if (valid)
            EXPECT_STR(encoded(&a, BASE64_PADDED, out), ((str){ text, 4 }));
    }
    /* Seven letters of the alphabet, all free to stand four times; before one
     * "=" four of them have two bits clear, before two "=" AQgw have four. */
    EXPECT(good == 7 * 7 * 7 * 7 + 7 * 7 * 4 + 7 * 4);
}

static err round_trip(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct buf b;
    str text;
    bool valid;

    arena_init(&a, h, 1 << 16);
    buf_init(&b, &a, 1000);
    base64_encode(&b, BASE64_URL, "some bytes", 10);
    TRY(buf_done(&b, &text));
    return base64_decode(&a, BASE64_URL, text, &text, &valid);
}

TEST(base64_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(round_trip, NULL, NULL) > 0);
}
