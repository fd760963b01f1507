#include "service/batch_table.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/csv.h"
#include "codec/idcode.h"
#include "codec/utf8.h"
#include "excel/xlsx_apart.h"
#include "service/customer_text.h"
#include "text/text.h"

enum {
    SHEETS_MOST = 10,  /* that are looked through */
    KNOWN_MOST = 2000, /* bytes of a message's list of columns */
    NUMBER_LEAST = 6,  /* bytes of what looks like a number */
    NUMBER_MOST = 40,
    NAME_LEAST = 4, /* Chinese characters of what looks like a name */
    HAN_FIRST = 0x4E00,
    HAN_LAST = 0x9FFF,
    DELETE = 0x7F,
    NO_BREAK = 0xA0,
    WIDE_BLANK = 0x3000,
    WIDE_FIRST = 0xFF01, /* "!" in full width */
    WIDE_LAST = 0xFF5E,
};

/* How a column may be called, apart by "|". [BT2] */
static const char *const names[BATCH_COLUMNS] = {
    [BATCH_NUMBER] = "batch.names_number",
    [BATCH_HOLDER] = "batch.names_holder",
    [BATCH_USCC] = "batch.names_uscc",
};

struct reading {
    struct arena *arena;
    const struct batch_reading *how;
    struct csv_row *lines; /* those that could be read, and of others .. */
    err *bad;              /* .. why not, and lines[i].line alone */
    size_t n;
    size_t width;                  /* fields of the widest */
    size_t head;                   /* rows that are not data */
    size_t columns[BATCH_COLUMNS]; /* SIZE_MAX: not there */
    struct batch_table table;
};

/* --- its text [BT1] ------------------------------------------------------- */

/* --- its lines ------------------------------------------------------------ */

/* Whatever stands most often in the text; none of them: a number a line. */
static char separator_of(str text)
{
    static const char known[] = { '\t', ',', ';', '|' };
    size_t found[COUNT(known)] = { 0 };
    size_t best = 0;

    for (size_t i = 0; i < text.n; i++) {
        for (size_t k = 0; k < COUNT(known); k++)
            found[k] += text.p[i] == known[k];
    }
    for (size_t k = 1; k < COUNT(known); k++) {
        if (found[k] > found[best])
            best = k;
    }
    return known[best];
}

static err too_many(const struct reading *r)
{
    return err_new(r->arena, ERR_LIMIT, "batch.rows",
                   ARG_INT("most", r->how->most));
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        if (str_trim(row->fields[i]).n > 0)
            return false;
    }
    return true;
}

/* The line that an error of csv_next() names. */
static int64_t line_of(err e)
{
    const struct err_arg *g = e.info->args;

    while (g->name != NULL && strcmp(g->name, "line") != 0)
        g++;
    return g->number;
}

/* One more line; *found is false after the last. */
static err take_line(struct reading *r, struct csv *c, bool *found)
{
    struct csv_row *row = &r->lines[r->n];

    err e = csv_next(c, r->arena, row, found);
    if (failed(e) && !err_is(e, ERR_INVALID))
        return e;
    if (failed(e)) {
        *found = true;
        *row = (struct csv_row){ .line = line_of(e) };
        r->bad[r->n++] = e;
        return OK;
    }
    if (!*found || is_blank(row))
        return OK;
    r->width = row->n > r->width ? row->n : r->width;
    r->n++;
    return OK;
}

static err take_lines(struct reading *r, str text, char separator)
{
    size_t most = (size_t)r->how->most + BATCH_HEAD_LOOK;
    size_t lines = 1;
    bool found = true;
    struct csv c;

    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    lines = lines < most ? lines : most;
    r->lines = arena_array(r->arena, lines + 1, sizeof *r->lines);
    r->bad = arena_array(r->arena, lines + 1, sizeof *r->bad);
    TRY_MEMORY(r->lines != NULL && r->bad != NULL);
    csv_init(&c, text, separator);
    while (found) {
        if (r->n > most)
            return too_many(r);
        TRY(take_line(r, &c, &found));
    }
    return r->n > 0 ? OK : err_new(r->arena, ERR_INVALID, "batch.empty");
}

