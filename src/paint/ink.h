#ifndef PAINT_INK_H
#define PAINT_INK_H

/*
 * ink -- text, rules and colours on a page.
 *
 *   [IK1] Lengths are points from the upper left corner; sizes of letters too.
 *   [IK2] Of a character that no face has, the first is kept with the name of
 *         the field it stood in; whoever paints the document asks at the end.
 *   [IK3] While `measuring`, nothing is drawn and no tag is set, but all that
 *         is asked for is laid out as it will be.
 */

#include "base/err.h"
#include "base/str.h"

#include <pango/pangocairo.h>
#include <stdint.h>

#define PAINT_PI 3.14159265358979323846
#define PAINT_MM (72.0 / 25.4)

struct colour {
    double red;
    double green;
    double blue;
};

/* The house's colours, those of the mark (templates/mark.svg). */
extern const struct colour ink_black;
extern const struct colour ink_teal;
extern const struct colour ink_gold;
extern const struct colour ink_quiet;
extern const struct colour ink_rule;
extern const struct colour ink_shade;
extern const struct colour ink_white;

enum ink_align { INK_LEFT, INK_CENTRE, INK_RIGHT };

struct style {
    double size;
    double lead; /* from line to line */
    struct colour colour;
    bool serif;
    bool bold;
    double track; /* between letters; above 0.5 a reader takes them for words */
};

struct missing {
    uint32_t character; /* 0: every character has a face */
    str field;
};

struct arena;
struct plates;

struct ink {
    cairo_t *cr;
    PangoContext *context;
    int faces;              /* enum fonts_range, those of the context */
    bool measuring;         /* [IK3] */
    str field;              /* what is being set, for [IK2] */
    struct missing missing; /* [IK2] */
    struct plates *plates;  /* what is drawn only once; NULL: it is being so */
};

/* Ink on a surface, in those faces and in that language ("en", "zh-cn"); the
 * rest of it is the caller's to fill in.  Ended with ink_close(). */
struct ink ink_open(cairo_surface_t *on, PangoFontMap *faces,
                    const char *language);
void ink_close(struct ink *k);

/* What [IK2] kept, as ERR_INVALID "paint.glyph" (character, code, field). */
err ink_refuse(struct arena *a, const struct missing *m);

/* Where text goes: its top left corner and how wide it may get. */
struct place {
    double x;
    double y;
    double width; /* 0: one line, as long as it is */
};

struct block_of_lines {
    PangoLayout *layout;
    int count;
};

/* Broken into lines of that width.  Ended with ink_lines_end(). */
struct block_of_lines ink_break(struct ink *k, const struct style *s,
                                double width, str text);
void ink_lines_end(struct block_of_lines *l);

/* Lines [first, last). */
struct line_range {
    int first;
    int last;
};

/* Those below each other; `p` is the top left of the first. */
void ink_lines(struct ink *k, const struct style *s,
               const struct block_of_lines *l, const struct place *p,
               enum ink_align align, struct line_range which);

/* All lines; returns how high they are. */
double ink_text(struct ink *k, const struct style *s, const struct place *p,
                enum ink_align align, str text);

/* One line on the baseline p->y, set smaller where it is wider than p->width,
 * which may be 0; p->x is its left end, middle or right end. */
void ink_line(struct ink *k, const struct style *s, const struct place *p,
              enum ink_align align, str text);

double ink_width(struct ink *k, const struct style *s, str text);

/* The same as outlines, filled: what is drawn so is no text to a reader. */
void ink_outline(struct ink *k, const struct style *s, double x, double y,
                 str text);

/* Tags of the logical structure: "P", "H1", "Table". */
void ink_begin(struct ink *k, const char *tag);
void ink_end(struct ink *k, const char *tag);

void ink_set(struct ink *k, struct colour c);
void ink_rule_across(struct ink *k, const struct place *p, double thick,
                     struct colour c);
void ink_fill(struct ink *k, const struct place *p, double height,
              struct colour c);

#endif
