/*
 * record_words -- "name=value" words of a command line into JSON, and the
 * description of a record for help texts.
 */

#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "codec/record_parts.h"
#include "codec/utf8.h"

enum { SHOWN_CHARS = 60 }; /* of a word or name in a message */

/* A decimal whole number with an optional minus; false when it is none. */
static bool parse_int(str s, int64_t *out)
{
    bool minus = str_begins(s, S("-"));
    int64_t n = 0;

    if (s.n == (size_t)minus)
        return false;
    for (size_t i = minus; i < s.n; i++) {
        int digit = s.p[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, minus ? -digit : digit, &n))
            return false;
    }
    *out = n;
    return true;
}

static bool is_yes(str s)
{
    return str_eq(s, S("true")) || str_eq(s, S("yes"));
}

static bool is_no(str s)
{
    return str_eq(s, S("false")) || str_eq(s, S("no"));
}

static err twice(struct arena *a, str path)
{
    return err_new(a, ERR_INVALID, "record.twice",
                   ARG_STR("path", utf8_first(path, SHOWN_CHARS)));
}

/* The column that json_parse() complained about. */
static int64_t column_of(err e)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "column") == 0)
            return g->number;
    }
    return 1;
}

static err parse_json(struct arena *a, str path, str value, struct json **out)
{
    err e = json_parse(a, value, out);

    if (!failed(e) || e.info->code == ERR_MEMORY)
        return e;
    return err_new(a, ERR_INVALID, "record.json",
                   ARG_STR("path", utf8_first(path, SHOWN_CHARS)),
                   ARG_INT("column", column_of(e)));
}

/*
 * The word's value as the field's kind would have it in JSON.  What does not
 * fit becomes a text, which record_read() then refuses with the right words.
 */
static struct json *plain_value(struct arena *a, const struct field *f,
                                str value)
{
    int64_t n;

    if (f != NULL && f->kind == FIELD_INT && parse_int(value, &n))
        return json_new_int(a, n);
    if (f != NULL && f->kind == FIELD_BOOL && (is_yes(value) || is_no(value)))
        return json_new_bool(a, is_yes(value));
    return json_new_str(a, value);
}

static bool is_json(const struct field *f)
{
    return f != NULL && (f->kind == FIELD_LIST || f->kind == FIELD_STRS ||
                         f->kind == FIELD_RECORD);
}

/* One word, cut at its "=": `path` is all of the name, `name` what is left of
 * it inside `object`, which `r` describes. */
struct word {
    str path;
    str name;
    str value;
};

static struct json *member_of(struct json *object, str name)
{
    for (struct json *m = object->first; m != NULL; m = m->next) {
        if (str_eq(m->key, name))
            return m;
    }
    return NULL;
}

/* The object that holds the members of a nested record, made when it is not
 * there; what was given as JSON may not be one. */
static err inner_object(struct arena *a, struct json *object, str name,
                        const struct word *w, struct json **out)
{
    struct json *there = member_of(object, name);

    if (there != NULL && there->kind != JSON_OBJECT)
        return twice(a, w->path);
    if (there == NULL) {
        there = json_new_object(a);
        TRY_MEMORY(json_set(object, name, there));
    }
    *out = there;
    return OK;
}

static err add_word(struct arena *a, const struct record *r, struct word w,
                    struct json *object)
{
    size_t from = 0;
    size_t dot = str_index(w.name, '.');
    const struct field *f = record_find(r, str_first(w.name, dot), &from);
    struct json *member = NULL;

    if (f != NULL && dot < w.name.n && f->kind == FIELD_RECORD) {
        struct json *inner = NULL;

        TRY(inner_object(a, object, str_first(w.name, dot), &w, &inner));
        w.name = str_from(w.name, dot + 1);
        return add_word(a, f->record, w, inner);
    }
    if (dot < w.name.n)
        f = NULL; /* an unknown name, as record_read() will say */
    if (member_of(object, w.name) != NULL)
        return twice(a, w.path);
    if (is_json(f))
        TRY(parse_json(a, w.path, w.value, &member));
    else
        member = plain_value(a, f, w.value);
    TRY_MEMORY(json_set(object, w.name, member));
    return OK;
}

err record_words(struct arena *a, const struct record *r, const str *words,
                 size_t n, struct json **out)
{
    struct json *object = json_new_object(a);

    TRY_MEMORY(object);
    for (size_t i = 0; i < n; i++) {
        size_t equals = str_index(words[i], '=');
        struct word w = { .path = str_first(words[i], equals),
                          .name = str_first(words[i], equals),
                          .value = str_from(words[i], equals + 1) };

        if (equals == words[i].n || equals == 0)
            return err_new(a, ERR_INVALID, "record.word",
                           ARG_STR("word", utf8_first(words[i], SHOWN_CHARS)));
        TRY(add_word(a, r, w, object));
    }
    *out = object;
    return OK;
}

/* --- for help texts --------------------------------------------------- */

static void describe_kind(struct buf *b, const struct field *f)
{
    static const char *const names[] = {
        [FIELD_STR] = "text",           [FIELD_INT] = "number",
        [FIELD_BOOL] = "yes|no",        [FIELD_DAY] = "YYYY-MM-DD",
        [FIELD_SPAN] = "5wd|30d|3m",    [FIELD_ID] = "32 hex digits",
        [FIELD_HASH] = "64 hex digits", [FIELD_ENUM] = "",
        [FIELD_RECORD] = "{..}",        [FIELD_LIST] = "[{..}]",
        [FIELD_STRS] = "[\"..\"]",
    };

    buf_str(b, str_of(names[f->kind]));
    for (size_t i = 0; f->kind == FIELD_ENUM && f->names[i] != NULL; i++)
        buf_printf(b, "%s%s", i > 0 ? "|" : "", f->names[i]);
    if (f->kind == FIELD_INT || f->kind == FIELD_STR || f->kind == FIELD_LIST ||
        f->kind == FIELD_STRS)
        buf_printf(b, " (%lld..%lld)", (long long)f->min, (long long)f->max);
}

static void describe(struct buf *b, const struct record *r, int depth)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];

        for (int k = 0; k <= depth; k++)
            buf_str(b, S("  "));
        buf_str(b, str_of(f->name));
        buf_str(b, f->optional ? S("?  ") : S("  "));
        describe_kind(b, f);
        buf_char(b, '\n');
        if (f->record != NULL)
            describe(b, f->record, depth + 1);
    }
}

void record_describe(struct buf *b, const struct record *r)
{
    describe(b, r, 0);
}
