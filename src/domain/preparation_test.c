/* Stage 1: opening, eligibility, self-assessment, documents, application. */

#include "domain/test_fixture.h"

#include "domain/conflict.h"
#include "domain/eligibility.h"

#define OPEN "{'scheme':'mini','level':'ten'}"

TEST(a_case_begins_with_being_opened)
{
    static const struct attempt rows[] = {
        { "nothing comes before", "applicant", "eligibility.answer",
          "{'declarations':[]}", ERR_REFUSED, "case.not_open" },
        { "not even giving up", "applicant", "case.withdraw", "{'reasons':'x'}",
          ERR_REFUSED, "case.not_open" },
        { "the applicant opens", "applicant", "case.open", OPEN, ALLOWED },
        { "[M11] staff open for a paper", "intake", "case.open", OPEN,
          ALLOWED },
        { "a level there is", "applicant", "case.open",
          "{'scheme':'mini','level':'three'}", ALLOWED },
        { "a level there is not", "applicant", "case.open",
          "{'scheme':'mini','level':'eleven'}", ERR_INVALID, "case.level" },
        { "another enterprise's applicant", "rival", "case.open", OPEN,
          ERR_DENIED, "rights.own" },
        { "no such command", "applicant", "case.shut", "{}", ERR_NOT_FOUND,
          "command.unknown" },
        { "no such member", "applicant", "case.open",
          "{'scheme':'mini','level':'ten','x':1}", ERR_INVALID,
          "record.unknown" },
    };
    FIXTURE(f);

    ATTEMPTS(f, rows);
    DO(f, "applicant", "case.open", OPEN);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    EXPECT(!f->state->opened->paper);
    NO(f, "applicant", "case.open", OPEN, ERR_REFUSED, "case.open_already");
}

/* [M11]: what is applied for on paper is entered by staff, and only that. */
TEST(staff_enter_what_an_applicant_says_only_in_a_paper_case)
{
    static const struct attempt rows[] = {
        { "staff in an online case", "intake", "eligibility.answer",
          "{'declarations':[]}", ERR_DENIED, "rights.paper" },
        { "nor give up for the enterprise", "intake", "case.withdraw",
          "{'reasons':'x'}", ERR_DENIED, "rights.paper" },
        { "the applicant itself", "applicant", "eligibility.answer",
          "{'declarations':[]}", ALLOWED },
        { "finance never", "finance", "eligibility.answer",
          "{'declarations':[]}", ERR_DENIED, "rights.role" },
    };
    static const struct attempt paper[] = {
        { "staff in a paper case", "intake", "eligibility.answer",
          "{'declarations':[]}", ALLOWED },
        { "the enterprise too", "applicant", "eligibility.answer",
          "{'declarations':[]}", ALLOWED },
        { "another enterprise not", "rival", "eligibility.answer",
          "{'declarations':[]}", ERR_DENIED, "rights.own" },
    };
    FIXTURE(f);
    FIXTURE(g);

    DO(f, "applicant", "case.open", OPEN);
    ATTEMPTS(f, rows);
    DO(g, "intake", "case.open", OPEN);
    EXPECT(g->state->opened->paper);
    ATTEMPTS(g, paper);
}

/* --- eligibility [M6] --------------------------------------------------- */

TEST(registration_counts_in_months_to_the_day)
{
    static const struct {
        const char *name;
        const char *registered;
        const char *today;
        bool want;
    } rows[] = {
        { "a day short", "2026-01-02", "2026-04-01", false },
        { "three months to the day", "2026-01-02", "2026-04-02", true },
        { "clamped to the month's end", "2025-11-30", "2026-02-28", true },
        { "a day before that", "2025-11-30", "2026-02-27", false },
        { "registered tomorrow", "2026-03-03", "2026-03-02", false },
    };
    const struct eligibility rule = {
        .kind = ELIGIBLE_REGISTERED,
        .span = { 3, SPAN_MONTHS },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct enterprise e = { .registered = on(rows[i].registered) };
        const struct list none = { NULL, 0 };

        EXPECT_ROW(rows[i].name,
                   eligibility_met(&rule, &e, &none, on(rows[i].today)) ==
                       rows[i].want);
    }
}

