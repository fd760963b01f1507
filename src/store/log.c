#include "store/log.h"

#include "base/check.h"
#include "store/rows.h"

static bool in_page(int32_t limit)
{
    return limit >= 1 && limit <= STORE_PAGE_MAX;
}

/* --- pending ---------------------------------------------------------- */

static void read_pending(struct query *q, struct arena *a, void *out)
{
    *(struct log_pending_row *)out = (struct log_pending_row){
        .id = query_int(q, 0, 1, INT64_MAX),
        .at = query_int(q, 1, INT64_MIN, INT64_MAX),
        .subject = query_str(q, a, 2),
        .leaf = query_bytes(q, a, 3),
    };
}

static const struct row_kind pending_kind = { sizeof(struct log_pending_row),
                                              read_pending };

err log_pending_add(struct tx *tx, const struct log_pending_row *p)
{
    scoped(query_end) struct query *q = NULL;

    if (p->leaf.n > LOG_LEAF_MAX)
        return err_new(tx_arena(tx), ERR_LIMIT, "log.leaf",
                       ARG_INT("size", p->leaf.n),
                       ARG_INT("most", LOG_LEAF_MAX));
    TRY(query_begin(tx, SQL_log_pending_add, &q));
    query_bind_int(q, 1, p->at);
    query_bind_str(q, 2, p->subject);
    query_bind_bytes(q, 3, p->leaf.p, p->leaf.n);
    return query_change_one(q);
}

/* For a statement whose $1 is a number and $2 the limit. */
static err list_by(struct query *q, struct arena *a, int64_t number,
                   int32_t limit, const struct row_kind *k, struct list *out)
{
    check(in_page(limit));
    query_bind_int(q, 1, number);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, k, out);
}

err log_pending_list(struct tx *tx, struct arena *a, int64_t after,
                     int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_pending_list, &q));
    return list_by(q, a, after, limit, &pending_kind, out);
}

err log_pending_list_of_subject(struct tx *tx, struct arena *a, str subject,
                                int64_t after, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_log_pending_list_of_subject, &q));
    query_bind_int(q, 1, after);
    query_bind_int(q, 2, limit);
    query_bind_str(q, 3, subject);
    return rows_all(q, a, &pending_kind, out);
}

err log_pending_remove(struct tx *tx, int64_t pending)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_pending_remove, &q));
    query_bind_int(q, 1, pending);
    return query_change_one(q);
}

/* --- entries ---------------------------------------------------------- */

static void read_entry(struct query *q, struct arena *a, void *out)
{
    *(struct log_entry_row *)out = (struct log_entry_row){
        .index = query_int(q, 0, 0, INT64_MAX),
        .at = query_int(q, 1, INT64_MIN, INT64_MAX),
        .subject = query_str(q, a, 2),
        .leaf = query_bytes(q, a, 3),
        .leaf_hash = query_hash(q, 4),
    };
}

static const struct row_kind entry_kind = { sizeof(struct log_entry_row),
                                            read_entry };

err log_size(struct tx *tx, int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t last = -1;
    bool found;

    TRY(query_begin(tx, SQL_log_entry_last, &q));
    TRY(query_next(q, &found));
    if (found)
        last = query_int(q, 0, 0, INT64_MAX - 1);
    TRY(query_done(q));
    *out = last + 1;
    return OK;
}

err log_entry_add(struct tx *tx, const struct log_entry_row *e)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_entry_add, &q));
    query_bind_int(q, 1, e->index);
    query_bind_int(q, 2, e->at);
    query_bind_str(q, 3, e->subject);
    query_bind_bytes(q, 4, e->leaf.p, e->leaf.n);
    query_bind_hash(q, 5, &e->leaf_hash);
    return query_change_one(q);
}

err log_entry_list(struct tx *tx, struct arena *a, int64_t from, int32_t limit,
                   struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_entry_list, &q));
    return list_by(q, a, from, limit, &entry_kind, out);
}

err log_entry_list_of_subject(struct tx *tx, struct arena *a, str subject,
                              int64_t from, int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_log_entry_list_of_subject, &q));
    query_bind_int(q, 1, from);
    query_bind_int(q, 2, limit);
    query_bind_str(q, 3, subject);
    return rows_all(q, a, &entry_kind, out);
}

err log_entry_list_back(struct tx *tx, struct arena *a, int64_t before,
                        int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_entry_list_back, &q));
    return list_by(q, a, before, limit, &entry_kind, out);
}

err log_entry_list_back_of_subject(struct tx *tx, struct arena *a, str subject,
                                   int64_t before, int32_t limit,
                                   struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_log_entry_list_back_of_subject, &q));
    query_bind_int(q, 1, before);
    query_bind_int(q, 2, limit);
    query_bind_str(q, 3, subject);
    return rows_all(q, a, &entry_kind, out);
}

