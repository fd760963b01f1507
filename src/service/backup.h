#ifndef SERVICE_BACKUP_H
#define SERVICE_BACKUP_H

/*
 * backup -- an installation copied while it works, and brought back with proof.
 * [17065 7.12]
 *
 *     BACKUP/snapshots/20261129T161500.123456Z   what was there at that moment
 *     BACKUP/packs/ab/cdef..                     rows, in pieces
 *     BACKUP/pieces/ab/cdef..                    which pieces a table is made
 * of BACKUP/blobs/ab/cdef..                     files, as they lie in DIR/blobs
 *
 *   [BU1] A snapshot is of one moment; nobody waits for it, and it waits for
 *         nobody.
 *   [BU2] What an earlier snapshot has is not written again: pieces are cut
 *         where what the rows say cuts them, so that a change is one piece.
 *   [BU3] A snapshot is written last.  Whenever a backup is broken off, all
 *         those before it are whole, and the next one goes on.
 *   [BU4] Keys are not in it: without DIR/keys, which are to be kept elsewhere,
 *         it is of no use to anybody, for what is personal lies in their boxes.
 *   [BU5] Nothing is brought back that was changed: a snapshot is sealed with a
 *         key of the installation and names everything else by its hash.
 *   [BU6] Left out is what is no part of the record: who is signed in, files of
 *         service records, which are held for a while only, and what is made
 *         from the store (DIR/register).
 *   [BU7] It is the same on both engines: what one wrote the other reads.
 */

#include "service/app.h"
#include "service/check.h"

enum { BACKUP_NAME = 24 }; /* "20261129T161500.123456Z" and a NUL */

struct backup_made {
    str name; /* of the snapshot */
    int64_t rows;
    int64_t pieces;
    int64_t new_pieces; /* of those, by this backup [BU2] */
    int64_t files;
    int64_t new_files;
    int64_t bytes;    /* that were written */
    int64_t log_size; /* entries of the log that are signed */
};

/*
 * Make one in `folder`, which is made when missing.  ERR_BUSY "lock.held" while
 * another is made there; ERR_CONFLICT "backup.other" (folder) when the
 * snapshots there are another installation's, ERR_CORRUPT "backup.snapshot"
 * (path), "blob.missing", "blob.size"; errors of sys/files.h.
 */
err backup_make(struct app *app, struct arena *a, str folder,
                struct backup_made *out);

/* A snapshot that is there. */
struct backup_line {
    str name;
    int64_t at; /* microseconds UTC */
    int64_t rows;
    int64_t log_size;
    str made_by; /* the program's version */
};

/* struct backup_line, newest first.  Nobody asks for a key: what a list says is
 * not proved.  ERR_CORRUPT "backup.snapshot" (path). */
err backup_list(struct arena *a, const struct app_world *w, str folder,
                struct list *out);

/* Is it a name as snapshots have it? */
bool backup_is_name(str s);

/* The name of a snapshot of this moment, microseconds UTC. */
str backup_name(int64_t at, char out[static BACKUP_NAME]);

struct restore_wish {
    str backup; /* the folder of the backup */
    str dir;    /* has the keys, and maybe `store`; nothing else */
    str upto;   /* the newest snapshot of this name or one before it; empty:
                   the newest */
};

struct restored {
    str name; /* of the snapshot */
    int64_t at;
    int64_t rows;
    int64_t files;
    struct check_counts counts; /* what was proved (check.h) */
};

/*
 * Bring one back into `dir`, all of it or nothing, and prove it by check_all().
 * A folder that has DIR/log.checkpoint gets no snapshot that the log of then
 * was longer than: ERR_REFUSED "backup.older" (size, known).  ERR_NOT_FOUND
 * "backup.none" (folder), "backup.no_keys" (folder); ERR_CONFLICT "app.exists"
 * (folder) when the store holds anything; ERR_INVALID "backup.schema" (made_by,
 * found, known) when a program of another schema made it; ERR_CORRUPT
 * "backup.snapshot" (path), "backup.piece" (table, piece), "backup.rows"
 * (table, found, want), "blob.missing", and errors of check_all(), after which
 * the store is there and is not to be served.
 */
err backup_restore(struct arena *a, const struct app_world *w,
                   const struct restore_wish *wish, struct restored *out);

#endif
