#include "service/customer_list.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/csv.h"
#include "crypto/hash.h"
#include "excel/xlsx_apart.h"
#include "service/customer_text.h"
#include "service/records_held_mask.h"
#include "text/text.h"

enum {
    FIELD_MOST = 200,
    PHONE_LEAST = 5,
    PHONE_MOST = 20,
    TEXT_TIMES = 3, /* quotes doubled, and a sign between any two */
};

/* How a column may be called, apart by "|", in either language; and how it is
 * told of. [KL2] */
static const struct {
    const char *names;
    const char *called;
} columns[CUSTOMER_COLUMNS] = {
    [CUSTOMER_NAME] = { "customers.names", "customers_page.name" },
    [CUSTOMER_PHONE] = { "customers.phones", "customers_page.phone" },
    [CUSTOMER_PRODUCT] = { "customers.products", "customers_page.product" },
    [CUSTOMER_DATE] = { "customers.dates", "customers_page.date" },
    [CUSTOMER_OUTLET] = { "customers.outlets", "customers_page.outlet" },
};

struct reading {
    struct arena *arena;
    struct csv csv;
    size_t columns[CUSTOMER_COLUMNS];
    day today;
    str *seen; /* an open hash table of numbers */
    size_t slots;
    struct buf text;
    struct customer_list list;
};

/* --- the first row [KL1] [KL2] -------------------------------------------- */

/* Whatever stands most often in the first line. */
static char separator_of(str text)
{
    static const char known[] = { ',', '\t', ';', '|' };
    str line = str_first(text, str_find(text, S("\n")));
    char best = ',';
    size_t most = 0;

    for (size_t k = 0; k < COUNT(known); k++) {
        size_t n = 0;

        for (size_t i = 0; i < line.n; i++)
            n += line.p[i] == known[k];
        if (n > most) {
            most = n;
            best = known[k];
        }
    }
    return best;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_called(str field, str name)
{
    bool same = field.n == name.n;

    for (size_t i = 0; same && i < field.n; i++)
        same = lower(field.p[i]) == name.p[i];
    return same;
}

static bool is_column(str field, enum customer_column c)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        str rest = text_get(l, columns[c].names);

        while (rest.n > 0) {
            if (is_called(field, str_cut(&rest, '|')))
                return true;
        }
    }
    return false;
}

static void find_column(struct reading *r, const struct csv_row *head,
                        enum customer_column c)
{
    r->columns[c] = head->n;
    for (size_t i = 0; i < head->n; i++) {
        if (!is_column(str_trim(head->fields[i]), c))
            continue;
        r->columns[c] = i;
        r->list.columns[c] = str_trim(head->fields[i]);
        return;
    }
}

static err read_head(struct reading *r)
{
    struct csv_row head;
    bool found;

    TRY(csv_next(&r->csv, r->arena, &head, &found));
    if (!found)
        return err_new(r->arena, ERR_INVALID, "customers.empty");
    for (int c = 0; c < CUSTOMER_COLUMNS; c++)
        find_column(r, &head, (enum customer_column)c);
    for (int c = CUSTOMER_NAME; c <= CUSTOMER_PHONE; c++) {
        if (r->list.columns[c].n == 0)
            return err_new(r->arena, ERR_INVALID, "customers.column",
                           ARG_IDS("column", str_of(columns[c].called)));
    }
    return OK;
}

/* --- what a row may say --------------------------------------------------- */

static bool is_phone(str s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';

        digits += digit;
        if (!digit && !str_contains(S("+-() "), (str){ s.p + i, 1 }))
            return false;
    }
    return digits >= PHONE_LEAST && digits <= PHONE_MOST;
}

/* A number before a sign that is none of it; false: there is none. */
static bool take_number(str *rest, int32_t most, int32_t *out)
{
    int32_t n = 0;
    size_t i = 0;

    for (; i < rest->n && i < 4 && rest->p[i] >= '0' && rest->p[i] <= '9'; i++)
        n = 10 * n + (rest->p[i] - '0');
    *rest = str_from(*rest, i);
    *out = n;
    return i > 0 && n <= most;
}

