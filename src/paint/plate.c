#include "paint/plate.h"

#include "base/buf.h"
#include "paint/tidy.h"
#include "paint/written.h"

enum {
    PARTS = 64,
    BODY_MOST = 4 << 20,
    STAND_IN = 4000, /* wider than any figure: so it is known in the file */
    OBJECTS = 3,     /* a figure, its length, its resources */
};

/* --- references in the text of an object ------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What stands before the bytes of a stream. */
static str text_of(str body)
{
    return str_first(body, str_find(body, S("stream\n")));
}

/* The next "12 0 R" of *rest: what stands before it, and its number.  False:
 * there is none, and *before is all that was left. */
static bool next_reference(str *rest, str *before, size_t *number)
{
    size_t end = str_find(*rest, S(" 0 R"));
    size_t from = end;
    str digits;

    while (from > 0 && is_digit(rest->p[from - 1]))
        from--;
    *before = str_first(*rest, end < rest->n ? from : end);
    digits = str_first(str_from(*rest, from), end - from);
    *number = 0;
    for (size_t i = 0; i < digits.n; i++)
        *number = *number * 10 + (size_t)(digits.p[i] - '0');
    *rest = str_from(*rest, end < rest->n ? end + S(" 0 R").n : end);
    return digits.n > 0;
}

/* The number after `key` in the text of an object; 0: it does not say. */
static size_t reference_of(str body, str key)
{
    str text = text_of(body);
    str rest = str_from(text, str_find(text, key) + key.n);
    str before;
    size_t number;

    return next_reference(&rest, &before, &number) && before.n == 0 ? number
                                                                    : 0;
}

/* --- taking a page apart ----------------------------------------------------
 */

/* Number 0 is none: what a text does not say is not there. */
static bool is_object(const struct pdf *p, size_t number)
{
    return number > 0 && number < p->count;
}

static err unlike_cairo(struct arena *a)
{
    return err_new(a, ERR_INVALID, "pdf.form", ARG_INT("at", 0));
}

/* The bytes between "stream" and "endstream". */
static str stream_of(str body)
{
    str rest = str_from(body, str_find(body, S("stream\n")) + S("stream\n").n);
    str end = S("\nendstream\n");

    return str_ends(rest, end) ? str_first(rest, rest.n - end.n) : S("");
}

/* All that `text` refers to, and what that refers to, each once. */
struct collected {
    struct arena *a;
    const struct pdf *file;
    struct pdf_object *parts;
    size_t n;
};

static bool has(const struct collected *c, size_t number)
{
    for (size_t i = 0; i < c->n; i++) {
        if (c->parts[i].number == number)
            return true;
    }
    return false;
}

static err collect_from(struct collected *c, str text)
{
    str before;
    size_t number;

    while (next_reference(&text, &before, &number)) {
        if (!is_object(c->file, number) || (c->n == PARTS && !has(c, number)))
            return unlike_cairo(c->a);
        if (!has(c, number))
            c->parts[c->n++] = c->file->objects[number];
    }
    return OK;
}

static err collect(struct collected *c, str resources)
{
    c->parts = arena_array(c->a, PARTS, sizeof *c->parts);
    TRY_MEMORY(c->parts);
    TRY(collect_from(c, resources));
    for (size_t i = 0; i < c->n; i++)
        TRY(collect_from(c, text_of(c->parts[i].body)));
    return OK;
}

static const struct pdf_object *find_page(const struct pdf *p)
{
    for (size_t i = 1; i < p->count; i++) {
        if (str_begins(p->objects[i].body, S("<< /Type /Page %")))
            return &p->objects[i];
    }
    return &p->objects[0];
}

/* The one page of a file of cairo's, as a figure.  Its own first word turns it
 * upside down, so the matrix turns it back. */
