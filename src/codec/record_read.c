/*
 * record_read -- JSON into structs, by their tables. [R1] [R3]
 */

#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "codec/json.h"
#include "codec/record_path.h"
#include "codec/utf8.h"

enum { FIELDS_MAX = 64 }; /* of one record: bits of the set of those seen */

struct reader {
    struct arena *arena;
    const struct record_path *path;
};

static err read_record(struct arena *a, const struct record *r,
                       const struct json *j, const struct record_path *path,
                       void *out);

static err bad_kind(const struct reader *r, const char *want)
{
    return err_new(r->arena, ERR_INVALID, "record.kind",
                   ARG_STR("path", record_path_text(r->arena, r->path)),
                   ARG_IDS("want", str_of(want)));
}

static err bad_range(const struct reader *r, const char *message,
                     const struct field *f)
{
    return err_new(r->arena, ERR_INVALID, message,
                   ARG_STR("path", record_path_text(r->arena, r->path)),
                   ARG_INT("min", f->min), ARG_INT("max", f->max));
}

static bool is_forbidden_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/* Well-formed, without control characters; *count gets the characters. */
static err check_text(const struct reader *r, str s, size_t *count)
{
    size_t n = 0;
    uint32_t c;

    for (size_t at = 0; at < s.n; n++) {
        if (!utf8_next(s, &at, &c))
            return bad_kind(r, "record.want.utf8");
        if (is_forbidden_control(c))
            return err_new(r->arena, ERR_INVALID, "record.control",
                           ARG_STR("path",
                                   record_path_text(r->arena, r->path)));
    }
    *count = n;
    return OK;
}

static err read_str(const struct reader *r, const struct field *f,
                    const struct json *j, void *at)
{
    size_t n = 0;

    if (j->kind != JSON_STR)
        return bad_kind(r, "record.want.text");
    TRY(check_text(r, j->text, &n));
    if ((int64_t)n < f->min || (int64_t)n > f->max)
        return bad_range(r, "record.length", f);
    *(str *)at = j->text;
    return OK;
}

static err read_int(const struct reader *r, const struct field *f,
                    const struct json *j, void *at)
{
    if (j->kind != JSON_INT)
        return bad_kind(r, "record.want.number");
    if (j->number < f->min || j->number > f->max)
        return bad_range(r, "record.range", f);
    *(int64_t *)at = j->number;
    return OK;
}

static err read_bool(const struct reader *r, const struct field *,
                     const struct json *j, void *at)
{
    if (j->kind != JSON_BOOL)
        return bad_kind(r, "record.want.bool");
    *(bool *)at = j->boolean;
    return OK;
}

static err read_day(const struct reader *r, const struct field *,
                    const struct json *j, void *at)
{
    if (j->kind != JSON_STR || !day_parse(j->text, at))
        return bad_kind(r, "record.want.day");
    return OK;
}

static err read_span(const struct reader *r, const struct field *,
                     const struct json *j, void *at)
{
    if (j->kind != JSON_STR || !span_parse(j->text, at))
        return bad_kind(r, "record.want.span");
    return OK;
}

static err read_id(const struct reader *r, const struct field *,
                   const struct json *j, void *at)
{
    if (j->kind != JSON_STR || !id_parse(j->text, at))
        return bad_kind(r, "record.want.id");
    return OK;
}

static err read_hash(const struct reader *r, const struct field *,
                     const struct json *j, void *at)
{
    struct hash *h = at;

    if (j->kind != JSON_STR || !hex_parse(j->text, h->b, sizeof h->b))
        return bad_kind(r, "record.want.hash");
    return OK;
}

/* "met, not_met, na" for a message. */
static str list_names(struct arena *a, const char *const *names)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1000);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (i > 0)
            buf_str(&b, S(", "));
        buf_str(&b, str_of(names[i]));
    }
    return failed(buf_done(&b, &out)) ? S("") : out;
}

static err read_enum(const struct reader *r, const struct field *f,
                     const struct json *j, void *at)
{
    if (j->kind != JSON_STR)
        return bad_kind(r, "record.want.text");
    for (int i = 0; f->names[i] != NULL; i++) {
        if (str_eq(j->text, str_of(f->names[i]))) {
            *(int *)at = i;
            return OK;
        }
    }
    return err_new(r->arena, ERR_INVALID, "record.choice",
                   ARG_STR("path", record_path_text(r->arena, r->path)),
                   ARG_STR("choices", list_names(r->arena, f->names)));
}

static err read_inner(const struct reader *r, const struct field *f,
                      const struct json *j, void *at)
{
    return read_record(r->arena, f->record, j, r->path, at);
}

