#include "tlog/stored.h"

#include "store/log.h"

err stored_damaged(struct tx *tx, int64_t size)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.damaged",
                   ARG_INT("size", size));
}

err stored_node(struct tx *tx, int32_t level, int64_t index, struct hash *out)
{
    bool found;

    TRY(log_node_get(tx, level, index, out, &found));
    return found ? OK : stored_damaged(tx, index);
}

static err read_node(const struct merkle_source *source, unsigned level,
                     uint64_t index, struct hash *out)
{
    const struct stored *s = (const struct stored *)source;

    return stored_node(s->tx, (int32_t)level, (int64_t)index, out);
}

struct stored stored_tree(struct tx *tx)
{
    return (struct stored){ { read_node }, tx };
}

err stored_root(struct tx *tx, int64_t size, struct hash *out)
{
    struct stored s = stored_tree(tx);

    return merkle_root_read(&s.source, (uint64_t)size, out);
}
