/*
 * check -- cell by cell: is it there, may it be, has it the right kind, length,
 * code and form, and do its dates follow each other? [RE5]
 */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "filing/check_parts.h"

enum { SHOWN_MAX = 120, CODES_MAX = 2000, PERSONAL_SHOWN = 2 };

/* --- problems ------------------------------------------------------------- */

err filing_shown(struct arena *a, const struct dictionary_field *f, str value,
                 str *out)
{
    struct buf b;

    buf_init(&b, a, 4 * SHOWN_MAX + 4);
    if (f->personal && value.n > 0) {
        buf_str(&b, utf8_first(value, PERSONAL_SHOWN));
        buf_str(&b, S("***"));
    } else {
        buf_str(&b, utf8_first(value, SHOWN_MAX));
    }
    return buf_done(&b, out);
}

str check_shown(const struct checking *c, str value)
{
    str shown;

    return failed(filing_shown(c->a, c->f, value, &shown)) ? S("") : shown;
}

err check_problem_of(struct checking *c, str subject, str code, err what)
{
    struct filing_problem *p = arena_zero(c->a, sizeof *p);

    TRY_MEMORY(p);
    if (what.info->code == ERR_MEMORY)
        return what;
    *p = (struct filing_problem){
        .field = c->f,
        .value = check_shown(c, c->value),
        .what = what,
        .subject = subject,
        .code = code,
    };
    if (c->last == NULL)
        c->first = p;
    else
        c->last->next = p;
    c->last = p;
    c->n++;
    return OK;
}

err check_problem(struct checking *c, err what)
{
    str subject = S("");
    str code = S("");

    if (c->row != NULL && c->f->of != OF_NOBODY) {
        subject = c->row->subjects[c->f->of];
        code = c->f->by.n > 0 ? c->f->by : c->f->code;
    }
    return check_problem_of(c, subject, subject.n > 0 ? code : S(""), what);
}

/* --- conditions ------------------------------------------------------------
 */

str check_cut(str *rest, str separator)
{
    size_t at = str_find(*rest, separator);
    str piece = str_first(*rest, at);

    *rest =
        at == rest->n ? (str){ NULL, 0 } : str_from(*rest, at + separator.n);
    return piece;
}

static bool matches(str value, str pattern)
{
    if (str_eq(pattern, S("*")))
        return value.n > 0;
    if (str_ends(pattern, S("*")))
        return str_begins(value, str_first(pattern, pattern.n - 1));
    return str_eq(value, pattern);
}

static bool matches_any(str value, const struct dictionary_test *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (matches(value, t->values[i]))
            return true;
    }
    return false;
}

/* Of a cell with several values one is enough. */
static bool test_holds(const struct checking *c,
                       const struct dictionary_test *t)
{
    str rest = c->row->cells[t->field];

    if (rest.n == 0)
        return false;
    while (rest.p != NULL) {
        if (matches_any(check_cut(&rest, c->d->between_values), t))
            return true;
    }
    return false;
}

static bool case_holds(const struct checking *c,
                       const struct dictionary_case *k)
{
    for (size_t i = 0; i < k->n; i++) {
        if (!test_holds(c, &k->tests[i]))
            return false;
    }
    return true;
}

/* The case that makes the cell necessary, or NULL. */
static const struct dictionary_case *holding(const struct checking *c)
{
    for (size_t i = 0; i < c->f->case_count; i++) {
        if (case_holds(c, &c->f->cases[i]))
            return &c->f->cases[i];
    }
    return NULL;
}

/* A cell that is missing where it always has to be is blamed for itself; what
 * hangs on it cannot be told yet. */
static bool is_untold(const struct checking *c, const struct dictionary_test *t)
{
    return c->row->cells[t->field].n == 0 &&
           c->sheet->fields[t->field].need == NEED_ALWAYS;
}

static bool case_may_hold(const struct checking *c,
                          const struct dictionary_case *k)
{
    for (size_t i = 0; i < k->n; i++) {
        if (!test_holds(c, &k->tests[i]) && !is_untold(c, &k->tests[i]))
            return false;
    }
    return true;
}

/* Must the cell be empty, as surely as the row says so far? */
static bool must_be_empty(const struct checking *c)
{
    for (size_t i = 0; i < c->f->case_count; i++) {
        if (case_may_hold(c, &c->f->cases[i]))
            return false;
    }
    return c->f->need == NEED_WHEN && c->f->otherwise_empty;
}

