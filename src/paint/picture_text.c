/* A picture as canonical JSON; apart from its drawing, so that who only asks
 * for one needs none of the libraries that draw. */
#include "paint/picture.h"

#include "codec/canonical.h"

enum { TEXT_MOST = 64 << 20 };

static const struct field picture_fields[] = {
    F_STR(struct paint_picture, svg, 1, PICTURE_SVG),
    F_INT(struct paint_picture, pixels, 1, PICTURE_PIXELS),
    F_INT_OPT(struct paint_picture, millimetres, 0, PICTURE_WIDTH),
    F_BOOL_OPT(struct paint_picture, whole),
};
const struct record paint_picture_record =
    RECORD(paint_picture, picture_fields);

err paint_picture_write(struct arena *a, const struct paint_picture *p,
                        str *out)
{
    return record_text(a, &paint_picture_record, p, TEXT_MOST, out);
}
