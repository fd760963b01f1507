#ifndef VERIFY_HOLDER_H
#define VERIFY_HOLDER_H

/*
 * holder -- what proves of an enterprise that these are all of its
 * certificates, or that it has none: one file, which needs nothing else but the
 * log's key to be checked.
 *
 *     {"holder":{..},"log":"..","map":{"aside":["HEX",..],"other":null},
 *      "type":"tenstar holder proof","uscc":"..","version":1}
 *
 *   [HP1] A proof has exactly one text: canonical JSON (RFC 8785).
 *   [HP2] The register is a Merkle map (merkle/map.h).  Under SHA-256(USCC) it
 *         has the hash of all that it says of that enterprise, and under
 *         SHA-256("number:" || number) whose certificate that is; a USCC has
 *         no colon, so the two are never taken for each other.
 *   [HP3] `map` leads from what is said to a root, `log` proves an entry
 *         "register.root" of that root: so nothing was left out that the log
 *         had before the entry.
 *   [HP4] It is of the entry's day: what happened since, it does not know.
 *
 * Pure, as everything in this room.
 */

#include "merkle/map.h"

#include <stdint.h>

struct arena;
struct json;
struct log_entry;

enum { HOLDER_PROOF_MAX = 64 << 20, HOLDER_USCC = 18 };

/* [HP2]  Capitals or not, blanks or none: of numbers that makes no difference.
 * ERR_MEMORY. */
void holder_key(str uscc, struct hash *out);
err holder_number_key(struct arena *a, str number, struct hash *out);

/* What is said under a number's key. */
err holder_number_said(struct arena *a, str number, str uscc, str *out);

/* What an entry "register.root" says. */
struct holder_root {
    struct hash root;
    int64_t holders; /* enterprises in it */
    int64_t numbers; /* of certificates in it */
    int64_t upto;    /* it is of the entries below this one */
};

/* ERR_INVALID "holder.entry" (kind) when it is another entry, "entry.field"
 * (field). */
err holder_root_read(struct arena *a, const struct log_entry *e,
                     struct holder_root *out);

struct holder_proof {
    str uscc;
    const struct json *holder; /* what is said of it; NULL: nothing */
    str said;                  /* its text, whose hash is proved; empty */
    struct map_proof map;
    str log; /* merkle/tlog_proof.h, with the entry as extra data */
};

/* `holder` is not looked at, but `said`.  ERR_LIMIT "buf.limit". */
err holder_proof_write(struct arena *a, const struct holder_proof *p, str *out);

/* What holder_proof_write() wrote, and nothing else; whether it holds is not
 * looked into.  ERR_INVALID "holder.form" [HP1], "holder.field" (field). */
err holder_proof_read(struct arena *a, str text, struct holder_proof *out);

/* Is it such a document, as far as its type goes? */
bool holder_proof_is(const struct json *j);

/* [HP3] the first half.  ERR_INVALID "holder.map" (uscc); "holder.other" (uscc)
 * when what is said is of another enterprise. */
err holder_proof_check(struct arena *a, const struct holder_proof *p,
                       const struct hash *root);

#endif
