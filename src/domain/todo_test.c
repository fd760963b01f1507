/* What waits for whom, from when, until when. [M4] [M22] [M23] */

#include "domain/todo.h"

#include "domain/mark.h"
#include "domain/rights.h"
#include "domain/test_fixture.h"
#include "domain/test_tasks.h"
#include "domain/test_walking.h"

#include <stdio.h>

/* --- stage by stage ------------------------------------------------------- */

/* [TD1] [TD3] */
TEST(each_stage_waits_for_those_whose_turn_it_is)
{
    static const struct {
        enum stage stage;
        const char *want;
    } rows[] = {
        { STAGE_COMPLETENESS, "check intake 2026-03-09" },
        { STAGE_CONTRACT, "quote finance never" },
        { STAGE_DOCUMENTS, "review auditor never" },
        { STAGE_PLAN, "plan planner never" },
        { STAGE_REPORT, "report lead never" },
        { STAGE_DECISION, "decide reviewer never" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, rows[i].stage);
        EXPECT_ROW_STR(stage_names[rows[i].stage], open_tasks(f),
                       str_of(rows[i].want));
    }
}

/* What lapses is over, not late, once its day has passed. */
TEST(a_task_is_open_overdue_or_over_by_its_days)
{
    static const struct {
        const char *what;
        day today;
        bool lapses;
        bool open;
        bool overdue;
        bool over;
    } rows[] = {
        { "not there yet", 9, false, false, false, false },
        { "its first day", 10, false, true, false, false },
        { "its last day", 20, false, true, false, false },
        { "the day after", 21, false, true, true, false },
        { "lapses, not there yet", 9, true, false, false, false },
        { "lapses, its first day", 10, true, true, false, false },
        { "lapses, its last day", 20, true, true, false, false },
        { "lapses, the day after", 21, true, false, false, true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct task t = { .opens = 10,
                                .due = 20,
                                .lapses = rows[i].lapses };

        EXPECT_ROW(rows[i].what,
                   task_is_open(&t, rows[i].today) == rows[i].open);
        EXPECT_ROW(rows[i].what,
                   task_is_overdue(&t, rows[i].today) == rows[i].overdue);
        EXPECT_ROW(rows[i].what,
                   task_is_over(&t, rows[i].today) == rows[i].over);
    }
}

TEST(nothing_waits_before_a_case_is_opened)
{
    FIXTURE(f);

    EXPECT(tasks_of(f).n == 0);
}

/* The enterprise applies, or staff for it where it applied on paper. [M11] */
TEST(an_application_waits_for_the_enterprise_or_on_paper_for_the_intake)
{
    FIXTURE(f);

    prepare_case(f);
    EXPECT_STR(open_tasks(f), S("apply applicant never"));

    FIXTURE(g);
    DO(g, "intake", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT_STR(open_tasks(g), S("apply applicant|intake never"));
}

TEST(a_contract_waits_for_each_side_in_turn)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'认证费','kind':'fee','amount':1000000}],"
       "'prepay':3000}");
    EXPECT_STR(open_tasks(f), S("accept applicant never"));
    DO(f, "applicant", "contract.accept", "{}");
    EXPECT_STR(open_tasks(f), S("sign finance|head never"));
    DO(f, "head", "contract.sign", "{}");
    EXPECT_STR(open_tasks(f), S("pay applicant|finance never"));
}

/* The team by name, the lead for what the lead does. */
TEST(an_audit_waits_for_the_people_of_its_team)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    str due = S("begin_audit lead ");
    EXPECT(str_begins(open_tasks(f), due));
    DO(f, "lead", "audit.open", "{}");

    str open = open_tasks(f);
    EXPECT(str_begins(str_cut(&open, '\n'), S("audit lead ")));
    EXPECT(str_begins(str_cut(&open, '\n'), S("audit auditor ")));
    EXPECT(open.n == 0); /* experts judge nothing */
}

/* --- limits that pass [TD4] ----------------------------------------------- */

static void supplement_asked(struct fixture *f)
{
    do_preparation(f, false);
    DO(f, "intake", "supplement.ask", "{'note':'请补充'}");
}

