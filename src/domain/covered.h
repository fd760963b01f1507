#ifndef DOMAIN_COVERED_H
#define DOMAIN_COVERED_H

/*
 * covered -- the sites that a certificate covers: the fold of those few events
 * of its case that say so. [17065 7.8]
 *
 *   [CV1] covered_apply() is total and never allocates; it keeps pointers to
 *         the events' data.
 *   [CV2] What has to be read for it is what the statement journal_list_sites
 *         names; any other event changes nothing.
 *   [CV3] It says what the whole case says (state.h, site_gone): a site that
 *         left with a change or a reduction covers nothing more.  What was
 *         refused or returned needs no look: another is asked for, or decided,
 *         before one takes effect.
 */

#include "domain/event.h"
#include "domain/events.h"
#include "domain/state.h"

struct change;

struct covered {
    const struct application *application; /* NULL: none was handed in */
    const struct change *asked;            /* the newest; or NULL */
    const struct reduction *decided;       /* likewise */
    bool gone[SITE_MAX]; /* by place in the application: it left */
};

/* Fold an event of the case in; `e` must outlive `c`. [CV1] */
void covered_apply(struct covered *c, const struct event *e);

#endif
