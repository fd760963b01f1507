/* Calendars, and the secret addresses they are read by. [CA1]..[CA4] [M4] */

#include "service/calendar.h"

#include "base/buf.h"
#include "service/registers.h"
#include "service/service_test_env.h"

/* Its path, of the login's own list or of everybody's, in that language. */
static err make(struct office *o, const char *login, bool team, enum lang lang,
                str *path)
{
    const struct calendar_order order = {
        .who = office_as(o, login),
        .team = team,
        .lang = lang,
        .today = DAY_NEVER,
    };
    struct calendar_link made;

    return calendar_link_make(o->app, &o->arena, &order, &made, path);
}

static str made(struct office *o, const char *login, bool team, enum lang lang)
{
    str path = S("");

    EXPECT_ROW_OK(login, make(o, login, team, lang, &path));
    return path;
}

/* What the path's last part fetches. */
static err fetch(struct office *o, str path, str *out)
{
    const str folder = S("/calendar/");

    EXPECT(str_begins(path, folder));
    return calendar_fetch(o->app, &o->arena, str_from(path, folder.n),
                          office_today(o), out);
}

static str fetched(struct office *o, str path)
{
    str text = S("");

    EXPECT_OK(fetch(o, path, &text));
    return text;
}

/* The administrator says something about a person. */
static err say(struct office *o, const char *ref, const char *command,
               const char *json)
{
    struct case_order order =
        office_order(o, "admin", str_of(ref), command, json);
    struct case_answer answer;

    return registers_do(o->app, &o->arena, &order, &answer);
}

/* --- what is in it ----------------------------------------------------------
 */

/* Of one task there are: whose, what, which, and since when. */
EACH_STORE_TEST(a_calendar_holds_what_waits_for_whom_it_was_made)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str theirs = made(&o, "newcomer", false, LANG_EN);
    str ours = made(&o, "intake", false, LANG_ZH);

    str text = fetched(&o, theirs);
    EXPECT(
        str_contains(text, S("SUMMARY:Apply for certification: C2026-0001")));
    EXPECT(str_contains(text, S("X-WR-CALNAME:What waits for newcomer\r\n")));
    EXPECT(str_contains(text, S("PRODID:-//Tenstar//Tenstar//EN\r\n")));
    EXPECT(str_contains(fetched(&o, ours),
                        S("PRODID:-//Tenstar//Tenstar//ZH\r\n")));
    EXPECT(!str_contains(fetched(&o, ours), S("BEGIN:VTODO")));
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT(!str_contains(fetched(&o, theirs), S("BEGIN:VTODO")));
    text = fetched(&o, ours);
    EXPECT(str_contains(text, S("SUMMARY:审核申请资料：C2026-0001")));
    EXPECT(str_contains(text, S("DUE;VALUE=DATE:20260316")));
}

/* [CA4] One visit for three who go; [CA3] its stamp is that of the plan. */
ONE_STORE_TEST(a_planned_audit_is_one_event_for_the_team_and_for_everybody,
               true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str team = made(&o, "planner", true, LANG_EN);

    office_go_to(&o, ref, STAGE_AUDIT);
    str text = fetched(&o, team);
    size_t at = str_find(text, S("BEGIN:VEVENT"));
    EXPECT(at < text.n);
    EXPECT(!str_contains(str_from(text, at + 1), S("BEGIN:VEVENT")));
    EXPECT(str_contains(text, S("X-WR-CALNAME:What waits for everybody\r\n")));
    EXPECT(str_contains(text, S("DESCRIPTION:For: auditor1\\, auditor3\r\n")));
    EXPECT(str_contains(text, S("DTSTART;VALUE=DATE:20260401\r\n"
                                "DTEND;VALUE=DATE:20260404\r\n")));
}

/* [CA3] The clock goes on, the calendar does not, until something happens or a
 * limit passes; and then every change has a later stamp. */
ONE_STORE_TEST(on_one_day_the_same_records_give_the_same_calendar, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    str path = made(&o, "intake", false, LANG_EN);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    str first = fetched(&o, path);
    clock_set_forward(&o.clock, INT64_C(3600) * 1000000);
    EXPECT_STR(fetched(&o, path), first);
    EXPECT(str_contains(first, S("DTSTAMP:20260309T010000Z")));

    day due = office_read(&o, ref).state->due;
    office_pass_days(&o, due - office_today(&o));
    EXPECT_STR(fetched(&o, path), first); /* its last day */
    office_pass_days(&o, 1);
    str late = fetched(&o, path);
    EXPECT(str_contains(late, S("PRIORITY:1")));
    EXPECT(!str_contains(late, S("DTSTAMP:20260309")));
}

/* --- who reads it [CA1] [CA2] -----------------------------------------------
 */

EACH_STORE_TEST(an_address_shows_nothing_once_it_is_revoked)
{
    TEST_OFFICE(o, place);
    str first = made(&o, "intake", false, LANG_EN);
    str second = made(&o, "intake", false, LANG_EN);
    str others = made(&o, "planner", false, LANG_EN);
    const struct session *who = office_as(&o, "intake");
    struct list left = { 0 };
    str text;

    EXPECT(!str_eq(first, second));
    EXPECT_OK(calendar_link_revoke(o.app, &o.arena, who, 1));
    EXPECT_ERR(fetch(&o, first, &text), ERR_NOT_FOUND, "calendar.none");
    EXPECT_OK(fetch(&o, second, &text));
    EXPECT_OK(fetch(&o, others, &text)); /* number 1, too */
    EXPECT_ERR(calendar_link_revoke(o.app, &o.arena, who, 1), ERR_NOT_FOUND,
               "calendar.number");
    EXPECT_OK(calendar_links(o.app, &o.arena, who, &left));
    EXPECT(left.n == 1);
    if (left.n == 1)
        EXPECT(((const struct calendar_link *)left.p)->number == 2);
}

