#ifndef PAINT_PAINTER_H
#define PAINT_PAINTER_H

/*
 * painter -- documents painted by a process of their own.
 *
 * The libraries that set type read fonts, start threads, and end the program
 * when they run out of memory.  So a program of its own, tenstar-painter, is
 * the worker: it gets documents as canonical JSON and gives back files or
 * refusals, each with its length before it.
 *
 *   [PP1] Whatever a document does to the worker is an error of that document
 *         alone: one that dies, answers nonsense or takes longer than its limit
 *         is ended, and the next document starts another.
 *   [PP2] Before its first document the worker gives up the network, other
 *         programs and writing files (sys/sandbox.h).
 *   [PP3] It is started with the first document and then stays, because it has
 *         its fonts open by then.
 *
 * Threads: one painter, one thread.
 */

#include "paint/document.h"
#include "paint/picture.h"
#include "sys/child.h"

/* The word it is called with. */
#define PAINTER_WORD "paint-worker"

enum { PAINTER_SECONDS = 20, PAINTER_MEMORY = 1 << 30 };

struct painter {
    const char *program; /* seen from the running one's folder */
    int64_t limit;       /* for each document, from its hearing; milliseconds */
    struct child child;
};

#define PAINTER_NONE                                                           \
    ((struct painter){ "tenstar-painter", PAINTER_SECONDS * INT64_C(1000),     \
                       CHILD_NONE })

/* Errors as paint_pdf() (paint/paint.h), fonts_open(), paint_document_write();
 * of the worker ERR_BUSY "paint.slow" (seconds), ERR_IO "paint.died",
 * ERR_CORRUPT "paint.answer", ERR_IO "child.start", "sandbox.refused". */
err painter_paint(struct painter *p, struct arena *a,
                  const struct paint_document *d, str *out);

/* A picture instead of a document; errors as painter_paint() and
 * paint_png() (paint/picture.h). */
err painter_draw(struct painter *p, struct arena *a,
                 const struct paint_picture *d, str *out);

/* The same in two halves, for who has other work meanwhile: each document that
 * was asked for is heard, or the painter ended, before the next.  The limit
 * runs from the hearing, so other work, however long, is not held against a
 * document that was ready. */
err painter_ask(struct painter *p, struct arena *a,
                const struct paint_document *d);
err painter_hear(struct painter *p, struct arena *a, str *out);

void painter_end(struct painter *p);

/* The worker: documents in at `in`, answers out at `out`, until there is no
 * more.  Returns the exit status. */
struct heap;
int painter_work(struct heap *h, int in, int out);

#endif
