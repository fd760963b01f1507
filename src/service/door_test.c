/* How people come in by a browser, stay in and go. [DO1]..[DO8] [17065 4.5] */

#include "service/door.h"

#include "service/registers.h"
#include "service/test_door.h"
#include "service/tick.h"

#include <stdio.h>

static const struct door_origin here = { S_INIT("192.0.2.7"),
                                         S_INIT("a browser") };

static err sign_in(struct office *o, str login, str password,
                   const struct door_origin *from, str *token)
{
    const struct door_knock said = { login, password, from, LANG_EN };
    enum web_session_state state;

    return door_sign_in(o->app, &o->arena, &said, token, &state);
}

static err visit(struct office *o, str token)
{
    struct visitor v;

    return door_visit(o->app, &o->arena, token, &v);
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

/* --- coming in ------------------------------------------------------------ */

EACH_STORE_TEST(whoever_proves_the_password_is_in_with_their_own_rights)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    token = door_in(&o, "wang", WEB_SESSION_OPEN);
    struct visitor v = door_who(&o, token);
    EXPECT(v.state == WEB_SESSION_OPEN && !v.has_factor && v.number == 1);
    EXPECT(v.session.actor.roles == ROLE_BIT(ROLE_AUDITOR));
    EXPECT_STR(v.session.login, S("wang"));
    EXPECT_STR(v.session.channel, S("web"));
    EXPECT_STR(v.name, S("示例"));
    EXPECT(door_noted(&o, PASSAGE_IN) == 1);
    EXPECT_ERR(visit(&o, S("x")), ERR_DENIED, "door.nobody");
    EXPECT_ERR(visit(&o, S("AQID_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
               ERR_DENIED, "door.nobody");
    EXPECT_OK(door_leave(o.app, &o.arena, &v));
    EXPECT_ERR(visit(&o, token), ERR_DENIED, "door.nobody");
    EXPECT_OK(door_leave(o.app, &o.arena, &v)); /* a second click */
    EXPECT(door_noted(&o, PASSAGE_OUT) == 1);
}

/* An applicant acts for their enterprise. */
ONE_STORE_TEST(an_applicant_is_in_for_their_enterprise, true)
{
    TEST_OFFICE(o, place);

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_APPLICANT));
    struct visitor v = door_who(&o, door_in(&o, "wang", WEB_SESSION_OPEN));
    EXPECT(id_eq(v.session.actor.enterprise, o.own.id));
}

/* [DO1] The same words, and none that was typed. */
EACH_STORE_TEST(nothing_tells_whether_a_login_exists)
{
    static const struct {
        const char *why;
        str login;
        str password;
    } rows[] = {
        { "a wrong password", S_INIT("wang"), S_INIT("wrong horse") },
        { "none", S_INIT("wang"), S_INIT("") },
        { "nobody's login", S_INIT("li"), S_INIT("correct horse") },
        { "no text", S_INIT("\xFF"), S_INIT("correct horse") },
        { "who has no password", S_INIT("auditor1"), S_INIT("correct horse") },
        { "who left", S_INIT("gone"), S_INIT("correct horse") },
        { "whose last day is over", S_INIT("over"), S_INIT("correct horse") },
    };
    TEST_OFFICE(o, place);
    str token = S("untouched");

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "gone", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "over", ROLE_BIT(ROLE_AUDITOR));
    EXPECT_OK(say(&o, "person:gone", "person.leave", "{'reasons':'离职'}"));
    (void)office_ask(&o, "INSERT INTO admission (person, until, mail) "
                         "SELECT id, 1, '' FROM person WHERE login = 'over'");
    for (size_t i = 0; i < COUNT(rows); i++) {
        err e = sign_in(&o, rows[i].login, rows[i].password, &here, &token);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_DENIED, "door.wrong");
        if (failed(e))
            EXPECT_ROW(rows[i].why, e.info->args[0].name == NULL); /* [DO6] */
    }
    EXPECT_STR(token, S("untouched"));
    EXPECT(door_noted(&o, PASSAGE_WRONG_PASSWORD) == (int64_t)COUNT(rows));
    EXPECT(office_count(&o, "SELECT count(*) FROM passage WHERE person IS NULL "
                            "AND what = 1") == 2);
    EXPECT(office_count(&o, "SELECT count(*) FROM web_session") == 0);
}

