/* Certificates found by pieces of names. [RN1] [RN2] [RN3] [LU6] [M24] */
#include "service/register_names.h"

#include "base/buf.h"
#include "register/names.h"
#include "store/formers.h"
#include "service/lookup.h"
#include "service/register_feed.h"
#include "service/service_test_env.h"
#include "store/certificates.h"
#include "store/imported.h"

#include <fcntl.h>
#include <unistd.h>

#define NUMBER "00026SC0001R0S"

/* --- what there is ------------------------------------------------------ */

static const struct {
    const char *number;
    const char *holder;
} firms[] = {
    { "Z1", "示例市华为技术有限公司" },
    { "Z2", "华为" },
    { "Z3", "示例（集团）长安汽车" },
    { "Z4", "示例华美食品厂" },
    { "Z5", "ＡＢＣ电机" },
    { "Z6", "示例长安银行" },
    { "Z7", "示例长安银行股份有限公司" },
};

static const struct imported_row others[] = {
    { 1, S_INIT("A-1"), S_INIT("外地华为商行"), S_INIT("91990000MA00000001"),
      S_INIT("示例认证公司"), S_INIT("five-star"), S_INIT("five"),
      S_INIT("GB/T 27922-2011"), S_INIT("440305"), S_INIT("F52"), S_INIT(""),
      20000, 20001, 21000, 0, 20001, 2 },
    { 2, S_INIT("A-2"), S_INIT("外地长安商行"), S_INIT("91990000MA00000002"),
      S_INIT("示例认证公司"), S_INIT("five-star"), S_INIT("five"),
      S_INIT("GB/T 27922-2011"), S_INIT("110000"), S_INIT("5211"), S_INIT(""),
      20000, 20001, 21000, 0, 20001, 3 },
    { 3, S_INIT("A-3"), S_INIT("外地华为分店"), S_INIT("91990000MA00000003"),
      S_INIT("示例认证公司"), S_INIT("five-star"), S_INIT("five"),
      S_INIT("GB/T 27922-2011"), S_INIT("450000"), S_INIT(""), S_INIT(""),
      20000, 20001, 21000, 0, 20001, 4 },
};

static err put_one(struct tx *tx, const char *number, const char *holder)
{
    struct certificate_row row = {
        .number = str_of(number),
        .id = { { 0xCE, (uint8_t)number[1], (uint8_t)number[2] } },
        .holder = str_of(holder),
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

    return certificate_put(tx, &row);
}

static err put_all(struct tx *tx, void *)
{
    bool put;

    for (size_t i = 0; i < COUNT(firms); i++)
        TRY(put_one(tx, firms[i].number, firms[i].holder));
    for (size_t i = 0; i < COUNT(others); i++)
        TRY(imported_put(tx, &others[i], &put));
    return OK;
}

static void fill(struct office *o)
{
    EXPECT_OK(app_write(o->app, &o->arena, put_all, NULL));
}

static struct register_turn feed(struct office *o, bool again)
{
    struct register_feeder f = { .app = o->app, .again = again };
    struct register_turn made = { 0 };

    EXPECT_OK(register_turn(&f, &o->arena, office_today(o), &made));
    EXPECT_OK(made.names);
    return made;
}

/* --- what is found ------------------------------------------------------ */

static struct lookup_answer find(struct office *o,
                                 const struct lookup_wish *wish)
{
    struct lookup_wish w = *wish;
    struct lookup_answer x = { 0 };

    w.today = office_today(o);
    if (w.most == 0)
        w.most = 20;
    EXPECT_ROW_OK(w.words.p, lookup_find(o->app, &o->arena, &w, &x));
    return x;
}

/* "Z1 Z2": numbers, in their order. */
static str numbers(struct office *o, const struct lookup_answer *x)
{
    const struct public_certificate *c = x->found.p;
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 1000);
    for (size_t i = 0; i < x->found.n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, c[i].number);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str found(struct office *o, str words)
{
    const struct lookup_wish w = { .words = words };
    struct lookup_answer x = find(o, &w);

    return numbers(o, &x);
}

/* The store answers first; then the index does, better, and of files too. */
EACH_STORE_TEST(names_are_found_by_any_piece_the_best_first)
{
    static const struct {
        str words;
        str store;
        str index;
    } rows[] = {
        { S_INIT("华为"), S_INIT("Z1 Z2"), S_INIT("Z2 A-1 A-3 Z1") },
        { S_INIT("huawei"), S_INIT(""), S_INIT("Z2 A-1 A-3 Z1") },
        { S_INIT("hwjs"), S_INIT(""), S_INIT("Z1") },
        { S_INIT("集团长安"), S_INIT(""), S_INIT("Z3") },
        { S_INIT("abc"), S_INIT(""), S_INIT("Z5") },
        { S_INIT("汽车 长安"), S_INIT(""), S_INIT("Z3") },
        { S_INIT("长安银航"), S_INIT(""), S_INIT("Z6 Z7") },
        { S_INIT("（"), S_INIT("Z3"), S_INIT("Z3") },
        { S_INIT("外地"), S_INIT(""), S_INIT("A-1 A-2 A-3") },
        { S_INIT("a - 1"), S_INIT("A-1"), S_INIT("A-1") },
        { S_INIT("91990000ma00000002"), S_INIT("A-2"), S_INIT("A-2") },
        { S_INIT(RIVAL_USCC), S_INIT("Z1 Z2 Z3 Z4 Z5 Z6 Z7"),
          S_INIT("Z1 Z2 Z3 Z4 Z5 Z6 Z7") },
        { S_INIT("没有这家"), S_INIT(""), S_INIT("") },
        { S_INIT(" "), S_INIT(""), S_INIT("") },
        { S_INIT("a\xff"), S_INIT(""), S_INIT("") },
    };
    TEST_OFFICE(o, place);

    fill(&o);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].words.p, found(&o, rows[i].words),
                       rows[i].store);
    (void)feed(&o, false);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].words.p, found(&o, rows[i].words),
                       rows[i].index);
}

