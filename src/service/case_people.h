#ifndef SERVICE_CASE_PEOPLE_H
#define SERVICE_CASE_PEOPLE_H

/*
 * case_people -- the names of those a case speaks of by id: its team, its
 * panel, and who found what.
 *
 * The journal and domain/view.h name nobody [EV3] [VW3]; names stand in the
 * register of people only, and are put beside the ids for those who may read
 * the case.
 *
 *   [CP1] Who is in that register no more stays an id.
 */

#include "service/cases.h"

/* Somebody, and what they are called. */
struct named_person {
    id id;
    str name;
};

/* All of `file`, each once, as struct named_person. */
err case_people(struct app *app, struct arena *a, const struct case_file *file,
                struct list *out);

/* What `person` is called among `people`; empty: not known [CP1]. */
str case_person(const struct list *people, id person);

/* In the document of domain/view.h, put `name` beside each person's id. */
void case_people_json(struct arena *a, const struct list *people,
                      struct json *j);

#endif
