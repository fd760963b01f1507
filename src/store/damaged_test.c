/* Rows that somebody damaged: what cannot be right does not get out of the
 * store, and is not taken in. */
#include "base/arena.h"
#include "base/size.h"
#include "store/cases.h"
#include "store/certificates.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

#include <stdio.h>

enum { ARENA = 8 << 20, SQL_TEXT = 300 };

static const struct case_row sound_case = {
    .id = { { 0xC1 } },
    .number = S_INIT("C2026-0001"),
    .enterprise = { { 0xE1 } },
    .scheme_id = S_INIT("ten-star"),
    .scheme_hash = { { 0x5C } },
    .due = DAY_NEVER,
};

static const struct certificate_row sound_certificate = {
    .number = S_INIT("71226SC0001R0S"),
    .id = { { 0xCE } },
    .holder = S_INIT("示例售后服务有限公司"),
    .uscc = S_INIT("91350100M000100Y43"),
    .scheme_id = S_INIT("ten-star"),
    .criterion = S_INIT("Q/ZZLH 1001-2021"),
    .level_id = S_INIT("ten"),
    .suspended_until = DAY_NEVER,
    .scope_zh = S_INIT("家用电器售后服务"),
    .scope_en = S_INIT(""),
    .log_index = LOG_INDEX_NONE,
};

static err put_both(struct store *s, struct arena *a)
{
    static const struct enterprise_row acme = {
        .id = { { 0xE1 } },
        .uscc = S_INIT("91350100M000100Y43"),
        .registered = DAY_NEVER,
    };
    static const struct scheme_row package = {
        .hash = { { 0x5C } },
        .id = S_INIT("ten-star"),
        .version = S_INIT("1"),
    };
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(enterprise_put(tx, &acme));
    TRY(scheme_freeze(tx, &package, NULL, 0));
    TRY(case_put(tx, &sound_case));
    TRY(certificate_put(tx, &sound_certificate));
    return tx_commit(&tx);
}

static err put_person(struct store *s, struct arena *a,
                      const struct person_row *p)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(person_put(tx, p));
    return tx_commit(&tx);
}

/* A number of the domain's, and the nearest that is none. */
static const struct {
    const char *why;
    const char *column; /* of certificate, or of case_view */
    bool of_case;
    int32_t good;
    int32_t bad;
} numbers[] = {
    { "the last status there is", "status", false, 4, 5 },
    { "the first status there is", "status", false, 0, -1 },
    { "as many stars as a package may give", "stars", false, 20, 21 },
    { "no stars at all", "stars", false, 0, -1 },
    { "the last stage there is", "stage", true, 11, 12 },
    { "the first stage there is", "stage", true, 0, -1 },
    { "whoever is waited for last", "status", true, 2, 3 },
    { "whoever is waited for first", "status", true, 0, -1 },
};

/* --- reading ---------------------------------------------------------- */

/* Put `number` there in spite of the schema, as whoever has a key can. */
static void damage(const struct store_place *place, struct arena *a, size_t row,
                   int32_t number)
{
    const char *table = numbers[row].of_case ? "case_view" : "certificate";
    const char *column = numbers[row].column;
    char sql[SQL_TEXT];

    if (place->sqlite)
        (void)snprintf(sql, sizeof sql,
                       "PRAGMA ignore_check_constraints = ON;"
                       "UPDATE %s SET %s = %d",
                       table, column, number);
    else
        (void)snprintf(sql, sizeof sql,
                       "SET client_min_messages = warning;"
                       "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s_known;"
                       "UPDATE %s SET %s = %d",
                       table, column, table, column, number);
    (void)store_test_ask(place, a, sql);
}

static err read_it(struct store *s, struct arena *a, size_t row)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row certificate;
    struct case_row of_case;

    TRY(tx_begin(s, a, TX_READ, &tx));
    return numbers[row].of_case
               ? case_get(tx, a, sound_case.id, &of_case)
               : certificate_get(tx, a, sound_certificate.number, &certificate);
}