static err missing_because(struct checking *c, const struct dictionary_case *k)
{
    const struct dictionary_field *why = &c->sheet->fields[k->tests[0].field];

    return WRONG(c, "filing.missing_because", ARG_LABEL("why", why->label),
                 ARG_STR("is", c->row->cells[k->tests[0].field]));
}

static err check_need(struct checking *c)
{
    const struct dictionary_case *k =
        c->f->need == NEED_WHEN ? holding(c) : NULL;

    if (c->value.n == 0 && c->f->need == NEED_ALWAYS)
        return WRONG(c, "filing.missing");
    if (c->value.n == 0 && k != NULL)
        return missing_because(c, k);
    if (c->value.n > 0 && must_be_empty(c))
        return WRONG(c, "filing.not_empty",
                     ARG_STR("value", check_shown(c, c->value)));
    return OK;
}

/* --- one value ---------------------------------------------------------------
 */

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0;
}

static bool is_number(const struct dictionary_field *f, str s)
{
    str whole = str_first(s, str_index(s, '.'));
    str places = str_from(s, whole.n + 1);

    if (!all_digits(whole) || whole.n > (size_t)f->whole)
        return false;
    if (whole.n > 1 && whole.p[0] == '0')
        return false;
    if (whole.n == s.n)
        return true;
    return all_digits(places) && places.n <= (size_t)f->places;
}

/* "09:15:00" */
static bool is_time(str s, bool hours_only)
{
    if (s.n != 8 || s.p[2] != ':' || s.p[5] != ':')
        return false;
    str h = str_first(s, 2);
    str m = str_first(str_from(s, 3), 2);
    str sec = str_from(s, 6);

    if (!all_digits(h) || !all_digits(m) || !all_digits(sec))
        return false;
    if (str_cmp(h, S("23")) > 0 || str_cmp(m, S("59")) > 0 ||
        str_cmp(sec, S("59")) > 0)
        return false;
    return !hours_only || (str_eq(m, S("00")) && str_eq(sec, S("00")));
}

static bool is_date(enum cell_kind kind, str s)
{
    const size_t day_length = DAY_TEXT - 1;
    day d;

    if (!day_parse(str_first(s, day_length), &d))
        return false;
    if (kind == CELL_DATE)
        return s.n == day_length;
    return s.n > day_length && s.p[day_length] == ' ' &&
           is_time(str_from(s, day_length + 1), kind == CELL_HOUR);
}

static err check_kind(struct checking *c)
{
    static const char *const forms[] = {
        [CELL_DATE] = "2026-11-24",
        [CELL_HOUR] = "2026-11-24 09:00:00",
        [CELL_SECOND] = "2026-11-24 09:15:00",
    };
    enum cell_kind kind = c->f->kind;
    str shown = check_shown(c, c->value);

    if (kind == CELL_TEXT)
        return OK;
    if (kind == CELL_NUMBER)
        return is_number(c->f, c->value)
                   ? OK
                   : WRONG(c, "filing.number", ARG_STR("value", shown),
                           ARG_INT("whole", c->f->whole),
                           ARG_INT("places", c->f->places));
    if (is_date(kind, c->value))
        return OK;
    return WRONG(c, "filing.date", ARG_STR("value", shown),
                 ARG_STR("want", str_of(forms[kind])));
}

static err check_length(struct checking *c)
{
    size_t n = 0;

    if (c->f->kind != CELL_TEXT)
        return OK;
    if (!utf8_check(c->value, &n))
        return WRONG(c, "filing.utf8");
    if (n <= (size_t)c->f->length)
        return OK;
    return WRONG(c, "filing.long", ARG_INT("length", n),
                 ARG_INT("most", c->f->length));
}

/* "01 02 03" */
static err list_codes(const struct checking *c,
                      const struct dictionary_table *t, str *out)
{
    struct buf b;

    buf_init(&b, c->a, CODES_MAX);
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_char(&b, ' ');
        buf_str(&b, t->values[i].code);
    }
    return buf_done(&b, out);
}

static err check_code(struct checking *c, str value)
{
    const struct dictionary_table *t;
    str codes;

    if (c->f->table < 0)
        return OK;
    t = &c->d->tables[c->f->table];
    if (dictionary_value(t, value) != NULL)
        return OK;
    TRY(list_codes(c, t, &codes));
    return WRONG(c, "filing.code", ARG_STR("value", check_shown(c, value)),
                 ARG_LABEL("table", t->label), ARG_STR("codes", codes));
}