/* --- delays [DO2] --------------------------------------------------------- */

/* Five failures; the right password then waits as well, and one second later
 * is right. */
EACH_STORE_TEST(failures_of_a_login_make_everybody_wait_who_tries_it)
{
    TEST_OFFICE(o, place);
    const struct door_origin there = { S("198.51.100.1"), S("") };
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "li", ROLE_BIT(ROLE_AUDITOR));
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(sign_in(&o, S("wang"), S("wrong"), &here, &token),
                   ERR_DENIED, "door.wrong");
    err e = sign_in(&o, S("wang"), TEST_PASSWORD, &there, &token);
    EXPECT_ERR(e, ERR_BUSY, "door.wait");
    if (failed(e))
        EXPECT(e.info->args[0].number == 1);
    EXPECT_OK(sign_in(&o, S("li"), TEST_PASSWORD, &here, &token));
    EXPECT(door_noted(&o, PASSAGE_WRONG_PASSWORD) == 5);
    door_pass_seconds(&o, 1);
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token));
    for (int i = 0; i < 4; i++) /* they begin anew */
        EXPECT_ERR(sign_in(&o, S("wang"), S("wrong"), &here, &token),
                   ERR_DENIED, "door.wrong");
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token));
}

/* Thirty-one logins from one network, none of them anybody's. */
ONE_STORE_TEST(failures_of_a_network_make_it_wait_whatever_it_tries, true)
{
    TEST_OFFICE(o, place);
    const struct door_origin there = { S("198.51.100.1"), S("") };
    char login[8];
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)office_ask(&o, "DELETE FROM failure");
    for (int i = 0; i < 31; i++) {
        (void)snprintf(login, sizeof login, "x%d", i);
        EXPECT_ERR(sign_in(&o, str_of(login), S("wrong"), &here, &token),
                   ERR_DENIED, "door.wrong");
    }
    EXPECT_ERR(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token), ERR_BUSY,
               "door.wait");
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &there, &token));
    door_pass_seconds(&o, 1);
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token));
}

/* --- staying in ----------------------------------------------------------- */

/* [WB1] Seen to the minute. */
EACH_STORE_TEST(a_visit_is_written_down_and_an_unused_session_ends)
{
    static const char seen[] = "SELECT seen - made FROM web_session";
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    token = door_in(&o, "wang", WEB_SESSION_OPEN);
    door_pass_seconds(&o, 59);
    EXPECT_OK(visit(&o, token));
    EXPECT(office_count(&o, seen) == 0);
    door_pass_seconds(&o, 1);
    EXPECT_OK(visit(&o, token));
    EXPECT(office_count(&o, seen) == INT64_C(60) * 1000000);
    door_pass_seconds(&o, INT64_C(2) * 3600 - 1);
    EXPECT_OK(visit(&o, token));
    door_pass_seconds(&o, INT64_C(2) * 3600);
    EXPECT_ERR(visit(&o, token), ERR_DENIED, "door.nobody");
}

/* [DO7] Both sides of the last day. */
ONE_STORE_TEST(access_for_a_time_ends_with_its_last_day, true)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_EXPERT));
    (void)office_ask(&o,
                     "INSERT INTO admission (person, until, mail) "
                     "SELECT id, 20514, '' FROM person WHERE login = 'wang'");
    EXPECT(office_day("2026-03-02") == 20514);
    door_pass_seconds(&o, INT64_C(14) * 3600); /* an hour before midnight */
    token = door_in(&o, "wang", WEB_SESSION_OPEN);
    door_pass_seconds(&o, 3600 - 1);
    EXPECT_OK(visit(&o, token));
    door_pass_seconds(&o, 1);
    EXPECT_ERR(visit(&o, token), ERR_DENIED, "door.nobody");
    EXPECT_ERR(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token), ERR_DENIED,
               "door.wrong");
}

