/* Stage 11: surveillance. [M22] [17065 7.9] [条例 26] */

#include "domain/test_fixture.h"

#define PLAN(lead, from, to)                                                   \
    "{'lead':'" lead "','members':['auditor'],'from':'" from "','to':'" to     \
    "','person_days':20}"
#define FOUND(runs, k)                                                         \
    "{'runs':" runs ",'satisfied_k':" k ",'satisfied_n':100,"                  \
    "'improvements':'低库存预警'}"

/* Certified on 2026-04-15, a surveillance planned for 2027-03-22. */
static void plan_round(struct fixture *f)
{
    go_to(f, STAGE_CERTIFICATE);
    set_today(f, "2026-04-15");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-03-20");
    DO(f, "planner", "surveillance.plan",
       PLAN("spare", "2027-03-22", "2027-03-23"));
}

TEST(a_round_is_planned_recorded_and_concluded)
{
    FIXTURE(f);

    plan_round(f);
    NO(f, "spare", "surveillance.record", FOUND("true", "95"), ERR_REFUSED,
       "upkeep.early");
    set_today(f, "2027-03-22");
    NO(f, "lead", "surveillance.record", FOUND("true", "95"), ERR_DENIED,
       "rights.team"); /* led the first audit, but not this round */
    NO(f, "reviewer", "surveillance.conclude", "{'keep':true}", ERR_REFUSED,
       "upkeep.not_recorded");
    NO(f, "auditor", "surveillance.record", FOUND("true", "101"), ERR_INVALID,
       "upkeep.ratio");
    DO(f, "auditor", "surveillance.record", FOUND("true", "100"));
    NO(f, "planner", "surveillance.plan",
       PLAN("spare", "2027-03-25", "2027-03-26"), ERR_REFUSED,
       "upkeep.under_way");
    NO(f, "auditor", "surveillance.conclude", "{'keep':true}", ERR_DENIED,
       "rights.role");
    DO(f, "reviewer", "surveillance.conclude", "{'keep':true}");
    EXPECT(f->state->surveillance_plan == NULL);
    EXPECT(f->state->due == on("2028-03-22"));
    NO(f, "spare", "surveillance.record", FOUND("true", "95"), ERR_DENIED,
       "rights.team");
}

/* [UP1] [17065 7.6.2]: jack may do everything, but not all of it. */
TEST(who_took_part_in_a_round_does_not_conclude_it)
{
    FIXTURE(f);

    plan_round(f);
    DO(f, "planner", "surveillance.plan",
       PLAN("jack", "2027-03-22", "2027-03-23"));
    NO(f, "jack", "surveillance.conclude", "{'keep':true}", ERR_DENIED,
       "rights.independent");
    set_today(f, "2027-03-22");
    DO(f, "auditor", "surveillance.record", FOUND("true", "95"));
    NO(f, "jack", "surveillance.conclude", "{'keep':true}", ERR_DENIED,
       "rights.independent");
    DO(f, "reviewer", "surveillance.conclude", "{'keep':true}");

    /* the next round has people of its own */
    DO(f, "planner", "surveillance.plan",
       PLAN("spare", "2027-03-22", "2027-03-23"));
    DO(f, "spare", "surveillance.record", FOUND("true", "95"));
    DO(f, "jack", "surveillance.conclude", "{'keep':true}");
    EXPECT(f->state->surveillances == 2);
}

/* [UP2] [条例 26]: nobody is suspended by itself. */
TEST(a_system_that_does_not_run_leads_to_a_proposal)
{
    FIXTURE(f);

    plan_round(f);
    set_today(f, "2027-03-22");
    DO(f, "spare", "surveillance.record", FOUND("false", "40"));
    NO(f, "reviewer", "surveillance.conclude", "{'keep':true}", ERR_REFUSED,
       "upkeep.does_not_run");
    NO(f, "reviewer", "surveillance.conclude", "{'keep':false}", ERR_INVALID,
       "upkeep.reasons");
    DO(f, "reviewer", "surveillance.conclude",
       "{'keep':false,'reasons':'部门已撤销'}");
    EXPECT(!f->state->surveillance_end->keep);
    EXPECT(f->state->due == on("2027-03-27")); /* within five days */
    EXPECT(f->state->stage == STAGE_UPKEEP);
}

/* [UP3] */
TEST(rounds_belong_to_a_valid_certificate)
{
    FIXTURE(f);

    plan_round(f); /* valid until 2029-04-14 */
    set_today(f, "2029-04-14");
    DO(f, "spare", "surveillance.record", FOUND("true", "95"));
    set_today(f, "2029-04-15");
    NO(f, "reviewer", "surveillance.conclude", "{'keep':true}", ERR_REFUSED,
       "upkeep.expired");
    set_today(f, "2029-04-14");
    DO(f, "reviewer", "surveillance.conclude", "{'keep':true}");
    EXPECT(f->state->due == DAY_NEVER); /* no round fits any more */
    DO(f, "planner", "surveillance.plan",
       PLAN("spare", "2029-04-14", "2029-04-14"));
    set_today(f, "2029-04-15");
    NO(f, "planner", "surveillance.plan",
       PLAN("spare", "2029-04-15", "2029-04-15"), ERR_REFUSED,
       "upkeep.expired");
    NO(f, "spare", "surveillance.record", FOUND("true", "95"), ERR_REFUSED,
       "upkeep.expired");
}

/* The scheme's table: 2 days for 26 to 45 staff. */
TEST(a_surveillance_keeps_the_norms_of_its_own_table)
{
    FIXTURE(f);

    plan_round(f);
    EXPECT(f->state->surveillance_plan->table_days == 20);
    NO(f, "planner", "surveillance.plan",
       "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
       "'to':'2027-03-22','person_days':19}",
       ERR_REFUSED, "plan.below_table");
    NO(f, "planner", "surveillance.plan",
       PLAN("tied", "2027-03-22", "2027-03-22"), ERR_REFUSED, "plan.conflict");
}

/* 1.5 days for up to 25 staff, 2 for up to 45, no norm above. */
TEST(the_table_asks_for_days_of_a_surveillance_by_staff)
{
    static const struct {
        int64_t staff;
        int64_t days; /* tenths */
    } rows[] = { { 1, 15 }, { 25, 15 }, { 26, 20 }, { 45, 20 }, { 46, 0 } };
    FIXTURE(f);

    plan_round(f);
    struct application other = *f->state->application;
    f->state->application = &other;
    for (size_t i = 0; i < COUNT(rows); i++) {
        other.staff = rows[i].staff;
        DO(f, "planner", "surveillance.plan",
           PLAN("spare", "2027-03-22", "2027-03-23"));
        EXPECT(f->state->surveillance_plan->table_days == rows[i].days);
    }
}
