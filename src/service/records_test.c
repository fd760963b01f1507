#include "service/records.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/excel.h"
#include "records/hours.h"
#include "service/records_json.h"
#include "service/records_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROOM = 64 << 20, TEXT = 16 << 20, ROWS = 40000 };

#define HEADER_ZH "工单号,报修时间,完成时间,网点,类型,评分\n"

/* A file in memory, read by so many. */
static struct records_input input_of(str text, size_t workers)
{
    return (struct records_input){ .from = { .bytes = text },
                                   .name = S("服务.csv"),
                                   .workers = workers };
}

static struct records_terms usual_terms(void)
{
    return (struct records_terms){ .whole = true,
                                   .repeat_days = 30,
                                   .week = &week_always };
}

/* What `in` comes to, as a document by outlet and month. */
static err figures_text(struct arena *a, struct heap *h,
                        const struct records_input *in, str *out)
{
    const struct records_terms terms = usual_terms();
    scoped(records_figures_end) struct records_figures *f = NULL;
    struct records_file file;
    struct json *j;
    struct buf b;

    TRY(records_open(a, h, in, &file));
    TRY(records_figures(a, h, in, &file, &terms, &f));
    TRY(records_figures_json(a, &file, f, GROUP_OUTLET_MONTH, &j));
    buf_init(&b, a, TEXT);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

static str text_of(struct buf *b)
{
    str s = S("");

    EXPECT_OK(buf_done(b, &s));
    return s;
}

/* Rows enough for several pieces, every thousandth of them bad. */
static str many_rows(struct arena *a, const char *header, const char *outlet,
                     const char *kind)
{
    struct test_random r = { TEST_SEED };
    struct buf b;

    buf_init(&b, a, TEXT);
    buf_str(&b, str_of(header));
    for (unsigned i = 0; i < ROWS; i++) {
        unsigned on = (unsigned)test_random_below(&r, 28) + 1;

        if (i % 1000 == 999)
            buf_printf(&b, "T%u,tomorrow,,,,\n", i);
        else
            buf_printf(&b,
                       "T%u,2025-%02u-%02u 09:%02u,2025-%02u-%02u 11:00,"
                       "\"%s%u\"\"a,\n%u\",%s,%u\r\n",
                       i, i * 12 / ROWS + 1, on, i % 60, i * 12 / ROWS + 1, on,
                       outlet, i % 9, i % 3, kind,
                       (unsigned)test_random_below(&r, 5) + 1);
    }
    return text_of(&b);
}

/* A file of stock says nothing of when anything was resolved: 0 of 3 would be a
 * claim. */
TEST(what_no_column_says_is_not_shown_as_none_of_all)
{
    static const struct {
        const char *text;
        bool resolved;
        bool responded;
    } rows[] = {
        { "报修时间,配件,库存,安全库存\n2025-01-03 09:00,阀,3,5\n"
          "2025-01-04 09:00,阀,9,5\n",
          false, false },
        { "报修时间,响应时间,网点\n2025-01-03 09:00,2025-01-03 09:10,东站\n",
          false, true },
        { "报修时间,完成时间,网点\n2025-01-03 09:00,,东站\n"
          "2025-01-04 09:00,2025-02-04 10:00,东站\n",
          true, false },
    };
    struct heap h = HEAP_LIBC;

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ROOM);
        struct records_input in = input_of(str_of(rows[i].text), 1);
        struct records_terms terms = usual_terms();
        scoped(records_figures_end) struct records_figures *f = NULL;
        struct records_file file;

        terms.response_promise = terms.resolution_promise = 60;
        EXPECT_OK(records_open(&a, &h, &in, &file));
        EXPECT_OK(records_figures(&a, &h, &in, &file, &terms, &f));
        struct tally t = records_tally(f, GROUP_WHOLE, 0);
        const struct report_source from = { .figures = f->figures,
                                            .terms = f->terms,
                                            .untold = f->untold };
        struct records_report r = { .made = 0 };
        EXPECT_OK(report_gather(&a, &h, &from, &r));
        const struct share *shown = r.whole.tally.shares;

        EXPECT_ROW(rows[i].text,
                   t.shares[SHARE_RESOLVED].n > 0 &&
                       r.whole.tickets == t.shares[SHARE_RESOLVED].n);
        EXPECT_ROW(rows[i].text,
                   (shown[SHARE_RESOLVED].n > 0) == rows[i].resolved);
        EXPECT_ROW(rows[i].text,
                   (shown[SHARE_RESOLVED_IN_TIME].n > 0) == rows[i].resolved);
        EXPECT_ROW(rows[i].text,
                   (shown[SHARE_RESPONDED_IN_TIME].n > 0) == rows[i].responded);
    }
}

