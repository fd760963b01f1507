/* records_report_book -- the figures of service records as a workbook. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/statistics.h"
#include "domain/actor.h"
#include "excel/excel.h"
#include "service/records_report.h"
#include "service/records_words.h"

enum { CELL_MOST = 80, SHEETS = GROUP_COUNT + 5 };

/* The columns of a sheet of figures. */
enum {
    AT_GROUP,
    AT_FIGURE,
    AT_K,
    AT_N,
    AT_SHARE,
    AT_LOW,
    AT_HIGH,
    AT_WANTED,
    AT_VERDICT,
    AT_MEDIAN,
    AT_P90,
    AT_MEAN,
    AT_THEN_K,
    AT_THEN_N,
    AT_THEN,
    AT_POINTS,
    AT_CHANGE,
    AT_COUNT
};

static const struct {
    const char *id;
    enum excel_kind kind;
} columns[AT_COUNT] = {
    [AT_GROUP] = { .id = "records_report.group", EXCEL_TEXT },
    [AT_FIGURE] = { .id = "records_report.figure", EXCEL_TEXT },
    [AT_K] = { .id = "records_report.k", EXCEL_WHOLE },
    [AT_N] = { .id = "records_report.n", EXCEL_WHOLE },
    [AT_SHARE] = { .id = "records_report.share", EXCEL_PERCENT },
    [AT_LOW] = { .id = "records_report.low", EXCEL_PERCENT },
    [AT_HIGH] = { .id = "records_report.high", EXCEL_PERCENT },
    [AT_WANTED] = { .id = "records_report.wanted", EXCEL_PERCENT },
    [AT_VERDICT] = { .id = "records_report.verdict", EXCEL_TEXT },
    [AT_MEDIAN] = { .id = "records_report.median", EXCEL_WHOLE },
    [AT_P90] = { .id = "records_report.p90", EXCEL_WHOLE },
    [AT_MEAN] = { .id = "records_report.mean", EXCEL_TEXT },
    [AT_THEN_K] = { .id = "records_report.then_k", EXCEL_WHOLE },
    [AT_THEN_N] = { .id = "records_report.then_n", EXCEL_WHOLE },
    [AT_THEN] = { .id = "records_report.then", EXCEL_PERCENT },
    [AT_POINTS] = { .id = "records_report.points", EXCEL_PERCENT },
    [AT_CHANGE] = { .id = "records_report.change", EXCEL_TEXT },
};

/* A workbook while it is filled. */
struct filling {
    struct arena *a;
    const struct records_report *r;
    enum lang lang;
    enum excel_kind kinds[AT_COUNT];
    struct excel_sheet sheets[SHEETS];
    size_t n;
    str *cells; /* of the sheet that is filled */
    size_t rows;
};

static err number(struct filling *f, int64_t n, str *out)
{
    struct buf b;

    buf_init(&b, f->a, CELL_MOST);
    buf_int(&b, n);
    return buf_done(&b, out);
}

static str *new_row(struct filling *f, size_t width)
{
    return f->cells + f->rows++ * width;
}

/* --- rows of figures ----------------------------------------------------- */

/* What it was then. [RR6] */
static err put_change(struct filling *f, const struct report_group *g,
                      enum figure_share which, str *row)
{
    struct share then = g->then.shares[which];
    struct share_change c;

    if (!report_share_change(f->r, g, which, &c))
        return OK;
    row[AT_CHANGE] = text_get(f->lang, records_change_words(c.change).id);
    TRY(number(f, then.k, &row[AT_THEN_K]));
    TRY(number(f, then.n, &row[AT_THEN_N]));
    TRY(number(f, share_points(then), &row[AT_THEN]));
    return number(f, c.points, &row[AT_POINTS]);
}

static err put_share(struct filling *f, const struct report_group *g,
                     enum figure_share which)
{
    struct share s = g->tally.shares[which];
    str *row;

    if (!report_shows(f->r, s.n) || s.n > STATISTICS_N_MAX)
        return OK;
    struct interval i = wilson(s.k, s.n);
    const char *verdict = report_share_verdict(f->r, which, s);

    row = new_row(f, AT_COUNT);
    row[AT_GROUP] = report_label(g, f->lang);
    row[AT_FIGURE] = text_get(f->lang, report_share_name(which));
    TRY(number(f, s.k, &row[AT_K]));
    TRY(number(f, s.n, &row[AT_N]));
    TRY(number(f, share_points(s), &row[AT_SHARE]));
    TRY(number(f, i.low, &row[AT_LOW]));
    TRY(number(f, i.high, &row[AT_HIGH]));
    TRY(put_change(f, g, which, row));
    if (verdict == NULL)
        return OK;
    row[AT_VERDICT] = text_get(f->lang, verdict);
    return number(f, f->r->wanted[which], &row[AT_WANTED]);
}

static err put_time(struct filling *f, const struct report_group *g,
                    enum figure_time which)
{
    const struct spread *s = &g->times[which];
    str *row;

