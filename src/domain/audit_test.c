/* Stage 6: meetings, findings, figures, nonconformities, defence. [M15] [M17]
 * [M18] [17065 7.4] */

#include "domain/test_fixture.h"

#define FOUND(indicator, result)                                               \
    "{'indicator':'" indicator "','result':'" result "'}"
#define SEEN(indicator, result)                                                \
    "{'indicator':'" indicator "','result':'" result                           \
    "','evidence':['现场'],'site':'总部'}"
#define RAISE(indicator, grade)                                                \
    "{'indicator':'" indicator "','grade':'" grade "','text':'x'}"

TEST(an_audit_opens_on_the_days_of_its_plan)
{
    static const struct {
        const char *today;
        bool allowed;
    } rows[] = {
        { "2026-03-15", false }, /* the plan: 16 to 18 March */
        { "2026-03-16", true },
        { "2026-03-18", true },
        { "2026-03-19", false },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event_list events = { 0 };

        set_today(f, rows[i].today);
        err e = try_it(f, "lead", "audit.open", "{}", &events);
        if (rows[i].allowed)
            EXPECT_ROW_OK(rows[i].today, e);
        else
            EXPECT_ROW_ERR(rows[i].today, e, ERR_REFUSED, "audit.not_planned");
    }
}

/* [M15] */
TEST(only_the_team_audits_and_only_its_lead_opens_and_closes)
{
    static const struct attempt before[] = {
        { "a member does not open", "auditor", "audit.open", "{}", ERR_DENIED,
          "rights.lead" },
        { "nothing before the opening", "auditor", "finding.record",
          FOUND("1.1", "met"), ERR_REFUSED, "audit.not_opened" },
        { "no figure either", "auditor", "figure.record",
          "{'figure':'resolution','k':1,'n':1,'source':'x'}", ERR_REFUSED,
          "audit.not_opened" },
        { "no nonconformity", "auditor", "nonconformity.raise",
          RAISE("1.1", "minor"), ERR_REFUSED, "audit.not_opened" },
        { "no special", "lead", "special.record", "{'note':'x'}", ERR_REFUSED,
          "audit.not_opened" },
        { "no defence", "lead", "defence.record", "{'passed':true}",
          ERR_REFUSED, "audit.not_opened" },
        { "no closing", "lead", "audit.close", "{}", ERR_REFUSED,
          "audit.not_opened" },
    };
    static const struct attempt after[] = {
        { "opened twice", "lead", "audit.open", "{}", ERR_REFUSED,
          "audit.opened_already" },
        { "a member", "auditor", "finding.record", FOUND("1.1", "met"),
          ALLOWED },
        { "an auditor of no team", "spare", "finding.record",
          FOUND("1.1", "met"), ERR_DENIED, "rights.team" },
        { "the reviewer", "reviewer", "finding.record", FOUND("1.1", "met"),
          ERR_DENIED, "rights.role" },
        { "a special is the lead's", "auditor", "special.record",
          "{'note':'x'}", ERR_DENIED, "rights.lead" },
        { "the defence is the lead's", "auditor", "defence.record",
          "{'passed':true}", ERR_DENIED, "rights.lead" },
        { "closing is the lead's", "auditor", "audit.close", "{}", ERR_DENIED,
          "rights.lead" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    ATTEMPTS(f, before);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, after);
    EXPECT(state_is_evaluator(f->state, person_of(f, "auditor")->id));
}

/* [17065 4.2]: a tie that begins after planning counts, too. */
TEST(a_member_who_gets_a_tie_records_nothing_more)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record", FOUND("1.1", "met"));
    person_of(f, "auditor")->relations = &f->tie;
    person_of(f, "auditor")->relation_count = 1;
    NO(f, "auditor", "finding.record", FOUND("1.1", "met"), ERR_DENIED,
       "rights.conflict");
}

