#include "domain/answers.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/test_package_files.h"

enum { MEGABYTE = 1 << 20, ARENA_BYTES = 256 << 20 };

/* Leaves 1.1, 1.2 (sampled) and 2 (excludable); figures satisfaction and
 * speed; special deductions and a bonus; a sample. */
static struct scheme *load_base(struct arena *a)
{
    struct package_file file = {
        S("scheme.yaml"),
        read_source_file(a, "src/scheme/refused/base.yaml"),
    };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s = NULL;

    EXPECT_OK(scheme_load(a, &package, &s, &problems));
    return s;
}

static bool is_answer(struct answer a, enum answer_kind kind, int32_t k,
                      int32_t n)
{
    return a.kind == kind && a.k == k && a.n == n;
}

TEST(a_whole_assessment_is_read)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct assessment in;
    struct problem *problems = NULL;

    EXPECT_OK(answers_read(&a, load_base(&a), S("a.yaml"),
                           S("answers:\n"
                             "  - {indicator: '1.2', result: sampled, k: 9, "
                             "n: 10}\n"
                             "  - {indicator: '2', result: na, reason: 无}\n"
                             "figures:\n"
                             "  - {figure: speed, k: 1000000000, n: "
                             "1000000000}\n"
                             "sample: {k: 17, n: 20}\n"
                             "deductions: 2\n"
                             "bonus: true\n"),
                           &in, &problems));
    EXPECT(problems == NULL);
    EXPECT(is_answer(in.answers[0], ANSWER_NONE, 0, 0));
    EXPECT(is_answer(in.answers[1], ANSWER_SAMPLED, 9, 10));
    EXPECT(is_answer(in.answers[2], ANSWER_NOT_APPLICABLE, 0, 0));
    EXPECT(in.figures[0].n == 0);
    EXPECT(in.figures[1].k == 1000000000 && in.figures[1].n == 1000000000);
    EXPECT(in.sample.k == 17 && in.sample.n == 20);
    EXPECT(in.deductions == 2 && in.bonus);
}

TEST(what_is_not_named_is_met_only_if_the_file_says_so)
{
    TEST_ARENA(a, ARENA_BYTES);
    const struct scheme *s = load_base(&a);
    struct assessment in;
    struct problem *problems;

    EXPECT_OK(answers_read(&a, s, S("a.yaml"),
                           S("all_met: true\n"
                             "answers: [{indicator: '2', result: not_met}]"),
                           &in, &problems));
    EXPECT(is_answer(in.answers[0], ANSWER_MET, 0, 0));
    EXPECT(is_answer(in.answers[1], ANSWER_SAMPLED, 1, 1));
    EXPECT(is_answer(in.answers[2], ANSWER_NOT_MET, 0, 0));

    EXPECT_OK(
        answers_read(&a, s, S("a.yaml"), S("all_met: false"), &in, &problems));
    for (size_t i = 0; i < 3; i++)
        EXPECT(in.answers[i].kind == ANSWER_NONE);
}

/* Programs write JSON without blanks. */
TEST(json_is_read_too)
{
    TEST_ARENA(a, ARENA_BYTES);
    struct assessment in;
    struct problem *problems;

    EXPECT_OK(answers_read(
        &a, load_base(&a), S("a.json"),
        S("{\"answers\":[{\"indicator\":\"1.1\",\"result\":\"met\"},"
          "{\"indicator\":\"1.2\",\"result\":\"sampled\",\"k\":1,\"n\":2,"
          "\"reason\":\"a\\/b \\u5341\"}],\"deductions\":1}\n"),
        &in, &problems));
    EXPECT(is_answer(in.answers[1], ANSWER_SAMPLED, 1, 2));
    EXPECT(in.deductions == 1);
}

