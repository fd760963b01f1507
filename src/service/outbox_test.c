/* Mails from the act to the server, and what becomes of them. [OB1]-[OB5]
 * [MS1] [MS2] [MG1] */

#include "service/outbox.h"

#include "service/mail_digest.h"
#include "service/service_test_env.h"
#include "service/test_smtp.h"

#include <stdio.h>

#define MINUTE INT64_C(60000000)

/* --- acts ----------------------------------------------------------------- */

struct act {
    struct office *o;
    const char *to;
    bool fails;
};

static err act(struct tx *tx, void *context)
{
    const struct act *x = context;
    const struct outgoing m = {
        .kind = LETTER_INVITE,
        .lang = LANG_EN,
        .to = str_of(x->to),
        .letter = { .person = S("Lin Xia"),
                    .address = S("https://body.example/t/secret-ticket"),
                    .due = DAY_NEVER },
    };
    id unused;

    TRY(outbox_put(x->o->app, tx, &m, &unused));
    return x->fails ? err_new(tx_arena(tx), ERR_REFUSED, "outbox.password")
                    : OK;
}

static err put(struct office *o, const char *to, bool fails)
{
    struct act x = { o, to, fails };

    return app_write(o->app, &o->arena, act, &x);
}

static struct outbox_line line_of(struct office *o)
{
    struct list lines = { 0 };

    EXPECT_OK(outbox_list(o->app, &o->arena, office_as(o, "admin"), &lines));
    EXPECT(lines.n == 1);
    return lines.n == 1 ? *(struct outbox_line *)lines.p
                        : (struct outbox_line){ .to = S("") };
}

/* --- what holds ----------------------------------------------------------- */

/* [OB1] */
EACH_STORE_TEST(a_mail_is_there_when_its_act_is_and_only_then)
{
    TEST_OFFICE(o, place);

    EXPECT_ERR(put(&o, "lin@hotel.example", true), ERR_REFUSED,
               "outbox.password");
    EXPECT(office_count(&o, "SELECT count(*) FROM mail") == 0);
    EXPECT_ERR(put(&o, "lin@hotel.example\r\nBcc: x@y.example", false),
               ERR_INVALID, "mime.address");
    EXPECT(office_count(&o, "SELECT count(*) FROM mail") == 0);
    EXPECT_OK(put(&o, "lin@hotel.example", false));
    EXPECT(office_count(&o, "SELECT count(*) FROM mail") == 1);
}

/* [OB2] [OB4] */
EACH_STORE_TEST(a_mail_is_sent_once_and_what_it_said_is_forgotten)
{
    TEST_OFFICE(o, place);
    str heard = S("");

    EXPECT_OK(put(&o, "lin@hotel.example", false));
    struct outbox_turn t = smtp_turn_with(&o, "250 taken\r\n", &heard);
    EXPECT(t.any && t.state == MAIL_SENT && t.tries == 1 && !failed(t.why));
    EXPECT(str_contains(heard, S("To: <lin@hotel.example>\r\n")));
    EXPECT(str_contains(heard, S("https://body.example/t/secret-ticket")));
    EXPECT(!smtp_turn(&o).any);
    struct outbox_line l = line_of(&o);
    EXPECT(l.row.state == MAIL_SENT && l.row.ended > 0);
    EXPECT_STR(l.to, S("lin@hotel.example"));
    EXPECT(l.row.box.n < 100); /* an address, no letter */
}

/* [OB4] */
EACH_STORE_TEST(the_store_knows_neither_the_reader_nor_the_ticket)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(put(&o, "lin@hotel.example", false));
    str box = line_of(&o).row.box;
    EXPECT(!str_contains(box, S("lin@hotel")));
    EXPECT(!str_contains(box, S("secret-ticket")));
    EXPECT_STR(line_of(&o).to, S("lin@hotel.example"));
}

