#include "tlog/own.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/sign.h"
#include "merkle/note.h"

/* --- signing [OW1] ---------------------------------------------------- */

static err sign_by(struct arena *a, const struct tlog_key *key,
                   const uint8_t seed[static 32], int64_t size,
                   const struct hash *root, str *note)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };

    sign_key_of_seed(seed, &pair);
    return note_checkpoint(a, key->origin, &pair, size, root, note);
}

/* The signature of one more, below those that are there. */
static err add_line(struct arena *a, str *note, str other)
{
    struct signed_note opened = { 0 };
    struct buf b;

    TRY(note_open(a, other, &opened));
    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, *note);
    buf_str(&b, opened.signatures[0].line);
    return buf_done(&b, note);
}

err own_sign(struct arena *a, const struct tlog_key *key, int64_t size,
             const struct hash *root, str *note)
{
    str made;

    TRY(sign_by(a, key, key->seed, size, root, &made));
    for (size_t i = 0; i < key->former_n; i++) {
        str other;

        if (!key->formers[i].signs)
            continue;
        TRY(sign_by(a, key, key->formers[i].seed, size, root, &other));
        TRY(add_line(a, &made, other));
    }
    *note = made;
    return OK;
}

/* --- reading [OW2] ---------------------------------------------------- */

static err former_key(struct arena *a, const struct tlog_key *key, size_t i,
                      struct note_key *out)
{
    return note_key_of(a, NOTE_SIGNATURE, key->origin, key->formers[i].public,
                       out);
}

err own_valid(struct arena *a, const struct tlog_key *key, str note,
              int64_t size, const struct hash *root, bool *valid)
{
    struct note_key k;

    TRY(tlog_own_key(a, key, &k));
    TRY(note_checkpoint_valid(a, note, &k, size, root, valid));
    for (size_t i = 0; i < key->former_n && !*valid; i++) {
        TRY(former_key(a, key, i, &k));
        TRY(note_checkpoint_valid(a, note, &k, size, root, valid));
    }
    return OK;
}

err own_open(struct arena *a, const struct tlog_key *key, str note,
             struct checkpoint_body *out)
{
    struct note_key k;

    TRY(tlog_own_key(a, key, &k));
    err first = note_checkpoint_open(a, note, &k, out);
    err e = first;
    for (size_t i = 0; i < key->former_n && err_is(e, ERR_INVALID); i++) {
        TRY(former_key(a, key, i, &k));
        e = note_checkpoint_open(a, note, &k, out);
    }
    return err_is(e, ERR_INVALID) ? first : e;
}
