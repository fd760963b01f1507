/* When a case is likely to end, and on what that rests. [M4] */

#include "domain/forecast.h"

#include "domain/names.h"
#include "domain/test_fixture.h"

#include <stdio.h>

/* `n` cases of which the i-th took i + 1 working days for each stage but the
 * correction, which only every second one had. */
static struct forecast_history *history(struct fixture *f, size_t n)
{
    struct forecast_history *h = arena_zero(&f->arena, sizeof *h);

    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < STAGE_UPKEEP; k++)
            h->first[i].days[k] = (int32_t)i + 1;
        if (i % 2 == 0)
            h->first[i].days[STAGE_CORRECTION] = 0;
    }
    h->first_count = n;
    return h;
}

/* "stage basis earliest..likely until the likely day", a line a stage, and the
 * end. */
static str forecast_of(struct fixture *f, const struct forecast_history *h)
{
    struct forecast x;
    struct buf b;
    char date[2][DAY_TEXT];
    str out = S("");

    if (!forecast_make(f->state, f->calendar, f->facts.today, h, &x))
        return S("nothing is under way");
    buf_init(&b, &f->arena, 10000);
    for (size_t i = 0; i < x.step_count; i++) {
        const struct forecast_step *s = &x.steps[i];

        buf_printf(&b, "%s %s %d..%d ", stage_names[s->stage],
                   basis_names[s->basis], s->earliest, s->likely);
        buf_str(&b, day_text(s->likely_end, date[0]));
        buf_char(&b, '\n');
    }
    (void)day_text(x.earliest, date[0]);
    (void)day_text(x.likely, date[1]);
    buf_printf(&b, "%s..%s%s", date[0], date[1],
               x.provisional ? " provisional" : "");
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- what it rests on ----------------------------------------------------- */

/* [FC2] The package has limits for the check and for the certificate only.
 * Applied for on Monday 2026-03-02; the check ends on the fifth working day. */
TEST(without_cases_of_its_own_a_body_reckons_by_the_limits)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    EXPECT_STR(forecast_of(f, history(f, FORECAST_LEAST - 1)),
               S("completeness limit 1..5 2026-03-09\n"
                 "contract none 1..1 2026-03-10\n"
                 "documents none 1..1 2026-03-11\n"
                 "plan none 1..1 2026-03-12\n"
                 "audit none 1..1 2026-03-13\n"
                 "report none 1..1 2026-03-16\n"
                 "decision none 1..1 2026-03-17\n"
                 "certificate limit 1..7 2026-03-26\n"
                 "2026-03-12..2026-03-26"));
}

/* [FC1] Five cases that took 1, 2, 3, 4 and 5 days: likely three, at the
 * earliest two; of the five corrections three took no time. */
TEST(with_five_cases_a_body_reckons_by_their_middle_and_quickest_quarter)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    EXPECT_STR(forecast_of(f, history(f, FORECAST_LEAST)),
               S("completeness own 2..3 2026-03-05\n"
                 "contract own 2..3 2026-03-10\n"
                 "documents own 2..3 2026-03-13\n"
                 "plan own 2..3 2026-03-18\n"
                 "audit own 2..3 2026-03-23\n"
                 "report own 2..3 2026-03-26\n"
                 "correction own 0..0 2026-03-26\n"
                 "decision own 2..3 2026-03-31\n"
                 "certificate own 2..3 2026-04-03\n"
                 "2026-03-24..2026-04-03"));
}

/* [FC3] */
TEST(an_audit_that_was_agreed_to_ends_with_its_plan)
{
    FIXTURE(f);
    struct forecast x;

    go_to(f, STAGE_AUDIT);
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today,
                         history(f, FORECAST_LEAST), &x));
    EXPECT(x.steps[0].stage == STAGE_AUDIT);
    EXPECT(x.steps[0].basis == BASIS_PLAN);
    EXPECT(x.steps[0].likely_end == f->state->plan->to);
    EXPECT(x.steps[0].earliest == x.steps[0].likely);
    EXPECT(x.steps[1].basis == BASIS_OWN);
}

/* Of twelve cases six had to correct, and took 2, 4 .. 12 days. */
TEST(a_case_that_must_correct_is_held_against_those_that_had_to)
{
    FIXTURE(f);
    struct forecast x;

    go_to(f, STAGE_CORRECTION);
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, history(f, 12),
                         &x));
    EXPECT(x.steps[0].stage == STAGE_CORRECTION);
    EXPECT(x.steps[0].basis == BASIS_OWN);
    EXPECT(x.steps[0].cases == 6);
    EXPECT(x.steps[0].earliest == 4);
    EXPECT(x.steps[0].likely == 8);

    /* of eight only four had to: too few, so by the limit that was set */
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, history(f, 8),
                         &x));
    EXPECT(x.steps[0].basis == BASIS_LIMIT);
    EXPECT(x.steps[0].likely_end == f->state->correct_until);
}

