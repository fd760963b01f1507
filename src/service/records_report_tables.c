/* records_report_tables -- tables of the document: what changed, persons by
 * month, parts; and the numbers in all of them. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/records_report_parts.h"
#include "service/records_words.h"

enum { TENTHS = 10, VALUE_MOST = 80 };

/* --- words --------------------------------------------------------------- */

str paper_name(struct paper *p, const char *message)
{
    return text_get(p->s.lang, message);
}

static str done(struct paper *p, struct buf *b)
{
    str text = S("");

    if (failed(buf_done(b, &text)))
        p->s.broken = true;
    return text;
}

static void put_tenths(struct buf *b, int64_t n)
{
    buf_int(b, n / TENTHS);
    buf_char(b, '.');
    buf_int(b, n % TENTHS);
}

str paper_tenths(struct paper *p, int64_t n)
{
    struct buf b;

    buf_init(&b, p->s.arena, VALUE_MOST);
    put_tenths(&b, n);
    buf_char(&b, '%');
    return done(p, &b);
}

str paper_percent(struct paper *p, int64_t basis_points)
{
    return paper_tenths(p, (basis_points + TENTHS / 2) / TENTHS);
}

bool paper_shown(const struct paper *p, struct share s)
{
    return report_shows(p->r, s.n) && s.n <= STATISTICS_N_MAX;
}

/* --- what changed [RR6] -------------------------------------------------- */

/* "+2.1" points, of basis points. */
static str points(struct paper *p, int32_t n)
{
    int32_t size = ((n < 0 ? -n : n) + TENTHS / 2) / TENTHS;
    struct buf b;

    buf_init(&b, p->s.arena, VALUE_MOST);
    if (size > 0)
        buf_str(&b, n < 0 ? S("−") : S("+"));
    put_tenths(&b, size);
    return done(p, &b);
}

static str change_text(struct paper *p, const struct share_change *c)
{
    return sheet_text(
        &p->s, "records_report.change_value",
        ARG_STR("points", points(p, c->points)),
        ARG_STR("verdict", paper_name(p, records_change_words(c->change).id)));
}

void paper_change(struct paper *p, const struct report_group *g,
                  enum figure_share which, str out[2])
{
    struct share_change c;

    if (!report_share_change(p->r, g, which, &c))
        return;
    out[0] = paper_percent(p, share_points(g->then.shares[which]));
    out[1] = change_text(p, &c);
}

/* Returns how many rows it came to. */
static size_t put_changes(struct paper *p, const struct report_group *g)
{
    size_t n = 0;

    for (int i = 0; i < SHARE_COUNT; i++) {
        enum figure_share which = (enum figure_share)i;
        struct share_change c;
        str cells[2] = { S(""), S("") };

        if (!report_share_change(p->r, g, which, &c) ||
            (c.change != CHANGE_HIGHER && c.change != CHANGE_LOWER))
            continue;
        paper_change(p, g, which, cells);
        sheet_row(&p->s, report_label(g, p->s.lang),
                  paper_name(p, report_share_name(which)), cells[0],
                  paper_percent(p, share_points(g->tally.shares[which])),
                  cells[1]);
        n++;
    }
    return n;
}

void paper_changes(struct paper *p)
{
    const struct list *l = &p->r->groups[GROUP_OUTLET];
    const struct report_group *g = l->p;
    struct sheet *s = &p->s;
    size_t rows = 0;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.outlet", 260, PAINT_LEFT),
        sheet_column(s, "records_report.figure", 260, PAINT_LEFT),
        sheet_column(s, "records_report.then", 120, PAINT_RIGHT),
        sheet_column(s, "records_report.now", 120, PAINT_RIGHT),
        sheet_column(s, "records_report.change", 240, PAINT_LEFT),
    };

    if (!p->r->compared || p->r->public || l->n == 0)
        return;
    sheet_heading(s, "records_report.changes_heading");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < l->n && rows < REPORT_CHANGES; i++)
        rows += put_changes(p, &g[i]);
    sheet_note(s, paper_name(p, rows == 0 ? "records_report.no_changes"
                                          : "records_report.changes_note"));
}

/* --- persons by month ---------------------------------------------------- */

static str month_name(struct paper *p, uint32_t month)
{
    str name = S("");

    if (failed(report_month_name(p->s.arena, p->r, month, &name)))
        p->s.broken = true;
    return name;
}

static void put_busy(struct paper *p)
{
    const struct report_busy *busy = p->r->busy.p;
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.month", 200, PAINT_LEFT),
        sheet_column(s, "records_report.person", 400, PAINT_LEFT),
        sheet_column(s, "records_report.tickets", 200, PAINT_RIGHT),
        sheet_column(s, "records_report.load_median", 200, PAINT_RIGHT),
    };
    size_t n = p->r->busy.n < REPORT_SHOWN ? p->r->busy.n : REPORT_SHOWN;

    if (n == 0)
        return;
    sheet_heading(s, "records_report.busy_heading");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < n; i++)
        sheet_row(s, month_name(p, busy[i].month), busy[i].person,
                  sheet_number(s, busy[i].tickets),
                  sheet_number(s, busy[i].median));
    if (n < p->r->busy.n)
        sheet_note(s, sheet_text(s, "records_report.busy_further",
                                 ARG_INT("shown", n),
                                 ARG_INT("all", p->r->busy.n)));
}

void paper_loads(struct paper *p)
{
    const struct load_month *months = p->r->load_months.p;
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.month", 200, PAINT_LEFT),
        sheet_column(s, "records_report.load", 160, PAINT_RIGHT),
        sheet_column(s, "records_report.tickets", 160, PAINT_RIGHT),
        sheet_column(s, "records_report.load_median", 160, PAINT_RIGHT),
        sheet_column(s, "records_report.load_most", 160, PAINT_RIGHT),
        sheet_column(s, "records_report.load_above", 160, PAINT_RIGHT),
    };

    if (p->r->load_months.n == 0)
        return;
    sheet_heading(s, "records_report.load_heading");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < p->r->load_months.n; i++)
        sheet_row(s, month_name(p, (uint32_t)i),
                  sheet_number(s, months[i].persons),
                  sheet_number(s, months[i].tickets),
                  sheet_number(s, months[i].median),
                  sheet_number(s, months[i].most),
                  sheet_number(s, months[i].above));
    sheet_note(s, paper_name(p, "records_report.load_note"));
    put_busy(p);
}

/* --- parts --------------------------------------------------------------- */

void paper_low_parts(struct paper *p)
{
    const struct report_part *parts = p->r->low_parts.p;
    size_t n =
        p->r->low_parts.n < REPORT_SHOWN ? p->r->low_parts.n : REPORT_SHOWN;
    struct sheet *s = &p->s;
    const struct paint_column columns[] = {
        sheet_column(s, "records_report.part", 700, PAINT_LEFT),
        sheet_column(s, "records_report.low_part_days", 300, PAINT_RIGHT),
    };

    if (n == 0)
        return;
    sheet_heading(s, "records_report.low_heading");
    sheet_table(s, columns, COUNT(columns));
    for (size_t i = 0; i < n; i++)
        sheet_row(s,
                  parts[i].label.n > 0 ? parts[i].label
                                       : paper_name(p, "records_report.unsaid"),
                  sheet_number(s, parts[i].days));
    if (n < p->r->low_parts.n)
        sheet_note(s, sheet_text(s, "records_report.low_further",
                                 ARG_INT("shown", n),
                                 ARG_INT("all", p->r->low_parts.n)));
}
