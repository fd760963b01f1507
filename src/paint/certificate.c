#include "paint/certificate.h"

#include "base/buf.h"
#include "base/size.h"
#include "paint/figure.h"
#include "paint/flow.h"
#include "paint/plate.h"

#include <inttypes.h>

static const double side = 84;
static const double middle = PAINT_WIDTH / 2;
static const double mark_middle = PAINT_WIDTH - 84 - 82;
static const double room_top = 262;    /* what may grow begins here .. */
static const double room_bottom = 638; /* .. and ends here */
enum { STEPS = 12, KEY_MOST = 64 << 10 };
static const double smallest = 0.6; /* [CP1] */

static const struct colour ink = { 0.09, 0.11, 0.16 };
static const struct colour navy = { 0.055, 0.16, 0.33 };
static const struct colour brass = { 0.58, 0.42, 0.13 };
static const struct colour grey = { 0.34, 0.37, 0.43 };
static const struct colour hair = { 0.80, 0.76, 0.66 };
static const struct colour pale = { 0.974, 0.955, 0.905 };

/* The middle part on its way down the page. */
struct middle {
    struct ink *ink;
    const struct paint_certificate *c;
    double y;
    double scale; /* [CP1] */
    double gap;   /* more between its parts */
    bool latin;   /* longer words, so in smaller letters */
};

static double width_of_text(void)
{
    return PAINT_WIDTH - 2 * side;
}

static struct style scaled(const struct middle *m, struct style s)
{
    s.size *= m->scale;
    s.lead *= m->scale;
    return s;
}

/* Centred below what was there; nothing for an empty text. */
static void centred(struct middle *m, struct style s, str text)
{
    const struct style fitting = scaled(m, s);
    struct place p = { side, m->y, width_of_text() };

    if (text.n > 0)
        m->y += ink_text(m->ink, &fitting, &p, INK_CENTRE, text);
}

static void space(struct middle *m, double height)
{
    m->y += height * m->scale + m->gap;
}

/* --- head --------------------------------------------------------------------
 */

static void line_at(struct ink *k, struct style s, double y, str text)
{
    const struct place p = { middle, y, width_of_text() };

    if (text.n == 0)
        return;
    k->field = text;
    ink_line(k, &s, &p, INK_CENTRE, text);
}

/* [CP2] */
static void draw_sample(struct ink *k, str sample)
{
    struct style across = { .size = 150, .serif = true, .bold = true };
    double width;

    if (sample.n == 0 || k->measuring)
        return;
    width = ink_width(k, &across, sample);
    if (width > 400)
        across.size *= 400 / width;
    cairo_save(k->cr);
    cairo_translate(k->cr, middle, 470);
    cairo_rotate(k->cr, -PAINT_PI / 6);
    ink_set(k, pale);
    ink_outline(k, &across, 0, across.size / 3, sample);
    cairo_restore(k->cr);
}

static void draw_head(struct ink *k, const struct paint_document *d,
                      const struct paint_certificate *c)
{
    bool zh = d->language == PAINT_ZH;
    struct style title = { .size = zh ? 36 : 25,
                           .bold = true,
                           .serif = true,
                           .colour = navy,
                           .track = 0.5 };
    struct style other = {
        .size = zh ? 12 : 16, .serif = true, .colour = brass, .track = 0.4
    };
    struct style number = { .size = 9.2, .colour = grey };
    struct style sample = { .size = 9.6, .bold = true, .colour = brass };

    ink_begin(k, "H1");
    line_at(k, title, 160, c->title);
    ink_end(k, "H1");
    ink_begin(k, "P");
    line_at(k, other, 182, c->title_other);
    ink_end(k, "P");
    ink_begin(k, "P");
    line_at(k, number, 235, c->number);
    line_at(k, sample, 249, d->example);
    ink_end(k, "P");
}

/* --- middle
 * ---------------------------------------------------------------------- */

static const struct style main_line = { 10.5, 16,    { 0.09, 0.11, 0.16 },
                                        true, false, 0 };
static const struct style other_line = { 8,    11.5,  { 0.34, 0.37, 0.43 },
                                         true, false, 0 };

/* A rule with a lozenge in its middle. */
static void ornament(struct middle *m)
{
    struct place left = { middle - 150, m->y, 144 };
    struct place right = { middle + 6, m->y, 144 };
    cairo_t *cr = m->ink->cr;

    ink_rule_across(m->ink, &left, 0.6, brass);
    ink_rule_across(m->ink, &right, 0.6, brass);
    if (m->ink->measuring)
        return;
    cairo_move_to(cr, middle, m->y - 2.8);
    cairo_line_to(cr, middle + 2.8, m->y);
    cairo_line_to(cr, middle, m->y + 2.8);
    cairo_line_to(cr, middle - 2.8, m->y);
    cairo_close_path(cr);
    ink_set(m->ink, brass);
    cairo_fill(cr);
}

