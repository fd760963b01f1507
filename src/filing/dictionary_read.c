/*
 * dictionary_read -- reporting/dictionary.yaml, part by part.
 *
 *   format: 1
 *   edition: TEXT
 *   head: {form, begin, affirm, deny, cancelled, between_values,
 *          between_parts: TEXT, lines: [7 x TEXT]}
 *   tables: [{id: ID, label: LABEL, values: [VALUE ..]} ..]
 *   particulars: [FIELD ..]      without a title
 *   sheets: [{id: plan | certificate | result, name, block: TEXT,
 *             fields: [FIELD ..]} ..]
 *
 *   VALUE: {code: TEXT, zh, en: TEXT, assumed?: BOOL}
 *   FIELD: {code: ID, title?: TEXT, label: LABEL, kind: KIND,
 *           length?: 1..4000, digits?: [WHOLE, PLACES],
 *           need?: always, when?: [{CODE: [VALUE ..] ..} ..],
 *           otherwise?: empty, table?: ID, many?: BOOL, form?: FORM,
 *           not_after?: [CODE | TODAY ..], of?: SUBJECT, by?: ID,
 *           personal?, checked?, public?, assumed?: BOOL}
 *
 * A text has a length, a number its digits; `when` and `not_after` name columns
 * of the same sheet, and both of a `not_after` are dates.
 */

#include "base/arena.h"
#include "base/size.h"
#include "filing/dictionary.h"
#include "scheme/reading.h"

enum {
    TABLES_MAX = 100,
    VALUES_MAX = 500,
    FIELDS_MAX = 200,
    CASES_MAX = 10,
    LENGTH_MAX = 4000, /* a cell of a workbook holds 32767 */
    DIGITS_MAX = 15,   /* what a spreadsheet keeps of a number */
};

static const char *const kind_names[] = {
    "text", "date", "hour", "second", "number", NULL,
};

static const char *const form_names[] = {
    "free",    "plain",         "digits3", "digits4",  "digits6",
    "hour",    "organisation",  "phone",   "identity", "plan_number",
    "project", "service_field", "team",    "experts",  NULL,
};

static const char *const need_names[] = { "always", NULL };
static const char *const otherwise_names[] = { "empty", NULL };
static const char *const sheet_names[] = {
    "plan",
    "certificate",
    "result",
    NULL,
};

struct loading {
    struct reading *r;
    struct dictionary *d;
    struct dictionary_field *fields; /* those being read */
};

/* --- tables of codes -------------------------------------------------- */

static struct dictionary_value read_value(struct reading *r,
                                          const struct yaml *y)
{
    static const char *const keys[] = { "code", "zh", "en", "assumed", NULL };
    struct dictionary_value v = { 0 };

    if (!reading_mapping(r, y, keys))
        return v;
    v.code = reading_text(r, y, "code");
    v.label.zh = reading_text(r, y, "zh");
    v.label.en = reading_text(r, y, "en");
    v.assumed = reading_bool(r, y, "assumed", false);
    return v;
}

static void read_values(struct reading *r, const struct yaml *y,
                        struct dictionary_table *out)
{
    const struct yaml *list = reading_list(r, y, "values", 1, VALUES_MAX);
    size_t n = list == NULL ? 0 : list->count;
    struct dictionary_value *values = reading_array(r, n, sizeof *values);

    if (values == NULL)
        return;
    out->values = values;
    for (size_t i = 0; i < n; i++) {
        const struct yaml *one = reading_nth(list, i);

        values[i] = read_value(r, one);
        if (dictionary_value(out, values[i].code) != NULL)
            PROBLEM(r, one, "filing.twice", ARG_STR("code", values[i].code));
        out->n++;
    }
}

static int32_t find_table(const struct dictionary *d, str name)
{
    for (size_t i = 0; i < d->table_count; i++) {
        if (str_eq(d->tables[i].id, name))
            return (int32_t)i;
    }
    return -1;
}

