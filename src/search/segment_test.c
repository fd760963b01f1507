#include "search/segment.h"

#include "base/size.h"
#include "base/test.h"
#include "search/fold.h"
#include "search/search.h"
#include "search/segment_parts.h"
#include "search/test_names.h"

enum { ROOM = 1 << 28, SOME = 300 };

static str build(struct arena *a, const struct test_names *names)
{
    str bytes = { NULL, 0 };

    EXPECT_OK(segment_build(a->heap, a, names->documents, names->n, &bytes));
    return bytes;
}

/* [SG1] [SG3] */
TEST(the_order_of_documents_does_not_matter)
{
    TEST_ARENA(a, ROOM);
    struct test_random r = { TEST_SEED };
    struct test_names names = test_names_make(&a, &r, SOME);
    str first = build(&a, &names);

    for (size_t i = 0; i < SOME / 2; i++) {
        struct search_document d = names.documents[i];

        names.documents[i] = names.documents[SOME - 1 - i];
        names.documents[SOME - 1 - i] = d;
    }
    EXPECT(str_eq(first, build(&a, &names)));
}

TEST(a_segment_without_documents_finds_nothing)
{
    TEST_ARENA(a, ROOM);
    const struct segment *s;
    uint32_t d;
    str bytes;

    EXPECT_OK(segment_build(a.heap, &a, NULL, 0, &bytes));
    EXPECT_OK(segment_open(&a, bytes, &s));
    EXPECT_OK(segment_verify(&a, s));
    EXPECT(segment_count(s) == 0 && segment_words(s) == 0);
    EXPECT(!segment_find(s, 1, &d));
}

/* [SG3]  What was taken out of one and put into another is as if it had always
 * been there. */
TEST(a_merge_is_what_all_that_lives_would_have_made)
{
    TEST_ARENA(a, ROOM);
    struct test_random r = { TEST_SEED };
    struct test_names names = test_names_make(&a, &r, SOME);
    struct test_names parts[] = {
        { names.documents, NULL, SOME / 3 },
        { names.documents + SOME / 3, NULL, SOME - SOME / 3 },
    };
    struct search_document *left = arena_array(&a, SOME, sizeof *left);
    struct segment_part from[2] = { 0 };
    size_t n = 0;
    str merged;
    str whole;

    for (size_t i = 0; i < 2; i++) {
        EXPECT_OK(segment_open(&a, build(&a, &parts[i]), &from[i].segment));
        uint64_t *dead = arena_array(&a, segment_words(from[i].segment), 8);
        from[i].dead = dead;
        for (size_t j = 0; j < parts[i].n; j++) {
            uint32_t d;

            if (j % 7 != i) {
                left[n++] = parts[i].documents[j];
                continue;
            }
            EXPECT(segment_find(from[i].segment, parts[i].documents[j].id, &d));
            dead[d / 64] |= UINT64_C(1) << d % 64;
        }
    }
    EXPECT_OK(segment_merge(a.heap, &a, from, 2, &merged));
    EXPECT_OK(segment_build(a.heap, &a, left, n, &whole));
    EXPECT(str_eq(merged, whole));
}

TEST(what_cannot_be_indexed_is_refused)
{
    TEST_ARENA(a, ROOM);
    struct search_document two[] = {
        { .id = 5, .name = S_INIT("华为") },
        { .id = 5, .name = S_INIT("华为技术") },
    };
    struct segment_part same[2] = { 0 };
    str bytes = S("untouched");

    EXPECT_ERR(segment_build(a.heap, &a, two, 2, &bytes), ERR_INVALID,
               "search.twice");
    EXPECT_STR(bytes, S("untouched"));
    two[1].id = 6;
    EXPECT_OK(segment_build(a.heap, &a, two, 2, &bytes));
    EXPECT_OK(segment_open(&a, bytes, &same[0].segment));
    same[1] = same[0];
    EXPECT_ERR(segment_merge(a.heap, &a, same, 2, &bytes), ERR_INVALID,
               "search.twice");
    two[1].name = S("\xff");
    EXPECT_ERR(segment_build(a.heap, &a, two, 2, &bytes), ERR_INVALID,
               "search.name");
}

