/*
 * code -- the square code, drawn (figure.h).
 */

#include "base/buf.h"
#include "codec/gzip.h"
#include "paint/figure.h"
#include "paint/plate.h"

#include <errno.h>
#include <qrencode.h>

/* Light around the code, in modules, as the standard wants it. */
enum { QUIET = 4, DARK = 1, BARS_MOST = 1 << 20 };

static bool is_dark(const QRcode *code, int row, int column)
{
    return (code->data[row * code->width + column] & DARK) != 0;
}

/* Dark modules beside each other are one bar: no seams between them. */
static void row_of_bars(struct buf *b, const QRcode *code, int row)
{
    for (int at = 0; at < code->width; at++) {
        int from = at;

        while (at < code->width && is_dark(code, row, at))
            at++;
        if (at > from)
            buf_printf(b, "%d %d %d 1 re\n", from, row, at - from);
    }
}

/* In whole modules, and past cairo: to it a thousand bars are a thousand paths
 * of points with fractions. */
static err write_bars(struct arena *a, const QRcode *code, struct plate *out)
{
    struct buf b;
    struct buf about;
    str bars;

    buf_init(&b, a, BARS_MOST);
    buf_str(&b, S("0.04 0.08 0.12 rg\n"));
    for (int row = 0; row < code->width; row++)
        row_of_bars(&b, code, row);
    buf_str(&b, S("f\n"));
    TRY(buf_done(&b, &bars));
    buf_init(&about, a, BARS_MOST);
    buf_printf(&about, "   /BBox [ 0 0 %d %d ]\n", code->width, code->width);
    *out = (struct plate){ .resources = S("<< >>\n") };
    TRY(buf_done(&about, &out->about));
    return zlib_write(a, bars, &out->stream);
}

static err draw(struct arena *a, struct ink *k, const struct place *p,
                const QRcode *code)
{
    double module = p->width / code->width;
    double light = QUIET * module;
    struct place ground = { p->x - light, p->y - light, p->width + 2 * light };
    struct plate bars;
    err e;

    if (k->measuring)
        return OK;
    TRY(write_bars(a, code, &bars));
    ink_fill(k, &ground, ground.width, ink_white);
    cairo_save(k->cr);
    cairo_translate(k->cr, p->x, p->y);
    cairo_scale(k->cr, module, module);
    e = plate_lay(a, k, &bars);
    cairo_restore(k->cr);
    return e;
}

err figure_code(struct arena *a, struct ink *k, const struct place *p, str text)
{
    QRcode *code;
    str ended;
    err e;

    TRY_MEMORY(arena_str(a, text, &ended));
    code = QRcode_encodeString(ended.p, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL && errno == ENOMEM)
        return err_memory();
    if (code == NULL)
        return err_new(a, ERR_LIMIT, "paint.code", ARG_INT("bytes", text.n));
    e = draw(a, k, p, code);
    QRcode_free(code);
    return e;
}
