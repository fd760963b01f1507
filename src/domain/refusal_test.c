/*
 * What a refusal tells its reader: which rule, and what would be needed
 * (journey.md, "Who acts"). [C2]  The sentences are pinned, in both languages,
 * with the numbers and days that the rules work out for them.
 */

#include "domain/test_fixture.h"
#include "domain/test_pinned.h"
#include "text/text.h"

#define REPLIES "{'indicator':'1.1','result':'met'}"
#define APPLY(staff, service, sites)                                           \
    "{'scope':'服务','staff':" staff ",'service_staff':" service               \
    ",'sites':[" sites "]}"
#define HQ "{'name':'a','place':'p','kind':'hq'}"
#define PLAN(more)                                                             \
    "{'lead':'lead','members':['auditor'],'from':'2026-03-16'," more "}"

struct refused {
    enum stage stage;
    const char *who;
    const char *command;
    const char *json;
};

/* clang-format off */
static const struct refused rows[] = {
    { STAGE_PREPARATION, "applicant", "case.open", "{'scheme':'mini','level':'eleven'}" },
    { STAGE_PREPARATION, "finance", "case.open", "{'scheme':'mini','level':'ten'}" },
    { STAGE_PREPARATION, "rival", "case.open", "{'scheme':'mini','level':'ten'}" },
    { STAGE_COMPLETENESS, "applicant", "quote.make", "{'lines':[],'prepay':1}" },
    { STAGE_COMPLETENESS, "finance", "quote.make", "{'lines':[{'text':'x','kind':'fee','amount':1}],'prepay':3000}" },
    { STAGE_COMPLETENESS, "intake", "case.withdraw", "{'reasons':'x'}" },
    { STAGE_COMPLETENESS, "lead", "message.send", "{'text':'x'}" },
    { STAGE_COMPLETENESS, "applicant", "message.send", "{'text':' '}" },
    { STAGE_COMPLETENESS, "applicant", "message.settle", "{}" },
    { STAGE_COMPLETENESS, "intake", "message.settle", "{}" },
    { STAGE_CONTRACT, "finance", "quote.make", "{'lines':[{'text':'x','kind':'fee','amount':1}],'prepay':2950}" },
    { STAGE_DOCUMENTS, "finance", "payment.record", "{'amount':1320001,'received':'2026-03-02','payer':'示例电器有限公司'}" },
    { STAGE_DOCUMENTS, "finance", "payment.record", "{'amount':1,'received':'2026-03-03','payer':'示例电器有限公司'}" },
    { STAGE_DOCUMENTS, "finance", "payment.record", "{'amount':1,'received':'2026-03-02','payer':'示例咨询公司'}" },
    { STAGE_DOCUMENTS, "finance", "invoice.issue", "{'number':'1','what':'audit','due':'2026-04-01'}" },
    { STAGE_DOCUMENTS, "lead", "review.pass", "{}" },
    { STAGE_DOCUMENTS, "lead", "document.judge", "{'requirement':'extra','quantified':'na','closed':'yes','resourced':'na'}" },
    { STAGE_DOCUMENTS, "lead", "document.judge", "{'requirement':'manual','quantified':'yes','closed':'no','resourced':'na'}" },
    { STAGE_PLAN, "planner", "plan.make", PLAN("'to':'2026-03-16','person_days':21") },
    { STAGE_PLAN, "planner", "plan.make", PLAN("'to':'2026-03-18','person_days':44") },
    { STAGE_PLAN, "planner", "plan.make", PLAN("'to':'2026-03-19','person_days':45") },
    { STAGE_PLAN, "planner", "plan.make", "{'lead':'lead','from':'2026-03-16','to':'2026-03-18','person_days':30}" },
    { STAGE_PLAN, "planner", "plan.make", "{'lead':'tied','members':['auditor'],'from':'2026-03-16','to':'2026-03-18','person_days':45}" },
    { STAGE_PLAN, "planner", "plan.make", "{'lead':'lead','members':['auditor'],'from':'2026-03-01','to':'2026-03-03','person_days':45}" },
    { STAGE_PLAN, "planner", "sites.draw", "{}" },
    { STAGE_PLAN, "planner", "plan.make", PLAN("'to':'2026-03-18','person_days':45,'modes':['X']") },
    { STAGE_PLAN, "certificates", "certificate.suspend", "{'code':'0111','reasons':'x','confirmed':'2026-03-02'}" },
    { STAGE_AUDIT, "auditor", "audit.open", "{}" },
    { STAGE_AUDIT, "applicant", "plan.object", "{'reasons':'x'}" },
    { STAGE_REPORT, "lead", "report.issue", "{'recommended':true,'summary':'x','correct_until':'2026-04-05'}" },
    { STAGE_CORRECTION, "applicant", "correction.submit", "{'number':2,'cause':'x','action':'x','evidence':['x']}" },
    { STAGE_CORRECTION, "auditor", "correction.accept", "{'number':1}" },
    { STAGE_CORRECTION, "planner", "correction.extend", "{'until':'2026-04-16','reason':'x'}" },
    { STAGE_CORRECTION, "reviewer", "decision.refuse", "{'reasons':'x'}" },
    { STAGE_DECISION, "lead", "decision.grant", "{}" },
    { STAGE_DECISION, "reviewer", "decision.grant", "{'level':'eleven'}" },
    { STAGE_DECISION, "planner", "decision.panel", "{'chair':'tied','members':['critic','umpire']}" },
    { STAGE_DECISION, "planner", "decision.panel", "{'chair':'reviewer','members':['critic','head']}" },
    { STAGE_DECISION, "expert", "decision.advise", "{'text':'x'}" },
    { STAGE_UPKEEP, "applicant", "case.withdraw", "{'reasons':'x'}" },
    { STAGE_UPKEEP, "applicant", "mark.ask", "{'use':'tender','where':'x','words':'国家级服务认证'}" },
    { STAGE_UPKEEP, "applicant", "mark.ask", "{'use':'tender','where':'x','words':'管理体系认证'}" },
    { STAGE_UPKEEP, "applicant", "mark.ask", "{'use':'tender','where':'x','words':'x'}" },
    { STAGE_UPKEEP, "applicant", "mark.ask", "{'use':'website','where':'x','words':'服务认证'}" },
    { STAGE_UPKEEP, "certificates", "mark.approve", "{'number':1}" },
    { STAGE_UPKEEP, "certificates", "certificate.sub", "{}" },
    { STAGE_UPKEEP, "certificates", "certificate.sub", "{'n':2,'scope':'家用电器、家具'}" },
    { STAGE_UPKEEP, "certificates", "certificate.sub", "{'n':2,'until':'2029-03-16'}" },
    { STAGE_UPKEEP, "certificates", "certificate.sub_end", "{'number':'x','why':'closed','reasons':'x'}" },
    { STAGE_UPKEEP, "applicant", "change.ask", "{'kind':'sites','sites':['总部'],'reasons':'x'}" },
    { STAGE_UPKEEP, "certificates", "misuse.settle", "{'number':1,'outcome':'corrected','text':'x'}" },
    { STAGE_UPKEEP, "planner", "round.open", "{'kind':'special'}" },
    { STAGE_UPKEEP, "certificates", "certificate.suspend", "{'code':'0111','reasons':'x','confirmed':'2026-03-17'}" },
    { STAGE_UPKEEP, "reviewer", "certificate.restore", "{'reasons':'x'}" },
    { STAGE_UPKEEP, "head", "certificate.withdraw", "{}" },
    { STAGE_UPKEEP, "head", "certificate.reduce", "{}" },
    { STAGE_UPKEEP, "reviewer", "certificate.reduce", "{}" },
    { STAGE_UPKEEP, "certificates", "certificate.cancel", "{'code':'0122','reasons':'x'}" },
    { STAGE_UPKEEP, "certificates", "certificate.expire", "{}" },
    { STAGE_UPKEEP, "applicant", "appeal.file", "{'subject':'suspension','grounds':'x'}" },
    { STAGE_UPKEEP, "finance", "complaint.answer", "{'number':1,'justified':true,'answer':'x'}" },
};
/* clang-format on */

