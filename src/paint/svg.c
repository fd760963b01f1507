#include "paint/svg.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"

#include <stddef.h>

enum { DEPTH = 8, TEXT_MOST = 4000, SHOWN = 40, HEX = 16, CHANNEL = 255 };

struct tint {
    struct colour colour;
    bool on;
};

/* What an element says, or what it is in says. [SV2] */
struct look {
    double x; /* of itself alone: these and the words below */
    double y;
    double width;
    double height;
    double round;
    double line;
    double opacity;
    double size;
    double track;
    struct tint fill;
    struct tint stroke;
    str family;
    str weight;
    str anchor;
    str cap;
    str join;
    str path;
    str moved;
    str box;
    str unused;
};

struct element {
    str name;
    str attributes;
    bool closes; /* </name> */
    bool empty;  /* <name/> */
};

struct drawing {
    struct arena *a;
    struct ink *k;
    str rest;
    struct look looks[DEPTH];
    size_t depth;
};

static err unknown(struct arena *a, str what)
{
    return err_new(a, ERR_INVALID, "paint.picture",
                   ARG_STR("what", str_first(what, SHOWN)));
}

/* --- values --------------------------------------------------------------- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Two digits from `at` on, of 1; less than 0: they are none. */
static double channel(str s, size_t at)
{
    int high = hex(s.p[at]);
    int low = hex(s.p[at + 1]);

    return high < 0 || low < 0 ? -1 : (double)(high * HEX + low) / CHANNEL;
}

/* "none" or "#rrggbb". */
static bool read_tint(str s, struct tint *out)
{
    struct colour c;

    if (str_eq(s, S("none"))) {
        *out = (struct tint){ .on = false };
        return true;
    }
    if (s.n != sizeof "#rrggbb" - 1 || s.p[0] != '#')
        return false;
    c = (struct colour){ channel(s, 1), channel(s, 3), channel(s, 5) };
    *out = (struct tint){ c, true };
    return c.red >= 0 && c.green >= 0 && c.blue >= 0;
}

static bool read_length(str s, double *out)
{
    return svg_number(&s, out) && (s.n == 0 || str_eq(s, S("mm")));
}

/* --- attributes ----------------------------------------------------------- */

enum kind { KIND_NUMBER, KIND_TINT, KIND_WORD };

static const struct {
    const char *name;
    enum kind kind;
    size_t at; /* in struct look */
} attributes[] = {
    { "x", KIND_NUMBER, offsetof(struct look, x) },
    { "y", KIND_NUMBER, offsetof(struct look, y) },
    { "width", KIND_NUMBER, offsetof(struct look, width) },
    { "height", KIND_NUMBER, offsetof(struct look, height) },
    { "rx", KIND_NUMBER, offsetof(struct look, round) },
    { "stroke-width", KIND_NUMBER, offsetof(struct look, line) },
    { "stroke-opacity", KIND_NUMBER, offsetof(struct look, opacity) },
    { "font-size", KIND_NUMBER, offsetof(struct look, size) },
    { "letter-spacing", KIND_NUMBER, offsetof(struct look, track) },
    { "fill", KIND_TINT, offsetof(struct look, fill) },
    { "stroke", KIND_TINT, offsetof(struct look, stroke) },
    { "font-family", KIND_WORD, offsetof(struct look, family) },
    { "font-weight", KIND_WORD, offsetof(struct look, weight) },
    { "text-anchor", KIND_WORD, offsetof(struct look, anchor) },
    { "stroke-linecap", KIND_WORD, offsetof(struct look, cap) },
    { "stroke-linejoin", KIND_WORD, offsetof(struct look, join) },
    { "d", KIND_WORD, offsetof(struct look, path) },
    { "transform", KIND_WORD, offsetof(struct look, moved) },
    { "viewBox", KIND_WORD, offsetof(struct look, box) },
    { "xmlns", KIND_WORD, offsetof(struct look, unused) },
    { "role", KIND_WORD, offsetof(struct look, unused) },
};

static bool set(struct look *l, str name, str value)
{
    size_t i = 0;

    while (i < COUNT(attributes) && !str_eq(name, str_of(attributes[i].name)))
        i++;
    if (i == COUNT(attributes))
        return false;

    void *at = (char *)l + attributes[i].at;
    switch (attributes[i].kind) {
    case KIND_NUMBER: return read_length(value, at);
    case KIND_TINT: return read_tint(value, at);
    case KIND_WORD: break;
    }
    *(str *)at = value;
    return true;
}

