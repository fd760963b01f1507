/* The page about a certificate that a file brought is the same, byte for byte,
 * whether it is made out of the store or out of the register's book.
 * (service/lookup.h [LU7]) [M24] [M25] */
#include "base/size.h"
#include "service/register_feed.h"
#include "store/imported.h"
#include "web/test_work.h"

#include <stdio.h>

enum { ROWS = 40, NUMBER = 20, PATH = 60, LATER = 3 };

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

static err put_all(struct tx *tx, void *context)
{
    const day today = *(const day *)context;

    for (int i = 0; i < ROWS; i++) {
        const struct imported_row row = {
            .row = i + 1,
            .number = str_of(number_of(i)),
            .holder = str_of(holders[i % 2]),
            .uscc = S("91990000MA00000U2K"),
            .body = S("别的机构"),
            .scheme_id = str_of(schemes[i % 3]),
            .level_id = str_of(levels[i / 3 % 3]),
            .criterion = S("T 1-2026"),
            .scope = i % 4 == 0 ? S("") : S("售后 \"服务\""),
            .issued = today - 100,
            .valid_from = today - 99,
            .valid_until = today - 2 + i % 5,
            .status = i / 5 % 5,
            .status_since = today - 50,
            .line = i + 1,
        };
        bool put;

        TRY(imported_put(tx, &row, &put));
    }
    return OK;
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

    EXPECT_OK(app_write(w.office.app, &w.office.arena, put_all, &today));
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
