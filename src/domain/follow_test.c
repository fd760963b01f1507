/* Cases that follow on a certificate. [M23] [17065 7.9] */

#include "domain/test_fixture.h"

#include <stdio.h>

/* A certificate of ours that ends on 2029-04-14. */
static struct previous ours(const struct fixture *f)
{
    return (struct previous){
        .number = S("00026SC0001R0S"),
        .enterprise = f->enterprise.id,
        .scheme = S("mini"),
        .criterion = S("T 1-2026"),
        .level = S("three"),
        .status = CERTIFICATE_VALID,
        .until = on("2029-04-14"),
        .first_issued = on("2026-04-15"),
        .recertifications = 1,
    };
}

#define RENEW                                                                  \
    "{'scheme':'mini','level':'ten','kind':'renewal',"                         \
    "'previous':'00026SC0001R0S'}"
#define TRANSFER "{'scheme':'mini','level':'ten','kind':'transfer'}"

/* [M23] [FO2]: six months before, both sides; the last day, both sides. */
TEST(a_renewal_begins_neither_too_early_nor_too_late)
{
    static const struct {
        const char *today;
        enum certificate_status status;
        const char *id;
    } rows[] = {
        { "2028-10-13", CERTIFICATE_VALID, "follow.early" },
        { "2028-10-14", CERTIFICATE_VALID, NULL },
        { "2029-04-14", CERTIFICATE_VALID, NULL },
        { "2029-04-15", CERTIFICATE_VALID, "follow.over" },
        { "2029-01-10", CERTIFICATE_SUSPENDED, "follow.suspended" },
        { "2029-01-10", CERTIFICATE_WITHDRAWN, "follow.over" },
        { "2029-01-10", CERTIFICATE_CANCELLED, "follow.over" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct previous p = ours(f);
        struct event_list got = { 0 };

        p.status = rows[i].status;
        f->facts.previous = &p;
        set_today(f, rows[i].today);
        err e = try_it(f, "applicant", "case.open", RENEW, &got);
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].today, e);
        else
            EXPECT_ROW_ERR(rows[i].today, e, ERR_REFUSED, rows[i].id);
    }
}

/* [FO4]: both sides of the last day, of the status, of scheme and enterprise.
 */
TEST(who_has_a_valid_certificate_opens_no_other_case_under_its_scheme)
{
    static const struct {
        const char *name;
        const char *today;
        const char *scheme;
        enum certificate_status status;
        bool held;
    } rows[] = {
        { "valid", "2028-01-10", "mini", CERTIFICATE_VALID, true },
        { "its last day", "2029-04-14", "mini", CERTIFICATE_VALID, true },
        { "the day after", "2029-04-15", "mini", CERTIFICATE_VALID, false },
        { "suspended", "2028-01-10", "mini", CERTIFICATE_SUSPENDED, false },
        { "withdrawn", "2028-01-10", "mini", CERTIFICATE_WITHDRAWN, false },
        { "another scheme", "2028-01-10", "other", CERTIFICATE_VALID, false },
    };
    static const char *const opens[] = {
        "{'scheme':'mini','level':'ten'}",
        TRANSFER,
    };

    for (size_t i = 0; i < COUNT(rows) * COUNT(opens); i++) {
        const char *name = rows[i / 2].name;
        FIXTURE(f);
        struct previous p = ours(f);
        struct event_list got = { 0 };

        p.status = rows[i / 2].status;
        p.scheme = str_of(rows[i / 2].scheme);
        f->facts.held = &p;
        set_today(f, rows[i / 2].today);
        err e = try_it(f, "applicant", "case.open", opens[i % 2], &got);
        if (rows[i / 2].held)
            EXPECT_ROW_ERR(name, e, ERR_REFUSED, "follow.held");
        else
            EXPECT_ROW_OK(name, e);
        p.enterprise.b[0] ^= 1; /* somebody else's */
        EXPECT_ROW_OK(name,
                      try_it(f, "applicant", "case.open", opens[i % 2], &got));
    }
}

