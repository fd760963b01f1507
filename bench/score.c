/*
 * bench/score -- how long one assessment takes to score, and a million.
 *
 *   build/bench/bench_score [SCHEME.yaml]        (schemes/ten-star/scheme.yaml)
 *
 * Prints medians.  The ratio is to the same sum in doubles, which would be
 * wrong at the thresholds: it says what exactness costs on any machine.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "domain/score.h"
#include "scheme/load.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    SETS = 1024, /* different assessments, taken in turn */
    BATCH = 500, /* scored between two looks at the clock */
    ROUNDS = 201,
    THREADS = 2,
    MILLION = 1000000,
    FILE_MAX = 1 << 20,
};

struct bench {
    const struct scheme *scheme;
    struct answer *answers; /* SETS times scheme->leaf_count */
    struct ratio figures[FIGURE_MAX];
    uint64_t random;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* splitmix64, from a fixed seed: every run scores the same assessments. */
static uint64_t draw(struct bench *b, uint64_t below)
{
    uint64_t z = b->random += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

static struct answer draw_answer(struct bench *b, const struct indicator *in)
{
    int32_t n = 1 + (int32_t)draw(b, SAMPLE_MAX);

    if (in->excludable && draw(b, 4) == 0)
        return (struct answer){ .kind = ANSWER_NOT_APPLICABLE };
    if (in->kind == LEAF_SAMPLED)
        return (struct answer){ ANSWER_SAMPLED, n - (int32_t)draw(b, 2), n };
    if (draw(b, 20) == 0)
        return (struct answer){ .kind = ANSWER_NOT_MET };
    return (struct answer){ .kind = ANSWER_MET };
}

static struct assessment set_of(const struct bench *b, size_t i)
{
    return (struct assessment){
        .answers = b->answers + i % SETS * b->scheme->leaf_count,
        .figures = b->figures,
        .sample = { 17, 20 },
        .deductions = (int32_t)(i % 3),
    };
}

/* A sum of what was computed, so that the compiler keeps the work. */
typedef int64_t scorer(const struct bench *b, size_t from, size_t n);

static int64_t score_exactly(const struct bench *b, size_t from, size_t n)
{
    int64_t sum = 0;

    for (size_t i = from; i < from + n; i++) {
        struct assessment in = set_of(b, i);
        struct score out;

        score_compute(b->scheme, &in, &out);
        sum += out.shown;
    }
    return sum;
}

static int64_t score_in_doubles(const struct bench *b, size_t from, size_t n)
{
    double sum = 0;

    for (size_t i = from; i < from + n; i++) {
        struct assessment in = set_of(b, i);
        double won = 0;
        double of = 0;

        for (size_t j = 0; j < b->scheme->leaf_count; j++) {
            struct answer a = in.answers[j];
            double p = b->scheme->indicators[b->scheme->leaves[j]].points;

            of += a.kind == ANSWER_NOT_APPLICABLE ? 0 : p;
            won += a.kind == ANSWER_MET ? p : 0;
            won += a.kind == ANSWER_SAMPLED ? p * a.k / a.n : 0;
        }
        sum += 100 * won / of - in.deductions;
    }
    return (int64_t)sum;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;

    return (a > b) - (a < b);
}

/* Median seconds for one assessment. */
static double median(const struct bench *b, scorer *score)
{
    static volatile int64_t sum;
    double times[ROUNDS];

    for (size_t r = 0; r < ROUNDS; r++) {
        double start = now();

        sum += score(b, r * BATCH, BATCH);
        times[r] = (now() - start) / BATCH;
    }
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

struct share {
    const struct bench *bench;
    int64_t sum;
};

static void *score_share(void *context)
{
    struct share *mine = context;

    mine->sum = score_exactly(mine->bench, 0, MILLION / THREADS);
    return NULL;
}

/* Seconds for a million assessments on both cores; < 0: no threads. */
static double score_million(const struct bench *b)
{
    pthread_t threads[THREADS];
    struct share shares[THREADS];
    double start = now();

    for (int i = 0; i < THREADS; i++) {
        shares[i] = (struct share){ b, 0 };
        if (pthread_create(&threads[i], NULL, score_share, &shares[i]) != 0)
            return -1;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return now() - start;
}

static bool read_file(struct arena *a, const char *path, str *out)
{
    FILE *f = fopen(path, "rb");
    char *bytes = arena_zero(a, FILE_MAX);

    if (f == NULL || bytes == NULL)
        return false;
    *out = (str){ bytes, fread(bytes, 1, FILE_MAX, f) };
    return fclose(f) == 0;
}

static bool prepare(struct arena *a, const char *path, struct bench *b)
{
    struct package_file file = { .path = S("scheme.yaml") };
    struct package package = { &file, 1 };
    struct problem *problems;
    struct scheme *s;

    if (!read_file(a, path, &file.bytes) ||
        failed(scheme_load(a, &package, &s, &problems)))
        return false;
    b->scheme = s;
    b->answers = arena_array(a, SETS * s->leaf_count, sizeof *b->answers);
    for (size_t i = 0; b->answers != NULL && i < SETS * s->leaf_count; i++)
        b->answers[i] =
            draw_answer(b, scheme_leaf_at(s, (int32_t)(i % s->leaf_count)));
    for (size_t i = 0; i < FIGURE_MAX; i++)
        b->figures[i] = (struct ratio){ 93, 100 };
    return b->answers != NULL;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "schemes/ten-star/scheme.yaml";
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct bench b = { .random = 1 };

    arena_init(&a, &h, 256 << 20);
    if (!prepare(&a, path, &b)) {
        fprintf(stderr, "bench_score: %s is no scheme package\n", path);
        return EXIT_FAILURE;
    }

    double exact = median(&b, score_exactly);
    double doubles = median(&b, score_in_doubles);
    double million = score_million(&b);
    printf("leaves                        %zu\n", b.scheme->leaf_count);
    printf("one assessment                %.2f us\n", exact * 1e6);
    printf("ratio to doubles              %.1f\n", exact / doubles);
    printf("a million on %d threads        %.2f s\n", (int)THREADS, million);
    return million < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
