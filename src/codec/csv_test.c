#include "codec/csv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

/* All that reading says about a text: a line a row, "LINE:[field][field]", or
 * "LINE!id FIELD" for one that is refused. */
static str shown(struct arena *a, str text, char separator)
{
    struct csv c;
    struct buf b;
    str out = S("(failed)");

    csv_init(&c, text, separator);
    buf_init(&b, a, 1 << 16);
    for (;;) {
        struct csv_row row = { 0 };
        bool found = false;
        err e = csv_next(&c, a, &row, &found);

        if (failed(e)) {
            buf_printf(&b, "%lld!%s %lld\n", (long long)e.info->args[0].number,
                       e.info->id, (long long)e.info->args[1].number);
            continue;
        }
        if (!found)
            break;
        buf_printf(&b, "%lld:", (long long)row.line);
        for (size_t i = 0; i < row.n; i++)
            buf_printf(&b, "[%.*s]", STR_ARG(row.fields[i]));
        buf_char(&b, '\n');
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(tables_with_commas_are_read_row_by_row)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str text;
        str want;
    } rows[] = {
        { "nothing", S_INIT(""), S_INIT("") },
        { "only line ends", S_INIT("\n\r\n\n"), S_INIT("") },
        { "only a mark", S_INIT("\xef\xbb\xbf"), S_INIT("") },
        { "one field", S_INIT("a"), S_INIT("1:[a]\n") },
        { "LF", S_INIT("a,b\nc,d\n"), S_INIT("1:[a][b]\n2:[c][d]\n") },
        { "CRLF and none at the end", S_INIT("a,b\r\nc,d"),
          S_INIT("1:[a][b]\n2:[c][d]\n") },
        { "byte order mark",
          S_INIT("\xef\xbb\xbf"
                 "a\n"),
          S_INIT("1:[a]\n") },
        { "only at the start is it one",
          S_INIT("a\n\xef\xbb\xbf"
                 "b\n"),
          S_INIT("1:[a]\n2:[\xef\xbb\xbf"
                 "b]\n") },
        { "empty lines between", S_INIT("\na\n\r\n\nb\n\n"),
          S_INIT("2:[a]\n5:[b]\n") },
        { "empty fields", S_INIT(",\n,,"), S_INIT("1:[][]\n2:[][][]\n") },
        { "empty at the end of a row", S_INIT("a,\nb"),
          S_INIT("1:[a][]\n2:[b]\n") },
        { "rows of different lengths", S_INIT("a\nb,c\n"),
          S_INIT("1:[a]\n2:[b][c]\n") },
        { "blanks and tabs stay", S_INIT(" a ,\tb\n"),
          S_INIT("1:[ a ][\tb]\n") },
        { "quotes around", S_INIT("\"a\",\"b\"\n"), S_INIT("1:[a][b]\n") },
        { "quotes around nothing", S_INIT("\"\"\n\"\",\"\""),
          S_INIT("1:[]\n2:[][]\n") },
        { "commas in quotes", S_INIT("\"a,b\",c\r\n"), S_INIT("1:[a,b][c]\n") },
        { "line ends in quotes", S_INIT("\"a\r\nb\nc\",d\ne"),
          S_INIT("1:[a\r\nb\nc][d]\n4:[e]\n") },
        { "doubled quotes", S_INIT("\"a\"\"b\",\"\"\"\"\n"),
          S_INIT("1:[a\"b][\"]\n") },
        { "doubled quotes at the ends", S_INIT("\"\"\"a\"\"\""),
          S_INIT("1:[\"a\"]\n") },
        { "Chinese", S_INIT("名称,编号\n\"示例，一\",1\n"),
          S_INIT("1:[名称][编号]\n2:[示例，一][1]\n") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, shown(&a, rows[i].text, ','),
                       rows[i].want);
}

/* [CS2] */
TEST(tables_with_tabs_have_no_quotes)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str text;
        str want;
    } rows[] = {
        { "tabs separate", S_INIT("a\tb\r\nc\t\n"),
          S_INIT("1:[a][b]\n2:[c][]\n") },
        { "commas do not", S_INIT("a,b\tc"), S_INIT("1:[a,b][c]\n") },
        { "quotes stay", S_INIT("\"a\t5\" b\n\""),
          S_INIT("1:[\"a][5\" b]\n2:[\"]\n") },
        { "CR alone", S_INIT("a\tb\rc\nd"),
          S_INIT("1!csv.line_end 2\n2:[d]\n") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].name, shown(&a, rows[i].text, '\t'),
                       rows[i].want);
}

