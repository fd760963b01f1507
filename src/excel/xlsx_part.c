#include "excel/xlsx_part.h"

#include "base/check.h"

#include <libxml/parser.h>
#include <zip.h>

enum { PER_ATTRIBUTE = 5, MEGABYTE = 1 << 20, NAME_BYTES = 2048 };

/* --- what can be wrong --------------------------------------------------- */

static err refuse(const struct part *p, const char *id)
{
    return err_new(p->in->a, ERR_INVALID, id, ARG_STR("part", p->name));
}

static err unzip_error(const struct part *p, int why)
{
    if (why == ZIP_ER_MEMORY)
        return err_memory();
    if (why == ZIP_ER_NOPASSWD || why == ZIP_ER_ENCRNOTSUPP)
        return refuse(p, "xlsx.password");
    return refuse(p, "xlsx.zip_damaged");
}

static err too_big(const struct part *p)
{
    return err_new(p->in->a, ERR_LIMIT, "xlsx.big", ARG_STR("part", p->name),
                   ARG_INT("most", p->most / MEGABYTE));
}

static err damaged(const struct part *p)
{
    if (p->xml->errNo == XML_ERR_NO_MEMORY)
        return err_memory();
    return err_new(p->in->a, ERR_INVALID, "xlsx.damaged",
                   ARG_STR("part", p->name), ARG_INT("line", part_line(p)));
}

void part_stop(struct part *p, err why)
{
    if (!failed(p->stopped))
        p->stopped = why;
    part_enough(p);
}

void part_enough(struct part *p)
{
    p->enough = true;
}

/* Not before a handler returns: what it was given lies in what is freed. */
static void obey(struct part *p)
{
    if (p->enough)
        xmlStopParser(p->xml);
}

int64_t part_line(const struct part *p)
{
    return xmlSAX2GetLineNumber(p->xml);
}

/* --- libxml2's calls ----------------------------------------------------- */

bool part_attribute(const struct part_attributes *at, const char *name,
                    str *out)
{
    for (size_t i = 0; i < at->n; i++) {
        const xmlChar **one = at->list + i * PER_ATTRIBUTE;

        if (strcmp((const char *)one[0], name) == 0) {
            *out = (str){ (const char *)one[3], (size_t)(one[4] - one[3]) };
            return true;
        }
    }
    return false;
}

/* NOLINTNEXTLINE(readability-function-size): the library wants so many */
static void on_begin(void *user, const xmlChar *name, const xmlChar *,
                     const xmlChar *, int, const xmlChar **, int n, int,
                     const xmlChar **list)
{
    struct part *p = user;
    struct part_attributes at = { list, (size_t)n };

    if (++p->depth > PART_DEPTH)
        part_stop(p, damaged(p));
    else
        p->handler->begin(p->to, (const char *)name, &at);
    obey(p);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *,
                   const xmlChar *)
{
    struct part *p = user;

    p->depth--;
    p->handler->end(p->to, (const char *)name);
    obey(p);
}

static void on_text(void *user, const xmlChar *text, int n)
{
    struct part *p = user;

    p->handler->text(p->to, (str){ (const char *)text, (size_t)n });
    obey(p);
}

/* [XP2] */
static void on_type(void *user, const xmlChar *, const xmlChar *,
                    const xmlChar *)
{
    struct part *p = user;

    part_stop(p, damaged(p));
    obey(p);
}

/* What libxml2 has to say it would else write to the standard error. */
static void on_error(void *, xmlError *)
{
}

static const xmlSAXHandler calls = {
    .internalSubset = on_type,
    .characters = on_text,
    .ignorableWhitespace = on_text,
    .cdataBlock = on_text,
    .startElementNs = on_begin,
    .endElementNs = on_end,
    .serror = on_error,
    .initialized = XML_SAX2_MAGIC,
};

/* --- a part -------------------------------------------------------------- */

static bool find(const struct part_archive *in, str name, zip_stat_t *out)
{
    char z[NAME_BYTES];

    if (name.n == 0 || name.n >= sizeof z)
        return false;
    memcpy(z, name.p, name.n);
    z[name.n] = '\0';
    zip_stat_init(out);
    return zip_stat(in->zip, z, ZIP_FL_NOCASE, out) == 0 &&
           (out->valid & ZIP_STAT_SIZE) != 0 &&
           (out->valid & ZIP_STAT_COMP_SIZE) != 0;
}

bool part_is_there(const struct part_archive *in, str name)
{
    zip_stat_t s;

    return find(in, name, &s);
}

uint64_t part_size(const struct part_archive *in, str name)
{
    zip_stat_t s;

    return find(in, name, &s) ? s.size : 0;
}

static err open_file(struct part *p)
{
    zip_stat_t s;

    if (!find(p->in, p->name, &s))
        return refuse(p, "xlsx.no_part");
    if (s.size > p->most)
        return too_big(p);
    p->packed = s.comp_size < p->in->size ? s.comp_size : p->in->size;
    p->file = zip_fopen_index(p->in->zip, s.index, 0);
    if (p->file == NULL)
        return unzip_error(p, zip_error_code_zip(zip_get_error(p->in->zip)));
    return OK;
}

static err open_parser(struct part *p)
{
    xmlSAXHandler sax = calls; /* it is copied */

    p->xml = xmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL);
    TRY_MEMORY(p->xml != NULL);
    (void)xmlCtxtUseOptions(p->xml, XML_PARSE_NONET | XML_PARSE_NOWARNING);
    return OK;
}

err part_begin(struct part *p, const struct part_archive *in, str name,
               uint64_t most)
{
    *p = (struct part){ .in = in, .name = name, .most = most };
    err e = open_file(p);
    if (!failed(e))
        e = open_parser(p);
    if (failed(e))
        part_end(p);
    return e;
}

void part_end(struct part *p)
{
    if (p->xml != NULL)
        xmlFreeParserCtxt(p->xml);
    if (p->file != NULL)
        (void)zip_fclose(p->file);
    p->xml = NULL;
    p->file = NULL;
}

void part_tell(struct part *p, const struct part_handler *handler, void *to)
{
    p->handler = handler;
    p->to = to;
}

/* [XP3] */
static err count(struct part *p, size_t n)
{
    p->bytes += n;
    if (p->bytes > p->most)
        return too_big(p);
    if (p->bytes > PART_RATIO_FROM && p->bytes / PART_RATIO > p->packed)
        return err_new(p->in->a, ERR_LIMIT, "xlsx.bomb",
                       ARG_STR("part", p->name));
    return OK;
}

err part_read(struct part *p, bool *more)
{
    zip_int64_t n = zip_fread(p->file, p->in->piece, PART_PIECE);
    int wrong;

    if (n < 0)
        return unzip_error(p, zip_error_code_zip(zip_file_get_error(p->file)));
    TRY(count(p, (size_t)n));
    wrong = xmlParseChunk(p->xml, p->in->piece, (int)n, n == 0);
    if (failed(p->stopped))
        return p->stopped;
    if (!p->enough && wrong != XML_ERR_OK)
        return damaged(p);
    *more = n > 0 && !p->enough;
    return OK;
}

static err read_on(struct part *p)
{
    for (bool more = true; more;)
        TRY(part_read(p, &more));
    return OK;
}

err part_read_all(const struct part_archive *in, str name, uint64_t most,
                  const struct part_handler *handler, void *to, struct part *p)
{
    TRY(part_begin(p, in, name, most));
    part_tell(p, handler, to);
    err e = read_on(p);
    part_end(p);
    return e;
}
