#include "tlog/tlog.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/sign.h"
#include "merkle/proof.h"
#include "store/certificates.h"
#include "store/log.h"
#include "tlog/note.h"

static err damaged(struct tx *tx, int64_t size)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.damaged",
                   ARG_INT("size", size));
}

err tlog_enter(struct tx *tx, int64_t at, str subject, str leaf)
{
    struct log_pending_row row = { .at = at, .subject = subject, .leaf = leaf };

    return log_pending_add(tx, &row);
}

/* --- the tree, from its stored nodes ---------------------------------- */

/* The hash of the whole subtree of 2^level leaves at `index`. */
static err read_node(struct tx *tx, int32_t level, int64_t index,
                     struct hash *out)
{
    struct list found;

    TRY(log_node_list(tx, tx_arena(tx), level, index, 1, &found));
    if (found.n == 0)
        return damaged(tx, index);
    *out = *(const struct hash *)found.p;
    return OK;
}

/* The stored nodes, as merkle/ reads them. */
struct stored {
    struct merkle_source source;
    struct tx *tx;
};

static err stored_node(const struct merkle_source *source, unsigned level,
                       uint64_t index, struct hash *out)
{
    const struct stored *s = (const struct stored *)source;

    return read_node(s->tx, (int32_t)level, (int64_t)index, out);
}

static err root_of(struct tx *tx, int64_t size, struct hash *out)
{
    struct stored s = { { stored_node }, tx };

    return merkle_root_read(&s.source, (uint64_t)size, out);
}

/* Add leaf `index`, and every subtree that it completes. */
static err add_nodes(struct tx *tx, int64_t index, const struct hash *leaf)
{
    struct hash hash = *leaf;
    int32_t level = 0;

    TRY(log_node_add(tx, 0, index, &hash));
    for (; (index & 1) != 0; index >>= 1) {
        struct hash left;

        TRY(read_node(tx, level, index - 1, &left));
        merkle_node(&left, &hash, &hash);
        TRY(log_node_add(tx, ++level, index >> 1, &hash));
    }
    return OK;
}

/* [T2] [T3] The tree we have continues the newest checkpoint. */
static err check_continues(struct tx *tx, int64_t size,
                           struct log_checkpoint_row *last, bool *found)
{
    struct hash root;

    TRY(log_checkpoint_last(tx, tx_arena(tx), last, found));
    if (!*found)
        return OK;
    if (last->size > size)
        return damaged(tx, last->size);
    TRY(root_of(tx, last->size, &root));
    if (!merkle_same(&root, &last->root))
        return damaged(tx, last->size);
    return OK;
}

/* --- sequencing [T4] -------------------------------------------------------
 */

/* A certificate's entry is told to its row of the register. */
static err tell_certificate(struct tx *tx, str subject, int64_t index)
{
    str prefix = S("certificate/");

    if (!str_begins(subject, prefix))
        return OK;
    return certificate_set_log_index(tx, str_from(subject, prefix.n), index);
}

static err sequence_one(struct tx *tx, const struct log_pending_row *p,
                        int64_t index)
{
    struct log_entry_row entry = {
        .index = index,
        .at = p->at,
        .subject = p->subject,
        .leaf = p->leaf,
    };

    merkle_leaf(p->leaf, &entry.leaf_hash);
    TRY(log_entry_add(tx, &entry));
    TRY(add_nodes(tx, index, &entry.leaf_hash));
    TRY(tell_certificate(tx, p->subject, index));
    return log_pending_remove(tx, p->id);
}

err tlog_sequence(struct tx *tx, struct arena *a, int32_t most, size_t *done)
{
    struct log_checkpoint_row last;
    struct list pending;
    int64_t size;
    bool any;

    TRY(log_size(tx, &size));
    TRY(check_continues(tx, size, &last, &any));
    TRY(log_pending_list(tx, a, most, &pending));
    for (size_t i = 0; i < pending.n; i++)
        TRY(sequence_one(tx, &((const struct log_pending_row *)pending.p)[i],
                         size + (int64_t)i));
    *done = pending.n;
    return OK;
}

/* --- checkpoints ------------------------------------------------------------
 */

static struct checkpoint of_row(const struct log_checkpoint_row *row)
{
    return (struct checkpoint){ row->size, row->root, row->note };
}

