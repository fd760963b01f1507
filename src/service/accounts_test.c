/* How people come to be people of this body, and get back in. [AC1]..[AC5]
 * [17065 6.1] */

#include "service/accounts.h"

#include "service/check.h"
#include "service/registers.h"
#include "service/test_door.h"

#include <stdio.h>

static const struct door_origin here = { S_INIT("192.0.2.7"), S_INIT("") };

static const struct arrival li = { S_INIT("li"), S_INIT("示例·李"),
                                   S_INIT("a first secret") };

static const struct invitation_wish auditor = {
    .mail = S_INIT("li@example.com"),
    .roles = S_INIT("auditor,planner"),
    .uscc = S_INIT(""),
    .until = DAY_NEVER,
};

/* The ticket of a letter. */
static str token_of(const struct ticket_letter *l)
{
    size_t at = str_index(str_from(l->path, 1), '/');

    return str_from(l->path, at + 2);
}

static err sign_in(struct office *o, str login, str password)
{
    const struct door_knock said = { login, password, &here, LANG_EN };
    enum web_session_state state;
    str token;

    return door_sign_in(o->app, &o->arena, &said, &token, &state);
}

static struct ticket_letter invited(struct office *o,
                                    const struct invitation_wish *wish)
{
    struct ticket_letter l = { .path = S("/x/") };

    EXPECT_OK(accounts_invite(o->app, &o->arena, office_as(o, "admin"), wish,
                              NULL, &l));
    return l;
}

/* --- by invitation -------------------------------------------------------- */

EACH_STORE_TEST(who_is_invited_comes_with_the_roles_they_were_given)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    id made = { { 0 } };

    door_at_work(&o);
    struct ticket_letter l = invited(&o, &auditor);
    EXPECT(l.kind == TICKET_INVITE && str_begins(l.path, S("/invitation/")));
    EXPECT_STR(l.to, auditor.mail);
    EXPECT(l.ends == o.world.clock->now(o.world.clock) + TICKET_INVITE_LASTS);
    EXPECT_OK(accounts_look(o.app, &o.arena, TICKET_INVITE, token_of(&l)));
    EXPECT_OK(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made));
    struct visitor v = { 0 };
    str token = S("");
    const struct door_knock said = { li.login, li.secret, &here, LANG_EN };
    enum web_session_state state;
    EXPECT_OK(door_sign_in(o.app, &o.arena, &said, &token, &state));
    EXPECT_OK(door_visit(o.app, &o.arena, token, &v));
    EXPECT(id_eq(v.session.actor.person, made));
    EXPECT(v.session.actor.roles ==
           (ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_PLANNER)));
    EXPECT_STR(office_ask(&o, "SELECT mail FROM admission"),
               S("li@example.com\n"));
    EXPECT(door_noted(&o, PASSAGE_INVITED) == 1);
    EXPECT(door_noted(&o, PASSAGE_ACCEPTED) == 1);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));

    EXPECT_ERR(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made),
               ERR_NOT_FOUND, "accounts.ticket"); /* [AC2] */
}

/* Whoever applies for an enterprise may be invited by the body, too. */
ONE_STORE_TEST(somebody_is_invited_for_an_enterprise, true)
{
    TEST_OFFICE(o, place);
    const struct invitation_wish wish = { S("li@example.com"), S(""),
                                          S(OFFICE_USCC), DAY_NEVER };
    id made;

    struct ticket_letter l = invited(&o, &wish);
    EXPECT_OK(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made));
    const struct session *who = office_as(&o, "li");
    EXPECT(who->actor.roles == ROLE_BIT(ROLE_APPLICANT));
    EXPECT(id_eq(who->actor.enterprise, o.own.id));
}

