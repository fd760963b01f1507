/*
 * json_parse -- jansson reads, we keep: its tree is copied into our arena and
 * freed at once, whatever happens.
 */

#include "codec/json.h"

#include "base/arena.h"

/* jansson has some of our names for its own kinds of value. */
#define JSON_NULL   JANSSON_NULL
#define JSON_REAL   JANSSON_REAL
#define JSON_ARRAY  JANSSON_ARRAY
#define JSON_OBJECT JANSSON_OBJECT
#include <jansson.h>
#undef JSON_NULL
#undef JSON_REAL
#undef JSON_ARRAY
#undef JSON_OBJECT

static void free_tree(json_t **t)
{
    json_decref(*t);
}

static err syntax_err(struct arena *a, const json_error_t *e)
{
    const char *id = "json.syntax";

    switch (json_error_code(e)) {
    case json_error_out_of_memory: return err_memory();
    case json_error_premature_end_of_input: id = "json.end"; break;
    case json_error_end_of_input_expected: id = "json.after"; break;
    case json_error_invalid_utf8: id = "json.utf8"; break;
    case json_error_duplicate_key: id = "json.duplicate"; break;
    case json_error_numeric_overflow: id = "json.number"; break;
    case json_error_null_character:
    case json_error_null_byte_in_key: id = "json.nul"; break;
    case json_error_stack_overflow: id = "json.depth"; break;
    case json_error_unknown:
    case json_error_cannot_open_file:
    case json_error_invalid_argument:
    case json_error_invalid_syntax:
    case json_error_invalid_format:
    case json_error_wrong_type:
    case json_error_null_value:
    case json_error_item_not_found:
    case json_error_index_out_of_range: break;
    }
    return err_new(a, ERR_INVALID, id, ARG_INT("line", e->line),
                   ARG_INT("column", e->column));
}

static err copy(struct arena *a, const json_t *from, int depth,
                struct json **out);

static err copy_text(struct arena *a, const char *p, size_t n, struct json *to)
{
    TRY_MEMORY(arena_str(a, (str){ p, n }, &to->text));
    return OK;
}

static err copy_array(struct arena *a, const json_t *from, int depth,
                      struct json *to)
{
    for (size_t i = 0; i < json_array_size(from); i++) {
        struct json *child;

        TRY(copy(a, json_array_get(from, i), depth + 1, &child));
        json_add(to, child);
    }
    return OK;
}

static err copy_object(struct arena *a, json_t *from, int depth,
                       struct json *to)
{
    for (void *it = json_object_iter(from); it != NULL;
         it = json_object_iter_next(from, it)) {
        struct json *child;
        str key;

        TRY(copy(a, json_object_iter_value(it), depth + 1, &child));
        TRY_MEMORY(arena_str(a, str_of(json_object_iter_key(it)), &key));
        json_set(to, key, child);
    }
    return OK;
}

static err copy_value(struct arena *a, const json_t *from, int depth,
                      struct json *to)
{
    switch ((int)json_typeof(from)) {
    case JANSSON_OBJECT:
        to->kind = JSON_OBJECT;
        return copy_object(a, (json_t *)(uintptr_t)from, depth, to);
    case JANSSON_ARRAY:
        to->kind = JSON_ARRAY;
        return copy_array(a, from, depth, to);
    case JSON_STRING:
        to->kind = JSON_STR;
        return copy_text(a, json_string_value(from), json_string_length(from),
                         to);
    case JSON_INTEGER:
        to->kind = JSON_INT;
        to->number = json_integer_value(from);
        return OK;
    case JANSSON_REAL:
        to->kind = JSON_REAL;
        to->real = json_real_value(from);
        return OK;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_BOOL;
        to->boolean = json_is_true(from);
        return OK;
    default: to->kind = JSON_NULL; return OK;
    }
}

static err copy(struct arena *a, const json_t *from, int depth,
                struct json **out)
{
    struct json *to = arena_zero(a, sizeof *to);

    if (depth > JSON_DEPTH)
        return err_new(a, ERR_INVALID, "json.depth", ARG_INT("line", 0),
                       ARG_INT("column", 0));
    TRY_MEMORY(to);
    TRY(copy_value(a, from, depth, to));
    *out = to;
    return OK;
}

err json_parse(struct arena *a, str text, struct json **out)
{
    json_error_t e;
    scoped(free_tree) json_t *tree =
        json_loadb(text.n == 0 ? "" : text.p, text.n,
                   JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);

    if (tree == NULL)
        return syntax_err(a, &e);
    return copy(a, tree, 1, out);
}
