#ifndef MERKLE_NOTE_H
#define MERKLE_NOTE_H

/*
 * note -- signed notes in the form that foreign programs read (C2SP
 * signed-note v1.0.0).
 *
 *     register.example/log        text: here a checkpoint (checkpoint.h), with
 *     42                          its origin, the size of the log, and its
 *     CsUYapGG..=                 root in base64
 *                                 an empty line
 *     — register.example/log Az3..   NAME BASE64(key id || signature)
 *     — witness.example Ah8..        any number of them
 *
 *   [NT1] The signature is over the text with its last newline, without the
 *         empty line.  key id = SHA-256(name || 0x0A || kind || key)[0..4].
 *   [NT2] Notes are UTF-8 without control characters but newline.  The text
 *         ends with a newline; what follows the last empty line is signatures.
 *   [NT3] A name is not empty and has neither plus sign nor any space of
 *         Unicode.
 *   [NT4] Signatures of keys nobody asked for do not matter, also when they
 *         share the name or the id (not both) of one that was.  One that has
 *         both and does not verify spoils the whole note.
 *   [NT5] What a witness signs is another text, with its time before the
 *         note's (cosignature.h); a key is of one kind and never stands for
 *         one of the other.
 *
 * Everything here is a function of bytes.  What is parsed is borrowed from the
 * text it was parsed from, unless it says otherwise.
 */

#include "base/err.h"
#include "base/hash.h"
#include "crypto/sign.h"

struct arena;
struct buf;

enum {
    NOTE_BYTES_MAX = 1 << 20,
    NOTE_SIGNATURES_MAX = 100,
    NOTE_ID_BYTES = 4,
};

/* The byte that stands for it in the id of a key and in its text. */
enum note_kind {
    NOTE_SIGNATURE = 0x01,   /* Ed25519 over the text: who wrote the note */
    NOTE_COSIGNATURE = 0x04, /* Ed25519 over time and text: a witness */
};

/* A key that notes are verified with. */
struct note_key {
    str name;
    enum note_kind kind;
    uint8_t id[NOTE_ID_BYTES];
    uint8_t public[SIGN_PUBLIC_BYTES];
};

/* ERR_INVALID "note.name" (name) by [NT3].  The name is borrowed. */
err note_key_of(struct arena *a, enum note_kind kind, str name,
                const uint8_t public[static SIGN_PUBLIC_BYTES],
                struct note_key *out);

/* "NAME+HEX ID+BASE64(KIND || KEY)", the text that verifiers are given.
 * ERR_LIMIT "buf.limit", ERR_MEMORY. */
err note_vkey(struct arena *a, const struct note_key *key, str *out);

/* The key of such a text.  ERR_INVALID "note.vkey" (text) when it is none, when
 * its id is not that of its name and key, and when it is of neither kind. */
err note_key_parse(struct arena *a, str vkey, struct note_key *out);

/* The line "— NAME BASE64(ID || SIGNATURE)" with its newline. */
void note_put_line(struct buf *b, const struct note_key *key, str signature);

/* The note of `text`, signed by one key.  ERR_INVALID "note.text" by [NT2],
 * "note.name" by [NT3]; ERR_LIMIT "note.long" (limit), "buf.limit". */
err note_sign(struct arena *a, str text, str name, const struct sign_key *key,
              str *out);

/* --- reading ---------------------------------------------------------- */

/* A signature line taken apart. */
struct note_signature {
    str line; /* the whole of it, with its newline */
    str name;
    uint8_t id[NOTE_ID_BYTES];
    str bytes; /* what follows the id, in the arena; of any length above 0 */
};

struct signed_note {
    str text; /* what was signed */
    const struct note_signature *signatures;
    size_t n; /* 1..NOTE_SIGNATURES_MAX */
};

/*
 * Take a note apart; nothing is verified yet.  ERR_INVALID "note.text" and
 * "note.split" by [NT2], "note.line" (line) for a malformed signature line,
 * counted from 1 after the empty line; ERR_LIMIT "note.long" (limit),
 * "note.many" (limit).
 */
err note_open(struct arena *a, str note, struct signed_note *out);

/* The signature lines alone, as a witness answers them: none is "note.split".
 * Errors as note_open(). */
err note_open_lines(struct arena *a, str lines, struct signed_note *out);

/* The signature of `key`, verified; NULL when it has not signed.  ERR_INVALID
 * "note.signature" (name) when one with its name and id is another text's or
 * another key's [NT4]. */
err note_find(struct arena *a, const struct signed_note *note,
              const struct note_key *key, const struct note_signature **out);

/* The text of a note that `key` signed: note_open() and note_find() in one,
 * ERR_INVALID "note.unsigned" (name) when it has not. */
err note_verify(struct arena *a, str note, const struct note_key *key,
                str *text);

#endif