err log_entry_by_hash(struct tx *tx, struct arena *a, const struct hash *leaf,
                      int64_t before, struct log_entry_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_entry_by_hash, &q));
    query_bind_hash(q, 1, leaf);
    query_bind_int(q, 2, before);
    return row_one(q, a, &entry_kind, out);
}

err log_entry_count_of_hash(struct tx *tx, const struct hash *leaf,
                            int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t n;

    TRY(query_begin(tx, SQL_log_entry_count_of_hash, &q));
    query_bind_hash(q, 1, leaf);
    TRY(query_one(q));
    n = query_int(q, 0, 0, INT64_MAX);
    TRY(query_done(q));
    *out = n;
    return OK;
}

/* --- nodes ------------------------------------------------------------ */

static void read_node(struct query *q, struct arena *, void *out)
{
    *(struct hash *)out = query_hash(q, 0);
}

static const struct row_kind node_kind = { sizeof(struct hash), read_node };

err log_node_add(struct tx *tx, int32_t level, int64_t index,
                 const struct hash *hash)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_node_add, &q));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, index);
    query_bind_hash(q, 3, hash);
    return query_change_one(q);
}

err log_node_get(struct tx *tx, int32_t level, int64_t index, struct hash *out,
                 bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_node_get, &q));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, index);
    return row_maybe(q, tx_arena(tx), &node_kind, out, found);
}

err log_node_list(struct tx *tx, struct arena *a, int32_t level, int64_t index,
                  int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(in_page(limit));
    TRY(query_begin(tx, SQL_log_node_list, &q));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, index);
    query_bind_int(q, 3, limit);
    return rows_all(q, a, &node_kind, out);
}

/* --- checkpoints ------------------------------------------------------ */

static void read_checkpoint(struct query *q, struct arena *a, void *out)
{
    *(struct log_checkpoint_row *)out = (struct log_checkpoint_row){
        .size = query_int(q, 0, 0, INT64_MAX),
        .root = query_hash(q, 1),
        .note = query_str(q, a, 2),
        .at = query_int(q, 3, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind checkpoint_kind = {
    sizeof(struct log_checkpoint_row), read_checkpoint
};

err log_checkpoint_add(struct tx *tx, const struct log_checkpoint_row *c)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_checkpoint_add, &q));
    query_bind_int(q, 1, c->size);
    query_bind_hash(q, 2, &c->root);
    query_bind_str(q, 3, c->note);
    query_bind_int(q, 4, c->at);
    return query_change_one(q);
}

err log_checkpoint_last(struct tx *tx, struct arena *a,
                        struct log_checkpoint_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_checkpoint_last, &q));
    return row_maybe(q, a, &checkpoint_kind, out, found);
}

err log_checkpoint_get(struct tx *tx, struct arena *a, int64_t size,
                       struct log_checkpoint_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_checkpoint_get, &q));
    query_bind_int(q, 1, size);
    return row_one(q, a, &checkpoint_kind, out);
}

err log_checkpoint_covering(struct tx *tx, struct arena *a, int64_t index,
                            struct log_checkpoint_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_checkpoint_covering, &q));
    query_bind_int(q, 1, index);
    return row_one(q, a, &checkpoint_kind, out);
}

/* --- cosignatures ----------------------------------------------------- */

static void read_cosignature(struct query *q, struct arena *a, void *out)
{
    *(struct log_cosignature_row *)out = (struct log_cosignature_row){
        .size = query_int(q, 0, 0, INT64_MAX),
        .witness = query_str(q, a, 1),
        .line = query_str(q, a, 2),
        .at = query_int(q, 3, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind cosignature_kind = {
    sizeof(struct log_cosignature_row), read_cosignature
};

err log_cosignature_add(struct tx *tx, const struct log_cosignature_row *c)
{
    scoped(query_end) struct query *q = NULL;
    int64_t changed;

    TRY(query_begin(tx, SQL_log_cosignature_add, &q));
    query_bind_int(q, 1, c->size);
    query_bind_str(q, 2, c->witness);
    query_bind_str(q, 3, c->line);
    query_bind_int(q, 4, c->at);
    return query_change(q, &changed);
}

err log_cosignature_list(struct tx *tx, struct arena *a, int64_t size,
                         int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_cosignature_list, &q));
    return list_by(q, a, size, limit, &cosignature_kind, out);
}

static void read_cosigned(struct query *q, struct arena *, void *out)
{
    *(struct log_cosigned_row *)out = (struct log_cosigned_row){
        .size = query_int(q, 0, 0, INT64_MAX),
        .witnesses = query_int(q, 1, 0, INT64_MAX),
    };
}

static const struct row_kind cosigned_kind = { sizeof(struct log_cosigned_row),
                                               read_cosigned };

err log_cosigned_list(struct tx *tx, struct arena *a, int64_t index,
                      int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_log_cosigned_list, &q));
    return list_by(q, a, index, limit, &cosigned_kind, out);
}
