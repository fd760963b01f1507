#include "store/blob.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/hex.h"
#include "store/rows.h"
#include "sys/files.h"

enum { HASH_TEXT = 64, PATH_LIMIT = 4096 };

static err hash_text(struct arena *a, const struct hash *hash, str *out)
{
    return hex_text(a, hash->b, sizeof hash->b, out);
}

/* FOLDER/ab into *folder, FOLDER/ab/cdef.. into *file. */
static err paths(const struct blobs *b, struct arena *a,
                 const struct hash *hash, str *folder, str *file)
{
    struct buf path;
    str name;

    TRY(hash_text(a, hash, &name));
    buf_init(&path, a, PATH_LIMIT);
    buf_str(&path, b->folder);
    buf_char(&path, '/');
    buf_str(&path, str_first(name, 2));
    size_t n = buf_view(&path).n;
    buf_char(&path, '/');
    buf_str(&path, str_from(name, 2));
    TRY(buf_done(&path, file));
    *folder = str_first(*file, n);
    return OK;
}

err blob_write(const struct blobs *b, struct arena *a, const struct hash *hash,
               str bytes)
{
    str folder;
    str file;

    TRY(paths(b, a, hash, &folder, &file));
    TRY(folder_make(b->files, a, folder, FOLDER_PRIVATE));
    return file_write(b->files, a, file, bytes, FILE_SECRET);
}

/* [BL1] What a row says must be there. */
static err damaged(struct arena *a, const struct blob_row *row,
                   const char *message)
{
    str name;

    TRY(hash_text(a, &row->hash, &name));
    return err_new(a, ERR_CORRUPT, message, ARG_STR("hash", name),
                   ARG_INT("want", row->size));
}

err blob_read(const struct blobs *b, struct arena *a,
              const struct blob_row *row, str *out)
{
    str folder;
    str file;
    str bytes;

    TRY(paths(b, a, &row->hash, &folder, &file));
    err e = file_read_sized(b->files, a, file, (size_t)row->size, &bytes);
    if (err_is(e, ERR_NOT_FOUND))
        return damaged(a, row, "blob.missing");
    if (err_is(e, ERR_LIMIT))
        return damaged(a, row, "blob.size");
    TRY(e);
    if (bytes.n != (size_t)row->size)
        return damaged(a, row, "blob.size"); /* [BL3] */
    *out = bytes;
    return OK;
}

err blob_is_there(const struct blobs *b, struct arena *a,
                  const struct blob_row *row, bool *out)
{
    scoped(file_stream_end) struct file_stream s = FILE_STREAM_NONE;
    str folder;
    str file;

    *out = false;
    TRY(paths(b, a, &row->hash, &folder, &file));
    err e = file_stream_open(b->files, a, file, &s);
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    *out = s.size == (uint64_t)row->size;
    return OK;
}

/* --- rows ------------------------------------------------------------- */

static void read_blob(struct query *q, struct arena *a, void *out)
{
    *(struct blob_row *)out = (struct blob_row){
        .hash = query_hash(q, 0),
        .size = query_int(q, 1, 0, INT64_MAX),
        .media_type = query_str(q, a, 2),
        .name = query_opt_str(q, a, 3),
        .at = query_int(q, 4, INT64_MIN, INT64_MAX),
    };
}

static const struct row_kind blob_kind = { sizeof(struct blob_row), read_blob };

err blob_record(struct tx *tx, const struct blob_row *row)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_blob_add, &q));
    query_bind_hash(q, 1, &row->hash);
    query_bind_int(q, 2, row->size);
    query_bind_str(q, 3, row->media_type);
    query_bind_opt_str(q, 4, row->name);
    query_bind_int(q, 5, row->at);
    return query_run(q);
}

err blob_find(struct tx *tx, struct arena *a, const struct hash *hash,
              struct blob_row *out, bool *found)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_blob_get, &q));
    query_bind_hash(q, 1, hash);
    return row_maybe(q, a, &blob_kind, out, found);
}

err blob_list(struct tx *tx, struct arena *a, const struct hash *after,
              int32_t limit, struct list *out)
{
    scoped(query_end) struct query *q = NULL;

    check(limit >= 1 && limit <= STORE_PAGE_MAX);
    TRY(query_begin(tx, SQL_blob_list, &q));
    query_bind_hash(q, 1, after);
    query_bind_int(q, 2, limit);
    return rows_all(q, a, &blob_kind, out);
}
