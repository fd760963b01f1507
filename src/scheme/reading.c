#include "scheme/reading.h"

#include "base/arena.h"
#include "base/buf.h"

void reading_problem(struct reading *r, const struct yaml *y, err what)
{
    struct problem *p = arena_zero(r->arena, sizeof *p);

    if (p == NULL || what.info->code == ERR_MEMORY) {
        r->fatal = err_memory();
        return;
    }
    *p = (struct problem){
        .file = r->file,
        .line = y == NULL ? 1 : y->line,
        .column = y == NULL ? 1 : y->column,
        .what = what,
    };
    if (r->last == NULL)
        r->first = p;
    else
        r->last->next = p;
    r->last = p;
    r->count++;
}

void *reading_array(struct reading *r, size_t n, size_t size)
{
    void *p = arena_array(r->arena, n, size);

    if (p == NULL)
        r->fatal = err_memory();
    return p;
}

/* --- unknown keys ----------------------------------------------------- */

enum { KEY_MAX = 24 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;

    return m < c ? m : c;
}

/* Levenshtein distance; texts longer than KEY_MAX are far from everything. */
static size_t distance(str a, str b)
{
    size_t row[KEY_MAX + 1];

    if (a.n > KEY_MAX || b.n > KEY_MAX)
        return KEY_MAX;
    for (size_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            size_t change = corner + (a.p[i - 1] != b.p[j - 1]);

            corner = row[j];
            row[j] = smallest(row[j] + 1, row[j - 1] + 1, change);
        }
    }
    return row[b.n];
}

static bool is_known(str key, const char *const *keys)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (str_eq(key, str_of(keys[i])))
            return true;
    }
    return false;
}

static str nearest(str key, const char *const *keys)
{
    size_t best = 0;

    for (size_t i = 1; keys[i] != NULL; i++) {
        if (distance(key, str_of(keys[i])) < distance(key, str_of(keys[best])))
            best = i;
    }
    return str_of(keys[best]);
}

bool reading_mapping(struct reading *r, const struct yaml *y,
                     const char *const *keys)
{
    if (y == NULL)
        return false;
    if (y->kind != YAML_MAPPING) {
        PROBLEM(r, y, "scheme.want_mapping", ARG_STR("key", y->key));
        return false;
    }
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        struct yaml at = { .line = m->key_line, .column = m->key_column };

        if (!is_known(m->key, keys))
            PROBLEM(r, &at, "scheme.unknown_key", ARG_STR("key", m->key),
                    ARG_STR("nearest", nearest(m->key, keys)));
    }
    return true;
}

/* --- values ----------------------------------------------------------- */

const struct yaml *reading_need(struct reading *r, const struct yaml *mapping,
                                const char *key)
{
    const struct yaml *y = yaml_get(mapping, str_of(key));

    if (y == NULL)
        PROBLEM(r, mapping, "scheme.missing", ARG_STR("key", str_of(key)));
    return y;
}

const struct yaml *reading_list(struct reading *r, const struct yaml *mapping,
                                const char *key, size_t least, size_t most)
{
    const struct yaml *y = least > 0 ? reading_need(r, mapping, key)
                                     : yaml_get(mapping, str_of(key));

    if (y == NULL)
        return NULL;
    if (y->kind != YAML_SEQUENCE) {
        PROBLEM(r, y, "scheme.want_list", ARG_STR("key", str_of(key)));
        return NULL;
    }
    if (y->count < least || y->count > most) {
        PROBLEM(r, y, "scheme.count", ARG_STR("key", str_of(key)),
                ARG_INT("count", y->count), ARG_INT("least", least),
                ARG_INT("most", most));
        return NULL;
    }
    return y;
}

static str text_of(struct reading *r, const struct yaml *y)
{
    if (y == NULL)
        return S("");
    if (y->kind == YAML_SCALAR && y->text.n > 0 && y->text.n <= 4000)
        return y->text;
    PROBLEM(r, y, "scheme.want_text", ARG_STR("key", y->key));
    return S("");
}

