/* What happened to which certificate. [CG1]-[CG4] [M24] */

#include "service/changes_json.h"

#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "service/register_import.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "service/tick.h"

#include <stdio.h>

static struct changes list(struct office *o, const struct changes_asked *asked)
{
    struct changes got = { 0 };

    EXPECT_OK(changes_list(o->app, &o->arena, asked, &got));
    return got;
}

static struct changes all_of(struct office *o)
{
    return list(o, &(struct changes_asked){ .most = CHANGES_MOST });
}

static void sign(struct office *o)
{
    int64_t size;

    EXPECT_OK(sequence_log(o->app, &o->arena, &size));
}

static void suspend(struct office *o, str ref)
{
    char text[300];
    char today[DAY_TEXT];

    (void)snprintf(text, sizeof text,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   day_text(office_today(o), today).p);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend", text));
}

static void restore(struct office *o, str ref)
{
    EXPECT_OK(office_do(o, "reviewer", ref, "certificate.restore",
                        "{'reasons':'热线恢复'}"));
}

/* "issued suspended": what they say. */
static str acts(struct office *o, const struct changes *c)
{
    const struct register_change *rows = c->list.p;
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 4000);
    for (size_t i = 0; i < c->list.n; i++)
        buf_printf(&b, "%s%s", i == 0 ? "" : " ",
                   register_act_names[rows[i].act]);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- what is told --------------------------------------------------------- */

EACH_STORE_TEST(changes_are_told_in_the_order_of_the_log_once_they_are_signed)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    str number = office_read(&o, ref).state->certificate->number;
    day issued = office_today(&o);

    EXPECT(all_of(&o).list.n == 0); /* [CG2] */
    sign(&o);
    office_pass_days(&o, 3);
    suspend(&o, ref);
    struct changes got = all_of(&o);
    EXPECT_STR(acts(&o, &got), S("issued"));
    EXPECT(got.next == got.size && !got.more);
    sign(&o);
    got = all_of(&o);
    EXPECT_STR(acts(&o, &got), S("issued suspended"));
    if (got.list.n != 2)
        return;

    const struct register_change *c = got.list.p;
    EXPECT_STR(c[0].number, number);
    EXPECT_STR(c[0].main, S(""));
    EXPECT_STR(c[0].uscc, S(OFFICE_USCC));
    EXPECT_STR(c[0].holder, c[1].holder);
    EXPECT(c[0].on == issued && c[0].until == DAY_NEVER);
    EXPECT(c[1].on == issued + 3 && c[1].until > c[1].on);
    EXPECT(c[0].index < c[1].index && c[1].index < got.size);
    EXPECT(c[0].at.n == 20 && str_ends(c[0].at, S("Z")));
    EXPECT(str_cmp(got.began, c[0].at) <= 0);
}

/* [CG2] Whoever goes on from `next` is told each of them once. */
EACH_STORE_TEST(nobody_who_goes_on_misses_one_or_is_told_one_twice)
{
    TEST_OFFICE(o, place);
    struct changes_asked asked = { .most = 1 };
    str ref = office_certified(&o);
    int64_t last = -1;
    int told = 0;

    suspend(&o, ref);
    restore(&o, ref);
    sign(&o);
    struct changes got = list(&o, &asked);
    for (; got.list.n > 0 && told < 9; told++) {
        int64_t index = ((const struct register_change *)got.list.p)->index;

        EXPECT(got.list.n == 1 && index > last && got.next == index + 1);
        EXPECT(got.more == (got.next < got.size));
        last = index;
        asked.at = got.next;
        got = list(&o, &asked);
    }
    EXPECT(told == 3 && got.next == got.size && !got.more);
    asked.at = got.size + 7; /* somebody who is ahead of us stays there */
    EXPECT(list(&o, &asked).next == got.size + 7);

    asked = (struct changes_asked){ .back = true, .at = INT64_MAX, .most = 2 };
    got = list(&o, &asked);
    EXPECT_STR(acts(&o, &got), S("restored suspended"));
    EXPECT(got.more);
    asked.at = got.next;
    got = list(&o, &asked);
    EXPECT_STR(acts(&o, &got), S("issued"));
    asked.at = got.next;
    EXPECT(!got.more || list(&o, &asked).list.n == 0);
    asked.at = 0;
    EXPECT(list(&o, &asked).list.n == 0 && !list(&o, &asked).more);
}

