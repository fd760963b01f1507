/* The page about a certificate that a file brought is the same, byte for byte,
 * whether it is made out of the store or out of the register's book.
 * (service/lookup.h [LU7]) [M24] [M25] */
#include "base/size.h"
#include "service/register_feed.h"
#include "web/test_work.h"

#include <stdio.h>

enum { ROWS = 40, NUMBER = 20, PATH = 60, LATER = 3, SQL_MOST = 1000 };

static const char *const holders[] = { "示例锁业有限公司",
                                       "\"引号\" \\ <b>&amp;" };
static const char *const schemes[] = { "", "mini", "nobody" };
static const char *const levels[] = { "", "ten", "no-such" };

static const char *number_of(int i)
{
    static char number[NUMBER];

    (void)snprintf(number, sizeof number, "X%d", i);
    return number;
}

/* As a file would have brought them. */
static void import(struct office *o)
{
    const day today = office_today(o);
    char sql[SQL_MOST];

    for (int i = 0; i < ROWS; i++) {
        (void)snprintf(
            sql, sizeof sql,
            "INSERT INTO imported VALUES (%d, 'X%d', '%s', '%s', '别的机构',"
            " '%s', '%s', 'T 1-2026', '', '', '%s', %d, %d, %d, %d, %d, %d)",
            i + 1, i, holders[i % 2], "91990000MA00000U2K", schemes[i % 3],
            levels[i / 3 % 3], i % 4 == 0 ? "" : "售后 \"服务\"", today - 100,
            today - 99, today - 2 + i % 5, i / 5 % 5, today - 50, i + 1);
        (void)office_ask(o, sql);
    }
}

static str page_of(struct test_work *w, int i, enum lang l, int later)
{
    struct browser b = { .lang = l };
    char path[PATH];

    w->faces.today = office_today(&w->office) + later;
    (void)snprintf(path, sizeof path, "/c/%s", number_of(i));
    struct response rs = work_get(w, &b, path);
    EXPECT_ROW(path, rs.status == 200);
    return rs.body;
}

ONE_STORE_TEST(book_and_store_give_the_same_page, true)
{
    TEST_WORK(w, place);
    static str before[ROWS][2][LATER];
    day today = office_today(&w.office);
    struct register_feeder f = { .app = w.office.app };
    struct register_turn made = { 0 };

    import(&w.office);
    for (int i = 0; i < ROWS * 2 * LATER; i++)
        before[i / 6][i / 3 % 2][i % 3] =
            page_of(&w, i / 6, i / 3 % 2 == 0 ? LANG_ZH : LANG_EN, i % 3);
    EXPECT_OK(register_turn(&f, &w.office.arena, today, &made));
    EXPECT(made.answers == ROWS);
    (void)office_ask(&w.office, "UPDATE imported SET holder = 'changed'");
    for (int i = 0; i < ROWS * 2 * LATER; i++)
        EXPECT_ROW_STR(number_of(i / 6),
                       page_of(&w, i / 6, i / 3 % 2 == 0 ? LANG_ZH : LANG_EN,
                               i % 3),
                       before[i / 6][i / 3 % 2][i % 3]);
}
