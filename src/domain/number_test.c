#include "domain/number.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "scheme/scheme.h"

static str made(struct arena *a, str template, struct number_parts p)
{
    str out = S("");

    EXPECT_OK(number_make(a, template, &p, &out));
    return out;
}

TEST(a_number_follows_its_template)
{
    static const struct {
        const char *name;
        str template;
        struct number_parts parts;
        str want;
    } rows[] = {
        { "the pattern of the trade",
          S_INIT("{body}{yy}SC{serial4}R{recert}{size}"),
          { S_INIT("712"), 2026, 6, 0, 40 },
          S_INIT("71226SC0006R0S") },
        { "fifty are small",
          S_INIT("{size}"),
          { S_INIT("1"), 2026, 1, 0, 50 },
          S_INIT("S") },
        { "fifty-one are not",
          S_INIT("{size}"),
          { S_INIT("1"), 2026, 1, 0, 51 },
          S_INIT("M") },
        { "a thousand are medium",
          S_INIT("{size}"),
          { S_INIT("1"), 2026, 1, 0, 1000 },
          S_INIT("M") },
        { "one more are large",
          S_INIT("{size}"),
          { S_INIT("1"), 2026, 1, 0, 1001 },
          S_INIT("L") },
        { "a year below ten",
          S_INIT("{yy}"),
          { S_INIT("1"), 2103, 1, 0, 1 },
          S_INIT("03") },
        { "more than four digits are kept",
          S_INIT("{serial4}"),
          { S_INIT("1"), 2026, 12345, 0, 1 },
          S_INIT("12345") },
        { "a second renewal",
          S_INIT("R{recert}"),
          { S_INIT("1"), 2026, 1, 2, 1 },
          S_INIT("R2") },
        { "one letter behind the last part",
          S_INIT("{yy}X"),
          { S_INIT("1"), 2026, 1, 0, 1 },
          S_INIT("26X") },
        { "no part at all",
          S_INIT("X-1"),
          { S_INIT("1"), 2026, 1, 0, 1 },
          S_INIT("X-1") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);

        EXPECT_ROW_STR(rows[i].name, made(&a, rows[i].template, rows[i].parts),
                       rows[i].want);
    }
}

/* The checker of schemes and the maker of numbers know the same parts. */
TEST(every_part_a_scheme_may_name_can_be_made)
{
    const struct number_parts p = { S_INIT("712"), 2026, 1, 0, 1 };

    for (size_t i = 0; certificate_parts[i] != NULL; i++) {
        TEST_ARENA(a, 1 << 20);
        struct buf b;
        str template = S("");
        str out = S("");

        buf_init(&b, &a, 100);
        buf_printf(&b, "{%s}", certificate_parts[i]);
        EXPECT_OK(buf_done(&b, &template));
        EXPECT_ROW_OK(certificate_parts[i],
                      number_make(&a, template, &p, &out));
        EXPECT_ROW(certificate_parts[i], out.n > 0);
    }
}

/* [M20] domain.md 3.6 */
TEST(a_sub_certificates_number_holds_the_main_ones_and_its_count)
{
    static const struct {
        const char *name;
        str template;
        int64_t n;
        str want;
    } rows[] = {
        { "the usual one", S_INIT("{number}-{n}"), 1, S_INIT("00026SC-1") },
        { "no zeros before it", S_INIT("{number}-{n}"), 12,
          S_INIT("00026SC-12") },
        { "the count first", S_INIT("F{n}-{number}"), 3, S_INIT("F3-00026SC") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        str out = S("");

        EXPECT_ROW_OK(rows[i].name,
                      number_make_sub(&a, rows[i].template, S("00026SC"),
                                      rows[i].n, &out));
        EXPECT_ROW_STR(rows[i].name, out, rows[i].want);
    }
}

TEST(a_template_knows_only_its_own_parts)
{
    const struct number_parts p = { S_INIT("712"), 2026, 1, 0, 1 };
    TEST_ARENA(a, 1 << 20);
    str out = S("x");

    EXPECT_ERR(number_make(&a, S("{number}"), &p, &out), ERR_INVALID,
               "number.template");
    EXPECT_ERR(number_make_sub(&a, S("{yy}-{n}"), S("1"), 1, &out), ERR_INVALID,
               "number.template");
    EXPECT_STR(out, S("x"));
}

TEST(a_template_that_cannot_be_filled_is_refused)
{
    static const str rows[] = {
        S_INIT("{year}"),
        S_INIT("{yy"),
        S_INIT("yy}{serial4}"),
        S_INIT("{}"),
    };
    const struct number_parts p = { S_INIT("712"), 2026, 1, 0, 1 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        str untouched = S("x");

        EXPECT_ROW_ERR(rows[i].p, number_make(&a, rows[i], &p, &untouched),
                       ERR_INVALID, "number.template");
        EXPECT_ROW_STR(rows[i].p, untouched, S("x"));
    }
}

/* Forty characters, and no more: its last place in the record. */
TEST(a_number_is_no_longer_than_forty_characters)
{
    TEST_ARENA(a, 1 << 20);
    const struct number_parts p = { S_INIT("712"), 2026, 1, 0, 1 };
    str main = S("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    str out = S("");

    EXPECT_OK(number_make_sub(&a, S("{number}-{n}"), main, 12, &out));
    EXPECT(out.n == 40);
    EXPECT_ERR(number_make_sub(&a, S("{number}-{n}"), main, 123, &out),
               ERR_LIMIT, "buf.limit");
    EXPECT_ERR(number_make(&a,
                           S("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789{body}{yy}"),
                           &p, &out),
               ERR_LIMIT, "buf.limit");
    EXPECT(out.n == 40);
}

TEST(the_first_and_the_last_letter_are_typed_in_either_case)
{
    EXPECT(number_is_typed(S("AZ"), S("az")));
    EXPECT(!number_is_typed(S("AZ"), S("bz")));
    EXPECT(!number_is_typed(S("AZ"), S("ay")));
}

TEST(a_number_is_typed_in_either_case_and_whole)
{
    static const struct {
        const char *why;
        str typed;
        bool is;
    } rows[] = {
        { "as it is", S_INIT("26SC01-{"), true },
        { "in small letters", S_INIT("26sc01-{"), true },
        { "the last letter missing", S_INIT("26SC01-"), false },
        { "one more", S_INIT("26SC01-{1"), false },
        { "another", S_INIT("26SD01-{"), false },
        { "the sign before the small letters", S_INIT("26SC01-`"), false },
        { "nothing", S_INIT(""), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why,
                   number_is_typed(S("26SC01-{"), rows[i].typed) == rows[i].is);
}