/* [CS4] */
TEST(a_bad_row_is_refused_and_the_next_is_read)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *name;
        str text;
        str want;
    } rows[] = {
        { "quote inside", S_INIT("x,a\"b,c\nd\n"),
          S_INIT("1!csv.quote 2\n2:[d]\n") },
        { "quote at the end", S_INIT("a\"\nd"),
          S_INIT("1!csv.quote 1\n2:[d]\n") },
        { "blank before a quote", S_INIT("a, \"b\"\nd"),
          S_INIT("1!csv.quote 2\n2:[d]\n") },
        { "letters after a quote", S_INIT("\"a\"b,c\nd"),
          S_INIT("1!csv.after_quote 1\n2:[d]\n") },
        { "blank after a quote", S_INIT("\"a\" \nd"),
          S_INIT("1!csv.after_quote 1\n2:[d]\n") },
        { "CR after a quote", S_INIT("\"a\"\r\"b\"\nd"),
          S_INIT("1!csv.after_quote 1\n2:[d]\n") },
        { "after lines in quotes", S_INIT("\"a\n\n\"b\nd"),
          S_INIT("3!csv.after_quote 1\n4:[d]\n") },
        { "never closed", S_INIT("a,\"b\nc\nd"),
          S_INIT("1!csv.open_quote 2\n2:[c]\n3:[d]\n") },
        { "never closed at the end", S_INIT("a\n\""),
          S_INIT("1:[a]\n2!csv.open_quote 1\n") },
        { "never closed after doubled ones", S_INIT("\"a\"\"\nb"),
          S_INIT("1!csv.open_quote 1\n2:[b]\n") },
        { "CR alone", S_INIT("a,b\rc\nd"),
          S_INIT("1!csv.line_end 2\n2:[d]\n") },
        { "CR at the end", S_INIT("a\r"), S_INIT("1!csv.line_end 1\n") },
        { "an old Macintosh's file", S_INIT("a,b\rc,d\r"),
          S_INIT("1!csv.line_end 2\n") },
        { "GBK", S_INIT("a,\xd6\xd0\nd"), S_INIT("1!csv.utf8 2\n2:[d]\n") },
        { "UTF-16",
          S_INIT("\xff\xfe"
                 "a\0,\0b\0\n\0"),
          S_INIT("1!csv.utf8 1\n2:[") },
        { "overlong in quotes", S_INIT("\"\n\xc0\xaf\"\nd"),
          S_INIT("2!csv.utf8 1\n3:[d]\n") },
        { "one after the other", S_INIT("a\"\nb\"\nc"),
          S_INIT("1!csv.quote 1\n2!csv.quote 1\n3:[c]\n") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str got = shown(&a, rows[i].text, ',');

        EXPECT_ROW_STR(rows[i].name, str_first(got, rows[i].want.n),
                       rows[i].want);
        EXPECT_ROW(rows[i].name,
                   got.n == rows[i].want.n || rows[i].text.p[0] == '\xff');
    }
}

/* `n` times `piece`, then `end`. */
static str repeated(struct arena *a, size_t n, str piece, str end)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 22);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, piece);
    buf_str(&b, end);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_row_has_so_many_fields_and_no_more)
{
    TEST_ARENA(a, 1 << 20);
    struct csv c;
    struct csv_row row = { 0 };
    bool found = false;

    csv_init(&c, repeated(&a, CSV_FIELDS_MAX - 1, S("a,"), S("z\nb")), ',');
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    EXPECT(found && row.n == CSV_FIELDS_MAX);
    EXPECT_STR(row.fields[CSV_FIELDS_MAX - 1], S("z"));

    csv_init(&c, repeated(&a, CSV_FIELDS_MAX, S("a,"), S("z\nb")), ',');
    err e = csv_next(&c, &a, &row, &found);
    EXPECT_ERR(e, ERR_INVALID, "csv.fields");
    if (failed(e))
        EXPECT(e.info->args[1].number == CSV_FIELDS_MAX);
    EXPECT(row.n == CSV_FIELDS_MAX);
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    EXPECT(found && row.line == 2);
}

