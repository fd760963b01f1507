#include "service/status_lists.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "domain/standing.h"
#include "service/credential_parts.h"
#include "service/stream.h"
#include "service/public_keys.h"
#include "store/credentials.h"
#include "sys/clock.h"

#include <pthread.h>

enum {
    PAGE = STORE_PAGE_MAX,
    SLOTS = 16,
    SLOT_ARENA = 8 << 20,
    ADDRESS_MAX = 1000,
};

static const int64_t hour = INT64_C(3600) * 1000000;

/* --- one bit ---------------------------------------------------------- */

/* As of a moment, on a day. */
struct moment {
    int64_t at; /* INT64_MAX: now */
    day on;
};

struct bits {
    struct app *app;
    struct tx *tx;
    enum status_purpose purpose;
    struct moment then;
    int64_t first; /* index that the list begins with */
    int64_t *set;
    size_t n;
};

/* How a certificate and its sub-certificate are on record. */
struct recorded {
    struct stand main;
    day last;
    struct sub_days sub;
};

static struct recorded record_of(const struct credential_standing *x)
{
    return (struct recorded){
        .main = { (enum certificate_status)x->status, x->status_since,
                  x->suspended_until },
        .last = x->valid_until,
        .sub = { x->sub_issued, x->sub_until, x->sub_ended },
    };
}

static void record_sub(const struct standing *s, str number,
                       struct recorded *out)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        const struct standing_sub *x = &s->subs[i];

        if (str_eq(x->sub->number, number))
            out->sub =
                (struct sub_days){ x->sub->issued, x->sub->until, x->ended };
    }
}

/* What was recorded by then. [SX2] */
static err record_then(const struct bits *b, struct arena *a,
                       const struct credential_standing *x,
                       struct recorded *out)
{
    struct standing s = { 0 };
    struct event_list events;
    struct stream_row row;

    TRY(stream_get(b->tx, a, x->certificate, &row));
    TRY(stream_events(b->tx, a, &row, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (e->at <= b->then.at)
            standing_apply(&s, e);
    }
    check(s.certificate != NULL); /* it was signed after the first */
    out->main = (struct stand){ s.status, s.since, s.until };
    out->last = s.certificate->until;
    record_sub(&s, x->number, out);
    return OK;
}

static bool is_set(const struct bits *b, const struct credential_standing *x,
                   const struct recorded *r)
{
    struct stand stand = stand_on(r->main, r->last, b->then.on);

    if (x->is_sub)
        stand = sub_stand(stand, r->sub, b->then.on);
    if (b->purpose == STATUS_SUSPENSION)
        return stand.status == CERTIFICATE_SUSPENDED;
    bool replaced = x->replaced != INT64_MAX && x->replaced <= b->then.at;
    return status_is_final(stand.status) || replaced;
}

static err add_bit(struct bits *b, struct arena *a,
                   const struct credential_standing *x)
{
    struct recorded r = record_of(x);

    if (x->at > b->then.at)
        return OK;
    if (x->touched > b->then.at)
        TRY(record_then(b, a, x, &r));
    if (is_set(b, x, &r))
        b->set[b->n++] = x->index - b->first;
    return OK;
}

/* --- all of them ------------------------------------------------------ */

struct paging {
    struct bits *b;
    int64_t after;
    bool ended;
};

static err add_page(struct tx *tx, struct arena *a, void *context)
{
    struct paging *p = context;
    int64_t last = p->b->first + STATUS_LIST_LEAST - 1;
    struct list rows;

    TRY(credential_standings(tx, a, p->after, last, PAGE, &rows));
    const struct credential_standing *x = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        TRY(add_bit(p->b, a, &x[i]));
        p->after = x[i].index;
    }
    p->ended = rows.n < PAGE;
    return OK;
}

static err add_all(struct bits *b)
{
    struct paging p = { b, b->first - 1, false };

    while (!p.ended)
        TRY(tx_apart(b->tx, add_page, &p));
    return OK;
}

/* --- signing ---------------------------------------------------------- */

static err address_of(struct app *app, struct arena *a,
                      const struct status_wish *wish, str *out)
{
    struct buf b;

    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, S("/status/"));
    buf_str(&b, status_purpose_text(wish->purpose));
    buf_printf(&b, "/%lld", (long long)wish->list);
    return buf_done(&b, out);
}

static err sign(struct app *app, struct arena *a, int64_t now,
                const struct status_list_facts *facts,
                struct status_list_written *out)
{
    const struct app_key *key = app_key(app, KEY_CREDENTIAL);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct seal by = { .key = &pair, .at = now };

    app_key_pair(key, &pair);
    TRY(public_keys_name(app, a, &by.did));
    TRY(credential_key_name(a, key->row, &by.name));
    return status_list_write(a, facts, &by, out);
}

