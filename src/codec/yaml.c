/*
 * yaml -- libyaml reads the events of one document, we build the tree.
 *
 * libyaml takes its memory from the C library; its parser and the event in
 * hand end with the reader, whatever happens.  [Y1] [Y2]
 */

#include "codec/yaml.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/utf8.h"

#include <yaml.h>

struct place {
    int32_t line; /* from 1 */
    int32_t column;
};

struct reader {
    struct arena *arena;
    str name;
    str text;
    yaml_parser_t parser;
    bool parser_made;
    yaml_event_t event; /* the newest */
    bool event_made;
    struct place at; /* where it begins */
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

/* --- places and refusals -------------------------------------------- */

static struct place place_of(yaml_mark_t mark)
{
    /* A text of YAML_SIZE bytes has no more lines or columns than that. */
    return (struct place){ (int32_t)mark.line + 1, (int32_t)mark.column + 1 };
}

/* The place of the byte at `offset`; what comes before it is UTF-8. */
static struct place place_at(str text, size_t offset)
{
    struct place p = { 1, 1 };
    uint32_t code;

    for (size_t at = 0; at < offset && utf8_next(text, &at, &code);) {
        p.column++;
        if (code == '\n')
            p = (struct place){ p.line + 1, 1 };
    }
    return p;
}

static err refuse(const struct reader *r, const char *message)
{
    return err_new(r->arena, ERR_INVALID, message, ARG_STR("name", r->name),
                   ARG_INT("line", r->at.line),
                   ARG_INT("column", r->at.column));
}

static err refuse_more(const struct reader *r, const char *message, int most)
{
    return err_new(r->arena, ERR_INVALID, message, ARG_STR("name", r->name),
                   ARG_INT("line", r->at.line), ARG_INT("column", r->at.column),
                   ARG_INT("most", most));
}

/* What libyaml complains of, and how our catalogues call it. */
/* clang-format off */
static const struct {
    const char *problem;
    const char *id;
} reasons[] = {
    { "found character that cannot start any token", "yaml.why_character" },
    { "mapping values are not allowed in this context", "yaml.why_colon" },
    { "could not find expected ':'", "yaml.why_no_colon" },
    { "block sequence entries are not allowed in this context", "yaml.why_dash" },
    { "did not find expected '-' indicator", "yaml.why_indent" },
    { "did not find expected key", "yaml.why_indent" },
    { "did not find expected ',' or ']'", "yaml.why_bracket" },
    { "did not find expected ',' or '}'", "yaml.why_bracket" },
    { "found unexpected end of stream", "yaml.why_quote" },
    { "found unknown escape character", "yaml.why_escape" },
    { "did not find expected hexdecimal number", "yaml.why_escape" },
    { "found invalid Unicode character escape code", "yaml.why_escape" },
    { "control characters are not allowed", "yaml.why_control" },
    { "found undefined tag handle", "yaml.why_tag" },
};
/* clang-format on */

static const char *reason_of(const char *problem)
{
    for (size_t i = 0; problem != NULL && i < COUNT(reasons); i++) {
        if (strcmp(reasons[i].problem, problem) == 0)
            return reasons[i].id;
    }
    return "yaml.why_other";
}

/* Does a tab stand there?  libyaml counts characters. */
static bool is_tab(str text, size_t index)
{
    uint32_t code = 0;

    for (size_t at = 0, i = 0; i <= index; i++) {
        if (!utf8_next(text, &at, &code))
            return false;
    }
    return code == '\t';
}

static err refuse_syntax(const struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *why = reason_of(p->problem);
    struct place at = place_of(p->problem_mark);

    if (p->error == YAML_READER_ERROR)
        at = place_at(r->text, p->problem_offset);
    else if (strcmp(why, "yaml.why_quote") == 0)
        at = place_of(p->context_mark); /* where it was opened */
    else if (is_tab(r->text, p->problem_mark.index))
        why = "yaml.why_tab";
    return err_new(r->arena, ERR_INVALID, "yaml.syntax",
                   ARG_STR("name", r->name), ARG_INT("line", at.line),
                   ARG_INT("column", at.column), ARG_IDS("why", str_of(why)));
}

/* --- nodes ---------------------------------------------------------- */

static err next_event(struct reader *r)
{
    event_end(r);
    r->event_made = yaml_parser_parse(&r->parser, &r->event) != 0;
    if (r->event_made) {
        r->at = place_of(r->event.start_mark);
        return OK;
    }
    return r->parser.error == YAML_MEMORY_ERROR ? err_memory()
                                                : refuse_syntax(r);
}

static struct yaml *new_node(const struct reader *r, enum yaml_kind kind)
{
    struct yaml *y = arena_zero(r->arena, sizeof *y);

