/*
 * code -- the square code, drawn (figure.h).
 */

#include "base/arena.h"
#include "paint/figure.h"

#include <errno.h>
#include <qrencode.h>

/* Light around the code, in modules, as the standard wants it. */
enum { QUIET = 4, DARK = 1 };

static bool is_dark(const QRcode *code, int row, int column)
{
    return (code->data[row * code->width + column] & DARK) != 0;
}

/* Dark modules beside each other are one bar: no seams between them. */
static void row_of_bars(struct ink *k, const QRcode *code, int row)
{
    for (int at = 0; at < code->width; at++) {
        int from = at;

        while (at < code->width && is_dark(code, row, at))
            at++;
        if (at > from)
            cairo_rectangle(k->cr, from, row, at - from, 1);
    }
}

static void draw(struct ink *k, const struct place *p, const QRcode *code)
{
    double module = p->width / code->width;
    double light = QUIET * module;

    if (k->measuring)
        return;
    cairo_rectangle(k->cr, p->x - light, p->y - light, p->width + 2 * light,
                    p->width + 2 * light);
    ink_set(k, ink_white);
    cairo_fill(k->cr);
    cairo_save(k->cr);
    cairo_translate(k->cr, p->x, p->y);
    cairo_scale(k->cr, module, module);
    for (int row = 0; row < code->width; row++)
        row_of_bars(k, code, row);
    cairo_restore(k->cr);
    cairo_set_source_rgb(k->cr, 0.04, 0.08, 0.12);
    cairo_fill(k->cr);
}

err figure_code(struct arena *a, struct ink *k, const struct place *p, str text)
{
    QRcode *code;
    str ended;

    TRY_MEMORY(arena_str(a, text, &ended));
    code = QRcode_encodeString(ended.p, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL && errno == ENOMEM)
        return err_memory();
    if (code == NULL)
        return err_new(a, ERR_LIMIT, "paint.code", ARG_INT("bytes", text.n));
    draw(k, p, code);
    QRcode_free(code);
    return OK;
}