EACH_STORE_TEST(one_certificate_and_one_holder_have_their_own)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    str other = office_certified_of(&o, "rival");
    str number = office_read(&o, ref).state->certificate->number;
    struct changes got;

    suspend(&o, other);
    suspend(&o, ref);
    restore(&o, other);
    sign(&o);
    got = list(&o, &(struct changes_asked){ .number = number, .most = 9 });
    EXPECT_STR(acts(&o, &got), S("issued suspended"));
    got = list(&o, &(struct changes_asked){ .uscc = S(RIVAL_USCC), .most = 9 });
    EXPECT_STR(acts(&o, &got), S("issued suspended restored"));
    EXPECT(got.next == got.size && !got.more);
    got = list(&o, &(struct changes_asked){ .uscc = S(RIVAL_USCC), .most = 2 });
    EXPECT_STR(acts(&o, &got), S("issued suspended"));
    EXPECT(got.more);
    got = list(&o, &(struct changes_asked){ .uscc = S(RIVAL_USCC),
                                            .back = true,
                                            .at = INT64_MAX,
                                            .most = 2 });
    EXPECT_STR(acts(&o, &got), S("restored suspended"));
    /* somebody who has no certificate may get one */
    got = list(&o, &(struct changes_asked){ .uscc = S("91990000MA00000U2A"),
                                            .most = 9 });
    EXPECT(got.list.n == 0 && got.next == got.size);
}

EACH_STORE_TEST(what_cannot_be_asked_is_refused)
{
    TEST_OFFICE(o, place);
    struct changes got;
    struct changes_asked asked = { .number = S("NONE"), .most = 9 };

    EXPECT_ERR(changes_list(o.app, &o.arena, &asked, &got), ERR_NOT_FOUND,
               "lookup.number");
    asked =
        (struct changes_asked){ .uscc = S("91990000MA00000U2K"), .most = 9 };
    EXPECT_ERR(changes_list(o.app, &o.arena, &asked, &got), ERR_INVALID,
               "changes.uscc");
    asked.uscc = S("80012345-8"); /* a code of another kind */
    EXPECT_ERR(changes_list(o.app, &o.arena, &asked, &got), ERR_INVALID,
               "changes.uscc");
}

/* --- imported [CG5] ------------------------------------------------------- */

#define HEAD "number,holder,uscc,body,criterion,from,until\n"
#define ROW(number, uscc)                                                      \
    number ",示例公司," uscc ",示例认证,GB/T 1,2025-03-01,2028-02-29\n"

/* Two rows at a time. */
static void import(struct office *o, const char *text)
{
    struct import_counts c;
    struct import_order order = {
        .from = { .files = &o->files },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
        .at_once = 2,
    };

    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &order.from.path));
    EXPECT_OK(file_write(&o->files, &o->arena, order.from.path, str_of(text),
                         FILE_PUBLIC));
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
}

/* What nobody can read is not passed over in silence. */
EACH_STORE_TEST(an_entry_that_was_damaged_is_said_to_be)
{
    static const char no_day[] = "{\"on\":\"x\",\"public\":{\"number\":\"A\"},"
                                 "\"type\":\"certificate.issued\"}";
    static const char *const leaves[] = {
        "not JSON",
        "{\"type\":\"certificate.issued\"}",
        "{\"on\":\"2026-03-02\",\"public\":{},\"type\":\"certificate.issued\"}",
        no_day,
    };
    TEST_OFFICE(o, place);
    struct changes got;
    const struct changes_asked asked = { .most = 9 };

    (void)office_certified(&o);
    sign(&o);
    for (size_t i = 0; i < COUNT(leaves); i++) {
        char sql[400];

        (void)snprintf(sql, sizeof sql,
                       "UPDATE log_entry SET leaf = %s('%s'%s"
                       " WHERE subject LIKE 'certificate/%%'",
                       o.place.sqlite ? "CAST" : "convert_to", leaves[i],
                       o.place.sqlite ? " AS BLOB)" : ", 'UTF8')");
        (void)office_ask(&o, sql);
        EXPECT_ROW_ERR(leaves[i], changes_list(o.app, &o.arena, &asked, &got),
                       ERR_CORRUPT, "tlog.entry");
    }
}

