/* What a month's report says of a case. [M15] [M20] */

#include "filing/test_filing.h"

/* [RE1] [RR1] */
TEST(a_first_certification_is_a_plan_a_certificate_and_a_row_for_each_member)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    tell_all(&o);
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1);
    EXPECT(row_count(&o, C) == 1);
    EXPECT(row_count(&o, R) == 3);
    expect_sound(&o);

    CELL(o, P, 0, "AUDIT_PLAN_CODE", "R000001C2026000100");
    CELL(o, P, 0, "AUDIT_ACT_TYPE", "0102");
    CELL(o, P, 0, "AUDIT_START_DATE", "2026-03-16 09:00:00");
    CELL(o, P, 0, "AUDIT_END_DATE", "2026-03-18 17:00:00");
    CELL(o, P, 0, "AUDIT_INSPECTOR",
         "11010519491231002X，lead，01，13900139000；"
         "11010519491231002X，auditor，02，13900139000");
    CELL(o, P, 0, "AUDIT_INSPECT_ZJ", "");
    CELL(o, P, 0, "ORG_DISTRICT", "990100");
    CELL(o, P, 0, "ORG_CODE", "91350100M000100Y43");
    CELL(o, P, 0, "ORG_NAME", "示例电器有限公司");
    CELL(o, P, 0, "ORG_ADDRESS", "示例市");
    CELL(o, P, 0, "AUTH_PROJ_CODE", "C0203");
    CELL(o, P, 0, "AUDIT_MODE", "FS01");
    CELL(o, P, 0, "REMARK", "一店，示例市");

    CELL(o, C, 0, "RZJG_ID", "CNCA-R-2099-000");
    CELL(o, C, 0, "RZJG_KEY_ID", "示例认证中心");
    CELL(o, C, 0, "ORG_COUNTRY", "156");
    CELL(o, C, 0, "ORG_PEOP_NUM", "40");
    CELL(o, C, 0, "RELA_PEOP_NUM", "40"); /* all, as nothing else is said */
    CELL(o, C, 0, "FIRST_CERT_DATE", "2026-03-16");
    CELL(o, C, 0, "CERT_NUMBER", "00026SC0006R0S");
    CELL(o, C, 0, "AUTH_PROJ_CODEDEC", "T 1-2026");
    CELL(o, C, 0, "IS_MULTI_SCENE", "1");
    CELL(o, C, 0, "PLACE_NAME_ADD", "总部，示例市；一店，示例市");
    CELL(o, C, 0, "BUSI_COVER_SCOP", "家用电器的售后服务");
    CELL(o, C, 0, "APPR_AC_CODE", "01");
    CELL(o, C, 0, "A_AUTH_TIMES", "0");
    CELL(o, C, 0, "SUSE_TIMES", "0");
    CELL(o, C, 0, "APPR_S_DATE", "2026-03-02");
    CELL(o, C, 0, "APPR_E_DATE", "2026-03-16");
    CELL(o, C, 0, "CHK_PD_NUM", "4.5");
    CELL(o, C, 0, "CHK_P_LIST", "reviewer；head");
    CELL(o, C, 0, "APP_ASS_DATE", "2026-03-16");
    CELL(o, C, 0, "AWARD_DATE", "2026-03-16");
    CELL(o, C, 0, "CERTI_E_DATE", "2029-03-15");
    CELL(o, C, 0, "CERTI_STATUS", "01");
    CELL(o, C, 0, "CHG_TYP_CODE", "");
    CELL(o, C, 0, "IS_CHG_CERTI", "0");
    CELL(o, C, 0, "REV_CERTI_FEE", "18000.00");
    CELL(o, C, 0, "REV_CERTI_FEE_CURR", "01");
    CELL(o, C, 0, "INVOICE_NUM", "C2026-0001");
    CELL(o, C, 0, "Service_area_code", "SC03");
    CELL(o, C, 0, "REPORT_TYPE", "01");
    CELL(o, C, 0, "FETCH_S_DATE", "2026-03-01");
    CELL(o, C, 0, "FETCH_E_DATE", "2026-03-31");

    CELL(o, R, 0, "APPR_STAGE", "0101");
    CELL(o, R, 0, "FULL_NAME", "lead");
    CELL(o, R, 0, "APPR_M_ROLE", "01");
    CELL(o, R, 0, "APPR_S_DATE", "2026-03-02 09:00:00");
    CELL(o, R, 0, "APPR_E_DATE", "2026-03-02 17:00:00");
    CELL(o, R, 1, "APPR_STAGE", "0102");
    CELL(o, R, 1, "FULL_NAME", "lead");
    CELL(o, R, 1, "CERT_NUMBER", "00026SC0006R0S");
    CELL(o, R, 2, "FULL_NAME", "auditor");
    CELL(o, R, 2, "APPR_M_ROLE", "02");
    CELL(o, R, 2, "APPR_S_DATE", "2026-03-16 09:00:00");
    CELL(o, R, 2, "APPR_E_DATE", "2026-03-16 17:00:00");
    CELL(o, R, 2, "ID_CODE", "11010519491231002X");
    CELL(o, R, 2, "QUA_CODE", "06");
    CELL(o, R, 2, "APT_CERTI_NUM", "2026-SC-0001");
}