/* Its holder, on one line where that can be read. */
static void holder(struct middle *m)
{
    struct style name = { 22, 31, ink, true, true, 0 };
    const struct style other = { 11, 16, ink, true, false, 0 };
    double fit;

    m->ink->field = m->c->holder;
    fit = width_of_text() / (ink_width(m->ink, &name, m->c->holder) * m->scale);
    if (fit < 1) {
        fit = fit < 0.62 ? 0.62 : fit;
        name.size *= fit;
        name.lead *= fit;
    }
    ink_begin(m->ink, "H2");
    centred(m, name, m->c->holder);
    ink_end(m->ink, "H2");
    ink_begin(m->ink, "P");
    centred(m, other, m->c->holder_other);
    ink_end(m->ink, "P");
}

static void words(struct middle *m, str text, str other)
{
    struct style s = main_line;

    if (m->latin) {
        s.size = 9.6;
        s.lead = 13.4;
    }
    m->ink->field = text;
    ink_begin(m->ink, "P");
    centred(m, s, text);
    centred(m, other_line, other);
    ink_end(m->ink, "P");
}

/* At (x, m->y): a text in its style, and below it the other language's. */
static double pair(struct middle *m, const struct place *p,
                   const struct style styles[2], const str texts[2])
{
    struct place at = *p;

    for (int i = 0; i < 2; i++) {
        const struct style s = scaled(m, styles[i]);

        if (texts[i].n > 0)
            at.y += ink_text(m->ink, &s, &at, INK_LEFT, texts[i]);
    }
    return at.y;
}

static const struct style labels[2] = {
    { 9, 12.5, { 0.055, 0.16, 0.33 }, false, true, 0 },
    { 7, 9.5, { 0.34, 0.37, 0.43 }, true, false, 0 },
};
static const struct style values[2] = {
    { 10.4, 14.6, { 0.09, 0.11, 0.16 }, true, true, 0 },
    { 8, 10.8, { 0.34, 0.37, 0.43 }, true, false, 0 },
};

static double field_at(struct middle *m, const struct paint_field *f, double x,
                       double label_width, double width)
{
    struct place label = { x, m->y, label_width - 8 };
    struct place value = { x + label_width, m->y, width - label_width };
    double low;
    double end;

    m->ink->field = f->label;
    ink_begin(m->ink, "P");
    low = pair(m, &label, labels, (str[]){ f->label, f->label_other });
    /* one line of value stands in the middle of two of label */
    if (f->value_other.n == 0 && f->label_other.n > 0)
        value.y += 3.5 * m->scale;
    end = pair(m, &value, values, (str[]){ f->value, f->value_other });
    ink_end(m->ink, "P");
    return end > low ? end : low;
}

static void fields(struct middle *m)
{
    const struct paint_field *f = m->c->fields.p;
    double more = m->gap * 0.55;

    for (size_t i = 0; i < m->c->fields.n; i++) {
        struct place rule = { side, 0, width_of_text() };

        if (f[i].value.n == 0)
            continue;
        m->y = field_at(m, &f[i], side, m->latin ? 134 : 118, width_of_text()) +
               3.4 * m->scale + more / 2;
        rule.y = m->y;
        ink_rule_across(m->ink, &rule, 0.35, hair);
        m->y += 4.2 * m->scale + more / 2;
    }
}

static void days(struct middle *m)
{
    const struct paint_field *f = m->c->days.p;
    double half = width_of_text() / 2;
    double low = m->y;

    for (size_t i = 0; i < m->c->days.n; i++) {
        double x = side + (double)(i % 2) * (half + 6);
        double end = field_at(m, &f[i], x, 74, half - 6);

        low = end > low ? end : low;
        if (i % 2 == 1)
            m->y = low + 4 * m->scale;
    }
    m->y = low;
}

static void draw_middle(struct middle *m)
{
    m->y = room_top;
    words(m, m->c->intro, m->c->intro_other);
    space(m, 2);
    holder(m);
    space(m, 7);
    ornament(m);
    space(m, 5);
    words(m, m->c->statement, m->c->statement_other);
    space(m, 8);
    fields(m);
    days(m);
}

/* [CP1]  False: it will not fit. */
static bool fit_middle(struct middle *m)
{
    bool was = m->ink->measuring;
    double left;

    m->ink->measuring = true;
    for (int i = 0; i <= STEPS; i++) {
        m->scale = 1 - (1 - smallest) * i / STEPS;
        m->gap = 0;
        draw_middle(m);
        if (m->y <= room_bottom)
            break;
    }
    m->ink->measuring = was;
    left = room_bottom - m->y;
    /* four gaps, and half a one at each field */
    m->gap = left / (5 + 0.55 * (double)m->c->fields.n);
    if (m->gap > 14)
        m->gap = 14;
    return left >= 0;
}

/* --- foot
 * ------------------------------------------------------------------------- */

