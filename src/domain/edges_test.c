/*
 * Both sides of the bounds that tests of a whole stage pass by.  Each was found
 * by tools/mutate.py: flip the comparison, and one of these fails.
 */

#include "base/check.h"
#include "domain/stages.h"
#include "domain/state.h"
#include "domain/test_fixture.h"

#define CERTIFIED_UNTIL "2029-04-14"

/* --- one letter is something ------------------------------------------- */

#define PLAN_FROM_TO(from, to, days, more)                                     \
    "{'lead':'lead','members':['auditor'],'from':'" from "','to':'" to         \
    "','person_days':" days more "}"

TEST(a_reason_of_one_letter_is_a_reason)
{
    static const struct attempt rows[] = {
        { "too few person-days, without", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-16", "20", ""), ERR_REFUSED,
          "plan.below_table" },
        { "with", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-16", "20", ",'reason':'x'"),
          ALLOWED },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
    DO(f, "planner", "plan.make",
       PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ""));
    DO(f, "applicant", "plan.object", "{'reasons':'x'}");
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.none");
}

TEST(a_question_of_one_letter_is_open_and_a_level_of_one_letter_is_unknown)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    NO(f, "reviewer", "decision.grant", "{'level':'x'}", ERR_INVALID,
       "case.level");
    DO(f, "reviewer", "decision.question", "{'reasons':'?'}");
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED,
       "decision.question_open");
}

TEST(improvements_of_one_letter_are_said)
{
    static const struct attempt rows[] = {
        { "one letter", "spare", "report.issue",
          "{'recommended':true,'summary':'s','runs':true,'improvements':'x'}",
          ALLOWED },
        { "none", "spare", "report.issue",
          "{'recommended':true,'summary':'s','runs':true}", ERR_INVALID,
          "report.surveillance" },
    };
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    do_round_audit(f);
    ATTEMPTS(f, rows);
}

/* --- modes [RB/T 314] ------------------------------------------------------
 */

#define MODES                                                                  \
    "  rotation: 2\n  modes: { first: [A, H, I], surveillance: [B] }\n"

static void expect_modes(const struct fixture *f, const char *row,
                         const char *letters)
{
    const struct list *modes = &f->state->plan->modes;
    const str *names = modes->p;

    EXPECT_ROW(row, modes->n == strlen(letters));
    for (size_t i = 0; i < modes->n && i < strlen(letters); i++)
        EXPECT_ROW_STR(row, names[i], ((str){ &letters[i], 1 }));
}

TEST(a_plan_that_names_no_mode_has_those_of_its_round)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("  rotation: 2\n", MODES);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ""));
    expect_modes(f, "first", "AHI");
    DO(f, "planner", "plan.make",
       PLAN_FROM_TO("2026-03-16", "2026-03-18", "45",
                    ",'modes':['C','A'],'reason':'x'"));
    expect_modes(f, "its own, in their order", "AC");
}

TEST(a_round_has_modes_of_its_own)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("  rotation: 2\n", MODES);

    certified(f, "2027-03-22");
    do_round_plan(f);
    expect_modes(f, "surveillance", "B");
    pass_days(f, 1);
}

TEST(a_special_round_asks_for_no_mode)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("  rotation: 2\n", MODES);

    certified(f, "2027-03-22");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'x'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
       "'to':'2027-03-22','person_days':10,'reason':'x'}");
    expect_modes(f, "special", "");
}

TEST(a_mode_is_one_letter_from_a_to_i)
{
    static const struct attempt rows[] = {
        { "the last", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ",'modes':['I']"),
          ALLOWED },
        { "before the first", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ",'modes':['@']"),
          ERR_INVALID, "plan.mode" },
        { "two letters", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ",'modes':['AB']"),
          ERR_INVALID, "plan.mode" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* --- rotation [TE4] --------------------------------------------------------
 */

#define AGAIN                                                                  \
    "{'lead':'spare','members':['auditor'],'from':'2028-03-20',"               \
    "'to':'2028-03-20','person_days':20"

