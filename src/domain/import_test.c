/* What a row of a file says, and whether it can be true. [IP1]..[IP4] [M24] */

#include "domain/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"

#include <string.h>

#define TODAY 20786 /* 2026-11-29 */
#define USCC  "91350100M000100Y43"

/* An arena `a`, until the scope ends. */
#define ARENA()                                                                \
    struct heap libc = HEAP_LIBC;                                              \
    scoped(arena_end) struct arena a;                                          \
    arena_init(&a, &libc, 8 << 20)

static const char *const sound[IMPORT_COLUMNS] = {
    [IMPORT_NUMBER] = "00124Q30001R0M",
    [IMPORT_HOLDER] = "示例青禾电器有限公司",
    [IMPORT_USCC] = USCC,
    [IMPORT_BODY] = "示例认证公司",
    [IMPORT_SCHEME] = "five-star",
    [IMPORT_LEVEL] = "five",
    [IMPORT_CRITERION] = "GB/T 27922-2011",
    [IMPORT_PLACE] = "350102",
    [IMPORT_TRADE] = "F52",
    [IMPORT_SCOPE] = "家用电器",
    [IMPORT_ISSUED] = "2024-03-01",
    [IMPORT_FROM] = "2024-03-02",
    [IMPORT_UNTIL] = "2027-02-28",
    [IMPORT_STATUS] = "suspended",
    [IMPORT_SINCE] = "2026-01-05",
};

/* The sound row with `text` in a column, and in another one. */
struct change {
    enum import_column column;
    const char *text;
    enum import_column other; /* IMPORT_COLUMNS: none */
    const char *other_text;
};

static void read_changed(struct arena *a, const struct change *x,
                         struct import_row *row, struct import_faults *faults)
{
    str cells[IMPORT_COLUMNS];

    for (int c = 0; c < IMPORT_COLUMNS; c++)
        cells[c] = str_of(sound[c]);
    if (x->column < IMPORT_COLUMNS)
        cells[x->column] = str_of(x->text);
    if (x->other < IMPORT_COLUMNS)
        cells[x->other] = str_of(x->other_text);
    EXPECT_OK(import_read(a, cells, TODAY, row, faults));
}

static day on(const char *date)
{
    day d = 0;

    EXPECT(day_parse(str_of(date), &d));
    return d;
}

TEST(a_sound_row_is_taken_as_it_is)
{
    static const struct change none = { IMPORT_COLUMNS, "", IMPORT_COLUMNS,
                                        "" };
    struct import_faults faults;
    struct import_row row;
    ARENA();

    read_changed(&a, &none, &row, &faults);
    EXPECT(faults.n == 0);
    EXPECT_STR(row.number, S("00124Q30001R0M"));
    EXPECT_STR(row.holder, S("示例青禾电器有限公司"));
    EXPECT_STR(row.uscc, S(USCC));
    EXPECT_STR(row.scheme, S("five-star"));
    EXPECT_STR(row.level, S("five"));
    EXPECT_STR(row.place, S("350102"));
    EXPECT(row.issued == on("2024-03-01") && row.from == on("2024-03-02"));
    EXPECT(row.until == on("2027-02-28"));
    EXPECT(row.status == CERTIFICATE_SUSPENDED);
    EXPECT(row.since == on("2026-01-05"));
}

