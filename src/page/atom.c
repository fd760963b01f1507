#include "page/atom.h"

#include "base/buf.h"
#include "page/escape.h"

/* U+FFFE and U+FFFF are the characters that HTML takes and XML does not; both
 * begin with EF BF. [XML 1.0 2.2] */
static size_t find_none(str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        if ((unsigned char)s.p[i] == 0xef &&
            (unsigned char)s.p[i + 1] == 0xbf &&
            (unsigned char)s.p[i + 2] >= 0xbe)
            return i;
    }
    return s.n;
}

/* [AT1] */
static void put_text(struct buf *out, str s)
{
    while (s.n > 0) {
        size_t at = find_none(s);

        escape_html(out, str_first(s, at));
        if (at < s.n)
            buf_str(out, S("\uFFFD"));
        s = str_from(s, at == s.n ? at : at + 3);
    }
}

static void put_element(struct buf *out, const char *name, str text)
{
    buf_printf(out, "<%s>", name);
    put_text(out, text);
    buf_printf(out, "</%s>\n", name);
}

static void put_link(struct buf *out, const char *rel, const char *type, str to)
{
    if (to.n == 0)
        return;
    /* rules: allow html because it is Atom */
    buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    put_text(out, to);
    buf_str(out, S("\"/>\n"));
}

#define ATOM "application/atom+xml"

void atom_begin(struct buf *out, const struct atom_feed *f)
{
    buf_str(out, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                   "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
    put_text(out, f->lang);
    buf_str(out, S("\">\n"));
    put_element(out, "id", f->id);
    put_element(out, "title", f->title);
    put_element(out, "updated", f->updated);
    buf_str(out, S("<author>\n"));
    put_element(out, "name", f->author);
    buf_str(out, S("</author>\n"));
    put_link(out, "self", ATOM, f->self);
    put_link(out, "alternate", "text/html", f->page);
    put_link(out, "next", ATOM, f->older); /* RFC 5005 3 */
}

void atom_put(struct buf *out, const struct atom_entry *e)
{
    buf_str(out, S("<entry>\n"));
    put_element(out, "id", e->id);
    put_element(out, "title", e->title);
    put_element(out, "updated", e->updated);
    put_element(out, "summary", e->summary);
    put_link(out, "alternate", "text/html", e->page);
    buf_str(out, S("</entry>\n"));
}

void atom_end(struct buf *out)
{
    buf_str(out, S("</feed>\n"));
}
