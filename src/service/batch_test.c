/* Many certificates checked at once. [BA1]-[BA7] [M24] */
#include "service/batch.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "domain/actor.h"
#include "service/registers.h"
#include "service/service_test_env.h"
#include "service/test_register.h"
#include "store/imported.h"

static struct as_of on_day(const char *date)
{
    struct as_of when = { .on = DAY_NEVER };

    EXPECT(day_parse(str_of(date), &when.on));
    EXPECT(day_parse(S(REGISTER_TODAY), &when.today));
    return when;
}

static struct batch_table table_of(struct arena *a, str text)
{
    const struct batch_reading how = { .most = BATCH_ROWS_MAX };
    struct batch_table t = { .n = 0 };

    EXPECT_OK(batch_table_read(a, text, &how, &t));
    return t;
}

static bool holds(bool x)
{
    EXPECT(x);
    return x;
}

/* Kept by the caller: answers borrow the table. */
struct checked {
    struct batch_table table;
    struct batch b;
};

static struct checked *check_text(struct app *app, struct arena *a, str text,
                                  const struct as_of *when)
{
    struct checked *x = arena_zero(a, sizeof *x);

    if (!holds(x != NULL))
        return NULL;
    x->table = table_of(a, text);
    EXPECT_OK(batch_check(app, a, &x->table, when, &x->b));
    return x;
}

static struct batch_answer check_one(struct app *app, struct arena *a,
                                     const char *number,
                                     const struct as_of *when)
{
    struct checked *x = check_text(app, a, str_of(number), when);

    if (!holds(x != NULL && x->b.n == 1))
        return (struct batch_answer){ .verdict = BATCH_VERDICTS };
    return x->b.answers[0];
}

/* --- verdicts [BA3] ---------------------------------------------------------
 */

/* The days of these certificates stand in test_register.h: 20000 is long
 * before, and what befell them befell them later. */
TEST(each_number_gets_the_status_of_the_day)
{
    TEST_REGISTER(r);
    static const struct {
        const char *number;
        const char *on;
        enum batch_verdict verdict;
        enum certificate_status now;
    } rows[] = {
        { REGISTER_VALID, REGISTER_TODAY, BATCH_VALID, CERTIFICATE_VALID },
        { REGISTER_SUSPENDED, REGISTER_TODAY, BATCH_SUSPENDED,
          CERTIFICATE_SUSPENDED },
        { REGISTER_WITHDRAWN, REGISTER_TODAY, BATCH_WITHDRAWN,
          CERTIFICATE_WITHDRAWN },
        { REGISTER_CANCELLED, REGISTER_TODAY, BATCH_CANCELLED,
          CERTIFICATE_CANCELLED },
        { REGISTER_LAST_DAY, REGISTER_TODAY, BATCH_VALID, CERTIFICATE_VALID },
        { REGISTER_EXPIRED, REGISTER_TODAY, BATCH_EXPIRED,
          CERTIFICATE_EXPIRED },
        { REGISTER_EXPIRED, "2026-11-23", BATCH_VALID, CERTIFICATE_EXPIRED },
        { REGISTER_VALID, "2010-01-01", BATCH_NOT_ISSUED, CERTIFICATE_VALID },
        { REGISTER_SUB, REGISTER_TODAY, BATCH_VALID, CERTIFICATE_VALID },
        { REGISTER_SUB, "2010-01-01", BATCH_NOT_ISSUED, CERTIFICATE_VALID },
        { REGISTER_SUB_ENDED, REGISTER_TODAY, BATCH_CANCELLED,
          CERTIFICATE_CANCELLED },
        { "99999XX0001R0S", REGISTER_TODAY, BATCH_UNKNOWN, CERTIFICATE_VALID },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct as_of when = on_day(rows[i].on);
        struct batch_answer x =
            check_one(r.app, &r.arena, rows[i].number, &when);

        EXPECT_ROW(rows[i].number, x.verdict == rows[i].verdict);
        EXPECT_ROW(rows[i].number, x.found == (x.verdict != BATCH_UNKNOWN));
        EXPECT_ROW(rows[i].number, !x.found || x.now == rows[i].now);
        EXPECT_ROW_STR(rows[i].number, x.number, str_of(rows[i].number));
        EXPECT_ROW(rows[i].number,
                   (x.since == DAY_NEVER) ==
                       (x.verdict == BATCH_NOT_ISSUED || !x.found));
        EXPECT_ROW(rows[i].number,
                   (x.main.n > 0) == (strchr(rows[i].number, '-') != NULL));
    }
}

