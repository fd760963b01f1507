/* Sub-certificates in the register: stored, looked up, checked. [M20] [M21]
 * [LU4] [CK2] */

#include "service/subs.h"

#include "base/buf.h"
#include "service/check.h"
#include "service/lookup.h"
#include "service/rebuild.h"
#include "service/sequence.h"
#include "service/service_test_env.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"
#define SUB    NUMBER "-1"

/* An office with one certificate, whose headquarters have a sub-certificate
 * from a hundred days later on, until the certificate's own last day. */
static str issue(struct office *o)
{
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_UPKEEP);
    office_pass_days(o, 100);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.sub", "{'n':1}"));
    return ref;
}

static struct public_certificate found(struct office *o, const char *number)
{
    struct public_certificate got = { 0 };

    EXPECT_ROW_OK(number, lookup_certificate(o->app, &o->arena, str_of(number),
                                             office_today(o), &got));
    return got;
}

static err suspend(struct office *o, str ref)
{
    char json[200];
    char text[DAY_TEXT];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'x','confirmed':'%s'}",
                   day_text(office_today(o), text).p);
    return office_do(o, "certificates", ref, "certificate.suspend", json);
}

static void expect_history(const struct public_certificate *c,
                           const enum public_act *acts, size_t n)
{
    const struct public_change *got = c->history.p;

    EXPECT_ROW(c->number.p, c->history.n == n);
    for (size_t i = 0; i < n && i < c->history.n; i++) {
        EXPECT_ROW(public_act_names[acts[i]], got[i].act == acts[i]);
        EXPECT_ROW(public_act_names[acts[i]],
                   i == 0 || got[i - 1].on <= got[i].on);
    }
}

static void expect_sound(struct office *o)
{
    struct check_counts counts;

    EXPECT_OK(check_all(o->app, &o->arena, &counts));
}

/* [LU4] */
EACH_STORE_TEST(a_sub_certificate_is_looked_up_by_its_number_as_any_other)
{
    TEST_OFFICE(o, place);
    static const char *const typed[] = { SUB, "00026sc0001r0s-1",
                                         " 00026SC 0001R0S-1 " };

    (void)issue(&o);
    struct public_certificate main = found(&o, NUMBER);
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct public_certificate got = found(&o, typed[i]);

        EXPECT_ROW_STR(typed[i], got.number, S(SUB));
        EXPECT_ROW_STR(typed[i], got.main, S(NUMBER));
        EXPECT_ROW_STR(typed[i], got.holder, main.holder);
        EXPECT_ROW_STR(typed[i], got.level, main.level);
        EXPECT_ROW_STR(typed[i], got.scope, main.scope);
        EXPECT_ROW(typed[i], got.site.n > 0 && got.site_address.n > 0);
        EXPECT_ROW(typed[i], got.subs.n == 0);
        EXPECT_ROW(typed[i], got.issued == main.issued + 100);
        EXPECT_ROW(typed[i], got.until == main.until);
        EXPECT_ROW(typed[i], got.status == CERTIFICATE_VALID);
        EXPECT_ROW(typed[i], got.status_since == got.issued);
    }
    expect_sound(&o);
}

EACH_STORE_TEST(the_main_certificate_lists_its_sub_certificates)
{
    TEST_OFFICE(o, place);
    str ref = issue(&o);
    char json[100];

    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':2}"));
    (void)snprintf(json, sizeof json,
                   "{'number':'" SUB "','why':'closed','reasons':'x'}");
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub_end", json));

    struct public_certificate main = found(&o, NUMBER);
    const struct public_sub *subs = main.subs.p;
    EXPECT_STR(main.main, S(""));
    EXPECT_STR(main.site, S(""));
    EXPECT(main.subs.n == 2);
    if (main.subs.n == 2) {
        EXPECT_STR(subs[0].number, S(SUB));
        EXPECT(subs[0].status == CERTIFICATE_CANCELLED);
        EXPECT(subs[0].status_since == office_today(&o));
        EXPECT_STR(subs[1].number, S(NUMBER "-2"));
        EXPECT(subs[1].status == CERTIFICATE_VALID);
        EXPECT(subs[1].until == main.until);
    }
    expect_history(&main, (enum public_act[]){ ACT_ISSUED }, 1);
    expect_sound(&o);
}

