#include "records/columns.h"

#include "base/size.h"
#include "records/test_columns.h"

enum { ARENA = 8 << 20 };

static const char table[] = "单号,日期一,日期二,评分,foo\n"
                            "1,03/04/2025,13/04/2025,3,35\n"
                            "2,04/05/2025,05/06/2025,4,36\n";

/* [CO4] */
TEST(a_mapping_is_taken_as_it_is)
{
    TEST_ARENA(a, ARENA);
    struct test_table t;
    struct columns c = { 0 };
    struct column_given *given = NULL;

    test_table_read(&a, table, &t);
    test_columns(&a, &t, NULL, &c);
    EXPECT_OK(columns_map_read(&a, S("m.yaml"),
                               S("日期一: { role: opened, order: mdy }\n"
                                 "评分: { role: satisfaction, scale: 100 }\n"
                                 "foo: number\n"
                                 "单号: none\n"),
                               &c, &given));
    test_columns(&a, &t, given, &c);
    EXPECT(c.place[COLUMN_NUMBER] == 4);
    EXPECT(c.columns[0].role == COLUMN_NONE);
    EXPECT(c.columns[1].role == COLUMN_OPENED);
    EXPECT(c.columns[1].order == MOMENT_MDY);
    EXPECT(c.columns[1].order_by == ORDER_GIVEN);
    EXPECT(c.columns[3].scale == SCALE_100);
    EXPECT_STR(str_of(c.columns[3].why.id), S("records.why_given"));
    EXPECT(c.columns[3].why.args[0].number == 2);
    EXPECT_STR(str_of(c.columns[0].why.id), S("records.why_given"));
}

TEST(a_mapping_that_cannot_be_true_is_refused)
{
    static const struct {
        const char *text;
        const char *id;
        int64_t line;
    } rows[] = {
        { "[]", "records.map_form", 1 },
        { "单号: []", "records.map_form", 1 },
        { "单号: number\nxyzxyz: opened", "records.map_column", 2 },
        { "日期三: opened", "records.map_column_near", 1 },
        { "单号: nummer", "records.map_role", 1 },
        { "单号: { role: [number] }", "records.map_role", 1 },
        { "foo: number\n单号: number", "records.map_twice", 2 },
        { "单号: number\n\" 单号\": asset", "records.map_twice", 2 },
        { "单号: { role: number, ordr: ymd }", "records.map_member", 1 },
        { "日期一: { role: opened, order: day }", "records.map_order", 1 },
        { "日期一: { role: opened, scale: 7 }", "records.map_scale", 1 },
        { "单号: { role: number, order: dmy }", "records.map_not_moment", 1 },
        { "单号:\n  role: number\n  scale: 5", "records.map_not_score", 3 },
        { "单号: opened", "records.map_content", 1 },
        { "日期一: { role: opened, order: ymd }", "records.map_order_content",
          1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct test_table t;
        struct columns c = { 0 };
        struct column_given *given = NULL;

        test_table_read(&a, table, &t);
        test_columns(&a, &t, NULL, &c);
        err e =
            columns_map_read(&a, S("m.yaml"), str_of(rows[i].text), &c, &given);
        EXPECT_ROW_ERR(rows[i].text, e, ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].text, given == NULL);
        EXPECT_ROW(rows[i].text,
                   failed(e) && e.info->args[1].number == rows[i].line);
    }
}
