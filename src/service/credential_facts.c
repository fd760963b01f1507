/* credential_facts -- what a credential says of a certificate. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "credential/credential.h"
#include "domain/keys.h"
#include "service/body_known.h"
#include "service/credential_parts.h"
#include "service/public_keys.h"
#include "text/text.h"
#include "verify/instant.h"

enum { ADDRESS_MAX = 1000, COVERS_MAX = CREDENTIAL_TEXT_MAX, NAME_MAX = 40 };

/* --- names and addresses ---------------------------------------------- */

static err address(struct arena *a, struct app *app, const char *path, str name,
                   str *out)
{
    struct buf b;

    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, str_of(path));
    buf_str(&b, name);
    return buf_done(&b, out);
}

err credential_base(const struct app *app, struct arena *a, str *out)
{
    static const str open = S_INIT("http://");
    str url = app_public_url(app);
    struct buf b;

    if (!str_begins(url, open)) {
        *out = url;
        return OK;
    }
    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, S("https://"));
    buf_str(&b, str_from(url, open.n));
    return buf_done(&b, out);
}

/* The first list is called 1. */
static err list_address(struct arena *a, struct app *app, const char *path,
                        int64_t index, str *out)
{
    struct buf b;
    str name;

    buf_init(&b, a, NAME_MAX);
    buf_printf(&b, "%lld", (long long)index / STATUS_LIST_LEAST + 1);
    TRY(buf_done(&b, &name));
    return address(a, app, path, name, out);
}

static err scheme_address(struct arena *a, struct app *app,
                          const struct hash *hash, str *out)
{
    str name;

    TRY(hex_text(a, hash->b, sizeof hash->b, &name));
    return address(a, app, "/schemes/", name, out);
}

/* --- what it says ----------------------------------------------------- */

static void take_main(const struct standing *s, struct credential_facts *out)
{
    const struct certificate *c = s->certificate;

    out->number = c->number;
    out->covers = s->scope;
    out->from = c->from;
    out->until = c->until;
    out->holder = c->holder;
    out->uscc = c->uscc;
    out->criterion = c->criterion;
    out->stars = (int)c->stars;
}

/* A sub-certificate says which site it is of. */
static err take_sub(struct arena *a, const struct standing *s,
                    const struct sub_certificate *sub,
                    struct credential_facts *out)
{
    struct buf b;

    out->number = sub->number;
    out->from = sub->issued;
    out->until = sub->until;
    buf_init(&b, a, COVERS_MAX);
    text_render(&b, LANG_ZH, "credential.site",
                (const struct err_arg[]){
                    ARG_STR("site", sub->site),
                    ARG_STR("address", sub->address),
                    ARG_STR("scope", sub->scope.n > 0 ? sub->scope : s->scope),
                    { 0 },
                });
    return buf_done(&b, &out->covers);
}

static void take_scheme(const struct scheme *scheme, const struct standing *s,
                        struct credential_facts *out)
{
    int32_t level = scheme_level(scheme, s->certificate->level);

    out->title = scheme->certificate.title.zh;
    out->scheme = scheme->name.zh;
    out->scheme_hash = scheme->hash;
    if (level >= 0)
        out->level = scheme->levels[level].label.zh;
}

static err take_addresses(struct arena *a, struct app *app, int64_t index,
                          struct credential_facts *out)
{
    out->index = index % STATUS_LIST_LEAST;
    TRY(public_keys_name(app, a, &out->issuer));
    TRY(address(a, app, "/c/", out->number, &out->address));
    TRY(scheme_address(a, app, &out->scheme_hash, &out->scheme_address));
    TRY(list_address(a, app, "/status/revocation/", index, &out->revocations));
    return list_address(a, app, "/status/suspension/", index,
                        &out->suspensions);
}

err credentials_facts(struct tx *tx, struct app *app, const struct standing *s,
                      const struct sub_certificate *sub, int64_t index,
                      struct credential_facts *out)
{
    struct credential_facts facts = { .body = S("") };
    const struct scheme *scheme;
    const struct body *body;

    /* As the certificate was worded: a body that is called otherwise since
     * makes no credential say something else. */
    TRY(body_then_in(app, tx, s->worded, s->worded_at, &body));
    facts.body = body->name_zh;
    facts.approval = body->approval;
    TRY(app_scheme(app, tx, &s->certificate->scheme_hash, &scheme));
    take_scheme(scheme, s, &facts);
    take_main(s, &facts);
    if (sub != NULL)
        TRY(take_sub(tx_arena(tx), s, sub, &facts));
    TRY(take_addresses(tx_arena(tx), app, index, &facts));
    *out = facts;
    return OK;
}

/* --- keys ------------------------------------------------------------- */

err credential_key_name(struct arena *a, const struct key_row *key, str *out)
{
    struct buf b;

    buf_init(&b, a, NAME_MAX);
    buf_printf(&b, "%s-%lld", key_purpose_names[key->made.purpose],
               (long long)key->made.serial);
    return buf_done(&b, out);
}

err credentials_keys(struct app *app, struct arena *a, struct did_document *out)
{
    str text;

    TRY(public_keys_document(app, a, &text));
    return did_document_read(a, text, out);
}
