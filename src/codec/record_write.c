/*
 * record_write -- structs into JSON, by their tables. [R2] [R3]
 */

#include "codec/record.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"

static struct json *write_record(struct arena *a, const struct record *r,
                                 const void *from);

static struct json *text_of(struct arena *a, str s)
{
    str copy;

    return arena_str(a, s, &copy) ? json_new_str(a, copy) : NULL;
}

static struct json *write_day(struct arena *a, const struct field *,
                              const void *at)
{
    char text[DAY_TEXT];

    return text_of(a, day_text(*(const day *)at, text));
}

static struct json *write_span(struct arena *a, const struct field *,
                               const void *at)
{
    char text[SPAN_TEXT];

    return text_of(a, span_text(*(const struct span *)at, text));
}

static struct json *write_id(struct arena *a, const struct field *,
                             const void *at)
{
    char text[ID_TEXT];

    return text_of(a, id_text(*(const id *)at, text));
}

static struct json *write_hash(struct arena *a, const struct field *,
                               const void *at)
{
    const struct hash *h = at;
    struct buf b;
    str text;

    buf_init(&b, a, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

static struct json *write_str(struct arena *a, const struct field *,
                              const void *at)
{
    return json_new_str(a, *(const str *)at);
}

static struct json *write_int(struct arena *a, const struct field *,
                              const void *at)
{
    return json_new_int(a, *(const int64_t *)at);
}

static struct json *write_bool(struct arena *a, const struct field *,
                               const void *at)
{
    return json_new_bool(a, *(const bool *)at);
}

/* An empty text, which no reader takes, for a number that has no name. */
static struct json *write_enum(struct arena *a, const struct field *f,
                               const void *at)
{
    int wanted = *(const int *)at;
    int i = 0;

    while (i != wanted && f->names[i] != NULL)
        i++;
    return json_new_str(a, str_of(f->names[i]));
}

static struct json *write_inner(struct arena *a, const struct field *f,
                                const void *at)
{
    return write_record(a, f->record, at);
}

static struct json *write_list(struct arena *a, const struct field *f,
                               const void *at)
{
    const struct list *list = at;
    struct json *array = json_new_array(a);

    for (size_t i = 0; i < list->n; i++)
        json_add(array,
                 write_record(a, f->record,
                              (const char *)list->p + i * f->record->size));
    return array;
}

static struct json *write_strs(struct arena *a, const struct field *,
                               const void *at)
{
    const struct list *list = at;
    const str *strs = list->p;
    struct json *array = json_new_array(a);

    for (size_t i = 0; i < list->n; i++)
        json_add(array, json_new_str(a, strs[i]));
    return array;
}

typedef struct json *write_kind(struct arena *a, const struct field *f,
                                const void *at);

static write_kind *const writers[] = {
    [FIELD_STR] = write_str,      [FIELD_INT] = write_int,
    [FIELD_BOOL] = write_bool,    [FIELD_DAY] = write_day,
    [FIELD_SPAN] = write_span,    [FIELD_ID] = write_id,
    [FIELD_HASH] = write_hash,    [FIELD_ENUM] = write_enum,
    [FIELD_RECORD] = write_inner, [FIELD_LIST] = write_list,
    [FIELD_STRS] = write_strs,
};

static bool is_absent(const struct field *f, const void *at);

static bool all_absent(const struct record *r, const void *from)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];

        if (!is_absent(f, (const char *)from + f->at))
            return false;
    }
    return true;
}

static bool span_is_zero(const struct span *s)
{
    return s->n == 0 && s->unit == 0;
}

/* [R3] Is it what reading leaves when the member is absent? */
static bool is_absent(const struct field *f, const void *at)
{
    switch (f->kind) {
    case FIELD_STR: return ((const str *)at)->n == 0;
    case FIELD_INT: return *(const int64_t *)at == 0;
    case FIELD_BOOL: return !*(const bool *)at;
    case FIELD_DAY: return *(const day *)at == DAY_NEVER;
    case FIELD_SPAN: return span_is_zero(at);
    case FIELD_ID: return id_is_zero(*(const id *)at);
    case FIELD_HASH: return hash_is_zero(at);
    case FIELD_ENUM: return *(const int *)at == 0;
    case FIELD_RECORD: return all_absent(f->record, at);
    case FIELD_LIST:
    case FIELD_STRS: return ((const struct list *)at)->n == 0;
    }
    return false;
}

static struct json *write_record(struct arena *a, const struct record *r,
                                 const void *from)
{
    struct json *object = json_new_object(a);

    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        const void *at = (const char *)from + f->at;

        if (!f->optional || !is_absent(f, at))
            json_set(object, str_of(f->name), writers[f->kind](a, f, at));
    }
    return object;
}

err record_write(struct arena *a, const struct record *r, const void *from,
                 struct json **out)
{
    struct json *made = write_record(a, r, from);
    void *again = arena_zero(a, r->size);

    TRY_MEMORY(made != NULL && !made->broken && again != NULL);
    TRY(record_read(a, r, made, again)); /* [R2] */
    *out = made;
    return OK;
}