/* A suspension is none of a day before it. */
TEST(what_befell_a_certificate_later_had_not_befallen_it)
{
    TEST_REGISTER(r);
    struct as_of when = on_day(REGISTER_TODAY);
    struct batch_answer x =
        check_one(r.app, &r.arena, REGISTER_SUSPENDED, &when);

    when.on = x.since - 1;
    x = check_one(r.app, &r.arena, REGISTER_SUSPENDED, &when);
    EXPECT(x.verdict == BATCH_VALID && x.now == CERTIFICATE_SUSPENDED);
    when.on = x.issued - 1;
    x = check_one(r.app, &r.arena, REGISTER_SUSPENDED, &when);
    EXPECT(x.verdict == BATCH_NOT_ISSUED && x.now == CERTIFICATE_SUSPENDED);
}

TEST(a_day_to_come_is_refused)
{
    TEST_REGISTER(r);
    struct as_of when = on_day("2026-11-25");
    struct batch_table t = table_of(&r.arena, S(REGISTER_VALID));
    struct batch b;

    EXPECT_ERR(batch_check(r.app, &r.arena, &t, &when, &b), ERR_REFUSED,
               "lookup.not_yet");
}

/* --- rows [BA1] --------------------------------------------------------------
 */

TEST(every_row_has_an_answer_in_its_place)
{
    TEST_REGISTER(r);
    struct as_of when = on_day(REGISTER_TODAY);
    struct checked *x =
        check_text(r.app, &r.arena,
                   S("number,holder,uscc\n" REGISTER_VALID ",,\n"
                     "a\"b,,\n"
                     ",nobody,\n"
                     "00026sc0101r0m," REGISTER_ONE_ALL "," REGISTER_USCC
                     "\n" REGISTER_SUSPENDED ",,\n"
                     "NONE,,\n"),
                   &when);

    if (x == NULL || !holds(x->b.n == 6))
        return;
    const struct batch_answer *at = x->b.answers;
    EXPECT(at[0].verdict == BATCH_VALID && at[0].repeats == 0);
    EXPECT(at[1].verdict == BATCH_UNREADABLE && failed(at[1].given->bad));
    EXPECT(at[2].verdict == BATCH_NO_NUMBER);
    EXPECT(at[3].verdict == BATCH_VALID && at[3].repeats == 2);
    EXPECT(at[3].holder_match == BATCH_SAME && at[3].uscc_match == BATCH_SAME);
    EXPECT(at[4].verdict == BATCH_SUSPENDED);
    EXPECT(at[5].verdict == BATCH_UNKNOWN && at[5].near_count == 0);
    EXPECT(x->b.good == 2 && x->b.differ == 0 && !x->b.near_left);
    EXPECT(x->b.counts[BATCH_VALID] == 2 && x->b.counts[BATCH_UNKNOWN] == 1);
    EXPECT(batch_is_good(&at[0]) && !batch_is_good(&at[4]));
}

/* [BA5] */
TEST(holder_and_code_are_held_against_the_certificate)
{
    TEST_REGISTER(r);
    static const struct {
        const char *holder;
        const char *uscc;
        enum batch_match holder_match;
        enum batch_match uscc_match;
    } rows[] = {
        { "", "", BATCH_NOT_SAID, BATCH_NOT_SAID },
        { REGISTER_ONE_ALL, REGISTER_USCC, BATCH_SAME, BATCH_SAME },
        { "示例有效服务 有限公司", "91990000ma00000u2k", BATCH_SAME,
          BATCH_SAME },
        { "示例有效服务有限公司（分公司）", "", BATCH_DIFFERS, BATCH_NOT_SAID },
        { "示例有效服務有限公司", "", BATCH_SAME, BATCH_NOT_SAID },
        { "另一家公司", "91990000MA00000U2L", BATCH_DIFFERS, BATCH_DIFFERS },
    };
    struct as_of when = on_day(REGISTER_TODAY);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str text = S("");

        buf_init(&b, &r.arena, 1000);
        buf_printf(&b, "number,holder,uscc\n%s,%s,%s\n", REGISTER_VALID,
                   rows[i].holder, rows[i].uscc);
        EXPECT_OK(buf_done(&b, &text));
        struct checked *x = check_text(r.app, &r.arena, text, &when);
        if (x == NULL || !holds(x->b.n == 1))
            continue;
        EXPECT_ROW(rows[i].holder,
                   x->b.answers[0].holder_match == rows[i].holder_match);
        EXPECT_ROW(rows[i].holder,
                   x->b.answers[0].uscc_match == rows[i].uscc_match);
        EXPECT_ROW(rows[i].holder,
                   (x->b.good == 1) == (rows[i].holder_match != BATCH_DIFFERS));
    }
}

