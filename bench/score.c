/*
 * bench/score -- how long one assessment takes to score, and a million.
 *
 *   build/bench/bench_score SCHEME.yaml
 *
 * The ratio is to the same sum in doubles, which would be wrong at the
 * thresholds: it says what exactness costs on any machine.  The million are
 * 1024 different assessments, again and again, on two threads.
 */

#include "measure.h"

#include "base/arena.h"
#include "base/heap.h"
#include "domain/score.h"
#include "scheme/load.h"

#include <pthread.h>
#include <stdio.h>

enum {
    SETS = 1024, /* different assessments, taken in turn */
    BATCH = 500, /* scored between two looks at the clock */
    ROUNDS = 201,
    MILLIONS = 5,
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

/* Microseconds for one assessment. */
static double time_of(const struct bench *b, scorer *score, size_t round)
{
    double start = seconds_now();

    must(score(b, round * BATCH, BATCH) > 0, "nobody wins a point");
    return (seconds_now() - start) / BATCH * 1e6;
}

static void measure_one(const struct bench *b)
{
    static struct series exact;
    static struct series doubles;

    for (size_t i = 0; i < ROUNDS; i++) {
        series_add(&exact, time_of(b, score_exactly, i));
        series_add(&doubles, time_of(b, score_in_doubles, i));
    }
    tell("score.micros", series_median(&exact));
    tell("score.to_doubles", series_ratio(&exact, &doubles));
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

/* Seconds for a million assessments on both cores. */
static double score_million(const struct bench *b)
{
    pthread_t threads[THREADS];
    struct share shares[THREADS];
    double start = seconds_now();

    for (int i = 0; i < THREADS; i++) {
        shares[i] = (struct share){ b, 0 };
        must(pthread_create(&threads[i], NULL, score_share, &shares[i]) == 0,
             "there is no thread");
    }
    for (int i = 0; i < THREADS; i++)
        must(pthread_join(threads[i], NULL) == 0, "a thread is lost");
    return seconds_now() - start;
}

static void measure_million(const struct bench *b)
{
    static struct series seconds;

    for (int i = 0; i < MILLIONS; i++)
        series_add(&seconds, score_million(b));
    tell("score.million_seconds", series_median(&seconds));
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
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct bench b = { .random = 1 };

    must(argc == 2, "which scheme?");
    arena_init(&a, &h, 256 << 20);
    must(prepare(&a, argv[1], &b), "this is no scheme package");

    tell("score.leaves", (double)b.scheme->leaf_count);
    measure_one(&b);
    measure_million(&b);
    return 0;
}
