#ifndef CLI_VERIFY_GATHER_H
#define CLI_VERIFY_GATHER_H

/* verify_gather -- inside `tenstar verify`: what is read of a folder or of a
 * site [CV2] [CV3]. */

#include "cli/verify.h"

struct site;

struct gathering {
    struct cli *cli;
    struct arena *a;
    const struct trust_files *files;
    struct verify_report *report;
    struct site *site; /* NULL: a folder */
    str log_prefix;    /* "", or "log/" when the log is below */
};

/* What the folder or the site has under `name`, at most `limit` bytes, into
 * `a`. */
err verify_read(const struct gathering *g, struct arena *a, str name,
                size_t limit, str *out);

/* What could not be fetched is left open, with its address and why [CV3]; any
 * other error is given back. */
err verify_leave_open(const struct gathering *g, err e);

/*
 * What a mirror of the register (verify/mirror.h) says of the thing, into
 * out->mirror; nothing where there is none, or nobody to trust.  What is wrong
 * with it goes to the report.  Of a thing that is the mirror itself every piece
 * is read.  [CV4]
 */
err verify_mirror(const struct gathering *g, const struct thing *t,
                  struct thing_trust *out);

#endif
