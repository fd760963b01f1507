#include "tlog/leaf.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "domain/events.h"

/* What a leaf of one kind of event shows, and what it only commits to. */
struct leaf_kind {
    const char *event;
    const char *subject;     /* "certificate": what it is about .. */
    const char *name;        /* .. and the member of its data that names it;
                                NULL: the stream's id */
    const char *const *open; /* members of the data for everyone; NULL-ended */
    const char *const *sealed;
};

/* clang-format off */
static const char *const nothing[] = { NULL };
static const char *const certificate_open[] = {
    "number", "holder", "address", "uscc", "scheme", "scheme_hash", "criterion", "level",
    "stars", "scope", "scope_en", "issued", "from", "until", "first_issued",
    NULL,
};
static const char *const certificate_sealed[] = { "file", NULL };
static const char *const status_open[] = { "number", NULL };
static const char *const suspended_open[] = { "number", "until", NULL };
static const char *const scope_open[] = { "number", "scope", "scope_en", NULL };
static const char *const sub_open[] = {
    "number", "main", "site", "address", "scope", "scope_en", "issued", "until",
    NULL,
};
static const char *const sub_ended_open[] = { "number", "main", NULL };
static const char *const commitment_open[] = { "commitment", "size", NULL };
static const char *const commitment_sealed[] = { "list", NULL };
static const char *const drawn_open[] = { "nonce", "seed", "wanted", NULL };
static const char *const record_open[] = { "parts", NULL };
static const char *const key_made_open[] = {
    "purpose", "serial", "kind", "public", NULL,
};
static const char *const key_retired_open[] = {
    "purpose", "serial", "ending", "since", NULL,
};
static const char *const credential_open[] = {
    "number", "serial", "digest", "index", "key", NULL,
};
static const char *const key_certified_open[] = {
    "purpose", "serial", "certificate", NULL,
};
static const char *const scheme_open[] = {
    "scheme", "version", "scheme_hash", NULL,
};
static const char *const register_root_open[] = {
    "root", "holders", "numbers", "upto", NULL,
};

static const char *const chunk_open[] = {
    "file", "part", "first", "last", "lines", "read", "known", "refused", "ended",
    "root", NULL,
};

static const struct leaf_kind kinds[] = {
    { "certificate.issued", "certificate", "number", certificate_open, certificate_sealed },
    { "certificate.reissued", "certificate", "number", certificate_open, certificate_sealed },
    { "certificate.suspended", "certificate", "number", suspended_open, nothing },
    { "certificate.restored", "certificate", "number", status_open, nothing },
    { "certificate.reduced", "certificate", "number", scope_open, nothing },
    { "certificate.withdrawn", "certificate", "number", status_open, nothing },
    { "certificate.cancelled", "certificate", "number", status_open, nothing },
    { "certificate.expired", "certificate", "number", status_open, nothing },
    { "certificate.sub_issued", "certificate", "main", sub_open, nothing },
    { "certificate.sub_ended", "certificate", "main", sub_ended_open, nothing },
    { "credential.signed", "certificate", "main", credential_open, nothing },
    { "sample.committed", "case", NULL, commitment_open, commitment_sealed },
    { "sample.drawn", "case", NULL, drawn_open, nothing },
    { "record.committed", "case", NULL, record_open, nothing },
    { "key.made", "body", NULL, key_made_open, nothing },
    { "key.retired", "body", NULL, key_retired_open, nothing },
    { "key.certified", "body", NULL, key_certified_open, nothing },
    { "package.frozen", "scheme", "scheme", scheme_open, nothing },
    { "import.chunk", "import", "file", chunk_open, nothing },
    { "register.root", "body", NULL, register_root_open, nothing },
};
/* clang-format on */

static const struct leaf_kind *find_kind(const struct event *e)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].event, e->kind->name) == 0)
            return &kinds[i];
    }
    return NULL;
}