/* [DO7] */
EACH_STORE_TEST(roles_are_those_of_the_visit_and_who_left_is_out)
{
    TEST_OFFICE(o, place);
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    token = door_in(&o, "wang", WEB_SESSION_OPEN);
    EXPECT_OK(
        say(&o, "person:wang", "person.set_roles", "{'roles':['planner']}"));
    EXPECT(door_who(&o, token).session.actor.roles == ROLE_BIT(ROLE_PLANNER));
    EXPECT_OK(
        say(&o, "person:wang", "person.set_roles", "{'roles':['reviewer']}"));
    struct visitor v = door_who(&o, token); /* now one is needed */
    EXPECT(v.state == WEB_SESSION_ENROL && v.session.actor.roles == 0);
    EXPECT_OK(say(&o, "person:wang", "person.leave", "{'reasons':'离职'}"));
    EXPECT_ERR(visit(&o, token), ERR_DENIED, "door.nobody");
    EXPECT(office_count(&o, "SELECT count(*) FROM web_session") == 0);
}

ONE_STORE_TEST(so_many_sessions_and_the_one_unseen_longest_makes_room, true)
{
    TEST_OFFICE(o, place);
    str tokens[DOOR_SESSIONS_MOST + 1];

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    for (size_t i = 0; i < DOOR_SESSIONS_MOST; i++)
        tokens[i] = door_in(&o, "wang", WEB_SESSION_OPEN);
    door_pass_seconds(&o, 60);
    for (size_t i = 0; i < DOOR_SESSIONS_MOST; i++) {
        if (i != 7)
            EXPECT_OK(visit(&o, tokens[i]));
    }
    tokens[DOOR_SESSIONS_MOST] = door_in(&o, "wang", WEB_SESSION_OPEN);
    for (size_t i = 0; i <= DOOR_SESSIONS_MOST; i++)
        EXPECT((i == 7) == failed(visit(&o, tokens[i])));
}

/* Sessions that are over make room by themselves; a tick takes the rest. */
ONE_STORE_TEST(what_is_over_is_taken_away_by_a_tick, true)
{
    TEST_OFFICE(o, place);
    struct tick_made made;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    (void)door_in(&o, "wang", WEB_SESSION_OPEN);
    EXPECT_ERR(sign_in(&o, S("wang"), S("wrong"), &here, &token), ERR_DENIED,
               "door.wrong");
    EXPECT_OK(tick(o.app, &o.arena, office_today(&o), &made));
    EXPECT(office_count(&o, "SELECT count(*) FROM web_session") == 1);
    EXPECT(office_count(&o, "SELECT count(*) FROM failure") == 2);
    office_pass_days(&o, 1);
    EXPECT_OK(tick(o.app, &o.arena, office_today(&o), &made));
    EXPECT(office_count(&o, "SELECT count(*) FROM web_session") == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM failure") == 0);
}

/* What a browser says of itself is kept as far as it is text. */
ONE_STORE_TEST(a_browser_may_call_itself_anything, true)
{
    TEST_OFFICE(o, place);
    char many[DOOR_AGENT_MAX + 1];
    const struct door_origin odd = { S("192.0.2.7"), S("\xFF\xFE") };
    const struct door_origin lengthy = { S("192.0.2.7"),
                                         { many, sizeof many } };
    str token;

    memset(many, 'x', sizeof many);
    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &odd, &token));
    EXPECT_OK(sign_in(&o, S("wang"), TEST_PASSWORD, &lengthy, &token));
    EXPECT_STR(office_ask(&o, "SELECT length(agent) FROM web_session "
                              "ORDER BY number"),
               S("0\n200\n"));
}

/* --- a demonstration [DO8] ------------------------------------------------ */

