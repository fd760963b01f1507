/* What a month's report says of sub-certificates: fields 47, 48 and around.
 * [M20] [RC4] [RO3] (domain.md 3.5, 3.6) */

#include "filing/test_filing.h"

#include "base/size.h"

#include <stdio.h>

#define MAIN "00026SC0006R0S"
#define SUB  MAIN "-1"

/* Certified, and the shop has a sub-certificate of its own scope. */
static void with_sub(struct fixture *f)
{
    certify(f);
    set_today(f, "2027-01-10");
    f->state->scope = S("家用电器、空调售后");
    DO(f, "certificates", "certificate.sub",
       "{'site':'一店','scope':'家用电器','until':'2029-01-31'}");
}

TEST(a_sub_certificate_is_told_with_its_site_its_days_and_the_main_one)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    tell_all(&o);
    report_month(&o, "2027-01");
    EXPECT(row_count(&o, C) == 1 && row_count(&o, R) == 0);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    CELL(o, C, 0, "IS_C_CERTI", "1");
    CELL(o, C, 0, "M_CERTI_NUM", MAIN);
    CELL(o, C, 0, "ORG_NAME", "示例电器有限公司");
    CELL(o, C, 0, "ORG_ADDRESS", "示例市");
    CELL(o, C, 0, "IS_MULTI_SCENE", "0");
    CELL(o, C, 0, "PLACE_NAME_ADD", "");
    CELL(o, C, 0, "BUSI_COVER_SCOP", "家用电器");
    CELL(o, C, 0, "FIRST_CERT_DATE", "2027-01-10");
    CELL(o, C, 0, "AWARD_DATE", "2027-01-10");
    CELL(o, C, 0, "CERTI_E_DATE", "2029-01-31");
    CELL(o, C, 0, "CERTI_STATUS", "01");
    CELL(o, C, 0, "REPORT_TYPE", "01");
    CELL(o, C, 0, "IS_CHG_CERTI", "0");
    CELL(o, C, 0, "CHK_P_LIST", "certificates");
    expect_sound(&o);
}

/* [SU7] In other words it is no new one: the change is told, once. */
TEST(a_sub_certificate_that_follows_an_erratum_is_told_as_changed)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    set_today(f, "2027-02-10");
    DO(f, "applicant", "change.ask",
       "{'kind':'erratum','scope':'家用电器售后、空调售后',"
       "'reasons':'印错'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 1, "CERT_NUMBER", SUB);
    CELL(o, C, 1, "BUSI_COVER_SCOP", "家用电器售后");
    CELL(o, C, 1, "FIRST_CERT_DATE", "2027-01-10");
    CELL(o, C, 1, "CERTI_STATUS", "01");
    CELL(o, C, 1, "CHG_DATE", "2027-02-10");
    expect_sound(&o);
}

TEST(a_main_certificate_is_told_to_be_no_sub_certificate)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    tell_all(&o);
    report_month(&o, "2026-03");
    CELL(o, C, 0, "IS_C_CERTI", "0");
    CELL(o, C, 0, "M_CERTI_NUM", "");
    expect_sound(&o);
}

/* [RC1]: the code of the reason stands in the remark. */
TEST(a_sub_certificate_that_ends_alone_is_told_as_cancelled)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    set_today(f, "2027-02-10");
    DO(f, "certificates", "certificate.sub_end",
       "{'number':'" SUB "','why':'closed','reasons':'停业'}");
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 1);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    CELL(o, C, 0, "CERTI_STATUS", "04");
    CELL(o, C, 0, "REPORT_TYPE", "05");
    CELL(o, C, 0, "CHG_TYP_CODE", "0197");
    CELL(o, C, 0, "CHG_DATE", "2027-02-10");
    CELL(o, C, 0, "REMARK", "注销原因代码 0111");
    expect_sound(&o);
}

