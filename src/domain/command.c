#include "domain/command.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/rights.h"

err command_read(struct arena *a, str name, const struct json *data,
                 struct command *out)
{
    const struct command_kind *kind = command_kind_find(name);

    if (kind == NULL)
        return err_new(a, ERR_NOT_FOUND, "command.unknown",
                       ARG_STR("name", name));

    void *into = arena_zero(a, kind->record->size);
    TRY_MEMORY(into);
    TRY(record_read(a, kind->record, data, into));
    *out = (struct command){ kind, into };
    return OK;
}

err decide(struct arena *a, const struct state *s, const struct command *c,
           const struct facts *f, struct event_list *out)
{
    const struct right *right = right_find(c->kind->name);
    struct event_list events = { 0 };

    check(right != NULL); /* [C3] a test holds the two tables together */
    TRY(right_check(a, right, s, f));
    TRY(c->kind->judge(a, s, c, f, &events));
    check(events.n > 0);
    *out = events;
    return OK;
}
