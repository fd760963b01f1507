#ifndef TLOG_NOTE_H
#define TLOG_NOTE_H

/*
 * note -- signed notes and checkpoints, in the forms that foreign programs
 * read (C2SP signed-note v1.0.0 and tlog-checkpoint v1.0.0).
 *
 *     register.example/log        text: here a checkpoint, with its origin,
 *     42                          the size of the log,
 *     CsUYapGG..=                 and its root in base64
 *                                 an empty line
 *     — register.example/log Az3..   NAME BASE64(key id || signature)
 *
 *   [NT1] The signature is over the text with its last newline, without the
 *         empty line.  key id = SHA-256(name || 0x0A || 0x01 || key)[0..4].
 *   [NT2] Notes are UTF-8 without control characters but newline.  The text
 *         ends with a newline; what follows the last empty line is signatures.
 *   [NT3] A name is not empty and has neither plus sign nor any space of
 *         Unicode.
 *   [NT4] Signatures of keys nobody asked for do not matter, also when they
 *         share the name or the id (not both) of one that was.  One that has
 *         both and does not verify spoils the whole note.
 *
 * Everything here is a function of bytes.  What is parsed is borrowed from the
 * text it was parsed from, unless it says otherwise.
 */

#include "base/err.h"
#include "base/hash.h"
#include "crypto/sign.h"

struct arena;

enum {
    NOTE_BYTES_MAX = 1 << 20,
    NOTE_SIGNATURES_MAX = 100,
    NOTE_ID_BYTES = 4,
};

/* A key that notes are verified with. */
struct note_key {
    str name;
    uint8_t id[NOTE_ID_BYTES];
    uint8_t public[SIGN_PUBLIC_BYTES];
};

/* ERR_INVALID "note.name" (name) by [NT3].  The name is borrowed. */
err note_key_of(struct arena *a, str name,
                const uint8_t public[static SIGN_PUBLIC_BYTES],
                struct note_key *out);

/* "NAME+HEX ID+BASE64(0x01 || KEY)", the text that verifiers are given.  Errors
 * as note_key_of(), ERR_LIMIT "buf.limit", ERR_MEMORY. */
err note_vkey(struct arena *a, str name,
              const uint8_t public[static SIGN_PUBLIC_BYTES], str *out);

/* The key of such a text.  ERR_INVALID "note.vkey" (text) when it is none, when
 * its id is not that of its name and key, and when it is no Ed25519 key. */
err note_key_parse(struct arena *a, str vkey, struct note_key *out);

/* The note of `text`, signed by one key.  ERR_INVALID "note.text" by [NT2],
 * "note.name" by [NT3]; ERR_LIMIT "note.long" (limit), "buf.limit". */
err note_sign(struct arena *a, str text, str name, const struct sign_key *key,
              str *out);

/*
 * The text of a note that `key` signed.  ERR_INVALID "note.text" and
 * "note.split" by [NT2], "note.line" (line) for a malformed signature line,
 * counted from 1 after the empty line, "note.unsigned" (name) when `key` has
 * not signed, "note.signature" (name) when its signature is another text's or
 * another key's [NT4]; ERR_LIMIT "note.long" (limit), "note.many" (limit).
 */
err note_verify(struct arena *a, str note, const struct note_key *key,
                str *text);

/* What a checkpoint says. */
struct checkpoint_body {
    str origin;    /* the log's name: one line, not empty */
    uint64_t size; /* 0..MERKLE_SIZE_MAX */
    struct hash root;
    str extensions; /* whole lines, none of them empty; better left empty */
};

/* The text to be signed.  ERR_INVALID "checkpoint.origin" (origin),
 * "checkpoint.extension". */
err checkpoint_write(struct arena *a, const struct checkpoint_body *c,
                     str *out);

/* What checkpoint_write() wrote, and nothing else.  ERR_INVALID
 * "checkpoint.form" (line), counted from 1. */
err checkpoint_read(struct arena *a, str text, struct checkpoint_body *out);

/* The signed checkpoint of a log whose key bears its origin as name.  `size`
 * is that of a tree.  Errors as note_sign(). */
err note_checkpoint(struct arena *a, str origin, const struct sign_key *key,
                    int64_t size, const struct hash *root, str *out);

/* Is `note` a checkpoint of this size and root, signed by that key, whose name
 * is its origin?  Whatever is wrong with it, *valid is false; fails only with
 * ERR_MEMORY. */
err note_checkpoint_valid(struct arena *a, str note, const struct note_key *key,
                          int64_t size, const struct hash *root, bool *valid);

#endif