/* [RC3] [RS1] */
TEST(figures_of_a_file_do_not_depend_on_how_many_read_it)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    str text = many_rows(&a, HEADER_ZH, "网点", "投诉");
    str first = S("");

    EXPECT(text.n > 3 * SOURCE_PIECE / 2);
    for (size_t workers = 1; workers <= 4; workers++) {
        struct records_input in = input_of(text, workers);
        str got = S("");

        EXPECT_OK(figures_text(&a, &h, &in, &got));
        if (workers == 1)
            first = got;
        EXPECT(str_eq(got, first));
    }
    EXPECT(str_contains(first, S("\"rows\":40000")));
    EXPECT(str_contains(first, S("\"not_opened\":40")));
    /* every row has two lines, but for the bad ones */
    EXPECT(str_contains(first, S("{\"line\":2000,\"why\":\"not_opened\"}")));
    EXPECT(str_contains(first, S("{\"line\":3999,\"why\":\"not_opened\"}")));
}

/* [RS3] The same bytes in GB18030: 网点 投诉 工单号 报修时间 完成时间 类型
 * 评分. */
TEST(a_file_in_gb18030_gives_the_same_figures_and_lines)
{
    static const char header[] =
        "\xb9\xa4\xb5\xa5\xba\xc5,\xb1\xa8\xd0\xde\xca\xb1\xbc\xe4,"
        "\xcd\xea\xb3\xc9\xca\xb1\xbc\xe4,\xcd\xf8\xb5\xe3,\xc0\xe0\xd0\xcd,"
        "\xc6\xc0\xb7\xd6\n";
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    str utf8 = many_rows(&a, HEADER_ZH, "网点", "投诉");
    str gb = many_rows(&a, header, "\xcd\xf8\xb5\xe3", "\xcd\xb6\xcb\xdf");
    struct records_input plain = input_of(utf8, 1);
    struct records_input turned = input_of(gb, 2);
    str want = S("");
    str got = S("");

    EXPECT(gb.n < utf8.n);
    EXPECT_OK(figures_text(&a, &h, &plain, &want));
    EXPECT_OK(figures_text(&a, &h, &turned, &got));
    EXPECT(str_eq(got, want));
}

/* ASCII as UTF-16, with its mark. */
static str utf16_of(struct arena *a, str text, bool little)
{
    char *p = arena_zero(a, 2 * text.n + 2);

    EXPECT(p != NULL);
    p[little ? 0 : 1] = '\xff';
    p[little ? 1 : 0] = '\xfe';
    for (size_t i = 0; i < text.n; i++)
        p[2 * i + (little ? 2 : 3)] = text.p[i];
    return (str){ p, 2 * text.n + 2 };
}

/* [RS6] */
TEST(a_file_in_utf16_gives_the_same_figures)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    str text = many_rows(&a, "number,opened at,resolved at,outlet,type,score\n",
                         "Outlet ", "Complaint");
    struct records_input in = input_of(text, 1);
    str want = S("");

    EXPECT_OK(figures_text(&a, &h, &in, &want));
    for (int little = 0; little <= 1; little++) {
        str got = S("");

        in = input_of(utf16_of(&a, text, little == 1), 2);
        EXPECT_OK(figures_text(&a, &h, &in, &got));
        EXPECT(str_eq(got, want));
    }
}

/* [RC2] */
TEST(a_row_far_below_decides_the_order_of_dates)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct records_file file;
    struct records_input in;
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("number,opened at,outlet\n"));
    for (unsigned i = 0; i < 90000; i++)
        buf_printf(&b, "T%u,%02u/%02u/2025 10:00,Outlet %u\n", i, i % 12 + 1,
                   i / 9000 + 1, i % 7);
    buf_str(&b, S("T,31/12/2025 10:00,Outlet 1\n"));
    in = input_of(text_of(&b), 2);
    EXPECT(in.from.bytes.n > (2U << 20));
    EXPECT_OK(records_open(&a, &h, &in, &file));
    EXPECT(!file.whole);
    EXPECT(file.columns.columns[1].order == MOMENT_DMY);
    EXPECT(file.columns.columns[1].order_by == ORDER_CLEAR);
}

