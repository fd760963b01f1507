/*
 * bench/search -- names at the size of a country.
 *
 *   build/bench/bench_search [NAMES] [QUERIES]
 *
 * With ENTERPRISES=FILE in the environment names are made of a real list
 * (names.h).  Pieces of one to six characters are cut out of names at random;
 * each asks for the best 20 and the count; every other one with filters.  The
 * same pieces are asked for as syllables and as first letters, and of SQLite's
 * full-text search (fts5.h) in turn with ours, every tenth of them.
 *
 * A search is timed by the processor's time: what else the machine does is not
 * in it, but for what it does to the caches.
 */

#include "fts5.h"
#include "measure.h"
#include "names.h"

#include "base/arena.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "search/fold.h"
#include "search/reading.h"
#include "search/search.h"
#include "search_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAMES = 4'200'000,
    NAMES_MOST = 20'000'000,
    QUERIES = 20'000,
    QUERIES_MOST = 1'000'000,
    PIECE_MOST = 6,
    WANT = 20,
    BATCH = 500, /* updates that become a segment at once */
    BATCHES = 100,
    TYPED = 128, /* bytes */
    PIECE_ROOM = 1 << 15,
    THEIR_TURN =
        10, /* every so many queries: theirs take a hundred times ours */
};

struct bench {
    struct heap heap;
    struct arena arena;
    struct made_names names;
    str bytes;
    struct segment_part part;
    uint64_t random;
    size_t queries;
    double *micros; /* of each query */
    double *theirs; /* of every THEIR_TURNth */
    struct arena scratch;
    struct search_room *room;
};

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;

    return (a > b) - (a < b);
}

/* How a piece is typed. */
typedef str typing(struct arena *a, str piece);

static str as_written(struct arena *, str piece)
{
    return piece;
}

static str as_read(struct arena *a, str piece, size_t letters)
{
    char *out = arena_zero(a, TYPED);
    uint16_t units[PIECE_MOST * 2];
    uint16_t read[READINGS_MAX];
    size_t n = 0;
    size_t at = 0;

    must(out != NULL && fold_name(piece, units, PIECE_MOST * 2, &n),
         "no memory");
    for (size_t i = 0; i < n; i++) {
        const char *spelled = "";
        char own[2] = { (char)units[i], '\0' };

        if (reading_syllables(units[i], read) > 0)
            spelled = search_syllables[read[0]];
        else if (units[i] < 0x80)
            spelled = own;
        size_t take = strnlen(spelled, letters);
        memcpy(out + at, spelled, take);
        at += take;
    }
    return (str){ out, at };
}

static str as_syllables(struct arena *a, str piece)
{
    return as_read(a, piece, SYLLABLE_LETTERS);
}

static str as_initials(struct arena *a, str piece)
{
    return as_read(a, piece, 1);
}

static str draw_piece(struct bench *b)
{
    str name =
        b->names.documents[names_draw(&b->random, (uint32_t)b->names.n)].name;
    size_t n;

    must(utf8_check(name, &n) && n > 0, "a name is empty");
    size_t length = 1 + names_draw(&b->random, PIECE_MOST);
    size_t skip =
        n > length ? names_draw(&b->random, (uint32_t)(n - length + 1)) : 0;
    return utf8_first(str_from(name, utf8_first(name, skip).n), length);
}

/* Every other request narrows: a province or a county, and a status or a
 * level. */
static void draw_filters(struct bench *b, struct search_request *rq)
{
    uint16_t place = (uint16_t)names_draw(&b->random, 2800);

    for (int i = 0; i < SEARCH_FACETS; i++)
        rq->facets[i] = SEARCH_ANY;
    if (names_draw(&b->random, 2) == 0)
        return;
    rq->facets[SEARCH_PLACE] = (struct search_range){ place, place };
    if (names_draw(&b->random, 2) == 0)
        rq->facets[SEARCH_PLACE].to = (uint16_t)(place + 90);
    if (names_draw(&b->random, 2) == 0)
        rq->facets[SEARCH_STATUS] = (struct search_range){ 0, 0 };
    else
        rq->facets[SEARCH_LEVEL] = (struct search_range){ 8, 10 };
}

static void ask(struct bench *b, const struct search_request *rq,
                struct search_answer *x)
{
    arena_reset(&b->scratch);
    ok(search_find(&b->scratch, b->room, &b->part, 1, rq, x));
}

