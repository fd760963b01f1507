#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void series_add(struct series *s, double figure)
{
    must(s->n < ROUNDS_MOST, "there are too many rounds");
    s->at[s->n++] = figure;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x;
    double b = *(const double *)y;

    return (a > b) - (a < b);
}

double series_median(const struct series *s)
{
    struct series sorted = *s;

    must(s->n > 0, "nothing was measured");
    qsort(sorted.at, sorted.n, sizeof *sorted.at, by_size);
    return sorted.at[sorted.n / 2];
}

double series_ratio(const struct series *a, const struct series *b)
{
    struct series ratios = { .n = a->n };

    must(a->n == b->n, "the rounds do not match");
    for (size_t i = 0; i < a->n; i++)
        ratios.at[i] = a->at[i] / b->at[i];
    return series_median(&ratios);
}

static double read_clock(clockid_t which)
{
    struct timespec t;

    must(clock_gettime(which, &t) == 0, "there is no such clock");
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double seconds_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

double seconds_of_cpu(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void tell(const char *name, double value)
{
    printf("%s %.6g\n", name, value);
    (void)fflush(stdout);
}

void must(bool good, const char *what)
{
    if (good)
        return;
    (void)fprintf(stderr, "bench: %s\n", what);
    exit(EXIT_FAILURE);
}

void ok(err e)
{
    must(!failed(e), failed(e) ? e.info->id : "");
}

int number_of(int argc, char **argv, int i, int most, int usual)
{
    long n = argc > i ? strtol(argv[i], NULL, 10) : usual;

    return n >= 1 && n <= most ? (int)n : usual;
}