/* [RC2] Of a column that says nothing in the beginning, and of one that has
 * dates there and nothing of the kind below. */
TEST(columns_are_judged_by_rows_from_all_over_the_file)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct buf b;
    str text;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("工单号,报修时间,评分,到达时间\n"));
    for (unsigned i = 0; i < 200000; i++)
        buf_printf(&b, "T%u,2025-%02u-%02u 10:00,%.*s,%s\n", i, i / 20000 + 1,
                   i % 28 + 1, i < 100000 ? 0 : 1, &"6789"[i % 4],
                   i < 9000 ? "2025-03-01" : "3.5h");
    text = text_of(&b);
    EXPECT(text.n > (5U << 20));
    for (size_t workers = 1; workers <= 4; workers++) {
        struct records_input in = input_of(text, workers);
        struct records_file file;
        struct records_period period;

        EXPECT_OK(records_open(&a, &h, &in, &file));
        EXPECT(file.columns.columns[2].role == COLUMN_SATISFACTION);
        EXPECT(file.columns.columns[2].scale == SCALE_10);
        EXPECT(file.columns.columns[3].role == COLUMN_NONE);
        EXPECT(!file.surveyed); /* what it was surveyed by has changed */
        EXPECT_OK(records_survey(&a, &h, &in, &file, &period));
        EXPECT(period.rows == 200000 && period.known);
    }
}

/* [RC4] */
TEST(a_column_of_too_many_words_is_not_grouped_by)
{
    const struct records_terms terms = usual_terms();
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("工单号,报修时间,业务类别,网点\n"));
    for (unsigned i = 0; i < 40000; i++)
        buf_printf(&b, "T%u,2025-03-%02u,类%u,东站\n", i, i % 28 + 1,
                   i * 150 / 40000);
    for (size_t workers = 1; workers <= 3; workers++) {
        struct records_input in = input_of(text_of(&b), workers);
        struct records_figures *f = NULL;
        struct records_file file;

        EXPECT_OK(records_open(&a, &h, &in, &file));
        EXPECT_OK(records_figures(&a, &h, &in, &file, &terms, &f));
        EXPECT(f->ungrouped[COLUMN_TRADE] && !f->ungrouped[COLUMN_OUTLET]);
        EXPECT(f->tickets == 40000 && f->faults[ROW_SLIP_MANY] == 0);
        EXPECT(figures_of(f->figures, GROUP_TRADE, 0).shares[0].n == 40000);
        records_figures_end(&f);
    }
}

/* [RC6] */
TEST(events_become_tickets_however_many_read_them)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    str first = S("");
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("number,state,opened at,updated at,resolved at,group\n"));
    for (unsigned i = 0; i < 30000; i++)
        buf_printf(&b,
                   "T%u,%s,2025-03-%02u 08:00,2025-04-%02u %02u:%02u,"
                   "2025-05-%02u 10:00,Group %u\n",
                   i / 3, i % 3 == 2 ? "Closed" : "New", i / 3 % 28 + 1,
                   i % 28 + 1, i % 24, i % 60, i / 3 % 28 + 1, i % 11);
    for (size_t workers = 1; workers <= 3; workers++) {
        struct records_input in = input_of(text_of(&b), workers);
        str got = S("");

        EXPECT_OK(figures_text(&a, &h, &in, &got));
        if (workers == 1)
            first = got;
        EXPECT(str_eq(got, first));
    }
    EXPECT(str_contains(first, S("\"rows\":30000")));
    EXPECT(str_contains(first, S("\"tickets\":10000")));
}

/* [RS2] */
TEST(a_quote_that_is_never_closed_does_not_swallow_the_file)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct records_input in;
    str got = S("");
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("工单号,报修时间,网点,备注\n"));
    for (unsigned i = 0; i < 200000; i++)
        buf_printf(&b,
                   i == 150000 ? "T%u,2025-03-01 08:00,东站,6\" pipe\n"
                               : "T%u,2025-03-01 08:00,东站,\"x\"\n",
                   i);
    in = input_of(text_of(&b), 2);
    EXPECT_OK(figures_text(&a, &h, &in, &got));
    EXPECT(str_contains(got, S("{\"line\":150002,\"why\":\"")));
    EXPECT(str_contains(got, S("\"tickets\":199999")));
}

