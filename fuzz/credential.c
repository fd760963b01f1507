/* Any bytes as a credential, as a status list, as a token and as a proof.  Who
 * signs is known: only what the corpus has of him may verify, and then it is
 * written again as it was read. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "credential/test_sample.h"
#include "verify/did.h"
#include "verify/jws.h"
#include "verify/tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* A refusal that a stranger's bytes can have: never a lack of memory. */
static void check_refusal(err e)
{
    check(e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT);
    check(utf8_check(err_arg_text(e, "field"), NULL));
}

static void try_credential(struct arena *a, str s,
                           const struct did_document *issuer)
{
    struct credential c = { 0 };
    struct json *again = NULL;
    struct hash digest;
    struct hash sealed;
    err e = credential_read(a, s, &c);

    if (failed(e)) {
        check_refusal(e);
        return;
    }
    check(c.facts.from <= c.facts.until && c.facts.number.n > 0);
    check(!failed(credential_document(a, &c.facts, &again)));
    check(!failed(tree_hash(a, again, &digest)));
    check(!failed(sealed_digest(a, &c.sealed, &sealed)));
    check(hash_eq(&digest, &sealed));
    e = credential_check_signature(a, &c, issuer);
    if (failed(e))
        check_refusal(e);
    else
        check(str_eq(c.facts.number, S("71226SC0006R0S")));
}

static void try_list(struct arena *a, str s, const struct did_document *issuer)
{
    struct status_list l = { 0 };
    bool set = false;
    err e = status_list_read(a, s, &l);

    if (failed(e)) {
        check_refusal(e);
        check(status_list_problem(e).n > 0);
        return;
    }
    check(l.n >= STATUS_LIST_LEAST && l.n <= STATUS_LIST_MOST);
    check(!failed(status_list_bit(a, &l, l.n - 1, &set)));
    check(failed(status_list_bit(a, &l, l.n, &set)));
    e = status_list_check(a, &l, l.address, l.purpose, issuer);
    if (failed(e))
        check_refusal(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };
    struct did_document issuer = { 0 };
    struct jws j = { 0 };

    arena_init(&a, &h, 256 << 20);
    check(!failed(test_did_document(&a, &issuer)));
    try_credential(&a, s, &issuer);
    try_list(&a, s, &issuer);
    err e = jws_read(&a, s, S(""), &j);
    if (failed(e))
        check_refusal(e);
    return 0;
}