EACH_STORE_TEST(an_invitation_that_is_unfit_is_not_made)
{
    static const struct {
        const char *why;
        struct invitation_wish wish;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "neither body nor enterprise",
          { S_INIT(""), S_INIT(""), S_INIT(""), DAY_NEVER },
          ERR_INVALID,
          "enrol.belongs" },
        { "no such role",
          { S_INIT(""), S_INIT("king"), S_INIT(""), DAY_NEVER },
          ERR_INVALID,
          "register.role" },
        { "no such enterprise",
          { S_INIT(""), S_INIT(""), S_INIT("91440300708461136T"), DAY_NEVER },
          ERR_NOT_FOUND,
          "case.enterprise" },
        { "no mail address",
          { S_INIT("li"), S_INIT("auditor"), S_INIT(""), DAY_NEVER },
          ERR_INVALID,
          "accounts.mail" },
        { "over before it begins",
          { S_INIT(""), S_INIT("auditor"), S_INIT(""), 20513 },
          ERR_INVALID,
          "accounts.until" },
    };
    TEST_OFFICE(o, place);
    struct ticket_letter l;

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why,
                       accounts_invite(o.app, &o.arena, office_as(&o, "admin"),
                                       &rows[i].wish, NULL, &l),
                       rows[i].code, rows[i].id);
    EXPECT_ERR(accounts_invite(o.app, &o.arena, office_as(&o, "quality"),
                               &auditor, NULL, &l),
               ERR_DENIED, "door.admin");
    EXPECT_STR(office_refusal(&o).command, S("person.invite"));
    EXPECT(office_count(&o, "SELECT count(*) FROM ticket") == 0);
}

ONE_STORE_TEST(a_mail_address_is_one_and_nothing_else, true)
{
    static const struct {
        const char *mail;
        bool good;
    } rows[] = {
        { "li@example.com", true },
        { "李@例子.中国", false }, /* the outbox sends to ASCII only */
        { "@example.com", false },
        { "li@", false },
        { "li", false },
        { "a@b@c", false },
        { "li@example.com\n", false },
        { "l i@example.com", false },
        { "a@b,c@d", false },
        { "a@b;c", false },
        { "<li@example.com>", false },
        { "li@b>", false },
        { "li@b\x7F", false },
        { "\xFF", false },
    };
    TEST_OFFICE(o, place);
    char longest[256];
    struct ticket_letter l;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct invitation_wish wish = auditor;
        wish.mail = str_of(rows[i].mail);
        err e = accounts_invite(o.app, &o.arena, office_as(&o, "admin"), &wish,
                                NULL, &l);

        EXPECT_ROW(rows[i].mail, failed(e) == !rows[i].good);
    }
    memset(longest, 'x', sizeof longest);
    longest[1] = '@';
    for (size_t i = 2 + 63; i < sizeof longest; i += 64)
        longest[i] = '.'; /* a label has 63 at most */
    for (size_t n = 254; n <= 255; n++) {
        struct invitation_wish wish = auditor;
        wish.mail = (str){ longest, n };
        err e = accounts_invite(o.app, &o.arena, office_as(&o, "admin"), &wish,
                                NULL, &l);

        EXPECT(failed(e) == (n == 255));
    }
}

/* What is wrong with who comes leaves the ticket as it was. */
EACH_STORE_TEST(a_ticket_is_still_good_after_a_slip)
{
    static const struct {
        const char *why;
        struct arrival who;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "no login",
          { S_INIT("l i"), S_INIT("李"), S_INIT("a first secret") },
          ERR_INVALID,
          "enrol.login" },
        { "no name",
          { S_INIT("li"), S_INIT(" "), S_INIT("a first secret") },
          ERR_INVALID,
          "enrol.name" },
        { "a short password",
          { S_INIT("li"), S_INIT("李"), S_INIT("seven..") },
          ERR_INVALID,
          "enrol.secret" },
        { "a login that is taken",
          { S_INIT("admin"), S_INIT("李"), S_INIT("a first secret") },
          ERR_CONFLICT,
          "registry.login" },
    };
    TEST_OFFICE(o, place);
    id made = { { 7 } };

    struct ticket_letter l = invited(&o, &auditor);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why,
                       accounts_accept(o.app, &o.arena, token_of(&l),
                                       &rows[i].who, &made),
                       rows[i].code, rows[i].id);
    EXPECT(made.b[0] == 7);
    EXPECT_OK(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made));
}