static void read_tables(struct loading *l, const struct yaml *root)
{
    static const char *const keys[] = { "id", "label", "values", NULL };
    struct reading *r = l->r;
    const struct yaml *list = reading_list(r, root, "tables", 1, TABLES_MAX);
    size_t n = list == NULL ? 0 : list->count;
    struct dictionary_table *tables = reading_array(r, n, sizeof *tables);

    if (tables == NULL)
        return;
    l->d->tables = tables;
    for (size_t i = 0; i < n; i++) {
        const struct yaml *y = reading_nth(list, i);
        struct dictionary_table *t = &tables[i];

        if (reading_mapping(r, y, keys)) {
            t->id = reading_id(r, y, "id");
            t->label = reading_label(r, y, "label");
            read_values(r, y, t);
        }
        if (find_table(l->d, t->id) >= 0)
            PROBLEM(r, y, "filing.twice", ARG_STR("code", t->id));
        l->d->table_count++;
    }
}

/* --- a column --------------------------------------------------------- */

static void read_digits(struct reading *r, const struct yaml *y,
                        struct dictionary_field *f)
{
    const struct yaml *list = reading_list(r, y, "digits", 2, 2);
    int64_t whole = 0;
    int64_t places = 0;

    if (list == NULL)
        return;
    if (!yaml_int(reading_nth(list, 0), &whole) ||
        !yaml_int(reading_nth(list, 1), &places) || whole < 1 || places < 0 ||
        whole + places > DIGITS_MAX)
        PROBLEM(r, list, "filing.digits", ARG_INT("most", DIGITS_MAX));
    f->whole = (int32_t)whole;
    f->places = (int32_t)places;
}

static void read_size(struct reading *r, const struct yaml *y,
                      struct dictionary_field *f)
{
    if (f->kind == CELL_TEXT)
        f->length = reading_int(r, y, "length", 1, LENGTH_MAX);
    if (f->kind == CELL_NUMBER)
        read_digits(r, y, f);
}

/* A choice that may be left out: `absent` then. */
static int choice_or(struct reading *r, const struct yaml *y, const char *key,
                     const char *const *names, int absent)
{
    if (yaml_get(y, str_of(key)) == NULL)
        return absent;
    return reading_choice(r, y, key, names);
}

static void read_need(struct reading *r, const struct yaml *y,
                      struct dictionary_field *f)
{
    bool always = choice_or(r, y, "need", need_names, -1) >= 0;
    const struct yaml *when = yaml_get(y, S("when"));

    if (always && when != NULL)
        PROBLEM(r, when, "filing.need");
    f->need = NEED_NEVER;
    if (always)
        f->need = NEED_ALWAYS;
    else if (when != NULL)
        f->need = NEED_WHEN;
    f->otherwise_empty = choice_or(r, y, "otherwise", otherwise_names, -1) >= 0;
}

static void read_table(struct loading *l, const struct yaml *y,
                       struct dictionary_field *f)
{
    str name;

    f->table = -1;
    if (yaml_get(y, S("table")) == NULL)
        return;
    name = reading_id(l->r, y, "table");
    f->table = find_table(l->d, name);
    if (f->table < 0)
        PROBLEM(l->r, yaml_get(y, S("table")), "filing.unknown_table",
                ARG_STR("table", name));
}

static void read_flags(struct reading *r, const struct yaml *y,
                       struct dictionary_field *f)
{
    f->many = reading_bool(r, y, "many", false);
    f->personal = reading_bool(r, y, "personal", false);
    f->checked = reading_bool(r, y, "checked", false);
    f->public = reading_bool(r, y, "public", false);
    f->assumed = reading_bool(r, y, "assumed", false);
}

/* What one column says of itself; what it says of others is read when all of
 * the sheet are known. */
static void read_field(struct loading *l, const struct yaml *y, bool column,
                       struct dictionary_field *f)
{
    static const char *const keys[] = {
        "code",     "title",   "label",     "kind",      "length",
        "digits",   "need",    "when",      "otherwise", "table",
        "many",     "form",    "not_after", "of",        "by",
        "personal", "checked", "public",    "assumed",   NULL,
    };
    struct reading *r = l->r;
    int kind;
    int form;
    int of;