/* Asked for on 2026-03-02, with thirty days. */
TEST(a_supplement_that_does_not_come_is_a_task_of_the_intake)
{
    FIXTURE(f);

    supplement_asked(f);
    EXPECT_STR(open_tasks(f), S("supply applicant 2026-04-01"));
    set_today(f, "2026-04-01"); /* the last day */
    EXPECT_STR(open_tasks(f), S("supply applicant 2026-04-01"));
    set_today(f, "2026-04-02"); /* the day after */
    EXPECT_STR(open_tasks(f), S("supply applicant 2026-04-01 overdue\n"
                                "decline intake never"));
}

/* Reported on 2026-03-23 with a minor nonconformity. [M18] */
TEST(a_case_whose_corrections_do_not_come_waits_for_the_planner)
{
    FIXTURE(f);
    day until;

    go_to(f, STAGE_CORRECTION);
    until = f->state->correct_until;
    EXPECT(!has_open(f, TASK_EXTEND));
    f->facts.today = until;
    EXPECT(!has_open(f, TASK_EXTEND));
    EXPECT(!task_is_overdue(find_task(f, TASK_CORRECT), f->facts.today));
    f->facts.today = until + 1;
    EXPECT(has_open(f, TASK_EXTEND));
    EXPECT(find_task(f, TASK_EXTEND)->roles == ROLE_BIT(ROLE_PLANNER));
    EXPECT(task_is_overdue(find_task(f, TASK_CORRECT), f->facts.today));
}

TEST(what_was_corrected_waits_for_the_team_while_the_rest_waits)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    EXPECT(!has_open(f, TASK_VERIFY));
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'无制度','action':'已建立','evidence':['照片']}");
    EXPECT(!has_open(f, TASK_CORRECT)); /* nothing is left to submit */
    EXPECT(has_open(f, TASK_VERIFY));
    EXPECT(find_task(f, TASK_VERIFY)->due == DAY_NEVER);
}

/* [PL4] The day after the last planned one. */
TEST(an_audit_that_did_not_begin_in_its_days_is_planned_anew)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    f->facts.today = f->state->plan->to;
    EXPECT(!has_open(f, TASK_REPLAN));
    f->facts.today = f->state->plan->to + 1;
    EXPECT(has_open(f, TASK_REPLAN));
    EXPECT(task_is_overdue(find_task(f, TASK_BEGIN_AUDIT), f->facts.today));
}

/* --- decisions ------------------------------------------------------------ */

TEST(a_decision_waits_for_reviewer_lead_and_head_in_turn)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    EXPECT_STR(open_tasks(f), S("decide reviewer never"));
    DO(f, "reviewer", "decision.question", "{'reasons':'样本怎么抽的?'}");
    EXPECT_STR(open_tasks(f), S("answer_question lead never"));
    DO(f, "lead", "decision.answer", "{'reasons':'按随机数'}");
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT_STR(open_tasks(f), S("countersign head never"));
    DO(f, "head", "decision.sign", "{}");

    const struct task *issue = find_task(f, TASK_ISSUE);
    EXPECT(issue != NULL && issue->due == f->state->due);
    EXPECT(issue != NULL && issue->due != DAY_NEVER);
}

/* --- upkeep --------------------------------------------------------------- */

/* Due on 2027-04-15. [M22] */
TEST(a_surveillance_is_arranged_three_months_ahead_and_missed_after_its_day)
{
    static const struct {
        const char *today;
        const char *want;
    } rows[] = {
        { "2026-04-15", "" },
        { "2027-01-14", "" },
        { "2027-01-15", "survey planner|reviewer 2027-04-15" },
        { "2027-04-15", "survey planner|reviewer 2027-04-15" },
        { "2027-04-16", "survey planner|reviewer 2027-04-15 overdue\n"
                        "suspend reviewer|certificates 2027-04-20" },
        { "2027-04-20", "survey planner|reviewer 2027-04-15 overdue\n"
                        "suspend reviewer|certificates 2027-04-20" },
        { "2027-04-21", "survey planner|reviewer 2027-04-15 overdue\n"
                        "suspend reviewer|certificates 2027-04-20 overdue" },
    };
    FIXTURE(f);

    certified(f, "2026-04-15");
    for (size_t i = 0; i < COUNT(rows); i++) {
        set_today(f, rows[i].today);
        EXPECT_ROW_STR(rows[i].today, open_tasks(f), str_of(rows[i].want));
    }
}