static err take_page(struct arena *a, str bytes, struct plate *out)
{
    struct pdf file;
    struct collected c = { .a = a, .file = &file };
    size_t content;
    size_t resources;

    TRY(pdf_open(a, bytes, &file));
    content = reference_of(find_page(&file)->body, S("/Contents "));
    resources = reference_of(find_page(&file)->body, S("/Resources "));
    if (!is_object(&file, content) || !is_object(&file, resources))
        return unlike_cairo(a);
    *out = (struct plate){
        .about = S("   /Matrix [ 1 0 0 -1 0 841.89 ]\n"
                   "   /BBox [ 0 0 595.276 841.89 ]\n"),
        .stream = stream_of(file.objects[content].body),
        .resources = file.objects[resources].body,
    };
    TRY(tidy_names(a, &out->resources));
    TRY(collect(&c, out->resources));
    out->parts = c.parts;
    out->n = c.n;
    return OK;
}

/* --- drawing one ---------------------------------------------------------- */

static err draw_page(struct arena *a, struct ink *k, plate_draw *draw,
                     const void *what, struct plate *out)
{
    struct ink own = { .context = k->context, .field = k->field };
    cairo_surface_t *s;
    struct buf b;
    str bytes;

    buf_init(&b, a, WRITTEN_MOST);
    s = written_begin(&b);
    own.cr = cairo_create(s);
    pango_cairo_update_context(own.cr, own.context);
    draw(&own, what);
    cairo_show_page(own.cr);
    cairo_destroy(own.cr);
    TRY(written_end(a, s, &b, &bytes));
    k->missing = own.missing;
    return take_page(a, bytes, out);
}

static const struct plate *find(const struct plates *p, str key)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->kept[i].key, key))
            return &p->kept[i].plate;
    }
    return NULL;
}

/* [PL3] */
static err make(struct ink *k, str key, plate_draw *draw, const void *what,
                struct plate *out)
{
    struct plates *p = k->plates;
    struct kept_plate kept;

    p->made++;
    TRY_MEMORY(arena_str(&p->arena, key, &kept.key));
    TRY(draw_page(&p->arena, k, draw, what, &kept.plate));
    if (p->n < PLATES_KEPT && k->missing.character == 0)
        p->kept[p->n++] = kept;
    *out = kept.plate;
    return OK;
}

err plate_page(struct arena *a, struct ink *k, str key, plate_draw *draw,
               const void *what)
{
    const struct plate *found = find(k->plates, key);
    struct plate made;

    if (k->measuring || k->missing.character != 0)
        return OK;
    if (found != NULL)
        return plate_lay(a, k, found);
    TRY(make(k, key, draw, what, &made));
    return k->missing.character != 0 ? OK : plate_lay(a, k, &made);
}

/* --- standing in ------------------------------------------------------------
 */

/* A figure that cairo will not leave out, as wide as no other. */
static cairo_surface_t *stand_in(size_t i)
{
    const cairo_rectangle_t bounds = { 0, 0, (double)(STAND_IN + i), STAND_IN };
    cairo_surface_t *s =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &bounds);
    cairo_t *cr = cairo_create(s);

    cairo_rectangle(cr, 0, 0, bounds.width, bounds.height);
    cairo_fill(cr);
    cairo_destroy(cr);
    return s;
}

/* [PL2]  Where that plate stands already; p->used: nowhere. */
static size_t place_of(const struct plates *p, const struct plate *plate)
{
    size_t i = 0;

    while (i < p->used && p->laid[i].plate.stream.p != plate->stream.p)
        i++;
    return i;
}

err plate_lay(struct arena *a, struct ink *k, const struct plate *plate)
{
    struct plates *p = k->plates;
    size_t i = place_of(p, plate);

    if (i == PLATES_LAID)
        return err_new(a, ERR_LIMIT, "buf.limit",
                       ARG_INT("limit", PLATES_LAID));
    if (i == p->used)
        p->laid[p->used++] = (struct laid_plate){ *plate, stand_in(i) };
    cairo_set_source_surface(k->cr, p->laid[i].stand_in, 0, 0);
    cairo_paint(k->cr);
    return OK;
}

/* --- exchanging -------------------------------------------------------------
 */

/* The number a part has where it goes: the first of them gets `base`. */
static size_t number_there(const struct plate *p, size_t number, size_t base)
{
    size_t i = 0;

    while (i < p->n && p->parts[i].number != number)
        i++;
    return base + i;
}

