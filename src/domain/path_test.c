/*
 * Whole paths of a case, as people go them.
 */

#include "domain/test_fixture.h"

#include "domain/sampling.h"

/* What the case waits for, as a row of the story below. */
static void expect_at(const struct fixture *f, const char *row,
                      enum stage stage, enum waiting waiting, const char *due)
{
    char got[DAY_TEXT];

    EXPECT_ROW(row, f->state->stage == stage);
    EXPECT_ROW(row, f->state->waiting == waiting);
    EXPECT_ROW_STR(row, day_text(f->state->due, got), str_of(due));
}

/* [M4] [M6]-[M22]: the whole main path, and after each step whose turn it is
 * and until when. */
TEST(one_case_goes_from_opening_to_the_first_surveillance)
{
    FIXTURE(f);

    /* stage 1, preparation */
    do_preparation(f, true);
    expect_at(f, "[M12] five working days", STAGE_COMPLETENESS, WAITING_BODY,
              "2026-03-09");
    EXPECT(f->state->assessment->shown == 9800); /* [M7] 1.2 loses 2 points */
    EXPECT_STR(f->state->assessment->level, S("ten"));

    /* stage 2, completeness */
    set_today(f, "2026-03-05");
    do_completeness(f);
    expect_at(f, "accepted", STAGE_CONTRACT, WAITING_BODY, "never");

    /* stage 3, contract */
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'审查费','kind':'fee','amount':1600000},"
       "{'text':'差旅','kind':'travel','amount':200000}],'prepay':3000}");
    expect_at(f, "quoted", STAGE_CONTRACT, WAITING_APPLICANT, "never");
    EXPECT(f->state->quote->prepayment == 480000); /* [M13] [M30] */
    EXPECT(f->state->quote->total == 1800000);
    DO(f, "applicant", "contract.accept", "{}");
    expect_at(f, "accepted by the client", STAGE_CONTRACT, WAITING_BODY,
              "never");
    DO(f, "finance", "contract.sign", "{}");
    expect_at(f, "signed", STAGE_CONTRACT, WAITING_APPLICANT, "never");
    DO(f, "finance", "payment.record",
       "{'amount':479999,'received':'2026-03-05','payer':'示例电器有限公司'}");
    expect_at(f, "one fen short", STAGE_CONTRACT, WAITING_APPLICANT, "never");
    DO(f, "finance", "payment.record",
       "{'amount':1,'received':'2026-03-05','payer':'示例电器有限公司'}");
    expect_at(f, "prepaid", STAGE_DOCUMENTS, WAITING_BODY, "never");

    /* stage 4, document review [M14] */
    do_documents(f);
    expect_at(f, "reviewed", STAGE_PLAN, WAITING_BODY, "never");

    /* stage 5, plan [M15] */
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2026-03-23',"
       "'to':'2026-03-25','person_days':45}");
    expect_at(f, "planned", STAGE_PLAN, WAITING_APPLICANT, "never");
    DO(f, "applicant", "plan.agree", "{}");
    expect_at(f, "agreed", STAGE_AUDIT, WAITING_BODY, "2026-03-25");

    /* stage 6, site audit [M15]-[M17] */
    set_today(f, "2026-03-23");
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "auditor", "sample.commit",
       "{'list':'" TWOS "','size':300,'commitment':'" COMMIT_ONES "'}");
    expect_at(f, "[M16] the enterprise's half", STAGE_AUDIT, WAITING_APPLICANT,
              "2026-03-25");
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    expect_at(f, "[M16] the body's half", STAGE_AUDIT, WAITING_BODY,
              "2026-03-25");
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
    DO(f, "auditor", "sample.ask", "{'position':1,'outcome':'unreached'}");
    DO(f, "auditor", "sample.ask", "{'position':2,'outcome':'satisfied'}");
    DO(f, "auditor", "sample.ask", "{'position':3,'outcome':'satisfied'}");
    DO(f, "auditor", "sample.ask", "{'position':4,'outcome':'satisfied'}");
    DO(f, "auditor", "sample.ask", "{'position':5,'outcome':'satisfied'}");
    DO(f, "auditor", "sample.ask", "{'position':6,'outcome':'dissatisfied'}");
    EXPECT(f->state->sample.reached == 5 && f->state->sample.satisfied == 4);
    EXPECT(sampling_verdict(f->state) == SAMPLE_CANNOT_TELL);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    expect_at(f, "closed", STAGE_REPORT, WAITING_BODY, "never");

    /* stages 7 and 8, report and correction [M18] */
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-15'}");
    EXPECT(f->state->report->shown == 7500); /* 60 of the 80 that apply */
    expect_at(f, "reported", STAGE_REPORT, WAITING_APPLICANT, "2026-04-15");
    DO(f, "applicant", "report.acknowledge", "{}");
    expect_at(f, "to be corrected", STAGE_CORRECTION, WAITING_APPLICANT,
              "2026-04-15");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'分工','action':'专人','evidence':['记录']}");
    expect_at(f, "submitted", STAGE_CORRECTION, WAITING_BODY, "never");
    DO(f, "auditor", "correction.return", "{'number':1,'note':'缺签到'}");
    expect_at(f, "returned", STAGE_CORRECTION, WAITING_APPLICANT, "2026-04-15");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'分工','action':'专人','evidence':['签到']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    expect_at(f, "corrected", STAGE_DECISION, WAITING_BODY, "never");

    /* stage 9, decision [M19] */
    set_today(f, "2026-04-13");
    DO(f, "reviewer", "decision.question", "{'reasons':'谁核对名单？'}");
    DO(f, "lead", "decision.answer", "{'reasons':'审查组'}");
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(f->state->decision->shown == 10000); /* the correction counts */
    expect_at(f, "decided", STAGE_DECISION, WAITING_BODY, "never");
    DO(f, "head", "decision.sign", "{}");
    expect_at(f, "[M20] seven working days", STAGE_CERTIFICATE, WAITING_BODY,
              "2026-04-22");

    /* stage 10, certificate [M20] [M21] */
    set_today(f, "2026-04-15");
    DO(f, "certificates", "certificate.issue", "{}");
    EXPECT_STR(f->state->certificate->number, S("00026SC0006R0S"));
    EXPECT(f->state->certificate->until == on("2029-04-14"));
    expect_at(f, "[M22] in twelve months", STAGE_UPKEEP, WAITING_BODY,
              "2027-04-15");

    /* stage 11, upkeep [M22] */
    set_today(f, "2027-03-22");
    do_round_plan(f);
    expect_at(f, "planned again", STAGE_AUDIT, WAITING_BODY, "2027-03-22");
    do_round_audit(f);
    do_round_report(f);
    expect_at(f, "audited again", STAGE_DECISION, WAITING_BODY, "never");
    do_decision(f);
    expect_at(f, "the next round", STAGE_UPKEEP, WAITING_BODY, "2028-03-22");
    EXPECT(f->state->surveillances == 1);
}