/* Whatever piece the store finds a certificate by, the index does. */
ONE_STORE_TEST(the_index_finds_at_least_what_the_store_does, true)
{
    TEST_OFFICE(o, place);

    fill(&o);
    (void)feed(&o, false);
    for (size_t i = 0; i < COUNT(firms); i++) {
        str name = str_of(firms[i].holder);

        for (size_t from = 0; from < name.n; from += 3) {
            for (size_t n = 3; from + n <= name.n; n += 3) {
                str piece = { name.p + from, n };
                str got = found(&o, piece);

                EXPECT_ROW(piece.p, str_contains(got, str_of(firms[i].number)));
            }
        }
    }
}

EACH_STORE_TEST(a_search_goes_on_by_pages_and_counts_what_there_is)
{
    struct lookup_wish w = { .words = S("外地"), .most = 2 };
    TEST_OFFICE(o, place);

    fill(&o);
    (void)feed(&o, false);
    struct lookup_answer x = find(&o, &w);
    EXPECT_STR(numbers(&o, &x), S("A-1 A-2"));
    EXPECT(x.more && x.next != 0 && x.counted && x.count == 3 && !x.above);
    w.after = x.next;
    x = find(&o, &w);
    EXPECT_STR(numbers(&o, &x), S("A-3"));
    EXPECT(!x.more && x.next == 0 && x.count == 3);

    w = (struct lookup_wish){ .words = S(RIVAL_USCC), .most = 3 };
    x = find(&o, &w);
    EXPECT_STR(numbers(&o, &x), S("Z1 Z2 Z3"));
    EXPECT(x.more && x.next == 0 && !x.counted);
}

EACH_STORE_TEST(names_are_narrowed_by_place_and_trade)
{
    static const struct {
        str place;
        str trade;
        str found;
    } rows[] = {
        { S_INIT("44"), S_INIT(""), S_INIT("A-1") },
        { S_INIT("4403"), S_INIT(""), S_INIT("A-1") },
        { S_INIT("4404"), S_INIT(""), S_INIT("") },
        { S_INIT(""), S_INIT("52"), S_INIT("A-1 A-2") },
        { S_INIT("11"), S_INIT("5211"), S_INIT("A-2") },
    };
    static const str wrong[] = { S_INIT("440305"), S_INIT("4a") };
    TEST_OFFICE(o, place);

    fill(&o);
    for (int fed = 0; fed < 2; fed++) {
        for (size_t i = 0; i < COUNT(rows); i++) {
            const struct lookup_wish w = { .words = S("外地"),
                                           .place = rows[i].place,
                                           .trade = rows[i].trade };
            struct lookup_answer x = find(&o, &w);

            EXPECT_ROW_STR(rows[i].place.p, numbers(&o, &x),
                           fed ? rows[i].found : S(""));
        }
        (void)feed(&o, false);
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        const struct lookup_wish w = { .words = S("外地"), .place = wrong[i] };
        const struct lookup_wish v = { .words = S("外地"), .trade = wrong[i] };
        struct lookup_answer x;

        EXPECT_ERR(lookup_find(o.app, &o.arena, &w, &x), ERR_INVALID,
                   "lookup.digits");
        EXPECT_ERR(lookup_find(o.app, &o.arena, &v, &x), ERR_INVALID,
                   "lookup.digits");
    }
}

