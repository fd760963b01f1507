/* What is sealed for the authority's sheets, and what the journal is asked for
 * them. */

#include "base/arena.h"
#include "base/size.h"
#include "store/journal.h"
#include "store/particulars.h"
#include "store/store_test_env.h"

EACH_STORE_TEST(a_sealed_text_is_kept_replaced_and_dropped)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    struct tx *tx = NULL;
    str got = S("untouched");
    bool found = true;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    EXPECT_OK(particular_get(tx, &a, S("body"), &got, &found));
    EXPECT(!found);
    EXPECT_STR(got, S("untouched"));
    EXPECT_OK(particular_put(tx, S("body"), (str){ "a\0b", 3 }));
    EXPECT_OK(particular_put(tx, S("person/01"), S("other")));
    EXPECT_OK(particular_get(tx, &a, S("body"), &got, &found));
    EXPECT(found);
    EXPECT_STR(got, ((str){ "a\0b", 3 }));
    EXPECT_OK(particular_put(tx, S("body"), S("newer")));
    EXPECT_OK(particular_get(tx, &a, S("body"), &got, &found));
    EXPECT_STR(got, S("newer"));
    EXPECT_OK(particular_drop(tx, S("body")));
    EXPECT_OK(particular_drop(tx, S("body"))); /* again: nothing */
    EXPECT_OK(particular_get(tx, &a, S("body"), &got, &found));
    EXPECT(!found);
    EXPECT_OK(particular_get(tx, &a, S("person/01"), &got, &found));
    EXPECT(found);
    EXPECT_OK(tx_commit(&tx));
}

/* A stream of one event of this type, on that day, recorded at that instant. */
static void write_stream(struct tx *tx, uint8_t n, const char *kind,
                         const struct journal_row *event)
{
    char number[] = "N00";
    struct stream_row row = { .id = { { n } },
                              .kind = str_of(kind),
                              .number = S("") };
    struct journal_row copy = *event;

    number[1] = (char)('0' + n / 10);
    number[2] = (char)('0' + n % 10);
    row.number = str_of(number);
    copy.version = 1;
    copy.body = S("{}");
    EXPECT_OK(stream_open(tx, &row));
    EXPECT_OK(journal_append(tx, row.id, 0, &copy, 1));
}

static void write_streams(struct tx *tx)
{
    static const struct {
        const char *kind;
        const char *type;
        day on;
        int64_t at;
    } rows[] = {
        { "case", "plan.agreed", 99, 1 },
        { "case", "plan.agreed", 100, 1 },
        { "case", "certificate.recorded", 130, 7 },
        { "case", "suspension.decided", 131, 8 },
        { "case", "document.added", 110, 9 }, /* is not reported */
        { "certificate", "certificate.issued", 100, 1 },
        { "case", "validity.ended", 100, 7 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct journal_row event = {
            .type = str_of(rows[i].type),
            .on = rows[i].on,
            .at = rows[i].at,
        };
        write_stream(tx, (uint8_t)(i + 1), rows[i].kind, &event);
    }
}

/* Both ends of the days. */
EACH_STORE_TEST(streams_are_listed_that_were_active_between_two_days)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const char *const want[] = { "N02", "N03", "N05", "N07" };
    const struct days month = { 100, 130 };
    scoped(tx_abort) struct tx *tx = NULL;
    struct page page = { .limit = 3 };
    struct list got = { 0 };
    size_t n = 0;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    write_streams(tx);
    do {
        EXPECT_OK(stream_list_active(tx, &a, S("case"), &month, &page, &got));
        const struct stream_row *rows = got.p;
        for (size_t i = 0; i < got.n && n < COUNT(want); i++)
            EXPECT_STR(rows[i].number, str_of(want[n++]));
        if (got.n > 0)
            page.after = rows[got.n - 1].number;
    } while (got.n == 3);
    EXPECT(n == COUNT(want));
}

EACH_STORE_TEST(days_with_something_to_report_are_listed_once)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const day want[] = { 100, 130, 131 };
    scoped(tx_abort) struct tx *tx = NULL;
    struct list got = { 0 };

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    write_streams(tx);
    EXPECT_OK(journal_report_days(tx, &a, 99, 999, 100, &got));
    EXPECT(got.n == COUNT(want));
    for (size_t i = 0; i < got.n && i < COUNT(want); i++)
        EXPECT(((const day *)got.p)[i] == want[i]);
    EXPECT_OK(journal_report_days(tx, &a, 100, 999, 1, &got));
    EXPECT(got.n == 1 && ((const day *)got.p)[0] == 130);
}

/* Both sides of the instant and of the days. */
EACH_STORE_TEST(what_was_entered_late_is_counted)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    static const struct {
        struct days between;
        int64_t at;
        int64_t count;
    } rows[] = {
        { { 100, 130 }, 0, 3 }, { { 100, 130 }, 6, 2 }, { { 100, 130 }, 7, 0 },
        { { 100, 131 }, 7, 1 }, { { 99, 129 }, 0, 3 },
    };
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(tx_begin(s, &a, TX_WRITE, &tx));
    write_streams(tx);
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t n = -1;

        EXPECT_OK(journal_report_late(tx, &rows[i].between, rows[i].at, &n));
        EXPECT(n == rows[i].count);
    }
}
