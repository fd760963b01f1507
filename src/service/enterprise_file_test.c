/* Tables of enterprises. [EF1] [EF2] */
#include "service/enterprise_file.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

#define HEADER "name,uscc,registered,scope,province,city\n"
#define ONE    "91350100M000100Y43"
#define TWO    "91330100799655058B"
#define THREE  "914403001922038216"

static const day today = 20514; /* 2026-03-02 */

static err read(struct arena *a, const char *text, struct enterprise_file *out)
{
    return enterprise_file_read(a, str_of(text), today, out);
}

TEST(columns_are_taken_by_name_in_any_order)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        const char *text;
        bool places; /* province and city are there */
    } rows[] = {
        { "with commas",
          HEADER "示例甲,91350100m000100y43,2020-01-15,销售,示例省,示例市\n",
          true },
        { "with tabs, and no end of the line",
          "city\tprovince\tscope\tregistered\tuscc\tname\n"
          "示例市\t示例省\t销售\t2020-01-15\t" ONE "\t示例甲",
          true },
        { "with blanks, and quotes, and CR LF",
          "name,uscc,registered,scope,city,province\r\n"
          "\" 示例甲 \", " ONE " ,2020-01-15,销售,示例市,示例省\r\n",
          true },
        { "with a mark at the start and columns nobody asked for",
          "\xef\xbb\xbfid,name,uscc,registered,scope\n"
          "7,示例甲," ONE ",2020-01-15,销售\n",
          false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_file f = { 0 };

        EXPECT_ROW_OK(rows[i].name, read(&a, rows[i].text, &f));
        EXPECT_ROW(rows[i].name, f.n == 1 && f.bad_count == 0);
        if (f.n != 1)
            continue;
        EXPECT_ROW_STR(rows[i].name, f.rows->name, S("示例甲"));
        EXPECT_ROW_STR(rows[i].name, f.rows->uscc, S(ONE));
        EXPECT_ROW_STR(rows[i].name, f.rows->scope, S("销售"));
        EXPECT_ROW(rows[i].name, f.rows->registered == 18276);
        EXPECT_ROW_STR(rows[i].name, f.rows->province,
                       rows[i].places ? S("示例省") : S(""));
        EXPECT_ROW_STR(rows[i].name, f.rows->city,
                       rows[i].places ? S("示例市") : S(""));
        EXPECT_ROW(rows[i].name, id_is_zero(f.rows->id));
    }
}