/* --- near ones [BA4]
 * ----------------------------------------------------- */

TEST(a_slip_names_the_number_that_is_there)
{
    TEST_REGISTER(r);
    static const struct {
        const char *why;
        const char *typed;
        const char *near;
    } rows[] = {
        { "one that looks like it", "0OO26SCO101R0M", "" },
        { "a letter for a digit", "00026SCO101R0M", REGISTER_VALID },
        { "another digit", "00026SC0191R0M", REGISTER_VALID },
        { "another letter", "00026XC0101R0M", REGISTER_VALID },
        { "two exchanged", "00026CS0101R0M", REGISTER_VALID },
        { "one too few", "0026SC0101R0M", REGISTER_VALID },
        { "one too many", "000026SC0101R0M", REGISTER_VALID },
        { "signs between", "00026-SC-0101/R0M", REGISTER_VALID },
        { "of a site", REGISTER_VALID "-I", REGISTER_SUB },
        { "in small letters", "00026sco101r0m", REGISTER_VALID },
        { "nothing like it", "ZZZZZZ", "" },
        { "a single sign", "Z", "" },
        { "words before it", "证书00026SC0101R0M", REGISTER_VALID },
        { "as long as can be", "00026SC0101R0M00026SC0101R0M00026SC0101R0M",
          "" },
    };
    struct as_of when = on_day(REGISTER_TODAY);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct batch_answer x =
            check_one(r.app, &r.arena, rows[i].typed, &when);

        EXPECT_ROW(rows[i].why, x.verdict == BATCH_UNKNOWN && !x.found);
        EXPECT_ROW(rows[i].why, (x.near_count > 0) == (rows[i].near[0] != 0));
        if (x.near_count > 0)
            EXPECT_ROW_STR(rows[i].why, x.near[0], str_of(rows[i].near));
    }
}

/* [BA4]  REGISTER_VALID to ..CANCELLED differ in their serial numbers. */
TEST(no_more_than_three_are_named)
{
    TEST_REGISTER(r);
    struct as_of when = on_day(REGISTER_TODAY);
    struct batch_answer x = check_one(r.app, &r.arena, "00026SC010XR0M", &when);

    EXPECT(x.near_count == BATCH_NEAR_MOST);
    x = check_one(r.app, &r.arena, "00026SC0107R0M", &when);
    EXPECT(x.near_count == BATCH_NEAR_MOST);
}

/* [BA4] */
TEST(a_list_of_nonsense_is_sought_through_in_part)
{
    TEST_REGISTER(r);
    struct as_of when = on_day(REGISTER_TODAY);
    struct buf b;
    str text = S("");

    buf_init(&b, &r.arena, 1 << 16);
    for (int i = 0; i < BATCH_NEAR_SOUGHT; i++)
        buf_printf(&b, "X%d\n", i + 100);
    EXPECT_OK(buf_done(&b, &text));
    struct checked *x = check_text(r.app, &r.arena, text, &when);
    EXPECT(x != NULL && !x->b.near_left);
    buf_str(&b, S("00026SCO101R0M\n"));
    EXPECT_OK(buf_done(&b, &text));
    x = check_text(r.app, &r.arena, text, &when);
    EXPECT(x != NULL && x->b.near_left);
    if (x != NULL)
        EXPECT(x->b.answers[x->b.n - 1].near_count == 0);
}

/* --- certificates with journals
 * ------------------------------------------------- */

#define NAMED  "示例恒远售后服务有限公司"
#define NUMBER "00026SC0001R0S"

/* A certificate whose holder takes another name, thirty days later; the old
 * one. */
