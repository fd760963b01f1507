#include "service/credentials.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "credential/credential.h"
#include "domain/command.h"
#include "domain/keys.h"
#include "service/credential_parts.h"
#include "sys/entropy.h"
#include "verify/tree.h"

enum {
    DRAWS = 20, /* of an index that is free; then the next list is begun */
};

bool credentials_is_one(const struct event *e)
{
    return strcmp(e->kind->name, "credential.signed") == 0;
}

/* --- an index [CR4] --------------------------------------------------- */

static err draw_in(struct tx *tx, struct app *app, int64_t list, int64_t *out,
                   bool *found)
{
    *found = false;
    for (int i = 0; i < DRAWS && !*found; i++) {
        uint32_t chance;
        bool taken;

        TRY(entropy_fill(app_world_of(app)->entropy, &chance, sizeof chance));
        *out = list * STATUS_LIST_LEAST + chance % STATUS_LIST_LEAST;
        TRY(credential_index_taken(tx, *out, &taken));
        *found = !taken;
    }
    return OK;
}

static err draw_index(struct tx *tx, struct app *app, int64_t *out)
{
    int64_t last;
    bool found;

    TRY(credential_last_index(tx, &last));
    int64_t list = last < 0 ? 0 : last / STATUS_LIST_LEAST;
    TRY(draw_in(tx, app, list, out, &found));
    return found ? OK : draw_in(tx, app, list + 1, out, &found);
}

/* --- signing one ------------------------------------------------------ */

/* What all credentials of one act have in common. */
struct signing {
    struct tx *tx;
    struct app *app;
    const struct standing *s;
    const struct facts *f;
    struct event_list *events;
};

static err write_qr(struct signing *g, const struct credential_facts *facts,
                    const struct hash *digest, str *out)
{
    const struct app_key *key = app_key(g->app, KEY_QR);
    struct arena *a = tx_arena(g->tx);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct qr_facts code;
    str base;

    TRY(credential_base(g->app, a, &base));
    if (key == NULL)
        return qr_write_address(a, base, facts->number, out);
    app_key_pair(key, &pair);
    qr_facts_of(facts, digest, &code);
    err e = qr_write(a, base, &code, &pair, out);
    return err_is(e, ERR_LIMIT) ? qr_write_address(a, base, facts->number, out)
                                : e;
}

static err write_all(struct signing *g, const struct credential_facts *facts,
                     struct credential_row *row)
{
    const struct app_key *key = app_key(g->app, KEY_CREDENTIAL);
    struct arena *a = tx_arena(g->tx);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct credential_written made;
    str name;

    TRY(credential_key_name(a, key->row, &name));
    app_key_pair(key, &pair);
    const struct seal by = { &pair, facts->issuer, name, g->f->at };
    TRY(credential_write(a, facts, &by, &made));
    row->digest = made.digest;
    row->json = made.json;
    row->jwt = made.jwt;
    row->key = key->row->made.serial;
    return write_qr(g, facts, &row->digest, &row->qr);
}

static err tell(struct signing *g, const struct credential_row *row)
{
    struct credential_signed told = {
        .number = row->number,
        .main = g->s->certificate->number,
        .serial = row->serial,
        .digest = row->digest,
        .index = row->index,
        .key = row->key,
    };

    return event_emit(tx_arena(g->tx), g->events, "credential.signed", g->f,
                      &told);
}

static err sign_next(struct signing *g, const struct sub_certificate *sub,
                     int64_t serial)
{
    struct credential_row row = { .serial = serial, .at = g->f->at };
    struct credential_facts facts;

    TRY(draw_index(g->tx, g->app, &row.index));
    TRY(credentials_facts(g->tx, g->app, g->s, sub, row.index, &facts));
    row.number = facts.number;
    TRY(write_all(g, &facts, &row));
    TRY(credential_put(g->tx, &row));
    return tell(g, &row);
}

/* --- is another one needed? [CR2] ------------------------------------- */

static bool is_compromised(struct app *app, int64_t serial)
{
    const struct key_row *key =
        key_find(app_key_history(app), KEY_CREDENTIAL, serial);

    return key == NULL ||
           (key->retired && key->retirement.ending == KEY_COMPROMISED);
}

/* Would one made now, under its index, say the same? */
static err still_says(struct signing *g, const struct sub_certificate *sub,
                      const struct credential_row *newest, bool *out)
{
    struct arena *a = tx_arena(g->tx);
    struct credential_facts facts;
    struct json *document = NULL;
    struct hash digest;

    TRY(credentials_facts(g->tx, g->app, g->s, sub, newest->index, &facts));
    TRY(credential_document(a, &facts, &document));
    TRY(tree_hash(a, document, &digest));
    *out = hash_eq(&digest, &newest->digest);
    return OK;
}

static err renew(struct signing *g, const struct sub_certificate *sub)
{
    str number = sub == NULL ? g->s->certificate->number : sub->number;
    struct credential_row newest = { 0 };
    bool current = false;
    bool found;

    TRY(credential_newest(g->tx, tx_arena(g->tx), number, &newest, &found));
    if (found && !is_compromised(g->app, newest.key))
        TRY(still_says(g, sub, &newest, &current));
    return current ? OK : sign_next(g, sub, newest.serial + 1);
}

/* --- of one certificate ----------------------------------------------- */

static err renew_all(struct signing *g)
{
    const struct standing *s = g->s;

    TRY(renew(g, NULL));
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (s->subs[i].ended == DAY_NEVER &&
            s->subs[i].sub->until >= g->f->today)
            TRY(renew(g, s->subs[i].sub));
    }
    return OK;
}

static bool words(const struct event *e)
{
    static const char *const names[] = {
        "certificate.issued",
        "certificate.reissued",
        "certificate.reduced",
        "certificate.sub_issued",
    };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(e->kind->name, names[i]) == 0)
            return true;
    }
    return false;
}

err credentials_renew(struct tx *tx, struct app *app, const struct standing *s,
                      const struct facts *f, struct event_list *events)
{
    const struct app_key *key = app_key(app, KEY_CREDENTIAL);
    struct signing g = { tx, app, s, f, events };

    if (key == NULL || key->row->made_at > f->at) /* [CR3] */
        return OK;
    if (status_is_final(s->status) || s->certificate->until < f->today)
        return OK;
    return renew_all(&g);
}

err credentials_sign(struct tx *tx, struct app *app, const struct standing *s,
                     const struct facts *f, struct event_list *events)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (words(e))
            return credentials_renew(tx, app, s, f, events);
    }
    return OK;
}