TEST(an_expert_advises_the_team_and_records_nothing)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor','expert'],'from':'2026-03-02',"
       "'to':'2026-03-04','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "lead", "audit.open", "{}");
    NO(f, "expert", "finding.record", FOUND("1.1", "met"), ERR_DENIED,
       "rights.role");
    /* but the advice was part of the evaluation */
    EXPECT(state_is_evaluator(f->state, person_of(f, "expert")->id));
}

/* [M15] [M26] [17065 7.4] [AU2] */
TEST(a_finding_that_costs_points_names_its_evidence)
{
    static const struct attempt rows[] = {
        { "met", "auditor", "finding.record", FOUND("1.1", "met"), ALLOWED },
        { "not met, no evidence", "auditor", "finding.record",
          FOUND("1.1", "not_met"), ERR_INVALID, "audit.evidence" },
        { "not met, with evidence", "auditor", "finding.record",
          SEEN("1.1", "not_met"), ALLOWED },
        { "all of the sample", "auditor", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':10,'n':10}", ALLOWED },
        { "one short, no evidence", "auditor", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':9,'n':10}", ERR_INVALID,
          "audit.evidence" },
        { "one short, with evidence", "auditor", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':9,'n':10,"
          "'evidence':['x'],'site':'一店'}",
          ALLOWED },
        { "all or nothing where a sample is asked for", "auditor",
          "finding.record", FOUND("1.2", "met"), ERR_INVALID, "score.sampled" },
        { "a sample where it is all or nothing", "auditor", "finding.record",
          "{'indicator':'1.1','result':'sampled','k':1,'n':1}", ERR_INVALID,
          "score.not_sampled" },
        { "does not apply, no reason", "auditor", "finding.record",
          FOUND("2.2", "na"), ERR_INVALID, "reply.reason" },
        { "does not apply, with a reason", "auditor", "finding.record",
          "{'indicator':'2.2','result':'na','note':'x'}", ALLOWED },
        { "must apply", "auditor", "finding.record",
          "{'indicator':'1.1','result':'na','note':'x'}", ERR_INVALID,
          "score.excludable" },
        { "no such indicator", "auditor", "finding.record", FOUND("9.9", "met"),
          ERR_INVALID, "reply.indicator" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
}

#define SHORT(more)                                                            \
    "{'indicator':'1.2','result':'sampled','k':9,'n':10,'evidence':['x']" more \
    "}"

/* [AU5] Two sites are visited, 总部 and 一店. */
TEST(a_finding_that_costs_points_names_the_site_where_there_are_several)
{
    static const struct attempt rows[] = {
        { "at one of them", "auditor", "finding.record",
          SHORT(",'site':'一店'"), ALLOWED },
        { "at none", "auditor", "finding.record", SHORT(""), ERR_INVALID,
          "audit.which_site" },
        { "where nobody goes", "auditor", "finding.record",
          SHORT(",'site':'二店'"), ERR_INVALID, "papers.site" },
        { "nothing short", "auditor", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':10,'n':10}", ALLOWED },
        { "nothing short, where nobody goes", "auditor", "finding.record",
          "{'indicator':'2.1','result':'met','site':'二店'}", ERR_INVALID,
          "papers.site" },
        { "of documents alone", "auditor", "finding.record",
          "{'indicator':'3.1','result':'not_met','evidence':['x'] }", ALLOWED },
        { "a nonconformity there", "auditor", "nonconformity.raise",
          "{'indicator':'1.1','grade':'minor','text':'x','site':'一店'}",
          ALLOWED },
        { "where nobody goes, too", "auditor", "nonconformity.raise",
          "{'indicator':'1.1','grade':'minor','text':'x','site':'二店'}",
          ERR_INVALID, "papers.site" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
}

TEST(where_one_site_is_visited_a_finding_need_not_name_it)
{
    FIXTURE(f);

    prepare_case(f);
    DO(f, "applicant", "application.submit",
       "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"
       "'sites':[{'name':'总部','place':'示例市','kind':'hq'}]}");
    do_completeness(f);
    do_contract(f);
    do_documents(f);
    do_plan(f);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record", SHORT(""));
}

/* [AU5] */
TEST(a_nonconformity_is_where_its_finding_was_made)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record", SHORT(",'site':'一店'"));
    DO(f, "auditor", "nonconformity.raise", RAISE("1.2", "minor"));
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.2','grade':'minor','text':'x','site':'总部'}");
    DO(f, "auditor", "nonconformity.raise", RAISE("2.1", "minor"));
    DO(f, "lead", "special.record", "{'indicator':'1.2','note':'x'}");
    EXPECT_STR(f->state->nonconformities[0].raised->site, S("一店"));
    EXPECT_STR(f->state->nonconformities[1].raised->site, S("总部"));
    EXPECT_STR(f->state->nonconformities[2].raised->site, S(""));
    EXPECT_STR(f->state->nonconformities[3].raised->site, S("一店"));
}

TEST(the_newest_finding_of_an_indicator_counts)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record", SEEN("1.1", "not_met"));
    DO(f, "lead", "finding.record", FOUND("1.1", "met"));
    EXPECT(f->state->leaves_found == 1);
    EXPECT(f->state->leaves[0].finding->result == RESULT_MET);
    EXPECT(id_eq(f->state->leaves[0].auditor, person_of(f, "lead")->id));
}

TEST(specials_are_the_package_s_and_the_bonus_comes_once)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "lead", "special.record",
       "{'indicator':'1.1','note':'违反自身服务承诺'}");
    DO(f, "lead", "special.record", "{'indicator':'1.1','note':'又一次'}");
    DO(f, "lead", "special.record", "{'bonus':true,'note':'行业领先'}");
    NO(f, "lead", "special.record", "{'bonus':true,'note':'再次'}", ERR_REFUSED,
       "audit.bonus_twice");
    EXPECT(f->state->deductions == 2);
    EXPECT(f->state->bonus);
}

/* [AU3] It costs a point, and it must be corrected; a bonus is only given. */
TEST(a_special_deduction_is_raised_as_a_minor_nonconformity)
{
    static const struct attempt rows[] = {
        { "about an indicator", "lead", "special.record",
          "{'indicator':'3.2','note':'x'}", ALLOWED },
        { "about nothing", "lead", "special.record", "{'note':'x'}",
          ERR_INVALID, "audit.special_indicator" },
        { "about an inner node", "lead", "special.record",
          "{'indicator':'3','note':'x'}", ERR_INVALID, "reply.indicator" },
        { "a bonus about nothing", "lead", "special.record",
          "{'bonus':true,'note':'x'}", ALLOWED },
        { "a bonus about an unknown indicator", "lead", "special.record",
          "{'bonus':true,'indicator':'9','note':'x'}", ERR_INVALID,
          "reply.indicator" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
    DO(f, "lead", "special.record", "{'bonus':true,'note':'x'}");
    EXPECT(state_open_nonconformities(f->state) == 0);
    DO(f, "lead", "special.record",
       "{'indicator':'3.2','note':'违反自身服务承诺'}");
    EXPECT(state_open_nonconformities(f->state) == 1);
    EXPECT(f->state->nonconformities[0].raised->grade == GRADE_MINOR);
    EXPECT_STR(f->state->nonconformities[0].raised->indicator, S("3.2"));
    EXPECT_STR(f->state->nonconformities[0].raised->text,
               S("违反自身服务承诺"));
}

TEST(a_package_without_specials_takes_none)
{
    static const char all[] = "specials: { deduction: 1, bonus: 1, fail_at: "
                              "5, order: after, assumed: true }";
    scoped(fixture_end) struct fixture *f =
        fixture_with("deduction: 1, bonus: 1", "deduction: 1");
    scoped(fixture_end) struct fixture *g = fixture_with(all, "");
    scoped(fixture_end) struct fixture *h =
        fixture_with("deduction: 1, bonus: 1, fail_at: 5",
                     "deduction: 0, bonus: 1");

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "lead", "special.record", "{'indicator':'1.1','note':'x'}");
    NO(f, "lead", "special.record", "{'bonus':true,'note':'x'}", ERR_REFUSED,
       "audit.no_special");
    go_to(g, STAGE_AUDIT);
    DO(g, "lead", "audit.open", "{}");
    NO(g, "lead", "special.record", "{'note':'x'}", ERR_REFUSED,
       "audit.no_special");
    go_to(h, STAGE_AUDIT);
    DO(h, "lead", "audit.open", "{}");
    NO(h, "lead", "special.record", "{'note':'x'}", ERR_REFUSED,
       "audit.no_special");
    DO(h, "lead", "special.record", "{'bonus':true,'note':'x'}");
}

/* [M18] */
TEST(nonconformities_are_numbered_and_graded)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "nonconformity.raise", RAISE("1.1", "minor"));
    DO(f, "auditor", "nonconformity.raise", RAISE("3.2", "observation"));
    DO(f, "lead", "nonconformity.raise", RAISE("2.1", "major"));
    NO(f, "lead", "nonconformity.raise", RAISE("2", "major"), ERR_INVALID,
       "reply.indicator");
    EXPECT(f->state->nonconformity_count == 3);
    EXPECT(f->state->nonconformities[2].raised->number == 3);
    EXPECT(state_open_nonconformities(f->state) == 2); /* observations not */
    EXPECT(state_has_major(f->state));
    while (f->state->nonconformity_count < NONCONFORMITY_MAX)
        DO(f, "lead", "nonconformity.raise", RAISE("1.1", "minor"));
    NO(f, "lead", "nonconformity.raise", RAISE("1.1", "minor"), ERR_LIMIT,
       "audit.nonconformities");
    NO(f, "lead", "special.record", "{'indicator':'3.2','note':'x'}", ERR_LIMIT,
       "audit.nonconformities");
    DO(f, "lead", "special.record", "{'bonus':true,'note':'x'}");
}

/* [AU4] */
TEST(the_audit_closes_when_everything_was_looked_at)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    NO(f, "lead", "audit.close", "{}", ERR_REFUSED, "audit.no_finding");
    do_findings(f, "met");
    f->state->figures[1].n = 0; /* as if it had not been recorded [M3] */
    NO(f, "lead", "audit.close", "{}", ERR_REFUSED, "audit.no_figure");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':91,'n':100,'source':'x'}");
    NO(f, "lead", "audit.close", "{}", ERR_REFUSED, "audit.sample_open");
    do_sample(f, 5);
    NO(f, "lead", "audit.close", "{}", ERR_REFUSED, "audit.defence_open");
    DO(f, "lead", "defence.record", "{'passed':false}"); /* [M17] */
    DO(f, "lead", "audit.close", "{}");
    EXPECT(f->state->stage == STAGE_REPORT);
    NO(f, "auditor", "finding.record", FOUND("1.1", "met"), ERR_REFUSED,
       "rights.stage");
}

