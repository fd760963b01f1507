#ifndef CODEC_GZIP_H
#define CODEC_GZIP_H

/*
 * gzip -- one compressed run of bytes (RFC 1952; without a file around it RFC
 * 1950), by zlib.
 *
 *   [GZ1] What is written has no name and no time in it: the same bytes give
 *         the same file, with one and the same zlib.
 *   [GZ2] Reading stops at the limit it was given, whatever the file promises:
 *         a kilobyte that unpacks to a gigabyte is refused after `limit` bytes.
 *   [GZ3] What is read is one whole member with its right checksum and length,
 *         and nothing after it.
 *
 * zlib takes its memory from the arena: about 270 KiB to write, 45 KiB to read.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* Far beyond a status list of a million entries. */
enum { GZIP_MAX = 16 << 20 };

/* ERR_LIMIT "gzip.long" (limit) beyond GZIP_MAX bytes, ERR_MEMORY. */
err gzip_write(struct arena *a, str plain, str *out);

/* The same, rather soon than small, of a short text: it takes 40 KiB. */
err gzip_write_soon(struct arena *a, str plain, str *out);

/* As it stands in other files, and rather soon than small. */
err zlib_write(struct arena *a, str plain, str *out);

/* ERR_INVALID "gzip.form" [GZ3], ERR_LIMIT "gzip.long" (limit) [GZ2], where
 * `limit` is at most GZIP_MAX; ERR_MEMORY. */
err gzip_read(struct arena *a, str file, size_t limit, str *out);

#endif
