#include "crypto/secret.h"

#include "base/id.h"
#include "base/test.h"

static const uint8_t key[SECRET_KEY_BYTES] = { 1, 2, 3 };
static const uint8_t nonce[SECRET_NONCE_BYTES] = { 4, 5, 6 };

/* draft-irtf-cfrg-xchacha-03, A.3.1. */
TEST(a_box_is_that_of_the_draft)
{
    static const str plain = S_INIT(
        "Ladies and Gentlemen of the class of '99: If I could offer you only "
        "one tip for the future, sunscreen would be it.");
    TEST_ARENA(a, 1 << 16);
    uint8_t k[SECRET_KEY_BYTES];
    uint8_t n[SECRET_NONCE_BYTES];
    uint8_t about[12];
    uint8_t want[114 + SECRET_TAG_BYTES];
    str box = S("");
    str back = S("");

    for (size_t i = 0; i < sizeof k; i++)
        k[i] = (uint8_t)(0x80 + i);
    for (size_t i = 0; i < sizeof n; i++)
        n[i] = (uint8_t)(0x40 + i);
    EXPECT(hex_parse(S("50515253c0c1c2c3c4c5c6c7"), about, sizeof about));
    EXPECT(hex_parse(S("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed290"
                       "2c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54"
                       "c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f"
                       "3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f6"
                       "15c68b13b52e"
                       "c0875924c1c7987947deafd8780acf49"),
                     want, sizeof want));

    str over = { (const char *)about, sizeof about };
    EXPECT_OK(secret_seal(&a, k, n, over, plain, &box));
    EXPECT(box.n == plain.n + SECRET_EXTRA_BYTES);
    EXPECT(str_begins(box, (str){ (const char *)n, sizeof n }));
    EXPECT_STR(str_from(box, sizeof n),
               ((str){ (const char *)want, sizeof want }));
    EXPECT_OK(secret_open(&a, k, over, box, &back));
    EXPECT_STR(back, plain);
}

TEST(what_was_sealed_opens_whatever_its_length)
{
    struct test_random r = { TEST_SEED };
    uint8_t bytes[200];

    test_random_bytes(&r, bytes, sizeof bytes);
    for (size_t n = 0; n <= sizeof bytes; n++) {
        TEST_ARENA(a, 1 << 16);
        str plain = { (const char *)bytes, n };
        str box = S("");
        str back = S("x");

        EXPECT_OK(secret_seal(&a, key, nonce, S("row 7"), plain, &box));
        EXPECT_OK(secret_open(&a, key, S("row 7"), box, &back));
        EXPECT_STR(back, plain);
        EXPECT(back.p[back.n] == '\0');

        uint8_t place[sizeof bytes + SECRET_EXTRA_BYTES] = { 0 };
        memcpy(place + SECRET_NONCE_BYTES, bytes, n);
        secret_seal_at(key, nonce, S("row 7"), place, n);
        EXPECT_STR(((str){ (char *)place, box.n }), box);
        EXPECT_OK(secret_open_at(&a, key, S("row 7"), place, box.n, &back));
        EXPECT_STR(back, plain);
    }
}

static void expect_shut(const char *row, const uint8_t *k, str about, str box)
{
    TEST_ARENA(a, 1 << 16);
    str out = S("untouched");

    EXPECT_ROW_ERR(row, secret_open(&a, k, about, box, &out), ERR_CORRUPT,
                   "secret.altered");
    EXPECT_ROW_STR(row, out, S("untouched"));

    uint8_t *place = arena_zero(&a, box.n + 1);
    memcpy(place, box.p, box.n);
    EXPECT_ROW_ERR(row, secret_open_at(&a, k, about, place, box.n, &out),
                   ERR_CORRUPT, "secret.altered");
    EXPECT_ROW_STR(row, out, S("untouched"));
}

TEST(another_key_or_place_does_not_open_a_box)
{
    static const uint8_t other[SECRET_KEY_BYTES] = { 1, 2, 4 };
    TEST_ARENA(a, 1 << 16);
    str box = S("");

    EXPECT_OK(secret_seal(&a, key, nonce, S("row 7"), S("13800138000"), &box));
    expect_shut("another key", other, S("row 7"), box);
    expect_shut("another row", key, S("row 8"), box);
    expect_shut("no row", key, S(""), box);
}

/* [property] [SB1] */
TEST(no_bit_of_a_box_can_be_changed_and_no_byte_left_out)
{
    TEST_ARENA(a, 1 << 16);
    uint8_t bytes[100];
    str box = S("");

    EXPECT_OK(secret_seal(&a, key, nonce, S("row 7"), S("13800138000"), &box));
    memcpy(bytes, box.p, box.n);
    for (size_t bit = 0; bit < 8 * box.n; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        expect_shut("a bit", key, S("row 7"), (str){ (char *)bytes, box.n });
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t n = 0; n < box.n; n++)
        expect_shut("cut short", key, S("row 7"), str_first(box, n));
    bytes[box.n] = 0;
    expect_shut("too long", key, S("row 7"), (str){ (char *)bytes, box.n + 1 });
}

/* Only the length is looked at before the limit, so none of these gigabytes
 * has to be there. */
TEST(a_text_beyond_the_greatest_length_is_refused)
{
    TEST_ARENA(a, 1 << 16);
    str out = S("untouched");
    str endless = { "", (size_t)SECRET_PLAIN_MAX + 1 };

    EXPECT_ERR(secret_seal(&a, key, nonce, S(""), endless, &out), ERR_LIMIT,
               "secret.long");
    endless.n += SECRET_EXTRA_BYTES;
    EXPECT_ERR(secret_open(&a, key, S(""), endless, &out), ERR_LIMIT,
               "secret.long");
    /* One byte less is only too long for this arena. */
    endless.n -= 1;
    EXPECT_ERR(secret_open(&a, key, S(""), endless, &out), ERR_MEMORY,
               "err.memory");
    EXPECT_STR(out, S("untouched"));
}

static err seal_and_open(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    str box = S("");
    str back = S("");

    (void)context;
    arena_init(&a, h, 1 << 16);
    TRY(secret_seal(&a, key, nonce, S(""), S("plain"), &box));
    return secret_open(&a, key, S(""), box, &back);
}

TEST(sealing_and_opening_survive_every_failed_allocation)
{
    EXPECT(test_every_allocation_fails(seal_and_open, NULL, NULL) > 0);
}
