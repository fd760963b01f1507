#include "search/list.h"

#include "base/size.h"
#include "base/test.h"
#include "search/list_bytes.h"

enum { MOST = 3000, LIMIT = 1 << 20 };

/* Documents whose gaps are below `gap` + 1, now and then far more. */
static uint32_t draw(struct test_random *r, uint32_t n, uint64_t gap,
                     uint32_t *out)
{
    uint32_t document = (uint32_t)test_random_below(r, gap + 1);

    for (uint32_t i = 0; i < n; i++) {
        out[i] = document;
        document += 1 + (uint32_t)test_random_below(r, gap);
        if (test_random_below(r, 100) == 0)
            document += (uint32_t)test_random_below(r, gap * 50 + 1);
    }
    return n;
}

static bool is_marked(const uint64_t *bits, uint32_t i)
{
    return (bits[i / 64] >> i % 64 & 1) != 0;
}

/* Exactly the documents in [from, to) are marked. */
static void expect_marked(struct arena *a, const struct list_part *part,
                          const uint32_t *want, uint32_t n, uint32_t from,
                          uint32_t to)
{
    uint64_t *bits = arena_array(a, (to - from) / 64 + 1, sizeof *bits);
    uint32_t marked = 0;

    list_mark(part, from, to, bits);
    for (uint32_t i = 0; i < to - from; i++)
        marked += is_marked(bits, i) ? 1 : 0;
    for (uint32_t i = 0; i < n; i++) {
        if (want[i] < from || want[i] >= to)
            continue;
        EXPECT(is_marked(bits, want[i] - from));
        marked--;
    }
    EXPECT(marked == 0);
}

static void expect_written(struct test_random *r, uint32_t most, uint64_t gap)
{
    TEST_ARENA(a, 64 << 20);
    uint32_t *own = arena_array(&a, (size_t)LIST_TIERS * MOST, sizeof *own);
    uint32_t *got = arena_array(&a, MOST, sizeof *got);
    const uint32_t *documents[LIST_TIERS];
    uint32_t n[LIST_TIERS];
    size_t all = 0;

    for (int i = 0; i < LIST_TIERS; i++) {
        uint32_t count = (uint32_t)test_random_below(r, most + 1);

        documents[i] = own + (size_t)i * MOST;
        n[i] = draw(r, count, gap, own + (size_t)i * MOST);
        all += n[i];
    }
    uint8_t *bytes = arena_zero(&a, list_bound(all) + LIST_SLACK);
    size_t size = list_write(documents, n, bytes);
    EXPECT(size <= list_bound(all));

    struct list l = list_read(bytes, bytes + size);
    EXPECT(l.n == all && list_count(bytes, bytes + size) == all);
    for (int i = 0; i < LIST_TIERS; i++) {
        EXPECT(list_documents(&l.parts[i], UINT32_MAX, got) == n[i]);
        EXPECT(n[i] == 0 || memcmp(got, documents[i], n[i] * sizeof *got) == 0);
        expect_marked(&a, &l.parts[i], documents[i], n[i], 0, LIMIT);
        expect_marked(&a, &l.parts[i], documents[i], n[i], 1000, 3000);
        expect_marked(&a, &l.parts[i], documents[i], n[i], 4096, 4096 + 64);
    }
}

/* [LI1] */
TEST(a_list_is_read_as_it_was_written)
{
    static const uint64_t gaps[] = { 1, 2, 3, 9, 100, 5000 };
    static const uint32_t counts[] = { 0, 1, 2, 127, 128, 129, 256, 1000 };
    struct test_random r = { TEST_SEED };

    for (size_t i = 0; i < COUNT(gaps); i++)
        for (size_t j = 0; j < COUNT(counts); j++)
            for (int k = 0; k < 5; k++)
                expect_written(&r, counts[j], gaps[i]);
}

TEST(a_part_takes_documents_up_to_the_largest_number)
{
    static const uint32_t far[] = { 0, 1, UINT32_MAX - 1 };
    const uint32_t *documents[LIST_TIERS] = { far, far, far, far };
    static const uint32_t n[LIST_TIERS] = { 0, 3, 0, 0 };
    uint8_t bytes[256] = { 0 };
    uint32_t got[3];

    struct list l = list_read(bytes, bytes + list_write(documents, n, bytes));
    EXPECT(list_documents(&l.parts[1], UINT32_MAX, got) == 3);
    EXPECT(memcmp(got, far, sizeof far) == 0);
    EXPECT(list_documents(&l.parts[1], 2, got) == 2);
}

/* [LI2]  Whatever is read is in an exact block: ASan sees what is not. */
TEST(damaged_bytes_are_never_read_beyond)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 4000; i++) {
        TEST_ARENA(a, 1 << 22);
        size_t n = test_random_below(&r, 300);
        uint8_t *bytes = arena_zero(&a, n + LIST_SLACK);
        uint64_t bits[64] = { 0 };

        test_random_bytes(&r, bytes, n);
        for (size_t j = 0; j < n; j++)
            if (test_random_below(&r, 2) == 0)
                bytes[j] &= 0x43;
        struct list l = list_read(bytes, bytes + n);
        for (int t = 0; t < LIST_TIERS; t++) {
            uint32_t *got = arena_array(&a, l.parts[t].n, sizeof *got);

            EXPECT(got != NULL);
            if (got == NULL)
                return;
            size_t found = list_documents(&l.parts[t], 1000, got);
            EXPECT(found <= l.parts[t].n);
            for (size_t k = 0; k < found; k++)
                EXPECT(got[k] < 1000);
            list_mark(&l.parts[t], 100, 100 + 64 * 64, bits);
        }
    }
}
