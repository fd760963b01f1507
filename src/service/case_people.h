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
 *   [CP2] To the enterprise the body's people are named where they audit it or
 *         sit on its panel, which it may object to; else the body acts.
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

/* Whoever acted in `file`, too, each once; who may read it learns the names of
 * their own side, and of those that case_people() gives [CP2]. */
err case_actors(struct app *app, struct arena *a, const struct case_file *file,
                const struct actor *reader, struct list *out);

/* In the document of domain/view.h, put `name` beside each person's id. */
void case_people_json(struct arena *a, const struct list *people,
                      struct json *j);

#endif
