#ifndef SERVICE_PLANNER_H
#define SERVICE_PLANNER_H

/*
 * planner -- who could be sent to an audit, for whoever plans it: everybody who
 * may have a seat, with all that speaks for and against them. [M15] [17065 6.1]
 *
 *   [PQ1] What speaks against somebody is domain/planning's to say, and so what
 *         plan.make would refuse.
 *   [PQ2] It is told to those who may give plan.make, by their role; ties and
 *         bookings of people are nobody else's.
 */

#include "domain/planning.h"
#include "service/cases.h"

enum { CANDIDATES_MOST = 500 };

/* The days a visit might be on. */
struct planner_wish {
    day today;
    day from;
    day to;
};

/* Somebody, on those days. */
struct candidate {
    str name;
    struct person person;
    bool competent;      /* knows the scheme's field */
    struct list as_lead; /* of err: what speaks against it .. */
    struct list as_member;
};

/* All auditors and experts of the body who are there, by login, as struct
 * candidate; at most CANDIDATES_MOST.  ERR_DENIED "rights.role" [PQ2]. */
err planner_candidates(struct app *app, struct arena *a,
                       const struct session *who, const struct case_file *file,
                       const struct planner_wish *wish, struct list *out);

#endif
