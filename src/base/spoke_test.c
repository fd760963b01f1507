/* Points around a circle. [SP1] [SP2] */

#include "base/size.h"
#include "base/spoke.h"
#include "base/test.h"

TEST(spokes_go_clockwise_from_the_top)
{
    static const struct {
        const char *why;
        size_t n;
        size_t i;
        int32_t far;
        struct spoke at;
    } rows[] = {
        { "the first points up", 4, 0, 100, { 0, -100 } },
        { "then right", 4, 1, 100, { 100, 0 } },
        { "down", 4, 2, 100, { 0, 100 } },
        { "left", 4, 3, 100, { -100, 0 } },
        { "nothing is the middle", 5, 3, 0, { 0, 0 } },
        { "three, the fewest", 3, 1, 1000, { 866, 500 } },
        { "three, on the other side", 3, 2, 1000, { -866, 500 } },
        { "the most", SPOKE_MAX, 32, SPOKE_FAR_MAX, { 0, SPOKE_FAR_MAX } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct spoke got = spoke_at(rows[i].n, rows[i].i, rows[i].far);

        EXPECT_ROW(rows[i].why, got.x == rows[i].at.x && got.y == rows[i].at.y);
    }
}
