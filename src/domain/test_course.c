/*
 * The plain course of the main path, as the tests of later stages begin with.
 */

#include "domain/test_fixture.h"

#include "base/check.h"

#include <stdio.h>

static void add(struct fixture *f, const char *requirement)
{
    char json[400];

    (void)snprintf(json, sizeof json,
                   "{'requirement':'%s','title':'文件','blob':'%s','size':10,"
                   "'covers_from':'2025-10-01','covers_to':'2026-02-28'}",
                   requirement, ONES);
    DO(f, "applicant", "document.add", json);
}

/* Everything before the application. */
static void collect(struct fixture *f, const char *more, bool with_licence)
{
    char json[200];

    (void)snprintf(json, sizeof json, "{'scheme':'mini','level':'ten'%s%s}",
                   *more == '\0' ? "" : ",", more);
    DO(f, "applicant", "case.open", json);
    DO(f, "applicant", "eligibility.answer", DECLARED("false"));
    DO(f, "applicant", "assessment.record",
       "{'answers':[" FIRST_FIVE ",{'indicator':'3.2','result':'met'}],"
       "'figures':[{'figure':'satisfaction','k':93,'n':100},"
       "{'figure':'resolution','k':91,'n':100}]}");
    if (with_licence)
        add(f, "licence");
    add(f, "manual");
    add(f, "records");
}

void prepare_kind(struct fixture *f, const char *more)
{
    collect(f, more, true);
}

void prepare_case(struct fixture *f)
{
    prepare_kind(f, "");
}

void do_preparation(struct fixture *f, bool with_licence)
{
    collect(f, "", with_licence);
    DO(f, "applicant", "application.submit",
       "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"
       "'sites':[{'name':'总部','place':'示例市','kind':'hq'},"
       "{'name':'一店','place':'示例市','kind':'outlet'}]}");
}

void do_preparation_of_trade(struct fixture *f, const char *trade)
{
    char json[400];

    prepare_case(f);
    (void)snprintf(json, sizeof json,
                   "{'scope':'家用电器的售后服务','staff':40,"
                   "'service_staff':12,'trade':'%s',"
                   "'sites':[{'name':'总部','place':'示例市','kind':'hq'},"
                   "{'name':'一店','place':'示例市','kind':'outlet'}]}",
                   trade);
    DO(f, "applicant", "application.submit", json);
}

void do_completeness(struct fixture *f)
{
    DO(f, "intake", "application.accept", "{}");
}

void do_contract(struct fixture *f)
{
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'审查费','kind':'fee','amount':1600000},"
       "{'text':'差旅','kind':'travel','amount':200000}],'prepay':3000}");
    DO(f, "applicant", "contract.accept", "{}");
    DO(f, "finance", "contract.sign", "{}");
    DO(f, "finance", "payment.record",
       "{'amount':480000,'received':'2026-03-02',"
       "'payer':'示例电器有限公司'}");
}

void do_documents(struct fixture *f)
{
    DO(f, "lead", "document.judge",
       "{'requirement':'manual','quantified':'yes','closed':'yes',"
       "'resourced':'na'}");
    DO(f, "lead", "document.judge",
       "{'requirement':'records','quantified':'na','closed':'na',"
       "'resourced':'yes'}");
    DO(f, "lead", "review.pass", "{}");
}

void do_plan(struct fixture *f)
{
    char json[300];
    char from[DAY_TEXT];
    char to[DAY_TEXT];

    (void)day_text(f->facts.today + 14, from);
    (void)day_text(f->facts.today + 16, to);
    (void)snprintf(json, sizeof json,
                   "{'lead':'lead','members':['auditor'],'from':'%s',"
                   "'to':'%s','person_days':45}",
                   from, to);
    DO(f, "planner", "plan.make", json);
    DO(f, "applicant", "plan.agree", "{}");
    pass_days(f, 14);
}

void do_findings(struct fixture *f, const char *result_of_1_1)
{
    char json[200];

    (void)snprintf(json, sizeof json,
                   "{'indicator':'1.1','result':'%s','evidence':['现场'],"
                   "'site':'总部'}",
                   result_of_1_1);
    DO(f, "auditor", "finding.record", json);
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "finding.record", "{'indicator':'2.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'na','note':'没有回收业务'}");
    DO(f, "lead", "finding.record", "{'indicator':'3.1','result':'met'}");
    DO(f, "lead", "finding.record", "{'indicator':'3.2','result':'met'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':93,'n':100,'source':'满意度调查'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':91,'n':100,'source':'维修工单'}");
}