/* A visit in time is no missed one, though its decision comes later; a round
 * that was opened and not audited is. */
TEST(a_surveillance_is_missed_until_its_visit_is_over)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    set_today(f, "2027-04-16");
    EXPECT(has_open(f, TASK_SUSPEND));
    set_today(f, "2027-03-22");
    do_round_audit(f);
    EXPECT(find_task(f, TASK_SUSPEND) == NULL);
    do_round_report(f);
    set_today(f, "2027-04-16");
    EXPECT(find_task(f, TASK_SUSPEND) == NULL);
}

/* The visit was made, and what it found is being corrected. */
TEST(a_surveillance_with_something_to_correct_is_not_missed)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['e'],"
       "'site':'总部'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'s'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'s'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'x'}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue",
       "{'recommended':true,'summary':'报告','runs':true,"
       "'improvements':'x','correct_until':'2027-04-20'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    EXPECT(f->state->stage == STAGE_CORRECTION);
    set_today(f, "2027-04-16");
    EXPECT(find_task(f, TASK_SUSPEND) == NULL);
}

/* [UP2] five days */
TEST(a_suspension_that_a_round_proposes_waits_for_a_person)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'体系未运行'}");
    DO(f, "head", "decision.sign", "{}");

    const struct task *t = find_task(f, TASK_SUSPEND);
    EXPECT(t != NULL && t->due == f->facts.today + 5);
    EXPECT(has_open(f, TASK_SUSPEND));
    EXPECT(find_task(f, TASK_SURVEY) == NULL);
}

#define SUSPEND(confirmed)                                                     \
    "{'code':'0111','reasons':'热线停用','confirmed':'" confirmed "'}"

/* Suspended on 2027-01-10 for six months at the longest. [LI2] [LI3] */
/* [LI3] [条例 22] [M21] */
TEST(a_reduction_waits_for_the_head_unless_an_appeal_is_open)
{
    static const char narrow[] = "{'scope':'空调售后','reasons':'停产'}";
    FIXTURE(f);

    certified(f, "2026-06-01");
    EXPECT(find_task(f, TASK_SIGN_REDUCTION) == NULL);
    DO(f, "jack", "reduction.decide", narrow);
    EXPECT_STR(open_tasks(f), S("sign_reduction head never"));
    DO(f, "applicant", "appeal.file", "{'subject':'reduction','grounds':'x'}");
    EXPECT(find_task(f, TASK_SIGN_REDUCTION) == NULL);
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'x'}");
    EXPECT(has_open(f, TASK_SIGN_REDUCTION));
    DO(f, "head", "reduction.return", "{'reasons':'x'}");
    EXPECT(find_task(f, TASK_SIGN_REDUCTION) == NULL);
    DO(f, "jack", "reduction.decide", narrow);
    DO(f, "certificates", "certificate.cancel",
       "{'code':'0111','reasons':'x'}");
    EXPECT(find_task(f, TASK_SIGN_REDUCTION) == NULL);
}

TEST(a_suspension_is_cured_in_time_or_ends_in_a_withdrawal)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-08"));
    EXPECT_STR(open_tasks(f), S("cure applicant|reviewer 2027-07-10"));
    set_today(f, "2027-07-10");
    EXPECT_STR(open_tasks(f), S("cure applicant|reviewer 2027-07-10"));
    set_today(f, "2027-07-11");
    EXPECT_STR(open_tasks(f), S("cure applicant|reviewer 2027-07-10 overdue\n"
                                "withdraw reviewer never"));
    DO(f, "reviewer", "withdrawal.decide",
       "{'code':'0101','reasons':'逾期未恢复'}");
    EXPECT(find_task(f, TASK_WITHDRAW) == NULL);
    EXPECT(has_open(f, TASK_SIGN_WITHDRAWAL));
    DO(f, "head", "certificate.withdraw", "{}");
    EXPECT_STR(open_tasks(f), S(""));
}

