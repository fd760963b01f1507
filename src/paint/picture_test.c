/* Drawings as PNG files. [PI1]..[PI5] [SV1] [SV2] */
#include "paint/picture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/test.h"
#include "paint/paint.h"
#include "paint/painter.h"

#include <cairo.h>
#include <qrencode.h>
#include <stdint.h>

enum { MEMORY = 64 << 20, QUIET = 4, SIDE = 33 };

static struct studio *studio(void)
{
    static struct studio s;
    static struct heap heap;
    static bool open;
    TEST_ARENA(a, 1 << 20);

    heap = HEAP_LIBC;
    if (!open)
        EXPECT_OK(studio_open(&a, &heap, &s));
    open = true;
    return &s;
}

/* --- a PNG, read by somebody else ------------------------------------------
 */

static cairo_status_t give(void *from, unsigned char *bytes, unsigned n)
{
    str *rest = from;

    if (rest->n < n)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, rest->p, n);
    *rest = str_from(*rest, n);
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *read_png(str png)
{
    return cairo_image_surface_create_from_png_stream(give, &png);
}

static void surface_end(cairo_surface_t **s)
{
    cairo_surface_destroy(*s);
}

/* 0xAARRGGBB, its colours as strong as they cover. */
static uint32_t pixel(cairo_surface_t *s, int x, int y)
{
    const unsigned char *at = cairo_image_surface_get_data(s) +
                              (ptrdiff_t)y * cairo_image_surface_get_stride(s) +
                              (ptrdiff_t)x * (ptrdiff_t)sizeof(uint32_t);
    uint32_t c;

    memcpy(&c, at, sizeof c);
    return c;
}

/* Of so many pixels beside and below each other one has that colour. */
static bool has(cairo_surface_t *s, int x, int y, int n, uint32_t colour)
{
    for (int i = 0; i < n * n; i++) {
        if (pixel(s, x + i % n, y + i / n) == colour)
            return true;
    }
    return false;
}

/* --- square codes [PI3] ----------------------------------------------------
 */

static const char text[] = "HTTPS://EXAMPLE.TEST/C/00026SC0001R0S";

static str draw_code(struct arena *a, const QRcode *code)
{
    struct buf b;
    str svg = S("");

    buf_init(&b, a, PICTURE_SVG);
    buf_printf(&b,
               "<svg xmlns=\"http://www.w3.org/2000/svg\""
               " viewBox=\"0 0 %d %d\" role=\"img\">\n"
               "<rect x=\"0\" y=\"0\" width=\"%d\" height=\"%d\""
               " fill=\"#ffffff\"/>\n<path fill=\"#0a141f\" d=\"",
               code->width + 2 * QUIET, code->width + 2 * QUIET,
               code->width + 2 * QUIET, code->width + 2 * QUIET);
    for (int i = 0; i < code->width * code->width; i++) {
        if ((code->data[i] & 1) != 0)
            buf_printf(&b, "M%d %dh1v1h-1z", i % code->width + QUIET,
                       i / code->width + QUIET);
    }
    buf_str(&b, S("\"/>\n</svg>\n"));
    EXPECT_OK(buf_done(&b, &svg));
    return svg;
}

/* How many pixels are not what the code says. */
static long wrong_pixels(cairo_surface_t *s, const QRcode *code, int each)
{
    int width = cairo_image_surface_get_width(s);
    long wrong = 0;

    for (int i = 0; i < width * width; i++) {
        int x = i % width / each - QUIET;
        int y = i / width / each - QUIET;
        bool inside = x >= 0 && y >= 0 && x < code->width && y < code->width;
        bool dark = inside && (code->data[y * code->width + x] & 1) != 0;

        if (pixel(s, i % width, i / width) != (dark ? 0xFF0A141F : 0xFFFFFFFF))
            wrong++;
    }
    return wrong;
}

TEST(every_pixel_of_a_square_code_is_that_of_its_module)
{
    static const struct {
        const char *why;
        int64_t least;
        int each; /* pixels of a module */
    } rows[] = {
        { "for the web", 300, 10 },
        { "as many as whole modules take", 264, 8 },
        { "one more", 265, 9 },
        { "30 mm at 600 to the inch", 709, 22 },
        { "fewer than modules", 1, 1 },
    };
    TEST_ARENA(a, MEMORY);
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);

    EXPECT(code != NULL && code->width + 2 * QUIET == SIDE);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scoped(surface_end) cairo_surface_t *s = NULL;
        const struct paint_picture p = { .svg = draw_code(&a, code),
                                         .pixels = rows[i].least,
                                         .whole = true };
        str png = S("");

        EXPECT_ROW_OK(rows[i].why, paint_png(&a, studio(), &p, &png));
        s = read_png(png);
        EXPECT_ROW(rows[i].why,
                   cairo_image_surface_get_width(s) == SIDE * rows[i].each &&
                       wrong_pixels(s, code, rows[i].each) == 0);
    }
    QRcode_free(code);
}

