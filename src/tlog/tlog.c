#include "tlog/tlog.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/sign.h"
#include "merkle/checkpoint.h"
#include "store/log.h"
#include "tlog/anchor.h"
#include "tlog/own.h"
#include "tlog/stored.h"

err tlog_enter(struct tx *tx, int64_t at, str subject, str leaf)
{
    struct log_pending_row row = { .at = at, .subject = subject, .leaf = leaf };

    return log_pending_add(tx, &row);
}

/* --- the tree, from its stored nodes ---------------------------------- */

/* Add a leaf, and every subtree that it completes. */
static err add_nodes(struct tx *tx, struct merkle_edge *edge,
                     const struct hash *leaf)
{
    const int64_t index = (int64_t)edge->size;
    struct hash made[MERKLE_LEVELS];
    size_t n = merkle_append(edge, leaf, made);

    for (size_t level = 0; level < n; level++)
        TRY(log_node_add(tx, (int32_t)level, index >> level, &made[level]));
    return OK;
}

/* --- what was signed before ------------------------------------------ */

err tlog_own_key(struct arena *a, const struct tlog_key *key,
                 struct note_key *out)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };

    sign_key_of_seed(key->seed, &pair);
    return note_key_of(a, NOTE_SIGNATURE, key->origin, pair.public, out);
}

/* [T2] [T3] The tree we have continues the newest checkpoint of the store. */
static err check_continues(struct tx *tx, int64_t size,
                           struct log_checkpoint_row *last, bool *found)
{
    struct hash root;

    TRY(log_checkpoint_last(tx, tx_arena(tx), last, found));
    if (!*found)
        return OK;
    if (last->size > size)
        return stored_damaged(tx, last->size);
    TRY(stored_root(tx, last->size, &root));
    if (!hash_eq(&root, &last->root))
        return stored_damaged(tx, last->size);
    return OK;
}

/* [T2] [T3] .. and the newest that is known from outside of it. */
err tlog_check_known(struct tx *tx, const struct checkpoint_body *known)
{
    struct hash root;
    int64_t size;

    TRY(log_size(tx, &size));
    if (known->size > (uint64_t)size)
        return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.restored",
                       ARG_INT("size", known->size), ARG_INT("have", size));
    TRY(stored_root(tx, (int64_t)known->size, &root));
    if (!hash_eq(&root, &known->root))
        return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.forked",
                       ARG_INT("size", known->size));
    return OK;
}

static err check_one_anchor(struct tx *tx, const struct tlog_anchor *anchor,
                            const struct tlog_key *key)
{
    struct checkpoint_body known;
    bool found;

    if (anchor == NULL)
        return OK;
    TRY(anchor_read(anchor, tx_arena(tx), key, &known, &found));
    return found ? tlog_check_known(tx, &known) : OK;
}

err tlog_check_anchor(struct tx *tx, const struct tlog_key *key)
{
    TRY(check_one_anchor(tx, key->anchor, key));
    return check_one_anchor(tx, key->shown, key);
}

/* [T3] Whoever changed root and tree alike could not sign them. */
static err check_signed(struct tx *tx, const struct tlog_key *key,
                        const struct log_checkpoint_row *c)
{
    bool valid;

    TRY(own_valid(tx_arena(tx), key, c->note, c->size, &c->root, &valid));
    return valid ? OK : stored_damaged(tx, c->size);
}

/* --- sequencing [T4] ------------------------------------------------- */

static err sequence_one(struct tx *tx, struct merkle_edge *edge,
                        const struct log_pending_row *p)
{
    struct log_entry_row entry = {
        .index = (int64_t)edge->size,
        .at = p->at,
        .subject = p->subject,
        .leaf = p->leaf,
    };

    merkle_leaf(p->leaf, &entry.leaf_hash);
    TRY(log_entry_add(tx, &entry));
    TRY(add_nodes(tx, edge, &entry.leaf_hash));
    return log_pending_remove(tx, p->id);
}

