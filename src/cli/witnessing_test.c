/* How the server bears with its witnesses. [WG3] */
#include "cli/witnessing.h"

#include "base/size.h"
#include "base/test.h"

TEST(a_witness_that_fails_is_asked_ever_more_seldom_but_not_never)
{
    static const struct {
        int32_t failures;
        int32_t pass;
    } rows[] = {
        { 0, 0 },
        { 1, 2 },
        { 2, 4 },
        { 11, 2048 },
        { 12, 4096 },
        { 13, 4096 },
        { INT32_MAX, 4096 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(witnessing_pass(rows[i].failures) == rows[i].pass);
}