    f->table = -1;
    f->of = OF_NOBODY;
    if (!reading_mapping(r, y, keys))
        return;
    f->code = reading_id(r, y, "code");
    if (column)
        f->title = reading_text(r, y, "title");
    f->label = reading_label(r, y, "label");
    kind = reading_choice(r, y, "kind", kind_names);
    form = choice_or(r, y, "form", form_names, FORM_FREE);
    of = choice_or(r, y, "of", filing_subject_names, OF_NOBODY);
    f->kind = kind < 0 ? CELL_DATE : (enum cell_kind)kind; /* no size */
    f->form = form < 0 ? FORM_FREE : (enum cell_form)form;
    f->of = of < 0 ? OF_NOBODY : (enum filing_subject)of;
    if (yaml_get(y, S("by")) != NULL)
        f->by = reading_id(r, y, "by");
    read_size(r, y, f);
    read_need(r, y, f);
    read_table(l, y, f);
    read_flags(r, y, f);
}

/* The fields under `key`, each once [RD5]. */
static const struct yaml *read_fields(struct loading *l,
                                      const struct yaml *parent,
                                      const char *key, bool columns,
                                      struct dictionary_sheet *out)
{
    struct reading *r = l->r;
    const struct yaml *list = reading_list(r, parent, key, 1, FIELDS_MAX);
    size_t n = list == NULL ? 0 : list->count;
    struct dictionary_field *fields = reading_array(r, n, sizeof *fields);

    l->fields = fields;
    out->fields = fields;
    for (size_t i = 0; i < n && fields != NULL; i++) {
        const struct yaml *y = reading_nth(list, i);

        read_field(l, y, columns, &fields[i]);
        if (fields[i].code.n > 0 && dictionary_column(out, fields[i].code) >= 0)
            PROBLEM(r, y, "filing.twice", ARG_STR("code", fields[i].code));
        out->n++;
    }
    return list;
}

/* --- what columns say of each other ------------------------------------ */

static int32_t need_column(struct reading *r, const struct dictionary_sheet *s,
                           const struct yaml *y, str code)
{
    int32_t i = dictionary_column(s, code);

    if (i < 0)
        PROBLEM(r, y, "filing.unknown_field", ARG_STR("code", code));
    return i;
}

static void read_strs(struct reading *r, const struct yaml *list,
                      struct dictionary_test *out)
{
    str *values = reading_array(r, list->count, sizeof *values);

    if (list->kind != YAML_SEQUENCE || list->count == 0) {
        PROBLEM(r, list, "filing.test");
        return;
    }
    for (size_t i = 0; i < list->count && values != NULL; i++)
        values[out->n++] = reading_text_of(r, reading_nth(list, i));
    out->values = values;
}

static void read_case(struct reading *r, const struct dictionary_sheet *s,
                      const struct yaml *y, struct dictionary_case *out)
{
    struct dictionary_test *tests = reading_array(r, y->count, sizeof *tests);

    if (y->kind != YAML_MAPPING || y->count == 0) {
        PROBLEM(r, y, "filing.test");
        return;
    }
    for (const struct yaml *m = y->first; m != NULL && tests != NULL;
         m = m->next) {
        struct dictionary_test *t = &tests[out->n++];

        t->field = need_column(r, s, m, m->key);
        read_strs(r, m, t);
    }
    out->tests = tests;
}

static void read_cases(struct reading *r, const struct dictionary_sheet *s,
                       const struct yaml *y, struct dictionary_field *f)
{
    const struct yaml *list = reading_list(r, y, "when", 0, CASES_MAX);
    size_t n = list == NULL ? 0 : list->count;
    struct dictionary_case *cases = reading_array(r, n, sizeof *cases);

    for (size_t i = 0; i < n && cases != NULL; i++)
        read_case(r, s, reading_nth(list, i), &cases[f->case_count++]);
    f->cases = cases;
}

static bool is_date(enum cell_kind kind)
{
    return kind == CELL_DATE || kind == CELL_HOUR || kind == CELL_SECOND;
}

static int32_t read_later(struct reading *r, const struct dictionary_sheet *s,
                          const struct dictionary_field *f,
                          const struct yaml *y)
{
    str code = reading_text_of(r, y);
    int32_t later = FIELD_TODAY;

    if (!str_eq(code, S("TODAY")))
        later = need_column(r, s, y, code);
    if (!is_date(f->kind) || (later >= 0 && !is_date(s->fields[later].kind)))
        PROBLEM(r, y, "filing.date_order", ARG_STR("code", code));
    return later;
}