/* Two browsers with one ticket: the slower comes too late. */
EACH_STORE_TEST(a_ticket_works_for_the_first_who_used_it)
{
    TEST_OFFICE(o, place);
    id made = { { 7 } };

    struct ticket_letter l = invited(&o, &auditor);
    door_meanwhile(&o, "DELETE FROM ticket");
    EXPECT_ERR(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT(made.b[0] == 7);
    EXPECT(office_count(&o, "SELECT count(*) FROM person "
                            "WHERE login = 'li'") == 0);
}

/* [AC2] Both sides of the end, in the same words. */
EACH_STORE_TEST(a_ticket_that_is_over_or_another_s_is_refused)
{
    TEST_OFFICE(o, place);
    struct ticket_letter reset = { .path = S("/x/") };
    id made;

    struct ticket_letter l = invited(&o, &auditor);
    EXPECT_ERR(accounts_look(o.app, &o.arena, TICKET_INVITE, S("x")),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT_ERR(accounts_look(o.app, &o.arena, TICKET_RESET, token_of(&l)),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT_ERR(accounts_reset(o.app, &o.arena, token_of(&l), li.secret),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT_ERR(accounts_confirm(o.app, &o.arena, token_of(&l), &li, &made),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT_OK(accounts_reset_for(o.app, &o.arena, office_as(&o, "admin"),
                                 S("auditor1"), NULL, &reset));
    EXPECT_ERR(accounts_accept(o.app, &o.arena, token_of(&reset), &li, &made),
               ERR_NOT_FOUND, "accounts.ticket");
    door_pass_seconds(&o, INT64_C(7) * 86400 - 1);
    EXPECT_OK(accounts_look(o.app, &o.arena, TICKET_INVITE, token_of(&l)));
    door_pass_seconds(&o, 1);
    EXPECT_ERR(accounts_look(o.app, &o.arena, TICKET_INVITE, token_of(&l)),
               ERR_NOT_FOUND, "accounts.ticket");
}

/* --- registering [AC3] ---------------------------------------------------- */

static const struct registration newco = {
    .mail = S_INIT("li@example.com"),
    .uscc = S_INIT("91440300708461136t"),
    .name = S_INIT("示例·新企业"),
    .registered = 18000,
    .scope = S_INIT("示例"),
};

EACH_STORE_TEST(an_enterprise_is_registered_once_its_mail_was_read)
{
    TEST_OFFICE(o, place);
    struct ticket_letter l = { .path = S("/x/") };
    struct ticket_letter twice = { .path = S("/x/") };
    struct arrival other = { S("wang"), S("王"), S("a first secret") };
    struct check_counts counts;
    id made = { { 0 } };

    EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &here, NULL, &l));
    EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &here, NULL, &twice));
    EXPECT(str_begins(l.path, S("/registration/")));
    EXPECT_STR(l.to, newco.mail);
    EXPECT(office_count(&o, "SELECT count(*) FROM enterprise "
                            "WHERE uscc = '91440300708461136T'") == 0);
    EXPECT_OK(accounts_confirm(o.app, &o.arena, token_of(&l), &li, &made));
    const struct session *who = office_as(&o, "li");
    EXPECT(who->actor.roles == ROLE_BIT(ROLE_APPLICANT));
    EXPECT(id_eq(who->actor.person, made));
    EXPECT_STR(office_ask(&o, "SELECT uscc, contact_mail FROM enterprise e, "
                              "person p WHERE p.login = 'li' "
                              "AND p.enterprise = e.id"),
               S("91440300708461136T|li@example.com\n"));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    EXPECT_ERR(accounts_confirm(o.app, &o.arena, token_of(&twice), &other,
                                &made),
               ERR_CONFLICT, "registry.known");
    EXPECT(office_count(&o, "SELECT count(*) FROM person "
                            "WHERE login = 'wang'") == 0);
    EXPECT(door_noted(&o, PASSAGE_REGISTERED) == 1);
}

/* Nor does anything tell that one is registered. */
EACH_STORE_TEST(a_registration_is_answered_the_same_whatever_there_is)
{
    TEST_OFFICE(o, place);
    struct registration known = newco;
    struct ticket_letter l = { .path = S("/x/") };

    known.uscc = S(OFFICE_USCC);
    EXPECT_OK(accounts_register(o.app, &o.arena, &known, &here, NULL, &l));
    EXPECT_STR(l.to, newco.mail);
}

EACH_STORE_TEST(a_registration_that_is_unfit_is_refused_at_once)
{
    TEST_OFFICE(o, place);
    struct registration bad = newco;
    struct ticket_letter l;

    bad.uscc = S("914403007084611360");
    EXPECT_ERR(accounts_register(o.app, &o.arena, &bad, &here, NULL, &l),
               ERR_INVALID, "registry.uscc_check");
    bad = newco;
    bad.scope = S(" ");
    EXPECT_ERR(accounts_register(o.app, &o.arena, &bad, &here, NULL, &l),
               ERR_INVALID, "registry.scope");
    bad = newco;
    bad.mail = S("li");
    EXPECT_ERR(accounts_register(o.app, &o.arena, &bad, &here, NULL, &l),
               ERR_INVALID, "accounts.mail");
}

/* Eleven from one network, then it waits. */
ONE_STORE_TEST(a_network_asks_for_so_much_and_then_waits, true)
{
    TEST_OFFICE(o, place);
    const struct door_origin there = { S("198.51.100.1"), S("") };
    struct ticket_letter l;

    for (int i = 0; i < 10; i++)
        EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &here, NULL, &l));
    EXPECT_OK(accounts_ask_reset(o.app, &o.arena, S("x"), &here, NULL, &l));
    EXPECT_ERR(accounts_register(o.app, &o.arena, &newco, &here, NULL, &l),
               ERR_BUSY, "door.wait");
    EXPECT_ERR(accounts_ask_reset(o.app, &o.arena, S("x"), &here, NULL, &l),
               ERR_BUSY, "door.wait");
    EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &there, NULL, &l));
}

