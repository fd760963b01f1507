/* What waits of changes, of the mark and of its misuse. [M21] [17065 4.1.3]
 * [17065 7.10] */

#include "domain/mark.h"
#include "domain/test_tasks.h"

/* --- changes -------------------------------------------------------------- */

#define RENAMED "{'kind':'name','holder':'示例电器集团','reasons':'更名'}"

/* Judged by a reviewer; approving it issues the certificate anew, so nothing
 * waits after it. change.c [CH1] */
TEST(a_change_that_was_asked_for_waits_for_a_reviewer_until_it_is_judged)
{
    static const struct {
        const char *command;
        const char *json;
    } rows[] = {
        { "change.approve", "{'number':1}" },
        { "change.refuse", "{'number':1,'reasons':'证据不足'}" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2027-01-04");
        DO(f, "applicant", "change.ask", RENAMED);
        EXPECT(find_task(f, TASK_JUDGE_CHANGE)->opens == on("2027-01-04"));
        pass_days(f, 7);
        EXPECT_ROW_STR(rows[i].command, open_tasks(f),
                       S("judge_change#1 reviewer never"));
        DO(f, "jack", rows[i].command, rows[i].json);
        EXPECT_ROW_STR(rows[i].command, open_tasks(f), S(""));
    }
}

/* The next one is another: it is told of anew. */
TEST(each_change_waits_by_its_number)
{
    FIXTURE(f);

    certified(f, "2027-01-04");
    DO(f, "applicant", "change.ask", RENAMED);
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'证据不足'}");
    pass_days(f, 1);
    DO(f, "applicant", "change.ask", RENAMED);
    EXPECT_STR(open_tasks(f), S("judge_change#2 reviewer never"));
    EXPECT(find_task(f, TASK_JUDGE_CHANGE)->opens == on("2027-01-05"));
}

/* A new name does not wait for an audit. change.c [CH4] */
TEST(a_change_waits_for_a_reviewer_at_every_stage_of_a_round)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    DO(f, "applicant", "change.ask", RENAMED);
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    EXPECT(has_open(f, TASK_JUDGE_CHANGE));
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
       "'to':'2027-03-22','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    EXPECT(has_open(f, TASK_JUDGE_CHANGE));
    do_round_audit(f);
    EXPECT(has_open(f, TASK_JUDGE_CHANGE));
    DO(f, "reviewer", "change.approve", "{'number':1}");
    EXPECT(find_task(f, TASK_JUDGE_CHANGE) == NULL);
}

/* [CH2] What the round before granted is still due. */
TEST(what_a_round_granted_waits_while_another_is_under_way)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    do_round_of(f, "extension", "ten");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    EXPECT(has_open(f, TASK_ASK_CHANGE));
    DO(f, "applicant", "change.ask",
       "{'kind':'extension','scope':'家电与灯具','reasons':'扩大'}");
    EXPECT(!has_open(f, TASK_ASK_CHANGE) && has_open(f, TASK_JUDGE_CHANGE));
}

/* [CH2] */
TEST(what_a_round_granted_waits_to_be_put_on_the_certificate)
{
    static const struct {
        const char *kind;
        const char *level;
        const char *want;
        const char *json;
    } rows[] = {
        { "extension", "ten", "ask_change applicant|certificates never",
          "{'kind':'extension','scope':'家电与灯具','reasons':'扩大'}" },
        { "special", "three", "ask_change applicant|certificates never",
          "{'kind':'level','reasons':'本轮评定为三星'}" },
        { "special", "ten", "", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2026-06-01");
        do_round_of(f, rows[i].kind, rows[i].level);
        EXPECT_ROW_STR(rows[i].kind, open_tasks(f), str_of(rows[i].want));
        if (rows[i].json == NULL)
            continue;
        DO(f, "certificates", "change.ask", rows[i].json);
        EXPECT_ROW_STR(rows[i].kind, open_tasks(f),
                       S("judge_change#1 reviewer never"));
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT_ROW_STR(rows[i].kind, open_tasks(f), S(""));
    }
}

/* --- the mark ------------------------------------------------------------- */

#define ASK "{'use':'packaging','where':'外包装','words':'售后服务认证'}"

TEST(each_use_of_the_mark_waits_by_its_number_until_it_is_judged)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", ASK);
    pass_days(f, 1);
    DO(f, "applicant", "mark.ask", ASK);
    EXPECT_STR(open_tasks(f), S("judge_mark#1 certificates never\n"
                                "judge_mark#2 certificates never"));
    EXPECT(find_task(f, TASK_JUDGE_MARK)->opens == on("2026-05-04"));
    DO(f, "certificates", "mark.refuse", "{'number':1,'reasons':'图样有改动'}");
    EXPECT_STR(open_tasks(f), S("judge_mark#2 certificates never"));
    DO(f, "certificates", "mark.approve", "{'number':2}");
    EXPECT_STR(open_tasks(f), S(""));
    DO(f, "certificates", "mark.stop", "{'number':2,'reasons':'已流标'}");
    EXPECT_STR(open_tasks(f), S(""));
}

