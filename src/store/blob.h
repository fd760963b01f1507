#ifndef STORE_BLOB_H
#define STORE_BLOB_H

/*
 * blob -- files kept beside the database, named by a SHA-256.
 *
 *   FOLDER/ab/cdef..      the hash as 64 hexadecimal digits, cut after two
 *
 *   [BL1] The file comes first and is on disk, folder and all, before the row
 *         that names it is committed.  A file without a row is an orphan and
 *         does no harm; a row without its file is damage.
 *   [BL2] A file that a row names is never written again: what is stored may
 *         be sealed, so the same content need not be the same bytes.  Look
 *         with blob_find() first.
 *   [BL3] Reading verifies the length; the hash is of the plain content, so
 *         the caller, who opens the seal, verifies it.
 */

#include "store/store.h"

struct arena;
struct file_ops;

struct blobs {
    struct file_ops *files; /* borrowed */
    str folder;             /* made when missing */
};

struct blob_row {
    struct hash hash;
    int64_t size; /* bytes on disk */
    str media_type;
    str name;   /* as the sender called it; may be empty */
    int64_t at; /* microseconds UTC */
};

/* Write the file, whole and durable, in place of an orphan [BL2].  Errors as
 * file_write() of sys/files.h. */
err blob_write(const struct blobs *b, struct arena *a, const struct hash *hash,
               str bytes);

/* The whole file.  ERR_CORRUPT "blob.missing" (hash), "blob.size" (hash,
 * want), else as file_read() of sys/files.h. */
err blob_read(const struct blobs *b, struct arena *a,
              const struct blob_row *row, str *out);

/* Is it there, with as many bytes as the row says?  Nobody reads them. */
err blob_is_there(const struct blobs *b, struct arena *a,
                  const struct blob_row *row, bool *out);

/* Record a file that was written; recording it again changes nothing. */
err blob_record(struct tx *tx, const struct blob_row *row);

/* *found is false, *out untouched, when none is recorded. */
err blob_find(struct tx *tx, struct arena *a, const struct hash *hash,
              struct blob_row *out, bool *found);

/* struct blob_row by hash, after `after` (zero: from the first), at most
 * `limit`, 1..STORE_PAGE_MAX. */
err blob_list(struct tx *tx, struct arena *a, const struct hash *after,
              int32_t limit, struct list *out);

#endif
