#include "records/moment.h"

#include "base/test.h"

#include <stdio.h>

/* "2025-03-04 10:11:12", "2025-03-04 10:11" or "2025-03-04", as far as it
 * goes. */
static str shown(struct moment m, char out[32])
{
    char date[DAY_TEXT];
    int32_t minute = moment_minute(m);
    int32_t second = (int32_t)(((m.seconds % 60) + 60) % 60);

    (void)day_text(moment_day(m), date);
    if (m.unit == MOMENT_DAY)
        (void)snprintf(out, 32, "%s", date);
    else if (m.unit == MOMENT_MINUTE)
        (void)snprintf(out, 32, "%s %02d:%02d", date, minute / 60, minute % 60);
    else
        (void)snprintf(out, 32, "%s %02d:%02d:%02d", date, minute / 60,
                       minute % 60, second);
    return str_of(out);
}

/* [MO1] [MO3] [MO4] [MO5] What a text is in the first order it may have. */
TEST(moments_are_read_in_every_usual_form)
{
    static const struct {
        const char *text;
        unsigned orders;
        const char *want;
    } rows[] = {
        { "2025-03-04 10:11:12", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "2025-03-04", MOMENT_YMD, "2025-03-04" },
        { " 2025/3/4 9:05 ", MOMENT_YMD, "2025-03-04 09:05" },
        { "2025.3.4", MOMENT_YMD, "2025-03-04" },
        { "2025年3月4日", MOMENT_YMD, "2025-03-04" },
        { "2025年3月4日10时11分", MOMENT_YMD, "2025-03-04 10:11" },
        { "2025年3月4日 下午3点05分07秒", MOMENT_YMD, "2025-03-04 15:05:07" },
        { "2025-03-04 下午 12:30", MOMENT_YMD, "2025-03-04 12:30" },
        { "2025-03-04 上午12:30", MOMENT_YMD, "2025-03-04 00:30" },
        { "2025/3/4 15:05 PM", MOMENT_YMD, "2025-03-04 15:05" },
        { "20250304", MOMENT_YMD, "2025-03-04" },
        { "20250304101112", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "202503041011", MOMENT_YMD, "2025-03-04 10:11" },
        { "2025-12-3 1:05", MOMENT_YMD, "2025-12-03 01:05" },
        { "20250304T101112", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "2025-03-04T10:11:12Z", MOMENT_YMD, "2025-03-04 18:11:12" },
        { "2025-03-04T10:11:12.345+08:00", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "2025-03-04T23:00:00-0530", MOMENT_YMD, "2025-03-05 12:30:00" },
        { "2025-03-04 24:00", MOMENT_YMD, "2025-03-05 00:00" },
        { "29-02-2016 01:16", MOMENT_DMY, "2016-02-29 01:16" },
        { "31/12/2025", MOMENT_DMY, "2025-12-31" },
        { "12/31/2025 11:59 PM", MOMENT_MDY, "2025-12-31 23:59" },
        { "03/04/2025", MOMENT_DMY | MOMENT_MDY, "2025-04-03" },
        { "03.04.05", MOMENT_ANY, "2003-04-05" },
        { "4 Mar 2025", MOMENT_DMY, "2025-03-04" },
        { "04-MAR-25 10:11", MOMENT_DMY, "2025-03-04 10:11" },
        { "Mar 4, 2025", MOMENT_DMY, "2025-03-04" },
        { "March 4, 2025, 1:02 pm", MOMENT_DMY, "2025-03-04 13:02" },
        { "2025 Sep. 4", MOMENT_YMD, "2025-09-04" },
        { "4.3.70", MOMENT_DMY | MOMENT_MDY, "1970-03-04" },
        { "1741054272", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "1741054272345", MOMENT_YMD, "2025-03-04 10:11:12" },
        { "1969-12-31 23:59:59", MOMENT_YMD, "1969-12-31 23:59:59" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned orders = moment_orders(str_of(rows[i].text));
        unsigned first = orders & (~orders + 1);
        char text[32] = "";
        struct moment m;

        EXPECT_ROW(rows[i].text, orders == rows[i].orders);
        if (orders == 0 ||
            !moment_read(str_of(rows[i].text), (enum moment_order)first, &m))
            continue;
        EXPECT_ROW(rows[i].text, str_eq(shown(m, text), str_of(rows[i].want)));
    }
}

TEST(what_is_no_moment_is_none)
{
    static const char *const rows[] = {
        "",
        " ",
        "?",
        "10:11",
        "2025",
        "2025-13-04",
        "2025-02-29",
        "2025-02-30 10:11:12",
        "2025-03-04 10:11:61",
        "2025-03-04 10:60:00",
        "2025-03-04 24:01",
        "2025-03-04 25:00:00",
        "2025-03-04 10",
        "2025-03-04 x",
        "2025-03-04x",
        "2025-03",
        "2025-3-4-5",
        "202503",
        "2025030",
        "202503041",
        "20251304",
        "2025-03-04T10:11:12+15:00",
        "2025-03-04T10:11:12+8",
        "2025-03-04 下午0:30",
        "2025-03-04 上午13:30",
        "Mars 4, 2025",
        "Ma 4, 2025",
        "Mar Mar 2025",
        "4 Mar",
        "1899-12-31",
        "2200-01-01",
        "32/13/2025",
        "0123456789",
        "13812345678",
        "123-45-6789",
        "五",
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i], moment_orders(str_of(rows[i])) == 0);
}

/* The short way and the long one agree over every day and minute. */
TEST(a_plain_moment_is_what_its_long_form_is)
{
    for (day d = DAY_MIN; d <= DAY_MAX; d += 97) {
        char date[DAY_TEXT];
        char plain[40];
        char other[40];
        struct moment a = { 0 };
        struct moment b = { 1, MOMENT_DAY };
        int minute = (int)((d - DAY_MIN) % 1440);

        (void)day_text(d, date);
        (void)snprintf(plain, sizeof plain, "%s %02d:%02d:07", date,
                       minute / 60, minute % 60);
        (void)snprintf(other, sizeof other, "%sT%d:%02d:07", date, minute / 60,
                       minute % 60);
        EXPECT(moment_read(str_of(plain), MOMENT_YMD, &a));
        EXPECT(moment_read(str_of(other), MOMENT_YMD, &b));
        EXPECT(a.seconds == b.seconds && a.unit == b.unit);
        EXPECT(moment_day(a) == d && moment_minute(a) == minute);
    }
}