/* A list's array of `size`-byte elements, its length checked. */
static err new_list(const struct reader *r, const struct field *f,
                    const struct json *j, size_t size, struct list *out)
{
    if (j->kind != JSON_ARRAY)
        return bad_kind(r, "record.want.list");
    if ((int64_t)j->count < f->min || (int64_t)j->count > f->max)
        return bad_range(r, "record.count", f);
    *out = (struct list){ arena_array(r->arena, j->count, size), j->count };
    TRY_MEMORY(out->p);
    return OK;
}

static err read_list(const struct reader *r, const struct field *f,
                     const struct json *j, void *at)
{
    struct list made;
    size_t i = 0;

    TRY(new_list(r, f, j, f->record->size, &made));
    for (const struct json *m = j->first; m != NULL; m = m->next, i++) {
        struct record_path here = { r->path, NULL, i };

        TRY(read_record(r->arena, f->record, m, &here,
                        (char *)made.p + i * f->record->size));
    }
    *(struct list *)at = made;
    return OK;
}

static err read_strs(const struct reader *r, const struct field *f,
                     const struct json *j, void *at)
{
    static const struct field one = { .min = 1, .max = 500 };
    struct list made;
    size_t i = 0;

    TRY(new_list(r, f, j, sizeof(str), &made));
    for (const struct json *m = j->first; m != NULL; m = m->next, i++) {
        struct record_path here = { r->path, NULL, i };
        struct reader inner = { r->arena, &here };

        TRY(read_str(&inner, &one, m, (str *)made.p + i));
    }
    *(struct list *)at = made;
    return OK;
}

typedef err read_kind(const struct reader *r, const struct field *f,
                      const struct json *j, void *at);

static read_kind *const readers[] = {
    [FIELD_STR] = read_str,      [FIELD_INT] = read_int,
    [FIELD_BOOL] = read_bool,    [FIELD_DAY] = read_day,
    [FIELD_SPAN] = read_span,    [FIELD_ID] = read_id,
    [FIELD_HASH] = read_hash,    [FIELD_ENUM] = read_enum,
    [FIELD_RECORD] = read_inner, [FIELD_LIST] = read_list,
    [FIELD_STRS] = read_strs,
};

/*
 * Canonical texts and our tables are not in the same order, but neighbours
 * often are: the search begins after the field found last.
 */
static const struct field *find_field(const struct record *r, str name,
                                      size_t *from)
{
    for (size_t k = 0; k < r->n; k++) {
        size_t i = (*from + k) % r->n;

        if (str_eq(str_of(r->fields[i].name), name)) {
            *from = i + 1;
            return &r->fields[i];
        }
    }
    return NULL;
}

static err read_member(struct arena *a, const struct field *f,
                       const struct json *m, const struct record_path *path,
                       void *out)
{
    struct record_path here = { path, f->name, 0 };
    struct reader reader = { a, &here };

    return readers[f->kind](&reader, f, m, (char *)out + f->at);
}

/* [R3] What an absent member leaves behind. */
static err set_absent(struct arena *a, const struct field *f,
                      const struct record_path *path, void *out)
{
    struct record_path here = { path, f->name, 0 };

    if (!f->optional)
        return err_new(a, ERR_INVALID, "record.missing",
                       ARG_STR("path", record_path_text(a, &here)));
    if (f->kind == FIELD_DAY)
        *(day *)(void *)((char *)out + f->at) = DAY_NEVER;
    return OK;
}

static err unknown_member(struct arena *a, const struct json *m,
                          const struct record *r,
                          const struct record_path *path)
{
    const char *names[FIELDS_MAX + 1] = { NULL };
    struct record_path here = { path, "", 0 };
    str key;

    for (size_t i = 0; i < r->n; i++)
        names[i] = r->fields[i].name;
    TRY_MEMORY(arena_str(a, m->key, &key));
    here.name = key.p;
    return err_new(a, ERR_INVALID, "record.unknown",
                   ARG_STR("path", record_path_text(a, &here)),
                   ARG_STR("known", list_names(a, names)));
}

static err read_record(struct arena *a, const struct record *r,
                       const struct json *j, const struct record_path *path,
                       void *out)
{
    struct reader reader = { a, path };
    uint64_t seen = 0;
    size_t from = 0;

    check(r->n <= FIELDS_MAX);
    if (j->kind != JSON_OBJECT)
        return bad_kind(&reader, "record.want.object");
    for (const struct json *m = j->first; m != NULL; m = m->next) {
        const struct field *f = find_field(r, m->key, &from);

        if (f == NULL)
            return unknown_member(a, m, r, path);
        TRY(read_member(a, f, m, path, out));
        seen |= UINT64_C(1) << (f - r->fields);
    }
    for (size_t i = 0; i < r->n; i++) {
        if ((seen & UINT64_C(1) << i) == 0)
            TRY(set_absent(a, &r->fields[i], path, out));
    }
    return OK;
}

err record_read(struct arena *a, const struct record *r, const struct json *j,
                void *out)
{
    return read_record(a, r, j, NULL, out);
}