str reading_text(struct reading *r, const struct yaml *mapping, const char *key)
{
    return text_of(r, reading_need(r, mapping, key));
}

static bool id_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

str reading_id(struct reading *r, const struct yaml *mapping, const char *key)
{
    const struct yaml *y = reading_need(r, mapping, key);
    str s = text_of(r, y);

    for (size_t i = 0; i < s.n; i++) {
        if (!id_char(s.p[i]) || s.n > 40) {
            PROBLEM(r, y, "scheme.want_id", ARG_STR("given", s));
            return S("");
        }
    }
    return s;
}

struct label reading_label_of(struct reading *r, const struct yaml *y)
{
    static const char *const keys[] = { "zh", "en", NULL };

    if (!reading_mapping(r, y, keys))
        return (struct label){ S(""), S("") };
    return (struct label){ reading_text(r, y, "zh"), reading_text(r, y, "en") };
}

struct label reading_label(struct reading *r, const struct yaml *mapping,
                           const char *key)
{
    return reading_label_of(r, reading_need(r, mapping, key));
}

int64_t reading_decimal(struct reading *r, const struct yaml *mapping,
                        const char *key, int places, int64_t least,
                        int64_t most)
{
    const struct yaml *y = reading_need(r, mapping, key);
    int64_t n;

    if (y == NULL)
        return least;
    if (!yaml_decimal(y, places, &n)) {
        PROBLEM(r, y, "scheme.want_decimal", ARG_STR("key", str_of(key)),
                ARG_INT("places", places));
        return least;
    }
    if (n >= least && n <= most)
        return n;

    int64_t scale = 1;
    for (int i = 0; i < places; i++)
        scale *= 10;
    PROBLEM(r, y, "scheme.range", ARG_STR("key", str_of(key)),
            ARG_STR("given", y->text), ARG_INT("least", least / scale),
            ARG_INT("most", most / scale));
    return least;
}

int32_t reading_int(struct reading *r, const struct yaml *mapping,
                    const char *key, int32_t least, int32_t most)
{
    return (int32_t)reading_decimal(r, mapping, key, 0, least, most);
}

struct span reading_span_of(struct reading *r, const struct yaml *y)
{
    struct span s = { 0, SPAN_DAYS };

    if (y != NULL && (y->kind != YAML_SCALAR || !span_parse(y->text, &s)))
        PROBLEM(r, y, "scheme.want_span", ARG_STR("key", y->key),
                ARG_STR("given", y->text));
    return s;
}

struct span reading_span(struct reading *r, const struct yaml *mapping,
                         const char *key)
{
    return reading_span_of(r, reading_need(r, mapping, key));
}

bool reading_bool(struct reading *r, const struct yaml *mapping,
                  const char *key, bool absent)
{
    const struct yaml *y = yaml_get(mapping, str_of(key));
    bool b = absent;

    if (y != NULL && !yaml_bool(y, &b))
        PROBLEM(r, y, "scheme.want_bool", ARG_STR("key", str_of(key)));
    return b;
}

/* "points, clauses" */
static str list_names(struct arena *a, const char *const *names)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1000);
    for (size_t i = 0; names[i] != NULL; i++)
        buf_printf(&b, "%s%s", i > 0 ? ", " : "", names[i]);
    return failed(buf_done(&b, &out)) ? S("") : out;
}

int reading_choice_of(struct reading *r, const struct yaml *y,
                      const char *const *names)
{
    if (y == NULL)
        return 0;
    for (int i = 0; y->kind == YAML_SCALAR && names[i] != NULL; i++) {
        if (str_eq(y->text, str_of(names[i])))
            return i;
    }
    PROBLEM(r, y, "scheme.choice", ARG_STR("key", y->key),
            ARG_STR("given", y->text),
            ARG_STR("choices", list_names(r->arena, names)));
    return 0;
}

int reading_choice(struct reading *r, const struct yaml *mapping,
                   const char *key, const char *const *names)
{
    return reading_choice_of(r, reading_need(r, mapping, key), names);
}
