/* How an assessment stands group by group. [GR1] [GR2] */

#include "base/size.h"
#include "base/test.h"
#include "domain/groups.h"

enum { TREE_MAX = 40 };

/* Roots, each with so many leaves of one point below it. */
struct tree {
    struct scheme s;
    struct indicator indicators[TREE_MAX];
    int32_t leaves[TREE_MAX];
    struct answer answers[TREE_MAX];
};

static void grow(struct tree *t, size_t roots, size_t each)
{
    size_t n = 0;

    *t = (struct tree){ .s = { .indicators = t->indicators,
                               .leaves = t->leaves } };
    for (size_t r = 0; r < roots; r++) {
        int32_t root = (int32_t)n;

        t->indicators[n++] = (struct indicator){ .parent = -1, .leaf = -1 };
        for (size_t i = 0; i < each; i++) {
            t->leaves[t->s.leaf_count] = (int32_t)n;
            t->indicators[n++] = (struct indicator){
                .parent = root, .leaf = (int32_t)t->s.leaf_count, .points = 1000
            };
            t->answers[t->s.leaf_count++].kind = ANSWER_MET;
        }
    }
    t->s.indicator_count = n;
}

TEST(groups_are_parts_of_the_roots_or_the_roots)
{
    static const struct {
        const char *why;
        size_t roots;
        size_t each;
        size_t groups;
    } rows[] = {
        { "one root with enough parts", 1, 3, 3 },
        { "one part too few: the root", 1, 2, 1 },
        { "the parts of several", 2, 2, 4 },
        { "as many parts as can be compared", 2, GROUP_MAX / 2, GROUP_MAX },
        { "one more: the roots", 3, 6, 3 },
        { "too few parts: the roots", 2, 1, 2 },
        { "too many of both", GROUP_MAX + 1, 1, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tree t;
        struct group got[GROUP_MAX];

        grow(&t, rows[i].roots, rows[i].each);
        EXPECT_ROW(rows[i].why,
                   groups_of(&t.s, t.answers, got) == rows[i].groups);
    }
}

/* Three roots of six leaves each: the roots are compared. */
TEST(a_share_is_what_applies_and_was_won)
{
    static const struct {
        const char *why;
        struct answer given[2]; /* of the first two leaves; the rest is met */
        enum scheme_method method;
        int32_t share;
    } rows[] = {
        { "all",
          { { ANSWER_MET, 0, 0 }, { ANSWER_MET, 0, 0 } },
          METHOD_POINTS,
          1000 },
        { "one of six is lost",
          { { ANSWER_NOT_MET, 0, 0 }, { ANSWER_MET, 0, 0 } },
          METHOD_POINTS,
          833 },
        { "no answer wins nothing",
          { { ANSWER_NONE, 0, 0 }, { ANSWER_MET, 0, 0 } },
          METHOD_POINTS,
          833 },
        { "half of one",
          { { ANSWER_SAMPLED, 1, 2 }, { ANSWER_MET, 0, 0 } },
          METHOD_POINTS,
          916 },
        { "what does not apply is not counted",
          { { ANSWER_NOT_APPLICABLE, 0, 0 }, { ANSWER_NOT_MET, 0, 0 } },
          METHOD_POINTS,
          800 },
        { "a clause counts in full or not at all",
          { { ANSWER_SAMPLED, 1, 2 }, { ANSWER_SAMPLED, 2, 2 } },
          METHOD_CLAUSES,
          833 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tree t;
        struct group got[GROUP_MAX];

        grow(&t, 3, 6);
        t.s.method = rows[i].method;
        t.answers[0] = rows[i].given[0];
        t.answers[1] = rows[i].given[1];
        EXPECT_ROW(rows[i].why, groups_of(&t.s, t.answers, got) == 3);
        EXPECT_ROW(rows[i].why, got[0].applies);
        EXPECT_ROW(rows[i].why, got[0].share == rows[i].share);
        EXPECT_ROW(rows[i].why, got[1].share == 1000);
    }
}

TEST(where_nothing_applies_there_is_no_share)
{
    struct tree t;
    struct group got[GROUP_MAX];

    grow(&t, 1, 3);
    t.answers[1].kind = ANSWER_NOT_APPLICABLE;
    EXPECT(groups_of(&t.s, t.answers, got) == 3);
    EXPECT(got[0].applies && !got[1].applies && got[1].share == 0);
}

/* [GR1] A scheme of clauses has no points: each counts one, and is met where
 * all of its sample is. */
TEST(of_clauses_each_counts_one)
{
    static const struct {
        const char *why;
        struct answer given;
        bool applies;
        int32_t share;
    } rows[] = {
        { "met", { .kind = ANSWER_MET }, true, 1000 },
        { "not met", { .kind = ANSWER_NOT_MET }, true, 0 },
        { "all of a sample", { ANSWER_SAMPLED, 3, 3 }, true, 1000 },
        { "all but one of it", { ANSWER_SAMPLED, 2, 3 }, true, 0 },
        { "does not apply", { .kind = ANSWER_NOT_APPLICABLE }, false, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tree t;
        struct group got[GROUP_MAX];

        grow(&t, 3, 1);
        t.s.method = METHOD_CLAUSES;
        t.answers[0] = rows[i].given;
        EXPECT_ROW(rows[i].why, groups_of(&t.s, t.answers, got) == 3);
        EXPECT_ROW(rows[i].why, got[0].applies == rows[i].applies);
        EXPECT_ROW(rows[i].why, got[0].share == rows[i].share);
    }
}

/* What stands two below a root is part of a part. */
TEST(a_part_of_a_part_is_no_group)
{
    struct tree t;
    struct group got[GROUP_MAX];

    grow(&t, 1, 3);
    int32_t below = (int32_t)t.s.indicator_count;
    t.indicators[below] = t.indicators[3];
    t.indicators[below].parent = 3;
    t.indicators[3].leaf = -1;
    t.leaves[2] = below;
    t.s.indicator_count++;
    EXPECT(groups_of(&t.s, t.answers, got) == 3);
    EXPECT(got[2].indicator == 3 && got[2].share == 1000);
}
