/* What programs ask the register. [LY1] [LY2] [LY3] [M24] */
#include "service/lookup_ready.h"

#include "base/buf.h"
#include "codec/json.h"
#include "register/book.h"
#include "service/register_feed.h"
#include "service/register_home.h"
#include "service/register_pack.h"
#include "service/service_test_env.h"
#include "store/certificates.h"

#include <stdio.h>

#define NUMBER "00026SC0001R0S"

static void feed(struct office *o)
{
    struct register_feeder f = { .app = o->app };
    struct register_turn made;

    EXPECT_OK(register_turn(&f, &o->arena, office_today(o), &made));
}

static err put_one(struct tx *tx, void *context)
{
    str number = str_of(context);
    struct certificate_row row = {
        .number = number,
        .id = { { 0xCE } },
        .holder = S("示例锁业有限公司"),
        .uscc = S(RIVAL_USCC),
        .scheme_id = S("mini"),
        .criterion = S("T 1-2026"),
        .level_id = S("three"),
        .stars = 3,
        .issued = 20000,
        .valid_from = 20000,
        .valid_until = 21000,
        .first_issued = 20000,
        .status_since = 20000,
        .suspended_until = DAY_NEVER,
        .scope_zh = S("售后"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };

    for (size_t i = 0; i < number.n; i++)
        row.id.b[1 + i % 15] ^= (uint8_t)(number.p[i] + (int)i);
    return certificate_put(tx, &row);
}

static void put(struct office *o, const char *number)
{
    char kept[60];

    (void)snprintf(kept, sizeof kept, "%s", number);
    EXPECT_OK(app_write(o->app, &o->arena, put_one, kept));
}

static err ask(struct office *o, const char *number, struct lookup_ready *out)
{
    return lookup_ready(o->app, &o->arena, str_of(number), office_today(o),
                        out);
}

/* [LY1]  Issued a moment ago, found at once; and the same from either. */
EACH_STORE_TEST(a_certificate_is_answered_alike_by_book_and_store)
{
    TEST_OFFICE(o, place);
    struct lookup_ready before = { 0 };
    struct lookup_ready after = { 0 };

    feed(&o);
    EXPECT_ERR(ask(&o, NUMBER, &before), ERR_NOT_FOUND, "lookup.number");
    (void)office_certified(&o);
    EXPECT_OK(ask(&o, NUMBER, &before));
    feed(&o);
    EXPECT_OK(ask(&o, " 00026sc 0001r0s", &after));
    EXPECT_STR(after.json, before.json);
    EXPECT(after.name == before.name &&
           after.name == register_name(after.json));
    EXPECT(before.json.n > 500 && before.json.p[before.json.n - 1] == '\n');

    /* [LY2]  What the book alone has not yet is there all the same. */
    put(&o, "00026SC0002R0S");
    EXPECT_OK(ask(&o, "00026SC0002R0S", &after));
    EXPECT_ERR(ask(&o, "", &after), ERR_NOT_FOUND, "lookup.number");
    EXPECT_ERR(ask(&o, "a\xff", &after), ERR_NOT_FOUND, "lookup.number");
}

/* A book that cannot be read is no reason to give no answer. */
ONE_STORE_TEST(where_the_book_has_something_else_the_store_answers, true)
{
    TEST_OFFICE(o, place);
    struct lookup_ready got = { 0 };
    struct book *book = NULL;
    struct book_writer *w = NULL;

    (void)office_certified(&o);
    feed(&o);
    EXPECT_OK(register_open(o.app, &o.arena, &book));
    EXPECT_OK(book_write(book, &o.arena, &w));
    EXPECT_OK(book_put(w, &o.arena, BOOK_ANSWERS, S(NUMBER), S("no answer")));
    EXPECT_OK(book_commit(&w, &o.arena));
    EXPECT_OK(ask(&o, NUMBER, &got));
    EXPECT(got.json.n > 500);
}

/* --- near ones [LY3] -------------------------------------------------------
 */

static str near(struct office *o, const char *typed)
{
    struct list found = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_ROW_OK(typed, lookup_near(o->app, &o->arena, str_of(typed), &found));
    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < found.n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, ((const str *)found.p)[i]);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

EACH_STORE_TEST(numbers_that_are_near_are_found)
{
    static const struct {
        const char *typed;
        str in_book;
        str in_store;
    } rows[] = {
        { "O0026SC0101R0M", S_INIT("00026SC0101R0M"),
          S_INIT("00026SC0101R0M") },
        { "00O26SC0I01R0M", S_INIT("00026SC0101R0M"),
          S_INIT("00026SC0101R0M") },
        { "00026SC0101RM", S_INIT("00026SC0101R0M"), S_INIT("00026SC0101R0M") },
        { "0026SC0101R0M", S_INIT("00026SC0101R0M"), S_INIT("") },
        { "000026SC0101R0M", S_INIT("00026SC0101R0M"), S_INIT("") },
        { "00062SC0101R0M", S_INIT("00026SC0101R0M"), S_INIT("") },
        { "00026CS0101R0M", S_INIT("00026SC0101R0M"), S_INIT("") },
        { " 00o26sc 0101r0m", S_INIT("00026SC0101R0M"),
          S_INIT("00026SC0101R0M") },
        { "00026SC0101R7X", S_INIT("00026SC0101R0M"),
          S_INIT("00026SC0101R0M") },
        { "7700", S_INIT("7701 7702 7703 7704 7705"), S_INIT("") },
        { "Z6Z26SC9101R0M", S_INIT(""), S_INIT("") },
        { "", S_INIT(""), S_INIT("") },
        { "772", S_INIT(""), S_INIT("") },
        { "0123456789012345678901234567890123456789X", S_INIT(""), S_INIT("") },
        { "\xff\xfe\xfd\xfc", S_INIT(""), S_INIT("") },
    };
    TEST_OFFICE(o, place);

    put(&o, "00026SC0101R0M");
    for (int i = 1; i < 8; i++) {
        char number[20];

        (void)snprintf(number, sizeof number, "770%d", i);
        put(&o, number);
    }
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].typed, near(&o, rows[i].typed),
                       rows[i].in_store);
    feed(&o);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].typed, near(&o, rows[i].typed), rows[i].in_book);
}

/* --- without memory ----------------------------------------------------------
 */

static err ask_all(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    struct lookup_ready one;
    struct json *numbers;
    struct list found;
    str text;

    arena_init(&a, h, 64 << 20);
    TRY(lookup_ready(o->app, &a, S(NUMBER), office_today(o), &one));
    TRY(lookup_near(o->app, &a, S("O0026SC0001R0S"), &found));
    TRY(json_parse(&a, S("{\"numbers\":[\"" NUMBER "\",\"x\"]}"), &numbers));
    TRY(lookup_many(o->app, &a, numbers, office_today(o), &text));
    return lookup_found(o->app, &a,
                        &(struct lookup_wish){ .words = S(OFFICE_USCC),
                                               .today = office_today(o),
                                               .most = 5 },
                        &text);
}

ONE_STORE_TEST(look_ups_survive_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);

    (void)office_certified(&o);
    EXPECT(test_every_allocation_fails(ask_all, NULL, &o) > 0);
    feed(&o);
    EXPECT(test_every_allocation_fails(ask_all, NULL, &o) > 0);
}
