/* Improvement reports with their trend, and who reads working papers.
 * [M26] [M27] [CA7] */

#include "service/improve.h"

#include "domain/papers.h"
#include "service/service_test_env.h"

static err load(struct office *o, const char *login, str ref,
                struct improvement_file *out)
{
    return improve_load(o->app, &o->arena, office_as(o, login), ref, out);
}

/* [IS2] The first case, audited twice; then another one of the enterprise. */
EACH_STORE_TEST(a_report_shows_the_enterprise_s_audits_up_to_its_own)
{
    TEST_OFFICE(o, place);
    struct improvement_file x = { 0 };
    str first = office_case(&o);
    str second = office_case(&o); /* before the first has a certificate */

    EXPECT_ERR(load(&o, "newcomer", first, &x), ERR_REFUSED, "improve.nothing");
    office_go_to(&o, first, STAGE_ENDED);
    EXPECT_OK(load(&o, "newcomer", first, &x));
    EXPECT(x.trend.count == 2 && !x.now.by_itself);
    EXPECT(x.trend.points[1].round == ROUND_SURVEILLANCE);

    office_go_to(&o, second, STAGE_CONTRACT);
    EXPECT_OK(load(&o, "quality", second, &x));
    EXPECT(x.trend.count == 2 && x.now.by_itself);
    EXPECT_STR(x.trend.points[0].case_number, first);
    office_go_to(&o, second, STAGE_DECISION);
    EXPECT_OK(load(&o, "newcomer", second, &x));
    EXPECT(x.trend.count == 3);
    EXPECT_STR(x.trend.points[2].case_number, second);
    EXPECT_STR(x.file.number, second);
    EXPECT_OK(load(&o, "newcomer", first, &x));
    EXPECT(x.trend.count == 2);
}

/* [IS2] A newer version of the package is the same scheme; another is not. */
EACH_STORE_TEST(a_report_keeps_to_its_scheme)
{
    TEST_OFFICE(o, place);
    struct improvement_file x = { 0 };
    str first = office_case(&o);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'other','level':'ten'}");
    struct case_answer other = { 0 };
    str second;

    office_go_to(&o, first, STAGE_DECISION);
    (void)office_mini_with(&o, "version: \"1\"", "version: \"2\"");
    second = office_case(&o);
    office_go_to(&o, second, STAGE_DECISION);
    EXPECT_OK(load(&o, "newcomer", second, &x));
    EXPECT(x.trend.count == 2);
    EXPECT_STR(x.trend.points[0].scheme->version, S("1"));
    EXPECT_STR(x.trend.points[1].scheme->version, S("2"));

    (void)office_mini_with(&o, "id: mini", "id: other");
    EXPECT_OK(office_give(&o, &order, &other));
    office_go_to(&o, other.number, STAGE_DECISION);
    EXPECT_OK(load(&o, "newcomer", other.number, &x));
    EXPECT(x.trend.count == 1);
    EXPECT_STR(x.trend.points[0].case_number, other.number);
}

/* [IS1] */
EACH_STORE_TEST(whoever_may_not_read_the_case_may_not_read_its_report)
{
    TEST_OFFICE(o, place);
    struct improvement_file x = { 0 };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_ERR(load(&o, "rival", ref, &x), ERR_NOT_FOUND, "case.missing");
    EXPECT_ERR(load(&o, "admin", ref, &x), ERR_NOT_FOUND, "case.missing");
    EXPECT_OK(load(&o, "newcomer", ref, &x));
    EXPECT_OK(load(&o, "auditor1", ref, &x));
    EXPECT_ERR(load(&o, "newcomer", S("C2026-0999"), &x), ERR_NOT_FOUND,
               "case.missing");
}

/* --- working papers [CA7] ------------------------------------------------- */

static size_t count_papers(const struct case_file *f)
{
    size_t n = 0;

    for (const struct event *e = f->events.first; e != NULL; e = e->next)
        n += papers_is_one(e->kind);
    return n;
}

EACH_STORE_TEST(the_enterprise_s_journal_is_without_working_papers)
{
    TEST_OFFICE(o, place);
    struct case_file theirs = { 0 };
    struct case_file ours = { 0 };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_REPORT);
    EXPECT_OK(
        cases_load(o.app, &o.arena, office_as(&o, "newcomer"), ref, &theirs));
    EXPECT_OK(
        cases_load(o.app, &o.arena, office_as(&o, "quality"), ref, &ours));
    EXPECT(count_papers(&theirs) == 0 && count_papers(&ours) >= 2);
    EXPECT(theirs.events.n + count_papers(&ours) == ours.events.n);
    EXPECT(theirs.state->version == ours.state->version);
    EXPECT(theirs.state->papers == 2); /* it went on all the same */

    EXPECT_ERR(cases_load_papers(o.app, &o.arena, office_as(&o, "newcomer"),
                                 ref, &theirs),
               ERR_DENIED, "rights.papers");
    EXPECT_ERR(cases_load_papers(o.app, &o.arena, office_as(&o, "rival"), ref,
                                 &theirs),
               ERR_NOT_FOUND, "case.missing");
    EXPECT_OK(cases_load_papers(o.app, &o.arena, office_as(&o, "auditor1"), ref,
                                &ours));
    EXPECT(count_papers(&ours) >= 2);
}
