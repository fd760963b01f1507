/* What holds of every case, one broken at a time: [ST-1]..[ST-15]. */

#include "domain/condition.h"
#include "domain/test_fixture.h"

/* --- breaking it ---------------------------------------------------------- */

static void move_badly(struct fixture *f)
{
    f->state->bad_move = true;
}

static void decide_as_evaluator(struct fixture *f)
{
    f->state->decided_by = person_of(f, "lead")->id;
}

static void sign_as_evaluator(struct fixture *f)
{
    f->state->signed_by = person_of(f, "auditor")->id;
}

static void sign_as_decider(struct fixture *f)
{
    f->state->signed_by = f->state->decided_by;
}

static void sign_nothing(struct fixture *f)
{
    f->state->decision = NULL;
    f->state->certificate = NULL;
}

static void grant_in_nobody_s_name(struct fixture *f)
{
    f->state->granted_by = (id){ { 0 } };
}

static void take_the_grant_away(struct fixture *f)
{
    static struct decision other;

    other = *f->state->granted;
    other.outcome = OUTCOME_REFUSED;
    f->state->granted = &other;
}

static void grant_no_level(struct fixture *f)
{
    static struct decision other;

    other = *f->state->decision;
    other.level = S("eleven");
    f->state->decision = &other;
}

static void open_again(struct fixture *f)
{
    static struct nonconformity late = { .number = 1, .grade = GRADE_MINOR };

    f->state->nonconformities[f->state->nonconformity_count++] =
        (struct nonconformity_state){ .raised = &late };
}

static void unsign(struct fixture *f)
{
    f->state->granted = NULL;
    f->state->granted_by = (id){ 0 };
}

static void misnumber(struct fixture *f)
{
    static struct nonconformity second = { .number = 2,
                                           .grade = GRADE_OBSERVATION };

    f->state->nonconformities[f->state->nonconformity_count++] =
        (struct nonconformity_state){ .raised = &second };
}

static void misplace(struct fixture *f)
{
    f->state->sample.answers[0].position = 2;
}

static void forget_application(struct fixture *f)
{
    f->state->application = NULL;
}

static void forget_quote(struct fixture *f)
{
    f->state->quote = NULL;
}

static void forget_acceptance(struct fixture *f)
{
    f->state->client_accepted = false;
}

static void forget_signature(struct fixture *f)
{
    f->state->body_signed = false;
}

static void forget_plan(struct fixture *f)
{
    f->state->plan = NULL;
}

static void forget_report(struct fixture *f)
{
    f->state->report = NULL;
}

static void forget_certificate(struct fixture *f)
{
    f->state->certificate = NULL;
}

static void forget_opening(struct fixture *f)
{
    f->state->opened = NULL;
}

static void accept_nothing(struct fixture *f)
{
    f->state->client_accepted = true;
}

static void sign_no_quote(struct fixture *f)
{
    f->state->body_signed = true;
}

static void forget_commitment(struct fixture *f)
{
    f->state->sample.commitment = NULL;
}

static void forget_nonce(struct fixture *f)
{
    f->state->sample.nonce = NULL;
}

static void ask_one_of_no_draw(struct fixture *f)
{
    f->state->sample.drawn = NULL;
    f->state->sample.asked = 1;
}

static void begin_without_opening(struct fixture *f)
{
    f->state->opened = NULL;
    f->state->version = 1;
}

static void forget_draw(struct fixture *f)
{
    f->state->sample.drawn = NULL;
}

static void begin_second_round(struct fixture *f)
{
    f->state->round = ROUND_SURVEILLANCE;
}

static void withdraw_alone(struct fixture *f)
{
    f->state->status = CERTIFICATE_WITHDRAWN;
}

static void close_alone(struct fixture *f)
{
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    f->state->ending = ENDING_CLOSED;
}

static void forget_basis(struct fixture *f)
{
    f->state->granted = NULL;
}

static void change_scheme(struct fixture *f)
{
    f->scheme->hash.b[31] ^= 1;
}

static void overflow(struct fixture *f)
{
    f->state->overflow = true;
}

static void end_unsaid(struct fixture *f)
{
    f->state->stage = STAGE_ENDED;
    f->state->waiting = WAITING_NOBODY;
    f->state->due = DAY_NEVER;
}

static void say_end(struct fixture *f)
{
    f->state->ending = ENDING_REFUSED;
}

