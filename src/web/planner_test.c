/* The planning room: what it tells, to whom, and that its form makes a plan.
 * [PR1]..[PR3] [M15] [17065 6.1] */

#include "web/test_work.h"

#include <string.h>

static const char *room_of(struct test_work *w, str ref, const char *query)
{
    return work_text(w, "/cases/", ref,
                     work_text(w, "/planner", str_of(query), ""));
}

static struct browser enter(struct test_work *w, const char *login)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return b;
}

static str between(str where, const char *before, const char *after)
{
    str rest = str_from(where, str_find(where, str_of(before)));

    rest = rest.n == 0 ? rest : str_from(rest, strlen(before));
    return str_first(rest, str_find(rest, str_of(after)));
}

/* [PR1] */
ONE_STORE_TEST(only_who_plans_is_told_of_ties_and_bookings, true)
{
    static const struct {
        const char *login;
        int status;
    } rows[] = {
        { "planner", 200 },  { "auditor1", 403 }, { "quality", 403 },
        { "newcomer", 403 }, { "insider", 403 },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_PLAN);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct browser b = enter(&w, rows[i].login);
        struct response rs = work_get(&w, &b, room_of(&w, ref, ""));

        EXPECT_ROW(rows[i].login, rs.status == rows[i].status);
        EXPECT_ROW(rows[i].login, !work_holds(&rs, "[planner."));
    }
}

ONE_STORE_TEST(nothing_is_planned_before_anybody_applied, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b = enter(&w, "planner");
    struct response rs = work_get(&w, &b, room_of(&w, ref, ""));

    EXPECT(rs.status == 404);
    office_go_to(&w.office, ref, STAGE_COMPLETENESS);
    b = enter(&w, "planner");
    rs = work_get(&w, &b, room_of(&w, ref, ""));
    EXPECT(rs.status == 200 && work_holds(&rs, "The case is at the stage"));
}

/* [PR2] What the room suggests, the command takes. */
ONE_STORE_TEST(the_team_that_is_suggested_is_taken, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    office_go_to(&w.office, ref, STAGE_PLAN);
    b = enter(&w, "planner");
    struct response rs = work_get(&w, &b, room_of(&w, ref, ""));
    str lead = between(rs.body, "name=\"lead\" value=\"", "\"");
    str command = between(rs.body, "name=\"command-id\" value=\"", "\"");
    str version = between(rs.body, "name=\"version\" value=\"", "\"");
    str from = between(rs.body, "name=\"from\" value=\"", "\"");
    str to = between(rs.body, "name=\"to\" value=\"", "\"");
    EXPECT(work_holds(&rs, " required checked>"));
    const char *own = work_text(&w, "command-id=", command,
                                work_text(&w, "&version=", version,
                                          work_text(&w, "&from=", from, "")));
    const char *rest =
        work_text(&w, own, S("&to="),
                  work_text(&w, "", to, "&person_days=1&reason=x"));
    rs = work_post(&w, &b, work_text(&w, "/cases/", ref, "/do/plan.make"),
                   work_text(&w, rest, S("&lead="),
                             work_text(&w, "", lead, "")));
    EXPECT(rs.status == 303);
    EXPECT(office_read(&w.office, ref).state->plan != NULL);
}

/* [PR3] [17065 4.2]: a tie and a registration that ends stand there both. */
ONE_STORE_TEST(every_reason_against_somebody_is_said, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    EXPECT_OK(
        office_hire(&w.office, "fresh", ROLE_BIT(ROLE_AUDITOR), (id){ { 0 } }));
    office_go_to(&w.office, ref, STAGE_PLAN);
    b = enter(&w, "planner");
    struct response rs = work_get(&w, &b, room_of(&w, ref, ""));
    str row = between(rs.body, ">fresh</small>", "</tr>");
    EXPECT(row.n > 0);
    EXPECT(str_contains(row, S("class=\"late\"")));
    EXPECT(!str_contains(row, S("<input")));
    EXPECT(str_contains(row, S("not on record for the field")));
}

ONE_STORE_TEST(days_that_do_not_do_are_said_and_the_suggested_ones_shown, true)
{
    static const struct {
        const char *query;
        bool wrong;
    } rows[] = {
        { "?from=2027-01-04&to=2027-01-06", false },
        { "?from=2027-01-01&to=2027-01-31", false }, /* 31 days */
        { "?from=2027-01-01&to=2027-02-01", true },  /* 32 */
        { "?from=2027-01-06&to=2027-01-04", true },
        { "?from=2020-01-01&to=2020-01-02", true }, /* gone by */
        { "?from=soon&to=later", true },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct browser b;

    office_go_to(&w.office, ref, STAGE_PLAN);
    b = enter(&w, "planner");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct response rs = work_get(&w, &b, room_of(&w, ref, rows[i].query));

        EXPECT_ROW(rows[i].query, rs.status == 200);
        EXPECT_ROW(rows[i].query,
                   work_holds(&rs, "These days do not do") == rows[i].wrong);
    }
}

/* Who is sent elsewhere on these days is seen to be. [TE3] */
ONE_STORE_TEST(who_is_booked_elsewhere_is_shown_with_the_case, true)
{
    TEST_WORK(w, place);
    str busy = office_case_of(&w.office, "rival");
    str ref = office_case(&w.office);
    struct browser b;
    char from[DAY_TEXT];
    char to[DAY_TEXT];

    office_go_to(&w.office, ref, STAGE_PLAN);
    office_go_to(&w.office, busy, STAGE_AUDIT);
    const struct plan *plan = office_read(&w.office, busy).state->plan;
    day_text(plan->from, from);
    day_text(plan->to, to);
    b = enter(&w, "planner");
    struct response rs =
        work_get(&w, &b,
                 room_of(&w, ref,
                         work_text(&w, "?from=", str_of(from),
                                   work_text(&w, "&to=", str_of(to), ""))));
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "class=\"taken\""));
    EXPECT(str_contains(rs.body, busy));
}
