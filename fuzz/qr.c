/* Any bytes as the text of a code.  What is read says one thing in one way: its
 * facts give the same payload again, and only the corpus's code verifies. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/utf8.h"
#include "credential/test_sample.h"
#include "verify/did.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_statement(struct arena *a, const struct qr *q)
{
    struct did_document issuer = { 0 };
    str payload = S("");
    str message = S("");

    check(str_eq(q->number, q->facts.number));
    check(utf8_is_text(q->facts.holder) && q->facts.from <= q->facts.until);
    check(!failed(qr_payload(a, &q->facts, &payload)));
    check(!failed(qr_message(a, payload, &message)));
    check(str_eq(message, q->message));
    check(!failed(test_did_document(a, &issuer)));
    if (!failed(qr_check_signature(a, q, &issuer)))
        check(str_eq(q->number, S("71226SC0006R0S")));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };
    struct qr q = { 0 };

    arena_init(&a, &h, 64 << 20);
    err e = qr_read(&a, s, &q);
    if (failed(e)) {
        check(e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT);
        return 0;
    }
    check(str_begins(q.address, S("HTTPS://")));
    check(str_ends(q.address, q.number));
    if (q.with_statement)
        check_statement(&a, &q);
    return 0;
}
