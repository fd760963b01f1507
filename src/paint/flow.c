#include "paint/flow.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paint/certificate.h"
#include "paint/figure.h"
#include "paint/svg.h"
#include "text/text.h"

enum {
    MARGIN = 56,
    MARGIN_TOP = 88,
    MARGIN_BOTTOM = 70,
    FRAMED_SIDE = 84,
    FRAMED_TOP = 84,
    FRAMED_BOTTOM = 84,
    HEADING_ROOM = 112, /* a heading and some of what follows */
    HEADING_HIGH = 40,  /* a heading alone */
    FOOT_MOST = 400,
};

void flow_init(struct flow *f, struct arena *a, const struct paint_document *d)
{
    f->document = d;
    f->arena = a;
    f->framed = d->certificate.n > 0;
    f->left = f->framed ? FRAMED_SIDE : MARGIN;
    f->top = f->framed ? FRAMED_TOP : MARGIN_TOP;
    f->bottom = PAINT_HEIGHT - (f->framed ? FRAMED_BOTTOM : MARGIN_BOTTOM);
}

double flow_width(const struct flow *f)
{
    return PAINT_WIDTH - 2 * f->left;
}

double flow_room(const struct flow *f)
{
    return f->bottom - f->y;
}

/* --- around the text of a page -------------------------------------------- */

static const struct style small = { 8,     12,    { 0.290, 0.373, 0.408 },
                                    false, false, 0 };

static const struct style warning = { 8,     12,   { 0.627, 0.416, 0.055 },
                                      false, true, 0 };

/* A line at the left, in the middle or at the right of the text. */
static void beside(struct flow *f, double y, enum ink_align align, str text)
{
    struct place p = { f->left, y, flow_width(f) };

    if (text.n > 0)
        ink_text(&f->ink, &small, &p, align, text);
}

static void draw_head(struct flow *f)
{
    const struct paint_document *d = f->document;
    struct place name = { f->left + 24, f->top - 47, 0 };
    struct place rule = { f->left, f->top - 26, flow_width(f) };

    figure_emblem(&f->ink, f->left, f->top - 49, 17);
    (void)ink_text(&f->ink, &small, &name, INK_LEFT, d->body);
    beside(f, f->top - 47, INK_RIGHT, d->kind);
    ink_rule_across(&f->ink, &rule, 0.6, ink_teal);
}

static void draw_number(struct flow *f)
{
    struct err_arg args[] = { ARG_INT("page", f->page),
                              ARG_INT("pages", f->pages),
                              { 0 } };
    struct buf b;
    str text = S("");

    buf_init(&b, f->arena, FOOT_MOST);
    text_fill(&b, f->document->language == PAINT_EN ? LANG_EN : LANG_ZH,
              f->document->pages, args);
    if (!failed(f->first))
        f->first = buf_done(&b, &text);
    if (!failed(f->first))
        beside(f, f->bottom + 20, INK_RIGHT, text);
}

static void draw_foot(struct flow *f)
{
    struct place rule = { f->left, f->bottom + 14, flow_width(f) };

    if (!f->framed)
        ink_rule_across(&f->ink, &rule, 0.4, ink_rule);
    beside(f, f->bottom + 20, INK_LEFT, f->document->number);
    if (f->document->example.n > 0) {
        struct place p = { f->left, f->bottom + 20, flow_width(f) };

        (void)ink_text(&f->ink, &warning, &p, INK_CENTRE, f->document->example);
    }
    draw_number(f);
}

static void frame_page(struct flow *f)
{
    err e = certificate_border(f->arena, &f->ink);

    if (failed(e) && !failed(f->first))
        f->first = e;
}

void flow_new_page(struct flow *f)
{
    if (f->page > 0 && !f->ink.measuring)
        cairo_show_page(f->ink.cr);
    f->page++;
    f->y = f->top;
    f->ink.field = f->document->body;
    if (f->framed)
        frame_page(f);
    else
        draw_head(f);
    draw_foot(f);
}

void flow_need(struct flow *f, double height)
{
    if (flow_room(f) < height)
        flow_new_page(f);
}

/* --- words
 * --------------------------------------------------------------------- */

/* How many of `left` lines go on this page; 0: none, begin another. [FL1] */
static int lines_here(const struct flow *f, double lead, int left)
{
    int fit = (int)(flow_room(f) / lead);

    if (fit >= left)
        return left;
    if (left - fit == 1)
        fit--;
    return fit < 2 ? 0 : fit;
}

static void flow_text(struct flow *f, const struct style *s, str text)
{
    struct block_of_lines l = ink_break(&f->ink, s, flow_width(f), text);
    int done = 0;

    ink_begin(&f->ink, "P");
    while (done < l.count) {
        int fit = lines_here(f, s->lead, l.count - done);
        struct place p = { f->left, f->y, flow_width(f) };

        if (fit == 0) {
            ink_end(&f->ink, "P");
            flow_new_page(f);
            ink_begin(&f->ink, "P");
            continue;
        }
        ink_lines(&f->ink, s, &l, &p, INK_LEFT,
                  (struct line_range){ done, done + fit });
        f->y += fit * s->lead;
        done += fit;
    }
    ink_end(&f->ink, "P");
    ink_lines_end(&l);
}

