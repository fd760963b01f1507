#include "paint/ink.h"

#include "codec/utf8.h"
#include "paint/fonts.h"

#include <stdio.h>

const struct colour ink_black = { 0.071, 0.188, 0.227 };
const struct colour ink_teal = { 0.059, 0.298, 0.361 };
const struct colour ink_gold = { 0.627, 0.416, 0.055 };
const struct colour ink_quiet = { 0.290, 0.373, 0.408 };
const struct colour ink_rule = { 0.792, 0.831, 0.847 };
const struct colour ink_shade = { 0.941, 0.961, 0.965 };
const struct colour ink_white = { 1, 1, 1 };

static double points(int units)
{
    return (double)units / PANGO_SCALE;
}

static int units(double points)
{
    return (int)(points * PANGO_SCALE);
}

/* --- begin and end -------------------------------------------------------- */

/* Letters are where they are by their own measures, not moved to any grid. */
static void set_options(PangoContext *context)
{
    cairo_font_options_t *o = cairo_font_options_create();

    cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, o);
    cairo_font_options_destroy(o);
    pango_context_set_round_glyph_positions(context, FALSE);
}

struct ink ink_open(cairo_surface_t *on, PangoFontMap *faces,
                    const char *language)
{
    struct ink k = { .cr = cairo_create(on) };

    k.context = pango_font_map_create_context(faces);
    pango_context_set_language(k.context, pango_language_from_string(language));
    set_options(k.context);
    pango_cairo_update_context(k.cr, k.context);
    return k;
}

void ink_close(struct ink *k)
{
    g_clear_object(&k->context);
    cairo_destroy(k->cr);
    k->cr = NULL;
}

err ink_refuse(struct arena *a, const struct missing *m)
{
    char code[16];
    char text[UTF8_MAX];
    str character = { text, utf8_write(m->character, text) };

    (void)snprintf(code, sizeof code, "U+%04X", m->character);
    return err_new(a, ERR_INVALID, "paint.glyph",
                   ARG_STR("character", character),
                   ARG_STR("code", str_of(code)), ARG_STR("field", m->field));
}

/* --- laying out --------------------------------------------------------- */

