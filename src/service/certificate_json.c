#include "service/certificate_json.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/view.h"
#include "store/imported.h"

#include <stddef.h>

static struct json *day_json(struct arena *a, day d)
{
    char text[DAY_TEXT];
    str copy;

    return arena_str(a, day_text(d, text), &copy) ? json_new_str(a, copy)
                                                  : NULL;
}

static struct json *hash_json(struct arena *a, const struct hash *h)
{
    struct buf b;
    str text;

    buf_init(&b, a, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

static struct json *issuer_json(struct arena *a, const struct body *body)
{
    struct json *j = json_new_object(a);

    json_set(j, S("name"),
             label_json(a, (struct label){ body->name_zh, body->name_en }));
    json_set(j, S("approval"), json_new_str(a, body->approval));
    json_set(j, S("demonstration"), json_new_bool(a, body->demonstration));
    return j;
}

static struct json *entry_json(struct arena *a, int64_t index)
{
    struct json *j;

    if (index < 0)
        return json_new_null(a);
    j = json_new_object(a);
    json_set(j, S("index"), json_new_int(a, index));
    return j;
}

static struct json *history_json(struct arena *a,
                                 const struct public_certificate *c)
{
    const struct public_change *changes = c->history.p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < c->history.n; i++) {
        struct json *j = json_new_object(a);

        json_set(j, S("on"), day_json(a, changes[i].on));
        json_set(j, S("act"),
                 json_new_str(a, str_of(public_act_names[changes[i].act])));
        json_add(list, j);
    }
    return list;
}

static struct json *text_or_null(struct arena *a, str s)
{
    return s.n == 0 ? json_new_null(a) : json_new_str(a, s);
}

static struct json *site_json(struct arena *a, str name, str address)
{
    struct json *j = name.n == 0 ? json_new_null(a) : json_new_object(a);

    if (name.n == 0)
        return j;
    json_set(j, S("name"), json_new_str(a, name));
    json_set(j, S("address"), json_new_str(a, address));
    return j;
}

static struct json *subs_json(struct arena *a,
                              const struct public_certificate *c)
{
    const struct public_sub *subs = c->subs.p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < c->subs.n; i++) {
        struct json *j = json_new_object(a);

        json_set(j, S("number"), json_new_str(a, subs[i].number));
        json_set(j, S("site"), site_json(a, subs[i].site, subs[i].address));
        json_set(j, S("status"),
                 json_new_str(a, str_of(status_names[subs[i].status])));
        json_set(j, S("status_since"), day_json(a, subs[i].status_since));
        json_set(j, S("issued"), day_json(a, subs[i].issued));
        json_set(j, S("valid_until"), day_json(a, subs[i].until));
        json_add(list, j);
    }
    return list;
}

static struct json *suspended_json(struct arena *a,
                                   const struct public_certificate *c)
{
    return c->suspended_until == DAY_NEVER ? json_new_null(a)
                                           : day_json(a, c->suspended_until);
}

static struct json *credential_json(struct arena *a,
                                    const struct public_credential *c)
{
    struct json *j;

    if (c->address.n == 0)
        return json_new_null(a);
    j = json_new_object(a);
    json_set(j, S("address"), json_new_str(a, c->address));
    json_set(j, S("digest"), hash_json(a, &c->digest));
    json_set(j, S("log"), entry_json(a, c->log_index));
    return j;
}

/* What nobody said of it is not there. */
static void set_said(struct arena *a, struct json *j, const char *key, str s)
{
    if (s.n > 0)
        json_set(j, str_of(key), json_new_str(a, s));
}

/* [LU5] Only what the file said, under the same names; there are millions of
 * them. */
static struct json *imported_json(struct arena *a,
                                  const struct public_certificate *c)
{
    struct json *j = json_new_object(a);
    struct json *issuer = json_new_object(a);

    json_set(issuer, S("name"),
             label_json(a, (struct label){ c->issuer, c->issuer }));
    json_set(j, S("number"), json_new_str(a, c->number));
    json_set(j, S("status"), json_new_str(a, str_of(status_names[c->status])));
    json_set(j, S("status_since"), day_json(a, c->status_since));
    json_set(j, S("holder"), json_new_str(a, c->holder));
    json_set(j, S("uscc"), json_new_str(a, c->uscc));
    set_said(a, j, "scheme", c->scheme);
    json_set(j, S("criterion"), json_new_str(a, c->criterion));
    set_said(a, j, "level", c->level);
    set_said(a, j, "place", c->place);
    set_said(a, j, "trade", c->trade);
    if (c->scope.n > 0)
        json_set(j, S("scope"),
                 label_json(a, (struct label){ c->scope, c->scope_en }));
    json_set(j, S("issued"), day_json(a, c->issued));
    json_set(j, S("valid_from"), day_json(a, c->from));
    json_set(j, S("valid_until"), day_json(a, c->until));
    json_set(j, S("issuer"), issuer);
    json_set(j, S("imported"), json_new_bool(a, true));
    return j;
}