void leaf_salt(const uint8_t secret[static SALT_KEY_BYTES],
               const struct hash *event, str name, uint8_t out[static 32])
{
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, "tenstar leaf salt", strlen("tenstar leaf salt"));
    sha256_add(&h, secret, SALT_KEY_BYTES);
    sha256_add(&h, event->b, sizeof event->b);
    sha256_add(&h, name.p, name.n);
    sha256_end(&h, out);
}

/* SHA-256(salt || value) as hexadecimal digits; NULL without memory. */
static struct json *seal(struct arena *a, const uint8_t *secret,
                         const struct event *e, str name, str value)
{
    uint8_t salt[32];
    uint8_t sealed[32];
    struct sha256 h;
    struct buf b;
    str text;

    leaf_salt(secret, &e->hash, name, salt);
    sha256_init(&h);
    sha256_add(&h, salt, sizeof salt);
    sha256_add(&h, value.p, value.n);
    sha256_end(&h, sealed);

    buf_init(&b, a, 2 * sizeof sealed);
    buf_hex(&b, sealed, sizeof sealed);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

/* A copy of a member, which hangs in a tree of its own. */
static struct json *copied(struct arena *a, const struct json *m)
{
    struct json *copy = arena_zero(a, sizeof *copy);

    if (copy != NULL)
        *copy = *m;
    return copy;
}

static struct json *pick_open(struct arena *a, const struct leaf_kind *kind,
                              const struct json *data)
{
    struct json *object = json_new_object(a);

    for (size_t i = 0; kind->open[i] != NULL; i++) {
        str name = str_of(kind->open[i]);
        const struct json *m = json_get(data, name);

        if (m != NULL)
            json_set(object, name, copied(a, m));
    }
    return object;
}

static struct json *pick_sealed(struct arena *a, const uint8_t *secret,
                                const struct event *e,
                                const struct leaf_kind *kind,
                                const struct json *data)
{
    struct json *object = json_new_object(a);

    for (size_t i = 0; kind->sealed[i] != NULL; i++) {
        str name = str_of(kind->sealed[i]);
        str value = json_get_str(data, name);

        json_set(object, name, seal(a, secret, e, name, value));
    }
    return object;
}

static err write_subject(struct arena *a, const struct leaf_kind *kind,
                         const struct event *e, const struct json *data,
                         str *out)
{
    char id_digits[ID_TEXT];
    struct buf b;

    buf_init(&b, a, 200);
    buf_str(&b, str_of(kind->subject));
    buf_char(&b, '/');
    buf_str(&b, kind->name == NULL ? id_text(e->stream, id_digits)
                                   : json_get_str(data, str_of(kind->name)));
    return buf_done(&b, out);
}

err leaf_of_event(struct arena *a, const uint8_t secret[static SALT_KEY_BYTES],
                  const struct event *e, str *subject, str *leaf)
{
    const struct leaf_kind *kind = find_kind(e);
    struct json *whole;
    struct json *data;
    char day_digits[DAY_TEXT];
    struct buf b;
    str made;

    if (kind == NULL) {
        *leaf = S("");
        return OK;
    }
    TRY(record_write(a, e->kind->record, e->data, &data));
    whole = json_new_object(a);
    json_set(whole, S("type"), json_new_str(a, str_of(e->kind->name)));
    json_set(whole, S("version"), json_new_int(a, 1));
    json_set(whole, S("at"), json_new_int(a, e->at));
    json_set(whole, S("on"), json_new_str(a, day_text(e->on, day_digits)));
    json_set(whole, S("public"), pick_open(a, kind, data));
    json_set(whole, S("sealed"), pick_sealed(a, secret, e, kind, data));

    buf_init(&b, a, LEAF_BYTES_MAX); /* [LF4] */
    json_canonical(&b, whole);
    TRY(buf_done(&b, &made));
    TRY(write_subject(a, kind, e, data, subject));
    *leaf = made;
    return OK;
}