/* [FO2] The same days as the rules of a renewal have, both sides. */
TEST(a_renewal_is_there_when_it_is_not_too_early_and_overdue_when_it_is_late)
{
    static const struct {
        const char *today;
        bool open;
        bool overdue;
    } rows[] = {
        { "2028-10-13", false, false }, /* "follow.early" */
        { "2028-10-14", true, false },  { "2029-01-14", true, false },
        { "2029-01-15", true, true },   { "2029-04-14", true, true },
    };
    FIXTURE(f);

    certified(f, "2028-10-01");
    for (size_t i = 0; i < COUNT(rows); i++) {
        set_today(f, rows[i].today);
        const struct task *t = find_task(f, TASK_RENEW);

        EXPECT_ROW(rows[i].today,
                   task_is_open(t, f->facts.today) == rows[i].open);
        EXPECT_ROW(rows[i].today,
                   task_is_overdue(t, f->facts.today) == rows[i].overdue);
    }
}

TEST(a_renewal_that_was_applied_for_waits_no_more)
{
    FIXTURE(f);
    struct todo_facts facts = { .previous_until = DAY_NEVER, .renewed = true };
    struct list l;

    certified(f, "2029-01-15");
    EXPECT(find_task(f, TASK_RENEW) != NULL);
    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    for (size_t i = 0; i < l.n; i++)
        EXPECT(((const struct task *)l.p)[i].kind != TASK_RENEW);
}

/* The certificate ends on 2029-04-14, so by 2029-01-14. */
TEST(a_renewal_is_applied_for_three_months_before_the_certificate_ends)
{
    FIXTURE(f);
    struct previous p = {
        .number = S("00026SC0001R0S"),
        .enterprise = f->enterprise.id,
        .scheme = S("mini"),
        .until = on("2029-04-14"),
    };

    f->facts.previous = &p;
    set_today(f, "2029-01-02");
    prepare_kind(f, "'kind':'renewal','previous':'00026SC0001R0S'");
    EXPECT_STR(open_tasks(f), S("apply applicant 2029-01-14"));
    set_today(f, "2029-01-15");
    EXPECT_STR(open_tasks(f), S("apply applicant 2029-01-14 overdue"));
}

TEST(a_wish_to_cancel_waits_for_the_certificates)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    EXPECT_STR(open_tasks(f), S(""));
    DO(f, "applicant", "cancellation.ask", "{'reasons':'不再需要'}");
    EXPECT_STR(open_tasks(f), S("cancel certificates never"));
}

/* --- appeals and complaints ----------------------------------------------- */

TEST(an_appeal_waits_for_quality_and_then_for_its_panel)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'分数不足'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT_STR(open_tasks(f), S(""));
    DO(f, "applicant", "appeal.file", "{'subject':'refusal','grounds':'不服'}");
    EXPECT_STR(open_tasks(f), S("assign_appeal quality never"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    EXPECT_STR(open_tasks(f), S("hear_appeal appeal never"));
    DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'维持'}");
    EXPECT_STR(open_tasks(f), S(""));
}

TEST(each_complaint_waits_by_its_number_for_who_answers_it)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    for (int i = 0; i < 2; i++)
        DO(f, "quality", "complaint.record",
           "{'about':'body','text':'太慢','received':'2026-03-02'}");
    DO(f, "quality", "complaint.assign", "{'number':2,'to':'spare'}");
    EXPECT_STR(open_tasks(f), S("quote finance never\n"
                                "assign_complaint#1 quality never\n"
                                "answer_complaint#2 spare never"));
    DO(f, "spare", "complaint.answer",
       "{'number':2,'justified':false,'answer':'已说明'}");
    EXPECT(find_task(f, TASK_ANSWER_COMPLAINT) == NULL);
}

/* --- whatever people do --------------------------------------------------- */

enum { WALKS = 60 };

/* What may wait on something else to be done first: documents, say; and after
 * a refusal for what was not corrected was sent back, it is corrected after all
 * or refused again. */
static bool takes_steps(enum task_kind kind)
{
    return kind == TASK_APPLY || kind == TASK_CHECK || kind == TASK_SUPPLY ||
           kind == TASK_DECIDE;
}

/* Can it be done as it says?  A renewal is another case. */
static bool can_be_done(const struct walk *w, const struct task *t)
{
    const char *command = task_command(t->kind);

    if (t->kind == TASK_RENEW)
        return true;
    if (takes_steps(t->kind))
        return !failed(
            right_check_stage(w->arena, right_find(command), w->state));
    return !failed(
        command_ready(w->arena, w->state, command_kind_find(str_of(command))));
}

