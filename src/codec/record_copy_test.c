#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "codec/json.h"
#include "codec/record_test_sample.h"

static str canonical(struct arena *a, const struct json *j)
{
    struct buf b;
    str out = S("(failed)");

    buf_init(&b, a, 1 << 20);
    json_canonical(&b, j);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* The sample of `text`, copied into `a`; what it was copied from is gone, and
 * under the address sanitizer nobody may look there any more. */
static void *copied(struct arena *a, str text)
{
    TEST_ARENA(first, 1 << 20);
    struct sample s = { 0 };
    struct json *j;
    void *copy = NULL;
    str own;

    EXPECT(arena_str(&first, text, &own));
    if (EXPECT_OK(json_parse(&first, own, &j)) &&
        EXPECT_OK(record_read(&first, &sample_record, j, &s)))
        EXPECT_OK(record_copy(a, &sample_record, &s, &copy));
    return copy;
}

TEST(a_copy_is_whole_when_what_it_was_copied_from_is_gone)
{
    TEST_ARENA(a, 1 << 20);
    static const str rows[] = { S_INIT(SAMPLE_LEAST), S_INIT(SAMPLE_MOST) };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct sample *s = copied(&a, rows[i]);
        struct json *j;

        if (s != NULL && EXPECT_OK(record_write(&a, &sample_record, s, &j)))
            EXPECT_STR(canonical(&a, j), rows[i]);
    }
}

TEST(what_is_changed_in_a_copy_stays_there)
{
    TEST_ARENA(a, 1 << 20);
    struct site site = { .name = S("a"), .staff = 1 };
    struct sample s = { .sites = { &site, 1 } };
    void *p = NULL;

    if (!EXPECT_OK(record_copy(&a, &sample_record, &s, &p)))
        return;
    const struct sample *copy = p;
    ((struct site *)copy->sites.p)->staff = 2;
    EXPECT(site.staff == 1 && copy->sites.n == 1);
}

/* Every allocation fails once. */
TEST(without_memory_there_is_no_copy)
{
    struct sample s = { 0 };
    struct json *j;
    TEST_ARENA(a, 1 << 20);

    if (!EXPECT_OK(json_parse(&a, S(SAMPLE_MOST), &j)) ||
        !EXPECT_OK(record_read(&a, &sample_record, j, &s)))
        return;
    for (size_t limit = 0;; limit += 64) {
        TEST_ARENA(small, limit);
        void *copy = &s;
        err e = record_copy(&small, &sample_record, &s, &copy);

        if (!failed(e))
            break;
        EXPECT_ERR(e, ERR_MEMORY, "err.memory");
        EXPECT(copy == &s);
    }
}
