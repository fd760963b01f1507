/*
 * records_report_paper -- the figures of service records as a document.
 *
 *   [RP1] Each chart stands above the table that says the same.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/statistics.h"
#include "domain/actor.h"
#include "page/chart.h"
#include "service/records_report_parts.h"
#include "service/records_words.h"

enum {
    SHARE_CELLS = 7,
    NAME_WIDE = 25, /* beside a bar: a Chinese character is two wide */
    TENTHS = 10,
    MINUTES = 60,
    MONTH_BYTES = 7, /* "2026-03" */
};

/* What is drawn and set as a table by month and outlet: those of which more is
 * better, as far as the records tell them. */
static const enum figure_share drawn[] = {
    SHARE_RESOLVED_IN_TIME,
    SHARE_FIRST_TIME,
    SHARE_SATISFIED,
};

/* What it is by, within a heading. */
static const struct {
    const char *id;
} by[GROUP_COUNT] = {
    [GROUP_MONTH] = { .id = "records_report.by_month" },
    [GROUP_OUTLET] = { .id = "records_report.by_outlet" },
    [GROUP_PRODUCT] = { .id = "records_report.by_product" },
    [GROUP_PERSON] = { .id = "records_report.by_person" },
    [GROUP_TRADE] = { .id = "records_report.by_trade" },
};

/* --- words --------------------------------------------------------------- */

/* "412/472"; a dash where nothing is told. */
static str counts(struct paper *p, struct share s)
{
    return sheet_text(&p->s, "records_report.of", ARG_INT("k", s.k),
                      ARG_INT("n", s.n));
}

/* Rounded outward. */
static str interval_text(struct paper *p, struct share s)
{
    struct interval i = wilson(s.k, s.n);

    return sheet_text(&p->s, "records_report.from_to",
                      ARG_STR("low", paper_tenths(p, i.low / TENTHS)),
                      ARG_STR("high",
                              paper_tenths(p, (i.high + TENTHS - 1) / TENTHS)));
}

/* "3 h 20 min" of working time. */
static str duration(struct paper *p, uint32_t minutes)
{
    if (minutes < MINUTES)
        return sheet_text(&p->s, "records_report.minutes",
                          ARG_INT("minutes", minutes));
    return sheet_text(&p->s, "records_report.hours",
                      ARG_INT("hours", minutes / MINUTES),
                      ARG_INT("minutes", minutes % MINUTES));
}

/* --- the whole ----------------------------------------------------------- */

static str scale_text(struct paper *p)
{
    const struct figures_terms *t = &p->r->terms;

    return sheet_text(&p->s, records_scale_id(t),
                      ARG_INT("satisfied", t->satisfied),
                      ARG_INT("low", t->scale_low),
                      ARG_INT("high", t->scale_high));
}

static str mean_text(struct paper *p)
{
    const struct figures_terms *t = &p->r->terms;
    const struct tally *whole = &p->r->whole.tally;

    return sheet_text(&p->s, "records_report.mean_value",
                      ARG_STR("mean", sheet_score(&p->s, tally_mean(whole))),
                      ARG_INT("low", t->scale_low),
                      ARG_INT("high", t->scale_high),
                      ARG_INT("n", whole->shares[SHARE_SATISFIED].n));
}

static void put_terms(struct paper *p)
{
    const struct figures_terms *t = &p->r->terms;
    struct sheet *s = &p->s;

    sheet_fields(s);
    sheet_field(s, "records_report.period",
                sheet_text(s, "records_report.from_to",
                           ARG_STR("low", sheet_day(s, t->first)),
                           ARG_STR("high", sheet_day(s, t->last))));
    sheet_field(s, "records_report.tickets",
                sheet_number(s, p->r->whole.tickets));
    sheet_field(s, "records_report.repeat_days",
                sheet_span(s, (struct span){ t->repeat_days, SPAN_DAYS }));
    if (p->r->compared)
        sheet_field(s, "records_report.against",
                    sheet_text(s, "records_report.from_to",
                               ARG_STR("low", sheet_day(s, p->r->then_first)),
                               ARG_STR("high", sheet_day(s, p->r->then_last))));
    if (p->r->whole.tally.shares[SHARE_SATISFIED].n > 0)
        sheet_field(s, "records_report.scale", scale_text(p));
    if (report_shows_mean(p->r, &p->r->whole))
        sheet_field(s, "records_report.mean", mean_text(p));
    if (p->r->load.persons > 0)
        sheet_field(s, "records_report.load",
                    sheet_text(s, "records_report.load_value",
                               ARG_INT("persons", p->r->load.persons),
                               ARG_INT("most", p->r->load.most)));
    if (p->r->low_days > 0)
        sheet_field(s, "records_report.low_days",
                    sheet_number(s, p->r->low_days));
}

