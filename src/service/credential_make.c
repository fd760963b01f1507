/*
 * credential_make -- credentials of certificates that were issued before there
 * was a key, and the newest of one.
 */

#include "base/arena.h"
#include "domain/keys.h"
#include "service/credential_parts.h"
#include "service/order.h"
#include "service/project.h"
#include "service/stream.h"
#include "service/typed.h"
#include "store/certificates.h"
#include "sys/clock.h"

enum { PAGE = 100 }; /* certificates a transaction */

/* A page on its way. */
struct making {
    struct app *app;
    const struct credentials_order *order;
    struct arena *kept; /* for the key of the next page */
    str after;
    int64_t made;
    /* of the newest run */
    str last;
    int64_t of_page;
    size_t rows;
};

static struct facts facts_of(const struct making *m)
{
    struct clock *clock = app_world_of(m->app)->clock;

    return (struct facts){
        .at = clock->now(clock),
        .today = m->order->today,
        .actor = m->order->who->actor,
        .channel = m->order->who->channel,
    };
}

/* --- one certificate -------------------------------------------------- */

static err put(struct tx *tx, struct app *app, const struct stream_row *stream,
               struct standing *s, struct event_list *more)
{
    TRY(stream_append(tx, stream->id, stream->version, &stream->head, more));
    s->version = more->last->n;
    return stream_enter_log(tx, app, more);
}

static err make_one(struct tx *tx, struct making *m,
                    const struct certificate_row *row)
{
    struct facts f = facts_of(m);
    struct event_list before;
    struct event_list more = { 0 };
    struct standing s = { 0 };
    struct stream_row stream;

    if (id_is_zero(row->of_case)) /* brought along: another body issued it */
        return OK;
    TRY(stream_get(tx, tx_arena(tx), row->id, &stream));
    TRY(stream_events(tx, tx_arena(tx), &stream, &before));
    for (const struct event *e = before.first; e != NULL; e = e->next)
        standing_apply(&s, e);
    TRY(credentials_renew(tx, m->app, &s, &f, &more));
    if (more.n == 0)
        return OK;
    m->of_page += (int64_t)more.n;
    TRY(put(tx, m->app, &stream, &s, &more));
    return certificate_project(tx, &s, row->enterprise);
}

/* --- all of them ------------------------------------------------------ */

static err make_page(struct tx *tx, void *context)
{
    struct making *m = context;
    const struct page page = { .after = m->after, .limit = PAGE };
    struct list rows;

    m->of_page = 0;
    TRY(certificate_list(tx, tx_arena(tx), &page, &rows));
    const struct certificate_row *r = rows.p;
    m->rows = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        TRY(make_one(tx, m, &r[i]));
    if (rows.n > 0)
        TRY_MEMORY(arena_str(m->kept, r[rows.n - 1].number, &m->last));
    return OK;
}

static err make_all(struct making *m, struct arena *a)
{
    do {
        TRY(app_write(m->app, a, make_page, m));
        m->made += m->of_page;
        m->after = m->last;
    } while (m->rows == PAGE);
    return OK;
}

static err check_makes(struct app *app, struct arena *a,
                       const struct credentials_order *order)
{
    const unsigned roles = ROLE_BIT(ROLE_CERTIFICATES) | ROLE_BIT(ROLE_ADMIN);

    if ((order->who->actor.roles & roles) == 0)
        return err_new(a, ERR_DENIED, "credential.makes",
                       ARG_IDS("roles", S("role.certificates|role.admin")));
    if (app_key(app, KEY_CREDENTIAL) == NULL)
        return err_new(a, ERR_REFUSED, "credential.no_key");
    return OK;
}

static err make_checked(struct making *m, struct arena *a)
{
    TRY(check_makes(m->app, a, m->order));
    return make_all(m, a);
}

err credentials_make(struct app *app, struct arena *a,
                     const struct credentials_order *order, int64_t *made)
{
    struct making m = { .app = app, .order = order, .kept = a };
    err e = make_checked(&m, a);
    struct refused r = { .who = order->who,
                         .command = S("credential.make"),
                         .why = e };

    if (failed(e)) {
        order_refused(app, a, &r);
        return e;
    }
    *made = m.made;
    return OK;
}

/* --- the newest ------------------------------------------------------- */

err credentials_newest(struct app *app, struct arena *a, str number,
                       struct credential_row *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    bool found;
    str normal;

    TRY(typed_number(a, number, &normal));
    TRY(app_read(app, a, &tx));
    TRY(credential_newest(tx, a, normal, out, &found));
    return found ? OK
                 : err_new(a, ERR_NOT_FOUND, "credential.none",
                           ARG_STR("number", normal));
}

err credentials_lack(struct app *app, struct arena *a, str number, bool stands,
                     enum credential_lack *out)
{
    struct credential_row row;
    err e = credentials_newest(app, a, number, &row);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (!failed(e))
        *out = CREDENTIAL_THERE;
    else if (!stands)
        *out = CREDENTIAL_TOO_LATE;
    else
        *out = app_key(app, KEY_CREDENTIAL) == NULL ? CREDENTIAL_NO_KEY
                                                    : CREDENTIAL_NOT_MADE;
    return OK;
}
