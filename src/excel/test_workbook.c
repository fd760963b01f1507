#include "excel/test_workbook.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/test.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>
#include <zip.h>

enum { PART_MAX = 64 << 20, TEXT_MAX = 1 << 20 };

struct workbook_reader {
    struct arena *a;
    zip_t *zip;
    xmlDoc *strings;
};

str workbook_part(struct workbook_reader *r, const char *name)
{
    zip_stat_t s;

    if (zip_stat(r->zip, name, 0, &s) != 0 || s.size > PART_MAX)
        return S("");
    zip_file_t *f = zip_fopen(r->zip, name, 0);
    char *bytes = arena_zero(r->a, s.size + 1);
    check(f != NULL && bytes != NULL);
    EXPECT(zip_fread(f, bytes, s.size) == (zip_int64_t)s.size);
    (void)zip_fclose(f);
    return (str){ bytes, s.size };
}

static xmlDoc *parse(struct workbook_reader *r, const char *name)
{
    str text = workbook_part(r, name);

    return xmlReadMemory(text.p, (int)text.n, name, NULL, XML_PARSE_NONET);
}

struct workbook_reader *workbook_read(struct arena *a, str bytes)
{
    struct workbook_reader *r = arena_zero(a, sizeof *r);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);

    check(r != NULL && source != NULL);
    r->a = a;
    r->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    EXPECT(r->zip != NULL);
    if (r->zip == NULL) {
        zip_source_free(source);
        return NULL;
    }
    r->strings = parse(r, "xl/sharedStrings.xml");
    return r;
}

void workbook_end(struct workbook_reader **r)
{
    if (*r == NULL)
        return;
    xmlFreeDoc((*r)->strings);
    zip_discard((*r)->zip);
    xmlCleanupParser();
    *r = NULL;
}

/* --- walking ------------------------------------------------------------- */

static bool is(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE &&
           strcmp((const char *)n->name, name) == 0;
}

/* The next element of this name in the order of the document. */
static xmlNode *next(xmlNode *n, const char *name)
{
    while (n != NULL) {
        if (n->children != NULL) {
            n = n->children;
        } else {
            while (n != NULL && n->next == NULL)
                n = n->parent;
            n = n == NULL ? NULL : n->next;
        }
        if (n != NULL && is(n, name))
            return n;
    }
    return NULL;
}

/* The element's own child of this name, or NULL. */
static xmlNode *child(xmlNode *n, const char *name)
{
    xmlNode *c = n->children;

    while (c != NULL && !is(c, name))
        c = c->next;
    return c;
}

static str attribute(struct workbook_reader *r, xmlNode *n, const char *name)
{
    xmlChar *value = xmlGetProp(n, (const xmlChar *)name);
    str out = S("");

    check(arena_str(r->a, str_of((const char *)value), &out));
    xmlFree(value);
    return out;
}

static str content(struct workbook_reader *r, xmlNode *n)
{
    xmlChar *value = xmlNodeGetContent(n);
    str out = S("");

    check(arena_str(r->a, str_of((const char *)value), &out));
    xmlFree(value);
    return out;
}

/* The attribute of every such element, with | between. */
static str join(struct workbook_reader *r, xmlDoc *doc, const char *element,
                const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, r->a, TEXT_MAX);
    for (xmlNode *n = next(xmlDocGetRootElement(doc), element); n != NULL;
         n = next(n, element)) {
        if (buf_view(&b).n > 0)
            buf_char(&b, '|');
        buf_str(&b, attribute(r, n, name));
    }
    check(!failed(buf_done(&b, &out)));
    return out;
}

static xmlDoc *sheet(struct workbook_reader *r, int i)
{
    char name[60];

    (void)snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", i + 1);
    return parse(r, name);
}

/* --- what is in there ---------------------------------------------------- */

str workbook_sheets(struct workbook_reader *r)
{
    xmlDoc *doc = parse(r, "xl/workbook.xml");
    str out = join(r, doc, "sheet", "name");

    xmlFreeDoc(doc);
    return out;
}

str workbook_merges(struct workbook_reader *r, int i)
{
    xmlDoc *doc = sheet(r, i);
    str out = join(r, doc, "mergeCell", "ref");

    xmlFreeDoc(doc);
    return out;
}

/* Shared string number `n`. */
static str shared(struct workbook_reader *r, long n)
{
    xmlNode *si = next(xmlDocGetRootElement(r->strings), "si");

    for (; si != NULL && n > 0; n--)
        si = next(si, "si");
    return si == NULL ? S("") : content(r, si);
}

static str value(struct workbook_reader *r, xmlNode *cell)
{
    xmlNode *v = child(cell, "v");

    if (!str_eq(attribute(r, cell, "t"), S("s")) || v == NULL)
        return S("");
    return shared(r, strtol(content(r, v).p, NULL, 10));
}

str workbook_cell(struct workbook_reader *r, int i, const char *at)
{
    xmlDoc *doc = sheet(r, i);
    str out = S("");

    for (xmlNode *c = next(xmlDocGetRootElement(doc), "c"); c != NULL;
         c = next(c, "c")) {
        if (str_eq(attribute(r, c, "r"), str_of(at)))
            out = value(r, c);
    }
    xmlFreeDoc(doc);
    return out;
}

static size_t count(struct workbook_reader *r, int i, bool texts_only)
{
    xmlDoc *doc = sheet(r, i);
    size_t n = 0;

    for (xmlNode *c = next(xmlDocGetRootElement(doc), "c"); c != NULL;
         c = next(c, "c"))
        n += child(c, "v") != NULL &&
             (!texts_only || str_eq(attribute(r, c, "t"), S("s")));
    xmlFreeDoc(doc);
    return n;
}

size_t workbook_cells(struct workbook_reader *r, int i)
{
    return count(r, i, false);
}

size_t workbook_texts(struct workbook_reader *r, int i)
{
    return count(r, i, true);
}
