#ifndef SCHEME_LOAD_H
#define SCHEME_LOAD_H

/*
 * load -- read and check a scheme package given as bytes.
 *
 * The package's files are arguments: reading folders is sys/'s business.  The
 * checker reports every problem it finds, not only the first, each with file,
 * line, column and a reason with what would be right.
 */

#include "base/err.h"
#include "scheme/scheme.h"

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
    int32_t line;
    int32_t column;
    err what; /* ERR_INVALID "scheme.*" with its arguments */
    struct problem *next;
};

/*
 * On success *out is the scheme and *problems NULL.  When the package breaks
 * rules: ERR_INVALID "scheme.problems" (count) and *problems lists them in the
 * order of the file.  Other failures are memory.
 */
err scheme_load(struct arena *a, const struct package *p, struct scheme **out,
                struct problem **problems);

/* [SC4] SHA-256 over the package's files, sorted by path, golden/ left out:
 * for each, u32be path length, path, u64be byte length, bytes. */
struct hash scheme_hash(const struct package *p);

#endif