/* Which no rule lets in, and a journal by somebody else's hand may say. */
TEST(a_sub_certificate_before_there_is_a_main_one_is_not_told)
{
    FIXTURE(f);
    struct office o = office_of(f);
    size_t issue = 0;

    with_sub(f);
    while (strcmp(f->events[issue]->kind->name, "certificate.recorded") != 0)
        issue++;
    const struct event *issued = f->events[issue];
    f->events[issue] = f->events[f->state->version - 1];
    f->events[f->state->version - 1] = issued;
    tell_all(&o);
    report_month(&o, "2027-01");
    EXPECT(row_count(&o, C) == 0);
}

/* [RO3] */
TEST(what_befalls_the_main_one_is_told_of_each_that_is_not_over)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    DO(f, "certificates", "certificate.sub", "{'n':1}");
    DO(f, "certificates", "certificate.sub_end",
       "{'number':'" MAIN "-2','why':'asked','reasons':'x'}");
    set_today(f, "2027-02-10");
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2027-02-08'}");
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 0, "CERT_NUMBER", MAIN);
    CELL(o, C, 1, "CERT_NUMBER", SUB);
    for (int32_t i = 0; i < 2; i++) {
        CELL(o, C, i, "CERTI_STATUS", "02");
        CELL(o, C, i, "PAUSE_CAUSE", "0111");
        CELL(o, C, i, "PAUSE_S_DATE", "2027-02-10");
    }
    expect_sound(&o);
}

/* [CH5]: the site that left is told once, before the change. */
TEST(a_site_that_leaves_is_told_with_its_sub_certificate_and_of_no_more)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    set_today(f, "2027-02-10");
    DO(f, "applicant", "change.ask",
       "{'kind':'sites','sites':['一店'],'reasons':'停业'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    CELL(o, C, 0, "CERTI_STATUS", "04");
    CELL(o, C, 1, "CERT_NUMBER", MAIN);
    CELL(o, C, 1, "CHG_TYP_CODE", "0103");
    CELL(o, C, 1, "REPORT_TYPE", "02");
    CELL(o, C, 1, "IS_MULTI_SCENE", "0");
    expect_sound(&o);
}

/* [17065 7.11.3] [条例 22] Who decided and who signed ended it, too; who ends
 * one alone did so alone, also while a reduction waits. */
TEST(a_sub_certificate_that_leaves_with_a_scope_is_ended_by_both)
{
    static const char reduced[] =
        "{'scope':'空调售后','reasons':'停产','sites':['一店']}";
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    set_today(f, "2027-02-10");
    do_reduction(f, "jack", reduced);
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    CELL(o, C, 0, "CERTI_STATUS", "04");
    CELL(o, C, 0, "CHK_P_LIST", "jack；head");
    CELL(o, C, 1, "CERT_NUMBER", MAIN);
    CELL(o, C, 1, "CHG_TYP_CODE", "0106");
    CELL(o, C, 1, "CHK_P_LIST", "jack；head");
    expect_sound(&o);
    fixture_end(&f);

    f = fixture_new();
    o = office_of(f);
    with_sub(f);
    set_today(f, "2027-02-10");
    DO(f, "jack", "reduction.decide", "{'scope':'家用电器','reasons':'停产'}");
    DO(f, "certificates", "certificate.sub_end",
       "{'number':'" SUB "','why':'asked','reasons':'不再需要'}");
    DO(f, "head", "certificate.reduce", "{}");
    tell_all(&o);
    report_month(&o, "2027-02");
    CELL(o, C, 0, "CHK_P_LIST", "certificates");
    CELL(o, C, 1, "CHK_P_LIST", "jack；head");
}

/* [RO4] In the month of the day after its last, once that has come. */
TEST(a_sub_certificate_that_runs_out_alone_is_told_in_its_own_month)
{
    static const struct {
        const char *why;
        const char *month;
        const char *today;
        int32_t rows;
    } rows[] = {
        { "its last month", "2029-01", "2029-01-31", 0 },
        { "its last month, later", "2029-01", "2029-03-10", 0 },
        { "the day after", "2029-02", "2029-02-01", 1 },
        { "when it has to be reported", "2029-02", "2029-03-10", 1 },
        { "the month after", "2029-03", "2029-03-15", 0 },
    };
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    tell_all(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        report_month_on(&o, rows[i].month, rows[i].today);
        EXPECT_ROW(rows[i].why, row_count(&o, C) == rows[i].rows);
    }
    report_month(&o, "2029-02");
    EXPECT(row_count(&o, C) == 1 && row_count(&o, R) == 0);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    CELL(o, C, 0, "CERTI_STATUS", "05");
    CELL(o, C, 0, "CHG_DATE", "2029-02-01");
    CELL(o, C, 0, "REPORT_TYPE", "05");
    expect_sound(&o);
}

