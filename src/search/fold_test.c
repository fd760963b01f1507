#include "search/fold.h"

#include "base/size.h"
#include "base/test.h"
#include "codec/utf8.h"

enum { MOST = 64, BYTES = MOST * UTF8_MAX };

/* The folded name as UTF-8 again. */
static str folded(struct arena *a, str name)
{
    uint16_t units[MOST];
    char *out = arena_zero(a, BYTES);
    size_t at = 0;
    size_t n;

    EXPECT_ROW(name.p, fold_name(name, units, MOST, &n));
    for (size_t i = 0; i < n; i++) {
        uint32_t c = units[i];

        if (c >= 0xd800 && c < 0xdc00 && i + 1 < n)
            c = 0x10000 + ((c - 0xd800) << 10) + (units[++i] - 0xdc00U);
        at += utf8_write(c, out + at);
    }
    return (str){ out, at };
}

/* [FO1] */
TEST(what_counts_as_equal_folds_alike)
{
    static const struct {
        const char *why;
        str name;
        str want;
    } rows[] = {
        { "capitals", S_INIT("TCL Group"), S_INIT("tclgroup") },
        { "full width", S_INIT("ＡＢ１２"), S_INIT("ab12") },
        { "traditional", S_INIT("龍騰電機"), S_INIT("龙腾电机") },
        { "brackets go", S_INIT("江苏（集团）"), S_INIT("江苏集团") },
        { "and points", S_INIT("A.O.史密斯·中国"), S_INIT("ao史密斯中国") },
        { "an ideographic space", S_INIT("华　为"), S_INIT("华为") },
        { "beyond the plane", S_INIT("𬭚锦"), S_INIT("𬭚锦") },
        { "compatibility forms", S_INIT("\xef\xa4\x8a"), S_INIT("金") },
        { "ligatures stay whole", S_INIT("ﬁx"), S_INIT("ﬁx") },
        { "accents stay", S_INIT("Müller"), S_INIT("müller") },
        { "nothing", S_INIT(""), S_INIT("") },
        { "nothing but marks", S_INIT(" ()…·"), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);

        EXPECT_ROW_STR(rows[i].why, folded(&a, rows[i].name), rows[i].want);
    }
}

/* [FO2] */
TEST(folding_what_is_folded_changes_nothing)
{
    for (uint32_t c = 1; c < 0x10000; c++) {
        TEST_ARENA(a, 1 << 16);
        char one[UTF8_MAX];
        str s = { one, utf8_write(c, one) };

        if (s.n == 0)
            continue;
        str once = folded(&a, s);
        EXPECT_STR(folded(&a, once), once);
    }
}

TEST(a_name_is_cut_where_there_is_no_room)
{
    uint16_t units[3];
    size_t n;

    EXPECT(fold_name(S("abcd"), units, 3, &n) && n == 3);
    EXPECT(fold_name(S("ab𬭚"), units, 3, &n) && n == 2);
    EXPECT(!fold_name(S("ab\xff"), units, 3, &n));
    EXPECT(!fold_name(S("abcd\xff"), units, 3, &n));
}

TEST(white_space_divides_words_and_punctuation_does_not)
{
    const str s = S("  深圳 ＴＣＬ（中国）　x ... ");
    static const size_t lengths[] = { 2, 5, 1, 0, 0 };
    uint16_t units[MOST];
    size_t at = 0;
    size_t n;

    for (size_t i = 0; i < COUNT(lengths); i++) {
        EXPECT(fold_word(s, &at, units, MOST, &n));
        EXPECT(n == lengths[i]);
    }
    at = 0;
    EXPECT(!fold_word(S("a\x80 b"), &at, units, MOST, &n));
}