static err make(struct app *app, struct tx *tx, const struct status_wish *wish,
                int64_t now, struct status_list_written *out)
{
    struct arena *a = tx_arena(tx);
    int64_t then = wish->as_of == INT64_MAX ? now : wish->as_of;
    struct bits b = {
        .app = app,
        .tx = tx,
        .purpose = wish->purpose,
        .then = { wish->as_of, day_of_micros(then) },
        .first = (wish->list - 1) * STATUS_LIST_LEAST,
        .set = arena_array(a, STATUS_LIST_LEAST, sizeof *b.set),
    };
    struct status_list_facts facts = {
        .purpose = wish->purpose,
        .entries = STATUS_LIST_LEAST,
        .as_of = then,
    };

    TRY_MEMORY(b.set);
    TRY(add_all(&b));
    facts.set = b.set;
    facts.n = b.n;
    TRY(address_of(app, a, wish, &facts.address));
    return sign(app, a, now, &facts, out);
}

/* --- what is kept [SX3] ----------------------------------------------- */

struct stamp {
    struct credential_stamp log;
    int64_t hour; /* which is of one day only */
};

struct slot {
    struct arena arena;
    bool taken;
    enum status_purpose purpose;
    int64_t list;
    struct stamp stamp;
    struct status_list_written kept;
};

struct status_cache {
    pthread_mutex_t mutex;
    struct heap *heap;
    struct slot slots[SLOTS];
};

err status_cache_new(struct heap *h, struct arena *a, struct status_cache **out)
{
    struct status_cache *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    c->heap = h;
    check(pthread_mutex_init(&c->mutex, NULL) == 0);
    *out = c;
    return OK;
}

static void empty(struct slot *s)
{
    if (s->taken)
        arena_end(&s->arena);
    *s = (struct slot){ 0 };
}

void status_cache_end(struct status_cache *c)
{
    if (c == NULL)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        empty(&c->slots[i]);
    (void)pthread_mutex_destroy(&c->mutex);
}

static void lock(struct status_cache *c)
{
    check(pthread_mutex_lock(&c->mutex) == 0);
}

static void unlock(struct status_cache *c)
{
    check(pthread_mutex_unlock(&c->mutex) == 0);
}

static struct slot *slot_of(struct status_cache *c,
                            const struct status_wish *wish)
{
    return &c->slots[(2 * (uint64_t)wish->list + (uint64_t)wish->purpose) %
                     SLOTS];
}

static bool same_stamp(const struct stamp *x, const struct stamp *y)
{
    return x->log.entry == y->log.entry && x->log.pending == y->log.pending &&
           x->hour == y->hour;
}

static bool copy(struct arena *a, const struct status_list_written *from,
                 struct status_list_written *out)
{
    return arena_str(a, from->json, &out->json) &&
           arena_str(a, from->jwt, &out->jwt);
}

static err take_kept(struct status_cache *c, struct arena *a,
                     const struct status_wish *wish, const struct stamp *now,
                     struct status_list_written *out, bool *found)
{
    const struct slot *s = slot_of(c, wish);
    bool copied = true;

    lock(c);
    *found = s->taken && s->list == wish->list && s->purpose == wish->purpose &&
             same_stamp(&s->stamp, now);
    if (*found)
        copied = copy(a, &s->kept, out);
    unlock(c);
    return copied ? OK : err_memory();
}

/* What there is no memory for is made again next time. */
static void keep(struct status_cache *c, const struct status_wish *wish,
                 const struct stamp *now,
                 const struct status_list_written *made)
{
    struct slot *s = slot_of(c, wish);

    lock(c);
    empty(s);
    arena_init(&s->arena, c->heap, SLOT_ARENA);
    s->taken = true;
    s->purpose = wish->purpose;
    s->list = wish->list;
    s->stamp = *now;
    if (!copy(&s->arena, made, &s->kept))
        empty(s);
    unlock(c);
}

/* --- asking ----------------------------------------------------------- */

static err check_list(struct app *app, struct tx *tx, int64_t list)
{
    int64_t last;

    TRY(credential_last_index(tx, &last));
    int64_t lists = last < 0 ? 1 : last / STATUS_LIST_LEAST + 1;
    if (app_key(app, KEY_CREDENTIAL) != NULL && list >= 1 && list <= lists)
        return OK;
    return err_new(tx_arena(tx), ERR_NOT_FOUND, "status_lists.none",
                   ARG_INT("list", list));
}

static err read_now(struct app *app, struct tx *tx,
                    const struct status_wish *wish, int64_t now,
                    struct status_list_written *out)
{
    struct stamp stamp = { .hour = now / hour };
    bool found;

    TRY(credential_stamp(tx, &stamp.log));
    TRY(take_kept(app_status_cache(app), tx_arena(tx), wish, &stamp, out,
                  &found));
    if (found)
        return OK;
    TRY(make(app, tx, wish, now, out));
    keep(app_status_cache(app), wish, &stamp, out);
    return OK;
}

err status_lists_read(struct app *app, struct arena *a,
                      const struct status_wish *wish,
                      struct status_list_written *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct clock *clock = app_world_of(app)->clock;
    int64_t now = clock->now(clock);

    if (wish->as_of != INT64_MAX && wish->as_of > now)
        return err_new(a, ERR_INVALID, "status_lists.future");
    TRY(app_read(app, a, &tx));
    TRY(check_list(app, tx, wish->list));
    return wish->as_of == INT64_MAX ? read_now(app, tx, wish, now, out)
                                    : make(app, tx, wish, now, out);
}
