/* The self-assessment of a case. [AS1] [AS2] [AS3] [AR1] [AR2] [RA1] [M7] */

#include "web/radar.h"
#include "web/test_work.h"

static const char *at(struct test_work *w, str ref, const char *tail)
{
    return work_text(w, "/cases/", ref, tail);
}

static str value_of(const struct response *rs, const char *begin)
{
    size_t found = str_find(rs->body, str_of(begin));
    str rest = str_from(rs->body, found + strlen(begin));

    return str_first(rest, str_find(rest, S("\"")));
}

/* What the form of the result page brings along. */
static const char *own_fields(struct test_work *w, const struct response *rs)
{
    const char *version =
        work_text(w, "version=", value_of(rs, "name=\"version\" value=\""),
                  "&command-id=");

    return work_text(w, version, value_of(rs, "name=\"command-id\" value=\""),
                     "");
}

/* [AS1] [AS2] The score goes up with what is answered, and is kept. */
ONE_STORE_TEST(what_is_answered_is_kept_and_scored, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/assess"));

    EXPECT(rs.status == 200 && work_holds(&rs, "<p class=\"word\">0.00</p>"));
    EXPECT(!work_holds(&rs, "name=\"deductions\"")); /* [AS3] */
    rs = work_post(&w, &b, at(&w, ref, "/assess"), "step=1&1.1=met&page=2");
    EXPECT(rs.status == 303 && str_ends(work_led(&rs), S("/assess?page=2")));
    b = work_enter(&w, "newcomer");
    rs = work_get(&w, &b, at(&w, ref, "/assess"));
    EXPECT(work_holds(&rs, "<p class=\"word\">20.00</p>"));
    EXPECT(work_holds(&rs, "name=\"1.1\" value=\"met\" checked"));
    rs = work_post(&w, &b, at(&w, ref, "/assess"),
                   "step=1&1.1=met&1.2:k=1&1.2:n=2&quiet=1");
    EXPECT(rs.status == 200 && work_holds(&rs, "<p class=\"word\">30.00</p>"));
    EXPECT(!work_holds(&rs, "<html"));
}

/* What another step asked stays as it was. [AS2] */
ONE_STORE_TEST(a_step_changes_its_own_answers_only, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/assess"));

    (void)work_post(&w, &b, at(&w, ref, "/assess"), "step=1&1.1=met");
    (void)work_post(&w, &b, at(&w, ref, "/assess"),
                    "step=2&2.1=met&1.1=not&other=1");
    rs = work_get(&w, &b, at(&w, ref, "/assess?page=1"));
    EXPECT(work_holds(&rs, "name=\"1.1\" value=\"met\" checked"));
    EXPECT(work_holds(&rs, "<p class=\"word\">35.00</p>"));
}

/* [AR1] [RA1] */
ONE_STORE_TEST(a_self_assessment_is_shown_and_recorded_once, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/assess"));

    (void)work_post(&w, &b, at(&w, ref, "/assess"), "step=1&1.1=met");
    rs = work_get(&w, &b, at(&w, ref, "/assess?page=result"));
    EXPECT(rs.status == 200 && work_holds(&rs, "data:image/svg+xml,"));
    const char *form = own_fields(&w, &rs);
    EXPECT(
        work_post(&w, &b, at(&w, ref, "/assess/record"), "version=1").status ==
        403);
    EXPECT(work_post(&w, &b, at(&w, ref, "/assess/record"), form).status ==
           303);
    EXPECT(office_read(&w.office, ref).state->assessment->answers.n == 1);
    EXPECT(office_read(&w.office, ref).state->assessment->shown == 2000);
    EXPECT(work_post(&w, &b, at(&w, ref, "/assess/record"), form).status ==
           303);
    EXPECT(office_read(&w.office, ref).state->version == 2);
    EXPECT(office_count(&w.office, "SELECT count(*) FROM draft") == 0);
    rs = work_get(&w, &b, at(&w, ref, "/assess")); /* from the record */
    EXPECT(work_holds(&rs, "name=\"1.1\" value=\"met\" checked"));
}

ONE_STORE_TEST(nothing_answered_is_nothing_to_record, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/assess?page=result"));

    rs = work_post(&w, &b, at(&w, ref, "/assess/record"), own_fields(&w, &rs));
    EXPECT(rs.status == 400 && work_holds(&rs, "class=\"problem-note\""));
    EXPECT(office_read(&w.office, ref).state->assessment == NULL);
}

/* [AR2] */
ONE_STORE_TEST(what_does_not_apply_needs_a_reason, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = work_enter(&w, "newcomer");
    struct response rs = work_get(&w, &b, at(&w, ref, "/assess"));

    (void)work_post(&w, &b, at(&w, ref, "/assess"), "step=2&2.2=na");
    rs = work_get(&w, &b, at(&w, ref, "/assess?page=result"));
    EXPECT(work_holds(&rs, "name=\"why:2.2\" value=\"\""));
    rs = work_post(&w, &b, at(&w, ref, "/assess/record"), own_fields(&w, &rs));
    EXPECT(rs.status == 400 && work_holds(&rs, "class=\"problem-note\""));
    const char *form =
        work_text(&w, own_fields(&w, &rs), S("&why:2.2=no+outlets"), "");
    EXPECT(work_post(&w, &b, at(&w, ref, "/assess/record"), form).status ==
           303);
    rs = work_get(&w, &b, at(&w, ref, "/assess?page=result"));
    EXPECT(work_holds(&rs, "value=\"no outlets\"")); /* as recorded */
}

/* As the rights have it of the command. */
ONE_STORE_TEST(only_whoever_may_record_an_assessment_makes_one, true)
{
    static const struct {
        const char *login;
        int status;
    } rows[] = {
        { "newcomer", 200 },
        { "rival", 404 },
        { "intake", 403 }, /* it is no paper case */
        { "auditor1", 403 },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = work_enter(&w, rows[i].login);

        EXPECT_ROW(rows[i].login,
                   work_get(&w, &b, at(&w, ref, "/assess")).status ==
                       rows[i].status);
    }
}

/* [RA1] */
TEST(a_radar_has_a_spoke_for_each_share)
{
    static const struct radar_share shares[] = {
        { S_INIT("5.1"), 1000 },
        { S_INIT("5.2"), 0 },
        { S_INIT("<5.3>"), 500 },
        { S_INIT("5.4"), 250 },
    };
    TEST_ARENA(a, 1 << 20);
    str picture = S("");

    EXPECT_OK(radar_draw(&a, shares, COUNT(shares), &picture));
    EXPECT(str_contains(picture, S("M0 -190L0 0L0 95L-47 0z")));
    EXPECT(str_contains(picture, S("&lt;5.3&gt;")));
    EXPECT(str_contains(picture, S(">5.4</text>")));
}
