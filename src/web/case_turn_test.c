/* Where an act stands: on the tab that shows its matter, and for whose turn it
 * is on the overview. [TU1]..[TU3] [M4] */

#include "web/case_turn.h"

#include "base/size.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "web/test_work.h"

#include <stdio.h>

/* [TU1] Of every act that people may do in a case it says where. */
TEST(every_command_on_a_case_has_a_tab)
{
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        enum case_tab tab = TAB_OVERVIEW;

        EXPECT_ROW(r->command, case_turn_tab(r->command, &tab));
    }
    EXPECT(!case_turn_tab("auditor.register", &(enum case_tab){ 0 }));
    EXPECT(!case_turn_is_step("auditor.register"));
}

static struct browser enter(struct test_work *w, const char *login)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return b;
}

static const char *button_to(struct test_work *w, str ref, const char *act)
{
    return work_text(w, "href=\"/cases/", ref, act);
}

/* Does a page have a button that leads there, and not in what is folded? */
static bool has_button(const struct response *rs, const char *href)
{
    size_t folded = str_find(rs->body, S("<details class=\"acts\">"));
    str plain = { rs->body.p, folded };

    for (;;) {
        size_t at = str_find(plain, S("<a role=\"button\""));

        if (at >= plain.n)
            return false;
        plain = str_from(plain, at + 1);
        size_t end = str_find(plain, S(">"));
        if (str_contains((str){ plain.p, end }, str_of(href)))
            return true;
    }
}

/* Go to the first step of a site audit that is past its opening meeting. */
static void begin_audit(struct test_work *w, str ref)
{
    struct script script = office_script(&w->office);
    bool over = false;

    office_go_to(&w->office, ref, STAGE_AUDIT);
    EXPECT_OK(office_step(&w->office, &script, ref, &over));
    EXPECT(!over);
}

struct row {
    const char *login;
    const char *tab; /* below the case; "": its overview */
    const char *act; /* behind the case's address */
    bool there;
};

static void look(struct test_work *w, str ref, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct browser b = enter(w, rows[i].login);
        struct response rs =
            work_get(w, &b, work_text(w, "/cases/", ref, rows[i].tab));

        EXPECT_ROW(rows[i].act, rs.status == 200);
        EXPECT_ROW(work_text(w, rows[i].login, str_of(rows[i].tab),
                             rows[i].act),
                   has_button(&rs, button_to(w, ref, rows[i].act)) ==
                       rows[i].there);
    }
}

/* [TU1] [TU2] [M14] A document that falls short can be sent back at once. */
ONE_STORE_TEST(who_reviews_documents_asks_for_a_revision_by_a_button, true)
{
    static const struct row rows[] = {
        { "auditor1", "", "/do/revision.ask\"", true },
        { "auditor1", "/papers", "/do/revision.ask\"", true },
        { "auditor1", "/papers", "/papers\"", false }, /* it is here [TU3] */
        { "auditor1", "/team", "/do/revision.ask\"", false },
        { "newcomer", "/papers", "/do/revision.ask\"", false },
        { "newcomer", "", "/do/case.withdraw\"", false }, /* it is folded */
        { "planner", "/papers", "/do/", false },
        { "authority", "/papers", "/do/", false },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_DOCUMENTS);
    EXPECT_OK(office_do(&w.office, "auditor1", ref, "document.judge",
                        "{'requirement':'manual','quantified':'no',"
                        "'closed':'yes','resourced':'na','note':'示例'}"));
    look(&w, ref, rows, COUNT(rows));
}

