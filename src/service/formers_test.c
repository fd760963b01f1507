/* Found by a name that once stood on the certificate. [M24] [LU1] [CK2] */

#include "service/formers.h"

#include "base/size.h"
#include "service/check.h"
#include "service/lookup.h"
#include "service/rebuild.h"
#include "service/registers.h"
#include "service/service_test_env.h"

#define NAMED  "示例恒远售后服务有限公司"
#define NUMBER "00026SC0001R0S"

/* A certificate whose holder takes another name; its old one. */
static str rename_holder(struct office *o)
{
    str ref = office_case(o);
    struct case_answer answer;
    struct case_order order;

    office_go_to(o, ref, STAGE_UPKEEP);
    str old = office_read(o, ref).enterprise.name;
    order = office_order(o, "newcomer", S("enterprise:" OFFICE_USCC),
                         "enterprise.change",
                         "{'name':'" NAMED "','scope':'示例产品的销售'}");
    EXPECT_OK(registers_do(o->app, &o->arena, &order, &answer));
    EXPECT_OK(office_do(o, "newcomer", ref, "change.ask",
                        "{'kind':'name','holder':'" NAMED "','reasons':"
                        "'更名','evidence':['通知书']}"));
    EXPECT_OK(office_do(o, "reviewer", ref, "change.approve",
                        "{'number':1,'note':'一致'}"));
    return old;
}

/* The certificate found by these words; of no number when there is none. */
static struct public_certificate search(struct office *o, str words)
{
    struct list l = { 0 };

    EXPECT_ROW_OK(words.p, lookup_search(o->app, &o->arena, words,
                                         office_today(o), 9, &l));
    EXPECT_ROW(words.p, l.n <= 1);
    return l.n == 0 ? (struct public_certificate){ 0 }
                    : *(const struct public_certificate *)l.p;
}

EACH_STORE_TEST(a_certificate_is_found_by_its_former_name_which_is_said)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    str old = rename_holder(&o);
    struct public_certificate got = search(&o, old);

    EXPECT_STR(got.number, S(NUMBER));
    EXPECT_STR(got.holder, S(NAMED));
    EXPECT_STR(got.formerly, old);
    got = search(&o, S("恒远"));
    EXPECT_STR(got.number, S(NUMBER));
    EXPECT_STR(got.formerly, S(""));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

/* [LU1] The register of enterprises may know names that never were public. */
EACH_STORE_TEST(a_name_that_never_stood_on_the_certificate_finds_nothing)
{
    TEST_OFFICE(o, place);
    struct case_answer answer;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    struct case_order order =
        office_order(&o, "newcomer", S("enterprise:" OFFICE_USCC),
                     "enterprise.change",
                     "{'name':'" NAMED "','scope':'示例产品的销售'}");
    EXPECT_OK(registers_do(o.app, &o.arena, &order, &answer));
    EXPECT_STR(search(&o, S(NAMED)).number, S(""));
}

EACH_STORE_TEST(a_former_name_that_no_journal_says_is_found_and_made_anew)
{
    static const char *const wrongs[] = {
        "UPDATE former_holder SET holder = 'x'",
        "UPDATE former_holder SET n = 7",
        "DELETE FROM former_holder",
        "INSERT INTO former_holder SELECT number, 2, 'x' FROM certificate",
    };
    TEST_OFFICE(o, place);
    struct check_counts counts;

    (void)rename_holder(&o);
    (void)office_ask(&o, "CREATE TABLE kept AS SELECT * FROM former_holder");
    for (size_t i = 0; i < COUNT(wrongs); i++) {
        (void)office_ask(&o, wrongs[i]);
        EXPECT_ROW_ERR(wrongs[i], check_all(o.app, &o.arena, &counts),
                       ERR_CORRUPT, "check.certificate");
        (void)office_ask(&o, "DELETE FROM former_holder;"
                             "INSERT INTO former_holder SELECT * FROM kept");
    }
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
    (void)office_ask(&o, "DROP TABLE kept");
}

/* --- a store from before [AP5] [PV1] ----------------------------------- */

static err open_for(struct office *o, enum app_use use)
{
    scoped(app_close) struct app *app = NULL;

    return app_open(&o->arena, &o->world, o->dir, use, &app);
}

static void expect_opens(struct office *o, const char *why, bool opens)
{
    static const enum app_use uses[] = { APP_READ, APP_WRITE, APP_SERVE };

    for (size_t i = 0; i < COUNT(uses); i++) {
        err e = open_for(o, uses[i]);

        if (opens)
            EXPECT_ROW_OK(why, e);
        else
            EXPECT_ROW_ERR(why, e, ERR_REFUSED, "app.projections");
    }
    EXPECT_ROW_OK(why, open_for(o, APP_REBUILD));
}

static err make_again(struct office *o)
{
    scoped(app_close) struct app *app = NULL;
    struct rebuilt made;

    TRY(app_open(&o->arena, &o->world, o->dir, APP_REBUILD, &app));
    return rebuild(app, &o->arena, &made);
}

/* Nothing would be found by the old name, and nothing would say so. */
EACH_STORE_TEST(a_store_from_before_former_names_opens_once_it_is_rebuilt)
{
    TEST_OFFICE(o, place);
    struct check_counts counts;
    str old = rename_holder(&o);

    (void)office_ask(&o, "DELETE FROM former_holder;"
                         "DELETE FROM meta WHERE key = 'projections'");
    EXPECT_STR(search(&o, old).number, S(""));
    expect_opens(&o, "from before", false);
    EXPECT_OK(make_again(&o));
    expect_opens(&o, "made again", true);
    EXPECT_STR(search(&o, old).number, S(NUMBER));
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}

EACH_STORE_TEST(projections_of_another_version_are_not_read)
{
    static const struct {
        const char *why;
        const char *sql;
        bool opens;
    } rows[] = {
        { "as founded", "SELECT 1", true },
        { "an older program's",
          "UPDATE meta SET value = '2' WHERE key = 'projections'", false },
        { "a newer program's",
          "UPDATE meta SET value = '4' WHERE key = 'projections'", false },
        { "no number", "UPDATE meta SET value = '' WHERE key = 'projections'",
          false },
        { "this program's",
          "UPDATE meta SET value = '3' WHERE key = 'projections'", true },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&o, rows[i].sql);
        expect_opens(&o, rows[i].why, rows[i].opens);
    }
}
