/*
 * figures -- what the body's cases come to, as tables with pictures beside
 * them: per scheme and period, both in the address. [17065 8.5]
 *
 *   [FW1] Whatever a picture shows stands in the table beside it.
 *   [FW2] A period is a year, "2026", or a quarter of one, "2026Q2"; what is
 *         neither, or none in which there is anything, is this year.
 */

#include "service/figures.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/bars.h"
#include "web/registers.h"

#include <stdio.h>

enum {
    QUARTERS = FIGURES_QUARTERS_MOST,
    PERIOD_MOST = 16, /* characters of one in an address */
    YEAR_DIGITS = 4,
    WHOLE = 10000, /* basis points */
    STAGES_TIMED = STAGE_UPKEEP - STAGE_COMPLETENESS,
};

struct period {
    int32_t from; /* quarters, both in */
    int32_t to;
};

/* --- periods [FW2] -------------------------------------------------------- */

static struct period year_of(int32_t quarter)
{
    int32_t first = quarter - quarter % QUARTERS;

    return (struct period){ first, first + QUARTERS - 1 };
}

static struct period period_of(str text, day today)
{
    int64_t quarter = 0;
    int64_t year = 0;

    if (!number_in_digits(str_first(text, YEAR_DIGITS), YEAR_MIN, YEAR_MAX,
                          &year))
        return year_of(tally_quarter(today));

    int32_t first = (int32_t)year * QUARTERS;
    if (text.n == YEAR_DIGITS)
        return year_of(first);
    if (text.n != YEAR_DIGITS + 2 || text.p[YEAR_DIGITS] != 'Q' ||
        !number_in_digits(str_from(text, YEAR_DIGITS + 1), 1, QUARTERS,
                          &quarter))
        return year_of(tally_quarter(today));
    first += (int32_t)quarter - 1;
    return (struct period){ first, first };
}

static err period_value(struct request *rq, struct period p, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, PERIOD_MOST);
    buf_int(&b, p.from / QUARTERS);
    if (p.from == p.to)
        buf_printf(&b, "Q%d", p.from % QUARTERS + 1);
    return buf_done(&b, out);
}

static err quarter_name(struct request *rq, int32_t quarter, str *out)
{
    const struct err_arg args[] = { ARG_INT("year", quarter / QUARTERS),
                                    ARG_INT("quarter", quarter % QUARTERS + 1),
                                    { 0 } };

    return say(rq, "figures.quarter_name", args, out);
}

static err period_name(struct request *rq, struct period p, str *out)
{
    const struct err_arg args[] = { ARG_INT("year", p.from / QUARTERS), { 0 } };

    return p.from == p.to ? quarter_name(rq, p.from, out)
                          : say(rq, "figures.year_name", args, out);
}

/* What is looked at. */
struct looking_at {
    struct request *rq;
    struct period period;
    str scheme; /* empty: all */
    struct figures figures;
    struct page_figures page;
};

static err add_period(struct looking_at *l, struct page_figures_periods *rows,
                      struct period p)
{
    struct page_figures_periods *row = &rows[l->page.periods_n++];

    row->chosen = p.from == l->period.from && p.to == l->period.to;
    TRY(period_value(l->rq, p, &row->value));
    return period_name(l->rq, p, &row->name);
}

/* A year from its first quarter on, and those of its quarters that lie in
 * first..last. */
static err add_year(struct looking_at *l, struct page_figures_periods *rows,
                    int32_t year, struct period within)
{
    TRY(add_period(l, rows, year_of(year)));
    for (int32_t q = year; q < year + QUARTERS; q++) {
        if (q >= within.from && q <= within.to)
            TRY(add_period(l, rows, (struct period){ q, q }));
    }
    return OK;
}

/* The newest year first, each with its quarters in which there may be anything;
 * and the one that is looked at, whatever it is. */
static err list_periods(struct looking_at *l)
{
    struct figures *f = &l->figures;
    int32_t first = f->first < l->period.from ? f->first : l->period.from;
    int32_t last = f->last > l->period.to ? f->last : l->period.to;
    int32_t year = year_of(last).from;
    size_t years = (size_t)((year - year_of(first).from) / QUARTERS) + 1;
    struct page_figures_periods *rows;

    REGISTER_ROWS(l->rq, rows, years * (QUARTERS + (size_t)1));
    for (; year + QUARTERS > first; year -= QUARTERS)
        TRY(add_year(l, rows, year, (struct period){ first, last }));
    l->page.periods = rows;
    return OK;
}

/* --- schemes -------------------------------------------------------------- */

