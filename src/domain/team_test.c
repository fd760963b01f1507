/* Who audits. [M15] [条例 14] [条例 38] [17065 6.1] */

#include "domain/test_fixture.h"

#define PLAN_OF(lead, member)                                                  \
    "{'lead':'" lead "','members':['" member "'],'from':'2026-03-16',"         \
    "'to':'2026-03-18','person_days':45}"

/* [条例 14] [条例 38] [TE2], both sides of the last day. */
TEST(every_auditor_is_registered_to_the_last_day)
{
    static const struct {
        const char *name;
        const char *until;
        enum auditor_level level;
        bool registered;
        const char *id;
    } rows[] = {
        { "to the last day", "2026-03-18", AUDITOR_FULL, true, NULL },
        { "a day less", "2026-03-17", AUDITOR_FULL, true,
          "team.registration_ends" },
        { "not at all", "2026-03-18", AUDITOR_NONE, false,
          "team.unregistered" },
        { "a trainee leads", "2026-03-18", AUDITOR_TRAINEE, true,
          "team.trainee" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct qualification *q = &person_of(f, "lead")->qualification;

        go_to(f, STAGE_PLAN);
        q->until = on(rows[i].until);
        q->level = rows[i].level;
        if (!rows[i].registered)
            q->registration = S("");
        err e = give(f, "planner", "plan.make", PLAN_OF("lead", "auditor"));
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, rows[i].id);
    }
}

TEST(a_trainee_may_be_a_member)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    person_of(f, "auditor")->qualification.level = AUDITOR_TRAINEE;
    DO(f, "planner", "plan.make", PLAN_OF("lead", "auditor"));
}

/* [TE2] [17065 6.1]: one is enough, an expert is none. */
TEST(somebody_on_the_team_is_competent_for_the_field)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    person_of(f, "lead")->qualification.field_count = 0;
    DO(f, "planner", "plan.make", PLAN_OF("lead", "auditor"));
    person_of(f, "auditor")->qualification.field_count = 0;
    NO(f, "planner", "plan.make", PLAN_OF("lead", "auditor"), ERR_REFUSED,
       "team.competence");
}

/* [TE3], both sides of both ends. */
TEST(nobody_is_in_two_places_on_one_day)
{
    static const struct {
        const char *from;
        const char *to;
        bool clash;
    } rows[] = {
        { "2026-03-10", "2026-03-15", false },
        { "2026-03-10", "2026-03-16", true },
        { "2026-03-17", "2026-03-17", true },
        { "2026-03-18", "2026-03-20", true },
        { "2026-03-19", "2026-03-20", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct busy busy = { on(rows[i].from), on(rows[i].to), S("C2") };

        go_to(f, STAGE_PLAN);
        person_of(f, "auditor")->busy = &busy;
        person_of(f, "auditor")->busy_count = 1;
        err e = give(f, "planner", "plan.make", PLAN_OF("lead", "auditor"));
        if (rows[i].clash)
            EXPECT_ROW_ERR(rows[i].to, e, ERR_REFUSED, "team.busy");
        else
            EXPECT_ROW_OK(rows[i].to, e);
    }
}

/* [TE4]: the package lets a lead lead twice in a row. */
TEST(a_lead_is_relieved_after_some_rounds)
{
    FIXTURE(f);
    const char *by_spare =
        "{'lead':'spare','members':['auditor'],'from':'2029-01-01',"
        "'to':'2029-01-01','person_days':20}";

    go_to(f, STAGE_CERTIFICATE);
    DO(f, "certificates", "certificate.issue", "{}");
    for (int round = 0; round < 2; round++) {
        set_today(f, round == 0 ? "2027-03-01" : "2028-03-01");
        do_round_plan(f); /* spare leads */
        do_round_audit(f);
        do_round_report(f);
        do_decision(f);
    }
    set_today(f, "2029-01-01");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    NO(f, "planner", "plan.make", by_spare, ERR_REFUSED, "team.rotation");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2029-01-01',"
       "'to':'2029-01-01','person_days':20,'reason':'无人可替'}");
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2029-01-01',"
       "'to':'2029-01-01','person_days':20}");
}

/* [TE2] */
TEST(a_field_of_another_kind_and_an_expert_s_do_not_count)
{
    static const str other[] = { S_INIT("SC09") };
    static const char *const with_expert =
        "{'lead':'lead','members':['auditor','expert'],'from':'2026-03-16',"
        "'to':'2026-03-18','person_days':45}";
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make", with_expert);
    person_of(f, "expert")->qualification = person_of(f, "lead")->qualification;
    person_of(f, "lead")->qualification.fields = other;
    person_of(f, "auditor")->qualification.fields = other;
    NO(f, "planner", "plan.make", with_expert, ERR_REFUSED, "team.competence");
}

#define WITH_EXPERT                                                            \
    "{'lead':'lead','members':['auditor','expert'],'from':'2026-03-16',"       \
    "'to':'2026-03-18','person_days':45}"

/* [TE1] [17065 6.1.2] */
TEST(an_expert_joins_a_team_in_a_field_on_record)
{
    for (size_t i = 0; i < EXPERT_ROWS; i++) {
        const struct expert_row *row = &expert_rows[i];
        FIXTURE(f);

        go_to(f, STAGE_PLAN);
        person_of(f, "expert")->qualification = row->on_record;
        err e = give(f, "planner", "plan.make", WITH_EXPERT);
        if (row->id == NULL) {
            EXPECT_ROW_OK(row->why, e);
            continue;
        }
        EXPECT_ROW_ERR(row->why, e, ERR_REFUSED, row->id);
        EXPECT_STR(err_arg_text(e, "login"), S("expert"));
        EXPECT_STR(err_arg_text(e, "field"), S("SC03"));
    }
}

#define WITH_JACK PLAN_OF("lead", "jack")

static void only_heads(struct fixture *f, const char *first, const char *second)
{
    for (size_t i = 0; i < f->people_count; i++)
        f->people[i].roles &= ~ROLE_BIT(ROLE_HEAD);
    person_of(f, first)->roles |= ROLE_BIT(ROLE_HEAD);
    if (second != NULL)
        person_of(f, second)->roles |= ROLE_BIT(ROLE_HEAD);
}

/* [TE5] [条例 22] Who evaluates does not sign. */
TEST(a_team_leaves_a_head_who_can_sign)
{
    static const struct {
        const char *why;
        const char *heads[2];
        const char *id;
    } rows[] = {
        { "another head", { "jack", "head" }, NULL },
        { "the only head", { "jack", NULL }, "team.no_head" },
        { "the other has a tie", { "jack", "tied" }, "team.no_head" },
        { "the only head is no auditor", { "head", NULL }, NULL },
        { "nobody could sign before, either", { "tied", NULL }, NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_PLAN);
        only_heads(f, rows[i].heads[0], rows[i].heads[1]);
        err e = give(f, "planner", "plan.make", WITH_JACK);
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_REFUSED, rows[i].id);
    }
}

/* [TE5] Not later, either: jack is the last head without a seat. */
TEST(who_is_replaced_leaves_a_head_who_can_sign_what_the_panel_decides)
{
    static const char *const instead =
        "{'lead':'jack','members':['auditor'],'reason':'组长生病'}";
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    only_heads(f, "jack", "umpire");
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    NO(f, "planner", "plan.replace", instead, ERR_REFUSED, "team.no_head");
    person_of(f, "head")->roles |= ROLE_BIT(ROLE_HEAD);
    DO(f, "planner", "plan.replace", instead);
}
