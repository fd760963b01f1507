#include "paint/written.h"

#include "paint/flow.h"

#include <cairo-pdf.h>

cairo_status_t written_keep(void *to, const unsigned char *bytes, unsigned n)
{
    struct buf *b = to;

    buf_str(b, (str){ (const char *)bytes, n });
    return failed(b->first) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *written_begin(struct buf *to)
{
    cairo_surface_t *s =
        cairo_pdf_surface_create_for_stream(written_keep, to, PAINT_WIDTH,
                                            PAINT_HEIGHT);

    cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
    return s;
}

err written_end(struct arena *a, cairo_surface_t *s, struct buf *to, str *out)
{
    cairo_status_t status;

    cairo_surface_finish(s);
    status = cairo_surface_status(s);
    cairo_surface_destroy(s);
    TRY(to->first);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_new(a, ERR_IO, "paint.library",
                       ARG_STR("why", str_of(cairo_status_to_string(status))));
    return buf_done(to, out);
}