/* Likewise, once all of them do. */
ONE_STORE_TEST(who_reviewed_all_documents_passes_them_by_a_button, true)
{
    static const struct row rows[] = {
        { "auditor1", "", "/do/review.pass\"", true },
        { "auditor1", "/papers", "/do/review.pass\"", true },
        { "newcomer", "/papers", "/do/review.pass\"", false },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct script script = office_script(&w.office);
    bool over = false;

    office_go_to(&w.office, ref, STAGE_DOCUMENTS);
    for (;;) {
        struct case_file file = office_read(&w.office, ref);
        struct arena *a = &w.office.arena;

        if (test_failing() ||
            !failed(command_ready(a, file.state,
                                  command_kind_find(S("review.pass")))))
            break;
        EXPECT_OK(office_step(&w.office, &script, ref, &over));
    }
    look(&w, ref, rows, COUNT(rows));
}

/* [TU1] [TU2] [M15] [M16] [M17] */
ONE_STORE_TEST(a_team_at_the_site_finds_its_acts_where_their_matter_is, true)
{
    static const struct row rows[] = {
        { "auditor1", "", "/do/figure.record\"", true },
        { "auditor1", "", "/do/defence.record\"", true },
        { "auditor1", "", "/do/interview.record\"", true },
        { "auditor1", "/audit", "/do/figure.record\"", true },
        { "auditor1", "/audit", "/do/nonconformity.raise\"", true },
        { "auditor1", "/audit", "/do/defence.record\"", true },
        { "auditor1", "/checklist", "/do/interview.record\"", true },
        { "auditor1", "/checklist", "/do/sample.commit\"", true },
        { "auditor1", "/checklist", "/do/defence.record\"", false },
        { "newcomer", "/audit", "/do/figure.record\"", false },
        { "planner", "", "/do/figure.record\"", false },
        { "planner", "/team", "/do/plan.replace\"", true },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    begin_audit(&w, ref);
    look(&w, ref, rows, COUNT(rows));
}

/* [TU2] What is not their turn is folded, and what waits is not said twice. */
ONE_STORE_TEST(on_the_overview_only_whose_turn_it_is_finds_buttons, true)
{
    static const struct row rows[] = {
        { "intake", "", "/do/supplement.ask\"", true },
        { "intake", "", "/do/application.decline\"", true },
        { "intake", "", "/do/application.accept\"", false },
        { "intake", "", "/do/complaint.record\"", false },
        { "newcomer", "", "/do/document.reuse\"", false },
        { "newcomer", "", "/do/case.withdraw\"", false },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    look(&w, ref, rows, COUNT(rows));
}

/* --- in whose words ------------------------------------------------------ */

/* The enterprise cures, the reviewer restores. */
ONE_STORE_TEST(who_restores_a_certificate_reads_what_a_reviewer_does, true)
{
    const char *cure = "Cure the cause of the suspension";
    const char *restore = "and restore the certificate";
    char today[DAY_TEXT];
    char json[200];
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    struct browser b = enter(&w, "reviewer");

    (void)day_text(office_today(&w.office), today);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   today);
    EXPECT_OK(
        office_do(&w.office, "certificates", ref, "certificate.suspend", json));
    struct response rs = work_get(&w, &b, work_text(&w, "/cases/", ref, ""));
    EXPECT(work_holds(&rs, restore) && !work_holds(&rs, cure));
    rs = work_get(&w, &b, "/work");
    EXPECT(work_holds(&rs, restore) && !work_holds(&rs, cure));
    b = enter(&w, "newcomer");
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, ""));
    EXPECT(work_holds(&rs, cure) && !work_holds(&rs, restore));
}

/* --- who comes next [TU4] ------------------------------------------------ */

struct saying {
    const char *login;
    const char *tab;
    const char *said;
    bool there;
};

static void listen(struct test_work *w, str ref, const struct saying *rows,
                   size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct browser b = enter(w, rows[i].login);
        struct response rs =
            work_get(w, &b, work_text(w, "/cases/", ref, rows[i].tab));

        EXPECT_ROW(rows[i].said, rs.status == 200);
        EXPECT_ROW(rows[i].said,
                   work_holds(&rs, rows[i].said) == rows[i].there);
    }
}

ONE_STORE_TEST(whoever_comes_next_is_told_so_as_you, true)
{
    static const struct saying at_first[] = {
        { "newcomer", "", "You fill in your application next.", true },
        { "newcomer", "", "waiting for you", true },
        { "newcomer", "/papers", "you hand it in next.", true },
        { "newcomer", "/papers", "the enterprise hands it in", false },
        { "intake", "", "The enterprise fills in its application next.", true },
        { "intake", "", "waiting for the enterprise", true },
        { "intake", "/papers", "the enterprise hands it in next.", true },
        { "finance", "/money", "You make one once", true },
        { "newcomer", "/money", "Finance makes one", true },
        { "planner", "/team", "You name it once", true },
        { "planner", "/audit", "You make it once", true },
        { "newcomer", "/team", "The planner names it", true },
    };
    static const struct saying agreed[] = {
        { "newcomer", "/audit", "The opening meeting comes next.", true },
        { "auditor1", "/audit", "You hold the opening meeting next.", true },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    listen(&w, ref, at_first, COUNT(at_first));
    struct browser b = enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, "/cases");
    EXPECT(work_holds(&rs, "waiting for you"));
    b = enter(&w, "intake");
    rs = work_get(&w, &b, "/cases");
    EXPECT(work_holds(&rs, "waiting for the enterprise"));
    office_go_to(&w.office, ref, STAGE_AUDIT);
    listen(&w, ref, agreed, COUNT(agreed));
}

ONE_STORE_TEST(a_quote_waits_for_you_and_a_decision_for_your_signature, true)
{
    static const struct saying quoted[] = {
        { "newcomer", "/money", "You have a quote.", true },
        { "finance", "/money", "waits for the enterprise to accept", true },
    };
    static const struct saying accepted[] = {
        { "newcomer", "/money", "the body signs next", true },
        { "finance", "/money", "you sign next", true },
        { "planner", "/money", "the body signs next", true },
    };
    static const struct saying decided[] = {
        { "head", "/decision", "you sign next, as head", true },
        { "reviewer", "/decision", "the head of the body signs next", true },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct script script = office_script(&w.office);
    bool over = false;

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    EXPECT_OK(office_step(&w.office, &script, ref, &over)); /* quote.make */
    listen(&w, ref, quoted, COUNT(quoted));
    EXPECT_OK(office_step(&w.office, &script, ref, &over)); /* accepted */
    listen(&w, ref, accepted, COUNT(accepted));
    office_go_to(&w.office, ref, STAGE_DECISION);
    EXPECT_OK(office_do(&w.office, "reviewer", ref, "decision.grant", "{}"));
    listen(&w, ref, decided, COUNT(decided));
}
