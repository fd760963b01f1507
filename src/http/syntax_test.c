#include "http/syntax.h"

#include "base/size.h"
#include "base/test.h"

TEST(tokens_are_what_the_grammar_says)
{
    static const struct {
        const char *why;
        str text;
        bool want;
    } rows[] = {
        { "letters, digits, marks", S_INIT("Az09!#$%&'*+-.^_`|~"), true },
        { "nothing", S_INIT(""), false },
        { "a blank inside", S_INIT("a b"), false },
        { "a blank before the colon", S_INIT("Host "), false },
        { "a colon", S_INIT("a:b"), false },
        { "a NUL", S_INIT("a\0b"), false },
        { "a byte above ASCII", S_INIT("\xc3\xa4"), false },
        { "a line end", S_INIT("a\n"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, syntax_token(rows[i].text) == rows[i].want);
}

TEST(values_hold_nothing_that_ends_a_line)
{
    for (int c = 0; c < 256; c++) {
        char byte = (char)(unsigned char)c;
        bool want = c == '\t' || (c >= ' ' && c <= '~');
        EXPECT(syntax_value((str){ &byte, 1 }) == want);
    }
    EXPECT(syntax_value(S("")));
    EXPECT(!syntax_value(S("a\r\nSet-Cookie: x=1")));
}

TEST(names_compare_without_case_and_only_letters_have_one)
{
    EXPECT(syntax_equal(S("Content-Type"), S("cONTENT-tYPE")));
    EXPECT(!syntax_equal(S("a"), S("ab")));
    EXPECT(!syntax_equal(S("["), S("{"))); /* 0x20 apart, as letters are */
    EXPECT(!syntax_equal(S("@"), S("`")));
    EXPECT(syntax_equal(S(""), S("")));
}

TEST(cutting_leaves_separators_inside_quotes_alone)
{
    str rest = S("a, \"b,\\\",c\" ,, d;e");

    EXPECT_STR(syntax_cut(&rest, ','), S("a"));
    EXPECT_STR(syntax_cut(&rest, ','), S("\"b,\\\",c\""));
    EXPECT_STR(syntax_cut(&rest, ','), S(""));
    EXPECT_STR(syntax_cut(&rest, ','), S("d;e"));
    EXPECT(rest.p == NULL);

    rest = S("a,");
    EXPECT_STR(syntax_cut(&rest, ','), S("a"));
    EXPECT(rest.p != NULL);
    EXPECT_STR(syntax_cut(&rest, ','), S(""));
    EXPECT(rest.p == NULL);

    rest = S("\"open, to the end\\");
    EXPECT_STR(syntax_cut(&rest, ','), S("\"open, to the end\\"));
    EXPECT(rest.p == NULL);
}