TEST(the_contract_goes_by_its_own_number_or_the_case_s)
{
    static const struct {
        const char *number; /* that the body signed with */
        const char *want;
    } rows[] = {
        { "", "C2026-0001" }, /* events of before contracts had numbers */
        { "ht-2026 第7号", "HT-2026第7号" }, /* as numbers are reported */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);
        struct acceptance *signed_;

        certify(f);
        signed_ = changed_event(f, "contract.signed", sizeof *signed_);
        signed_->number = str_of(rows[i].number);
        tell_all(&o);
        report_month(&o, "2026-03");
        EXPECT_ROW_STR(rows[i].want, cell(&o, C, 0, "INVOICE_NUM"),
                       str_of(rows[i].want));
        expect_sound(&o);
    }
}

/* [RE1]: both ends of the month. */
TEST(an_act_belongs_to_the_month_of_the_day_it_took_effect)
{
    static const struct {
        const char *issued;
        const char *month;
        int32_t rows;
    } rows[] = {
        { "2026-03-31", "2026-03", 1 }, /* its last day */
        { "2026-03-31", "2026-04", 0 },
        { "2026-04-01", "2026-03", 0 },
        { "2026-04-01", "2026-04", 1 }, /* the next one's first */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);

        go_to(f, STAGE_CERTIFICATE);
        set_today(f, rows[i].issued);
        DO(f, "certificates", "certificate.issue", "{}");
        report_month(&o, rows[i].month);
        EXPECT_ROW(rows[i].issued, row_count(&o, C) == rows[i].rows);
    }
}

#define REPLAN                                                                 \
    "{'lead':'spare','members':['auditor','expert'],'from':'2026-03-20',"      \
    "'to':'2026-03-22','person_days':45}"

/* [RO1] [RP5] */
TEST(of_the_plans_of_a_round_the_last_one_agreed_in_the_month_is_told)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_AUDIT);
    tell_all(&o);
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1);
    DO(f, "planner", "plan.make", REPLAN);
    report_month(&o, "2026-03");
    CELL(o, P, 0, "AUDIT_START_DATE", "2026-03-16 09:00:00"); /* not agreed */
    DO(f, "applicant", "plan.agree", "{}");
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1);
    CELL(o, P, 0, "AUDIT_START_DATE", "2026-03-20 09:00:00");
    CELL(o, P, 0, "AUDIT_PLAN_CODE", "R000001C2026000100");
    CELL(o, P, 0, "AUDIT_INSPECTOR",
         "11010519491231002X，spare，01，13900139000；"
         "11010519491231002X，auditor，02，13900139000");
    CELL(o, P, 0, "AUDIT_INSPECT_ZJ",
         "expert，01，11010519491231002X，13900139000");
    EXPECT(row_at(&o, P, 0)->auditors.n == 2);
    EXPECT_STR(((const str *)row_at(&o, P, 0)->auditors.p)[0],
               S("person:spare"));
    EXPECT_STR(((const str *)row_at(&o, P, 0)->experts.p)[0],
               S("person:expert"));
    expect_sound(&o);
}

static void plan_it(struct fixture *f)
{
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-01-20',"
       "'to':'2027-01-20','person_days':20}");
}

static void close_the_shop(struct fixture *f)
{
    DO(f, "applicant", "change.ask",
       "{'kind':'sites','sites':['一店'],'reasons':'关店'}");
    DO(f, "jack", "change.approve", "{'number':1}");
}

