#include "sys/entropy.h"

#include "base/size.h"
#include "base/test.h"

TEST(the_system_source_fills_every_byte_and_never_repeats)
{
    struct entropy e = ENTROPY_SYSTEM;
    uint8_t a[512] = { 0 };
    uint8_t b[512] = { 0 };
    int seen[256] = { 0 };

    EXPECT_OK(entropy_fill(&e, a, sizeof a));
    EXPECT_OK(entropy_fill(&e, b, sizeof b));
    EXPECT(memcmp(a, b, sizeof a) != 0);

    /* 512 draws leave about 35 of 256 values out; 128 would be a miracle. */
    int kinds = 0;
    for (size_t i = 0; i < sizeof a; i++)
        kinds += seen[a[i]]++ == 0;
    EXPECT(kinds > 128);
}

/* RFC 8439, appendix A.1, vector 1: key, counter and nonce all zero. */
TEST(seed_zero_gives_the_published_key_stream)
{
    static const char want[] = "76b8e0ada0f13d90405d6ae55386bd28"
                               "bdd219b8a08ded1aa836efcc8b770dc7"
                               "da41597c5157488d7724e03fb8d84a37"
                               "6a43b8f41518a11cc387b669b2ee6586";
    struct entropy_seeded e;
    uint8_t wanted[64];
    uint8_t got[64];

    EXPECT(hex_parse(str_of(want), wanted, sizeof wanted));
    entropy_seeded_init(&e, 0);
    EXPECT_OK(entropy_fill(&e.entropy, got, sizeof got));
    EXPECT(memcmp(got, wanted, sizeof got) == 0);
    entropy_seeded_end(&e);
}

/* RFC 8439, appendix A.1, vector 2: the next block of the same stream. */
TEST(the_stream_goes_on_in_the_second_block)
{
    static const char want[] = "9f07e7be5551387a98ba977c732d080d";
    struct entropy_seeded e;
    uint8_t skip[64];
    uint8_t wanted[16];
    uint8_t got[16];

    EXPECT(hex_parse(str_of(want), wanted, sizeof wanted));
    entropy_seeded_init(&e, 0);
    EXPECT_OK(entropy_fill(&e.entropy, skip, sizeof skip));
    EXPECT_OK(entropy_fill(&e.entropy, got, sizeof got));
    EXPECT(memcmp(got, wanted, sizeof got) == 0);
    entropy_seeded_end(&e);
}

TEST(the_same_seed_gives_the_same_bytes_however_they_are_asked_for)
{
    struct entropy_seeded a, b, other;
    uint8_t whole[300], pieces[300], different[300];
    size_t at = 0;

    entropy_seeded_init(&a, TEST_SEED);
    entropy_seeded_init(&b, TEST_SEED);
    entropy_seeded_init(&other, TEST_SEED + 1);
    EXPECT_OK(entropy_fill(&a.entropy, whole, sizeof whole));
    for (size_t n = 0; at + n <= sizeof pieces; n++) {
        EXPECT_OK(entropy_fill(&b.entropy, pieces + at, n));
        at += n;
    }
    EXPECT(at == sizeof pieces && memcmp(whole, pieces, at) == 0);

    EXPECT_OK(entropy_fill(&other.entropy, different, sizeof different));
    EXPECT(memcmp(whole, different, sizeof whole) != 0);
    entropy_seeded_end(&a);
    entropy_seeded_end(&b);
    entropy_seeded_end(&other);
}

static bool broken_fill(struct entropy *, void *, size_t)
{
    return false;
}

TEST(a_source_that_cannot_is_an_error_and_leaves_the_id_alone)
{
    struct entropy e = { broken_fill };
    id kept = { { 1, 2, 3 } };
    id i = kept;
    uint8_t byte;

    EXPECT_ERR(entropy_fill(&e, &byte, 1), ERR_IO, "entropy.unavailable");
    EXPECT_ERR(entropy_id(&e, &i), ERR_IO, "entropy.unavailable");
    EXPECT(id_eq(i, kept));
}

/* A source whose first sixteen bytes are zero, the rest ones. */
struct zero_first {
    struct entropy entropy;
    int calls;
};

static bool zero_first_fill(struct entropy *e, void *p, size_t n)
{
    struct zero_first *z = (struct zero_first *)e;

    memset(p, z->calls++ == 0 ? 0 : 1, n);
    return true;
}

TEST(an_id_is_never_the_zero_one)
{
    struct zero_first z = { { zero_first_fill }, 0 };
    id i;

    EXPECT_OK(entropy_id(&z.entropy, &i));
    EXPECT(!id_is_zero(i) && z.calls == 2);
}

TEST(ids_drawn_at_once_are_those_drawn_one_by_one)
{
    struct entropy_seeded a, b;
    id together[3], one;

    entropy_seeded_init(&a, TEST_SEED);
    entropy_seeded_init(&b, TEST_SEED);
    EXPECT_OK(entropy_ids(&a.entropy, together, COUNT(together)));
    for (size_t i = 0; i < COUNT(together); i++) {
        EXPECT_OK(entropy_id(&b.entropy, &one));
        EXPECT(id_eq(together[i], one));
    }
    entropy_seeded_end(&a);
    entropy_seeded_end(&b);
}

TEST(none_of_the_ids_drawn_at_once_is_the_zero_one)
{
    struct zero_first z = { { zero_first_fill }, 0 };
    struct entropy broken = { broken_fill };
    id ids[2];

    EXPECT_OK(entropy_ids(&z.entropy, ids, COUNT(ids)));
    EXPECT(!id_is_zero(ids[0]) && !id_is_zero(ids[1]) && z.calls == 3);
    EXPECT_ERR(entropy_ids(&broken, ids, COUNT(ids)), ERR_IO,
               "entropy.unavailable");
}

/* Side by side in the order they were made, and still nobody's guess. */
TEST(dated_ids_stand_in_the_order_of_their_moments)
{
    static const struct {
        const char *name;
        int64_t micros;
        uint8_t want[6];
    } rows[] = {
        { "the beginning", 0, { 0 } },
        { "less than a millisecond", 999, { 0 } },
        { "a millisecond", 1000, { 0, 0, 0, 0, 0, 1 } },
        { "a byte is full", 256000, { 0, 0, 0, 0, 1, 0 } },
        { "all bytes", 0x010203040506 * INT64_C(1000), { 1, 2, 3, 4, 5, 6 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        id x;
        id drawn;

        memset(x.b, 0xA5, sizeof x.b);
        drawn = x;
        entropy_date_id(&x, rows[i].micros);
        EXPECT_ROW(rows[i].name, memcmp(x.b, rows[i].want, 6) == 0);
        EXPECT_ROW(rows[i].name, memcmp(x.b + 6, drawn.b + 6, 10) == 0);
    }
}
