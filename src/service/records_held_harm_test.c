/* Workbooks made to do harm are handed in with a case: each is refused in a
 * sentence, what stays of it is what stays of any file, and the next file is
 * counted. [RH4] [WB1] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "excel/excel.h"
#include "service/test_held.h"
#include "text/text.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    CELLS = 600,
    CELL = 32000,   /* bytes; together more than is unpacked unseen */
    SENTENCE = 400, /* bytes */
};

/* Small as a file: its texts are so many of one letter. */
static str bomb(struct office *o)
{
    str *cells = arena_array(&o->arena, CELLS, sizeof *cells);
    const struct excel_sheet sheet = {
        .name = S("records"), .cells = cells, .rows = CELLS, .columns = 1
    };
    const struct excel_book book = { .sheets = &sheet, .n = 1, .made = 20000 };
    str bytes = S("");

    for (int i = 0; i < CELLS; i++) {
        char *text = arena_zero(&o->arena, CELL);

        memset(text, 'a', CELL);
        (void)snprintf(text, 8, "%07d", i);
        text[7] = 'a';
        cells[i] = (str){ text, CELL };
    }
    EXPECT_OK(excel_write(&o->arena, &book, &bytes));
    return bytes;
}

static str good_book(struct office *o)
{
    static const str cells[] = { S_INIT("报修时间"), S_INIT("网点"),
                                 S_INIT("2025-01-03 09:00"), S_INIT("东站") };
    const struct excel_sheet sheet = {
        .name = S("records"), .cells = cells, .rows = 2, .columns = 2
    };
    const struct excel_book book = { .sheets = &sheet, .n = 1, .made = 20000 };
    str bytes = S("");

    EXPECT_OK(excel_write(&o->arena, &book, &bytes));
    return bytes;
}

/* A workbook by its beginning, and nothing more. */
static str cut(struct office *o)
{
    return str_first(good_book(o), 2000);
}

static str no_workbook(struct office *)
{
    return S("PK\x03\x04 and no more");
}

/* Children that this process has. */
static size_t children(void)
{
    char pids[4096] = { 0 };
    size_t n = 0;
    int fd = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);

    if (fd < 0) /* where the machine does not tell */
        return 0;
    EXPECT(read(fd, pids, sizeof pids - 1) >= 0);
    EXPECT(close(fd) == 0);
    for (const char *p = pids; *p != '\0'; p++)
        n += *p == ' ';
    return n;
}

/* That people read it: in words, without a place to fill. */
static void is_sentence(struct office *o, const char *why, err e)
{
    struct buf b;
    str sentence = S("");

    buf_init(&b, &o->arena, SENTENCE);
    text_err(&b, LANG_EN, e);
    EXPECT_ROW_OK(why, buf_done(&b, &sentence));
    EXPECT_ROW(why, str_ends(sentence, S(".")) && sentence.n > 30);
    EXPECT_ROW(why, str_index(sentence, '{') == sentence.n);
}

ONE_STORE_TEST(a_harmful_workbook_is_refused_and_the_next_file_is_counted, true)
{
    static const struct {
        const char *why;
        str (*make)(struct office *o);
        const char *id;
    } rows[] = {
        { "a bomb", bomb, "xlsx.bomb" },
        { "half a workbook", cut, "xlsx.cut" },
        { "its beginning", no_workbook, "xlsx.cut" },
    };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    size_t before = children();

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *why = rows[i].why;
        const struct held_counted *c = NULL;
        id file = test_held_take(&o, &x, "工单.xlsx", rows[i].make(&o));

        EXPECT_ROW(why, test_held_work(&o) == 1);
        struct held_file f = test_held_look(&o, &x, file);
        EXPECT_ROW(why, f.state == HELD_REFUSED);
        EXPECT_ROW_STR(why, str_of(f.why.info->id), str_of(rows[i].id));
        is_sentence(&o, why, f.why);
        EXPECT_ROW(why, failed(held_counted(o.app, &o.arena, &x, file, &c)));
        EXPECT_ROW(why, c == NULL && children() == before);
        (void)test_held_work(&o);
        EXPECT_ROW_OK(why, held_drop(o.app, &o.arena, &x, file));

        file = test_held_counted(&o, &x, good_book(&o));
        EXPECT_ROW(why, test_held_look(&o, &x, file).state == HELD_COUNTED);
        EXPECT_ROW_OK(why, held_drop(o.app, &o.arena, &x, file));
    }
    EXPECT_STR(office_ask(&o, "SELECT count(*) FROM held_file"), S("0\n"));
}