/* [AU7] */
TEST(a_figure_names_a_sheet_that_stands_in_the_case_or_none)
{
    static const struct attempt rows[] = {
        { "a document of the case", "auditor", "figure.record",
          "{'figure':'resolution','k':91,'n':100,'source':'x','sheet':'" ONES
          "'}",
          ALLOWED },
        { "what nobody added", "auditor", "figure.record",
          "{'figure':'resolution','k':92,'n':100,'source':'x','sheet':'"
          "2222222222222222222222222222222222222222222222222222222222222222'}",
          ERR_INVALID, "audit.figure_sheet" },
        { "no hash at all", "auditor", "figure.record",
          "{'figure':'resolution','k':92,'n':100,'source':'x','sheet':'1'}",
          ERR_INVALID, "record.kind" },
    };
    static const struct hash none;
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':91,'n':100,'source':'x','sheet':'" ONES
       "'}");
    EXPECT(!hash_is_zero(&f->state->figures[1].sheet));
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':91,'n':100,'source':'x'}");
    EXPECT(hash_eq(&f->state->figures[1].sheet, &none));
}

/* Everything looked at, so that nothing else keeps the audit from closing. */
static void look_at_all(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
}

/* [AU6]: 1.1 is met, 1.2 is sampled 10 of 10, 2.2 does not apply. */
TEST(an_audit_closes_only_where_findings_and_nonconformities_agree)
{
    static const struct {
        const char *name;
        const char *raised;
        const char *found; /* afterwards; NULL: nothing */
        bool closes;
    } rows[] = {
        { "a minor one of what is met", RAISE("1.1", "minor"), NULL, false },
        { "a major one", RAISE("1.1", "major"), NULL, false },
        { "an observation", RAISE("1.1", "observation"), NULL, true },
        { "an opportunity", RAISE("1.1", "opportunity"), NULL, true },
        { "one of all that was sampled", RAISE("1.2", "minor"), NULL, false },
        { "one that one of the sample shows", RAISE("1.2", "minor"),
          "{'indicator':'1.2','result':'sampled','k':9,'n':10,"
          "'evidence':['现场'],'site':'总部'}",
          true },
        { "of what does not apply", RAISE("2.2", "minor"), NULL, false },
        { "found anew as not met", RAISE("1.1", "minor"),
          SEEN("1.1", "not_met"), true },
        { "another one found anew", RAISE("1.1", "minor"),
          SEEN("3.2", "not_met"), false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event_list events = { 0 };
        FIXTURE(f);

        look_at_all(f);
        DO(f, "auditor", "nonconformity.raise", rows[i].raised);
        if (rows[i].found != NULL)
            DO(f, "auditor", "finding.record", rows[i].found);
        err e = try_it(f, "lead", "audit.close", "{}", &events);
        if (rows[i].closes)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, "audit.contradiction");
    }
}

