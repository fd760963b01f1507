/*
 * record_copy -- structs into memory of their own, by their tables.
 */

#include "codec/record.h"

#include "base/arena.h"

static bool copy_record(struct arena *a, const struct record *r, void *at);

static bool copy_text(struct arena *a, str *text)
{
    if (text->n > 0)
        return arena_str(a, *text, text);
    *text = S("");
    return true;
}

/* The elements as they are; what they point to is still somebody else's. */
static bool copy_elements(struct arena *a, struct list *l, size_t size)
{
    void *p = arena_array(a, l->n, size);

    if (p == NULL)
        return false;
    if (l->n > 0)
        memcpy(p, l->p, l->n * size);
    l->p = p;
    return true;
}

static bool copy_list(struct arena *a, const struct record *r, struct list *l)
{
    if (!copy_elements(a, l, r->size))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        if (!copy_record(a, r, (char *)l->p + i * r->size))
            return false;
    }
    return true;
}

static bool copy_strs(struct arena *a, struct list *l)
{
    if (!copy_elements(a, l, sizeof(str)))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        if (!copy_text(a, (str *)l->p + i))
            return false;
    }
    return true;
}

static bool copy_field(struct arena *a, const struct field *f, void *at)
{
    switch (f->kind) {
    case FIELD_STR: return copy_text(a, at);
    case FIELD_RECORD: return copy_record(a, f->record, at);
    case FIELD_LIST: return copy_list(a, f->record, at);
    case FIELD_STRS: return copy_strs(a, at);
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_SPAN:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_ENUM: break;
    }
    return true;
}

/* `at` holds the same as what it was copied from, pointers too. */
static bool copy_record(struct arena *a, const struct record *r, void *at)
{
    for (size_t i = 0; i < r->n; i++) {
        if (!copy_field(a, &r->fields[i], (char *)at + r->fields[i].at))
            return false;
    }
    return true;
}

err record_copy(struct arena *a, const struct record *r, const void *from,
                void **out)
{
    void *copy = arena_zero(a, r->size);

    TRY_MEMORY(copy);
    memcpy(copy, from, r->size);
    TRY_MEMORY(copy_record(a, r, copy));
    *out = copy;
    return OK;
}
