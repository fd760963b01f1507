#include "service/messages_read.h"

#include "domain/events.h"
#include "domain/message.h"
#include "domain/rights.h"
#include "store/messages.h"

#include <string.h>

static int side_of(const struct session *who, const struct case_file *file)
{
    return id_eq(who->actor.enterprise, file->enterprise.id)
               ? MESSAGE_OF_ENTERPRISE
               : MESSAGE_OF_BODY;
}

static int64_t count_after(const struct case_file *file, int own, int64_t seen)
{
    int64_t n = 0;

    for (const struct event *e = file->events.first; e != NULL; e = e->next)
        n += e->n > seen && strcmp(e->kind->name, "message.sent") == 0 &&
             ((const struct message *)e->data)->side != own;
    return n;
}

err messages_unread(struct app *app, struct arena *a, const struct session *who,
                    const struct case_file *file, int64_t *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int own = side_of(who, file);
    int64_t seen = 0;

    *out = 0;
    if (count_after(file, own, 0) == 0) /* most cases have none at all */
        return OK;
    TRY(app_read(app, a, &tx));
    TRY(message_read_get(tx, who->actor.person, file->state->id, &seen));
    *out = count_after(file, own, seen);
    return OK;
}

struct reading {
    id person;
    const struct state *state;
};

static err keep(struct tx *tx, void *context)
{
    const struct reading *r = context;

    return message_read_put(tx, r->person, r->state->id, r->state->version);
}

err messages_are_read(struct app *app, struct arena *a,
                      const struct session *who, const struct case_file *file)
{
    struct reading r = { who->actor.person, file->state };
    int64_t unread;

    TRY(messages_unread(app, a, who, file, &unread));
    return unread == 0 ? OK : app_write_case(app, a, keep, &r);
}
