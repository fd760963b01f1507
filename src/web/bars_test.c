/* Numbers side by side, as a picture. [BA1] [BA2] */

#include "web/bars.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"

static str draw(struct arena *a, const struct bar *bars, size_t n)
{
    str out = S("");

    EXPECT_OK(bars_draw(a, bars, n, &out));
    return out;
}

/* The longest is 440 wide, whatever it stands for. */
TEST(a_bar_is_as_long_as_its_number_beside_the_others)
{
    static const struct {
        const char *why;
        struct bar bars[2];
        const char *holds;
    } rows[] = {
        { "the longest",
          { { S_INIT("a"), 8, 0 }, { S_INIT("b"), 4, 0 } },
          "width=\"440\"" },
        { "half of it",
          { { S_INIT("a"), 8, 0 }, { S_INIT("b"), 4, 0 } },
          "width=\"220\"" },
        { "nothing",
          { { S_INIT("a"), 8, 0 }, { S_INIT("b"), 0, 0 } },
          "width=\"0\"" },
        { "next to nothing",
          { { S_INIT("a"), 100000, 0 }, { S_INIT("b"), 1, 0 } },
          "width=\"1\"" },
        { "nothing at all",
          { { S_INIT("a"), 0, 0 }, { S_INIT("b"), 0, 0 } },
          "width=\"0\"" },
        { "beyond any picture",
          { { S_INIT("a"), INT64_MAX, 0 }, { S_INIT("b"), INT64_MAX / 2, 0 } },
          "width=\"440\"" },
        { "a mark that is longer than all",
          { { S_INIT("a"), 5, 10 }, { S_INIT("b"), 1, 0 } },
          "x1=\"640\"" },
        { "a name that is no tag",
          { { S_INIT("<b>"), 1, 0 }, { S_INIT("b"), 1, 0 } },
          "&lt;b&gt;" },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, str_contains(draw(&a, rows[i].bars, 2),
                                             str_of(rows[i].holds)));
}

TEST(a_picture_is_as_high_as_it_has_bars)
{
    const struct bar one = { S("a"), 1, 0 };
    TEST_ARENA(a, 1 << 20);

    EXPECT(bars_height(1) == 48 && bars_height(2) == 80);
    EXPECT(str_contains(draw(&a, &one, 1), S("viewBox=\"0 0 720 48\"")));
    EXPECT(!str_contains(draw(&a, &one, 1), S("#a4461d"))); /* no mark */
}
