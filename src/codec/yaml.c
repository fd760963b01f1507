/*
 * yaml -- libyaml reads the events of one document, we build the tree; its
 * parser is freed at once, whatever happens. [Y1]-[Y3]
 */

#include "codec/yaml.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/utf8.h"

#include <yaml.h>

/* libyaml's allocations are its own; what it keeps ends with the reader. */
struct reader {
    struct arena *arena;
    str name;
    yaml_parser_t parser;
    bool parser_made;
    yaml_event_t event;
    bool event_made;
};

static void event_end(struct reader *r)
{
    if (r->event_made)
        yaml_event_delete(&r->event);
    r->event_made = false;
}

static void reader_end(struct reader *r)
{
    event_end(r);
    if (r->parser_made)
        yaml_parser_delete(&r->parser);
    r->parser_made = false;
}

static err bad_at(const struct reader *r, const char *message,
                  yaml_mark_t mark)
{
    return err_new(r->arena, ERR_INVALID, message, ARG_STR("name", r->name),
                   ARG_INT("line", mark.line + 1),
                   ARG_INT("column", mark.column + 1));
}

static err next_event(struct reader *r)
{
    event_end(r);
    if (yaml_parser_parse(&r->parser, &r->event)) {
        r->event_made = true;
        return OK;
    }
    if (r->parser.error == YAML_MEMORY_ERROR)
        return err_memory();

    str problem = str_of(r->parser.problem);
    bool reading = r->parser.error == YAML_READER_ERROR;
    yaml_mark_t mark =
        reading ? r->parser.mark : r->parser.problem_mark;
    return err_new(r->arena, ERR_INVALID, "yaml.syntax",
                   ARG_STR("name", r->name), ARG_INT("line", mark.line + 1),
                   ARG_INT("column", mark.column + 1),
                   ARG_STR("problem", problem));
}

static struct yaml *new_node(const struct reader *r, enum yaml_kind kind)
{
    struct yaml *y = arena_zero(r->arena, sizeof *y);

    if (y != NULL) {
        y->kind = kind;
        y->line = (int32_t)r->event.start_mark.line + 1;
        y->column = (int32_t)r->event.start_mark.column + 1;
    }
    return y;
}

static err read_node(struct reader *r, int depth, struct yaml **out);

static err read_scalar(struct reader *r, struct yaml **out)
{
    struct yaml *y = new_node(r, YAML_SCALAR);
    str text = { (const char *)r->event.data.scalar.value,
                 r->event.data.scalar.length };

    TRY_MEMORY(y);
    if (r->event.data.scalar.anchor != NULL || r->event.data.scalar.tag != NULL)
        return bad_at(r, "yaml.alias", r->event.start_mark);
    y->quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    TRY_MEMORY(arena_str(r->arena, text, &y->text));
    *out = y;
    return OK;
}

static void append(struct yaml *parent, struct yaml **last, struct yaml *child)
{
    if (*last == NULL)
        parent->first = child;
    else
        (*last)->next = child;
    *last = child;
    parent->count++;
}

static err read_sequence(struct reader *r, int depth, struct yaml **out)
{
    struct yaml *y = new_node(r, YAML_SEQUENCE);
    struct yaml *last = NULL;

    TRY_MEMORY(y);
    if (r->event.data.sequence_start.anchor != NULL ||
        r->event.data.sequence_start.tag != NULL)
        return bad_at(r, "yaml.alias", r->event.start_mark);
    for (;;) {
        struct yaml *child;

        TRY(next_event(r));
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        TRY(read_node(r, depth + 1, &child));
        append(y, &last, child);
    }
    *out = y;
    return OK;
}

/* The key of a member, which the current event begins. */
static err read_key(struct reader *r, const struct yaml *mapping,
                    struct yaml *key)
{
    if (r->event.type != YAML_SCALAR_EVENT ||
        r->event.data.scalar.anchor != NULL)
        return bad_at(r, "yaml.key", r->event.start_mark);

    struct yaml *scalar = NULL;
    TRY(read_scalar(r, &scalar));
    if (yaml_get(mapping, scalar->text) != NULL)
        return err_new(r->arena, ERR_INVALID, "yaml.duplicate",
                       ARG_STR("name", r->name), ARG_INT("line", scalar->line),
                       ARG_INT("column", scalar->column),
                       ARG_STR("key", scalar->text));
    *key = *scalar;
    return OK;
}

