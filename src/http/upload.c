#include "http/upload.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/percent.h"
#include "http/syntax.h"

enum { BOUNDARY_MOST = 70 };

/* --- the boundary --------------------------------------------------------- */

/* RFC 2046 5.1.1, without the blank, which browsers do not use. */
static bool is_boundary_sign(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') ||
           str_index(S("'()+_,-./:=?"), c) < S("'()+_,-./:=?").n;
}

static bool is_boundary(str s)
{
    if (s.n == 0 || s.n > BOUNDARY_MOST)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_boundary_sign(s.p[i]))
            return false;
    }
    return true;
}

/* CR LF "--" and the boundary. */
static err read_boundary(struct arena *a, str type, str *out)
{
    const str name = S("boundary=");
    struct buf b;
    str value;

    (void)syntax_cut(&type, ';');
    value = str_trim(type);
    if (value.n < name.n || !syntax_equal(str_first(value, name.n), name))
        return err_new(a, ERR_INVALID, "upload.boundary");
    value = str_from(value, name.n);
    if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
        value = str_first(str_from(value, 1), value.n - 2);
    if (!is_boundary(value))
        return err_new(a, ERR_INVALID, "upload.boundary");
    buf_init(&b, a, BOUNDARY_MOST + 4);
    buf_str(&b, S("\r\n--"));
    buf_str(&b, value);
    return buf_done(&b, out);
}

/* --- a part's head -------------------------------------------------------- */

struct part {
    str name;
    str filename;
    bool is_file;
    str type;
    str bytes;
};

struct reading {
    struct arena *a;
    str rest;    /* of the body */
    str between; /* CR LF "--" and the boundary */
    size_t part; /* counted from 1 */
};

static err malformed(const struct reading *r)
{
    return err_new(r->a, ERR_INVALID, "upload.form", ARG_INT("part", r->part));
}

/* Take `what` off the front. */
static bool take(str *s, str what)
{
    if (!str_begins(*s, what))
        return false;
    *s = str_from(*s, what.n);
    return true;
}

/* Up to CR LF, which goes too. */
static bool take_line(str *s, str *out)
{
    size_t n = str_find(*s, S("\r\n"));

    if (n == s->n)
        return false;
    *out = str_first(*s, n);
    *s = str_from(*s, n + 2);
    return true;
}

/* A quoted value, in which browsers write %22, %0D and %0A for what would end
 * it (the HTML standard, "multipart form data"). */
static bool take_quoted(str *s, str *out)
{
    if (!take(s, S("\"")))
        return false;
    size_t n = str_index(*s, '"');
    if (n == s->n)
        return false;
    *out = str_first(*s, n);
    *s = str_from(*s, n + 1);
    return percent_is_text(*out, PERCENT_LINE) && out->n <= UPLOAD_NAME;
}

static bool read_disposition(str value, struct part *out)
{
    if (!take(&value, S("form-data; name=")) ||
        !take_quoted(&value, &out->name))
        return false;
    if (value.n == 0)
        return true;
    out->is_file = true;
    return take(&value, S("; filename=")) &&
           take_quoted(&value, &out->filename) && value.n == 0;
}

/* [UP1] Each of the two at most once. */
static bool read_header(str line, struct part *out, unsigned *seen)
{
    str value = line;
    str name = str_cut(&value, ':');

    if (value.p == NULL)
        return false;
    value = str_trim(value);
    if (syntax_equal(name, S("Content-Disposition")) && (*seen & 1) == 0) {
        *seen |= 1;
        return read_disposition(value, out);
    }
    if (syntax_equal(name, S("Content-Type")) && (*seen & 2) == 0) {
        *seen |= 2;
        out->type = value;
        return percent_is_text(value, PERCENT_LINE);
    }
    return false;
}

static err read_head(struct reading *r, struct part *out)
{
    unsigned seen = 0;
    str line;

    for (;;) {
        if (!take_line(&r->rest, &line))
            return malformed(r);
        if (line.n == 0)
            break;
        if (!read_header(line, out, &seen))
            return malformed(r);
    }
    return (seen & 1) != 0 ? OK : malformed(r);
}

/* --- parts ---------------------------------------------------------------- */

static err read_part(struct reading *r, struct part *out)
{
    *out = (struct part){ .type = S("") };
    TRY(read_head(r, out));

    size_t n = str_find(r->rest, r->between);
    if (n == r->rest.n)
        return malformed(r);
    out->bytes = str_first(r->rest, n);
    r->rest = str_from(r->rest, n + r->between.n);
    return OK;
}

struct parts {
    struct form_field *fields;
    size_t fields_n;
    struct upload_file *files;
    size_t files_n;
};

/* What a path leads to nobody asks a sender for. [UP4] */
static str base_name(str name)
{
    for (size_t i = name.n; i > 0; i--) {
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\')
            return str_from(name, i);
    }
    return name;
}

static err keep(struct reading *r, const struct part *p, struct parts *to)
{
    if (p->is_file) {
        if (to->files_n == UPLOAD_FILES)
            return err_new(r->a, ERR_LIMIT, "upload.many",
                           ARG_INT("limit", UPLOAD_FILES));
        to->files[to->files_n++] = (struct upload_file){
            p->name,
            base_name(p->filename),
            p->type,
            p->bytes,
        };
        return OK;
    }
    if (to->fields_n == FORM_FIELDS)
        return err_new(r->a, ERR_LIMIT, "form.many",
                       ARG_INT("limit", FORM_FIELDS));
    if (!percent_is_text(p->bytes, PERCENT_LINES)) /* [UP2] */
        return err_new(r->a, ERR_INVALID, "form.text",
                       ARG_INT("field", r->part));
    to->fields[to->fields_n++] = (struct form_field){ p->name, p->bytes };
    return OK;
}

static err read_parts(struct reading *r, struct parts *to)
{
    struct part p;

    while (take(&r->rest, S("\r\n"))) {
        r->part++;
        TRY(read_part(r, &p));
        TRY(keep(r, &p, to));
    }
    if (take(&r->rest, S("--")) &&
        (r->rest.n == 0 || str_eq(r->rest, S("\r\n"))))
        return OK;
    return malformed(r);
}

err upload_parse(struct arena *a, str type, str body, struct upload *out)
{
    struct reading r = { .a = a, .rest = body };
    struct parts to = { 0 };

    TRY(read_boundary(a, type, &r.between));
    if (!take(&r.rest, str_from(r.between, 2)))
        return malformed(&r);
    to.fields = arena_array(a, FORM_FIELDS, sizeof *to.fields);
    to.files = arena_array(a, UPLOAD_FILES, sizeof *to.files);
    TRY_MEMORY(to.fields);
    TRY_MEMORY(to.files);
    TRY(read_parts(&r, &to));
    *out = (struct upload){ { to.fields, to.fields_n }, to.files, to.files_n };
    return OK;
}

const struct upload_file *upload_get(const struct upload *u, str name)
{
    const struct upload_file *found = NULL;

    for (size_t i = 0; i < u->n; i++) {
        if (!str_eq(u->files[i].field, name))
            continue;
        if (found != NULL)
            return NULL;
        found = &u->files[i];
    }
    return found;
}