struct json *certificate_json(struct arena *a, const struct body *body,
                              const struct public_certificate *c)
{
    struct json *j = json_new_object(a);

    if (c->issuer.n > 0)
        return imported_json(a, c);
    json_set(j, S("number"), json_new_str(a, c->number));
    json_set(j, S("status"), json_new_str(a, str_of(status_names[c->status])));
    json_set(j, S("status_since"), day_json(a, c->status_since));
    json_set(j, S("suspended_until"), suspended_json(a, c));
    json_set(j, S("history"), history_json(a, c));
    json_set(j, S("main"), text_or_null(a, c->main));
    json_set(j, S("site"), site_json(a, c->site, c->site_address));
    json_set(j, S("sub_certificates"), subs_json(a, c));
    json_set(j, S("renews"), text_or_null(a, c->renews));
    json_set(j, S("renewed_by"), text_or_null(a, c->renewed_by));
    json_set(j, S("holder"), json_new_str(a, c->holder));
    json_set(j, S("uscc"), json_new_str(a, c->uscc));
    json_set(j, S("scheme"), json_new_str(a, c->scheme));
    json_set(j, S("scheme_name"), label_json(a, c->scheme_name));
    json_set(j, S("scheme_hash"), hash_json(a, &c->scheme_hash));
    json_set(j, S("title"), label_json(a, c->title));
    json_set(j, S("statement"), label_json(a, c->statement));
    json_set(j, S("criterion"), json_new_str(a, c->criterion));
    json_set(j, S("criterion_title"), label_json(a, c->criterion_title));
    json_set(j, S("level"), json_new_str(a, c->level));
    json_set(j, S("level_name"), label_json(a, c->level_label));
    json_set(j, S("stars"), json_new_int(a, c->stars));
    json_set(j, S("assumed"), json_new_bool(a, c->assumed));
    json_set(j, S("scope"),
             label_json(a, (struct label){ c->scope, c->scope_en }));
    json_set(j, S("issued"), day_json(a, c->issued));
    json_set(j, S("valid_from"), day_json(a, c->from));
    json_set(j, S("valid_until"), day_json(a, c->until));
    json_set(j, S("first_issued"), day_json(a, c->first_issued));
    json_set(j, S("issuer"), issuer_json(a, body));
    json_set(j, S("credential"), credential_json(a, &c->credential));
    json_set(j, S("log"), entry_json(a, c->log_index));
    return j;
}

/* --- and back ----------------------------------------------------------- */

/* The text of a label, which both languages have where there is no other. */
static str label_text(const struct json *j)
{
    return j->kind == JSON_OBJECT ? json_get_str(j, S("zh")) : S("");
}

static bool take_text(const struct json *j, str *to)
{
    *to = j->kind == JSON_STR ? j->text : label_text(j);
    return to->n > 0;
}

static bool take_issuer(const struct json *j, str *to)
{
    const struct json *name =
        j->kind == JSON_OBJECT ? json_get(j, S("name")) : NULL;

    return name != NULL && take_text(name, to);
}

static bool take_status(const struct json *j, int32_t *to)
{
    for (int32_t i = 0; status_names[i] != NULL; i++) {
        if (j->kind == JSON_STR && str_eq(j->text, str_of(status_names[i]))) {
            *to = i;
            return true;
        }
    }
    return false;
}

/* What a member says of the row, in the order of canonical texts. */
enum member_kind { TEXT, DAY, ISSUER, STATUS, NOTHING };

struct member {
    str key;
    enum member_kind kind;
    size_t at; /* in the row */
};

#define MEMBER(key, kind, field)                                               \
    {                                                                          \
        S_INIT(key), kind, offsetof(struct imported_row, field)                \
    }

static const struct member members[] = {
    MEMBER("criterion", TEXT, criterion),
    MEMBER("holder", TEXT, holder),
    MEMBER("imported", NOTHING, row),
    MEMBER("issued", DAY, issued),
    MEMBER("issuer", ISSUER, body),
    MEMBER("level", TEXT, level_id),
    MEMBER("number", TEXT, number),
    MEMBER("place", TEXT, place),
    MEMBER("scheme", TEXT, scheme_id),
    MEMBER("scope", TEXT, scope),
    MEMBER("status", STATUS, status),
    MEMBER("status_since", DAY, status_since),
    MEMBER("trade", TEXT, trade),
    MEMBER("uscc", TEXT, uscc),
    MEMBER("valid_from", DAY, valid_from),
    MEMBER("valid_until", DAY, valid_until),
};

static bool take(const struct json *j, enum member_kind kind, void *to)
{
    switch (kind) {
    case TEXT: return take_text(j, to);
    case DAY: return j->kind == JSON_STR && day_parse(j->text, to);
    case ISSUER: return take_issuer(j, to);
    case STATUS: return take_status(j, to);
    case NOTHING: break;
    }
    return true;
}

/* Of a canonical text's object; false: some member is none of these. */
static bool take_members(const struct json *object, struct imported_row *r)
{
    const struct json *j = object->first;

    for (size_t i = 0; i < COUNT(members) && j != NULL; i++) {
        if (!str_eq(j->key, members[i].key))
            continue;
        if (!take(j, members[i].kind, (char *)r + members[i].at))
            return false;
        j = j->next;
    }
    return j == NULL;
}

/* Those that every one of them has. */
static bool is_whole(const struct imported_row *r)
{
    return r->number.n > 0 && r->holder.n > 0 && r->uscc.n > 0 &&
           r->criterion.n > 0 && r->body.n > 0 && r->status >= 0 &&
           r->issued != DAY_NEVER && r->valid_from != DAY_NEVER &&
           r->valid_until != DAY_NEVER && r->status_since != DAY_NEVER;
}

/* Within a text no quote stands as it is, so this is no part of one. */
static const str mark = S_INIT(",\"imported\":true,");

err certificate_json_row(struct arena *a, str text, struct imported_row *out,
                         bool *found)
{
    struct imported_row r = { .status = -1,
                              .issued = DAY_NEVER,
                              .valid_from = DAY_NEVER,
                              .valid_until = DAY_NEVER,
                              .status_since = DAY_NEVER };
    const struct json *tree = NULL;

    *found = str_contains(text, mark);
    if (!*found)
        return OK;
    err e = json_parse_sealed(a, text, &tree);
    if (failed(e) && !err_is(e, ERR_INVALID))
        return e;
    *found = !failed(e) && tree->kind == JSON_OBJECT &&
             take_members(tree, &r) && is_whole(&r);
    *out = r;
    return OK;
}