/* [FO4]: what it has it renews. */
TEST(what_is_valid_is_renewed)
{
    FIXTURE(f);
    struct previous p = ours(f);

    f->facts.previous = &p;
    f->facts.held = &p;
    set_today(f, "2029-01-10");
    DO(f, "applicant", "case.open", RENEW);
}

TEST(a_renewal_names_a_certificate_of_the_enterprise_and_the_scheme)
{
    FIXTURE(f);
    struct previous p = ours(f);
    static const struct attempt rows[] = {
        { "none named", "applicant", "case.open",
          "{'scheme':'mini','level':'ten','kind':'renewal'}", ERR_INVALID,
          "follow.previous" },
        { "one letter, where it does not belong", "applicant", "case.open",
          "{'scheme':'mini','level':'ten','previous':'0'}", ERR_INVALID,
          "follow.previous" },
        { "named where it does not belong", "applicant", "case.open",
          "{'scheme':'mini','level':'ten','previous':'00026SC0001R0S'}",
          ERR_INVALID, "follow.previous" },
    };

    set_today(f, "2029-01-10");
    ATTEMPTS(f, rows);
    NO(f, "applicant", "case.open", RENEW, ERR_NOT_FOUND,
       "follow.certificate"); /* nobody has it */
    f->facts.previous = &p;
    p.enterprise.b[0] ^= 1; /* somebody else's */
    NO(f, "applicant", "case.open", RENEW, ERR_NOT_FOUND, "follow.certificate");
    p.enterprise.b[0] ^= 1;
    p.scheme = S("other");
    NO(f, "applicant", "case.open", RENEW, ERR_REFUSED, "follow.scheme");
    p.scheme = S("mini");
    DO(f, "applicant", "case.open", RENEW);
    EXPECT_STR(f->state->opened->previous, p.number);
}

/* Everything of preparation but opening and applying. */
static void prepare(struct fixture *f)
{
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':true},"
       "{'item':'accident','yes':false}]}");
    DO(f, "applicant", "assessment.record",
       "{'answers':[{'indicator':'1.1','result':'met'},"
       "{'indicator':'1.2','result':'sampled','k':9,'n':10},"
       "{'indicator':'2.1','result':'met'},"
       "{'indicator':'2.2','result':'sampled','k':10,'n':10},"
       "{'indicator':'3.1','result':'met'},"
       "{'indicator':'3.2','result':'met'}],"
       "'figures':[{'figure':'satisfaction','k':93,'n':100},"
       "{'figure':'resolution','k':91,'n':100}]}");
}

static const char submit[] =
    "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"
    "'sites':[{'name':'总部','place':'示例市','kind':'hq'}]}";

/* [FO2] [M23]: three months before is in time, a day later is not; on the last
 * day it is still taken. */
