/*
 * decision_view -- what a case shows of its decision to those who may read it.
 */

#include "base/arena.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/stages.h"
#include "domain/view_parts.h"

/* The newest decision, and whether it is signed; null: none. */
struct json *decision_json(struct arena *a, const struct state *s,
                           enum reader reader)
{
    bool is_signed = !id_is_zero(s->signed_by);
    struct json *j;

    if (s->decision == NULL || (!is_signed && reader == READER_ENTERPRISE))
        return json_new_null(a);
    j = data_json(a, &decision_record, s->decision);
    json_set(j, S("signed"), json_new_bool(a, is_signed));
    return j;
}

static struct json *seat_json(struct arena *a, const struct state *s, size_t i,
                              enum reader reader)
{
    bool theirs = reader == READER_ENTERPRISE;
    const struct vote *vote = theirs ? NULL : s->panel.votes[i];
    const struct advice *advice = theirs ? NULL : s->panel.advice[i];
    const struct seat *seats = s->panel.named->seats.p;
    struct json *j = json_new_object(a);

    json_set(j, S("person"), id_json(a, seats[i].person));
    json_set(j, S("chair"), json_new_bool(a, seats[i].chair));
    json_set(j, S("expert"), json_new_bool(a, seats[i].expert));
    json_set(j, S("vote"), data_json(a, &vote_record, vote));
    json_set(j, S("advice"), data_json(a, &advice_record, advice));
    return j;
}

/* Who decides this round together, and what each voted; null: one reviewer. */
struct json *panel_json(struct arena *a, const struct state *s,
                        enum reader reader)
{
    struct json *list;

    if (s->panel.named == NULL)
        return json_new_null(a);
    list = json_new_array(a);
    for (size_t i = 0; i < s->panel.named->seats.n; i++)
        json_add(list, seat_json(a, s, i, reader));
    return list;
}

/* What the panel votes on beside the level; null: nothing was proposed. */
struct json *motion_json(struct arena *a, const struct state *s,
                         enum reader reader)
{
    return data_json(a, &motion_record,
                     reader == READER_ENTERPRISE ? NULL : s->panel.motion);
}

/* Each condition of a signed decision, and how it stands. [17065 7.6] */
struct json *conditions_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];
        struct json *j = data_json(a, &condition_record, x->set);

        json_set(j, S("until"), day_json(a, x->until));
        json_set(j, S("standing"),
                 json_new_str(a, str_of(condition_names[x->standing])));
        json_set(j, S("answer"),
                 data_json(a, &condition_answer_record, x->answer));
        json_set(j, S("verdict"),
                 data_json(a, &condition_verdict_record, x->verdict));
        json_set(j, S("extension"),
                 data_json(a, &condition_extension_record, x->extension));
        json_add(list, j);
    }
    return list;
}
