#include "records/rows.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "records/test_columns.h"

#include <stdio.h>

#define HEADER "工单号,报修时间,完成时间,网点,设备编号,故障,类型,满意度,备注\n"

/* A sample by which the columns are known. */
static const char sample[] =
    HEADER "T1,2025-03-04 10:00,2025-03-04 12:00,东站,A1,漏水,维修,5,x\n"
           "T2,2025-03-05 10:00,2025-03-05 12:00,西站,A2,异响,投诉,4,x\n"
           "T3,2025-03-06 10:00,2025-03-06 12:00,东站,A3,漏水,维修,3,x\n"
           "T4,2025-03-07 10:00,2025-03-08 12:00,东站,A4,不制冷,咨询,1,x\n";

enum { TICKETS = 16 };

struct read_world {
    struct arena a;
    struct heap heap;
    struct columns columns;
    struct rows rows;
    struct ticket tickets[TICKETS];
    size_t n;
};

static bool take(void *into, const struct ticket *t)
{
    struct read_world *w = into;

    if (w->n == TICKETS)
        return false;
    w->tickets[w->n++] = *t;
    return true;
}

static void begin(struct read_world *w)
{
    const struct column_book *b = NULL;
    struct test_table t;

    w->heap = HEAP_LIBC;
    arena_init(&w->a, &w->heap, 4 << 20);
    test_table_read(&w->a, sample, &t);
    test_columns(&w->a, &t, NULL, &w->columns);
    EXPECT_OK(column_book_own(&w->a, &b));
    const struct rows_table table = {
        .columns = &w->columns,
        .book = b,
        .heap = &w->heap,
        .separator = ',',
        .quotes = true,
    };
    rows_init(&w->rows, &table);
    w->n = 0;
}

static void end(struct read_world *w)
{
    rows_end(&w->rows);
    arena_end(&w->a);
}

/* Another table: its header, and what is to be read of it. */
static void begin_with(struct read_world *w, const char *header, bool events,
                       bool people)
{
    const struct column_book *b = NULL;
    struct test_table t;

    w->heap = HEAP_LIBC;
    arena_init(&w->a, &w->heap, 4 << 20);
    test_table_read(&w->a, header, &t);
    test_columns(&w->a, &t, NULL, &w->columns);
    EXPECT_OK(column_book_own(&w->a, &b));
    const struct rows_table table = {
        .columns = &w->columns,
        .book = b,
        .heap = &w->heap,
        .separator = ',',
        .quotes = true,
        .events = events,
        .people = people,
        .key = 5,
    };
    rows_init(&w->rows, &table);
    w->n = 0;
}

static bool feed(struct read_world *w, const char *text)
{
    const struct rows_part part = { str_of(text), 0 };

    return rows_feed(&w->rows, &part, take, w);
}

static int64_t seconds(const char *text)
{
    struct moment m = { 0 };

    EXPECT(moment_read(str_of(text), MOMENT_YMD, &m));
    return m.seconds;
}

TEST(a_row_becomes_a_ticket)
{
    static struct read_world w;

    begin(&w);
    EXPECT(feed(&w, "T1,2025-03-04 10:00,2025-03-04 "
                    "12:30,东站,A1,漏水,投诉,4,\"a, \"\"b\"\"\"\r\n"
                    "\n"
                    "T2,2025-03-04 11:00,,\"东\"\"站\",A1,漏水,报修,?,\n"
                    "T3,2025-03-04 11:00,无,东站,A1,异响,已取消,5,"));
    EXPECT(w.n == 3 && w.rows.read == 3 && w.rows.notes_n == 0);

    const struct ticket *t = w.tickets;
    EXPECT(t[0].opened == seconds("2025-03-04 10:00"));
    EXPECT(t[0].resolved == seconds("2025-03-04 12:30"));
    EXPECT(t[0].complaint == ANSWER_YES && t[0].repair == ANSWER_NO);
    EXPECT(t[0].satisfaction == 4 && t[0].outlet == 1);
    EXPECT(t[1].resolved == MOMENT_NONE && t[1].outlet == 2);
    EXPECT(t[1].repair == ANSWER_YES);
    EXPECT(t[1].satisfaction == SATISFACTION_NONE);
    EXPECT(t[2].excluded == ANSWER_YES && t[2].outlet == 1);
    EXPECT(t[0].subject != 0 && t[0].subject == t[1].subject);
    EXPECT(t[2].subject != t[0].subject);
    EXPECT(t[0].responded == MOMENT_NONE && t[0].visits == 0);
    EXPECT(t[0].reopens_known == ANSWER_UNKNOWN);
    EXPECT(str_eq(words_text(&w.rows.words.outlet, 2), S("东\"站")));
    end(&w);
}