TEST(a_row_has_so_many_bytes_and_no_more)
{
    TEST_ARENA(a, 1 << 25);
    static const struct {
        const char *name;
        str end; /* after MAX - `less` bytes */
        size_t less;
        bool good;
    } rows[] = {
        { "with the line end", S_INIT("\nb"), 1, true },
        { "with both bytes of it", S_INIT("\r\nb"), 2, true },
        { "at the end of the text", S_INIT(""), 0, true },
        { "one more", S_INIT("\nb"), 0, false },
        { "one more with CRLF", S_INIT("\r\nb"), 1, false },
        { "one more at the end", S_INIT("x"), 0, false },
        { "one more field", S_INIT(",\nb"), 1, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct csv c;
        struct csv_row row = { 0 };
        bool found = false;
        size_t n = CSV_ROW_BYTES_MAX - rows[i].less;

        csv_init(&c, repeated(&a, n, S("a"), rows[i].end), ',');
        err e = csv_next(&c, &a, &row, &found);
        if (rows[i].good) {
            EXPECT_ROW_OK(rows[i].name, e);
            EXPECT_ROW(rows[i].name, row.n == 1 && row.fields[0].n == n);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, "csv.row");
        EXPECT_ROW(rows[i].name, row.n == 0);
        EXPECT_ROW_OK(rows[i].name, csv_next(&c, &a, &row, &found));
        EXPECT_ROW(rows[i].name, found == str_contains(rows[i].end, S("b")));
    }
}

TEST(an_endless_quote_costs_a_row_and_no_more)
{
    TEST_ARENA(a, 1 << 25);
    struct csv c;
    struct csv_row row = { 0 };
    bool found = false;
    str lines = repeated(&a, CSV_ROW_BYTES_MAX, S("\n"), S("b"));
    struct buf b;
    str text = S("");

    buf_init(&b, &a, 1 << 22);
    buf_char(&b, '"');
    buf_str(&b, lines);
    EXPECT_OK(buf_done(&b, &text));
    csv_init(&c, text, ',');
    EXPECT_ERR(csv_next(&c, &a, &row, &found), ERR_INVALID, "csv.row");
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    EXPECT(found && row.line == CSV_ROW_BYTES_MAX + 1);
}

TEST(columns_are_found_by_the_header)
{
    TEST_ARENA(a, 1 << 16);
    struct csv c;
    struct csv_row header = { 0 };
    struct csv_row row = { 0 };
    bool found;

    csv_init(&c, S("name,uscc,place\nx,y\n"), ',');
    EXPECT_OK(csv_next(&c, &a, &header, &found));
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    EXPECT(csv_column(&header, S("uscc")) == 1);
    EXPECT(csv_column(&header, S("USCC")) == header.n);
    EXPECT_STR(csv_field(&row, csv_column(&header, S("uscc"))), S("y"));
    EXPECT_STR(csv_field(&row, csv_column(&header, S("place"))), S(""));
    EXPECT_STR(csv_field(&row, csv_column(&header, S("nothing"))), S(""));
}

TEST(fields_are_slices_of_the_text_where_that_will_do)
{
    TEST_ARENA(a, 1 << 16);
    const str text = S("plain,\"quoted, plain\",\"dou\"\"bled\"");
    struct csv c;
    struct csv_row row = { 0 };
    bool found;

    csv_init(&c, text, ',');
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    if (row.n != 3) {
        EXPECT(row.n == 3);
        return;
    }
    EXPECT(row.fields[0].p == text.p);
    EXPECT(row.fields[1].p == text.p + 7);
    EXPECT(row.fields[2].p < text.p || row.fields[2].p >= text.p + text.n);
    EXPECT_STR(row.fields[2], S("dou\"bled"));
}

/* --- random tables ---------------------------------------------------- */

enum { ROWS = 8, COLUMNS = 5 };

static str random_field(struct arena *a, struct test_random *r)
{
    static const char *const pieces[] = { "a",    ",",  "\"", "\n",
                                          "\r\n", "你", " ",  "\r" };
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1000);
    for (uint64_t n = test_random_below(r, 6); n > 0; n--)
        buf_str(&b, str_of(pieces[test_random_below(r, COUNT(pieces))]));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void write_quoted(struct buf *b, str field)
{
    buf_char(b, '"');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, field.p[i]);
    }
    buf_char(b, '"');
}

