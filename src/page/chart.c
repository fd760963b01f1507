#include "page/chart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "page/page.h"

enum {
    LEFT = 56, /* of a line's field */
    RIGHT = 688,
    TOP = 14,
    FOOT = 200,
    STEPS = 5, /* of a scale */
    WHOLE = 10000,
    PERCENT = 100,
    HALF_DOT = 3,
    TEXT_DOWN = 4, /* from a line to the base of the text beside it */
    LABELS_MOST = 12,
    SPAN_LEFT = 186, /* of bars */
    SPAN_RIGHT = 560,
    SPAN_TOP = 8,
    SPAN_ROW = 24,
    SPAN_BAR = 14,
    SPAN_FOOT = 24,
    SPAN_END = 4, /* half of the stroke at a span's end */
    SVG_MOST = 1 << 18,
    PATH_MOST = 1 << 17,
    SHORT_MOST = 200,
};

/* What a line's field shows, from its foot to its top. */
struct scale {
    int64_t low;
    int64_t high;
};

static int64_t y_of(struct scale s, int64_t value)
{
    const int64_t room = FOOT - TOP;

    return FOOT - (value - s.low) * room / (s.high - s.low);
}

/* The `i`th of `n` evenly across the field; one alone stands in its middle. */
static int64_t x_of(size_t i, size_t n)
{
    const int64_t room = RIGHT - LEFT;

    if (n == 1)
        return LEFT + room / 2;
    return LEFT + (int64_t)i * room / (int64_t)(n - 1);
}

/* A point of a path. */
static void put_spot(struct buf *b, char command, int64_t x, int64_t y)
{
    buf_char(b, command);
    buf_int(b, x);
    buf_char(b, ' ');
    buf_int(b, y);
}

static err across(struct arena *a, int64_t y, str *out)
{
    struct buf b;

    buf_init(&b, a, SHORT_MOST);
    put_spot(&b, 'M', LEFT, y);
    put_spot(&b, 'L', RIGHT, y);
    return buf_done(&b, out);
}

static err number(struct arena *a, int64_t n, str after, str *out)
{
    struct buf b;

    buf_init(&b, a, SHORT_MOST);
    buf_int(&b, n);
    buf_str(&b, after);
    return buf_done(&b, out);
}

/* --- a line ----------------------------------------------------------------
 */

/* The narrowest of a few that shows every interval and what is wanted. [CH2] */
static struct scale scale_of(const struct chart *c)
{
    static const struct scale scales[] = {
        { 0, 500 },  { 0, 1000 },     { 9000, WHOLE }, { 8000, WHOLE },
        { 0, 2000 }, { 5000, WHOLE }, { 0, 5000 },
    };
    int64_t low = c->mark > 0 ? c->mark : WHOLE;
    int64_t high = c->mark;

    for (size_t i = 0; i < c->n; i++) {
        if (!c->points[i].known)
            continue;
        low = c->points[i].low < low ? c->points[i].low : low;
        high = c->points[i].high > high ? c->points[i].high : high;
    }
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        if (scales[i].low <= low && high <= scales[i].high)
            return scales[i];
    }
    return (struct scale){ 0, WHOLE };
}

/* Where those that are known side by side with the `from`th end. */
static size_t run_end(const struct chart *c, size_t from)
{
    while (from < c->n && c->points[from].known)
        from++;
    return from;
}

/* Around the intervals of [from, to): there above, back below.  A month alone
 * is a stroke of some width. */
static err band_path(struct arena *a, const struct chart *c, struct scale s,
                     size_t from, size_t to, str *out)
{
    int64_t half = to - from == 1 ? SPAN_END : 0;
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    for (size_t i = from; i < to; i++)
        put_spot(&b, i == from ? 'M' : 'L', x_of(i, c->n) - half,
                 y_of(s, c->points[i].high));
    if (half > 0)
        put_spot(&b, 'L', x_of(from, c->n) + half,
                 y_of(s, c->points[from].high));
    for (size_t i = to; i > from; i--)
        put_spot(&b, 'L', x_of(i - 1, c->n) + half,
                 y_of(s, c->points[i - 1].low));
    if (half > 0)
        put_spot(&b, 'L', x_of(from, c->n) - half,
                 y_of(s, c->points[from].low));
    buf_char(&b, 'Z');
    return buf_done(&b, out);
}

static err put_bands(struct arena *a, const struct chart *c, struct scale s,
                     struct page_trend *page)
{
    struct page_trend_band *bands = arena_array(a, c->n, sizeof *bands);
    size_t n = 0;

    TRY_MEMORY(bands != NULL);
    for (size_t i = 0; i < c->n; i++) {
        size_t end = run_end(c, i);

        if (end == i)
            continue;
        TRY(band_path(a, c, s, i, end, &bands[n].path));
        n++;
        i = end;
    }
    page->band = bands;
    page->band_n = n;
    return OK;
}

