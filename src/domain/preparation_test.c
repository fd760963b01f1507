/* Stage 1: opening, eligibility, self-assessment, documents. */

#include "domain/test_fixture.h"

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

/* [M6] */
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

/* The first item may be one to declare. */
TEST(a_package_may_ask_for_declarations_alone)
{
    static const char old[] =
        "  - id: registered\n"
        "    label: { zh: 注册满三个月, en: Registered for three months }\n"
        "    registered: 3m\n"
        "  - id: scope\n"
        "    label: { zh: 经营范围含销售或服务, en: Scope includes sales or "
        "service }\n"
        "    scope: [销售, 服务]\n";
    scoped(fixture_end) struct fixture *f = fixture_with(old, "");

    do_preparation(f, true);
    EXPECT(f->state->eligibility->failed.n == 0);
    EXPECT(f->state->stage == STAGE_COMPLETENESS);
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

/* [M7]: 80 points are three stars, and 95 with the figures are ten. */
TEST(a_self_assessment_records_score_and_level)
{
#define ASSESS(of_1_1, of_1_2, k)                                              \
    "{'answers':[{'indicator':'1.1','result':'" of_1_1 "'},"                   \
    "{'indicator':'1.2','result':'sampled','k':" of_1_2 ",'n':20},"            \
    "{'indicator':'2.1','result':'met'},"                                      \
    "{'indicator':'2.2','result':'sampled','k':10,'n':10},"                    \
    "{'indicator':'3.1','result':'met'},"                                      \
    "{'indicator':'3.2','result':'met'}],"                                     \
    "'figures':[{'figure':'satisfaction','k':" k ",'n':100},"                  \
    "{'figure':'resolution','k':91,'n':100}]}"
    static const struct {
        const char *json;
        int64_t shown;
        const char *level;
    } rows[] = {
        { ASSESS("met", "20", "90"), 10000, "ten" },
        { ASSESS("met", "15", "90"), 9500, "ten" },
        { ASSESS("met", "14", "90"), 9400, "three" },
        { ASSESS("met", "20", "89"), 10000, "three" },
        { ASSESS("not_met", "20", "90"), 8000, "three" },
        { ASSESS("not_met", "19", "90"), 7900, "" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        DO(f, "applicant", "assessment.record", rows[i].json);
        EXPECT_ROW(rows[i].json, f->state->assessment->shown == rows[i].shown);
        EXPECT_ROW_STR(rows[i].json, f->state->assessment->level,
                       str_of(rows[i].level));
    }
}

/* --- documents [M8] [M9] ------------------------------------------------ */

#define FILE_OF(requirement, rest)                                             \
    "{'requirement':'" requirement "','title':'t','blob':'" ONES               \
    "','size':1" rest "}"

/* [M8] [M9] */
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
