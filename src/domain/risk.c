#include "domain/risk.h"

#include "base/size.h"
#include "domain/stages.h"

enum { SIZE_MOST = 4 << 20, SCREENS_MOST = 1000 };

/* clang-format off */
static const struct field risk_note_fields[] = {
    F_STR(struct risk_note, title, 1, 200),
    F_HASH(struct risk_note, blob),
    F_INT(struct risk_note, size, 1, SIZE_MOST),
    F_HASH(struct risk_note, records),
    F_INT(struct risk_note, raised, 0, SCREENS_MOST),
};
const struct record risk_note_record =
    RECORD(risk_note, risk_note_fields);
/* clang-format on */

static err judge_note(struct arena *a, const struct state *,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    return event_emit(a, out, "risk.noted", f, c->data);
}

/* [RN2] [RN3] */
static void apply_note(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "risk.note", &risk_note_record, NULL, judge_note, NULL },
};

static const struct event_kind events[] = {
    { "risk.noted", 1, STREAM_CASE, &risk_note_record, apply_note },
};
/* clang-format on */

const struct stage_tables risk_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