static void set_face(PangoLayout *layout, const struct style *s)
{
    PangoFontDescription *face = pango_font_description_new();

    pango_font_description_set_family_static(face, s->serif ? PAINT_SERIF
                                                            : PAINT_SANS);
    pango_font_description_set_weight(face, s->bold ? PANGO_WEIGHT_BOLD
                                                    : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(face, s->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, face);
    pango_font_description_free(face);
}

static void set_track(PangoLayout *layout, double track)
{
    PangoAttrList *list = pango_attr_list_new();

    pango_attr_list_insert(list, pango_attr_letter_spacing_new(units(track)));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

/* The first glyph of a run that stands for a character without one. */
static uint32_t unknown_in(const PangoGlyphString *glyphs)
{
    for (int i = 0; i < glyphs->num_glyphs; i++) {
        PangoGlyph g = glyphs->glyphs[i].glyph;

        if ((g & PANGO_GLYPH_UNKNOWN_FLAG) != 0 && g != PANGO_GLYPH_EMPTY)
            return g & ~(PangoGlyph)PANGO_GLYPH_UNKNOWN_FLAG;
    }
    return 0;
}

static uint32_t unknown_in_line(const PangoLayoutLine *line)
{
    for (const GSList *run = line->runs; run != NULL; run = run->next) {
        uint32_t c = unknown_in(((const PangoLayoutRun *)run->data)->glyphs);

        if (c != 0)
            return c;
    }
    return 0;
}

/* [IK2] */
static void note_missing(struct ink *k, PangoLayout *layout)
{
    const GSList *line = pango_layout_get_lines_readonly(layout);

    if (k->missing.character != 0 ||
        pango_layout_get_unknown_glyphs_count(layout) == 0)
        return;
    for (; line != NULL && k->missing.character == 0; line = line->next)
        k->missing = (struct missing){ unknown_in_line(line->data), k->field };
}

struct block_of_lines ink_break(struct ink *k, const struct style *s,
                                double width, str text)
{
    PangoLayout *layout = pango_layout_new(k->context);

    set_face(layout, s);
    if (s->track > 0)
        set_track(layout, s->track);
    pango_layout_set_text(layout, text.n > 0 ? text.p : "", (int)text.n);
    if (width > 0) {
        pango_layout_set_width(layout, units(width));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    note_missing(k, layout);
    return (struct block_of_lines){ layout,
                                    pango_layout_get_line_count(layout) };
}

void ink_lines_end(struct block_of_lines *l)
{
    g_clear_object(&l->layout);
}

static double line_width(PangoLayoutLine *line)
{
    PangoRectangle r;

    pango_layout_line_get_extents(line, NULL, &r);
    return points(r.width);
}

double ink_width(struct ink *k, const struct style *s, str text)
{
    struct block_of_lines l = ink_break(k, s, 0, text);
    double width = line_width(pango_layout_get_line_readonly(l.layout, 0));

    ink_lines_end(&l);
    return width;
}

/* --- drawing ------------------------------------------------------------ */

void ink_set(struct ink *k, struct colour c)
{
    cairo_set_source_rgb(k->cr, c.red, c.green, c.blue);
}

/* How far to the right a line of `width` begins in a room of `room`. */
static double indent(enum ink_align align, double room, double width)
{
    if (align == INK_LEFT)
        return 0;
    return align == INK_CENTRE ? (room - width) / 2 : room - width;
}

void ink_lines(struct ink *k, const struct style *s,
               const struct block_of_lines *l, const struct place *p,
               enum ink_align align, struct line_range which)
{
    /* letters stand in the middle of their line */
    double base = p->y + (s->lead - s->size) / 2 + s->size * 0.86;

    if (k->measuring)
        return;
    ink_set(k, s->colour);
    for (int i = which.first; i < which.last && i < l->count; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(l->layout, i);

        cairo_move_to(k->cr, p->x + indent(align, p->width, line_width(line)),
                      base + (i - which.first) * s->lead);
        pango_cairo_show_layout_line(k->cr, line);
    }
}

double ink_text(struct ink *k, const struct style *s, const struct place *p,
                enum ink_align align, str text)
{
    struct block_of_lines l = ink_break(k, s, p->width, text);
    double height = l.count * s->lead;

    ink_lines(k, s, &l, p, align, (struct line_range){ 0, l.count });
    ink_lines_end(&l);
    return height;
}

void ink_line(struct ink *k, const struct style *s, const struct place *p,
              enum ink_align align, str text)
{
    double width = ink_width(k, s, text);
    struct style fitting = *s;
    struct block_of_lines l;

    if (p->width > 0 && width > p->width) {
        fitting.size *= p->width / width;
        fitting.track *= p->width / width;
    }
    l = ink_break(k, &fitting, 0, text);
    if (!k->measuring) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(l.layout, 0);

        ink_set(k, s->colour);
        cairo_move_to(k->cr, p->x + indent(align, 0, line_width(line)), p->y);
        pango_cairo_show_layout_line(k->cr, line);
    }
    ink_lines_end(&l);
}

void ink_outline(struct ink *k, const struct style *s, double x, double y,
                 str text)
{
    struct block_of_lines l = ink_break(k, s, 0, text);
    PangoLayoutLine *line = pango_layout_get_line_readonly(l.layout, 0);

    if (!k->measuring) {
        cairo_new_path(k->cr);
        cairo_move_to(k->cr, x - line_width(line) / 2, y);
        pango_cairo_layout_line_path(k->cr, line);
        cairo_fill(k->cr);
    }
    ink_lines_end(&l);
}

void ink_begin(struct ink *k, const char *tag)
{
    if (!k->measuring)
        cairo_tag_begin(k->cr, tag, NULL);
}

void ink_end(struct ink *k, const char *tag)
{
    if (!k->measuring)
        cairo_tag_end(k->cr, tag);
}

void ink_rule_across(struct ink *k, const struct place *p, double thick,
                     struct colour c)
{
    if (k->measuring)
        return;
    ink_set(k, c);
    cairo_set_line_width(k->cr, thick);
    cairo_move_to(k->cr, p->x, p->y);
    cairo_line_to(k->cr, p->x + p->width, p->y);
    cairo_stroke(k->cr);
}

void ink_fill(struct ink *k, const struct place *p, double height,
              struct colour c)
{
    if (k->measuring)
        return;
    ink_set(k, c);
    cairo_rectangle(k->cr, p->x, p->y, p->width, height);
    cairo_fill(k->cr);
}
