/* The read model is brought up to the store. [FE1]..[FE5] [RG1]..[RG3] [RP1]
 * [RP2] [M24] */
#include "service/register_feed.h"

#include "base/buf.h"
#include "register/book.h"
#include "service/lookup_parts.h"
#include "service/register_pack.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "store/certificates.h"
#include "store/imported.h"

#include <stdio.h>
#include <unistd.h>

#define NUMBER "00026SC0001R0S"
#define SUB    NUMBER "-1"

static struct register_turn turn(struct office *o, struct register_feeder *f)
{
    struct register_turn made = { 0 };

    f->app = o->app;
    EXPECT_OK(register_turn(f, &o->arena, office_today(o), &made));
    return made;
}

/* What the book has, "-" when it has nothing to say. */
static str answer(struct office *o, const char *number, day today)
{
    struct register_answer got;
    bool found = true;

    EXPECT_OK(register_answer(o->app, &o->arena, str_of(number), today, &got,
                              &found));
    return found ? got.json : S("-");
}

static str from_store(struct office *o, const char *number, day today)
{
    struct public_certificate c;
    str json = S("?");

    EXPECT_OK(lookup_in_store(o->app, &o->arena, str_of(number), today, &c));
    EXPECT_OK(register_json(&o->arena, &c, &json));
    return json;
}

/* [RP1] */
static void expect_same(struct office *o, const char *number, day today)
{
    EXPECT_ROW_STR(number, answer(o, number, today),
                   from_store(o, number, today));
}

/* An office with a certificate and a sub-certificate of it. */
static str issue(struct office *o)
{
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_UPKEEP);
    office_pass_days(o, 100);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.sub",
                        "{'n':1,'until':'2027-01-31'}"));
    return ref;
}

static void suspend(struct office *o, str ref)
{
    char json[200];
    char text[DAY_TEXT];

    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'x','confirmed':'%s'}",
                   day_text(office_today(o), text).p);
    EXPECT_OK(office_do(o, "certificates", ref, "certificate.suspend", json));
}

/* --- what goes out ------------------------------------------------------- */

/* On every day that either of them changes, and between. */
EACH_STORE_TEST(the_book_says_what_the_store_says_on_every_day)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };

    (void)issue(&o);
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    struct register_turn made = turn(&o, &f);
    EXPECT(made.made && made.answers == 2);
    EXPECT(made.left_out == 0);
    EXPECT(turn(&o, &f).answers == 2); /* what waits for its index */
    const day today = office_today(&o);
    const day sub = office_day("2027-01-31");
    const day last = office_day("2029-04-15");
    const day days[] = { today, today + 1, sub, sub + 1, last };
    for (size_t i = 0; i < COUNT(days); i++)
        expect_same(&o, NUMBER, days[i]);
    for (day d = last - 1; d < last + 3; d++)
        expect_same(&o, SUB, d);

    /* It does not know what it was not made for [RY3]. */
    EXPECT_STR(answer(&o, NUMBER, today - 1), S("-"));
    EXPECT_STR(answer(&o, NUMBER, last + 1), S("-"));
    EXPECT_STR(answer(&o, "00026SC0009R0S", today), S("-"));
    EXPECT_STR(answer(&o, "", today), S("-"));

    /* It is made again before that day. */
    office_pass_days(&o, sub + 1 - today);
    made = turn(&o, &f);
    EXPECT(!made.made && made.answers == 0);
    office_pass_days(&o, last + 1 - sub - 1);
    EXPECT_STR(answer(&o, NUMBER, last + 1), S("-"));
    made = turn(&o, &f);
    EXPECT(!made.made && made.answers == 2);
    expect_same(&o, NUMBER, last + 1);
    expect_same(&o, NUMBER, last + 5000);
    EXPECT(turn(&o, &f).answers == 0);
}

/* --- acts ------------------------------------------------------------------
 */

/* [RG2]  Between an act and the next turn the store is asked. */
EACH_STORE_TEST(what_was_changed_is_not_answered_from_before_the_change)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };
    str ref = issue(&o);
    int64_t size;

    (void)turn(&o, &f);
    EXPECT(register_is_fed(o.app));
    suspend(&o, ref);
    EXPECT(!register_is_fed(o.app));
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    EXPECT_STR(answer(&o, SUB, office_today(&o)), S("-"));
    struct register_turn made = turn(&o, &f);
    EXPECT(!made.made && made.answers == 2);
    expect_same(&o, NUMBER, office_today(&o));
    expect_same(&o, SUB, office_today(&o));
    EXPECT(str_find(answer(&o, NUMBER, office_today(&o)), S("suspended")) > 0);

    /* A leaf that waits is taken once; what got its index as well. */
    EXPECT(turn(&o, &f).answers == 0);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    EXPECT(turn(&o, &f).answers == 2);
    expect_same(&o, NUMBER, office_today(&o));
    EXPECT(turn(&o, &f).answers == 0);
}

