#ifndef PAINT_PLATE_H
#define PAINT_PLATE_H

/*
 * plate -- a drawing that is laid into a file as it was made before.
 *
 * Cairo looks at every stroke of a page several times, writes each number of
 * it and compresses the whole, which for the border of a certificate takes five
 * times as long as for all its words.  So what comes again from one certificate
 * to the next is drawn once, on a page of its own, and kept as the objects that
 * page is made of.  In a document an empty figure stands in for it, and is
 * exchanged for it in the file that cairo wrote.
 *
 *   [PL1] A plate that was kept gives the same bytes as one made anew.
 *   [PL2] A document that lays a plate on several pages holds it once.
 *   [PL3] One with a character that no face has is neither kept nor laid: the
 *         document will be refused, and whoever asks for it again hears of the
 *         character again.
 *
 * Threads: one struct plates, one thread.
 */

#include "base/arena.h"
#include "codec/pdf.h"
#include "paint/ink.h"

/* A figure as objects of a PDF file, its y growing downward. */
struct plate {
    str about;                      /* of its dictionary: matrix and bounds */
    str stream;                     /* compressed as PDF has it */
    str resources;                  /* a dictionary .. */
    const struct pdf_object *parts; /* .. and the objects it leads to */
    size_t n;
};

enum { PLATES_KEPT = 16, PLATES_LAID = 4, PLATES_MEMORY = 32 << 20 };

struct kept_plate {
    str key;
    struct plate plate;
};

/* What stands in for a plate while cairo writes the document. */
struct laid_plate {
    struct plate plate;
    cairo_surface_t *stand_in;
};

struct plates {
    struct arena arena;
    struct kept_plate kept[PLATES_KEPT];
    size_t n;
    size_t made;                         /* kept or not */
    struct laid_plate laid[PLATES_LAID]; /* in the document at work */
    size_t used;
};

void plates_init(struct plates *p, struct heap *h);
void plates_end(struct plates *p);

/* Another document begins, which none of them stands in. */
void plates_clear(struct plates *p);

/*
 * Lay the page-wide plate of that key on this page, and draw it first where it
 * is not there yet.  The key says all that `draw` looks at.  Errors of
 * written_end(), pdf_open(); ERR_LIMIT "buf.limit".
 */
typedef void plate_draw(struct ink *k, const void *what);
err plate_page(struct arena *a, struct ink *k, str key, plate_draw *draw,
               const void *what);

/* Lay one that is made already at the origin.  ERR_LIMIT "buf.limit": the
 * document has PLATES_LAID. */
err plate_lay(struct arena *a, struct ink *k, const struct plate *p);

/* Exchange the stand-ins in a file of cairo's: *n changes, plates_changes() of
 * them at most, are added to `changes`. */
size_t plates_changes(const struct plates *p);
err plates_exchange(struct arena *a, const struct plates *p,
                    const struct pdf *file, struct pdf_change *changes,
                    size_t *n);

#endif
