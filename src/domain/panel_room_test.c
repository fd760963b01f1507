/* How many a panel has room for. [17065 7.6] [M19] */

#include "domain/panel.h"

#include "domain/test_fixture.h"

#define NAMED                                                                  \
    "{'chair':'reviewer','members':['critic','umpire'],'experts':['expert']}"

TEST(a_panel_sits_down_while_there_is_room_for_its_people)
{
    static const struct {
        const char *name;
        int32_t involved;
        int32_t seated;
        bool fits;
    } rows[] = {
        { "the last places of the case", INVOLVED_MAX - 4, 0, true },
        { "one too few of them", INVOLVED_MAX - 3, 0, false },
        { "the last seats", 0, EVALUATOR_MAX - 4, true },
        { "one too few", 0, EVALUATOR_MAX - 3, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event_list made = { 0 };

        go_to(f, STAGE_DECISION);
        f->state->involved_count = rows[i].involved;
        f->state->seated.n = rows[i].seated;
        err e = try_it(f, "planner", "decision.panel", NAMED, &made);
        if (rows[i].fits)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_LIMIT, "panel.too_many");
    }
}