static err read_mapping(struct reader *r, int depth, struct yaml **out)
{
    struct yaml *y = new_node(r, YAML_MAPPING);
    struct yaml *last = NULL;

    TRY_MEMORY(y);
    if (r->event.data.mapping_start.anchor != NULL ||
        r->event.data.mapping_start.tag != NULL)
        return bad_at(r, "yaml.alias", r->event.start_mark);
    for (;;) {
        struct yaml key = { 0 };
        struct yaml *child;

        TRY(next_event(r));
        if (r->event.type == YAML_MAPPING_END_EVENT)
            break;
        TRY(read_key(r, y, &key));
        TRY(next_event(r));
        TRY(read_node(r, depth + 1, &child));
        child->key = key.text;
        child->key_line = key.line;
        child->key_column = key.column;
        append(y, &last, child);
    }
    *out = y;
    return OK;
}

static err read_node(struct reader *r, int depth, struct yaml **out)
{
    if (depth > YAML_DEPTH)
        return bad_at(r, "yaml.depth", r->event.start_mark);
    switch ((int)r->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r, out);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(r, depth, out);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(r, depth, out);
    default:
        return bad_at(r, "yaml.alias", r->event.start_mark);
    }
}

/* Stream start, one document, stream end. */
static err read_document(struct reader *r, struct yaml **out)
{
    struct yaml *root;

    TRY(next_event(r));
    TRY(next_event(r));
    if (r->event.type != YAML_DOCUMENT_START_EVENT)
        return bad_at(r, "yaml.empty", r->event.start_mark);
    TRY(next_event(r));
    TRY(read_node(r, 1, &root));
    TRY(next_event(r));
    TRY(next_event(r));
    if (r->event.type != YAML_STREAM_END_EVENT)
        return bad_at(r, "yaml.documents", r->event.start_mark);
    *out = root;
    return OK;
}

err yaml_parse(struct arena *a, str name, str text, struct yaml **out)
{
    scoped(reader_end) struct reader r = { .arena = a, .name = name };

    if (!utf8_check(text, NULL))
        return err_new(a, ERR_INVALID, "yaml.utf8", ARG_STR("name", name));
    r.parser_made = yaml_parser_initialize(&r.parser) != 0;
    TRY_MEMORY(r.parser_made);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)(text.n == 0 ? "" : text.p), text.n);
    return read_document(&r, out);
}

const struct yaml *yaml_get(const struct yaml *mapping, str key)
{
    if (mapping == NULL || mapping->kind != YAML_MAPPING)
        return NULL;
    for (const struct yaml *m = mapping->first; m != NULL; m = m->next) {
        if (str_eq(m->key, key))
            return m;
    }
    return NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits without a leading zero, from s.p[at] up to `end`. */
static bool whole_part(str s, size_t at, size_t end)
{
    if (at >= end || (s.p[at] == '0' && end - at > 1))
        return false;
    for (size_t i = at; i < end; i++) {
        if (!is_digit(s.p[i]))
            return false;
    }
    return true;
}

bool yaml_decimal(const struct yaml *y, int places, int64_t *out)
{
    if (y == NULL || y->kind != YAML_SCALAR || y->quoted)
        return false;

    str s = y->text;
    size_t at = str_begins(s, S("-"));
    size_t point = str_index(s, '.');
    size_t fraction = point < s.n ? s.n - point - 1 : 0;
    int64_t n = 0;

    if (!whole_part(s, at, point) || fraction > (size_t)places ||
        (point < s.n && fraction == 0))
        return false;
    for (size_t i = at; i < s.n + (size_t)places - fraction; i++) {
        int digit = i < s.n ? s.p[i] - '0' : 0;

        if (i == point && point < s.n)
            continue;
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, at > 0 ? -digit : digit, &n))
            return false;
    }
    *out = n;
    return true;
}

bool yaml_int(const struct yaml *y, int64_t *out)
{
    return yaml_decimal(y, 0, out);
}

bool yaml_bool(const struct yaml *y, bool *out)
{
    if (y == NULL || y->kind != YAML_SCALAR || y->quoted)
        return false;
    if (!str_eq(y->text, S("true")) && !str_eq(y->text, S("false")))
        return false;
    *out = str_eq(y->text, S("true"));
    return true;
}