ONE_STORE_TEST(a_demonstration_asks_for_nothing, true)
{
    TEST_OFFICE(o, place);
    const struct hash shown = { { 9 } };
    struct confirmation done = { 0 };
    str token;

    EXPECT_OK(sign_in(&o, S("reviewer"), S(""), &here, &token));
    struct visitor v = door_who(&o, token);
    EXPECT(v.state == WEB_SESSION_OPEN);
    EXPECT((v.session.actor.roles & ROLE_BIT(ROLE_REVIEWER)) != 0);
    EXPECT_OK(door_confirm(o.app, &o.arena, &v, S(""), &shown, &done));
    EXPECT(id_eq(done.person, v.session.actor.person));
    EXPECT_ERR(sign_in(&o, S("nobody"), S(""), &here, &token), ERR_DENIED,
               "door.wrong");
    (void)door_phone(&o, token = door_in(&o, "head", WEB_SESSION_OPEN));
    (void)door_in(&o, "head", WEB_SESSION_CODE);
}

/* --- passwords [DO5] ------------------------------------------------------ */

EACH_STORE_TEST(a_changed_password_ends_all_other_sessions)
{
    TEST_OFFICE(o, place);
    str here_token;
    str there_token;
    str token;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    there_token = door_in(&o, "wang", WEB_SESSION_OPEN);
    here_token = door_in(&o, "wang", WEB_SESSION_OPEN);
    struct visitor v = door_who(&o, here_token);
    EXPECT_ERR(door_change_password(o.app, &o.arena, &v, S("wrong"),
                                    S("battery staple")),
               ERR_DENIED, "door.password");
    EXPECT_ERR(door_change_password(o.app, &o.arena, &v, TEST_PASSWORD,
                                    S("seven..")),
               ERR_INVALID, "enrol.secret");
    EXPECT_OK(visit(&o, there_token));
    EXPECT_OK(door_change_password(o.app, &o.arena, &v, TEST_PASSWORD,
                                   S("battery staple")));
    EXPECT_OK(visit(&o, here_token));
    EXPECT_ERR(visit(&o, there_token), ERR_DENIED, "door.nobody");
    EXPECT_ERR(sign_in(&o, S("wang"), TEST_PASSWORD, &here, &token), ERR_DENIED,
               "door.wrong");
    EXPECT_OK(sign_in(&o, S("wang"), S("battery staple"), &here, &token));
    EXPECT(door_noted(&o, PASSAGE_PASSWORD_CHANGED) == 1);
    EXPECT(door_noted(&o, PASSAGE_WRONG_PASSWORD) == 2);
}

/* By somebody else who knew it, while the new one was hashed. */
EACH_STORE_TEST(a_password_that_changed_meanwhile_stays)
{
    TEST_OFFICE(o, place);

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    struct visitor v = door_who(&o, door_in(&o, "wang", WEB_SESSION_OPEN));
    door_meanwhile(&o, "UPDATE person SET secret = 'another' "
                       "WHERE login = 'wang'");
    EXPECT_ERR(door_change_password(o.app, &o.arena, &v, TEST_PASSWORD,
                                    S("battery staple")),
               ERR_DENIED, "door.password");
    EXPECT_STR(office_ask(&o, "SELECT secret FROM person "
                              "WHERE login = 'wang'"),
               S("another\n"));
}

/* Whoever finds a screen unlocked guesses no faster than at the door. */
ONE_STORE_TEST(guessing_the_old_password_waits_too, true)
{
    TEST_OFFICE(o, place);

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    struct visitor v = door_who(&o, door_in(&o, "wang", WEB_SESSION_OPEN));
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(door_change_password(o.app, &o.arena, &v, S("wrong"),
                                        S("battery staple")),
                   ERR_DENIED, "door.password");
    EXPECT_ERR(door_change_password(o.app, &o.arena, &v, TEST_PASSWORD,
                                    S("battery staple")),
               ERR_BUSY, "door.wait");
}

