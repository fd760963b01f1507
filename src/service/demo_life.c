/*
 * demo_life -- what becomes of a certificate of the demonstration: the steps
 * that "lives" in demo.yaml lists, as the script would give them.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/demo_parts.h"

static struct json *json_of(struct arena *a, const struct yaml *y, day today);

/* { day: N } */
static struct json *day_of(struct arena *a, const struct yaml *y, day today)
{
    char text[DAY_TEXT];
    int64_t shift = 0;
    str copy;

    (void)yaml_int(y, &shift);
    if (!arena_str(a, day_text(today + (day)shift, text), &copy))
        return NULL;
    return json_new_str(a, copy);
}

static struct json *mapping_of(struct arena *a, const struct yaml *y, day today)
{
    struct json *made = json_new_object(a);
    const struct yaml *shifted = yaml_get(y, S("day"));

    if (shifted != NULL)
        return day_of(a, shifted, today);
    for (const struct yaml *m = y->first; m != NULL; m = m->next)
        json_set(made, m->key, json_of(a, m, today));
    return made;
}

static struct json *list_of(struct arena *a, const struct yaml *y, day today)
{
    struct json *made = json_new_array(a);

    for (const struct yaml *m = y->first; m != NULL; m = m->next)
        json_add(made, json_of(a, m, today));
    return made;
}

static struct json *scalar_of(struct arena *a, const struct yaml *y)
{
    int64_t n;
    bool yes;

    if (yaml_int(y, &n))
        return json_new_int(a, n);
    if (yaml_bool(y, &yes))
        return json_new_bool(a, yes);
    return json_new_str(a, y->text);
}

/* As deep as demo.yaml goes, which is ours. */
static struct json *json_of(struct arena *a, const struct yaml *y, day today)
{
    switch (y->kind) {
    case YAML_SCALAR: return scalar_of(a, y);
    case YAML_SEQUENCE: return list_of(a, y, today);
    case YAML_MAPPING: break;
    }
    return mapping_of(a, y, today);
}

const struct yaml *demo_life(const struct demo *d, const struct yaml *lives,
                             size_t turn)
{
    const struct yaml *y = lives == NULL ? NULL : lives->first;

    if (y == NULL)
        return NULL;
    for (turn %= lives->count; turn > 0; turn--)
        y = y->next;
    y = yaml_get(demo_part(d, "lives"), y->text);
    return y == NULL ? NULL : y->first;
}

err demo_life_step(struct arena *a, const struct yaml *y, day today,
                   struct step *out)
{
    const struct yaml *data = yaml_get(y, S("data"));
    int64_t days = 0;

    (void)yaml_int(yaml_get(y, S("days")), &days);
    *out = (struct step){
        .command = demo_text(y, "command"),
        .login = demo_text(y, "login"),
        .data = data == NULL ? json_new_object(a) : json_of(a, data, today),
        .days = (int32_t)days,
    };
    TRY_MEMORY(out->data);
    return OK;
}