TEST(scope_must_hold_one_of_the_words)
{
    static const struct {
        const char *scope;
        bool want;
    } rows[] = {
        { "家用电器销售", true },
        { "技术服务", true },
        { "软件开发；生产", false },
        { "", false },
    };
    static const str words[] = { S_INIT("销售"), S_INIT("服务") };
    const struct eligibility rule = {
        .kind = ELIGIBLE_SCOPE,
        .words = words,
        .word_count = COUNT(words),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct enterprise e = { .scope = str_of(rows[i].scope) };
        const struct list none = { NULL, 0 };

        EXPECT_ROW(rows[i].scope,
                   eligibility_met(&rule, &e, &none, 0) == rows[i].want);
    }
}

TEST(declared_items_must_be_declared_as_wanted)
{
    static const struct {
        const char *name;
        struct declaration given;
        bool want;
    } rows[] = {
        { "as wanted", { S_INIT("accident"), false, { 0 } }, true },
        { "otherwise", { S_INIT("accident"), true, { 0 } }, false },
        { "about something else", { S_INIT("penalty"), false, { 0 } }, false },
    };
    const struct eligibility rule = {
        .id = S("accident"),
        .kind = ELIGIBLE_DECLARED,
        .want = false,
    };
    const struct enterprise e = { 0 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct declaration given = rows[i].given;
        const struct list one = { &given, 1 };

        EXPECT_ROW(rows[i].name,
                   eligibility_met(&rule, &e, &one, 0) == rows[i].want);
    }
}

TEST(eligibility_is_declared_item_by_item)
{
    static const struct attempt rows[] = {
        { "nothing declared", "applicant", "eligibility.answer",
          "{'declarations':[]}", ALLOWED },
        { "unknown item", "applicant", "eligibility.answer",
          "{'declarations':[{'item':'rich','yes':true}]}", ERR_INVALID,
          "eligibility.item" },
        { "the register answers this one", "applicant", "eligibility.answer",
          "{'declarations':[{'item':'registered','yes':true}]}", ERR_INVALID,
          "eligibility.item" },
        { "twice", "applicant", "eligibility.answer",
          "{'declarations':[{'item':'accident','yes':true},"
          "{'item':'accident','yes':false}]}",
          ERR_INVALID, "eligibility.twice" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    ATTEMPTS(f, rows);
    DO(f, "applicant", "eligibility.answer", "{'declarations':[]}");
    EXPECT(f->state->eligibility->failed.n == 2); /* both declared items */
    EXPECT(f->state->eligibility->registered == on("2020-01-15"));
}

/* --- self-assessment [M7] ----------------------------------------------- */

TEST(self_assessment_takes_only_answers_that_the_scheme_allows)
{
    static const struct attempt rows[] = {
        { "one answer", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}]}", ALLOWED },
        { "an inner indicator", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1','result':'met'}]}", ERR_INVALID,
          "reply.indicator" },
        { "twice", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'},"
          "{'indicator':'1.1','result':'met'}]}",
          ERR_INVALID, "reply.twice" },
        { "does not apply, without a reason", "applicant", "assessment.record",
          "{'answers':[{'indicator':'2.2','result':'na'}]}", ERR_INVALID,
          "reply.reason" },
        { "does not apply, with a reason", "applicant", "assessment.record",
          "{'answers':[{'indicator':'2.2','result':'na','reason':'x'}]}",
          ALLOWED },
        { "may not be left out", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'na','reason':'x'}]}",
          ERR_INVALID, "score.excludable" },
        { "more than there are", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.2','result':'sampled','k':11,"
          "'n':10}]}",
          ERR_INVALID, "score.sample" },
        { "none of none", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.2','result':'sampled'}]}", ERR_INVALID,
          "score.sample" },
        { "61 of 61", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.2','result':'sampled','k':61,"
          "'n':61}]}",
          ERR_INVALID, "record.range" },
        { "unknown figure", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}],"
          "'figures':[{'figure':'joy','k':1,'n':1}]}",
          ERR_INVALID, "reply.figure" },
        { "a figure above one", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}],"
          "'figures':[{'figure':'resolution','k':2,'n':1}]}",
          ERR_INVALID, "reply.ratio" },
        { "a figure twice", "applicant", "assessment.record",
          "{'answers':[{'indicator':'1.1','result':'met'}],"
          "'figures':[{'figure':'resolution','k':1,'n':1},"
          "{'figure':'resolution','k':1,'n':1}]}",
          ERR_INVALID, "reply.figure_twice" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    ATTEMPTS(f, rows);
}

