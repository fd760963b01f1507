#include "service/import_json.h"

#include "base/buf.h"
#include "codec/json.h"
#include "codec/utf8.h"

enum { NUMBER_TEXT = 24, SHOWN = 60 };

/* A line on its way. */
struct reading {
    struct import_json *json;
    struct arena *scratch;
    struct arena *kept; /* for what is wrong with it */
    struct import_line *out;
    unsigned seen; /* a bit a column */
};

static err keep_fault(const struct reading *r, err why)
{
    r->out->why = why;
    return err_is(why, ERR_MEMORY) ? why : OK;
}

static err refuse(const struct reading *r, const char *message, str key)
{
    return keep_fault(r, err_new(r->kept, ERR_INVALID, message,
                                 ARG_STR("key", utf8_first(key, SHOWN))));
}

/* The column of member `i`. */
static enum import_column column_of(struct import_json *j, size_t i, str key)
{
    struct import_json_key *k = &j->keys[i % IMPORT_JSON_KEYS];

    if (k->n > 0 && str_eq(key, (str){ k->name, k->n }))
        return k->column;

    enum import_column c = import_column_of(key);
    if (key.n > 0 && key.n <= sizeof k->name) {
        memcpy(k->name, key.p, key.n);
        k->n = key.n;
        k->column = c;
    }
    return c;
}

/* A text as it stands, a whole number in its digits, nothing for null. */
static err take_value(const struct reading *r, const struct json *m, str *out)
{
    struct buf b;

    switch (m->kind) {
    case JSON_NULL: return OK;
    case JSON_STR: *out = m->text; return OK;
    case JSON_INT:
        buf_init(&b, r->scratch, NUMBER_TEXT);
        buf_int(&b, m->number);
        return buf_done(&b, out);
    case JSON_BOOL:
    case JSON_REAL:
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    }
    return refuse(r, "import.json_value", m->key);
}

static err take_member(struct reading *r, const struct json *m, size_t i)
{
    enum import_column c = column_of(r->json, i, m->key);

    if (c == IMPORT_COLUMNS) /* [IF2] */
        return OK;
    if ((r->seen & 1U << c) != 0)
        return refuse(r, "import.json_twice", m->key);
    r->seen |= 1U << c;
    return take_value(r, m, &r->out->cells[c]);
}

static err take_object(struct reading *r, const struct json *object)
{
    const struct json *m = object->first;

    for (size_t i = 0; m != NULL && !failed(r->out->why); m = m->next)
        TRY(take_member(r, m, i++));
    return OK;
}

static err read_line(struct reading *r, str text)
{
    struct json *parsed;
    err e = json_parse(r->scratch, text, &parsed);

    if (failed(e))
        return err_is(e, ERR_MEMORY) ? e : keep_fault(r, err_keep(r->kept, e));
    if (parsed->kind != JSON_OBJECT)
        return refuse(r, "import.json_object", S(""));
    return take_object(r, parsed);
}

err import_json_next(struct import_json *j, struct arena *scratch,
                     struct arena *a, struct import_line *out, bool *found)
{
    struct reading r = { j, scratch, a, out, 0 };

    *found = false;
    while (j->rest.n > 0) {
        str text = str_trim(str_cut(&j->rest, '\n'));

        out->line = j->line++;
        if (text.n == 0)
            continue;
        *found = true;
        return read_line(&r, text);
    }
    return OK;
}