/* [RO1] [RO2] [RO3] */
TEST(what_cannot_be_read_is_counted_and_kept_with_its_place)
{
    static const struct {
        const char *name;
        const char *text;
        size_t column;
        enum row_fault fault;
        bool ticket;
    } rows[] = {
        { "a field too few", "T1,2025-03-04,,,,,,\n", 0, ROW_FIELDS, false },
        { "a field too many", "T1,2025-03-04,,,,,,,,\n", 0, ROW_FIELDS, false },
        { "no opening", "T1,,,,,,,,\n", 1, ROW_NOT_OPENED, false },
        { "no such opening", "T1,yesterday,,,,,,,\n", 1, ROW_NOT_OPENED,
          false },
        { "an open quote", "T1,2025-03-04,,\"东站,,,,,\n", 0, ROW_OPEN_QUOTE,
          false },
        { "no such end", "T1,2025-03-04,soon,,,,,,\n", 2, ROW_SLIP_MOMENT,
          true },
        { "no number", "T1,2025-03-04,,,,,,great,\n", 7, ROW_SLIP_NUMBER,
          true },
        { "too large", "T1,2025-03-04,,,,,,99999,\n", 7, ROW_SLIP_NUMBER,
          true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct read_world w;
        const struct row_note *n = w.rows.notes;

        begin(&w);
        EXPECT_ROW(rows[i].name, feed(&w, rows[i].text));
        EXPECT_ROW(rows[i].name, w.rows.read == 1);
        EXPECT_ROW(rows[i].name, w.rows.notes_n == 1 && n[0].at == 0);
        EXPECT_ROW(rows[i].name, n[0].fault == rows[i].fault);
        EXPECT_ROW(rows[i].name, n[0].column == rows[i].column);
        EXPECT_ROW(rows[i].name, w.rows.faults[rows[i].fault] == 1);
        EXPECT_ROW(rows[i].name, w.n == (rows[i].ticket ? 1 : 0));
        end(&w);
    }
}

#define PEOPLE                                                                 \
    "工单号,报修时间,更新时间,状态,客户姓名,联系电话\n"   \
    "T1,2025-03-04,2025-03-05,处理中,李四,13800001111\n"

/* [RO6] */
TEST(numbers_and_people_are_read_where_they_are_asked_for)
{
    static const struct {
        const char *name;
        bool events;
        bool people;
    } rows[] = {
        { "nothing", false, false },
        { "an event log", true, false },
        { "screens", false, true },
        { "both", true, true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct read_world w;
        const struct ticket *t = w.tickets;
        bool numbers = rows[i].events || rows[i].people;

        begin_with(&w, PEOPLE, rows[i].events, rows[i].people);
        EXPECT_ROW(rows[i].name,
                   feed(&w, "T1,2025-03-04,2025-03-05,处理中,李四,13800001111\n"
                            "T2,2025-03-04,2025-03-06,已完成,王五,13800002222\n"
                            "T1,2025-03-04,x,取消,,\n"));
        EXPECT_ROW(rows[i].name, w.n == 3 && t[0].at == 0 && t[1].at == 54);
        EXPECT_ROW(rows[i].name, (t[0].number != 0) == numbers);
        EXPECT_ROW(rows[i].name, t[0].number == t[2].number);
        EXPECT_ROW(rows[i].name, (t[0].number != t[1].number) == numbers);
        EXPECT_ROW(rows[i].name,
                   (t[0].updated == seconds("2025-03-05")) == rows[i].events);
        EXPECT_ROW(rows[i].name, (t[0].customer != 0) == rows[i].people);
        EXPECT_ROW(rows[i].name, (t[1].phone != t[0].phone) == rows[i].people);
        EXPECT_ROW(rows[i].name, t[2].customer == 0 && t[2].phone == 0);
        EXPECT_ROW(rows[i].name, w.rows.notes_n == (rows[i].events ? 1 : 0));
        EXPECT_ROW(rows[i].name, t[0].state == STATE_OPEN);
        EXPECT_ROW(rows[i].name, t[1].state == STATE_DONE);
        EXPECT_ROW(rows[i].name, t[2].state == STATE_VOID);
        EXPECT_ROW(rows[i].name, t[2].excluded == ANSWER_YES);
        EXPECT_ROW(rows[i].name, t[2].void_kind == ANSWER_UNKNOWN);
        end(&w);
    }
}

/* The hash of a phone, 0 when it tells nobody apart. */
static uint64_t phone_hash(const char *phone, uint64_t key)
{
    static struct read_world w;
    char text[200];

    begin_with(&w, PEOPLE, false, true);
    w.rows.table.key = key;
    (void)snprintf(text, sizeof text, "T1,2025-03-04,,,, %s \n", phone);
    EXPECT(feed(&w, text) && w.n == 1);
    end(&w);
    return w.tickets[0].phone;
}

/* [RO7] */
TEST(a_phone_is_its_digits)
{
    static const struct {
        const char *phone;
        bool same; /* as 13800001111 */
        bool none;
    } rows[] = {
        { "138-0000-1111", true, false },
        { "138 0000 1111", true, false },
        { "+8613800001111", true, false },
        { "+86 138 0000 1111", true, false },
        { "008613800001111", true, false },
        { "13800001112", false, false },
        { "138****1111", false, true },
        { "123456", false, true },
        { "1234567", false, false },
        { "12345678901234567890123456789012", false, false },
        { "123456789012345678901234567890123", false, true },
    };
    uint64_t plain = phone_hash("13800001111", 5);

    EXPECT(plain != phone_hash("13800001111", 6));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint64_t got = phone_hash(rows[i].phone, 5);

        EXPECT_ROW(rows[i].phone, (got == plain) == rows[i].same);
        EXPECT_ROW(rows[i].phone, (got == 0) == rows[i].none);
    }
}

/* [RO9] */
TEST(a_satisfaction_with_a_fraction_passes_the_cuts_below_it)
{
    static const struct {
        const char *cell;
        int16_t want;
        uint16_t hundredths;
    } rows[] = {
        { "4.5", 4, 50 },
        { "4.05", 4, 5 },
        { "4.567", 4, 56 }, /* two digits are kept */
        { "3.9分", 3, 90 },
        { "4.0", 4, 0 },
        { "0.5", 0, 50 },
        { "5.0", 5, 0 },
        { "5.1", 6, 0 },
        { "77", 6, 0 },
        { "4.", 4, 0 },
        { "4.x", SATISFACTION_NONE, 0 },
        { ".5", SATISFACTION_NONE, 0 },
        { "4.5.1", SATISFACTION_NONE, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct read_world w;
        char text[80];

        begin_with(&w,
                   "工单号,报修时间,满意度\nT1,2025-03-04,4.5\n"
                   "T2,2025-03-04,5\nT3,2025-03-04,3.5\n",
                   false, false);
        EXPECT(w.columns.columns[2].scale == SCALE_5);
        (void)snprintf(text, sizeof text, "T1,2025-03-04,%s\n", rows[i].cell);
        EXPECT_ROW(rows[i].cell, feed(&w, text) && w.n == 1);
        EXPECT_ROW(rows[i].cell, w.tickets[0].satisfaction == rows[i].want);
        EXPECT_ROW(rows[i].cell, w.tickets[0].hundredths == rows[i].hundredths);
        end(&w);
    }
}

/* [RO11] */
TEST(a_part_is_low_where_both_numbers_say_so)
{
    static const struct {
        const char *cells;
        enum ticket_answer want;
        uint16_t part;
        uint64_t slips;
    } rows[] = {
        { "压缩机,4,5", ANSWER_YES, 1, 0 },
        { "压缩机,5,5", ANSWER_NO, 1, 0 },
        { "压缩机,-1,5", ANSWER_UNKNOWN, 1, 1 },
        { "压缩机,some,5", ANSWER_UNKNOWN, 1, 1 },
        { "压缩机,4,", ANSWER_UNKNOWN, 1, 0 },
        { ",70000,80000", ANSWER_YES, 0, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static struct read_world w;
        char text[80];

        begin_with(&w,
                   "日期,备件名称,库存数量,安全库存\n2025-03-04,压缩机,4,5\n"
                   "2025-03-04,风扇,70,50\n2025-03-05,风扇,71,50\n",
                   false, false);
        EXPECT(w.columns.place[COLUMN_PART] == 1 &&
               w.columns.place[COLUMN_STOCK_LEAST] == 3);
        (void)snprintf(text, sizeof text, "2025-03-04,%s\n", rows[i].cells);
        EXPECT_ROW(rows[i].cells, feed(&w, text) && w.n == 1);
        EXPECT_ROW(rows[i].cells, w.tickets[0].low == rows[i].want);
        EXPECT_ROW(rows[i].cells, w.tickets[0].part == rows[i].part);
        EXPECT_ROW(rows[i].cells,
                   w.rows.faults[ROW_SLIP_NUMBER] == rows[i].slips);
        end(&w);
    }
}

static bool same_note(const struct row_note *a, const struct row_note *b)
{
    return a->at == b->at && a->column == b->column && a->fault == b->fault;
}

/* [RO3] [RO4] Wherever a file is cut at a row's end. */
TEST(parts_leave_what_the_whole_leaves)
{
    static const char text[] = "T1,2025-03-04,,东站,,,,,\n"
                               "bad\n"
                               "T2,2025-03-05,x,\"西\n站\",,,,,\n"
                               "T3,2025-03-06,,东站,,,,,";
    static const size_t cuts[] = { 0, 27, 31 };
    static struct read_world whole;

    begin(&whole);
    EXPECT(feed(&whole, text));
    EXPECT(whole.n == 3 && whole.rows.notes_n == 2);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        static struct read_world w;
        str all = str_of(text);
        const struct rows_part parts[] = {
            { str_first(all, cuts[i]), 0 }, { str_from(all, cuts[i]), cuts[i] }
        };

        EXPECT(cuts[i] == 0 || text[cuts[i] - 1] == '\n');
        begin(&w);
        EXPECT(rows_feed(&w.rows, &parts[0], take, &w));
        EXPECT(rows_feed(&w.rows, &parts[1], take, &w));
        EXPECT(w.n == whole.n && w.rows.read == whole.rows.read);
        for (size_t k = 0; k < w.n; k++)
            EXPECT(w.tickets[k].opened == whole.tickets[k].opened &&
                   w.tickets[k].outlet == whole.tickets[k].outlet);
        for (size_t k = 0; k < w.rows.notes_n; k++)
            EXPECT(same_note(&w.rows.notes[k], &whole.rows.notes[k]));
        end(&w);
    }
    end(&whole);
}

/* [RO3] Counted without end, kept up to ROWS_KEPT. */
TEST(of_many_bad_rows_the_first_are_kept)
{
    static struct read_world w;
    struct buf b;
    str text;

    begin(&w);
    buf_init(&b, &w.a, 1 << 16);
    for (int i = 0; i < ROWS_KEPT + 5; i++)
        buf_str(&b, S("bad\n"));
    EXPECT_OK(buf_done(&b, &text));
    const struct rows_part part = { text, 7 };
    EXPECT(rows_feed(&w.rows, &part, take, &w));
    EXPECT(w.rows.faults[ROW_FIELDS] == ROWS_KEPT + 5);
    EXPECT(w.rows.notes_n == ROWS_KEPT);
    EXPECT(w.rows.notes[0].at == 7 && w.rows.notes[2].at == 15);
    end(&w);
}

TEST(whoever_takes_tickets_may_end_the_reading)
{
    static struct read_world w;
    struct buf b;
    str text;

    begin(&w);
    buf_init(&b, &w.a, 1 << 16);
    for (int i = 0; i < TICKETS + 1; i++)
        buf_str(&b, S("T,2025-03-04,,,,,,,\n"));
    EXPECT_OK(buf_done(&b, &text));
    const struct rows_part part = { text, 0 };
    EXPECT(!rows_feed(&w.rows, &part, take, &w));
    end(&w);
}

/* [RO10] */
TEST(a_quote_that_stands_alone_costs_its_own_line_only)
{
    static const struct {
        const char *why;
        const char *text;
        size_t tickets;
        uint64_t alone;
    } rows[] = {
        { "a cell of two lines",
          "T1,2025-03-04 10:00,,东站,A1,漏水,维修,5,\"a\nb \"\"c\"\"\"\n"
          "T2,2025-03-04 10:00,,东站,A1,漏水,维修,5,x\n",
          2, 0 },
        { "to the end",
          "T1,2025-03-04 10:00,,东站,A1,漏水,维修,5,6\" pipe\n"
          "T2,2025-03-04 10:00,,东站,A1,漏水,维修,5,x\n"
          "T3,2025-03-04 10:00,,东站,A1,漏水,维修,5,x\n",
          2, 1 },
        { "up to the next one, with as many fields as a row has",
          "T1,2025-03-04 10:00,,东站,A1,漏水,维修,5,6\" pipe\n"
          "T2,2025-03-04 10:00,,东站,A1,漏水,维修,5,x\n"
          "T3,2025-03-04 10:00,,东站,A1,漏水,维修,5,7\" pipe\n"
          "T4,2025-03-04 10:00,,东站,A1,漏水,维修,5,x\n",
          2, 2 },
        { "up to quoted ones",
          "T1,2025-03-04 10:00,,东站,A1,漏水,维修,5,\"6 pipe\n"
          "T2,2025-03-04 10:00,,东站,A1,漏水,维修,5,\"x\"\n"
          "T3,2025-03-04 10:00,,东站,A1,漏水,维修,5,\"y\"\r\n",
          2, 1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        static struct read_world w;

        begin(&w);
        EXPECT_ROW(rows[i].why, feed(&w, rows[i].text));
        EXPECT_ROW(rows[i].why, w.n == rows[i].tickets);
        EXPECT_ROW(rows[i].why, w.rows.faults[ROW_OPEN_QUOTE] == rows[i].alone);
        EXPECT_ROW(rows[i].why, w.rows.faults[ROW_FIELDS] == 0);
        end(&w);
    }
}
