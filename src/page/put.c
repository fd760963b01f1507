#include "page/put.h"

#include "base/buf.h"
#include "page/escape.h"

void put_int(struct buf *out, int64_t n)
{
    buf_int(out, n);
}

void put_day(struct buf *out, enum lang l, day d)
{
    char value[TEXT_VALUE];

    buf_str(out, text_day(l, d, value));
}

void put_money(struct buf *out, int64_t fen)
{
    char value[TEXT_VALUE];

    buf_str(out, text_money(fen, value));
}

void put_score(struct buf *out, int64_t hundredths)
{
    char value[TEXT_VALUE];

    buf_str(out, text_score(hundredths, value));
}

void put_percent(struct buf *out, int64_t basis_points)
{
    char value[TEXT_VALUE];

    buf_str(out, text_percent(basis_points, value));
}

void put_id(struct buf *out, enum lang l, const char *id)
{
    if (id != NULL)
        text_render_to(out, escape_html, l, id, NULL);
}