/* [OB2]: the connection breaks after the mail, so nobody knows. */
ONE_STORE_TEST(a_mail_that_is_repeated_is_the_same_to_the_byte, true)
{
    TEST_OFFICE(o, place);
    str first = S("1");
    str second = S("2");

    EXPECT_OK(put(&o, "lin@hotel.example", false));
    struct outbox_turn t = smtp_turn_with(&o, NULL, &first);
    EXPECT(t.any && t.state == MAIL_WAITING && t.fault == FAULT_UNREACHED);
    EXPECT(!smtp_turn(&o).any); /* not before a minute has passed */
    o.clock.micros += MINUTE;
    t = smtp_turn_with(&o, "250 taken\r\n", &second);
    EXPECT(t.any && t.state == MAIL_SENT && t.tries == 2);
    EXPECT(str_contains(first, S("Message-ID: <")));
    EXPECT_STR(second, first);
}

/* [OB3] */
ONE_STORE_TEST(a_refusal_for_good_ends_it_and_a_passing_one_does_not, true)
{
    TEST_OFFICE(o, place);
    str heard;

    EXPECT_OK(put(&o, "lin@hotel.example", false));
    struct outbox_turn t = smtp_turn_with(&o, "451 4.7.1 later\r\n", &heard);
    EXPECT(t.state == MAIL_WAITING && t.fault == FAULT_LATER);
    EXPECT(t.status == 451);
    o.clock.micros += MINUTE;
    t = smtp_turn_with(&o, "554 5.7.1 spam\r\n", &heard);
    EXPECT(t.state == MAIL_GIVEN_UP && t.fault == FAULT_REFUSED);
    EXPECT(t.status == 554);
    struct outbox_line l = line_of(&o);
    EXPECT(l.row.state == MAIL_GIVEN_UP && l.row.tries == 2);
    EXPECT(l.row.trouble == FAULT_REFUSED && l.row.status == 554);
    o.clock.micros += 100 * MINUTE;
    EXPECT(!smtp_turn(&o).any);
}

/* [OB3]: 1 + 2 + 4 + 8 + 16 + 32 minutes, then hours. */
ONE_STORE_TEST(it_is_given_up_after_a_day, true)
{
    TEST_OFFICE(o, place);
    struct outbox_turn t;
    int32_t tries = 0;

    EXPECT_OK(smtp_use(&o, 1)); /* nobody listens there */
    EXPECT_OK(put(&o, "lin@hotel.example", false));
    do {
        t = smtp_turn(&o);
        EXPECT(t.any && t.fault == FAULT_UNREACHED);
        o.clock.micros += outbox_delay(++tries);
    } while (t.any && t.state == MAIL_WAITING && tries < 100);
    EXPECT(t.state == MAIL_GIVEN_UP && t.tries == 29);
    EXPECT(line_of(&o).row.state == MAIL_GIVEN_UP);
}

TEST(the_wait_grows_from_a_minute_to_an_hour)
{
    static const struct {
        int32_t tries;
        int64_t minutes;
    } rows[] = { { 1, 1 },  { 2, 2 },  { 3, 4 },  { 4, 8 },
                 { 5, 16 }, { 6, 32 }, { 7, 60 }, { 100, 60 } };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(outbox_delay(rows[i].tries) == rows[i].minutes * MINUTE);
}

/* [OB2] [ML2]: what it had leased is taken up when the lease has passed. */
ONE_STORE_TEST(who_dies_while_handing_over_loses_nothing, true)
{
    TEST_OFFICE(o, place);
    str heard;

    EXPECT_OK(put(&o, "lin@hotel.example", false));
    (void)office_ask(&o, "UPDATE mail SET leased = made + 300000000, "
                         "tries = 1");
    o.clock.micros += 4 * MINUTE;
    EXPECT(!smtp_turn(&o).any);
    o.clock.micros += 2 * MINUTE;
    struct outbox_turn t = smtp_turn_with(&o, "250 taken\r\n", &heard);
    EXPECT(t.any && t.state == MAIL_SENT && t.tries == 2);
}

