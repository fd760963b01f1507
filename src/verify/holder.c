#include "verify/holder.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "verify/entry.h"
#include "verify/tree.h"

enum { MEMBERS = 6, NUMBER_MAX = 1000, HEX = 2 * sizeof(struct hash) };

static const str type = S_INIT("tenstar holder proof");

/* --- keys [HP2] --------------------------------------------------------- */

void holder_key(str uscc, struct hash *out)
{
    sha256(uscc.p, uscc.n, out->b);
}

err holder_number_key(struct arena *a, str number, struct hash *out)
{
    struct buf b;
    str text;

    buf_init(&b, a, NUMBER_MAX);
    buf_str(&b, S("number:"));
    for (size_t i = 0; i < number.n && i < NUMBER_MAX; i++) {
        char c = number.p[i];

        if (c != ' ')
            buf_char(&b, (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
    }
    TRY(buf_done(&b, &text));
    sha256(text.p, text.n, out->b);
    return OK;
}

err holder_number_said(struct arena *a, str number, str uscc, str *out)
{
    struct json *j = json_new_object(a);

    json_set(j, S("number"), json_new_str(a, number));
    json_set(j, S("uscc"), json_new_str(a, uscc));
    TRY_MEMORY(j);
    return tree_text(a, j, out);
}

/* --- the root ----------------------------------------------------------- */

static err wrong_entry(struct arena *a, const char *field)
{
    return err_new(a, ERR_INVALID, "entry.field",
                   ARG_STR("field", str_of(field)));
}

static err take_count(struct arena *a, const struct json *j, const char *name,
                      int64_t *out)
{
    const struct json *m = json_get(j, str_of(name));

    if (m == NULL || m->kind != JSON_INT || m->number < 0)
        return wrong_entry(a, name);
    *out = m->number;
    return OK;
}

static bool take_hash(const struct json *j, str name, struct hash *out)
{
    return hex_parse(json_get_str(j, name), out->b, sizeof out->b);
}

err holder_root_read(struct arena *a, const struct log_entry *e,
                     struct holder_root *out)
{
    struct holder_root made = { 0 };

    if (!str_eq(e->kind, S("register.root")))
        return err_new(a, ERR_INVALID, "holder.entry",
                       ARG_STR("kind", e->kind));
    if (!take_hash(e->open, S("root"), &made.root))
        return wrong_entry(a, "root");
    TRY(take_count(a, e->open, "holders", &made.holders));
    TRY(take_count(a, e->open, "numbers", &made.numbers));
    TRY(take_count(a, e->open, "upto", &made.upto));
    *out = made;
    return OK;
}

/* --- writing ------------------------------------------------------------ */

/* NULL without memory. */
static struct json *hash_json(struct arena *a, const struct hash *h)
{
    struct buf b;
    str text;

    buf_init(&b, a, HEX);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

static struct json *pair_json(struct arena *a, const struct map_pair *p)
{
    struct json *j = json_new_object(a);

    json_set(j, S("key"), hash_json(a, &p->key));
    json_set(j, S("value"), hash_json(a, &p->value));
    return j;
}

static struct json *map_json(struct arena *a, const struct map_proof *p)
{
    struct json *j = json_new_object(a);
    struct json *aside = json_new_array(a);

    for (unsigned i = 0; i < p->n; i++)
        json_add(aside, hash_json(a, &p->aside[i]));
    json_set(j, S("aside"), aside);
    json_set(j, S("other"),
             p->other ? pair_json(a, &p->there) : json_new_null(a));
    return j;
}

/* What is said stands first in it, so that its text need not be read. */
err holder_proof_write(struct arena *a, const struct holder_proof *p, str *out)
{
    struct json *j = json_new_object(a);
    struct buf b;
    str rest;

    json_set(j, S("log"), json_new_str(a, p->log));
    json_set(j, S("map"), map_json(a, &p->map));
    json_set(j, S("type"), json_new_str(a, type));
    json_set(j, S("uscc"), json_new_str(a, p->uscc));
    json_set(j, S("version"), json_new_int(a, 1));
    TRY_MEMORY(j);
    TRY(tree_text(a, j, &rest));
    buf_init(&b, a, HOLDER_PROOF_MAX);
    buf_str(&b, S("{\"holder\":"));
    buf_str(&b, p->said.n == 0 ? S("null") : p->said);
    buf_char(&b, ',');
    buf_str(&b, str_from(rest, 1));
    return buf_done(&b, out);
}

/* --- reading ------------------------------------------------------------ */

static err wrong(struct arena *a, const char *field)
{
    return err_new(a, ERR_INVALID, "holder.field",
                   ARG_STR("field", str_of(field)));
}

static err read_aside(struct arena *a, const struct json *list,
                      struct map_proof *out)
{
    if (list == NULL || list->kind != JSON_ARRAY || list->count > MAP_DEPTH_MAX)
        return wrong(a, "map.aside");
    for (const struct json *x = list->first; x != NULL; x = x->next) {
        struct hash *h = &out->aside[out->n++];

        if (x->kind != JSON_STR || !hex_parse(x->text, h->b, sizeof h->b))
            return wrong(a, "map.aside");
    }
    return OK;
}

static err read_map(struct arena *a, const struct json *j,
                    struct map_proof *out)
{
    const struct json *other = json_get(j, S("other"));

    TRY(read_aside(a, json_get(j, S("aside")), out));
    if (other == NULL)
        return wrong(a, "map.other");
    out->other = other->kind != JSON_NULL;
    if (out->other && (!take_hash(other, S("key"), &out->there.key) ||
                       !take_hash(other, S("value"), &out->there.value)))
        return wrong(a, "map.other");
    return OK;
}

static err read_holder(struct arena *a, const struct json *j,
                       struct holder_proof *out)
{
    const struct json *holder = json_get(j, S("holder"));

    out->said = S("");
    out->holder = NULL;
    if (holder == NULL ||
        (holder->kind != JSON_NULL && holder->kind != JSON_OBJECT))
        return wrong(a, "holder");
    if (holder->kind == JSON_NULL)
        return OK;
    out->holder = holder;
    return tree_text(a, holder, &out->said);
}

bool holder_proof_is(const struct json *j)
{
    return str_eq(json_get_str(j, S("type")), type);
}

/* [HP1] */
static err parse(struct arena *a, str text, struct json **out)
{
    struct json *j = NULL;
    str again = S("");
    err e = json_parse(a, text, &j);

    if (err_is(e, ERR_INVALID))
        return err_new(a, ERR_INVALID, "holder.form");
    TRY(e);
    TRY(tree_text(a, j, &again));
    if (!str_eq(again, text) || j->kind != JSON_OBJECT || !holder_proof_is(j))
        return err_new(a, ERR_INVALID, "holder.form");
    *out = j;
    return OK;
}

static bool is_version(const struct json *j)
{
    return j != NULL && j->kind == JSON_INT && j->number == 1;
}

static bool has_no_other(const struct json *j)
{
    return j != NULL && j->count == MEMBERS;
}

err holder_proof_read(struct arena *a, str text, struct holder_proof *out)
{
    struct holder_proof *made = arena_zero(a, sizeof *made);
    struct json *j = NULL;

    TRY_MEMORY(made);
    TRY(parse(a, text, &j));
    made->uscc = json_get_str(j, S("uscc"));
    made->log = json_get_str(j, S("log"));
    if (!is_version(json_get(j, S("version"))))
        return wrong(a, "version");
    if (made->uscc.n != HOLDER_USCC)
        return wrong(a, "uscc");
    if (made->log.n == 0)
        return wrong(a, "log");
    if (!has_no_other(j))
        return err_new(a, ERR_INVALID, "holder.form");
    TRY(read_map(a, json_get(j, S("map")), &made->map));
    TRY(read_holder(a, j, made));
    *out = *made;
    return OK;
}

/* --- checking ----------------------------------------------------------- */

err holder_proof_check(struct arena *a, const struct holder_proof *p,
                       const struct hash *root)
{
    struct hash key;
    struct hash value;

    holder_key(p->uscc, &key);
    sha256(p->said.p, p->said.n, value.b);
    if (!map_proof_holds(root, &key, p->said.n == 0 ? NULL : &value, &p->map))
        return err_new(a, ERR_INVALID, "holder.map", ARG_STR("uscc", p->uscc));
    if (p->holder != NULL &&
        !str_eq(json_get_str(p->holder, S("uscc")), p->uscc))
        return err_new(a, ERR_INVALID, "holder.other",
                       ARG_STR("uscc", p->uscc));
    return OK;
}
