#include "page/page.h"

#include "base/test.h"

TEST(every_status_has_words_in_both_languages_and_a_style)
{
    for (enum page_status s = 0; s < PAGE_STATUS_COUNT; s++) {
        const struct page_status_words *w = page_status_words(s);
        for (enum lang l = 0; l < LANG_COUNT; l++) {
            EXPECT_ROW(w->status, text_get(l, w->status).n > 0);
            EXPECT_ROW(w->means, text_get(l, w->means).n > 0);
        }
        EXPECT_ROW(w->status, w->style.n > 0);
    }
}

TEST(every_change_has_words_in_both_languages_and_a_style)
{
    for (enum page_change c = 0; c < PAGE_CHANGE_COUNT; c++) {
        const struct page_change_words *w = page_change_words(c);
        EXPECT_ROW(w->what, text_get(LANG_ZH, w->what).n > 0);
        EXPECT_ROW(w->what, text_get(LANG_EN, w->what).n > 0);
        EXPECT_ROW(w->what, w->style.n > 0);
    }
}

/* domain.md, code table of 证书状态: the words are the authority's. */
TEST(the_chinese_words_of_a_status_are_those_of_the_authority)
{
    static const struct {
        enum page_status status;
        str zh;
    } rows[] = {
        { PAGE_STATUS_VALID, S_INIT("有效") },
        { PAGE_STATUS_SUSPENDED, S_INIT("暂停") },
        { PAGE_STATUS_WITHDRAWN, S_INIT("撤销") },
        { PAGE_STATUS_CANCELLED, S_INIT("注销") },
        { PAGE_STATUS_EXPIRED, S_INIT("过期失效") },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_STR(text_get(LANG_ZH, page_status_words(rows[i].status)->status),
                   rows[i].zh);
}

TEST(stars_are_as_many_as_the_level_has_within_bounds)
{
    EXPECT_STR(page_stars(-1), S(""));
    EXPECT_STR(page_stars(0), S(""));
    EXPECT_STR(page_stars(1), S("★"));
    EXPECT_STR(page_stars(5), S("★★★★★"));
    EXPECT_STR(page_stars(12), S("★★★★★★★★★★★★"));
    EXPECT_STR(page_stars(INT64_MAX), S("★★★★★★★★★★★★"));
}
