#ifndef SERVICE_BACKUP_PARTS_H
#define SERVICE_BACKUP_PARTS_H

/*
 * backup_parts -- how a backup lies in its folder: inside the service room.
 *
 *   [BP1] A snapshot is canonical JSON and a line "seal: HEX", an HMAC over it
 *         under a key that is made from DIR/keys/salt.key.
 *   [BP2] A pack is pieces one after the other; a piece is rows, each after its
 *         length in 4 bytes, compressed; where that does not fit the limits of
 *         codec/gzip.h, as it is.  The first byte says which: 'z' or '='.
 *   [BP3] A table's list of pieces is text, a line each: the hash of its rows,
 *         the pack, where in it, how many bytes.
 *   [BP4] Packs and lists are named by the SHA-256 of their bytes.
 */

#include "base/hash.h"
#include "crypto/hash.h"
#include "service/backup.h"
#include "store/blob.h"
#include "store/copy.h"
#include "sys/files.h"
#include "sys/mapped.h"

enum {
    BACKUP_KEY_BYTES = SHA256_BYTES,
    BACKUP_FILE_MAX = 1 << 30, /* bytes of a snapshot or a list */
};

/* A folder of backups, and what is needed to work in it. */
struct backup_place {
    struct file_ops *files;
    str folder;
};

/* "FOLDER/packs/ab/cdef.." */
err backup_path(const struct backup_place *p, struct arena *a, const char *kind,
                const struct hash *name, str *out);

/* --- snapshots [BP1] ------------------------------------------------------ */

struct snapshot_table {
    str name;
    int64_t rows;
    struct hash pieces; /* the list's name */
};

struct snapshot {
    int64_t at;
    str made_by;
    int64_t schema;
    int64_t log_size;
    str checkpoint; /* the newest signed note; empty: none yet */
    int64_t files;
    struct list tables; /* of struct snapshot_table */
};

/* The key that seals, from the installation's salt key. */
void backup_key(const uint8_t *salt_key, uint8_t out[static BACKUP_KEY_BYTES]);

err snapshot_write(const struct backup_place *p, struct arena *a,
                   const uint8_t *key, const struct snapshot *s);

/* `key` NULL: the seal is not looked at.  *sealed: it is of this key. */
err snapshot_read(const struct backup_place *p, struct arena *a, str name,
                  const uint8_t *key, struct snapshot *out, bool *sealed);

/* The names there are, oldest first; none when there is no folder. */
err snapshot_names(const struct backup_place *p, struct arena *a,
                   struct file_names *out);

/* --- pieces [BP2] [BP3] --------------------------------------------------- */

struct piece {
    struct hash rows; /* of the rows, uncompressed */
    struct hash pack;
    int64_t at;
    int64_t length;
};

/* The list of a table's pieces into a file; *name is what it is called, and
 * *written whether it was not there. */
err pieces_write(const struct backup_place *p, struct arena *a,
                 const struct piece *pieces, size_t n, struct hash *name,
                 int64_t *bytes);

/* struct piece in the table's order.  ERR_CORRUPT "backup.snapshot" (path). */
err pieces_read(const struct backup_place *p, struct arena *a,
                const struct hash *name, struct list *out);

/* Rows as a piece of a pack. */
err piece_pack(struct arena *a, str rows, str *out);

/* Back, and proved.  *same is false when they are not these rows. */
err piece_unpack(struct arena *a, str packed, const struct hash *rows, str *out,
                 bool *same);

/* A file of that name, unless it is there: *bytes grows by what was written. */
err backup_put(const struct backup_place *p, struct arena *a, const char *kind,
               str bytes, struct hash *name, int64_t *written);

/* --- files ---------------------------------------------------------------- */

struct files_copied {
    int64_t all;
    int64_t copied; /* of those: they were not there */
    int64_t bytes;  /* of these */
};

/* Each file that the tx has on record from one folder into the other, unless it
 * is there.  Errors of blob_read() and blob_write(). */
err files_copy(struct tx *tx, const struct blobs *from, const struct blobs *to,
               struct files_copied *out);

#endif