/* --- days ----------------------------------------------------------------- */

/* [FC4] The check began on 2026-03-02 and likely takes three working days. */
TEST(time_that_passed_counts_and_what_is_late_ends_today_at_the_earliest)
{
    static const struct {
        const char *today;
        const char *want;
    } rows[] = {
        { "2026-03-03", "completeness own 2..3 2026-03-05" },
        { "2026-03-05", "completeness own 2..3 2026-03-05" },
        { "2026-03-06", "completeness own 2..3 2026-03-06" },
        { "2026-04-01", "completeness own 2..3 2026-04-01" },
    };
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        set_today(f, rows[i].today);
        str text = forecast_of(f, history(f, FORECAST_LEAST));

        EXPECT_ROW_STR(rows[i].today, str_cut(&text, '\n'),
                       str_of(rows[i].want));
    }
}

/* [DY4] The official calendar ends with 2026. */
TEST(a_forecast_beyond_the_official_calendar_is_provisional)
{
    FIXTURE(f);
    struct forecast x;
    struct forecast_history *h = history(f, FORECAST_LEAST);

    go_to(f, STAGE_CERTIFICATE);
    f->state->stage_since =
        on("2026-12-28"); /* a Monday, three days are left */
    set_today(f, "2026-12-28");
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.likely == on("2026-12-31"));
    EXPECT(!x.provisional);
    f->state->stage_since = on("2026-12-29");
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.likely > on("2026-12-31"));
    EXPECT(x.provisional);
}

TEST(what_is_not_under_way_has_no_end_to_look_for)
{
    FIXTURE(f);
    FIXTURE(g);
    FIXTURE(k);

    EXPECT_STR(forecast_of(f, history(f, 0)), S("nothing is under way"));
    go_to(g, STAGE_UPKEEP);
    EXPECT_STR(forecast_of(g, history(g, 0)), S("nothing is under way"));
    prepare_case(k);
    DO(k, "applicant", "case.withdraw", "{'reasons':'不做了'}");
    EXPECT_STR(forecast_of(k, history(k, 0)), S("nothing is under way"));
}

/* A surveillance ends with its decision, and is held against others. */
TEST(a_round_is_held_against_rounds)
{
    FIXTURE(f);
    struct forecast x;
    struct forecast_history *h = history(f, 10);

    go_to(f, STAGE_CERTIFICATE);
    set_today(f, "2026-04-15");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-03-22");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.steps[0].stage == STAGE_PLAN);
    EXPECT(x.steps[0].basis == BASIS_NONE);
    EXPECT(x.steps[x.step_count - 1].stage == STAGE_DECISION);
    h->round_count = FORECAST_LEAST;
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.steps[0].basis == BASIS_OWN);
}

/* --- learning ------------------------------------------------------------- */

static void learn(struct fixture *f, struct forecast_history *h)
{
    struct event_list journal = { 0 };

    for (size_t i = 0; i < f->n; i++) {
        struct event *copy = arena_zero(&f->arena, sizeof *copy);

        *copy = *f->events[i];
        copy->next = NULL;
        event_list_add(&journal, copy);
    }
    EXPECT_OK(forecast_learn(&f->arena, f->scheme, f->calendar, &journal, h));
}

/* From Monday 2026-03-02 on, a weekend between. */
TEST(a_case_teaches_how_many_working_days_each_stage_took)
{
    FIXTURE(f);
    struct forecast_history *h = history(f, 0);

    do_preparation(f, true);
    set_today(f, "2026-03-04"); /* two days */
    do_completeness(f);
    set_today(f, "2026-03-09"); /* three, Saturday and Sunday left out */
    do_contract(f);
    do_documents(f);
    do_plan(f);
    learn(f, h);
    EXPECT(h->first_count == 0); /* it may still come to nothing */
    do_audit(f);
    do_report(f);
    do_decision(f);
    set_today(f, "2026-03-30");
    DO(f, "certificates", "certificate.issue", "{}");
    learn(f, h);
    EXPECT(h->first_count == 1);
    EXPECT(h->round_count == 0);
    EXPECT(h->first[0].days[STAGE_COMPLETENESS] == 2);
    EXPECT(h->first[0].days[STAGE_CONTRACT] == 3);
    EXPECT(h->first[0].days[STAGE_DOCUMENTS] == 0);
    EXPECT(h->first[0].days[STAGE_CORRECTION] == 0);
}

