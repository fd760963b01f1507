/* Codes of places and trades, by name. [PN1] [PN2] */

#include "domain/places.h"

#include "base/buf.h"
#include "base/test.h"

TEST(a_place_is_called_with_what_it_lies_in)
{
    static const struct {
        const char *code;
        const char *name;
    } rows[] = {
        { "350102", "福建省福州市鼓楼区" },
        { "350100", "福建省福州市" },
        { "350000", "福建省" },
        { "110105", "北京市朝阳区" }, /* no prefecture between */
        { "419001", "河南省济源市" }, /* likewise */
        { "350199", "福建省福州市" }, /* not listed: what it lies in */
        { "810000", "香港特别行政区" },
        { "990000", "" },
        { "35", "福建省" },
        { "", "" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b;
        str name = S("");

        buf_init(&b, &a, 200);
        place_put(&b, str_of(rows[i].code));
        EXPECT_OK(buf_done(&b, &name));
        EXPECT_ROW_STR(rows[i].code, name, str_of(rows[i].name));
    }
}

TEST(a_place_is_listed_or_not)
{
    EXPECT(place_of(S("350102")) != NULL && place_of(S("350199")) == NULL);
    EXPECT(place_of(S("35010")) == NULL && place_of(S("3501021")) == NULL);
    EXPECT_STR(str_of(place_of(S("110000"))->name), S("北京市"));
    EXPECT_STR(str_of(place_of(S("820000"))->name), S("澳门特别行政区"));
}

TEST(a_trade_is_of_a_division)
{
    EXPECT_STR(str_of(trade_division_of(S("5272"))->zh), S("零售业"));
    EXPECT_STR(str_of(trade_division_of(S("01"))->en), S("Farming"));
    EXPECT_STR(str_of(trade_division_of(S("9700"))->zh), S("国际组织"));
    EXPECT(trade_division_of(S("9800")) == NULL);
    EXPECT(trade_division_of(S("0011")) == NULL);
    EXPECT(trade_division_of(S("5")) == NULL &&
           trade_division_of(S("")) == NULL);
    EXPECT(trades_count == 97);
}