/* `body` with its references led to the parts from `base` on. */
static err renumber(struct arena *a, const struct plate *p, str body,
                    size_t base, str *out)
{
    str text = text_of(body);
    str rest = text;
    str before;
    size_t number;
    struct buf b;

    buf_init(&b, a, BODY_MOST);
    while (next_reference(&rest, &before, &number))
        buf_printf(&b, "%.*s%zu 0 R", STR_ARG(before),
                   number_there(p, number, base));
    buf_str(&b, before);
    buf_str(&b, str_from(body, text.n));
    return buf_done(&b, out);
}

struct exchange {
    struct arena *a;
    struct pdf_change *changes;
    size_t n;
    size_t next; /* number of the next object that is new */
};

static void change(struct exchange *x, size_t number, str body)
{
    x->changes[x->n++] = (struct pdf_change){ number, body };
}

static err put_figure(struct exchange *x, const struct plate *p, size_t number,
                      str stood)
{
    size_t length = reference_of(stood, S("/Length "));
    size_t resources = reference_of(stood, S("/Resources "));
    struct buf b;
    struct buf of_length;
    str body;
    str digits;

    if (length == 0 || resources == 0)
        return unlike_cairo(x->a);
    buf_init(&b, x->a, BODY_MOST);
    buf_printf(&b,
               "<< /Length %zu 0 R\n   /Filter /FlateDecode\n"
               "   /Type /XObject\n   /Subtype /Form\n"
               "%.*s   /Resources %zu 0 R\n>>\nstream\n",
               length, STR_ARG(p->about), resources);
    buf_str(&b, p->stream);
    buf_str(&b, S("\nendstream\n"));
    TRY(buf_done(&b, &body));
    change(x, number, body);
    buf_init(&of_length, x->a, BODY_MOST);
    buf_printf(&of_length, "   %zu\n", p->stream.n);
    TRY(buf_done(&of_length, &digits));
    change(x, length, digits);
    TRY(renumber(x->a, p, p->resources, x->next, &body));
    change(x, resources, body);
    return OK;
}

static err put_parts(struct exchange *x, const struct plate *p)
{
    size_t base = x->next;

    for (size_t i = 0; i < p->n; i++) {
        str body;

        TRY(renumber(x->a, p, p->parts[i].body, base, &body));
        change(x, x->next++, body);
    }
    return OK;
}

/* The object that stands in for the i-th; 0: there is none. */
static err find_stand_in(struct arena *a, const struct pdf *file, size_t i,
                         size_t *out)
{
    struct buf b;
    str bounds;

    buf_init(&b, a, BODY_MOST);
    buf_printf(&b, "/BBox [ 0 0 %zu %d ]", STAND_IN + i, STAND_IN);
    TRY(buf_done(&b, &bounds));
    *out = 1;
    while (*out < file->count &&
           !str_contains(text_of(file->objects[*out].body), bounds))
        ++*out;
    return *out < file->count ? OK : unlike_cairo(a);
}

size_t plates_changes(const struct plates *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->used; i++)
        n += OBJECTS + p->laid[i].plate.n;
    return n;
}

err plates_exchange(struct arena *a, const struct plates *p,
                    const struct pdf *file, struct pdf_change *changes,
                    size_t *n)
{
    struct exchange x = { a, changes, *n, file->count };

    for (size_t i = 0; i < p->used; i++) {
        const struct plate *plate = &p->laid[i].plate;
        size_t number;

        TRY(find_stand_in(a, file, i, &number));
        TRY(put_figure(&x, plate, number, file->objects[number].body));
        TRY(put_parts(&x, plate));
    }
    *n = x.n;
    return OK;
}

/* --- keeping ---------------------------------------------------------------
 */

void plates_init(struct plates *p, struct heap *h)
{
    *p = (struct plates){ 0 };
    arena_init(&p->arena, h, PLATES_MEMORY);
}

/* Kept are those of the last few levels and bodies: with more of them than
 * there is room for, all are made anew. */
void plates_clear(struct plates *p)
{
    for (size_t i = 0; i < p->used; i++)
        cairo_surface_destroy(p->laid[i].stand_in);
    p->used = 0;
    if (p->made < PLATES_KEPT)
        return;
    p->n = 0;
    p->made = 0;
    arena_reset(&p->arena);
}

void plates_end(struct plates *p)
{
    plates_clear(p);
    arena_end(&p->arena);
}
