#ifndef PAGE_MARK_H
#define PAGE_MARK_H

/*
 * mark -- the mark of a certificate as a picture, from templates/mark.svg.
 * [M21]
 *
 *   [MA1] Lines that would be too long for the label are set smaller, so that
 *         none leaves it.
 *   [MA2] It is no red round seal and praises nothing: a label that says what
 *         was certified, by whom, under which number, and where to look it up.
 */

#include "page/page.h"

struct arena;

/* How it is drawn. */
enum page_mark_colour {
    PAGE_MARK_COLOUR,
    PAGE_MARK_MONO,     /* in one colour, black */
    PAGE_MARK_REVERSED, /* light, on a dark ground */
    PAGE_MARK_COLOUR_COUNT,
};

/* Fill in what follows from the words that are in `page` already: sizes, stars
 * and colours.  False without memory. */
bool page_mark_draw(struct arena *a, struct page_mark *page, int64_t stars,
                    enum page_mark_colour colour);

#endif