static void withdraw(struct fixture *f)
{
    DO(f, "reviewer", "withdrawal.decide",
       "{'code':'0112','reasons':'拒绝监督'}");
    DO(f, "head", "certificate.withdraw", "{}");
}

/* [MK3] */
TEST(no_use_of_the_mark_waits_once_the_certificate_is_over)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "applicant", "mark.ask", ASK);
    withdraw(f);
    EXPECT_STR(open_tasks(f), S(""));
}

/* --- its misuse [TD4] ----------------------------------------------------- */

#define MISUSE(until)                                                          \
    "{'kind':'as_product','text':'外箱称产品认证',"                     \
    "'found':'2026-05-01','until':'" until "'}"
#define SETTLE(n, outcome)                                                     \
    "{'number':" n ",'outcome':'" outcome "','text':'已更换'}"

/* Recorded on 2026-05-04, to be put right by 2026-05-18; suspended within five
 * days of that. */
TEST(a_misuse_is_put_right_by_its_day_or_the_body_acts)
{
    static const struct {
        const char *today;
        const char *want;
    } rows[] = {
        { "2026-05-03", "" },
        { "2026-05-04", "cure_misuse#1 applicant|certificates 2026-05-18" },
        { "2026-05-18", "cure_misuse#1 applicant|certificates 2026-05-18" },
        { "2026-05-19",
          "suspend_for_misuse#1 reviewer|certificates 2026-05-23\n"
          "cure_misuse#1 applicant|certificates 2026-05-18 overdue\n"
          "follow_misuse#1 certificates never" },
        { "2026-05-23",
          "suspend_for_misuse#1 reviewer|certificates 2026-05-23\n"
          "cure_misuse#1 applicant|certificates 2026-05-18 overdue\n"
          "follow_misuse#1 certificates never" },
        { "2026-05-24",
          "suspend_for_misuse#1 reviewer|certificates 2026-05-23 overdue\n"
          "cure_misuse#1 applicant|certificates 2026-05-18 overdue\n"
          "follow_misuse#1 certificates never" },
    };
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "intake", "misuse.record", MISUSE("2026-05-18"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        set_today(f, rows[i].today);
        EXPECT_ROW_STR(rows[i].today, open_tasks(f), str_of(rows[i].want));
    }
    DO(f, "certificates", "misuse.settle", SETTLE("1", "corrected"));
    EXPECT_STR(open_tasks(f), S(""));
}

/* A person suspended; how the misuse ended is still to be said. [MK4] */
TEST(a_misuse_that_led_to_a_suspension_waits_to_be_settled_as_that)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04"));
    pass_days(f, 1);
    EXPECT(has_open(f, TASK_SUSPEND_FOR_MISUSE));
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'误用标志','confirmed':'2026-05-05'}");
    EXPECT(find_task(f, TASK_SUSPEND_FOR_MISUSE) == NULL);
    EXPECT(has_open(f, TASK_FOLLOW_MISUSE));
    EXPECT(has_open(f, TASK_CURE));
    DO(f, "certificates", "misuse.settle", SETTLE("1", "suspension"));
    EXPECT_STR(open_tasks(f), S("cure applicant|reviewer 2026-11-05"));
}

TEST(a_misuse_waits_also_after_the_certificate_is_over)
{
    FIXTURE(f);

    certified(f, "2026-05-04");
    withdraw(f);
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-04"));
    DO(f, "certificates", "misuse.record", MISUSE("2026-05-18"));
    pass_days(f, 1);
    EXPECT_STR(open_tasks(f),
               S("cure_misuse#1 applicant|certificates 2026-05-04 overdue\n"
                 "cure_misuse#2 applicant|certificates 2026-05-18\n"
                 "follow_misuse#1 certificates never"));
    DO(f, "certificates", "misuse.settle", SETTLE("1", "withdrawal"));
    EXPECT_STR(open_tasks(f),
               S("cure_misuse#2 applicant|certificates 2026-05-18"));
}