/* [property] */
TEST(a_table_that_was_written_is_read_back)
{
    struct test_random r = { TEST_SEED };

    for (int round = 0; round < 500; round++) {
        TEST_ARENA(a, 1 << 20);
        str table[ROWS][COLUMNS];
        struct csv c;
        struct csv_row row = { 0 };
        struct buf b;
        str text = S("");
        bool found = true;

        buf_init(&b, &a, 1 << 16);
        for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
            str *field = &table[i / COLUMNS][i % COLUMNS];

            *field = random_field(&a, &r);
            write_quoted(&b, *field);
            buf_str(&b, (i + 1) % COLUMNS == 0 ? S("\r\n") : S(","));
        }
        EXPECT_OK(buf_done(&b, &text));

        csv_init(&c, text, ',');
        for (size_t i = 0; i < ROWS; i++) {
            EXPECT_OK(csv_next(&c, &a, &row, &found));
            EXPECT(found && row.n == COLUMNS);
            for (size_t k = 0; k < row.n && k < COLUMNS; k++)
                EXPECT_STR(row.fields[k], table[i][k]);
        }
        EXPECT_OK(csv_next(&c, &a, &row, &found));
        EXPECT(!found);
    }
}

static err read_all(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct csv c;
    bool found = true;

    arena_init(&a, h, 1 << 16);
    csv_init(&c, S("a,\"b\"\"c\"\nd\"\ne\n"), ',');
    while (found) {
        struct csv_row row;
        err e = csv_next(&c, &a, &row, &found);

        if (failed(e) && e.info->code == ERR_MEMORY)
            return e;
    }
    return OK;
}

TEST(reading_rows_survives_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(read_all, NULL, NULL) > 0);
}

/* --- writing [CS5] ------------------------------------------------------- */

TEST(a_row_is_written_with_quotes_and_no_field_becomes_a_formula)
{
    static const struct {
        const char *why;
        const char *field;
        const char *written;
    } rows[] = {
        { "a word", "C2026-0001", "\"C2026-0001\"\r\n" },
        { "nothing", "", "\"\"\r\n" },
        { "a comma and a line end", "a,b\nc", "\"a,b\nc\"\r\n" },
        { "a quote", "a\"b", "\"a\"\"b\"\r\n" },
        { "a formula", "=1+1", "\"'=1+1\"\r\n" },
        { "a sum", "+1", "\"'+1\"\r\n" },
        { "a difference", "-1", "\"'-1\"\r\n" },
        { "a function of old", "@SUM(A1)", "\"'@SUM(A1)\"\r\n" },
        { "a tab before it", "\t=1", "\"'\t=1\"\r\n" },
        { "a return before it", "\r=1", "\"'\r=1\"\r\n" },
        { "a sign further on", "1-1", "\"1-1\"\r\n" },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const str field = str_of(rows[i].field);
        struct buf b;
        str text = S("");

        buf_init(&b, &a, 100);
        csv_put_row(&b, &field, 1);
        EXPECT_ROW_OK(rows[i].why, buf_done(&b, &text));
        EXPECT_ROW_STR(rows[i].why, text, str_of(rows[i].written));
    }
}

TEST(what_is_written_is_read_again)
{
    const str fields[] = { S("甲"), S("a\"b"), S(""), S("x,y") };
    TEST_ARENA(a, 1 << 16);
    struct csv_row row = { .n = 0 };
    struct csv c;
    struct buf b;
    bool found = false;
    str text = S("");

    buf_init(&b, &a, 100);
    csv_put_row(&b, fields, COUNT(fields));
    EXPECT_OK(buf_done(&b, &text));
    csv_init(&c, text, ',');
    EXPECT_OK(csv_next(&c, &a, &row, &found));
    EXPECT(found && row.n == COUNT(fields));
    for (size_t i = 0; i < row.n && i < COUNT(fields); i++)
        EXPECT_STR(row.fields[i], fields[i]);
}
