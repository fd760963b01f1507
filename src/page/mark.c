#include "page/mark.h"

#include "base/arena.h"
#include "codec/utf8.h"

/* In units of the picture, 640 wide. */
enum {
    LINE = 379,  /* the right-hand column */
    TITLE = 274, /* beside "example" */
    PANEL = 160, /* the left-hand one */
    STAR = 27,   /* from star to star */
    FIRST_STAR = 238,
};

/* About as wide as it is set: Han signs are square, others little more than
 * half of that, in hundredths of the size. */
static int64_t width_of(str s)
{
    int64_t sum = 0;
    size_t at = 0;
    uint32_t c;

    while (utf8_next(s, &at, &c))
        sum += c >= 0x2E80 ? 106 : 60;
    return sum;
}

/* [MA1] */
static int64_t fit(str s, int64_t room, int64_t size)
{
    while (size > 1 && width_of(s) * size > room * 100)
        size--;
    return size;
}

static void set_colours(struct page_mark *page, enum page_mark_colour colour)
{
    static const struct {
        const char *paper;
        const char *edge;
        const char *panel;
        const char *on_panel;
        const char *ink;
        const char *quiet;
        const char *accent;
    } sets[PAGE_MARK_COLOUR_COUNT] = {
        [PAGE_MARK_COLOUR] = { "#ffffff", "#0f4c5c", "#0f4c5c", "#ffffff",
                               "#12303a", "#4a5f68", "#a06a0e" },
        [PAGE_MARK_MONO] = { "#ffffff", "#000000", "#000000", "#ffffff",
                             "#000000", "#000000", "#000000" },
        [PAGE_MARK_REVERSED] = { "#12303a", "#ffffff", "#ffffff", "#12303a",
                                 "#ffffff", "#ffffff", "#ffffff" },
    };

    page->paper = str_of(sets[colour].paper);
    page->edge = str_of(sets[colour].edge);
    page->panel = str_of(sets[colour].panel);
    page->on_panel = str_of(sets[colour].on_panel);
    page->ink = str_of(sets[colour].ink);
    page->quiet = str_of(sets[colour].quiet);
    page->accent = str_of(sets[colour].accent);
}

bool page_mark_draw(struct arena *a, struct page_mark *page, int64_t stars,
                    enum page_mark_colour colour)
{
    size_t n = stars < 0 ? 0 : (size_t)stars;
    struct page_mark_stars *row;

    n = n > PAGE_STARS_MAX ? PAGE_STARS_MAX : n;
    row = arena_array(a, n, sizeof *row);
    if (row == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        row[i].x = FIRST_STAR + STAR * (int64_t)i;
    page->stars = row;
    page->stars_n = n;
    page->zh_size = fit(page->zh, TITLE, 46);
    page->en_size = fit(page->en, LINE, 17);
    page->level_size = fit(page->level, PANEL, 34);
    page->body_size = fit(page->body, LINE, 19);
    page->address_size = fit(page->address, LINE, 14);
    set_colours(page, colour);
    return true;
}