/* [IP1] [IP3] */
TEST(what_is_wrong_is_refused_by_its_column)
{
    static const struct {
        const char *why;
        struct change x;
        enum import_column column;
        const char *message;
    } rows[] = {
        { "no number",
          { IMPORT_NUMBER, " ", IMPORT_COLUMNS, "" },
          IMPORT_NUMBER,
          "import.missing" },
        { "a number too long",
          { IMPORT_NUMBER,
            "1234567890123456789012345678901234567890123456789012345678901",
            IMPORT_COLUMNS, "" },
          IMPORT_NUMBER,
          "import.long" },
        { "a character nobody sees",
          { IMPORT_HOLDER, "示例\xe2\x80\xae公司", IMPORT_COLUMNS, "" },
          IMPORT_HOLDER,
          "import.control" },
        { "what stood in another encoding",
          { IMPORT_HOLDER, "示例\xef\xbf\xbd公司", IMPORT_COLUMNS, "" },
          IMPORT_HOLDER,
          "import.control" },
        { "no text at all",
          { IMPORT_HOLDER, "\xff\xfe", IMPORT_COLUMNS, "" },
          IMPORT_HOLDER,
          "import.utf8" },
        { "a line end in a name",
          { IMPORT_BODY, "示例\n公司", IMPORT_COLUMNS, "" },
          IMPORT_BODY,
          "import.control" },
        { "no holder",
          { IMPORT_HOLDER, "", IMPORT_COLUMNS, "" },
          IMPORT_HOLDER,
          "import.missing" },
        { "no code",
          { IMPORT_USCC, "", IMPORT_COLUMNS, "" },
          IMPORT_USCC,
          "import.missing" },
        { "a code too short",
          { IMPORT_USCC, "913501", IMPORT_COLUMNS, "" },
          IMPORT_USCC,
          "import.uscc_form" },
        { "a wrong check character",
          { IMPORT_USCC, "91350100M000100Y44", IMPORT_COLUMNS, "" },
          IMPORT_USCC,
          "import.uscc_check" },
        { "a letter that no code has",
          { IMPORT_USCC, "91350100M0I0100Y43", IMPORT_COLUMNS, "" },
          IMPORT_USCC,
          "import.uscc_character" },
        { "a scheme that is no identifier",
          { IMPORT_SCHEME, "五星", IMPORT_COLUMNS, "" },
          IMPORT_SCHEME,
          "import.word" },
        { "a level without its scheme",
          { IMPORT_SCHEME, "", IMPORT_COLUMNS, "" },
          IMPORT_LEVEL,
          "import.level_alone" },
        { "a place of five digits",
          { IMPORT_PLACE, "35010", IMPORT_COLUMNS, "" },
          IMPORT_PLACE,
          "import.place" },
        { "a place that begins with 0",
          { IMPORT_PLACE, "050102", IMPORT_COLUMNS, "" },
          IMPORT_PLACE,
          "import.place" },
        { "a trade of no section",
          { IMPORT_TRADE, "U52", IMPORT_COLUMNS, "" },
          IMPORT_TRADE,
          "import.trade" },
        { "a trade of one digit",
          { IMPORT_TRADE, "5", IMPORT_COLUMNS, "" },
          IMPORT_TRADE,
          "import.trade" },
        { "a trade too long",
          { IMPORT_TRADE, "F52745", IMPORT_COLUMNS, "" },
          IMPORT_TRADE,
          "import.trade" },
        { "no date",
          { IMPORT_UNTIL, "soon", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.date" },
        { "a day there is not",
          { IMPORT_UNTIL, "2027-02-29", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.date" },
        { "the day first",
          { IMPORT_UNTIL, "28/02/2027", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.date" },
        { "a time of the day",
          { IMPORT_UNTIL, "2027-02-28 08:30:00", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.date" },
        { "no last day",
          { IMPORT_UNTIL, "", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.missing" },
        { "no first one either way",
          { IMPORT_FROM, "", IMPORT_ISSUED, "" },
          IMPORT_FROM,
          "import.no_from" },
        { "issued tomorrow",
          { IMPORT_ISSUED, "2026-11-30", IMPORT_COLUMNS, "" },
          IMPORT_ISSUED,
          "import.issued_future" },
        { "it ends before it begins",
          { IMPORT_UNTIL, "2024-03-01", IMPORT_COLUMNS, "" },
          IMPORT_UNTIL,
          "import.until_before" },
        { "issued after it had run out",
          { IMPORT_ISSUED, "2025-06-01", IMPORT_UNTIL, "2025-05-31" },
          IMPORT_ISSUED,
          "import.issued_after" },
        { "no status",
          { IMPORT_STATUS, "good", IMPORT_COLUMNS, "" },
          IMPORT_STATUS,
          "import.status" },
        { "suspended, but since when?",
          { IMPORT_SINCE, "", IMPORT_COLUMNS, "" },
          IMPORT_SINCE,
          "import.since_missing" },
        { "before it was issued",
          { IMPORT_SINCE, "2024-02-28", IMPORT_COLUMNS, "" },
          IMPORT_SINCE,
          "import.since_before" },
        { "after it had run out",
          { IMPORT_UNTIL, "2025-12-31", IMPORT_COLUMNS, "" },
          IMPORT_SINCE,
          "import.since_after" },
        { "tomorrow",
          { IMPORT_SINCE, "2026-11-30", IMPORT_COLUMNS, "" },
          IMPORT_SINCE,
          "import.since_future" },
        { "expired on its last day",
          { IMPORT_STATUS, "expired", IMPORT_UNTIL, "2026-11-29" },
          IMPORT_STATUS,
          "import.not_expired" },
        { "expired while it ran",
          { IMPORT_STATUS, "expired", IMPORT_UNTIL, "2026-11-28" },
          IMPORT_SINCE,
          "import.since_running" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_faults faults;
        struct import_row row;
        ARENA();

        read_changed(&a, &rows[i].x, &row, &faults);
        EXPECT_ROW(rows[i].why, faults.n == 1);
        EXPECT_ROW(rows[i].why, faults.at[0].column == rows[i].column);
        EXPECT_ROW_ERR(rows[i].why, faults.at[0].why, ERR_INVALID,
                       rows[i].message);
    }
}

TEST(everything_that_is_wrong_is_told_at_once)
{
    struct import_faults faults;
    struct import_row row;
    str cells[IMPORT_COLUMNS];
    ARENA();

    for (int c = 0; c < IMPORT_COLUMNS; c++)
        cells[c] = S("\x01?");
    EXPECT_OK(import_read(&a, cells, TODAY, &row, &faults));
    EXPECT(faults.n == IMPORT_COLUMNS);
    import_add_fault(&faults, IMPORT_NUMBER, OK); /* it has one already */
    EXPECT(faults.n == IMPORT_COLUMNS);
}

/* [IP2] */
TEST(little_is_guessed_and_this_is_it)
{
    static const struct {
        const char *why;
        struct change x;
        const char *issued;
        const char *from;
        enum certificate_status status;
        const char *since;
    } rows[] = {
        { "issued on its first day",
          { IMPORT_ISSUED, "", IMPORT_COLUMNS, "" },
          "2024-03-02",
          "2024-03-02",
          CERTIFICATE_SUSPENDED,
          "2026-01-05" },
        { "valid from the day of issue",
          { IMPORT_FROM, "", IMPORT_COLUMNS, "" },
          "2024-03-01",
          "2024-03-01",
          CERTIFICATE_SUSPENDED,
          "2026-01-05" },
        { "valid",
          { IMPORT_STATUS, "", IMPORT_SINCE, "" },
          "2024-03-01",
          "2024-03-02",
          CERTIFICATE_VALID,
          "2024-03-02" },
        { "expired since the day after",
          { IMPORT_STATUS, "过期", IMPORT_SINCE, "" },
          "2024-03-01",
          "2024-03-02",
          CERTIFICATE_EXPIRED,
          "2025-03-01" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_faults faults;
        struct import_row row;
        str cells[IMPORT_COLUMNS];
        ARENA();

        for (int c = 0; c < IMPORT_COLUMNS; c++)
            cells[c] = str_of(sound[c]);
        cells[rows[i].x.column] = str_of(rows[i].x.text);
        if (rows[i].x.other < IMPORT_COLUMNS)
            cells[rows[i].x.other] = str_of(rows[i].x.other_text);
        if (rows[i].status == CERTIFICATE_EXPIRED)
            cells[IMPORT_UNTIL] = S("2025-02-28");
        EXPECT_ROW_OK(rows[i].why,
                      import_read(&a, cells, TODAY, &row, &faults));
        EXPECT_ROW(rows[i].why, faults.n == 0);
        EXPECT_ROW(rows[i].why, row.issued == on(rows[i].issued));
        EXPECT_ROW(rows[i].why, row.from == on(rows[i].from));
        EXPECT_ROW(rows[i].why, row.status == rows[i].status);
        EXPECT_ROW(rows[i].why, row.since == on(rows[i].since));
    }
}

TEST(what_people_write_is_read)
{
    static const struct {
        enum import_column column;
        const char *text;
    } rows[] = {
        { IMPORT_NUMBER, " 00124q30001 R0M " },
        { IMPORT_USCC, "91350100m000100y43" },
        { IMPORT_UNTIL, "2027/2/28" },
        { IMPORT_UNTIL, "2027.02.28" },
        { IMPORT_UNTIL, "20270228" },
        { IMPORT_UNTIL, "2027年2月28日" },
        { IMPORT_UNTIL, "2027-02-28 00:00:00" },
        { IMPORT_UNTIL, "2027-02-28T00:00:00" },
        { IMPORT_STATUS, "Suspended" },
        { IMPORT_STATUS, "暂停" },
        { IMPORT_STATUS, "02" },
        { IMPORT_SCOPE, " 家用电器\t" },
    };
    const struct change none = { IMPORT_COLUMNS, "", IMPORT_COLUMNS, "" };
    struct import_faults faults;
    struct import_row want;
    struct import_row row;
    struct buf first;
    ARENA();

    read_changed(&a, &none, &want, &faults);
    buf_init(&first, &a, 4000);
    import_canonical(&first, &want, 7);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct change x = { rows[i].column, rows[i].text, IMPORT_COLUMNS,
                                  "" };
        struct buf b;

        read_changed(&a, &x, &row, &faults);
        EXPECT_ROW(rows[i].text, faults.n == 0);
        buf_init(&b, &a, 4000);
        import_canonical(&b, &row, 7);
        EXPECT_ROW_STR(rows[i].text, buf_view(&b), buf_view(&first));
    }
    /* and a trade by digits alone, or by its letter */
    static const char *const trades[] = { "52", "5274", "F", "F5274", "" };
    for (size_t i = 0; i < COUNT(trades); i++) {
        const struct change x = { IMPORT_TRADE, trades[i], IMPORT_COLUMNS, "" };

        read_changed(&a, &x, &row, &faults);
        EXPECT_ROW(trades[i], faults.n == 0);
    }
}

/* [IP4] */
TEST(a_canonical_row_is_rfc_8785)
{
    const struct change scope = { IMPORT_SCOPE, "一\n\"二\"", IMPORT_COLUMNS,
                                  "" };
    struct import_faults faults;
    struct import_row row;
    struct buf b;
    ARENA();

    read_changed(&a, &scope, &row, &faults);
    EXPECT_OK(import_row_keep(&a, &row));
    buf_init(&b, &a, 4000);
    import_canonical(&b, &row, 12);
    EXPECT_STR(buf_view(&b),
               S("{\"body\":\"示例认证公司\",\"criterion\":\"GB/T "
                 "27922-2011\",\"from\":\"2024-03-02\",\"holder\":"
                 "\"示例青禾电器有限公司\",\"issued\":\"2024-03-01\","
                 "\"level\":\"five\",\"line\":12,\"number\":"
                 "\"00124Q30001R0M\",\"place\":\"350102\",\"scheme\":"
                 "\"five-star\",\"scope\":\"一\\n\\\"二\\\"\",\"since\":"
                 "\"2026-01-05\",\"status\":\"suspended\",\"trade\":\"F52\","
                 "\"until\":\"2027-02-28\",\"uscc\":\"" USCC "\"}"));
}
