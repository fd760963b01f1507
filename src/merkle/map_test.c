#include "merkle/map.h"

#include "base/size.h"
#include "base/test.h"
#include "crypto/hash.h"

#include <stdlib.h>

enum { MOST = 200 };

/* --- the definition, read aloud
 * ----------------------------------------------- */

static bool has_bit(const struct hash *key, unsigned depth)
{
    return (key->b[depth / 8] & 0x80 >> depth % 8) != 0;
}

/* The root of those pairs that are taken, in any order: nothing is sorted. */
static void slow_root(const struct map_pair *pairs, const bool *taken, size_t n,
                      unsigned depth, struct hash *out)
{
    bool halves[2][MOST] = { 0 };
    struct hash sub[2];
    size_t count = 0;
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        if (taken[i]) {
            halves[has_bit(&pairs[i].key, depth % MAP_DEPTH_MAX)][i] = true;
            count++;
            last = i;
        }
    }
    *out = (struct hash){ 0 };
    if (count == 1)
        map_leaf(&pairs[last], out);
    if (count < 2)
        return;
    slow_root(pairs, halves[0], n, depth + 1, &sub[0]);
    slow_root(pairs, halves[1], n, depth + 1, &sub[1]);
    map_node(&sub[0], &sub[1], out);
}

/* --- pairs
 * ------------------------------------------------------------------------ */

static int by_key(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct hash));
}

/* Keys that agree in up to `alike` bytes: a way as long as somebody would have
 * it who could choose his key. */
static void make(struct test_random *r, size_t alike, struct map_pair *pairs,
                 size_t n)
{
    test_random_bytes(r, pairs, n * sizeof *pairs);
    for (size_t i = 0; i < n; i++) {
        memset(pairs[i].key.b, 0x5a, test_random_below(r, alike + 1));
        pairs[i].key.b[31] = (uint8_t)i; /* no key twice */
    }
    qsort(pairs, n, sizeof *pairs, by_key);
}

static void expect_all(const struct map_pair *pairs, size_t n)
{
    bool taken[MOST];
    struct hash want;
    struct hash root;

    memset(taken, true, sizeof taken);
    slow_root(pairs, taken, n, 0, &want);
    map_root(pairs, n, 0, &root);
    EXPECT(hash_eq(&root, &want));

    for (size_t i = 0; i < n; i++) {
        static struct map_proof p;
        struct hash other = pairs[i].value;

        map_prove(pairs, n, 0, &pairs[i].key, &p);
        EXPECT(map_proof_holds(&root, &pairs[i].key, &pairs[i].value, &p));
        EXPECT(!map_proof_holds(&root, &pairs[i].key, NULL, &p));
        other.b[3] ^= 0x10;
        EXPECT(!map_proof_holds(&root, &pairs[i].key, &other, &p));
    }
}

static void expect_none(const struct map_pair *pairs, size_t n,
                        const struct hash *key)
{
    static struct map_proof p;
    static const struct hash value = { { 1 } };
    struct hash root;

    map_root(pairs, n, 0, &root);
    map_prove(pairs, n, 0, key, &p);
    EXPECT(map_proof_holds(&root, key, NULL, &p));
    EXPECT(!map_proof_holds(&root, key, &value, &p));
}

TEST(every_key_of_a_map_has_its_value_and_every_other_none)
{
    static const size_t sizes[] = { 0, 1, 2, 3, 7, 50, MOST };
    static struct map_pair pairs[MOST];
    struct test_random r = { TEST_SEED };

    for (size_t i = 0; i < COUNT(sizes); i++) {
        for (size_t alike = 0; alike <= 31; alike += 31) {
            struct hash key;

            make(&r, alike, pairs, sizes[i]);
            expect_all(pairs, sizes[i]);
            for (int k = 0; k < 20; k++) {
                test_random_bytes(&r, &key, sizeof key);
                memset(key.b, 0x5a, test_random_below(&r, alike + 1));
                expect_none(pairs, sizes[i], &key);
            }
        }
    }
}

TEST(keys_that_differ_in_their_last_bit_are_told_apart)
{
    struct map_pair pairs[2] = { { .value = { { 1 } } },
                                 { .value = { { 2 } } } };
    static struct map_proof p;
    struct hash root;

    pairs[1].key.b[31] = 1;
    expect_all(pairs, 2);
    map_root(pairs, 2, 0, &root);
    map_prove(pairs, 2, 0, &pairs[1].key, &p);
    EXPECT(p.n == MAP_DEPTH_MAX);
}

