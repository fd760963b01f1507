#ifndef REGISTER_HOLDERS_H
#define REGISTER_HOLDERS_H

/*
 * holders -- what is said of every enterprise in the register, and the one hash
 * that proves it: these are all of its certificates, or it has none.
 *
 * A holder is keyed by SHA-256 of its USCC; what is said of it is bytes that
 * somebody else makes (a list of its certificates), and their SHA-256 is its
 * value in a Merkle map (merkle/map.h).
 *
 *   [HO1] The map is kept down to HOLDERS_DEPTH bits of the keys, each node
 *         with whether it is one pair, more, or none; what lies below is hashed
 *         when it is asked for: some dozens of holders where there are
 * millions. [HO2] Changes are put first and settled once, before the commit; a
 * proof is of what was settled.
 */

#include "base/hash.h"
#include "merkle/map.h"
#include "register/book.h"

enum { HOLDERS_DEPTH = 16, HOLDERS_PARTS = 1 << HOLDERS_DEPTH };

/* The key of a USCC, in the form that base's rules give it: 18 letters and
 * digits, capitals. */
void holders_key(str uscc, struct hash *out);

/* Changes in one writer; zero it first but for the writer. */
struct holders_change {
    struct book_writer *writer;           /* borrowed */
    uint64_t touched[HOLDERS_PARTS / 64]; /* parts of the map */
};

/* What is said of this holder is now these bytes; empty: nothing any more.
 * Errors of book_put(). */
err holders_put(struct holders_change *c, struct arena *a,
                const struct hash *key, str said);

/* Make the map true again [HO2]. */
err holders_settle(struct holders_change *c, struct heap *h, struct arena *a);

/* The root over all, as the reader sees it; no holder: 32 bytes of zero. */
err holders_root(const struct book_reader *r, struct arena *a,
                 struct hash *out);

/* What is kept of those whose keys begin with the first `depth` bits,
 * 0..HOLDERS_DEPTH, of `prefix` (a number below 2^depth): so two books are
 * compared part by part.  ERR_CORRUPT "register.map". */
err holders_part(const struct book_reader *r, struct arena *a, unsigned depth,
                 uint32_t prefix, struct map_part *out);

/*
 * What is said of this holder, empty when nothing is, and the proof of it under
 * holders_root(), by map_proof_holds() with SHA-256 of `said`.  ERR_CORRUPT
 * "register.map" where the kept nodes are not those of the holders.
 */
err holders_prove(const struct book_reader *r, struct heap *h, struct arena *a,
                  const struct hash *key, str *said, struct map_proof *out);

/* Is every node that is kept the one that the holders give?  ERR_CORRUPT
 * "register.map". */
err holders_check(const struct book_reader *r, struct heap *h, struct arena *a);

#endif