/* *chosen is the package whose words are used; NULL: none is chosen. */
static err list_schemes(struct looking_at *l, const struct scheme **chosen)
{
    struct page_figures_schemes *rows;
    const struct scheme *const *schemes;
    struct list found;

    *chosen = NULL;
    TRY(web_schemes(l->rq, &found));
    schemes = found.p;
    REGISTER_ROWS(l->rq, rows, found.n);
    for (size_t i = 0; i < found.n; i++) {
        bool is_it = str_eq(schemes[i]->id, l->scheme);

        rows[i] = (struct page_figures_schemes){
            .value = schemes[i]->id,
            .name = web_label(l->rq, schemes[i]->name),
            .chosen = is_it,
        };
        *chosen = is_it ? schemes[i] : *chosen;
    }
    l->page.schemes = rows;
    l->page.schemes_n = found.n;
    return OK;
}

/* --- how far cases came --------------------------------------------------- */

static struct page_figures_steps steps_row(const int64_t n[static STEP_COUNT])
{
    return (struct page_figures_steps){
        .entered = n[STEP_ENTERED],
        .applied = n[STEP_APPLIED],
        .accepted = n[STEP_ACCEPTED],
        .contracted = n[STEP_CONTRACTED],
        .audited = n[STEP_AUDITED],
        .decided = n[STEP_DECIDED],
        .certified = n[STEP_CERTIFIED],
    };
}

/* Of those that were entered, in basis points, cut off. */
static int64_t share(const int64_t *n, enum tally_step step)
{
    return n[step] * WHOLE / n[STEP_ENTERED];
}

static err show_shares(struct looking_at *l, const int64_t *n)
{
    struct page_figures_shares *row;

    if (n[STEP_ENTERED] == 0)
        return OK;
    REGISTER_ROWS(l->rq, row, 1);
    *row = (struct page_figures_shares){
        .applied = share(n, STEP_APPLIED),
        .accepted = share(n, STEP_ACCEPTED),
        .contracted = share(n, STEP_CONTRACTED),
        .audited = share(n, STEP_AUDITED),
        .decided = share(n, STEP_DECIDED),
        .certified = share(n, STEP_CERTIFIED),
    };
    l->page.shares = row;
    l->page.shares_n = 1;
    return OK;
}

static err draw_steps(struct looking_at *l, const int64_t *n)
{
    struct bar bars[STEP_COUNT] = { 0 };

    l->page.drawn = n[STEP_ENTERED] > 0;
    l->page.steps_height = bars_height(STEP_COUNT);
    for (int32_t i = 0; i < STEP_COUNT; i++) {
        const char *name;

        TRY(answer_id(l->rq, "tally_step.", str_of(tally_step_names[i]),
                      &name));
        bars[i] = (struct bar){ text_get(web_lang(l->rq), name), n[i], 0 };
    }
    return bars_draw(l->rq->arena, bars, STEP_COUNT, &l->page.steps_picture);
}

/* A quarter a row, and their sum where there are several. */
static err show_steps(struct looking_at *l)
{
    size_t n = (size_t)(l->period.to - l->period.from) + 1;
    int64_t sums[STEP_COUNT] = { 0 };
    struct page_figures_steps *rows;

    REGISTER_ROWS(l->rq, rows, n + 1);
    for (size_t i = 0; i < n; i++) {
        rows[i] = steps_row(l->figures.reached[i]);
        TRY(quarter_name(l->rq, l->period.from + (int32_t)i, &rows[i].name));
        for (int32_t k = 0; k < STEP_COUNT; k++)
            sums[k] += l->figures.reached[i][k];
    }
    rows[n] = steps_row(sums);
    TRY(period_name(l->rq, l->period, &rows[n].name));
    l->page.steps = rows;
    l->page.steps_n = n == 1 ? 1 : n + 1;
    TRY(show_shares(l, sums));
    return draw_steps(l, sums);
}

/* --- times ---------------------------------------------------------------- */

static err show_times(struct looking_at *l)
{
    struct bar bars[STAGES_TIMED] = { 0 };
    struct page_figures_times *rows;

    REGISTER_ROWS(l->rq, rows, STAGES_TIMED);
    for (int32_t i = 0; i < STAGES_TIMED; i++) {
        const char *name = stage_names[STAGE_COMPLETENESS + i];
        const struct stage_figure *t =
            &l->figures.times[STAGE_COMPLETENESS + i];

        TRY(answer_id(l->rq, "stage.", str_of(name), &rows[i].stage));
        rows[i].n = t->n;
        rows[i].any = t->n > 0;
        rows[i].median = t->median;
        rows[i].ninetieth = t->ninetieth;
        bars[i] = (struct bar){ text_get(web_lang(l->rq), rows[i].stage),
                                t->median, t->ninetieth };
        l->page.timed = l->page.timed || t->n > 0;
    }
    l->page.times = rows;
    l->page.times_n = STAGES_TIMED;
    l->page.times_height = bars_height(STAGES_TIMED);
    return bars_draw(l->rq->arena, bars, STAGES_TIMED, &l->page.times_picture);
}

