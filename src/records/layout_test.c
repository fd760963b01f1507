#include "records/layout.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

/* [LA1] */
TEST(the_encoding_of_a_text_is_known_by_its_bytes)
{
    static const struct {
        const char *why;
        str text;
        bool whole;
        enum layout_charset want;
        size_t mark;
    } rows[] = {
        { "nothing", S_INIT(""), true, CHARSET_UTF8, 0 },
        { "ASCII", S_INIT("a,b\n"), true, CHARSET_UTF8, 0 },
        { "UTF-8", S_INIT("单号,时间"), true, CHARSET_UTF8, 0 },
        { "its mark", S_INIT("\xef\xbb\xbfid"), true, CHARSET_UTF8, 3 },
        { "GBK", S_INIT("\xb5\xa5\xba\xc5,1"), true, CHARSET_GB18030, 0 },
        { "four bytes", S_INIT("\xb5\xa5\x81\x30\x81\x30"), true,
          CHARSET_GB18030, 0 },
        { "its mark", S_INIT("\x84\x31\x95\x33id"), true, CHARSET_GB18030, 4 },
        { "what spreadsheets call Unicode", S_INIT("\xff\xfei\0"), true,
          CHARSET_UTF16LE, 2 },
        { "and the other end", S_INIT("\xfe\xff\0i"), true, CHARSET_UTF16BE,
          2 },
        { "a workbook", S_INIT("PK\3\4\0\0"), true, CHARSET_UNKNOWN, 0 },
        { "Latin letters of 8 bits", S_INIT("caf\xe9\n"), true, CHARSET_UNKNOWN,
          0 },
        { "a byte that begins nothing", S_INIT("\xb5\xa5\xff\x41"), true,
          CHARSET_UNKNOWN, 0 },
        { "the first byte that begins something", S_INIT("\x81\x40"), true,
          CHARSET_GB18030, 0 },
        { "the byte before it", S_INIT("\x80\x40"), true, CHARSET_UNKNOWN, 0 },
        { "delete ends no pair", S_INIT("\xb5\x7f"), true, CHARSET_UNKNOWN, 0 },
        { "UTF-8 cut in a part", S_INIT("单\xe5\x8f"), false, CHARSET_UTF8, 0 },
        { "and after its first byte", S_INIT("单\xe5"), false, CHARSET_UTF8,
          0 },
        { "at the end of all it is none", S_INIT("a\xe5"), true,
          CHARSET_UNKNOWN, 0 },
        { "GBK cut in a part", S_INIT("\xb5\xa5\xba"), false, CHARSET_GB18030,
          0 },
        { "four bytes cut in a part", S_INIT("\xb5\xa5\x81\x30\x81"), false,
          CHARSET_GB18030, 0 },
        { "but not at the end of all", S_INIT("\xb5\xa5\xba"), true,
          CHARSET_UNKNOWN, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t mark = 9;

        EXPECT_ROW(rows[i].why, layout_charset(rows[i].text, rows[i].whole,
                                               &mark) == rows[i].want);
        EXPECT_ROW(rows[i].why, mark == rows[i].mark);
    }
}

/* ", 3 quotes header 1 2": separator, fields, what there is, the lines of
 * table and data. */
static str shown(const struct layout *l, char out[100])
{
    (void)snprintf(out, 100, "%s %zu%s%s %lld %lld",
                   l->separator == '\t' ? "tab" : (char[]){ l->separator, 0 },
                   l->fields, l->quotes ? " quotes" : "",
                   l->header ? " header" : "", (long long)l->table_line,
                   (long long)l->data_line);
    return str_of(out);
}

/* [LA2] [LA3] [LA4] */
TEST(the_layout_of_a_table_is_known_by_its_first_rows)
{
    static const struct {
        const char *why;
        const char *text;
        const char *want;
    } rows[] = {
        { "commas", "id,name,at\n1,a,2025-01-01\n2,b,2025-01-02\n",
          ", 3 quotes header 1 2" },
        { "semicolons, with commas inside", "id;price\n1;2,5\n2;3,5\n3;4\n",
          "; 2 quotes header 1 2" },
        { "tabs", "id\tname\n1\ta, b\n2\tc\n", "tab 2 quotes header 1 2" },
        { "bars", "id|name\n1|a\n2|b\n", "| 2 quotes header 1 2" },
        { "separators in quotes count for nothing",
          "id;text\n1;\"a,b,c\"\n2;\"d,e,f\"\n", "; 2 quotes header 1 2" },
        { "a line end in quotes is none", "\"i\nd\",b\n1,2\n3,4\n",
          ", 2 quotes header 1 3" },
        { "inches are no quotes", "id,size\n1,27\"\n2,32\n3,24\"\n",
          ", 2 header 1 2" },
        { "doubled quotes are", "id,size\n1,\"27\"\"\"\n2,\"3\"\n",
          ", 2 quotes header 1 2" },
        { "a title above the table",
          "2025年3月维修记录\n单号,时间,网点\n1,2025-03-01,a\n",
          ", 3 quotes header 2 3" },
        { "titles filled up with separators, and empty lines",
          "维修记录,,\n\n,,\n导出人,张三,,\n\n单号,时间,网点\n1,2025-03-01,a\n"
          "2,2025-03-01,b\n",
          ", 3 quotes header 6 7" },
        { "no header", "1,2025-03-01,a\n2,2025-03-02,b\n", ", 3 quotes 1 1" },
        { "a number is enough", "a,b,7\nc,d,8\n", ", 3 quotes 1 1" },
        { "texts only: the first row is a header", "a,b\nc,d\n",
          ", 2 quotes header 1 2" },
        { "one column", "id\n1\n2\n", ", 1 quotes header 1 2" },
        { "CR and LF", "id,x\r\n1,2\r\n", ", 2 quotes header 1 2" },
        { "a header alone", "id,x", ", 2 quotes header 1 1" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct layout l = { 0 };
        char text[100];

        EXPECT_ROW(rows[i].why, layout_find(str_of(rows[i].text), true, &l));
        EXPECT_ROW_STR(rows[i].why, shown(&l, text), str_of(rows[i].want));
    }
}

TEST(offsets_point_at_the_table_and_its_data)
{
    const str text = S("title\n\nid,x\n1,2\n");
    struct layout l = { 0 };

    EXPECT(layout_find(text, true, &l));
    EXPECT_STR(str_from(text, l.table), S("id,x\n1,2\n"));
    EXPECT_STR(str_from(text, l.data), S("1,2\n"));
}

TEST(a_cut_row_is_not_looked_at)
{
    struct layout l = { 0 };
    char text[100];

    EXPECT(layout_find(S("a;b\nc;d\ne,f,g,h"), false, &l));
    EXPECT_STR(shown(&l, text), S("; 2 quotes header 1 2"));
}

TEST(nothing_has_no_layout)
{
    static const char *const texts[] = { "", "\n\n", ",,\n,,\n", " \t \n" };

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct layout l = { .fields = 77 };

        EXPECT_ROW(texts[i], !layout_find(str_of(texts[i]), true, &l));
        EXPECT_ROW(texts[i], l.fields == 77);
    }
}
