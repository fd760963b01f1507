#include "text/text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "texts.h"

struct label {
    str zh;
    str en;
};

/* What `id` says with one argument. */
static str render(struct arena *a, enum lang l, const char *id,
                  struct err_arg argument)
{
    const struct err_arg args[] = { argument, { 0 } };
    struct buf b;
    str got = S("");

    buf_init(&b, a, 1000);
    text_render(&b, l, id, args);
    EXPECT_OK(buf_done(&b, &got));
    return got;
}

static str fill(struct arena *a, enum lang l, str sentence,
                const struct err_arg *args)
{
    struct buf b;
    str got = S("");

    buf_init(&b, a, 1000);
    text_fill(&b, l, sentence, args);
    EXPECT_OK(buf_done(&b, &got));
    return got;
}

TEST(every_kind_of_argument_comes_in_the_readers_language)
{
    static const struct label both = { S_INIT("组长"), S_INIT("lead") };
    /* clang-format off */
    const struct {
        const char *name;
        struct err_arg arg;
        str zh;
        str en;
    } rows[] = {
        { "text", ARG_STR("x", S("a{y}")), S("a{y}"), S("a{y}") },
        { "number", ARG_INT("x", INT64_MIN), S("-9223372036854775808"), S("-9223372036854775808") },
        { "label", ARG_LABEL("x", both), S("组长"), S("lead") },
        { "day", ARG_DAY("x", 20781), S("2026年11月24日"), S("24 November 2026") },
        { "no day", ARG_DAY("x", INT64_MAX), S("—"), S("—") },
        { "money", ARG_MONEY("x", 1234560), S("¥12,345.60"), S("¥12,345.60") },
        { "unknown ids", ARG_IDS("x", S("no.a|no.b")), S("[no.a]、[no.b]"), S("[no.a], [no.b]") },
        { "no id", ARG_IDS("x", S("")), S("[]"), S("[]") },
    };
    /* clang-format on */
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct err_arg args[] = { rows[i].arg, { 0 } };
        EXPECT_ROW_STR(rows[i].name, fill(&a, LANG_ZH, S("{x}"), args),
                       rows[i].zh);
        EXPECT_ROW_STR(rows[i].name, fill(&a, LANG_EN, S("{x}"), args),
                       rows[i].en);
    }
}

TEST(any_bytes_are_a_sentence)
{
    const struct err_arg args[] = { ARG_STR("x", S("1")), { 0 } };
    static const struct {
        const char *name;
        str sentence;
        str want;
    } rows[] = {
        { "empty", S_INIT(""), S_INIT("") },
        { "argument at both ends", S_INIT("{x}-{x}"), S_INIT("1-1") },
        { "doubled braces", S_INIT("{{x}} {{{x}}}"), S_INIT("{x} {1}") },
        { "unknown argument [TX2]", S_INIT("{y}!"), S_INIT("{y}!") },
        { "empty name", S_INIT("{}!"), S_INIT("{}!") },
        { "never closed [TX4]", S_INIT("a{x"), S_INIT("a{x") },
        { "never opened [TX4]", S_INIT("a}x"), S_INIT("a}x") },
        { "only a brace [TX4]", S_INIT("{"), S_INIT("{") },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, fill(&a, LANG_EN, rows[i].sentence, args),
                       rows[i].want);
    EXPECT_STR(fill(&a, LANG_EN, S("{x}"), NULL), S("{x}"));
}

TEST(a_sentence_is_found_in_either_language)
{
    EXPECT(str_begins(text_get(LANG_EN, "err.memory"), S("There is not")));
    EXPECT(str_begins(text_get(LANG_ZH, "err.memory"), S("内存")));
    EXPECT(text_get(LANG_EN, "no.such").n == 0);
    EXPECT(text_get(LANG_EN, "").n == 0);
}