/* --- columns by what they are called [BT2] -------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(str field, str name)
{
    bool same = field.n == name.n;

    for (size_t i = 0; same && i < field.n; i++)
        same = lower(field.p[i]) == lower(name.p[i]);
    return same;
}

static bool is_called(str field, enum batch_column c)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        str rest = text_get(l, names[c]);

        while (rest.n > 0) {
            if (same_name(field, str_cut(&rest, '|')))
                return true;
        }
    }
    return false;
}

/* SIZE_MAX: none. */
static size_t column_called(const struct csv_row *row, enum batch_column c)
{
    for (size_t i = 0; i < row->n; i++) {
        if (is_called(str_trim(row->fields[i]), c))
            return i;
    }
    return SIZE_MAX;
}

static size_t looked_at(const struct reading *r)
{
    return r->n < BATCH_HEAD_LOOK ? r->n : BATCH_HEAD_LOOK;
}

/* --- columns by what is in them ------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_uscc(str cell)
{
    struct idcode code;

    idcode_check(cell, &code);
    return code.kind == IDCODE_USCC && code.fault != IDCODE_LENGTH &&
           code.fault != IDCODE_CHARACTER;
}

/* Digits and at least one letter, the signs that stand between them, and no
 * enterprise's code. */
static bool is_number(str cell)
{
    size_t digits = 0;
    size_t letters = 0;

    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        bool digit = c >= '0' && c <= '9';

        digits += digit;
        letters += is_letter(c);
        if (!digit && !is_letter(c) &&
            !str_contains(S("-/._ ()"), (str){ &c, 1 }))
            return false;
    }
    return cell.n >= NUMBER_LEAST && cell.n <= NUMBER_MOST && digits > 0 &&
           letters > 0 && !is_uscc(cell);
}

static bool is_name(str cell)
{
    size_t at = 0;
    size_t han = 0;
    uint32_t c;

    while (utf8_next(cell, &at, &c))
        han += c >= HAN_FIRST && c <= HAN_LAST;
    return han >= NAME_LEAST;
}

static bool looks_like(str cell, enum batch_column c)
{
    switch (c) {
    case BATCH_HOLDER: return is_name(cell);
    case BATCH_USCC: return is_uscc(cell);
    case BATCH_NUMBER:
    case BATCH_COLUMNS: break;
    }
    return is_number(cell);
}

static bool is_headed(const struct reading *r, size_t i)
{
    return r->head > 0 && str_trim(csv_field(&r->lines[r->head - 1], i)).n > 0;
}

/* The column with most cells of that look, among those without a heading, more
 * than half of the rows at least; of several that are equal the first.
 * SIZE_MAX: none. */
static size_t column_like(const struct reading *r, enum batch_column c)
{
    size_t best = SIZE_MAX;
    size_t most = (r->n - r->head) / 2;

    for (size_t i = 0; i < r->width; i++) {
        size_t n = 0;

        if (is_headed(r, i))
            continue;
        for (size_t k = r->head; k < r->n; k++)
            n += looks_like(str_trim(csv_field(&r->lines[k], i)), c);
        if (n > most) {
            best = i;
            most = n;
        }
    }
    return best;
}

static void take_head(struct reading *r, size_t line)
{
    const struct csv_row *row = &r->lines[line];

    r->head = line + 1;
    for (int c = 0; c < BATCH_COLUMNS; c++) {
        r->columns[c] = column_called(row, (enum batch_column)c);
        if (r->columns[c] != SIZE_MAX)
            r->table.called[c] = str_trim(row->fields[r->columns[c]]);
        else
            r->columns[c] = column_like(r, (enum batch_column)c);
    }
}

/* The first row that calls a column a number's. */
static bool find_head(struct reading *r)
{
    for (size_t i = 0; i < looked_at(r); i++) {
        if (column_called(&r->lines[i], BATCH_NUMBER) == SIZE_MAX)
            continue;
        take_head(r, i);
        return true;
    }
    return false;
}

static bool find_unnamed(struct reading *r)
{
    for (int c = 0; c < BATCH_COLUMNS; c++)
        r->columns[c] = column_like(r, (enum batch_column)c);
    return r->columns[BATCH_NUMBER] != SIZE_MAX;
}

/* One column, whatever stands in it: a list. */
static bool is_list(const struct reading *r)
{
    for (size_t i = 0; i < r->n; i++) {
        if (r->lines[i].n > 1)
            return false;
    }
    return true;
}