/* --- what a drawing says ---------------------------------------------------
 */

#define BEGIN "<svg width=\"60mm\" viewBox=\"0 0 64 32\">"

static const char drawing[] =
    BEGIN "<title>a &amp; b</title><desc>c</desc>"
          "<rect x=\"0\" y=\"0\" width=\"64\" height=\"32\" rx=\"8\""
          " fill=\"#0f4c5c\"/>"
          "<path d=\"M8 16A8 8 0 0 1 24 16A8 8 0 1 1 8 16Z\" fill=\"#a06a0e\"/>"
          "<g fill=\"none\" stroke=\"#ffffff\" stroke-linecap=\"round\">"
          "<path transform=\"translate(32 0)\" stroke-width=\"4\""
          " d=\"M0 28H28V28L28 28\"/></g>"
          "<g font-family=\"Noto Sans CJK SC, sans-serif\" font-weight=\"700\">"
          "<text x=\"60\" y=\"20\" font-size=\"14\" text-anchor=\"end\""
          " fill=\"#ffffff\">A&lt;证</text></g>"
          "</svg>";

TEST(a_drawing_is_drawn_as_it_says)
{
    static const uint32_t teal = 0xFF0F4C5C;
    static const uint32_t brown = 0xFFA06A0E;
    static const uint32_t white = 0xFFFFFFFF;
    TEST_ARENA(a, MEMORY);
    const struct paint_picture p = { .svg = str_of(drawing), .pixels = 640 };
    scoped(surface_end) cairo_surface_t *s = NULL;
    str png = S("");

    EXPECT_OK(paint_png(&a, studio(), &p, &png));
    s = read_png(png);
    EXPECT(cairo_image_surface_get_width(s) == 640 &&
           cairo_image_surface_get_height(s) == 320);
    EXPECT(pixel(s, 5, 5) == 0); /* the corner is round, and no paper there */
    EXPECT(pixel(s, 320, 5) == teal);
    EXPECT(pixel(s, 160, 160) == brown); /* the middle of the disc .. */
    EXPECT(pixel(s, 160, 85) == brown && pixel(s, 160, 235) == brown);
    EXPECT(pixel(s, 160, 75) == teal && pixel(s, 160, 245) == teal);
    EXPECT(pixel(s, 85, 160) == brown && pixel(s, 245, 160) == teal);
    EXPECT(pixel(s, 460, 280) == white && pixel(s, 460, 305) == teal);
    EXPECT(pixel(s, 605, 280) == white); /* what is round at its ends */
    /* letters stand before their end and not behind it */
    EXPECT(has(s, 460, 100, 100, white) && !has(s, 601, 100, 39, white));
}

/* [PI5] */
TEST(the_same_drawing_gives_the_same_bytes)
{
    TEST_ARENA(a, MEMORY);
    const struct paint_picture p = { .svg = str_of(drawing), .pixels = 640 };
    scoped(painter_end) struct painter worker = PAINTER_NONE;
    str first = S("");
    str second = S("");

    EXPECT_OK(paint_png(&a, studio(), &p, &first));
    EXPECT_OK(painter_draw(&worker, &a, &p, &second));
    EXPECT(str_begins(first, S("\x89PNG")) && str_eq(first, second));
}

/* [PI4] 1417 pixels on 60 mm are 23617 to the metre: 600 to the inch. */
TEST(a_picture_for_print_says_how_large_it_is)
{
    TEST_ARENA(a, MEMORY);
    struct paint_picture p = { .svg = str_of(drawing), .pixels = 1417 };
    scoped(surface_end) cairo_surface_t *s = NULL;
    str png = S("");

    EXPECT_OK(paint_png(&a, studio(), &p, &png));
    EXPECT(!str_contains(png, S("pHYs")));
    p.millimetres = 60;
    EXPECT_OK(paint_png(&a, studio(), &p, &png));
    /* behind the head: length, name, 0x5C41 both ways, to the metre, sum */
    EXPECT_STR(str_first(str_from(png, 33), 21),
               ((str){ "\0\0\0\x09pHYs\0\0\x5C\x41\0\0\x5C\x41\x01"
                       "\x46\xD0\xE5\x3E",
                       21 }));
    s = read_png(png);
    EXPECT(cairo_surface_status(s) == CAIRO_STATUS_SUCCESS);
}

/* --- refusals [PI1] [PI2] ---------------------------------------------------
 */