err tlog_sequence(struct tx *tx, const struct tlog_key *key, int32_t most,
                  const struct tlog_taker *by, size_t *done)
{
    const struct stored tree = stored_tree(tx);
    struct log_checkpoint_row last = { 0 };
    struct merkle_edge edge;
    struct list pending;
    int64_t size;
    bool any;

    TRY(tlog_check_anchor(tx, key));
    TRY(log_size(tx, &size));
    TRY(check_continues(tx, size, &last, &any));
    if (any)
        TRY(check_signed(tx, key, &last));
    TRY(log_pending_list(tx, tx_arena(tx), 0, most, &pending));
    TRY(merkle_edge_read(&tree.source, (uint64_t)size, &edge));

    const struct log_pending_row *p = pending.p;
    for (size_t i = 0; i < pending.n; i++) {
        int64_t index = size + (int64_t)i;

        TRY(by->take(tx, &p[i], index, by->context));
        TRY(sequence_one(tx, &edge, &p[i]));
    }
    *done = pending.n;
    return OK;
}

/* --- the tree in between --------------------------------------------- */

err tlog_tree(struct tx *tx, struct tlog_tree *out)
{
    struct tlog_tree t;

    TRY(log_size(tx, &t.size));
    TRY(stored_root(tx, t.size, &t.root));
    *out = t;
    return OK;
}

err tlog_check_tree(struct tx *tx, const struct tlog_tree *known)
{
    struct hash root;
    int64_t size;

    TRY(log_size(tx, &size));
    if (size < known->size)
        return stored_damaged(tx, known->size);
    TRY(stored_root(tx, known->size, &root));
    return hash_eq(&root, &known->root) ? OK : stored_damaged(tx, known->size);
}

/* --- checkpoints ----------------------------------------------------- */

static struct checkpoint of_row(const struct log_checkpoint_row *row)
{
    return (struct checkpoint){ row->size, row->root, row->note };
}

err tlog_checkpoint(struct tx *tx, struct arena *a, const struct tlog_key *key,
                    int64_t at, struct checkpoint *out)
{
    struct log_checkpoint_row last = { 0 };
    struct checkpoint c = { 0 };
    bool any;

    TRY(tlog_check_anchor(tx, key));
    TRY(log_size(tx, &c.size));
    TRY(check_continues(tx, c.size, &last, &any));
    if (any)
        TRY(check_signed(tx, key, &last));
    if (any && last.size == c.size) {
        *out = of_row(&last);
        return OK;
    }
    TRY(stored_root(tx, c.size, &c.root));
    TRY(own_sign(a, key, c.size, &c.root, &c.note));
    if (key->anchor != NULL) /* [AN1] */
        TRY(anchor_keep(key->anchor, tx_arena(tx), c.note));

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
    struct note_key own;

    TRY(tlog_own_key(a, key, &own));
    return note_vkey(a, &own, out);
}

err tlog_former_vkey(struct arena *a, const struct tlog_key *key, str *out)
{
    *out = S("");
    for (size_t i = 0; i < key->former_n; i++) {
        const struct tlog_former *f = &key->formers[i];
        struct note_key former;

        if (!f->signs)
            continue;
        TRY(note_key_of(a, NOTE_SIGNATURE, key->origin, f->public, &former));
        return note_vkey(a, &former, out);
    }
    return OK;
}

/* --- the whole log ---------------------------------------------------- */

enum { PAGE = 500 };

/* Where a page begins, of a log of `size` entries, and how far it goes. */
struct page_at {
    int64_t from; /* index of an entry or of a subtree; size of a checkpoint */
    int64_t size;
    int32_t level;              /* of subtrees */
    const struct tlog_key *key; /* of checkpoints */
    size_t n;                   /* how far the next one is */
};

/* Verify the page that starts `at`, a tx_part; at->n is how far the next one
 * is.  From the beginning to the end; *n says how many there are. */
static err verify_pages(struct tx *tx, tx_part *verify, struct page_at at,
                        int64_t *n)
{
    do {
        TRY(tx_apart(tx, verify, &at));
        at.from += (int64_t)at.n;
    } while (at.n == PAGE);
    *n = at.from;
    return OK;
}

static err bad_node(struct tx *tx, int32_t level, int64_t index)
{
    return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.node",
                   ARG_INT("level", level), ARG_INT("index", index));
}