/* The cells of simple rows, as a workbook of one sheet with another before
 * it. */
static str workbook_of(struct arena *a, str text, size_t columns)
{
    str *cells = arena_zero(a, text.n * sizeof *cells);
    str note = S("note");
    struct excel_sheet sheets[2] = {
        { .name = S("cover"), .cells = &note, .rows = 1, .columns = 1 },
        { .name = S("records"), .cells = cells, .columns = columns }
    };
    struct excel_book book = { .sheets = sheets, .n = 2, .made = 20000 };
    str out = S("");
    size_t n = 0;

    while (cells != NULL && text.n > 0) {
        str row = str_cut(&text, '\n');

        for (size_t i = 0; i < columns; i++)
            cells[n++] = str_cut(&row, ',');
    }
    EXPECT(columns > 0);
    sheets[1].rows = columns > 0 ? n / columns : 0;
    EXPECT_OK(excel_write(a, &book, &out));
    return out;
}

/* [RS5] */
TEST(a_workbook_gives_the_figures_of_its_sheet)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct records_input in;
    str want = S("");
    str got = S("");
    struct buf b;

    buf_init(&b, &a, TEXT);
    buf_str(&b, S("工单号,报修时间,完成时间,网点,评分\n"));
    for (unsigned i = 0; i < 3000; i++)
        buf_printf(&b, "T%u,%s,2025-03-%02u 11:00,网点%u,%u\n", i,
                   i == 2500 ? "soon" : "2025-03-01 09:30", i % 28 + 1, i % 9,
                   i % 5 + 1);
    in = input_of(text_of(&b), 2);
    EXPECT_OK(figures_text(&a, &h, &in, &want));
    in.from.bytes = workbook_of(&a, text_of(&b), 5);
    EXPECT_OK(figures_text(&a, &h, &in, &got));
    EXPECT(str_eq(got, want));
    EXPECT(str_contains(got, S("{\"line\":2502,\"why\":\"not_opened\"}")));
    in.from.sheet = S("nowhere");
    EXPECT_ERR(figures_text(&a, &h, &in, &got), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
    in.from.sheet = S("");
    in.from.bytes = str_first(in.from.bytes, in.from.bytes.n / 2);
    EXPECT_ERR(figures_text(&a, &h, &in, &got), ERR_INVALID, "xlsx.cut");
}

/* --- who is told --- */

struct stopper {
    struct records_watch watch;
    int told;
    int stop_at; /* telling at which it says stop; 0: never */
    uint64_t lines;
};

static bool tell(struct records_watch *w, const struct records_progress *p)
{
    struct stopper *s = (struct stopper *)w;

    s->told++;
    EXPECT(p->bytes <= p->size && p->lines >= s->lines);
    s->lines = p->lines;
    return s->told != s->stop_at;
}

/* [PA1] */
TEST(whoever_is_told_may_stop_the_reading)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    str text = many_rows(&a, HEADER_ZH, "网点", "投诉");

    for (int at = 0; at <= 2; at++) {
        struct stopper s = { { tell }, 0, at, 0 };
        struct records_input in = input_of(text, 2);
        struct records_period period;
        struct records_file file;

        EXPECT_OK(records_open(&a, &h, &in, &file));
        EXPECT(file.surveyed && file.period.rows == ROWS);
        file.surveyed = false; /* so that all of it is read again */
        in.watch = &s.watch;
        if (at == 0)
            EXPECT_OK(records_survey(&a, &h, &in, &file, &period));
        else
            EXPECT_ERR(records_survey(&a, &h, &in, &file, &period), ERR_REFUSED,
                       "records.stopped");
        EXPECT(s.told >= 2);
        EXPECT(at != 0 || s.lines > ROWS);
    }
}

/* --- what is no file of records --- */

