#ifndef PAGE_CHART_H
#define PAGE_CHART_H

/*
 * chart -- numbers as a drawing, an SVG, for pages and for documents alike: it
 * keeps to what paint/svg.h knows.
 *
 *   [CH1] A share stands with its interval: as a band around a line, as a span
 *         across a bar.  Where nothing is known nothing is drawn.
 *   [CH2] A bar begins at 0 and 100 % is the whole width; a line may show a
 *         part of 0..100 %, which its scale says.
 *   [CH3] No chart says what a table beside it does not.
 *   [CH4] The same numbers give the same drawing.
 *
 * 720 wide; heights below.  Texts are borrowed until it is drawn.
 */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    CHART_WIDE = 720,
    CHART_HIGH = 230,       /* of chart_trend() and chart_days() */
    CHART_POINTS_MAX = 240, /* of a trend */
    CHART_ROWS_MAX = 60,    /* of spans */
    CHART_DAYS_MAX = 8000,
};

/* A share, in basis points. */
struct chart_point {
    str name;    /* short: "2026-03", an outlet's */
    str value;   /* beside a bar: "87.3% (412/472)" */
    int64_t at;  /* low <= at <= high */
    int64_t low; /* its interval */
    int64_t high;
    bool known; /* [CH1] */
};

struct chart {
    str title; /* for who cannot see it */
    const struct chart_point *points;
    size_t n;
    int64_t mark; /* what is wanted, a line of its own; 0: nothing */
};

/* A line through 1..CHART_POINTS_MAX points in the order of time. */
err chart_trend(struct arena *a, const struct chart *c, str *out);

/* A bar each of 1..CHART_ROWS_MAX points, one below the other. */
err chart_spans(struct arena *a, const struct chart *c, str *out);
int64_t chart_spans_height(size_t n);

/* A count for each of 1..CHART_DAYS_MAX days, 0 or more. */
struct chart_days {
    str title;
    const int64_t *counts;
    size_t n;
    const struct chart_day_label *labels; /* rising */
    size_t labels_n;
};
struct chart_day_label {
    size_t day; /* from 0 */
    str name;
};
err chart_days(struct arena *a, const struct chart_days *c, str *out);

#endif
