#include "web/square.h"

#include "base/arena.h"
#include "base/buf.h"
#include "page/page.h"

#include <errno.h>
#include <qrencode.h>

enum { QUIET = 4, DARK = 1, PICTURE_MOST = 1 << 20, ADDRESS_MOST = 2000 };

static bool is_dark(const QRcode *code, int row, int column)
{
    return (code->data[row * code->width + column] & DARK) != 0;
}

/* [SQ2] Bars of a row; how many there are then. */
static size_t add_row(const QRcode *code, int row,
                      struct page_square_bars *bars, size_t n)
{
    for (int at = 0; at < code->width; at++) {
        int from = at;

        while (at < code->width && is_dark(code, row, at))
            at++;
        if (at > from)
            bars[n++] = (struct page_square_bars){ from + QUIET, row + QUIET,
                                                   at - from };
    }
    return n;
}

static err draw(struct arena *a, const QRcode *code, str *out)
{
    size_t most = (size_t)code->width * ((size_t)code->width + 1) / 2;
    struct page_square_bars *bars = arena_array(a, most, sizeof *bars);
    struct page_square page = { .width = code->width + 2L * QUIET,
                                .bars = bars };
    struct buf b;

    TRY_MEMORY(bars);
    for (int row = 0; row < code->width; row++)
        page.bars_n = add_row(code, row, bars, page.bars_n);
    buf_init(&b, a, PICTURE_MOST);
    page_square_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}

err square_draw(struct arena *a, str text, str *out)
{
    QRcode *code;
    str ended;

    TRY_MEMORY(arena_str(a, text, &ended));
    code = QRcode_encodeString(ended.p, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    if (code == NULL && errno == ENOMEM)
        return err_memory();
    if (code == NULL)
        return err_new(a, ERR_LIMIT, "web.square", ARG_INT("bytes", text.n));
    err e = draw(a, code, out);
    QRcode_free(code);
    return e;
}

err square_of_certificate(struct arena *a, str site, str number, str *out)
{
    struct buf b;
    str address;

    *out = S("");
    if (site.n == 0)
        return OK;
    buf_init(&b, a, ADDRESS_MOST);
    buf_str(&b, site);
    buf_str(&b, S("/C/"));
    buf_str(&b, number);
    TRY(buf_done(&b, &address));
    return square_draw(a, address, out);
}