TEST(what_cannot_be_read_is_refused_with_a_reason)
{
    static const struct {
        const char *text;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "", ERR_INVALID, "records.empty" },
        { "\n\n", ERR_INVALID, "records.empty" },
        { "PK\x03\x04 workbook", ERR_INVALID, "xlsx.cut" },
        { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ERR_INVALID, "xlsx.old" },
        { "\xff\xfeN\x01", ERR_INVALID, "records.no_table" },
        { "\x81\xff,\x80\n", ERR_INVALID, "records.charset" },
        { "one\ntwo\nthree\n", ERR_INVALID, "records.no_table" },
        { "a,b\n1,2\n3,4\n", ERR_INVALID, "records.no_opening" },
    };
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    struct records_input in = input_of(S(""), 1);
    struct records_file file;

    for (size_t i = 0; i < COUNT(rows); i++) {
        in.from.bytes = str_of(rows[i].text);
        EXPECT_ROW_ERR(rows[i].text, records_open(&a, &h, &in, &file),
                       rows[i].code, rows[i].id);
    }
    in.from =
        (struct source_from){ .files = &files, .path = S("no/such/file") };
    EXPECT_ERR(records_open(&a, &h, &in, &file), ERR_NOT_FOUND, "file.missing");
    in.from.path = S("/dev/null");
    EXPECT_ERR(records_open(&a, &h, &in, &file), ERR_INVALID, "records.pipe");
}

/* [RS7] */
TEST(a_file_that_is_written_to_meanwhile_is_refused)
{
    static const char text[] = "单号,报修时间\n1,2025-01-01\n2,2025-01-02\n";
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct file_ops files = FILE_SYSTEM;
    char path[TEST_PATH];
    struct records_input in = input_of(S(""), 1);
    struct records_period period;
    struct records_file file;

    test_place(path, "records");
    int fd = mkstemp(path);
    EXPECT(fd >= 0);
    EXPECT(write(fd, text, sizeof text - 1) == sizeof text - 1);
    in.from = (struct source_from){ .files = &files, .path = str_of(path) };
    EXPECT_OK(records_open(&a, &h, &in, &file));
    EXPECT_OK(records_survey(&a, &h, &in, &file, &period));
    EXPECT(period.rows == 2);
    EXPECT(write(fd, "3,2025-01-03\n", 13) == 13);
    EXPECT_ERR(records_survey(&a, &h, &in, &file, &period), ERR_CONFLICT,
               "records.changed");
    EXPECT(close(fd) == 0 && unlink(path) == 0);
}

TEST(a_period_has_to_be_one)
{
    TEST_ARENA(a, ROOM);
    struct heap h = HEAP_LIBC;
    struct records_terms terms = usual_terms();
    struct records_input in =
        input_of(S("单号,报修时间\n1,2025-01-01\n2,2025-01-02\n"), 1);
    struct records_figures *f = NULL;
    struct records_file file;

    EXPECT_OK(records_open(&a, &h, &in, &file));
    terms.whole = false;
    terms.first = 20000;
    terms.last = 19999;
    EXPECT_ERR(records_figures(&a, &h, &in, &file, &terms, &f), ERR_INVALID,
               "records.period");
    terms.last = 20000 + 366 * 21;
    EXPECT_ERR(records_figures(&a, &h, &in, &file, &terms, &f), ERR_INVALID,
               "records.period");
    terms.last = 20050;
    EXPECT_OK(records_figures(&a, &h, &in, &file, &terms, &f));
    EXPECT(figures_left_out(f->figures, LEFT_OUTSIDE) == 2);
    records_figures_end(&f);
}

/* --- no memory --- */

static err read_little(struct heap *h, void *context)
{
    scoped(arena_end) struct arena a;
    struct records_input in = input_of(*(str *)context, 1);
    str got;

    arena_init(&a, h, ROOM);
    return figures_text(&a, h, &in, &got);
}

TEST(without_memory_nothing_is_left_behind)
{
    str tickets = S(HEADER_ZH "1,2025-03-01,2025-03-02,东站,投诉,5\n"
                              "2,2025-03-02,2025-03-03,西站,维修,4\n");
    str events = S("number,state,opened at,updated at,group\n"
                   "1,New,2025-03-01,2025-03-01 10:00,A\n"
                   "1,Closed,2025-03-01,2025-03-02 10:00,B\n");

    EXPECT(test_every_allocation_fails(read_little, NULL, &tickets) > 10);
    EXPECT(test_every_allocation_fails(read_little, NULL, &events) > 10);
}
