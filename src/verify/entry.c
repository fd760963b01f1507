#include "verify/entry.h"

#include "base/arena.h"
#include "base/id.h"
#include "base/size.h"
#include "codec/json.h"
#include "verify/credential.h"
#include "verify/tree.h"

#include <stdio.h>

static err wrong(struct arena *a, const char *field)
{
    return err_new(a, ERR_INVALID, "entry.field",
                   ARG_STR("field", str_of(field)));
}

static err bad_form(struct arena *a)
{
    return err_new(a, ERR_INVALID, "entry.form");
}

/* --- reading [VE1] ------------------------------------------------------ */

static bool get_int(const struct json *j, str key, int64_t *out)
{
    const struct json *m = json_get(j, key);

    if (m == NULL || m->kind != JSON_INT)
        return false;
    *out = m->number;
    return true;
}

static bool is_object(const struct json *j)
{
    return j != NULL && j->kind == JSON_OBJECT;
}

/* JSON in its one form. */
static err parse(struct arena *a, str leaf, struct json **out)
{
    struct json *j = NULL;
    str again = S("");
    err e = json_parse(a, leaf, &j);

    if (err_is(e, ERR_INVALID))
        return bad_form(a);
    TRY(e);
    TRY(tree_text(a, j, &again));
    if (!str_eq(again, leaf) || !is_object(j))
        return bad_form(a);
    *out = j;
    return OK;
}

static bool is_about_certificate(str kind)
{
    return str_begins(kind, S("certificate.")) ||
           str_begins(kind, S("credential."));
}

err entry_read(struct arena *a, str leaf, struct log_entry *out)
{
    struct log_entry made = { 0 };
    struct json *j = NULL;
    int64_t version = 0;

    if (leaf.n > ENTRY_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "entry.long",
                       ARG_INT("limit", ENTRY_BYTES_MAX));
    TRY(parse(a, leaf, &j));
    made.kind = json_get_str(j, S("type"));
    made.open = json_get(j, S("public"));
    if (made.kind.n == 0)
        return wrong(a, "type");
    if (!get_int(j, S("version"), &version) || version != 1)
        return wrong(a, "version");
    if (!get_int(j, S("at"), &made.at))
        return wrong(a, "at");
    if (!day_parse(json_get_str(j, S("on")), &made.on))
        return wrong(a, "on");
    if (!is_object(made.open) || !is_object(json_get(j, S("sealed"))))
        return wrong(a, "public");
    if (is_about_certificate(made.kind)) {
        made.number = json_get_str(made.open, S("number"));
        made.main = json_get_str(made.open, S("main"));
        if (made.number.n == 0)
            return wrong(a, "number");
    }
    *out = made;
    return OK;
}

static bool get_hash(const struct json *j, str key, struct hash *out)
{
    return hex_parse(json_get_str(j, key), out->b, sizeof out->b);
}

err entry_signed_read(struct arena *a, const struct log_entry *e,
                      struct entry_signed *out)
{
    struct entry_signed made = { 0 };

    if (!get_int(e->open, S("serial"), &made.serial))
        return wrong(a, "serial");
    if (!get_hash(e->open, S("digest"), &made.digest))
        return wrong(a, "digest");
    if (!get_int(e->open, S("index"), &made.index))
        return wrong(a, "index");
    if (!get_int(e->open, S("key"), &made.key))
        return wrong(a, "key");
    *out = made;
    return OK;
}

/* --- a credential and its entry ----------------------------------------- */

static err differs(struct arena *a, const struct credential *c,
                   const char *field)
{
    return err_new(a, ERR_INVALID, "entry.other",
                   ARG_STR("number", c->facts.number),
                   ARG_STR("field", str_of(field)));
}

/* Does the key's id end in "#credential-N", or that and "-jwk"? */
static bool is_key(str method, int64_t serial)
{
    char name[40];
    size_t at = str_index(method, '#');
    str tail = str_from(method, at + 1);

    (void)snprintf(name, sizeof name, "credential-%lld", (long long)serial);
    if (str_ends(tail, S("-jwk")))
        tail.n -= S("-jwk").n;
    return str_eq(tail, str_of(name));
}

static err check_signed(struct arena *a, const struct log_entry *e,
                        const struct credential *c)
{
    struct entry_signed s = { 0 };
    struct hash digest;

    TRY(entry_signed_read(a, e, &s));
    TRY(sealed_digest(a, &c->sealed, &digest));
    if (!hash_eq(&s.digest, &digest))
        return differs(a, c, "digest");
    if (s.index != c->facts.index)
        return differs(a, c, "index");
    if (!is_key(c->sealed.method, s.key))
        return differs(a, c, "key");
    return OK;
}

/* A member that should say what the credential says. */
struct same_text {
    const char *member;
    str said;
};

static err check_texts(struct arena *a, const struct log_entry *e,
                       const struct credential *c)
{
    const struct same_text texts[] = {
        { "holder", c->facts.holder },
        { "uscc", c->facts.uscc },
        { "criterion", c->facts.criterion },
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        if (!str_eq(json_get_str(e->open, str_of(texts[i].member)),
                    texts[i].said))
            return differs(a, c, texts[i].member);
    }
    return OK;
}

static bool is_day(const struct log_entry *e, str member, day said)
{
    day on = 0;

    return day_parse(json_get_str(e->open, member), &on) && on == said;
}

static err check_issued(struct arena *a, const struct log_entry *e,
                        const struct credential *c)
{
    struct hash scheme = { 0 };
    int64_t stars = 0;

    TRY(check_texts(a, e, c));
    if (!is_day(e, S("from"), c->facts.from))
        return differs(a, c, "from");
    if (!is_day(e, S("until"), c->facts.until))
        return differs(a, c, "until");
    if (json_get(e->open, S("stars")) != NULL &&
        (!get_int(e->open, S("stars"), &stars) || stars != c->facts.stars))
        return differs(a, c, "stars");
    if (!get_hash(e->open, S("scheme_hash"), &scheme) ||
        !hash_eq(&scheme, &c->facts.scheme_hash))
        return differs(a, c, "scheme_hash");
    return OK;
}

static bool is_issue(const struct log_entry *e)
{
    return str_eq(e->kind, S("certificate.issued")) ||
           str_eq(e->kind, S("certificate.reissued"));
}

/* "credential.signed" */
static bool is_signed(const struct log_entry *e)
{
    static const str head = S_INIT("credential.");

    return str_begins(e->kind, head) &&
           str_eq(str_from(e->kind, head.n), S("signed"));
}

bool entry_is_of_credential(const struct log_entry *e)
{
    return is_issue(e) || is_signed(e);
}

err entry_check_credential(struct arena *a, const struct log_entry *e,
                           const struct credential *c)
{
    if (!entry_is_of_credential(e))
        return err_new(a, ERR_INVALID, "entry.kind", ARG_STR("kind", e->kind));
    if (!str_eq(e->number, c->facts.number))
        return differs(a, c, "number");
    return is_issue(e) ? check_issued(a, e, c) : check_signed(a, e, c);
}
