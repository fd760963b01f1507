/* What a row of a file says, and whether it can be true. [IP1]..[IP4] */

#include "domain/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/idcode.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "domain/number.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    NUMBER_CHARACTERS = 60,
    NAME_CHARACTERS = 200,
    WORD_BYTES = 40,
    SCOPE_CHARACTERS = 10000,
    SHOWN = 60, /* characters of what stands in the file */
    PLACE_DIGITS = 6,
    TRADE_DIGITS = 4,
};

/* --- faults ----------------------------------------------------------- */

/* A row on its way. */
struct reading {
    struct arena *arena;
    const str *cells;
    struct import_row *row;
    struct import_faults *faults;
    day today;
};

void import_add_fault(struct import_faults *faults, enum import_column column,
                      err why)
{
    for (size_t i = 0; i < faults->n; i++) {
        if (faults->at[i].column == column)
            return;
    }
    faults->at[faults->n++] = (struct import_fault){ column, why };
}

/* What stands in a column, as a message can show it. */
static str given(const struct reading *r, enum import_column c)
{
    return utf8_first(str_trim(r->cells[c]), SHOWN);
}

/* Keep `why`, unless it says that there is no memory. */
static err refuse(struct reading *r, enum import_column c, err why)
{
    if (err_is(why, ERR_MEMORY))
        return why;
    import_add_fault(r->faults, c, why);
    return OK;
}

/* A fault that has nothing to say but what stands there. */
static err refuse_given(struct reading *r, enum import_column c, const char *id)
{
    return refuse(r, c,
                  err_new(r->arena, ERR_INVALID, id,
                          ARG_STR("given", given(r, c))));
}

static err refuse_missing(struct reading *r, enum import_column c)
{
    return refuse(r, c, err_new(r->arena, ERR_INVALID, "import.missing"));
}

/* --- texts ------------------------------------------------------------ */

/* Characters that are not shown, or change how others are (codec/record.h), and
 * the one that stands where there was none (sys/charset.h). */
static bool is_forbidden(uint32_t c)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } ranges[] = {
        { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0x2028, 0x202e },
        { 0x2066, 0x2069 }, { 0xfeff, 0xfeff }, { 0xfffd, 0xfffd },
    };

    for (size_t i = 0; i < COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* Scopes are written in paragraphs. */
static bool is_break(uint32_t c)
{
    return c == '\n' || c == '\t';
}

static err refuse_character(struct reading *r, enum import_column c,
                            uint32_t character)
{
    char code[16];

    (void)snprintf(code, sizeof code, "U+%04" PRIX32, character);
    return refuse(r, c,
                  err_new(r->arena, ERR_INVALID, "import.control",
                          ARG_STR("code", str_of(code))));
}

/* The characters of a text, fit to be shown; *count gets them. */
static err count_characters(struct reading *r, enum import_column c, str s,
                            int64_t *count)
{
    size_t at = 0;
    uint32_t x;
    int64_t n = 0;

    for (; at < s.n; n++) {
        if (s.p[at] >= 0x20 && s.p[at] < 0x7f) { /* most of many texts */
            at++;
            continue;
        }
        if (!utf8_next(s, &at, &x))
            return refuse(r, c, err_new(r->arena, ERR_INVALID, "import.utf8"));
        if (is_forbidden(x) && !(c == IMPORT_SCOPE && is_break(x)))
            return refuse_character(r, c, x);
    }
    *count = n;
    return OK;
}

static err read_text(struct reading *r, enum import_column c, int64_t most,
                     str *out)
{
    str s = str_trim(r->cells[c]);
    int64_t count = 0;

    *out = s;
    if (s.n == 0)
        return import_column_is_needed(c) ? refuse_missing(r, c) : OK;
    TRY(count_characters(r, c, s, &count));
    if (count <= most)
        return OK;
    return refuse(r, c,
                  err_new(r->arena, ERR_INVALID, "import.long",
                          ARG_INT("count", count), ARG_INT("most", most)));
}

/* As it is printed: in capitals and without blanks. */
static err read_number(struct reading *r)
{
    str s;
    char *made;
    size_t n = 0;

    TRY(read_text(r, IMPORT_NUMBER, NUMBER_CHARACTERS, &s));
    made = arena_zero(r->arena, s.n + 1);
    TRY_MEMORY(made);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != ' ')
            made[n++] = number_capital(s.p[i]);
    }
    r->row->number = (str){ made, n };
    return OK;
}

