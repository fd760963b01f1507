#include "service/logged.h"

#include "base/check.h"
#include "service/agree.h"
#include "service/app.h"
#include "service/case_parts.h"
#include "service/credentials.h"
#include "merkle/tree.h"
#include "service/stream.h"
#include "store/certificates.h"
#include "store/log.h"

enum { STREAM_ARENA = 256 << 20 };

static err not_said(struct tx *tx, str subject)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "check.pending",
                   ARG_STR("subject", subject));
}

/* --- where the leaf of an event stands -------------------------------- */

/* So many events before `e` make the same leaf. [LO4] */
static err count_before(struct app *app, struct arena *a,
                        const struct event_list *events, const struct event *e,
                        struct logged_leaf *m)
{
    for (const struct event *x = events->first; x != e; x = x->next) {
        str subject;
        str leaf;

        check(x != NULL); /* it is one of them */
        if (x->at != e->at || x->kind != e->kind)
            continue;
        TRY(leaf_of_event(a, app_salt_key(app), x, &subject, &leaf));
        m->before += str_eq(leaf, m->leaf);
    }
    return OK;
}

/* The leaf waits: what of the same is entered does not wait before it. */
static err count_waiting(struct tx *tx, const struct hash *hash,
                         struct logged_leaf *m)
{
    int64_t entered;

    if (m->before == 0)
        return OK;
    TRY(log_entry_count_of_hash(tx, hash, &entered));
    m->before -= entered < m->before ? entered : m->before;
    return OK;
}

static err find_entry(struct tx *tx, struct arena *a, struct logged_leaf *m)
{
    struct log_entry_row row;
    struct hash hash;

    merkle_leaf(m->leaf, &hash);
    err e = log_entry_by_hash(tx, a, &hash, m->before, &row);
    if (failed(e))
        return err_is(e, ERR_NOT_FOUND) ? count_waiting(tx, &hash, m) : e;
    if (row.at == m->at && str_eq(row.subject, m->subject) &&
        str_eq(row.leaf, m->leaf))
        m->index = row.index;
    return OK;
}

err logged_leaf_of(struct app *app, struct tx *tx, struct arena *a,
                   const struct event_list *events, const struct event *e,
                   struct logged_leaf *out)
{
    struct logged_leaf m = { .at = e->at, .index = LOG_INDEX_NONE };

    TRY(leaf_of_event(a, app_salt_key(app), e, &m.subject, &m.leaf));
    if (m.leaf.n > 0) {
        TRY(count_before(app, a, events, e, &m));
        TRY(find_entry(tx, a, &m));
    }
    *out = m;
    return OK;
}

/* --- what an entry of the log stands for ------------------------------ */

/* Is what names the stream its id, and not its number? */
static bool is_named_by_id(str kind)
{
    return str_eq(kind, S("case")) || str_eq(kind, S("body"));
}

/* "case/ID", "body/ID", "certificate/NUMBER", "scheme/ID" (tlog/leaf.h). */
static err find_stream(struct tx *tx, str subject, struct stream_row *out)
{
    str name = subject;
    str kind = str_cut(&name, '/');
    id key;
    err e = is_named_by_id(kind) && id_parse(name, &key)
                ? stream_get(tx, tx_arena(tx), key, out)
                : stream_by_number(tx, tx_arena(tx), kind, name, out);

    return err_is(e, ERR_NOT_FOUND) ? not_said(tx, subject) : e;
}

/* The event that makes the leaf, recorded at the same instant; NULL: none. */
static err find_event(struct logged *l, const struct log_pending_row *p,
                      const struct event **out)
{
    for (const struct event *e = l->events.first; e != NULL; e = e->next) {
        str subject;
        str leaf;

        if (e->at != p->at)
            continue;
        TRY(leaf_of_event(&l->arena, app_salt_key(l->app), e, &subject, &leaf));
        if (leaf.n > 0 && str_eq(leaf, p->leaf) &&
            str_eq(subject, p->subject)) {
            *out = e;
            return OK;
        }
    }
    *out = NULL;
    return OK;
}

/* Does the case say it too: something recorded by the same person at the same
 * instant? */
static bool is_told(const struct event_list *events, const struct event *e)
{
    if (credentials_is_one(e)) /* [LO3] */
        return true;
    for (const struct event *x = events->first; x != NULL; x = x->next) {
        if (x->at == e->at && id_eq(x->actor, e->actor))
            return true;
    }
    return false;
}

/* [LO2] */
static err check_case_of(struct tx *tx, const struct certificate *c,
                         const struct event *act)
{
    const struct certificate *recorded = NULL;
    struct event_list events = { 0 };
    struct stream_row row;
    err e = stream_get(tx, tx_arena(tx), c->case_id, &row);

    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (!failed(e)) {
        TRY(stream_events(tx, tx_arena(tx), &row, &events));
        recorded = case_certificate(&events);
    }
    if (recorded == NULL || !agree_records(recorded, c) ||
        !is_told(&events, act))
        return err_new(tx_arena(tx), ERR_CORRUPT, "check.certificate",
                       ARG_STR("number", c->number));
    return OK;
}

/* The events of the subject, unless they are here already. */
static err read_subject(struct logged *l, str subject)
{
    struct stream_row row;
    str name;

    if (l->subject.n > 0 && str_eq(l->subject, subject))
        return OK;
    l->subject = S("");
    arena_end(&l->arena);
    arena_init(&l->arena, l->kept->heap, STREAM_ARENA);
    TRY_MEMORY(arena_str(&l->arena, subject, &name));
    TRY(find_stream(l->tx, subject, &row));
    TRY(stream_events(l->tx, &l->arena, &row, &l->events));
    l->subject = name;
    return OK;
}

static err check_leaf(struct logged *l, const struct log_pending_row *p)
{
    const struct event *e = NULL;

    TRY(read_subject(l, p->subject));
    TRY(find_event(l, p, &e));
    if (e == NULL) /* [LO1] */
        return not_said(l->tx, p->subject);
    if (e->kind->stream == STREAM_CERTIFICATE)
        TRY(check_case_of(l->tx, l->events.first->data, e));
    return credentials_is_one(e) ? credentials_believe(l->tx, l->app, e) : OK;
}

err logged_check(struct logged *l, const struct log_pending_row *p)
{
    (void)tx_use_arena(l->tx, &l->arena);
    err e = err_keep(l->kept, check_leaf(l, p));
    (void)tx_use_arena(l->tx, l->kept);
    return e;
}

void logged_begin(struct logged *l, struct app *app, struct tx *tx)
{
    *l = (struct logged){ .app = app, .tx = tx, .kept = tx_arena(tx) };
    arena_init(&l->arena, l->kept->heap, STREAM_ARENA);
}

void logged_end(struct logged *l)
{
    arena_end(&l->arena);
}
