/*
 * grid -- rows of a document: fields, tables, lists, bars, signatures (flow.h).
 */

#include "paint/flow.h"

#include "base/arena.h"

#include <stdio.h>

static const double pad_x = 5;
static const double pad_y = 3.4;

struct column {
    double x;
    double width;
    enum ink_align align;
    struct style style;
    str title;
};

struct grid {
    struct column columns[PAINT_COLUMNS];
    size_t n;
    double lead;
    bool ruled;  /* a hairline below each row */
    bool headed; /* titles above, again on each page */
};

/* A row, broken into lines. */
struct broken {
    struct block_of_lines cells[PAINT_COLUMNS];
    int most; /* lines of the longest */
    bool is_head;
    bool strong;
};

/* --- one row ----------------------------------------------------------------
 */

static const struct style *style_of(const struct grid *g, size_t i,
                                    const struct broken *row,
                                    struct style *made)
{
    *made = g->columns[i].style;
    if (row->strong)
        made->bold = true;
    if (row->is_head) {
        made->bold = true;
        made->serif = false;
        made->colour = ink_teal;
        made->size = 8.6;
    }
    return made;
}

static void break_row(struct flow *f, const struct grid *g, const str *cells,
                      struct broken *out)
{
    struct style s;

    out->most = 1;
    for (size_t i = 0; i < g->n; i++) {
        const struct column *c = &g->columns[i];

        if (c->title.n > 0)
            f->ink.field = c->title;
        out->cells[i] = ink_break(&f->ink, style_of(g, i, out, &s),
                                  c->width - 2 * pad_x, cells[i]);
        if (out->cells[i].count > out->most)
            out->most = out->cells[i].count;
    }
}

static void end_row(const struct grid *g, struct broken *row)
{
    for (size_t i = 0; i < g->n; i++)
        ink_lines_end(&row->cells[i]);
}

/* Lines [first, last) of every cell, at f->y. */
static void put_lines(struct flow *f, const struct grid *g,
                      const struct broken *row, struct line_range which)
{
    const char *tag = row->is_head ? "TH" : "TD";
    struct style s;

    ink_begin(&f->ink, "TR");
    for (size_t i = 0; i < g->n; i++) {
        const struct column *c = &g->columns[i];
        struct place p = { f->left + c->x + pad_x, f->y + pad_y,
                           c->width - 2 * pad_x };

        ink_begin(&f->ink, tag);
        ink_lines(&f->ink, style_of(g, i, row, &s), &row->cells[i], &p,
                  c->align, which);
        ink_end(&f->ink, tag);
    }
    ink_end(&f->ink, "TR");
}

static void put_part(struct flow *f, const struct grid *g,
                     const struct broken *row, struct line_range which)
{
    double height = (which.last - which.first) * g->lead + 2 * pad_y;
    struct place p = { f->left, f->y, flow_width(f) };

    if (row->is_head || row->strong)
        ink_fill(&f->ink, &p, height, ink_shade);
    put_lines(f, g, row, which);
    f->y += height;
    p.y = f->y;
    if (row->is_head)
        ink_rule_across(&f->ink, &p, 0.7, ink_teal);
    else if (g->ruled)
        ink_rule_across(&f->ink, &p, 0.4, ink_rule);
}

static void put_head(struct flow *f, const struct grid *g)
{
    struct broken head = { .is_head = true };
    str titles[PAINT_COLUMNS];

    for (size_t i = 0; i < g->n; i++)
        titles[i] = g->columns[i].title;
    break_row(f, g, titles, &head);
    put_part(f, g, &head, (struct line_range){ 0, head.most });
    end_row(g, &head);
}

static void turn_page(struct flow *f, const struct grid *g)
{
    ink_end(&f->ink, "Table");
    flow_new_page(f);
    ink_begin(&f->ink, "Table");
    if (g->headed)
        put_head(f, g);
}

