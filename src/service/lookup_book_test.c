/* What a file brought is said out of the book as out of the store. [LU7] [RG4]
 * [M24] */
#include "service/lookup_parts.h"

#include "base/buf.h"
#include "base/size.h"
#include "service/body_known.h"
#include "service/register_feed.h"
#include "service/registers.h"
#include "service/service_test_env.h"
#include "store/imported.h"

#include <stdio.h>

enum { ROWS = 240, NUMBER = 20, SAID = 1 << 14 };

static struct register_turn feed(struct office *o)
{
    struct register_feeder f = { .app = o->app };
    struct register_turn made = { 0 };

    EXPECT_OK(register_turn(&f, &o->arena, office_today(o), &made));
    return made;
}

/* --- rows of every kind ------------------------------------------------------
 */

static const char *const holders[] = {
    "示例锁业有限公司",
    "\"引号\" \\ 斜线 <b>&amp;",
    "x,\"imported\":true,\"y\":\"",
    "𠀀𠀁 厂\t一",
};
static const char *const schemes[] = { "", "mini", "nobody" };
static const char *const levels[] = { "", "ten", "three", "no-such" };
static const char *const criteria[] = { "T 1-2026", "GB/T 19001-2016" };
static const char *const scopes[] = { "", "售后服务", "a\"b\\c" };

/* The i-th of them; days lie around `today`. */
static struct imported_row row_of(int i, day today)
{
    static char number[NUMBER];
    const day from = today - 900 + (i * 37) % 890;
    const day since = from + (i * 11) % 10;

    (void)snprintf(number, sizeof number, "X%d-%c", i, 'A' + i % 26);
    return (struct imported_row){
        .row = i + 1,
        .number = str_of(number),
        .holder = str_of(holders[i % 4]),
        .uscc = S(RIVAL_USCC),
        .body = str_of(i % 7 == 0 ? "\"乙\" \\ Co." : "别的机构"),
        .scheme_id = str_of(schemes[i % 3]),
        .level_id = str_of(levels[(i / 3) % 4]),
        .criterion = str_of(criteria[(i / 5) % 2]),
        .place = i % 2 == 0 ? S("330100") : S(""),
        .trade = i % 5 == 0 ? S("F5211") : S(""),
        .scope = str_of(scopes[(i / 2) % 3]),
        .issued = from - i % 3,
        .valid_from = from,
        .valid_until = from + (i * 53) % 1095,
        .status = (i / 4) % 5,
        .status_since = since,
        .line = i + 1,
    };
}

static err put_all(struct tx *tx, void *context)
{
    const day *today = context;

    for (int i = 0; i < ROWS; i++) {
        const struct imported_row row = row_of(i, *today);
        bool put;

        TRY(imported_put(tx, &row, &put));
    }
    return OK;
}

static void import(struct office *o)
{
    day today = office_today(o);

    EXPECT_OK(app_write(o->app, &o->arena, put_all, &today));
}

/* --- all that is said of one -------------------------------------------------
 */

static void put_label(struct buf *b, struct label l)
{
    buf_printf(b, "%.*s/%.*s\n", STR_ARG(l.zh), STR_ARG(l.en));
}

static str said(struct office *o, const struct public_certificate *c)
{
    const str texts[] = {
        c->number,       c->holder,       c->uscc,
        c->scheme,       c->criterion,    c->level,
        c->scope,        c->scope_en,     c->main,
        c->site,         c->site_address, c->formerly,
        c->renews,       c->renewed_by,   c->credential.address,
        c->issuer,       c->place,        c->trade,
        c->body->name_zh
    };
    const struct label labels[] = { c->scheme_name, c->criterion_title,
                                    c->level_label, c->title, c->statement };
    const int64_t numbers[] = { c->stars,        c->issued,
                                c->from,         c->until,
                                c->first_issued, (int64_t)c->status,
                                c->status_since, c->suspended_until,
                                c->log_index,    c->credential.log_index,
                                c->assumed,      (int64_t)c->subs.n };
    const struct public_change *changes = c->history.p;
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, SAID);
    for (size_t i = 0; i < COUNT(texts); i++)
        buf_printf(&b, "%.*s\n", STR_ARG(texts[i]));
    for (size_t i = 0; i < COUNT(labels); i++)
        put_label(&b, labels[i]);
    for (size_t i = 0; i < COUNT(numbers); i++)
        buf_printf(&b, "%lld ", (long long)numbers[i]);
    for (size_t i = 0; i < c->history.n; i++)
        buf_printf(&b, "%d %d ", (int)changes[i].act, (int)changes[i].on);
    buf_hex(&b, c->scheme_hash.b, sizeof c->scheme_hash.b);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str of_store(struct office *o, str number, day on)
{
    struct public_certificate c = { .body = app_body(o->app) };

    EXPECT_OK(lookup_in_store(o->app, &o->arena, number, on, &c));
    return said(o, &c);
}

/* "-" when the book has nothing to say. */
static str of_book(struct office *o, str number, day on)
{
    struct public_certificate c = { .body = app_body(o->app) };
    bool found = false;

    EXPECT_OK(lookup_in_book(o->app, &o->arena, number, on, &c, &found));
    return found ? said(o, &c) : S("-");
}

static str either(struct office *o, str number)
{
    struct public_certificate c = { .body = app_body(o->app) };

    EXPECT_OK(
        lookup_certificate(o->app, &o->arena, number, office_today(o), &c));
    return said(o, &c);
}