static void flow_heading(struct flow *f, str text)
{
    const struct style s = {
        .size = 11.5, .lead = 17, .bold = true, .colour = ink_teal
    };
    struct place p = { f->left, 0, flow_width(f) };

    flow_need(f, HEADING_ROOM);
    f->y += f->y > f->top ? 13 : 0;
    p.y = f->y;
    ink_begin(&f->ink, "H2");
    f->y += ink_text(&f->ink, &s, &p, INK_LEFT, text) + 5;
    ink_end(&f->ink, "H2");
}

static void flow_title(struct flow *f)
{
    const struct style title = {
        .size = 21, .lead = 29, .bold = true, .serif = true, .colour = ink_teal
    };
    const struct style under = { .size = 10, .lead = 15, .colour = ink_quiet };
    const struct paint_document *d = f->document;
    struct place p = { f->left, f->y, flow_width(f) };

    f->ink.field = d->title;
    ink_begin(&f->ink, "H1");
    p.y += ink_text(&f->ink, &title, &p, INK_LEFT, d->title);
    ink_end(&f->ink, "H1");
    if (d->subtitle.n > 0) {
        ink_begin(&f->ink, "P");
        p.y += ink_text(&f->ink, &under, &p, INK_LEFT, d->subtitle);
        ink_end(&f->ink, "P");
    }
    f->y = p.y + 7;
    p = (struct place){ f->left, f->y, 46 };
    ink_rule_across(&f->ink, &p, 1.6, ink_gold);
    f->y += 12;
}

/* --- drawings ------------------------------------------------------------- */

/* As wide as the text; how much it is made larger, and how high it is then. */
static err fit(const struct flow *f, str svg, double *scale, double *height)
{
    double width = 0;

    TRY(svg_size(f->arena, svg, &width, height));
    *scale = flow_width(f) / width;
    *height *= *scale;
    return OK;
}

static err draw(struct flow *f, str svg)
{
    cairo_t *cr = f->ink.cr;
    double height = 0;
    double scale = 1;
    err e;

    TRY(fit(f, svg, &scale, &height));
    flow_need(f, height);
    ink_begin(&f->ink, "P");
    cairo_save(cr);
    cairo_translate(cr, f->left, f->y);
    cairo_scale(cr, scale, scale);
    e = svg_draw(f->arena, &f->ink, svg);
    cairo_restore(cr);
    ink_end(&f->ink, "P");
    f->y += height + 9;
    return e;
}

static void flow_drawing(struct flow *f, const struct paint_block *b)
{
    err e = draw(f, b->svg);

    if (failed(e) && !failed(f->first))
        f->first = e;
}

/* A heading goes overleaf with the drawing below it. [FL1] */
static void need_both(struct flow *f, const struct paint_block *drawing)
{
    double height = 0;
    double scale = 1;
    err e = fit(f, drawing->svg, &scale, &height);

    if (!failed(e))
        flow_need(f, height + HEADING_HIGH);
}

/* --- blocks
 * ---------------------------------------------------------------------- */

static void flow_block(struct flow *f, const struct paint_block *b)
{
    const struct style body = {
        .size = 10, .lead = 16.5, .serif = true, .colour = ink_black
    };
    const struct style note = { .size = 8.2,
                                .lead = 12.6,
                                .colour = ink_quiet };

    switch ((enum paint_block_kind)b->kind) {
    case PAINT_HEADING:
        f->ink.field = b->text;
        flow_heading(f, b->text);
        break;
    case PAINT_PARAGRAPH:
        flow_text(f, &body, b->text);
        f->y += 5;
        break;
    case PAINT_NOTE:
        flow_text(f, &note, b->text);
        f->y += 4;
        break;
    case PAINT_FIELDS:
    case PAINT_TABLE:
    case PAINT_LIST:
    case PAINT_BARS:
    case PAINT_SIGNATURES: flow_grid(f, b); break;
    case PAINT_BREAK: flow_new_page(f); break;
    case PAINT_DRAWING: flow_drawing(f, b); break;
    }
}

/* [PD3] */
static bool is_empty(const struct paint_block *b)
{
    switch ((enum paint_block_kind)b->kind) {
    case PAINT_HEADING:
    case PAINT_PARAGRAPH:
    case PAINT_NOTE: return b->text.n == 0;
    case PAINT_BARS: return b->bars.n == 0;
    case PAINT_BREAK: return false;
    case PAINT_DRAWING: return b->svg.n == 0;
    case PAINT_FIELDS:
    case PAINT_TABLE:
    case PAINT_LIST:
    case PAINT_SIGNATURES: break;
    }
    return b->rows.n == 0;
}

void flow_blocks(struct flow *f)
{
    const struct paint_block *b = f->document->blocks.p;

    flow_new_page(f);
    if (!f->framed)
        flow_title(f);
    for (size_t i = 0; i < f->document->blocks.n; i++) {
        if (is_empty(&b[i]))
            continue;
        if (b[i].kind == PAINT_HEADING && i + 1 < f->document->blocks.n &&
            b[i + 1].kind == PAINT_DRAWING)
            need_both(f, &b[i + 1]);
        flow_block(f, &b[i]);
    }
}
