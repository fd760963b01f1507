#ifndef CLI_VERIFY_H
#define CLI_VERIFY_H

/*
 * verify -- what `tenstar verify` goes by besides the thing itself, out of
 * files or from a site.
 *
 *   [CV1] Nothing is asked of any other machine, unless --from is an address.
 *   [CV2] A folder is what `tenstar log export` writes, or a copy of the body's
 *         site, file by file: the log in it or under log/, the keys as did.json
 *         or .well-known/did.json, each list of status at the path of its
 *         address.  What is missing is left out, and the report says so.
 *   [CV3] An address is that of the body's site, or of a mirror of such a
 *         folder, with the same below it.  What it gives is believed no more
 *         than a folder is: keys and lists prove themselves by signatures, the
 *         log by those --policy names.  What could not be fetched is left open
 *         in the report, by its address.
 *   [CV4] Where the folder or the site is a mirror of the register
 *         (verify/mirror.h), it says of a number and of an enterprise what the
 *         log's newest root has; and the thing may be such a folder itself:
 *         then all of it is checked.
 */

#include "cli/cli.h"
#include "verify/thing.h"

struct trust_files {
    str keys;   /* empty: not given */
    str policy; /* likewise */
    str from;   /* likewise */
};

/* Is it a folder that holds a mirror? */
bool verify_is_mirror(struct cli *cli, str word);

/* Read what the thing needs; what is given back lives as long as the cli.  What
 * is wrong with the log goes to the report, for it is a finding. */
err verify_trust(struct cli *cli, const struct trust_files *files,
                 const struct thing *t, struct verify_report *r,
                 struct thing_trust *out);

#endif
