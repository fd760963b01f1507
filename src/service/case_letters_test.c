/* What acts on cases, and days, tell by mail. [CL1]-[CL4] [RD1] [RD2]
 * [TL1]-[TL4] */

#include "service/case_letters.h"

#include "base/buf.h"
#include "domain/rights.h"
#include "service/rebuild.h"
#include "service/test_smtp.h"
#include "service/tick.h"
#include "store/admission.h"

#include <stdio.h>
#include <stdlib.h>

/* --- who reads ------------------------------------------------------------ */

struct reading {
    id person;
    const char *mail;
    const char *lang;
    day until;
};

static err set_reading(struct tx *tx, void *context)
{
    const struct reading *r = context;
    const struct admission_row row = { r->until, str_of(r->mail), S("") };

    TRY(admission_put(tx, r->person, &row));
    return admission_speak(tx, r->person, str_of(r->lang));
}

static void reads_until(struct office *o, const char *login, const char *mail,
                        const char *lang, day until)
{
    struct reading r = { office_as(o, login)->actor.person, mail, lang, until };

    EXPECT_OK(app_write(o->app, &o->arena, set_reading, &r));
}

static void reads(struct office *o, const char *login, const char *mail,
                  const char *lang)
{
    reads_until(o, login, mail, lang, DAY_NEVER);
}

/* The enterprise's two, a rival, and the body's first: each has an address. */
static void give_addresses(struct office *o)
{
    EXPECT_OK(office_hire(o, "partner", ROLE_BIT(ROLE_APPLICANT), o->own.id));
    EXPECT_OK(smtp_use(o, 1));
    reads(o, "newcomer", "new@hotel.example", "en-GB");
    reads(o, "partner", "partner@hotel.example", "");
    reads(o, "rival", "rival@inn.example", "en-GB");
    reads(o, "intake", "intake@body.example", "en-GB");
}

static int64_t mails(const struct office *o, const char *kind)
{
    char sql[120];

    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM mail WHERE kind LIKE '%s'", kind);
    return office_count(o, sql);
}

/* "kind lang to;" of all, sorted; those that were sent are taken away. */
static int in_order(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static str outbox_text(struct office *o)
{
    str texts[100];
    struct list lines = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_OK(outbox_list(o->app, &o->arena, office_as(o, "admin"), &lines));
    EXPECT(lines.n <= COUNT(texts));
    for (size_t i = 0; i < lines.n && i < COUNT(texts); i++) {
        const struct outbox_line *l = (const struct outbox_line *)lines.p + i;
        struct buf one;
        str text = S("");

        buf_init(&one, &o->arena, 1000);
        buf_str(&one, l->row.kind);
        buf_char(&one, ' ');
        buf_str(&one, l->row.lang);
        buf_char(&one, ' ');
        buf_str(&one, l->to);
        buf_char(&one, ';');
        EXPECT_OK(buf_done(&one, &text));
        texts[i] = text;
    }
    qsort(texts, lines.n, sizeof texts[0], in_order);
    buf_init(&b, &o->arena, 100000);
    for (size_t i = 0; i < lines.n; i++)
        buf_str(&b, texts[i]);
    EXPECT_OK(buf_done(&b, &out));
    (void)office_ask(o, "DELETE FROM mail");
    return out;
}

/* --- acts [CL1] ----------------------------------------------------------- */

/* Steps until the case has waited for a supplement; its number. */
static str go_to_supplement(struct office *o)
{
    struct script script = office_script(o);
    str ref = office_case(o);
    bool over = false;

    script.incomplete = true;
    while (!over && !failed(office_step(o, &script, ref, &over))) {
        if (office_count(o, "SELECT count(*) FROM mail") > 0)
            break;
    }
    return ref;
}

/* [M12] [CL2] [RD2] */
EACH_STORE_TEST(who_is_to_complete_an_application_is_told_in_their_language)
{
    TEST_OFFICE(o, place);

    give_addresses(&o);
    (void)go_to_supplement(&o);
    EXPECT_STR(outbox_text(&o), S("supplement en new@hotel.example;"
                                  "supplement zh-CN partner@hotel.example;"));
}

/* [CL1] [CL2] [RD1]: rival and intake have addresses, too. */
ONE_STORE_TEST(each_step_of_a_case_is_told_once_and_to_nobody_else, true)
{
    static const char *const told[] = {
        "accepted", "quote", "plan", "report", "decision", "certificate",
    };
    TEST_OFFICE(o, place);

    give_addresses(&o);
    reads(&o, "partner", "", "");
    (void)office_certified(&o);
    for (size_t i = 0; i < COUNT(told); i++)
        EXPECT_ROW(told[i], mails(&o, told[i]) == 1);
    str all = outbox_text(&o);
    EXPECT(!str_contains(all, S("rival@")) && !str_contains(all, S("intake@")));
    EXPECT(!str_contains(all, S("partner@")));
}

/* [CL1]: on its way out, and on its way back. [条例 26] [17065 7.11] */
ONE_STORE_TEST(what_happens_to_a_certificate_is_told, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    char json[200];
    char today[DAY_TEXT];
    str heard = S("");

    give_addresses(&o);
    reads(&o, "partner", "", "");
    (void)day_text(office_today(&o), today);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   today);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.suspend", json));
    EXPECT(mails(&o, "suspension") == 1);
    EXPECT(smtp_turn_with(&o, "250 taken\r\n", &heard).state == MAIL_SENT);
    EXPECT(str_contains(heard, S("To: <new@hotel.example>\r\n")));
    EXPECT(str_contains(heard, ref));
    EXPECT(str_contains(heard, S("/cases/")));
    EXPECT(str_contains(heard, S("The suspension ends on ")));
    EXPECT(!str_contains(heard, S("热线停用"))); /* [CL3] */
    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'已恢复'}"));
    EXPECT(mails(&o, "restoration") == 1);
}