/* --- documents [M8] [M9] ------------------------------------------------ */

#define FILE_OF(requirement, rest)                                             \
    "{'requirement':'" requirement "','title':'t','blob':'" ONES               \
    "','size':1" rest "}"

TEST(a_document_answers_a_requirement_and_covers_days_gone_by)
{
    static const struct attempt rows[] = {
        { "no period asked for", "applicant", "document.add",
          FILE_OF("licence", ""), ALLOWED },
        { "unknown requirement", "applicant", "document.add",
          FILE_OF("poem", ""), ERR_INVALID, "document.requirement" },
        { "a period is asked for", "applicant", "document.add",
          FILE_OF("records", ""), ERR_INVALID, "document.period" },
        { "its end is missing", "applicant", "document.add",
          FILE_OF("records", ",'covers_from':'2026-01-01'"), ERR_INVALID,
          "document.period" },
        { "half a period where none is asked for", "applicant", "document.add",
          FILE_OF("licence", ",'covers_to':'2026-01-01'"), ERR_INVALID,
          "document.period" },
        { "up to today", "applicant", "document.add",
          FILE_OF("records",
                  ",'covers_from':'2026-01-01','covers_to':'2026-03-02'"),
          ALLOWED },
        { "up to tomorrow", "applicant", "document.add",
          FILE_OF("records",
                  ",'covers_from':'2026-01-01','covers_to':'2026-03-03'"),
          ERR_INVALID, "document.dates" },
        { "backwards", "applicant", "document.add",
          FILE_OF("records",
                  ",'covers_from':'2026-02-02','covers_to':'2026-02-01'"),
          ERR_INVALID, "document.dates" },
        { "one day", "applicant", "document.add",
          FILE_OF("records",
                  ",'covers_from':'2026-02-01','covers_to':'2026-02-01'"),
          ALLOWED },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    ATTEMPTS(f, rows);
    f->state->document_count = DOCUMENT_MAX - 1;
    DO(f, "applicant", "document.add", FILE_OF("licence", ""));
    NO(f, "applicant", "document.add", FILE_OF("licence", ""), ERR_LIMIT,
       "document.too_many");
}

TEST(documents_come_later_only_when_they_were_asked_for)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    NO(f, "applicant", "document.add", FILE_OF("licence", ""), ERR_REFUSED,
       "document.not_asked");
    DO(f, "intake", "supplement.ask", "{'note':'请补'}"); /* [M12] */
    DO(f, "applicant", "document.add", FILE_OF("licence", ""));
}

/* --- application [M11] -------------------------------------------------- */

#define APPLY(staff, service, sites)                                           \
    "{'scope':'服务','staff':" staff ",'service_staff':" service               \
    ",'sites':[" sites "]}"
#define HQ   "{'name':'a','place':'p','kind':'hq'}"
#define SHOP "{'name':'b','place':'p','kind':'outlet'}"

TEST(an_application_needs_eligibility_and_self_assessment)
{
    static const char yes[] =
        "{'declarations':[{'item':'legal_person','yes':true},"
        "{'item':'accident','yes':false}]}";
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.no_eligibility"); /* [M6] */
    DO(f, "applicant", "eligibility.answer", yes);
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_assessed"); /* [M7] */
    DO(f, "applicant", "assessment.record",
       "{'answers':[{'indicator':'1.1','result':'met'},"
       "{'indicator':'1.2','result':'sampled','k':9,'n':10},"
       "{'indicator':'2.1','result':'met'},"
       "{'indicator':'2.2','result':'sampled','k':10,'n':10},"
       "{'indicator':'3.1','result':'met'}]}");
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_assessed"); /* one of six is missing */
}