/* [FL2]  How many of `left` lines go here; 0: none, begin another page. */
static int lines_here(const struct flow *f, const struct grid *g, int left)
{
    int fit = (int)((flow_room(f) - 2 * pad_y) / g->lead);

    if (fit >= left)
        return left;
    return fit < 2 || left <= 3 ? 0 : fit;
}

static void put_row(struct flow *f, const struct grid *g, const str *cells,
                    bool strong)
{
    struct broken row = { .strong = strong };
    int done = 0;

    break_row(f, g, cells, &row);
    while (done < row.most) {
        int fit = lines_here(f, g, row.most - done);

        if (fit == 0) {
            turn_page(f, g);
            continue;
        }
        put_part(f, g, &row, (struct line_range){ done, done + fit });
        done += fit;
    }
    end_row(g, &row);
}

/* --- rows of a block
 * ------------------------------------------------------------ */

/* The cells of a row, as many as there are columns. */
static void cells_of(const struct grid *g, const struct paint_row *row,
                     str *out)
{
    const struct paint_cell *cells = row->cells.p;

    for (size_t i = 0; i < g->n; i++)
        out[i] = i < row->cells.n ? cells[i].text : S("");
}

static void put_rows(struct flow *f, const struct grid *g,
                     const struct paint_block *b)
{
    const struct paint_row *rows = b->rows.p;
    str cells[PAINT_COLUMNS];

    flow_need(f, g->headed ? 60 : 30);
    ink_begin(&f->ink, "Table");
    if (g->headed)
        put_head(f, g);
    for (size_t i = 0; i < b->rows.n; i++) {
        cells_of(g, &rows[i], cells);
        if (!g->headed)
            f->ink.field = cells[0];
        put_row(f, g, cells, rows[i].strong);
    }
    ink_end(&f->ink, "Table");
    f->y += 9;
}

static const struct style value_style = {
    .size = 9.4, .lead = 14.6, .serif = true, .colour = { 0.071, 0.188, 0.227 }
};
static const struct style label_style = { .size = 8.8,
                                          .lead = 14.6,
                                          .colour = { 0.290, 0.373, 0.408 } };

static void put_fields(struct flow *f, const struct paint_block *b)
{
    double width = flow_width(f);
    struct grid g = { .n = 2, .lead = 15, .ruled = true };

    g.columns[0] =
        (struct column){ 0, width * 0.27, INK_LEFT, label_style, S("") };
    g.columns[1] = (struct column){ width * 0.27, width * 0.73, INK_LEFT,
                                    value_style, S("") };
    put_rows(f, &g, b);
}

static void put_table(struct flow *f, const struct paint_block *b)
{
    const struct paint_column *columns = b->columns.p;
    struct grid g = {
        .n = b->columns.n, .lead = 13.6, .ruled = true, .headed = true
    };
    double x = 0;

    for (size_t i = 0; i < g.n; i++) {
        struct column *c = &g.columns[i];

        *c =
            (struct column){ x, flow_width(f) * (double)columns[i].share / 1000,
                             (enum ink_align)columns[i].align, value_style,
                             columns[i].title };
        c->style.size = 9;
        c->style.lead = g.lead;
        x += c->width;
    }
    put_rows(f, &g, b);
}

static void put_list(struct flow *f, const struct paint_block *b)
{
    const struct paint_row *rows = b->rows.p;
    struct grid g = { .n = 2, .lead = 15 };
    char number[32];

    g.columns[0] = (struct column){ 0, 26, INK_RIGHT, label_style, S("") };
    g.columns[1] =
        (struct column){ 26, flow_width(f) - 26, INK_LEFT, value_style, S("") };
    flow_need(f, 30);
    ink_begin(&f->ink, "Table");
    for (size_t i = 0; i < b->rows.n; i++) {
        const struct paint_cell *cell = rows[i].cells.p;
        int n = snprintf(number, sizeof number, "%zu.", i + 1);
        str cells[PAINT_COLUMNS] = { { number, (size_t)n }, cell[0].text };

        put_row(f, &g, cells, false);
        f->y -= pad_y;
    }
    ink_end(&f->ink, "Table");
    f->y += 9;
}

