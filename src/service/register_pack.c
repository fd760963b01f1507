#include "service/register_pack.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/standing.h"
#include "register/pressed.h"
#include "register/ready.h"
#include "service/body_known.h"
#include "service/certificate_json.h"
#include "service/lookup_parts.h"

enum { JSON_MAX = 1 << 20, PACKED_MAX = 3 * JSON_MAX };

err register_json(struct arena *a, const struct public_certificate *c, str *out)
{
    struct buf b;

    buf_init(&b, a, JSON_MAX);
    json_canonical(&b, certificate_json(a, c->body, c));
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

/* --- days on which it changes [RP2] ----------------------------------------
 */

static day sooner(day from, day x, day least)
{
    return x > from && x < least ? x : least;
}

/* The first such day after `from`; DAY_NEVER: there is none. */
static day next_change(const struct public_certificate *c,
                       const struct body_history *body, day from)
{
    const struct public_sub *subs = c->subs.p;
    day least = sooner(from, c->until + 1, DAY_NEVER);

    for (size_t i = 0; i < c->subs.n; i++)
        least = sooner(from, subs[i].until + 1, least);
    for (size_t i = 0; body != NULL && i < body->n; i++)
        least = sooner(from, body->stands[i].from, least);
    return least;
}

/* --- one text and the next --------------------------------------------------
 */

uint64_t register_name(str text)
{
    uint8_t hash[32];
    uint64_t n = 0;

    sha256(text.p, text.n, hash);
    for (int i = 0; i < 8; i++)
        n = n << 8 | hash[i];
    return n;
}

/* What `next` has in another place than `now`.  False: too much of it. */
static bool tell_apart(str now, str next, struct ready *x)
{
    size_t least = now.n < next.n ? now.n : next.n;
    size_t at = 0;
    size_t end = 0;

    while (at < least && now.p[at] == next.p[at])
        at++;
    while (end < least - at &&
           now.p[now.n - 1 - end] == next.p[next.n - 1 - end])
        end++;
    x->at = at;
    x->cut = now.n - at - end;
    x->put = (str){ next.p + at, next.n - at - end };
    return x->cut <= READY_PATCH_MAX && x->put.n <= READY_PATCH_MAX;
}

/* Where the certificate of an answer is from. */
struct packing {
    const struct register_packing *by;
    const struct body_history *body; /* NULL: it says nothing of it */
    str number;
    const struct imported_row *row; /* NULL: looked up by its number */
};

static err stand_at(const struct packing *p, day on,
                    struct public_certificate *c, str *json)
{
    if (p->row == NULL)
        TRY(lookup_certificate_in(p->by->app, p->by->tx, p->number, on, c));
    else
        TRY(lookup_imported(p->by->app, p->by->tx, p->row, on, c));
    return register_json(tx_arena(p->by->tx), c, json);
}

/* One that a file brought only runs out. */
static err run_out(struct arena *a, const struct public_certificate *now,
                   day change, struct public_certificate *then, str *json)
{
    const struct stand was = { now->status, now->status_since, DAY_NEVER };
    struct stand is = stand_on(was, now->until, change);

    *then = *now;
    then->status = is.status;
    then->status_since = is.since;
    return register_json(a, then, json);
}

/* `text` goes out now, and what `x` makes of it after that. */
static err pack_next(const struct packing *p,
                     const struct public_certificate *now, str text, day change,
                     struct ready *x)
{
    struct public_certificate then;
    str next;

    if (p->row == NULL)
        TRY(stand_at(p, change, &then, &next));
    else
        TRY(run_out(tx_arena(p->by->tx), now, change, &then, &next));
    x->until = change - 1;
    x->over = change - 1;
    if (!tell_apart(text, next, x)) {
        x->at = x->cut = 0;
        x->put = S("");
        return OK;
    }
    day second = next_change(&then, p->body, change);
    x->over = second == DAY_NEVER ? DAY_NEVER : second - 1;
    x->names[1] = register_name(next);
    return OK;
}

static err pack(const struct packing *p, struct register_packed *out)
{
    day today = p->by->today;
    struct arena *a = tx_arena(p->by->tx);
    struct ready x = { .until = DAY_NEVER, .from = today, .over = DAY_NEVER };
    struct public_certificate c;
    struct buf b;
    str text;

    TRY(stand_at(p, today, &c, &text));
    x.n = text.n;
    x.names[0] = x.names[1] = register_name(text);
    day change = next_change(&c, p->body, today);
    if (change != DAY_NEVER)
        TRY(pack_next(p, &c, text, change, &x));
    TRY(press_text(p->by->press, a, text, &x.pressed));
    buf_init(&b, a, PACKED_MAX);
    buf_expect(&b, READY_HEAD + x.put.n + x.pressed.n);
    ready_pack(&b, &x);
    *out = (struct register_packed){
        .text = text,
        .came_to = x.pressed.n,
        .over = x.over,
        .renews = c.renews,
        .subs = c.subs,
        .now = c,
    };
    return buf_done(&b, &out->bytes);
}

err register_pack(const struct register_packing *by, str number,
                  struct register_packed *out)
{
    struct packing p = { .by = by, .number = number };

    TRY(body_history_in(by->app, by->tx, &p.body));
    return pack(&p, out);
}

err register_pack_imported(const struct register_packing *by,
                           const struct imported_row *row,
                           struct register_packed *out)
{
    const struct packing p = { .by = by, .row = row };

    return pack(&p, out);
}
