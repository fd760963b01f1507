/*
 * The second opinion itself: it has nothing to say about an honest case, and
 * notices what the rules would have to let through for it.
 */

#include "domain/test_fixture.h"
#include "domain/test_ledger.h"

/* A whole case, with a minor nonconformity, as read from its texts. */
static void go_whole(struct fixture *f)
{
    go_to(f, STAGE_CORRECTION);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'x','action':'x','evidence':['x']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-01-10");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2027-01-10'}");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
    DO(f, "intake", "complaint.record",
       "{'about':'body','text':'太慢','received':'2027-01-10'}");
    DO(f, "quality", "complaint.assign", "{'number':1,'to':'finance'}");
    DO(f, "finance", "complaint.answer",
       "{'number':1,'justified':false,'answer':'已说明'}");
    do_reduction(f, "jack", "{'scope':'空调售后','reasons':'停产'}");
    DO(f, "jack", "withdrawal.decide", "{'code':'0116','reasons':'停业'}");
    DO(f, "head", "certificate.withdraw", "{}");
}

/* Who it was, to the facts. */
static void bring(struct fixture *f, id person)
{
    const struct person *p = &f->people[0];

    while (!id_eq(p->id, person))
        p++;
    f->facts.actor = (struct actor){ .person = person, .roles = p->roles };
    if (str_eq(p->login, S("applicant")))
        f->facts.actor.enterprise = f->enterprise.id;
}

/* The first thing the books say about the case, once `how` had its way with
 * every event of that type. */
typedef void spoil(struct fixture *f, struct event *e, void *data);

static const char *opinion(struct fixture *f, const char *type, spoil *how)
{
    struct ledger l;
    const char *wrong = NULL;

    ledger_init(&l, f->scheme, &f->facts);
    for (size_t i = 0; i < f->n && wrong == NULL; i++) {
        struct event *e = NULL;

        if (!EXPECT_OK(event_read(&f->arena, f->texts[i], &e)))
            break;
        void *data = arena_zero(&f->arena, e->kind->record->size);
        memcpy(data, e->data, e->kind->record->size);
        e->data = data;
        if (how != NULL && strcmp(e->kind->name, type) == 0)
            how(f, e, data);
        bring(f, e->actor);
        wrong = ledger_enter(&l, e);
    }
    return wrong;
}

TEST(the_books_have_nothing_to_say_about_an_honest_case)
{
    FIXTURE(f);

    go_whole(f);
    EXPECT(f->n > 45);
    EXPECT_STR(str_of(opinion(f, "", NULL)), S(""));
}

static void by_lead(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "lead")->id;
}

static void by_reviewer(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "reviewer")->id;
}

static void by_tied(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "tied")->id;
}

static void by_spare(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "spare")->id;
}

static void by_jack(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "jack")->id;
}

static void a_day_more(struct fixture *, struct event *, void *data)
{
    ((struct suspension *)data)->confirmed -= 6;
}

static void by_intake(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "intake")->id;
}

static void by_applicant(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "applicant")->id;
}

static void end_early(struct fixture *, struct event *e, void *)
{
    e->kind = event_kind_find(S("case.withdrawn"), 1);
}

static void from_nowhere(struct fixture *, struct event *, void *data)
{
    ((struct document *)data)->from = S("C2025-0009:licence");
}

static void of_tomorrow(struct fixture *, struct event *e, void *data)
{
    ((struct document *)data)->covers_to = e->on + 1;
}

static void leave_out(struct fixture *, struct event *e, void *)
{
    e->kind = event_kind_find(S("eligibility.answered"), 1);
}

static void add_a_fen(struct fixture *, struct event *, void *data)
{
    ((struct quote *)data)->prepayment++;
}

static void add_to_total(struct fixture *, struct event *, void *data)
{
    ((struct quote *)data)->total++;
}

static void pay_less(struct fixture *, struct event *, void *data)
{
    ((struct payment *)data)->amount--;
}

static void pay_too_much(struct fixture *, struct event *, void *data)
{
    ((struct payment *)data)->amount = 1800001;
}

static void not_met(struct fixture *, struct event *, void *data)
{
    ((struct finding *)data)->result = RESULT_NOT_MET;
}

static void too_few(struct fixture *, struct event *, void *data)
{
    ((struct figure_record *)data)->k = 89;
}