TEST(a_surveillance_teaches_of_rounds_and_nothing_of_first_audits)
{
    FIXTURE(f);
    struct forecast_history *h = history(f, 0);

    go_to(f, STAGE_ENDED); /* to the end of the first surveillance */
    learn(f, h);
    EXPECT(h->first_count == 1);
    EXPECT(h->round_count == 1);
}

TEST(a_body_learns_of_its_last_hundred_cases_and_no_more)
{
    FIXTURE(f);
    struct forecast_history *h = history(f, FORECAST_MOST - 1);

    go_to(f, STAGE_UPKEEP);
    learn(f, h);
    EXPECT(h->first_count == FORECAST_MOST);
    learn(f, h);
    EXPECT(h->first_count == FORECAST_MOST);
}

/* [FC1] */
TEST(a_special_audit_teaches_nothing_of_a_surveillance)
{
    FIXTURE(f);
    struct forecast_history *h = history(f, 0);

    certified(f, "2026-06-01");
    do_round_of(f, "special", "ten");
    learn(f, h);
    EXPECT(h->first_count == 1);
    EXPECT(h->round_count == 0);
}

/* The middle one of them, however they come. */
TEST(the_order_in_which_cases_ended_does_not_matter)
{
    FIXTURE(f);
    struct forecast_history *h = history(f, FORECAST_LEAST);
    str want;

    go_to(f, STAGE_COMPLETENESS);
    want = forecast_of(f, h);
    for (size_t i = 0; i < FORECAST_LEAST / 2; i++) {
        struct stage_times x = h->first[i];

        h->first[i] = h->first[FORECAST_LEAST - 1 - i];
        h->first[FORECAST_LEAST - 1 - i] = x;
    }
    EXPECT_STR(forecast_of(f, h), want);
}

TEST(a_case_that_corrects_is_held_against_those_that_had_to)
{
    FIXTURE(f);
    struct forecast x;
    struct forecast_history *h = history(f, (size_t)2 * FORECAST_LEAST);

    go_to(f, STAGE_CORRECTION);
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.steps[0].stage == STAGE_CORRECTION);
    EXPECT(x.steps[0].basis == BASIS_OWN);
    EXPECT(x.steps[0].cases == FORECAST_LEAST);
}

TEST(a_stage_that_the_package_leaves_out_takes_no_time)
{
    FIXTURE(f);
    struct forecast x;

    go_to(f, STAGE_COMPLETENESS);
    f->scheme->stages[STAGE_DOCUMENTS].used = false;
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, history(f, 0),
                         &x));
    EXPECT(x.step_count == 7);
    EXPECT(x.steps[1].stage == STAGE_CONTRACT);
    EXPECT(x.steps[2].stage == STAGE_PLAN);
}

/* One thing is open before the report: a correction will follow. */
TEST(what_is_open_already_will_have_to_be_corrected)
{
    FIXTURE(f);
    struct forecast x;
    struct forecast_history *h = history(f, (size_t)2 * FORECAST_LEAST);

    h->first[1].days[STAGE_CORRECTION] = 1; /* one is not none */
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'x'}");
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, h, &x));
    EXPECT(x.steps[2].stage == STAGE_CORRECTION);
    EXPECT(x.steps[2].cases == FORECAST_LEAST);
}

TEST(a_limit_that_ends_on_its_first_day_leaves_no_day)
{
    FIXTURE(f);
    struct forecast x;

    go_to(f, STAGE_COMPLETENESS);
    f->state->due = f->state->stage_since;
    EXPECT(forecast_make(f->state, f->calendar, f->facts.today, history(f, 0),
                         &x));
    EXPECT(x.steps[0].basis == BASIS_LIMIT);
    EXPECT(x.steps[0].earliest == 0 && x.steps[0].likely == 0);
    EXPECT(x.steps[0].likely_end == f->facts.today);
}

TEST(nothing_is_learnt_from_no_journal)
{
    FIXTURE(f);
    const struct event_list none = { 0 };
    struct forecast_history h = { 0 };

    EXPECT_OK(forecast_learn(&f->arena, f->scheme, f->calendar, &none, &h));
    EXPECT(h.first_count == 0 && h.round_count == 0);
}
