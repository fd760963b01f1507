/*
 * record_read -- JSON into structs, by their tables. [R1] [R3]
 */

#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/json.h"
#include "codec/record_parts.h"
#include "codec/utf8.h"

#include <inttypes.h>
#include <stdio.h>

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
    str path;

    TRY(record_path_text(r->arena, r->path, &path));
    return err_new(r->arena, ERR_INVALID, "record.kind", ARG_STR("path", path),
                   ARG_IDS("want", str_of(want)));
}

static err bad_range(const struct reader *r, const char *message,
                     const struct field *f)
{
    str path;

    TRY(record_path_text(r->arena, r->path, &path));
    return err_new(r->arena, ERR_INVALID, message, ARG_STR("path", path),
                   ARG_INT("min", f->min), ARG_INT("max", f->max));
}

static err bad_control(const struct reader *r, uint32_t c)
{
    char code[16];
    str path;

    (void)snprintf(code, sizeof code, "U+%04" PRIX32, c);
    TRY(record_path_text(r->arena, r->path, &path));
    return err_new(r->arena, ERR_INVALID, "record.control",
                   ARG_STR("path", path), ARG_STR("code", str_of(code)));
}

/* [R4] */
static bool is_forbidden(uint32_t c)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } ranges[] = {
        { 0x00, 0x08 },     { 0x0b, 0x1f },     { 0x7f, 0x9f },
        { 0x2028, 0x202e }, { 0x2066, 0x2069 }, { 0xfeff, 0xfeff },
    };

    for (size_t i = 0; i < COUNT(ranges); i++) {
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    }
    return false;
}

/* Well-formed and fit to be shown; *count gets the characters. */
static err check_text(const struct reader *r, str s, size_t *count)
{
    size_t n = 0;
    uint32_t c;

    for (size_t at = 0; at < s.n; n++) {
        if (s.p[at] >= 0x20 && s.p[at] < 0x7f) { /* most characters */
            at++;
            continue;
        }
        if (!utf8_next(s, &at, &c))
            return bad_kind(r, "record.want.utf8");
        if (is_forbidden(c))
            return bad_control(r, c);
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

/* "met, not_met, na" for a message.  Any table of names fits. */
static err list_names(struct arena *a, const char *const *names, str *out)
{
    struct buf b;

    buf_init(&b, a, 1 << 16);
    for (size_t i = 0; names[i] != NULL; i++) {
        if (i > 0)
            buf_str(&b, S(", "));
        buf_str(&b, str_of(names[i]));
    }
    return buf_done(&b, out);
}

static err bad_choice(const struct reader *r, const struct field *f)
{
    str path;
    str choices;

    TRY(record_path_text(r->arena, r->path, &path));
    TRY(list_names(r->arena, f->names, &choices));
    return err_new(r->arena, ERR_INVALID, "record.choice",
                   ARG_STR("path", path), ARG_STR("choices", choices));
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
    return bad_choice(r, f);
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
    struct list made = { 0 };
    const struct json *m = j->first;

    TRY(new_list(r, f, j, f->record->size, &made));
    for (size_t i = 0; i < made.n; i++, m = m->next) {
        struct record_path here = { r->path, S(""), i };

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
    struct list made = { 0 };
    const struct json *m = j->first;

    TRY(new_list(r, f, j, sizeof(str), &made));
    for (size_t i = 0; i < made.n; i++, m = m->next) {
        struct record_path here = { r->path, S(""), i };
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

static err read_member(struct arena *a, const struct field *f,
                       const struct json *m, const struct record_path *path,
                       void *out)
{
    struct record_path here = { path, str_of(f->name), 0 };
    struct reader reader = { a, &here };

    return readers[f->kind](&reader, f, m, (char *)out + f->at);
}

/* [R3] A record that is absent leaves what its absent members would. */
static void set_absent(const struct field *f, void *out)
{
    char *at = (char *)out + f->at;

    if (f->kind == FIELD_DAY)
        *(day *)(void *)at = DAY_NEVER;
    if (f->kind != FIELD_RECORD)
        return;
    for (size_t i = 0; i < f->record->n; i++)
        set_absent(&f->record->fields[i], at);
}

static err missing_member(struct arena *a, const struct field *f,
                          const struct record_path *path)
{
    struct record_path here = { path, str_of(f->name), 0 };
    str text;

    TRY(record_path_text(a, &here, &text));
    return err_new(a, ERR_INVALID, "record.missing", ARG_STR("path", text));
}

static err unknown_member(struct arena *a, const struct json *m,
                          const struct record *r,
                          const struct record_path *path)
{
    const char *names[FIELDS_MAX + 1] = { NULL };
    struct record_path here = { path, m->key.n > 0 ? m->key : S("\"\""), 0 };
    str text;
    str known;

    for (size_t i = 0; i < r->n; i++)
        names[i] = r->fields[i].name;
    TRY(record_path_text(a, &here, &text));
    TRY(list_names(a, names, &known));
    return err_new(a, ERR_INVALID, "record.unknown", ARG_STR("path", text),
                   ARG_STR("known", known));
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
        const struct field *f = record_find(r, m->key, &from);

        if (f == NULL)
            return unknown_member(a, m, r, path);
        TRY(read_member(a, f, m, path, out));
        seen |= UINT64_C(1) << (f - r->fields);
    }
    for (size_t i = 0; i < r->n; i++) {
        if ((seen & UINT64_C(1) << i) != 0)
            continue;
        if (!r->fields[i].optional)
            return missing_member(a, &r->fields[i], path);
        set_absent(&r->fields[i], out);
    }
    return OK;
}

err record_read(struct arena *a, const struct record *r, const struct json *j,
                void *out)
{
    return read_record(a, r, j, NULL, out);
}