/* Its cells; those of what was then stand last. */
static void put_share(struct paper *p, enum figure_share which)
{
    struct share of = p->r->whole.tally.shares[which];
    const char *verdict = report_share_verdict(p->r, which, of);
    str cells[SHARE_CELLS] = { paper_name(p, report_share_name(which)) };

    if (!paper_shown(p, of))
        return;
    cells[1] = counts(p, of);
    cells[2] = paper_percent(p, share_points(of));
    cells[3] = interval_text(p, of);
    if (verdict != NULL)
        cells[4] =
            sheet_text(&p->s, "records_report.wanted_value",
                       ARG_STR("wanted", paper_percent(p, p->r->wanted[which])),
                       ARG_STR("verdict", paper_name(p, verdict)));
    paper_change(p, &p->r->whole, which, &cells[SHARE_CELLS - 2]);
    sheet_row_of(&p->s, cells, p->r->compared ? SHARE_CELLS : SHARE_CELLS - 2);
}

static void put_share_columns(struct paper *p)
{
    struct sheet *s = &p->s;
    const struct paint_column alone[] = {
        sheet_column(s, "records_report.figure", 320, PAINT_LEFT),
        sheet_column(s, "records_report.k_of_n", 170, PAINT_RIGHT),
        sheet_column(s, "records_report.share", 110, PAINT_RIGHT),
        sheet_column(s, "records_report.interval", 200, PAINT_RIGHT),
        sheet_column(s, "records_report.wanted", 200, PAINT_LEFT),
    };
    const struct paint_column compared[SHARE_CELLS] = {
        sheet_column(s, "records_report.figure", 140, PAINT_LEFT),
        sheet_column(s, "records_report.k_of_n", 125, PAINT_RIGHT),
        sheet_column(s, "records_report.share", 90, PAINT_RIGHT),
        sheet_column(s, "records_report.interval", 180, PAINT_RIGHT),
        sheet_column(s, "records_report.wanted", 150, PAINT_LEFT),
        sheet_column(s, "records_report.then", 90, PAINT_RIGHT),
        sheet_column(s, "records_report.change", 225, PAINT_LEFT),
    };

    if (p->r->compared)
        sheet_table(s, compared, COUNT(compared));
    else
        sheet_table(s, alone, COUNT(alone));
}

static void put_shares(struct paper *p)
{
    struct sheet *s = &p->s;

    sheet_heading(s, "records_report.whole_heading");
    put_share_columns(p);
    for (int i = 0; i < SHARE_COUNT; i++)
        put_share(p, (enum figure_share)i);
    sheet_note(s, paper_name(p, "records_report.interval_note"));
    if (p->r->compared)
        sheet_note(s, paper_name(p, "records_report.change_note"));
}

static void put_times(struct paper *p)
{
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.time", 370, PAINT_LEFT),
        sheet_column(s, "records_report.n", 170, PAINT_RIGHT),
        sheet_column(s, "records_report.median_time", 230, PAINT_RIGHT),
        sheet_column(s, "records_report.p90_time", 230, PAINT_RIGHT),
    };

    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < TIME_COUNT; i++) {
        const struct spread *t = &p->r->whole.times[i];

        if (report_shows(p->r, t->n))
            sheet_row(s, paper_name(p, report_time_name((enum figure_time)i)),
                      sheet_number(s, t->n), duration(p, t->median),
                      duration(p, t->p90));
    }
    sheet_note(s, paper_name(p, "records_report.times_note"));
}

/* --- charts -------------------------------------------------------------- */

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

/* As much of it as there is room for. */
static str short_name(struct paper *p, str name)
{
    size_t cut = cut_at(name);

    if (cut == name.n)
        return name;
    return sheet_text(&p->s, "records_report.cut",
                      ARG_STR("name", str_first(name, cut)));
}

static struct chart_point point_of(struct paper *p,
                                   const struct report_group *g,
                                   enum figure_share which)
{
    struct share s = g->tally.shares[which];
    struct chart_point to = { .name =
                                  short_name(p, report_label(g, p->s.lang)) };