/* "command" and the sentence in either language, a line each. */
static void put(struct buf *b, const char *command, err e)
{
    buf_printf(b, "%s\n", command);
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        buf_str(b, S("    "));
        text_err(b, l, e);
        buf_char(b, '\n');
    }
}

static void refuse(struct fixture *f, struct buf *b, const struct refused *r)
{
    struct event_list events = { 0 };
    err e = try_it(f, r->who, r->command, r->json, &events);

    EXPECT_ROW(r->command, failed(e));
    if (failed(e))
        put(b, r->command, e);
}

/* --- where more has to happen first --------------------------------------- */

static void refuse_before_application(struct fixture *f, struct buf *b)
{
    static const struct refused few[] = {
        { 0, "applicant", "application.submit", APPLY("2", "1", HQ) },
        { 0, "applicant", "document.add",
          "{'requirement':'records','title':'t','blob':'" ONES
          "','size':1,'covers_from':'2026-03-01','covers_to':'2026-03-03'}" },
        { 0, "applicant", "document.reuse",
          "{'requirement':'records','from':'C2025-0001:records'}" },
        { 0, "applicant", "documents.take_over", "{}" },
        { 0, "applicant", "transfer.record",
          "{'number':'99925SC0001R0S','body':'示例机构','approval':'示例',"
          "'criterion':'T 1-2026','level':'ten','first_issued':'2025-05-01',"
          "'until':'2028-04-30','last_audit':'2026-01-05','suspended':false,"
          "'reason':'x','evidence':['x']}" },
    };

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':false}]}");
    DO(f, "applicant", "assessment.record", "{'answers':[" REPLIES "]}");
    for (size_t i = 0; i < COUNT(few); i++)
        refuse(f, b, &few[i]);
}

