/* The rounds of a document review, with their gaps and days. [M14] */

#include "domain/review_rounds.h"

#include "domain/test_fixture.h"

#define JUDGE(requirement, quantified, closed, resourced)                      \
    "{'requirement':'" requirement "','quantified':'" quantified               \
    "','closed':'" closed "','resourced':'" resourced "','note':'缺时限'}"
#define NEW(requirement)                                                       \
    "{'requirement':'" requirement "','title':'新','blob':'" TWOS              \
    "','size':1,'covers_from':'2025-10-01','covers_to':'2026-02-28'}"

static struct review_rounds read_rounds(struct fixture *f)
{
    struct event_list journal = fixture_journal(f);
    struct review_rounds x = { 0 };

    EXPECT_OK(review_rounds_read(&f->arena, f->scheme, &journal, &x));
    return x;
}

TEST(a_review_without_gaps_has_no_rounds)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    EXPECT(read_rounds(f).count == 0 && read_rounds(f).passed == DAY_NEVER);
    do_documents(f);
    EXPECT(read_rounds(f).count == 0);
    EXPECT(read_rounds(f).passed == on("2026-03-02"));
}

/* [RR1] [RR2] Two gaps, closed on two days; then one of them again. */
TEST(each_revision_is_a_round_with_its_gaps_and_days)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", JUDGE("manual", "no", "yes", "na"));
    DO(f, "lead", "document.judge", JUDGE("records", "na", "na", "no"));
    DO(f, "lead", "revision.ask", "{'until':'2026-03-20','note':'一'}");
    set_today(f, "2026-03-05");
    DO(f, "applicant", "document.add", NEW("manual"));

    struct review_rounds x = read_rounds(f);
    EXPECT(x.count == 1 && x.rounds[0].gap_count == 2);
    EXPECT(x.rounds[0].asked == on("2026-03-02"));
    EXPECT(x.rounds[0].until == on("2026-03-20"));
    EXPECT_STR(x.rounds[0].note, S("一"));
    EXPECT(x.rounds[0].gaps[0].requirement == 1);
    EXPECT(x.rounds[0].gaps[0].judgement->quantified == VERDICT_NO);
    EXPECT(x.rounds[0].gaps[0].closed == on("2026-03-05"));
    EXPECT(x.rounds[0].gaps[1].closed == DAY_NEVER);
    EXPECT(x.rounds[0].answered == DAY_NEVER);

    set_today(f, "2026-03-09");
    DO(f, "applicant", "document.add", NEW("records"));
    EXPECT(read_rounds(f).rounds[0].answered == on("2026-03-09"));
    DO(f, "lead", "document.judge", JUDGE("records", "na", "na", "yes"));
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "no", "na"));
    DO(f, "lead", "revision.ask", "{'until':'2026-03-30','note':'二'}");
    x = read_rounds(f);
    EXPECT(x.count == 2 && x.rounds[1].gap_count == 1);
    EXPECT(x.rounds[1].gaps[0].judgement->closed == VERDICT_NO);
    EXPECT(x.rounds[1].asked == on("2026-03-09"));
    EXPECT(x.rounds[0].answered == on("2026-03-09")); /* as it was */
}

/* [RR2] */
TEST(a_better_judgement_of_the_same_document_closes_its_gap)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge", JUDGE("manual", "no", "yes", "na"));
    DO(f, "lead", "revision.ask", "{'until':'2026-03-20','note':'一'}");
    set_today(f, "2026-03-04");
    DO(f, "lead", "document.judge", JUDGE("manual", "no", "no", "na"));
    EXPECT(read_rounds(f).rounds[0].answered == DAY_NEVER);
    DO(f, "lead", "document.judge", JUDGE("manual", "yes", "yes", "na"));
    EXPECT(read_rounds(f).rounds[0].gaps[0].closed == on("2026-03-04"));
    EXPECT(read_rounds(f).rounds[0].answered == on("2026-03-04"));
}
