/*
 * svg_path -- outlines as the attribute d of a path has them (svg.h).
 */

#include "base/size.h"
#include "paint/svg.h"

#include <math.h>

enum { DECIMAL = 10, ARGS = 7 };

/* --- numbers -------------------------------------------------------------- */

static bool is_digit(str s)
{
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9';
}

static bool take(str *rest, char c)
{
    if (rest->n == 0 || rest->p[0] != c)
        return false;
    *rest = str_from(*rest, 1);
    return true;
}

static void skip_between(str *rest)
{
    while (take(rest, ' ') || take(rest, ','))
        ;
}

static double digits(str *rest, double value, double *place)
{
    for (; is_digit(*rest); *rest = str_from(*rest, 1)) {
        value = value * DECIMAL + (rest->p[0] - '0');
        *place *= DECIMAL;
    }
    return value;
}

bool svg_number(str *rest, double *out)
{
    str at = *rest;
    bool minus;
    double place = 1;
    double value;

    skip_between(&at);
    minus = take(&at, '-');
    if (!is_digit(at))
        return false;
    value = digits(&at, 0, &place);
    place = 1;
    if (take(&at, '.'))
        value = digits(&at, value, &place);
    skip_between(&at);
    *rest = at;
    *out = (minus ? -value : value) / place;
    return true;
}

/* --- commands ------------------------------------------------------------- */

struct spot {
    double x;
    double y;
};

static struct spot here(cairo_t *cr)
{
    struct spot p;

    cairo_get_current_point(cr, &p.x, &p.y);
    return p;
}

/* The middle of the circle of that radius through both, on the side that the
 * flags say (SVG 2, appendix B.2.4). */
static struct spot middle(struct spot from, struct spot to, double radius,
                          bool other)
{
    struct spot half = { (from.x - to.x) / 2, (from.y - to.y) / 2 };
    double chord = half.x * half.x + half.y * half.y;
    double left = radius * radius - chord;
    double by = chord > 0 && left > 0 ? sqrt(left / chord) : 0;

    by = other ? by : -by;
    return (struct spot){ (from.x + to.x) / 2 + by * half.y,
                          (from.y + to.y) / 2 - by * half.x };
}

static void arc(cairo_t *cr, const double n[static ARGS])
{
    bool large = n[3] > 0;
    bool sweep = n[4] > 0;
    struct spot from = here(cr);
    struct spot to = { n[5], n[6] };
    struct spot c = middle(from, to, n[0], large != sweep);
    double begin = atan2(from.y - c.y, from.x - c.x);
    double end = atan2(to.y - c.y, to.x - c.x);

    if (sweep)
        cairo_arc(cr, c.x, c.y, n[0], begin, end);
    else
        cairo_arc_negative(cr, c.x, c.y, n[0], begin, end);
}

static void follow(cairo_t *cr, char command, const double n[static ARGS])
{
    switch (command) {
    case 'M': cairo_move_to(cr, n[0], n[1]); return;
    case 'L': cairo_line_to(cr, n[0], n[1]); return;
    case 'H': cairo_line_to(cr, n[0], here(cr).y); return;
    case 'V': cairo_line_to(cr, here(cr).x, n[0]); return;
    case 'h': cairo_rel_line_to(cr, n[0], 0); return;
    case 'v': cairo_rel_line_to(cr, 0, n[0]); return;
    case 'A': arc(cr, n); return;
    default: cairo_close_path(cr);
    }
}

static const struct {
    char letter;
    size_t args;
} commands[] = {
    { 'M', 2 }, { 'L', 2 },    { 'H', 1 }, { 'V', 1 }, { 'h', 1 },
    { 'v', 1 }, { 'A', ARGS }, { 'Z', 0 }, { 'z', 0 },
};

/* How many numbers follow a letter; ARGS + 1: it is no command. */
static size_t args_of(char letter)
{
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (commands[i].letter == letter)
            return commands[i].args;
    }
    return ARGS + 1;
}

bool svg_path(cairo_t *cr, str d)
{
    while (d.n > 0) {
        char command = d.p[0];
        size_t args = args_of(command);
        double n[ARGS] = { 0 };

        if (args > ARGS)
            return false;
        d = str_from(d, 1);
        for (size_t i = 0; i < args; i++) {
            if (!svg_number(&d, &n[i]))
                return false;
        }
        /* an ellipse, or a turned one, is not known */
        if (command == 'A' && (n[0] <= 0 || n[0] < n[1] || n[0] > n[1]))
            return false;
        skip_between(&d);
        follow(cr, command, n);
    }
    return true;
}
