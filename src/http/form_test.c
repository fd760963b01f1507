#include "http/form.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

TEST(fields_keep_their_order_and_their_repetitions)
{
    TEST_ARENA(a, 1 << 16);
    struct form f = { 0 };

    EXPECT_OK(form_parse(&a,
                         S("n=%E6%98%9F&two+words=1%2B1&n=&lone&=v&&k=a=b&"),
                         &f));
    EXPECT(f.n == 6);
    EXPECT_STR(f.at[0].name, S("n"));
    EXPECT_STR(f.at[0].value, S("\xe6\x98\x9f"));
    EXPECT_STR(f.at[1].name, S("two words"));
    EXPECT_STR(f.at[1].value, S("1+1"));
    EXPECT_STR(f.at[2].value, S(""));
    EXPECT_STR(f.at[3].name, S("lone"));
    EXPECT_STR(f.at[3].value, S(""));
    EXPECT_STR(f.at[4].name, S(""));
    EXPECT_STR(f.at[4].value, S("v"));
    EXPECT_STR(f.at[5].value, S("a=b"));
}

TEST(nothing_is_a_form_without_fields)
{
    TEST_ARENA(a, 1 << 16);
    struct form f = { .n = 9 };

    EXPECT_OK(form_parse(&a, S(""), &f));
    EXPECT(f.n == 0);
    EXPECT_OK(form_parse(&a, S("&&"), &f));
    EXPECT(f.n == 0);
}

TEST(a_field_is_got_only_when_it_comes_once)
{
    TEST_ARENA(a, 1 << 16);
    struct form f = { 0 };
    str got = S("untouched");

    EXPECT_OK(form_parse(&a, S("a=1&b=2&a=3&c="), &f));
    EXPECT(!form_get(&f, S("a"), &got));
    EXPECT(!form_get(&f, S("d"), &got));
    EXPECT(!form_get(&f, S("A"), &got));
    EXPECT_STR(got, S("untouched"));
    EXPECT(form_get(&f, S("b"), &got));
    EXPECT_STR(got, S("2"));
    EXPECT(form_get(&f, S("c"), &got));
    EXPECT_STR(got, S(""));
}

TEST(a_field_that_is_no_text_is_refused_by_its_number)
{
    static const struct {
        const char *why;
        str text;
        const char *id;
        int64_t field;
    } rows[] = {
        { "half a triplet in a value", S_INIT("a=1&b=%4"), "form.percent", 2 },
        { "and in a name", S_INIT("%=1"), "form.percent", 1 },
        { "a NUL", S_INIT("a=%00"), "form.text", 1 },
        { "a raw NUL", S_INIT("a=\0"), "form.text", 1 },
        { "an escape", S_INIT("a=1&&b=2&c=%1b"), "form.text", 3 },
        { "not UTF-8", S_INIT("a=%ff"), "form.text", 1 },
        { "half a character in a name", S_INIT("%e6%98=1"), "form.text", 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct form f = { .n = 77 };
        err e = form_parse(&a, rows[i].text, &f);
        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].why, e.info->args[0].number == rows[i].field);
        EXPECT_ROW(rows[i].why, f.n == 77);
    }
}

TEST(line_ends_may_stand_in_a_value)
{
    TEST_ARENA(a, 1 << 16);
    struct form f = { 0 };

    EXPECT_OK(form_parse(&a, S("a=1%0D%0A%092"), &f));
    EXPECT_STR(f.at[0].value, S("1\r\n\t2"));
}

TEST(a_form_has_a_limit_of_fields)
{
    TEST_ARENA(a, 1 << 20);
    char bytes[2 * FORM_FIELDS + 2];
    struct form f = { 0 };

    const size_t full = sizeof bytes - 2;

    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 2 == 0 ? 'a' : '&';
    EXPECT_OK(form_parse(&a, (str){ bytes, full }, &f));
    EXPECT(f.n == FORM_FIELDS);
    EXPECT_ERR(form_parse(&a, (str){ bytes, full + 1 }, &f), ERR_LIMIT,
               "form.many");
}

static err parse_one(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct form f;

    arena_init(&a, h, 1 << 16);
    return form_parse(&a, S("a=1&b=%41"), &f);
}

TEST(parsing_a_form_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(parse_one, NULL, NULL) > 0);
}