static void tell_of(const char *name, const char *what, double value)
{
    char whole[64];

    (void)snprintf(whole, sizeof whole, "search.%s.%s", name, what);
    tell(whole, value);
}

static void tell_times(const char *name, double *micros, size_t n)
{
    qsort(micros, n, sizeof *micros, by_size);
    tell_of(name, "p50_micros", micros[n / 2]);
    tell_of(name, "p99_micros", micros[n * 99 / 100]);
    tell_of(name, "most_micros", micros[n - 1]);
}

/* `beside` may be NULL. */
static void measure(struct bench *b, const char *name, typing *type,
                    struct fts5 *beside)
{
    size_t found = 0;

    b->random = 7;
    for (size_t i = 0; i < b->queries; i++) {
        struct search_request rq = { .want = WANT, .count = true };
        struct search_answer x;
        struct arena a;

        arena_init(&a, &b->heap, PIECE_ROOM);
        rq.asked = type(&a, draw_piece(b));
        draw_filters(b, &rq);

        double start = seconds_of_cpu();
        ask(b, &rq, &x);
        b->micros[i] = (seconds_of_cpu() - start) * 1e6;
        found += x.n > 0;
        if (beside != NULL && i % THEIR_TURN == 0) {
            start = seconds_of_cpu();
            (void)fts5_count(beside, &rq, SEARCH_COUNT_MAX + 1);
            b->theirs[i / THEIR_TURN] = (seconds_of_cpu() - start) * 1e6;
        }
        arena_end(&a);
    }
    tell_times(name, b->micros, b->queries);
    tell_of(name, "found", (double)found / (double)b->queries);
    if (beside != NULL)
        tell_times("fts5", b->theirs,
                   (b->queries + THEIR_TURN - 1) / THEIR_TURN);
}

/* [BM1] */
static void measure_beside(struct bench *b)
{
    double start = seconds_now();
    struct fts5 *f = fts5_make(&b->names);

    tell("search.fts5.build_seconds", seconds_now() - start);
    tell("search.fts5.index_megabytes", fts5_bytes(f) / 1e6);
    measure(b, "written", as_written, f);
    fts5_end(&f);
}

/* How many documents a second become small segments. */
static void measure_updates(struct bench *b)
{
    double start = seconds_now();

    for (size_t i = 0; i < BATCHES; i++) {
        struct arena a;
        const struct segment *s;
        str bytes;

        arena_init(&a, &b->heap, 1 << 28);
        ok(segment_build(&b->heap, &a, b->names.documents + i * BATCH, BATCH,
                         &bytes));
        ok(segment_open(&a, bytes, &s));
        arena_end(&a);
    }
    tell("search.updates", BATCH * BATCHES / (seconds_now() - start));
}

static void build(struct bench *b)
{
    double start = seconds_now();
    double cpu = seconds_of_cpu();

    ok(segment_build(&b->heap, &b->arena, b->names.documents, b->names.n,
                     &b->bytes));
    tell("search.build_seconds", seconds_now() - start);
    tell("search.build_cpu", seconds_of_cpu() - cpu);
    tell("search.index_megabytes", (double)b->bytes.n / 1e6);
    ok(segment_open(&b->arena, b->bytes, &b->part.segment));
}

int main(int argc, char **argv)
{
    struct bench b = { .heap = HEAP_LIBC };
    size_t n = (size_t)number_of(argc, argv, 1, NAMES_MOST, NAMES);

    b.queries = (size_t)number_of(argc, argv, 2, QUERIES_MOST, QUERIES);
    arena_init(&b.arena, &b.heap, SIZE_MAX);
    arena_init(&b.scratch, &b.heap, SIZE_MAX);
    b.micros = arena_array(&b.arena, b.queries, sizeof *b.micros);
    b.theirs = arena_array(&b.arena, b.queries, sizeof *b.theirs);
    b.names = made_names(&b.arena, getenv("ENTERPRISES"), n, 1);
    ok(search_room_new(&b.heap, &b.room));
    must(b.micros != NULL && b.theirs != NULL, "no memory");
    tell("search.names", (double)n);
    build(&b);
    measure_beside(&b);
    measure(&b, "syllables", as_syllables, NULL);
    measure(&b, "initials", as_initials, NULL);
    measure_updates(&b);
    search_room_free(&b.room);
    arena_end(&b.scratch);
    arena_end(&b.arena);
    return 0;
}
