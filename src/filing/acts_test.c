/* What a month's report says of what befell a certificate. [M20] [条例 26] */

#include "base/check.h"
#include "filing/test_filing.h"

#include <stdio.h>

/* --- acts on a certificate */

static void suspend(struct fixture *f)
{
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2027-01-08'}");
}

static void suspend_and_restore(struct fixture *f)
{
    suspend(f);
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
}

static void reduce(struct fixture *f)
{
    do_reduction(f, "reviewer", "{'scope':'冰箱的售后服务','reasons':'停产'}");
}

static void decide_to_reduce(struct fixture *f)
{
    DO(f, "reviewer", "reduction.decide",
       "{'scope':'冰箱的售后服务','reasons':'停产'}");
}

/* As a journal has it of the days when no head signed. [LI7] */
static void reduce_alone(struct fixture *f)
{
    struct event *old = arena_zero(&f->arena, sizeof *old);

    decide_to_reduce(f);
    check(old != NULL);
    *old = *f->events[f->n - 1];
    old->kind = event_kind_find(S("scope.reduced"), 1);
    f->events[f->n - 1] = old;
}

static void return_reduction(struct fixture *f)
{
    decide_to_reduce(f);
    DO(f, "head", "reduction.return", "{'reasons':'未变窄'}");
}

static void withdraw(struct fixture *f)
{
    DO(f, "jack", "withdrawal.decide", "{'code':'0116','reasons':'停运'}");
    DO(f, "head", "certificate.withdraw", "{}");
}

static void cancel(struct fixture *f)
{
    DO(f, "certificates", "certificate.cancel",
       "{'code':'0111','reasons':'主体注销'}");
}

static void rename_holder(struct fixture *f)
{
    DO(f, "applicant", "change.ask",
       "{'kind':'name','holder':'示例电器集团有限公司','reasons':'更名',"
       "'evidence':['准予变更登记通知书']}");
    DO(f, "jack", "change.approve", "{'number':1}");
}

/* [RC1] [RC2] [条例 26] */
TEST(each_act_on_a_certificate_has_the_codes_of_the_authority)
{
    static const struct {
        const char *name;
        void (*act)(struct fixture *f);
        int32_t row; /* of the month */
        const char *status;
        const char *report;
        const char *change;
        const char *pause[3];  /* why, from, until */
        const char *cancel[2]; /* why, when */
        const char *remark;
        const char *by;
        const char *scope;
    } rows[] = {
        { "suspended",
          suspend,
          0,
          "02",
          "05",
          "0197",
          { "0111", "2027-01-10", "2027-07-10" },
          { "", "" },
          "",
          "certificates",
          "家用电器的售后服务" },
        { "restored",
          suspend_and_restore,
          1,
          "01",
          "05",
          "0197",
          { "", "", "" },
          { "", "" },
          "",
          "reviewer",
          "家用电器的售后服务" },
        { "reduced",
          reduce,
          0,
          "01",
          "04",
          "0106",
          { "", "", "" },
          { "", "" },
          "",
          "reviewer；head",
          "冰箱的售后服务" },
        { "reduced as it was once",
          reduce_alone,
          0,
          "01",
          "04",
          "0106",
          { "", "", "" },
          { "", "" },
          "",
          "reviewer",
          "冰箱的售后服务" },
        { "renamed",
          rename_holder,
          0,
          "01",
          "02",
          "0101",
          { "", "", "" },
          { "", "" },
          "",
          "jack",
          "家用电器的售后服务" },
        { "withdrawn",
          withdraw,
          0,
          "03",
          "05",
          "0197",
          { "", "", "" },
          { "0116", "2027-01-10" },
          "",
          "jack；head",
          "家用电器的售后服务" },
        { "cancelled",
          cancel,
          0,
          "04",
          "05",
          "0197",
          { "", "", "" },
          { "", "" },
          "注销原因代码 0111",
          "certificates",
          "家用电器的售后服务" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);
        int32_t at = rows[i].row;

        certify(f);
        set_today(f, "2027-01-10");
        rows[i].act(f);
        tell_all(&o);
        report_month(&o, "2027-01");
        const struct {
            const char *code;
            const char *want;
        } cells[] = {
            { "CERTI_STATUS", rows[i].status },
            { "REPORT_TYPE", rows[i].report },
            { "APPR_AC_CODE", "05" },
            { "CHG_TYP_CODE", rows[i].change },
            { "CHG_DATE", "2027-01-10" },
            { "PAUSE_CAUSE", rows[i].pause[0] },
            { "PAUSE_S_DATE", rows[i].pause[1] },
            { "PAUSE_E_DATE", rows[i].pause[2] },
            { "CANCEL_CAUSE", rows[i].cancel[0] },
            { "CANCEL_DATE", rows[i].cancel[1] },
            { "REMARK", rows[i].remark },
            { "CHK_P_LIST", rows[i].by },
            { "APP_ASS_DATE", "2027-01-10" },
            { "BUSI_COVER_SCOP", rows[i].scope },
            { "APPR_S_DATE", "" },
            { "CHK_PD_NUM", "" },
            { "REV_CERTI_FEE", "" },
        };
        for (size_t k = 0; k < COUNT(cells); k++) {
            char name[80];

            (void)snprintf(name, sizeof name, "%s %s", rows[i].name,
                           cells[k].code);
            EXPECT_ROW_STR(name, cell(&o, C, at, cells[k].code),
                           str_of(cells[k].want));
        }
        EXPECT_ROW(rows[i].name, row_count(&o, C) == at + 1);
        EXPECT_ROW(rows[i].name, row_count(&o, R) == 0);
        expect_sound(&o);
    }
}

