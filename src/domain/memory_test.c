/* Commands, refusals and what is made of a case, with every allocation failing
 * in turn: beyond what the tests of decide() and of a certificate's life try.
 */

#include "codec/json.h"
#include "domain/checklist.h"
#include "domain/forecast.h"
#include "domain/improve_view.h"
#include "domain/plan.h"
#include "domain/planning.h"
#include "domain/tally.h"
#include "domain/test_fixture.h"
#include "domain/todo.h"
#include "domain/trend.h"

/* --- deciding --------------------------------------------------------------
 */

/* One command, by who may. */
struct act {
    const char *who;
    const char *command;
    const char *json;
};

/* From the beginning of a stage. */
struct course {
    const char *why;
    enum stage stage;
    struct act before[3]; /* as far as there are commands */
    struct act last;
};

#define OPEN_AUDIT                                                             \
    {                                                                          \
        "lead", "audit.open", "{}"                                             \
    }
#define SUB                                                                    \
    {                                                                          \
        "certificates", "certificate.sub", "{'site':'一店'}"                 \
    }
#define END_SUB                                                                \
    {                                                                          \
        "certificates", "certificate.sub_end",                                 \
            "{'number':'00026SC0006R0S-1','why':'closed','reasons':'x'}"       \
    }
#define CLOSE                                                                  \
    {                                                                          \
        "applicant", "change.ask",                                             \
            "{'kind':'sites','sites':['一店'],'reasons':'停业'}"           \
    }

/* clang-format off */
static const struct course courses[] = {
    { "a special matter", STAGE_AUDIT, { OPEN_AUDIT },
      { "lead", "special.record", "{'indicator':'1.2','note':'x'}" } },
    { "a bonus", STAGE_AUDIT, { OPEN_AUDIT },
      { "lead", "special.record", "{'bonus':true,'note':'x'}" } },
    { "a sub-certificate", STAGE_UPKEEP, { { 0 } }, SUB },
    { "its end", STAGE_UPKEEP, { SUB }, END_SUB },
    { "an erratum that one follows", STAGE_UPKEEP,
      { { "certificates", "certificate.sub",
          "{'n':2,'scope':'家用电器的售后服务'}" },
        { "applicant", "change.ask",
          "{'kind':'erratum','scope':'家电售后服务','reasons':'x'}" } },
      { "jack", "change.approve", "{'number':1}" } },
    { "a change that ends one", STAGE_UPKEEP, { SUB, CLOSE },
      { "jack", "change.approve", "{'number':1}" } },
    { "a reduction", STAGE_UPKEEP, { SUB },
      { "jack", "reduction.decide", "{'scope':'空调售后','reasons':'停产'}" } },
    { "its signature, which ends one", STAGE_UPKEEP,
      { SUB, { "jack", "reduction.decide", "{'scope':'空调售后','reasons':'停产'}" } },
      { "head", "certificate.reduce", "{}" } },
    { "the signature under a reduction to fewer sites", STAGE_UPKEEP,
      { SUB, { "jack", "reduction.decide", "{'scope':'空调售后','sites':['一店'],'reasons':'停业'}" } },
      { "head", "certificate.reduce", "{}" } },
    { "the signature that seals the record", STAGE_DECISION,
      { { "reviewer", "decision.grant", "{}" } }, { "head", "decision.sign", "{}" } },
    { "another's role", STAGE_CONTRACT, { { 0 } },
      { "planner", "quote.make", "{'lines':[{'text':'a','kind':'fee','amount':1}],'prepay':1}" } },
    { "another's case", STAGE_CONTRACT, { { 0 } },
      { "rival", "contract.accept", "{}" } },
    { "a quote with lines of its own", STAGE_CONTRACT, { { 0 } },
      { "finance", "quote.make",
        "{'lines':[{'text':'a','kind':'fee','amount':1}],'prepay':3000}" } },
};
/* clang-format on */

static void expect_each_fails(struct fixture *f, const char *why,
                              const struct act *last)
{
    err plenty;

    EXPECT_ROW(why, try_without_memory(f, last->who, last->command, last->json,
                                       &plenty) > 0);
    EXPECT_ROW(why, !err_is(plenty, ERR_MEMORY));
}

TEST(every_allocation_of_these_commands_may_fail)
{
    for (size_t i = 0; i < COUNT(courses); i++) {
        const struct course *c = &courses[i];
        FIXTURE(f);

        go_to(f, c->stage);
        for (size_t k = 0; k < COUNT(c->before); k++) {
            const struct act *a = &c->before[k];

            if (a->command != NULL)
                EXPECT_ROW_OK(c->why, give(f, a->who, a->command, a->json));
        }
        expect_each_fails(f, c->why, &c->last);
    }
}

