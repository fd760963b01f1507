/* A list of customers out of a table. [KL1]..[KL5] [M16] */

#include "service/customer_list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/excel.h"

#include <string.h>

#define TODAY 20786 /* 2026-11-29 */

/* An arena `a`, until the scope ends. */
#define ARENA()                                                                \
    struct heap libc = HEAP_LIBC;                                              \
    scoped(arena_end) struct arena a;                                          \
    arena_init(&a, &libc, 32 << 20)

static struct customer_list read_good(struct arena *a, str file)
{
    struct customer_list list = { .rows = 0 };

    EXPECT_OK(customer_list_read(a, file, TODAY, &list));
    return list;
}

/* [KL2] [KL4] */
TEST(columns_are_known_by_name_and_rows_are_put_in_one_form)
{
    static const struct {
        const char *why;
        const char *file;
        char separator;
        const char *text;
    } rows[] = {
        { "Chinese", "姓名,电话\n张三,13800000001\n", ',',
          "张三,13800000001,,,\n" },
        { "English, another order, a column of ours is none",
          "Phone,age,NAME\r\n0591-87654321,44,Li\r\n", ',',
          "Li,0591-87654321,,,\n" },
        { "all of them",
          "客户名称,手机,产品,服务日期,网点\n"
          "甲,13800000001,空调,2026/5/1,东店\n",
          ',', "甲,13800000001,空调,2026-05-01,东店\n" },
        { "semicolons with quotes", "name;phone;product\n\"a;b\";12345;c\n",
          ';', "a;b,12345,c,,\n" },
        { "tabs", "name\tphone\nx\t12345\n", '\t', "x,12345,,,\n" },
        { "bars", "name|phone\nx|12345\n", '|', "x,12345,,,\n" },
        { "a comma, a quote and a line end",
          "name,phone\n\"a,\"\"b\"\"\nc\",12345\n", ',',
          "\"a,\"\"b\"\" c\",12345,,,\n" },
        { "a mark, and no line end", "\xef\xbb\xbfname,phone\nx,12345", ',',
          "x,12345,,,\n" },
        { "days", "name,phone,date\nx,12345,2026年5月1日\ny,12346,2026.5.1\n",
          ',', "x,12345,,2026-05-01,\ny,12346,,2026-05-01,\n" },
        { "a day with its hour", "name,phone,date\nx,12345,2026-5-1 10:00\n",
          ',', "x,12345,,2026-05-01,\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ARENA();
        struct customer_list l = read_good(&a, str_of(rows[i].file));

        EXPECT_ROW(rows[i].why, l.separator == rows[i].separator);
        EXPECT_ROW(rows[i].why, l.bad == 0);
        EXPECT_STR(l.text, str_of(rows[i].text));
    }
}

/* [KL1] "姓名,电话" and a row, as Excel saves them. */
TEST(a_table_is_read_in_whatever_encoding_an_office_saves_it)
{
    static const struct {
        const char *why;
        str file;
        enum customer_encoding encoding;
    } rows[] = {
        { "GB18030",
          S_INIT("\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n\xd5\xc5,12345\n"),
          CUSTOMER_GB18030 },
        { "UTF-16, little end first",
          S_INIT("\xff\xfe\xd3\x59\x0d\x54\x2c\x00\x35\x75\xdd\x8b\x0a\x00"
                 "\x20\x5f\x2c\x00\x31\x00\x32\x00\x33\x00\x34\x00\x35\x00"),
          CUSTOMER_UTF16 },
        { "UTF-16, large end first",
          S_INIT("\xfe\xff\x59\xd3\x54\x0d\x00\x2c\x75\x35\x8b\xdd\x00\x0a"
                 "\x5f\x20\x00\x2c\x00\x31\x00\x32\x00\x33\x00\x34\x00\x35"),
          CUSTOMER_UTF16 },
        { "UTF-8", S_INIT("姓名,电话\n张,12345\n"), CUSTOMER_UTF8 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ARENA();
        struct customer_list l = read_good(&a, rows[i].file);

        EXPECT_ROW(rows[i].why, l.encoding == rows[i].encoding);
        EXPECT_STR(l.text, S("张,12345,,,\n"));
    }
}

TEST(what_is_no_such_table_is_refused_with_what_to_do)
{
    static const struct {
        const char *why;
        str file;
        const char *id;
    } rows[] = {
        { "a workbook that is cut", S_INIT("PK\x03\x04rest"), "xlsx.cut" },
        { "an old workbook", S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
          "xlsx.old" },
        { "no text", S_INIT("name,phone\n\xff\xff\xff"), "customers.encoding" },
        { "signs that are none, of more bytes than there is room for",
          S_INIT("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
          "customers.encoding" },
        { "half of a UTF-16 sign", S_INIT("\xff\xfe\x41"),
          "customers.encoding" },
        { "nothing", S_INIT(""), "customers.empty" },
        { "no rows", S_INIT("name,phone\n"), "customers.empty" },
        { "no names", S_INIT("phone\n12345\n"), "customers.column" },
        { "no numbers", S_INIT("name\nx\n"), "customers.column" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ARENA();
        struct customer_list l = { .rows = -1 };

        EXPECT_ROW_ERR(rows[i].why,
                       customer_list_read(&a, rows[i].file, TODAY, &l),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].why, l.rows == -1);
    }
}

/* [KL3] [KL5] */
TEST(every_bad_row_is_found_with_its_line_and_told_without_its_words)
{
    static const struct {
        const char *row;
        const char *why; /* NULL: it is good */
    } rows[] = {
        { ",13800000001,", "customers.name" },
        { "SECRET,,", "customers.phone" },
        { "SECRET,1234,", "customers.phone" },
        { "SECRET,123456789012345678901,", "customers.phone" },
        { "SECRET,1380000000x,", "customers.phone" },
        { "SECRET,12345,yesterday", "customers.date" },
        { "SECRET,12345,2026-02-30", "customers.date" },
        { "SECRET,12345,2026-11-30", "customers.date" },
        { "SECRET,12345,2026-11-29", NULL },
        { "SECRET,+86 (591) 8765-4321,", NULL },
        { "SEC\"RET,12345,", "csv.quote" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ARENA();
        struct buf b;
        str file;

        buf_init(&b, &a, 1000);
        buf_str(&b, S("name,phone,date\nok,99999,\n"));
        buf_str(&b, str_of(rows[i].row));
        buf_str(&b, S("\nok,99998,\n"));
        EXPECT_OK(buf_done(&b, &file));
        struct customer_list l = read_good(&a, file);
        EXPECT_ROW(rows[i].row, l.bad == (rows[i].why != NULL));
        EXPECT_ROW(rows[i].row, l.rows == 3 - l.bad);
        if (l.bad == 0)
            continue;
        const struct err_info *info = l.problems[0].info;
        EXPECT_STR(str_of(info->id), str_of(rows[i].why));
        for (const struct err_arg *x = info->args; x->name != NULL; x++) {
            EXPECT_ROW(rows[i].row, x->kind == ARG_IS_NUMBER);
            if (strcmp(x->name, "line") == 0)
                EXPECT_ROW(rows[i].row, x->number == 3);
        }
    }
}

TEST(only_so_many_problems_are_told_of_and_all_are_counted)
{
    ARENA();
    struct buf b;
    str file;

    buf_init(&b, &a, 10000);
    buf_str(&b, S("name,phone\n"));
    for (int i = 0; i < CUSTOMER_PROBLEMS_MAX + 7; i++)
        buf_str(&b, S("x,1\n"));
    EXPECT_OK(buf_done(&b, &file));
    struct customer_list l = read_good(&a, file);
    EXPECT(l.bad == CUSTOMER_PROBLEMS_MAX + 7 && l.rows == 0);
    EXPECT(l.problem_count == CUSTOMER_PROBLEMS_MAX);
}

/* [KL1]  The same list, whether it comes as text or as a workbook. */
TEST(a_workbook_is_the_list_that_its_text_is)
{
    static const str cells[] = {
        S_INIT("姓名"),     S_INIT("电话"),        S_INIT("购买日期"),
        S_INIT("欧阳小明"), S_INIT("13812340001"), S_INIT("2026-05-01"),
        S_INIT("李,四"),    S_INIT("12345"),       S_INIT(""),
    };
    static const struct excel_sheet sheets[] = {
        { .name = S_INIT("说明") },
        { .name = S_INIT("名单"), .cells = cells, .rows = 3, .columns = 3 },
    };
    const struct excel_book book = { .sheets = sheets, .n = 2, .made = 20783 };
    ARENA();
    str bytes = S("");

    EXPECT_OK(excel_write(&a, &book, &bytes));
    struct customer_list l = read_good(&a, bytes);
    struct customer_list text =
        read_good(&a, S("姓名;电话;购买日期\n"
                        "欧阳小明;13812340001;2026/5/1\n李,四;12345;\n"));
    EXPECT(l.encoding == CUSTOMER_WORKBOOK && l.rows == 2 && l.bad == 0);
    EXPECT(hash_eq(&l.hash, &text.hash));
    EXPECT(customer_list_room(bytes) ==
           (size_t)CUSTOMER_ROOM * CUSTOMER_FILE_MAX);
}

/* [KL5] */
TEST(what_is_shown_of_a_customer_tells_no_stranger_who_it_is)
{
    ARENA();
    struct customer_list l =
        read_good(&a, S("姓名,电话,产品\n欧阳小明,13812340001,空调\n"
                        "李,12345,\n李,12345,\n"));

    EXPECT_STR(l.shown[0].name, S("欧*"));
    EXPECT_STR(l.shown[0].phone, S("138****0001"));
    EXPECT_STR(l.shown[1].phone, S("1***5"));
    EXPECT(l.shown_count == 3 && l.repeated == 1);
}

/* [KL4] sha256 of "x,12345,,,\n" */
TEST(the_hash_is_of_the_text_that_is_given_out)
{
    ARENA();
    struct customer_list one = read_good(&a, S("name,phone\nx,12345\n"));
    struct customer_list same =
        read_good(&a, S("\xef\xbb\xbf"
                        "手机;age;客户\r\n12345;9;x\r\n"));
    struct customer_list other = read_good(&a, S("name,phone\nx,12346\n"));

    EXPECT(hash_eq(&one.hash, &same.hash));
    EXPECT(!hash_eq(&one.hash, &other.hash));
    EXPECT(one.hash.b[0] == 0x4e && one.hash.b[1] == 0x5d);
}

TEST(a_list_that_is_too_long_is_refused)
{
    ARENA();
    struct customer_list l = { .rows = -1 };
    char *much = arena_zero(&a, CUSTOMER_FILE_MAX + 1);

    EXPECT_ERR(customer_list_read(&a, (str){ much, CUSTOMER_FILE_MAX + 1 },
                                  TODAY, &l),
               ERR_LIMIT, "customers.size");
    memset(much, '\n', CUSTOMER_ROWS_MAX);
    EXPECT_ERR(customer_list_read(&a, (str){ much, CUSTOMER_ROWS_MAX }, TODAY,
                                  &l),
               ERR_LIMIT, "customers.rows");
}