/* Lists of names are indexed by them. */
EACH_STORE_TEST(a_number_that_stands_for_nothing_is_corrupt_and_its_row_named)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);

    EXPECT_OK(put_both(s, &a));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const char *why = numbers[i].why;

        damage(place, &a, i, numbers[i].good);
        EXPECT_ROW_OK(why, read_it(s, &a, i));
        damage(place, &a, i, numbers[i].bad);

        err e = read_it(s, &a, i);
        EXPECT_ROW_ERR(why, e, ERR_CORRUPT, "store.row");
        if (failed(e))
            EXPECT_ROW_STR(why, err_arg_text(e, "row"),
                           numbers[i].of_case ? sound_case.number
                                              : sound_certificate.number);
        damage(place, &a, i, numbers[i].good);
    }
}

/* A person is here or gone, and nothing else. */
EACH_STORE_TEST(a_person_in_a_state_that_there_is_not_is_corrupt_and_named)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    static const struct {
        const char *sql;
        bool known;
    } rows[] = {
        { "UPDATE person SET state = -1", false },
        { "UPDATE person SET state = 0", true },
        { "UPDATE person SET state = 1", true },
        { "UPDATE person SET state = 2", false },
    };
    const struct person_row li = { .id = { { 1 } }, .login = S("li") };
    struct person_row got;

    EXPECT_OK(put_person(s, &a, &li));
    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(tx_abort) struct tx *tx = NULL;

        (void)store_test_ask(place, &a, rows[i].sql);
        EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
        err e = person_get(tx, &a, li.id, &got);
        if (rows[i].known) {
            EXPECT_ROW_OK(rows[i].sql, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].sql, e, ERR_CORRUPT, "store.row");
        EXPECT_ROW_STR(rows[i].sql, err_arg_text(e, "row"), S("li"));
    }
}

/* One damaged row does not hide the sound ones, before it or after it. */
EACH_STORE_TEST(a_list_of_what_is_sound_leaves_out_the_rest_and_says_why)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const char *const numbers_of[] = { "A1", "A2", "A3", "A4" };
    const struct page page = { .limit = 9 };
    struct list sound = { 0 };
    struct list left_out = { 0 };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    for (size_t i = 0; i < COUNT(numbers_of); i++) {
        struct certificate_row c = sound_certificate;

        c.id.b[1] = (uint8_t)i;
        c.number = str_of(numbers_of[i]);
        EXPECT_OK(certificate_put(tx, &c));
    }
    EXPECT_OK(tx_commit(&tx));
    (void)store_test_ask(place, &a,
                         "UPDATE certificate SET issued = 9223372036854775807"
                         " WHERE number IN ('A1', 'A3')");
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_ERR(certificate_list(tx, &a, &page, &sound), ERR_CORRUPT,
               "store.row");
    EXPECT_OK(certificate_list_sound(tx, &a, &page, &sound, &left_out));
    EXPECT(sound.n == 2 && left_out.n == 2);
    for (size_t i = 0; i < sound.n && i < left_out.n; i++) {
        const err *why = (const err *)left_out.p + i;

        EXPECT_STR(((const struct certificate_row *)sound.p)[i].number,
                   str_of(numbers_of[2 * i + 1]));
        EXPECT_ERR(*why, ERR_CORRUPT, "store.row");
        EXPECT_STR(err_arg_text(*why, "row"), str_of(numbers_of[2 * i]));
    }
}

/* --- writing ---------------------------------------------------------- */

static err write_it(struct store *s, struct arena *a, size_t row,
                    int32_t number)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct certificate_row certificate = sound_certificate;
    struct case_row of_case = sound_case;
    bool status = strcmp(numbers[row].column, "status") == 0;

    *(status ? &certificate.status : &certificate.stars) = number;
    *(status ? &of_case.status : &of_case.stage) = number;
    TRY(tx_begin(s, a, TX_WRITE, &tx));
    return numbers[row].of_case ? case_put(tx, &of_case)
                                : certificate_put(tx, &certificate);
}

/* The schema says so too: another program that writes is stopped by it. */
EACH_STORE_TEST(a_number_that_stands_for_nothing_is_not_taken)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);

    EXPECT_OK(put_both(s, &a));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const char *why = numbers[i].why;

        EXPECT_ROW_OK(why, write_it(s, &a, i, numbers[i].good));
        EXPECT_ROW_ERR(why, write_it(s, &a, i, numbers[i].bad), ERR_CONFLICT,
                       "store.constraint");
    }
}
