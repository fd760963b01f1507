#include "service/picture.h"

#include "paint/painter.h"

enum { PER_INCH = 600, TENTHS_OF_INCH = 254 };

/* [PC1]  Rounded up: never less than 600 to the inch. */
static int64_t in_print(int64_t millimetres)
{
    return (millimetres * 10 * PER_INCH + TENTHS_OF_INCH - 1) / TENTHS_OF_INCH;
}

err picture_png(struct arena *a, const struct picture_wish *wish, str *out)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    bool print = wish->size == PICTURE_PRINT;
    const struct paint_picture p = {
        .svg = wish->svg,
        .pixels = print ? in_print(wish->millimetres) : wish->pixels,
        .millimetres = print ? wish->millimetres : 0,
        .whole = wish->whole,
    };

    return painter_draw(&painter, a, &p, out);
}
