#include "web/square.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/matrix.h"
#include "page/page.h"

#include <errno.h>
#include <qrencode.h>

enum { QUIET = 4, DARK = 1, PICTURE_MOST = 1 << 20, ADDRESS_MOST = 2000 };

/* A code, whoever made it. */
struct code {
    int width;
    const struct matrix *small; /* NULL: it is .. */
    const QRcode *large;
};

static bool is_dark(const struct code *c, int row, int column)
{
    if (c->small != NULL)
        return (c->small->rows[row] >> column & 1) != 0;
    return (c->large->data[row * c->width + column] & DARK) != 0;
}

static void put_number(struct buf *b, int n)
{
    if (n >= 100)
        buf_char(b, (char)('0' + n / 100));
    if (n >= 10)
        buf_char(b, (char)('0' + n / 10 % 10));
    buf_char(b, (char)('0' + n % 10));
}

static void put_start(struct buf *b, int x, int y)
{
    buf_char(b, 'M');
    put_number(b, x);
    buf_char(b, ' ');
    put_number(b, y);
    buf_str(b, S(".5"));
}

static void put_step(struct buf *b, int x)
{
    buf_char(b, 'm');
    put_number(b, x);
    buf_char(b, '-');
    buf_char(b, '0');
}

/* [SQ2]  The bars of a row, each a line through the middle of its modules: the
 * first from where it stands, the others from the end of the one before.  A
 * zero that is negative needs no blank, which in an address takes three bytes.
 */
static void put_row(struct buf *b, const struct code *c, int row)
{
    int end = -QUIET;

    for (int at = 0; at < c->width; at++) {
        int from = at;

        while (at < c->width && is_dark(c, row, at))
            at++;
        if (at == from)
            continue;
        if (end < 0)
            put_start(b, from + QUIET, row + QUIET);
        else
            put_step(b, from - end);
        buf_char(b, 'h');
        put_number(b, at - from);
        end = at;
    }
}

static err draw(struct arena *a, const struct code *c, str *out)
{
    struct page_square page = { .width = c->width + 2L * QUIET };
    struct buf b;

    buf_init(&b, a, PICTURE_MOST);
    for (int row = 0; row < c->width; row++)
        put_row(&b, c, row);
    TRY(buf_done(&b, &page.path));
    buf_init(&b, a, PICTURE_MOST);
    page_square_render(&b, LANG_EN, &page);
    return buf_done(&b, out);
}

/* One too large for matrix.h, as a secret with long names has it. */
static err draw_large(struct arena *a, str text, str *out)
{
    QRcode *code;
    str ended;

    TRY_MEMORY(arena_str(a, text, &ended));
    code = QRcode_encodeString(ended.p, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    if (code == NULL && errno == ENOMEM)
        return err_memory();
    if (code == NULL)
        return err_new(a, ERR_LIMIT, "web.square", ARG_INT("bytes", text.n));
    err e = draw(a, &(struct code){ code->width, NULL, code }, out);
    QRcode_free(code);
    return e;
}

err square_draw(struct arena *a, str text, str *out)
{
    struct matrix small;

    if (!matrix_make(text, &small))
        return draw_large(a, text, out);
    return draw(a, &(struct code){ small.width, &small, NULL }, out);
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
