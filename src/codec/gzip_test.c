#include "codec/gzip.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"

#include <zlib.h>

static str bytes_of(struct arena *a, str base64url)
{
    str out = S("");
    bool valid = false;

    EXPECT_OK(base64_decode(a, BASE64_URL, base64url, &out, &valid));
    EXPECT(valid);
    return out;
}

/* The example of Bitstring Status List 1.0: 131,072 bits, all clear. */
TEST(the_list_of_the_specification_is_16384_zero_bytes)
{
    TEST_ARENA(a, 1 << 20);
    static const char zeros[16384];
    str file =
        bytes_of(&a, S("H4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAA"
                       "AAAAIC3AYbSVKsAQAAA"));
    str out = S("");

    EXPECT_OK(gzip_read(&a, file, sizeof zeros, &out));
    EXPECT(str_eq(out, ((str){ zeros, sizeof zeros })));
}

/* [GZ1] */
TEST(a_written_file_has_neither_name_nor_time)
{
    TEST_ARENA(a, 1 << 20);
    static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\x02\x03";
    str file = S("");
    str again = S("");

    EXPECT_OK(gzip_write(&a, S("the same"), &file));
    EXPECT_OK(gzip_write(&a, S("the same"), &again));
    EXPECT(str_begins(file, (str){ head, sizeof head - 1 }));
    EXPECT(str_eq(file, again));
}

/* [property] Random bytes and runs, around the size of a chunk. */
TEST(bytes_of_many_lengths_come_back_from_gzip)
{
    static const size_t lengths[] = { 0, 1, 2, 4095, 4096, 4097, 8192, 50000 };
    static char bytes[50000];
    struct test_random r = { TEST_SEED };

    for (size_t i = 0; i < COUNT(lengths); i++) {
        TEST_ARENA(a, 2 << 20);
        str in = { bytes, lengths[i] };
        str file = S("");
        str out = S("");

        test_random_bytes(&r, bytes, lengths[i]);
        if (i % 2 == 1)
            memset(bytes, 'x', lengths[i]);
        EXPECT_OK(gzip_write(&a, in, &file));
        EXPECT_OK(gzip_read(&a, file, lengths[i], &out));
        EXPECT(str_eq(out, in));
    }
}

/* The other reader is zlib's own. */
TEST(without_a_file_around_it_others_read_it)
{
    TEST_ARENA(a, 1 << 20);
    static char bytes[20000];
    static Bytef back[20000];
    uLongf n = sizeof back;
    str in = { bytes, sizeof bytes };
    str out = S("");

    memset(bytes, 'x', sizeof bytes);
    EXPECT_OK(zlib_write(&a, in, &out));
    EXPECT(out.n < 200);
    EXPECT(uncompress(back, &n, (const Bytef *)out.p, out.n) == Z_OK);
    EXPECT(str_eq((str){ (const char *)back, n }, in));
}

/* [GZ2] Both sides of the limit; a bomb is refused in little memory. */
TEST(reading_stops_at_the_limit)
{
    TEST_ARENA(a, 40 << 20);
    TEST_ARENA(small, 1 << 18);
    char *zeros = arena_zero(&a, 1 << 20);
    str file = S("");
    str out = S("untouched");

    if (zeros == NULL)
        return;
    EXPECT_OK(gzip_write(&a, (str){ zeros, 1 << 20 }, &file));
    EXPECT(file.n < 2000);
    EXPECT_ERR(gzip_read(&small, file, 16384, &out), ERR_LIMIT, "gzip.long");
    EXPECT_STR(out, S("untouched"));
    EXPECT_ERR(gzip_read(&a, file, (1 << 20) - 1, &out), ERR_LIMIT,
               "gzip.long");
    EXPECT_OK(gzip_read(&a, file, 1 << 20, &out));
    EXPECT(out.n == 1 << 20);
}

TEST(more_than_we_agreed_to_is_not_touched)
{
    TEST_ARENA(a, 40 << 20);
    char *zeros = arena_zero(&a, GZIP_MAX + 1);
    str out = S("untouched");

    if (zeros == NULL)
        return;
    EXPECT_ERR(gzip_write(&a, (str){ zeros, GZIP_MAX + 1 }, &out), ERR_LIMIT,
               "gzip.long");
    EXPECT_ERR(gzip_read(&a, (str){ zeros, GZIP_MAX + 1 }, 1, &out), ERR_LIMIT,
               "gzip.long");
    EXPECT_STR(out, S("untouched"));
}

/* [GZ3] Every byte of a file matters but those of the head that say which
 * system wrote it, how well, and when. */
TEST(a_file_with_one_bit_changed_is_refused)
{
    TEST_ARENA(a, 16 << 20);
    str in = S("售后服务认证 售后服务认证");
    str file = S("");

    EXPECT_OK(gzip_write(&a, in, &file));
    for (size_t i = 0; i < file.n; i++) {
        char bad[200];
        str out = S("");

        if (i >= 4 && i < 10)
            continue;
        memcpy(bad, file.p, file.n);
        bad[i] ^= 1;
        err e = gzip_read(&a, (str){ bad, file.n }, 1000, &out);
        EXPECT(failed(e) || !str_eq(out, in) || i == 3);
    }
}

TEST(what_is_no_whole_file_is_refused)
{
    TEST_ARENA(a, 16 << 20);
    str file = S("");
    str out = S("untouched");
    char more[200];

    EXPECT_OK(gzip_write(&a, S("some bytes"), &file));
    for (size_t n = 0; n < file.n; n++)
        EXPECT_ERR(gzip_read(&a, str_first(file, n), 1000, &out), ERR_INVALID,
                   "gzip.form");
    memcpy(more, file.p, file.n);
    more[file.n] = 0;
    EXPECT_ERR(gzip_read(&a, (str){ more, file.n + 1 }, 1000, &out),
               ERR_INVALID, "gzip.form");
    EXPECT_ERR(gzip_read(&a, S("no gzip at all"), 1000, &out), ERR_INVALID,
               "gzip.form");
    EXPECT_STR(out, S("untouched"));
}

static err round_trip(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    str file;

    arena_init(&a, h, 1 << 20);
    TRY(gzip_write(&a, S("some bytes"), &file));
    return gzip_read(&a, file, 100, &file);
}

TEST(gzip_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(round_trip, NULL, NULL) > 0);
}
