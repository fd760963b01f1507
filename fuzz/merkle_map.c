/*
 * What is laid over a true proof of a map: it holds exactly while nothing of it
 * was changed, and proves one claim only.
 *
 * Bytes: which key, whether it is one of the map; how many halves more or less;
 * then pairs of place and what is changed there.
 */

#include "base/check.h"
#include "merkle/map.h"

enum { PAIRS = 200, HEAD = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct trial {
    bool ready;
    struct map_pair pairs[PAIRS];
    struct hash root;
    struct map_proof proof;
};

/* Keys in their order that agree in none up to many of their bits. */
static void make(struct trial *t)
{
    for (size_t i = 0; i < PAIRS; i++) {
        t->pairs[i].key.b[0] = (uint8_t)(i / 8 * 3);
        t->pairs[i].key.b[i % 8 * 4] |= (uint8_t)(i % 8 == 0 ? 0 : 1);
        t->pairs[i].key.b[31] = (uint8_t)i;
        t->pairs[i].value.b[0] = (uint8_t)~i;
    }
    for (size_t i = 1; i < PAIRS; i++) {
        const struct map_pair pair = t->pairs[i];
        size_t at = i;

        for (; at > 0 && memcmp(&t->pairs[at - 1], &pair, sizeof pair) > 0;
             at--)
            t->pairs[at] = t->pairs[at - 1];
        t->pairs[at] = pair;
    }
    map_root(t->pairs, PAIRS, 0, &t->root);
    t->ready = true;
}

/* Lay the bytes over the proof; whether anything of it is another now. */
static bool lay(struct map_proof *p, const uint8_t *bytes, size_t n)
{
    struct map_proof before = *p;
    unsigned more = bytes[0] % 5;

    p->n = p->n + more < 2 ? 0 : p->n + more - 2;
    for (size_t i = 1; i + 1 < n && p->n > 0; i += 2) {
        struct hash *h = &p->aside[bytes[i] % p->n];

        h->b[bytes[i] / 8] ^= bytes[i + 1];
    }
    return p->n != before.n ||
           memcmp(p->aside, before.aside, p->n * sizeof *p->aside) != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct trial t;
    struct hash key;

    if (!t.ready)
        make(&t);
    if (n < HEAD)
        return 0;
    const struct map_pair *pair = &t.pairs[bytes[0] % PAIRS];
    bool there = bytes[1] % 2 == 0;

    key = pair->key;
    if (!there)
        key.b[bytes[1] % 30 + 1] ^= 0x80;
    map_prove(t.pairs, PAIRS, 0, &key, &t.proof);
    bool changed = lay(&t.proof, bytes + 2, n - 2);
    const struct hash *value = there ? &pair->value : NULL;

    check(map_proof_holds(&t.root, &key, value, &t.proof) == !changed);
    check(
        !map_proof_holds(&t.root, &key, there ? NULL : &pair->value, &t.proof));
    return 0;
}