/* Also by a program that only reads, and one that begins later. */
EACH_STORE_TEST(another_app_finds_the_book_as_it_was_left)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };
    str ref = issue(&o);
    int64_t size;

    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    (void)turn(&o, &f);
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    suspend(&o, ref);
    app_close(&o.app);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_READ, &o.app));
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    f = (struct register_feeder){ 0 };
    struct register_turn made = turn(&o, &f);
    EXPECT(!made.made && made.answers == 2);
    expect_same(&o, NUMBER, office_today(&o));
}

/* --- of other bodies --------------------------------------------------------
 */

struct foreign {
    const char *number;
    int64_t row;
    int32_t status;
};

static err put_foreign(struct tx *tx, void *context)
{
    const struct foreign *x = context;
    struct imported_row row = {
        .row = x->row,
        .number = str_of(x->number),
        .holder = S("示例锁业有限公司"),
        .uscc = S(RIVAL_USCC),
        .body = S("别的机构"),
        .criterion = S("T 1-2026"),
        .level_id = S("ten"),
        .place = S("330100"),
        .scope = S("售后"),
        .issued = 20000,
        .valid_from = 20001,
        .valid_until = 21000,
        .status = x->status,
        .status_since = 20500,
        .line = 1,
    };
    bool put;

    return imported_put(tx, &row, &put);
}

static void import(struct office *o, const char *number, int64_t row,
                   int32_t status)
{
    struct foreign x = { number, row, status };

    EXPECT_OK(app_write(o->app, &o->arena, put_foreign, &x));
}

/* [M24] [M25] */
EACH_STORE_TEST(imported_certificates_are_fed_in_the_order_of_import)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };
    static const char *const numbers[] = { "F1", "F2", "F3" };

    for (int i = 0; i < 2; i++)
        import(&o, numbers[i], i + 1, i);
    EXPECT(turn(&o, &f).answers == 2);
    EXPECT_STR(answer(&o, "F3", office_today(&o)), S("-"));
    import(&o, "F3", 3, 2);
    EXPECT(turn(&o, &f).answers == 1);
    EXPECT(turn(&o, &f).answers == 0);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        for (day d = 20999; d < 21003; d++)
            expect_same(&o, numbers[i], d);
    }
    f.again = true;
    EXPECT(turn(&o, &f).answers == 3);
    expect_same(&o, "F3", office_today(&o));
}

static err put_many(struct tx *tx, void *context)
{
    const int64_t *rows = context; /* from, to */
    char number[20];

    for (int64_t row = rows[0]; row <= rows[1]; row++) {
        struct foreign x = { number, row, 0 };

        (void)snprintf(number, sizeof number, "F%d", (int)(99999 - row));
        TRY(put_foreign(tx, &x));
    }
    return OK;
}

/* [FE6]  What more than doubles it is not put in between. */
EACH_STORE_TEST(a_book_that_is_outgrown_is_made_anew)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };
    int64_t some[] = { 1, 150 };
    int64_t more[] = { 151, 501 };
    int64_t few[] = { 502, 720 };

    EXPECT_OK(app_write(o.app, &o.arena, put_many, some));
    EXPECT(turn(&o, &f).made);
    EXPECT_OK(app_write(o.app, &o.arena, put_many, more));
    struct register_turn made = turn(&o, &f);
    EXPECT(made.made && made.answers == 501);
    EXPECT_OK(app_write(o.app, &o.arena, put_many, few));
    made = turn(&o, &f);
    EXPECT(!made.made && made.answers == 219);
    for (int64_t row = 1; row <= few[1]; row += 37) {
        char number[20];

        (void)snprintf(number, sizeof number, "F%d", (int)(99999 - row));
        expect_same(&o, number, office_today(&o));
        expect_same(&o, number, 21001);
    }
}

/* --- made again [FE3] --------------------------------------------------------
 */

static bool is_made_again(struct office *o)
{
    struct register_feeder f = { 0 };
    bool made = turn(o, &f).made;

    expect_same(o, NUMBER, office_today(o));
    return made;
}