/* [SU7] In the register, its history, the log, and when all is made anew. */
EACH_STORE_TEST(a_sub_certificate_follows_an_erratum_of_the_scope)
{
    static const enum public_act acts[] = { ACT_ISSUED, ACT_REISSUED };
    TEST_OFFICE(o, place);
    struct rebuilt made;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    str scope = found(&o, NUMBER).scope;
    struct buf b;
    str json = S("");
    buf_init(&b, &o.arena, 1000);
    buf_printf(&b, "{'n':1,'scope':'%.*s'}%c", STR_ARG(scope), '\0');
    EXPECT_OK(buf_done(&b, &json));
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", json.p));
    struct public_certificate before = found(&o, SUB);
    EXPECT_STR(before.scope, scope);
    office_pass_days(&o, 1);
    EXPECT_OK(office_do(&o, "newcomer", ref, "change.ask",
                        "{'kind':'erratum','scope':'更正后的范围',"
                        "'reasons':'印错'}"));
    EXPECT_OK(office_do(&o, "reviewer", ref, "change.approve", "{'number':1}"));

    struct public_certificate got = found(&o, SUB);
    EXPECT(got.status == CERTIFICATE_VALID);
    EXPECT_STR(got.scope, S("更正后的范围"));
    EXPECT(got.issued == before.issued && got.until == before.until);
    expect_history(&got, acts, COUNT(acts));
    EXPECT(found(&o, NUMBER).subs.n == 1);
    expect_sound(&o);
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT_STR(found(&o, SUB).scope, S("更正后的范围"));
    expect_sound(&o);
}

/* [SD4] */
EACH_STORE_TEST(
    a_sub_certificate_shares_what_befalls_the_main_one_from_its_issue)
{
    static const enum public_act acts[] = { ACT_ISSUED, ACT_SUSPENDED,
                                            ACT_RESTORED, ACT_CANCELLED };
    TEST_OFFICE(o, place);
    str ref = issue(&o);

    office_pass_days(&o, 1);
    EXPECT_OK(suspend(&o, ref));
    struct public_certificate got = found(&o, SUB);
    EXPECT(got.status == CERTIFICATE_SUSPENDED);
    EXPECT(got.status_since == office_today(&o));
    EXPECT(got.suspended_until == found(&o, NUMBER).suspended_until);
    expect_history(&got, acts, 2);

    EXPECT_OK(office_do(&o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'x'}"));
    office_pass_days(&o, 1);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.cancel",
                        "{'code':'0111','reasons':'x'}"));
    got = found(&o, SUB);
    EXPECT(got.status == CERTIFICATE_CANCELLED);
    expect_history(&got, acts, 4);
    expect_sound(&o);
}

/* Its own last day, both sides; the main one goes on, and is told of later. */
EACH_STORE_TEST(a_sub_certificate_may_be_over_before_the_main_one)
{
    static const enum public_act acts[] = { ACT_ISSUED, ACT_EXPIRED };
    TEST_OFFICE(o, place);
    str ref = issue(&o);
    char json[100];
    char text[DAY_TEXT];

    (void)snprintf(json, sizeof json, "{'n':2,'until':'%s'}",
                   day_text(office_today(&o) + 9, text).p);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", json));
    office_pass_days(&o, 9);
    EXPECT(found(&o, NUMBER "-2").status == CERTIFICATE_VALID);
    office_pass_days(&o, 1);
    EXPECT_OK(suspend(&o, ref));

    struct public_certificate got = found(&o, NUMBER "-2");
    EXPECT(got.status == CERTIFICATE_EXPIRED);
    EXPECT(got.status_since == office_today(&o));
    expect_history(&got, acts, 2);
    EXPECT(found(&o, SUB).status == CERTIFICATE_SUSPENDED);
}

/* As it was known on a day: before it was issued there is none of it. */
EACH_STORE_TEST(sub_certificates_are_shown_as_they_stood_on_a_day)
{
    TEST_OFFICE(o, place);
    str ref = issue(&o);
    day issued = office_today(&o);
    struct public_certificate got = { 0 };

    office_pass_days(&o, 5);
    day today = office_today(&o);
    EXPECT(today == issued + 5);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub_end",
                        "{'number':'" SUB "','why':'closed','reasons':'x'}"));
    for (int known = 0; known <= 1; known++) {
        struct as_of before = { today, issued - 1, known != 0 };
        struct as_of then = { today, issued, known != 0 };
        struct as_of after = { today, today, known != 0 };
        struct as_of to_come = { today, today + 1, known != 0 };

        EXPECT_ERR(lookup_as_of(o.app, &o.arena, S(SUB), &before, &got),
                   ERR_NOT_FOUND, "lookup.not_then");
        EXPECT_OK(lookup_as_of(o.app, &o.arena, S(NUMBER), &before, &got));
        EXPECT(got.subs.n == 0);
        EXPECT_OK(lookup_as_of(o.app, &o.arena, S(SUB), &then, &got));
        EXPECT(got.status == CERTIFICATE_VALID && got.history.n == 1);
        EXPECT_STR(got.main, S(NUMBER));
        EXPECT_OK(lookup_as_of(o.app, &o.arena, S(NUMBER), &then, &got));
        EXPECT(got.subs.n == 1);
        EXPECT_OK(lookup_as_of(o.app, &o.arena, S(SUB), &after, &got));
        EXPECT(got.status == CERTIFICATE_CANCELLED && got.history.n == 2);
        EXPECT_ERR(lookup_as_of(o.app, &o.arena, S(SUB), &to_come, &got),
                   ERR_REFUSED, "lookup.not_yet");
    }
}

