#include "crypto/hash.h"

#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

static void expect_hash(const char *row, const uint8_t got[static SHA256_BYTES],
                        str want)
{
    uint8_t bytes[SHA256_BYTES];

    EXPECT_ROW(row, hex_parse(want, bytes, sizeof bytes));
    EXPECT_ROW(row, memcmp(got, bytes, sizeof bytes) == 0);
}

/* FIPS 180-4, the examples of its authors. */
TEST(sha256_gives_the_published_hashes)
{
    static const struct {
        const char *name;
        str in;
        str want;
    } rows[] = {
        { "nothing", S_INIT(""),
          S_INIT("e3b0c44298fc1c149afbf4c8996fb924"
                 "27ae41e4649b934ca495991b7852b855") },
        { "one block", S_INIT("abc"),
          S_INIT("ba7816bf8f01cfea414140de5dae2223"
                 "b00361a396177a9cb410ff61f20015ad") },
        { "two blocks",
          S_INIT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
          S_INIT("248d6a61d20638b8e5c026930c3e6039"
                 "a33ce45964ff2167f6ecedd419db06c1") },
    };
    uint8_t got[SHA256_BYTES];

    for (size_t i = 0; i < COUNT(rows); i++) {
        sha256(rows[i].in.p, rows[i].in.n, got);
        expect_hash(rows[i].name, got, rows[i].want);
    }
    sha256(NULL, 0, got);
    expect_hash("no pointer", got, rows[0].want);
}

TEST(a_million_letters_in_pieces_give_the_published_hash)
{
    struct sha256 h;
    uint8_t got[SHA256_BYTES];

    sha256_init(&h);
    for (int i = 0; i < 100000; i++)
        sha256_add(&h, "aaaaaaaaaa", 10);
    sha256_end(&h, got);
    expect_hash("a million a", got,
                S("cdc76e5c9914fb9281a1c7e284d73e67"
                  "f1809a48a497200e046d39ccc7112cd0"));
}

/* [property] However a text is cut, the hash is the same. */
TEST(pieces_hash_like_the_whole)
{
    struct test_random r = { TEST_SEED };
    uint8_t text[300];
    uint8_t whole[SHA256_BYTES];
    uint8_t pieces[SHA256_BYTES];

    test_random_bytes(&r, text, sizeof text);
    sha256(text, sizeof text, whole);
    for (size_t cut = 0; cut <= sizeof text; cut++) {
        struct sha256 h;

        sha256_init(&h);
        sha256_add(&h, text, cut);
        sha256_add(&h, NULL, 0);
        sha256_add(&h, text + cut, sizeof text - cut);
        sha256_end(&h, pieces);
        EXPECT(memcmp(whole, pieces, sizeof whole) == 0);
    }
}

TEST(the_state_is_wiped_at_the_end)
{
    static const struct sha256 zero;
    struct sha256 h;
    uint8_t got[SHA256_BYTES];

    memset(&h, 0xaa, sizeof h);
    sha256_init(&h);
    sha256_add(&h, "a secret", 8);
    sha256_end(&h, got);
    EXPECT(memcmp(&h, &zero, sizeof h) == 0);
}