static void put_meta(struct office *o, const char *key, str value)
{
    struct book *book = NULL;
    struct book_writer *w = NULL;

    EXPECT_OK(register_open(o->app, &o->arena, &book));
    EXPECT_OK(book_write(book, &o->arena, &w));
    EXPECT_OK(book_put(w, &o->arena, BOOK_META, str_of(key), value));
    EXPECT_OK(book_commit(&w, &o->arena));
}

EACH_STORE_TEST(what_does_not_fit_is_made_again)
{
    TEST_OFFICE(o, place);
    int64_t size;

    (void)issue(&o);
    EXPECT_OK(sequence_log(o.app, &o.arena, &size));
    EXPECT(is_made_again(&o));
    EXPECT(!is_made_again(&o));
    put_meta(&o, "made of", S("another program"));
    EXPECT(is_made_again(&o));
    put_meta(&o, "up to", S("cut off"));
    EXPECT(is_made_again(&o));
    EXPECT(!is_made_again(&o));

    /* A log that is not the one there was. */
    (void)office_ask(&o, "UPDATE log_entry SET leaf_hash = "
                         "(SELECT leaf_hash FROM log_entry WHERE idx = 0)");
    EXPECT(is_made_again(&o));
    (void)office_ask(&o, "DELETE FROM log_entry WHERE idx > 0");
    EXPECT(is_made_again(&o));

    /* Packages and the body's facts stand in answers. */
    (void)office_mini_with(&o, "en: Ten stars", "en: Another name");
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    EXPECT(is_made_again(&o));
    EXPECT_OK(office_make_keys(&o));
    EXPECT(is_made_again(&o));
    EXPECT(!is_made_again(&o));
}

ONE_STORE_TEST(a_book_that_is_damaged_is_begun_anew, true)
{
    TEST_OFFICE(o, place);
    char path[4096];

    (void)issue(&o);
    EXPECT(is_made_again(&o));
    app_close(&o.app);
    (void)snprintf(path, sizeof path, "%.2000s/register/answers.mdb", o.dir.p);
    FILE *file = fopen(path, "r+");
    for (int at = 0; file != NULL && at < 2; at++) {
        EXPECT(fseek(file, at * 4096L, SEEK_SET) == 0);
        EXPECT(fputs("this is not a book of ours......", file) >= 0);
    }
    EXPECT(file != NULL && fclose(file) == 0);
    EXPECT_OK(app_open(&o.arena, &o.world, o.dir, APP_WRITE, &o.app));
    EXPECT(is_made_again(&o));

    /* One that is found damaged while it is used answers nothing any more. */
    register_forsake(o.app);
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    EXPECT(access(path, F_OK) != 0);
}

/* [FE2] */
EACH_STORE_TEST(a_turn_that_is_broken_off_is_done_by_the_next)
{
    TEST_OFFICE(o, place);
    static const _Atomic bool stop = true;
    struct register_feeder f = { .stop = &stop };
    struct register_turn made;

    (void)issue(&o);
    f.app = o.app;
    EXPECT_ERR(register_turn(&f, &o.arena, office_today(&o), &made), ERR_BUSY,
               "store.stopped");
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    EXPECT(is_made_again(&o));
    f.again = true;
    f.stop = NULL;
    EXPECT(turn(&o, &f).made && !f.again);
    EXPECT(!turn(&o, &f).made);
}

/* [FE4] */
EACH_STORE_TEST(a_certificate_that_cannot_be_read_is_left_out)
{
    TEST_OFFICE(o, place);
    struct register_feeder f = { 0 };
    struct register_turn made;
    str ref = issue(&o);

    (void)turn(&o, &f);
    suspend(&o, ref);
    (void)office_ask(&o, "UPDATE certificate SET issued = 9223372036854775807");
    made = turn(&o, &f);
    EXPECT(made.left_out == 1 && made.answers == 0);
    EXPECT_ERR(made.first, ERR_CORRUPT, "store.row");
    EXPECT_STR(answer(&o, NUMBER, office_today(&o)), S("-"));
    f.again = true;
    made = turn(&o, &f);
    EXPECT(made.made && made.left_out == 1 && made.answers == 0);
}

/* --- without memory ----------------------------------------------------------
 */

static err turn_once(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    struct register_feeder f = { .app = o->app, .again = true };
    struct register_turn made;

    arena_init(&a, h, 64 << 20);
    return register_turn(&f, &a, office_today(o), &made);
}

ONE_STORE_TEST(a_turn_survives_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);

    (void)issue(&o);
    EXPECT(is_made_again(&o));
    EXPECT(test_every_allocation_fails(turn_once, NULL, &o) > 0);
    EXPECT(!is_made_again(&o));
}
