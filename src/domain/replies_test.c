/* Answers and figures, checked for commands and borne from a journal. */

#include "domain/stages.h"

#include "domain/test_fixture.h"

/* Total: what is on record is folded, whatever it says. */
TEST(what_is_no_answer_counts_as_none)
{
    static const struct {
        const char *name;
        int result;
        int64_t k;
        int64_t n;
        enum answer_kind want;
    } rows[] = {
        { "met", RESULT_MET, 0, 0, ANSWER_MET },
        { "met, with counts of no meaning", RESULT_MET, 9, 2, ANSWER_MET },
        { "not met", RESULT_NOT_MET, 0, 0, ANSWER_NOT_MET },
        { "does not apply", RESULT_NA, 0, 0, ANSWER_NOT_APPLICABLE },
        { "none of one", RESULT_SAMPLED, 0, 1, ANSWER_SAMPLED },
        { "all of sixty", RESULT_SAMPLED, 60, 60, ANSWER_SAMPLED },
        { "of nothing", RESULT_SAMPLED, 0, 0, ANSWER_NONE },
        { "more than there are", RESULT_SAMPLED, 2, 1, ANSWER_NONE },
        { "fewer than none", RESULT_SAMPLED, -1, 1, ANSWER_NONE },
        { "of fewer than none", RESULT_SAMPLED, -2, -1, ANSWER_NONE },
        { "too many", RESULT_SAMPLED, 1, 61, ANSWER_NONE },
        { "far too many", RESULT_SAMPLED, INT64_MAX, INT64_MAX, ANSWER_NONE },
        { "a sum that would wrap", RESULT_SAMPLED, (int64_t)1 << 32,
          ((int64_t)1 << 32) + 1, ANSWER_NONE },
        { "no result", -1, 0, 0, ANSWER_NONE },
        { "one more than there are", RESULT_NA + 1, 0, 0, ANSWER_NONE },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct answer a = reply_answer(rows[i].result, rows[i].k, rows[i].n);

        EXPECT_ROW(rows[i].name, a.kind == rows[i].want);
        EXPECT_ROW(rows[i].name, a.kind != ANSWER_SAMPLED ||
                                     (a.k == rows[i].k && a.n == rows[i].n));
    }
}

TEST(a_figure_is_some_of_some)
{
    static const struct {
        const char *name;
        const char *figure;
        int64_t k;
        int64_t n;
        const char *id; /* NULL: it is fine */
    } rows[] = {
        { "none of one", "resolution", 0, 1, NULL },
        { "all", "resolution", 7, 7, NULL },
        { "more than all", "resolution", 8, 7, "reply.ratio" },
        { "fewer than none", "resolution", -1, 7, "reply.ratio" },
        { "of nothing", "resolution", 0, 0, "reply.ratio" },
        { "no such figure", "happiness", 1, 1, "reply.figure" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t at = -7;
        err e = figure_check(&f->arena, f->scheme, str_of(rows[i].figure),
                             rows[i].k, rows[i].n, &at);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].name, at == (rows[i].id == NULL ? 1 : -7));
    }
}