/* Every entry stands at its place and has its hash, here and in the tree. */
static err verify_entries(struct tx *tx, struct arena *a, void *context)
{
    struct page_at *at = context;
    struct list rows;
    struct list nodes;

    TRY(log_entry_list(tx, a, at->from, PAGE, &rows));
    TRY(log_node_list(tx, a, 0, at->from, PAGE, &nodes));
    for (size_t i = 0; i < rows.n; i++) {
        const struct log_entry_row *e =
            (const struct log_entry_row *)rows.p + i;
        int64_t index = at->from + (int64_t)i;
        struct hash leaf;

        merkle_leaf(e->leaf, &leaf);
        if (e->index != index || !hash_eq(&leaf, &e->leaf_hash))
            return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.entry",
                           ARG_INT("index", index));
        if (i >= nodes.n || !hash_eq(&leaf, (const struct hash *)nodes.p + i))
            return bad_node(tx, 0, index);
    }
    if (nodes.n > rows.n)
        return bad_node(tx, 0, at->from + (int64_t)rows.n);
    at->n = rows.n;
    return OK;
}

static bool is_made_of(const struct hash *whole, const struct hash halves[2])
{
    struct hash made;

    merkle_node(&halves[0], &halves[1], &made);
    return hash_eq(&made, whole);
}

/* Every stored subtree is made of its two halves; those that should be there
 * are, and no others. */
static err verify_nodes(struct tx *tx, struct arena *a, void *context)
{
    struct page_at *at = context;
    int64_t left = (at->size >> at->level) - at->from;
    size_t want = left < PAGE ? (size_t)left : PAGE;
    struct list wholes;
    struct list halves;

    TRY(log_node_list(tx, a, at->level, at->from, PAGE, &wholes));
    TRY(log_node_list(tx, a, at->level - 1, 2 * at->from, 2 * PAGE, &halves));
    for (size_t i = 0; i < want; i++) {
        if (i >= wholes.n || 2 * i + 1 >= halves.n ||
            !is_made_of((const struct hash *)wholes.p + i,
                        (const struct hash *)halves.p + 2 * i))
            return bad_node(tx, at->level, at->from + (int64_t)i);
    }
    if (wholes.n > want)
        return bad_node(tx, at->level, at->from + (int64_t)want);
    at->n = want;
    return OK;
}

/* Up to the first level that has none. */
static err verify_tree(struct tx *tx, int64_t size)
{
    int64_t n = size;

    for (int32_t level = 1; n > 0; level++)
        TRY(verify_pages(tx, verify_nodes,
                         (struct page_at){ .size = size, .level = level }, &n));
    return OK;
}

/* [T3] It is of the tree we have, and signed by us. */
static err verify_checkpoint(struct tx *tx, const struct page_at *at,
                             const struct log_checkpoint_row *c)
{
    struct hash root;
    bool valid;

    if (c->size > at->size)
        return stored_damaged(tx, c->size);
    TRY(stored_root(tx, c->size, &root));
    TRY(own_valid(tx_arena(tx), at->key, c->note, c->size, &root, &valid));
    if (!valid || !hash_eq(&root, &c->root))
        return err_new(tx_arena(tx), ERR_CORRUPT, "tlog.checkpoint",
                       ARG_INT("size", c->size));
    return OK;
}

/* The first checkpoint above at->from; at->n is 0 when there is none. */
static err verify_next_checkpoint(struct tx *tx, struct arena *a, void *context)
{
    struct page_at *at = context;
    struct log_checkpoint_row c = { 0 };
    err e = log_checkpoint_covering(tx, a, at->from, &c);

    at->n = 0;
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    TRY(verify_checkpoint(tx, at, &c));
    at->n = (size_t)(c.size - at->from);
    return OK;
}

static err verify_checkpoints(struct tx *tx, const struct tlog_key *key,
                              int64_t size)
{
    struct page_at at = { .from = -1, .size = size, .key = key };

    do {
        TRY(tx_apart(tx, verify_next_checkpoint, &at));
        at.from += (int64_t)at.n;
    } while (at.n > 0);
    return OK;
}

err tlog_verify(struct tx *tx, const struct tlog_key *key, int64_t *size)
{
    int64_t n;

    TRY(verify_pages(tx, verify_entries, (struct page_at){ 0 }, &n));
    TRY(verify_tree(tx, n));
    TRY(verify_checkpoints(tx, key, n));
    TRY(tlog_check_anchor(tx, key));
    *size = n;
    return OK;
}
