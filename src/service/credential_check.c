/*
 * credential_check -- a stored credential against everything that speaks of it:
 * its event, its certificate, and the body's keys.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "domain/keys.h"
#include "service/credential_parts.h"
#include "store/credentials.h"
#include "verify/credential.h"
#include "verify/qr.h"
#include "verify/status_list.h"

enum { NAME_MAX = 100 };

static err bad(struct tx *tx, const struct credential_signed *told)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "check.credential",
                   ARG_STR("number", told->number),
                   ARG_INT("serial", told->serial));
}

static bool agrees(const struct credential_row *row,
                   const struct credential_signed *told, int64_t at)
{
    return str_eq(row->number, told->number) && row->serial == told->serial &&
           hash_eq(&row->digest, &told->digest) && row->index == told->index &&
           row->key == told->key && row->at == at;
}

/* --- what it says ----------------------------------------------------- */

static const struct sub_certificate *sub_called(const struct standing *s,
                                                str number)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (str_eq(s->subs[i].sub->number, number))
            return s->subs[i].sub;
    }
    return NULL;
}

/* What no later program words otherwise. */
static bool speaks_of(const struct credential_facts *f,
                      const struct standing *s,
                      const struct credential_signed *told)
{
    const struct certificate *c = s->certificate;
    const struct sub_certificate *sub = sub_called(s, told->number);

    return (sub != NULL || str_eq(told->number, c->number)) &&
           str_eq(told->main, c->number) && str_eq(f->number, told->number) &&
           str_eq(f->holder, c->holder) && str_eq(f->uscc, c->uscc) &&
           str_eq(f->criterion, c->criterion) && f->stars == (int)c->stars &&
           hash_eq(&f->scheme_hash, &c->scheme_hash) &&
           f->from == (sub == NULL ? c->from : sub->issued) &&
           f->until == (sub == NULL ? c->until : sub->until) &&
           f->index == told->index % STATUS_LIST_LEAST;
}

/* --- who signed it ---------------------------------------------------- */

/* A key of the history made it: one that was given up since did so as well. */
static bool signed_by(const struct sealed *s, const struct did_document *keys)
{
    const struct did_key *key = did_find(keys, s->method);

    return key != NULL && s->created >= key->from && s->created <= key->until &&
           sign_verify(key->public, s->message, s->signature);
}

struct stored {
    struct tx *tx;
    const struct standing *s;
    const struct credential_signed *told;
    struct credential_row row;
    struct did_document keys;
};

/* [SE1] */
static err has_digest(struct arena *a, const struct sealed *s,
                      const struct hash *want, bool *out)
{
    struct hash digest;

    TRY(sealed_digest(a, s, &digest));
    *out = hash_eq(&digest, want);
    return OK;
}

static err check_form(struct stored *x, str text)
{
    struct arena *a = tx_arena(x->tx);
    struct credential c;
    bool same = false;
    err e = credential_read(a, text, &c);

    if (!failed(e))
        e = has_digest(a, &c.sealed, &x->told->digest, &same);
    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e) || !same || !signed_by(&c.sealed, &x->keys) ||
        !speaks_of(&c.facts, x->s, x->told))
        return bad(x->tx, x->told);
    return OK;
}

/* Where there was no key for it, the code is the address alone; what is said
 * there is the credential's. */
static bool code_agrees(const struct stored *x, const struct qr *q)
{
    const struct qr_facts *f = &q->facts;

    if (!str_eq(q->number, x->told->number))
        return false;
    if (!q->with_statement)
        return true;
    for (size_t i = 0; i < x->keys.n; i++) {
        if (did_key_is_for(&x->keys.keys[i], S("qr")) &&
            sign_verify(x->keys.keys[i].public, q->message, q->signature))
            return memcmp(f->digest, x->told->digest.b, sizeof f->digest) == 0;
    }
    return false;
}

static err check_code(struct stored *x)
{
    struct qr q;
    err e = qr_read(tx_arena(x->tx), x->row.qr, &q);

    if (err_is(e, ERR_MEMORY))
        return e;
    return failed(e) || !code_agrees(x, &q) ? bad(x->tx, x->told) : OK;
}

err credentials_check(struct tx *tx, struct app *app, const struct standing *s,
                      const struct event *e)
{
    struct stored x = { .tx = tx, .s = s, .told = e->data };
    bool found;

    TRY(credential_get(tx, tx_arena(tx), x.told->number, x.told->serial, &x.row,
                       &found));
    if (!found || !agrees(&x.row, x.told, e->at))
        return bad(tx, x.told);
    TRY(credentials_keys(app, tx_arena(tx), &x.keys));
    TRY(check_form(&x, x.row.json));
    TRY(check_form(&x, x.row.jwt));
    return check_code(&x);
}

/* One signature of three, by the key the event names: enough to enter it in the
 * log. */
static bool key_signed(struct app *app, const struct credential_signed *told,
                       const struct sealed *s)
{
    const struct key_row *key =
        key_find(app_key_history(app), KEY_CREDENTIAL, told->key);
    uint8_t public[SIGN_PUBLIC_BYTES];

    return key != NULL && hex_parse(key->made.public, public, sizeof public) &&
           sign_verify(public, s->message, s->signature);
}

err credentials_believe(struct tx *tx, struct app *app, const struct event *e)
{
    const struct credential_signed *told = e->data;
    struct credential_row row;
    struct sealed sealed;
    bool found;
    bool same = false;

    TRY(credential_get(tx, tx_arena(tx), told->number, told->serial, &row,
                       &found));
    if (!found || !agrees(&row, told, e->at))
        return bad(tx, told);
    err read = sealed_read(tx_arena(tx), row.jwt, &sealed);
    if (!failed(read))
        read = has_digest(tx_arena(tx), &sealed, &told->digest, &same);
    if (err_is(read, ERR_MEMORY))
        return read;
    return failed(read) || !same || !key_signed(app, told, &sealed)
               ? bad(tx, told)
               : OK;
}

err credentials_stored(struct tx *tx, const struct event *e)
{
    const struct credential_signed *told = e->data;
    struct credential_row row;
    struct buf b;
    bool found;
    str name;

    TRY(credential_get(tx, tx_arena(tx), told->number, told->serial, &row,
                       &found));
    if (found && agrees(&row, told, e->at))
        return OK;
    buf_init(&b, tx_arena(tx), NAME_MAX);
    buf_str(&b, told->number);
    buf_printf(&b, "/%lld", (long long)told->serial);
    TRY(buf_done(&b, &name));
    return err_new(tx_arena(tx), ERR_CORRUPT, "rebuild.lost",
                   ARG_STR("name", name));
}
