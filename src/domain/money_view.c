/*
 * money_view -- what a case costs, was paid and is still owed, as JSON. [M13]
 */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/stages.h"
#include "domain/view_parts.h"

static struct json *hash_json(struct arena *a, const struct hash *h)
{
    struct buf b;
    str digits;

    buf_init(&b, a, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &digits)) ? NULL : json_new_str(a, digits);
}

static struct json *record_json(struct arena *a, const struct record *r,
                                const void *data)
{
    struct json *j = NULL;

    if (data == NULL)
        return json_new_null(a);
    return failed(record_write(a, r, data, &j)) ? NULL : j;
}

static struct json *invoices_json(struct arena *a, const struct money_state *m)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < m->invoice_count; i++) {
        const struct invoice_state *x = &m->invoices[i];
        struct json *j = record_json(a, &invoice_record, x->issued);

        json_set(j, S("paid"), json_new_int(a, x->paid));
        json_set(j, S("open"), json_new_int(a, invoice_open(x)));
        json_set(j, S("cancelled"), json_new_bool(a, x->cancelled));
        json_add(list, j);
    }
    return list;
}

/* Audits that the quote does not price. */
static struct json *audits_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = 0; i < s->money.held_count; i++) {
        const struct audit_held *x = &s->money.held[i];
        struct json *j = json_new_object(a);

        json_set(j, S("round"), json_new_str(a, str_of(round_names[x->round])));
        json_set(j, S("again"), json_new_bool(a, x->again));
        json_set(j, S("held"), day_json(a, x->on));
        json_set(j, S("fees"), json_new_int(a, x->fees));
        json_set(j, S("travel"), json_new_int(a, x->travel));
        json_set(j, S("left"), json_new_int(a, state_audit_left(s, i + 1)));
        json_add(list, j);
    }
    return list;
}

struct json *money_json(struct arena *a, const struct state *s)
{
    const struct money_state *m = &s->money;
    struct json *j = record_json(a, &quote_record, s->quote);

    if (s->quote == NULL)
        return j;
    json_set(j, S("offer"), hash_json(a, &m->offer));
    json_set(j, S("accepted"), json_new_bool(a, s->client_accepted));
    json_set(j, S("signed"), json_new_bool(a, s->body_signed));
    json_set(j, S("agreement"),
             record_json(a, &acceptance_record, m->agreement));
    json_set(j, S("invoices"), invoices_json(a, m));
    json_set(j, S("audits"), audits_json(a, s));
    json_set(j, S("paid"), json_new_int(a, s->paid));
    json_set(j, S("paid_later"), json_new_int(a, m->later));
    json_set(j, S("open"), json_new_int(a, state_owed(s)));
    json_set(j, S("refunded"), json_new_int(a, m->refunded));
    return j;
}