/* --- findings ------------------------------------------------------------- */

/* What the newest package calls it; nothing where it has it no more. */
static str label_of(const struct request *rq, const struct scheme *s,
                    str indicator)
{
    int32_t leaf = scheme_leaf(s, indicator);

    return leaf < 0 ? S("") : web_label(rq, scheme_leaf_at(s, leaf)->label);
}

static err show_findings(struct looking_at *l, const struct scheme *s)
{
    const struct finding_figure *f = l->figures.findings.p;
    size_t n = l->figures.findings.n;
    struct bar bars[FIGURES_FINDINGS_MOST] = { 0 };
    struct page_figures_findings *rows;

    l->page.chosen = s != NULL;
    l->page.found = n > 0;
    if (s == NULL || n == 0)
        return OK;
    REGISTER_ROWS(l->rq, rows, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct page_figures_findings){
            .indicator = f[i].indicator,
            .label = label_of(l->rq, s, f[i].indicator),
            .minor = f[i].n[GRADE_MINOR],
            .major = f[i].n[GRADE_MAJOR],
            .observation = f[i].n[GRADE_OBSERVATION],
            .opportunity = f[i].n[GRADE_OPPORTUNITY],
        };
        bars[i] = (struct bar){ f[i].indicator,
                                f[i].n[GRADE_MINOR] + f[i].n[GRADE_MAJOR], 0 };
    }
    l->page.findings = rows;
    l->page.findings_n = n;
    l->page.findings_height = bars_height(n);
    return bars_draw(l->rq->arena, bars, n, &l->page.findings_picture);
}

/* --- the rest ------------------------------------------------------------- */

static void show_outcomes(struct looking_at *l)
{
    const int64_t *n = l->figures.outcomes;

    l->page.certified = n[OUTCOME_IS_CERTIFIED];
    l->page.refused = n[OUTCOME_IS_REFUSED];
    l->page.appealed = n[OUTCOME_IS_APPEALED];
    l->page.overturned = n[OUTCOME_IS_OVERTURNED];
}

static err show_load(struct looking_at *l)
{
    static const char *const kept[] = { "scheme", "period" };
    const struct auditor_load *x = l->figures.load.p;
    int32_t quarter = tally_quarter(faces_today(l->rq->app));
    size_t n = l->figures.load.n;
    struct page_figures_load *rows;

    l->page.reads_auditors = overviews_open_to(registers_reader(l->rq));
    REGISTER_ROWS(l->rq, rows, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct page_figures_load){ x[i].login, x[i].name, x[i].first,
                                              x[i].second, x[i].tasks };
    l->page.load = rows;
    l->page.load_n = n;
    TRY(quarter_name(l->rq, quarter, &l->page.this_quarter));
    TRY(quarter_name(l->rq, quarter + 1, &l->page.next_quarter));
    return registers_next(l->rq, kept, COUNT(kept), l->figures.load_next,
                          &l->page.next);
}

static err show_figures(struct looking_at *l)
{
    const struct figures_wish wish = {
        .today = faces_today(l->rq->app),
        .scheme = l->scheme,
        .from = l->period.from,
        .to = l->period.to,
        .after = asked(l->rq, "after"),
    };
    const struct scheme *chosen;

    TRY(figures_read(web_app(l->rq), l->rq->arena, registers_reader(l->rq),
                     &wish, &l->figures));
    TRY(list_schemes(l, &chosen));
    TRY(list_periods(l));
    TRY(period_name(l->rq, l->period, &l->page.period));
    TRY(show_steps(l));
    TRY(show_times(l));
    show_outcomes(l);
    TRY(show_findings(l, chosen));
    return show_load(l);
}

static err get_figures(struct request *rq, struct response *rs)
{
    struct looking_at l = {
        .rq = rq,
        .period = period_of(asked(rq, "period"), faces_today(rq->app)),
        .scheme = asked(rq, "scheme"),
        .page = { .reads = figures_open_to(registers_reader(rq)) },
    };
    struct buf b;

    if (l.page.reads)
        TRY(show_figures(&l));
    registers_tabs(rq, AT_FIGURES, &l.page.tabs);
    TRY(visit_work(rq, S(""), AT_REGISTERS, &l.page.work));
    answer_buf(rq, &b);
    page_figures_render(&b, web_lang(rq), &l.page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/figures", RIGHT_BODY, BODY_NONE, get_figures },
};

const struct route_table figure_routes = { routes, COUNT(routes) };
