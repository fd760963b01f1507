/*
 * case_records_charts -- figures of service records as drawings (page/chart.h),
 * each of them over the table that says the same.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/statistics.h"
#include "page/chart.h"
#include "web/case_records.h"
#include "web/saying.h"

enum {
    WHOLE = 10000,
    NAME_WIDE = 25,  /* beside a bar: a Chinese character is two wide */
    MONTH_BYTES = 7, /* "2026-03" */
    SHORTEST_MONTH = 28,
};

/* --- names beside bars --------------------------------------------------- */

/* Where a name that is too wide is cut: not within a character. */
static size_t cut_at(str name)
{
    int wide = 0;

    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];

        if (c >= 0x80 && c < 0xc0) /* goes on */
            continue;
        wide += c < 0x80 ? 1 : 2;
        if (wide > NAME_WIDE)
            return i;
    }
    return name.n;
}

static err short_name(struct request *rq, str name, str *out)
{
    size_t cut = cut_at(name);
    const struct err_arg args[] = { ARG_STR("name", str_first(name, cut)),
                                    { 0 } };

    *out = name;
    return cut == name.n ? OK : say(rq, "records_report.cut", args, out);
}

/* --- shares -------------------------------------------------------------- */

static err value_beside(struct request *rq, int64_t at, struct share of,
                        str *out)
{
    str percent;

    TRY(records_percent(rq, at, &percent));
    const struct err_arg args[] = {
        ARG_STR("share", percent), ARG_INT("k", of.k), ARG_INT("n", of.n), { 0 }
    };
    return say(rq, "records_report.bar", args, out);
}

static err point_of(struct request *rq, const struct records_report *r,
                    const struct report_group *g, enum figure_share which,
                    struct chart_point *out)
{
    struct share of = g->tally.shares[which];

    *out = (struct chart_point){ .name = S("") };
    TRY(short_name(rq, report_label(g, web_lang(rq)), &out->name));
    if (!report_shows(r, of.n) || of.n > STATISTICS_N_MAX)
        return OK;
    struct interval i = wilson(of.k, of.n);
    out->known = true;
    out->at = ((int64_t)of.k * WHOLE + of.n / 2) / of.n;
    out->low = i.low < out->at ? i.low : out->at;
    out->high = i.high > out->at ? i.high : out->at;
    return value_beside(rq, out->at, of, &out->value);
}

/* Months stand there even where they say nothing; other groups do not. */
static err points_of(struct request *rq, const struct records_report *r,
                     enum figure_group kind, enum figure_share which,
                     struct chart *c)
{
    const struct list *groups = &r->groups[kind];
    const struct report_group *g = groups->p;
    size_t most = kind == GROUP_MONTH ? CHART_POINTS_MAX : CHART_ROWS_MAX;
    size_t n = groups->n < most ? groups->n : most;
    struct chart_point *points = arena_array(rq->arena, n, sizeof *points);
    bool any = false;

    TRY_MEMORY(points != NULL);
    for (size_t i = 0; i < n; i++) {
        TRY(point_of(rq, r, &g[i], which, &points[c->n]));
        any = any || points[c->n].known;
        c->n += kind == GROUP_MONTH || points[c->n].known;
    }
    c->points = points;
    c->n = any ? c->n : 0;
    return OK;
}

err records_chart(struct request *rq, const struct records_report *r,
                  enum figure_group kind, enum figure_share which, str *svg,
                  int64_t *height)
{
    struct chart c = { .title = records_name(rq, report_share_name(which)),
                       .mark = r->wanted[which] };

    *svg = S("");
    TRY(points_of(rq, r, kind, which, &c));
    if (c.n == 0)
        return OK;
    *height = kind == GROUP_MONTH ? CHART_HIGH : chart_spans_height(c.n);
    return kind == GROUP_MONTH ? chart_trend(rq->arena, &c, svg)
                               : chart_spans(rq->arena, &c, svg);
}

/* --- the backlog --------------------------------------------------------- */

/* The first of each month. */
static err month_labels(struct request *rq, const struct records_report *r,
                        struct chart_days *c)
{
    struct chart_day_label *labels =
        arena_array(rq->arena, r->backlog.n / SHORTEST_MONTH + 2,
                    sizeof *labels);

    TRY_MEMORY(labels != NULL);
    for (size_t i = 0; i < r->backlog.n; i++) {
        char text[DAY_TEXT];
        day on = r->terms.first + (day)i;
        str name = day_text(on, text);

        if (i > 0 && date_of_day(on).mday != 1)
            continue;
        labels[c->labels_n].day = i;
        TRY_MEMORY(arena_str(rq->arena, str_first(name, MONTH_BYTES),
                             &labels[c->labels_n++].name));
    }
    c->labels = labels;
    return OK;
}

err records_backlog(struct request *rq, const struct records_report *r,
                    str *svg)
{
    struct chart_days c = {
        .title = records_name(rq, "records_report.backlog"),
        .counts = r->backlog.p,
        .n = r->backlog.n,
    };

    *svg = S("");
    if (c.n == 0 || c.n > CHART_DAYS_MAX)
        return OK;
    TRY(month_labels(rq, r, &c));
    return chart_days(rq->arena, &c, svg);
}
