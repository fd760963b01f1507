/* The register of complaints and appeals. [CO1] [CO2] [CC1] [17065 7.13] */

#include "service/complaints.h"

#include "service/check.h"
#include "service/rebuild.h"
#include "service/service_test_env.h"

#define COMPLAIN                                                               \
    "{'about':'mark','text':'证书用在别处\\n网址见附件',"           \
    "'received':'2026-03-02'}"

static struct overview listed(struct office *o, const char *login,
                              enum complaints_which which)
{
    const struct complaints_wish wish = { which, S("") };
    struct overview list = { .next = S("") };

    EXPECT_OK(
        complaints_list(o->app, &o->arena, office_as(o, login), &wish, &list));
    return list;
}

/* The only one of them; zeroed when there is not one. */
static struct complaint_entry only(struct office *o,
                                   enum complaints_which which)
{
    struct overview list = listed(o, "quality", which);

    EXPECT(list.found.n == 1);
    if (list.found.n != 1)
        return (struct complaint_entry){ .subject = S("") };
    return *(const struct complaint_entry *)list.found.p;
}

EACH_STORE_TEST(a_complaint_stands_in_the_register_from_record_to_answer)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    day first = office_today(&o);
    struct check_counts counts;

    EXPECT_OK(office_do(&o, "intake", ref, "complaint.record", COMPLAIN));
    struct complaint_entry c = only(&o, COMPLAINTS_OPEN);
    EXPECT(!c.appeal && c.number == 1 && c.ended == DAY_NEVER);
    EXPECT(c.about == 2 && c.recorded == first && c.handler.n == 0);
    EXPECT_STR(c.subject, S("证书用在别处")); /* a line of it */
    EXPECT_STR(c.case_number, ref);
    EXPECT_STR(c.enterprise, o.own.name);
    EXPECT_OK(office_do(&o, "quality", ref, "complaint.assign",
                        "{'number':1,'to':'finance'}"));
    c = only(&o, COMPLAINTS_ALL);
    EXPECT_STR(c.handler, S("示例·财务"));
    office_pass_days(&o, 3);
    EXPECT_OK(office_do(&o, "finance", ref, "complaint.answer",
                        "{'number':1,'justified':true,'answer':'属实'}"));
    EXPECT(listed(&o, "quality", COMPLAINTS_OPEN).found.n == 0);
    c = only(&o, COMPLAINTS_ENDED);
    EXPECT(c.right && c.ended == first + 3 && c.recorded == first);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* [CO1] */
ONE_STORE_TEST(the_register_is_read_by_whom_it_concerns, true)
{
    static const struct {
        const char *login;
        bool reads;
    } rows[] = {
        { "quality", true },   { "head", true },      { "appeal", true },
        { "intake", false },   { "auditor1", false }, { "admin", false },
        { "newcomer", false }, { "insider", false }, /* it is of their own
                                                        enterprise */
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(office_do(&o, "intake", ref, "complaint.record", COMPLAIN));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].login,
                   listed(&o, rows[i].login, COMPLAINTS_ALL).found.n ==
                       rows[i].reads);
}

/* [CC1] What nobody said is found, and made anew. */
ONE_STORE_TEST(a_register_that_was_changed_by_hand_is_found_and_mended, true)
{
    static const struct {
        const char *sql;
        const char *says;
    } rows[] = {
        { "UPDATE complaint SET outcome = 1", "check.complaints" },
        { "UPDATE complaint SET subject = 'x'", "check.complaints" },
        { "DELETE FROM complaint", "check.complaints" },
        { "INSERT INTO complaint SELECT x'0102030405060708090a0b0c0d0e0f10', "
          "kind, number, about, subject, recorded, person, others, done, turn, "
          "ended, outcome FROM complaint",
          "check.row" },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct check_counts counts;
    struct rebuilt made;

    EXPECT_OK(office_do(&o, "intake", ref, "complaint.record", COMPLAIN));
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&o, rows[i].sql);
        EXPECT_ROW_ERR(rows[i].sql, check_all(o.app, &o.arena, &counts),
                       ERR_CORRUPT, rows[i].says);
        EXPECT_OK(rebuild(o.app, &o.arena, &made));
        EXPECT_OK(check_all(o.app, &o.arena, &counts));
    }
    EXPECT_STR(only(&o, COMPLAINTS_OPEN).case_number, ref);
}