EACH_STORE_TEST(a_sub_certificate_is_found_by_searching_its_number)
{
    TEST_OFFICE(o, place);
    struct list l = { 0 };

    (void)issue(&o);
    EXPECT_OK(lookup_search(o.app, &o.arena, S("00026sc0001r0s-1"),
                            office_today(&o), 9, &l));
    EXPECT(l.n == 1);
    EXPECT(l.n == 1 &&
           str_eq(((const struct public_certificate *)l.p)->number, S(SUB)));
    EXPECT_OK(lookup_search(o.app, &o.arena, S("00026sc0001r0s-2"),
                            office_today(&o), 9, &l));
    EXPECT(l.n == 0);
}

/* [SM2] Issue, its credential and end are entries of the main certificate's. */
EACH_STORE_TEST(what_befalls_a_sub_certificate_is_entered_in_the_log)
{
    TEST_OFFICE(o, place);
    int64_t before = 0;
    int64_t after = 0;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(sequence_log(o.app, &o.arena, &before));
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub_end",
                        "{'number':'" SUB "','why':'asked','reasons':'x'}"));
    EXPECT_OK(sequence_log(o.app, &o.arena, &after));
    EXPECT(after == before + 3);
    EXPECT(found(&o, NUMBER).log_index == after - 1);
    expect_sound(&o);
}

/* [CK2] */
EACH_STORE_TEST(a_row_of_a_sub_certificate_that_no_journal_says_is_found)
{
    static const struct {
        const char *why;
        const char *sql;
        const char *mend;
    } rows[] = {
        /* clang-format off */
        { "its site", "UPDATE sub_certificate SET site = 'x'", "site = k.site" },
        { "its address", "UPDATE sub_certificate SET address = 'x'", "address = k.address" },
        { "its scope", "UPDATE sub_certificate SET scope_zh = 'x'", "scope_zh = k.scope_zh" },
        { "its scope in English", "UPDATE sub_certificate SET scope_en = 'x'", "scope_en = k.scope_en" },
        { "the day of its issue", "UPDATE sub_certificate SET issued = issued - 1", "issued = k.issued" },
        { "its last day", "UPDATE sub_certificate SET valid_until = valid_until + 1", "valid_until = k.valid_until" },
        { "an end", "UPDATE sub_certificate SET ended = 1", "ended = k.ended" },
        { "its count", "UPDATE sub_certificate SET n = 7", "n = k.n" },
        { "its number", "UPDATE sub_certificate SET number = 'x'", "number = k.number" },
        /* clang-format on */
    };
    TEST_OFFICE(o, place);
    char sql[200];
    struct check_counts counts;

    (void)issue(&o);
    (void)office_ask(&o,
                     "CREATE TABLE kept_sub AS SELECT * FROM sub_certificate");
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&o, rows[i].sql);
        EXPECT_ROW_ERR(rows[i].why, check_all(o.app, &o.arena, &counts),
                       ERR_CORRUPT, "check.certificate");
        (void)snprintf(sql, sizeof sql,
                       "UPDATE sub_certificate SET %s FROM kept_sub k",
                       rows[i].mend);
        (void)office_ask(&o, sql);
    }
    expect_sound(&o);
    (void)office_ask(&o, "DELETE FROM sub_certificate");
    EXPECT_ERR(check_all(o.app, &o.arena, &counts), ERR_CORRUPT,
               "check.certificate");
    (void)office_ask(&o, "INSERT INTO sub_certificate SELECT * FROM kept_sub");
    expect_sound(&o);
    (void)office_ask(&o, "INSERT INTO sub_certificate SELECT 'FORGED', main, 2,"
                         " site, address, scope_zh, scope_en, issued,"
                         " valid_until, ended FROM kept_sub");
    EXPECT_ERR(check_all(o.app, &o.arena, &counts), ERR_CORRUPT,
               "check.certificate");
    (void)office_ask(&o, "DROP TABLE kept_sub");
}
