/* Certificates that files brought, on both engines. [IM1]..[IM3] [M24] */

#include "store/imported.h"

#include "base/size.h"
#include "store/certificates.h"
#include "store/store_test_env.h"
#include "store/subs.h"

#define OURS "71226SC0001R0S"
#define SUB  "71226SC0001R0S-1"
#define USCC "91990000MA00000001"

static const struct certificate_row ours = {
    .number = S_INIT(OURS),
    .id = { { 0xCE } },
    .holder = S_INIT("示例恒远售后服务有限公司"),
    .suspended_until = DAY_NEVER,
    .log_index = LOG_INDEX_NONE,
};

static const struct sub_row sub = {
    .number = S_INIT(SUB),
    .main = S_INIT(OURS),
    .n = 1,
    .site = S_INIT("s"),
    .ended = DAY_NEVER,
};

static const struct imported_row rows[] = {
    { 1, S_INIT("A-1"), S_INIT("示例甲公司"), S_INIT(USCC),
      S_INIT("示例认证公司"), S_INIT("five-star"), S_INIT("five"),
      S_INIT("GB/T 27922-2011"), S_INIT("110000"), S_INIT("F52"),
      S_INIT("家用电器的售后服务"), 20000, 20001, 21000, 1, 20500, 2 },
    { 2, S_INIT("A-2"), S_INIT("示例乙公司"), S_INIT("u"), S_INIT("b"),
      S_INIT(""), S_INIT(""), S_INIT("c"), S_INIT(""), S_INIT(""), S_INIT(""),
      1, 1, 1, 4, 2, 3 },
    { 3, S_INIT("A-3"), S_INIT("示例甲公司"), S_INIT(USCC), S_INIT("b"),
      S_INIT(""), S_INIT(""), S_INIT("c"), S_INIT(""), S_INIT(""), S_INIT(""),
      1, 1, 1, 0, 1, 5 },
};

static const struct imported_chunk chunks[] = {
    { { { 0xF1 } }, 1, 1, 2, 3, false, { { 1 } } },
    { { { 0xF1 } }, 2, 3, 2, 4, false, { { 2 } } }, /* brought none */
    { { { 0xF1 } }, 3, 3, 3, 5, true, { { 3 } } },
};

