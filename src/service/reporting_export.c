/*
 * reporting_export -- the workbook as the platform takes it, and its record.
 * [RT2] [RT3] [RT4]
 *
 *   [RX1] Seven lines stand above the rows, and two columns before them: what
 *         the platform's own form has there.  Rows begin at C8.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "domain/reporting.h"
#include "excel/excel.h"
#include "service/reporting_parts.h"
#include "service/stream.h"
#include "store/journal.h"
#include "sys/clock.h"
#include "sys/files.h"

enum { LEADING = 2, TEXT_MAX = 256 << 20, CELL_MAX = 200 };

enum {
    LINE_CODE,
    LINE_TITLE,
    LINE_KIND,
    LINE_LENGTH,
    LINE_LABEL,
    LINE_CHECKED,
    LINE_PUBLIC
};

static const struct excel_merge merges[] = {
    { LINE_TITLE, LINE_LENGTH, 0, 0 }, /* what the form is called */
    { LINE_LABEL, LINE_PUBLIC, 0, 0 }, /* what the sheet is called */
};

/* --- the lines above the rows [RX1] ---- */

static str kind_of(const struct dictionary_field *f)
{
    if (f->kind == CELL_NUMBER)
        return S("NUMBER");
    return f->kind == CELL_TEXT ? S("VARCHAR2") : S("DATE");
}

/* "600", "12,4"; nothing for a date. */
static err length_of(struct arena *a, const struct dictionary_field *f,
                     str *out)
{
    struct buf b;

    buf_init(&b, a, CELL_MAX);
    if (f->kind == CELL_TEXT)
        buf_int(&b, f->length);
    if (f->kind == CELL_NUMBER)
        buf_int(&b, f->whole + f->places);
    if (f->kind == CELL_NUMBER && f->places > 0) {
        buf_char(&b, ',');
        buf_int(&b, f->places);
    }
    return buf_done(&b, out);
}

static err put_column(struct arena *a, const struct dictionary *d,
                      const struct dictionary_field *f, str *cells,
                      size_t columns)
{
    cells[LINE_CODE * columns] = f->code;
    cells[LINE_TITLE * columns] = f->title;
    cells[LINE_KIND * columns] = kind_of(f);
    TRY(length_of(a, f, &cells[LINE_LENGTH * columns]));
    cells[LINE_LABEL * columns] = f->label.zh;
    cells[LINE_CHECKED * columns] = f->checked ? S("1") : S("0");
    cells[LINE_PUBLIC * columns] = f->public ? d->affirm : d->deny;
    return OK;
}

static err put_head(struct arena *a, const struct dictionary *d,
                    const struct dictionary_sheet *s, str *cells,
                    size_t columns)
{
    for (size_t i = 0; i < HEAD_LINES; i++)
        cells[i * columns + 1] = d->lines[i];
    cells[LINE_CODE * columns] = s->block;
    cells[LINE_TITLE * columns] = d->form;
    cells[LINE_LABEL * columns] = s->name;
    cells[HEAD_LINES * columns] = d->begin;
    for (size_t i = 0; i < s->n; i++)
        TRY(put_column(a, d, &s->fields[i], cells + LEADING + i, columns));
    return OK;
}

/* --- sheets ---- */

static err make_sheet(struct arena *a, const struct reporting_made *made,
                      enum filing_sheet which, struct excel_sheet *out)
{
    const struct dictionary_sheet *s = &made->dictionary->sheets[which];
    const struct filing_rows *rows = &made->filing.sheets[which];
    size_t kept = (size_t)(rows->n - rows->left_out);
    size_t columns = LEADING + s->n;
    size_t lines = HEAD_LINES + (kept == 0 ? 1 : kept);
    str *cells = arena_array(a, lines * columns, sizeof *cells);
    str *at;

    TRY_MEMORY(cells);
    TRY(put_head(a, made->dictionary, s, cells, columns));
    at = cells + HEAD_LINES * columns + LEADING;
    for (const struct filing_row *r = rows->first; r != NULL; r = r->next) {
        if (r->left_out)
            continue;
        memcpy(at, r->cells, s->n * sizeof *at);
        at += columns;
    }
    *out = (struct excel_sheet){
        .name = s->name,
        .cells = cells,
        .rows = lines,
        .columns = columns,
        .head = HEAD_LINES,
        .merges = merges,
        .merge_count = sizeof merges / sizeof *merges,
    };
    return OK;
}

err reporting_workbook(struct arena *a, const struct reporting_wish *wish,
                       const struct reporting_made *made, str *out)
{
    struct excel_sheet sheets[SHEET_COUNT];
    struct excel_book book = {
        .sheets = sheets,
        .n = SHEET_COUNT,
        .title = made->dictionary->form,
        .author = made->body->name_zh,
        .made = month_last(wish->month),
    };

    for (int i = 0; i < SHEET_COUNT; i++)
        TRY(make_sheet(a, made, (enum filing_sheet)i, &sheets[i]));
    return excel_write(a, &book, out);
}

/* --- the record [RT3] ---- */

void reporting_digest(const struct app *app, str purpose, str text,
                      struct hash *out)
{
    static const char salt[] = "tenstar report digest";
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, salt, sizeof salt);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_add(&h, purpose.p, purpose.n);
    sha256_add(&h, "", 1);
    sha256_add(&h, text.p, text.n);
    sha256_end(&h, out->b);
}