TEST(an_unknown_id_shows_itself)
{
    TEST_ARENA(a, 1 << 20);
    struct err_arg none = { 0 };

    EXPECT_STR(render(&a, LANG_ZH, "no.such", none), S("[no.such]"));
    EXPECT_STR(render(&a, LANG_EN, "", none), S("[]"));
}

TEST(count_chooses_the_singular)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        int64_t count;
        enum lang lang;
        str want;
    } rows[] = {
        { 0, LANG_EN, S_INIT("0 certificates found") },
        { 1, LANG_EN, S_INIT("1 certificate found") },
        { 2, LANG_EN, S_INIT("2 certificates found") },
        { 1, LANG_ZH, S_INIT("找到 1 张证书") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err_arg count = ARG_INT("count", rows[i].count);
        EXPECT_STR(render(&a, rows[i].lang, "page.found", count), rows[i].want);
    }
}

TEST(a_choice_renders_the_id_it_makes)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;

    buf_init(&b, &a, 1000);
    text_choice(&b, LANG_EN, "status.", S("valid"));
    text_choice(&b, LANG_EN, "status.", S("zzz"));
    EXPECT_STR(buf_view(&b), S("Valid[status.zzz]"));
}

TEST(an_err_is_put_into_words)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;

    buf_init(&b, &a, 1000);
    text_err(&b, LANG_EN,
             err_new(&a, ERR_LIMIT, "buf.limit", ARG_INT("limit", 7)));
    EXPECT_STR(buf_view(&b),
               S("The text is longer than the 7 bytes that fit here."));
}

TEST(an_err_about_a_place_in_a_file_begins_with_it)
{
    const struct {
        const char *why;
        struct err_arg args[4];
        const char *want;
    } rows[] = {
        { "a line",
          { ARG_STR("name", S("a/2027.txt")), ARG_INT("line", 4),
            ARG_INT("limit", 7) },
          "a/2027.txt:4: The text" },
        { "and a column, whatever their order",
          { ARG_INT("column", 5), ARG_INT("line", 12),
            ARG_STR("name", S("scheme.yaml")) },
          "scheme.yaml:12:5: The text" },
        { "a file as a whole", { ARG_STR("name", S("a")) }, "The text" },
        { "a line of no file",
          { ARG_INT("line", 4), ARG_INT("column", 5) },
          "The text" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct err_info info = { .code = ERR_INVALID,
                                 .id = "buf.limit",
                                 .args = rows[i].args };
        struct buf b;

        buf_init(&b, &a, 1000);
        text_err(&b, LANG_EN, (err){ &info });
        EXPECT_ROW(rows[i].why, str_begins(buf_view(&b), str_of(rows[i].want)));
    }
}

/* [property] The table is sorted, so every id in it is found; so is nothing
 * that lies between two of them. */
TEST(every_id_of_the_table_is_found_and_no_other)
{
    EXPECT(text_table_n > 0);
    for (size_t i = 0; i < text_table_n; i++) {
        const struct text_entry *e = &text_table[i];
        char after[200];
        EXPECT(i == 0 || str_cmp(text_table[i - 1].id, e->id) < 0);
        EXPECT(e->id.n < sizeof after - 1);
        EXPECT_ROW(e->id.p, text_get(LANG_ZH, e->id.p).p == e->zh.other.p);
        EXPECT_ROW(e->id.p, text_get(LANG_EN, e->id.p).p == e->en.other.p);
        memcpy(after, e->id.p, e->id.n);
        memcpy(after + e->id.n, "!", 2);
        EXPECT_ROW(after, text_get(LANG_EN, after).n == 0);
    }
}

static err render_much(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct buf b;
    str got;

    arena_init(&a, h, 1 << 20);
    buf_init(&b, &a, 100000);
    for (int i = 0; i < 500; i++)
        text_render(&b, LANG_EN, "err.memory", NULL);
    return buf_done(&b, &got);
}

TEST(rendering_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(render_much, NULL, NULL) > 1);
}
