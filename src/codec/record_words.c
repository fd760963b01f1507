/*
 * record_words -- "name=value" words of a command line into JSON, and the
 * description of a record for help texts.
 */

#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"

static const struct field *find_field(const struct record *r, str name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (str_eq(str_of(r->fields[i].name), name))
            return &r->fields[i];
    }
    return NULL;
}

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

/*
 * The word's value as the field's kind would have it in JSON.  What does not
 * fit becomes a text, which record_read() then refuses with the right words.
 */
static err word_value(struct arena *a, const struct field *f, str value,
                      struct json **out)
{
    int64_t n;

    if (f->kind == FIELD_INT && parse_int(value, &n))
        *out = json_new_int(a, n);
    else if (f->kind == FIELD_BOOL && (is_yes(value) || is_no(value)))
        *out = json_new_bool(a, is_yes(value));
    else if (f->kind == FIELD_LIST || f->kind == FIELD_STRS ||
             f->kind == FIELD_RECORD)
        return json_parse(a, value, out);
    else
        *out = json_new_str(a, value);
    TRY_MEMORY(*out);
    return OK;
}

/* The member of `object` for a nested record, made when it is not there. */
static struct json *inner_object(struct arena *a, struct json *object, str name)
{
    for (struct json *m = object->first; m != NULL; m = m->next) {
        if (str_eq(m->key, name) && m->kind == JSON_OBJECT)
            return m;
    }

    struct json *made = json_new_object(a);
    json_set(object, name, made);
    return made;
}

static err add_word(struct arena *a, const struct record *r, str name,
                    str value, struct json *object)
{
    size_t dot = str_index(name, '.');
    str first = str_first(name, dot);
    const struct field *f = find_field(r, first);
    struct json *member;

    if (f != NULL && dot < name.n && f->kind == FIELD_RECORD) {
        struct json *inner = inner_object(a, object, first);

        TRY_MEMORY(inner);
        return add_word(a, f->record, str_from(name, dot + 1), value, inner);
    }
    if (json_get(object, name) != NULL)
        return err_new(a, ERR_INVALID, "record.twice", ARG_STR("path", name));
    if (f == NULL || dot < name.n) {
        TRY_MEMORY(json_set(object, name, json_new_str(a, value)));
        return OK; /* an unknown name: record_read() says so */
    }
    TRY(word_value(a, f, value, &member));
    TRY_MEMORY(json_set(object, name, member));
    return OK;
}

err record_words(struct arena *a, const struct record *r, const str *words,
                 size_t n, struct json **out)
{
    struct json *object = json_new_object(a);

    TRY_MEMORY(object);
    for (size_t i = 0; i < n; i++) {
        size_t equals = str_index(words[i], '=');

        if (equals == words[i].n || equals == 0)
            return err_new(a, ERR_INVALID, "record.word",
                           ARG_STR("word", words[i]));
        TRY(add_word(a, r, str_first(words[i], equals),
                     str_from(words[i], equals + 1), object));
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
