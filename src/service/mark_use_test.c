/* Who gets the artwork of a mark, and when. [M21] [MU1] [MU2] */

#include "service/mark_use.h"

#include "service/service_test_env.h"

#define NUMBER "00026SC0001R0S"

/* A certificate with two uses of its mark, the first of them approved. */
static str with_uses(struct office *o)
{
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(o, "newcomer", ref, "mark.ask",
                        "{'use':'tender','where':'投标书',"
                        "'words':'服务认证'}"));
    EXPECT_OK(office_do(o, "newcomer", ref, "mark.ask",
                        "{'use':'packaging','where':'外箱',"
                        "'words':'服务认证'}"));
    EXPECT_OK(
        office_do(o, "certificates", ref, "mark.approve", "{'number':1}"));
    return ref;
}

static err load(struct office *o, const char *who, const char *number,
                int64_t use)
{
    struct case_file file = { 0 };
    struct mark_use_wish wish = {
        .certificate = str_of(number),
        .use = use,
        .colour = MARK_MONO,
        .today = office_today(o),
    };
    err e = mark_use_load(o->app, &o->arena, office_as(o, who), &wish, &file);

    EXPECT(failed(e) || file.state->certificate != NULL);
    return e;
}

EACH_STORE_TEST(an_approved_use_is_for_whoever_may_read_the_case)
{
    TEST_OFFICE(o, place);

    (void)with_uses(&o);
    EXPECT_OK(load(&o, "newcomer", NUMBER, 1));
    EXPECT_OK(load(&o, "certificates", "00026sc0001r0s", 1));
    EXPECT_ERR(load(&o, "rival", NUMBER, 1), ERR_NOT_FOUND, "case.missing");
}

/* cases.h [CA6]: which case a certificate came from is nobody else's business.
 */
EACH_STORE_TEST(a_stranger_is_told_no_more_than_they_said)
{
    TEST_OFFICE(o, place);

    (void)with_uses(&o);
    EXPECT_STR(err_arg_text(load(&o, "rival", NUMBER, 1), "ref"), S(NUMBER));
}

EACH_STORE_TEST(what_was_not_approved_has_no_artwork)
{
    TEST_OFFICE(o, place);
    str ref = with_uses(&o);

    EXPECT_ERR(load(&o, "newcomer", NUMBER, 2), ERR_REFUSED, "mark.no_use");
    EXPECT_ERR(load(&o, "newcomer", NUMBER, 3), ERR_NOT_FOUND, "mark.number");
    EXPECT_ERR(load(&o, "newcomer", "X1", 1), ERR_NOT_FOUND, "lookup.number");
    EXPECT_OK(office_do(&o, "certificates", ref, "mark.stop",
                        "{'number':1,'reasons':'x'}"));
    EXPECT_ERR(load(&o, "newcomer", NUMBER, 1), ERR_REFUSED, "mark.no_use");
}

/* Suspended and restored; and both sides of the last valid day. */
EACH_STORE_TEST(artwork_is_made_only_while_the_certificate_is_valid)
{
    TEST_OFFICE(o, place);
    str ref = with_uses(&o);
    day until = office_read(&o, ref).state->certificate->until;

    office_pass_days(&o, until - office_today(&o));
    EXPECT_OK(load(&o, "newcomer", NUMBER, 1));
    office_pass_days(&o, 1);
    EXPECT_ERR(load(&o, "newcomer", NUMBER, 1), ERR_REFUSED, "mark.over");
}

EACH_STORE_TEST(a_suspended_certificate_s_mark_rests)
{
    TEST_OFFICE(o, place);
    str ref = with_uses(&o);

    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.suspend",
                        "{'code':'0111','reasons':'x',"
                        "'confirmed':'2026-03-02'}"));
    EXPECT_ERR(load(&o, "newcomer", NUMBER, 1), ERR_REFUSED, "mark.suspended");
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'x'}"));
    EXPECT_OK(load(&o, "newcomer", NUMBER, 1));
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.cancel",
                        "{'code':'0111','reasons':'x'}"));
    EXPECT_ERR(load(&o, "newcomer", NUMBER, 1), ERR_REFUSED, "mark.over");
}