static void send_back(struct fixture *, struct event *e, void *data)
{
    e->kind = event_kind_find(S("correction.returned"), 1);
    ((struct correction_verdict *)data)->complete = false;
}

static void due_yesterday(struct fixture *, struct event *e, void *data)
{
    ((struct decision_signed *)data)->issue_due = e->on - 1;
}

static void same_row(struct fixture *, struct event *, void *data)
{
    ((struct sample_answer *)data)->row = 1;
}

static void other_nonce(struct fixture *, struct event *, void *data)
{
    ((struct sample_drawn *)data)->nonce.b[0] ^= 1;
}

static void other_seed(struct fixture *, struct event *, void *data)
{
    ((struct sample_drawn *)data)->seed.b[0] ^= 1;
}

TEST(the_books_notice_what_is_wrong)
{
    static const struct {
        const char *type;
        spoil *how;
        const char *want;
    } rows[] = {
        { "document.added", end_early,
          "[LG1] something happened after the end" },
        { "document.added", from_nowhere,
          "[LG11] took over what the enterprise does not have" },
        { "document.added", of_tomorrow, "[LG6] a document of tomorrow" },
        { "application.accepted", by_applicant,
          "[LG2] the enterprise acts as staff" },
        { "sample.nonce_given", by_intake,
          "[LG2] both halves of a coin in one hand" },
        { "plan.agreed", by_intake,
          "[LG2] staff speak where the enterprise does" },
        { "plan.agreed", by_lead,
          "[LG2] somebody speaks for another's enterprise" },
        { "decision.made", by_lead, "[LG3] who evaluated decides" },
        { "decision.signed", by_reviewer,
          "[LG3] decided and signed by one person" },
        { "decision.signed", by_lead, "[LG3] who evaluated decides" },
        { "decision.made", by_tied, "[LG3] a tie to the enterprise" },
        { "document.judged", by_tied, "[LG3] a tie to the enterprise" },
        { "finding.recorded", by_spare, "[LG3] an auditor who is in no team" },
        { "audit.closed", by_spare, "[LG3] an auditor who is in no team" },
        { "suspension.decided", a_day_more,
          "[LG9] late, or not, by another count" },
        { "suspension.lifted", by_spare, "[LG3] who evaluated decides" },
        { "reduction.signed", by_jack, "[LG3] reduced by one person alone" },
        { "withdrawal.signed", by_jack, "[LG3] withdrawn by one person alone" },
        { "complaint.answered", by_reviewer,
          "[LG10] who had a part hears an appeal or a complaint" },
        { "quote.made", add_a_fen, "[LG4] a wrong prepayment" },
        { "quote.made", add_to_total, "[LG4] a total that is no sum" },
        { "payment.recorded", pay_less,
          "[LG4] a prepayment that is not what was paid" },
        { "payment.recorded", pay_too_much, "[LG4] paid more than is due" },
        { "finding.recorded", not_met, "points lost without evidence" },
        { "figure.recorded", too_few, "[LG5] granted below the threshold" },
        { "correction.accepted", send_back,
          "[LG5] a decision of another score" },
        { "decision.signed", due_yesterday, "[LG6] a certificate due before" },
        { "sample.asked", same_row, "[LG7] a customer drawn twice" },
        { "sample.drawn", other_nonce,
          "[LG7] a number that was not committed" },
        { "sample.drawn", other_seed, "[LG7] a seed of its own" },
        { "assessment.recorded", leave_out, "[LG8] a step was left out" },
    };
    FIXTURE(f);

    go_whole(f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *got = opinion(f, rows[i].type, rows[i].how);

        EXPECT_ROW_STR(rows[i].type, str_of(got), str_of(rows[i].want));
    }
}

/* --- who joins a team that audits [LG15] --------------------------------- */

static void go_replaced(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['auditor'],'reason':'组长生病'}");
    set_today(f, "2026-03-20");
    DO(f, "spare", "finding.record", "{'indicator':'3.1','result':'met'}");
    DO(f, "planner", "plan.replace",
       "{'lead':'lead','members':['auditor'],'reason':'组长回来'}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "lead", "finding.record", "{'indicator':'3.2','result':'met'}");
}

static void far_away(struct fixture *f, struct event *, void *data)
{
    ((struct plan *)data)->objection_due = f->facts.today;
}

