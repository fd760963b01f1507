/* What the body is on a day, whoever asks. [条例 9] [BK1] [BK2] [BK3] */

#include "service/body_known.h"

#include "base/size.h"
#include "service/body_cases.h"
#include "service/check.h"
#include "service/credentials.h"
#include "service/registers.h"
#include "service/service_test_env.h"

#define CHANGE(from, name, approval, fields)                                   \
    "{'from':'" from "','name_zh':'" name "','name_en':'Example',"             \
    "'approval':'" approval "','fields':[" fields "],"                         \
    "'document':'示例批复','reason':'批准变更'}"

static err change(struct office *o, const char *who, const char *json)
{
    struct case_order order =
        office_order(o, who, S("body"), "body.change", json);
    struct case_answer answer;

    return registers_do(o->app, &o->arena, &order, &answer);
}

static str name_on(struct office *o, const char *date)
{
    const struct body *b = NULL;

    EXPECT_OK(body_today(o->app, &o->arena, office_day(date), &b));
    return b == NULL ? S("") : b->name_zh;
}

EACH_STORE_TEST(a_change_is_known_from_its_day_on_without_opening_anew)
{
    TEST_OFFICE(o, place);
    str before = name_on(&o, "2026-03-09");
    const struct body *then = NULL;
    const struct body_history *h = NULL;
    struct check_counts counts;
    const str *who = NULL;

    EXPECT_OK(
        change(&o, "admin",
               CHANGE("2026-03-10", "新名", "CNCA-R-2099-417", "'SC03'")));
    EXPECT_STR(name_on(&o, "2026-03-09"), before);
    EXPECT_STR(name_on(&o, "2026-03-10"), S("新名"));
    office_pass_days(&o, 8);
    EXPECT_OK(
        change(&o, "admin",
               CHANGE("2026-03-10", "更新名", "CNCA-R-2099-417", "'SC03'")));
    EXPECT_STR(name_on(&o, "2026-03-10"), S("更新名"));
    /* What was made before that was said keeps the name. [BK3] */
    EXPECT_OK(body_then(o.app, &o.arena, office_day("2026-03-10"),
                        day_start_micros(office_day("2026-03-10")), &then));
    EXPECT_STR(then->name_zh, S("新名"));
    EXPECT_OK(body_history(o.app, &o.arena, &h));
    EXPECT(h->n == 3);
    EXPECT_OK(body_said_by(o.app, &o.arena, h, &who));
    EXPECT(who[0].n == 0 && who[1].n > 0);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

EACH_STORE_TEST(nobody_but_an_administrator_says_what_the_body_is)
{
    TEST_OFFICE(o, place);
    str before = name_on(&o, OFFICE_TODAY);

    EXPECT_ERR(change(&o, "head",
                      CHANGE(OFFICE_TODAY, "新名", "CNCA-R-2099-417",
                             "'SC03'")),
               ERR_DENIED, "rights.role");
    EXPECT_ERR(change(&o, "admin",
                      CHANGE("2025-01-01", "新名", "CNCA-R-2099-417",
                             "'SC03'")),
               ERR_INVALID, "body.before");
    EXPECT_STR(name_on(&o, OFFICE_TODAY), before);
}

/* [BR1] [BR3] */
EACH_STORE_TEST(cases_in_a_field_that_is_gone_are_told_and_go_on)
{
    TEST_OFFICE(o, place);
    const struct body_outside *x;
    struct list found = { 0 };
    str running = office_case(&o);
    str waiting = office_case(&o);

    office_go_to(&o, running, STAGE_CONTRACT);
    office_go_to(&o, waiting, STAGE_COMPLETENESS);
    EXPECT_OK(body_cases_outside(o.app, &o.arena, office_day(OFFICE_TODAY), 50,
                                 &found));
    EXPECT(found.n == 0);
    EXPECT_OK(
        change(&o, "admin",
               CHANGE(OFFICE_TODAY, "新名", "CNCA-R-2099-417", "'SC22'")));
    EXPECT_OK(body_cases_outside(o.app, &o.arena, office_day(OFFICE_TODAY), 50,
                                 &found));
    x = found.p;
    EXPECT(found.n == 1);
    if (found.n != 1)
        return;
    EXPECT_STR(x->field, S("SC03"));
    EXPECT(x->numbers.n == 2 && !x->more);
    EXPECT_OK(body_cases_outside(o.app, &o.arena, office_day(OFFICE_TODAY), 1,
                                 &found));
    x = found.p;
    EXPECT(x->numbers.n == 1 && x->more);
    EXPECT_STR(*(const str *)x->numbers.p, running);
    EXPECT_ERR(office_do(&o, "intake", waiting, "application.accept", "{}"),
               ERR_REFUSED, "completeness.field");
    office_go_to(&o, running, STAGE_DOCUMENTS);
    EXPECT(office_read(&o, running).state->stage == STAGE_DOCUMENTS);
}

/* Nothing that was signed changes. */
EACH_STORE_TEST(a_credential_says_what_the_body_was_when_it_was_worded)
{
    TEST_OFFICE(o, place);
    struct credential_row before = { .number = S("") };
    struct credential_row after = { .number = S("") };
    struct check_counts counts;
    int64_t made = -1;

    EXPECT_OK(office_make_keys(&o));
    str number =
        office_read(&o, office_certified(&o)).state->certificate->number;
    EXPECT_OK(credentials_newest(o.app, &o.arena, number, &before));
    office_pass_days(&o, 1);
    EXPECT_OK(
        change(&o, "admin",
               CHANGE("2026-03-02", "新名", "CNCA-R-2099-417", "'SC03'")));
    const struct credentials_order order = {
        office_as(&o, "certificates"),
        office_today(&o),
    };
    EXPECT_OK(credentials_make(o.app, &o.arena, &order, &made));
    EXPECT(made == 0);
    EXPECT_OK(credentials_newest(o.app, &o.arena, number, &after));
    EXPECT(hash_eq(&before.digest, &after.digest));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}
