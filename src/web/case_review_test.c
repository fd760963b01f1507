/* The whole file on one screen, for whoever decides a case. [RR1]..[RR3]
 * [17065 7.5] [17065 7.6.2] [M19] */

#include "domain/actor.h"
#include "web/test_work.h"

static const char *decision_of(struct test_work *w, str ref)
{
    return work_text(w, "/cases/", ref, "/decision");
}

/* A case in which one indicator was weak, before its decision. */
static str undecided(struct test_work *w)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    script.weak = 1;
    while (!over && !test_failing() &&
           office_read(&w->office, ref).state->stage != STAGE_DECISION)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    EXPECT(!over);
    return ref;
}

static struct browser enter(struct test_work *w, const char *login)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return b;
}

ONE_STORE_TEST(a_reviewer_finds_the_whole_file_on_one_page, true)
{
    static const struct {
        const char *text;
        const char *why;
    } rows[] = {
        { "/do/decision.grant\"", "what they may do" },
        { "/do/decision.question\"", "likewise" },
        { "You took no part in evaluating this case", "[RR2]" },
        { "Score it gives", "[RR1]" },
        { "<span class=\"yes\">equal</span>",
          "[RR1] it was not tampered with" },
        { "Conditions that bar a level", "gates and deductions" },
        { "No nonconformity is open.", "[M18]" },
        { "Evidence: ", "of a correction" },
        { "satisfied; with 95% confidence", "the sample [M16]" },
        { "class=\"rows narrow\"", "the team" },
        { "/files/", "the documents" },
        { "/print/report\"", "the report as a PDF" },
        { "/audit#score\"", "a link to its place" },
        { "/checklist\"", "likewise" },
    };
    TEST_WORK(w, place);
    str ref = undecided(&w);
    struct browser b = enter(&w, "reviewer");
    struct response rs = work_get(&w, &b, decision_of(&w, ref));

    EXPECT(rs.status == 200);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].text, work_holds(&rs, rows[i].text));
    EXPECT(!work_holds(&rs, ">differs<"));
}

/* [RR1] What an accepted correction gave back is told apart from a mistake. */
ONE_STORE_TEST(points_that_a_correction_restored_are_shown_as_such, true)
{
    TEST_WORK(w, place);
    str ref = undecided(&w);
    struct browser b = enter(&w, "reviewer");
    const struct state *s = office_read(&w.office, ref).state;
    struct score now;

    state_score(s, &now);
    EXPECT(now.shown > s->report->shown); /* else there is nothing to see */
    struct response rs = work_get(&w, &b, decision_of(&w, ref));
    EXPECT(work_holds(&rs, "<strong>changed by corrections</strong>"));
    EXPECT(!work_holds(&rs, ">differs<"));
}

/* [RR2] [17065 7.6.2] */
ONE_STORE_TEST(who_evaluated_reads_that_they_may_not_decide, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const unsigned both = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER);
    struct browser b;

    EXPECT_OK(office_hire(&w.office, "both", both, (id){ { 0 } }));
    office_go_to(&w.office, ref, STAGE_DOCUMENTS);
    EXPECT_OK(office_do(&w.office, "both", ref, "document.judge",
                        "{'requirement':'manual','quantified':'yes',"
                        "'closed':'yes','resourced':'na'}"));
    office_go_to(&w.office, ref, STAGE_DECISION);
    b = enter(&w, "both");
    struct response rs = work_get(&w, &b, decision_of(&w, ref));
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "<p class=\"problem-note\">"));
    EXPECT(!work_holds(&rs, "You took no part"));
    EXPECT(!work_holds(&rs, "/do/decision.grant"));
}

/* [RR3] [CA7] */
ONE_STORE_TEST(the_room_is_the_bodys_and_open_only_before_a_decision, true)
{
    static const struct {
        const char *login;
        bool open;
    } rows[] = {
        { "reviewer", true }, { "head", true },      { "quality", true },
        { "auditor1", true }, { "newcomer", false }, { "insider", false },
    };
    TEST_WORK(w, place);
    str ref = undecided(&w);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, decision_of(&w, ref));

        EXPECT_ROW(rows[i].login,
                   work_holds(&rs, "The whole file") == rows[i].open);
    }
    EXPECT_OK(office_do(&w.office, "reviewer", ref, "decision.grant", "{}"));
    struct browser b = enter(&w, "head");
    struct response rs = work_get(&w, &b, decision_of(&w, ref));
    EXPECT(work_holds(&rs, "The whole file"));
    EXPECT(work_holds(&rs, "/do/decision.sign\""));
    EXPECT_OK(office_do(&w.office, "head", ref, "decision.sign", "{}"));
    rs = work_get(&w, &b, decision_of(&w, ref));
    EXPECT(rs.status == 200 && !work_holds(&rs, "The whole file"));
}

/* What was decided, sent back and asked before stands there with its reasons.
 */
ONE_STORE_TEST(an_earlier_decision_stands_there_with_its_reasons, true)
{
    TEST_WORK(w, place);
    str ref = undecided(&w);
    struct browser b = enter(&w, "reviewer");

    EXPECT_OK(office_do(&w.office, "reviewer", ref, "decision.grant",
                        "{'note':'FIRST REASONS'}"));
    EXPECT_OK(office_do(&w.office, "head", ref, "decision.return",
                        "{'reasons':'COUNT ANEW'}"));
    struct response rs = work_get(&w, &b, decision_of(&w, ref));
    EXPECT(work_holds(&rs, "Earlier decisions"));
    EXPECT(work_holds(&rs, "FIRST REASONS") && work_holds(&rs, "COUNT ANEW"));
}