    if (!paper_shown(p, s))
        return to;
    struct interval i = wilson(s.k, s.n);
    to.known = true;
    to.at = share_points(s);
    to.low = i.low < to.at ? i.low : to.at;
    to.high = i.high > to.at ? i.high : to.at;
    to.value = sheet_text(&p->s, "records_report.bar",
                          ARG_STR("share", paper_percent(p, to.at)),
                          ARG_INT("k", s.k), ARG_INT("n", s.n));
    return to;
}

/* The points of at most `most` groups that tell this share. */
static struct chart_point *points_of(struct paper *p, enum figure_group kind,
                                     enum figure_share which, size_t *n)
{
    const struct report_group *g = p->r->groups[kind].p;
    size_t most = kind == GROUP_MONTH ? CHART_POINTS_MAX : REPORT_SHOWN;
    size_t of = p->r->groups[kind].n < most ? p->r->groups[kind].n : most;
    struct chart_point *points = arena_array(p->s.arena, of, sizeof *points);

    *n = 0;
    if (points == NULL) {
        p->s.broken = true;
        return NULL;
    }
    for (size_t i = 0; i < of; i++) {
        if (kind == GROUP_MONTH && g[i].others)
            continue;
        points[*n] = point_of(p, &g[i], which);
        *n += kind == GROUP_MONTH || points[*n].known;
    }
    return points;
}

/* The best first; of equal ones as they were. */
static void sort_points(struct chart_point *points, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct chart_point one = points[i];
        size_t at = i;

        for (; at > 0 && points[at - 1].at < one.at; at--)
            points[at] = points[at - 1];
        points[at] = one;
    }
}

static void keep(struct paper *p, err e)
{
    if (failed(e) && !failed(p->first))
        p->first = e;
}

static void put_chart(struct paper *p, enum figure_group kind,
                      enum figure_share which)
{
    struct chart c = { .title = paper_name(p, report_share_name(which)),
                       .mark = p->r->wanted[which] };
    struct chart_point *points;
    str svg = S("");

    if (p->r->groups[kind].n == 0) /* [RR7] */
        return;
    points = points_of(p, kind, which, &c.n);
    c.points = points;
    if (points == NULL || c.n == 0 ||
        !paper_shown(p, p->r->whole.tally.shares[which]))
        return;
    if (kind == GROUP_MONTH) {
        keep(p, chart_trend(p->s.arena, &c, &svg));
    } else {
        sort_points(points, c.n);
        keep(p, chart_spans(p->s.arena, &c, &svg));
    }
    sheet_heading_text(&p->s, sheet_text(&p->s, "records_report.chart_heading",
                                         ARG_STR("figure", c.title),
                                         ARG_STR("group",
                                                 paper_name(p, by[kind].id))));
    sheet_drawing(&p->s, c.title, svg);
}

/* --- tables of groups ---------------------------------------------------- */

static str cell_of(struct paper *p, const struct report_group *g,
                   enum figure_share which)
{
    struct share s = g->tally.shares[which];

    if (!paper_shown(p, s))
        return S("—");
    return paper_percent(p, share_points(s));
}

static str mean_of(struct paper *p, const struct report_group *g)
{
    if (!report_shows_mean(p->r, g))
        return S("—");
    return sheet_score(&p->s, tally_mean(&g->tally));
}

static str time_of(struct paper *p, const struct report_group *g,
                   enum figure_time which)
{
    if (!report_shows(p->r, g->times[which].n))
        return S("—");
    return duration(p, g->times[which].median);
}

static void put_group(struct paper *p, const struct report_group *g)
{
    sheet_row(&p->s, report_label(g, p->s.lang),
              sheet_number(&p->s, g->tickets), cell_of(p, g, SHARE_RESOLVED),
              cell_of(p, g, SHARE_RESOLVED_IN_TIME),
              cell_of(p, g, SHARE_FIRST_TIME), cell_of(p, g, SHARE_SATISFIED),
              mean_of(p, g), time_of(p, g, TIME_RESPONSE),
              time_of(p, g, TIME_RESOLUTION));
}

