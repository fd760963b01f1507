/* Letters go into the outbox with the ticket they bring. [AC8] [OB1]
 * [17065 6.1] */

#include "service/accounts.h"

#include "service/outbox.h"
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

static const struct registration newco = {
    .mail = S_INIT("li@example.com"),
    .uscc = S_INIT("91440300708461136t"),
    .name = S_INIT("示例·新企业"),
    .registered = 18000,
    .scope = S_INIT("示例"),
};

/* The ticket of a letter. */
static str token_of(const struct ticket_letter *l)
{
    size_t at = str_index(str_from(l->path, 1), '/');

    return str_from(l->path, at + 2);
}

static const struct posting by_mail = { LANG_EN,
                                        S_INIT("https://body.example") };

static void use_mail(struct office *o)
{
    const struct mail_settings s = {
        .server = { .address = S("smtp://127.0.0.1:1") },
        .from = S("office@body.example"),
    };

    EXPECT_OK(mail_settings_set(o->app, &o->arena, office_as(o, "admin"), &s));
}

static int64_t mails(const struct office *o, const char *kind)
{
    char sql[80];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM mail WHERE kind = '%s'", kind);
    return office_count(o, sql);
}

EACH_STORE_TEST(a_letter_is_in_the_outbox_when_its_ticket_is_there)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct ticket_letter l = { .path = S("/x/") };
    id made;
    bool can = true;

    EXPECT_OK(accounts_can_post(o.app, &o.arena, &can));
    EXPECT(!can);
    EXPECT_OK(accounts_invite(o.app, &o.arena, admin, &auditor, &by_mail, &l));
    EXPECT(!l.posted && mails(&o, "invite") == 0); /* no server yet */
    use_mail(&o);
    EXPECT_OK(accounts_can_post(o.app, &o.arena, &can));
    EXPECT(can);
    EXPECT_OK(accounts_invite(o.app, &o.arena, admin, &auditor, &by_mail, &l));
    EXPECT(l.posted && mails(&o, "invite") == 1);
    EXPECT_OK(accounts_accept(o.app, &o.arena, token_of(&l), &li, &made));
    EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &here, &by_mail, &l));
    EXPECT(l.posted && mails(&o, "register") == 1);
    EXPECT_OK(
        accounts_ask_reset(o.app, &o.arena, S("li"), &here, &by_mail, &l));
    EXPECT(l.posted && mails(&o, "reset") == 1);
    EXPECT_OK(
        accounts_ask_reset(o.app, &o.arena, S("no"), &here, &by_mail, &l));
    EXPECT(!l.posted && mails(&o, "reset") == 1);
    EXPECT_OK(
        accounts_reset_for(o.app, &o.arena, admin, S("li"), &by_mail, &l));
    EXPECT(l.posted && mails(&o, "reset") == 2);
    EXPECT_OK(accounts_reset_for(o.app, &o.arena, admin, S("li"), NULL, &l));
    EXPECT(!l.posted && mails(&o, "reset") == 2);
}

/* The letter says where, in the language of who asked. */
ONE_STORE_TEST(a_letter_says_where_its_ticket_is_shown, true)
{
    TEST_OFFICE(o, place);
    struct ticket_letter l = { .path = S("/x/") };
    struct list lines = { 0 };

    use_mail(&o);
    EXPECT_OK(accounts_register(o.app, &o.arena, &newco, &here, &by_mail, &l));
    EXPECT_OK(outbox_list(o.app, &o.arena, office_as(&o, "admin"), &lines));
    const struct outbox_line *line = lines.p;
    EXPECT(lines.n == 1);
    EXPECT_STR(line->to, newco.mail);
    EXPECT_STR(line->row.lang, S("en"));
    EXPECT(!str_contains(line->row.box, token_of(&l)));
}

/* One who waits gets no letter, and no ticket. */
ONE_STORE_TEST(a_network_that_waits_is_sent_nothing, true)
{
    TEST_OFFICE(o, place);
    struct ticket_letter l;

    use_mail(&o);
    for (int i = 0; i < 11; i++)
        EXPECT_OK(
            accounts_register(o.app, &o.arena, &newco, &here, &by_mail, &l));
    EXPECT_ERR(accounts_register(o.app, &o.arena, &newco, &here, &by_mail, &l),
               ERR_BUSY, "door.wait");
    EXPECT(mails(&o, "register") == 11);
    EXPECT(office_count(&o, "SELECT count(*) FROM ticket") == 11);
}
