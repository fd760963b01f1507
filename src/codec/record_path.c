#include "codec/record_path.h"

#include "base/buf.h"

enum { PATH_MAX_BYTES = 2000 };

static void write_path(struct buf *b, const struct record_path *p)
{
    if (p == NULL)
        return;
    write_path(b, p->up);
    if (p->name == NULL) {
        buf_printf(b, "[%zu]", p->index);
        return;
    }
    if (buf_view(b).n > 0)
        buf_char(b, '.');
    buf_str(b, str_of(p->name));
}

str record_path_text(struct arena *a, const struct record_path *path)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, PATH_MAX_BYTES);
    write_path(&b, path);
    if (path == NULL)
        buf_char(&b, '.');
    return failed(buf_done(&b, &out)) ? S("") : out;
}
