#include "records/columns.h"

#include "base/size.h"
#include "records/test_columns.h"

#include <stdio.h>

enum { ARENA = 8 << 20 };

/* The roles of all columns, "number opened - closed". */
static str roles(const struct columns *c, char out[1000])
{
    size_t n = 0;

    for (size_t i = 0; i < c->n; i++) {
        str name = c->columns[i].role == COLUMN_NONE
                       ? S("-")
                       : column_role_name(c->columns[i].role);

        n += (size_t)snprintf(out + n, 1000 - n, "%s%.*s", i > 0 ? " " : "",
                              STR_ARG(name));
    }
    return str_of(out);
}

/* [CO1] [CO2] */
TEST(columns_are_known_by_name_and_content)
{
    static const struct {
        const char *why;
        const char *text;
        const char *want;
    } rows[] = {
        { "an event log as service desks write it",
          "number,incident_state,active,reassignment_count,reopen_count,"
          "sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
          "sys_updated_by,sys_updated_at,contact_type,location,category,"
          "subcategory,u_symptom,cmdb_ci,assignment_group,assigned_to,"
          "closed_code,resolved_by,resolved_at,closed_at\n"
          "INC01,New,TRUE,0,0,2,TRUE,Caller 3,Opened by 8,29-02-2016 01:16,"
          "Updated by 2,29-02-2016 01:23,Phone,Location 3,Category 5,"
          "Subcategory 1,Symptom 7,?,Group 5,?,code 5,Resolved by 1,"
          "29-02-2016 11:29,05-03-2016 12:00\n"
          "INC02,Closed,FALSE,1,0,9,TRUE,Caller 4,Opened by 9,"
          "01-03-2016 01:16,Updated by 3,02-03-2016 08:53,Phone,Location 4,"
          "Category 5,Subcategory 1,?,?,Group 6,Resolver 4,code 6,?,?,"
          "06-03-2016 12:00\n",
          "number state - reassigned reopened - within_promise customer - "
          "opened - updated channel region trade - fault asset outlet person "
          "- - resolved closed" },
        { "a repair sheet",
          "工单编号,报修时间,派工时间,上门时间,完成时间,服务网点,产品型号,"
          "故障现象,机身号,维修工程师,客户姓名,联系电话,满意度,是否回访,备注\n"
          "WX001,2025-03-01 08:00,2025-03-01 09:00,2025-03-02 10:00,"
          "2025-03-02 11:00,城南站,KFR-35,不制冷,A1,张三,李四,13800001111,"
          "5,是,无\n"
          "WX002,2025-03-02 08:00,2025-03-02 09:00,2025-03-03 10:00,"
          "2025-03-03 11:00,城北站,KFR-72,漏水,A2,王五,赵六,0571-88881111,"
          "4,否,加急\n",
          "number opened dispatched arrived resolved outlet product fault "
          "asset person customer phone satisfaction called_back -" },
        { "durations are no moments, whatever they are called",
          "单号,处理时间,到达时间（小时）\nA,35,2\nB,120,1\n", "number - -" },
        { "full width, capitals and brackets are folded away",
          "Ｔｉｃｋｅｔ＿ＮＵＭＢＥＲ,Opened-At (UTC+8),SATISFACTION（1-5）\n"
          "1,2025-01-02 03:04,4\n",
          "number opened satisfaction" },
        { "nine of ten are enough, fewer are not",
          "开单,完成时间\n1,2025-01-01\n1,2025-01-01\n1,2025-01-01\n"
          "1,2025-01-01\n1,2025-01-01\n1,2025-01-01\n1,2025-01-01\n"
          "1,2025-01-01\n1,2025-01-01\n1,明天\n",
          "- resolved" },
        { "eight of ten are not",
          "开单,完成时间\n1,2025-01-01\n1,2025-01-01\n1,2025-01-01\n"
          "1,2025-01-01\n1,后天\n1,2025-01-01\n1,2025-01-01\n"
          "1,2025-01-01\n1,2025-01-01\n1,明天\n",
          "- -" },
        { "one of five is a slip",
          "开单,完成时间\n1,2025-01-01\n1,2025-01-01\n1,2025-01-01\n"
          "1,2025-01-01\n1,明天\n",
          "- resolved" },
        { "and one of two", "开单,完成时间\n1,2025-01-01\n1,明天\n",
          "- resolved" },
        { "one alone is none", "开单,完成时间\n1,\n1,明天\n", "- -" },
        { "two of four are not",
          "开单,完成时间\n1,2025-01-01\n1,后天\n1,2025-01-01\n1,明天\n",
          "- -" },
        { "without a name one of four is not",
          "x,y\n13800001111,1\n13900002222,2\n13900003333,2\nz,2\n", "- -" },
        { "a role goes to the better name",
          "创建时间,报修时间\n2025-01-01,2025-01-01\n", "- opened" },
        { "mobiles need no name", "x,y\n13800001111,1\n13900002222,2\n",
          "phone -" },
        { "numbers of orders are no mobiles",
          "x,y\n1380000111,1\n1390000222,2\n", "- -" },
        { "an empty column is known by its name", "单号,关闭时间\n1,?\n2,\n",
          "number closed" },
        { "overdue is the opposite of in time and not taken for it",
          "单号,是否超时,是否及时\n1,是,否\n", "number - within_promise" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct test_table t;
        struct columns c = { 0 };
        char shown[1000];

        test_table_read(&a, rows[i].text, &t);
        test_columns(&a, &t, NULL, &c);
        EXPECT_ROW_STR(rows[i].why, roles(&c, shown), str_of(rows[i].want));
    }
}

/* [CO3] Orders of the first two columns, and how they were found. */
TEST(a_column_of_dates_is_read_in_one_order)
{
    static const struct {
        const char *why;
        const char *text;
        enum moment_order order[2];
        enum column_order_by by[2];
    } rows[] = {
        { "years of four digits in front leave one",
          "报修时间,完成时间\n2025-03-04,2025/03/05\n",
          { MOMENT_YMD, MOMENT_YMD },
          { ORDER_CLEAR, ORDER_CLEAR } },
        { "one day above twelve tells for its column, and for the others",
          "opened at,closed at\n03-04-2025,05-04-2025\n13-04-2025,06-04-2025\n",
          { MOMENT_DMY, MOMENT_DMY },
          { ORDER_CLEAR, ORDER_OTHERS } },
        { "month first, where it must be",
          "opened at,closed at\n03/04/2025,03/05/2025\n04/13/2025,05/06/2025\n",
          { MOMENT_MDY, MOMENT_MDY },
          { ORDER_CLEAR, ORDER_OTHERS } },
        { "resolved before opened would be wrong",
          "opened at,resolved at\n01/12/2025,02/11/2025\n",
          { MOMENT_MDY, MOMENT_MDY },
          { ORDER_SEQUENCE, ORDER_SEQUENCE } },
        { "and the other way round",
          "opened at,resolved at\n12-01-2025,11-02-2025\n",
          { MOMENT_DMY, MOMENT_DMY },
          { ORDER_SEQUENCE, ORDER_SEQUENCE } },
        { "nothing tells: day first, never month first",
          "opened at,resolved at\n03/04/2025,05/06/2025\n",
          { MOMENT_DMY, MOMENT_DMY },
          { ORDER_ASSUMED, ORDER_ASSUMED } },
        { "short years with points: day first",
          "opened at,x\n03.04.05,1\n",
          { MOMENT_DMY, 0 },
          { ORDER_ASSUMED, ORDER_CLEAR } },
        { "short years with strokes: year first",
          "报修时间,x\n03/04/05,1\n",
          { MOMENT_YMD, 0 },
          { ORDER_ASSUMED, ORDER_CLEAR } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct test_table t;
        struct columns c = { 0 };

        test_table_read(&a, rows[i].text, &t);
        test_columns(&a, &t, NULL, &c);
        for (size_t k = 0; k < 2 && c.n == 2; k++) {
            EXPECT_ROW(rows[i].why, c.columns[k].order == rows[i].order[k]);
            EXPECT_ROW(rows[i].why, c.columns[k].order_by == rows[i].by[k]);
        }
        EXPECT_ROW(rows[i].why, c.n == 2);
    }
}

TEST(a_scale_is_known_by_the_largest_score)
{
    static const struct {
        const char *text;
        enum column_scale want;
    } rows[] = {
        { "满意度\n5\n1\n", SCALE_5 },
        { "满意度\n6\n1\n", SCALE_10 },
        { "满意度\n10\n1\n", SCALE_10 },
        { "满意度\n11\n1\n", SCALE_100 },
        { "满意度\n100\n1\n", SCALE_100 },
        { "满意度\n满意\n差评\n", SCALE_WORDS },
        { "满意度\n5星\n1星\n", SCALE_5 },
        { "满意度\n?\n无\n", SCALE_NONE },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct test_table t;
        struct columns c = { 0 };

        test_table_read(&a, rows[i].text, &t);
        test_columns(&a, &t, NULL, &c);
        EXPECT_ROW(rows[i].text, c.columns[0].role == COLUMN_SATISFACTION);
        EXPECT_ROW(rows[i].text, c.columns[0].scale == rows[i].want);
    }
}

/* Of so many answers one is a slip, and more are not. */
TEST(a_scale_is_not_known_by_one_slip_of_many)
{
    for (int slips = 1; slips <= 2; slips++) {
        TEST_ARENA(a, ARENA);
        struct test_table t;
        struct columns c = { 0 };
        char text[1000] = "满意度\n";
        size_t n = strlen(text);

        for (int i = 0; i < 120; i++)
            n += (size_t)snprintf(text + n, sizeof text - n, "%d\n",
                                  i < slips ? 9 : 5);
        test_table_read(&a, text, &t);
        test_columns(&a, &t, NULL, &c);
        EXPECT(c.columns[0].scale == (slips == 1 ? SCALE_5 : SCALE_10));
    }
}

/* [CO5] */
TEST(every_column_says_why)
{
    TEST_ARENA(a, ARENA);
    struct test_table t;
    struct columns c = { 0 };
    static const char *const want[] = {
        "records.why_name",  "records.why_contradicts", "records.why_name",
        "records.why_other", "records.why_unknown",     "records.why_content",
        "records.why_empty",
    };

    test_table_read(&a,
                    "单号,完成时间,报修时间,创建时间,foo,bar,关闭时间\n"
                    "1,35,2025-01-01,2025-01-01,a,13800001111,\n"
                    "2,36,2025-01-01,2025-01-01,b,13800001112,\n",
                    &t);
    test_columns(&a, &t, NULL, &c);
    EXPECT(c.n == COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++)
        EXPECT_STR(str_of(c.columns[i].why.id), str_of(want[i]));
    EXPECT_STR(c.columns[3].why.args[1].text, S("报修时间"));
    EXPECT(c.columns[1].why.args[2].number == 0);
    EXPECT(c.columns[1].why.args[3].number == 2);
}

TEST(cells_say_yes_no_nothing_or_how_content_somebody_is)
{
    TEST_ARENA(a, ARENA);
    const struct column_book *b = NULL;
    bool yes = false;
    int mood = 9;

    EXPECT_OK(column_book_own(&a, &b));
    EXPECT(column_nothing(b, S(" ? ")) && column_nothing(b, S("")) &&
           column_nothing(b, S("null")) && column_nothing(b, S("无")));
    EXPECT(!column_nothing(b, S("0")) && !column_nothing(b, S("??")));
    EXPECT(column_yes(b, S("True"), &yes) && yes);
    EXPECT(column_yes(b, S("否"), &yes) && !yes);
    EXPECT(!column_yes(b, S("满意"), &yes));
    EXPECT(column_mood(b, S("不满意"), &mood) && mood == -1);
    EXPECT(column_mood(b, S("一般"), &mood) && mood == 0);
    EXPECT(column_mood(b, S("Very Satisfied"), &mood) && mood == 1);
    EXPECT(!column_mood(b, S("5"), &mood) && mood == 1);
}

TEST(whole_numbers_may_have_a_unit)
{
    static const struct {
        const char *text;
        int64_t want; /* -1: none */
    } rows[] = {
        { "0", 0 },
        { " 12 ", 12 },
        { "5.0", 5 },
        { "5星", 5 },
        { "3 次", 3 },
        { "5.5", -1 },
        { "星", -1 },
        { "", -1 },
        { "-1", -1 },
        { "1e3", -1 },
        { ".0", -1 },
        { "5星星", -1 },
        { "999999999999999", 999999999999999 },
        { "1000000000000000", -1 },
    };
    TEST_ARENA(a, ARENA);
    const struct column_book *b = NULL;

    EXPECT_OK(column_book_own(&a, &b));
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t value = -1;
        bool is = column_whole(b, str_of(rows[i].text), &value);

        EXPECT_ROW(rows[i].text, is == (rows[i].want >= 0));
        EXPECT_ROW(rows[i].text, value == rows[i].want);
    }
}

/* Every role but none has names, and is called as itself. */
TEST(the_dictionary_knows_every_role)
{
    for (size_t role = COLUMN_NONE + 1; role < COLUMN_ROLES; role++) {
        EXPECT(column_role_name((enum column_role)role).n > 0);
        EXPECT(str_begins(str_of(column_role_text((enum column_role)role)),
                          S("records.role_")));
    }
}

TEST(a_dictionary_of_another_form_is_refused)
{
    static const char *const texts[] = {
        "roles: {}",
        "roles: {}\nwords: []",
        "roles: { opened: [a] }\nwords: {}",
        "roles: { opened: { was: [a] } }\nwords: {}",
        "roles: { opened: { is: a } }\nwords: {}",
        "roles: { opened: { is: [[a]] } }\nwords: {}",
        "roles: { other: { is: [a] } }\nwords: {}",
        "roles: {}\nwords: { perhaps: [a] }",
        "[]",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        TEST_ARENA(a, ARENA);
        const struct column_book *b = NULL;

        EXPECT_ROW_ERR(texts[i],
                       column_book_read(&a, S("b"), str_of(texts[i]), &b),
                       ERR_INVALID, "records.book");
        EXPECT_ROW(texts[i], b == NULL);
    }
}

static err find_in(struct heap *h, void *context)
{
    const struct test_table *t = context;
    const struct column_book *b = NULL;
    struct columns c = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, ARENA);
    TRY(column_book_read(&a, S("b"),
                         S("roles: { number: { is: [no] } }\n"
                           "words: { nothing: ['?'] }"),
                         &b));
    const struct column_sample s = { &t->header, t->rows, t->n };
    TRY(columns_find(&a, b, &s, NULL, &c));
    return OK;
}

TEST(columns_are_found_whole_or_memory_ran_out)
{
    TEST_ARENA(a, ARENA);
    struct test_table t;

    test_table_read(&a, "No.,x\n1,2\n", &t);
    EXPECT(test_every_allocation_fails(find_in, NULL, &t) > 0);
}
