/* What of a customer may be shown in a row. [HM1] .. [HM3] */

#include "service/records_held_mask.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"

TEST(customers_are_masked_and_the_rest_of_a_row_is_not)
{
    static const struct {
        const char *cell;
        enum column_role role;
        const char *want;
    } rows[] = {
        { "张三丰", COLUMN_CUSTOMER, "张*" },
        { "  Li Lei ", COLUMN_CUSTOMER, "L*" },
        { "", COLUMN_CUSTOMER, "" },
        { "   ", COLUMN_CUSTOMER, "" },
        { "13800000001", COLUMN_PHONE, "138****0001" },
        { "138 0000 0001", COLUMN_PHONE, "138****0001" },
        { "138-0000-0001", COLUMN_PHONE, "138****0001" },
        { "12", COLUMN_PHONE, "*2" },
        { "1", COLUMN_PHONE, "*" },
        { "", COLUMN_PHONE, "" },
        { "not known", COLUMN_PHONE, "n*" },
        /* A number that somebody wrote elsewhere. [HM2] */
        { "call 13800000001.", COLUMN_FAULT, "call 138****0001." },
        { "13800000001", COLUMN_OUTLET, "138****0001" },
        { "12800000001", COLUMN_OUTLET, "12800000001" }, /* no mobile */
        { "1380000000", COLUMN_OUTLET, "1380000000" },   /* a digit short */
        { "138000000012", COLUMN_OUTLET, "138000000012" },
        { "2025-01-03 09:00", COLUMN_OPENED, "2025-01-03 09:00" },
        { "城北站", COLUMN_OUTLET, "城北站" },
        { "a\xff"
          "b",
          COLUMN_OUTLET,
          "a\xef\xbf\xbd"
          "b" }, /* [HM3] */
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str got = S("");

        buf_init(&b, &a, 200);
        held_mask(&b, str_of(rows[i].cell), rows[i].role);
        EXPECT_ROW_OK(rows[i].cell, buf_done(&b, &got));
        EXPECT_ROW_STR(rows[i].cell, got, str_of(rows[i].want));
    }
}
