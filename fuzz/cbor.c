/* Any bytes as CBOR: a refusal with its place, or the only encoding of what was
 * read, which is what writing it again gives. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/cbor.h"
#include "codec/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void write_head(struct buf *b, const struct cbor *c)
{
    switch (c->kind) {
    case CBOR_INT: cbor_int(b, c->number); return;
    case CBOR_BYTES: cbor_bytes(b, c->bytes); return;
    case CBOR_TEXT:
        check(utf8_check(c->bytes, NULL));
        cbor_text(b, c->bytes);
        return;
    case CBOR_ARRAY: cbor_array(b, c->count); return;
    case CBOR_MAP: cbor_map(b, c->count); return;
    case CBOR_TAG: cbor_tag(b, (uint64_t)c->number); return;
    }
    check(false);
}

static void write_tree(struct buf *b, const struct cbor *c)
{
    size_t n = 0;

    write_head(b, c);
    for (const struct cbor *e = c->first; e != NULL; e = e->next, n++)
        write_tree(b, e);
    check(n == (c->kind == CBOR_MAP ? 2 * c->count : c->count));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };
    struct cbor *c = NULL;
    struct buf b;
    str out;

    arena_init(&a, &h, 256 << 20);
    err e = cbor_read(&a, s, &c);
    check(failed(e) == (c == NULL));
    if (failed(e)) {
        check(e.info->code == ERR_INVALID);
        check(e.info->args[0].number >= 0);
        check((uint64_t)e.info->args[0].number <= n);
        return 0;
    }
    buf_init(&b, &a, 16 << 20);
    write_tree(&b, c);
    check(!failed(buf_done(&b, &out)) && str_eq(out, s));
    return 0;
}
