/* Answers and figures, checked for commands and borne from a journal. */

#include "domain/stages.h"

#include "domain/test_fixture.h"

/* Total: what is on record is folded, whatever it says. */
TEST(what_is_no_answer_counts_as_none)
{
    static const struct {
        const char *name;
        int64_t k;
        int64_t n;
        int result;
        enum answer_kind want;
    } rows[] = {
        { "met", 0, 0, RESULT_MET, ANSWER_MET },
        { "met, with counts of no meaning", 9, 2, RESULT_MET, ANSWER_MET },
        { "not met", 0, 0, RESULT_NOT_MET, ANSWER_NOT_MET },
        { "does not apply", 0, 0, RESULT_NA, ANSWER_NOT_APPLICABLE },
        { "none of one", 0, 1, RESULT_SAMPLED, ANSWER_SAMPLED },
        { "all of sixty", 60, 60, RESULT_SAMPLED, ANSWER_SAMPLED },
        { "of nothing", 0, 0, RESULT_SAMPLED, ANSWER_NONE },
        { "more than there are", 2, 1, RESULT_SAMPLED, ANSWER_NONE },
        { "fewer than none", -1, 1, RESULT_SAMPLED, ANSWER_NONE },
        { "of fewer than none", -2, -1, RESULT_SAMPLED, ANSWER_NONE },
        { "too many", 1, 61, RESULT_SAMPLED, ANSWER_NONE },
        { "far too many", INT64_MAX, INT64_MAX, RESULT_SAMPLED, ANSWER_NONE },
        { "a sum that would wrap", (int64_t)1 << 32, ((int64_t)1 << 32) + 1,
          RESULT_SAMPLED, ANSWER_NONE },
        { "no result", 0, 0, -1, ANSWER_NONE },
        { "one more than there are", 0, 0, RESULT_NA + 1, ANSWER_NONE },
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
