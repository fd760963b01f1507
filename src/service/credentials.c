#include "service/credentials.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "credential/credential.h"
#include "domain/command.h"
#include "domain/keys.h"
#include "service/credential_parts.h"
#include "store/aside.h"
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

/* One that is signed beside the writer [CR5]; in its own arena. */
struct sealing {
    struct app *app;
    str issuer;
    struct seal_draft draft;
    struct qr_facts code;
    struct credential_row row;
};

/* --- beside the writer --- */

static err write_qr(struct arena *a, struct sealing *g)
{
    const struct app_key *key = app_key(g->app, KEY_QR);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    str base;

    TRY(credential_base(g->app, a, &base));
    if (key == NULL)
        return qr_write_address(a, base, g->row.number, &g->row.qr);
    app_key_pair(key, &pair);
    err e = qr_write(a, base, &g->code, &pair, &g->row.qr);
    return err_is(e, ERR_LIMIT)
               ? qr_write_address(a, base, g->row.number, &g->row.qr)
               : e;
}

static err write_all(struct arena *a, void *context)
{
    struct sealing *g = context;
    const struct app_key *key = app_key(g->app, KEY_CREDENTIAL);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct credential_written made;
    str name;

    TRY(credential_key_name(a, key->row, &name));
    app_key_pair(key, &pair);
    const struct seal by = { &pair, g->issuer, name, g->row.at };
    TRY(credential_seal(a, &g->draft, &by, &made));
    g->row.json = made.json;
    g->row.jwt = made.jwt;
    return write_qr(a, g);
}

static err put_row(struct tx *tx, void *context)
{
    const struct sealing *g = context;

    return credential_put(tx, &g->row);
}

/* --- in the writer --- */

/* What the job needs must outlive the work: it goes to the job's arena. */
static err keep_texts(struct arena *a, struct sealing *g)
{
    str *const texts[] = { &g->issuer,      &g->row.number, &g->code.number,
                           &g->code.holder, &g->code.uscc,  &g->code.criterion,
                           &g->draft.text };

    for (size_t i = 0; i < COUNT(texts); i++)
        TRY_MEMORY(arena_str(a, *texts[i], texts[i]));
    return OK;
}

static err prepare(struct signing *g, const struct sub_certificate *sub,
                   struct sealing *out)
{
    struct credential_facts facts;
    struct sealing x = { .app = g->app, .row = out->row };

    TRY(credentials_facts(g->tx, g->app, g->s, sub, x.row.index, &facts));
    TRY(credential_draft(tx_arena(g->tx), &facts, &x.draft));
    qr_facts_of(&facts, &x.draft.digest, &x.code);
    x.issuer = facts.issuer;
    x.row.number = facts.number;
    x.row.digest = x.draft.digest;
    x.row.key = app_key(g->app, KEY_CREDENTIAL)->row->made.serial;
    x.row.at = g->f->at;
    *out = x;
    return OK;
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
    scoped(aside_drop) struct aside *aside = NULL;
    struct sealing *x;

    TRY(aside_new(g->tx, &aside));
    x = arena_zero(aside_arena(aside), sizeof *x);
    TRY_MEMORY(x);
    x->row.serial = serial;
    TRY(draw_index(g->tx, g->app, &x->row.index));
    TRY(prepare(g, sub, x));
    TRY(tell(g, &x->row));
    TRY(keep_texts(aside_arena(aside), x));

    const struct aside_work work = { write_all, put_row, x->row.number,
                                     x->row.index };
    return aside_put(g->tx, &aside, &work, x);
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
