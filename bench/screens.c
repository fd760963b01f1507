/*
 * bench/screens -- how often each screen is raised on honest files, and on
 * files of which some is made up.
 *
 *   build/bench/bench_screens [FILES [LARGEST [SEED [honest]]]]
 *
 * FILES files of each size and kind (300 unless said), fewer of the large ones;
 * sizes up to LARGEST (100000).  The figures are those of docs/screens.md: of
 * 1000 files, the honest ones that raise a screen, how near the nearest honest
 * one came to its limit, the planted ones that raise it, of all and of those
 * that the screen can tell of, and those it cannot.  With a fourth word, only
 * honest files are made: many more in the same time.  These tables go to
 * stderr; of each size stdout gets `any`, the honest files that raise a screen,
 * and `found`, the planted ones of those that can be told of the screen that
 * finds the fewest.
 */

#include "measure.h"

#include "base/arena.h"
#include "base/heap.h"
#include "records/hours.h"
#include "records/screens.h"
#include "records/test_maker.h"

#include <stdio.h>

enum { SIZES = 4, ROOM = 130000, WHOLE = 1000, NAME_MAX_BYTES = 40 };

static const uint32_t sizes[SIZES] = { 500, 2000, 10000, 100000 };

struct desk {
    struct heap heap;
    const struct hours *hours[MAKER_WEEKS];
    struct maker maker;
    struct ticket tickets[ROOM];
    size_t n;
    bool plants;
};

/* Files, and those that raised a screen, or could not tell. */
struct rate {
    unsigned files;
    unsigned raised;
    unsigned untold;
    unsigned nearest; /* how near a file came to the limit, in 100 */
};

struct rates {
    struct rate honest[SCREEN_COUNT];
    struct rate planted[SCREEN_COUNT];
    unsigned files;
    unsigned any; /* honest files that raised at least one */
};

static void make(struct desk *d, uint64_t seed, uint32_t tickets)
{
    maker_init(&d->maker, seed, tickets, d->hours);
    d->n = 0;
    while (d->n < ROOM && maker_next(&d->maker, &d->tickets[d->n]))
        d->n++;
}

static void screen(struct desk *d, struct screen_result *out)
{
    struct screens_terms terms = maker_terms(&d->maker);
    scoped(screens_free) struct screens *s = screens_new(&d->heap, &terms);

    must(s != NULL, "there is no memory");
    for (size_t i = 0; i < d->n; i++)
        must(screens_add(s, &d->tickets[i]), "there is no memory");
    must(screens_run(s, &d->heap, out), "there is no memory");
}

static void count(struct rate *r, const struct screen_result *found)
{
    unsigned near =
        found->limit == 0 ? 0 : (unsigned)(found->seen.k * 100 / found->limit);

    r->nearest = near > r->nearest ? near : r->nearest;
    r->files++;
    r->raised += found->status == SCREEN_RAISED;
    r->untold += found->status == SCREEN_CANNOT_TELL;
}

static void measure_honest(struct desk *d, struct rates *r)
{
    struct screen_result out[SCREEN_COUNT];
    bool any = false;

    screen(d, out);
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        count(&r->honest[i], &out[i]);
        any = any || out[i].status == SCREEN_RAISED;
    }
    r->files++;
    r->any += any;
}

static void measure(struct desk *d, struct rates *r, uint64_t seed,
                    uint32_t tickets)
{
    struct screen_result out[SCREEN_COUNT];

    make(d, seed, tickets);
    measure_honest(d, r);
    for (unsigned i = 0; i < SCREEN_COUNT && d->plants; i++) {
        make(d, seed, tickets);
        maker_plant(&d->maker, (enum screen)i, d->tickets, d->n);
        screen(d, out);
        count(&r->planted[i], &out[i]);
    }
}

static double in_thousand(unsigned k, unsigned n)
{
    return n == 0 ? 0 : 1000.0 * k / n;
}

static void tell_rates(const struct rates *r, uint32_t tickets)
{
    fprintf(stderr,
            "\n%u tickets, %u files of each kind; in 1000 files\n"
            "%-14s %6s %7s %8s %10s %10s\n",
            tickets, r->files, "", "honest", "nearest", "planted", "of those",
            "cannot");
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        const struct rate *h = &r->honest[i];
        const struct rate *p = &r->planted[i];

        fprintf(stderr, "%-14.*s %6.1f %6u%%",
                STR_ARG(screen_word((enum screen)i)),
                in_thousand(h->raised, h->files), h->nearest);
        if (p->files > 0)
            fprintf(stderr, " %8.1f %10.1f %10.1f",
                    in_thousand(p->raised, p->files),
                    in_thousand(p->raised, p->files - p->untold),
                    in_thousand(p->untold, p->files));
        fprintf(stderr, "\n");
    }
    fprintf(stderr, "%-14s %6.1f\n", "any", in_thousand(r->any, r->files));
}

/* Of the screen that finds the fewest. */
static double least_found(const struct rates *r)
{
    double least = WHOLE;

    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        const struct rate *p = &r->planted[i];
        double found = in_thousand(p->raised, p->files - p->untold);

        if (p->files > p->untold && found < least)
            least = found;
    }
    return least;
}

static void tell_one(uint32_t tickets, const char *what, double value)
{
    char name[NAME_MAX_BYTES];

    snprintf(name, sizeof name, "screens.%u_%s", (unsigned)tickets, what);
    tell(name, value);
}

static void tell_figures(const struct rates *r, uint32_t tickets)
{
    tell_one(tickets, "files", r->files);
    tell_one(tickets, "any", in_thousand(r->any, r->files));
    if (r->planted[0].files > 0)
        tell_one(tickets, "found", least_found(r));
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static struct desk d;
    unsigned files = (unsigned)number_of(argc, argv, 1, 1000000, 300);
    uint32_t largest = (uint32_t)number_of(argc, argv, 2, 100000, 100000);
    uint64_t seed = (uint64_t)number_of(argc, argv, 3, 1000000000, 1);
    struct calendar *calendar;
    scoped(arena_end) struct arena a;

    d.heap = HEAP_LIBC;
    d.plants = argc < 5;
    arena_init(&a, &d.heap, 64 << 20);
    ok(calendar_official(&a, &calendar));
    for (size_t i = 0; i < MAKER_WEEKS; i++) {
        struct hours *hours;

        ok(hours_new(&a, &maker_weeks[i], calendar, &hours));
        d.hours[i] = hours;
    }
    for (size_t i = 0; i < SIZES && sizes[i] <= largest; i++) {
        struct rates r = { 0 };
        unsigned n = sizes[i] < 5000 ? files : files * 2000 / sizes[i] + 10;

        for (unsigned k = 0; k < n; k++)
            measure(&d, &r, seed + k, sizes[i]);
        tell_rates(&r, sizes[i]);
        tell_figures(&r, sizes[i]);
    }
    return 0;
}
