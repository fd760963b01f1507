#include "paint/figure.h"

#include <math.h>

static const struct colour navy = { 0.055, 0.160, 0.330 };
static const struct colour sea = { 0.100, 0.380, 0.450 };
static const struct colour brass = { 0.660, 0.500, 0.200 };
static const struct colour cream = { 0.984, 0.968, 0.918 };

/* --- curves --------------------------------------------------------------- */

/* Where a curve is at t of [0, 1], by the numbers of `shape`. */
struct point {
    double x;
    double y;
};
struct shape {
    double radius;
    double wide; /* a wave of that many in the round .. */
    double waves;
    double phase;
    double fine; /* .. and a finer one on it */
    double fine_waves;
    double fine_phase;
};
typedef struct point curve(double t, const struct shape *s);

static struct point ring_at(double t, const struct shape *s)
{
    double u = 2 * PAINT_PI * t;
    double r = s->radius + s->wide * cos(s->waves * u + s->phase) +
               s->fine * cos(s->fine_waves * u + s->fine_phase);

    return (struct point){ r * cos(u - PAINT_PI / 2),
                           r * sin(u - PAINT_PI / 2) };
}

/* `radius` is how long it is. */
static struct point wave_at(double t, const struct shape *s)
{
    double u = 2 * PAINT_PI * t;

    return (struct point){
        t * s->radius, s->wide * cos(s->waves * u + s->phase) +
                           s->fine * cos(s->fine_waves * u + s->fine_phase)
    };
}

static struct point slope(curve *f, const struct shape *s, double t)
{
    const double h = 1e-5;
    struct point a = f(t - h, s);
    struct point b = f(t + h, s);

    return (struct point){ (b.x - a.x) / (2 * h), (b.y - a.y) / (2 * h) };
}

/* From t = first to last in n pieces, each a Bezier with the curve's slope. */
static void trace(cairo_t *cr, curve *f, const struct shape *s, double over,
                  int n)
{
    double step = (1 + 2 * over) / n;
    struct point p = f(-over, s);
    struct point d = slope(f, s, -over);

    cairo_move_to(cr, p.x, p.y);
    for (int i = 1; i <= n; i++) {
        double t = i * step - over;
        struct point q = f(t, s);
        struct point e = slope(f, s, t);

        cairo_curve_to(cr, p.x + d.x * step / 3, p.y + d.y * step / 3,
                       q.x - e.x * step / 3, q.y - e.y * step / 3, q.x, q.y);
        p = q;
        d = e;
    }
}

static void stroke(cairo_t *cr, struct colour c, double thick)
{
    cairo_set_source_rgb(cr, c.red, c.green, c.blue);
    cairo_set_line_width(cr, thick);
    cairo_stroke(cr);
}

/* --- tiles [FG2] ------------------------------------------------------------
 */

static cairo_surface_t *tile(double x, double y, double width, double height)
{
    const cairo_rectangle_t extent = { x, y, width, height };

    return cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extent);
}

