#include "excel/excel.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "sys/memory_file.h"

#include <xlsxwriter.h>

enum {
    WIDTH = 18,
    NAME_MAX_CHARACTERS = 31,
    DIGITS_MAX = 15,  /* that a spreadsheet keeps */
    DAY_1899 = 25569, /* 1970-01-01, in days from 1899-12-30 */
    WHOLE = 10000,    /* basis points */
};

/* A book being written. */
struct writing {
    struct arena *a;
    lxw_workbook *book;
    lxw_format *body;
    lxw_format *head;
    lxw_format *kinds[EXCEL_PERCENT + 1]; /* EXCEL_TEXT: body */
    /* of a sheet */
    const struct excel_sheet *sheet;
    lxw_worksheet *to;
};

static err library(struct arena *a, lxw_error e)
{
    if (e == LXW_NO_ERROR)
        return OK;
    if (e == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return err_memory();
    return err_new(a, ERR_IO, "excel.library",
                   ARG_STR("why", str_of(lxw_strerror(e))));
}

/* --- what we do not hand on ---------------------------------------------- */

static bool is_name(str name)
{
    static const char forbidden[] = "[]:*?/\\'";
    size_t characters = 0;

    for (size_t i = 0; i < name.n; i++) {
        if (strchr(forbidden, name.p[i]) != NULL)
            return false;
    }
    return utf8_check(name, &characters) && characters >= 1 &&
           characters <= NAME_MAX_CHARACTERS;
}

/* The name of a sheet before `s` in the book? */
static bool is_taken(const struct excel_book *book, const struct excel_sheet *s)
{
    for (const struct excel_sheet *b = book->sheets; b != s; b++) {
        if (str_eq(b->name, s->name))
            return true;
    }
    return false;
}

static err check_sheet(struct arena *a, const struct excel_book *book,
                       const struct excel_sheet *s)
{
    if (!is_name(s->name) || is_taken(book, s))
        return err_new(a, ERR_INVALID, "excel.name", ARG_STR("sheet", s->name));
    if (s->rows > EXCEL_ROWS_MAX || s->columns > EXCEL_COLUMNS_MAX)
        return err_new(a, ERR_LIMIT, "excel.size", ARG_STR("sheet", s->name));
    return OK;
}

static err check_cell(const struct writing *w, size_t row, size_t column,
                      str cell)
{
    size_t characters = 0;

    if (utf8_check(cell, &characters) && characters <= EXCEL_CELL_MAX)
        return OK;
    return err_new(w->a, ERR_LIMIT, "excel.cell",
                   ARG_STR("sheet", w->sheet->name), ARG_INT("row", row + 1),
                   ARG_INT("column", column + 1),
                   ARG_INT("most", EXCEL_CELL_MAX));
}

/* --- cells --------------------------------------------------------------- */

/* Digits, perhaps with a minus before them, and not more than are kept. */
static bool read_whole(str cell, int64_t *out)
{
    bool below = str_begins(cell, S("-"));
    str digits = str_from(cell, below ? 1 : 0);
    int64_t n = 0;

    if (digits.n == 0 || digits.n > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        n = n * 10 + (digits.p[i] - '0');
    }
    *out = below ? -n : n;
    return true;
}

/* What a cell is as a number by its column; false: it is a text. [EX1] */
static bool read_number(enum excel_kind kind, str cell, double *out)
{
    int64_t n;
    day d;

    switch (kind) {
    case EXCEL_TEXT: return false;
    case EXCEL_DAY:
        if (!day_parse(cell, &d))
            return false;
        *out = (double)d + DAY_1899;
        return true;
    case EXCEL_WHOLE:
    case EXCEL_PERCENT: break;
    }
    if (!read_whole(cell, &n))
        return false;
    *out = kind == EXCEL_PERCENT ? (double)n / WHOLE : (double)n;
    return true;
}

static err put_cell(const struct writing *w, size_t row, size_t column,
                    str cell)
{
    enum excel_kind kind = row < w->sheet->head || w->sheet->kinds == NULL
                               ? EXCEL_TEXT
                               : w->sheet->kinds[column];
    double number;
    str text; /* the library wants a NUL */

    TRY(check_cell(w, row, column, cell));
    if (read_number(kind, cell, &number))
        return library(w->a, worksheet_write_number(w->to, (lxw_row_t)row,
                                                    (lxw_col_t)column, number,
                                                    w->kinds[kind]));
    TRY_MEMORY(arena_str(w->a, cell, &text));
    return library(w->a, worksheet_write_string(
                             w->to, (lxw_row_t)row, (lxw_col_t)column, text.p,
                             row < w->sheet->head ? w->head : w->body));
}

static err put_row(const struct writing *w, size_t row)
{
    const struct excel_sheet *s = w->sheet;

    for (size_t column = 0; column < s->columns; column++) {
        str cell = s->cells[row * s->columns + column];

        if (cell.n > 0)
            TRY(put_cell(w, row, column, cell));
    }
    return OK;
}

static err put_cells(const struct writing *w)
{
    for (size_t row = 0; row < w->sheet->rows; row++)
        TRY(put_row(w, row));
    return OK;
}

static err put_merges(const struct writing *w)
{
    const struct excel_sheet *s = w->sheet;

    for (size_t i = 0; i < s->merge_count; i++) {
        const struct excel_merge *m = &s->merges[i];
        str cell = s->cells[m->first_row * s->columns + m->first_column];
        str text;

        TRY_MEMORY(arena_str(w->a, cell, &text));
        TRY(library(w->a, worksheet_merge_range(w->to, (lxw_row_t)m->first_row,
                                                (lxw_col_t)m->first_column,
                                                (lxw_row_t)m->last_row,
                                                (lxw_col_t)m->last_column,
                                                text.p, w->head)));
    }
    return OK;
}

/* --- sheets -------------------------------------------------------------- */

static err put_sheet(struct writing *w, const struct excel_book *book,
                     const struct excel_sheet *s)
{
    str name;

    TRY(check_sheet(w->a, book, s));
    TRY_MEMORY(arena_str(w->a, s->name, &name));
    w->sheet = s;
    w->to = workbook_add_worksheet(w->book, name.p);
    if (w->to == NULL) /* no memory, or the same name but for small letters */
        return err_new(w->a, ERR_INVALID, "excel.name",
                       ARG_STR("sheet", s->name));
    if (s->columns > 0)
        TRY(library(w->a,
                    worksheet_set_column(w->to, 0, (lxw_col_t)(s->columns - 1),
                                         WIDTH, NULL)));
    TRY(put_cells(w));
    TRY(put_merges(w));
    worksheet_freeze_panes(w->to, (lxw_row_t)s->head, 0);
    return OK;
}

static err make_kinds(struct writing *w)
{
    static const char *const formats[] = {
        [EXCEL_TEXT] = "@",
        [EXCEL_WHOLE] = "0",
        [EXCEL_DAY] = "yyyy-mm-dd",
        [EXCEL_PERCENT] = "0.00%",
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        w->kinds[i] = workbook_add_format(w->book);
        TRY_MEMORY(w->kinds[i] != NULL);
        format_set_num_format(w->kinds[i], formats[i]);
    }
    return OK;
}

/* "@" is the format of texts: a spreadsheet then keeps "01" as it is. [EX1] */
static err make_formats(struct writing *w)
{
    w->body = workbook_add_format(w->book);
    w->head = workbook_add_format(w->book);
    TRY_MEMORY(w->body != NULL && w->head != NULL);
    format_set_num_format(w->body, "@");
    format_set_num_format(w->head, "@");
    format_set_bold(w->head);
    format_set_text_wrap(w->head);
    format_set_align(w->head, LXW_ALIGN_VERTICAL_TOP);
    return OK;
}

/* [EX2] */
static err set_properties(struct writing *w, const struct excel_book *book)
{
    lxw_doc_properties p = { 0 };
    str title;
    str author;

    TRY_MEMORY(arena_str(w->a, book->title, &title));
    TRY_MEMORY(arena_str(w->a, book->author, &author));
    /* the library writes to none of them */
    memcpy(&p.title, &title.p, sizeof p.title);
    memcpy(&p.author, &author.p, sizeof p.author);
    p.created = (time_t)(day_start_micros(book->made) / 1000000);
    return library(w->a, workbook_set_properties(w->book, &p));
}

static err put_all(struct writing *w, const struct excel_book *book)
{
    TRY(make_formats(w));
    TRY(make_kinds(w));
    TRY(set_properties(w, book));
    for (size_t i = 0; i < book->n; i++)
        TRY(put_sheet(w, book, &book->sheets[i]));
    return OK;
}

err excel_write(struct arena *a, const struct excel_book *book, str *out)
{
    scoped(memory_file_end) struct memory_file file = MEMORY_FILE_NONE;
    struct writing w = { .a = a };
    err put;
    err closed;

    TRY(memory_file_new(a, &file));
    w.book = workbook_new(file.path);
    TRY_MEMORY(w.book);
    put = put_all(&w, book);
    closed =
        library(a, workbook_close(w.book)); /* frees it, whatever it says */
    TRY(put);
    TRY(closed);
    return memory_file_read(&file, a, EXCEL_BYTES_MAX, out);
}