/* --- resets --------------------------------------------------------------- */

/* li, who has mail; wang, who has none. */
static void hire_both(struct office *o)
{
    id made;

    door_at_work(o);
    struct ticket_letter l = invited(o, &auditor);
    EXPECT_OK(accounts_accept(o->app, &o->arena, token_of(&l), &li, &made));
    door_hire(o, "wang", ROLE_BIT(ROLE_AUDITOR));
}

EACH_STORE_TEST(asking_for_a_reset_is_answered_the_same_whoever_asks)
{
    static const struct {
        const char *why;
        str login;
        bool sent;
    } rows[] = {
        { "somebody", S_INIT("li"), true },
        { "who has no mail", S_INIT("wang"), false },
        { "nobody", S_INIT("zhao"), false },
        { "no text", S_INIT("\xFF"), false },
    };
    TEST_OFFICE(o, place);

    hire_both(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ticket_letter l = { .path = S("/x/") };

        EXPECT_ROW_OK(rows[i].why,
                      accounts_ask_reset(o.app, &o.arena, rows[i].login, &here,
                                         NULL, &l));
        EXPECT_ROW(rows[i].why, (l.to.n > 0) == rows[i].sent);
        EXPECT_ROW(rows[i].why,
                   failed(accounts_look(o.app, &o.arena, TICKET_RESET,
                                        token_of(&l))) == !rows[i].sent);
    }
    EXPECT(door_noted(&o, PASSAGE_RESET_ASKED) == 1);
}

