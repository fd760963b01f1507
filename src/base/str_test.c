#include "base/str.h"

#include "base/size.h"
#include "base/test.h"

TEST(trim_takes_blanks_off_both_ends_only)
{
    static const struct {
        const char *name;
        str in;
        str want;
    } rows[] = {
        { "nothing to do", S_INIT("a b"), S_INIT("a b") },
        { "both ends", S_INIT(" \t a \r\n"), S_INIT("a") },
        { "only blanks", S_INIT(" \n "), S_INIT("") },
        { "empty", S_INIT(""), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, str_trim(rows[i].in), rows[i].want);
}

TEST(trim_end_takes_one_byte_away_at_the_end_only)
{
    EXPECT_STR(str_trim_end(S("/a/b//"), '/'), S("/a/b"));
    EXPECT_STR(str_trim_end(S("/a"), '/'), S("/a"));
    EXPECT_STR(str_trim_end(S("//"), '/'), S(""));
    EXPECT_STR(str_trim_end(S(""), '/'), S(""));
}

TEST(cut_visits_every_piece_also_empty_ones)
{
    static const struct {
        const char *name;
        str in;
        size_t pieces;
    } rows[] = {
        { "one", S_INIT("a"), 1 },
        { "two", S_INIT("a,b"), 2 },
        { "empty tail", S_INIT("a,"), 2 },
        { "only separators", S_INIT(",,"), 3 },
        { "empty text is one empty piece", S_INIT(""), 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t n = 0;
        for (str rest = rows[i].in; rest.p != NULL; n++)
            (void)str_cut(&rest, ',');
        EXPECT_ROW(rows[i].name, n == rows[i].pieces);
    }
}

TEST(find_says_where_or_the_length)
{
    EXPECT(str_find(S("abcabc"), S("ca")) == 2);
    EXPECT(str_find(S("abc"), S("x")) == 3);
    EXPECT(str_find(S("abc"), S("abcd")) == 3);
    EXPECT(str_find(S("abc"), S("")) == 0);
    EXPECT(str_contains(S(""), S("")));
    EXPECT(!str_contains(S(""), S("a")));
    EXPECT(str_index(S("abc"), 'c') == 2);
    EXPECT(str_index(S(""), 'c') == 0);
}

TEST(cmp_orders_by_bytes_and_prefix_first)
{
    EXPECT(str_cmp(S("a"), S("b")) < 0);
    EXPECT(str_cmp(S("b"), S("a")) > 0);
    EXPECT(str_cmp(S("a"), S("ab")) < 0);
    EXPECT(str_cmp(S("ab"), S("ab")) == 0);
    EXPECT(str_cmp(S(""), S("")) == 0);
    EXPECT(str_cmp(S("\xff"), S("a")) > 0);
}

TEST(begins_and_ends_hold_at_the_edges)
{
    EXPECT(str_begins(S("ab"), S("")));
    EXPECT(str_begins(S("ab"), S("ab")));
    EXPECT(!str_begins(S("a"), S("ab")));
    EXPECT(str_ends(S("ab"), S("b")));
    EXPECT(str_ends(S("ab"), S("")));
    EXPECT(!str_ends(S("b"), S("ab")));
}