    if (!report_shows(f->r, s->n))
        return OK;
    row = new_row(f, AT_COUNT);
    row[AT_GROUP] = report_label(g, f->lang);
    row[AT_FIGURE] = text_get(f->lang, report_time_name(which));
    TRY(number(f, s->n, &row[AT_N]));
    TRY(number(f, s->median, &row[AT_MEDIAN]));
    return number(f, s->p90, &row[AT_P90]);
}

static err put_mean(struct filling *f, const struct report_group *g)
{
    char text[TEXT_VALUE];
    str *row;

    if (!report_shows_mean(f->r, g))
        return OK;
    row = new_row(f, AT_COUNT);
    row[AT_GROUP] = report_label(g, f->lang);
    row[AT_FIGURE] = text_get(f->lang, "records_report.mean");
    TRY(number(f, g->tally.shares[SHARE_SATISFIED].n, &row[AT_N]));
    TRY_MEMORY(arena_str(f->a, text_score(tally_mean(&g->tally), text),
                         &row[AT_MEAN]));
    return OK;
}

static err put_group(struct filling *f, const struct report_group *g)
{
    for (int i = 0; i < SHARE_COUNT; i++)
        TRY(put_share(f, g, (enum figure_share)i));
    TRY(put_mean(f, g));
    for (int i = 0; i < TIME_COUNT; i++)
        TRY(put_time(f, g, (enum figure_time)i));
    return OK;
}

/* --- sheets -------------------------------------------------------------- */

static err begin_sheet(struct filling *f, size_t most, size_t width)
{
    f->cells = arena_array(f->a, (most + 1) * width, sizeof *f->cells);
    f->rows = 0;
    TRY_MEMORY(f->cells != NULL);
    return OK;
}

static void end_sheet(struct filling *f, const char *message, size_t width,
                      const enum excel_kind *kinds)
{
    f->sheets[f->n++] =
        (struct excel_sheet){ .name = text_get(f->lang, message),
                              .cells = f->cells,
                              .rows = f->rows,
                              .columns = width,
                              .kinds = kinds,
                              .head = 1 };
}

static err put_figures(struct filling *f, enum figure_group kind,
                       const struct report_group *g, size_t n)
{
    str *head;

    n = n > REPORT_GROUPS ? REPORT_GROUPS : n; /* [RR5] */
    TRY(begin_sheet(f, n * (SHARE_COUNT + TIME_COUNT + 1), AT_COUNT));
    head = new_row(f, AT_COUNT);
    for (size_t i = 0; i < AT_COUNT; i++)
        head[i] = text_get(f->lang, columns[i].id);
    head[AT_GROUP] = text_get(f->lang, report_group_name(kind));
    for (size_t i = 0; i < n; i++)
        TRY(put_group(f, &g[i]));
    end_sheet(f, report_group_name(kind), AT_COUNT, f->kinds);
    return OK;
}

static err put_backlog(struct filling *f)
{
    static const enum excel_kind kinds[] = { EXCEL_DAY, EXCEL_WHOLE };
    const int64_t *days = f->r->backlog.p;
    str *row;

    TRY(begin_sheet(f, f->r->backlog.n, COUNT(kinds)));
    row = new_row(f, COUNT(kinds));
    row[0] = text_get(f->lang, "records_report.day");
    row[1] = text_get(f->lang, "records_report.open");
    for (size_t i = 0; i < f->r->backlog.n; i++) {
        char text[DAY_TEXT];
        str on = day_text(f->r->terms.first + (day)i, text);

        row = new_row(f, COUNT(kinds));
        TRY_MEMORY(arena_str(f->a, on, &row[0]));
        TRY(number(f, days[i], &row[1]));
    }
    end_sheet(f, "records_report.backlog", COUNT(kinds), kinds);
    return OK;
}

static err put_loads(struct filling *f)
{
    static const char *const heads[] = {
        "records_report.month",     "records_report.load",
        "records_report.tickets",   "records_report.load_median",
        "records_report.load_most", "records_report.load_above",
    };
    static const enum excel_kind kinds[COUNT(heads)] = {
        EXCEL_TEXT,  EXCEL_WHOLE, EXCEL_WHOLE,
        EXCEL_WHOLE, EXCEL_WHOLE, EXCEL_WHOLE,
    };
    const struct load_month *months = f->r->load_months.p;
    str *row;

    if (f->r->load_months.n == 0)
        return OK;
    TRY(begin_sheet(f, f->r->load_months.n, COUNT(heads)));
    row = new_row(f, COUNT(heads));
    for (size_t i = 0; i < COUNT(heads); i++)
        row[i] = text_get(f->lang, heads[i]);
    for (size_t i = 0; i < f->r->load_months.n; i++) {
        row = new_row(f, COUNT(heads));
        TRY(report_month_name(f->a, f->r, (uint32_t)i, &row[0]));
        TRY(number(f, months[i].persons, &row[1]));
        TRY(number(f, months[i].tickets, &row[2]));
        TRY(number(f, months[i].median, &row[3]));
        TRY(number(f, months[i].most, &row[4]));
        TRY(number(f, months[i].above, &row[5]));
    }
    end_sheet(f, "records_report.load_sheet", COUNT(heads), kinds);
    return OK;
}

