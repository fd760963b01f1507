/* The fold: moves, lists that are full, questions. [ST-1] [ST-8] */

#include "domain/state.h"

#include "domain/test_fixture.h"

/* --- events that nobody decided on ---------------------------------------- */

/* Fold an event of this type in, by `actor`, as if it stood in the journal. */
static void fold(struct fixture *f, const char *type, id actor,
                 const void *data)
{
    struct event e = {
        .kind = event_kind_find(str_of(type), 1),
        .stream = f->state->id,
        .n = f->state->version + 1,
        .on = f->facts.today,
        .actor = actor,
        .data = data,
    };

    EXPECT_ROW(type, e.kind != NULL);
    apply(f->state, &e);
}

static id stranger(int i)
{
    return (id){ { 9, (uint8_t)(i >> 8), (uint8_t)i } };
}

/* A full list forgets nobody in silence. [ST-8] */
TEST(the_one_evaluator_too_many_is_noticed)
{
    static const struct judgement yes = { .requirement = S_INIT("manual") };
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    for (int i = 0; i < EVALUATOR_MAX; i++)
        fold(f, "document.judged", stranger(i), &yes);
    fold(f, "document.judged", stranger(0), &yes); /* is there already */
    EXPECT(f->state->evaluators.n == EVALUATOR_MAX);
    EXPECT(state_invariant(f->state) == NULL);
    fold(f, "document.judged", stranger(EVALUATOR_MAX), &yes);
    EXPECT(f->state->evaluators.n == EVALUATOR_MAX);
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-8"));
}

TEST(the_one_nonconformity_too_many_is_noticed)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    for (int i = 1; i <= NONCONFORMITY_MAX + 1; i++) {
        struct nonconformity *x = arena_zero(&f->arena, sizeof *x);

        *x = (struct nonconformity){ .number = i, .indicator = S("1.1") };
        EXPECT(state_invariant(f->state) == NULL);
        fold(f, "nonconformity.raised", stranger(1), x);
    }
    EXPECT(f->state->nonconformity_count == NONCONFORMITY_MAX);
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-8"));
}

/* Who asked has a part for good, in whatever round. */
TEST(the_one_too_many_who_had_a_part_is_noticed)
{
    static const struct reasons why = { S_INIT("谁核对名单？") };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    for (int i = 0; i < INVOLVED_MAX; i++)
        fold(f, "decision.questioned", stranger(i), &why);
    fold(f, "decision.questioned", stranger(0), &why); /* is there already */
    EXPECT(f->state->involved_count == INVOLVED_MAX);
    EXPECT(state_invariant(f->state) == NULL);
    fold(f, "decision.questioned", stranger(INVOLVED_MAX), &why);
    EXPECT(f->state->involved_count == INVOLVED_MAX);
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-8"));
}

TEST(the_one_complaint_too_many_is_refused_and_noticed)
{
    static const struct complaint x = { .number = 1, .text = S_INIT("x") };
    static const char json[] =
        "{'about':'body','text':'x','received':'2026-03-02'}";
    struct event_list got = { 0 };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    for (int i = 1; i < COMPLAINT_MAX; i++)
        fold(f, "complaint.recorded", stranger(1), &x);
    EXPECT_OK(try_it(f, "intake", "complaint.record", json, &got));
    fold(f, "complaint.recorded", stranger(1), &x);
    EXPECT_ERR(try_it(f, "intake", "complaint.record", json, &got), ERR_LIMIT,
               "complaint.too_many");
    EXPECT(state_invariant(f->state) == NULL);
    fold(f, "complaint.recorded", stranger(1), &x);
    EXPECT(f->state->complaint_count == COMPLAINT_MAX);
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-8"));
}

/* Reached and unreached ones have lists of different lengths. */
TEST(the_one_customer_too_many_is_noticed)
{
    static const struct {
        const char *name;
        int outcome;
        int most;
    } rows[] = {
        { "nobody was reached", CONTACT_UNREACHED, CUSTOMER_MAX },
        { "everybody was", CONTACT_SATISFIED, SAMPLE_MAX },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_AUDIT);
        DO(f, "lead", "audit.open", "{}");
        DO(f, "auditor", "sample.commit",
           "{'list':'" TWOS "','size':300,'commitment':'" COMMIT_ONES "'}");
        DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
        DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
        for (int p = 1; p <= rows[i].most + 1; p++) {
            const struct sample_answer x = { p, p, rows[i].outcome };

            EXPECT_ROW(rows[i].name, state_invariant(f->state) == NULL);
            fold(f, "sample.asked", stranger(1), &x);
        }
        EXPECT_ROW(rows[i].name, f->state->sample.asked == rows[i].most);
        EXPECT_ROW_STR(rows[i].name, str_of(state_invariant(f->state)),
                       S("ST-8"));
    }
}

