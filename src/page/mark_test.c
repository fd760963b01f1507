/* The mark as a picture, against tests/golden/marks; TENSTAR_GOLDEN=write
 * writes those. [M21] */

#include "page/mark.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"

#include <stdio.h>
#include <stdlib.h>

enum { PICTURE_MAX = 64 * 1024, PATH_BYTES = 500 };

static struct page_mark plain(void)
{
    return (struct page_mark){
        .number = S("00026SC0001R0M"),
        .width = 60,
        .least = 20,
        .zh = S("服务认证"),
        .en = S("Service certification"),
        .level = S("十星级"),
        .body = S("示例认证有限公司"),
        .approval = S("CNCA-R-2099-000"),
        .address = S("https://example.org/c/00026SC0001R0M"),
        .demonstration = true,
    };
}

static str draw(struct arena *a, struct page_mark page, int64_t stars,
                enum page_mark_colour colour, enum lang l)
{
    struct buf b;
    str out = S("");

    EXPECT(page_mark_draw(a, &page, stars, colour));
    buf_init(&b, a, PICTURE_MAX);
    page_mark_render(&b, l, &page);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- against what it was ------------------------------------------------ */

static FILE *open_golden(const char *name, const char *mode)
{
    const char *root = getenv("TENSTAR_ROOT");
    char path[PATH_BYTES];

    (void)snprintf(path, sizeof path, "%s/tests/golden/marks/%s.svg",
                   root == NULL ? "." : root, name);
    return fopen(path, mode);
}

static void expect_golden(struct arena *a, const char *name, str got)
{
    const char *wish = getenv("TENSTAR_GOLDEN");
    bool write = wish != NULL && strcmp(wish, "write") == 0;
    FILE *f = open_golden(name, write ? "wb" : "rb");
    char *bytes = arena_zero(a, PICTURE_MAX);

    EXPECT_ROW(name, f != NULL && bytes != NULL);
    if (f == NULL || bytes == NULL)
        return;
    if (write)
        EXPECT_ROW(name, fwrite(got.p, 1, got.n, f) == got.n);
    else
        EXPECT_ROW_STR(name, got,
                       ((str){ bytes, fread(bytes, 1, PICTURE_MAX, f) }));
    (void)fclose(f);
}

static struct page_mark system_mark(void)
{
    struct page_mark m = plain();

    m.number = S("00026Q0002R0M");
    m.zh = S("管理体系认证");
    m.en = S("Management system certification");
    m.level = S("符合");
    m.address = S("");
    m.demonstration = false;
    return m;
}

TEST(a_mark_is_drawn_as_it_was_in_every_colour)
{
    TEST_ARENA(a, 4 << 20);
    struct page_mark m = plain();

    expect_golden(&a, "colour", draw(&a, m, 10, PAGE_MARK_COLOUR, LANG_ZH));
    expect_golden(&a, "mono", draw(&a, m, 5, PAGE_MARK_MONO, LANG_EN));
    expect_golden(&a, "reversed", draw(&a, m, 12, PAGE_MARK_REVERSED, LANG_ZH));
    expect_golden(&a, "system",
                  draw(&a, system_mark(), 0, PAGE_MARK_COLOUR, LANG_ZH));
}

/* --- what it says -------------------------------------------------------- */

static size_t count(str s, str what)
{
    size_t n = 0;

    for (size_t at = str_find(s, what); at < s.n; at = str_find(s, what)) {
        n++;
        s = str_from(s, at + 1);
    }
    return n;
}

TEST(a_mark_has_as_many_stars_as_the_level_and_never_more_than_there_are)
{
    static const struct {
        int64_t stars;
        size_t want;
    } rows[] = { { -1, 0 }, { 0, 0 }, { 1, 1 }, { 12, 12 }, { 13, 12 } };
    TEST_ARENA(a, 4 << 20);

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(
            count(draw(&a, plain(), rows[i].stars, PAGE_MARK_COLOUR, LANG_ZH),
                  S("translate(")) == rows[i].want);
}

TEST(only_a_demonstration_s_mark_says_example)
{
    TEST_ARENA(a, 4 << 20);
    struct page_mark m = plain();

    m.body = S("认证有限公司");
    EXPECT(str_contains(draw(&a, m, 1, PAGE_MARK_MONO, LANG_ZH),
                        S(">示例</text>")));
    EXPECT(str_contains(draw(&a, m, 1, PAGE_MARK_MONO, LANG_EN),
                        S(">EXAMPLE</text>")));
    m.demonstration = false;
    EXPECT(!str_contains(draw(&a, m, 1, PAGE_MARK_MONO, LANG_ZH), S("示例")));
}

/* One colour is one: nothing but black and white. */
TEST(a_mark_of_one_colour_has_no_other)
{
    TEST_ARENA(a, 4 << 20);
    str rest = draw(&a, plain(), 10, PAGE_MARK_MONO, LANG_ZH);

    for (size_t at = str_find(rest, S("\"#")); at < rest.n;
         at = str_find(rest, S("\"#"))) {
        str colour = str_first(str_from(rest, at + 1), 7);

        EXPECT_ROW(colour.p, str_eq(colour, S("#000000")) ||
                                 str_eq(colour, S("#ffffff")));
        rest = str_from(rest, at + 1);
    }
}

/* [MA1] Both sides: what just has room keeps its size. */
TEST(a_line_that_is_too_long_is_set_smaller)
{
    TEST_ARENA(a, 4 << 20);
    struct page_mark m = plain();

    m.body = S("示例认证有限公司示例认证有限公司");
    EXPECT(page_mark_draw(&a, &m, 1, PAGE_MARK_MONO));
    int64_t sixteen = m.body_size;
    m.body =
        S("示例认证有限公司示例认证有限公司示例认证有限公司示例认证有限公司");
    EXPECT(page_mark_draw(&a, &m, 1, PAGE_MARK_MONO));
    EXPECT(sixteen == 19 && m.body_size < 12 && m.body_size > 0);
}

/* [ES1] [TP5] */
TEST(hostile_words_open_nothing_in_a_mark)
{
    static const str evil = S_INIT(
        "\"/><script>alert('x')</script><image href=\"x\"/>&lt;\xff\x01]]>");
    TEST_ARENA(a, 4 << 20);
    struct page_mark m = plain();
    str harmless = draw(&a, m, 3, PAGE_MARK_COLOUR, LANG_ZH);

    m.number = m.zh = m.en = m.level = m.body = m.approval = m.address = evil;
    str got = draw(&a, m, 3, PAGE_MARK_COLOUR, LANG_ZH);
    EXPECT(count(got, S("<")) == count(harmless, S("<")));
    EXPECT(count(got, S("\"")) == count(harmless, S("\"")));
    EXPECT(!str_contains(got, S("<script")) &&
           !str_contains(got, S("href=\"")));
    expect_golden(&a, "hostile", got);
}

static err draw_with(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct page_mark m = plain();
    struct buf b;
    str out;

    arena_init(&a, h, 1 << 20);
    TRY_MEMORY(page_mark_draw(&a, &m, 10, PAGE_MARK_COLOUR));
    buf_init(&b, &a, PICTURE_MAX);
    page_mark_render(&b, LANG_ZH, &m);
    return buf_done(&b, &out);
}

TEST(a_mark_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(draw_with, NULL, NULL) > 0);
}
