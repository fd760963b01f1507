/* The sub-certificates of a case, as JSON. */

#include "codec/json.h"
#include "domain/stages.h"
#include "domain/view_parts.h"

struct json *subs_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->sub_count; i++) {
        struct json *j = data_json(a, &sub_record, s->subs[i].sub);

        json_set(j, S("ended"), day_json(a, s->subs[i].ended));
        json_add(list, j);
    }
    return list;
}