/* [CL1] */
EACH_STORE_TEST(a_refused_a_repeated_and_a_rebuilt_act_tell_nothing_more)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    char json[200];
    char today[DAY_TEXT];
    struct case_answer answer = { .repeated = false };
    struct rebuilt rebuilt;

    give_addresses(&o);
    (void)day_text(office_today(&o), today);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   today);
    EXPECT(failed(office_do(&o, "intake", ref, "certificate.suspend", json)));
    EXPECT(mails(&o, "%") == 0);
    struct case_order order =
        office_order(&o, "certificates", ref, "certificate.suspend", json);
    order.command_id = (id){ { 7 } };
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(!answer.repeated && mails(&o, "%") == 2);
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(answer.repeated && mails(&o, "%") == 2);
    EXPECT_OK(rebuild(o.app, &o.arena, &rebuilt));
    EXPECT(mails(&o, "%") == 2);
}

/* [RD1] [CL4] */
ONE_STORE_TEST(who_left_or_has_no_address_gets_no_letter, true)
{
    TEST_OFFICE(o, place);

    EXPECT_OK(office_hire(&o, "partner", ROLE_BIT(ROLE_APPLICANT), o.own.id));
    reads(&o, "newcomer", "new@hotel.example", "en-GB");
    str ref = office_case(&o);
    office_go_to(&o, ref, STAGE_CONTRACT);
    EXPECT(mails(&o, "%") == 0); /* no server is set */
    EXPECT_OK(smtp_use(&o, 1));
    reads(&o, "newcomer", "", "en-GB");
    reads_until(&o, "partner", "partner@hotel.example", "en-GB",
                office_today(&o) - 1);
    office_go_to(&o, ref, STAGE_DOCUMENTS);
    EXPECT(mails(&o, "%") == 0);
    reads_until(&o, "partner", "partner@hotel.example", "en-GB",
                office_today(&o) + 400);
    office_go_to(&o, ref, STAGE_REPORT);
    EXPECT(mails(&o, "plan") == 1);
}

/* --- days ----------------------------------------------------------------- */

static void run(struct office *o, day today)
{
    struct tick_made made = { 0 };

    EXPECT_OK(tick(o->app, &o->arena, today, &made));
    EXPECT(made.failed == 0);
}

