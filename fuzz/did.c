/* Any bytes as a DID document, as a did:web and as a did:key.  An address never
 * has more than a host and a path of plain parts. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "verify/did.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void try_document(struct arena *a, str s)
{
    struct did_document d = { 0 };
    err e = did_document_read(a, s, &d);

    if (failed(e)) {
        check(e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT);
        return;
    }
    check(d.n <= DID_KEYS_MAX && str_begins(d.id, S("did:")));
    for (size_t i = 0; i < d.n; i++) {
        const struct did_key *k = &d.keys[i];

        check(did_find(&d, k->id) == k);
        check(str_begins(k->id, d.id));
        (void)did_key_is_for(k, S("qr"));
    }
}

static void try_web(struct arena *a, str s)
{
    str address = S("");

    if (failed(did_web_address(a, s, &address)))
        return;
    check(str_begins(address, S("https://")));
    check(str_ends(address, S("/did.json")));
    check(!str_contains(address, S("..")) || str_contains(s, S("..")));
    for (size_t i = S("https://").n; i < address.n; i++)
        check(address.p[i] > ' ' && strchr("@?#\\%\"<>", address.p[i]) == NULL);
}

static void try_address(struct arena *a, str s)
{
    str did = S("");
    str address = S("");

    if (failed(did_web_of(a, s, &did)))
        return;
    check(!failed(did_web_address(a, did, &address)));
    check(str_begins(address, s));
    check(str_eq(str_from(address, s.n), S("/.well-known/did.json")));
}

static void try_key(struct arena *a, str s)
{
    struct did_document d = { 0 };
    str multikey = S("");

    if (failed(did_key_document(a, s, &d)))
        return;
    check(!failed(did_multikey(a, d.keys[0].public, &multikey)));
    check(str_ends(s, multikey));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 128 << 20);
    try_document(&a, s);
    try_web(&a, s);
    try_address(&a, s);
    try_key(&a, s);
    return 0;
}