/* About an indicator, a figure or a document that the package does not have:
 * borne, and without effect. */
TEST(what_the_package_does_not_know_changes_nothing)
{
    static const struct finding finding = { .indicator = S_INIT("9.9") };
    static const struct figure_record figure = { .figure = S_INIT("x"),
                                                 .k = 1,
                                                 .n = 1 };
    static const struct document document = { .requirement = S_INIT("x") };
    static const struct judgement judgement = { .requirement = S_INIT("x") };
    static const struct correction correction = { .number = 9 };
    static const struct correction_verdict verdict = { .number = 9 };
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    fold(f, "finding.recorded", stranger(1), &finding);
    fold(f, "figure.recorded", stranger(1), &figure);
    fold(f, "document.added", stranger(1), &document);
    fold(f, "document.judged", stranger(1), &judgement);
    fold(f, "correction.submitted", stranger(1), &correction);
    fold(f, "correction.accepted", stranger(1), &verdict);
    fold(f, "correction.returned", stranger(1), &verdict);
    EXPECT(f->state->leaves_found == 6);
    EXPECT(f->state->nonconformities[0].state == CORRECTION_OPEN);
    EXPECT(f->state->stage == STAGE_CORRECTION);
    EXPECT(state_invariant(f->state) == NULL);
}

/* The first of each list is one of them. */
TEST(the_first_of_the_package_is_known_like_any_other)
{
    static const struct document document = { .requirement =
                                                  S_INIT("licence") };
    static const struct judgement judgement = { .requirement =
                                                    S_INIT("licence") };
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    fold(f, "document.added", stranger(1), &document);
    EXPECT(f->state->requirements[0].document == &document);
    fold(f, "document.judged", stranger(1), &judgement);
    EXPECT(f->state->requirements[0].judgement == &judgement);
    fold(f, "document.added", stranger(1), &document); /* [RV1] */
    EXPECT(f->state->requirements[0].judgement == NULL);
}

/* --- moves [ST-1] --------------------------------------------------------- */

TEST(a_stage_is_entered_from_where_the_table_says)
{
    static const struct {
        const char *name;
        const char *type;
        enum stage from;
        bool allowed;
    } rows[] = {
        { "accepted in its stage", "application.accepted", STAGE_COMPLETENESS,
          true },
        { "accepted before", "application.accepted", STAGE_PREPARATION, false },
        { "accepted after", "application.accepted", STAGE_CONTRACT, false },
        { "reviewed in its stage", "review.passed", STAGE_DOCUMENTS, true },
        { "reviewed again", "review.passed", STAGE_AUDIT, true },
        { "reviewed before the contract", "review.passed", STAGE_CONTRACT,
          false },
        { "agreed in its stage", "plan.agreed", STAGE_PLAN, true },
        { "agreed afterwards", "plan.agreed", STAGE_REPORT, false },
        { "closed in its stage", "audit.closed", STAGE_AUDIT, true },
        { "closed before", "audit.closed", STAGE_PLAN, false },
        { "withdrawn at first", "case.withdrawn", STAGE_PREPARATION, true },
        { "withdrawn at last", "case.withdrawn", STAGE_DECISION, true },
        { "withdrawn with the grant", "case.withdrawn", STAGE_CERTIFICATE,
          false },
        { "closed with the certificate", "validity.ended", STAGE_UPKEEP, true },
        { "closed without one", "validity.ended", STAGE_PLAN, false },
        { "withdrawn with the certificate", "case.withdrawn", STAGE_UPKEEP,
          false },
    };
    static const struct note note = { S_INIT("x") };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        if (rows[i].from == STAGE_PREPARATION)
            DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
        else
            go_to(f, rows[i].from);
        fold(f, rows[i].type, stranger(1), &note);
        EXPECT_ROW(rows[i].name, f->state->bad_move == !rows[i].allowed);
    }
}

/* --- questions ------------------------------------------------------------ */

/* A document may be older than its requirement's period, and may say nothing of
 * days at all, where a journal does. */
