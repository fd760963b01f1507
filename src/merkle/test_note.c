#include "merkle/test_note.h"

#include "base/arena.h"
#include "base/test.h"
#include "merkle/cosignature.h"

void test_pair(uint8_t seed, struct sign_key *out)
{
    uint8_t bytes[SIGN_SEED_BYTES] = { seed };

    sign_key_of_seed(bytes, out);
}

struct note_key test_key(struct arena *a, enum note_kind kind, uint8_t seed,
                         str name)
{
    scoped(sign_key_end) struct sign_key k;
    struct note_key out = { 0 };

    test_pair(seed, &k);
    EXPECT_OK(note_key_of(a, kind, name, k.public, &out));
    return out;
}

str test_vkey(struct arena *a, enum note_kind kind, uint8_t seed, str name)
{
    struct note_key k = test_key(a, kind, seed, name);
    str out = S("");

    EXPECT_OK(note_vkey(a, &k, &out));
    return out;
}

str test_checkpoint(struct arena *a, uint8_t seed, str origin, int64_t size,
                    const struct hash *root)
{
    scoped(sign_key_end) struct sign_key k;
    str out = S("");

    test_pair(seed, &k);
    EXPECT_OK(note_checkpoint(a, origin, &k, size, root, &out));
    return out;
}

str test_join(struct arena *a, str x, str y)
{
    char *p = arena_array(a, x.n + y.n, 1);

    EXPECT(p != NULL);
    if (p == NULL)
        return S("");
    memcpy(p, x.p, x.n);
    memcpy(p + x.n, y.p, y.n);
    return (str){ p, x.n + y.n };
}

str test_cosign(struct arena *a, str note, uint8_t seed, str name, int64_t time)
{
    scoped(sign_key_end) struct sign_key k;
    struct signed_note opened = { 0 };
    str line = S("");

    test_pair(seed, &k);
    EXPECT_OK(note_open(a, note, &opened));
    EXPECT_OK(cosignature_make(a, opened.text, name, &k, time, &line));
    return test_join(a, note, line);
}

int64_t test_number(err e, const char *name)
{
    if (!failed(e))
        return -1;
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g->number;
    }
    return -1;
}