static void read_order(struct reading *r, const struct dictionary_sheet *s,
                       const struct yaml *y, struct dictionary_field *f)
{
    const struct yaml *list = reading_list(r, y, "not_after", 0, CASES_MAX);
    size_t n = list == NULL ? 0 : list->count;
    int32_t *later = reading_array(r, n, sizeof *later);

    for (size_t i = 0; i < n && later != NULL; i++)
        later[f->not_after_count++] = read_later(r, s, f, reading_nth(list, i));
    f->not_after = later;
}

/* --- sheets ----------------------------------------------------------- */

static void read_sheet(struct loading *l, const struct yaml *y,
                       struct dictionary_sheet *s)
{
    static const char *const keys[] = { "id", "name", "block", "fields", NULL };
    struct reading *r = l->r;
    const struct yaml *list;

    if (!reading_mapping(r, y, keys))
        return;
    s->name = reading_text(r, y, "name");
    s->block = reading_text(r, y, "block");
    list = read_fields(l, y, "fields", true, s);
    for (size_t i = 0; i < s->n; i++) {
        const struct yaml *one = reading_nth(list, i);

        if (one->kind != YAML_MAPPING)
            continue;
        read_cases(r, s, one, &l->fields[i]);
        read_order(r, s, one, &l->fields[i]);
    }
}

/* [RD4] */
static void read_sheets(struct loading *l, const struct yaml *root)
{
    struct reading *r = l->r;
    const struct yaml *list =
        reading_list(r, root, "sheets", SHEET_COUNT, SHEET_COUNT);

    for (int i = 0; list != NULL && i < SHEET_COUNT; i++) {
        const struct yaml *y = reading_nth(list, (size_t)i);

        if (reading_choice(r, y, "id", sheet_names) != i)
            PROBLEM(r, y, "filing.sheets");
        read_sheet(l, y, &l->d->sheets[i]);
    }
}

static void read_head(struct loading *l, const struct yaml *root)
{
    static const char *const keys[] = {
        "form",      "lines",          "begin",         "affirm", "deny",
        "cancelled", "between_values", "between_parts", NULL
    };
    struct reading *r = l->r;
    const struct yaml *y = reading_need(r, root, "head");
    const struct yaml *lines;

    if (!reading_mapping(r, y, keys))
        return;
    l->d->form = reading_text(r, y, "form");
    l->d->begin = reading_text(r, y, "begin");
    l->d->affirm = reading_text(r, y, "affirm");
    l->d->deny = reading_text(r, y, "deny");
    l->d->cancelled = reading_text(r, y, "cancelled");
    l->d->between_values = reading_text(r, y, "between_values");
    l->d->between_parts = reading_text(r, y, "between_parts");
    lines = reading_list(r, y, "lines", HEAD_LINES, HEAD_LINES);
    for (size_t i = 0; lines != NULL && i < HEAD_LINES; i++)
        l->d->lines[i] = reading_text_of(r, reading_nth(lines, i));
}

static void read_all(struct loading *l, const struct yaml *root)
{
    static const char *const keys[] = { "format", "edition", "head",
                                        "tables", "sheets",  "particulars",
                                        NULL };
    struct dictionary_sheet particulars = { 0 };

    if (!reading_mapping(l->r, root, keys))
        return;
    (void)reading_int(l->r, root, "format", 1, 1);
    l->d->edition = reading_text(l->r, root, "edition");
    read_head(l, root);
    read_tables(l, root);
    (void)read_fields(l, root, "particulars", false, &particulars);
    l->d->particulars = particulars.fields;
    l->d->particular_count = particulars.n;
    read_sheets(l, root);
}

err dictionary_read(struct arena *a, str name, str text,
                    const struct dictionary **out, struct problem **problems)
{
    struct reading r = { .arena = a, .file = name };
    struct loading l = { .r = &r, .d = arena_zero(a, sizeof *l.d) };
    const struct yaml *root;

    TRY_MEMORY(l.d);
    root = reading_parse(&r, text);
    if (root != NULL)
        read_all(&l, root);
    TRY(reading_end(&r, problems));
    *out = l.d;
    return OK;
}