/* [TL1] [TL2]: intake has it to check; newcomer has nothing to do. */
EACH_STORE_TEST(what_waits_is_told_by_one_letter_and_once)
{
    TEST_OFFICE(o, place);
    str heard = S("");

    give_addresses(&o);
    str ref = office_case(&o);
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    day today = office_today(&o);
    run(&o, today);
    EXPECT(mails(&o, "waiting") == 1);
    run(&o, today);
    EXPECT(mails(&o, "waiting") == 1);
    EXPECT(smtp_turn_with(&o, "250 taken\r\n", &heard).state == MAIL_SENT);
    EXPECT(str_contains(heard, S("To: <intake@body.example>\r\n")));
    EXPECT(str_contains(heard, S("1 task waits for you")));
    EXPECT(str_contains(heard, ref));
    EXPECT(str_contains(heard, S("/work")));
}

/* [TL1] [TL3]: what the enterprise is late with; on the last day it is not. */
ONE_STORE_TEST(what_is_overdue_is_told_on_the_day_after_its_limit, true)
{
    TEST_OFFICE(o, place);

    give_addresses(&o);
    reads(&o, "intake", "", "");
    str ref = go_to_supplement(&o);
    day due = office_read(&o, ref).state->due;
    (void)outbox_text(&o);
    run(&o, due);
    EXPECT_STR(outbox_text(&o), S(""));
    run(&o, due + 1);
    EXPECT_STR(outbox_text(&o), S("waiting en new@hotel.example;"
                                  "waiting zh-CN partner@hotel.example;"));
    run(&o, due + 1);
    run(&o, due + 2);
    EXPECT_STR(outbox_text(&o), S(""));
}

/* [TL3] [M22] */
ONE_STORE_TEST(a_surveillance_that_comes_is_told_to_the_enterprise, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day due = office_read(&o, ref).state->certificate->surveillance_due;
    str heard = S("");

    give_addresses(&o);
    reads(&o, "partner", "", "");
    run(&o, office_today(&o));
    EXPECT(mails(&o, "surveillance") == 0);
    run(&o, due);
    EXPECT(mails(&o, "surveillance") == 1);
    run(&o, due);
    EXPECT(mails(&o, "surveillance") == 1);
    EXPECT(smtp_turn_with(&o, "250 taken\r\n", &heard).state == MAIL_SENT);
    EXPECT(str_contains(heard, S("It is due by ")));
}

/* [TL3] [M23]: three months before the end it is late. */
ONE_STORE_TEST(a_renewal_is_told_from_its_first_day_on_and_when_it_is_late,
               true)
{
    enum { OPENS = 184, DUE = 92 }; /* days before the end, at most */
    static const str told = S_INIT("waiting en new@hotel.example;");
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = office_read(&o, ref).state->certificate->until;

    give_addresses(&o);
    reads(&o, "partner", "", "");
    reads(&o, "intake", "", "");
    run(&o, until - OPENS - 1);
    (void)outbox_text(&o); /* of surveillances that nobody opened */
    run(&o, until - OPENS + 5);
    EXPECT_STR(outbox_text(&o), told);
    run(&o, until - DUE - 1);
    EXPECT_STR(outbox_text(&o), S(""));
    run(&o, until - DUE + 5);
    EXPECT_STR(outbox_text(&o), told);
    run(&o, until - DUE + 6);
    EXPECT_STR(outbox_text(&o), S(""));
}

/* [TL4] [CL1]: the end of a certificate is an act of the program's. */
ONE_STORE_TEST(a_certificate_that_ends_is_told, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = office_read(&o, ref).state->certificate->until;

    run(&o, office_today(&o));
    EXPECT(mails(&o, "%") == 0); /* no server is set */
    give_addresses(&o);
    reads(&o, "partner", "", "");
    run(&o, until + 1);
    EXPECT(mails(&o, "expiry") == 1);
}

