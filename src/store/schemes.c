#include "store/schemes.h"

#include "base/check.h"

static void read_scheme(struct query *q, struct arena *a, void *out)
{
    query_name_row(q, 1);
    *(struct scheme_row *)out = (struct scheme_row){
        .hash = query_hash(q, 0),
        .id = query_str(q, a, 1),
        .version = query_str(q, a, 2),
        .frozen = query_int(q, 3, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind scheme_kind = { sizeof(struct scheme_row),
                                             read_scheme };

static void read_bound(struct query *q, struct arena *a, void *out)
{
    struct scheme_bound_row *row = out;

    read_scheme(q, a, &row->scheme);
    row->cases = query_int(q, 4, 0, INT64_MAX);
}

static const struct row_kind bound_kind = { sizeof(struct scheme_bound_row),
                                            read_bound };

static void read_file(struct query *q, struct arena *a, void *out)
{
    *(struct scheme_file_row *)out = (struct scheme_file_row){
        .path = query_str(q, a, 0),
        .bytes = query_bytes(q, a, 1),
    };
}

static const struct row_kind file_kind = { sizeof(struct scheme_file_row),
                                           read_file };

static void read_name(struct query *q, struct arena *a, void *out)
{
    *(str *)out = query_str(q, a, 0);
}

static const struct row_kind name_kind = { sizeof(str), read_name };

static err add_package(struct tx *tx, const struct scheme_row *s)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_add, &q));
    query_bind_hash(q, 1, &s->hash);
    query_bind_str(q, 2, s->id);
    query_bind_str(q, 3, s->version);
    query_bind_int(q, 4, s->frozen);
    return query_change_one(q);
}

static err add_file(struct tx *tx, const struct hash *hash,
                    const struct scheme_file_row *f)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_file_add, &q));
    query_bind_hash(q, 1, hash);
    query_bind_str(q, 2, f->path);
    query_bind_bytes(q, 3, f->bytes.p, f->bytes.n);
    return query_change_one(q);
}

err scheme_freeze(struct tx *tx, const struct scheme_row *s,
                  const struct scheme_file_row *files, size_t n)
{
    TRY(add_package(tx, s));
    for (size_t i = 0; i < n; i++)
        TRY(add_file(tx, &s->hash, &files[i]));
    return OK;
}

err scheme_find(struct tx *tx, struct arena *a, const struct hash *hash,
                struct scheme_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_get, &q));
    query_bind_hash(q, 1, hash);
    return row_maybe(q, a, &scheme_kind, out, found);
}

err scheme_newest(struct tx *tx, struct arena *a, str scheme_id,
                  struct scheme_row *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_newest, &q));
    query_bind_str(q, 1, scheme_id);
    return row_one(q, a, &scheme_kind, out);
}

err scheme_list_newest(struct tx *tx, struct arena *a, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_list_newest, &q));
    return rows_all(q, a, &scheme_kind, out);
}

err scheme_list_bound(struct tx *tx, struct arena *a, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_list_bound, &q));
    return rows_all(q, a, &bound_kind, out);
}

static err list_by_hash(struct tx *tx, struct arena *a, enum sql which,
                        const struct hash *after, int32_t limit,
                        struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, which, &q));
    query_bind_hash(q, 1, after);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &scheme_kind, out);
}

err scheme_list(struct tx *tx, struct arena *a, const struct hash *after,
                int32_t limit, struct list *out)
{
    return list_by_hash(tx, a, SQL_scheme_list, after, limit, out);
}

err scheme_list_running(struct tx *tx, struct arena *a,
                        const struct hash *after, int32_t limit,
                        struct list *out)
{
    return list_by_hash(tx, a, SQL_scheme_list_running, after, limit, out);
}

err scheme_names(struct tx *tx, struct arena *a, const struct page *p,
                 struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_scheme_names, &q));
    return rows_page(q, a, p, &name_kind, out);
}

err scheme_files(struct tx *tx, struct arena *a, const struct hash *hash,
                 const struct page *p, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(p->limit >= 1 && p->limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_scheme_file_list, &q));
    query_bind_hash(q, 1, hash);
    query_bind_str(q, 2, p->after);
    query_bind_int(q, 3, p->limit);
    return rows_all(q, a, &file_kind, out);
}