/* [AU6] [AU3]: the deduction costs its point beside what is met; one that is
 * raised by itself does not. */
TEST(a_special_deduction_may_be_about_what_is_met)
{
    FIXTURE(f);

    look_at_all(f);
    DO(f, "lead", "special.record", "{'indicator':'1.1','note':'x'}");
    DO(f, "lead", "special.record", "{'bonus':true,'note':'x'}");
    DO(f, "auditor", "nonconformity.raise", RAISE("1.1", "minor"));
    NO(f, "lead", "audit.close", "{}", ERR_REFUSED, "audit.contradiction");
    EXPECT(f->state->nonconformities[0].special);
    EXPECT(!f->state->nonconformities[1].special);
    DO(f, "auditor", "finding.record", SEEN("1.1", "not_met"));
    DO(f, "lead", "audit.close", "{}");
}

TEST(a_special_deduction_alone_lets_the_audit_close)
{
    FIXTURE(f);

    look_at_all(f);
    DO(f, "lead", "special.record", "{'indicator':'1.1','note':'x'}");
    DO(f, "lead", "audit.close", "{}");
}

TEST(a_package_without_sample_and_defence_asks_for_neither)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("defence: true", "defence: false");

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    NO(f, "lead", "defence.record", "{'passed':true}", ERR_REFUSED,
       "audit.no_defence");
    f->scheme->sample.used = false;
    NO(f, "auditor", "sample.commit",
       "{'list':'" TWOS "','size':1,'commitment':'" ONES "'}", ERR_REFUSED,
       "sample.none");
    do_findings(f, "met");
    DO(f, "lead", "audit.close", "{}");
}

/* [17065 7.6.2] rights.h [RI5]: a full list refuses newcomers. */
TEST(nobody_evaluates_who_cannot_be_remembered)
{
    static const char question[] = "{'requirement':'manual','quantified':'yes',"
                                   "'closed':'yes','resourced':'na'}";
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", question);
    while (f->state->evaluators.n < EVALUATOR_MAX) {
        id stranger = { { 9, (uint8_t)f->state->evaluators.n } };
        f->state->evaluators.people[f->state->evaluators.n++] = stranger;
    }
    NO(f, "auditor", "document.judge", question, ERR_LIMIT,
       "rights.evaluators");
    DO(f, "lead", "document.judge", question); /* is remembered already */
}
