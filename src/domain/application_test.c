/* The end of stage 1: applying, or giving up. [M11] */

#include "domain/test_fixture.h"

#define OPEN "{'scheme':'mini','level':'ten'}"
#define APPLY(staff, service, sites)                                           \
    "{'scope':'服务','staff':" staff ",'service_staff':" service               \
    ",'sites':[" sites "]}"
#define HQ   "{'name':'a','place':'p','kind':'hq'}"
#define SHOP "{'name':'b','place':'p','kind':'outlet'}"

/* [M11] */
TEST(an_application_needs_eligibility_and_self_assessment)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.no_eligibility"); /* [M6] */
    DO(f, "applicant", "eligibility.answer", DECLARED("false"));
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_assessed"); /* [M7] */
    DO(f, "applicant", "assessment.record", "{'answers':[" FIRST_FIVE "]}");
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_assessed"); /* one of six is missing */
}

TEST(who_is_no_longer_eligible_cannot_apply)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "eligibility.answer", DECLARED("true"));
    DO(f, "applicant", "assessment.record",
       "{'answers':[" FIRST_FIVE ",{'indicator':'3.2','result':'met'}]}");
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_eligible"); /* [M6] an accident */
    DO(f, "applicant", "eligibility.answer", DECLARED("false"));
    f->enterprise.scope = S("软件开发"); /* the register changed meanwhile */
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_eligible");
    f->enterprise.scope = S("软件销售");
    f->enterprise.registered = f->facts.today; /* the first condition, alone */
    NO(f, "applicant", "application.submit", APPLY("2", "1", HQ), ERR_REFUSED,
       "application.not_eligible");
    f->enterprise.registered = on("2020-01-01");
    DO(f, "applicant", "application.submit", APPLY("2", "1", HQ));
}

TEST(an_application_names_its_sites)
{
    static const struct attempt rows[] = {
        { "one headquarters", "applicant", "application.submit",
          APPLY("2", "1", HQ "," SHOP), ALLOWED },
        { "none", "applicant", "application.submit", APPLY("2", "1", SHOP),
          ERR_INVALID, "application.headquarters" },
        { "two", "applicant", "application.submit",
          APPLY("2", "1", HQ ",{'name':'c','place':'p','kind':'hq'}"),
          ERR_INVALID, "application.headquarters" },
        { "two of one name", "applicant", "application.submit",
          APPLY("2", "1", HQ "," SHOP "," SHOP), ERR_INVALID,
          "application.site_twice" },
        { "all in service", "applicant", "application.submit",
          APPLY("2", "2", HQ), ALLOWED },
        { "more in service than there are", "applicant", "application.submit",
          APPLY("2", "3", HQ), ERR_INVALID, "application.staff" },
        { "nobody", "applicant", "application.submit", APPLY("0", "0", HQ),
          ERR_INVALID, "record.range" },
    };
    FIXTURE(f);

    DO(f, "applicant", "case.open", OPEN);
    DO(f, "applicant", "eligibility.answer", DECLARED("false"));
    DO(f, "applicant", "assessment.record",
       "{'answers':[" FIRST_FIVE ",{'indicator':'3.2','result':'met'}]}");
    ATTEMPTS(f, rows);
}
