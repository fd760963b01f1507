/* Working papers of the site audit: interviews and observations. [M15] */

#include "domain/papers.h"

#include "domain/rights.h"
#include "domain/test_fixture.h"

#define ASKED(more) "{'role':'维修工','people':2,'note':'知道时限'" more "}"
#define SEEN(more)  "{'place':'备件库','note':'没有预警'" more "}"

/* [PA1] */
TEST(papers_are_written_between_opening_and_closing)
{
    static const struct attempt before[] = {
        { "an interview before the opening", "auditor", "interview.record",
          ASKED(",'site':'总部'"), ERR_REFUSED, "audit.not_opened" },
        { "an observation before it", "auditor", "observation.record",
          SEEN(",'site':'总部'"), ERR_REFUSED, "audit.not_opened" },
    };
    static const struct attempt during[] = {
        { "an interview", "auditor", "interview.record",
          ASKED(",'site':'总部'"), ALLOWED },
        { "an observation", "lead", "observation.record",
          SEEN(",'site':'总部'"), ALLOWED },
        { "not by the enterprise", "applicant", "interview.record",
          ASKED(",'site':'总部'"), ERR_DENIED, "rights.role" },
        { "not by another auditor", "spare", "observation.record",
          SEEN(",'site':'总部'"), ERR_DENIED, "rights.team" },
    };
    static const struct attempt after[] = {
        { "an interview after the closing", "auditor", "interview.record",
          ASKED(",'site':'总部'"), ERR_REFUSED, "rights.stage" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    ATTEMPTS(f, before);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, during);
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    ATTEMPTS(f, after);
}

/* [PA2] [PA3] */
TEST(papers_name_a_site_of_the_plan_and_indicators_once)
{
    static const struct attempt rows[] = {
        { "about nothing in particular", "auditor", "interview.record",
          ASKED(",'site':'一店'"), ALLOWED },
        { "about two indicators", "auditor", "interview.record",
          ASKED(",'site':'一店','indicators':['1.1','3.2']"), ALLOWED },
        { "the same one twice", "auditor", "interview.record",
          ASKED(",'site':'一店','indicators':['1.1','1.1']"), ERR_INVALID,
          "papers.twice" },
        { "an inner node", "auditor", "interview.record",
          ASKED(",'site':'一店','indicators':['1']"), ERR_INVALID,
          "reply.indicator" },
        { "somewhere else", "auditor", "interview.record",
          ASKED(",'site':'二店'"), ERR_INVALID, "papers.site" },
        { "seen somewhere else", "auditor", "observation.record",
          SEEN(",'site':'二店'"), ERR_INVALID, "papers.site" },
        { "seen of an unknown indicator", "auditor", "observation.record",
          SEEN(",'site':'一店','indicators':['9']"), ERR_INVALID,
          "reply.indicator" },
        { "nobody was asked", "auditor", "interview.record",
          "{'site':'一店','role':'维修工','people':0,'note':'x'}", ERR_INVALID,
          "record.range" },
        { "by name", "auditor", "interview.record",
          ASKED(",'site':'一店','name':'张三'"), ERR_INVALID,
          "record.unknown" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
}

static const struct interview *last_interview(const struct fixture *f)
{
    return f->events[f->n - 1]->data;
}

/* Interviews and observations are counted together, from round to round. */
TEST(papers_are_numbered_through_the_whole_case)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record", ASKED(",'site':'总部'"));
    EXPECT(last_interview(f)->number == 1);
    DO(f, "auditor", "observation.record", SEEN(",'site':'总部'"));
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    do_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    pass_days(f, 340);
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "interview.record", ASKED(",'site':'总部'"));
    EXPECT(last_interview(f)->number == 3);
    EXPECT(f->state->papers == 3 && replayed(f)->papers == 3);
}

TEST(a_case_takes_a_thousand_papers_and_no_more)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    f->state->papers = PAPER_MAX - 1;
    DO(f, "auditor", "observation.record", SEEN(",'site':'总部'"));
    NO(f, "auditor", "observation.record", SEEN(",'site':'总部'"), ERR_LIMIT,
       "papers.many");
}

/* [PA4] */
TEST(the_enterprise_does_not_read_working_papers)
{
    static const struct {
        const char *login;
        bool reads;
    } rows[] = {
        { "applicant", false }, { "insider", false }, { "rival", false },
        { "auditor", true },    { "reviewer", true }, { "quality", true },
        { "authority", true },  { "admin", false },
    };
    static const struct {
        const char *event;
        bool paper;
    } kinds[] = {
        { "interview.recorded", true }, { "observation.recorded", true },
        { "sample.called", true },      { "sample.asked", true },
        { "risk.noted", true },         { "figure.recorded", false },
        { "decision.voted", true },     { "finding.recorded", false },
        { "decision.signed", false },   { "sample.committed", false },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event_list none = { 0 };
        err e = try_it(f, rows[i].login, "plan.agree", "{}", &none);

        EXPECT_ROW(rows[i].login, failed(e)); /* f->facts.actor is set */
        EXPECT_ROW(rows[i].login,
                   rights_may_read_papers(&f->facts.actor, f->enterprise.id) ==
                       rows[i].reads);
    }
    for (size_t i = 0; i < COUNT(kinds); i++)
        EXPECT_ROW(kinds[i].event,
                   papers_is_one(event_kind_find(str_of(kinds[i].event), 1)) ==
                       kinds[i].paper);
}