static err find_columns(struct reading *r)
{
    if (find_head(r) || find_unnamed(r))
        return OK;
    if (!is_list(r))
        return err_new(r->arena, ERR_INVALID, "batch.no_numbers");
    r->columns[BATCH_NUMBER] = 0;
    return OK;
}

/* --- columns that were named ---------------------------------------------- */

/* "3" is the third column; SIZE_MAX: it is no such number. */
static size_t place_of(str given)
{
    size_t n = 0;

    for (size_t i = 0; i < given.n; i++) {
        if (given.p[i] < '0' || given.p[i] > '9' || n > CSV_FIELDS_MAX)
            return SIZE_MAX;
        n = 10 * n + (size_t)(given.p[i] - '0');
    }
    return n >= 1 && n <= CSV_FIELDS_MAX ? n - 1 : SIZE_MAX;
}

static size_t column_named(const struct csv_row *row, str name)
{
    for (size_t i = 0; i < row->n; i++) {
        if (same_name(str_trim(row->fields[i]), name))
            return i;
    }
    return SIZE_MAX;
}

/* What columns are called in the first row, to choose from. */
static err known_columns(const struct reading *r, str *out)
{
    const struct csv_row *row = &r->lines[r->head > 0 ? r->head - 1 : 0];
    struct buf b;

    buf_init(&b, r->arena, KNOWN_MOST);
    for (size_t i = 0; i < row->n && b.n < KNOWN_MOST / 2; i++) {
        if (i > 0)
            buf_str(&b, S(", "));
        buf_str(&b, utf8_first(str_trim(row->fields[i]), BATCH_CELL / 4));
    }
    return buf_done(&b, out);
}

static err take_named(struct reading *r, enum batch_column c)
{
    str name = r->how->named[c];
    str known;

    for (size_t i = 0; i < looked_at(r); i++) {
        size_t at = column_named(&r->lines[i], name);

        if (at == SIZE_MAX)
            continue;
        r->columns[c] = at;
        r->table.called[c] = str_trim(r->lines[i].fields[at]);
        r->head = i + 1 > r->head ? i + 1 : r->head;
        return OK;
    }
    r->columns[c] = place_of(name);
    if (r->columns[c] != SIZE_MAX)
        return OK;
    TRY(known_columns(r, &known));
    return err_new(r->arena, ERR_INVALID, "batch.no_column",
                   ARG_STR("column", name), ARG_STR("known", known));
}

/* Those that were named; the others are found, or are not there. */
static err choose_columns(struct reading *r)
{
    bool found = r->how->named[BATCH_NUMBER].n > 0;

    if (found)
        (void)(find_head(r) || find_unnamed(r));
    else
        TRY(find_columns(r));
    for (int c = 0; c < BATCH_COLUMNS; c++) {
        if (r->how->named[c].n > 0)
            TRY(take_named(r, (enum batch_column)c));
    }
    return OK;
}

/* --- rows [BT3] [BT4] ------------------------------------------------------
 */

/* A character of a cell as it is kept. */
static uint32_t kept_sign(uint32_t c, enum batch_column of)
{
    if (c < ' ' || c == DELETE || c == NO_BREAK || c == WIDE_BLANK)
        return ' ';
    if (of == BATCH_NUMBER && c >= WIDE_FIRST && c <= WIDE_LAST)
        return c - WIDE_FIRST + '!';
    return c;
}