ONE_STORE_TEST(whoever_left_is_read_no_more_nor_once_back, true)
{
    TEST_OFFICE(o, place);
    str path = made(&o, "auditor1", false, LANG_EN);
    str text;

    EXPECT_OK(say(&o, "person:auditor1", "person.leave", "{'reasons':'离职'}"));
    EXPECT_ERR(fetch(&o, path, &text), ERR_NOT_FOUND, "calendar.none");
    EXPECT_OK(say(&o, "person:auditor1", "person.return", "{'note':'回任'}"));
    EXPECT_ERR(fetch(&o, path, &text), ERR_NOT_FOUND, "calendar.none");
}

/* The same table as for `todo`, at each reading. [TO2] */
ONE_STORE_TEST(everybody_s_list_is_read_while_its_owner_may_read_it, true)
{
    TEST_OFFICE(o, place);
    str path = made(&o, "intake", true, LANG_EN);
    str text;

    EXPECT_OK(fetch(&o, path, &text));
    EXPECT_OK(
        say(&o, "person:intake", "person.set_roles", "{'roles':['admin']}"));
    EXPECT_ERR(fetch(&o, path, &text), ERR_NOT_FOUND, "calendar.none");
}

ONE_STORE_TEST(what_is_no_address_is_none, true)
{
    TEST_OFFICE(o, place);
    str path = made(&o, "intake", false, LANG_EN);
    str token = str_from(path, 10);
    const str rows[] = {
        S(""),
        S(".ics"),
        S("x.ics"),
        str_first(token, token.n - 4), /* without the ending */
        str_from(token, 1),
    };
    str text;

    EXPECT_OK(calendar_fetch(o.app, &o.arena, token, office_today(&o), &text));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ERR(calendar_fetch(o.app, &o.arena, rows[i], office_today(&o),
                                  &text),
                   ERR_NOT_FOUND, "calendar.none");
}

/* --- who makes one ----------------------------------------------------------
 */

ONE_STORE_TEST(an_address_is_made_by_somebody_of_what_they_may_read, true)
{
    TEST_OFFICE(o, place);
    static const struct session nobody = { .actor = { .roles = ROLE_BIT(
                                                          ROLE_QUALITY) } };
    const struct calendar_order order = { .who = &nobody, .today = DAY_NEVER };
    struct calendar_link link;
    str path;

    EXPECT_OK(make(&o, "newcomer", false, LANG_ZH, &path));
    EXPECT_ERR(make(&o, "newcomer", true, LANG_ZH, &path), ERR_DENIED,
               "todo.others");
    EXPECT_ERR(make(&o, "admin", true, LANG_ZH, &path), ERR_DENIED,
               "todo.others");
    EXPECT_OK(make(&o, "authority", true, LANG_ZH, &path));
    EXPECT_ERR(calendar_link_make(o.app, &o.arena, &order, &link, &path),
               ERR_DENIED, "calendar.nobody");
}

/* The number of one that was revoked is given again. */
ONE_STORE_TEST(somebody_has_so_many_addresses_and_no_more, true)
{
    TEST_OFFICE(o, place);
    const struct session *who = office_as(&o, "intake");
    str path;

    for (int i = 0; i < CALENDAR_LINKS_MOST; i++)
        EXPECT_OK(make(&o, "intake", false, LANG_ZH, &path));
    EXPECT_ERR(make(&o, "intake", false, LANG_ZH, &path), ERR_LIMIT,
               "calendar.links");
    EXPECT_OK(make(&o, "planner", false, LANG_ZH, &path));
    EXPECT_OK(calendar_link_revoke(o.app, &o.arena, who, 7));
    EXPECT_OK(make(&o, "intake", false, LANG_ZH, &path));
    EXPECT_OK(calendar_link_revoke(o.app, &o.arena, who, 7));
}

/* [17065 4.5] A lost telephone: everything that was given out to one person,
 * on record, and nothing of anybody else. */
ONE_STORE_TEST(an_administrator_revokes_all_addresses_of_a_person, true)
{
    TEST_OFFICE(o, place);
    str first = made(&o, "auditor1", false, LANG_EN);
    str second = made(&o, "auditor1", true, LANG_ZH);
    str other = made(&o, "planner", false, LANG_EN);
    str text;
    struct case_answer answer;
    struct case_order order = office_order(&o, "planner", S("person:auditor1"),
                                           "person.revoke_calendars", "{}");

    EXPECT(failed(registers_do(o.app, &o.arena, &order, &answer)));
    EXPECT_OK(fetch(&o, first, &text));
    EXPECT_OK(say(&o, "person:auditor1", "person.revoke_calendars",
                  "{'note':'手机遗失'}"));
    EXPECT_ERR(fetch(&o, first, &text), ERR_NOT_FOUND, "calendar.none");
    EXPECT_ERR(fetch(&o, second, &text), ERR_NOT_FOUND, "calendar.none");
    EXPECT_OK(fetch(&o, other, &text));
    first = made(&o, "auditor1", false, LANG_EN); /* they make a new one */
    EXPECT_OK(fetch(&o, first, &text));
}
