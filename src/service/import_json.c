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

static size_t place_of(str key)
{
    uint32_t h = 2166136261U; /* FNV-1a */

    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (uint8_t)key.p[i]) * 16777619U;
    return h % IMPORT_JSON_KEYS;
}

static struct import_meaning meaning_of(struct import_json *j, str key)
{
    struct import_json_key *k = &j->keys[place_of(key)];

    if (k->n > 0 && str_eq(key, (str){ k->name, k->n }))
        return k->meaning;

    struct import_meaning m = import_meaning_of(key);
    if (key.n > 0 && key.n <= sizeof k->name) {
        memcpy(k->name, key.p, key.n);
        k->n = key.n;
        k->meaning = m;
    }
    return m;
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

static err refuse_unclear(const struct reading *r,
                          const struct json *const *members,
                          const struct import_columns *c)
{
    static const char *const messages[] = {
        [IMPORT_TWICE] = "import.json_twice",
        [IMPORT_EITHER] = "import.json_either",
        [IMPORT_VAGUE] = "import.json_vague",
    };
    str second = utf8_first(members[c->second]->key, SHOWN);
    str columns;

    TRY(import_labels(r->scratch, c->columns, &columns));
    return keep_fault(
        r, err_new(r->kept, ERR_INVALID, messages[c->unclear],
                   ARG_STR("key", second), ARG_STR("second", second),
                   ARG_STR("first", utf8_first(members[c->first]->key, SHOWN)),
                   ARG_IDS("column", columns), ARG_IDS("columns", columns)));
}

/* Members that say nothing of a certificate are passed over. [IF2] */
static err take_members(struct reading *r, const struct json *const *members,
                        const struct import_meaning *m, size_t n)
{
    struct import_columns columns;

    import_columns_find(m, n, &columns);
    if (columns.unclear != IMPORT_CLEAR)
        return refuse_unclear(r, members, &columns);
    for (int c = 0; c < IMPORT_COLUMNS && !failed(r->out->why); c++) {
        if (columns.place[c] < n)
            TRY(take_value(r, members[columns.place[c]], &r->out->cells[c]));
    }
    return OK;
}

static err take_object(struct reading *r, const struct json *object)
{
    const struct json **members =
        arena_array(r->scratch, object->count, sizeof(struct json *));
    struct import_meaning *m =
        arena_array(r->scratch, object->count, sizeof *m);
    size_t n = 0;

    TRY_MEMORY(members);
    TRY_MEMORY(m);
    for (const struct json *x = object->first; x != NULL; x = x->next) {
        members[n] = x;
        m[n++] = meaning_of(r->json, x->key);
    }
    return take_members(r, members, m, n);
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
    struct reading r = { j, scratch, a, out };

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