/* Every cell that was written, each ended by a NUL, which no cell holds. */
static err digest_rows(const struct app *app, struct arena *a,
                       const struct dictionary_sheet *s,
                       const struct filing_rows *rows, struct hash *out)
{
    struct buf b;
    str text;

    buf_init(&b, a, TEXT_MAX);
    for (const struct filing_row *r = rows->first; r != NULL; r = r->next) {
        for (size_t i = 0; i < s->n && !r->left_out; i++) {
            buf_str(&b, r->cells[i]);
            buf_char(&b, '\0');
        }
    }
    TRY(buf_done(&b, &text));
    reporting_digest(app, s->name, text, out);
    return OK;
}

static err say_sheets(const struct app *app, struct arena *a,
                      const struct reporting_made *made, struct list *out)
{
    struct reported_sheet *said = arena_array(a, SHEET_COUNT, sizeof *said);

    TRY_MEMORY(said);
    for (int i = 0; i < SHEET_COUNT; i++) {
        const struct dictionary_sheet *s = &made->dictionary->sheets[i];
        const struct filing_rows *rows = &made->filing.sheets[i];

        said[i] = (struct reported_sheet){
            .name = s->name,
            .rows = rows->n - rows->left_out,
            .left_out = rows->left_out,
        };
        TRY(digest_rows(app, a, s, rows, &said[i].digest));
    }
    *out = (struct list){ said, SHEET_COUNT };
    return OK;
}

struct exporting {
    struct app *app;
    const struct reporting_wish *wish;
    struct report_exported said;
};

static err record_export(struct tx *tx, void *context)
{
    const struct exporting *x = context;

    return reporting_record(tx, x->app, x->wish->who, x->wish->today,
                            "report.exported", &x->said);
}

/* --- export ---- */

static err check_problems(struct arena *a, const struct reporting_wish *wish,
                          const struct reporting_made *made)
{
    char text[MONTH_TEXT];

    if (made->filing.problems == 0 || wish->partial)
        return OK;
    return err_new(a, ERR_REFUSED, "filing.problems",
                   ARG_STR("month", month_text(wish->month, text)),
                   ARG_INT("count", made->filing.problems));
}

err reporting_export(struct app *app, struct arena *a,
                     const struct reporting_wish *wish, str path,
                     struct reporting_made *out)
{
    struct file_ops *files = app_world_of(app)->files;
    struct exporting x = { .app = app, .wish = wish };
    char month[MONTH_TEXT];
    str bytes;

    TRY(reporting_check_role(a, wish->who));
    TRY(reporting_make(app, a, wish, out));
    TRY(check_problems(a, wish, out));
    TRY(reporting_workbook(a, wish, out, &bytes));
    x.said.month = month_text(wish->month, month);
    TRY(say_sheets(app, a, out, &x.said.sheets));
    reporting_digest(app, S("workbook"), bytes, &x.said.file);
    if (path.n > 0)
        TRY(file_write(files, a, path, bytes, FILE_SECRET)); /* [RT4] */
    err e = app_write(app, a, record_export, &x);
    if (failed(e) && path.n > 0) {
        err removed = file_remove(files, a, path);
        (void)removed.info; /* what went wrong first is what counts */
    }
    return e;
}

/* What was recorded of the month's newest export, and when. */
static err read_exported(struct app *app, struct arena *a, struct month m,
                         struct ledger_month *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    const struct ledger_month *found;
    char text[MONTH_TEXT];
    struct ledger l;

    TRY(app_read(app, a, &tx));
    TRY(reporting_ledger(tx, a, &l));
    found = ledger_find(&l, m);
    if (found == NULL || found->exported == NULL)
        return err_new(a, ERR_NOT_FOUND, "filing.not_exported",
                       ARG_STR("month", month_text(m, text)));
    *out = *found;
    return OK;
}

err reporting_again(struct app *app, struct arena *a, const struct session *who,
                    struct month month, str *out)
{
    struct reporting_wish wish = { .who = who, .month = month };
    struct reporting_made made;
    struct ledger_month of = { .exported_on = DAY_NEVER };
    char text[MONTH_TEXT];
    struct hash digest = { { 0 } };
    str bytes;

    TRY(reporting_check_role(a, who));
    TRY(read_exported(app, a, month, &of));
    wish.today = of.exported_on;
    TRY(reporting_make(app, a, &wish, &made));
    TRY(reporting_workbook(a, &wish, &made, &bytes));
    reporting_digest(app, S("workbook"), bytes, &digest);
    if (of.exported == NULL || !hash_eq(&digest, &of.exported->file))
        return err_new(a, ERR_CONFLICT, "filing.changed",
                       ARG_STR("month", month_text(month, text)));
    *out = bytes;
    return OK;
}

err reporting_record(struct tx *tx, struct app *app, const struct session *who,
                     day today, const char *event, const void *data)
{
    struct clock *clock = app_world_of(app)->clock;
    struct facts f = {
        .at = clock->now(clock),
        .today = reporting_today(app, today),
        .actor = who->actor,
        .channel = who->channel,
    };
    struct event_list events = { 0 };
    struct stream_row row;

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    TRY(event_emit(tx_arena(tx), &events, event, &f, data));
    return stream_append(tx, row.id, row.version, &row.head, &events);
}

void reporting_name(struct buf *b, str name)
{
    if (buf_view(b).n > 0)
        buf_str(b, S(", "));
    buf_str(b, name);
}
