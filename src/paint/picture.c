#include "paint/picture.h"

#include "base/buf.h"
#include "paint/paint.h"
#include "paint/svg.h"
#include "paint/written.h"

#include <cairo.h>
#include <math.h>
#include <zlib.h>

/* A PNG: its signature and IHDR, after which pHYs may stand (W3C PNG, 11.3). */
enum { AFTER_HEAD = 33, SIZE_CHUNK = 9, CHUNK_NAME = 4 };

/* --- drawing -------------------------------------------------------------- */

/* One turn: the drawing in one range of faces. */
struct turn {
    struct arena *a;
    str svg;
    double scale; /* pixels to a unit */
    int width;
    int height;
    cairo_surface_t *surface;
    struct missing missing;
};

/* [PI3] */
static err measure(struct turn *t, const struct paint_picture *p)
{
    double width;
    double height;

    TRY(svg_size(t->a, p->svg, &width, &height));
    t->scale = (double)p->pixels / width;
    if (p->whole)
        t->scale = ceil(t->scale);
    t->width = (int)lround(width * t->scale);
    t->height = (int)lround(height * t->scale);
    if (t->width > 2 * PICTURE_PIXELS || t->height > 2 * PICTURE_PIXELS ||
        t->height < 1)
        return err_new(t->a, ERR_INVALID, "paint.picture",
                       ARG_STR("what", S("viewBox")));
    return OK;
}

static err draw(struct turn *t, PangoFontMap *faces)
{
    struct ink k = ink_open(t->surface, faces, "zh-cn");
    err e;

    cairo_scale(k.cr, t->scale, t->scale);
    pango_cairo_update_context(k.cr, k.context);
    e = svg_draw(t->a, &k, t->svg);
    t->missing = k.missing;
    ink_close(&k);
    return e;
}

/* --- the file ------------------------------------------------------------- */

static void put_number(struct buf *b, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        const char byte = (char)(n >> shift & 0xFF);

        buf_str(b, (str){ &byte, 1 });
    }
}

/* [PI4] */
static void put_size(struct arena *a, struct buf *out, int64_t per_metre)
{
    struct buf b;
    str chunk = S("");

    buf_init(&b, a, SIZE_CHUNK + CHUNK_NAME);
    buf_str(&b, S("pHYs"));
    put_number(&b, (uint32_t)per_metre);
    put_number(&b, (uint32_t)per_metre);
    buf_str(&b, S("\1")); /* to the metre */
    if (failed(buf_done(&b, &chunk))) {
        out->first = b.first;
        return;
    }
    put_number(out, SIZE_CHUNK);
    buf_str(out, chunk);
    put_number(out, (uint32_t)crc32(0, (const Bytef *)chunk.p, (uInt)chunk.n));
}

static err write_png(const struct turn *t, str *out)
{
    cairo_status_t status = cairo_surface_status(t->surface);
    struct buf b;

    buf_init(&b, t->a, WRITTEN_MOST);
    if (status == CAIRO_STATUS_SUCCESS)
        status =
            cairo_surface_write_to_png_stream(t->surface, written_keep, &b);
    TRY(b.first);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_new(t->a, ERR_IO, "paint.library",
                       ARG_STR("why", str_of(cairo_status_to_string(status))));
    return buf_done(&b, out);
}

static err write_sized(const struct turn *t, int64_t millimetres, str *out)
{
    struct buf b;
    str plain = S("");

    TRY(write_png(t, &plain));
    if (millimetres == 0) {
        *out = plain;
        return OK;
    }
    buf_init(&b, t->a, WRITTEN_MOST);
    buf_str(&b, str_first(plain, AFTER_HEAD));
    put_size(t->a, &b,
             (t->width * INT64_C(1000) + millimetres / 2) / millimetres);
    buf_str(&b, str_from(plain, AFTER_HEAD));
    return buf_done(&b, out);
}

/* In those faces; without the file where they lack a character. */
static err try_faces(struct turn *t, PangoFontMap *faces,
                     const struct paint_picture *p, str *out)
{
    err e;

    t->surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, t->width, t->height);
    e = draw(t, faces);
    if (!failed(e) && t->missing.character == 0)
        e = write_sized(t, p->millimetres, out);
    cairo_surface_destroy(t->surface);
    return e;
}

/* The fewest faces that have all it says. [PF2] */
err paint_png(struct arena *a, struct studio *studio,
              const struct paint_picture *p, str *out)
{
    struct turn t = { .a = a, .svg = p->svg };
    str written = { NULL, 0 };

    TRY(measure(&t, p));
    for (int i = 0; i < FONTS_RANGES && written.n == 0; i++) {
        PangoFontMap *faces = fonts_map(a, &studio->fonts, i);

        if (faces == NULL)
            break;
        TRY(try_faces(&t, faces, p, &written));
    }
    if (written.n == 0 && t.missing.character != 0)
        return ink_refuse(a, &t.missing);
    if (written.n == 0)
        return err_new(a, ERR_IO, "paint.fonts",
                       ARG_STR("folder", str_of(studio->fonts.folder)));
    *out = written;
    return OK;
}
