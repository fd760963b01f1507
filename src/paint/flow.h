#ifndef PAINT_FLOW_H
#define PAINT_FLOW_H

/*
 * flow -- blocks down the pages of a document.
 *
 *   [FL1] A heading never stands alone at the foot of a page, nor one line of
 *         a paragraph at the foot or head of one where it has more.
 *   [FL2] A row longer than what is left goes on overleaf, below the table's
 *         head; one of three lines or fewer is kept whole.
 *   [FL3] The pages are counted by laying everything out once before it is
 *         drawn, so that "page 1 of 3" can stand on the first.
 */

#include "paint/document.h"
#include "paint/ink.h"

#define PAINT_WIDTH  595.276 /* A4 */
#define PAINT_HEIGHT 841.890

struct flow {
    struct ink ink;
    const struct paint_document *document;
    struct arena *arena;
    double left;
    double top;
    double bottom; /* nothing stands below */
    double y;
    int page;    /* from 1; 0: none begun */
    int pages;   /* of the document; 0 while they are counted */
    bool framed; /* further pages of a certificate: its border, no head */
    err first;   /* what kept a page from being whole */
};

void flow_init(struct flow *f, struct arena *a, const struct paint_document *d);

/* All blocks, from a new page on; of a document that is no certificate the
 * title first. */
void flow_blocks(struct flow *f);

/* --- inside the room: flow.c, grid.c ------------------------------------ */

double flow_width(const struct flow *f);
double flow_room(const struct flow *f);
void flow_new_page(struct flow *f);
/* A new page where less than that is left of this one. */
void flow_need(struct flow *f, double height);

/* A block of rows: fields, a table, a list, bars, signatures. */
void flow_grid(struct flow *f, const struct paint_block *b);

#endif
