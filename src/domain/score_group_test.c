/* What a group of the tree won, for whoever computes a score anew. [M19] */

#include "base/size.h"
#include "base/test.h"
#include "domain/score.h"

/* A group of two leaves, of 10 and of 5 points, beside a leaf of 85. */
static const struct indicator tree[] = {
    { .parent = -1, .leaf = -1, .points = 15000 },
    { .parent = 0, .leaf = 0, .points = 10000 },
    { .parent = 0, .leaf = 1, .points = 5000 },
    { .parent = -1, .leaf = 2, .points = 85000 },
};
static const int32_t leaves[] = { 1, 2, 3 };
static const struct scheme scheme = {
    .indicators = tree,
    .indicator_count = COUNT(tree),
    .leaves = leaves,
    .leaf_count = COUNT(leaves),
};

static bool is_exactly(const struct group_score *g, u128 num, u128 den,
                       int32_t applicable)
{
    return g->won.num == num && g->won.den == den &&
           g->applicable == applicable;
}

TEST(a_group_wins_what_its_leaves_win_exactly)
{
    static const struct {
        const char *name;
        struct answer first;
        struct answer second;
        u128 num;
        u128 den;
        int32_t applicable;
    } rows[] = {
        { "both met",
          { ANSWER_MET, 0, 0 },
          { ANSWER_MET, 0, 0 },
          15,
          1,
          15000 },
        { "one lost",
          { ANSWER_MET, 0, 0 },
          { ANSWER_NOT_MET, 0, 0 },
          10,
          1,
          15000 },
        { "no answer",
          { ANSWER_NONE, 0, 0 },
          { ANSWER_NONE, 0, 0 },
          0,
          1,
          15000 },
        { "two of three of ten points",
          { ANSWER_SAMPLED, 2, 3 },
          { ANSWER_NOT_MET, 0, 0 },
          20,
          3,
          15000 },
        { "what does not apply leaves both",
          { ANSWER_NOT_APPLICABLE, 0, 0 },
          { ANSWER_SAMPLED, 1, 2 },
          5,
          2,
          5000 },
        { "nothing applies",
          { ANSWER_NOT_APPLICABLE, 0, 0 },
          { ANSWER_NOT_APPLICABLE, 0, 0 },
          0,
          1,
          0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct answer answers[] = { rows[i].first,
                                          rows[i].second,
                                          { ANSWER_MET, 0, 0 } };
        struct group_score got;

        score_group(&scheme, answers, 0, &got);
        EXPECT_ROW(rows[i].name, is_exactly(&got, rows[i].num, rows[i].den,
                                            rows[i].applicable));
        score_group(&scheme, answers, 3, &got);
        EXPECT_ROW(rows[i].name, is_exactly(&got, 85, 1, 85000));
    }
}
