#ifndef SERVICE_CASE_FACTS_H
#define SERVICE_CASE_FACTS_H

/*
 * case_facts -- inside the service room: what a rule is told beside the case's
 * own journal, read in the transaction that will store the outcome.
 */

#include "domain/command.h"
#include "service/case_parts.h"

struct case_facts {
    struct app *app;
    const struct case_order *order;
    const struct case_file *file; /* the case */
    const struct stream_row *stream;
    id certificate; /* of a certificate that may be issued */
    id salt;        /* random */
    /* filled in */
    struct facts facts;
    struct previous previous;
    struct previous held;
    struct body body;
    struct person people[NAMED_PEOPLE_MAX + 1];
};

err case_facts_gather(struct tx *tx, struct case_facts *x,
                      const struct command *c);

/* The days from `from` on that they are planned for in cases other than `but`,
 * into p->busy. */
err case_person_days(struct tx *tx, id but, day from, struct person *p);

#endif