TEST(deductions_and_counts_have_a_bound)
{
    static const struct {
        str text;
        bool right;
    } rows[] = {
        { S_INIT("deductions: 100"), true },
        { S_INIT("deductions: 101"), false },
        { S_INIT("figures: [{figure: speed, k: 1, n: 1000000000}]"), true },
        { S_INIT("figures: [{figure: speed, k: 1, n: 1000000001}]"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct assessment in;
        struct problem *problems;
        err e = answers_read(&a, load_base(&a), S("a.yaml"), rows[i].text, &in,
                             &problems);

        EXPECT_ROW(rows[i].text.p, failed(e) == !rows[i].right);
    }
}

TEST(wrong_answers_are_refused_at_their_place)
{
    static const struct {
        const char *name;
        str text;
        const char *want; /* "line:column id" of every problem */
    } rows[] = {
        /* clang-format off */
        { "a list", S_INIT("[]"), "1:1 reading.mapping\n" },
        { "an unknown key", S_INIT("answer: []"), "1:1 reading.unknown_key\n" },
        { "answers that are no list", S_INIT("answers: {}"), "1:10 reading.list\n" },
        { "an answer that is a text", S_INIT("answers: [met]"), "1:11 reading.mapping\n" },
        { "no indicator", S_INIT("answers: [{result: met}]"), "1:11 reading.missing\n" },
        { "no result", S_INIT("answers: [{indicator: '1.1'}]"), "1:11 reading.missing\n" },
        { "an unknown result", S_INIT("answers: [{indicator: '1.1', result: yes}]"), "1:38 reading.choice\n" },
        { "no such indicator", S_INIT("answers: [{indicator: '1.3', result: met}]"), "1:11 reply.indicator\n" },
        { "no leaf", S_INIT("answers: [{indicator: '1', result: met}]"), "1:11 reply.indicator\n" },
        { "twice", S_INIT("answers:\n- {indicator: '2', result: met}\n- {indicator: '2', result: met}"), "3:3 reply.twice\n" },
        { "k of a whole", S_INIT("answers: [{indicator: '1.1', result: met, k: 1}]"), "1:43 reading.unknown_of\n" },
        { "a sample of a whole", S_INIT("answers: [{indicator: '1.1', result: sampled, k: 1, n: 1}]"), "1:11 score.not_sampled\n" },
        { "a whole where a sample is", S_INIT("answers: [{indicator: '1.2', result: met}]"), "1:11 score.sampled\n" },
        { "a sample without n", S_INIT("answers: [{indicator: '1.2', result: sampled, k: 1}]"), "1:11 reading.missing\n" },
        { "more than all", S_INIT("answers: [{indicator: '1.2', result: sampled, k: 2, n: 1}]"), "1:11 score.sample\n" },
        { "too many", S_INIT("answers: [{indicator: '1.2', result: sampled, k: 1, n: 61}]"), "1:56 reading.range\n" },
        { "half a one", S_INIT("answers: [{indicator: '1.2', result: sampled, k: 0.5, n: 1}]"), "1:50 reading.whole\n" },
        { "must apply", S_INIT("answers: [{indicator: '1.1', result: na, reason: x}]"), "1:11 score.excludable\n" },
        { "no reason", S_INIT("answers: [{indicator: '2', result: na}]"), "1:11 reply.reason\n" },
        { "no such figure", S_INIT("figures: [{figure: x, k: 1, n: 1}]"), "1:11 reply.figure\n" },
        { "a figure twice", S_INIT("figures: [{figure: speed, k: 1, n: 1}, {figure: speed, k: 1, n: 1}]"), "1:40 reply.figure_twice\n" },
        { "a figure above all", S_INIT("figures: [{figure: speed, k: 2, n: 1}]"), "1:11 reply.ratio\n" },
        { "a figure of nothing", S_INIT("figures: [{figure: speed, k: 0, n: 0}]"), "1:36 reading.range\n" },
        { "a figure in per cent", S_INIT("figures: [{figure: speed, k: 93%, n: 100}]"), "1:30 reading.whole\n" },
        { "a sample above all", S_INIT("sample: {k: 21, n: 20}"), "1:9 answers.sample\n" },
        { "a sample without k", S_INIT("sample: {n: 20}"), "1:9 reading.missing\n" },
        { "too many customers", S_INIT("sample: {k: 1, n: 61}"), "1:19 reading.range\n" },
        { "deductions below none", S_INIT("deductions: -1"), "1:13 reading.range\n" },
        { "a bonus in words", S_INIT("bonus: one"), "1:8 reading.bool\n" },
        { "all of them", S_INIT("all_met: maybe\nbonus: 1\nanswers: [{}]"), "1:10 reading.bool\n2:8 reading.bool\n3:11 reading.missing\n" },
        { "a figure that is a word", S_INIT("figures: [speed]"), "1:11 reading.mapping\n" },
        { "a sample that is a word", S_INIT("sample: some"), "1:9 reading.mapping\n" },
        { "no YAML", S_INIT("answers: ["), "2:1 yaml.syntax\n" },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct assessment in = { .deductions = 77 };
        struct problem *problems = NULL;
        struct buf b;

        EXPECT_ROW_ERR(rows[i].name,
                       answers_read(&a, load_base(&a), S("a.yaml"),
                                    rows[i].text, &in, &problems),
                       ERR_INVALID, "reading.problems");
        EXPECT_ROW(rows[i].name, in.deductions == 77);
        buf_init(&b, &a, MEGABYTE);
        for (const struct problem *p = problems; p != NULL; p = p->next)
            buf_printf(&b, "%d:%d %s\n", p->line, p->column, p->what.info->id);
        EXPECT_ROW_STR(rows[i].name, buf_view(&b), str_of(rows[i].want));
    }
}

TEST(everybody_may_be_satisfied_and_nobody)
{
    static const struct {
        str text;
        int k;
    } rows[] = {
        { S_INIT("sample: {k: 20, n: 20}"), 20 },
        { S_INIT("sample: {k: 0, n: 20}"), 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct assessment in;
        struct problem *problems = NULL;

        EXPECT_OK(answers_read(&a, load_base(&a), S("a.yaml"), rows[i].text,
                               &in, &problems));
        EXPECT(in.sample.k == rows[i].k && in.sample.n == 20);
    }
}

TEST(what_the_scheme_does_not_know_is_refused)
{
    static const struct {
        const char *name;
        str text;
        const char *id; /* NULL: it is fine */
    } rows[] = {
        { "deductions", S_INIT("deductions: 1"), "answers.no_deductions" },
        { "no deductions", S_INIT("deductions: 0"), NULL },
        { "a bonus", S_INIT("bonus: true"), "answers.no_bonus" },
        { "no bonus", S_INIT("bonus: false"), NULL },
        { "a sample", S_INIT("sample: {k: 1, n: 1}"), "answers.no_sample" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA_BYTES);
        struct scheme *s = load_base(&a);
        struct assessment in;
        struct problem *problems = NULL;

        s->specials = (struct specials){ 0 };
        s->sample.used = false;
        err e = answers_read(&a, s, S("a.yaml"), rows[i].text, &in, &problems);
        EXPECT_ROW(rows[i].name, failed(e) == (rows[i].id != NULL));
        if (problems != NULL && rows[i].id != NULL)
            EXPECT_ROW_ERR(rows[i].name, problems->what, ERR_INVALID,
                           rows[i].id);
    }
}

static err read_once(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct assessment in;
    struct problem *problems;

    arena_init(&a, h, 64 * (size_t)MEGABYTE);
    return answers_read(&a, context, S("a.yaml"),
                        S("answers: [{indicator: '1.1', result: met}]\n"
                          "figures: [{figure: speed, k: 1, n: 1}]\n"
                          "sample: {k: 1, n: 2}\nbonus: true\n"),
                        &in, &problems);
}

TEST(every_failed_allocation_of_answers_is_reported)
{
    TEST_ARENA(a, ARENA_BYTES);

    EXPECT(test_every_allocation_fails(read_once, NULL, load_base(&a)) > 0);
}
