#ifndef TLOG_TILES_H
#define TLOG_TILES_H

/*
 * tiles -- the log as others read it (C2SP tlog-tiles): tiles of hashes,
 * bundles of entries, proofs.
 *
 *   [TT1] Nothing is given out that no signed checkpoint covers.
 *   [TT2] A tile's bytes never change: each of its widths is the beginning of
 *         the wider ones.
 */

#include "base/err.h"
#include "merkle/proof.h"
#include "merkle/tile.h"
#include "store/store.h"

struct arena;

/*
 * The bytes of a tile, of a log of which `size` entries are signed: 32 for each
 * hash, or each entry after its length in two.  *found is false when that size
 * has no tile as wide [TT1].  ERR_CORRUPT "tlog.damaged" (size) when what
 * should be there is not.
 */
err tlog_tile(struct tx *tx, struct arena *a, struct tile t, int64_t size,
              str *out, bool *found);

/* That entry `index` is among the first `size`, and that the first `old_size`
 * are their beginning; as merkle_inclusion() and merkle_consistency(). */
err tlog_inclusion(struct tx *tx, int64_t index, int64_t size,
                   struct merkle_proof *out);
err tlog_consistency(struct tx *tx, int64_t old_size, int64_t size,
                     struct merkle_proof *out);

#endif
