#include "records/columns.h"

#include "base/size.h"
#include "records/test_columns.h"

#define ROWS_OF(a, b, c, d, e, f, g, h, i, j)                                  \
    a "\n" b "\n" c "\n" d "\n" e "\n" f "\n" g "\n" h "\n" i "\n" j "\n"

TEST(an_event_log_is_known_by_numbers_that_come_again_and_a_course)
{
    static const struct {
        const char *name;
        const char *text;
        const char *why;
        bool is;
    } rows[] = {
        { "one of ten comes again",
          "工单号,状态\n" ROWS_OF("T1,新", "T1,完成", "T2,新", "T3,新", "T4,新",
                                  "T5,新", "T6,新", "T7,新", "T8,新", "T9,新"),
          "records.events_different", false },
        { "two of ten do",
          "工单号,状态\n" ROWS_OF("T1,新", "T1,完成", "T1,新", "T3,新", "T4,新",
                                  "T5,新", "T6,新", "T7,新", "T8,新", "T9,新"),
          "records.events_log", true },
        { "numbers that are missing do not count",
          "工单号,状态\n" ROWS_OF("T1,新", "T2,新", "T3,新", ",新", ",新",
                                  ",新", ",新", ",新", ",新", ",新"),
          "records.events_different", false },
        { "when it was written is a course too",
          "工单号,更新时间\nT1,2025-01-02\nT1,2025-01-03\n",
          "records.events_log", true },
        { "a ticket of several lines", "工单号,备件\nT1,a\nT1,b\n",
          "records.events_no_course", false },
        { "no numbers", "状态,备件\n新,a\n新,b\n", "records.events_no_number",
          false },
        { "no rows", "工单号,状态\n", "records.events_different", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 8 << 20);
        struct column_why why = { 0 };
        struct test_table t;
        struct columns c;

        test_table_read(&a, rows[i].text, &t);
        test_columns(&a, &t, NULL, &c);
        EXPECT_ROW(rows[i].name,
                   columns_events(&c, EVENTS_AUTO, &why) == rows[i].is);
        EXPECT_ROW_STR(rows[i].name, str_of(why.id), str_of(rows[i].why));
        EXPECT_ROW(rows[i].name, columns_events(&c, EVENTS_YES, &why));
        EXPECT_ROW_STR(rows[i].name, str_of(why.id), S("records.events_given"));
        EXPECT_ROW(rows[i].name, !columns_events(&c, EVENTS_NO, &why));
    }
}
