/* Any bytes as a note, a verifier key and a checkpoint.  The one note that the
 * key below is known to have signed is in the corpus: whatever else verifies
 * must have the same text. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "merkle/checkpoint.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void try_note(struct arena *a, str s)
{
    struct note_key k = { 0 };
    str text = { NULL, 0 };

    if (failed(note_key_parse(a,
                              S("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4"
                                "ZCbV54Id2LKaANYcrnKv3U2k"),
                              &k)))
        return;
    if (!failed(note_verify(a, s, &k, &text)))
        check(str_eq(text, S("This is an example message.\n")));
}

static void try_key(struct arena *a, str s)
{
    struct note_key k = { 0 };
    struct note_key again = { 0 };
    str vkey = { NULL, 0 };

    if (failed(note_key_parse(a, s, &k)))
        return;
    /* A name may be longer than we write. */
    if (failed(note_vkey(a, &k, &vkey)))
        return;
    check(vkey.n == s.n && !failed(note_key_parse(a, vkey, &again)));
    check(str_eq(k.name, again.name));
    check(memcmp(k.id, again.id, sizeof k.id) == 0);
    check(memcmp(k.public, again.public, sizeof k.public) == 0);
}

static void try_checkpoint(struct arena *a, str s)
{
    struct checkpoint_body c = { 0 };
    str text = { NULL, 0 };

    if (failed(checkpoint_read(a, s, &c)))
        return;
    if (!failed(checkpoint_write(a, &c, &text)))
        check(str_eq(text, s));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 64 << 20);
    try_note(&a, s);
    try_key(&a, s);
    try_checkpoint(&a, s);
    return 0;
}