EACH_STORE_TEST(a_damaged_entry_of_a_file_is_said_to_be)
{
#define CHUNK(on, rows)                                                        \
    "{\"on\":\"" on "\",\"public\":{" rows "},\"type\":\"import.chunk\"}"
    static const struct {
        const char *leaf;
        bool sound;
    } rows[] = {
        { "not JSON", false },
        { CHUNK("x", "\"first\":1,\"last\":1"), false },
        { CHUNK("2026-03-02", "\"last\":1"), false },
        { CHUNK("2026-03-02", "\"first\":0,\"last\":1"), false },
        { CHUNK("2026-03-02", "\"first\":3,\"last\":1"), false },
        { CHUNK("2026-03-02", "\"first\":1,\"last\":\"1\""), false },
        { CHUNK("2026-03-02", "\"first\":1,\"last\":0"), true },
        { "{\"type\":\"import.other\"}", true },
    };
    const struct changes_asked asked = { .most = 9 };
    TEST_OFFICE(o, place);

    import(&o, HEAD ROW("A1", OFFICE_USCC));
    sign(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct changes got;
        char sql[400];

        (void)snprintf(sql, sizeof sql,
                       "UPDATE log_entry SET leaf = %s('%s'%s"
                       " WHERE subject LIKE 'import/%%'",
                       o.place.sqlite ? "CAST" : "convert_to", rows[i].leaf,
                       o.place.sqlite ? " AS BLOB)" : ", 'UTF8')");
        (void)office_ask(&o, sql);
        err e = changes_list(o.app, &o.arena, &asked, &got);
        EXPECT_ROW(rows[i].leaf, failed(e) == !rows[i].sound);
        if (rows[i].sound)
            EXPECT_ROW(rows[i].leaf, got.list.n == 0);
        else
            EXPECT_ROW_ERR(rows[i].leaf, e, ERR_CORRUPT, "tlog.entry");
    }
}

/* --- sub-certificates and expiry [CG4] ------------------------------------ */

/* [CG4] */
EACH_STORE_TEST(what_befalls_a_sites_certificate_is_told_with_the_main_one)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct changes got;

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub", "{'n':1}"));
    sign(&o);
    str number = office_read(&o, ref).state->certificate->number;
    got = list(&o, &(struct changes_asked){ .number = number, .most = 9 });
    EXPECT_STR(acts(&o, &got), S("issued sub_issued"));
    if (got.list.n != 2)
        return;
    const struct register_change *c =
        (const struct register_change *)got.list.p + 1;
    EXPECT_STR(c->main, number);
    EXPECT(str_begins(c->number, number) && c->number.n > number.n);
    EXPECT_STR(c->uscc, S(OFFICE_USCC));
    got = list(&o, &(struct changes_asked){ .number = c->number, .most = 9 });
    EXPECT_STR(acts(&o, &got), S("issued sub_issued"));
}

/* It ended the day after its last, whenever somebody entered that. */
EACH_STORE_TEST(expiry_is_told_of_its_day)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = office_read(&o, ref).state->certificate->until;
    struct tick_made made;

    office_pass_days(&o, until - office_today(&o) + 5);
    EXPECT_OK(tick(o.app, &o.arena, office_today(&o), &made));
    sign(&o);
    struct changes got = all_of(&o);
    const struct register_change *c = got.list.p;

    EXPECT(str_ends(acts(&o, &got), S("expired")));
    if (got.list.n > 0)
        EXPECT(c[got.list.n - 1].on == until + 1);
}

struct told {
    const char *why;
    struct changes_asked asked;
    const char *number; /* of the first that is told */
    const char *uscc;
    int64_t count;
    int64_t first;
    int64_t last;
    size_t n;
};

static void expect_told(struct office *o, const struct told *t)
{
    struct changes got = list(o, &t->asked);
    const struct register_change *c = got.list.p;

    EXPECT_ROW(t->why, got.list.n == t->n);
    if (got.list.n == 0)
        return;
    EXPECT_ROW(t->why, c->act == REGISTER_IMPORTED && c->until == DAY_NEVER);
    EXPECT_ROW(t->why, c->on == office_today(o));
    EXPECT_ROW_STR(t->why, c->number, str_of(t->number));
    EXPECT_ROW_STR(t->why, c->uscc, str_of(t->uscc));
    EXPECT_ROW(t->why, c->count == t->count);
    EXPECT_ROW(t->why, c->first == t->first && c->last == t->last);
}