/* What stands in the words of map.h, worked out by hand. */
TEST(small_maps_have_the_roots_of_the_definition)
{
    struct map_pair pairs[2] = { { { { 0x00 } }, { { 0xaa } } },
                                 { { { 0x80 } }, { { 0xbb } } } };
    uint8_t bytes[65];
    struct hash leaves[2];
    struct hash root;
    struct hash want;

    map_root(NULL, 0, 0, &root);
    EXPECT(hash_is_zero(&root));

    for (size_t i = 0; i < 2; i++) {
        bytes[0] = 0x02;
        memcpy(bytes + 1, pairs[i].key.b, 32);
        memcpy(bytes + 33, pairs[i].value.b, 32);
        sha256(bytes, sizeof bytes, leaves[i].b);
        map_root(&pairs[i], 1, 0, &root);
        EXPECT(hash_eq(&root, &leaves[i]));
    }
    bytes[0] = 0x03;
    memcpy(bytes + 1, leaves[0].b, 32);
    memcpy(bytes + 33, leaves[1].b, 32);
    sha256(bytes, sizeof bytes, want.b);
    map_root(pairs, 2, 0, &root);
    EXPECT(hash_eq(&root, &want));
}

/* --- whoever keeps the upper levels apart
 * ------------------------------------------ */

/* The pairs that begin with this byte. */
static size_t bucket(const struct map_pair *pairs, size_t n, unsigned byte,
                     size_t *from)
{
    size_t to;

    for (*from = 0; *from < n && pairs[*from].key.b[0] < byte;)
        ++*from;
    for (to = *from; to < n && pairs[to].key.b[0] == byte;)
        to++;
    return to - *from;
}

/* The halves beside the way to a byte, out of 256 kept roots. */
static void beside(const struct map_pair *pairs, size_t n, unsigned byte,
                   struct hash aside[static 8])
{
    for (unsigned depth = 0; depth < 8; depth++) {
        unsigned shift = 7 - depth;
        unsigned other = (byte >> shift ^ 1) << shift;
        size_t from;
        size_t to;

        for (from = 0; from < n && pairs[from].key.b[0] < other;)
            from++;
        for (to = from; to < n && pairs[to].key.b[0] < other + (1U << shift);)
            to++;
        map_root(pairs + from, to - from, depth + 1, &aside[depth]);
    }
}

TEST(a_proof_may_begin_below_what_is_kept)
{
    static struct map_pair pairs[MOST * 8];
    static struct map_proof part;
    static struct map_proof whole;
    struct test_random r = { TEST_SEED };
    struct hash aside[8];
    size_t n = COUNT(pairs);

    test_random_bytes(&r, pairs, sizeof pairs);
    qsort(pairs, n, sizeof *pairs, by_key);
    for (size_t i = 0; i < n; i += 37) {
        size_t from;
        size_t most = bucket(pairs, n, pairs[i].key.b[0], &from);

        map_prove(pairs, n, 0, &pairs[i].key, &whole);
        if (whole.n < 8)
            continue; /* alone so high up that no level is kept there */
        beside(pairs, n, pairs[i].key.b[0], aside);
        map_prove(pairs + from, most, 8, &pairs[i].key, &part);
        map_proof_above(&part, aside, 8);
        EXPECT(part.n == whole.n && memcmp(part.aside, whole.aside,
                                           part.n * sizeof *part.aside) == 0);
    }
}

/* --- what was tampered with
 * --------------------------------------------------------- */

TEST(a_proof_with_any_byte_changed_proves_nothing)
{
    static struct map_pair pairs[50];
    static struct map_proof p;
    struct test_random r = { TEST_SEED };
    struct hash root;

    make(&r, 0, pairs, COUNT(pairs));
    map_root(pairs, COUNT(pairs), 0, &root);
    map_prove(pairs, COUNT(pairs), 0, &pairs[20].key, &p);
    for (unsigned depth = 0; depth < p.n; depth++) {
        for (size_t i = 0; i < sizeof p.aside[depth].b; i++) {
            p.aside[depth].b[i] ^= 1;
            EXPECT(
                !map_proof_holds(&root, &pairs[20].key, &pairs[20].value, &p));
            p.aside[depth].b[i] ^= 1;
        }
    }
    p.n--;
    EXPECT(!map_proof_holds(&root, &pairs[20].key, &pairs[20].value, &p));
    p.n = MAP_DEPTH_MAX + 1;
    EXPECT(!map_proof_holds(&root, &pairs[20].key, &pairs[20].value, &p));
}

/* That a pair stands elsewhere says nothing of a key whose way does not lead
 * there. */
TEST(a_pair_beside_the_way_proves_no_absence)
{
    struct map_pair pairs[2] = { { { { 0x00 } }, { { 1 } } },
                                 { { { 0x80 } }, { { 2 } } } };
    static struct map_proof p;
    struct hash key = { { 0x81 } };
    struct hash root;

    map_root(pairs, 2, 0, &root);
    map_prove(pairs, 2, 0, &key, &p);
    EXPECT(p.other && map_proof_holds(&root, &key, NULL, &p));
    /* The other one's proof: it ends at 0x00. */
    map_prove(pairs, 2, 0, &pairs[0].key, &p);
    p.other = true;
    p.there = pairs[0];
    EXPECT(!map_proof_holds(&root, &key, NULL, &p));
    EXPECT(!map_proof_holds(&root, &pairs[0].key, NULL, &p));
    EXPECT(!map_proof_holds(&root, &pairs[0].key, &pairs[0].value, &p));
}
