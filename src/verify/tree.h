#ifndef VERIFY_TREE_H
#define VERIFY_TREE_H

/*
 * tree -- what verifying does with JSON: leave members out, take hashes, and
 * say where two trees part.
 */

#include "base/err.h"
#include "base/hash.h"

struct arena;
struct json;

/* Far beyond a credential; a status list of a million entries fits. */
enum { TREE_TEXT_MAX = 4 << 20 };

/* A copy of `object` without its member `key`; it shares what is inside. */
err tree_without(struct arena *a, const struct json *object, str key,
                 struct json **out);

/* A copy of `j` that can be given to a parent; it shares what is inside.  NULL
 * when memory is out, or `j` is. */
struct json *tree_share(struct arena *a, const struct json *j);

/* The canonical text (RFC 8785).  ERR_LIMIT "buf.limit" beyond TREE_TEXT_MAX,
 * ERR_MEMORY. */
err tree_text(struct arena *a, const struct json *j, str *out);

/* The canonical text of an object, `text`, with one member more, whose
 * canonical text is `value`: what tree_text() makes of the object that has it,
 * without writing all of it anew.  `key` is plain ASCII and none of the
 * object's. */
err tree_text_with(struct arena *a, str text, str key, str value, str *out);

/* The text of the member `key` in such a text; empty: it has none. */
str tree_text_of(str text, str key);

/* SHA-256 of the canonical text; errors likewise. */
err tree_hash(struct arena *a, const struct json *j, struct hash *out);

/* The same of what tree_without() gives: where the object was read from its
 * canonical text (json.h [J5]), straight from there. */
err tree_hash_without(struct arena *a, const struct json *object, str key,
                      struct hash *out);

/*
 * Where `got` is first seen to differ from `want`, in the order of `want`'s
 * members and then of those that only `got` has:
 * "credentialSubject.scope.name", "type[1]".  An empty text when both have the
 * same canonical form. ERR_MEMORY.
 */
err tree_differs(struct arena *a, const struct json *got,
                 const struct json *want, str *out);

#endif