/* [OB5] */
ONE_STORE_TEST(without_a_server_a_mail_waits_for_ever, true)
{
    TEST_OFFICE(o, place);
    struct outbox_turn t = { .tries = 7 };
    int64_t waiting = 0;

    EXPECT_OK(outbox_turn(o.app, &o.arena, office_now(&o), &t));
    EXPECT(!t.any);
    EXPECT_OK(put(&o, "lin@hotel.example", false));
    EXPECT_ERR(outbox_turn(o.app, &o.arena, office_now(&o), &t), ERR_NOT_FOUND,
               "outbox.no_server");
    EXPECT(line_of(&o).row.tries == 0);
    EXPECT_OK(outbox_waiting(o.app, &o.arena, &waiting));
    EXPECT(waiting == 1);
}

ONE_STORE_TEST(a_box_of_another_mail_is_no_mail, true)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(smtp_use(&o, 1));
    EXPECT_OK(put(&o, "lin@hotel.example", false));
    (void)office_ask(&o, "UPDATE mail SET id = x'"
                         "11111111111111111111111111111111'");
    struct outbox_turn t = smtp_turn(&o);
    EXPECT(t.any && t.state == MAIL_GIVEN_UP && t.fault == FAULT_BROKEN);
    EXPECT_STR(line_of(&o).to, S(""));
}

/* [MS1] [MS2] */
EACH_STORE_TEST(administrators_say_which_server_and_nobody_sees_the_password)
{
    TEST_OFFICE(o, place);
    const struct mail_settings good = {
        .server = { .address = S("smtps://mail.example"),
                    .user = S("office"),
                    .password = S("correct horse") },
        .from = S("office@body.example"),
    };
    struct mail_settings s = good;
    struct list lines;

    EXPECT_ERR(mail_settings_set(o.app, &o.arena, office_as(&o, "head"), &s),
               ERR_DENIED, "outbox.names");
    EXPECT_ERR(outbox_list(o.app, &o.arena, office_as(&o, "head"), &lines),
               ERR_DENIED, "outbox.names");
    EXPECT_ERR(outbox_test(o.app, &o.arena, office_as(&o, "head"), LANG_EN,
                           S("a@b.example")),
               ERR_DENIED, "outbox.names");
    const struct session *admin = office_as(&o, "admin");
    s.server.address = S("https://mail.example");
    EXPECT_ERR(mail_settings_set(o.app, &o.arena, admin, &s), ERR_INVALID,
               "mail.server");
    s = good;
    s.from = S("office");
    EXPECT_ERR(mail_settings_set(o.app, &o.arena, admin, &s), ERR_INVALID,
               "mime.address");
    s = good;
    s.server.user = S("");
    EXPECT_ERR(mail_settings_set(o.app, &o.arena, admin, &s), ERR_INVALID,
               "outbox.password");
    s = good;
    s.server.authority = S("x");
    EXPECT_ERR(mail_settings_set(o.app, &o.arena, admin, &s), ERR_INVALID,
               "outbox.authority");
    EXPECT_OK(mail_settings_set(o.app, &o.arena, admin, &good));
    EXPECT(office_count(&o, "SELECT count(*) FROM meta WHERE key = 'mail' "
                            "AND value LIKE '%correct%'") == 0);
    scoped(tx_abort) struct tx *tx = NULL;
    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    EXPECT_OK(mail_settings_get(o.app, tx, &o.arena, &s));
    EXPECT_STR(s.server.password, S("correct horse"));
    EXPECT_STR(s.server.user, S("office"));
    EXPECT_STR(s.server.address, S("smtps://mail.example"));
    EXPECT_STR(s.from, S("office@body.example"));
}

