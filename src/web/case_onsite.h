#ifndef WEB_CASE_ONSITE_H
#define WEB_CASE_ONSITE_H

/*
 * case_onsite -- inside web: a team's checklist at a site, a group of the tree
 * at a time, on a phone or a tablet. [M15] [17065 7.4]
 * (docs/decisions/checklist-without-a-network.md)
 *
 *   [ON1] It is a plain form an indicator, which the command finding.record
 *         carries out; a script only keeps and sends (assets/onsite.js).
 *   [ON2] A form knows the finding that its page showed.  When another one
 *         stands there by now nothing is recorded, and both are shown; other
 *         indicators, that somebody else records meanwhile, are no conflict.
 *   [ON3] It carries the id of its command: sent twice, it is done once, also
 *         when something else was recorded in between.
 */

#include "domain/checklist.h"
#include "web/case_page.h"
#include "web/record_form.h"

enum { ONSITE_TRIES = 4 };

/* A site and a group of indicators of a case. */
struct onsite {
    struct case_view view;
    struct checklists lists;
    str site;
    int32_t group;   /* index in scheme.indicators: a root */
    bool open;       /* may this reader record now? */
    unsigned *modes; /* one a leaf of the scheme: ways it is looked at here */
    bool *here;      /* likewise: is it looked at here, and in this group? */
};

/* What was sent for one leaf, and why it was not recorded. */
struct onsite_sent {
    int32_t leaf; /* -1: nothing was sent */
    const struct record_form *form;
    bool conflict;
    str problem;
};

/* The address of the page. */
err onsite_address(const struct onsite *o, str *out);

/* The number of the event that recorded the leaf's finding; 0: none is. */
int64_t onsite_seen(const struct onsite *o, int32_t leaf);

/* The cards of the page, in the order of the tree. */
err onsite_leaves(const struct onsite *o, const struct onsite_sent *sent,
                  struct page_onsite *page);

#endif
