#ifndef SCHEME_LOAD_H
#define SCHEME_LOAD_H

/*
 * load -- read and check a scheme package given as bytes.
 *
 * The package's files are arguments: reading folders is sys/'s business.  The
 * checker reports every problem it finds, not only the first, each with file,
 * line, column and a reason with what would be right.
 *
 * A frozen package must load for ever, or old cases could not be replayed:
 * what the checker accepts in `format: 1` it accepts for good, and stricter
 * rules belong to a new format.  Only wording is judged by the words of the
 * day, and so only before a package is frozen.
 */

#include "base/err.h"
#include "scheme/scheme.h"
#include "text/text.h"

struct buf;

struct package_file {
    str path; /* relative, "scheme.yaml", "golden/perfect.yaml" */
    str bytes;
};

struct package {
    const struct package_file *files;
    size_t n;
};

struct problem {
    str file;
    int32_t line; /* both from 1 */
    int32_t column;
    err what; /* ERR_INVALID "scheme.*", "reading.*" or "yaml.*" */
    struct problem *next;
};

/*
 * On success *out is the scheme, whole and checked (scheme.h), and *problems
 * NULL.  A package that breaks rules: ERR_INVALID "reading.problems" (name,
 * count) and *problems lists them down the file (at most 500; count counts
 * all); one that is no package: ERR_INVALID "scheme.no_file", or "scheme.path"
 * or "scheme.path_twice" (path), and *problems NULL.  Else ERR_MEMORY.  The
 * scheme borrows the package's paths, nothing else.
 */
err scheme_load(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems);

/* The same for a package that was frozen: wording is not judged again. */
err scheme_thaw(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems);

/* Append the problem as a line for people, "FOLDER/scheme.yaml:12:5: .." with
 * what would be right; without "FOLDER/" when that is empty; no newline. */
void problem_render(struct buf *out, enum lang l, str folder,
                    const struct problem *p);

/* May a package hold a file of this name?  scheme.yaml, README.md and
 * golden/NAME.yaml; anything else, an editor's backup say, would change the
 * hash without anyone meaning it. */
bool package_path(str path);

/* [SC4] SHA-256 over the package's files, sorted by path, golden/ left out:
 * for each, u32be path length, path, u64be byte length, bytes. */
struct hash scheme_hash(const struct package *p);

/* The very bytes that scheme_hash() hashes, so that anybody can do it again.
 * ERR_LIMIT when they are more than PACKAGE_BYTES_MAX. */
enum { PACKAGE_BYTES_MAX = 64 << 20 };
err scheme_bytes(struct arena *a, const struct package *p, str *out);

#endif