static err sign_checkpoint(struct arena *a, const struct tlog_key *key,
                           struct checkpoint *c)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };

    sign_key_of_seed(key->seed, &pair);
    return note_checkpoint(a, key->origin, &pair, c->size, &c->root, &c->note);
}

err tlog_checkpoint(struct tx *tx, struct arena *a, const struct tlog_key *key,
                    int64_t at, struct checkpoint *out)
{
    struct log_checkpoint_row last = { 0 };
    struct checkpoint c = { 0 };
    bool any;

    TRY(log_size(tx, &c.size));
    TRY(check_continues(tx, c.size, &last, &any));
    if (any && last.size == c.size) {
        *out = of_row(&last);
        return OK;
    }
    TRY(root_of(tx, c.size, &c.root));
    TRY(sign_checkpoint(a, key, &c));

    struct log_checkpoint_row row = { c.size, c.root, c.note, at };
    TRY(log_checkpoint_add(tx, &row));
    *out = c;
    return OK;
}

err tlog_newest(struct tx *tx, struct arena *a, struct checkpoint *out)
{
    struct log_checkpoint_row last = { 0 };
    bool any;

    TRY(log_checkpoint_last(tx, a, &last, &any));
    *out = any ? of_row(&last) : (struct checkpoint){ 0 };
    return OK;
}

err tlog_vkey(struct arena *a, const struct tlog_key *key, str *out)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };

    sign_key_of_seed(key->seed, &pair);
    return note_vkey(a, key->origin, pair.public, out);
}

/* --- the whole log
 * ------------------------------------------------------------ */

enum { PAGE = 500 };

static err bad_entry(struct tx *tx, int64_t index)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.entry",
                   ARG_INT("index", index));
}

static err verify_entry(struct tx *tx, const struct log_entry_row *e,
                        int64_t index)
{
    struct hash leaf;
    struct hash node;

    merkle_leaf(e->leaf, &leaf);
    TRY(read_node(tx, 0, index, &node));
    if (e->index != index || !merkle_same(&leaf, &e->leaf_hash) ||
        !merkle_same(&leaf, &node))
        return bad_entry(tx, index);
    return OK;
}

static err verify_entries(struct tx *tx, struct arena *a, int64_t *size)
{
    int64_t index = 0;

    for (;;) {
        struct list rows;

        TRY(log_entry_list(tx, a, index, PAGE, &rows));
        if (rows.n == 0)
            break;
        for (size_t i = 0; i < rows.n; i++)
            TRY(verify_entry(tx, &((const struct log_entry_row *)rows.p)[i],
                             index++));
    }
    *size = index;
    return OK;
}

/* Every stored subtree is made of its two halves. */
static err verify_level(struct tx *tx, int32_t level, int64_t size)
{
    for (int64_t i = 0; i < size >> level; i++) {
        struct hash left;
        struct hash right;
        struct hash whole;

        TRY(read_node(tx, level - 1, 2 * i, &left));
        TRY(read_node(tx, level - 1, 2 * i + 1, &right));
        TRY(read_node(tx, level, i, &whole));
        merkle_node(&left, &right, &left);
        if (!merkle_same(&left, &whole))
            return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.node",
                           ARG_INT("level", level), ARG_INT("index", i));
    }
    return OK;
}

static err verify_checkpoint(struct tx *tx, struct arena *a,
                             const struct tlog_key *key, int64_t size)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct note_key verifier = { 0 };
    struct log_checkpoint_row last = { 0 };
    bool any;
    bool valid = false;

    TRY(check_continues(tx, size, &last, &any));
    if (!any)
        return OK;
    sign_key_of_seed(key->seed, &pair);
    TRY(note_key_of(a, key->origin, pair.public, &verifier));
    TRY(note_checkpoint_valid(a, last.note, &verifier, last.size, &last.root,
                              &valid));
    if (!valid)
        return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.checkpoint",
                       ARG_INT("size", last.size));
    return OK;
}

err tlog_verify(struct tx *tx, struct arena *a, const struct tlog_key *key,
                int64_t *size)
{
    TRY(verify_entries(tx, a, size));
    for (int32_t level = 1; *size >> level != 0; level++)
        TRY(verify_level(tx, level, *size));
    return verify_checkpoint(tx, a, key, *size);
}