    if (y != NULL)
        *y = (struct yaml){
            .kind = kind,
            .line = r->at.line,
            .column = r->at.column,
        };
    return y;
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

/* Newline and tab are text; the other control characters hide in it. */
static bool has_control(str s)
{
    uint32_t c;

    for (size_t at = 0; utf8_next(s, &at, &c);) {
        if ((c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0))
            return true;
    }
    return false;
}

static err read_scalar(struct reader *r, struct yaml **out)
{
    str text = { (const char *)r->event.data.scalar.value,
                 r->event.data.scalar.length };
    bool plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    struct yaml *y = new_node(r, YAML_SCALAR);

    TRY_MEMORY(y);
    if (r->event.data.scalar.anchor != NULL ||
        r->event.data.scalar.tag != NULL ||
        (plain && !r->event.data.scalar.plain_implicit))
        return refuse(r, "yaml.alias");
    if (has_control(text))
        return refuse(r, "yaml.control");
    y->quoted = !plain;
    TRY_MEMORY(arena_str(r->arena, text, &y->text));
    *out = y;
    return OK;
}

static err read_node(struct reader *r, int depth, struct yaml **out);

static err read_sequence(struct reader *r, int depth, struct yaml **out)
{
    struct yaml *y = new_node(r, YAML_SEQUENCE);
    struct yaml *last = NULL;

    TRY_MEMORY(y);
    if (r->event.data.sequence_start.anchor != NULL ||
        r->event.data.sequence_start.tag != NULL)
        return refuse(r, "yaml.alias");
    TRY(next_event(r));
    while (r->event.type != YAML_SEQUENCE_END_EVENT) {
        struct yaml *child = NULL;

        TRY(read_node(r, depth + 1, &child));
        append(y, &last, child);
        TRY(next_event(r));
    }
    *out = y;
    return OK;
}

/* The key that the newest event is. */
static err read_key(struct reader *r, const struct yaml *mapping,
                    struct yaml **out)
{
    if (r->event.type != YAML_SCALAR_EVENT || r->event.data.scalar.length == 0)
        return refuse(r, "yaml.key");
    if (mapping->count >= YAML_MEMBERS)
        return refuse_more(r, "yaml.members", YAML_MEMBERS);

    struct yaml *key = NULL;
    TRY(read_scalar(r, &key));
    const struct yaml *first = yaml_get(mapping, key->text);
    if (first != NULL)
        return err_new(r->arena, ERR_INVALID, "yaml.duplicate",
                       ARG_STR("name", r->name), ARG_INT("line", key->line),
                       ARG_INT("column", key->column),
                       ARG_STR("key", key->text),
                       ARG_INT("first", first->key_line));
    *out = key;
    return OK;
}

static err read_mapping(struct reader *r, int depth, struct yaml **out)
{
    struct yaml *y = new_node(r, YAML_MAPPING);
    struct yaml *last = NULL;

    TRY_MEMORY(y);
    if (r->event.data.mapping_start.anchor != NULL ||
        r->event.data.mapping_start.tag != NULL)
        return refuse(r, "yaml.alias");
    TRY(next_event(r));
    while (r->event.type != YAML_MAPPING_END_EVENT) {
        struct yaml *key = NULL;
        struct yaml *child = NULL;

        TRY(read_key(r, y, &key));
        TRY(next_event(r));
        TRY(read_node(r, depth + 1, &child));
        check(key != NULL && child != NULL); /* analysers lose sight here */
        child->key = key->text;
        child->key_line = key->line;
        child->key_column = key->column;
        append(y, &last, child);
        TRY(next_event(r));
    }
    *out = y;
    return OK;
}

static err read_node(struct reader *r, int depth, struct yaml **out)
{
    if (depth > YAML_DEPTH)
        return refuse_more(r, "yaml.depth", YAML_DEPTH);
    if (r->event.type == YAML_SCALAR_EVENT)
        return read_scalar(r, out);
    if (r->event.type == YAML_SEQUENCE_START_EVENT)
        return read_sequence(r, depth, out);
    if (r->event.type == YAML_MAPPING_START_EVENT)
        return read_mapping(r, depth, out);
    return refuse(r, "yaml.alias"); /* the only event left */
}

/* --- the document --------------------------------------------------- */

/* Stream start, one document, stream end. */
static err read_document(struct reader *r, struct yaml **out)
{
    struct yaml *root = NULL;

    TRY(next_event(r)); /* the stream starts */
    TRY(next_event(r));
    if (r->event.type != YAML_DOCUMENT_START_EVENT)
        return refuse(r, "yaml.empty");
    TRY(next_event(r));
    TRY(read_node(r, 1, &root));
    TRY(next_event(r)); /* the document ends */
    TRY(next_event(r));
    if (r->event.type != YAML_STREAM_END_EVENT)
        return refuse(r, "yaml.documents");
    *out = root;
    return OK;
}

/* How many bytes of `s` are UTF-8. */
static size_t sound_bytes(str s)
{
    size_t at = 0;
    uint32_t code;

    while (utf8_next(s, &at, &code))
        ;
    return at;
}

err yaml_parse(struct arena *a, str name, str text, struct yaml **out)
{
    scoped(reader_end) struct reader r = { .arena = a,
                                           .name = name,
                                           .text = text };
    size_t sound = sound_bytes(text);

    if (text.n > YAML_SIZE)
        return err_new(a, ERR_LIMIT, "yaml.size", ARG_STR("name", name),
                       ARG_INT("most", YAML_SIZE));
    if (sound < text.n) {
        r.at = place_at(text, sound);
        return refuse(&r, "yaml.utf8");
    }
    r.parser_made = yaml_parser_initialize(&r.parser) != 0;
    TRY_MEMORY(r.parser_made);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)(text.n == 0 ? "" : text.p), text.n);
    return read_document(&r, out);
}
