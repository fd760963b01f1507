#include "service/records_paper.h"

#include "paint/painter.h"
#include "service/signing.h"

err records_paper(struct app *app, struct arena *a,
                  const struct records_report *r, enum lang lang,
                  const struct body *body, str *out)
{
    scoped(painter_end) struct painter painter = PAINTER_NONE;
    struct signing_wish wish = { .lang = lang };
    struct paint_document d;
    struct signing_done done;

    TRY(report_document(a, r, lang, body, &d));
    wish.title = d.title;
    TRY(painter_paint(&painter, a, &d, &wish.painted));
    TRY(signing_do(app, a, &wish, &done));
    *out = done.file;
    return OK;
}
