#include "paint/paint.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "paint/certificate.h"
#include "paint/flow.h"
#include "paint/tidy.h"

#include <cairo-pdf.h>
#include <stdio.h>

enum { FILE_MOST = 64 << 20, DATE_MOST = 40 };

/* One turn: a document on a surface. */
struct turn {
    struct arena *a;
    PangoFontMap *faces;
    const struct paint_document *d;
    cairo_surface_t *surface;
    bool measuring;
    int pages; /* there are, once they were counted; else 0 */
    struct missing missing;
};

/* --- ink
 * ----------------------------------------------------------------------- */

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

static struct ink ink_for(const struct turn *t)
{
    struct ink k = { .measuring = t->measuring };
    const char *language = t->d->language == PAINT_EN ? "en" : "zh-cn";

    k.cr = cairo_create(t->surface);
    k.context = pango_font_map_create_context(t->faces);
    pango_context_set_language(k.context, pango_language_from_string(language));
    set_options(k.context);
    pango_cairo_update_context(k.cr, k.context);
    return k;
}

/* The paper, before any tag: an opaque ground that is painted after one makes
 * cairo forget what came before, tags too. */
static void lay_paper(struct ink *k)
{
    if (k->measuring)
        return;
    cairo_set_source_rgb(k->cr, 0.998, 0.996, 0.990);
    cairo_paint(k->cr);
}

static err draw(struct turn *t)
{
    struct flow f = { .ink = ink_for(t), .pages = t->pages };
    err e = OK;

    flow_init(&f, t->a, t->d);
    if (t->d->certificate.n > 0)
        lay_paper(&f.ink);
    ink_begin(&f.ink, "Document");
    if (t->d->certificate.n > 0) {
        f.page = 1;
        e = certificate_draw(t->a, &f.ink, t->d);
    }
    if (!failed(e) && (t->d->certificate.n == 0 || t->d->blocks.n > 0))
        flow_blocks(&f);
    ink_end(&f.ink, "Document");
    if (!f.ink.measuring)
        cairo_show_page(f.ink.cr);
    t->pages = f.page;
    t->missing = f.ink.missing;
    g_object_unref(f.ink.context);
    cairo_destroy(f.ink.cr);
    TRY(e);
    return f.failed ? err_memory() : OK;
}

/* --- what is asked of a document before it is drawn
 * ------------------------------- */

static err refuse_missing(struct arena *a, const struct missing *m)
{
    char code[16];
    char text[UTF8_MAX];
    str character = { text, utf8_write(m->character, text) };

    (void)snprintf(code, sizeof code, "U+%04X", m->character);
    return err_new(a, ERR_INVALID, "paint.glyph",
                   ARG_STR("character", character),
                   ARG_STR("code", str_of(code)), ARG_STR("field", m->field));
}

static err measure(struct turn *t)
{
    err e;

    t->surface =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    t->measuring = true;
    e = draw(t);
    t->measuring = false;
    cairo_surface_destroy(t->surface);
    return e;
}

/* Count the pages, and choose the faces. */
static err prepare(struct turn *t, struct fonts *fonts)
{
    t->faces = fonts->reduced;
    TRY(measure(t));
    if (t->missing.character != 0) {
        PangoFontMap *whole = fonts_whole(t->a, fonts);

        t->faces = whole != NULL ? whole : t->faces;
        t->pages = 0;
        TRY(measure(t));
    }
    return t->missing.character == 0 ? OK : refuse_missing(t->a, &t->missing);
}

/* --- the file
 * ------------------------------------------------------------------------ */

static cairo_status_t keep(void *to, const unsigned char *bytes, unsigned n)
{
    struct buf *b = to;

    buf_str(b, (str){ (const char *)bytes, n });
    return failed(b->first) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Midnight of its day, in the time of the trade. [PN1] */
static err set_date(struct arena *a, cairo_surface_t *s, day made)
{
    char of_day[DAY_TEXT];
    struct buf b;
    str text;

    buf_init(&b, a, DATE_MOST);
    buf_str(&b, day_text(made, of_day));
    buf_str(&b, S("T00:00:00+08:00"));
    TRY(buf_done(&b, &text));
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, text.p);
    return OK;
}

static err set_metadata(struct arena *a, cairo_surface_t *s,
                        cairo_pdf_metadata_t what, str text)
{
    str ended;

    TRY_MEMORY(arena_str(a, text, &ended));
    cairo_pdf_surface_set_metadata(s, what, ended.p);
    return OK;
}

static err set_about(struct turn *t)
{
    cairo_surface_t *s = t->surface;

    cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_5);
    TRY(set_date(t->a, s, t->d->made));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_TITLE, t->d->title));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_AUTHOR, t->d->body));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_SUBJECT, t->d->number));
    return set_metadata(t->a, s, CAIRO_PDF_METADATA_CREATOR, S("Tenstar"));
}

static err write_file(struct turn *t, struct buf *to)
{
    cairo_status_t status;
    err e;

    t->surface = cairo_pdf_surface_create_for_stream(keep, to, PAINT_WIDTH,
                                                     PAINT_HEIGHT);
    e = set_about(t);
    if (!failed(e))
        e = draw(t);
    cairo_surface_finish(t->surface);
    status = cairo_surface_status(t->surface);
    cairo_surface_destroy(t->surface);
    TRY(e);
    TRY(to->first);
    if (status == CAIRO_STATUS_SUCCESS)
        return OK;
    return err_new(t->a, ERR_IO, "paint.library",
                   ARG_STR("why", str_of(cairo_status_to_string(status))));
}

static err write_kept(struct turn *t, str *out)
{
    struct buf b;

    buf_init(&b, t->a, FILE_MOST);
    TRY(write_file(t, &b));
    return buf_done(&b, out);
}

/* One page that uses no rare character: there is nothing to be counted and
 * nothing to be chosen, so it is drawn at once.  *written is untouched where
 * that was not so. */
static err write_at_once(struct turn *t, struct fonts *fonts, str *written)
{
    str bytes;

    if (t->d->certificate.n == 0 || t->d->blocks.n > 0)
        return OK;
    t->faces = fonts->reduced;
    TRY(write_kept(t, &bytes));
    if (t->missing.character == 0)
        *written = bytes;
    return OK;
}

err paint_pdf(struct arena *a, struct fonts *fonts,
              const struct paint_document *d, str *out)
{
    struct turn t = { .a = a, .d = d };
    str written = { NULL, 0 };

    TRY(write_at_once(&t, fonts, &written));
    if (written.n == 0) {
        TRY(prepare(&t, fonts));
        TRY(write_kept(&t, &written));
    }
    return tidy_pdf(a, written, d->language == PAINT_EN ? S("en") : S("zh-CN"),
                    out);
}
