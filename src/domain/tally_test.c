/* What a case adds to the figures of the body. */

#include "domain/tally.h"

#include "domain/names.h"
#include "domain/test_fixture.h"

/* "reached entered 2026/1 0 x1", a line each of the kind. */
static str tally_text(struct fixture *f, enum tally_kind kind)
{
    struct list found = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_OK(tally_make(&f->arena, f->calendar, f->state, &found));
    buf_init(&b, &f->arena, 10000);
    for (size_t i = 0; i < found.n; i++) {
        const struct tally *t = (const struct tally *)found.p + i;

        if (t->kind != kind)
            continue;
        buf_str(&b, t->item);
        buf_printf(&b, " %d/%d %d x%d\n", t->quarter / 4, t->quarter % 4 + 1,
                   t->value, (int)t->n);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_quarter_has_its_first_and_its_last_day)
{
    static const struct {
        const char *day;
        const char *first;
        const char *last;
    } rows[] = {
        { "2026-01-01", "2026-01-01", "2026-03-31" },
        { "2026-03-31", "2026-01-01", "2026-03-31" },
        { "2026-04-01", "2026-04-01", "2026-06-30" },
        { "2027-12-31", "2027-10-01", "2027-12-31" },
        { "2199-12-31", "2199-10-01", "2199-12-31" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t quarter = tally_quarter(on(rows[i].day));

        EXPECT_ROW(rows[i].day, quarter_first(quarter) == on(rows[i].first));
        EXPECT_ROW(rows[i].day, quarter_last(quarter) == on(rows[i].last));
    }
}

/* [TA2] All of it in the quarter in which it was entered. */
TEST(how_far_a_case_came_is_counted_step_by_step)
{
    static const struct {
        const char *why;
        enum stage stage;
        const char *text;
    } rows[] = {
        { "it was opened", STAGE_PREPARATION, "entered 2026/1 0 x1\n" },
        { "it was applied for", STAGE_COMPLETENESS,
          "entered 2026/1 0 x1\napplied 2026/1 0 x1\n" },
        { "it has a contract", STAGE_PLAN,
          "entered 2026/1 0 x1\napplied 2026/1 0 x1\naccepted 2026/1 0 x1\n"
          "contracted 2026/1 0 x1\n" },
        { "it has a certificate", STAGE_UPKEEP,
          "entered 2026/1 0 x1\napplied 2026/1 0 x1\naccepted 2026/1 0 x1\n"
          "contracted 2026/1 0 x1\naudited 2026/1 0 x1\ndecided 2026/1 0 x1\n"
          "certified 2026/1 0 x1\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        if (rows[i].stage == STAGE_PREPARATION)
            prepare_case(f);
        else
            go_to(f, rows[i].stage);
        EXPECT_ROW_STR(rows[i].why, tally_text(f, TALLY_REACHED),
                       str_of(rows[i].text));
    }
}

/* [TA3] From Monday to the Monday after next are ten working days; what is
 * under way has taken nothing yet. */
TEST(a_stage_takes_the_working_days_until_the_case_first_went_on)
{
    FIXTURE(f);

    go_to(f, STAGE_COMPLETENESS);
    EXPECT_STR(tally_text(f, TALLY_TOOK), S(""));
    pass_days(f, 14);
    do_completeness(f);
    EXPECT_STR(tally_text(f, TALLY_TOOK), S("completeness 2026/1 10 x1\n"));
    pass_days(f, 30);
    do_contract(f);
    EXPECT(str_begins(tally_text(f, TALLY_TOOK),
                      S("completeness 2026/1 10 x1\ncontract 2026/2 ")));
}

/* [TA3] More than is counted is told as the most. */
TEST(a_stage_takes_no_more_than_is_counted)
{
    FIXTURE(f);
    struct buf b;
    str want = S("");

    go_to(f, STAGE_COMPLETENESS);
    day came = f->state->passed.came[STAGE_COMPLETENESS];
    f->state->passed.went[STAGE_COMPLETENESS] = came + 3 * TALLY_DAYS_MOST;
    buf_init(&b, &f->arena, 100);
    int32_t quarter = tally_quarter(came + 3 * TALLY_DAYS_MOST);
    buf_printf(&b, "completeness %d/%d %d x1\n", quarter / 4, quarter % 4 + 1,
               TALLY_DAYS_MOST);
    EXPECT_OK(buf_done(&b, &want));
    EXPECT_STR(tally_text(f, TALLY_TOOK), want);
}

TEST(what_was_found_is_counted_by_indicator_and_grade)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    EXPECT_STR(tally_text(f, TALLY_FOUND), S(""));

    FIXTURE(g);
    go_to(g, STAGE_CORRECTION);
    EXPECT_STR(tally_text(g, TALLY_FOUND), S("1.1 2026/1 0 x1\n"));
}

/* One more of the same is counted with it; anything else by itself. */
TEST(findings_are_counted_together_when_nothing_tells_them_apart)
{
    static const struct {
        const char *why;
        const char *indicator;
        int32_t grade;
        const char *on;
        const char *text;
    } rows[] = {
        { "the same", "1.1", 0, "2026-03-31", "1.1 2026/1 0 x2\n" },
        { "another indicator", "1.2", 0, "2026-03-31",
          "1.1 2026/1 0 x1\n1.2 2026/1 0 x1\n" },
        { "another grade", "1.1", 1, "2026-03-31",
          "1.1 2026/1 0 x1\n1.1 2026/1 1 x1\n" },
        { "another quarter", "1.1", 0, "2026-04-01",
          "1.1 2026/1 0 x1\n1.1 2026/2 0 x1\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_CORRECTION);
        struct nonconformity_state *x = f->state->nonconformities;
        struct nonconformity more = *x[0].raised;
        more.indicator = str_of(rows[i].indicator);
        more.grade = rows[i].grade;
        x[1] = x[0];
        x[1].raised = &more;
        x[1].on = on(rows[i].on);
        f->state->nonconformity_count = 2;
        EXPECT_ROW_STR(rows[i].why, tally_text(f, TALLY_FOUND),
                       str_of(rows[i].text));
    }
}

/* It stays a refusal when the appeal against it was upheld. */
TEST(a_refusal_that_was_overturned_is_counted_as_both)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'证据不足'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT_STR(tally_text(f, TALLY_OUTCOME), S("refused 2026/1 0 x1\n"));
    DO(f, "applicant", "appeal.file", "{'subject':'refusal','grounds':'不服'}");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}");
    EXPECT_STR(tally_text(f, TALLY_OUTCOME),
               S("refused 2026/1 0 x1\nappealed 2026/1 0 x1\n"
                 "overturned 2026/1 0 x1\n"));
    EXPECT(str_begins(tally_text(f, TALLY_REACHED), S("entered")));
}
