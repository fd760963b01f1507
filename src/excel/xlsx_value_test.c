/* Numbers of workbooks, and what their formats make of them. */

#include "excel/xlsx_value.h"

#include "base/size.h"
#include "base/test.h"

/* [XV1] */
TEST(a_number_is_written_as_short_as_it_reads_back)
{
    static const struct {
        const char *value;
        const char *want;
    } rows[] = {
        { "5", "5" },
        { "13800138000", "13800138000" },
        { "1.3800138E10", "13800138000" },
        { "1.3800138000000000E+10", "13800138000" },
        { "202611240000001234567", "202611240000001234567" },
        { "0.10000000000000001", "0.1" },
        { "19.989999999999998", "19.99" },
        { "19.990", "19.99" },
        { "5.0", "5" },
        { "-3.5", "-3.5" },
        { "-2.5E-3", "-0.0025" },
        { "1E-10", "0.0000000001" },
        { "1E-11", "1.00000000000000e-11" },
        { "1E30", "1000000000000000000000000000000" },
        { "0", "0" },
        { " 7 ", "7" },
        { "", "" },
        { "abc", "abc" },
        { "1e999", "1e999" },
        { "0x10", "0x10" },
        { "1.2.3", "1.2.3" },
        { "-", "-" },
        { ".", "." },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char made[XLSX_VALUE_TEXT];

        EXPECT_ROW_STR(rows[i].value,
                       xlsx_value(str_of(rows[i].value), FORMAT_NUMBER, false,
                                  made),
                       str_of(rows[i].want));
    }
}

/* [XV2] [XV3] */
TEST(a_date_is_counted_in_days_of_its_system)
{
    static const struct {
        const char *value;
        enum xlsx_format format;
        bool from_1904;
        const char *want;
    } rows[] = {
        { "46350", FORMAT_DATE, false, "2026-11-24" },
        { "46350", FORMAT_TIME, false, "2026-11-24 00:00:00" },
        { "46350.354166666664", FORMAT_DATE, false, "2026-11-24 08:30:00" },
        { "46350.354166666664", FORMAT_TIME, false, "2026-11-24 08:30:00" },
        { "46350.999999999", FORMAT_TIME, false, "2026-11-25 00:00:00" },
        { "44888.0", FORMAT_DATE, true, "2026-11-24" },
        { "0", FORMAT_DATE, true, "1904-01-01" },
        { "1", FORMAT_DATE, false, "1900-01-01" },
        { "59", FORMAT_DATE, false, "1900-02-28" },
        { "60", FORMAT_DATE, false, "1900-02-29" },
        { "61", FORMAT_DATE, false, "1900-03-01" },
        { "45351", FORMAT_DATE, false, "2024-02-29" },
        { "2958465", FORMAT_DATE, false, "9999-12-31" },
        { "2958466", FORMAT_DATE, false, "2958466" },
        { "2957004", FORMAT_DATE, true, "2957004" },
        { "-1", FORMAT_DATE, false, "-1" },
        { "0.5", FORMAT_TIME, false, "12:00:00" },
        { "0.5", FORMAT_TIME, true, "12:00:00" },
        { "1.25", FORMAT_ELAPSED, false, "30:00:00" },
        { "2026-11-24", FORMAT_DATE, false, "2026-11-24" },
        { "", FORMAT_DATE, false, "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char made[XLSX_VALUE_TEXT];

        EXPECT_ROW_STR(rows[i].value,
                       xlsx_value(str_of(rows[i].value), rows[i].format,
                                  rows[i].from_1904, made),
                       str_of(rows[i].want));
    }
}

TEST(a_date_may_stand_in_the_form_of_its_standard)
{
    char made[XLSX_VALUE_TEXT];

    EXPECT_STR(xlsx_value_iso(S("2026-11-24T08:30:00"), made),
               S("2026-11-24 08:30:00"));
    EXPECT_STR(xlsx_value_iso(S("2026-11-24"), made), S("2026-11-24"));
}

TEST(a_format_shows_a_date_by_its_letters)
{
    static const struct {
        const char *code;
        enum xlsx_format want;
    } rows[] = {
        { "General", FORMAT_NUMBER },
        { "G/通用格式", FORMAT_NUMBER },
        { "@", FORMAT_NUMBER },
        { "0.00E+00", FORMAT_NUMBER },
        { "#,##0.00\"days\"", FORMAT_NUMBER },
        { "[Red]0.00", FORMAT_NUMBER },
        { "0_d\\m*y", FORMAT_NUMBER },
        { "0;yyyy", FORMAT_NUMBER },
        { "yyyy-mm-dd", FORMAT_DATE },
        { "yyyy/m/d;@", FORMAT_DATE },
        { "yyyy\"年\"m\"月\"d\"日\"", FORMAT_DATE },
        { "yyyy年m月d日", FORMAT_DATE },
        { "[$-804]yyyy\"年\"m\"月\"d\"日\";@", FORMAT_DATE },
        { "[DBNum1][$-804]m\"月\"d\"日\"", FORMAT_DATE },
        { "yyyy-mm-dd hh:mm", FORMAT_TIME },
        { "YYYY/M/D H:MM", FORMAT_TIME },
        { "h\"时\"mm\"分\"", FORMAT_TIME },
        { "m:ss.0", FORMAT_TIME },
        { "[h]:mm:ss", FORMAT_ELAPSED },
        { "[mm]:ss", FORMAT_ELAPSED },
        { "", FORMAT_NUMBER },
        { "\"", FORMAT_NUMBER },
        { "[", FORMAT_NUMBER },
        { "\\", FORMAT_NUMBER },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].code,
                   xlsx_format_of(str_of(rows[i].code)) == rows[i].want);
}

TEST(the_formats_without_a_text_are_known_by_number)
{
    static const struct {
        uint32_t first;
        uint32_t last;
        enum xlsx_format want;
    } rows[] = {
        { 0, 13, FORMAT_NUMBER }, { 14, 17, FORMAT_DATE },
        { 18, 22, FORMAT_TIME },  { 23, 26, FORMAT_NUMBER },
        { 27, 31, FORMAT_DATE },  { 32, 35, FORMAT_TIME },
        { 36, 36, FORMAT_DATE },  { 37, 44, FORMAT_NUMBER },
        { 45, 45, FORMAT_TIME },  { 46, 46, FORMAT_ELAPSED },
        { 47, 47, FORMAT_TIME },  { 48, 49, FORMAT_NUMBER },
        { 50, 54, FORMAT_DATE },  { 55, 56, FORMAT_TIME },
        { 57, 58, FORMAT_DATE },  { 59, 163, FORMAT_NUMBER },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (uint32_t n = rows[i].first; n <= rows[i].last; n++)
            EXPECT(xlsx_format_built_in(n) == rows[i].want);
    }
}