TEST(a_renewal_applied_for_late_is_on_record_as_late)
{
    static const struct {
        const char *today;
        bool late;
        const char *id;
    } rows[] = {
        { "2029-01-14", false, NULL },
        { "2029-01-15", true, NULL },
        { "2029-04-14", true, NULL },
        { "2029-04-15", true, "follow.over" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct previous p = ours(f);
        struct event_list got = { 0 };

        f->facts.previous = &p;
        set_today(f, "2028-12-01");
        DO(f, "applicant", "case.open", RENEW);
        prepare(f);
        set_today(f, rows[i].today);
        err e = try_it(f, "applicant", "application.submit", submit, &got);
        if (rows[i].id != NULL) {
            EXPECT_ROW_ERR(rows[i].today, e, ERR_REFUSED, rows[i].id);
        } else if (EXPECT_ROW_OK(rows[i].today, e)) {
            const struct application *a = got.first->data;
            EXPECT_ROW(rows[i].today, a->late == rows[i].late);
        }
    }
}

/* The rest of the plain course, from completeness on, up to the issue. */
static void go_to_issue(struct fixture *f)
{
    do_completeness(f);
    do_contract(f);
    do_documents(f);
    do_plan(f);
    do_audit(f);
    do_report(f);
    do_decision(f);
}

static void go_on(struct fixture *f)
{
    go_to_issue(f);
    DO(f, "certificates", "certificate.issue", "{}");
}

static void add_documents(struct fixture *f)
{
    static const char *const wanted[] = { "licence", "manual", "records" };

    for (size_t i = 0; i < COUNT(wanted); i++) {
        char json[300];
        char to[DAY_TEXT];

        (void)day_text(f->facts.today - 1, to);
        (void)snprintf(json, sizeof json,
                       "{'requirement':'%s','title':'文件','blob':'" ONES "',"
                       "'size':10,'covers_from':'2025-10-01',"
                       "'covers_to':'%s'}",
                       wanted[i], to);
        DO(f, "applicant", "document.add", json);
    }
}

/* [M23] [FO1] */
TEST(a_renewed_certificate_follows_on_the_old_one)
{
    FIXTURE(f);
    struct previous p = ours(f);

    f->facts.previous = &p;
    set_today(f, "2028-12-01");
    DO(f, "applicant", "case.open", RENEW);
    prepare(f);
    add_documents(f);
    DO(f, "applicant", "application.submit", submit);
    EXPECT(f->state->opened->kind == CASE_RENEWAL);
    go_on(f);
    const struct certificate *c = f->state->certificate;
    EXPECT_STR(c->previous, p.number);
    EXPECT(c->recertifications == 2);
    EXPECT(c->first_issued == on("2026-04-15"));
    EXPECT_STR(c->number, S("00028SC0006R2S")); /* domain.md 3.6 */
}

/* [FO1]: what was renewed too late is a first certificate again. */
TEST(a_chain_that_is_broken_begins_anew)
{
    FIXTURE(f);
    struct previous p = ours(f);

    f->facts.previous = &p;
    set_today(f, "2028-12-01");
    DO(f, "applicant", "case.open", RENEW);
    prepare(f);
    add_documents(f);
    DO(f, "applicant", "application.submit", submit);
    p.status = CERTIFICATE_WITHDRAWN; /* in the meantime */
    go_on(f);
    EXPECT(f->state->certificate->recertifications == 0);
    EXPECT(f->state->certificate->first_issued ==
           f->state->certificate->issued);
}

/* [FO1]: issued on the last day of the old one, or a day after. */
TEST(a_renewal_follows_on_a_certificate_up_to_its_last_day)
{
    for (int late = 0; late <= 1; late++) {
        FIXTURE(f);
        struct previous p = ours(f);

        f->facts.previous = &p;
        set_today(f, "2028-12-01");
        DO(f, "applicant", "case.open", RENEW);
        prepare(f);
        add_documents(f);
        DO(f, "applicant", "application.submit", submit);
        go_to_issue(f);
        p.until = f->facts.today - late;
        DO(f, "certificates", "certificate.issue", "{}");
        EXPECT(f->state->certificate->recertifications == (late ? 0 : 2));
    }
}

#define FROM_OTHER(criterion, until, suspended)                                \
    "{'number':'99925SC0001R0S','body':'示例机构','approval':'示例','"   \
    "criterion'"                                                               \
    ":'" criterion                                                             \
    "','level':'ten','first_issued':'2025-05-01','until':'" until              \
    "','last_audit':'2026-01-05','suspended':" suspended                       \
    ",'reason':'机构调整','evidence':['证书','报告']}"

/* [FO3] */
TEST(a_transfer_needs_a_certificate_that_runs_by_the_same_criterion)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "its last day", "applicant", "transfer.record",
          FROM_OTHER("T 1-2026", "2026-03-02", "false"), ALLOWED },
        { "over", "applicant", "transfer.record",
          FROM_OTHER("T 1-2026", "2026-03-01", "false"), ERR_REFUSED,
          "follow.over" },
        { "suspended", "applicant", "transfer.record",
          FROM_OTHER("T 1-2026", "2028-04-30", "true"), ERR_REFUSED,
          "follow.suspended" },
        { "another criterion", "applicant", "transfer.record",
          FROM_OTHER("T 2-2026", "2028-04-30", "false"), ERR_REFUSED,
          "follow.criterion" },
        { "over before it began", "applicant", "transfer.record",
          FROM_OTHER("T 1-2026", "2025-04-30", "false"), ERR_INVALID,
          "follow.dates" },
        { "issued and audited today, for a day", "applicant", "transfer.record",
          "{'number':'9','body':'示例机构','approval':'示例','criterion':"
          "'T 1-2026','level':'ten','first_issued':'2026-03-02','until':"
          "'2026-03-02','last_audit':'2026-03-02','suspended':false,"
          "'reason':'机构调整','evidence':['证书']}",
          ALLOWED },
        { "audited tomorrow", "applicant", "transfer.record",
          "{'number':'9','body':'示例机构','approval':'示例','criterion':"
          "'T 1-2026','level':'ten','first_issued':'2025-05-01','until':"
          "'2028-04-30','last_audit':'2026-03-03','suspended':false,"
          "'reason':'机构调整','evidence':['证书']}",
          ERR_INVALID, "follow.dates" },
        { "issued tomorrow", "applicant", "transfer.record",
          "{'number':'9','body':'示例机构','approval':'示例','criterion':"
          "'T 1-2026','level':'ten','first_issued':'2026-03-03','until':"
          "'2028-04-30','last_audit':'2026-01-05','suspended':false,"
          "'reason':'机构调整','evidence':['证书']}",
          ERR_INVALID, "follow.dates" },
        { "without evidence", "applicant", "transfer.record",
          "{'number':'9','body':'示例机构','approval':'示例','criterion':"
          "'T 1-2026','level':'ten','first_issued':'2025-05-01','until':"
          "'2028-04-30','last_audit':'2026-01-05','suspended':false,"
          "'reason':'机构调整'}",
          ERR_INVALID, "record.missing" },
    };

    DO(f, "applicant", "case.open", TRANSFER);
    ATTEMPTS(f, rows);
    prepare(f);
    add_documents(f);
    NO(f, "applicant", "application.submit", submit, ERR_REFUSED,
       "follow.not_recorded");
}

