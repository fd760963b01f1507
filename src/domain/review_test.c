/* Stage 4: the document review. [M14] [17065 7.4] */

#include "domain/test_fixture.h"

#define JUDGE(requirement, quantified, closed, resourced)                      \
    "{'requirement':'" requirement "','quantified':'" quantified               \
    "','closed':'" closed "','resourced':'" resourced "'}"
#define GAP(requirement, quantified, closed, resourced)                        \
    "{'requirement':'" requirement "','quantified':'" quantified               \
    "','closed':'" closed "','resourced':'" resourced "','note':'没有量化'}"
#define ADD(requirement)                                                       \
    "{'requirement':'" requirement "','title':'t','blob':'" ONES               \
    "','size':1,'covers_from':'2026-01-01','covers_to':'2026-02-01'}"
#define ASK(until) "{'until':'" until "','note':'请写明响应时限'}"

/* [M14] [17065 7.4] */
TEST(each_question_the_package_asks_is_answered_and_no_other)
{
    static const struct attempt rows[] = {
        { "both questions", "lead", "document.judge",
          JUDGE("manual", "yes", "yes", "na"), ALLOWED },
        { "one left open", "lead", "document.judge",
          JUDGE("manual", "yes", "na", "na"), ERR_INVALID, "review.aspects" },
        { "one that is not asked", "lead", "document.judge",
          JUDGE("manual", "yes", "yes", "yes"), ERR_INVALID, "review.aspects" },
        { "a gap without a note", "lead", "document.judge",
          JUDGE("manual", "no", "yes", "na"), ERR_INVALID, "review.note" },
        { "a gap with a note", "lead", "document.judge",
          GAP("manual", "no", "yes", "na"), ALLOWED },
        { "the first, of which nothing is asked", "lead", "document.judge",
          JUDGE("licence", "na", "na", "na"), ALLOWED },
        { "unknown document", "lead", "document.judge",
          JUDGE("poem", "yes", "yes", "na"), ERR_INVALID,
          "document.requirement" },
        { "not on file", "lead", "document.judge",
          JUDGE("extra", "na", "yes", "na"), ERR_REFUSED,
          "review.no_document" },
        { "[17065 4.2] an auditor with a tie", "tied", "document.judge",
          JUDGE("manual", "yes", "yes", "na"), ERR_DENIED, "rights.conflict" },
        { "the enterprise itself", "applicant", "document.judge",
          JUDGE("manual", "yes", "yes", "na"), ERR_DENIED, "rights.role" },
        { "an insider who is an auditor, too", "insider", "document.judge",
          JUDGE("manual", "yes", "yes", "na"), ERR_DENIED, "rights.conflict" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    ATTEMPTS(f, rows);
}

/* [M14] */
TEST(the_review_passes_when_every_question_is_answered_with_yes)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    NO(f, "lead", "review.pass", "{}", ERR_REFUSED, "review.open");
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "yes", "na"));
    NO(f, "lead", "review.pass", "{}", ERR_REFUSED, "review.open");
    DO(f, "auditor", "document.judge", JUDGE("records", "na", "na", "yes"));
    DO(f, "lead", "review.pass", "{}"); /* "extra" is not on file */
    EXPECT(f->state->stage == STAGE_PLAN);
    EXPECT(state_is_evaluator(f->state, person_of(f, "lead")->id));
    EXPECT(state_is_evaluator(f->state, person_of(f, "auditor")->id));
    EXPECT(!state_is_evaluator(f->state, person_of(f, "spare")->id));
}

/* [M14] The revision path: gap, revision asked, revised, judged again. */
TEST(a_gap_is_revised_and_judged_again)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    NO(f, "lead", "revision.ask", ASK("2026-03-10"), ERR_REFUSED,
       "review.no_gap");
    NO(f, "applicant", "document.add", ADD("manual"), ERR_REFUSED,
       "document.not_asked");
    DO(f, "lead", "document.judge", JUDGE("records", "na", "na", "yes"));
    DO(f, "lead", "document.judge", GAP("manual", "no", "yes", "na"));
    NO(f, "lead", "review.pass", "{}", ERR_REFUSED, "review.open");
    DO(f, "lead", "revision.ask", ASK("2026-03-10"));
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    EXPECT(f->state->due == on("2026-03-10"));

    NO(f, "applicant", "document.add", ADD("records"), ERR_REFUSED,
       "document.passed");
    DO(f, "applicant", "document.add", ADD("manual"));
    EXPECT(f->state->waiting == WAITING_BODY); /* every gap is closed */
    EXPECT(f->state->due == DAY_NEVER);
    DO(f, "applicant", "document.add", ADD("manual")); /* a better copy */
    NO(f, "lead", "review.pass", "{}", ERR_REFUSED, "review.open");
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "yes", "na"));
    NO(f, "applicant", "document.add", ADD("manual"), ERR_REFUSED,
       "document.passed");
    DO(f, "lead", "review.pass", "{}");
    EXPECT(f->state->revision == NULL);
}

TEST(an_auditor_who_thinks_again_takes_a_gap_back)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", GAP("manual", "no", "yes", "na"));
    DO(f, "lead", "revision.ask", ASK("2026-03-10"));
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "yes", "na"));
    EXPECT(f->state->waiting == WAITING_BODY);
    EXPECT(f->state->due == DAY_NEVER);
}

/* [M14] */
TEST(a_revision_gets_a_day_within_the_package_s_limit)
{
    static const struct attempt rows[] = {
        { "today", "lead", "revision.ask", ASK("2026-03-02"), ERR_REFUSED,
          "review.until" },
        { "tomorrow", "lead", "revision.ask", ASK("2026-03-03"), ALLOWED },
        { "30 days", "lead", "revision.ask", ASK("2026-04-01"), ALLOWED },
        { "31 days", "lead", "revision.ask", ASK("2026-04-02"), ERR_REFUSED,
          "review.until" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", GAP("manual", "no", "yes", "na"));
    ATTEMPTS(f, rows);
}

/* [RV2] What is required is on file; were it not, it would be open. */
TEST(what_is_required_and_not_on_file_is_open)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "yes", "na"));
    f->state->requirements[2].document = NULL; /* the records */
    NO(f, "lead", "review.pass", "{}", ERR_REFUSED, "review.open");
}

/* A judgement of what no package asks for, as if it stood in the journal. */
TEST(a_judgement_of_an_unknown_document_changes_nothing)
{
    static const struct judgement poem = { .requirement = S_INIT("poem") };
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    struct event e = { .kind = event_kind_find(S("document.judged"), 1),
                       .stream = f->state->id,
                       .n = f->state->version + 1,
                       .on = f->facts.today,
                       .data = &poem };
    apply(f->state, &e);
    for (size_t i = 0; i < f->scheme->requirement_count; i++)
        EXPECT(f->state->requirements[i].judgement == NULL);
}
