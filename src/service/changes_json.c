#include "service/changes_json.h"

#include "base/arena.h"
#include "codec/json.h"

static struct json *day_or_null(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    if (d == DAY_NEVER)
        return json_new_null(a);
    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *text_or_null(struct arena *a, str s)
{
    return s.n == 0 ? json_new_null(a) : json_new_str(a, s);
}

static struct json *imported_json(struct arena *a,
                                  const struct register_change *c)
{
    struct json *j;

    if (c->act != REGISTER_IMPORTED)
        return json_new_null(a);
    j = json_new_object(a);
    json_set(j, S("count"), json_new_int(a, c->count));
    json_set(j, S("first"), json_new_int(a, c->first));
    json_set(j, S("last"), json_new_int(a, c->last));
    return j;
}

struct json *change_json(struct arena *a, const struct register_change *c)
{
    struct json *j = json_new_object(a);

    json_set(j, S("index"), json_new_int(a, c->index));
    json_set(j, S("at"), json_new_str(a, c->at));
    json_set(j, S("on"), day_or_null(a, c->on));
    json_set(j, S("act"), json_new_str(a, str_of(register_act_names[c->act])));
    json_set(j, S("number"), text_or_null(a, c->number));
    json_set(j, S("main"), text_or_null(a, c->main));
    json_set(j, S("holder"), text_or_null(a, c->holder));
    json_set(j, S("uscc"), text_or_null(a, c->uscc));
    json_set(j, S("suspended_until"), day_or_null(a, c->until));
    json_set(j, S("imported"), imported_json(a, c));
    return j;
}
