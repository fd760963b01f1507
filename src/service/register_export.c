#include "service/register_export.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/csv.h"
#include "domain/status.h"
#include "excel/excel.h"
#include "service/body_known.h"
#include "service/import_parts.h"
#include "store/certificates.h"

enum { EXPORT_PAGE = 500, PAGE_TEXT = 64 << 20 };

const char *const export_form_names[EXPORT_FORMS + 1] = {
    [EXPORT_CSV] = "csv",
    [EXPORT_JSONL] = "jsonl",
    [EXPORT_XLSX] = "xlsx",
    [EXPORT_FORMS] = NULL,
};

struct exporting {
    struct tx *tx;
    struct arena *arena; /* for what outlives a page */
    enum export_form form;
    day today;
    const struct body *body;
    struct export_sink *sink;
    struct buf *out; /* of a page */
    str *cells;      /* of a workbook, with room for */
    size_t room;     /* so many */
    int64_t rows;
    struct page page; /* of our own certificates */
    int64_t after;    /* row of the imported ones */
    bool more;
};

/* --- a row -------------------------------------------------------------- */

static void set_status(struct import_row *row, day today)
{
    const struct stand recorded = { row->status, row->since, DAY_NEVER };
    struct stand now = stand_on(recorded, row->until, today);

    row->status = now.status;
    row->since = now.since;
}

static err day_cell(struct arena *a, day d, str *out)
{
    char text[DAY_TEXT];

    return arena_str(a, day_text(d, text), out) ? OK : err_memory();
}

static err make_cells(struct arena *a, const struct import_row *row,
                      str cells[static IMPORT_COLUMNS])
{
    cells[IMPORT_NUMBER] = row->number;
    cells[IMPORT_HOLDER] = row->holder;
    cells[IMPORT_USCC] = row->uscc;
    cells[IMPORT_BODY] = row->body;
    cells[IMPORT_SCHEME] = row->scheme;
    cells[IMPORT_LEVEL] = row->level;
    cells[IMPORT_CRITERION] = row->criterion;
    cells[IMPORT_PLACE] = row->place;
    cells[IMPORT_TRADE] = row->trade;
    cells[IMPORT_SCOPE] = row->scope;
    cells[IMPORT_STATUS] = str_of(import_status_names[row->status]);
    TRY(day_cell(a, row->issued, &cells[IMPORT_ISSUED]));
    TRY(day_cell(a, row->from, &cells[IMPORT_FROM]));
    TRY(day_cell(a, row->until, &cells[IMPORT_UNTIL]));
    return day_cell(a, row->since, &cells[IMPORT_SINCE]);
}

static str *cells_of(struct exporting *x, int64_t row)
{
    return x->cells + (size_t)row * IMPORT_COLUMNS;
}

/* Room for one row more: what a workbook has is kept until all is there. */
static err make_room(struct exporting *x)
{
    size_t rows = (size_t)x->rows + 1; /* and the header */
    size_t room = x->room == 0 ? EXPORT_PAGE : 2 * x->room;
    str *more;

    if (rows < x->room)
        return OK;
    if (x->rows > EXPORT_BOOK_MOST)
        return err_new(x->arena, ERR_LIMIT, "export.book",
                       ARG_INT("most", EXPORT_BOOK_MOST));
    more = arena_array(x->arena, room * IMPORT_COLUMNS, sizeof *more);
    TRY_MEMORY(more);
    if (x->room > 0)
        memcpy(more, x->cells, x->room * IMPORT_COLUMNS * sizeof *more);
    x->cells = more;
    x->room = room;
    return OK;
}

static err keep_row(struct exporting *x, const struct import_row *row)
{
    struct import_row kept = *row;

    x->rows++;
    TRY(make_room(x));
    TRY(import_row_keep(x->arena, &kept));
    return make_cells(x->arena, &kept, cells_of(x, x->rows));
}

static err put_row(struct exporting *x, struct arena *a, struct import_row *row)
{
    str cells[IMPORT_COLUMNS];

    set_status(row, x->today);
    if (x->form == EXPORT_XLSX)
        return keep_row(x, row);
    x->rows++;
    if (x->form == EXPORT_JSONL) {
        import_canonical(x->out, row, 0);
        buf_char(x->out, '\n');
        return OK;
    }
    TRY(make_cells(a, row, cells));
    csv_put_row(x->out, cells, IMPORT_COLUMNS);
    return OK;
}

/* --- pages -------------------------------------------------------------- */