/* Does the case wait for `t`: on this side, by this limit? [TD3] */
static bool is_the_turn(const struct state *s, const struct task *t)
{
    unsigned side = ROLE_BIT(ROLE_APPLICANT) | ROLE_BIT(ROLE_INTAKE);

    if (s->waiting == WAITING_BODY)
        side = ~ROLE_BIT(ROLE_APPLICANT);
    return (t->roles & side) != 0 && t->due == s->due &&
           t->provisional == s->due_provisional;
}

/* --- of changes, the mark and its misuse: one each, and no more ----------- */

struct due {
    const char *wrong; /* when it is not so */
    enum task_kind kind;
    int32_t n; /* that there should be */
};

static int32_t count_kind(const struct list *l, enum task_kind kind)
{
    const struct task *t = l->p;
    int32_t n = 0;

    for (size_t i = 0; i < l->n; i++)
        n += t[i].kind == kind;
    return n;
}

static int32_t marks_asked(const struct state *s)
{
    int32_t n = 0;

    for (int32_t i = 0; i < s->mark_count; i++)
        n += s->marks[i].standing == MARK_ASKED;
    return n;
}

static int32_t misuses_open(const struct state *s)
{
    int32_t n = 0;

    for (int32_t i = 0; i < s->misuse_count; i++)
        n += s->misuses[i].settled == NULL;
    return n;
}

/* Told from the journal's state in words of the trade, not of the table. */
static const char *waits_once(const struct state *s, const struct list *l)
{
    bool over = s->stage == STAGE_ENDED;
    bool valid = !over && s->status == CERTIFICATE_VALID;
    bool granted = s->extension_granted ||
                   (s->certificate != NULL &&
                    !str_eq(s->granted->level, s->certificate->level));
    const struct due rows[] = {
        { "changes that wait", TASK_JUDGE_CHANGE, !over && s->change != NULL },
        { "changes that are due", TASK_ASK_CHANGE,
          valid && s->change == NULL && granted },
        { "uses of the mark", TASK_JUDGE_MARK, over ? 0 : marks_asked(s) },
        { "misuses", TASK_CURE_MISUSE, misuses_open(s) },
        { "misuses to follow", TASK_FOLLOW_MISUSE, misuses_open(s) },
        { "suspensions", TASK_SUSPEND_FOR_MISUSE, valid ? misuses_open(s) : 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (count_kind(l, rows[i].kind) != rows[i].n)
            return rows[i].wrong;
    }
    return NULL;
}

static const char *todo_holds(const struct walk *w)
{
    const struct state *s = w->state;
    const struct todo_facts f = { DAY_NEVER, false };
    bool turn = s->opened == NULL || s->waiting == WAITING_NOBODY ||
                (s->stage == STAGE_UPKEEP && s->due == DAY_NEVER);
    struct list l;

    if (failed(todo_make(w->arena, s, &f, &l)))
        return "no memory";
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        if (!can_be_done(w, t))
            return task_names[t->kind];
        if (s->stage == STAGE_ENDED && t->kind < TASK_ASSIGN_APPEAL)
            return "something waits in a case that ended";
        turn = turn || is_the_turn(s, t);
    }
    return turn ? waits_once(s, &l) : "nobody is waited for";
}

/* [TD1] [TD3] */
TEST(
    whatever_people_do_every_task_can_be_done_and_whoever_is_waited_for_has_one)
{
    static const char *const schemes[] = { "ten-star", "iso-9001" };

    for (size_t i = 0; i < COUNT(schemes); i++) {
        TEST_ARENA(a, 256 << 20);
        struct walking x;
        str script = S("");

        if (!walking_init(&x, &a, schemes[i]))
            return;
        x.also = todo_holds;
        for (uint64_t k = 0; k < WALKS; k++) {
            const char *wrong = walking_go(&x, &a, 7100 + k, 900, &script);

            EXPECT_ROW_STR(schemes[i], wrong == NULL ? S("") : str_of(wrong),
                           S(""));
            if (wrong != NULL)
                fprintf(stderr, "%.*s", STR_ARG(script));
        }
        EXPECT_ROW(schemes[i], x.tally.certificates > 0);
    }
}