TEST(who_is_no_longer_eligible_cannot_apply)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':true},"
       "{'item':'accident','yes':true}]}");
    DO(f, "applicant", "assessment.record",
       "{'answers':[{'indicator':'1.1','result':'met'},"
       "{'indicator':'1.2','result':'sampled','k':9,'n':10},"
       "{'indicator':'2.1','result':'met'},"
       "{'indicator':'2.2','result':'sampled','k':10,'n':10},"
       "{'indicator':'3.1','result':'met'},"
       "{'indicator':'3.2','result':'met'}]}");
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_eligible"); /* [M6] an accident */
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':true},"
       "{'item':'accident','yes':false}]}");
    f->enterprise.scope = S("软件开发"); /* the register changed meanwhile */
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_eligible");
    f->enterprise.scope = S("软件销售");
    DO(f, "applicant", "application.submit", APPLY("2", "1", HQ));
}

TEST(an_application_names_its_sites)
{
    static const struct attempt rows[] = {
        { "one headquarters", "applicant", "application.submit",
          APPLY("2", "1", HQ "," SHOP), ALLOWED },
        { "none", "applicant", "application.submit", APPLY("2", "1", SHOP),
          ERR_INVALID, "application.headquarters" },
        { "two", "applicant", "application.submit",
          APPLY("2", "1", HQ ",{'name':'c','place':'p','kind':'hq'}"),
          ERR_INVALID, "application.headquarters" },
        { "two of one name", "applicant", "application.submit",
          APPLY("2", "1", HQ "," SHOP "," SHOP), ERR_INVALID,
          "application.site_twice" },
        { "all in service", "applicant", "application.submit",
          APPLY("2", "2", HQ), ALLOWED },
        { "more in service than there are", "applicant", "application.submit",
          APPLY("2", "3", HQ), ERR_INVALID, "application.staff" },
        { "nobody", "applicant", "application.submit", APPLY("0", "0", HQ),
          ERR_INVALID, "record.range" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':true},"
       "{'item':'accident','yes':false}]}");
    DO(f, "applicant", "assessment.record",
       "{'answers':[{'indicator':'1.1','result':'met'},"
       "{'indicator':'1.2','result':'sampled','k':9,'n':10},"
       "{'indicator':'2.1','result':'met'},"
       "{'indicator':'2.2','result':'sampled','k':10,'n':10},"
       "{'indicator':'3.1','result':'met'},"
       "{'indicator':'3.2','result':'met'}]}");
    ATTEMPTS(f, rows);
}

/* --- ties [17065 4.2] --------------------------------------------------- */

TEST(a_tie_binds_for_the_package_s_time_after_its_last_day)
{
    static const struct {
        const char *name;
        const char *until; /* NULL: goes on */
        const char *today;
        bool want;
    } rows[] = {
        { "it goes on", NULL, "2026-03-02", true },
        { "its last day", "2026-03-02", "2026-03-02", true },
        { "two years later to the day", "2024-03-02", "2026-03-02", true },
        { "the day after", "2024-03-02", "2026-03-03", false },
        { "not begun to end", "2030-01-01", "2026-03-02", true },
    };
    const id here = { { 2, 1 } };
    const id elsewhere = { { 2, 2 } };
    const struct span within = { 24, SPAN_MONTHS };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct relation tie = { here, rows[i].until == NULL
                                                ? DAY_NEVER
                                                : on(rows[i].until) };
        const struct person p = { .relations = &tie, .relation_count = 1 };
        day today = on(rows[i].today);

        EXPECT_ROW(rows[i].name, conflict_of_interest(&p, here, today,
                                                      within) == rows[i].want);
        EXPECT_ROW(rows[i].name,
                   !conflict_of_interest(&p, elsewhere, today, within));
    }
}
