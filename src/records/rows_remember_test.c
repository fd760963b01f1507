/* [RO8] What is remembered changes nothing. */

#include "records/rows.h"

#include "base/buf.h"
#include "base/size.h"
#include "records/test_columns.h"

#include <string.h>

/* clang-format off */
#define HEADER \
    "工单号,报修时间,完成时间,更新时间,网点,产品,工程师,业务类别," \
    "设备编号,故障,类型,状态,满意度,重开次数,上门次数,一次修复," \
    "是否回访,是否接通,备件需求,备件满足,联系电话,客户姓名,是否及时\n"
#define MODEL \
    "T1,2025-03-04 10:00,2025-03-04 12:00:00,2025-03-04,东站,A,张三," \
    "家电,S1,漏水,维修,新建,5,0,1,是,是,是,1,1,13800001111,李四,是\n" \
    "T2,2025-03-05 10:00,2025-03-06 12:00:00,2025-03-07,西站,B,王五," \
    "灯具,S2,异响,投诉,关闭,4,1,2,否,否,否,2,1,13800002222,赵六,否\n"
/* clang-format on */

enum { COLUMNS = 23, ROWS = 400, HALF = ROWS / 2 };

/* Cells that columns of all kinds may hold, good and bad. */
static const char *const cells[] = {
    "",
    "无",
    "5",
    " 4 ",
    "\"3\"",
    "5.0",
    "是",
    "否",
    "Y",
    "x",
    "维修",
    "投诉",
    "已取消",
    "关闭",
    "处理中",
    "东站",
    "西站",
    "\"东\"\"站\"",
    "?",
    "NULL",
    "99999",
    "2星",
    "一个有很多字的网点名称比能记住的更长",
    "\"a,b\"",
    "未填写",
    "N/A",
    "n/a ",
    "2025-03-04 10:00",
    "2025-03-04 10:00:00",
    "4/3/2025",
    "13800001111",
    "138****1111",
};

struct half {
    str text;
    uint64_t at;
};

struct reading {
    struct rows rows;
    struct ticket tickets[ROWS];
    size_t n;
};

static bool take(void *into, const struct ticket *t)
{
    struct reading *r = into;

    r->tickets[r->n++] = *t;
    return true;
}

/* Mostly a moment where one is needed, so that most rows are tickets. */
static void draw_row(struct test_random *r, struct buf *b)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        bool opening = i == 1 && test_random_below(r, 8) != 0;

        if (i > 0)
            buf_str(b, S(","));
        buf_str(b, opening ? S("2025-03-04 10:00")
                           : str_of(cells[test_random_below(r, COUNT(cells))]));
    }
    buf_str(b, test_random_below(r, 3) == 0 ? S("\r\n") : S("\n"));
}

static void draw(struct arena *a, struct test_random *r, struct half out[2])
{
    for (size_t k = 0; k < 2; k++) {
        struct buf b;

        buf_init(&b, a, 1 << 18);
        for (size_t i = 0; i < HALF; i++)
            draw_row(r, &b);
        EXPECT_OK(buf_done(&b, &out[k].text));
        out[k].at = k == 0 ? 0 : out[0].text.n;
    }
}

/* The second half first, as a worker may get them. */
static void read_halves(struct reading *r, struct rows_table table, bool plain,
                        const struct half halves[2])
{
    table.plain = plain;
    rows_init(&r->rows, &table);
    r->n = 0;
    for (size_t k = 2; k > 0; k--) {
        const struct rows_part part = { halves[k - 1].text, halves[k - 1].at };

        EXPECT(rows_feed(&r->rows, &part, take, r));
    }
}

static bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    return a->opened == b->opened && a->resolved == b->resolved &&
           a->updated == b->updated && a->at == b->at &&
           a->subject == b->subject && a->number == b->number &&
           a->customer == b->customer && a->phone == b->phone &&
           a->outlet == b->outlet && a->product == b->product &&
           a->person == b->person && a->trade == b->trade;
}

static bool same_answers(const struct ticket *a, const struct ticket *b)
{
    return a->satisfaction == b->satisfaction &&
           a->parts_asked == b->parts_asked &&
           a->parts_filled == b->parts_filled && a->reopened == b->reopened &&
           a->visits == b->visits && a->reopens_known == b->reopens_known &&
           a->repair == b->repair && a->complaint == b->complaint &&
           a->called_back == b->called_back && a->reached == b->reached &&
           a->excluded == b->excluded && a->void_kind == b->void_kind &&
           a->said_in_time == b->said_in_time && a->state == b->state;
}

static void same_words(const struct words *a, const struct words *b)
{
    uint32_t left[COUNT(cells)];
    uint32_t right[COUNT(cells)];
    uint32_t spare[COUNT(cells)];

    EXPECT(a->n == b->n && a->n < COUNT(cells));
    words_order(a, left, spare);
    words_order(b, right, spare);
    for (uint32_t i = 0; i < a->n && !test_failing(); i++)
        EXPECT_STR(words_text(a, left[i]), words_text(b, right[i]));
}

static void same_reading(const struct reading *a, const struct reading *b)
{
    EXPECT(a->n == b->n && a->rows.notes_n == b->rows.notes_n);
    for (size_t i = 0; i < a->n && !test_failing(); i++) {
        EXPECT(same_ticket(&a->tickets[i], &b->tickets[i]));
        EXPECT(same_answers(&a->tickets[i], &b->tickets[i]));
    }
    for (size_t i = 0; i < a->rows.notes_n && !test_failing(); i++) {
        const struct row_note *left = &a->rows.notes[i];
        const struct row_note *right = &b->rows.notes[i];

        EXPECT(left->at == right->at && left->column == right->column &&
               left->fault == right->fault);
    }
    for (size_t i = 0; i < ROW_FAULTS; i++)
        EXPECT(a->rows.faults[i] == b->rows.faults[i]);
    same_words(&a->rows.words.outlet, &b->rows.words.outlet);
    same_words(&a->rows.words.product, &b->rows.words.product);
    same_words(&a->rows.words.person, &b->rows.words.person);
    same_words(&a->rows.words.trade, &b->rows.words.trade);
}

/* [property] */
TEST(rows_are_read_with_short_cuts_as_without)
{
    TEST_ARENA(a, 32 << 20);
    struct heap h = HEAP_LIBC;
    struct test_random r = { TEST_SEED };
    const struct column_book *b = NULL;
    struct test_table t;
    struct columns columns;
    static struct reading fast;
    static struct reading plain;

    test_table_read(&a, HEADER MODEL, &t);
    test_columns(&a, &t, NULL, &columns);
    EXPECT_OK(column_book_own(&a, &b));
    for (size_t i = 0; i < columns.n; i++)
        EXPECT_ROW(columns.columns[i].name.p,
                   columns.columns[i].role != COLUMN_NONE);
    const struct rows_table table = { .columns = &columns,
                                      .book = b,
                                      .heap = &h,
                                      .separator = ',',
                                      .quotes = true,
                                      .events = true,
                                      .people = true };
    for (int round = 0; round < 10 && !test_failing(); round++) {
        struct half halves[2];

        draw(&a, &r, halves);
        read_halves(&fast, table, false, halves);
        read_halves(&plain, table, true, halves);
        EXPECT(plain.n > HALF && plain.rows.faults[ROW_SLIP_YES] > 0);
        same_reading(&fast, &plain);
        rows_end(&fast.rows);
        rows_end(&plain.rows);
    }
}
