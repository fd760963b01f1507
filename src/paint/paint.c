#include "paint/paint.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paint/certificate.h"
#include "paint/flow.h"
#include "paint/tidy.h"
#include "paint/written.h"

#include <cairo-pdf.h>

enum { DATE_MOST = 40 };

/* One turn: a document on a surface. */
struct turn {
    struct arena *a;
    struct studio *studio;
    PangoFontMap *faces;
    int range; /* enum fonts_range, of the faces */
    const struct paint_document *d;
    cairo_surface_t *surface;
    bool measuring;
    int pages; /* there are, once they were counted; else 0 */
    struct missing missing;
};

static bool is_one_page(const struct paint_document *d)
{
    return d->certificate.n > 0 && d->blocks.n == 0;
}

/* --- ink
 * ----------------------------------------------------------------------- */

static struct ink ink_for(const struct turn *t)
{
    struct ink k = ink_open(t->surface, t->faces,
                            t->d->language == PAINT_EN ? "en" : "zh-cn");

    k.measuring = t->measuring;
    k.faces = t->range;
    k.plates = &t->studio->plates;
    return k;
}

/* Its first page, or nothing where it has none of its own. */
static err draw_first(struct turn *t, struct flow *f)
{
    if (t->d->certificate.n == 0) {
        ink_begin(&f->ink, "Document");
        return OK;
    }
    f->page = 1;
    return certificate_draw(t->a, &f->ink, t->d);
}

static err draw(struct turn *t)
{
    struct flow f = { .ink = ink_for(t), .pages = t->pages };
    err e;

    flow_init(&f, t->a, t->d);
    e = draw_first(t, &f);
    if (!failed(e) && !is_one_page(t->d))
        flow_blocks(&f);
    ink_end(&f.ink, "Document");
    if (!f.ink.measuring)
        cairo_show_page(f.ink.cr);
    t->pages = f.page;
    t->missing = f.ink.missing;
    ink_close(&f.ink);
    TRY(e);
    return f.first;
}

/* --- what is asked of a document before it is drawn
 * ------------------------------- */

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

/* --- the file
 * ------------------------------------------------------------------------ */

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

    TRY(set_date(t->a, s, t->d->made));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_TITLE, t->d->title));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_AUTHOR, t->d->body));
    TRY(set_metadata(t->a, s, CAIRO_PDF_METADATA_SUBJECT, t->d->number));
    return set_metadata(t->a, s, CAIRO_PDF_METADATA_CREATOR, S("Tenstar"));
}

static err write_file(struct turn *t, str *out)
{
    struct buf b;
    str bytes;
    err e;

    buf_init(&b, t->a, WRITTEN_MOST);
    plates_clear(&t->studio->plates);
    t->surface = written_begin(&b);
    e = set_about(t);
    if (!failed(e))
        e = draw(t);
    if (failed(e)) {
        cairo_surface_destroy(t->surface);
        return e;
    }
    TRY(written_end(t->a, t->surface, &b, &bytes));
    return tidy_pdf(t->a, bytes, &t->studio->plates,
                    t->d->language == PAINT_EN ? S("en") : S("zh-CN"), out);
}

/* Of one page there is nothing to be counted. [FL3] */
static err try_faces(struct turn *t, str *out)
{
    t->pages = 0;
    t->missing.character = 0;
    if (!is_one_page(t->d))
        TRY(measure(t));
    return t->missing.character == 0 ? write_file(t, out) : OK;
}

/* The fewest faces that have all it says. [PF2] */
err paint_pdf(struct arena *a, struct studio *studio,
              const struct paint_document *d, str *out)
{
    struct turn t = { .a = a, .studio = studio, .d = d };
    str written = { NULL, 0 };

    do {
        t.faces = fonts_map(a, &studio->fonts, t.range);
        if (t.faces == NULL)
            break;
        TRY(try_faces(&t, &written));
        t.range++;
    } while (t.missing.character != 0 && t.range < FONTS_RANGES);
    if (t.missing.character != 0)
        return ink_refuse(a, &t.missing);
    if (written.n == 0)
        return err_new(a, ERR_IO, "paint.fonts",
                       ARG_STR("folder", str_of(studio->fonts.folder)));
    *out = written;
    return OK;
}

/* --- studio ----------------------------------------------------------------
 */

err studio_open(struct arena *a, struct heap *h, struct studio *out)
{
    struct studio s;

    TRY(fonts_open(a, &s.fonts));
    plates_init(&s.plates, h);
    *out = s;
    return OK;
}

void studio_end(struct studio *s)
{
    plates_end(&s->plates);
    fonts_end(&s->fonts);
}