/* One of the signs that stand between the parts of a day. */
static void pass_sign(str *rest)
{
    for (enum lang l = 0; l < LANG_COUNT; l++) {
        str signs = text_get(l, "customers.day_signs");

        while (signs.n > 0) {
            str sign = str_cut(&signs, '|');

            if (!str_begins(*rest, sign))
                continue;
            *rest = str_from(*rest, sign.n);
            return;
        }
    }
}

/* "2026-05-01", "2026/5/1", "2026.5.1", with signs of the catalogues, an hour
 * behind it. */
static bool read_day(str s, day *out)
{
    enum { YEARS = 9999, MONTHS = 12, DAYS = 31 };
    str rest = str_first(s, str_find(s, S(" ")));
    struct date date = { 0 };
    int32_t year = 0;
    int32_t month = 0;
    int32_t of_month = 0;

    if (!take_number(&rest, YEARS, &year))
        return false;
    pass_sign(&rest);
    if (!take_number(&rest, MONTHS, &month))
        return false;
    pass_sign(&rest);
    if (!take_number(&rest, DAYS, &of_month))
        return false;
    pass_sign(&rest);
    date.year = year;
    date.month = month;
    date.mday = of_month;
    return rest.n == 0 && day_of_date(date, out);
}

static str value(const struct reading *r, const struct csv_row *row, int column)
{
    return str_trim(csv_field(row, r->columns[column]));
}

static err bad_row(const struct reading *r, const struct csv_row *row,
                   const char *why)
{
    return err_new(r->arena, ERR_INVALID, why, ARG_INT("line", row->line));
}

/* [KL5] Says no word of what stands there. */
static err check_row(const struct reading *r, const struct csv_row *row)
{
    str date = value(r, row, CUSTOMER_DATE);
    day on = DAY_NEVER;

    if (value(r, row, CUSTOMER_NAME).n == 0)
        return bad_row(r, row, "customers.name");
    if (!is_phone(value(r, row, CUSTOMER_PHONE)))
        return bad_row(r, row, "customers.phone");
    if (date.n > 0 && (!read_day(date, &on) || on > r->today))
        return bad_row(r, row, "customers.date");
    for (int c = 0; c < CUSTOMER_COLUMNS; c++) {
        if (value(r, row, c).n > FIELD_MOST)
            return bad_row(r, row, "customers.long");
    }
    return OK;
}

/* --- a good row ----------------------------------------------------------- */

/* Was this number there already?  Remembers it when not. */
static bool is_second(struct reading *r, str phone)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < phone.n; i++)
        h = (h ^ (unsigned char)phone.p[i]) * UINT64_C(1099511628211);
    size_t at = (size_t)(h % r->slots);
    for (; r->seen[at].n > 0; at = (at + 1) % r->slots) {
        if (str_eq(r->seen[at], phone))
            return true;
    }
    r->seen[at] = phone;
    return false;
}