TEST(a_requirement_is_met_by_a_document_that_reaches_its_period)
{
    static struct document d = { .requirement = S_INIT("records") };
    static const struct {
        const char *name;
        const char *to; /* NULL: not said */
        bool want;
    } rows[] = {
        { "six months to the day", "2025-09-02", true },
        { "a day more", "2025-09-01", false },
        { "not said", NULL, false },
    };
    FIXTURE(f);
    int32_t r = scheme_requirement(f->scheme, S("records"));
    enum lack why = LACK_MISSING;

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT(!state_requirement_met(f->state, r, f->facts.today, &why));
    EXPECT(why == LACK_MISSING);
    for (size_t i = 0; i < COUNT(rows); i++) {
        d.covers_to = rows[i].to == NULL ? DAY_NEVER : on(rows[i].to);
        fold(f, "document.added", stranger(1), &d);
        why = LACK_MISSING;
        EXPECT_ROW(rows[i].name,
                   state_requirement_met(f->state, r, f->facts.today, &why) ==
                       rows[i].want);
        EXPECT_ROW(rows[i].name,
                   why == (rows[i].want ? LACK_MISSING : LACK_PERIOD));
    }
}

/* Who leads, belongs and took part, in the audit and later in a round. */
TEST(the_team_is_that_of_the_plan_in_force)
{
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    EXPECT(state_is_member(f->state, person_of(f, "lead")->id));
    EXPECT(state_is_evaluator(f->state, person_of(f, "lead")->id));
    do_round_plan(f);
    EXPECT(!state_is_evaluator(f->state, person_of(f, "lead")->id));
    EXPECT(state_is_involved(f->state, person_of(f, "lead")->id));
    EXPECT(state_is_lead(f->state, person_of(f, "spare")->id));
    EXPECT(state_is_member(f->state, person_of(f, "auditor")->id));
    EXPECT(!state_is_lead(f->state, person_of(f, "auditor")->id));
    EXPECT(!state_is_member(f->state, person_of(f, "lead")->id));
}

static err make_in(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct state *s = NULL;

    arena_init(&a, h, 16 << 20);
    err e = state_new(&a, context, &s);
    EXPECT(failed(e) == (s == NULL));
    return e;
}

TEST(every_failed_allocation_of_a_state_is_reported)
{
    FIXTURE(f);

    EXPECT(test_every_allocation_fails(make_in, NULL, f->scheme) > 0);
}

/* --- lists that are full ----------------------------------------------- */

/* What is decided is refused before; a journal that says more all the same is
 * not taken for whole. state.h [ST-8] */
TEST(a_journal_with_more_than_a_list_takes_does_not_hold_together)
{
    static const struct invoice bills[] = { { .number = S_INIT("1") },
                                            { .number = S_INIT("2") } };
    static const struct offer offers[] = { { .approval = S_INIT("1") },
                                           { .approval = S_INIT("2") },
                                           { .approval = S_INIT("3") } };
    static const struct own_cost costs[] = { { .provider = S_INIT("1") },
                                             { .provider = S_INIT("2") },
                                             { .provider = S_INIT("3") } };
    static const struct mark_asked uses[] = { { .number = 1 },
                                              { .number = 2 } };
    static const struct misuse wrongs[] = { { .number = 1 }, { .number = 2 } };
    FIXTURE(f);
    struct state *s = f->state;
    const struct {
        const char *event;
        const void *data[2];
        int32_t *count;
        int32_t most;
    } rows[] = {
        { "invoice.issued",
          { &bills[0], &bills[1] },
          &s->money.invoice_count,
          INVOICE_MAX },
        { "offer.noted",
          { &offers[0], &offers[1] },
          &s->money.offer_count,
          OFFER_MAX },
        { "cost.noted",
          { &costs[0], &costs[1] },
          &s->money.cost_count,
          COST_MAX },
        { "mark.asked", { &uses[0], &uses[1] }, &s->mark_count, MARK_MAX },
        { "misuse.recorded",
          { &wrongs[0], &wrongs[1] },
          &s->misuse_count,
          MISUSE_MAX },
    };

    for (size_t i = 0; i < OFFER_MAX; i++)
        s->money.offers[i] = &offers[2];
    for (size_t i = 0; i < COST_MAX; i++)
        s->money.costs[i] = &costs[2];
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event e = { .kind = event_kind_find(str_of(rows[i].event), 1),
                           .on = f->facts.today };

        s->overflow = false;
        *rows[i].count = rows[i].most - 1;
        EXPECT_ROW(rows[i].event, e.kind != NULL);
        for (size_t k = 0; k < 2 && e.kind != NULL; k++) {
            e.data = rows[i].data[k];
            e.kind->apply(s, &e);
            EXPECT_ROW(rows[i].event, *rows[i].count == rows[i].most);
            EXPECT_ROW(rows[i].event, s->overflow == (k == 1));
        }
    }
}
