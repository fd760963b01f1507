#ifndef DOMAIN_GROUPS_H
#define DOMAIN_GROUPS_H

/*
 * groups -- how an assessment stands group by group: the parts of the scheme's
 * tree that a picture can compare. [M7] [M26]
 *
 *   [GR1] The groups are the roots' own parts where there are 3 to GROUP_MAX
 *         of them, else the roots.
 *   [GR2] A group's share is what its applicable leaves won of their points,
 *         with clauses how many of them are met in full; rounded down.  A group
 *         in which nothing applies has none.
 */

#include "domain/score.h"

enum { GROUP_MAX = 16 };

struct group {
    int32_t indicator; /* index in scheme.indicators */
    bool applies;      /* anything of it */
    int32_t share;     /* thousandths, 0..1000 */
};

/* How many there are, at most GROUP_MAX; 0: too many to compare. */
size_t groups_of(const struct scheme *s, const struct answer *answers,
                 struct group out[GROUP_MAX]);

#endif
