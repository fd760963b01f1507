#include "excel/xlsx_sheet.h"

#include "base/arena.h"
#include "base/buf.h"

enum { LETTERS = 26 };

static bool is(const char *name, const char *want)
{
    return strcmp(name, want) == 0;
}

static void refuse(struct sheet_reader *r, const char *id)
{
    part_stop(&r->part,
              err_new(r->b->in.a, ERR_INVALID, id, ARG_STR("sheet", r->name),
                      ARG_INT("row", r->row)));
}

/* --- where a cell is ----------------------------------------------------- */

/* "BC12" is column 54, from 0; false when it is no such place. */
static bool column_of(str place, size_t *out)
{
    size_t column = 0;
    size_t i = 0;

    for (; i < place.n && place.p[i] >= 'A' && place.p[i] <= 'Z'; i++) {
        column = column * LETTERS + (size_t)(place.p[i] - 'A') + 1;
        if (column > XLSX_COLUMNS_MAX)
            return false;
    }
    if (column == 0)
        return false;
    *out = column - 1;
    return true;
}

/* The last row of "A1:N1000", or 0. */
static int64_t rows_of(str range)
{
    uint64_t n = 0;
    size_t colon = str_index(range, ':');
    str last = str_from(range, colon + 1);

    while (last.n > 0 && last.p[0] >= 'A' && last.p[0] <= 'Z')
        last = str_from(last, 1);
    return book_number(last, XLSX_ROWS_MAX, &n) ? (int64_t)n : 0;
}

/* --- what goes out ------------------------------------------------------- */

static void put_char(struct sheet_reader *r, char c)
{
    if (r->out != NULL)
        buf_char(r->out, c);
}

static void put_field(struct sheet_reader *r, str field)
{
    size_t column = r->column;

    if (field.n == 0)
        return;
    if (!r->filled) { /* those above it without anything in them [XL1] */
        for (; r->rows_out + 1 < r->row; r->rows_out++)
            put_char(r, '\n');
        r->filled = true;
    }
    if (r->out == NULL) {
        r->width = column + 1 > r->width ? column + 1 : r->width;
        return;
    }
    for (; r->commas < column; r->commas++)
        buf_char(r->out, ',');
    buf_str(r->out, field);
    if (r->out->n - r->out_from > XLSX_READ_BYTES)
        part_stop(&r->part, err_new(r->b->in.a, ERR_LIMIT, "xlsx.bomb",
                                    ARG_STR("part", r->part.name)));
}

/* --- cells --------------------------------------------------------------- */

static enum cell_type type_of(str t)
{
    static const struct {
        str name;
        enum cell_type type;
    } types[] = {
        { S_INIT("s"), CELL_SHARED },  { S_INIT("str"), CELL_FORMULA },
        { S_INIT("b"), CELL_BOOLEAN }, { S_INIT("e"), CELL_ERROR },
        { S_INIT("d"), CELL_ISO },     { S_INIT("inlineStr"), CELL_INLINE },
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (str_eq(types[i].name, t))
            return types[i].type;
    }
    return CELL_NUMBER;
}

static void begin_cell(struct sheet_reader *r, const struct part_attributes *at)
{
    str place = S("");
    str type = S("");
    str style = S("");
    uint64_t look = 0;
    size_t column = r->column;

    if (part_attribute(at, "r", &place) && !column_of(place, &column)) {
        refuse(r, "xlsx.order");
        return;
    }
    if (column < r->column || column >= XLSX_COLUMNS_MAX) {
        refuse(r, "xlsx.order");
        return;
    }
    (void)part_attribute(at, "t", &type);
    if (part_attribute(at, "s", &style))
        (void)book_number(style, XLSX_FORMATS, &look);
    r->column = column;
    r->cell = true;
    r->formula = false;
    r->type = type_of(type);
    r->format = book_look(r->b, (size_t)look);
    r->text.n = 0;
}

static void end_shared(struct sheet_reader *r)
{
    str digits = str_trim((str){ r->text.p, r->text.n });
    uint64_t number = 0;
    str field = S("");

    if (digits.n == 0)
        return;
    if (!book_number(digits, UINT32_MAX, &number) ||
        !book_string(r->b, (size_t)number, &field)) {
        refuse(r, "xlsx.string");
        return;
    }
    put_field(r, field);
}

static void end_text(struct sheet_reader *r)
{
    err e = book_text(r->b, &r->part, xlsx_text_field(&r->text, 0));

    if (failed(e))
        part_stop(&r->part, e);
    else
        put_field(r, (str){ r->text.p, r->text.n });
}

static void end_boolean(struct sheet_reader *r)
{
    str value = str_trim((str){ r->text.p, r->text.n });

    if (value.n > 0)
        put_field(r, str_eq(value, S("0")) || str_eq(value, S("false"))
                         ? S("FALSE")
                         : S("TRUE"));
}

/* A number as it should be is a field as it is; what else stands there may need
 * quotes. */