EACH_STORE_TEST(what_a_file_brought_is_told_as_it_went_in)
{
    static const struct told rows[] = {
        { "all of it", { .most = 9 }, "", "", 2, 1, 2, 3 },
        { "the newest",
          { .most = 1, .back = true, .at = INT64_MAX },
          "",
          "",
          1,
          5,
          5,
          1 },
        { "one number",
          { .number = S_INIT("a3"), .most = 9 },
          "A3",
          OFFICE_USCC,
          1,
          3,
          4,
          1 },
        { "a holder with two in a chunk",
          { .uscc = S_INIT(OFFICE_USCC), .most = 9 },
          "",
          OFFICE_USCC,
          2,
          1,
          2,
          2 },
        { "one of them back",
          { .uscc = S_INIT(OFFICE_USCC),
            .most = 1,
            .back = true,
            .at = INT64_MAX },
          "A3",
          OFFICE_USCC,
          1,
          3,
          4,
          1 },
        { "a holder in two files",
          { .uscc = S_INIT(RIVAL_USCC), .most = 9 },
          "A4",
          RIVAL_USCC,
          1,
          3,
          4,
          2 },
    };
    TEST_OFFICE(o, place);

    import(&o, HEAD ROW("A1", OFFICE_USCC) ROW("A2", OFFICE_USCC)
                   ROW("A3", OFFICE_USCC) ROW("A4", RIVAL_USCC));
    import(&o, HEAD ROW("A1", OFFICE_USCC)); /* brings none: is none */
    EXPECT(all_of(&o).list.n == 0);          /* [CG2] */
    sign(&o);
    EXPECT(all_of(&o).list.n == 2);
    import(&o, HEAD ROW("A5", RIVAL_USCC));
    sign(&o);
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_told(&o, &rows[i]);
}

/* --- as JSON -------------------------------------------------------------- */

TEST(a_change_is_json_of_these_members)
{
    TEST_ARENA(a, 1 << 20);
    struct register_change c = {
        .index = 41,
        .at = S("2026-11-24T04:00:00Z"),
        .act = ACT_SUSPENDED,
        .number = S("A1-1"),
        .main = S("A1"),
        .holder = S("示例"),
        .uscc = S("91990000MA00000U2A"),
    };
    struct buf b;
    str text = S("");

    EXPECT(day_parse(S("2026-11-23"), &c.on));
    EXPECT(day_parse(S("2027-01-08"), &c.until));
    buf_init(&b, &a, 4000);
    json_canonical(&b, change_json(&a, &c));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_STR(text, S("{\"act\":\"suspended\",\"at\":\"2026-11-24T04:00:00Z\","
                       "\"holder\":\"示例\",\"imported\":null,\"index\":41,"
                       "\"main\":\"A1\","
                       "\"number\":\"A1-1\",\"on\":\"2026-11-23\","
                       "\"suspended_until\":\"2027-01-08\","
                       "\"uscc\":\"91990000MA00000U2A\"}"));
    c.main = c.holder = S("");
    c.until = DAY_NEVER;
    buf_init(&b, &a, 4000);
    json_canonical(&b, change_json(&a, &c));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT(str_contains(text, S("\"main\":null")));
    EXPECT(str_contains(text, S("\"suspended_until\":null")));
    c.number = S("");
    c.act = REGISTER_IMPORTED;
    c.count = 2;
    c.first = 4;
    c.last = 6;
    buf_init(&b, &a, 4000);
    json_canonical(&b, change_json(&a, &c));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT(str_contains(text, S("\"imported\":{\"count\":2,\"first\":4,"
                                "\"last\":6}")));
    EXPECT(str_contains(text, S("\"number\":null")));
}

/* --- memory --------------------------------------------------------------- */

static err try_list(struct heap *h, void *context)
{
    struct office *o = context;
    const struct changes_asked asked = { .uscc = S(OFFICE_USCC), .most = 9 };
    scoped(arena_end) struct arena a;
    struct changes got;

    arena_init(&a, h, 1 << 22);
    return changes_list(o->app, &a, &asked, &got);
}

ONE_STORE_TEST(a_list_without_memory_says_so, true)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    import(&o, HEAD ROW("A1", OFFICE_USCC));
    sign(&o);
    EXPECT_OK(try_list(&o.heap, &o)); /* the store is open from now on */
    EXPECT(test_every_allocation_fails(try_list, NULL, &o) > 0);
}