/* [FO3]: its last day and the day after, at the application and at the issue.
 */
TEST(what_ran_out_on_the_way_is_not_taken_over)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", TRANSFER);
    DO(f, "applicant", "transfer.record",
       FROM_OTHER("T 1-2026", "2026-03-31", "false"));
    prepare(f);
    add_documents(f);
    set_today(f, "2026-04-01");
    NO(f, "applicant", "application.submit", submit, ERR_REFUSED,
       "follow.over");
    set_today(f, "2026-03-02");
    DO(f, "applicant", "application.submit", submit);
    go_to_issue(f);
    set_today(f, "2026-04-01");
    NO(f, "certificates", "certificate.issue", "{}", ERR_REFUSED,
       "follow.over");
    set_today(f, "2026-03-31");
    DO(f, "certificates", "certificate.issue", "{}");
    EXPECT(f->state->certificate->until == on("2026-03-31"));
}

TEST(a_transferred_certificate_ends_no_later_than_the_one_before)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", TRANSFER);
    DO(f, "applicant", "transfer.record",
       FROM_OTHER("T 1-2026", "2026-12-31", "false"));
    prepare(f);
    add_documents(f);
    DO(f, "applicant", "application.submit", submit);
    go_on(f);
    const struct certificate *c = f->state->certificate;
    EXPECT(c->until == on("2026-12-31"));
    EXPECT(c->first_issued == on("2025-05-01"));
    EXPECT(c->surveillance_due == DAY_NEVER); /* it ends before */
    EXPECT_STR(c->previous, S("99925SC0001R0S"));
}

/* It gives no more than three years of our own. */
TEST(a_transferred_certificate_ends_when_its_own_time_is_over)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", TRANSFER);
    DO(f, "applicant", "transfer.record",
       FROM_OTHER("T 1-2026", "2035-12-31", "false"));
    prepare(f);
    add_documents(f);
    DO(f, "applicant", "application.submit", submit);
    go_on(f);

    const struct certificate *c = f->state->certificate;
    EXPECT(c->until < on("2030-01-01"));
    EXPECT(c->until - c->from >= 3 * 365 - 1);
}

TEST(only_a_transfer_has_another_body_s_certificate)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    NO(f, "applicant", "transfer.record",
       FROM_OTHER("T 1-2026", "2028-04-30", "false"), ERR_REFUSED,
       "follow.no_transfer");
}
