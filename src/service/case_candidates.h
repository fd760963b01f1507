#ifndef SERVICE_CASE_CANDIDATES_H
#define SERVICE_CASE_CANDIDATES_H

/*
 * case_candidates -- who may be chosen for a part in a case: to audit it, to
 * decide it, to hear what somebody says against it. [17065 4.2] [17065 6.1]
 *
 *   [CC1] Those are named whom the rules let in by themselves: who has the
 *         role, what the register asks of it, no tie to the enterprise, and
 *         no part in the case that forbids it.  What depends on the rest of a
 *         choice (days, the team as a whole) is judged when it is made.
 *   [CC2] The enterprise chooses nobody, and learns nobody's name here.
 */

#include "service/cases.h"

/* Commands name people for these. */
enum case_part {
    PART_LEADS,   /* the team */
    PART_AUDITS,  /* on the team, or advises it */
    PART_VOTES,   /* on the panel that decides */
    PART_ADVISES, /* that panel */
    PART_HEARS,   /* an appeal */
    PART_ANSWERS, /* a complaint */
};

struct candidate {
    str login;
    str name;
    id person;
    unsigned roles; /* ROLE_BIT()s */
    enum auditor_level level;
    day from; /* the next days they are planned for elsewhere .. */
    day to;   /* .. DAY_NEVER: none are known */
};

struct candidate_wish {
    const struct case_file *file;
    day today;
    enum case_part part;
};

/* By login, as struct candidate; none to the enterprise [CC2]. */
err case_candidates(struct app *app, struct arena *a, const struct session *who,
                    const struct candidate_wish *wish, struct list *out);

#endif
