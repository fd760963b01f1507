#include "service/confirmed.h"

#include "base/buf.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "service/registers.h"

enum { CANONICAL_MAX = 4 << 20 };

err confirmed_hash(struct arena *a, const struct case_order *order,
                   struct hash *out)
{
    struct json *what = json_new_array(a);
    struct buf b;
    str text;

    json_add(what, json_new_str(a, order->ref));
    json_add(what, json_new_int(a, order->expected));
    json_add(what, json_new_str(a, order->command));
    buf_init(&b, a, CANONICAL_MAX);
    json_canonical(&b, what);
    buf_char(&b, '\n');
    json_canonical(&b, order->data);
    TRY(buf_done(&b, &text));
    sha256(text.p, text.n, out->b);
    return OK;
}

/* [CF1] */
static err check_shown(struct arena *a, const struct confirmed_order *c)
{
    struct hash now;

    TRY(confirmed_hash(a, c->order, &now));
    return hash_eq(&now, &c->shown)
               ? OK
               : err_new(a, ERR_CONFLICT, "confirmed.changed");
}

static bool of_register(const struct case_order *order)
{
    return registers_ref(order->ref);
}

static err ask(struct app *app, struct arena *a, const struct case_order *order)
{
    return of_register(order) ? registers_ask(app, a, order)
                              : cases_ask(app, a, order);
}

err confirmed_do(struct app *app, struct arena *a,
                 const struct confirmed_order *c, struct case_answer *out)
{
    struct confirmation unused;

    TRY(check_shown(a, c));
    TRY(ask(app, a, c->order)); /* [CF2] */
    TRY(door_confirm(app, a, c->by, c->code, &c->shown, &unused));
    return of_register(c->order) ? registers_do(app, a, c->order, out)
                                 : cases_do(app, a, c->order, out);
}
