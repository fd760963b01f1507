/* A suspension is lifted once what it was for is mended: conditions past their
 * day, misuses of the mark. [LI9] [17065 7.11.4] [17065 4.1.3.2] [M21] */

#include "base/size.h"
#include "domain/test_fixture.h"

#define SUSPEND(confirmed)                                                     \
    "{'code':'0111','reasons':'热线停用','confirmed':'" confirmed "'}"
#define RESTORE "{'reasons':'已整改'}"
#define ANSWER  "{'number':1,'text':'已补齐','evidence':['清单']}"
#define MISUSE(until)                                                          \
    "{'kind':'altered','text':'网店首页','found':'2026-05-04','until':'" until \
    "'}"
#define SETTLE(number)                                                         \
    "{'number':" number ",'outcome':'corrected','text':'已更换'}"

/* --- conditions ----------------------------------------------------------- */

/* Issued on 2026-03-16 with a condition for 2026-09-30, suspended on the day
 * given. */
static void suspended_with_condition(struct fixture *f, const char *today,
                                     const char *suspend)
{
    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       "{'conditions':[{'text':'补齐备件清单','until':'2026-09-30'}]}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, today);
    DO(f, "certificates", "certificate.suspend", suspend);
}

TEST(a_condition_that_is_unmet_past_its_day_keeps_a_certificate_suspended)
{
    static const struct attempt before[] = {
        { "on its last day it may still be met", "reviewer",
          "certificate.restore", RESTORE, ALLOWED },
    };
    static const struct attempt after[] = {
        { "the day after", "reviewer", "certificate.restore", RESTORE,
          ERR_REFUSED, "life.unmet_condition" },
    };
    static const struct attempt met[] = {
        { "when it is met", "reviewer", "certificate.restore", RESTORE,
          ALLOWED },
    };
    FIXTURE(f);

    suspended_with_condition(f, "2026-09-30", SUSPEND("2026-09-30"));
    ATTEMPTS(f, before);
    set_today(f, "2026-10-01");
    ATTEMPTS(f, after);
    DO(f, "applicant", "condition.answer", ANSWER);
    ATTEMPTS(f, after); /* nobody has judged the answer */
    DO(f, "reviewer", "condition.judge",
       "{'number':1,'met':false,'note':'不全'}");
    ATTEMPTS(f, after);
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    ATTEMPTS(f, met);
}

/* condition.c [CN4] */
TEST(a_condition_whose_day_was_put_off_keeps_nobody_suspended)
{
    FIXTURE(f);

    suspended_with_condition(f, "2026-10-01", SUSPEND("2026-10-01"));
    NO(f, "reviewer", "certificate.restore", RESTORE, ERR_REFUSED,
       "life.unmet_condition");
    DO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-31','reason':'备件在途'}");
    DO(f, "reviewer", "certificate.restore", RESTORE);
    EXPECT(f->state->status == CERTIFICATE_VALID);
}

/* The second of two, whichever is met. */
TEST(each_condition_is_asked_after)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       "{'conditions':[{'text':'补齐备件清单','until':'2026-09-30'},"
       "{'text':'补齐制度','until':'2026-09-30'}]}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2026-10-01");
    DO(f, "certificates", "certificate.suspend", SUSPEND("2026-10-01"));
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    NO(f, "reviewer", "certificate.restore", RESTORE, ERR_REFUSED,
       "life.unmet_condition");
    DO(f, "applicant", "condition.answer",
       "{'number':2,'text':'已补齐','evidence':['清单']}");
    DO(f, "reviewer", "condition.judge", "{'number':2,'met':true}");
    DO(f, "reviewer", "certificate.restore", RESTORE);
}

/* --- misuses -------------------------------------------------------------- */

TEST(a_misuse_that_is_open_keeps_a_certificate_suspended)
{
    static const struct attempt open[] = {
        { "open", "reviewer", "certificate.restore", RESTORE, ERR_REFUSED,
          "life.open_misuse" },
    };
    FIXTURE(f);

    certified(f, "2026-05-19");
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-19"));
    DO(f, "certificates", "misuse.record", MISUSE("2026-06-19"));
    DO(f, "certificates", "certificate.suspend", SUSPEND("2026-05-19"));
    ATTEMPTS(f, open);
    DO(f, "certificates", "misuse.settle", SETTLE("1"));
    ATTEMPTS(f, open); /* the other's time still runs, and it is open */
    DO(f, "certificates", "misuse.settle", SETTLE("2"));
    DO(f, "reviewer", "certificate.restore", RESTORE);
    EXPECT(f->state->status == CERTIFICATE_VALID);
}

/* mark.c [MK4]: nothing can be recorded of it any more. */
TEST(a_misuse_that_ended_in_the_suspension_is_not_asked_after_again)
{
    FIXTURE(f);

    certified(f, "2026-05-19");
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-19"));
    DO(f, "certificates", "certificate.suspend", SUSPEND("2026-05-19"));
    DO(f, "certificates", "misuse.settle",
       "{'number':1,'outcome':'suspension','text':'证书已暂停'}");
    DO(f, "reviewer", "certificate.restore", RESTORE);
}