/* However many networks ask. */
ONE_STORE_TEST(a_login_is_sent_so_many_mails_and_then_none, true)
{
    TEST_OFFICE(o, place);
    char network[8];

    hire_both(&o);
    for (int i = 0; i < 5; i++) {
        struct ticket_letter l = { .to = S("?") };

        (void)snprintf(network, sizeof network, "n%d", i);
        const struct door_origin from = { str_of(network), S("") };
        EXPECT_OK(
            accounts_ask_reset(o.app, &o.arena, S("li"), &from, NULL, &l));
        EXPECT((l.to.n > 0) == (i < 4));
    }
}

/* [AC4] It opens a login that waits, and ends what was open. */
EACH_STORE_TEST(a_reset_opens_a_locked_login_and_ends_all_sessions)
{
    TEST_OFFICE(o, place);
    struct ticket_letter l = { .path = S("/x/") };
    struct ticket_letter before = { .path = S("/x/") };

    hire_both(&o);
    EXPECT_OK(sign_in(&o, S("li"), li.secret));
    for (int i = 0; i < 5; i++)
        EXPECT_ERR(sign_in(&o, S("li"), S("wrong")), ERR_DENIED, "door.wrong");
    EXPECT_ERR(sign_in(&o, S("li"), li.secret), ERR_BUSY, "door.wait");
    EXPECT_OK(
        accounts_ask_reset(o.app, &o.arena, S("li"), &here, NULL, &before));
    EXPECT_OK(accounts_ask_reset(o.app, &o.arena, S("li"), &here, NULL, &l));
    EXPECT_ERR(accounts_look(o.app, &o.arena, TICKET_RESET, token_of(&before)),
               ERR_NOT_FOUND, "accounts.ticket"); /* the newest counts */
    EXPECT_ERR(accounts_reset(o.app, &o.arena, token_of(&l), S("seven..")),
               ERR_INVALID, "enrol.secret");
    EXPECT_OK(
        accounts_reset(o.app, &o.arena, token_of(&l), S("battery staple")));
    EXPECT(office_count(&o, "SELECT count(*) FROM web_session") == 0);
    EXPECT_ERR(sign_in(&o, S("li"), li.secret), ERR_DENIED, "door.wrong");
    EXPECT_OK(sign_in(&o, S("li"), S("battery staple")));
    EXPECT_ERR(accounts_reset(o.app, &o.arena, token_of(&l), li.secret),
               ERR_NOT_FOUND, "accounts.ticket");
    EXPECT(door_noted(&o, PASSAGE_PASSWORD_RESET) == 1);
}

EACH_STORE_TEST(an_administrator_hands_out_a_reset_to_who_did_not_leave)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct case_order leave =
        office_order(&o, "admin", S("person:wang"), "person.leave",
                     "{'reasons':'离职'}");
    struct case_answer answer;
    struct ticket_letter l = { .path = S("/x/") };
    struct ticket_letter refused;

    hire_both(&o);
    EXPECT_OK(accounts_reset_for(o.app, &o.arena, admin, S("wang"), NULL, &l));
    EXPECT(l.to.n == 0 && str_begins(l.path, S("/reset/")));
    EXPECT_STR(l.login, S("wang"));
    EXPECT_ERR(accounts_reset_for(o.app, &o.arena, office_as(&o, "quality"),
                                  S("wang"), NULL, &refused),
               ERR_DENIED, "door.admin");
    EXPECT_STR(office_refusal(&o).command, S("person.reset"));
    EXPECT_ERR(accounts_reset_for(o.app, &o.arena, admin, S("nobody"), NULL,
                                  &refused),
               ERR_NOT_FOUND, "door.person");
    EXPECT_OK(registers_do(o.app, &o.arena, &leave, &answer));
    EXPECT_ERR(accounts_reset_for(o.app, &o.arena, admin, S("wang"), NULL,
                                  &refused),
               ERR_REFUSED, "accounts.left");
    EXPECT_ERR(accounts_reset(o.app, &o.arena, token_of(&l), li.secret),
               ERR_NOT_FOUND, "accounts.ticket"); /* they left since */
}