static err put_line(struct arena *a, const struct chart *c, struct scale s,
                    struct page_trend *page)
{
    struct page_trend_dots *dots = arena_array(a, c->n, sizeof *dots);
    bool begun = false;
    struct buf b;

    TRY_MEMORY(dots != NULL);
    buf_init(&b, a, PATH_MOST);
    put_spot(&b, 'M', LEFT, FOOT); /* a path is never empty */
    for (size_t i = 0; i < c->n; i++) {
        int64_t x = x_of(i, c->n);
        int64_t y = y_of(s, c->points[i].at);

        if (c->points[i].known) {
            put_spot(&b, begun ? 'L' : 'M', x, y);
            dots[page->dots_n++] =
                (struct page_trend_dots){ x - HALF_DOT, y - HALF_DOT };
        }
        begun = c->points[i].known;
    }
    page->dots = dots;
    return buf_done(&b, &page->line);
}

static err put_scale(struct arena *a, struct scale s, str unit, int64_t of,
                     struct page_trend_grid *grid)
{
    for (int64_t i = 0; i <= STEPS; i++) {
        int64_t value = s.low + (s.high - s.low) * i / STEPS;

        grid[i].y = y_of(s, value) + TEXT_DOWN;
        TRY(across(a, y_of(s, value), &grid[i].path));
        TRY(number(a, value / of, unit, &grid[i].label));
    }
    return OK;
}

/* So many that they do not touch. */
static err put_labels(struct arena *a, const struct chart *c,
                      struct page_trend *page)
{
    size_t each = (c->n + LABELS_MOST - 1) / LABELS_MOST;
    struct page_trend_labels *labels = arena_array(a, c->n, sizeof *labels);

    TRY_MEMORY(labels != NULL);
    for (size_t i = 0; i < c->n; i += each)
        labels[page->labels_n++] =
            (struct page_trend_labels){ x_of(i, c->n), c->points[i].name };
    page->labels = labels;
    return OK;
}

err chart_trend(struct arena *a, const struct chart *c, str *out)
{
    struct page_trend_grid grid[STEPS + 1] = { 0 };
    struct page_trend page = { .title = c->title, .marked = c->mark > 0 };
    struct scale s = scale_of(c);
    struct buf b;

    check(c->n >= 1 && c->n <= CHART_POINTS_MAX);
    TRY(put_bands(a, c, s, &page));
    TRY(put_line(a, c, s, &page));
    TRY(put_scale(a, s, S("%"), PERCENT, grid));
    TRY(put_labels(a, c, &page));
    if (page.marked)
        TRY(across(a, y_of(s, c->mark), &page.mark));
    page.grid = grid;
    page.grid_n = STEPS + 1;
    buf_init(&b, a, SVG_MOST);
    page_trend_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}

/* --- bars with spans --------------------------------------------------------
 */

int64_t chart_spans_height(size_t n)
{
    return (int64_t)n * SPAN_ROW + (int64_t)SPAN_TOP + SPAN_FOOT;
}

static int64_t span_x(int64_t value)
{
    const int64_t room = SPAN_RIGHT - SPAN_LEFT;

    return SPAN_LEFT + value * room / WHOLE;
}

static err upright(struct arena *a, int64_t x, size_t n, str *out)
{
    struct buf b;

    buf_init(&b, a, SHORT_MOST);
    put_spot(&b, 'M', x, SPAN_TOP);
    put_spot(&b, 'L', x, chart_spans_height(n) - SPAN_FOOT);
    return buf_done(&b, out);
}

/* |-----| at the height `y`; nothing where nothing is known. */
static err span_path(struct arena *a, const struct chart_point *p, int64_t y,
                     str *out)
{
    int64_t low = span_x(p->low);
    int64_t high = span_x(p->high);
    struct buf b;

    buf_init(&b, a, SHORT_MOST);
    put_spot(&b, 'M', p->known ? low : SPAN_LEFT, y);
    if (p->known) {
        put_spot(&b, 'L', high, y);
        put_spot(&b, 'M', low, y - SPAN_END);
        put_spot(&b, 'L', low, y + SPAN_END);
        put_spot(&b, 'M', high, y - SPAN_END);
        put_spot(&b, 'L', high, y + SPAN_END);
    }
    return buf_done(&b, out);
}

static err put_spans(struct arena *a, const struct chart *c,
                     struct page_spans *page)
{
    struct page_spans_rows *rows = arena_array(a, c->n, sizeof *rows);

