#include "domain/subsidies.h"

#include "base/arena.h"
#include "codec/json.h"

/* "广东省", "深圳市" or both, one after the other. */
static bool is_place_of(str place, const struct enterprise *e)
{
    if (e->province.n > 0 && str_begins(place, e->province)) {
        str rest = str_from(place, e->province.n);

        return rest.n == 0 || (e->city.n > 0 && str_eq(rest, e->city));
    }
    return e->city.n > 0 && str_eq(place, e->city);
}

static bool is_documented(const struct subsidy *x)
{
    return x->programme.n > 0 && x->amount > 0 && x->document.n > 0 &&
           x->link.n > 0 && x->until != DAY_NEVER;
}

bool subsidy_shows(const struct subsidy *x, const struct enterprise *e,
                   day today)
{
    return is_documented(x) && today <= x->until && is_place_of(x->place, e);
}

static struct json *subsidy_json(struct arena *a, const struct subsidy *x)
{
    struct json *j = json_new_object(a);
    char text[DAY_TEXT];
    str until;

    json_set(j, S("place"), json_new_str(a, x->place));
    json_set(j, S("programme"), json_new_str(a, x->programme));
    json_set(j, S("amount"), json_new_int(a, x->amount));
    json_set(j, S("document"), json_new_str(a, x->document));
    json_set(j, S("link"), json_new_str(a, x->link));
    json_set(j, S("until"),
             arena_str(a, day_text(x->until, text), &until)
                 ? json_new_str(a, until)
                 : NULL);
    return j;
}

err subsidies_json(struct arena *a, const struct facts *f, struct json **out)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);

    TRY_MEMORY(j);
    for (size_t i = 0; i < f->subsidy_count; i++) {
        if (subsidy_shows(&f->subsidies[i], f->enterprise, f->today))
            json_add(list, subsidy_json(a, &f->subsidies[i]));
    }
    json_set(j, S("entered_by"), json_new_str(a, f->body->name_zh));
    json_set(j, S("subsidies"), list);
    TRY_MEMORY(!j->broken);
    *out = j;
    return OK;
}