/* [LI7] Only a signature changes the certificate. */
TEST(a_reduction_that_was_not_signed_is_told_to_nobody)
{
    static void (*const acts[])(struct fixture *) = { decide_to_reduce,
                                                      return_reduction };

    for (size_t i = 0; i < COUNT(acts); i++) {
        FIXTURE(f);
        struct office o = office_of(f);

        certify(f);
        set_today(f, "2027-01-10");
        acts[i](f);
        tell_all(&o);
        report_month(&o, "2027-01");
        EXPECT(row_count(&o, C) == 0);
    }
}

TEST(expiry_is_told_with_the_day_after_the_last_valid_one)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f); /* until 2029-03-15 */
    set_today(f, "2029-03-20");
    DO(f, NULL, "certificate.expire", "{}");
    tell_all(&o);
    report_month(&o, "2029-03");
    CELL(o, C, 0, "CERTI_STATUS", "05");
    CELL(o, C, 0, "CHG_TYP_CODE", "0197");
    CELL(o, C, 0, "CHG_DATE", "2029-03-16");
    CELL(o, C, 0, "CHK_P_LIST", "reviewer；head"); /* of the last decision */
    CELL(o, C, 0, "APP_ASS_DATE", "2026-03-16");
    expect_sound(&o);
}

/* [M22] */
TEST(a_surveillance_is_told_with_its_own_team_and_days)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_ENDED); /* surveyed on 2027-02-19 */
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, P) == 1);
    CELL(o, P, 0, "AUDIT_PLAN_CODE", "R000001C2026000101");
    CELL(o, P, 0, "AUDIT_ACT_TYPE", "03");
    EXPECT(row_count(&o, C) == 1);
    CELL(o, C, 0, "APPR_AC_CODE", "03");
    CELL(o, C, 0, "SUSE_TIMES", "1");
    CELL(o, C, 0, "REPORT_TYPE", "04");
    CELL(o, C, 0, "CHG_TYP_CODE", "");
    CELL(o, C, 0, "APPR_S_DATE", "2027-02-19");
    CELL(o, C, 0, "APPR_E_DATE", "2027-02-19");
    CELL(o, C, 0, "CHK_PD_NUM", "2.0");
    CELL(o, C, 0, "REV_CERTI_FEE", "8000.00"); /* the first one: 18,000 */
    CELL(o, C, 0, "REV_CERTI_FEE_CURR", "01");
    CELL(o, C, 0, "FIRST_CERT_DATE", "2026-03-16");
    EXPECT(row_count(&o, R) == 2); /* no second document review */
    CELL(o, R, 0, "FULL_NAME", "spare");
    CELL(o, R, 0, "APPR_STAGE", "03");
    CELL(o, R, 1, "FULL_NAME", "auditor");
    expect_sound(&o);
}

/* [M31] Quotes of before they named surveillances have but one amount. */
TEST(a_surveillance_the_contract_does_not_price_is_told_with_its_whole)
{
    FIXTURE(f);
    struct office o = office_of(f);
    struct quote *q;

    go_to(f, STAGE_ENDED);
    q = changed_event(f, "quote.made", sizeof *q);
    q->surveillance = 0;
    tell_all(&o);
    report_month(&o, "2027-02");
    CELL(o, C, 0, "REV_CERTI_FEE", "18000.00");
    CELL(o, C, 0, "REV_CERTI_FEE_CURR", "01");
    expect_sound(&o);
}

