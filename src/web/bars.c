#include "web/bars.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "page/page.h"

enum {
    LEFT = 200,  /* where bars begin */
    RIGHT = 640, /* .. and the longest ends */
    ROW = 32,
    MARGIN = 8,
    BAR_DOWN = 5, /* of a row's top */
    TEXT_DOWN = 21,
    BESIDE = 8,
    PICTURE_MOST = 1 << 16,
};

int64_t bars_height(size_t n)
{
    return (int64_t)n * ROW + (int64_t)MARGIN + MARGIN;
}

static int64_t longest(const struct bar *bars, size_t n)
{
    int64_t most = 1;

    for (size_t i = 0; i < n; i++) {
        most = bars[i].value > most ? bars[i].value : most;
        most = bars[i].mark > most ? bars[i].mark : most;
    }
    return most;
}

/* [BA2]  Halves of a range of 64 bits cannot overflow when divided first. */
static int64_t length_of(int64_t value, int64_t most)
{
    const int64_t room = RIGHT - LEFT;
    int64_t length =
        most > INT64_MAX / room ? value / (most / room) : value * room / most;

    if (length > room)
        return room;
    return value > 0 && length == 0 ? 1 : length;
}

static struct page_bars_rows row_of(const struct bar *bar, size_t i,
                                    int64_t most)
{
    int64_t top = (int64_t)MARGIN + (int64_t)i * ROW;
    int64_t value = length_of(bar->value, most);
    int64_t mark = length_of(bar->mark, most);

    return (struct page_bars_rows){
        .name = bar->name,
        .value = bar->value,
        .top = top + BAR_DOWN,
        .base = top + TEXT_DOWN,
        .width = value,
        .beside = (int64_t)LEFT + (mark > value ? mark : value) + BESIDE,
        .marked = bar->mark > 0,
        .mark = bar->mark,
        .across = (int64_t)LEFT + mark,
        .bottom = top + ROW - BAR_DOWN,
    };
}

err bars_draw(struct arena *a, const struct bar *bars, size_t n, str *out)
{
    struct page_bars_rows *rows = arena_array(a, n, sizeof *rows);
    struct page_bars page = { .height = bars_height(n) };
    int64_t most = longest(bars, n);
    struct buf b;

    check(n >= 1 && n <= BARS_MOST);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++)
        rows[i] = row_of(&bars[i], i, most);
    page.rows = rows;
    page.rows_n = n;
    buf_init(&b, a, PICTURE_MOST);
    page_bars_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}