TEST(a_table_without_a_needed_column_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *header;
        const char *id;
        str name; /* of the column */
    } rows[] = {
        { "", "enterprise_file.empty", S_INIT("") },
        { "\n\r\n\n", "enterprise_file.empty", S_INIT("") },
        { "uscc,registered,scope\n", "enterprise_file.column", S_INIT("name") },
        { "name,registered,scope\n", "enterprise_file.column", S_INIT("uscc") },
        { "name,uscc,scope\n", "enterprise_file.column", S_INIT("registered") },
        { "name,uscc,registered\n", "enterprise_file.column", S_INIT("scope") },
        { "Name,uscc,registered,scope\n", "enterprise_file.column",
          S_INIT("name") },
        { "na\"me,uscc,registered,scope\n", "csv.quote", S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_file f = { .n = 7 };
        err e = read(&a, rows[i].header, &f);

        EXPECT_ROW_ERR(rows[i].header, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW_STR(rows[i].header, err_arg_text(e, "name"), rows[i].name);
        EXPECT_ROW(rows[i].header, f.n == 7); /* [E2] */
    }
}

TEST(a_header_alone_is_a_table_of_nothing)
{
    TEST_ARENA(a, 1 << 20);
    struct enterprise_file f = { .n = 7 };

    EXPECT_OK(read(&a, HEADER, &f));
    EXPECT(f.n == 0 && f.bad_count == 0);
}

/* [EF1] Good rows stand around each bad one, so all are seen to be read. */
TEST(a_bad_row_is_named_by_line_and_reason_and_the_others_are_taken)
{
    TEST_ARENA(a, 1 << 22);
    static const struct {
        const char *name;
        const char *row;
        int64_t line;
        const char *id;
    } rows[] = {
        { "too few fields", "甲," TWO ",2020-01-15", 3,
          "enterprise_file.width" },
        { "too many fields", "甲," TWO ",2020-01-15,销售,省,市,more", 3,
          "enterprise_file.width" },
        { "no such day", "甲," TWO ",2020-02-30,销售,省,市", 3,
          "enterprise_file.day" },
        { "no day at all", "甲," TWO ",,销售,省,市", 3, "enterprise_file.day" },
        { "registered tomorrow", "甲," TWO ",2026-03-03,销售,省,市", 3,
          "registry.day" },
        { "a wrong code", "甲,91330100799655058C,2020-01-15,销售,省,市", 3,
          "registry.uscc_check" },
        { "no name", "," TWO ",2020-01-15,销售,省,市", 3, "registry.name" },
        { "no scope", "甲," TWO ",2020-01-15,,省,市", 3, "registry.scope" },
        { "what no event can hold",
          "甲," TWO ",2020-01-15,销售,12345678901234567890123456789012345678901"
          ",市",
          3, "record.length" },
        { "a quote in the middle", "甲\"," TWO ",2020-01-15,销售,省,市", 3,
          "csv.quote" },
        { "no UTF-8", "\xff," TWO ",2020-01-15,销售,省,市", 3, "csv.utf8" },
        { "after empty lines", "\n\r\n甲\"," TWO ",2020-01-15,销售,省,市", 5,
          "csv.quote" },
        { "after empty lines, readable", "\n\n甲," TWO ",2020-01-99,销售,省,市",
          5, "enterprise_file.day" },
        { "the code of the row before", "甲," ONE ",2020-01-15,销售,省,市", 3,
          "enterprise_file.twice" },
        { "the same, typed otherwise",
          "甲,91350100m000100y43,2020-01-15,销售,省,市", 3,
          "enterprise_file.twice" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_file f = { 0 };
        struct buf b;
        str text = S("");

        buf_init(&b, &a, 4000);
        buf_printf(&b,
                   HEADER "先," ONE ",2020-01-15,销售,省,市\n%s\n"
                          "后," THREE ",2026-03-02,销售,省,市\n",
                   rows[i].row);
        EXPECT_OK(buf_done(&b, &text));
        EXPECT_ROW_OK(rows[i].name, enterprise_file_read(&a, text, today, &f));
        EXPECT_ROW(rows[i].name, f.n == 2 && f.bad_count == 1);
        if (f.n != 2 || f.bad_count != 1)
            continue;
        EXPECT_ROW_STR(rows[i].name, f.rows[0].name, S("先"));
        EXPECT_ROW_STR(rows[i].name, f.rows[1].name, S("后"));
        EXPECT_ROW(rows[i].name, f.bad->line == rows[i].line);
        EXPECT_ROW_ERR(rows[i].name, f.bad->why, ERR_INVALID, rows[i].id);
    }
}

/* [EF2] The first good row has the code; a bad one takes nothing away. */
TEST(the_first_good_row_has_the_code)
{
    TEST_ARENA(a, 1 << 20);
    struct enterprise_file f = { 0 };

    EXPECT_OK(read(&a,
                   HEADER "bad," ONE ",never,销售,省,市\n"
                          "first," ONE ",2020-01-15,销售,省,市\n"
                          "second," ONE ",2020-01-15,销售,省,市\n"
                          "other," TWO ",2020-01-15,销售,省,市\n"
                          "third," ONE ",2020-01-15,销售,省,市\n",
                   &f));
    EXPECT(f.n == 2 && f.bad_count == 3);
    if (f.n != 2 || f.bad_count != 3)
        return;
    EXPECT_STR(f.rows[0].name, S("first"));
    EXPECT_STR(f.rows[1].name, S("other"));
    EXPECT(f.bad[0].line == 2 && f.bad[1].line == 4 && f.bad[2].line == 6);
    EXPECT_ERR(f.bad[0].why, ERR_INVALID, "enterprise_file.day");
    EXPECT_ERR(f.bad[1].why, ERR_INVALID, "enterprise_file.twice");
    EXPECT_STR(err_arg_text(f.bad[2].why, "uscc"), S(ONE));
}

/* Every line may be bad, and lines may be all there is. */
TEST(a_table_of_bad_lines_fits)
{
    TEST_ARENA(a, 1 << 22);
    static const struct {
        const char *name;
        const char *line;
        size_t bad; /* a hundred of them */
    } rows[] = {
        { "a quote in each", "x\"\n", 100 },
        { "lone carriage returns", "x\r\r\r\n", 100 },
        { "single letters", "x\n", 100 },
        { "nothing", "\n", 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct enterprise_file f = { 0 };
        struct buf b;
        str text = S("");

        buf_init(&b, &a, 4000);
        buf_str(&b, S(HEADER));
        for (int n = 0; n < 100; n++)
            buf_str(&b, str_of(rows[i].line));
        EXPECT_OK(buf_done(&b, &text));
        EXPECT_ROW_OK(rows[i].name, enterprise_file_read(&a, text, today, &f));
        EXPECT_ROW(rows[i].name, f.n == 0 && f.bad_count == rows[i].bad);
    }
}

/* --- memory ----------------------------------------------------------- */

static err read_sample(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct enterprise_file f;

    arena_init(&a, h, 1 << 20);
    return read(&a,
                HEADER "示例甲," ONE ",2020-01-15,销售,示例省,示例市\n"
                       "bad," ONE ",2020-01-15,销售,示例省,示例市\n"
                       "\"worse\n",
                &f);
}

TEST(a_table_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(read_sample, NULL, NULL) > 0);
}