static void end_number(struct sheet_reader *r)
{
    char made[XLSX_VALUE_TEXT];
    str value = { r->text.p, r->text.n };

    value = r->type == CELL_ISO
                ? xlsx_value_iso(value, made)
                : xlsx_value(value, r->format, r->b->from_1904, made);
    if (str_index(value, ',') < value.n || str_index(value, '"') < value.n ||
        str_index(value, '\n') < value.n)
        end_text(r);
    else
        put_field(r, value);
}

static void end_value(struct sheet_reader *r)
{
    switch (r->type) {
    case CELL_SHARED: end_shared(r); break;
    case CELL_INLINE:
    case CELL_FORMULA: end_text(r); break;
    case CELL_BOOLEAN: end_boolean(r); break;
    case CELL_ERROR: r->counts.errors++; break;
    case CELL_NUMBER:
    case CELL_ISO: end_number(r); break;
    }
}

static void end_cell(struct sheet_reader *r)
{
    if (r->text.n > 0)
        end_value(r);
    else if (r->formula && r->type != CELL_FORMULA)
        r->counts.uncalculated++;
    r->cell = false;
    r->column++;
}

/* --- rows ---------------------------------------------------------------- */

static void begin_row(struct sheet_reader *r, const struct part_attributes *at)
{
    str place;
    uint64_t row = r->row + 1;

    if (part_attribute(at, "r", &place) &&
        (!book_number(place, XLSX_ROWS_MAX, &row) || row <= r->row)) {
        refuse(r, "xlsx.order");
        return;
    }
    r->row = row;
    if (row > XLSX_ROWS_MAX)
        refuse(r, "xlsx.order");
    r->filled = false;
    r->column = 0;
    r->commas = 0;
}

static void end_row(struct sheet_reader *r)
{
    if (!r->filled)
        return;
    for (; r->commas + 1 < r->width; r->commas++) /* [XL2] */
        put_char(r, ',');
    put_char(r, '\n');
    r->rows_out = r->row;
    r->counts.rows++;
    if (r->out == NULL && r->counts.rows == XLSX_LOOK)
        part_enough(&r->part);
}

/* --- libxml2's events ---------------------------------------------------- */

static void outside(struct sheet_reader *r, const char *name,
                    const struct part_attributes *at)
{
    str range;

    if (is(name, "dimension") && part_attribute(at, "ref", &range))
        r->dimension = rows_of(range);
    if (!is(name, "sheetData"))
        return;
    r->data = true;
    if (r->only_dimension)
        part_enough(&r->part);
}

static void inside_cell(struct sheet_reader *r, const char *name)
{
    if (is(name, "v"))
        r->taken = r->type != CELL_INLINE;
    else if (is(name, "f"))
        r->formula = true;
    else if (is(name, "rPh"))
        r->phonetic++;
    else if (is(name, "t"))
        r->taken = r->type == CELL_INLINE && r->phonetic == 0; /* [XL4] */
}

static void sheet_on_begin(void *to, const char *name,
                           const struct part_attributes *at)
{
    struct sheet_reader *r = to;

    if (r->cell)
        inside_cell(r, name);
    else if (!r->data)
        outside(r, name, at);
    else if (is(name, "c"))
        begin_cell(r, at);
    else if (is(name, "row"))
        begin_row(r, at);
}

static void end_in_cell(struct sheet_reader *r, const char *name)
{
    if (is(name, "v") || is(name, "t"))
        r->taken = false;
    else if (is(name, "rPh"))
        r->phonetic--;
    else if (is(name, "c"))
        end_cell(r);
}

static void sheet_on_end(void *to, const char *name)
{
    struct sheet_reader *r = to;

    if (r->cell)
        end_in_cell(r, name);
    else if (r->data && is(name, "row"))
        end_row(r);
    else if (is(name, "sheetData"))
        r->data = false;
}

static void sheet_on_text(void *to, str text)
{
    struct sheet_reader *r = to;

    if (!r->taken)
        return;
    err e = book_text(r->b, &r->part, xlsx_text_add(&r->text, text));
    if (failed(e))
        part_stop(&r->part, e);
}

const struct part_handler xlsx_sheet_handler = { sheet_on_begin, sheet_on_end,
                                                 sheet_on_text };

/* --- a sheet ------------------------------------------------------------- */

err xlsx_sheet_begin(struct sheet_reader *r, struct xlsx_book *b, size_t sheet)
{
    *r = (struct sheet_reader){ .b = b, .name = b->shown[sheet].name };
    xlsx_text_init(&r->text, b->heap, XLSX_CELL_BYTES);
    TRY(part_begin(&r->part, &b->in, b->sheets[sheet].part, XLSX_SHEET_BYTES));
    part_tell(&r->part, &xlsx_sheet_handler, r);
    return OK;
}

void xlsx_sheet_end(struct sheet_reader *r)
{
    part_end(&r->part);
    if (r->text.heap != NULL)
        xlsx_text_end(&r->text);
}
