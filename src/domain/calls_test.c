/* Calls to drawn customers that brought no answer, and what comes of them.
 * [M16] */

#include "domain/papers.h"
#include "domain/test_fixture.h"

#define CALL(position, on, time, outcome)                                      \
    "{'position':" position ",'on':'" on "','time':'" time                     \
    "','outcome':'" outcome "'}"

/* The package wants three calls. */
static struct fixture *three_calls(void)
{
    return fixture_with("figure: satisfaction }\ndefence",
                        "figure: satisfaction, attempts: 3 }\ndefence");
}

static void draw(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_draw(f);
}

/* [PA5] [SA4] Three calls in vain, and the next customer takes the place. */
TEST(after_the_last_call_the_next_customer_takes_the_place)
{
    scoped(fixture_end) struct fixture *f = three_calls();

    draw(f);
    DO(f, "auditor", "sample.call",
       CALL("1", "2026-03-16", "09:00", "no_answer"));
    DO(f, "auditor", "sample.call", CALL("1", "2026-03-16", "14:00", "busy"));
    EXPECT(f->state->sample.asked == 0 && f->state->sample.calls == 2);
    pass_days(f, 1);
    DO(f, "lead", "sample.call", CALL("1", "2026-03-17", "09:00", "no_answer"));

    const struct sample_state *x = &f->state->sample;
    EXPECT(x->asked == 1 && x->reached == 0 && x->calls == 0);
    EXPECT(x->answers[0].outcome == CONTACT_UNREACHED && x->called == 3);
    DO(f, "auditor", "sample.ask", "{'position':2,'outcome':'satisfied'}");
    EXPECT(x->reached == 1 && x->satisfied == 1);
    EXPECT(replayed(f)->sample.called == 3);
}

/* Nobody is called again who said no, or has no number. */
TEST(a_refusal_or_a_wrong_number_ends_the_calls_at_once)
{
    static const struct {
        const char *json;
        int32_t asked;
    } rows[] = {
        { CALL("1", "2026-03-16", "09:00", "refused"), 1 },
        { CALL("1", "2026-03-16", "09:00", "wrong_number"), 1 },
        { CALL("1", "2026-03-16", "09:00", "no_answer"), 0 },
        { CALL("1", "2026-03-16", "09:00", "busy"), 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = three_calls();

        draw(f);
        DO(f, "auditor", "sample.call", rows[i].json);
        EXPECT_ROW(rows[i].json, f->state->sample.asked == rows[i].asked);
        EXPECT_ROW(rows[i].json, f->state->sample.reached == 0);
    }
}

TEST(calls_come_in_order_and_on_days_that_were)
{
    static const struct attempt rows[] = {
        { "a minute later", "auditor", "sample.call",
          CALL("1", "2026-03-16", "10:01", "busy"), ALLOWED },
        { "at the same minute", "auditor", "sample.call",
          CALL("1", "2026-03-16", "10:00", "busy"), ERR_REFUSED,
          "sample.call_order" },
        { "earlier", "auditor", "sample.call",
          CALL("1", "2026-03-16", "09:59", "busy"), ERR_REFUSED,
          "sample.call_order" },
        { "early the next day", "auditor", "sample.call",
          CALL("1", "2026-03-17", "00:00", "busy"), ALLOWED },
        { "tomorrow", "auditor", "sample.call",
          CALL("1", "2026-03-18", "09:00", "busy"), ERR_INVALID,
          "sample.call_day" },
        { "before the draw", "auditor", "sample.call",
          CALL("1", "2026-03-15", "09:00", "busy"), ERR_INVALID,
          "sample.call_day" },
        { "at an hour there is not", "auditor", "sample.call",
          CALL("1", "2026-03-17", "24:00", "busy"), ERR_INVALID,
          "sample.time" },
        { "to somebody else", "auditor", "sample.call",
          CALL("2", "2026-03-17", "09:00", "busy"), ERR_REFUSED,
          "sample.position" },
        { "not by the enterprise", "applicant", "sample.call",
          CALL("1", "2026-03-17", "09:00", "busy"), ERR_DENIED, "rights.role" },
        { "given up by hand", "auditor", "sample.ask",
          "{'position':1,'outcome':'unreached'}", ERR_REFUSED,
          "sample.call_first" },
        { "reached in between", "auditor", "sample.ask",
          "{'position':1,'outcome':'dissatisfied'}", ALLOWED },
    };
    scoped(fixture_end) struct fixture *f = three_calls();

    draw(f);
    DO(f, "auditor", "sample.call", CALL("1", "2026-03-16", "10:00", "busy"));
    pass_days(f, 1);
    ATTEMPTS(f, rows);
}

/* Where the package says one call is enough the answer itself may say so. */
TEST(one_call_in_vain_is_enough_where_the_package_says_so)
{
    static const struct attempt rows[] = {
        { "by the log", "auditor", "sample.call",
          CALL("1", "2026-03-16", "10:00", "busy"), ALLOWED },
        { "by the answer", "auditor", "sample.ask",
          "{'position':1,'outcome':'unreached'}", ALLOWED },
    };
    FIXTURE(f);

    draw(f);
    ATTEMPTS(f, rows);
    DO(f, "auditor", "sample.call", CALL("1", "2026-03-16", "10:00", "busy"));
    EXPECT(f->state->sample.asked == 1);
}

TEST(nobody_is_called_before_the_draw_or_after_enough)
{
    static const struct attempt rows[] = {
        { "no draw", "auditor", "sample.call",
          CALL("1", "2026-03-16", "10:00", "busy"), ERR_REFUSED,
          "sample.not_drawn" },
    };
    static const struct attempt enough[] = {
        { "all five were reached", "auditor", "sample.call",
          CALL("6", "2026-03-16", "10:00", "busy"), ERR_REFUSED,
          "sample.enough" },
    };
    scoped(fixture_end) struct fixture *f = three_calls();

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
    do_sample(f, 5);
    ATTEMPTS(f, enough);
}

TEST(a_time_of_day_is_four_digits_and_a_colon)
{
    static const struct {
        const char *text;
        int32_t minutes;
    } rows[] = {
        { "00:00", 0 },   { "00:01", 1 },  { "01:00", 60 }, { "23:59", 1439 },
        { "24:00", -1 },  { "23:60", -1 }, { "1:00", -1 },  { "01:0", -1 },
        { "01-00", -1 },  { "0a:00", -1 }, { "00:0a", -1 }, { "", -1 },
        { "01:000", -1 }, { " 1:00", -1 }, { "/0:00", -1 }, { ":0:00", -1 },
        { "0/:00", -1 },  { "0::00", -1 }, { "00:/0", -1 }, { "00:0/", -1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].text,
                   clock_minutes(str_of(rows[i].text)) == rows[i].minutes);
}