static void long_ago(struct fixture *, struct event *e, void *data)
{
    ((struct plan *)data)->objection_due = e->on - 1;
}

static void for_no_reason(struct fixture *, struct event *, void *data)
{
    ((struct plan *)data)->replaced = S("");
}

TEST(the_books_follow_who_joins_a_team)
{
    static const struct {
        const char *type;
        spoil *how;
        const char *want;
    } rows[] = {
        { "", NULL, "" },
        { "plan.replaced", far_away,
          "[LG15] an auditor the enterprise did not agree to" },
        { "plan.replaced", long_ago, "[LG6] a day to object that is gone" },
        { "plan.replaced", for_no_reason, "people replaced without a reason" },
    };
    FIXTURE(f);

    go_replaced(f);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].type,
                       str_of(opinion(f, rows[i].type, rows[i].how)),
                       str_of(rows[i].want));
}

/* --- a panel, and conditions [LG12] [LG13] ---------------------------------
 */

static void go_by_panel(struct fixture *f)
{
    static const char *const voters[] = { "reviewer", "critic", "umpire" };

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire'],"
       "'experts':['expert']}");
    DO(f, "expert", "decision.advise", "{'text':'热线录音保存不足'}");
    DO(f, "reviewer", "decision.propose",
       "{'conditions':[{'text':'x','until':'2026-09-30'}]}");
    for (size_t i = 0; i < COUNT(voters); i++)
        DO(f, voters[i], "decision.vote",
           "{'outcome':'granted','reasons':'材料齐全'}");
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-31','reason':'缺货'}");
    DO(f, "applicant", "condition.answer",
       "{'number':1,'text':'x','evidence':['x']}");
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
}

static void by_critic(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "critic")->id;
}

static void by_umpire(struct fixture *f, struct event *e, void *)
{
    e->actor = person_of(f, "umpire")->id;
}

static void seat_planner(struct fixture *f, struct event *, void *data)
{
    const struct panel *named = data;

    ((struct seat *)named->seats.p)[1].person = person_of(f, "planner")->id;
}

static void without_conditions(struct fixture *, struct event *, void *data)
{
    ((struct motion *)data)->conditions = (struct list){ 0 };
}

static void decide_without(struct fixture *, struct event *, void *data)
{
    ((struct decision *)data)->conditions = (struct list){ 0 };
}

static void vote_against(struct fixture *, struct event *, void *data)
{
    ((struct vote *)data)->outcome = OUTCOME_REFUSED;
}

static void seat_lead(struct fixture *f, struct event *, void *data)
{
    const struct panel *named = data;

    ((struct seat *)named->seats.p)[1].person = person_of(f, "lead")->id;
}

static void number_two(struct fixture *, struct event *, void *data)
{
    ((struct condition_answer *)data)->number = 2;
}

static void no_later(struct fixture *, struct event *e, void *data)
{
    ((struct condition_extension *)data)->until = e->on;
}

TEST(the_books_follow_a_panel_and_its_conditions)
{
    static const struct {
        const char *type;
        spoil *how;
        const char *want;
    } rows[] = {
        { "", NULL, "" },
        { "decision.panel_named", seat_lead,
          "[LG13] who evaluated sits on the panel" },
        { "decision.panel_named", seat_planner,
          "[LG13] who named the panel sits on it" },
        { "decision.advised", by_critic, "[LG13] advice of somebody else" },
        { "decision.proposed", by_critic, "[LG13] somebody else proposes" },
        { "decision.proposed", without_conditions,
          "[LG13] a vote for other conditions" },
        { "decision.made", decide_without,
          "[LG13] conditions nobody voted on" },
        { "decision.voted", by_critic, "[LG13] decided before all voted" },
        { "decision.voted", vote_against,
          "[LG13] decided against most of them" },
        { "decision.made", by_critic,
          "[LG13] decided by who is not the chair" },
        { "decision.signed", by_umpire,
          "[LG3] decided and signed by one person" },
        { "condition.answered", number_two, "[LG12] an answer to nothing" },
        { "condition.judged", by_lead, "[LG3] who evaluated decides" },
        { "condition.extended", no_later, "[LG6] put off into the past" },
    };
    FIXTURE(f);

    go_by_panel(f);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].type,
                       str_of(opinion(f, rows[i].type, rows[i].how)),
                       str_of(rows[i].want));
}