/* Today and on the days around which it runs out. */
static void expect_same(struct office *o, const struct imported_row *r)
{
    const day today = office_today(o);
    const day days[] = { today,
                         today + 1,
                         r->valid_until,
                         r->valid_until + 1,
                         r->valid_until + 2,
                         today + 4000 };

    for (size_t i = 0; i < COUNT(days); i++) {
        if (days[i] >= today)
            EXPECT_ROW_STR(r->number.p, of_book(o, r->number, days[i]),
                           of_store(o, r->number, days[i]));
    }
}

EACH_STORE_TEST(the_book_says_of_every_kind_what_the_store_says)
{
    TEST_OFFICE(o, place);

    import(&o);
    EXPECT_STR(of_book(&o, S("X0-A"), office_today(&o)), S("-"));
    EXPECT(feed(&o).answers == ROWS);
    for (int i = 0; i < ROWS; i++) {
        const struct imported_row row = row_of(i, office_today(&o));

        expect_same(&o, &row);
    }
    /* as people type it; what is not there, or was before, it does not know */
    EXPECT_STR(of_book(&o, S(" x0-a "), office_today(&o)),
               of_store(&o, S("X0-A"), office_today(&o)));
    EXPECT_STR(of_book(&o, S("X0-B"), office_today(&o)), S("-"));
    EXPECT_STR(of_book(&o, S("\xff"), office_today(&o)), S("-"));
    EXPECT_STR(of_book(&o, S("X0-A"), office_today(&o) - 1), S("-"));
}

/* --- whose word it is --------------------------------------------------------
 */

EACH_STORE_TEST(it_is_the_book_that_is_asked)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    import(&o);
    (void)feed(&o);
    str before = of_store(&o, S("X1-B"), office_today(&o));
    (void)office_ask(&o, "UPDATE imported SET holder = 'changed'");
    EXPECT_STR(either(&o, S("X1-B")), before);
    EXPECT(!str_eq(of_store(&o, S("X1-B"), office_today(&o)), before));

    /* of the body's own the book has no wording */
    EXPECT_STR(of_book(&o, S("00026SC0001R0S"), office_today(&o)), S("-"));
    EXPECT_STR(either(&o, S("00026SC0001R0S")),
               of_store(&o, S("00026SC0001R0S"), office_today(&o)));
}

static void rename_body(struct office *o, const char *name)
{
    struct case_answer answer;
    char json[500];

    (void)snprintf(json, sizeof json,
                   "{'from':'" OFFICE_TODAY "','name_zh':'%s',"
                   "'name_en':'Example','approval':'CNCA-R-2099-417',"
                   "'fields':['SC03'],'document':'示例','reason':'变更'}",
                   name);
    const struct case_order order =
        office_order(o, "admin", S("body"), "body.change", json);
    EXPECT_OK(registers_do(o->app, &o->arena, &order, &answer));
}

static str name_now(struct office *o)
{
    const struct body *b = app_body(o->app);

    EXPECT_OK(body_today(o->app, &o->arena, office_day(OFFICE_TODAY), &b));
    return b->name_zh;
}

/* [RG4]  What is said of all is the new at once, before and after a turn. */
EACH_STORE_TEST(a_new_package_and_a_new_name_of_the_body_are_said_at_once)
{
    TEST_OFFICE(o, place);
    const str ten = S("X4-E"); /* of the scheme "mini", with its level "ten" */
    str first;

    import(&o);
    (void)feed(&o);
    first = either(&o, ten);
    EXPECT(str_contains(first, S("Ten stars")));
    EXPECT_STR(either(&o, ten), first);
    (void)office_mini_with(&o, "en: Ten stars", "en: Another name");
    EXPECT_STR(of_book(&o, ten, office_today(&o)), S("-"));
    EXPECT(str_contains(either(&o, ten), S("Another name")));
    (void)feed(&o);
    EXPECT(str_contains(of_book(&o, ten, office_today(&o)), S("Another name")));

    str before = name_now(&o);
    EXPECT_STR(name_now(&o), before);
    rename_body(&o, "新名");
    EXPECT_STR(name_now(&o), S("新名"));
    EXPECT(str_contains(either(&o, ten), S("新名")));
    (void)feed(&o);
    EXPECT_STR(name_now(&o), S("新名"));
    EXPECT(str_contains(of_book(&o, ten, office_today(&o)), S("新名")));
}

/* More names of packages than are known at a time, and one too long for it. */
EACH_STORE_TEST(names_of_packages_come_and_go)
{
    TEST_OFFICE(o, place);
    const struct scheme *s = NULL;
    char name[100];

    (void)feed(&o);
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < 20; i++) {
            (void)snprintf(name, sizeof name, "nobody-%d", i);
            EXPECT_OK(app_scheme_newest(o.app, &o.arena, str_of(name), &s));
            EXPECT(s == NULL);
        }
        EXPECT_OK(app_scheme_newest(o.app, &o.arena, S("mini"), &s));
        EXPECT(s != NULL);
    }
    memset(name, 'x', sizeof name);
    EXPECT_OK(
        app_scheme_newest(o.app, &o.arena, (str){ name, sizeof name }, &s));
    EXPECT(s == NULL);
}

/* --- without memory ----------------------------------------------------------
 */

static err ask(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    struct public_certificate c;

    arena_init(&a, h, 8 << 20);
    return lookup_certificate(o->app, &a, S("X1-B"), office_today(o), &c);
}

ONE_STORE_TEST(a_look_up_in_the_book_survives_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);

    import(&o);
    (void)feed(&o);
    EXPECT(test_every_allocation_fails(ask, NULL, &o) > 0);
    (void)office_ask(&o, "DELETE FROM imported");
    EXPECT(test_every_allocation_fails(ask, NULL, &o) > 0);
}