static void stamp(cairo_t *cr, cairo_surface_t *t, double x, double y,
                  double turned)
{
    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_rotate(cr, turned);
    cairo_set_source_surface(cr, t, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
}

/* A ring in `copies` turns of itself, which close the pattern. */
static void ring(struct ink *k, struct point at, const struct shape *s,
                 int copies, struct colour c)
{
    double r = s->radius + s->wide + s->fine + 1;
    cairo_surface_t *t = tile(-r, -r, 2 * r, 2 * r);
    cairo_t *cr = cairo_create(t);

    trace(cr, ring_at, s, 0, (int)s->waves * (s->fine_waves > 0 ? 12 : 6));
    cairo_close_path(cr);
    stroke(cr, c, 0.3);
    cairo_destroy(cr);
    for (int i = 0; i < copies; i++)
        stamp(k->cr, t, at.x, at.y, 2 * PAINT_PI * i / (s->waves * copies));
    cairo_surface_destroy(t);
}

/* --- stars ------------------------------------------------------------------
 */

enum { STAR_CORNERS = 10 };

static struct point corner(double radius, int i)
{
    double angle = -PAINT_PI / 2 + i * PAINT_PI / 5;
    double r = i % 2 == 0 ? radius : radius * 0.39;

    return (struct point){ r * cos(angle), r * sin(angle) };
}

/* Half of each ray in the light, half in the shade. */
static void star(cairo_t *cr, double radius)
{
    for (int i = 0; i < STAR_CORNERS; i++) {
        struct point a = corner(radius, i);
        struct point b = corner(radius, i + 1);

        if (i % 2 != 0)
            cairo_set_source_rgb(cr, 0.90, 0.76, 0.42);
        else
            cairo_set_source_rgb(cr, 0.72, 0.53, 0.18);
        cairo_move_to(cr, 0, 0);
        cairo_line_to(cr, a.x, a.y);
        cairo_line_to(cr, b.x, b.y);
        cairo_close_path(cr);
        cairo_fill(cr);
    }
    for (int i = 0; i < STAR_CORNERS; i++) {
        struct point a = corner(radius, i);

        cairo_line_to(cr, a.x, a.y);
    }
    cairo_close_path(cr);
    stroke(cr, (struct colour){ 0.55, 0.39, 0.10 }, radius * 0.045);
}

void figure_stars(struct ink *k, double x, double y, int64_t n)
{
    const double radius = n > 12 ? 6.5 : 9.3;
    const double apart = radius * 2.65;
    cairo_surface_t *t;
    cairo_t *cr;

    if (k->measuring || n <= 0)
        return;
    t = tile(-radius - 1, -radius - 1, 2 * radius + 2, 2 * radius + 2);
    cr = cairo_create(t);
    star(cr, radius);
    cairo_destroy(cr);
    for (int64_t i = 0; i < n; i++)
        stamp(k->cr, t, x + ((double)i - (double)(n - 1) / 2) * apart, y, 0);
    cairo_surface_destroy(t);
}

/* --- the border
 * --------------------------------------------------------------- */

enum { EDGE = 22 };              /* of the paper */
static const double band = 12.0; /* half as wide as it is */

/* The inside of the band begins here. */
static double inner(void)
{
    return EDGE + 3.2 + 2 * band;
}

/* Waves of one colour, in one stroke: cairo looks at every stroke of a tile
 * anew each time the tile is painted. */
static void waves(cairo_t *cr, double length, int first, struct colour c)
{
    for (int i = first; i < 8; i += 2) {
        double phase = i * PAINT_PI / 4 + PAINT_PI / 8;
        struct shape s = { length, 8.2, 1, phase, 2.2, 3, 3 * phase };

        trace(cr, wave_at, &s, 0.06 / length, 12);
    }
    stroke(cr, c, 0.27);
}

static void fine_waves(cairo_t *cr, double length)
{
    for (int i = 0; i < 4; i++) {
        double phase = i * PAINT_PI / 2 + PAINT_PI / 4;
        struct shape s = { length, 5.0, 2, phase, -1.0, 6, 3 * phase };

        trace(cr, wave_at, &s, 0.06 / length, 16);
    }
    stroke(cr, brass, 0.27);
}

/* One period of the band, a little longer on both sides. */
static cairo_surface_t *band_tile(double length)
{
    cairo_surface_t *t = tile(-0.05, -band, length + 0.1, 2 * band);
    cairo_t *cr = cairo_create(t);

    waves(cr, length, 0, navy);
    waves(cr, length, 1, sea);
    fine_waves(cr, length);
    cairo_destroy(cr);
    return t;
}

/* Both bands along sides of that length, `across` from one to the other. */
static void bands(struct ink *k, double length, double across, bool upright)
{
    double room = length - 2 * inner();
    int n = (int)lround(room / 30.0);
    double middle = EDGE + 3.2 + band;
    cairo_surface_t *t = band_tile(room / n);

    for (int i = 0; i < n; i++) {
        double at = inner() + room / n * i;

        for (int far = 0; far < 2; far++) {
            double side = far != 0 ? across - middle : middle;

            if (upright)
                stamp(k->cr, t, side, at, PAINT_PI / 2);
            else
                stamp(k->cr, t, at, side, 0);
        }
    }
    cairo_surface_destroy(t);
}

static cairo_surface_t *corner_tile(void)
{
    cairo_surface_t *t = tile(-band, -band, 2 * band, 2 * band);
    cairo_t *cr = cairo_create(t);

    cairo_rectangle(cr, -band + 0.25, -band + 0.25, 2 * band - 0.5,
                    2 * band - 0.5);
    stroke(cr, brass, 0.5);
    cairo_rectangle(cr, -band + 1.5, -band + 1.5, 2 * band - 3, 2 * band - 3);
    stroke(cr, navy, 0.3);
    for (int i = 0; i < 3; i++) {
        struct shape s = { 5.7, 4.3, 8, i * PAINT_PI * 2 / 3, 0, 0, 0 };

        trace(cr, ring_at, &s, 0, 40);
        stroke(cr, i % 2 != 0 ? navy : sea, 0.2);
    }
    cairo_destroy(cr);
    return t;
}

static void corners(struct ink *k, double width, double height)
{
    double middle = EDGE + 3.2 + band;
    cairo_surface_t *t = corner_tile();

    for (int i = 0; i < 4; i++)
        stamp(k->cr, t, (i & 1) != 0 ? width - middle : middle,
              (i & 2) != 0 ? height - middle : middle, 0);
    cairo_surface_destroy(t);
}

/* A rectangle that far inside of the paper's edge. */
static void frame(struct ink *k, struct point size, double inset,
                  struct colour c, double thick)
{
    cairo_rectangle(k->cr, inset, inset, size.x - 2 * inset,
                    size.y - 2 * inset);
    stroke(k->cr, c, thick);
}

static void ground(struct ink *k, struct point size)
{
    cairo_rectangle(k->cr, EDGE + 3.2, EDGE + 3.2, size.x - 2 * EDGE - 6.4,
                    size.y - 2 * EDGE - 6.4);
    cairo_rectangle(k->cr, inner(), inner(), size.x - 2 * inner(),
                    size.y - 2 * inner());
    cairo_set_fill_rule(k->cr, CAIRO_FILL_RULE_EVEN_ODD);
    ink_set(k, cream);
    cairo_fill(k->cr);
    cairo_set_fill_rule(k->cr, CAIRO_FILL_RULE_WINDING);
}

void figure_border(struct ink *k, double width, double height)
{
    struct point size = { width, height };

    if (k->measuring)
        return;
    ground(k, size);
    frame(k, size, EDGE, navy, 1.6);
    frame(k, size, EDGE + 3.2, brass, 0.5);
    bands(k, width, height, false);
    bands(k, height, width, true);
    frame(k, size, inner(), brass, 0.9);
    frame(k, size, inner() + 2.6, navy, 0.35);
    corners(k, width, height);
}

void figure_rosette(struct ink *k, double x, double y)
{
    static const struct shape outer = { 120, 44, 12, 0, 12, 36, 0 };
    static const struct shape heart = { 50, 21, 8, 0, 5, 24, 0 };

    if (k->measuring)
        return;
    ring(k, (struct point){ x, y }, &outer, 12,
         (struct colour){ 0.938, 0.924, 0.872 });
    ring(k, (struct point){ x, y }, &heart, 8,
         (struct colour){ 0.915, 0.934, 0.934 });
}

/* --- the body's mark
 * ------------------------------------------------------------ */

/* One character of a text, and where the next begins. */
static str character(str text, size_t at)
{
    size_t n = 1;

    while (at + n < text.n && ((unsigned char)text.p[at + n] & 0xC0) == 0x80)
        n++;
    return (str){ text.p + at, n };
}

/* How wide the characters are, all together. */
static double width_around(struct ink *k, const struct style *s, str text)
{
    double whole = 0;

    for (size_t at = 0; at < text.n; at += character(text, at).n)
        whole += ink_width(k, s, character(text, at));
    return whole;
}

/* Each character upright on the ring.  Few of them stand further apart, many
 * are set smaller. */
static void text_around(struct ink *k, const struct style *s, double radius,
                        str text)
{
    const double least = 2.8;
    const double most = 4.4;
    double natural = width_around(k, s, text) / radius;
    double size = natural > most ? most / natural : 1;
    double apart = natural < least ? least / natural : size;
    double angle;

    apart = apart > 1.6 ? 1.6 : apart;
    angle = -natural * apart / 2;
    for (size_t at = 0; at < text.n; at += character(text, at).n) {
        str one = character(text, at);
        double wide = ink_width(k, s, one) * apart / radius;

        cairo_save(k->cr);
        cairo_rotate(k->cr, angle + wide / 2);
        cairo_translate(k->cr, 0, -radius);
        cairo_scale(k->cr, size, size);
        ink_outline(k, s, 0, 0, one);
        cairo_restore(k->cr);
        angle += wide;
    }
}

static void circle(struct ink *k, double radius, struct colour c, double thick)
{
    cairo_new_path(k->cr);
    cairo_arc(k->cr, 0, 0, radius, 0, 2 * PAINT_PI);
    stroke(k->cr, c, thick);
}

/* The middle says what it is, in a size that fits. */
static void mark_words(struct ink *k, double radius,
                       const struct figure_mark *m)
{
    struct style s = { .size = radius * 0.26,
                       .bold = true,
                       .colour = ink_teal };
    double room = radius * 1.05;
    double width = ink_width(k, &s, m->middle);

    if (width > room)
        s.size *= room / width;
    ink_set(k, ink_teal);
    ink_outline(k, &s, 0, radius * 0.06, m->middle);
    s.bold = false;
    s.size = radius * 0.115;
    ink_outline(k, &s, 0, radius * 0.27, m->below);
}

void figure_mark(struct ink *k, double x, double y, double radius,
                 const struct figure_mark *m)
{
    const struct shape edge = { radius * 0.97, radius * 0.05, 36, 0, 0, 0, 0 };
    const struct shape lace = { radius * 0.60, radius * 0.05, 24, 0, 0, 0, 0 };
    const struct style around = {
        .size = radius * 0.2, .bold = true, .serif = true, .colour = ink_teal
    };

    k->field = m->around;
    if (k->measuring)
        return;
    ring(k, (struct point){ x, y }, &edge, 4, ink_teal);
    ring(k, (struct point){ x, y }, &lace, 4, brass);
    cairo_save(k->cr);
    cairo_translate(k->cr, x, y);
    circle(k, radius * 0.90, ink_teal, 0.7);
    ink_set(k, ink_teal);
    text_around(k, &around, radius * 0.705, m->around);
    mark_words(k, radius, m);
    cairo_restore(k->cr);
}

void figure_emblem(struct ink *k, double x, double y, double size)
{
    int rings = size < 30 ? 2 : 3;

    if (k->measuring)
        return;
    cairo_save(k->cr);
    cairo_translate(k->cr, x + size / 2, y + size / 2);
    for (int i = 0; i < rings; i++) {
        struct shape s = { size * 0.30, size * 0.2, 6, i * PAINT_PI * 2 / rings,
                           0,           0,          0 };

        trace(k->cr, ring_at, &s, 0, 60);
        stroke(k->cr, i == 0 ? brass : ink_teal, 0.45);
    }
    cairo_restore(k->cr);
}