/* [TO1]: who has a tie to the enterprise is told of no work on it. */
ONE_STORE_TEST(whoever_may_not_do_it_is_not_told, true)
{
    TEST_OFFICE(o, place);

    give_addresses(&o);
    reads(&o, "intake", "", "");
    reads(&o, "insider", "insider@hotel.example", "en-GB");
    str ref = office_case(&o);
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    run(&o, office_today(&o));
    EXPECT(mails(&o, "waiting") == 0);
}

/* --- messages ------------------------------------------------------------- */

/* [CL5] [TL3]: by the act, not by the day, and never in its own words. */
EACH_STORE_TEST(a_message_is_told_to_the_other_side)
{
    TEST_OFFICE(o, place);
    str heard = S("");

    give_addresses(&o);
    str ref = office_case(&o);
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    run(&o, office_today(&o));
    (void)outbox_text(&o);
    EXPECT_OK(
        office_do(&o, "newcomer", ref, "message.send", "{'text':'何时到场'}"));
    run(&o, office_today(&o));
    EXPECT_STR(outbox_text(&o), S("message en intake@body.example;"));
    EXPECT_OK(
        office_do(&o, "finance", ref, "message.send", "{'text':'下周二'}"));
    run(&o, office_today(&o));
    EXPECT(mails(&o, "message") == 2 && mails(&o, "%") == 2);
    EXPECT(smtp_turn_with(&o, "250 taken\r\n", &heard).state == MAIL_SENT);
    EXPECT(str_contains(heard, S("hotel.example>\r\n")));
    EXPECT(str_contains(heard, ref) && str_contains(heard, S("/messages")));
    EXPECT(!str_contains(heard, S("下周二")));
    EXPECT_STR(outbox_text(&o), S("message en new@hotel.example;"
                                  "message zh-CN partner@hotel.example;"));
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'a'}"));
    (void)outbox_text(&o);
    EXPECT_OK(office_do(&o, "intake", ref, "message.settle", "{}"));
    EXPECT_STR(outbox_text(&o), S(""));
}

/* [CL5]: whoever asked hears of the answer, once, and not of the next. */
EACH_STORE_TEST(whoever_asked_is_told_of_the_answer)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    give_addresses(&o);
    reads(&o, "planner", "planner@body.example", "en-GB");
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_OK(office_do(&o, "planner", ref, "message.send", "{'text':'几人'}"));
    EXPECT_OK(office_do(&o, "intake", ref, "message.send", "{'text':'几处'}"));
    (void)outbox_text(&o);
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'a'}"));
    EXPECT_STR(outbox_text(&o), S("message en intake@body.example;"
                                  "message en planner@body.example;"));
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'b'}"));
    EXPECT_STR(outbox_text(&o), S("message en intake@body.example;"
                                  "message en planner@body.example;"));
    EXPECT_OK(office_do(&o, "intake", ref, "message.send", "{'text':'好'}"));
    (void)outbox_text(&o);
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'c'}"));
    EXPECT_STR(outbox_text(&o), S("message en intake@body.example;"));
}

/* [CL5]: to whoever takes in applications, until they decide the case. */
ONE_STORE_TEST(whoever_decides_is_told_of_no_message, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    give_addresses(&o);
    EXPECT_OK(office_hire(&o, "both",
                          ROLE_BIT(ROLE_INTAKE) | ROLE_BIT(ROLE_REVIEWER),
                          (id){ { 0 } }));
    reads(&o, "both", "both@body.example", "en-GB");
    EXPECT_OK(office_hire(&o, "inside",
                          ROLE_BIT(ROLE_INTAKE) | ROLE_BIT(ROLE_APPLICANT),
                          o.own.id));
    reads(&o, "inside", "inside@hotel.example", "en-GB");
    office_go_to(&o, ref, STAGE_DECISION);
    (void)outbox_text(&o);
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'a'}"));
    EXPECT_STR(outbox_text(&o), S("message en both@body.example;"
                                  "message en intake@body.example;"));
    EXPECT_OK(office_do(&o, "both", ref, "decision.grant", "{}"));
    (void)outbox_text(&o);
    EXPECT_OK(office_do(&o, "newcomer", ref, "message.send", "{'text':'b'}"));
    EXPECT_STR(outbox_text(&o), S("message en intake@body.example;"));
}
