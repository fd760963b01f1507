#include "records/layout.h"

#include "base/size.h"
#include "codec/utf8.h"
#include "records/moment.h"

static const char separators[] = { ',', '\t', ';', '|' };

/* --- encoding ------------------------------------------------------------ */

static bool between(unsigned char c, int from, int to)
{
    return c >= from && c <= to;
}

enum {
    GB_NONE = 0, /* no character */
    GB_CUT = 5,  /* one that the end cuts */
};

/* The bytes of the character at the front of `s`, which is not empty: 1, 2 or
 * 4, GB_NONE or GB_CUT.  (GB 18030-2005, the code space) */
static size_t gb_character(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;

    if (p[0] < 0x80)
        return p[0] == 0 ? GB_NONE : 1;
    if (!between(p[0], 0x81, 0xfe))
        return GB_NONE;
    if (s.n == 1)
        return GB_CUT;
    if (between(p[1], 0x40, 0xfe))
        return p[1] == 0x7f ? GB_NONE : 2;
    if (!between(p[1], '0', '9'))
        return GB_NONE;
    if (s.n == 2)
        return GB_CUT;
    if (!between(p[2], 0x81, 0xfe))
        return GB_NONE;
    if (s.n == 3)
        return GB_CUT;
    return between(p[3], '0', '9') ? 4 : GB_NONE;
}

static bool is_gb18030(str s, bool whole)
{
    while (s.n > 0) {
        size_t n = gb_character(s);

        if (n == GB_CUT)
            return !whole;
        if (n == GB_NONE)
            return false;
        s = str_from(s, n);
    }
    return true;
}

/* Whether the last byte but `n` begins a character of more than n + 1 bytes. */
static bool cuts_character(str s, size_t n)
{
    unsigned char c = (unsigned char)s.p[s.n - 1 - n];
    size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;

    return length > n + 1;
}

static bool is_utf8(str s, bool whole)
{
    if (utf8_is_text(s))
        return true;
    for (size_t n = 0; !whole && n < UTF8_MAX - 1 && n < s.n; n++) {
        if (cuts_character(s, n))
            return utf8_is_text(str_first(s, s.n - 1 - n));
    }
    return false;
}

enum layout_charset layout_charset(str first, bool whole, size_t *mark)
{
    static const struct {
        str mark;
        enum layout_charset charset;
    } marks[] = {
        { S_INIT("\xef\xbb\xbf"), CHARSET_UTF8 },
        { S_INIT("\x84\x31\x95\x33"), CHARSET_GB18030 },
        { S_INIT("\xff\xfe"), CHARSET_UTF16LE },
        { S_INIT("\xfe\xff"), CHARSET_UTF16BE },
    };

    if (first.n > LAYOUT_BYTES)
        whole = false;
    first = str_first(first, LAYOUT_BYTES);
    for (size_t i = 0; i < COUNT(marks); i++) {
        *mark = marks[i].mark.n;
        if (str_begins(first, marks[i].mark))
            return marks[i].charset;
    }
    *mark = 0;
    if (is_utf8(first, whole))
        return CHARSET_UTF8;
    return is_gb18030(first, whole) ? CHARSET_GB18030 : CHARSET_UNKNOWN;
}

/* --- rows ---------------------------------------------------------------- */

struct reader {
    str text;
    size_t at;
    int64_t line;
    char separator;
    bool quotes;
};

/* The next field; *last says whether its row ends with it. */
static str next_field(struct reader *r, bool *last)
{
    size_t from = r->at;
    bool open = false;

    *last = true;
    for (; r->at < r->text.n; r->at++) {
        char c = r->text.p[r->at];

        open ^= r->quotes && c == '"';
        r->line += c == '\n';
        if (!open && (c == '\n' || c == r->separator)) {
            *last = c == '\n';
            break;
        }
    }

    str field = { r->text.p + from, r->at - from };
    r->at += r->at < r->text.n;
    return str_trim(field);
}

struct row {
    size_t from; /* offset */
    int64_t line;
    size_t fields;
    size_t filled; /* of them not empty */
    size_t values; /* of them numbers or moments */
};

