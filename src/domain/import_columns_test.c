/* Which heading of a table is which column. */

#include "base/size.h"
#include "base/test.h"
#include "domain/import.h"
#include "text/text.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 12 };

/* The only column that it may be; IMPORT_COLUMNS: none, or several. */
static enum import_column only(struct import_meaning m)
{
    for (unsigned c = 0; c < IMPORT_COLUMNS; c++) {
        if (m.columns == 1U << c)
            return (enum import_column)c;
    }
    return IMPORT_COLUMNS;
}

TEST(columns_are_called_in_either_language)
{
    static const struct {
        const char *heading;
        enum import_column column;
        bool sure;
    } rows[] = {
        { "number", IMPORT_NUMBER, true },
        { " Number ", IMPORT_NUMBER, true },
        { "证书编号", IMPORT_NUMBER, true },
        { "认证证书号", IMPORT_NUMBER, true },
        { "Certificate No.", IMPORT_NUMBER, true },
        { "cert_number", IMPORT_NUMBER, true },
        { "certNo", IMPORT_NUMBER, true },
        { "获证组织名称", IMPORT_HOLDER, true },
        { "持证组织", IMPORT_HOLDER, true },
        { "企业名称", IMPORT_HOLDER, true },
        { "组织名称", IMPORT_HOLDER, true },
        { "信用代码", IMPORT_USCC, true },
        { "统一社会信用代码／组织机构代码", IMPORT_USCC, true },
        { "组织机构代码", IMPORT_USCC, false },
        { "发证机构", IMPORT_BODY, true },
        { "认证机构", IMPORT_BODY, true },
        { "认证项目", IMPORT_CRITERION, false },
        { "认证领域", IMPORT_CRITERION, false },
        { "认证依据", IMPORT_CRITERION, true },
        { "起始日期", IMPORT_FROM, true },
        { "颁证日期", IMPORT_ISSUED, true },
        { "发证日期", IMPORT_ISSUED, true },
        { "有效期起", IMPORT_FROM, true },
        { "Valid until", IMPORT_UNTIL, true },
        { "validUntil", IMPORT_UNTIL, true },
        { "有效期至", IMPORT_UNTIL, true },
        { "有效期止", IMPORT_UNTIL, true },
        { "到期日期", IMPORT_UNTIL, true },
        { "状态", IMPORT_STATUS, true },
        { "备注", IMPORT_COLUMNS, false },
        { "序号", IMPORT_COLUMNS, false },
        { "初次获证日期", IMPORT_COLUMNS, false },
        { "", IMPORT_COLUMNS, false },
        { "（）", IMPORT_COLUMNS, false },
        { "\xff", IMPORT_COLUMNS, false },
        /* marks, widths, ordinals, brackets */
        { "\xef\xbb\xbf证书　编号*：", IMPORT_NUMBER, true },
        { "ＣＥＲＴ－ＮＯ", IMPORT_NUMBER, true },
        { "21、认证证书号", IMPORT_NUMBER, true },
        { "40. 证书截止日期", IMPORT_UNTIL, true },
        { "有效期（起）", IMPORT_FROM, true },
        { "有效期(止)", IMPORT_UNTIL, true },
        { "颁证日期（年月日）", IMPORT_ISSUED, false },
        { "颁证日期(必填)*", IMPORT_ISSUED, false },
        { "获证组织名称（主要名称）", IMPORT_HOLDER, true },
        { "获证组织名称（其他名称）", IMPORT_HOLDER, false },
        { "（证书编号）", IMPORT_NUMBER, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_meaning m = import_meaning_of(str_of(rows[i].heading));

        EXPECT_ROW(rows[i].heading, only(m) == rows[i].column);
        EXPECT_ROW(rows[i].heading, m.sure == rows[i].sure);
    }
}

TEST(a_heading_can_be_one_of_several)
{
    static const char *const headings[] = { "有效期", "Validity", "日期",
                                            "代码" };

    for (size_t i = 0; i < COUNT(headings); i++) {
        struct import_meaning m = import_meaning_of(str_of(headings[i]));

        EXPECT_ROW(headings[i], m.columns != 0 && !m.sure);
        EXPECT_ROW(headings[i], only(m) == IMPORT_COLUMNS);
    }
}

TEST(a_heading_too_long_to_be_one_is_none)
{
    char heading[400];

    memset(heading, 'a', sizeof heading);
    EXPECT(import_meaning_of((str){ heading, sizeof heading }).columns == 0);
    EXPECT(import_meaning_of((str){ heading, 121 }).columns == 0);
    EXPECT(import_meaning_of((str){ heading, 120 }).columns == 0);
}

/* Of a list of words with '|' between them. */
static void expect_words(const char *id, enum import_column c, bool sure)
{
    for (int l = 0; l < LANG_COUNT; l++) {
        str words = text_get((enum lang)l, id);

        EXPECT_ROW(id, words.n > 0);
        while (words.n > 0) {
            struct import_meaning m = import_meaning_of(str_cut(&words, '|'));

            EXPECT_ROW(id, (m.columns & 1U << c) != 0);
            EXPECT_ROW(id, m.sure == sure);
            EXPECT_ROW(id, !sure || only(m) == c);
        }
    }
}

/* No two columns answer to one word, unless it only may be them. */
TEST(no_word_is_two_columns)
{
    for (int i = 0; i < IMPORT_COLUMNS; i++) {
        enum import_column c = (enum import_column)i;
        struct import_meaning m =
            import_meaning_of(str_of(import_column_names[i]));
        char id[60];

        EXPECT_ROW(import_column_names[i], only(m) == c && m.sure);
        (void)snprintf(id, sizeof id, "import.words.%s",
                       import_column_names[i]);
        expect_words(id, c, true);
        (void)snprintf(id, sizeof id, "import.perhaps.%s",
                       import_column_names[i]);
        expect_words(id, c, false);
    }
}

/* The table in the manner that these headings say it, of '|'. */
static size_t find(const char *headings, struct import_columns *out)
{
    struct import_meaning m[MANY];
    str rest = str_of(headings);
    size_t n = 0;

    while (rest.n > 0 && n < MANY)
        m[n++] = import_meaning_of(str_cut(&rest, '|'));
    import_columns_find(m, n, out);
    return n;
}

#define NEEDED "holder|uscc|body|number|"

TEST(who_is_surely_it_goes_before_who_may_be)
{
    static const struct {
        const char *why;
        const char *headings;
        enum import_column column;
        size_t place; /* MANY: nobody */
    } rows[] = {
        { "sure", "编号|证书编号", IMPORT_NUMBER, 1 },
        { "sure, before", "证书编号|编号", IMPORT_NUMBER, 0 },
        { "nobody else", "备注|编号", IMPORT_NUMBER, 1 },
        { "nobody", "备注|序号", IMPORT_NUMBER, MANY },
        { "the standard before the kind", "认证项目|认证依据", IMPORT_CRITERION,
          1 },
        { "the kind alone", NEEDED "认证项目|until|from", IMPORT_CRITERION, 4 },
        { "one of two names",
          "获证组织名称（其他名称）|获证组织名称（主要名称）", IMPORT_HOLDER,
          1 },
        { "of what may be several nothing is taken",
          NEEDED "有效期|from|until|criterion", IMPORT_FROM, 5 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_columns c;
        size_t n = find(rows[i].headings, &c);
        size_t want = rows[i].place == MANY ? n : rows[i].place;

        EXPECT_ROW(rows[i].why, c.unclear == IMPORT_CLEAR);
        EXPECT_ROW(rows[i].why, c.place[rows[i].column] == want);
    }
}

TEST(what_headings_leave_open_is_said)
{
    static const struct {
        const char *headings;
        enum import_unclear unclear;
        size_t first;
        size_t second;
        unsigned columns;
    } rows[] = {
        { "number|x|证书编号", IMPORT_TWICE, 0, 2, 1U << IMPORT_NUMBER },
        { "认证领域|认证项目", IMPORT_EITHER, 0, 1, 1U << IMPORT_CRITERION },
        { "认证领域|认证项目|认证依据", IMPORT_CLEAR, 0, 0, 0 },
        { NEEDED "from|有效期", IMPORT_VAGUE, 5, 5,
          1U << IMPORT_FROM | 1U << IMPORT_UNTIL },
        { NEEDED "until|有效期", IMPORT_VAGUE, 5, 5,
          1U << IMPORT_FROM | 1U << IMPORT_UNTIL },
        { NEEDED "until|from|有效期", IMPORT_CLEAR, 0, 0, 0 },
        { NEEDED "until|发证日期|有效期", IMPORT_CLEAR, 0, 0, 0 },
        /* of several things the first is said */
        { "number|number|认证领域|认证项目", IMPORT_TWICE, 0, 1,
          1U << IMPORT_NUMBER },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_columns c;

        (void)find(rows[i].headings, &c);
        EXPECT_ROW(rows[i].headings, c.unclear == rows[i].unclear);
        EXPECT_ROW(rows[i].headings,
                   c.first == rows[i].first && c.second == rows[i].second);
        EXPECT_ROW(rows[i].headings, c.columns == rows[i].columns);
    }
}

/* [IP2] */
TEST(what_a_table_lacks_is_known)
{
    static const struct {
        const char *headings;
        unsigned lacking;
    } rows[] = {
        { NEEDED "criterion|until|from", 0 },
        { NEEDED "criterion|until|issued", 0 },
        { NEEDED "criterion|until", 1U << IMPORT_FROM | 1U << IMPORT_ISSUED },
        { NEEDED "from|until", 1U << IMPORT_CRITERION },
        { "holder|uscc|body|criterion|from|until", 1U << IMPORT_NUMBER },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_columns c;
        size_t n = find(rows[i].headings, &c);

        EXPECT_ROW(rows[i].headings,
                   import_columns_lacking(&c, n) == rows[i].lacking);
    }
}
