/*
 * lookup_sub -- a sub-certificate is looked up like any other: what it says of
 * its own, and of the main one all else. [M21] (domain.md 3.6)
 */

#include "service/lookup_parts.h"

#include "base/arena.h"
#include "domain/sub.h"
#include "store/subs.h"

static struct sub_days days_of(const struct sub_row *sub)
{
    return (struct sub_days){ sub->issued, sub->valid_until, sub->ended };
}

static struct stand stand_of(const struct public_certificate *main)
{
    return (struct stand){ main->status, main->status_since,
                           main->suspended_until };
}

void lookup_narrow(struct public_certificate *c, const struct sub_row *sub,
                   day today)
{
    struct stand now = sub_stand(stand_of(c), days_of(sub), today);

    c->main = c->number;
    c->number = sub->number;
    c->site = sub->site;
    c->site_address = sub->address;
    if (sub->scope_zh.n > 0) {
        c->scope = sub->scope_zh;
        c->scope_en = sub->scope_en;
    }
    c->issued = sub->issued;
    c->first_issued = sub->issued;
    c->from = sub->issued;
    c->until = sub->valid_until;
    c->status = now.status;
    c->status_since = now.since;
    c->suspended_until = now.until;
}

err lookup_carry(struct arena *a, struct public_certificate *c,
                 const struct list *rows, day today)
{
    struct public_sub *subs = arena_array(a, rows->n, sizeof *subs);

    TRY_MEMORY(subs);
    for (size_t i = 0; i < rows->n; i++) {
        const struct sub_row *row = (const struct sub_row *)rows->p + i;
        struct stand now = sub_stand(stand_of(c), days_of(row), today);

        subs[i] =
            (struct public_sub){ row->number, row->site,        row->address,
                                 row->issued, row->valid_until, now.status,
                                 now.since };
    }
    c->subs = (struct list){ subs, rows->n };
    return OK;
}

/* --- its history ------------------------------------------------------ */

static bool is_issue(const struct event *e, str number)
{
    const struct sub_certificate *x = e->data;

    return strcmp(e->kind->name, "certificate.sub_issued") == 0 &&
           str_eq(x->number, number);
}

static bool is_end(const struct event *e, str number)
{
    const struct sub_ended *x = e->data;

    return strcmp(e->kind->name, "certificate.sub_ended") == 0 &&
           str_eq(x->number, number);
}

/* What an event of the main one is to this one; ACT_COUNT: nothing.  That it
 * was issued anew is told by the change of the main one. */
static enum public_act act_for(const struct event *e, const struct sub_row *sub,
                               bool issued)
{
    enum public_act act = lookup_act(e);

    if (is_issue(e, sub->number))
        return issued ? ACT_COUNT : ACT_ISSUED;
    if (is_end(e, sub->number))
        return ACT_CANCELLED;
    if (act == ACT_REDUCED && sub->scope_zh.n > 0)
        return ACT_COUNT; /* it has a scope of its own */
    return act == ACT_ISSUED ? ACT_COUNT : act;
}

static const struct event *find_issue(const struct event_list *events,
                                      str number)
{
    const struct event *e = events->first;

    while (e != NULL && !is_issue(e, number))
        e = e->next;
    return e;
}

/* A row whose acts are not in the journal. */
static void add_known(struct public_certificate *c,
                      struct public_change *changes)
{
    changes[c->history.n++] = (struct public_change){ c->issued, ACT_ISSUED };
    if (c->status == CERTIFICATE_CANCELLED)
        changes[c->history.n++] =
            (struct public_change){ c->status_since, ACT_CANCELLED };
}

err lookup_sub_history(struct arena *a, const struct event_list *events,
                       const struct sub_row *sub, struct public_certificate *c)
{
    struct public_change *changes =
        arena_array(a, events->n + 3, sizeof *changes);
    bool over = false;

    TRY_MEMORY(changes);
    c->history = (struct list){ changes, 0 };
    if (events->n == 0)
        add_known(c, changes);
    for (const struct event *e = find_issue(events, sub->number);
         e != NULL && !over && e->on <= sub->valid_until; e = e->next) {
        enum public_act act = act_for(e, sub, c->history.n > 0);

        if (act != ACT_COUNT)
            changes[c->history.n++] = (struct public_change){ e->on, act };
        over = is_end(e, sub->number);
    }
    lookup_end_history(c, changes);
    return OK;
}
