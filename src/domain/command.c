#include "domain/command.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/rights.h"
#include "domain/state.h"

size_t command_people(const struct command *c, str *out, size_t max)
{
    const struct command_needs *n = c->kind->needs;

    return n == NULL || n->people == NULL ? 0 : n->people(c->data, out, max);
}

unsigned command_facts(const struct command_kind *k)
{
    return k->needs == NULL ? 0 : k->needs->facts;
}

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

/* [C4] */
static err check_open(struct arena *a, const struct state *s,
                      const struct command_kind *k)
{
    if (s->opened != NULL || strcmp(k->name, "case.open") == 0)
        return OK;
    return err_new(a, ERR_REFUSED, "case.not_open");
}

/* The row of a command; a test holds the two tables together. [C3] */
static const struct right *right_of(const struct command_kind *k)
{
    const struct right *right = right_find(k->name);

    check(right != NULL);
    return right;
}

static err check_sound(struct arena *a, const struct state *s)
{
    const char *broken = state_invariant(s);

    if (broken == NULL)
        return OK;
    return err_new(a, ERR_CORRUPT, "case.invariant",
                   ARG_STR("invariant", str_of(broken)),
                   ARG_STR("case",
                           s->opened == NULL ? S("") : s->opened->number));
}

/* The state is sound. */
static err check_ready(struct arena *a, const struct state *s,
                       const struct command_kind *k)
{
    TRY(check_open(a, s, k));
    TRY(right_check_stage(a, right_of(k), s));
    return k->ready == NULL ? OK : k->ready(a, s);
}

err command_ready(struct arena *a, const struct state *s,
                  const struct command_kind *k)
{
    TRY(check_sound(a, s));
    return check_ready(a, s, k);
}

err decide(struct arena *a, const struct state *s, const struct command *c,
           const struct facts *f, struct event_list *out)
{
    struct event_list events = { 0 };

    TRY(check_sound(a, s));
    TRY(right_check(a, right_of(c->kind), s, f));
    TRY(check_ready(a, s, c->kind));
    TRY(c->kind->judge(a, s, c, f, &events));
    check(events.n > 0);
    *out = events;
    return OK;
}