/* --- sessions ------------------------------------------------------------- */

ONE_STORE_TEST(whoever_ends_all_others_stays_in_here, true)
{
    TEST_OFFICE(o, place);
    str here_is;
    str there;
    str half;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "li", ROLE_BIT(ROLE_REVIEWER));
    here_is = door_in(&o, "wang", WEB_SESSION_OPEN);
    there = door_in(&o, "wang", WEB_SESSION_OPEN);
    half = door_in(&o, "li", WEB_SESSION_ENROL);
    struct visitor v = door_who(&o, here_is);
    EXPECT_OK(door_revoke_others(o.app, &o.arena, &v));
    EXPECT_OK(visit(&o, here_is));
    EXPECT_ERR(visit(&o, there), ERR_DENIED, "door.nobody");
    v = door_who(&o, half);
    EXPECT_ERR(door_revoke_others(o.app, &o.arena, &v), ERR_DENIED,
               "door.state");
    EXPECT(door_noted(&o, PASSAGE_REVOKED) == 1);
}

EACH_STORE_TEST(
    sessions_are_listed_and_ended_by_their_owner_or_an_administrator)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct list l = { 0 };
    str first;
    str second;

    door_at_work(&o);
    door_hire(&o, "wang", ROLE_BIT(ROLE_AUDITOR));
    door_hire(&o, "li", ROLE_BIT(ROLE_AUDITOR));
    first = door_in(&o, "wang", WEB_SESSION_OPEN);
    second = door_in(&o, "wang", WEB_SESSION_OPEN);
    struct visitor wang = door_who(&o, first);
    struct visitor li = door_who(&o, door_in(&o, "li", WEB_SESSION_OPEN));

    EXPECT_OK(door_sessions(o.app, &o.arena, &wang.session, S("wang"), &l));
    EXPECT(l.n == 2);
    const struct door_session *s = l.p;
    EXPECT(l.n == 2 && s[0].number == 1 && s[1].number == 2);
    EXPECT_STR(s[0].network, here.network);
    EXPECT_ERR(door_sessions(o.app, &o.arena, &li.session, S("wang"), &l),
               ERR_DENIED, "door.others");
    EXPECT_ERR(door_revoke(o.app, &o.arena, &li.session, S("wang"), 1),
               ERR_DENIED, "door.others");
    EXPECT_ERR(door_sessions(o.app, &o.arena, admin, S("nobody"), &l),
               ERR_NOT_FOUND, "door.person");
    EXPECT_ERR(door_revoke(o.app, &o.arena, admin, S("nobody"), 1),
               ERR_NOT_FOUND, "door.person");
    EXPECT_ERR(door_revoke(o.app, &o.arena, admin, S("wang"), 3), ERR_NOT_FOUND,
               "door.session");

    EXPECT_OK(door_revoke(o.app, &o.arena, &wang.session, S("wang"), 2));
    EXPECT_ERR(visit(&o, second), ERR_DENIED, "door.nobody");
    EXPECT_OK(visit(&o, first));
    EXPECT_OK(door_revoke(o.app, &o.arena, admin, S("wang"), 0));
    EXPECT_ERR(visit(&o, first), ERR_DENIED, "door.nobody");
    EXPECT_OK(door_sessions(o.app, &o.arena, admin, S("wang"), &l));
    EXPECT(l.n == 0);
    EXPECT_OK(door_sessions(o.app, &o.arena, admin, S("li"), &l));
    EXPECT(l.n == 1);
    door_pass_seconds(&o, INT64_C(2) * 3600); /* over, though still kept */
    EXPECT_OK(door_sessions(o.app, &o.arena, admin, S("li"), &l));
    EXPECT(l.n == 0);
    EXPECT(door_noted(&o, PASSAGE_REVOKED) == 2);
    EXPECT(office_count(&o, "SELECT count(*) FROM passage "
                            "WHERE what = 5 AND actor IS NOT NULL") == 1);
}
