#ifndef CODEC_ZIP_H
#define CODEC_ZIP_H

/*
 * zip -- several files in one (APPNOTE 6.3.3), as everybody's computer opens
 * them; stored, not compressed.
 *
 *   [ZP1] The same files give the same bytes: names in order, one time for all
 *         (1980-01-01), nothing said of who wrote them.
 *   [ZP2] Only what zip_write() wrote is read: whatever else stands before,
 *         between or after the files is refused, so no two programs can see
 *         different things in one archive.
 *   [ZP3] A name is a path below the archive's folder: letters, digits and
 *         "._-", parts apart by "/", none of them empty or of dots alone.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

enum {
    ZIP_BYTES_MAX = 128 << 20, /* of an archive */
    ZIP_FILES_MAX = 25000,
    ZIP_NAME_MAX = 200, /* bytes */
};

struct zip_file {
    str name;
    str bytes;
};

/* The archive of `n` files in the order of their names.  ERR_INVALID "zip.name"
 * (name) by [ZP3], "zip.order" (name) when a name does not follow the one
 * before it; ERR_LIMIT "zip.long" (limit), "zip.many" (limit). */
err zip_write(struct arena *a, const struct zip_file *files, size_t n,
              str *out);

struct zip {
    struct zip_file *files; /* borrowed from the archive's bytes */
    size_t n;
};

/* ERR_INVALID "zip.form" (at: the byte that is wrong), "zip.sum" (name) when a
 * file's checksum is not that of its bytes, and as above. */
err zip_read(struct arena *a, str archive, struct zip *out);

/* The bytes of the file of this name; NULL: there is none. */
const struct zip_file *zip_find(const struct zip *z, str name);

#endif