/* [KL4] In quotes where a sign of the table stands in it. */
static void put_field(struct buf *b, str s)
{
    bool quoted = str_contains(s, S(",")) || str_contains(s, S("\"")) ||
                  str_contains(s, S("\n"));

    if (!quoted) {
        buf_str(b, s);
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n' || s.p[i] == '\r') {
            buf_char(b, ' '); /* a customer a line */
            continue;
        }
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

static void put_day(struct buf *b, str s)
{
    char text[DAY_TEXT];
    day on;

    if (read_day(s, &on))
        buf_str(b, day_text(on, text));
}

static void put_row(struct reading *r, const struct csv_row *row)
{
    struct buf *b = &r->text;

    put_field(b, value(r, row, CUSTOMER_NAME));
    buf_char(b, ',');
    put_field(b, value(r, row, CUSTOMER_PHONE));
    buf_char(b, ',');
    put_field(b, value(r, row, CUSTOMER_PRODUCT));
    buf_char(b, ',');
    put_day(b, value(r, row, CUSTOMER_DATE));
    buf_char(b, ',');
    put_field(b, value(r, row, CUSTOMER_OUTLET));
    buf_char(b, '\n');
}

/* As the rows of an enterprise are shown (records_held_mask.h [HM1]). */
static err show_cell(struct reading *r, str cell, enum column_role role,
                     str *out)
{
    struct buf b;

    buf_init(&b, r->arena, 4 * cell.n + HELD_MASK_ROOM);
    held_mask(&b, cell, role);
    return buf_done(&b, out);
}

static err show_row(struct reading *r, const struct csv_row *row)
{
    struct customer_shown *out = &r->list.shown[r->list.shown_count];

    if (r->list.shown_count == CUSTOMER_SHOWN)
        return OK;
    TRY(show_cell(r, value(r, row, CUSTOMER_NAME), COLUMN_CUSTOMER,
                  &out->name));
    TRY(show_cell(r, value(r, row, CUSTOMER_PHONE), COLUMN_PHONE, &out->phone));
    out->product = value(r, row, CUSTOMER_PRODUCT);
    out->date = value(r, row, CUSTOMER_DATE);
    r->list.shown_count++;
    return OK;
}

/* --- all of them ---------------------------------------------------------- */

static void note_problem(struct reading *r, err e)
{
    r->list.bad++;
    if (r->list.problem_count < CUSTOMER_PROBLEMS_MAX)
        r->list.problems[r->list.problem_count++] = e;
}

static err take_row(struct reading *r, const struct csv_row *row)
{
    err e = check_row(r, row);

    if (failed(e)) {
        if (!err_is(e, ERR_INVALID))
            return e;
        note_problem(r, e);
        return OK;
    }
    r->list.rows++;
    r->list.repeated += is_second(r, value(r, row, CUSTOMER_PHONE));
    put_row(r, row);
    return show_row(r, row);
}

static err read_rows(struct reading *r)
{
    struct csv_row row = { .line = 0 };
    bool found = true;

    while (found) {
        err e = csv_next(&r->csv, r->arena, &row, &found);

        if (failed(e) && !err_is(e, ERR_INVALID))
            return e;
        if (failed(e))
            note_problem(r, e); /* [KL3] */
        else if (found)
            TRY(take_row(r, &row));
    }
    return OK;
}

static err begin(struct reading *r, str text)
{
    size_t lines = 1;

    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    if (lines > CUSTOMER_ROWS_MAX)
        return err_new(r->arena, ERR_LIMIT, "customers.rows",
                       ARG_INT("most", CUSTOMER_ROWS_MAX));
    r->slots = 2 * lines + 1;
    r->seen = arena_array(r->arena, r->slots, sizeof *r->seen);
    TRY_MEMORY(r->seen);
    csv_init(&r->csv, text, r->list.separator);
    buf_init(&r->text, r->arena, TEXT_TIMES * (text.n + lines));
    return OK;
}

size_t customer_list_room(str file)
{
    size_t text = customer_is_workbook(file) ? CUSTOMER_FILE_MAX : file.n;

    return CUSTOMER_ROOM * text;
}

static err sheet_text(struct arena *a, str file, str *out)
{
    const struct xlsx_source from = { .bytes = file };
    scoped(xlsx_apart_close) struct xlsx_apart *x = NULL;
    size_t sheet;

    TRY(xlsx_apart_open(a, &from, &x));
    TRY(xlsx_apart_choose(x, S(""), &sheet));
    TRY(xlsx_apart_begin(x, sheet));
    return xlsx_apart_text(x, a, CUSTOMER_FILE_MAX, out);
}

/* [KL1] */
static err read_text(struct reading *r, str file, str *out)
{
    if (!customer_is_workbook(file)) {
        TRY(customer_text(r->arena, file, &r->list.encoding, out));
        r->list.separator = separator_of(*out);
        return OK;
    }
    r->list.encoding = CUSTOMER_WORKBOOK;
    r->list.separator = ',';
    return sheet_text(r->arena, file, out);
}

err customer_list_read(struct arena *arena, str file, day today,
                       struct customer_list *out)
{
    struct reading r = { .arena = arena, .today = today };
    str text;

    if (file.n > CUSTOMER_FILE_MAX)
        return err_new(arena, ERR_LIMIT, "customers.size",
                       ARG_INT("most", CUSTOMER_FILE_MAX >> 20));
    TRY(read_text(&r, file, &text));
    TRY(begin(&r, text));
    TRY(read_head(&r));
    TRY(read_rows(&r));
    if (r.list.rows + r.list.bad == 0)
        return err_new(arena, ERR_INVALID, "customers.empty");
    TRY(buf_done(&r.text, &r.list.text));
    sha256(r.list.text.p, r.list.text.n, r.list.hash.b);
    *out = r.list;
    return OK;
}