/* "spare" has led the surveillance before. */
TEST(a_lead_leads_as_often_as_the_package_says)
{
    static const struct {
        const char *name;
        const char *rotation; /* in the package */
        bool again;
    } rows[] = {
        { "twice", "  rotation: 2\n", true },
        { "once", "  rotation: 1\n", false },
        { "as often as may be", "", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("  rotation: 2\n", rows[i].rotation);
        struct event_list got = { 0 };

        go_to(f, STAGE_ENDED);
        set_today(f, "2028-03-20");
        DO(f, "planner", "round.open", "{'kind':'surveillance'}");
        err e = try_it(f, "planner", "plan.make", AGAIN "}", &got);
        if (rows[i].again)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, "team.rotation");
        EXPECT_ROW_OK(rows[i].name, try_it(f, "planner", "plan.make",
                                           AGAIN ",'reason':'x'}", &got));
    }
}

/* --- how many a command may name ----------------------------------------- */

/* `n` times `one`, between `before` and `after`. */
static const char *many(struct fixture *f, const char *before, const char *one,
                        size_t n, const char *after)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &f->arena, 1 << 20);
    buf_str(&b, str_of(before));
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s%s", i == 0 ? "" : ",", one);
    buf_str(&b, str_of(after));
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &text));
    return text.p;
}