static void put_groups(struct paper *p, enum figure_group kind)
{
    const struct report_group *g = p->r->groups[kind].p;
    size_t all = p->r->groups[kind].n;
    size_t n = kind != GROUP_MONTH && all > REPORT_SHOWN ? REPORT_SHOWN : all;
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        { .title = paper_name(p, report_group_name(kind)), .share = 170 },
        sheet_column(s, "records_report.tickets", 80, PAINT_RIGHT),
        sheet_column(s, "records_report.short_resolved", 100, PAINT_RIGHT),
        sheet_column(s, "records_report.short_in_time", 95, PAINT_RIGHT),
        sheet_column(s, "records_report.short_first_time", 105, PAINT_RIGHT),
        sheet_column(s, "records_report.short_satisfied", 105, PAINT_RIGHT),
        sheet_column(s, "records_report.short_mean", 85, PAINT_RIGHT),
        sheet_column(s, "records_report.short_response", 120, PAINT_RIGHT),
        sheet_column(s, "records_report.short_resolution", 140, PAINT_RIGHT),
    };

    if (n == 0)
        return;
    sheet_heading_text(s, sheet_text(s, "records_report.by",
                                     ARG_STR("group",
                                             paper_name(p, by[kind].id))));
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < n; i++)
        put_group(p, &g[i]);
    if (n < all)
        sheet_note(s, sheet_text(s, "records_report.further",
                                 ARG_INT("shown", n), ARG_INT("all", all)));
}

/* --- the backlog --------------------------------------------------------- */

/* The first of each month, as "2026-03". */
static struct chart_day_label *month_labels(struct paper *p, size_t *n)
{
    size_t days = p->r->backlog.n;
    struct chart_day_label *labels =
        arena_array(p->s.arena, days / 28 + 2, sizeof *labels);

    *n = 0;
    for (size_t i = 0; labels != NULL && i < days; i++) {
        char text[DAY_TEXT];
        day on = p->r->terms.first + (day)i;
        str name = day_text(on, text);

        if (i > 0 && date_of_day(on).mday != 1)
            continue;
        labels[*n].day = i;
        if (!arena_str(p->s.arena, str_first(name, MONTH_BYTES),
                       &labels[(*n)++].name))
            return NULL;
    }
    return labels;
}

static void put_backlog(struct paper *p)
{
    const struct list *l = &p->r->backlog;
    struct chart_days c = { .title = paper_name(p, "records_report.backlog"),
                            .counts = l->p,
                            .n = l->n };
    str svg = S("");

    if (l->n == 0 || l->n > CHART_DAYS_MAX)
        return;
    c.labels = month_labels(p, &c.labels_n);
    if (c.labels == NULL) {
        p->s.broken = true;
        return;
    }
    keep(p, chart_days(p->s.arena, &c, &svg));
    sheet_heading(&p->s, "records_report.backlog_heading");
    sheet_drawing(&p->s, c.title, svg);
    sheet_note(&p->s, paper_name(p, "records_report.backlog_note"));
}

/* --- what was left out [RR4] --------------------------------------------- */

static void put_left_out(struct paper *p)
{
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.why", 800, PAINT_LEFT),
        sheet_column(s, "records_report.n", 200, PAINT_RIGHT),
    };

    sheet_heading(s, "records_report.left_out");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < LEFT_COUNT; i++)
        sheet_row(s, paper_name(p, report_left_name((enum figure_left_out)i)),
                  sheet_number(s, (int64_t)p->r->left_out[i]));
    sheet_note(s, paper_name(p, "records_report.definitions"));
    if (p->r->public)
        sheet_note(s, sheet_text(s, "records_report.public_note",
                                 ARG_INT("least", REPORT_LEAST)));
}

err report_document(struct arena *a, const struct records_report *r,
                    enum lang lang, const struct body *body,
                    struct paint_document *out)
{
    static const enum figure_group tables[] = { GROUP_MONTH, GROUP_OUTLET,
                                                GROUP_PRODUCT, GROUP_TRADE,
                                                GROUP_PERSON };
    struct paper p = { .r = r };

    sheet_begin(&p.s, a, lang, body);
    sheet_name(&p.s, "records_report.title", r->enterprise, S(""), r->made);
    put_terms(&p);
    put_shares(&p);
    put_times(&p);
    for (size_t i = 0; i < COUNT(drawn); i++)
        put_chart(&p, GROUP_MONTH, drawn[i]);
    put_groups(&p, GROUP_MONTH);
    for (size_t i = 0; i < COUNT(drawn); i++)
        put_chart(&p, GROUP_OUTLET, drawn[i]);
    sheet_note(&p.s, paper_name(&p, "records_report.chart_note"));
    if (r->groups[GROUP_OUTLET].n > 1)
        sheet_note(&p.s, paper_name(&p, "records_report.many_note"));
    for (size_t i = 1; i < COUNT(tables); i++)
        put_groups(&p, tables[i]);
    paper_changes(&p);
    paper_loads(&p);
    paper_low_parts(&p);
    put_backlog(&p);
    put_left_out(&p);
    TRY(p.first);
    return sheet_done(&p.s, out);
}
