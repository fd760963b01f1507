/* What waits while a panel decides, and how many it has room for. [17065 7.6]
 * [M19] */

#include "domain/panel.h"

#include "domain/test_fixture.h"
#include "domain/todo.h"

#define NAMED                                                                  \
    "{'chair':'reviewer','members':['critic','umpire'],'experts':['expert']}"
#define YES   "{'outcome':'granted','reasons':'材料齐全'}"
#define NO_   "{'outcome':'refused','reasons':'样本不足'}"
#define THREE "{'outcome':'granted','level':'three','reasons':'首次解决率偏低'}"

static struct fixture *with_panel_required(void)
{
    return fixture_with("defence: true\nsurveillance",
                        "defence: true\ndecision: panel\nsurveillance");
}

static size_t count_tasks(struct fixture *f, enum task_kind kind,
                          const char *login)
{
    const struct todo_facts facts = { DAY_NEVER, false };
    struct list l = { 0 };
    size_t n = 0;

    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        n += t->kind == kind &&
             (login == NULL || id_eq(t->person, person_of(f, login)->id));
    }
    return n;
}

TEST(a_decision_of_a_panel_waits_for_its_naming_its_votes_and_its_chair)
{
    scoped(fixture_end) struct fixture *f = with_panel_required();

    go_to(f, STAGE_DECISION);
    EXPECT(count_tasks(f, TASK_NAME_PANEL, NULL) == 1);
    EXPECT(count_tasks(f, TASK_DECIDE, NULL) == 0);
    DO(f, "planner", "decision.panel", NAMED);
    EXPECT(count_tasks(f, TASK_NAME_PANEL, NULL) == 0);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 3);
    EXPECT(count_tasks(f, TASK_VOTE, "expert") == 0);
    DO(f, "critic", "decision.vote", YES);
    EXPECT(count_tasks(f, TASK_VOTE, "critic") == 0);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 2);
    DO(f, "umpire", "decision.vote", NO_);
    DO(f, "reviewer", "decision.vote", THREE);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 3); /* nobody agrees */
    EXPECT(count_tasks(f, TASK_DECIDE, NULL) == 0);
    DO(f, "umpire", "decision.vote", YES);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 0);
    EXPECT(count_tasks(f, TASK_DECIDE, "reviewer") == 1);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(count_tasks(f, TASK_COUNTERSIGN, NULL) == 1);
}

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