    TRY_MEMORY(rows != NULL);
    for (size_t i = 0; i < c->n; i++) {
        const struct chart_point *p = &c->points[i];
        int64_t top = (int64_t)SPAN_TOP + (int64_t)i * SPAN_ROW +
                      (SPAN_ROW - SPAN_BAR) / 2;

        rows[i] = (struct page_spans_rows){
            .name = p->name,
            .value = p->value,
            .top = top,
            .base = top + SPAN_BAR - 2,
            .width = p->known ? span_x(p->at) - SPAN_LEFT : 0,
        };
        TRY(span_path(a, p, top + SPAN_BAR / 2, &rows[i].span));
    }
    page->rows = rows;
    page->rows_n = c->n;
    return OK;
}

err chart_spans(struct arena *a, const struct chart *c, str *out)
{
    struct page_spans_grid grid[STEPS + 1] = { 0 };
    struct page_spans page = {
        .title = c->title,
        .height = chart_spans_height(c->n),
        .bottom = chart_spans_height(c->n) - TEXT_DOWN - 2,
        .marked = c->mark > 0,
    };
    struct buf b;

    check(c->n >= 1 && c->n <= CHART_ROWS_MAX);
    TRY(put_spans(a, c, &page));
    for (int64_t i = 0; i <= STEPS; i++) {
        grid[i].x = span_x(WHOLE * i / STEPS);
        TRY(upright(a, grid[i].x, c->n, &grid[i].path));
        TRY(number(a, PERCENT * i / STEPS, S("%"), &grid[i].label));
    }
    if (page.marked)
        TRY(upright(a, span_x(c->mark), c->n, &page.mark));
    page.grid = grid;
    page.grid_n = STEPS + 1;
    buf_init(&b, a, SVG_MOST);
    page_spans_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}

/* --- days -------------------------------------------------------------------
 */

/* The least of 5, 10, 20, 50, 100 .. that is not below it: its fifth is whole.
 */
static int64_t round_up(int64_t most)
{
    static const int64_t firsts[] = { 5, 10, 20 };

    for (int64_t power = 1; power <= INT64_MAX / 200; power *= 10) {
        for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
            if (firsts[i] * power >= most)
                return firsts[i] * power;
        }
    }
    return most;
}

/* One spot for each step to the right: of the days that fall on it the
 * greatest. */
static void put_days(const struct chart_days *c, struct scale s, struct buf *b)
{
    for (size_t i = 0; i < c->n;) {
        int64_t x = x_of(i, c->n);
        int64_t most = 0;
        bool first = i == 0;

        for (; i < c->n && x_of(i, c->n) == x; i++)
            most = c->counts[i] > most ? c->counts[i] : most;
        put_spot(b, first ? 'M' : 'L', x, y_of(s, most));
    }
}

static err days_paths(struct arena *a, const struct chart_days *c,
                      struct scale s, struct page_days *page)
{
    struct buf b;

    buf_init(&b, a, PATH_MOST);
    put_days(c, s, &b);
    TRY(buf_done(&b, &page->line));
    buf_init(&b, a, PATH_MOST);
    buf_str(&b, page->line);
    put_spot(&b, 'L', x_of(c->n - 1, c->n), FOOT);
    put_spot(&b, 'L', x_of(0, c->n), FOOT);
    buf_char(&b, 'Z');
    return buf_done(&b, &page->area);
}

static err days_labels(struct arena *a, const struct chart_days *c,
                       struct page_days *page)
{
    size_t each = (c->labels_n + LABELS_MOST - 1) / LABELS_MOST;
    struct page_days_labels *labels =
        arena_array(a, c->labels_n, sizeof *labels);

    TRY_MEMORY(labels != NULL);
    for (size_t i = 0; i < c->labels_n; i += each)
        labels[page->labels_n++] =
            (struct page_days_labels){ x_of(c->labels[i].day, c->n),
                                       c->labels[i].name };
    page->labels = labels;
    return OK;
}

err chart_days(struct arena *a, const struct chart_days *c, str *out)
{
    struct page_trend_grid steps[STEPS + 1] = { 0 };
    struct page_days_grid grid[STEPS + 1] = { 0 };
    struct page_days page = { .title = c->title };
    struct scale s = { 0, STEPS };
    struct buf b;

    check(c->n >= 1 && c->n <= CHART_DAYS_MAX);
    for (size_t i = 0; i < c->n; i++)
        s.high = c->counts[i] > s.high ? c->counts[i] : s.high;
    s.high = round_up(s.high);
    TRY(days_paths(a, c, s, &page));
    TRY(days_labels(a, c, &page));
    TRY(put_scale(a, s, S(""), 1, steps));
    for (size_t i = 0; i <= STEPS; i++)
        grid[i] = (struct page_days_grid){ steps[i].y, steps[i].path,
                                           steps[i].label };
    page.grid = grid;
    page.grid_n = STEPS + 1;
    buf_init(&b, a, SVG_MOST);
    page_days_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}