static void evaluate(struct fixture *f, const char *kind)
{
    char json[100];

    (void)snprintf(json, sizeof json, "{'kind':'%s','reason':'申请扩大'}",
                   kind);
    DO(f, "planner", "round.open", json);
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-06-01',"
       "'to':'2026-06-01','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    do_round_audit(f);
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
}

TEST(a_special_audit_and_an_extension_are_special_and_only_one_widens)
{
    static const struct {
        const char *name;
        const char *kind;
        bool granted;
        const char *change;
    } rows[] = {
        { "special", "special", true, "" },
        { "extension", "extension", true, "0105" },
        { "extension refused", "extension", false, "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);

        certify(f);
        set_today(f, "2026-06-01");
        evaluate(f, rows[i].kind);
        if (rows[i].granted)
            DO(f, "reviewer", "decision.grant", "{}");
        else
            DO(f, "reviewer", "decision.refuse", "{'reasons':'不足'}");
        DO(f, "head", "decision.sign", "{}");
        tell_all(&o);
        report_month(&o, "2026-06");
        EXPECT_ROW_STR(rows[i].name, cell(&o, C, 0, "APPR_AC_CODE"), S("04"));
        EXPECT_ROW_STR(rows[i].name, cell(&o, R, 0, "APPR_STAGE"), S("04"));
        EXPECT_ROW_STR(rows[i].name, cell(&o, C, 0, "CHG_TYP_CODE"),
                       str_of(rows[i].change));
        expect_sound(&o);
    }
}

/* The findings of the second audit, but for its lead's. */
static void find_again(struct fixture *f)
{
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "finding.record", "{'indicator':'2.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'na','note':'没有回收业务'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':93,'n':100,'source':'满意度调查'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':91,'n':100,'source':'维修工单'}");
}

/* [RR1]: a major nonconformity needs a new site audit. [M18] */
TEST(a_second_site_audit_of_a_round_is_told_too)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'major','text':'没有部门'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':false,'summary':'报告','correct_until':'2026-04-06'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'原因','action':'措施','evidence':['照片']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-03-20',"
       "'to':'2026-03-22','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    set_today(f, "2026-03-20");
    DO(f, "spare", "audit.open", "{}");
    DO(f, "spare", "finding.record", "{'indicator':'3.1','result':'met'}");
    DO(f, "spare", "finding.record", "{'indicator':'3.2','result':'met'}");
    find_again(f);
    do_sample(f, 5);
    DO(f, "spare", "defence.record", "{'passed':true}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    tell_all(&o);
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1); /* one round, the newest plan */
    EXPECT(row_count(&o, R) == 5);
    CELL(o, C, 0, "APPR_S_DATE", "2026-03-02");
    CELL(o, C, 0, "APPR_E_DATE", "2026-03-20");
    CELL(o, C, 0, "CHK_PD_NUM", "9.0");
    CELL(o, R, 1, "FULL_NAME", "lead");
    CELL(o, R, 3, "FULL_NAME", "spare");
    CELL(o, R, 3, "APPR_S_DATE", "2026-03-20 09:00:00");
    expect_sound(&o);
}

/* --- following on a certificate [RC3] [M23] */

/* The certificate follows on another. */
static void follow(struct fixture *f, enum case_kind kind, const char *before)
{
    struct case_opened *opened =
        changed_event(f, "case.opened", sizeof(struct case_opened));
    struct certificate *made =
        changed_event(f, "certificate.recorded", sizeof(struct certificate));

    opened->kind = (int)kind;
    made->previous = str_of(before);
    made->recertifications = kind == CASE_RENEWAL ? 1 : 0;
    made->first_issued = on("2023-03-16");
}

/* The other body's certificate, on record before anything else happened. */
static void record_transfer(struct fixture *f)
{
    static const struct transfer other = {
        .number = S_INIT("12323SC0009R0S"),
        .approval = S_INIT("CNCA-R-2098-123"),
    };
    struct event *e = arena_zero(&f->arena, sizeof *e);

    check(e != NULL && f->n < FIXTURE_EVENTS);
    *e = *f->events[0];
    e->kind = event_kind_find(S("transfer.recorded"), 1);
    e->data = &other;
    memmove(f->events + 2, f->events + 1,
            (f->n - 1) * sizeof(const struct event *));
    f->events[1] = e;
    f->n++;
}

