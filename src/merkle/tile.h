#ifndef MERKLE_TILE_H
#define MERKLE_TILE_H

/*
 * tile -- how a log's tree is cut into files (C2SP tlog-tiles v0.1.0).
 *
 * A tile of level L and index N holds up to 256 hashes: the subtrees of tree
 * level 8 * L with the indexes from 256 * N on, 32 bytes each.  Entry bundles
 * are tiles of leaves: entries 256 * N on.
 *
 *     tile/0/000              full: 256 hashes, 8192 bytes
 *     tile/1/x001/x234/067    N = 1234067
 *     tile/0/273.p/112        partial: 112 hashes so far
 *     tile/entries/000.p/5    an entry bundle
 *
 *   [MT1] There are no empty tiles.
 *   [MT2] A tile has exactly one path: N in groups of three digits, all but
 *         the last marked with x, the first of several not 000; no other
 *         leading zeros; a full tile without width.
 */

#include "base/str.h"

#include <stdint.h>

enum {
    TILE_HEIGHT = 8,
    TILE_WIDTH = 256,
    TILE_LEVEL_MAX = 63,
    TILE_ENTRIES = -1, /* the level of entry bundles */
};

/* As far as a tree of MERKLE_SIZE_MAX leaves goes. */
#define TILE_INDEX_MAX ((UINT64_C(1) << 54) - 1)

struct tile {
    int level;      /* TILE_ENTRIES, or 0..TILE_LEVEL_MAX */
    uint64_t index; /* 0..TILE_INDEX_MAX */
    uint32_t width; /* 1..256 hashes or entries; 256 is full */
};

/* How wide tile `index` of `level` is in a tree of `size` leaves: 0 when it is
 * not there [MT1], 256 when it is full.  Any index will do. */
uint32_t tile_width(uint64_t size, int level, uint64_t index);

/* The tile that holds the subtree (level, index) of the tree, and where: its
 * hash, or those of the *n > 0 subtrees below it that it is the root of
 * (merkle_root()), begin at the *at-th hash.  `width` is left 0. */
struct tile tile_of_node(unsigned level, uint64_t index, uint32_t *at,
                         uint32_t *n);

/*
 * Visit the tiles that a log has to publish when it grows from `old_size` to
 * `size`, entry bundles too: those that are there in the new tree and were not,
 * or not as wide, in the old.  Begin with a zeroed walk; false ends it.
 */
struct tile_walk {
    bool begun;
    struct tile next;
};
bool tile_next(struct tile_walk *w, uint64_t old_size, uint64_t size,
               struct tile *out);

/* The path, below the log's prefix, of a tile whose members are in range; and
 * a NUL.  The result points into `out` and leaves the NUL out. */
#define TILE_PATH 48
str tile_path(struct tile t, char out[static TILE_PATH]);

/* [MT2]; false, *out untouched, when `path` is the path of no tile. */
bool tile_parse(str path, struct tile *out);

#endif