/* --- access for a time [AC5] ---------------------------------------------- */

EACH_STORE_TEST(access_for_a_time_is_given_and_taken_back)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    const day today = office_today(&o);

    hire_both(&o);
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("li"), today));
    EXPECT_OK(sign_in(&o, S("li"), li.secret));
    office_pass_days(&o, 1);
    EXPECT_ERR(sign_in(&o, S("li"), li.secret), ERR_DENIED, "door.wrong");
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("li"), DAY_NEVER));
    EXPECT_OK(sign_in(&o, S("li"), li.secret));
    EXPECT_STR(office_ask(&o, "SELECT mail FROM admission"),
               S("li@example.com\n")); /* it stays */
    EXPECT_ERR(accounts_until(o.app, &o.arena, office_as(&o, "quality"),
                              S("li"), today),
               ERR_DENIED, "door.admin");
    EXPECT_STR(office_refusal(&o).command, S("person.until"));
    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("nobody"), today),
               ERR_NOT_FOUND, "door.person");
    EXPECT(door_noted(&o, PASSAGE_UNTIL_SET) == 2);
}

/* [AC9] Whoever of the administrators may come in longest is not shut out, be
 * it by themselves: another has to last as long first. */
EACH_STORE_TEST(the_last_administrator_is_not_shut_out)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    const day today = office_today(&o);
    const day next_year = today + 365;
    struct case_answer answer;

    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("admin"), today),
               ERR_REFUSED, "accounts.last_admin");
    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("admin"), next_year),
               ERR_REFUSED, "accounts.last_admin");
    EXPECT_STR(office_refusal(&o).command, S("person.until"));
    EXPECT_STR(office_ask(&o, "SELECT until FROM admission"), S(""));
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("quality"), today));

    /* An applicant is none, whatever else they are. */
    EXPECT_OK(office_hire(&o, "outside", ROLE_BIT(ROLE_ADMIN), o.own.id));
    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("admin"), today),
               ERR_REFUSED, "accounts.last_admin");

    EXPECT_OK(office_hire(&o, "second", ROLE_BIT(ROLE_ADMIN), (id){ { 0 } }));
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("second"), next_year));
    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("admin"), today),
               ERR_REFUSED, "accounts.last_admin"); /* that one ends, too */
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("second"), DAY_NEVER));
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("admin"), today));
    EXPECT_ERR(accounts_until(o.app, &o.arena, office_as(&o, "second"),
                              S("second"), next_year),
               ERR_REFUSED, "accounts.last_admin");
    EXPECT_OK(accounts_until(o.app, &o.arena, admin, S("admin"), DAY_NEVER));

    struct case_order leaves =
        office_order(&o, "admin", S("person:second"), "person.leave",
                     "{'reasons':'离职'}");
    EXPECT_OK(registers_do(o.app, &o.arena, &leaves, &answer));
    EXPECT_ERR(accounts_until(o.app, &o.arena, admin, S("admin"), today),
               ERR_REFUSED, "accounts.last_admin");
}

/* Invited until a day, which is the last; a reset is no way around it. */
ONE_STORE_TEST(an_invitation_says_until_when, true)
{
    TEST_OFFICE(o, place);
    struct invitation_wish wish = auditor;
    struct ticket_letter l = { .to = S("?"), .path = S("/x/") };
    id made;

    door_at_work(&o);
    wish.until = office_today(&o);
    l = invited(&o, &wish);
    EXPECT_OK(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made));
    EXPECT_OK(sign_in(&o, S("li"), li.secret));
    office_pass_days(&o, 1);
    EXPECT_ERR(sign_in(&o, S("li"), li.secret), ERR_DENIED, "door.wrong");
    EXPECT_OK(accounts_ask_reset(o.app, &o.arena, S("li"), &here, NULL, &l));
    EXPECT(l.to.n == 0);
}