static str rename_holder(struct office *o)
{
    str ref = office_case(o);
    struct case_answer answer;

    office_go_to(o, ref, STAGE_UPKEEP);
    str old = office_read(o, ref).enterprise.name;
    office_pass_days(o, 30);
    struct case_order order =
        office_order(o, "newcomer", S("enterprise:" OFFICE_USCC),
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

/* [BA3] [BA5]  As it stood: by its old name then, by its new one now; the other
 * is another name of its holder. */
EACH_STORE_TEST(a_name_of_another_day_is_another_name_and_no_stranger)
{
    TEST_OFFICE(o, place);
    str old = rename_holder(&o);
    struct as_of then = { .today = office_today(&o) };
    struct buf b;
    str text = S("");

    buf_init(&b, &o.arena, 1000);
    buf_printf(&b,
               "number,holder\n" NUMBER ",%.*s\n" NUMBER "," NAMED "\n" NUMBER
               ",x\n",
               STR_ARG(old));
    EXPECT_OK(buf_done(&b, &text));
    then.on = then.today - 1;
    struct checked *x = check_text(o.app, &o.arena, text, &then);
    if (x == NULL || !holds(x->b.n == 3))
        return;
    EXPECT_STR(x->b.answers[0].holder, old);
    EXPECT(x->b.answers[0].holder_match == BATCH_SAME);
    EXPECT(x->b.answers[1].holder_match == BATCH_OTHER_NAME);
    EXPECT(x->b.answers[2].holder_match == BATCH_DIFFERS);
    EXPECT(x->b.good == 2 && x->b.differ == 1);

    then.on = then.today;
    x = check_text(o.app, &o.arena, text, &then);
    if (x == NULL || !holds(x->b.n == 3))
        return;
    EXPECT_STR(x->b.answers[0].holder, S(NAMED));
    EXPECT(x->b.answers[0].holder_match == BATCH_OTHER_NAME);
    EXPECT(x->b.answers[1].holder_match == BATCH_SAME);
    EXPECT_STR(x->b.answers[0].level.en, S("Ten stars"));
    EXPECT_STR(x->b.answers[0].scheme.zh, S("小规则"));
}

/* [BA7] */
static err import(struct tx *tx, void *unused)
{
    const struct imported_row row = {
        .row = 1,
        .number = S("OTHER-77"),
        .holder = S("示例锁业有限公司"),
        .uscc = S(RIVAL_USCC),
        .body = S("另一家认证机构"),
        .criterion = S("GB/T 1"),
        .issued = 20000,
        .valid_from = 20010,
        .valid_until = 20400,
        .status = CERTIFICATE_WITHDRAWN,
        .status_since = 20300,
        .line = 2,
    };
    bool put = false;

    (void)unused;
    TRY(imported_put(tx, &row, &put));
    EXPECT(put);
    return OK;
}

EACH_STORE_TEST(a_certificate_of_another_body_answers_by_its_row)
{
    TEST_OFFICE(o, place);
    static const struct {
        day on;
        enum batch_verdict verdict;
    } rows[] = {
        { 19999, BATCH_NOT_ISSUED }, { 20000, BATCH_PENDING },
        { 20009, BATCH_PENDING },    { 20010, BATCH_VALID },
        { 20299, BATCH_VALID },      { 20300, BATCH_WITHDRAWN },
        { 20401, BATCH_WITHDRAWN },
    };

    EXPECT_OK(app_write(o.app, &o.arena, import, NULL));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct as_of when = { .today = office_today(&o), .on = rows[i].on };
        struct batch_answer x = check_one(o.app, &o.arena, "other-77", &when);

        EXPECT(x.verdict == rows[i].verdict && x.found);
        EXPECT(x.now == CERTIFICATE_WITHDRAWN && x.log_index == -1);
        EXPECT_STR(x.issuer, S("另一家认证机构"));
        EXPECT_STR(x.number, S("OTHER-77"));
    }
    struct as_of when = { .today = office_today(&o), .on = 20010 };
    struct batch_answer x = check_one(o.app, &o.arena, "OTHER-71", &when);
    EXPECT(x.verdict == BATCH_UNKNOWN && x.near_count == 1);
    EXPECT_STR(x.near[0], S("OTHER-77"));
}

/* --- memory
 * ----------------------------------------------------------------------- */

TEST(a_batch_that_finds_no_memory_says_so)
{
    TEST_REGISTER(r);
    struct as_of when = on_day(REGISTER_TODAY);
    struct batch_table t = table_of(&r.arena, S("number,holder\n" REGISTER_VALID
                                                ",x\n" REGISTER_SUB ",\n"
                                                "00026SCO101R0M,\n"));

    for (long n = 1;; n++) {
        struct heap_fault f;
        struct arena a;
        struct batch b;

        heap_fault_init(&f, n, false);
        arena_init(&a, &f.heap, 8 << 20);
        err e = batch_check(r.app, &a, &t, &when, &b);
        EXPECT(failed(e) == (f.injected > 0));
        EXPECT(!failed(e) || err_is(e, ERR_MEMORY));
        arena_end(&a);
        EXPECT(f.live == 0);
        if (f.injected == 0)
            return;
    }
}