static const char *uscc_fault(const struct idcode *x)
{
    if (x->kind != IDCODE_USCC)
        return "import.uscc_form";
    return x->fault == IDCODE_CHECK ? "import.uscc_check"
                                    : "import.uscc_character";
}

static err read_uscc(struct reading *r)
{
    str s = str_trim(r->cells[IMPORT_USCC]);
    char expected[2] = { 0 };
    struct idcode x;

    if (s.n == 0)
        return refuse_missing(r, IMPORT_USCC);
    idcode_check(s, &x);
    if (x.kind == IDCODE_USCC && idcode_may_be(&x))
        return arena_str(r->arena, str_of(x.text), &r->row->uscc)
                   ? OK
                   : err_memory();
    expected[0] = x.expected;
    return refuse(r, IMPORT_USCC,
                  err_new(r->arena, ERR_INVALID, uscc_fault(&x),
                          ARG_STR("given", given(r, IMPORT_USCC)),
                          ARG_INT("at", x.at),
                          ARG_STR("expected", str_of(expected))));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]))
            return false;
    }
    return true;
}

/* A name of a package's: letters, digits, ".", "-" and "_". */
static bool is_word(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            !is_digit(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return s.n <= WORD_BYTES;
}

static err read_word(struct reading *r, enum import_column c, str *out)
{
    *out = str_trim(r->cells[c]);
    return is_word(*out) ? OK : refuse_given(r, c, "import.word");
}

static err read_level(struct reading *r)
{
    TRY(read_word(r, IMPORT_SCHEME, &r->row->scheme));
    TRY(read_word(r, IMPORT_LEVEL, &r->row->level));
    if (r->row->level.n > 0 && r->row->scheme.n == 0)
        return refuse(r, IMPORT_LEVEL,
                      err_new(r->arena, ERR_INVALID, "import.level_alone"));
    return OK;
}

/* Six digits of GB/T 2260; which of them are given out, the state says anew
 * every year, so a row of another year is not refused for it. */
static err read_place(struct reading *r)
{
    str s = str_trim(r->cells[IMPORT_PLACE]);

    r->row->place = s;
    if (s.n == 0 || (s.n == PLACE_DIGITS && all_digits(s) && s.p[0] != '0'))
        return OK;
    return refuse_given(r, IMPORT_PLACE, "import.place");
}

/* A letter A to T of GB/T 4754, two to four digits, or both. */
static err read_trade(struct reading *r)
{
    str s = str_trim(r->cells[IMPORT_TRADE]);
    bool letter = s.n > 0 && s.p[0] >= 'A' && s.p[0] <= 'T';
    str digits = str_from(s, letter);
    bool many = digits.n >= 2 && digits.n <= TRADE_DIGITS;

    r->row->trade = s;
    if (s.n == 0 || (all_digits(digits) && (many || (letter && digits.n == 0))))
        return OK;
    return refuse_given(r, IMPORT_TRADE, "import.trade");
}

static err read_texts(struct reading *r)
{
    TRY(read_number(r));
    TRY(read_text(r, IMPORT_HOLDER, NAME_CHARACTERS, &r->row->holder));
    TRY(read_uscc(r));
    TRY(read_text(r, IMPORT_BODY, NAME_CHARACTERS, &r->row->body));
    TRY(read_level(r));
    TRY(read_text(r, IMPORT_CRITERION, NAME_CHARACTERS, &r->row->criterion));
    TRY(read_place(r));
    TRY(read_trade(r));
    return read_text(r, IMPORT_SCOPE, SCOPE_CHARACTERS, &r->row->scope);
}

/* --- days ------------------------------------------------------------- */

/* A number of at most `most` digits; what stands behind it is left in *rest. */
static bool cut_number(str *rest, size_t most, int32_t *out)
{
    size_t n = 0;
    int32_t value = 0;

    while (n < rest->n && n < most && is_digit(rest->p[n]))
        value = value * 10 + (rest->p[n++] - '0');
    *rest = str_from(*rest, n);
    *out = value;
    return n > 0;
}

/* Past one of the signs that may stand between the parts of a date, in ASCII or
 * a character of Chinese: year, month. */
static bool cut_sign(str *rest, str character)
{
    size_t n = str_begins(*rest, character) ? character.n
               : rest->n > 0 && (rest->p[0] == '-' || rest->p[0] == '/' ||
                                 rest->p[0] == '.')
                   ? 1
                   : 0;

    *rest = str_from(*rest, n);
    return n > 0;
}

/* Behind a date nothing, or a midnight as workbooks write it. */
static bool is_over(str rest)
{
    return rest.n == 0 || str_eq(rest, S(" 00:00:00")) ||
           str_eq(rest, S("T00:00:00")) || str_eq(rest, S(" 0:00:00")) ||
           str_eq(rest, S(" 00:00"));
}

/* 2026-11-24 with "-", "/", "." or the signs of Chinese dates between its
 * parts, leading zeros or not; 20261124.  The year comes first: nothing is
 * guessed of what is day and what is month. */
static bool parse_day(str s, day *out)
{
    const str year = S("\xe5\xb9\xb4");
    const str month = S("\xe6\x9c\x88");
    const str mday = S("\xe6\x97\xa5");
    struct date d;

    if (s.n == 8 && all_digits(s)) {
        (void)cut_number(&s, 4, &d.year);
        (void)cut_number(&s, 2, &d.month);
        (void)cut_number(&s, 2, &d.mday);
        return day_of_date(d, out);
    }
    if (!cut_number(&s, 4, &d.year) || !cut_sign(&s, year) ||
        !cut_number(&s, 2, &d.month) || !cut_sign(&s, month) ||
        !cut_number(&s, 2, &d.mday))
        return false;
    if (str_begins(s, mday))
        s = str_from(s, mday.n);
    return is_over(s) && day_of_date(d, out);
}

/* DAY_NEVER: nothing stands there, or nothing that is a day. */
static err read_day(struct reading *r, enum import_column c, day *out)
{
    str s = str_trim(r->cells[c]);

    *out = DAY_NEVER;
    if (s.n == 0 || day_parse(s, out) || parse_day(s, out))
        return OK;
    return refuse_given(r, c, "import.date");
}

static err refuse_days(struct reading *r, enum import_column c, const char *id)
{
    const struct import_row *row = r->row;

    return refuse(
        r, c,
        err_new(r->arena, ERR_INVALID, id, ARG_DAY("issued", row->issued),
                ARG_DAY("from", row->from), ARG_DAY("until", row->until),
                ARG_DAY("since", row->since), ARG_DAY("today", r->today)));
}

static bool is_faulty(const struct reading *r, enum import_column c)
{
    for (size_t i = 0; i < r->faults->n; i++) {
        if (r->faults->at[i].column == c)
            return true;
    }
    return false;
}

/* [IP2] */
static err complete_days(struct reading *r)
{
    struct import_row *row = r->row;

    if (row->until == DAY_NEVER && !is_faulty(r, IMPORT_UNTIL))
        TRY(refuse_missing(r, IMPORT_UNTIL));
    if (row->issued == DAY_NEVER && row->from == DAY_NEVER &&
        !is_faulty(r, IMPORT_ISSUED) && !is_faulty(r, IMPORT_FROM))
        return refuse(r, IMPORT_FROM,
                      err_new(r->arena, ERR_INVALID, "import.no_from"));
    if (row->issued == DAY_NEVER)
        row->issued = row->from;
    if (row->from == DAY_NEVER)
        row->from = row->issued;
    return OK;
}

/* [IP3] */
static err check_days(struct reading *r)
{
    const struct import_row *row = r->row;

    if (row->issued > r->today)
        TRY(refuse_days(r, IMPORT_ISSUED, "import.issued_future"));
    if (row->until < row->from)
        TRY(refuse_days(r, IMPORT_UNTIL, "import.until_before"));
    else if (row->issued > row->until)
        TRY(refuse_days(r, IMPORT_ISSUED, "import.issued_after"));
    return OK;
}

static err read_days(struct reading *r)
{
    TRY(read_day(r, IMPORT_ISSUED, &r->row->issued));
    TRY(read_day(r, IMPORT_FROM, &r->row->from));
    TRY(read_day(r, IMPORT_UNTIL, &r->row->until));
    TRY(read_day(r, IMPORT_SINCE, &r->row->since));
    TRY(complete_days(r));
    if (is_faulty(r, IMPORT_ISSUED) || is_faulty(r, IMPORT_FROM) ||
        is_faulty(r, IMPORT_UNTIL))
        return OK; /* what is not known cannot contradict */
    return check_days(r);
}

/* --- status ----------------------------------------------------------- */

static err read_status(struct reading *r)
{
    str s = str_trim(r->cells[IMPORT_STATUS]);

    r->row->status = CERTIFICATE_VALID;
    if (s.n == 0)
        return OK;
    if (import_status_of(s, &r->row->status))
        return OK;
    return refuse_given(r, IMPORT_STATUS, "import.status");
}

/* [IP2] */
static err complete_since(struct reading *r)
{
    struct import_row *row = r->row;

    if (row->since != DAY_NEVER)
        return OK;
    if (row->status == CERTIFICATE_VALID)
        row->since = row->from;
    else if (row->status == CERTIFICATE_EXPIRED)
        row->since = row->until + 1;
    else
        return refuse(r, IMPORT_SINCE,
                      err_new(r->arena, ERR_INVALID, "import.since_missing"));
    return OK;
}

/* [IP3] */
static err check_since(struct reading *r)
{
    const struct import_row *row = r->row;
    bool expired = row->status == CERTIFICATE_EXPIRED;

    if (expired && row->until >= r->today)
        return refuse_days(r, IMPORT_STATUS, "import.not_expired");
    if (expired && row->since <= row->until)
        return refuse_days(r, IMPORT_SINCE, "import.since_running");
    if (row->since < row->issued)
        return refuse_days(r, IMPORT_SINCE, "import.since_before");
    if (!expired && row->since > row->until)
        return refuse_days(r, IMPORT_SINCE, "import.since_after");
    if (row->since > r->today && row->status != CERTIFICATE_VALID)
        return refuse_days(r, IMPORT_SINCE, "import.since_future");
    return OK;
}

err import_read(struct arena *a, const str cells[static IMPORT_COLUMNS],
                day today, struct import_row *out, struct import_faults *faults)
{
    struct reading r = { a, cells, out, faults, today };

    *out = (struct import_row){ .since = DAY_NEVER };
    faults->n = 0;
    TRY(read_texts(&r));
    TRY(read_days(&r));
    TRY(read_status(&r));
    if (faults->n > 0)
        return OK;
    TRY(complete_since(&r));
    return faults->n > 0 ? OK : check_since(&r);
}

static str copied(char **at, str s)
{
    str copy = { *at, s.n };

    if (s.n > 0)
        memcpy(*at, s.p, s.n);
    *at += s.n;
    return copy;
}

err import_row_keep(struct arena *a, struct import_row *row)
{
    str *const texts[] = { &row->number, &row->holder,    &row->uscc,
                           &row->body,   &row->scheme,    &row->level,
                           &row->place,  &row->criterion, &row->trade,
                           &row->scope };
    size_t n = 0;
    char *at;

    for (size_t i = 0; i < COUNT(texts); i++)
        n += texts[i]->n;
    at = arena_zero(a, n);
    TRY_MEMORY(at);
    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = copied(&at, *texts[i]);
    return OK;
}

/* --- canonical [IP4] -------------------------------------------------- */

static void put_text(struct buf *b, str key, str value)
{
    buf_str(b, key);
    json_put_text(b, value);
}

static void put_day(struct buf *b, str key, day d)
{
    char text[DAY_TEXT];

    buf_str(b, key);
    buf_char(b, '"');
    buf_str(b, day_text(d, text));
    buf_char(b, '"');
}

void import_canonical(struct buf *b, const struct import_row *row, int64_t line)
{
    put_text(b, S("{\"body\":"), row->body);
    put_text(b, S(",\"criterion\":"), row->criterion);
    put_day(b, S(",\"from\":"), row->from);
    put_text(b, S(",\"holder\":"), row->holder);
    put_day(b, S(",\"issued\":"), row->issued);
    put_text(b, S(",\"level\":"), row->level);
    if (line > 0) {
        buf_str(b, S(",\"line\":"));
        buf_int(b, line);
    }
    put_text(b, S(",\"number\":"), row->number);
    put_text(b, S(",\"place\":"), row->place);
    put_text(b, S(",\"scheme\":"), row->scheme);
    put_text(b, S(",\"scope\":"), row->scope);
    put_day(b, S(",\"since\":"), row->since);
    put_text(b, S(",\"status\":"), str_of(import_status_names[row->status]));
    put_text(b, S(",\"trade\":"), row->trade);
    put_day(b, S(",\"until\":"), row->until);
    put_text(b, S(",\"uscc\":"), row->uscc);
    buf_char(b, '}');
}