/* A tx with a certificate of ours, its site's, the rows and their chunks. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    bool put;

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(certificate_put(*tx, &ours));
    TRY(sub_put(*tx, &sub));
    for (size_t i = 0; i < COUNT(rows); i++) {
        TRY(imported_put(*tx, &rows[i], &put));
        EXPECT(put);
    }
    for (size_t i = 0; i < COUNT(chunks); i++)
        TRY(imported_chunk_put(*tx, &chunks[i]));
    return OK;
}

static void expect_row(const struct imported_row *got,
                       const struct imported_row *want)
{
    EXPECT(got->row == want->row);
    EXPECT_STR(got->number, want->number);
    EXPECT_STR(got->holder, want->holder);
    EXPECT_STR(got->uscc, want->uscc);
    EXPECT_STR(got->body, want->body);
    EXPECT_STR(got->scheme_id, want->scheme_id);
    EXPECT_STR(got->level_id, want->level_id);
    EXPECT_STR(got->criterion, want->criterion);
    EXPECT_STR(got->place, want->place);
    EXPECT_STR(got->trade, want->trade);
    EXPECT_STR(got->scope, want->scope);
    EXPECT(got->issued == want->issued);
    EXPECT(got->valid_from == want->valid_from);
    EXPECT(got->valid_until == want->valid_until);
    EXPECT(got->status == want->status);
    EXPECT(got->status_since == want->status_since);
    EXPECT(got->line == want->line);
}

/* [IM1] */
EACH_STORE_TEST(imported_rows_come_back_as_they_were_put)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct imported_row got = { 0 };
    struct list l;
    int64_t n;
    bool whole;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(imported_get(tx, &a, S("A-1"), &got));
    expect_row(&got, &rows[0]);
    EXPECT_ERR(imported_get(tx, &a, S("A-9"), &got), ERR_NOT_FOUND,
               "store.missing");
    EXPECT_OK(imported_of(tx, &a, S(USCC), &l));
    EXPECT(l.n == 2);
    expect_row((const struct imported_row *)l.p + 1, &rows[2]);
    /* all of them, however much is looked up */
    for (int64_t most = 1; most <= 2; most++) {
        EXPECT_OK(imported_code(tx, most, &whole));
        EXPECT(whole == (most == 2));
        EXPECT_OK(imported_of(tx, &a, S(USCC), &l));
        EXPECT(l.n == 2);
        expect_row((const struct imported_row *)l.p, &rows[0]);
        expect_row((const struct imported_row *)l.p + 1, &rows[2]);
    }
    EXPECT_OK(imported_code(tx, 1, &whole)); /* nothing is left */
    EXPECT(whole);
    EXPECT_OK(imported_code_wrong(tx, &n));
    EXPECT(n == 0);
    EXPECT_OK(imported_code_clear(tx));
    EXPECT_OK(imported_of(tx, &a, S(USCC), &l));
    EXPECT(l.n == 2);
    EXPECT_OK(imported_after(tx, &a, 0, 2, &l));
    EXPECT(l.n == 2);
    expect_row((const struct imported_row *)l.p + 1, &rows[1]);
    EXPECT_OK(imported_after(tx, &a, 2, 2, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(imported_by_number(tx, &a, S(""), 2, &l));
    EXPECT(l.n == 2);
    EXPECT(str_cmp(((const struct imported_row *)l.p)[0].number,
                   ((const struct imported_row *)l.p)[1].number) < 0);
    EXPECT_OK(imported_by_number(tx, &a,
                                 ((const struct imported_row *)l.p)[1].number,
                                 2, &l));
    EXPECT(l.n == 1);
    EXPECT_OK(imported_last(tx, &n));
    EXPECT(n == 3);
    EXPECT_OK(imported_count(tx, &n));
    EXPECT(n == 3);
}

/* [IM2] */
EACH_STORE_TEST(a_number_that_is_taken_is_not_imported)
{
    static const struct {
        const char *why;
        const char *number;
    } taken[] = {
        { "by a row", "A-2" },
        { "by a certificate of our own", OURS },
        { "by the certificate of a site", SUB },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct imported_row again = rows[0];
    int64_t n;
    bool put;

    EXPECT_OK(begin(s, &a, &tx));
    again.row = 4;
    for (size_t i = 0; i < COUNT(taken); i++) {
        again.number = str_of(taken[i].number);
        EXPECT_ROW_OK(taken[i].why, imported_put(tx, &again, &put));
        EXPECT_ROW(taken[i].why, !put);
        EXPECT_ROW_OK(taken[i].why, imported_is_taken(tx, again.number, &put));
        EXPECT_ROW(taken[i].why, put);
    }
    EXPECT_OK(imported_is_taken(tx, S("A-4"), &put));
    EXPECT(!put);
    EXPECT_OK(imported_last(tx, &n));
    EXPECT(n == 3);
    again.number = S("A-4");
    again.row = 1;
    EXPECT_ERR(imported_put(tx, &again, &put), ERR_CONFLICT,
               "store.constraint");
}

static void expect_chunk(const char *why, const struct imported_chunk *got,
                         const struct imported_chunk *want)
{
    EXPECT_ROW(why, hash_eq(&got->file, &want->file));
    EXPECT_ROW(why, got->part == want->part && got->first == want->first);
    EXPECT_ROW(why, got->last == want->last && got->lines == want->lines);
    EXPECT_ROW(why, got->ended == want->ended);
    EXPECT_ROW(why, hash_eq(&got->root, &want->root));
}

/* [IM3] */
EACH_STORE_TEST(chunks_are_found_by_their_part_and_by_their_rows)
{
    static const struct {
        const char *why;
        int64_t row;
        size_t chunk; /* which has it */
        bool found;
    } with[] = {
        { "none", 0, 0, false },      { "the first", 1, 0, true },
        { "the next", 2, 0, true },   { "after an empty one", 3, 2, true },
        { "not there", 4, 0, false },
    };
    static const struct hash other = { { 0xF2 } };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct imported_chunk got = { 0 };
    int64_t n;
    int64_t sum;
    bool found;

    EXPECT_OK(begin(s, &a, &tx));
    for (size_t i = 0; i < COUNT(with); i++) {
        EXPECT_ROW_OK(with[i].why,
                      imported_chunk_with(tx, with[i].row, &got, &found));
        EXPECT_ROW(with[i].why, found == with[i].found);
        if (found)
            expect_chunk(with[i].why, &got, &chunks[with[i].chunk]);
    }
    EXPECT_OK(imported_chunk_newest(tx, &chunks[0].file, &got, &found));
    EXPECT(found);
    expect_chunk("newest", &got, &chunks[2]);
    EXPECT_OK(imported_chunk_newest(tx, &other, &got, &found));
    EXPECT(!found);
    EXPECT_OK(imported_chunk_get(tx, &chunks[0].file, 2, &got, &found));
    EXPECT(found);
    expect_chunk("second", &got, &chunks[1]);
    EXPECT_OK(imported_chunk_sums(tx, &n, &sum));
    EXPECT(n == 3 && sum == 3);
    EXPECT_OK(imported_chunk_clear(tx));
    EXPECT_OK(imported_chunk_sums(tx, &n, &sum));
    EXPECT(n == 0 && sum == 0);
}

EACH_STORE_TEST(a_part_of_a_file_is_there_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_ERR(imported_chunk_put(tx, &chunks[1]), ERR_CONFLICT,
               "store.constraint");
}
