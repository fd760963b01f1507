#include "search/name.h"

#include "base/size.h"
#include "base/test.h"
#include "search/fold.h"
#include "search/segment.h"

TEST(a_name_has_region_body_and_legal_form)
{
    static const struct {
        str name;
        struct name_body want;
    } rows[] = {
        { S_INIT("深圳市华为技术有限公司"), { 3, 7 } },
        { S_INIT("深圳华为技术有限责任公司"), { 2, 6 } },
        { S_INIT("浙江省杭州市西湖区龙井茶厂"), { 9, 12 } },
        { S_INIT("华为技术有限公司"), { 0, 4 } },
        { S_INIT("恩施土家族苗族自治州硒茶店"), { 10, 12 } },
        { S_INIT("上海有限公司"), { 0, 6 } }, /* nothing is left: all body */
        { S_INIT("华为"), { 0, 2 } },
        { S_INIT(""), { 0, 0 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint16_t units[SEARCH_NAME_MAX];
        size_t n;

        EXPECT(fold_name(rows[i].name, units, SEARCH_NAME_MAX, &n));
        struct name_body body = name_body(units, n);
        EXPECT_ROW(rows[i].name.p, body.from == rows[i].want.from &&
                                       body.to == rows[i].want.to);
    }
}

TEST(a_tier_is_where_a_piece_begins)
{
    const struct name_body body = { 2, 6 }; /* of a name of 10 */
    static const struct {
        const char *why;
        size_t at;
        size_t n;
        enum name_tier want;
    } rows[] = {
        { "all of it", 0, 10, TIER_WHOLE },
        { "its beginning", 0, 9, TIER_FIRST },
        { "in the region", 1, 3, TIER_ELSE },
        { "behind the region", 2, 1, TIER_START },
        { "and beyond the body", 2, 8, TIER_START },
        { "in the body", 3, 2, TIER_BODY },
        { "its last unit and more", 5, 5, TIER_BODY },
        { "in the legal form", 6, 4, TIER_ELSE },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why,
                   name_tier(body, 10, rows[i].at, rows[i].n) == rows[i].want);
}