static err draw_code(struct arena *a, struct ink *k,
                     const struct paint_certificate *c)
{
    const struct place code = { side + 4, 657, 30 * PAINT_MM };
    const struct style strong = { 9.2, 14, navy, false, true, 0 };
    const struct style other = { 7.4, 11, grey, true, false, 0 };
    const struct style note = { 6.9, 10.4, grey, false, false, 0 };
    struct place p = { code.x + code.width + 20, 671, 118 };

    if (c->qr.n == 0)
        return OK;
    ink_begin(k, "Figure");
    TRY(figure_code(a, k, &code, c->qr));
    ink_end(k, "Figure");
    k->field = c->scan;
    ink_begin(k, "P");
    p.y += ink_text(k, &strong, &p, INK_LEFT, c->scan);
    p.y += ink_text(k, &other, &p, INK_LEFT, c->scan_other) + 5;
    (void)ink_text(k, &note, &p, INK_LEFT, c->scan_note);
    ink_end(k, "P");
    return OK;
}

static void draw_body(struct ink *k, const struct paint_certificate *c)
{
    const struct style name = {
        .size = 12, .bold = true, .serif = true, .colour = ink
    };
    const struct style other = { .size = 7.6, .serif = true, .colour = grey };
    const struct style role = { .size = 6.9, .colour = grey };
    struct place p = { mark_middle, 736, 168 };

    k->field = c->body;
    ink_begin(k, "P");
    ink_line(k, &name, &p, INK_CENTRE, c->body);
    p.y += 11;
    ink_line(k, &other, &p, INK_CENTRE, c->body_other);
    p.y += 10;
    ink_line(k, &role, &p, INK_CENTRE, c->issued_by);
    ink_end(k, "P");
}

static void draw_note(struct ink *k, const struct paint_certificate *c)
{
    const struct style note = { 7.2, 10, grey, false, false, 0 };
    const struct style other = { 6.6, 9, grey, true, false, 0 };
    struct place p = { side - 12, 768, width_of_text() + 24 };

    k->field = c->note;
    ink_begin(k, "P");
    p.y += ink_text(k, &note, &p, INK_CENTRE, c->note);
    (void)ink_text(k, &other, &p, INK_CENTRE, c->note_other);
    ink_end(k, "P");
}

/* --- what is drawn and not written ------------------------------------------
 */

/* The paper comes first, and before any tag: an opaque ground that is painted
 * after one makes cairo forget what came before, tags too. */
static void draw_paper(struct ink *k)
{
    cairo_set_source_rgb(k->cr, 0.998, 0.996, 0.990);
    cairo_paint(k->cr);
}

static void draw_art(struct ink *k, const void *what)
{
    const struct paint_certificate *c = what;
    const struct figure_mark mark = { c->body, c->seal, c->seal_below };

    draw_paper(k);
    figure_border(k, PAINT_WIDTH, PAINT_HEIGHT);
    figure_rosette(k, middle, 452);
    draw_sample(k, c->sample);
    figure_emblem(k, middle - 24, 67, 48);
    figure_stars(k, middle, 208, c->stars);
    figure_mark(k, mark_middle, 681, 37, &mark);
}

/* Faces and language choose the outlines of letters. */
static err name_art(struct arena *a, const struct ink *k,
                    const struct paint_document *d, str *out)
{
    const struct paint_certificate *c = d->certificate.p;
    const str words[] = { c->sample, c->body, c->seal, c->seal_below };
    struct buf b;

    buf_init(&b, a, KEY_MOST);
    buf_printf(&b, "%d %d %" PRId64, k->faces, d->language, c->stars);
    for (size_t i = 0; i < COUNT(words); i++)
        buf_printf(&b, " %zu %.*s", words[i].n, STR_ARG(words[i]));
    return buf_done(&b, out);
}

static err lay_art(struct arena *a, struct ink *k,
                   const struct paint_document *d)
{
    const struct paint_certificate *c = d->certificate.p;
    str key;

    TRY(name_art(a, k, d, &key));
    k->field = c->body;
    return plate_page(a, k, key, draw_art, c);
}

static void draw_border(struct ink *k, const void *)
{
    figure_border(k, PAINT_WIDTH, PAINT_HEIGHT);
}

err certificate_border(struct arena *a, struct ink *k)
{
    return plate_page(a, k, S("border"), draw_border, NULL);
}

err certificate_draw(struct arena *a, struct ink *k,
                     const struct paint_document *d)
{
    const struct paint_certificate *c = d->certificate.p;
    struct middle m = { .ink = k, .c = c, .latin = d->language == PAINT_EN };

    TRY(lay_art(a, k, d));
    ink_begin(k, "Document");
    draw_head(k, d, c);
    if (!fit_middle(&m))
        return err_new(a, ERR_LIMIT, "paint.room",
                       ARG_STR("number", c->number));
    draw_middle(&m);
    TRY(draw_code(a, k, c));
    draw_body(k, c);
    draw_note(k, c);
    return OK;
}