TEST(lists_of_a_command_hold_so_many_and_no_more)
{
    static const struct {
        const char *who;
        const char *command;
        enum stage stage;
        const char *before;
        const char *one;
        size_t most;
        const char *after;
    } rows[] = {
        { "finance", "quote.make", STAGE_CONTRACT, "{'lines':[",
          "{'text':'a','kind':'fee','amount':1}", 100, "],'prepay':3000}" },
        { "planner", "plan.make", STAGE_PLAN,
          "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':45,'adjustments':[",
          "{'reason':'x','tenths':0}", 20, "]}" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event_list got = { 0 };

        go_to(f, rows[i].stage);
        EXPECT_ROW_OK(rows[i].command,
                      try_it(f, rows[i].who, rows[i].command,
                             many(f, rows[i].before, rows[i].one, rows[i].most,
                                  rows[i].after),
                             &got));
        EXPECT_ROW_ERR(rows[i].command,
                       try_it(f, rows[i].who, rows[i].command,
                              many(f, rows[i].before, rows[i].one,
                                   rows[i].most + 1, rows[i].after),
                              &got),
                       ERR_INVALID, "record.count");
    }
}

TEST(a_line_of_a_quote_is_ten_million_yuan_at_most)
{
    static const struct attempt rows[] = {
        { "the most", "finance", "quote.make",
          "{'lines':[{'text':'a','kind':'fee','amount':1000000000}],"
          "'prepay':3000}",
          ALLOWED },
        { "a fen more", "finance", "quote.make",
          "{'lines':[{'text':'a','kind':'fee','amount':1000000001}],"
          "'prepay':3000}",
          ERR_INVALID, "record.range" },
    };
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    ATTEMPTS(f, rows);
}

/* --- the last day of a certificate ---------------------------------------- */

TEST(a_certificate_can_be_suspended_on_its_last_day_and_not_after)
{
    static const struct attempt last[] = {
        { "the last day", "certificates", "certificate.suspend",
          "{'code':'0111','reasons':'x','confirmed':'2029-04-14'}", ALLOWED },
    };
    static const struct attempt over[] = {
        { "the day after", "certificates", "certificate.suspend",
          "{'code':'0111','reasons':'x','confirmed':'2029-04-14'}", ERR_REFUSED,
          "life.expired" },
    };
    FIXTURE(f);

    certified(f, CERTIFIED_UNTIL);
    ATTEMPTS(f, last);
    pass_days(f, 1);
    ATTEMPTS(f, over);
}

/* The first surveillance falls on the last day, or never. */
TEST(a_surveillance_on_the_last_day_is_still_due)
{
    static const struct {
        const char *after;
        bool due;
    } rows[] = {
        { "surveillance: 1095d", true },
        { "surveillance: 1096d", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("surveillance: 12m", rows[i].after);

        certified(f, "2026-04-15");
        EXPECT_ROW(rows[i].after,
                   f->state->certificate->surveillance_due ==
                       (rows[i].due ? on(CERTIFIED_UNTIL) : DAY_NEVER));
    }
}

/* --- who had a part in a case --------------------------------------------- */

static id stranger(int i)
{
    return (id){ { 7, (uint8_t)(i >> 8), (uint8_t)i } };
}

TEST(whoever_had_a_part_is_known_and_nobody_else)
{
    const id nobody = { { 0 } };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    EXPECT(state_is_involved(f->state, person_of(f, "lead")->id));
    EXPECT(state_is_involved(f->state, person_of(f, "auditor")->id));
    EXPECT(!state_is_involved(f->state, person_of(f, "quality")->id));
    EXPECT(!state_is_involved(f->state, nobody));
    state_involve(f->state, stranger(1));
    EXPECT(f->state->involved_count == 1);
    EXPECT(state_is_involved(f->state, stranger(1)));
    EXPECT(!state_is_involved(f->state, nobody));
}

/* [ST-8] */
TEST(the_list_of_who_had_a_part_is_full_at_its_bound)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    for (int i = 0; i < INVOLVED_MAX; i++)
        state_involve(f->state, stranger(i));
    state_involve(f->state, stranger(0)); /* is there already */
    EXPECT(f->state->involved_count == INVOLVED_MAX && !f->state->overflow);
    state_involve(f->state, stranger(INVOLVED_MAX));
    EXPECT(f->state->involved_count == INVOLVED_MAX && f->state->overflow);
}

TEST(a_round_remembers_the_evaluators_before_it_and_opens_while_there_is_room)
{
    FIXTURE(f);
    static const struct attempt room[] = {
        { "just enough", "planner", "round.open", "{'kind':'surveillance'}",
          ALLOWED },
    };
    static const struct attempt full[] = {
        { "one too many", "planner", "round.open", "{'kind':'surveillance'}",
          ERR_LIMIT, "rights.evaluators" },
    };

    certified(f, "2027-03-22");
    int32_t n = f->state->evaluators.n;
    f->state->involved_count = INVOLVED_MAX - n;
    ATTEMPTS(f, room);
    f->state->involved_count++;
    ATTEMPTS(f, full);
    f->state->involved_count = 0;
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    EXPECT(n > 0 && f->state->involved_count == n);
}

/* --- what corrections and samples count for ------------------------------- */

#define RAISED(indicator, grade)                                               \
    "{'indicator':'" indicator "','grade':'" grade "','text':'x'}"

/* 1.1 is corrected; what is raised beside it is another matter. */
TEST(a_correction_counts_for_its_own_indicator)
{
    FIXTURE(f);
    struct score score;

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise", RAISED("1.1", "minor"));
    DO(f, "auditor", "finding.record",
       "{'indicator':'3.2','result':'not_met','evidence':['e'],'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise", RAISED("3.2", "minor"));
    DO(f, "auditor", "nonconformity.raise", RAISED("1.1", "observation"));
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    state_score(f->state, &score);
    EXPECT(score.shown < 10000);

    int32_t before = score.shown;
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'x','correct_until':'2026-04-05'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    state_score(f->state, &score);
    EXPECT(score.shown > before);
}

TEST(the_newest_sample_counts_until_another_is_drawn)
{
    FIXTURE(f);
    struct findings *x = arena_zero(&f->arena, sizeof *x);

    certified(f, "2027-03-22");
    state_findings(f->state, x);
    EXPECT(x->assessment.sample.n == 5 && x->assessment.sample.k == 5);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    state_findings(f->state, x);
    EXPECT(x->assessment.sample.n == 5 && x->assessment.sample.k == 5);
}

/* --- sites [SI1] -----------------------------------------------------------
 */

TEST(a_special_round_and_an_extension_ask_for_no_site)
{
    static const char *const rounds[] = {
        "{'kind':'special','reason':'x'}",
        "{'kind':'extension','reason':'x'}",
    };

    for (size_t i = 0; i < COUNT(rounds); i++) {
        FIXTURE(f);
        struct event_list got = { 0 };

        certified(f, "2027-03-22");
        EXPECT_ROW(rounds[i], sites_least(f->state) > 0);
        DO(f, "planner", "round.open", rounds[i]);
        EXPECT_ROW(rounds[i], sites_least(f->state) == 0);
        /* nor for the headquarters */
        EXPECT_ROW_OK(rounds[i], try_it(f, "planner", "plan.make",
                                        "{'lead':'spare','members':['auditor'],"
                                        "'from':'2027-03-22','to':'2027-03-22',"
                                        "'person_days':20,'sites':['一店']}",
                                        &got));
    }
}

TEST(a_surveillance_visits_the_headquarters)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    NO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
       "'to':'2027-03-22','person_days':20,'sites':['一店']}",
       ERR_REFUSED, "plan.headquarters");
}

