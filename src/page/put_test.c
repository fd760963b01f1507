#include "page/put.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"

TEST(values_are_put_as_people_write_them)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;

    buf_init(&b, &a, 1000);
    put_int(&b, -7);
    buf_char(&b, ' ');
    put_day(&b, LANG_EN, 20781);
    buf_char(&b, ' ');
    put_day(&b, LANG_ZH, 20781);
    buf_char(&b, ' ');
    put_money(&b, 150000);
    buf_char(&b, ' ');
    put_score(&b, 9499);
    buf_char(&b, ' ');
    put_percent(&b, 9250);
    buf_char(&b, ' ');
    put_id(&b, LANG_ZH, "status.valid");
    put_id(&b, LANG_ZH, NULL);
    EXPECT_STR(buf_view(&b),
               S("-7 24 November 2026 2026年11月24日 ¥1,500.00 94.99 92.5% "
                 "有效"));
}

TEST(texts_are_escaped_on_their_way_into_html)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;

    buf_init(&b, &a, 1000);
    put_id(&b, LANG_EN, "no<such>");
    EXPECT_STR(buf_view(&b), S("[no&lt;such&gt;]"));
}