static err check_one(struct checking *c, str value)
{
    if (value.n == 0)
        return WRONG(c, "filing.empty_value");
    TRY(check_code(c, value));
    return check_form(c, value);
}

/* The cell by itself. */
static err check_value(struct checking *c)
{
    str rest = c->value;
    bool people = c->f->form == FORM_TEAM || c->f->form == FORM_EXPERTS;

    TRY(check_kind(c));
    TRY(check_length(c));
    if (!c->f->many || people)
        return check_one(c, c->value);
    while (rest.p != NULL)
        TRY(check_one(c, check_cut(&rest, c->d->between_values)));
    return OK;
}

/* --- dates among each other --------------------------------------------------
 */

static err check_later(struct checking *c, int32_t later)
{
    const struct dictionary_field *f = &c->sheet->fields[later];
    str other = c->row->cells[later];

    /* by the day, where one has hours and the other has none */
    size_t n = c->value.n < other.n ? c->value.n : other.n;
    if (other.n == 0 || !is_date(f->kind, other) ||
        str_cmp(str_first(c->value, n), str_first(other, n)) <= 0)
        return OK;
    return WRONG(c, "filing.order", ARG_STR("value", c->value),
                 ARG_LABEL("later", f->label), ARG_STR("other", other));
}

static err check_today(struct checking *c)
{
    day d;

    if (!day_parse(str_first(c->value, DAY_TEXT - 1), &d) || d <= c->today)
        return OK;
    return WRONG(c, "filing.future", ARG_STR("value", c->value),
                 ARG_DAY("today", c->today));
}

static err check_order(struct checking *c)
{
    if (!is_date(c->f->kind, c->value))
        return OK;
    for (size_t i = 0; i < c->f->not_after_count; i++) {
        int32_t later = c->f->not_after[i];

        if (later == FIELD_TODAY)
            TRY(check_today(c));
        else
            TRY(check_later(c, later));
    }
    return OK;
}

/* --- rows ---- */

static err check_row(struct checking *c)
{
    for (size_t i = 0; i < c->sheet->n; i++) {
        c->f = &c->sheet->fields[i];
        c->value = c->row->cells[i];
        TRY(check_need(c));
        if (c->value.n == 0)
            continue;
        TRY(check_value(c));
        TRY(check_order(c));
    }
    return OK;
}

static err check_sheet(struct arena *a, const struct dictionary *d, day today,
                       enum filing_sheet which, struct filing *r)
{
    struct filing_rows *rows = &r->sheets[which];

    rows->sound = 0;
    for (struct filing_row *row = rows->first; row != NULL; row = row->next) {
        struct checking c = {
            .a = a,
            .d = d,
            .today = today,
            .sheet = &d->sheets[which],
            .row = row,
        };

        TRY(check_row(&c));
        row->problems = c.first;
        rows->sound += c.n == 0;
        r->problems += c.n;
    }
    return OK;
}

/* --- what is left out [RE6] ------------------------------------------------
 */

static bool is_told(const struct filing_rows *certificates, str number)
{
    for (const struct filing_row *r = certificates->first; r != NULL;
         r = r->next) {
        if (!r->left_out && str_eq(r->certificate, number))
            return true;
    }
    return false;
}

static void leave_out(struct filing *f, enum filing_sheet which)
{
    struct filing_rows *rows = &f->sheets[which];

    rows->left_out = 0;
    for (struct filing_row *r = rows->first; r != NULL; r = r->next) {
        r->left_out = r->problems != NULL;
        if (which == SHEET_RESULT && !r->left_out)
            r->left_out =
                !is_told(&f->sheets[SHEET_CERTIFICATE], r->certificate);
        rows->left_out += r->left_out;
    }
}

err filing_check(struct arena *a, const struct dictionary *d, day today,
                 struct filing *r)
{
    r->problems = 0;
    for (int i = 0; i < SHEET_COUNT; i++)
        TRY(check_sheet(a, d, today, (enum filing_sheet)i, r));
    for (int i = 0; i < SHEET_COUNT; i++)
        leave_out(r, (enum filing_sheet)i);
    return OK;
}

err filing_check_value(struct arena *a, const struct dictionary *d,
                       const struct dictionary_field *f, str value)
{
    struct checking c = { .a = a, .d = d, .f = f, .value = value };

    if (value.n == 0 || str_trim(value).n != value.n)
        return err_new(a, ERR_INVALID, "filing.trim");
    TRY(check_value(&c));
    return c.first == NULL ? OK : c.first->what;
}
