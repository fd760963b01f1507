#ifndef MERKLE_TEST_NOTE_H
#define MERKLE_TEST_NOTE_H

/* test_note -- keys, checkpoints and cosignatures for tests: the key of a
 * number is that of a seed which begins with it. */

#include "merkle/checkpoint.h"

struct arena;

void test_pair(uint8_t seed, struct sign_key *out);
struct note_key test_key(struct arena *a, enum note_kind kind, uint8_t seed,
                         str name);
str test_vkey(struct arena *a, enum note_kind kind, uint8_t seed, str name);

/* The signed checkpoint of the log `origin`. */
str test_checkpoint(struct arena *a, uint8_t seed, str origin, int64_t size,
                    const struct hash *root);

/* `note` with the cosignature of a witness at its end. */
str test_cosign(struct arena *a, str note, uint8_t seed, str name,
                int64_t time);

/* A number among the arguments of an error; -1: there is none. */
int64_t test_number(err e, const char *name);

str test_join(struct arena *a, str x, str y);

#endif
