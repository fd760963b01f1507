#include "codec/base58.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

static str encoded(struct arena *a, str bytes)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 10000);
    base58_encode(&b, bytes.p, bytes.n);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The vectors of draft-msporny-base58, and zeros in front [BC1]. */
TEST(bytes_and_their_base58_are_each_others)
{
    TEST_ARENA(a, 1 << 16);
    static const struct {
        str bytes;
        str text;
    } rows[] = {
        { S_INIT(""), S_INIT("") },
        { S_INIT("Hello World!"), S_INIT("2NEpo7TZRRrLZSi2U") },
        { S_INIT("The quick brown fox jumps over the lazy dog."),
          S_INIT("USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6"
                 "Z") },
        { { "\x00\x00\x28\x7f\xb4\xcd", 6 }, S_INIT("11233QC4") },
        { { "\x00", 1 }, S_INIT("1") },
        { { "\x00\x00", 2 }, S_INIT("11") },
        { S_INIT("\x39"), S_INIT("z") },
        { S_INIT("\x3a"), S_INIT("21") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("");
        bool valid = false;

        EXPECT_ROW_STR(rows[i].text.p, encoded(&a, rows[i].bytes),
                       rows[i].text);
        EXPECT_ROW_OK(rows[i].text.p,
                      base58_decode(&a, rows[i].text, &out, &valid));
        EXPECT_ROW(rows[i].text.p, valid);
        EXPECT_ROW_STR(rows[i].text.p, out, rows[i].bytes);
    }
}

TEST(letters_that_look_like_others_are_not_decoded)
{
    TEST_ARENA(a, 1 << 16);
    static const char *const rows[] = { "0", "O", "I", "l",   "z6M+",
                                        " ", "_", "=", "\xff" };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("untouched");
        bool valid = true;

        EXPECT_ROW_OK(rows[i],
                      base58_decode(&a, str_of(rows[i]), &out, &valid));
        EXPECT_ROW(rows[i], !valid);
        EXPECT_ROW_STR(rows[i], out, S("untouched"));
    }
}

/* [BC2] On both sides of it: the greatest number of so many bytes, and one
 * that needs a byte more; zeros count as well. */
TEST(only_so_many_bytes_are_decoded)
{
    TEST_ARENA(a, 1 << 16);
    char bytes[BASE58_BYTES_MAX + 1];
    str out = S("");
    bool valid = false;

    memset(bytes, 0xff, sizeof bytes);
    str longest = encoded(&a, (str){ bytes, BASE58_BYTES_MAX });
    EXPECT_OK(base58_decode(&a, longest, &out, &valid));
    EXPECT(valid && str_eq(out, (str){ bytes, BASE58_BYTES_MAX }));

    char more[BASE58_BYTES_MAX * 2];
    memcpy(more, longest.p, longest.n);
    more[longest.n] = '1'; /* 58 times as much */
    EXPECT_OK(base58_decode(&a, (str){ more, longest.n + 1 }, &out, &valid));
    EXPECT(!valid);

    memset(more, '1', sizeof more);
    EXPECT_OK(base58_decode(&a, (str){ more, BASE58_BYTES_MAX }, &out, &valid));
    EXPECT(valid && out.n == BASE58_BYTES_MAX);
    EXPECT_OK(
        base58_decode(&a, (str){ more, BASE58_BYTES_MAX + 1 }, &out, &valid));
    EXPECT(!valid);
}

/* [property] */
TEST(random_bytes_of_every_length_come_back_from_base58)
{
    struct test_random r = { TEST_SEED };

    for (size_t n = 0; n <= BASE58_BYTES_MAX; n++) {
        TEST_ARENA(a, 1 << 16);
        char bytes[BASE58_BYTES_MAX];
        str in = { bytes, n };
        str out = S("");
        bool valid = false;

        test_random_bytes(&r, bytes, n);
        if (n > 3)
            memset(bytes, 0, n % 4);
        EXPECT_OK(base58_decode(&a, encoded(&a, in), &out, &valid));
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
    base58_encode(&b, "some bytes", 10);
    TRY(buf_done(&b, &text));
    return base58_decode(&a, text, &text, &valid);
}

TEST(base58_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(round_trip, NULL, NULL) > 0);
}