/* Zero width, and marks of direction and byte order. */
static bool is_unseen(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

err batch_cell(struct arena *a, str cell, enum batch_column of, str *out)
{
    str given = utf8_first(str_trim(cell), BATCH_CELL);
    char *made = arena_zero(a, given.n); /* no sign becomes longer */
    size_t n = 0;
    size_t at = 0;
    uint32_t c;

    TRY_MEMORY(made);
    while (utf8_next(given, &at, &c)) {
        if (!is_unseen(c))
            n += utf8_write(kept_sign(c, of), made + n);
    }
    *out = str_trim((str){ made, n });
    return OK;
}

static err take_row(struct reading *r, size_t i, struct batch_row *out)
{
    const struct csv_row *row = &r->lines[i];

    out->line = row->line;
    out->bad = r->bad[i];
    for (int c = 0; c < BATCH_COLUMNS; c++) {
        if (r->columns[c] != SIZE_MAX)
            TRY(batch_cell(r->arena, csv_field(row, r->columns[c]),
                           (enum batch_column)c, &out->cells[c]));
    }
    return OK;
}

static err take_rows(struct reading *r)
{
    struct batch_table *t = &r->table;

    t->n = r->n - r->head;
    if (t->n == 0)
        return err_new(r->arena, ERR_INVALID, "batch.empty");
    if (t->n > (size_t)r->how->most)
        return too_many(r);
    t->rows = arena_array(r->arena, t->n, sizeof *t->rows);
    TRY_MEMORY(t->rows);
    for (size_t i = 0; i < t->n; i++)
        TRY(take_row(r, r->head + i, &t->rows[i]));
    for (int c = 0; c < BATCH_COLUMNS; c++)
        t->has[c] = r->columns[c] != SIZE_MAX;
    return OK;
}

/* A text, or a sheet as one. */
static err read_rows(struct reading *r, str text)
{
    TRY(take_lines(r, text, separator_of(text)));
    TRY(choose_columns(r));
    TRY(take_rows(r));
    r->table.text = text;
    return OK;
}

static struct reading begin(struct arena *a, const struct batch_reading *how)
{
    struct reading r = { .arena = a, .how = how };

    for (int c = 0; c < BATCH_COLUMNS; c++)
        r.columns[c] = SIZE_MAX;
    return r;
}

static err take_text(struct arena *a, str file, const struct batch_reading *how,
                     struct batch_table *out)
{
    struct reading r = begin(a, how);
    enum customer_encoding encoding;
    str text;

    err e = customer_text(a, file, &encoding, &text);
    if (err_is(e, ERR_INVALID))
        return err_new(a, ERR_INVALID, "batch.encoding");
    TRY(e);
    TRY(read_rows(&r, text));
    *out = r.table;
    return OK;
}

/* --- workbooks [BT5] --------------------------------------------------------
 */

/* What was found so far among the sheets. */
struct book {
    struct arena *arena;
    const struct batch_reading *how;
    struct xlsx_apart *x;
    struct batch_table table;
    bool found;  /* `table` is one .. */
    bool headed; /* .. whose columns are called something */
    err why;     /* why the first sheet is none */
};

static err try_sheet(struct book *b, size_t sheet)
{
    struct reading r = begin(b->arena, b->how);
    size_t n;
    str text;

    TRY(xlsx_apart_begin(b->x, sheet));
    TRY(xlsx_apart_text(b->x, b->arena, XLSX_READ_BYTES, &text));
    err e = read_rows(&r, text);
    if (err_is(e, ERR_INVALID)) {
        b->why = failed(b->why) ? b->why : e;
        return OK;
    }
    TRY(e);
    if (b->found && r.head == 0)
        return OK;
    b->found = true;
    b->headed = r.head > 0;
    b->table = r.table;
    b->table.sheet = xlsx_apart_sheets(b->x, &n)[sheet].name;
    return OK;
}

static err try_sheets(struct book *b)
{
    size_t first;
    size_t n;

    TRY(xlsx_apart_choose(b->x, b->how->sheet, &first));
    (void)xlsx_apart_sheets(b->x, &n);
    n = b->how->sheet.n > 0 ? 0 : n < SHEETS_MOST ? n : SHEETS_MOST;
    TRY(try_sheet(b, first));
    for (size_t i = 0; i < n && !b->headed; i++) {
        if (i != first)
            TRY(try_sheet(b, i));
    }
    return b->found ? OK : b->why;
}

static err take_book(struct arena *a, str file, const struct batch_reading *how,
                     struct batch_table *out)
{
    struct xlsx_source from = { .bytes = file };
    scoped(xlsx_apart_close) struct xlsx_apart *x = NULL;
    struct book b = { .arena = a, .how = how };

    TRY(xlsx_apart_open(a, &from, &x));
    b.x = x;
    TRY(try_sheets(&b));
    *out = b.table;
    return OK;
}

err batch_table_read(struct arena *a, str file, const struct batch_reading *how,
                     struct batch_table *out)
{
    check(how->most >= 1 && how->most <= BATCH_ROWS_MAX);
    if (file.n > BATCH_FILE_MAX)
        return err_new(a, ERR_LIMIT, "batch.size",
                       ARG_INT("most", BATCH_FILE_MAX >> 20));
    return customer_is_workbook(file) ? take_book(a, file, how, out)
                                      : take_text(a, file, how, out);
}
