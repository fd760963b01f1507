/*
 * bench/paper -- certificates as PDF files, painted by the worker, and signed.
 *
 *   build/bench/bench_paper DATA              (a demonstration's folder)
 *
 *   first   the first of all: a process is started, its fonts are opened
 *   warm    each one after it, across to the worker and back
 *   signed  each one after it, with its proof attached, signed by P-256
 */

#include "installation.h"
#include "measure.h"

#include "base/arena.h"
#include "paint/painter.h"
#include "service/certificate_paper.h"
#include "service/lookup.h"
#include "service/signing.h"

#include <stdio.h>

enum { ROUNDS = 31, ARENA = 256 << 20 };

/* A certificate of the demonstration that is valid. */
static void choose(struct installation *at, struct arena *a,
                   struct certificate_wish *wish)
{
    struct list found;
    struct list left_out;
    const struct public_certificate *c;
    size_t i = 0;

    wish->today = day_of_micros(at->clock.now(&at->clock));
    ok(lookup_first(at->app, a, wish->today, 100, &found, &left_out));
    c = found.p;
    while (i < found.n && c[i].status != CERTIFICATE_VALID)
        i++;
    must(i < found.n, "no certificate of the demonstration is valid");
    wish->number = c[i].number;
}

static double paint(struct painter *p, struct heap *h,
                    const struct paint_document *d, size_t *bytes)
{
    scoped(arena_end) struct arena a;
    double start = seconds_now();
    str pdf;

    arena_init(&a, h, ARENA);
    ok(painter_paint(p, &a, d, &pdf));
    *bytes = pdf.n;
    return (seconds_now() - start) * 1000;
}

/* Painted, and as it leaves the body. */
static double paint_and_sign(struct painter *p, struct app *app,
                             const struct paint_document *d, size_t *bytes)
{
    scoped(arena_end) struct arena a;
    struct heap h = HEAP_LIBC;
    struct signing_wish wish = { .certificate = d->number,
                                 .title = d->title,
                                 .lang = LANG_ZH };
    struct signing_done done;
    double start = seconds_now();

    arena_init(&a, &h, ARENA);
    ok(painter_paint(p, &a, d, &wish.painted));
    ok(signing_do(app, &a, &wish, &done));
    must(done.is_signed, "the demonstration has no key for documents");
    *bytes = done.file.n;
    return (seconds_now() - start) * 1000;
}

static void measure_signed(struct painter *p, struct app *app,
                           const struct paint_document *d)
{
    struct series series = { 0 };
    size_t bytes = 0;

    for (int i = 0; i < ROUNDS; i++)
        series_add(&series, paint_and_sign(p, app, d, &bytes));
    tell("paper.signed_millis", series_median(&series));
    tell("paper.signed_bytes", (double)bytes);
}

static void measure(struct app *app, const struct paint_document *d)
{
    scoped(painter_end) struct painter p = PAINTER_NONE;
    struct heap h = HEAP_LIBC;
    struct series warm = { 0 };
    size_t bytes = 0;

    p.program = "../tenstar";
    tell("paper.first_millis", paint(&p, &h, d, &bytes));
    for (int i = 0; i < ROUNDS; i++)
        series_add(&warm, paint(&p, &h, d, &bytes));
    tell("paper.warm_millis", series_median(&warm));
    tell("paper.bytes", (double)bytes);
    measure_signed(&p, app, d);
}

int main(int argc, char **argv)
{
    struct certificate_wish wish = { .lang = LANG_ZH };
    struct installation at;
    struct paint_document d;
    struct arena a;
    struct heap h = HEAP_LIBC;

    must(argc == 2, "usage: bench_paper DATA");
    arena_init(&a, &h, ARENA);
    installation_open(&at, argv[1], APP_READ);
    choose(&at, &a, &wish);
    ok(certificate_paper(at.app, &a, &wish, &d));
    measure(at.app, &d);
    installation_close(&at);
    arena_end(&a);
    return 0;
}