/* [RO1] [PL6] Not one that nobody agreed to, nor one that began. */
TEST(a_plan_that_a_site_leaves_is_told_without_it_until_somebody_came)
{
    static const struct {
        const char *name;
        bool agreed;
        bool begun;
        int32_t rows;
        bool shop; /* stands among the sites */
    } rows[] = {
        { "not agreed to", false, false, 0, false },
        { "agreed to", true, false, 1, false },
        { "begun", true, true, 1, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);

        certify(f);
        set_today(f, "2027-01-10");
        if (rows[i].agreed)
            do_round_plan(f);
        else
            plan_it(f);
        if (rows[i].begun)
            DO(f, "spare", "audit.open", "{}");
        close_the_shop(f);
        tell_all(&o);
        report_month(&o, "2027-01");
        EXPECT_ROW(rows[i].name, row_count(&o, P) == rows[i].rows);
        if (rows[i].rows > 0)
            EXPECT_ROW(rows[i].name, str_contains(cell(&o, P, 0, "REMARK"),
                                                  S("一店")) == rows[i].shop);
    }
}

TEST(a_plan_agreed_to_anew_in_another_month_is_told_in_both)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_AUDIT);
    set_today(f, "2026-04-01");
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2026-04-08',"
       "'to':'2026-04-10','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    tell_all(&o);
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1);
    CELL(o, P, 0, "AUDIT_START_DATE", "2026-03-16 09:00:00");
    report_month(&o, "2026-04");
    EXPECT(row_count(&o, P) == 1);
    CELL(o, P, 0, "AUDIT_START_DATE", "2026-04-08 09:00:00");
}

/* [RP4] */
TEST(the_number_of_a_plan_begins_with_body_and_branch)
{
    static const struct {
        const char *approval;
        const char *branch;
        const char *want;
    } rows[] = {
        { "CNCA-R-2099-123", "00", "R012300C2026000100" },
        { "CNCA-RF-2099-45", "07", "RF04507C2026000100" },
        { "CNCA-R-2099-123", "", "" }, /* nobody said which branch */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);

        go_to(f, STAGE_AUDIT);
        f->body.approval = str_of(rows[i].approval);
        tell_all(&o);
        tell(&o, OF_BODY, "BRANCH_CODE", rows[i].branch);
        report_month(&o, "2026-03");
        EXPECT_ROW_STR(rows[i].approval, cell(&o, P, 0, "AUDIT_PLAN_CODE"),
                       str_of(rows[i].want));
        EXPECT_ROW(rows[i].approval, (problem_of(&o, P, 0, "AUDIT_PLAN_CODE") ==
                                      NULL) == (rows[i].want[0] != '\0'));
    }
}

/* [RO2] */
TEST(a_refused_certification_is_told_with_its_plan_only)
{
    FIXTURE(f);
    struct office o = office_of(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'证据不足'}");
    DO(f, "head", "decision.sign", "{}");
    report_month(&o, "2026-03");
    EXPECT(row_count(&o, P) == 1);
    EXPECT(row_count(&o, C) == 0);
    EXPECT(row_count(&o, R) == 0);
}

/* --- particulars [RE2] ---- */

TEST(what_is_usual_gives_way_to_what_the_reporter_says_and_nothing_else_does)
{
    static const struct {
        const char *code;
        const char *said;
        const char *want;
        enum filing_subject of;
        enum filing_sheet sheet;
    } rows[] = {
        { "AUDIT_MODE", "FS03", "FS03", OF_CASE, P },
        { "IS_COMB", "02", "02", OF_CASE, C },
        { "RZJG_KEY_ID", "示例分公司", "示例分公司", OF_BODY, C },
        { "ORG_COUNTRY", "344", "344", OF_ENTERPRISE, C },
        { "PLACE_NAME_ADD", "详见附件", "详见附件", OF_CASE, C },
        { "CERT_NUMBER", "X", "00026SC0006R0S", OF_CASE, C },
        { "ORG_NAME_EN", "Example", "Example", OF_ENTERPRISE, C },
        { "REMARK", "说明", "说明", OF_CASE, C },
        { "PLAN_REMARK", "说明", "一店，示例市；说明", OF_CASE, P },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);
        const char *column = rows[i].code;

        certify(f);
        tell_all(&o);
        tell(&o, rows[i].of, rows[i].code, rows[i].said);
        report_month(&o, "2026-03");
        if (strcmp(column, "PLAN_REMARK") == 0)
            column = "REMARK";
        EXPECT_ROW_STR(rows[i].code, cell(&o, rows[i].sheet, 0, column),
                       str_of(rows[i].want));
    }
}

