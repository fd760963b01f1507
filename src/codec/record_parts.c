#include "codec/record_parts.h"

#include "base/buf.h"
#include "codec/record.h"
#include "codec/utf8.h"

enum {
    NAME_CHARS = 60,      /* of an unknown member's name that a message shows */
    PATH_BYTES = 1 << 16, /* more than JSON_DEPTH such names */
};

static void write_path(struct buf *b, const struct record_path *p)
{
    if (p == NULL)
        return;
    write_path(b, p->up);
    if (p->name.n == 0) {
        buf_printf(b, "[%zu]", p->index);
        return;
    }
    if (buf_view(b).n > 0)
        buf_char(b, '.');
    buf_str(b, utf8_first(p->name, NAME_CHARS));
}

err record_path_text(struct arena *a, const struct record_path *path, str *out)
{
    struct buf b;

    buf_init(&b, a, PATH_BYTES);
    write_path(&b, path);
    if (path == NULL)
        buf_char(&b, '.');
    return buf_done(&b, out);
}

/* Most fields differ in their first letters, so no length is measured. */
static bool is_called(const struct field *f, str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if (f->name[i] != name.p[i] || f->name[i] == '\0')
            return false;
    }
    return f->name[name.n] == '\0';
}

const struct field *record_find(const struct record *r, str name, size_t *from)
{
    for (size_t k = 0; k < r->n; k++) {
        size_t i = (*from + k) % r->n;

        if (is_called(&r->fields[i], name)) {
            *from = i + 1;
            return &r->fields[i];
        }
    }
    return NULL;
}