/* --- bars
 * ------------------------------------------------------------------------ */

static void put_bar(struct flow *f, const struct paint_bar *b)
{
    const double height = 20;
    double width = flow_width(f);
    double room = width * 0.42;
    struct place label = { f->left + pad_x, f->y + 2, width * 0.38 - pad_x };
    struct place bar = { f->left + width * 0.40, f->y + 6, room };
    struct place value = { f->left + width * 0.84, f->y + 2,
                           width * 0.16 - pad_x };
    struct block_of_lines l;

    flow_need(f, height);
    label.y = value.y = f->y + 2;
    bar.y = f->y + 6;
    f->ink.field = b->label;
    l = ink_break(&f->ink, &label_style, label.width, b->label);
    ink_begin(&f->ink, "P");
    ink_lines(&f->ink, &label_style, &l, &label, INK_LEFT,
              (struct line_range){ 0, l.count });
    ink_fill(&f->ink, &bar, 8, ink_shade);
    bar.width = room * (double)b->part / 1000;
    ink_fill(&f->ink, &bar, 8, ink_teal);
    if (b->mark > 0) {
        bar.x += room * (double)b->mark / 1000;
        bar.y -= 2;
        bar.width = 1.2;
        ink_fill(&f->ink, &bar, 12, ink_gold);
    }
    (void)ink_text(&f->ink, &value_style, &value, INK_RIGHT, b->value);
    ink_end(&f->ink, "P");
    f->y += l.count > 1 ? l.count * label_style.lead + 4 : height;
    ink_lines_end(&l);
}

static void put_bars(struct flow *f, const struct paint_block *b)
{
    const struct paint_bar *bars = b->bars.p;

    for (size_t i = 0; i < b->bars.n; i++)
        put_bar(f, &bars[i]);
    f->y += 9;
}

/* --- signatures
 * ------------------------------------------------------------------- */

/* Two beside each other: a line to sign on, who signs below it. */
static void put_signature(struct flow *f, const struct paint_row *row, double x,
                          double width)
{
    const struct paint_cell *cells = row->cells.p;
    struct place above = { x, f->y + 20, width };
    struct place line = { x, f->y + 38, width };
    struct place below = { x, f->y + 41, width };

    f->ink.field = cells[0].text;
    ink_begin(&f->ink, "P");
    if (row->cells.n > 1)
        (void)ink_text(&f->ink, &value_style, &above, INK_LEFT, cells[1].text);
    ink_rule_across(&f->ink, &line, 0.5, ink_quiet);
    (void)ink_text(&f->ink, &label_style, &below, INK_LEFT, cells[0].text);
    ink_end(&f->ink, "P");
}

static void put_signatures(struct flow *f, const struct paint_block *b)
{
    const double height = 66;
    const struct paint_row *rows = b->rows.p;
    double width = flow_width(f) * 0.44;

    for (size_t i = 0; i < b->rows.n; i += 2) {
        flow_need(f, height);
        put_signature(f, &rows[i], f->left, width);
        if (i + 1 < b->rows.n)
            put_signature(f, &rows[i + 1], f->left + flow_width(f) - width,
                          width);
        f->y += height;
    }
}

void flow_grid(struct flow *f, const struct paint_block *b)
{
    switch ((enum paint_block_kind)b->kind) {
    case PAINT_FIELDS: put_fields(f, b); break;
    case PAINT_TABLE: put_table(f, b); break;
    case PAINT_LIST: put_list(f, b); break;
    case PAINT_BARS: put_bars(f, b); break;
    case PAINT_SIGNATURES: put_signatures(f, b); break;
    case PAINT_HEADING:
    case PAINT_PARAGRAPH:
    case PAINT_NOTE:
    case PAINT_BREAK:
    case PAINT_DRAWING: break;
    }
}