TEST(what_is_not_known_is_not_left_out)
{
    static const struct {
        const char *why;
        const char *svg;
        const char *what;
    } rows[] = {
        { "no drawing", "hello", "svg" },
        { "another element first", "<g></g>", "svg" },
        { "no size", "<svg></svg>", "viewBox" },
        { "a size that is no number", "<svg viewBox=\"0 0 x y\"></svg>",
          "viewBox" },
        { "of nothing", "<svg viewBox=\"0 0 0 0\"></svg>", "viewBox" },
        { "from elsewhere", "<svg viewBox=\"1 0 9 9\"></svg>", "viewBox" },
        { "an element", BEGIN "<circle/></svg>", "circle" },
        { "an attribute", BEGIN "<rect style=\"x\"/></svg>", "style" },
        { "no value", BEGIN "<rect x/></svg>", "x" },
        { "a colour by its name", BEGIN "<rect fill=\"red\"/></svg>", "fill" },
        { "a colour that is none", BEGIN "<rect fill=\"#00000g\"/></svg>",
          "fill" },
        { "a number in per cent", BEGIN "<rect width=\"9%\"/></svg>", "width" },
        { "a curve", BEGIN "<path d=\"M0 0Q1 1 2 2\"/></svg>", "M0 0Q1 1 2 2" },
        { "an ellipse", BEGIN "<path d=\"M0 0A1 2 0 0 0 2 2\"/></svg>",
          "M0 0A1 2 0 0 0 2 2" },
        { "too few numbers", BEGIN "<path d=\"M0\"/></svg>", "M0" },
        { "a turn", BEGIN "<path transform=\"rotate(9)\" d=\"\"/></svg>",
          "rotate(9)" },
        { "a group elsewhere",
          BEGIN "<g transform=\"translate(1 1)\"></g></svg>",
          "translate(1 1)" },
        { "a character by number", BEGIN "<text>&#65;</text></svg>", "&#65;" },
        { "no end", BEGIN "<g>", "svg" },
        { "too many ends", BEGIN "</svg></svg>", "svg" },
    };
    TEST_ARENA(a, MEMORY);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct paint_picture p = { .svg = str_of(rows[i].svg),
                                         .pixels = 64 };
        str png = S("");
        err e = paint_png(&a, studio(), &p, &png);

        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "paint.picture");
        EXPECT_ROW(rows[i].why,
                   str_begins(err_arg_text(e, "what"), str_of(rows[i].what)));
        EXPECT_ROW(rows[i].why, png.n == 0);
    }
}

TEST(elements_stand_seven_deep_and_no_deeper)
{
    static const char group[] = "<g><g><g><g><g><g>";
    static const char ends[] = "</g></g></g></g></g></g>";
    TEST_ARENA(a, MEMORY);

    for (int more = 0; more < 2; more++) {
        struct paint_picture p = { .pixels = 64 };
        struct buf b;
        str png;

        buf_init(&b, &a, PICTURE_SVG);
        buf_printf(&b, BEGIN "%s%s%s%s</svg>", group, more ? "<g>" : "",
                   more ? "</g>" : "", ends);
        EXPECT_OK(buf_done(&b, &p.svg));
        err e = paint_png(&a, studio(), &p, &png);
        EXPECT(failed(e) == (more != 0));
    }
}

/* [PI2] */
TEST(a_character_that_no_face_has_refuses_a_picture)
{
    TEST_ARENA(a, MEMORY);
    const struct paint_picture p = {
        .svg = S(BEGIN "<text x=\"1\" y=\"20\" font-size=\"9\">a\xEE\x80\x80"
                       "</text></svg>"),
        .pixels = 64,
    };
    scoped(painter_end) struct painter worker = PAINTER_NONE;
    str png = S("");
    err e = painter_draw(&worker, &a, &p, &png);

    EXPECT_ERR(e, ERR_INVALID, "paint.glyph");
    EXPECT_STR(err_arg_text(e, "code"), S("U+E000"));
    EXPECT(png.n == 0);
}

TEST(a_picture_has_a_most)
{
    TEST_ARENA(a, MEMORY);
    struct paint_picture p = { .svg = S("<svg viewBox=\"0 0 1 9000\"></svg>"),
                               .pixels = 2 };
    scoped(painter_end) struct painter worker = PAINTER_NONE;
    str png = S("");

    EXPECT_ERR(paint_png(&a, studio(), &p, &png), ERR_INVALID, "paint.picture");
    p.pixels = PICTURE_PIXELS + 1;
    EXPECT_ERR(painter_draw(&worker, &a, &p, &png), ERR_INVALID,
               "record.range");
}