TEST(what_the_application_says_comes_before_what_the_reporter_says)
{
    static struct product products[] = {
        { S_INIT("热水器"), S_INIT("8132") },
        { S_INIT("冰箱"), S_INIT("5264") }, /* the enterprise's own */
        { S_INIT("空调"), S_INIT("") },
    };
    FIXTURE(f);
    struct office o = office_of(f);
    struct application *p;
    struct site *sites;

    certify(f);
    p = changed_event(f, "application.submitted", sizeof *p);
    p->covered_staff = 15;
    p->trade = S("5264");
    p->products = (struct list){ products, COUNT(products) };
    p->district = S("990102");
    p->address = S("示例市申请路 2 号");
    sites = p->sites.p;
    sites[0].address = S("示例市总部路 3 号");
    sites[0].district = S("990103");
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, C, 0, "RELA_PEOP_NUM", "15");
    CELL(o, C, 0, "BEL_INDUSTRY", "5264；8132");
    CELL(o, C, 0, "ORG_DISTRICT", "990102");
    CELL(o, C, 0, "ORG_ADDRESS", "示例市申请路 2 号");
    CELL(o, C, 0, "PLACE_NAME_ADD", "总部，示例市总部路 3 号；一店，示例市");
    CELL(o, P, 0, "ORG_DISTRICT", "990103");
    CELL(o, P, 0, "ORG_ADDRESS", "示例市总部路 3 号");
    expect_sound(&o);
}

TEST(a_registration_on_record_comes_before_what_the_reporter_says)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    tell_all(&o);
    tell(&o, OF_PERSON, "IS_SPECIAL", "0");
    o.registered = true;
    report_month(&o, "2026-03");
    CELL(o, R, 1, "APT_CERTI_NUM", "CCAA00012");
    CELL(o, R, 1, "QUA_CODE", "01");
    CELL(o, R, 1, "IS_PROF_M", "1");
    CELL(o, R, 1, "IS_SPECIAL", "1");
}

TEST(without_the_reporters_word_what_is_missing_is_a_problem)
{
    FIXTURE(f);
    struct office o = office_of(f);
    static const struct {
        enum filing_sheet sheet;
        const char *code;
        const char *subject;
        const char *by;
    } rows[] = {
        { P, "AUDIT_START_DATE", "body", "DAY_BEGINS" },
        { P, "ORG_DISTRICT", "enterprise:91350100M000100Y43", "WORK_DISTRICT" },
        { P, "AUTH_PROJ_CODE", "scheme:mini", "AUTH_PROJ_CODE" },
        { C, "BEL_INDUSTRY", "enterprise:91350100M000100Y43", "BEL_INDUSTRY" },
        { R, "ID_CODE", "person:lead", "ID_CODE" },
        { R, "APPR_S_DATE", "body", "DAY_BEGINS" },
    };

    certify(f);
    report_month(&o, "2026-03");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct filing_problem *p =
            problem_of(&o, rows[i].sheet, 0, rows[i].code);

        EXPECT_ROW(rows[i].code, p != NULL);
        if (p == NULL)
            continue;
        EXPECT_ROW_STR(rows[i].code, str_of(p->what.info->id),
                       S("filing.missing"));
        EXPECT_ROW_STR(rows[i].code, p->subject, str_of(rows[i].subject));
        EXPECT_ROW_STR(rows[i].code, p->code, str_of(rows[i].by));
    }
    EXPECT(o.report.sheets[C].sound == 0);
    EXPECT(o.report.problems > 20);
}

/* [RE4] */
TEST(the_same_journal_gives_the_same_rows)
{
    FIXTURE(f);
    struct office o = office_of(f);
    struct office again = office_of(f);

    certify(f);
    tell_all(&o);
    tell_all(&again);
    report_month(&o, "2026-03");
    report_month(&again, "2026-03");
    for (int s = 0; s < SHEET_COUNT; s++) {
        const struct filing_row *x = o.report.sheets[s].first;
        const struct filing_row *y = again.report.sheets[s].first;

        for (; x != NULL && y != NULL; x = x->next, y = y->next) {
            for (size_t k = 0; k < o.dictionary->sheets[s].n; k++)
                EXPECT_STR(x->cells[k], y->cells[k]);
        }
        EXPECT(x == NULL && y == NULL);
    }
}

/* A person the register does not know ends the report: it would be a hole. */
TEST(a_person_nobody_knows_ends_the_report)
{
    FIXTURE(f);
    struct office o = office_of(f);
    struct month m = { 2026, 3 };
    struct filing out = { 0 };
    struct filing_source s = {
        .dictionary = o.dictionary,
        .body = &f->body,
        .from = month_first(m),
        .to = month_last(m),
        .person = office_person,
        .context = &o,
    };

    certify(f);
    report_month(&o, "2026-03");
    f->people_count = 0;
    EXPECT_ERR(filing_add_case(&f->arena, &s, &o.of, &out), ERR_NOT_FOUND,
               "store.missing");
}