/* --- the body's own ------------------------------------------------------ */

/* Of the body's own the place is that of the code; the store says the same. */
EACH_STORE_TEST(own_names_are_narrowed_whoever_answers)
{
    static const struct {
        const char *why;
        struct lookup_wish wish;
        str found;
    } rows[] = {
        { "a place",
          { .words = S_INIT("汽车"), .place = S_INIT("33") },
          S_INIT("Z3") },
        { "another",
          { .words = S_INIT("汽车"), .place = S_INIT("44") },
          S_INIT("") },
        { "a scheme",
          { .words = S_INIT("汽车"), .scheme = S_INIT("mini") },
          S_INIT("Z3") },
        { "another scheme",
          { .words = S_INIT("汽车"), .scheme = S_INIT("x") },
          S_INIT("") },
        { "a level",
          { .words = S_INIT("华美"), .level = S_INIT("three") },
          S_INIT("Z4") },
        { "another level",
          { .words = S_INIT("华美"), .level = S_INIT("two") },
          S_INIT("") },
        { "a status",
          { .words = S_INIT("华美"), .status = S_INIT("valid") },
          S_INIT("Z4") },
        { "another status",
          { .words = S_INIT("华美"), .status = S_INIT("withdrawn") },
          S_INIT("") },
        { "a trade",
          { .words = S_INIT("华美"), .trade = S_INIT("52") },
          S_INIT("") },
        { "by code",
          { .words = S_INIT(RIVAL_USCC), .most = 2, .status = S_INIT("valid") },
          S_INIT("Z1 Z2") },
        { "by code, none",
          { .words = S_INIT(RIVAL_USCC), .status = S_INIT("expired") },
          S_INIT("") },
        { "by number",
          { .words = S_INIT("Z1"), .status = S_INIT("valid") },
          S_INIT("Z1") },
        { "by number, none",
          { .words = S_INIT("A-1"), .place = S_INIT("11") },
          S_INIT("") },
        { "of a file, by code",
          { .words = S_INIT("91990000MA00000002"), .place = S_INIT("11") },
          S_INIT("A-2") },
        { "of a file, none",
          { .words = S_INIT("91990000MA00000002"), .place = S_INIT("12") },
          S_INIT("") },
    };
    const struct lookup_wish wrong = { .words = S("华美"),
                                       .most = 1,
                                       .status = S("x") };
    struct lookup_answer x;
    TEST_OFFICE(o, place);

    fill(&o);
    for (int fed = 0; fed < 2; fed++) {
        for (size_t i = 0; i < COUNT(rows); i++) {
            x = find(&o, &rows[i].wish);
            EXPECT_ROW_STR(rows[i].why, numbers(&o, &x), rows[i].found);
        }
        (void)feed(&o, false);
    }
    EXPECT_ERR(lookup_find(o.app, &o.arena, &wrong, &x), ERR_INVALID,
               "lookup.status");
}

/* --- the store answers where the index is behind [RN1] -------------------- */

EACH_STORE_TEST(what_was_just_done_is_found_at_once)
{
    TEST_OFFICE(o, place);
    str own = o.own.name;

    fill(&o);
    (void)feed(&o, false);
    EXPECT_STR(found(&o, own), S(""));
    (void)office_certified(&o);
    EXPECT_STR(found(&o, own), S(NUMBER)); /* from the store */
    EXPECT_STR(found(&o, S("华为")), S("Z1 Z2 A-1 A-3"));
    (void)feed(&o, false);
    EXPECT_STR(found(&o, own), S(NUMBER));
    EXPECT_STR(found(&o, S("华为")), S("Z2 A-1 A-3 Z1"));
}

static err put_broken(struct tx *tx, void *)
{
    struct certificate_row c;

    TRY(certificate_get(tx, tx_arena(tx), S("Z6"), &c));
    c.issued = DAY_MAX + 1; /* no day */
    return certificate_put(tx, &c);
}

/* "There is none" would be no true answer. */
EACH_STORE_TEST(one_that_cannot_be_read_is_no_reason_to_say_there_is_none)
{
    TEST_OFFICE(o, place);
    struct list l;

    fill(&o);
    EXPECT_OK(app_write(o.app, &o.arena, put_broken, NULL));
    EXPECT(feed(&o, true).left_out > 0);
    EXPECT_STR(found(&o, S("华为")), S("Z1 Z2 A-1 A-3"));
    EXPECT_ERR(lookup_search(o.app, &o.arena, S("长安银行"), office_today(&o),
                             9, &l),
               ERR_CORRUPT, "store.row");
}

