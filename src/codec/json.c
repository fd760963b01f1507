#include "codec/json.h"

#include "base/arena.h"

const struct json *json_get(const struct json *object, str key)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    for (const struct json *m = object->first; m != NULL; m = m->next) {
        /* Many keys are as long as this one; few begin like it. */
        if (m->key.n == key.n && (key.n == 0 || *m->key.p == *key.p) &&
            str_eq(m->key, key))
            return m;
    }
    return NULL;
}

str json_get_str(const struct json *object, str key)
{
    const struct json *m = json_get(object, key);

    return m != NULL && m->kind == JSON_STR ? m->text : S("");
}

static struct json *new_kind(struct arena *a, enum json_kind kind)
{
    struct json *j = arena_zero(a, sizeof *j);

    if (j != NULL)
        j->kind = kind;
    return j;
}

struct json *json_new_object(struct arena *a)
{
    return new_kind(a, JSON_OBJECT);
}

struct json *json_new_array(struct arena *a)
{
    return new_kind(a, JSON_ARRAY);
}

struct json *json_new_null(struct arena *a)
{
    return new_kind(a, JSON_NULL);
}

struct json *json_new_str(struct arena *a, str s)
{
    struct json *j = new_kind(a, JSON_STR);

    if (j != NULL)
        j->text = s;
    return j;
}

struct json *json_new_int(struct arena *a, int64_t n)
{
    struct json *j = new_kind(a, JSON_INT);

    if (j != NULL)
        j->number = n;
    return j;
}

struct json *json_new_bool(struct arena *a, bool b)
{
    struct json *j = new_kind(a, JSON_BOOL);

    if (j != NULL)
        j->boolean = b;
    return j;
}

struct json *json_add(struct json *array, struct json *child)
{
    if (array == NULL)
        return NULL;
    if (child == NULL || array->broken) {
        array->broken = true;
        return NULL;
    }
    array->broken = child->broken;
    array->source = (str){ NULL, 0 };
    child->next = NULL;
    if (array->last == NULL)
        array->first = child;
    else
        array->last->next = child;
    array->last = child;
    array->count++;
    return array->broken ? NULL : array;
}

struct json *json_set(struct json *object, str key, struct json *child)
{
    if (child != NULL)
        child->key = key;
    return json_add(object, child);
}

struct json *json_set_str(struct arena *a, struct json *object, const char *key,
                          str s)
{
    return json_set(object, str_of(key), json_new_str(a, s));
}

struct json *json_set_int(struct arena *a, struct json *object, const char *key,
                          int64_t n)
{
    return json_set(object, str_of(key), json_new_int(a, n));
}