/* [MG1] */
ONE_STORE_TEST(what_waits_for_somebody_becomes_one_mail, true)
{
    TEST_OFFICE(o, place);
    struct digest_order order = { .who = office_as(&o, "newcomer"),
                                  .login = S("newcomer"),
                                  .to = S("new@hotel.example"),
                                  .lang = LANG_EN,
                                  .today = DAY_NEVER };
    int64_t tasks = -1;
    str heard = S("");

    EXPECT_OK(mail_digest(o.app, &o.arena, &order, &tasks));
    EXPECT(tasks == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM mail") == 0);
    (void)office_case(&o);
    EXPECT_OK(mail_digest(o.app, &o.arena, &order, &tasks));
    EXPECT(tasks == 1);
    EXPECT(smtp_turn_with(&o, "250 taken\r\n", &heard).state == MAIL_SENT);
    EXPECT(str_contains(heard, S("- Apply for certification\r\n")));
    EXPECT(str_contains(heard, S("1 task waits for you")));
    order.login = S("intake");
    EXPECT_ERR(mail_digest(o.app, &o.arena, &order, &tasks), ERR_DENIED,
               "todo.others");
}

/* --- by a form ------------------------------------------------------------ */

/* [MS1] [MS2] */
EACH_STORE_TEST(an_empty_password_stays_as_it_was_for_its_own_server_only)
{
    static const struct {
        const char *why;
        const char *server;
        const char *user;
        const char *password;
        const char *keeps;
    } rows[] = {
        { "the same", "smtps://a.example:465", "u", "", "p" },
        { "a new one", "smtps://a.example:465", "u", "q", "q" },
        { "another server", "smtps://b.example:465", "u", "", "" },
    };
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    struct mail_settings s = {
        .server = { .address = S("smtps://a.example:465"),
                    .user = S("u"),
                    .password = S("p") },
        .from = S("office@body.example"),
    };
    struct mail_settings got = { 0 };

    EXPECT_ERR(mail_settings_show(o.app, &o.arena, admin, &got), ERR_NOT_FOUND,
               "outbox.no_server");
    EXPECT_OK(mail_settings_change(o.app, &o.arena, admin, &s));
    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        s.server.address = str_of(rows[i].server);
        s.server.user = str_of(rows[i].user);
        s.server.password = str_of(rows[i].password);
        EXPECT_ROW_OK(rows[i].why,
                      mail_settings_change(o.app, &o.arena, admin, &s));
        EXPECT_ROW_OK(rows[i].why,
                      mail_settings_show(o.app, &o.arena, admin, &got));
        EXPECT_ROW_STR(rows[i].why, got.server.address, s.server.address);
        EXPECT_ROW(rows[i].why, got.server.password.n == 0);
        EXPECT_OK(app_read(o.app, &o.arena, &tx));
        EXPECT_OK(mail_settings_get(o.app, tx, &o.arena, &got));
        EXPECT_ROW_STR(rows[i].why, got.server.password, str_of(rows[i].keeps));
    }
    EXPECT_ERR(mail_settings_change(o.app, &o.arena, office_as(&o, "head"), &s),
               ERR_DENIED, "outbox.names");
    EXPECT_ERR(mail_settings_show(o.app, &o.arena, office_as(&o, "head"), &got),
               ERR_DENIED, "outbox.names");
}

ONE_STORE_TEST(a_letter_that_tries_the_server_goes_by_the_outbox, true)
{
    TEST_OFFICE(o, place);
    const struct session *admin = office_as(&o, "admin");
    str heard = S("");

    EXPECT_ERR(outbox_test_later(o.app, &o.arena, admin, LANG_EN,
                                 S("li@example.com")),
               ERR_NOT_FOUND, "outbox.no_server");
    EXPECT_OK(smtp_use(&o, 1));
    EXPECT_ERR(outbox_test_later(o.app, &o.arena, admin, LANG_EN, S("li")),
               ERR_INVALID, "mime.address");
    EXPECT_ERR(outbox_test_later(o.app, &o.arena, office_as(&o, "head"),
                                 LANG_EN, S("li@example.com")),
               ERR_DENIED, "outbox.names");
    EXPECT_OK(outbox_test_later(o.app, &o.arena, admin, LANG_EN,
                                S("li@example.com")));
    struct outbox_turn t = smtp_turn_with(&o, "250 taken\r\n", &heard);
    EXPECT(t.state == MAIL_SENT);
    EXPECT(str_contains(heard, S("To: <li@example.com>\r\n")));
}