static bool is_number(str s)
{
    size_t points = 0;

    for (size_t i = 0; i < s.n; i++) {
        points += s.p[i] == '.';
        if (s.p[i] != '.' && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    }
    return s.n > points && points <= 1;
}

static str without_quotes(str s)
{
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return s;
    return str_trim((str){ s.p + 1, s.n - 2 });
}

/* The next row with anything in it; false after the last. */
static bool next_row(struct reader *r, struct row *out)
{
    while (r->at < r->text.n) {
        struct row row = { .from = r->at, .line = r->line };
        bool last = false;

        while (!last) {
            str field = without_quotes(next_field(r, &last));

            row.fields++;
            row.filled += field.n > 0;
            row.values += is_number(field) || moment_orders(field) != 0;
        }
        if (row.filled == 0)
            continue;
        *out = row;
        return true;
    }
    return false;
}

/* --- separator ------------------------------------------------------------ */

static bool is_separator(char c)
{
    for (size_t i = 0; i < COUNT(separators); i++) {
        if (separators[i] == c)
            return true;
    }
    return c == '\n';
}

/* Quotes are signs where they stand at the front of fields, or nowhere yet; in
 * a text that writes 27" for a length they are not. */
static bool quotes_are_signs(str text)
{
    size_t opening = 0;
    size_t stray = 0;
    bool open = false;
    char before = '\n';

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (c == '"' && open) {
            open = false;
        } else if (c == '"' && (is_separator(before) || before == '"')) {
            open = true;
            opening += before != '"';
        } else {
            stray += c == '"';
        }
        before = c;
    }
    return stray == 0 || opening > stray;
}

/* How many rows have the same number of fields, two or more. */
struct evenness {
    size_t rows;
    size_t fields;
};

static struct evenness even(const size_t *fields, size_t n)
{
    struct evenness best = { 0, 1 };

    for (size_t i = 0; i < n; i++) {
        size_t same = 0;

        for (size_t k = 0; k < n; k++)
            same += fields[k] == fields[i];
        if (fields[i] > 1 && (same > best.rows ||
                              (same == best.rows && fields[i] > best.fields)))
            best = (struct evenness){ same, fields[i] };
    }
    return best;
}

static struct evenness try_separator(struct reader r)
{
    size_t fields[LAYOUT_ROWS];
    struct row row = { 0 };
    size_t n = 0;

    while (n < LAYOUT_ROWS && next_row(&r, &row))
        fields[n++] = row.fields;
    return even(fields, n);
}

/* [LA2] */
static size_t find_separator(struct reader *r)
{
    struct evenness best = { 0, 1 };
    char found = separators[0];

    for (size_t i = 0; i < COUNT(separators); i++) {
        r->separator = separators[i];

        struct evenness e = try_separator(*r);
        if (e.rows < best.rows ||
            (e.rows == best.rows && e.fields <= best.fields))
            continue;
        best = e;
        found = separators[i];
    }
    r->separator = found;
    return best.fields;
}

/* --- the table ----------------------------------------------------------- */

/* [LA3] Of a text without such a row, its first. */
static bool find_table(struct reader r, size_t fields, struct row *out)
{
    struct row first = { 0 };
    struct row row = { 0 };

    if (!next_row(&r, &first))
        return false;
    row = first;
    for (size_t i = 0; i < LAYOUT_TITLES; i++) {
        if (row.fields == fields && row.filled * 2 > fields) {
            *out = row;
            return true;
        }
        if (!next_row(&r, &row))
            break;
    }
    *out = first;
    return true;
}

/* Where the line after the last whole one begins. */
static size_t whole_lines(str s)
{
    size_t n = s.n;

    while (n > 0 && s.p[n - 1] != '\n')
        n--;
    return n;
}

bool layout_find(str first, bool whole, struct layout *out)
{
    struct row table = { 0 };
    struct row below = { 0 };

    if (first.n > LAYOUT_BYTES)
        whole = false;
    first = str_first(first, LAYOUT_BYTES);

    struct reader r = { .text = first, .line = 1 };
    if (!whole && whole_lines(first) > 0)
        r.text = str_first(first, whole_lines(first));
    r.quotes = quotes_are_signs(r.text);

    size_t fields = find_separator(&r);
    if (!find_table(r, fields, &table))
        return false;

    struct layout found = {
        .separator = r.separator,
        .quotes = r.quotes,
        .header = table.values == 0,
        .fields = fields,
        .table = table.from,
        .table_line = table.line,
        .data = table.from,
        .data_line = table.line,
    };
    r.at = table.from;
    r.line = table.line;
    if (found.header && next_row(&r, &below)) {
        found.data = r.at;
        found.data_line = r.line;
    }
    *out = found;
    return true;
}