/* name="value", again and again. */
static err read_look(struct drawing *d, const struct element *e,
                     struct look *out)
{
    struct look l = d->looks[d->depth];
    str rest = str_trim(e->attributes);

    l.x = l.y = l.width = l.height = l.round = 0;
    l.path = l.moved = l.box = S("");
    while (rest.n > 0) {
        str name = str_cut(&rest, '=');
        str value;

        if (rest.n == 0 || rest.p[0] != '"')
            return unknown(d->a, name);
        rest = str_from(rest, 1);
        value = str_cut(&rest, '"');
        if (!set(&l, name, value))
            return unknown(d->a, name);
        rest = str_trim(rest);
    }
    *out = l;
    return OK;
}

/* --- elements ------------------------------------------------------------- */

/* The next one; false: there is none. */
static bool next(str *rest, struct element *out)
{
    str tag;

    *rest = str_from(*rest, str_index(*rest, '<'));
    if (rest->n == 0)
        return false;
    *rest = str_from(*rest, 1);
    tag = str_cut(rest, '>');
    *out = (struct element){ .closes = str_begins(tag, S("/")),
                             .empty = str_ends(tag, S("/")) };
    if (out->closes)
        tag = str_from(tag, 1);
    if (out->empty)
        tag = str_first(tag, tag.n - 1);
    out->name = str_cut(&tag, ' ');
    out->attributes = tag;
    return true;
}

/* Characters that page/escape.h writes otherwise. */
static const struct {
    const char *written;
    const char *meant;
} entities[] = {
    { "&amp;", "&" },   { "&lt;", "<" },  { "&gt;", ">" },
    { "&quot;", "\"" }, { "&#39;", "'" },
};

static str entity(str *rest)
{
    for (size_t i = 0; i < COUNT(entities); i++) {
        str written = str_of(entities[i].written);

        if (!str_begins(*rest, written))
            continue;
        *rest = str_from(*rest, written.n);
        return str_of(entities[i].meant);
    }
    return S("");
}

/* What stands before the next tag, as it is meant. */
static err read_text(struct drawing *d, str *out)
{
    size_t n = str_index(d->rest, '<');
    str rest = str_first(d->rest, n);
    struct buf b;

    d->rest = str_from(d->rest, n);
    buf_init(&b, d->a, TEXT_MOST);
    while (rest.n > 0) {
        str plain = str_first(rest, str_index(rest, '&'));
        str meant;

        buf_str(&b, plain);
        rest = str_from(rest, plain.n);
        meant = entity(&rest);
        if (rest.n > 0 && meant.n == 0)
            return unknown(d->a, rest);
        buf_str(&b, meant);
    }
    return buf_done(&b, out);
}

/* --- shapes --------------------------------------------------------------- */