TEST(what_is_behind_the_longest_name_is_not_found)
{
    TEST_ARENA(a, ROOM);
    char name[SEARCH_NAME_MAX + 1];
    struct search_document d = { .id = 1, .name = { name, sizeof name } };
    const struct segment *s;
    str bytes;

    memset(name, 'x', sizeof name);
    EXPECT_OK(segment_build(a.heap, &a, &d, 1, &bytes));
    EXPECT_OK(segment_open(&a, bytes, &s));
    EXPECT(segment_length(s, 0) == SEARCH_NAME_MAX);
}

static const struct segment *opened(struct arena *a, const char *bytes,
                                    size_t n, err *e)
{
    const struct segment *s = NULL;

    *e = segment_open(a, (str){ bytes, n }, &s);
    return failed(*e) ? NULL : s;
}

static void search_all(struct arena *a, struct search_room *room,
                       const struct segment *s)
{
    static const str asked[] = { S_INIT("华"), S_INIT("有限公司"), S_INIT("hw"),
                                 S_INIT("huawei"), S_INIT("华伟科技") };
    struct segment_part part = { .segment = s };
    struct search_answer x;
    uint32_t d;

    (void)segment_find(s, 77, &d);
    for (size_t i = 0; i < COUNT(asked); i++) {
        struct search_request rq = test_names_request(asked[i], 20);
        err e = search_find(a, room, &part, 1, &rq, &x);

        EXPECT(!failed(e) || err_is(e, ERR_MEMORY));
        rq.facets[SEARCH_PLACE] = (struct search_range){ 3, 200 };
        e = search_find(a, room, &part, 1, &rq, &x);
        EXPECT(!failed(e) || err_is(e, ERR_MEMORY));
    }
}

/* [SG4] */
TEST(torn_or_changed_bytes_are_refused_or_harmless)
{
    TEST_ARENA(a, ROOM);
    struct test_random r = { TEST_SEED };
    struct test_names names = test_names_make(&a, &r, SOME);
    str whole = build(&a, &names);
    scoped(search_room_free) struct search_room *room = NULL;

    EXPECT_OK(search_room_new(a.heap, &room));
    for (int i = 0; i < 600; i++) {
        TEST_ARENA(own, ROOM);
        bool torn = i % 3 == 0;
        size_t n = torn ? test_random_below(&r, whole.n) : whole.n;
        char *bytes = arena_zero(&own, n);
        size_t span = i % 3 == 1 ? SEGMENT_HEAD + 1100 : n;
        const struct segment *s;
        err e;

        memcpy(bytes, whole.p, n);
        for (int j = 0; j < 8 && !torn; j++)
            test_random_bytes(&r, bytes + test_random_below(&r, span), 1);
        s = opened(&own, bytes, n, &e);
        if (torn)
            EXPECT_ERR(e, ERR_CORRUPT, "search.damaged");
        if (s == NULL)
            continue;
        if (memcmp(bytes, whole.p, n) != 0)
            EXPECT_ERR(segment_verify(&own, s), ERR_CORRUPT, "search.damaged");
        search_all(&own, room, s);
    }
}

static err build_once(struct heap *h, void *)
{
    static const struct search_document documents[] = {
        { .id = 1, .name = S_INIT("深圳市华为技术有限公司") },
        { .id = 2, .name = S_INIT("浙江长安") },
    };
    scoped(arena_end) struct arena a;
    scoped(search_room_free) struct search_room *room = NULL;
    struct segment_part part = { .dead = NULL };
    struct search_request rq = test_names_request(S("深圳 hua"), 20);
    struct search_answer x;
    str bytes;

    arena_init(&a, h, ROOM);
    TRY(segment_build(h, &a, documents, COUNT(documents), &bytes));
    TRY(segment_open(&a, bytes, &part.segment));
    TRY(segment_merge(h, &a, &part, 1, &bytes));
    TRY(search_room_new(h, &room));
    TRY(search_find(&a, room, &part, 1, &rq, &x));
    rq.asked = S("长庆安");
    return search_find(&a, room, &part, 1, &rq, &x);
}

TEST(memory_may_fail_everywhere)
{
    EXPECT(test_every_allocation_fails(build_once, NULL, NULL) > 20);
}