static void wait_for_nobody(struct fixture *f)
{
    f->state->waiting = WAITING_NOBODY;
}

static void withdraw_and_wait(struct fixture *f)
{
    DO(f, "applicant", "case.withdraw", "{'reasons':'x'}");
    f->state->waiting = WAITING_BODY;
}

static void withdraw_and_expect(struct fixture *f)
{
    DO(f, "applicant", "case.withdraw", "{'reasons':'x'}");
    f->state->due = f->facts.today;
}

static struct sub_certificate *add_sub(struct fixture *f)
{
    static struct sub_certificate sub;

    sub = (struct sub_certificate){
        .number = S("X-1"),
        .n = 1,
        .scope = S("家用电器的售后服务"),
        .until = f->state->certificate->until,
    };
    f->state->subs[0] = (struct sub_state){ .sub = &sub, .ended = DAY_NEVER };
    f->state->sub_count = 1;
    return &sub;
}

static void count_from_two(struct fixture *f)
{
    add_sub(f)->n = 2;
}

static void outlive(struct fixture *f)
{
    add_sub(f)->until++;
}

static void leave_scope(struct fixture *f)
{
    add_sub(f)->scope = S("家具");
}

static void number_alike(struct fixture *f)
{
    static struct sub_certificate second;

    second = *add_sub(f);
    second.n = 2;
    f->state->subs[1] =
        (struct sub_state){ .sub = &second, .ended = DAY_NEVER };
    f->state->sub_count = 2;
}

static void refuse_with_conditions(struct fixture *f)
{
    static struct condition_wish wish = { .text = S_INIT("x") };
    struct decision *refused = arena_zero(&f->arena, sizeof *refused);

    *refused = *f->state->decision;
    refused->outcome = OUTCOME_REFUSED;
    refused->conditions = (struct list){ &wish, 1 };
    f->state->decision = refused;
}

static void seat_the_signer(struct fixture *f)
{
    f->state->seated.people[0] = f->state->signed_by;
    f->state->seated.n = 1;
}

static void issue_sub_of_nothing(struct fixture *f)
{
    static const struct sub_certificate sub = { .number = S_INIT("X-1"),
                                                .n = 1 };

    f->state->subs[0] = (struct sub_state){ .sub = &sub, .ended = DAY_NEVER };
    f->state->sub_count = 1;
}

static void live_on(struct fixture *f)
{
    DO(f, "certificates", "certificate.cancel",
       "{'code':'0111','reasons':'x'}");
    (void)add_sub(f);
}

