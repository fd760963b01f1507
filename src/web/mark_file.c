#include "web/mark_file.h"

#include "base/buf.h"
#include "service/picture.h"
#include "web/answer.h"
#include "web/saying.h"

enum { NAME_MOST = 400 };

bool mark_size_asked(const struct request *rq, enum mark_size *out)
{
    str said = asked(rq, "size");

    if (said.n == 0)
        *out = MARK_SVG;
    else if (str_eq(said, S("print")))
        *out = MARK_PRINT;
    else if (str_eq(said, S("web")))
        *out = MARK_WEB;
    else
        return false;
    return true;
}

/* [MF2] */
static void put_name(struct buf *b, const struct mark_file *f)
{
    buf_str(b, f->certificate);
    buf_printf(b, "-%s", f->what);
    switch (f->size) {
    case MARK_SVG: buf_str(b, S(".svg")); return;
    case MARK_PRINT:
        buf_printf(b, "-print-%dmm.png", (int)f->millimetres);
        return;
    case MARK_WEB: buf_str(b, S("-web.png")); return;
    }
}

static err draw(struct request *rq, const struct mark_file *f, str *out)
{
    const struct picture_wish wish = {
        .svg = f->svg,
        .size = f->size == MARK_PRINT ? PICTURE_PRINT : PICTURE_WEB,
        .millimetres = f->millimetres,
        .pixels = f->pixels,
        .whole = f->whole,
    };

    if (f->size != MARK_SVG)
        return picture_png(rq->arena, &wish, out);
    *out = f->svg;
    return OK;
}

err mark_file_send(struct request *rq, struct response *rs,
                   const struct mark_file *f)
{
    str type = f->size == MARK_SVG ? S("image/svg+xml") : S("image/png");
    struct buf b;
    str name;
    str bytes;

    TRY(draw(rq, f, &bytes));
    buf_init(&b, rq->arena, NAME_MOST);
    put_name(&b, f);
    TRY(buf_done(&b, &name));
    return answer_file(rq, rs, name, type, bytes);
}