/* Two items of eligibility are not met; the first is named. */
static void refuse_application(struct fixture *f, struct buf *b)
{
    static const struct refused submit = { 0, "applicant", "application.submit",
                                           APPLY("2", "3", HQ) };

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':false},"
       "{'item':'accident','yes':true}]}");
    DO(f, "applicant", "assessment.record",
       "{'answers':[" REPLIES ",{'indicator':'1.2','result':'sampled','k':9,"
       "'n':10},{'indicator':'2.1','result':'met'},"
       "{'indicator':'2.2','result':'sampled','k':10,'n':10},"
       "{'indicator':'3.1','result':'met'},"
       "{'indicator':'3.2','result':'met'}]}");
    refuse(f, b, &submit);
    DO(f, "applicant", "eligibility.answer", DECLARED("false"));
    refuse(f, b, &submit);
}

static void refuse_audit(struct fixture *f, struct buf *b)
{
    static const struct refused ask = {
        0, "auditor", "sample.ask", "{'position':3,'outcome':'satisfied'}"
    };
    static const struct refused close = { 0, "lead", "audit.close", "{}" };

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record", REPLIES);
    refuse(f, b, &close);
    DO(f, "auditor", "sample.commit",
       "{'list':'" TWOS "','size':300,'commitment':'" COMMIT_ONES "'}");
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
    DO(f, "auditor", "sample.ask", "{'position':1,'outcome':'satisfied'}");
    refuse(f, b, &ask);
    do_findings(f, "met");
    refuse(f, b, &close);
}

static void refuse_incomplete(struct fixture *f, struct buf *b)
{
    static const struct refused accept = { 0, "intake", "application.accept",
                                           "{}" };

    do_preparation(f, false);
    refuse(f, b, &accept);
}

static void refuse_low_score(struct fixture *f, struct buf *b)
{
    static const struct refused grant = { 0, "reviewer", "decision.grant",
                                          "{'level':'ten'}" };

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "met");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.1','result':'not_met','evidence':['x'],'site':'总部'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    do_report(f);
    refuse(f, b, &grant);
}

/* A later round has its own norm, and its own team. */
static void refuse_round(struct fixture *f, struct buf *b)
{
    static const struct refused plan = {
        0, "planner", "plan.make",
        "{'lead':'spare','members':['auditor'],'from':'2026-03-16',"
        "'to':'2026-03-16','person_days':19}"
    };
    static const struct refused find = { 0, "lead", "finding.record",
                                         "{'indicator':'1.1','result':'met'}" };

    go_to(f, STAGE_UPKEEP);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    refuse(f, b, &plan);
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-03-16',"
       "'to':'2026-03-16','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "audit.open", "{}");
    refuse(f, b, &find);
}

TEST(a_refusal_says_which_rule_and_what_would_be_needed)
{
    static void (*const courses[])(struct fixture * f, struct buf * b) = {
        refuse_before_application, refuse_application,
        refuse_incomplete,         refuse_audit,
        refuse_low_score,          refuse_round,
    };
    TEST_ARENA(a, 4 << 20);
    struct buf b;

    buf_init(&b, &a, 1 << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        if (rows[i].stage > STAGE_PREPARATION)
            go_to(f, rows[i].stage);
        refuse(f, &b, &rows[i]);
    }
    for (size_t i = 0; i < COUNT(courses); i++) {
        FIXTURE(f);

        courses[i](f, &b);
    }
    expect_pinned(&a, "refusals.txt", buf_view(&b));
}
