#include "service/logged.h"

#include "base/arena.h"
#include "service/agree.h"
#include "service/app.h"
#include "service/case_parts.h"
#include "service/stream.h"
#include "store/log.h"

enum { STREAM_ARENA = 256 << 20 };

static bool is_missing(err e)
{
    return failed(e) && e.info->code == ERR_NOT_FOUND;
}

static err not_said(struct tx *tx, str subject)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "check.pending",
                   ARG_STR("subject", subject));
}

/* "case/ID", "certificate/NUMBER", "scheme/ID" (tlog/leaf.h). */
static err find_stream(struct tx *tx, str subject, struct stream_row *out)
{
    str name = subject;
    str kind = str_cut(&name, '/');
    id key;
    err e = str_eq(kind, S("case")) && id_parse(name, &key)
                ? stream_get(tx, tx_arena(tx), key, out)
                : stream_by_number(tx, tx_arena(tx), kind, name, out);

    return is_missing(e) ? not_said(tx, subject) : e;
}

/* [LO1] The event that makes the leaf. */
static err find_event(struct app *app, struct tx *tx,
                      const struct log_pending_row *p,
                      const struct event_list *events, const struct event **out)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        str subject;
        str leaf;

        TRY(leaf_of_event(tx_arena(tx), app_salt_key(app), e, &subject, &leaf));
        if (leaf.n > 0 && e->at == p->at && str_eq(leaf, p->leaf) &&
            str_eq(subject, p->subject)) {
            *out = e;
            return OK;
        }
    }
    return not_said(tx, p->subject);
}

/* [LO2] */
static err check_case_of(struct tx *tx, const struct certificate *c)
{
    const struct certificate *recorded = NULL;
    struct event_list events;
    struct stream_row row;
    err e = stream_get(tx, tx_arena(tx), c->case_id, &row);

    if (failed(e) && !is_missing(e))
        return e;
    if (!failed(e)) {
        TRY(stream_events(tx, tx_arena(tx), &row, &events));
        recorded = case_certificate(&events);
    }
    if (recorded == NULL || !agree_records(recorded, c))
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", c->number));
    return OK;
}

static err check_leaf(struct app *app, struct tx *tx,
                      const struct log_pending_row *p)
{
    const struct event *e = NULL;
    struct event_list events;
    struct stream_row row;

    TRY(find_stream(tx, p->subject, &row));
    TRY(stream_events(tx, tx_arena(tx), &row, &events));
    TRY(find_event(app, tx, p, &events, &e));
    return e->kind->stream == STREAM_CERTIFICATE ? check_case_of(tx, e->data)
                                                 : OK;
}

/* In an arena of its own: a batch of leaves reads many streams. */
err logged_check(struct app *app, struct tx *tx,
                 const struct log_pending_row *p)
{
    scoped(arena_end) struct arena a;
    struct arena *before;

    arena_init(&a, app_world_of(app)->heap, STREAM_ARENA);
    before = tx_use_arena(tx, &a);
    err e = err_keep(before, check_leaf(app, tx, p));
    (void)tx_use_arena(tx, before);
    return e;
}