TEST(each_invariant_is_noticed_by_its_name)
{
    static const struct {
        const char *name;
        enum stage stage;
        void (*spoil)(struct fixture *f);
        const char *want;
    } rows[] = {
        /* clang-format off */
        { "a move that is in no table", STAGE_PLAN, move_badly, "ST-1" },
        { "[17065 7.6.2] an evaluator decided", STAGE_UPKEEP, decide_as_evaluator, "ST-2" },
        { "[17065 7.6.2] an evaluator signed", STAGE_UPKEEP, sign_as_evaluator, "ST-2" },
        { "[条例 22] one person did both", STAGE_UPKEEP, sign_as_decider, "ST-2" },
        { "a signature under nothing", STAGE_UPKEEP, sign_nothing, "ST-2" },
        { "a level of no package", STAGE_UPKEEP, grant_no_level, "ST-3" },
        { "granted with something open", STAGE_UPKEEP, open_again, "ST-3" },
        { "a certificate without signature", STAGE_UPKEEP, unsign, "ST-4" },
        { "a certificate that nobody granted", STAGE_UPKEEP, grant_in_nobody_s_name, "ST-4" },
        { "a certificate on a refusal", STAGE_UPKEEP, take_the_grant_away, "ST-4" },
        { "the second without the first", STAGE_REPORT, misnumber, "ST-5" },
        { "the second customer first", STAGE_REPORT, misplace, "ST-5" },
        { "checked without application", STAGE_COMPLETENESS, forget_application, "ST-6" },
        { "a review without quote", STAGE_DOCUMENTS, forget_quote, "ST-6" },
        { "a review without acceptance", STAGE_DOCUMENTS, forget_acceptance, "ST-6" },
        { "a review without signature", STAGE_DOCUMENTS, forget_signature, "ST-6" },
        { "an audit without plan", STAGE_AUDIT, forget_plan, "ST-6" },
        { "corrections without report", STAGE_CORRECTION, forget_report, "ST-6" },
        { "a decision without report", STAGE_DECISION, forget_report, "ST-6" },
        { "a certificate to come of no signature", STAGE_CERTIFICATE, unsign, "ST-6" },
        { "upkeep of no certificate", STAGE_UPKEEP, forget_certificate, "ST-6" },
        { "events before the opening", STAGE_COMPLETENESS, forget_opening, "ST-6" },
        { "accepted without quote", STAGE_CONTRACT, accept_nothing, "ST-6" },
        { "signed without quote", STAGE_CONTRACT, sign_no_quote, "ST-6" },
        { "a nonce without commitment", STAGE_REPORT, forget_commitment, "ST-6" },
        { "a draw without nonce", STAGE_REPORT, forget_nonce, "ST-6" },
        { "customers of no draw", STAGE_REPORT, forget_draw, "ST-6" },
        { "one customer of no draw", STAGE_REPORT, ask_one_of_no_draw, "ST-6" },
        { "one event before the opening", STAGE_COMPLETENESS, begin_without_opening, "ST-6" },
        { "a certificate on nothing", STAGE_UPKEEP, forget_basis, "ST-4" },
        { "another package", STAGE_PLAN, change_scheme, "ST-7" },
        { "a list too full", STAGE_PLAN, overflow, "ST-8" },
        { "ended without saying how", STAGE_PLAN, end_unsaid, "ST-9" },
        { "goes on after an end", STAGE_PLAN, say_end, "ST-9" },
        { "waits for nobody and goes on", STAGE_PLAN, wait_for_nobody, "ST-9" },
        { "ended and waits", STAGE_PLAN, withdraw_and_wait, "ST-9" },
        { "ended with a limit", STAGE_PLAN, withdraw_and_expect, "ST-9" },
        { "a surveillance of nothing", STAGE_PLAN, begin_second_round, "ST-10" },
        { "withdrawn, and goes on", STAGE_UPKEEP, withdraw_alone, "ST-11" },
        { "closed with a certificate that lives", STAGE_PLAN, close_alone, "ST-11" },
        { "a refusal with conditions", STAGE_UPKEEP, refuse_with_conditions, "ST-13" },
        { "signed by one of the panel", STAGE_UPKEEP, seat_the_signer, "ST-14" },
        { "a sub-certificate of no certificate", STAGE_PLAN, issue_sub_of_nothing, "ST-15" },
        { "the second sub-certificate without the first", STAGE_UPKEEP, count_from_two, "ST-15" },
        { "a sub-certificate longer than the main one", STAGE_UPKEEP, outlive, "ST-15" },
        { "a scope of its own that is not within", STAGE_UPKEEP, leave_scope, "ST-15" },
        { "two of one number", STAGE_UPKEEP, number_alike, "ST-15" },
        { "one that lives on", STAGE_UPKEEP, live_on, "ST-15" },
        /* clang-format on */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, rows[i].stage);
        EXPECT_ROW_STR(rows[i].name, str_of(state_invariant(f->state)), S(""));
        rows[i].spoil(f);
        EXPECT_ROW_STR(rows[i].name, str_of(state_invariant(f->state)),
                       str_of(rows[i].want));
    }
}

/* What ended may lie outside of what the scope is by then. */
TEST(a_sub_certificate_that_ended_binds_the_scope_no_more)
{
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    add_sub(f)->scope = S("家具");
    f->state->subs[0].ended = f->facts.today;
    EXPECT(state_invariant(f->state) == NULL);
}

/* Both sides of the day on which the scope came to be what it is. */
TEST(a_sub_certificate_that_ran_out_binds_the_scope_no_more)
{
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    struct sub_certificate *sub = add_sub(f);
    sub->scope = S("家具");
    sub->until = f->state->scope_since;
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-15"));
    sub->until--;
    EXPECT(state_invariant(f->state) == NULL);
}

/* An observation is nothing to correct. */
TEST(a_decision_stands_beside_an_observation)
{
    static const struct nonconformity seen = { .number = 1,
                                               .grade = GRADE_OBSERVATION };
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    f->state->nonconformities[0] =
        (struct nonconformity_state){ .raised = &seen };
    f->state->nonconformity_count = 1;
    EXPECT(state_invariant(f->state) == NULL);
}
