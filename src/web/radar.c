#include "web/radar.h"

#include "base/arena.h"
#include "base/buf.h"
#include "page/page.h"

enum { FAR = 190, NAME_FAR = 217, RINGS = 4, PICTURE_MOST = 1 << 18 };

/* How far each point lies; NULL: all as far as `far`. */
static err outline(struct arena *a, const struct radar_share *at, size_t n,
                   int32_t far, str *out)
{
    struct buf b;

    buf_init(&b, a, PICTURE_MOST);
    for (size_t i = 0; i < n; i++) {
        struct spoke p =
            spoke_at(n, i, at == NULL ? far : FAR * at[i].share / 1000);

        buf_char(&b, i == 0 ? 'M' : 'L');
        buf_printf(&b, "%d %d", p.x, p.y);
    }
    buf_char(&b, 'z');
    return buf_done(&b, out);
}

static err draw_rings(struct arena *a, size_t n, struct page_radar *page)
{
    struct page_radar_rings *rings = arena_array(a, RINGS, sizeof *rings);

    TRY_MEMORY(rings);
    for (int32_t i = 0; i < RINGS; i++)
        TRY(outline(a, NULL, n, FAR * (i + 1) / RINGS, &rings[i].path));
    page->rings = rings;
    page->rings_n = RINGS;
    return OK;
}

static err draw_spokes(struct arena *a, const struct radar_share *at, size_t n,
                       struct page_radar *page)
{
    struct page_radar_spokes *spokes = arena_array(a, n, sizeof *spokes);
    struct page_radar_dots *dots = arena_array(a, n, sizeof *dots);

    TRY_MEMORY(spokes != NULL && dots != NULL);
    for (size_t i = 0; i < n; i++) {
        struct spoke end = spoke_at(n, i, FAR);
        struct spoke name = spoke_at(n, i, NAME_FAR);
        struct spoke dot = spoke_at(n, i, FAR * at[i].share / 1000);

        spokes[i] = (struct page_radar_spokes){ end.x, end.y, at[i].name,
                                                name.x, name.y };
        dots[i] = (struct page_radar_dots){ dot.x, dot.y };
    }
    page->spokes = spokes;
    page->spokes_n = n;
    page->dots = dots;
    page->dots_n = n;
    return OK;
}

err radar_draw(struct arena *a, const struct radar_share *at, size_t n,
               str *out)
{
    struct page_radar page = { .shape = S("") };
    struct buf b;

    TRY(draw_rings(a, n, &page));
    TRY(draw_spokes(a, at, n, &page));
    TRY(outline(a, at, n, 0, &page.shape));
    buf_init(&b, a, PICTURE_MOST);
    page_radar_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}