static struct import_row own_row(const struct exporting *x,
                                 const struct certificate_row *c)
{
    return (struct import_row){
        .number = c->number,
        .holder = c->holder,
        .uscc = c->uscc,
        .body = x->body->name_zh,
        .scheme = c->scheme_id,
        .level = c->level_id,
        .criterion = c->criterion,
        .scope = c->scope_zh,
        .issued = c->issued,
        .from = c->valid_from,
        .until = c->valid_until,
        .status = (enum certificate_status)c->status,
        .since = c->status_since,
    };
}

static err put_own(struct exporting *x, struct arena *a)
{
    const struct certificate_row *c;
    struct list rows;

    TRY(certificate_list(x->tx, a, &x->page, &rows));
    c = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct import_row row = own_row(x, &c[i]);

        TRY(put_row(x, a, &row));
    }
    x->more = rows.n == EXPORT_PAGE;
    if (x->more)
        TRY_MEMORY(arena_str(x->arena, c[rows.n - 1].number, &x->page.after));
    return OK;
}

static err put_imported(struct exporting *x, struct arena *a)
{
    const struct imported_row *r;
    struct list rows;

    TRY(imported_after(x->tx, a, x->after, EXPORT_PAGE, &rows));
    r = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct import_row row = import_row_of(&r[i]);

        TRY(put_row(x, a, &row));
        x->after = r[i].row;
    }
    x->more = rows.n == EXPORT_PAGE;
    return OK;
}

/* What a page comes to goes out. */
static err hand_out(struct exporting *x)
{
    str bytes;

    TRY(buf_done(x->out, &bytes));
    return bytes.n > 0 ? x->sink->put(x->sink, bytes) : OK;
}

/* One kind of page after the other. */
struct paging {
    struct exporting *x;
    err (*put)(struct exporting *x, struct arena *a);
};

static err put_page(struct tx *, struct arena *a, void *context)
{
    struct paging *p = context;
    struct buf b;

    buf_init(&b, a, PAGE_TEXT);
    p->x->out = &b;
    TRY(p->put(p->x, a));
    return hand_out(p->x);
}

static err put_pages(struct exporting *x,
                     err (*put)(struct exporting *x, struct arena *a))
{
    struct paging p = { x, put };

    x->more = true;
    while (x->more)
        TRY(tx_apart(x->tx, put_page, &p));
    return OK;
}

/* --- all of it ---------------------------------------------------------- */

static err put_head(struct exporting *x, struct arena *a)
{
    str names[IMPORT_COLUMNS];

    x->more = false;
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        names[c] = str_of(import_column_names[c]);
    if (x->form == EXPORT_CSV) {
        buf_str(x->out, S("\xef\xbb\xbf")); /* spreadsheets want the mark */
        csv_put_row(x->out, names, IMPORT_COLUMNS);
    } else if (x->form == EXPORT_XLSX) {
        TRY(make_room(x));
        memcpy(cells_of(x, 0), names, sizeof names);
    }
    (void)a;
    return OK;
}

static err put_book(struct exporting *x)
{
    static const enum excel_kind kinds[IMPORT_COLUMNS] = {
        [IMPORT_ISSUED] = EXCEL_DAY,
        [IMPORT_FROM] = EXCEL_DAY,
        [IMPORT_UNTIL] = EXCEL_DAY,
        [IMPORT_SINCE] = EXCEL_DAY,
    };
    const struct excel_sheet sheet = {
        .name = S("certificates"),
        .cells = x->cells,
        .rows = (size_t)x->rows + 1,
        .columns = IMPORT_COLUMNS,
        .kinds = kinds,
        .head = 1,
    };
    const struct excel_book book = { &sheet, 1, S("certificates"),
                                     x->body->name_zh, x->today };
    str bytes;

    TRY(excel_write(x->arena, &book, &bytes));
    return x->sink->put(x->sink, bytes);
}

err register_export(struct app *app, struct arena *a, enum export_form form,
                    day today, struct export_sink *sink, int64_t *rows)
{
    struct exporting x = {
        .arena = a,
        .form = form,
        .today = today,
        .sink = sink,
        .page = { S(""), EXPORT_PAGE },
    };
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(body_today_in(app, tx, today, &x.body));
    TRY(put_pages(&x, put_head));
    TRY(put_pages(&x, put_own));
    TRY(put_pages(&x, put_imported));
    if (form == EXPORT_XLSX)
        TRY(put_book(&x));
    *rows = x.rows;
    return OK;
}
