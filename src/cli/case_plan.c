/*
 * What `tenstar case show` tells of the plan of a round that is not decided:
 * why it departs from the norms, why people of the team were replaced, and what
 * the enterprise may say to that, or said. [M15]
 */

#include "cli/case.h"

#include "domain/events.h"
#include "domain/state.h"

static void say_answer(struct cli *cli, const struct state *s)
{
    if (s->objection.n > 0)
        cli_say(cli, "cli.case_objection", ARG_STR("reasons", s->objection));
    else if (s->replacement.before != NULL)
        cli_say(cli, "cli.case_new_people",
                ARG_DAY("until", s->plan->objection_due));
}

void case_say_plan(struct cli *cli, const struct state *s)
{
    if (s->plan == NULL || s->stage > STAGE_DECISION)
        return;
    if (s->plan->reason.n > 0)
        cli_say(cli, "cli.case_plan_reason",
                ARG_STR("reason", s->plan->reason));
    if (s->plan->replaced.n > 0)
        cli_say(cli, "cli.case_replaced", ARG_STR("reason", s->plan->replaced));
    say_answer(cli, s);
}
