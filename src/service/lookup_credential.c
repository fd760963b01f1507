/*
 * lookup_credential -- what the public is told of a certificate's credential:
 * where it is, its digest, and where the log has that.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "domain/events.h"
#include "service/logged.h"
#include "service/lookup_parts.h"

enum { ADDRESS_MAX = 1000 };

/* The event of the newest; NULL: none was signed. */
static const struct event *newest(const struct event_list *events, str number)
{
    const struct event *found = NULL;

    for (const struct event *e = events->first; e != NULL; e = e->next) {
        const struct credential_signed *told = e->data;

        if (strcmp(e->kind->name, "credential.signed") == 0 &&
            str_eq(told->number, number))
            found = e;
    }
    return found;
}

static err address_of(struct app *app, struct arena *a, str number, str *out)
{
    struct buf b;

    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, S("/c/"));
    buf_str(&b, number);
    return buf_done(&b, out);
}

err lookup_credential(struct app *app, struct tx *tx,
                      const struct event_list *events,
                      struct public_certificate *c)
{
    const struct event *e = newest(events, c->number);
    struct logged_leaf leaf;

    if (e == NULL)
        return OK;
    const struct credential_signed *told = e->data;
    TRY(logged_leaf_of(app, tx, tx_arena(tx), events, e, &leaf));
    TRY(address_of(app, tx_arena(tx), c->number, &c->credential.address));
    c->credential.digest = told->digest;
    c->credential.log_index = leaf.index;
    return OK;
}
