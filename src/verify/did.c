/* did -- names of bodies and their keys.  The document is read in did_read.c.
 */

#include "verify/did.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "codec/base58.h"

enum { ADDRESS_MAX = 1000 };

static const str web = S_INIT("did:web:");
static const str key_method = S_INIT("did:key:");
static const str https = S_INIT("https://");

/* multicodec "ed25519-pub", as a varint */
static const uint8_t ed25519[2] = { 0xed, 0x01 };

/* What a part of a did:web may consist of; so nothing in it can end the host
 * or climb in the path. */
static bool is_part(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_')
            return false;
    }
    return s.n > 0 && s.p[0] != '.';
}

static bool is_port(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0 && s.n <= 5;
}

/* host = part [ "%3A" port ] */
static bool put_host(struct buf *b, str host)
{
    size_t at = str_find(host, S("%3A"));
    str port = str_from(host, at + 3);

    buf_str(b, str_first(host, at));
    if (at < host.n) {
        buf_char(b, ':');
        buf_str(b, port);
    }
    return is_part(str_first(host, at)) && (at == host.n || is_port(port));
}

err did_web_address(struct arena *a, str did, str *out)
{
    str rest = str_from(did, web.n);
    struct buf b;

    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, https);
    bool good = str_begins(did, web) && did.n < ADDRESS_MAX / 2 &&
                put_host(&b, str_cut(&rest, ':'));
    bool root = rest.p == NULL;
    while (good && rest.p != NULL) {
        str part = str_cut(&rest, ':');

        good = is_part(part);
        buf_char(&b, '/');
        buf_str(&b, part);
    }
    if (!good)
        return err_new(a, ERR_INVALID, "did.web", ARG_STR("did", did));
    buf_str(&b, root ? S("/.well-known/did.json") : S("/did.json"));
    return buf_done(&b, out);
}

err did_web_of(struct arena *a, str address, str *out)
{
    str host = str_from(address, https.n);
    size_t at = str_index(host, ':');
    str port = str_from(host, at + 1);
    struct buf b;

    if (!str_begins(address, https) || address.n > ADDRESS_MAX / 2 ||
        !is_part(str_first(host, at)) || (at < host.n && !is_port(port)))
        return err_new(a, ERR_INVALID, "did.address",
                       ARG_STR("address", address));
    buf_init(&b, a, ADDRESS_MAX);
    buf_str(&b, web);
    buf_str(&b, str_first(host, at));
    if (at < host.n)
        buf_str(&b, S("%3A"));
    buf_str(&b, port);
    return buf_done(&b, out);
}

err did_multikey(struct arena *a,
                 const uint8_t public[static SIGN_PUBLIC_BYTES], str *out)
{
    uint8_t typed[sizeof ed25519 + SIGN_PUBLIC_BYTES];
    struct buf b;

    memcpy(typed, ed25519, sizeof ed25519);
    memcpy(typed + sizeof ed25519, public, SIGN_PUBLIC_BYTES);
    buf_init(&b, a, 100);
    buf_char(&b, 'z');
    base58_encode(&b, typed, sizeof typed);
    return buf_done(&b, out);
}

err did_multikey_read(struct arena *a, str multikey,
                      uint8_t public[static SIGN_PUBLIC_BYTES], bool *valid)
{
    str typed = { NULL, 0 };
    bool right = false;

    if (str_begins(multikey, S("z")))
        TRY(base58_decode(a, str_from(multikey, 1), &typed, &right));
    *valid = right && typed.n == sizeof ed25519 + SIGN_PUBLIC_BYTES &&
             memcmp(typed.p, ed25519, sizeof ed25519) == 0;
    if (*valid)
        memcpy(public, typed.p + sizeof ed25519, SIGN_PUBLIC_BYTES);
    return OK;
}

err did_key_document(struct arena *a, str did, struct did_document *out)
{
    struct did_key *k = arena_zero(a, sizeof *k);
    str multikey = str_from(did, key_method.n);
    bool valid = false;
    struct buf b;

    TRY_MEMORY(k);
    if (str_begins(did, key_method))
        TRY(did_multikey_read(a, multikey, k->public, &valid));
    if (!valid)
        return err_new(a, ERR_INVALID, "did.key", ARG_STR("did", did));

    buf_init(&b, a, 200);
    buf_str(&b, did);
    buf_char(&b, '#');
    buf_str(&b, multikey);
    TRY(buf_done(&b, &k->id));
    k->from = INT64_MIN;
    k->until = INT64_MAX;
    k->revoked = INT64_MAX;
    k->asserts = true;
    *out = (struct did_document){ did, 1, k };
    return OK;
}

const struct did_key *did_find(const struct did_document *d, str id)
{
    for (size_t i = 0; i < d->n; i++) {
        if (str_eq(d->keys[i].id, id))
            return &d->keys[i];
    }
    return NULL;
}

bool did_key_is_for(const struct did_key *k, str use)
{
    str name = str_from(k->id, str_index(k->id, '#') + 1);

    return str_begins(name, use) && str_begins(str_from(name, use.n), S("-"));
}

err did_key_at(struct arena *a, const struct did_document *d, str id,
               int64_t at, const struct did_key **out)
{
    const struct did_key *k = did_find(d, id);

    if (k == NULL)
        return err_new(a, ERR_INVALID, "did.unknown", ARG_STR("key", id),
                       ARG_STR("did", d->id));
    if (k->revoked != INT64_MAX)
        return err_new(a, ERR_INVALID, "did.revoked", ARG_STR("key", id),
                       ARG_DAY("on", day_of_micros(k->revoked)));
    if (!k->asserts)
        return err_new(a, ERR_INVALID, "did.purpose", ARG_STR("key", id));
    if (at < k->from)
        return err_new(a, ERR_INVALID, "did.early", ARG_STR("key", id),
                       ARG_DAY("on", day_of_micros(k->from)),
                       ARG_DAY("signed", day_of_micros(at)));
    if (at >= k->until)
        return err_new(a, ERR_INVALID, "did.late", ARG_STR("key", id),
                       ARG_DAY("on", day_of_micros(k->until)),
                       ARG_DAY("signed", day_of_micros(at)));
    *out = k;
    return OK;
}