static err put_busy(struct filling *f)
{
    static const enum excel_kind kinds[] = { EXCEL_TEXT, EXCEL_TEXT,
                                             EXCEL_WHOLE, EXCEL_WHOLE };
    const struct report_busy *busy = f->r->busy.p;
    size_t n = f->r->busy.n < REPORT_GROUPS ? f->r->busy.n : REPORT_GROUPS;
    str *row;

    if (n == 0)
        return OK;
    TRY(begin_sheet(f, n, COUNT(kinds)));
    row = new_row(f, COUNT(kinds));
    row[0] = text_get(f->lang, "records_report.month");
    row[1] = text_get(f->lang, "records_report.person");
    row[2] = text_get(f->lang, "records_report.tickets");
    row[3] = text_get(f->lang, "records_report.load_median");
    for (size_t i = 0; i < n; i++) {
        row = new_row(f, COUNT(kinds));
        TRY(report_month_name(f->a, f->r, busy[i].month, &row[0]));
        row[1] = busy[i].person;
        TRY(number(f, busy[i].tickets, &row[2]));
        TRY(number(f, busy[i].median, &row[3]));
    }
    end_sheet(f, "records_report.busy_sheet", COUNT(kinds), kinds);
    return OK;
}

static err put_parts(struct filling *f)
{
    static const enum excel_kind kinds[] = { EXCEL_TEXT, EXCEL_WHOLE };
    const struct report_part *parts = f->r->low_parts.p;
    str *row;

    if (f->r->low_parts.n == 0)
        return OK;
    TRY(begin_sheet(f, f->r->low_parts.n, COUNT(kinds)));
    row = new_row(f, COUNT(kinds));
    row[0] = text_get(f->lang, "records_report.part");
    row[1] = text_get(f->lang, "records_report.low_part_days");
    for (size_t i = 0; i < f->r->low_parts.n; i++) {
        row = new_row(f, COUNT(kinds));
        row[0] = parts[i].label.n > 0
                     ? parts[i].label
                     : text_get(f->lang, "records_report.unsaid");
        TRY(number(f, parts[i].days, &row[1]));
    }
    end_sheet(f, "records_report.low_sheet", COUNT(kinds), kinds);
    return OK;
}

/* [RR4] */
static err put_left_out(struct filling *f)
{
    static const enum excel_kind kinds[] = { EXCEL_TEXT, EXCEL_WHOLE };
    str *row;

    TRY(begin_sheet(f, LEFT_COUNT, COUNT(kinds)));
    row = new_row(f, COUNT(kinds));
    row[0] = text_get(f->lang, "records_report.why");
    row[1] = text_get(f->lang, "records_report.n");
    for (size_t i = 0; i < LEFT_COUNT; i++) {
        row = new_row(f, COUNT(kinds));
        row[0] = text_get(f->lang, report_left_name((enum figure_left_out)i));
        TRY(number(f, (int64_t)f->r->left_out[i], &row[1]));
    }
    end_sheet(f, "records_report.left_out", COUNT(kinds), kinds);
    return OK;
}

static err put_all(struct filling *f)
{
    static const enum figure_group kinds[] = { GROUP_MONTH, GROUP_OUTLET,
                                               GROUP_PRODUCT, GROUP_PERSON,
                                               GROUP_TRADE };

    struct report_group whole = f->r->whole;

    whole.label = text_get(f->lang, report_group_name(GROUP_WHOLE));
    TRY(put_figures(f, GROUP_WHOLE, &whole, 1));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct list *l = &f->r->groups[kinds[i]];

        if (l->n > 0 && (kinds[i] != GROUP_PERSON || !f->r->public))
            TRY(put_figures(f, kinds[i], l->p, l->n));
    }
    TRY(put_loads(f));
    TRY(put_busy(f));
    TRY(put_parts(f));
    if (f->r->backlog.n > 0)
        TRY(put_backlog(f));
    return put_left_out(f);
}

err report_workbook(struct arena *a, const struct records_report *r,
                    enum lang lang, const struct body *body, str *out)
{
    struct filling f = { .a = a, .r = r, .lang = lang };

    for (size_t i = 0; i < AT_COUNT; i++)
        f.kinds[i] = columns[i].kind;
    TRY(put_all(&f));

    struct excel_book book = {
        .sheets = f.sheets,
        .n = f.n,
        .title = text_get(lang, "records_report.title"),
        .author = lang == LANG_EN && body->name_en.n > 0 ? body->name_en
                                                         : body->name_zh,
        .made = r->made,
    };
    return excel_write(a, &book, out);
}