/* sub.c [SU7] */
TEST(every_allocation_of_an_erratum_in_two_languages_may_fail)
{
    static const struct act approve = { "jack", "change.approve",
                                        "{'number':1}" };
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    f->state->scope_en = S("appliances; repair");
    DO(f, "certificates", "certificate.sub",
       "{'n':2,'scope':'家用电器的售后服务','scope_en':'repair'}");
    DO(f, "applicant", "change.ask",
       "{'kind':'erratum','scope':'家电售后服务',"
       "'scope_en':'appliances; repairs','reasons':'x'}");
    expect_each_fails(f, approve.command, &approve);
}

TEST(every_allocation_of_refusing_a_trade_may_fail)
{
    static const struct act accept = { "intake", "application.accept", "{}" };
    scoped(fixture_end) struct fixture *f =
        fixture_with("field: SC03", "field: SC03\ntrades: ['51', '527']");

    do_preparation_of_trade(f, "7020");
    expect_each_fails(f, "a trade outside the package's", &accept);
}

/* Where the rules cannot tell there is a refusal to be made and left out; and
 * of what is given back there is a term, stage by stage. */
TEST(every_allocation_of_a_quote_that_no_rule_made_may_fail)
{
    static const struct act quote = {
        "finance", "quote.make",
        "{'lines':[{'text':'a','kind':'fee','amount':1}],'prepay':3000}"
    };
    static const char *const rows[][2] = {
        { "staff: [26, 45]", "staff: [26, 39]" },
        { "prepay: [30, 50]",
          "refund: { contract: 100, documents: 70 }, prepay: [30, 50]" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with(rows[i][0], rows[i][1]);

        go_to(f, STAGE_CONTRACT);
        expect_each_fails(f, rows[i][1], &quote);
    }
}

TEST(every_allocation_of_a_call_in_vain_may_fail)
{
    static const struct act call = {
        "auditor", "sample.call",
        "{'position':1,'on':'2026-03-16','time':'09:00','outcome':'busy'}"
    };
    scoped(fixture_end) struct fixture *f =
        fixture_with("figure: satisfaction }\ndefence",
                     "figure: satisfaction, attempts: 3 }\ndefence");

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_draw(f);
    expect_each_fails(f, call.command, &call);
}

TEST(every_allocation_of_assigning_an_appeal_may_fail)
{
    static const struct act assign = { "quality", "appeal.assign",
                                       "{'members':['appeal']}" };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "jack", "decision.refuse", "{'reasons':'证据不足'}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "applicant", "appeal.file", "{'subject':'refusal','grounds':'x'}");
    expect_each_fails(f, assign.command, &assign);
}

/* --- what is made of a case ------------------------------------------------
 */

struct making {
    struct fixture *f;
    struct event_list journal;
};

static err learn_in(struct heap *h, void *context)
{
    const struct making *x = context;
    struct forecast_history learnt = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e =
        forecast_learn(&a, x->f->scheme, x->f->calendar, &x->journal, &learnt);
    EXPECT(failed(e) == (learnt.first_count == 0));
    return e;
}

static err tasks_in(struct heap *h, void *context)
{
    const struct making *x = context;
    const struct todo_facts nothing = { .previous_until = DAY_NEVER };
    struct list tasks = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e = todo_make(&a, x->f->state, &nothing, &tasks);
    EXPECT(failed(e) == (tasks.n == 0));
    return e;
}

static err asked_in(struct heap *h, void *context)
{
    const struct making *x = context;
    struct plan_asked asked = { .least_sites = -1 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e = plan_asks(&a, x->f->state, &asked);
    EXPECT(failed(e) == (asked.least_sites == -1));
    return e;
}

static err tally_in(struct heap *h, void *context)
{
    const struct making *x = context;
    struct list found = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e = tally_make(&a, x->f->calendar, x->f->state, &found);
    EXPECT(failed(e) == (found.n == 0));
    return e;
}

/* Against a lead who is no longer registered and led twice. */
static err against_in(struct heap *h, void *context)
{
    const struct making *x = context;
    const struct team_seat seat = { person_of(x->f, "spare"), true,
                                    x->f->facts.today, x->f->facts.today };
    struct list found = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e = team_against(&a, x->f->state, &x->f->facts, &seat, &found);
    EXPECT(found.n == (failed(e) ? 0 : 2));
    return e;
}

/* Of a mode that the visit has not: the sentence lists those it has. */
static err wrong_mode_in(struct heap *h, void *context)
{
    const struct making *x = context;
    struct checklists lists = { 0 };
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err e = checklist_make(&a, x->f->state, &x->journal, S(""), S("A"), &lists);
    EXPECT(lists.count == 0);
    return err_is(e, ERR_INVALID) ? OK : e;
}

static err report_in(struct heap *h, void *context)
{
    const struct making *x = context;
    struct trend t = { 0 };
    struct json *j = NULL;
    struct improvement now;
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    TRY(improve_case(&a, x->f->state, &now));
    TRY(trend_add(&a, x->f->scheme, S("C2026-0001"), &x->journal, &t));
    return improvement_json(&a, x->f->state, &now, &t, &j);
}

TEST(every_allocation_of_what_a_planner_is_told_may_fail)
{
    FIXTURE(f);
    struct making x = { .f = f };

    go_to(f, STAGE_PLAN);
    EXPECT(test_every_allocation_fails(asked_in, NULL, &x) > 0);
    EXPECT(test_every_allocation_fails(tally_in, NULL, &x) > 0);
}

/* [TE2] [TE4] */
TEST(every_allocation_of_what_speaks_against_somebody_may_fail)
{
    FIXTURE(f);
    struct making x = { .f = f };

    go_to(f, STAGE_CERTIFICATE);
    DO(f, "certificates", "certificate.issue", "{}");
    for (int round = 0; round < 2; round++) {
        set_today(f, round == 0 ? "2027-03-01" : "2028-03-01");
        do_round_plan(f); /* spare leads */
        do_round_audit(f);
        do_round_report(f);
        do_decision(f);
    }
    set_today(f, "2029-01-01");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    person_of(f, "spare")->qualification.registration = S("");
    EXPECT(test_every_allocation_fails(against_in, NULL, &x) > 0);
}

/* Up to the end of the first surveillance: two points of a trend. */
TEST(every_allocation_of_what_is_made_of_a_case_may_fail)
{
    FIXTURE(f);
    struct making x = { .f = f };

    go_to(f, STAGE_ENDED);
    x.journal = fixture_journal(f);
    EXPECT(test_every_allocation_fails(learn_in, NULL, &x) > 0);
    EXPECT(test_every_allocation_fails(tasks_in, NULL, &x) > 0);
    EXPECT(test_every_allocation_fails(report_in, NULL, &x) > 0);
}

TEST(every_allocation_of_a_checklist_of_a_wrong_mode_may_fail)
{
    FIXTURE(f);
    str modes[] = { S("B"), S("H") };
    struct making x = { .f = f };

    go_to(f, STAGE_AUDIT);
    struct plan plan = *f->state->plan;
    plan.modes = (struct list){ modes, COUNT(modes) };
    f->state->plan = &plan;
    x.journal = fixture_journal(f);
    EXPECT(test_every_allocation_fails(wrong_mode_in, NULL, &x) > 0);
}

/* --- keeping ---------------------------------------------------------------
 */

static err copy_in(struct heap *h, void *context)
{
    const struct event *e = context;
    struct event *copy = NULL;
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 16 << 20);
    err bad = event_copy(&a, e, &copy);
    EXPECT(failed(bad) == (copy == NULL));
    return bad;
}

TEST(every_allocation_of_copying_an_event_may_fail)
{
    FIXTURE(f);

    go_to(f, STAGE_ENDED);
    for (size_t i = 0; i < f->n; i++) {
        struct event e = *f->events[i];

        EXPECT_ROW(e.kind->name,
                   test_every_allocation_fails(copy_in, NULL, &e) > 0);
    }
}

TEST(copies_of_the_events_make_the_same_state)
{
    FIXTURE(f);
    struct state *s = NULL;

    go_to(f, STAGE_ENDED);
    EXPECT_OK(state_new(&f->arena, f->scheme, &s));
    for (size_t i = 0; i < f->n; i++) {
        struct event *copy = NULL;

        EXPECT_OK(event_copy(&f->arena, f->events[i], &copy));
        EXPECT(copy->text.n == 0 && copy->next == NULL);
        EXPECT(copy->data != f->events[i]->data);
        apply(s, copy);
    }
    EXPECT(state_invariant(s) == NULL);
    EXPECT(s->version == f->state->version && s->stage == f->state->stage);
    EXPECT(hash_eq(&s->head, &f->state->head));
    EXPECT_STR(s->certificate->number, f->state->certificate->number);
}