/* --- facts -------------------------------------------------------------- */

/* A copy that ends where its last element does: under ASan one element too far
 * is noticed. */
static void *exact(struct fixture *f, const void *p, size_t n, size_t size)
{
    void *copy = arena_array(&f->arena, n, size);

    check(copy != NULL);
    memcpy(copy, p, n * size);
    return copy;
}

/* Whoever looks in vain looks at all of them, and at nothing more. */
TEST(facts_are_searched_to_their_end)
{
    static const struct attempt rows[] = {
        { "nobody of that name", "planner", "plan.make",
          "{'lead':'nobody','members':['auditor'],'from':'2026-03-16',"
          "'to':'2026-03-18','person_days':45}",
          ERR_NOT_FOUND, "plan.person" },
        { "nobody is competent", "planner", "plan.make",
          PLAN_FROM_TO("2026-03-16", "2026-03-18", "45", ""), ERR_REFUSED,
          "team.competence" },
    };
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    for (size_t i = 0; i < f->people_count; i++)
        f->people[i].qualification.field_count = 0;
    f->facts.people = exact(f, f->people, f->people_count, sizeof *f->people);
    ATTEMPTS(f, rows);
}

TEST(a_body_s_fields_are_searched_to_their_end)
{
    FIXTURE(f);
    str other[] = { S("SC09") };

    go_to(f, STAGE_COMPLETENESS);
    f->body.fields = exact(f, other, 1, sizeof *other);
    NO(f, "intake", "application.accept", "{}", ERR_REFUSED,
       "completeness.field");
}

TEST(who_is_not_in_the_register_does_nothing_that_asks_for_no_tie)
{
    FIXTURE(f);
    struct event_list got = { 0 };
    struct command c;

    go_to(f, STAGE_DOCUMENTS);
    f->facts.people = exact(f, f->people, f->people_count, sizeof *f->people);
    f->facts.actor = (struct actor){ .person = stranger(1),
                                     .roles = ROLE_BIT(ROLE_AUDITOR) };
    EXPECT_OK(command_read(&f->arena, S("document.judge"),
                           fixture_json(f, "{'requirement':'manual',"
                                           "'quantified':'yes','closed':'yes',"
                                           "'resourced':'na'}"),
                           &c));
    EXPECT_ERR(decide(&f->arena, f->state, &c, &f->facts, &got), ERR_DENIED,
               "rights.conflict");
}

/* --- tables -------------------------------------------------------------- */

/* 40 work there: the table ends with them, or before. */
TEST(a_table_asks_of_the_staff_of_its_rows)
{
    static const struct {
        const char *row;
        const char *id;
    } rows[] = {
        { "staff: [26, 40]", "plan.below_table" },
        { "staff: [26, 39]", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("staff: [26, 45]", rows[i].row);
        struct event_list got = { 0 };

        go_to(f, STAGE_PLAN);
        err e =
            try_it(f, "planner", "plan.make",
                   PLAN_FROM_TO("2026-03-16", "2026-03-18", "44", ""), &got);
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].row, e);
        else
            EXPECT_ROW_ERR(rows[i].row, e, ERR_REFUSED, rows[i].id);
    }
}

/* --- specials ----------------------------------------------------------- */

TEST(a_package_may_fail_by_a_single_special)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("fail_at: 5", "fail_at: 1");
    struct score score;

    go_to(f, STAGE_AUDIT);
    state_score(f->state, &score);
    EXPECT(!score.failed_by_specials);
    f->state->deductions = 1;
    state_score(f->state, &score);
    EXPECT(score.failed_by_specials);
}