/* Inside of a month: the day before nobody knows what will still befall it. */
TEST(a_sub_certificate_is_not_told_to_have_run_out_before_it_did)
{
    FIXTURE(f);
    struct office o = office_of(f);

    certify(f);
    set_today(f, "2027-01-10");
    DO(f, "certificates", "certificate.sub", "{'n':1,'until':'2028-06-14'}");
    tell_all(&o);
    report_month_on(&o, "2028-06", "2028-06-14");
    EXPECT(row_count(&o, C) == 0);
    report_month_on(&o, "2028-06", "2028-06-15");
    EXPECT(row_count(&o, C) == 1);
    CELL(o, C, 0, "CHG_DATE", "2028-06-15");
}

/* Told once: not again with the main one, which expires later; one that runs as
 * long as the main one is told with it. */
TEST(what_ran_out_is_not_told_again_when_the_main_one_expires)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    DO(f, "certificates", "certificate.sub", "{'n':1}");
    set_today(f, "2029-03-20");
    DO(f, NULL, "certificate.expire", "{}");
    tell_all(&o);
    report_month(&o, "2029-02");
    EXPECT(row_count(&o, C) == 1);
    CELL(o, C, 0, "CERT_NUMBER", SUB);
    report_month(&o, "2029-03");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 0, "CERT_NUMBER", MAIN);
    CELL(o, C, 0, "CHG_DATE", "2029-03-16");
    CELL(o, C, 1, "CERT_NUMBER", MAIN "-2");
    CELL(o, C, 1, "CERTI_STATUS", "05");
    CELL(o, C, 1, "CHG_DATE", "2029-03-16");
    expect_sound(&o);
}

/* What ended before its day came is told as that, and as nothing else. */
TEST(a_sub_certificate_that_had_ended_does_not_run_out)
{
    static const struct {
        const char *why;
        const char *on;
        bool alone;
        int32_t told; /* in the month of its end, and in the one after */
        int32_t later;
    } rows[] = {
        { "alone, on its last day", "2029-01-31", true, 1, 0 },
        { "with the main one, on its last day", "2029-01-31", false, 2, 0 },
        { "the main one, the day after", "2029-02-01", false, 2, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = office_of(f);
        char month[8];

        with_sub(f);
        set_today(f, rows[i].on);
        if (rows[i].alone)
            DO(f, "certificates", "certificate.sub_end",
               "{'number':'" SUB "','why':'closed','reasons':'停业'}");
        else
            DO(f, "certificates", "certificate.cancel",
               "{'code':'0111','reasons':'停业'}");
        tell_all(&o);
        (void)snprintf(month, sizeof month, "%.7s", rows[i].on);
        report_month(&o, month);
        EXPECT_ROW(rows[i].why, row_count(&o, C) == rows[i].told);
        report_month(&o, "2029-03");
        EXPECT_ROW(rows[i].why, row_count(&o, C) == rows[i].later);
    }
}

/* [M22] [RC4] */
TEST(a_surveillance_is_told_of_a_sub_certificate_without_a_fee_of_its_own)
{
    FIXTURE(f);
    struct office o = office_of(f);

    with_sub(f);
    set_today(f, "2027-02-01");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    tell_all(&o);
    report_month(&o, "2027-02");
    EXPECT(row_count(&o, C) == 2);
    CELL(o, C, 1, "CERT_NUMBER", SUB);
    CELL(o, C, 1, "APPR_AC_CODE", "03");
    CELL(o, C, 1, "REV_CERTI_FEE", "0.00");
    expect_sound(&o);
}