void do_draw(struct fixture *f)
{
    DO(f, "auditor", "sample.commit",
       "{'list':'" TWOS "','size':300,'commitment':'" COMMIT_ONES "'}");
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
}

void do_sample(struct fixture *f, int satisfied)
{
    do_draw(f);
    for (int i = 1; i <= 5; i++) {
        char json[80];

        (void)snprintf(json, sizeof json, "{'position':%d,'outcome':'%s'}", i,
                       i <= satisfied ? "satisfied" : "dissatisfied");
        DO(f, "auditor", "sample.ask", json);
    }
}

void do_audit(struct fixture *f)
{
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
}

void do_report(struct fixture *f)
{
    DO(f, "lead", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
}

/* An audit and report that leave one minor nonconformity to correct. */
static void find_one_minor(struct fixture *f)
{
    char json[200];
    char until[DAY_TEXT];

    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    (void)day_text(f->facts.today + 20, until);
    (void)snprintf(json, sizeof json,
                   "{'recommended':true,'summary':'报告','correct_until':'%s'}",
                   until);
    DO(f, "lead", "report.issue", json);
    DO(f, "applicant", "report.acknowledge", "{}");
}

void do_decision(struct fixture *f)
{
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
}

void do_reduction(struct fixture *f, const char *who, const char *json)
{
    DO(f, who, "reduction.decide", json);
    DO(f, "head", "certificate.reduce", "{}");
}

void do_round_audit(struct fixture *f)
{
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'满意度调查'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'维修工单'}");
    DO(f, "spare", "audit.close", "{}");
}

void do_round_plan(struct fixture *f)
{
    char json[200];
    char date[DAY_TEXT];

    (void)day_text(f->facts.today, date);
    (void)snprintf(json, sizeof json,
                   "{'lead':'spare','members':['auditor'],'from':'%s',"
                   "'to':'%s','person_days':20}",
                   date, date);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    DO(f, "planner", "plan.make", json);
    DO(f, "applicant", "plan.agree", "{}");
}

void do_round_report(struct fixture *f)
{
    DO(f, "spare", "report.issue",
       "{'recommended':true,'summary':'报告','runs':true,"
       "'improvements':'低库存预警'}");
    DO(f, "applicant", "report.acknowledge", "{}");
}

static void do_upkeep(struct fixture *f)
{
    pass_days(f, 340);
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    do_decision(f);
}

void go_to(struct fixture *f, enum stage stage)
{
    if (stage > STAGE_PREPARATION)
        do_preparation(f, true);
    if (stage > STAGE_COMPLETENESS)
        do_completeness(f);
    if (stage > STAGE_CONTRACT)
        do_contract(f);
    if (stage > STAGE_DOCUMENTS)
        do_documents(f);
    if (stage > STAGE_PLAN)
        do_plan(f);
    if (stage == STAGE_CORRECTION)
        find_one_minor(f);
    else if (stage > STAGE_AUDIT)
        do_audit(f);
    if (stage > STAGE_CORRECTION)
        do_report(f);
    if (stage > STAGE_DECISION)
        do_decision(f);
    if (stage > STAGE_CERTIFICATE)
        DO(f, "certificates", "certificate.issue", "{}");
    if (stage > STAGE_UPKEEP)
        do_upkeep(f);
    else
        EXPECT(f->state->stage == stage);
}

void certified(struct fixture *f, const char *today)
{
    go_to(f, STAGE_CERTIFICATE);
    set_today(f, "2026-04-15");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, today);
}

void do_round_of(struct fixture *f, const char *kind, const char *level)
{
    char json[100];

    (void)snprintf(json, sizeof json, "{'kind':'%s','reason':'申请'}", kind);
    DO(f, "planner", "round.open", json);
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-06-01',"
       "'to':'2026-06-01','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    do_round_audit(f);
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    (void)snprintf(json, sizeof json, "{'level':'%s'}", level);
    DO(f, "reviewer", "decision.grant", json);
    DO(f, "head", "decision.sign", "{}");
}
