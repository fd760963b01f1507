#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/test_sample.h"
#include "verify/did.h"

/* [CW2] [SM2] */
TEST(a_document_gives_the_history_of_its_keys_back)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        int64_t from;
        int64_t until;
        int64_t revoked;
        bool asserts;
    } rows[] = {
        { "credential-1", INT64_C(1767225600000000), INT64_C(1780272000000000),
          INT64_MAX, true },
        { "credential-2", INT64_C(1767225600000000), INT64_MAX,
          INT64_C(1780272000000000), false },
        { "credential-3", INT64_C(1780272000000000), INT64_MAX, INT64_MAX,
          true },
        { "qr-1", INT64_C(1767225600000000), INT64_MAX, INT64_MAX, true },
    };
    struct did_document d = { 0 };

    if (!EXPECT_OK(test_did_document(&a, &d)))
        return;
    EXPECT_STR(d.id, test_did);
    EXPECT(d.n == (size_t)2 * TEST_KEYS);
    for (size_t i = 0; i < d.n && !test_failing(); i++) {
        const struct did_key *k = &d.keys[i];
        struct sign_key want = test_key((enum test_key)(i / 2));
        const char *row = rows[i / 2].name;
        str name = str_from(k->id, test_did.n + 1);

        EXPECT_ROW(row, str_begins(name, str_of(row)));
        EXPECT_ROW(row, str_ends(name, S("-jwk")) == (i % 2 == 1));
        EXPECT_ROW(row,
                   memcmp(k->public, want.public, sizeof want.public) == 0);
        EXPECT_ROW(row, k->from == rows[i / 2].from);
        EXPECT_ROW(row, k->until == rows[i / 2].until);
        EXPECT_ROW(row, k->revoked == rows[i / 2].revoked);
        EXPECT_ROW(row, k->asserts == rows[i / 2].asserts);
    }
}

TEST(a_document_without_keys_is_one_too)
{
    TEST_ARENA(a, 1 << 18);
    struct did_document d = { 0 };
    str text = S("");

    EXPECT_OK(did_document_write(&a, test_did, NULL, 0, &text));
    EXPECT_OK(did_document_read(&a, text, &d));
    EXPECT(d.n == 0);
}

TEST(a_document_with_one_name_twice_or_too_many_is_not_written)
{
    TEST_ARENA(a, 4 << 20);
    struct key_facts *keys =
        arena_array(&a, DID_KEYS_MAX / 2 + 1, sizeof *keys);
    static char names[DID_KEYS_MAX / 2 + 1][2];
    struct did_document d = { 0 };
    str text = S("untouched");

    if (keys == NULL)
        return;
    for (size_t i = 0; i <= DID_KEYS_MAX / 2; i++) {
        names[i][0] = (char)('a' + i / 26);
        names[i][1] = (char)('a' + i % 26);
        keys[i] = (struct key_facts){ .name = { names[i], 2 },
                                      .until = INT64_MAX,
                                      .revoked = INT64_MAX };
    }
    EXPECT_ERR(did_document_write(&a, test_did, keys, DID_KEYS_MAX / 2 + 1,
                                  &text),
               ERR_INVALID, "did.many");
    EXPECT_STR(text, S("untouched"));
    EXPECT_OK(did_document_write(&a, test_did, keys, DID_KEYS_MAX / 2, &text));
    EXPECT_OK(did_document_read(&a, text, &d));
    keys[1].name = keys[0].name;
    EXPECT_ERR(did_document_write(&a, test_did, keys, 2, &text), ERR_INVALID,
               "did.twice");
}

static err make_and_read(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct did_document d;

    arena_init(&a, h, 1 << 20);
    return test_did_document(&a, &d);
}

TEST(a_document_is_written_and_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(make_and_read, NULL, NULL) > 0);
}