TEST(a_renewal_replaces_a_certificate_of_ours)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    follow(f, CASE_RENEWAL, "000 23sc0001r0s");
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, P, 0, "AUDIT_ACT_TYPE", "0202");
    CELL(o, C, 0, "APPR_AC_CODE", "02");
    CELL(o, C, 0, "A_AUTH_TIMES", "1");
    CELL(o, C, 0, "REPORT_TYPE", "02");
    CELL(o, C, 0, "IS_CHG_CERTI", "1");
    CELL(o, C, 0, "EXCHANGE_CAUSE", "0102");
    CELL(o, C, 0, "EXCHANGE_DATE", "2026-03-16");
    CELL(o, C, 0, "O_AWARD_JG", "CNCA-R-2099-000");
    CELL(o, C, 0, "O_CERTI_NUM", "00023SC0001R0S"); /* capitals, no blank */
    CELL(o, C, 0, "FIRST_CERT_DATE", "2023-03-16");
    CELL(o, R, 0, "APPR_STAGE", "0201");
    CELL(o, R, 1, "APPR_STAGE", "0202");
    expect_sound(&o);
}

/* The authority has no activity of its own for it: it is a special one. */
TEST(a_transfer_replaces_a_certificate_of_another_body)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    follow(f, CASE_TRANSFER, "12323SC0009R0S");
    record_transfer(f);
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, P, 0, "AUDIT_ACT_TYPE", "04");
    CELL(o, C, 0, "APPR_AC_CODE", "04");
    CELL(o, C, 0, "REPORT_TYPE", "02");
    CELL(o, C, 0, "EXCHANGE_CAUSE", "0103");
    CELL(o, C, 0, "O_AWARD_JG", "CNCA-R-2098-123");
    CELL(o, C, 0, "O_CERTI_NUM", "12323SC0009R0S");
    expect_sound(&o);
}

/* --- a journal by somebody else's hand */

TEST(a_transfer_of_nothing_names_no_other_body)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    follow(f, CASE_TRANSFER, "12323SC0009R0S");
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, C, 0, "REPORT_TYPE", "02");
    CELL(o, C, 0, "O_AWARD_JG", "");
}

TEST(a_signature_under_no_decision_widens_nothing)
{
    FIXTURE(f);
    struct office o = office_of(f);
    size_t made;

    certify(f);
    set_today(f, "2026-06-01");
    evaluate(f, "extension");
    made = f->n;
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    f->events[made] = f->events[made - 1];
    tell_all(&o);
    report_month(&o, "2026-06");
    CELL(o, C, 0, "CHG_TYP_CODE", "");
}

/* [17065 7.10] Issued anew under its number: the number is its own former one.
 */
TEST(a_certificate_that_was_changed_is_told_as_issued_anew)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    set_today(f, "2027-01-10");
    rename_holder(f);
    tell_all(&o);
    report_month(&o, "2027-01");
    CELL(o, C, 0, "EXCHANGE_CAUSE", "0104");
    CELL(o, C, 0, "EXCHANGE_DATE", "2027-01-10");
    EXPECT_STR(cell(&o, C, 0, "O_CERTI_NUM"), f->state->certificate->number);
    expect_sound(&o);
}

/* [17065 7.6] Whoever voted decided, and the head who signed; an expert did
 * not. */
TEST(all_of_a_panel_are_told_as_having_decided)
{
    static const char *const voters[] = { "umpire", "critic", "reviewer" };
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'umpire','members':['critic','reviewer'],"
       "'experts':['expert']}");
    DO(f, "expert", "decision.advise", "{'text':'备件周转偏慢'}");
    DO(f, "umpire", "decision.propose",
       "{'conditions':[{'text':'补齐备件清单','until':'2026-09-30'}]}");
    for (size_t i = 0; i < COUNT(voters); i++)
        DO(f, voters[i], "decision.vote",
           "{'outcome':'granted','reasons':'材料齐全'}");
    DO(f, "umpire", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, C, 0, "CHK_P_LIST", "umpire；critic；reviewer；head");
    EXPECT(row_count(&o, C) == 1); /* a condition is not reported */
    expect_sound(&o);
}

/* Both teams were there; the days are those of one visit. */
TEST(a_lead_who_was_replaced_is_told_beside_the_one_who_took_over)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_AUDIT); /* from 2026-03-16 */
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "met");
    do_sample(f, 5);
    set_today(f, "2026-03-17");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['auditor'],'reason':'组长生病'}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "defence.record", "{'passed':true}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    tell_all(&o);
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, R) == 5);
    CELL(o, C, 0, "CHK_PD_NUM", "4.5");
    CELL(o, C, 0, "APPR_E_DATE", "2026-03-17");
    CELL(o, R, 1, "FULL_NAME", "lead");
    CELL(o, R, 1, "APPR_E_DATE", "2026-03-17 17:00:00");
    CELL(o, R, 3, "FULL_NAME", "spare");
    CELL(o, R, 3, "APPR_S_DATE", "2026-03-17 09:00:00");
    expect_sound(&o);
}
