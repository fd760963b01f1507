/* Stage 5: team, days, sites; agreement and objection. [M15] [17065 7.4] */

#include "domain/test_fixture.h"

#include <stdio.h>

#define PLAN(lead, members, days)                                              \
    "{'lead':'" lead "','members':[" members "],'from':'2026-03-16',"          \
    "'to':'2026-03-18','person_days':" days "}"
#define PLAN_ON(from, to, days)                                                \
    "{'lead':'lead','members':['auditor'],'from':'" from "','to':'" to         \
    "','person_days':" days "}"
#define PLAN_AT(sites)                                                         \
    "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"                \
    "'to':'2026-03-18','person_days':45,'sites':[" sites "]}"
#define PLAN_WHY(members, from, to, days)                                      \
    "{'lead':'lead','members':[" members "],'from':'" from "','to':'" to       \
    "','person_days':" days ",'reason':'网点多'}"

/* [M15] */
TEST(a_team_is_of_active_auditors_without_a_tie)
{
    static const struct attempt rows[] = {
        { "two auditors", "planner", "plan.make",
          PLAN("lead", "'auditor'", "45"), ALLOWED },
        { "nobody of this name", "planner", "plan.make",
          PLAN("nobody", "'auditor'", "45"), ERR_NOT_FOUND, "plan.person" },
        { "a planner is no auditor", "planner", "plan.make",
          PLAN("lead", "'planner'", "45"), ERR_REFUSED, "plan.not_auditor" },
        { "one who left", "planner", "plan.make",
          PLAN("lead", "'retired'", "45"), ERR_REFUSED, "plan.left" },
        { "one who left does not lead", "planner", "plan.make",
          PLAN("retired", "'auditor'", "45"), ERR_REFUSED, "plan.left" },
        { "an expert does not lead", "planner", "plan.make",
          PLAN("expert", "'auditor','lead'", "45"), ERR_REFUSED,
          "plan.not_auditor" },
        { "an expert advises", "planner", "plan.make",
          PLAN("lead", "'auditor','expert'", "45"), ALLOWED },
        { "[17065 4.2] a tie", "planner", "plan.make",
          PLAN("lead", "'tied'", "45"), ERR_REFUSED, "plan.conflict" },
        { "a tie of the lead", "planner", "plan.make",
          PLAN("tied", "'auditor'", "45"), ERR_REFUSED, "plan.conflict" },
        { "twice", "planner", "plan.make",
          PLAN("lead", "'auditor','lead'", "45"), ERR_INVALID, "plan.twice" },
        { "an auditor plans nothing", "lead", "plan.make",
          PLAN("lead", "'auditor'", "45"), ERR_DENIED, "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* [M15] [17065 7.4] Both sides of every norm, without and with a reason. */
TEST(outside_the_norms_a_plan_needs_a_reason)
{
    static const struct attempt rows[] = {
        { "two auditors", "planner", "plan.make",
          PLAN("lead", "'auditor'", "45"), ALLOWED },
        { "one", "planner", "plan.make", PLAN("lead", "", "30"), ERR_REFUSED,
          "plan.size" },
        { "one and an expert, who does not count", "planner", "plan.make",
          PLAN("lead", "'expert'", "30"), ERR_REFUSED, "plan.size" },
        { "three", "planner", "plan.make",
          PLAN("lead", "'auditor','spare'", "45"), ALLOWED },
        { "four", "planner", "plan.make",
          PLAN("lead", "'auditor','spare','jack'", "45"), ERR_REFUSED,
          "plan.size" },
        { "four, with a reason", "planner", "plan.make",
          PLAN_WHY("'auditor','spare','jack'", "2026-03-16", "2026-03-18",
                   "45"),
          ALLOWED },
        { "three days", "planner", "plan.make",
          PLAN_ON("2026-03-16", "2026-03-18", "45"), ALLOWED },
        { "four days", "planner", "plan.make",
          PLAN_ON("2026-03-16", "2026-03-19", "45"), ERR_REFUSED, "plan.days" },
        { "four days, with a reason", "planner", "plan.make",
          PLAN_WHY("'auditor'", "2026-03-16", "2026-03-19", "45"), ALLOWED },
        { "a tenth below the table", "planner", "plan.make",
          PLAN("lead", "'auditor'", "44"), ERR_REFUSED, "plan.below_table" },
        { "a tenth below, with a reason", "planner", "plan.make",
          PLAN_WHY("'auditor'", "2026-03-16", "2026-03-18", "44"), ALLOWED },
        { "as many as two people have in three days", "planner", "plan.make",
          PLAN("lead", "'auditor'", "60"), ALLOWED },
        { "a tenth more", "planner", "plan.make",
          PLAN("lead", "'auditor'", "61"), ERR_INVALID, "plan.person_days" },
        { "no reason makes that possible", "planner", "plan.make",
          PLAN_WHY("'auditor'", "2026-03-16", "2026-03-18", "61"), ERR_INVALID,
          "plan.person_days" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

TEST(a_plan_begins_today_or_later_and_ends_after_it_begins)
{
    static const struct attempt rows[] = {
        { "today", "planner", "plan.make",
          PLAN_ON("2026-03-02", "2026-03-04", "45"), ALLOWED },
        { "yesterday", "planner", "plan.make",
          PLAN_ON("2026-03-01", "2026-03-03", "45"), ERR_INVALID,
          "plan.dates" },
        { "backwards", "planner", "plan.make",
          PLAN_ON("2026-03-16", "2026-03-15", "45"), ERR_INVALID,
          "plan.dates" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* [M15] headquarters and core outlets. */
TEST(the_sites_of_a_plan_are_the_application_s_and_hold_the_headquarters)
{
    static const struct attempt rows[] = {
        { "headquarters alone", "planner", "plan.make", PLAN_AT("'总部'"),
          ERR_REFUSED, "plan.few_sites" },
        { "both", "planner", "plan.make", PLAN_AT("'一店','总部'"), ALLOWED },
        { "without headquarters", "planner", "plan.make", PLAN_AT("'一店'"),
          ERR_REFUSED, "plan.headquarters" },
        { "not of the application", "planner", "plan.make",
          PLAN_AT("'总部','二店'"), ERR_INVALID, "plan.site" },
        { "twice", "planner", "plan.make", PLAN_AT("'总部','总部'"),
          ERR_INVALID, "plan.site_twice" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
    DO(f, "planner", "plan.make", PLAN("lead", "'auditor'", "45"));
    EXPECT(f->state->plan->sites.n == 2); /* none chosen: all, by name */
    EXPECT(f->state->plan->table_days == 45);
}

/* The package's table: 3 days on site for up to 25 staff, 4.5 for up to 45. */
TEST(the_table_asks_for_days_by_staff)
{
    static const struct {
        int64_t staff;
        const char *least; /* tenths of a day */
        const char *less;  /* NULL: any number is enough */
    } rows[] = {
        { 1, "30", "29" },  { 25, "30", "29" }, { 26, "45", "44" },
        { 45, "45", "44" }, { 46, "1", NULL },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    struct application other = *f->state->application;
    f->state->application = &other;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event_list events = { 0 };
        char json[200];

        other.staff = rows[i].staff;
        (void)snprintf(json, sizeof json, PLAN("lead", "'auditor'", "%s"),
                       rows[i].least);
        EXPECT_ROW_OK(rows[i].least,
                      try_it(f, "planner", "plan.make", json, &events));
        if (rows[i].less == NULL)
            continue;
        (void)snprintf(json, sizeof json, PLAN("lead", "'auditor'", "%s"),
                       rows[i].less);
        EXPECT_ROW_ERR(rows[i].less,
                       try_it(f, "planner", "plan.make", json, &events),
                       ERR_REFUSED, "plan.below_table");
    }
}

/* The objection path. [PL8] */
TEST(the_enterprise_agrees_or_objects_with_reasons)
{
    static const struct attempt again[] = {
        { "the same people, with a reason", "planner", "plan.make",
          PLAN("lead", "'auditor'", "45,'reason':'查实从未任职'"), ALLOWED },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.none");
    NO(f, "applicant", "plan.object", "{'reasons':'x'}", ERR_REFUSED,
       "plan.none");
    DO(f, "planner", "plan.make", PLAN("lead", "'auditor'", "45"));
    NO(f, "applicant", "plan.object", "{}", ERR_INVALID, "record.missing");
    DO(f, "applicant", "plan.object", "{'reasons':'组员曾任职于竞争对手'}");
    EXPECT(f->state->waiting == WAITING_BODY);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.none");
    NO(f, "planner", "plan.make", PLAN("lead", "'auditor'", "45"), ERR_REFUSED,
       "plan.objection_stands");
    NO(f, "planner", "plan.make", PLAN("auditor", "'lead'", "45"), ERR_REFUSED,
       "plan.objection_stands"); /* they only change places */
    NO(f, "planner", "plan.make", PLAN("lead", "'auditor','spare'", "45"),
       ERR_REFUSED, "plan.objection_stands"); /* one more beside them */
    ATTEMPTS(f, again);
    DO(f, "planner", "plan.make", PLAN("lead", "'spare'", "45"));
    EXPECT(f->state->objection.n == 0);
    EXPECT(!state_is_member(f->state, person_of(f, "auditor")->id));
    EXPECT(state_is_member(f->state, person_of(f, "spare")->id));
    EXPECT(state_is_lead(f->state, person_of(f, "lead")->id));
    EXPECT(!state_is_lead(f->state, person_of(f, "spare")->id));
    DO(f, "applicant", "plan.agree", "{}");
    EXPECT(f->state->stage == STAGE_AUDIT);
}

/* A team that did not come on its days needs another plan. */
TEST(until_the_opening_meeting_the_plan_may_be_made_anew)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make", PLAN("lead", "'auditor'", "45"));
    DO(f, "applicant", "plan.agree", "{}");
    EXPECT(f->state->due == on("2026-03-18"));
    set_today(f, "2026-03-19");
    NO(f, "lead", "audit.open", "{}", ERR_REFUSED, "audit.not_planned");
    DO(f, "planner", "plan.make", PLAN_ON("2026-03-23", "2026-03-25", "45"));
    EXPECT(f->state->stage == STAGE_PLAN);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    NO(f, "lead", "audit.open", "{}", ERR_REFUSED, "rights.stage");
    DO(f, "applicant", "plan.agree", "{}");
    set_today(f, "2026-03-23");
    DO(f, "lead", "audit.open", "{}");
    NO(f, "planner", "plan.make", PLAN_ON("2026-03-26", "2026-03-27", "45"),
       ERR_REFUSED, "plan.audit_begun");
}

/* [17065 7.6.2] state.h [ST-8]: a full list makes nobody independent. */
TEST(a_plan_whose_team_cannot_be_remembered_is_refused)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    EXPECT(f->state->evaluators.n == 1); /* the lead, from the review */
    while (f->state->evaluators.n < EVALUATOR_MAX - 1) {
        id stranger = { { 9, (uint8_t)f->state->evaluators.n } };
        f->state->evaluators.people[f->state->evaluators.n++] = stranger;
    }
    DO(f, "planner", "plan.make", PLAN("lead", "'auditor'", "45"));
    NO(f, "planner", "plan.make", PLAN("lead", "'auditor','spare'", "45"),
       ERR_LIMIT, "rights.evaluators");
}

/* [PL3]: 4.5 days by the table. */
TEST(adjustments_move_what_a_plan_needs_and_say_why)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "half a day less, with a reason of its own", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':40,'adjustments':"
          "[{'reason':'流程单一','tenths':-5}]}",
          ALLOWED },
        { "a tenth less than that", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':39,'adjustments':"
          "[{'reason':'流程单一','tenths':-5}]}",
          ERR_REFUSED, "plan.below_table" },
        { "half a day is the least, whatever is taken off", "planner",
          "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':5,'adjustments':"
          "[{'reason':'x','tenths':-50}]}",
          ALLOWED },
        { "less than the least", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':4,'adjustments':"
          "[{'reason':'x','tenths':-50}]}",
          ERR_REFUSED, "plan.below_table" },
        { "more work", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':49,'adjustments':"
          "[{'reason':'品类多','tenths':5}]}",
          ERR_REFUSED, "plan.below_table" },
        { "no reason", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':45,'adjustments':"
          "[{'reason':'','tenths':-5}]}",
          ERR_INVALID, "record.length" },
    };

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* Time for each outlet, and the modes of a visit, where the package has them.
 * [RB/T 314] */
TEST(outlets_take_time_and_visits_have_their_modes)
{
    scoped(fixture_end) struct fixture *f = fixture_with(
        "  rotation: 2\n",
        "  rotation: 2\n  outlet: 0.5\n  modes: { first: [A, H, I], "
        "surveillance: [A] }\n");
    static const struct attempt rows[] = {
        { "4.5 and half a day for the outlet", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50}",
          ALLOWED },
        { "a tenth less", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':49}",
          ERR_REFUSED, "plan.below_table" },
        { "one mode is left out", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['A','H']}",
          ERR_REFUSED, "plan.modes" },
        { "more than asked", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['A','B','H','I']}",
          ALLOWED },
        { "none of the nine", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['J']}",
          ERR_INVALID, "plan.mode" },
        { "a small letter", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['a']}",
          ERR_INVALID, "plan.mode" },
        { "two letters in one", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['AH']}",
          ERR_INVALID, "plan.mode" },
        { "one is left out, and why is said", "planner", "plan.make",
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':50,'modes':['A','H'],"
          "'reason':'无神秘顾客'}",
          ALLOWED },
    };

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* The service reads these from the register before anything is decided. */
TEST(a_plan_names_its_people)
{
    str names[NAMED_PEOPLE_MAX];
    FIXTURE(f);
    struct command c;

    EXPECT_OK(
        command_read(&f->arena, S("plan.make"),
                     fixture_json(f, PLAN("lead", "'auditor','expert'", "45")),
                     &c));
    EXPECT(command_people(&c, names, NAMED_PEOPLE_MAX) == 3);
    EXPECT_STR(names[0], S("lead"));
    EXPECT_STR(names[2], S("expert"));
    EXPECT(command_people(&c, names, 2) == 2);
    EXPECT_STR(names[1], S("auditor"));
    EXPECT(command_people(&c, names, 0) == 0);
}

/* The lead and `n` others, all of them made auditors, with a reason. */
static err plan_of(struct fixture *f, size_t n)
{
    struct buf b;

    buf_init(&b, &f->arena, 2000);
    buf_str(&b, S("{'lead':'lead','members':["));
    for (size_t i = 0, named = 0; named < n; i++) {
        str login = f->people[i].login;

        if (str_eq(login, S("lead")) || str_eq(login, S("tied")) ||
            str_eq(login, S("retired")))
            continue;
        f->people[i].roles = ROLE_BIT(ROLE_AUDITOR) | f->people[i].roles;
        f->people[i].qualification = person_of(f, "lead")->qualification;
        buf_printf(&b, "%s'%.*s'", named++ == 0 ? "" : ",", STR_ARG(login));
    }
    buf_str(&b, S("],'from':'2026-03-16','to':'2026-03-18','person_days':45,"
                  "'reason':'大型集团'}"));
    str json = S("");
    EXPECT_OK(buf_done(&b, &json));
    return give(f, "planner", "plan.make", json.p);
}

/* As many as a command may name (command.h). */
TEST(a_team_is_as_large_as_a_command_can_name)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    EXPECT_ERR(plan_of(f, NAMED_PEOPLE_MAX), ERR_INVALID, "record.count");
    EXPECT_OK(plan_of(f, NAMED_PEOPLE_MAX - 1));
    EXPECT(f->state->plan->team.n == NAMED_PEOPLE_MAX);
    EXPECT_STR(f->state->plan->reason, S("大型集团"));
}
