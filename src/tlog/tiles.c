#include "tlog/tiles.h"

#include "base/arena.h"
#include "base/check.h"
#include "store/log.h"
#include "tlog/stored.h"

enum { LENGTH_BYTES = 2 };

static err read_hashes(struct tx *tx, struct arena *a, struct tile t, str *out)
{
    struct list rows;

    TRY(log_node_list(tx, a, t.level * TILE_HEIGHT,
                      (int64_t)(t.index * TILE_WIDTH), (int32_t)t.width,
                      &rows));
    if (rows.n != t.width)
        return stored_damaged(tx, (int64_t)t.index * TILE_WIDTH);
    *out = (str){ (const char *)rows.p, rows.n * sizeof(struct hash) };
    return OK;
}

static size_t bundle_size(const struct list *rows)
{
    const struct log_entry_row *e = rows->p;
    size_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        n += LENGTH_BYTES + e[i].leaf.n;
    return n;
}

static char *put_entry(char *at, str leaf)
{
    check(leaf.n <= LOG_LEAF_MAX);
    at[0] = (char)(leaf.n >> 8);
    at[1] = (char)(leaf.n & 0xff);
    if (leaf.n > 0)
        memcpy(at + LENGTH_BYTES, leaf.p, leaf.n);
    return at + LENGTH_BYTES + leaf.n;
}

static err read_entries(struct tx *tx, struct arena *a, struct tile t, str *out)
{
    int64_t from = (int64_t)t.index * TILE_WIDTH;
    struct list rows;

    TRY(log_entry_list(tx, a, from, (int32_t)t.width, &rows));

    const struct log_entry_row *e = rows.p;
    if (rows.n != t.width || e[rows.n - 1].index != from + t.width - 1)
        return stored_damaged(tx, from);

    size_t n = bundle_size(&rows);
    char *bytes = arena_array(a, n, 1);
    TRY_MEMORY(bytes);
    char *at = bytes;
    for (size_t i = 0; i < rows.n; i++)
        at = put_entry(at, e[i].leaf);
    *out = (str){ bytes, n };
    return OK;
}

err tlog_tile(struct tx *tx, struct arena *a, struct tile t, int64_t size,
              str *out, bool *found)
{
    *found = tile_width((uint64_t)size, t.level, t.index) >= t.width;
    if (!*found)
        return OK;
    return t.level == TILE_ENTRIES ? read_entries(tx, a, t, out)
                                   : read_hashes(tx, a, t, out);
}

err tlog_inclusion(struct tx *tx, int64_t index, int64_t size,
                   struct merkle_proof *out)
{
    struct stored s = stored_tree(tx);

    return merkle_inclusion(&s.source, (uint64_t)index, (uint64_t)size, out);
}

err tlog_consistency(struct tx *tx, int64_t old_size, int64_t size,
                     struct merkle_proof *out)
{
    struct stored s = stored_tree(tx);

    return merkle_consistency(&s.source, (uint64_t)old_size, (uint64_t)size,
                              out);
}