/* --- names that changed --------------------------------------------------- */

static err put_former(struct tx *tx, void *)
{
    static const struct former_row row = { S_INIT("Z6"), 1,
                                           S_INIT("示例旧名商行") };

    TRY(former_put(tx, &row));
    return put_one(tx, "Z4", "示例新名食品厂");
}

EACH_STORE_TEST(a_former_name_is_said_and_a_name_that_is_gone_finds_nothing)
{
    const struct lookup_wish w = { .words = S("旧名") };
    const struct lookup_wish both = { .words = S("示例") };
    TEST_OFFICE(o, place);

    fill(&o);
    (void)feed(&o, false);
    EXPECT_STR(found(&o, S("华美")), S("Z4"));
    EXPECT_OK(app_write(o.app, &o.arena, put_former, NULL));
    (void)feed(&o, true);
    struct lookup_answer x = find(&o, &w);
    EXPECT_STR(numbers(&o, &x), S("Z6"));
    const struct public_certificate *c = x.found.p;
    EXPECT_STR(c->formerly, S("示例旧名商行"));
    EXPECT_STR(c->holder, S("示例长安银行"));
    EXPECT_STR(found(&o, S("华美食品")), S(""));
    EXPECT_STR(found(&o, S("新名")), S("Z4"));

    /* By both of its names it is there once. */
    x = find(&o, &both);
    EXPECT_STR(numbers(&o, &x), S("Z6 Z4 Z3 Z1 Z7"));
    EXPECT(x.count == 5 && !x.more);
}

/* --- files ------------------------------------------------------------------
 */

/* Names of the origin that the next book will have, in a file, of which a byte
 * is another. */
static void spoil(struct office *o)
{
    static const struct search_document one = { .id = 1,
                                                .name = S_INIT("华为") };
    struct names_place place = {
        .heap = &o->heap,
        .files = &o->files,
        .origin = (uint64_t)o->world.clock->now(o->world.clock),
        .file_least = 1,
    };
    struct names *n = NULL;
    char byte = 0;

    str path;

    EXPECT_OK(file_in(&o->arena, o->dir, S("register"), &place.folder));
    EXPECT_OK(
        file_in(&o->arena, place.folder, S("names-0000000001.seg"), &path));
    EXPECT_OK(folder_make(&o->files, &o->arena, place.folder, FOLDER_PRIVATE));
    EXPECT_OK(names_open(&o->arena, &place, &n));
    EXPECT_OK(names_make(n, &o->arena, &one, 1,
                         (struct names_mark){ place.origin, 1 }));
    names_end(&n);

    int fd = open(path.p, O_RDWR | O_CLOEXEC);
    EXPECT(pread(fd, &byte, 1, 700) == 1);
    byte ^= 1;
    EXPECT(pwrite(fd, &byte, 1, 700) == 1);
    EXPECT(close(fd) == 0);
}

/* [RN3] */
ONE_STORE_TEST(an_index_that_is_damaged_is_made_again, true)
{
    TEST_OFFICE(o, place);
    bool more = true;

    EXPECT_OK(register_names_tend(o.app, &o.arena, &more));
    EXPECT(!more);
    fill(&o);
    spoil(&o);
    (void)feed(&o, false);
    EXPECT_STR(found(&o, S("hwjs")), S("Z1"));
    EXPECT_OK(register_names_tend(o.app, &o.arena, &more));
    EXPECT(!more);
}

/* --- without memory ---------------------------------------------------------
 */

static err ask(struct heap *h, void *context)
{
    struct office *o = context;
    scoped(arena_end) struct arena a;
    const struct lookup_wish w = { .words = S("huawei"),
                                   .today = office_today(o),
                                   .most = 3,
                                   .place = S("44"),
                                   .scheme = S("five-star"),
                                   .status = S("valid") };
    struct lookup_answer x;

    arena_init(&a, h, 64 << 20);
    return lookup_find(o->app, &a, &w, &x);
}

ONE_STORE_TEST(a_search_survives_every_failed_allocation, true)
{
    TEST_OFFICE(o, place);

    fill(&o);
    EXPECT(test_every_allocation_fails(ask, NULL, &o) > 0);
    (void)feed(&o, false);
    EXPECT(test_every_allocation_fails(ask, NULL, &o) > 0);
    (void)office_certified(&o);
    EXPECT(test_every_allocation_fails(ask, NULL, &o) > 0);
}