static void finish(struct drawing *d, const struct look *l)
{
    cairo_t *cr = d->k->cr;
    bool round = str_eq(l->cap, S("round"));

    if (l->fill.on) {
        ink_set(d->k, l->fill.colour);
        cairo_fill_preserve(cr);
    }
    if (l->stroke.on) {
        cairo_set_source_rgba(cr, l->stroke.colour.red, l->stroke.colour.green,
                              l->stroke.colour.blue, l->opacity);
        cairo_set_line_width(cr, l->line);
        cairo_set_line_cap(cr,
                           round ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(cr, round ? CAIRO_LINE_JOIN_ROUND
                                      : CAIRO_LINE_JOIN_MITER);
        cairo_stroke_preserve(cr);
    }
    cairo_new_path(cr);
}

static err draw_rect(struct drawing *d, const struct look *l)
{
    cairo_t *cr = d->k->cr;
    double r = l->round;
    double right = l->x + l->width;
    double below = l->y + l->height;
    double quarter = PAINT_PI / 2;

    cairo_new_path(cr);
    if (r > 0) {
        cairo_arc(cr, right - r, l->y + r, r, -quarter, 0);
        cairo_arc(cr, right - r, below - r, r, 0, quarter);
        cairo_arc(cr, l->x + r, below - r, r, quarter, 2 * quarter);
        cairo_arc(cr, l->x + r, l->y + r, r, 2 * quarter, 3 * quarter);
        cairo_close_path(cr);
    } else {
        cairo_rectangle(cr, l->x, l->y, l->width, l->height);
    }
    finish(d, l);
    return OK;
}

/* "translate(x y)", or nothing. */
static bool read_moved(str s, double *x, double *y)
{
    static const str move = S_INIT("translate(");

    *x = *y = 0;
    if (s.n == 0)
        return true;
    if (!str_begins(s, move))
        return false;
    s = str_from(s, move.n);
    return svg_number(&s, x) && svg_number(&s, y) && str_eq(s, S(")"));
}

static err draw_path(struct drawing *d, const struct look *l)
{
    double x;
    double y;
    bool known;

    if (!read_moved(l->moved, &x, &y))
        return unknown(d->a, l->moved);
    cairo_save(d->k->cr);
    cairo_translate(d->k->cr, x, y);
    cairo_new_path(d->k->cr);
    known = svg_path(d->k->cr, l->path);
    finish(d, l);
    cairo_restore(d->k->cr);
    return known ? OK : unknown(d->a, l->path);
}

/* The first of the families that the house has tells which of its faces. */
static err draw_text(struct drawing *d, const struct look *l)
{
    const struct style style = {
        .size = l->size,
        .colour = l->fill.colour,
        .serif = str_begins(l->family, S("Noto Serif")),
        .bold = str_eq(l->weight, S("700")),
        .track = l->track,
    };
    const struct place place = { .x = l->x, .y = l->y };
    enum ink_align align = INK_LEFT;
    str text;

    if (str_eq(l->anchor, S("middle")))
        align = INK_CENTRE;
    if (str_eq(l->anchor, S("end")))
        align = INK_RIGHT;
    TRY(read_text(d, &text));
    d->k->field = text;
    if (text.n > 0 && style.size > 0 && l->fill.on)
        ink_line(d->k, &style, &place, align, text);
    return OK;
}

/* What is said and not drawn. */
static err pass_over(struct drawing *d, const struct look *)
{
    str text;

    return read_text(d, &text);
}

static err nothing(struct drawing *d, const struct look *l)
{
    return l->moved.n == 0 ? OK : unknown(d->a, l->moved);
}

static const struct {
    const char *name;
    err (*draw)(struct drawing *d, const struct look *l);
} shapes[] = {
    { "svg", nothing },    { "g", nothing },      { "rect", draw_rect },
    { "path", draw_path }, { "text", draw_text }, { "title", pass_over },
    { "desc", pass_over },
};

static err draw_shape(struct drawing *d, str name, const struct look *l)
{
    for (size_t i = 0; i < COUNT(shapes); i++) {
        if (str_eq(name, str_of(shapes[i].name)))
            return shapes[i].draw(d, l);
    }
    return unknown(d->a, name);
}

static err draw_element(struct drawing *d, const struct element *e)
{
    struct look look = { .x = 0 };

    if (e->closes && d->depth == 0)
        return unknown(d->a, e->name);
    if (e->closes) {
        d->depth--;
        return OK;
    }
    TRY(read_look(d, e, &look));
    if (!e->empty && d->depth + 1 == DEPTH)
        return unknown(d->a, e->name);
    if (!e->empty)
        d->looks[++d->depth] = look;
    return draw_shape(d, e->name, &look);
}

err svg_draw(struct arena *a, struct ink *k, str svg)
{
    struct drawing d = { .a = a, .k = k, .rest = svg };
    struct element e;

    d.looks[0] =
        (struct look){ .line = 1, .opacity = 1, .fill = { .on = true } };
    while (next(&d.rest, &e))
        TRY(draw_element(&d, &e));
    return d.depth == 0 ? OK : unknown(a, S("svg"));
}

err svg_size(struct arena *a, str svg, double *width, double *height)
{
    struct drawing d = { .a = a };
    struct look look = { .x = 0 };
    struct element e;
    double zero[2];

    if (!next(&svg, &e) || !str_eq(e.name, S("svg")))
        return unknown(a, S("svg"));
    TRY(read_look(&d, &e, &look));
    if (!svg_number(&look.box, &zero[0]) || !svg_number(&look.box, &zero[1]) ||
        zero[0] > 0 || zero[1] > 0 || !svg_number(&look.box, width) ||
        !svg_number(&look.box, height) || *width <= 0 || *height <= 0)
        return unknown(a, S("viewBox"));
    return OK;
}
