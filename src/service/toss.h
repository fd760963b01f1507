#ifndef SERVICE_TOSS_H
#define SERVICE_TOSS_H

/*
 * toss -- the body's half of the coin toss over customers
 * (domain/sampling.h). [M16]
 *
 *   [TS1] The number is made of the installation's own key, the case and how
 *         often its customers were drawn before: nobody without the key can
 *         tell it before it is opened, nobody has to keep it until then, and
 *         none comes a second time.
 */

#include "service/app.h"
#include "service/cases.h"

/* The number of the toss that is begun next. */
struct hash toss_next(const struct app *app, const struct case_file *file);

/* The number of the toss under way; false, *out untouched, when there is none
 * or its number was not made here. */
bool toss_sealed(const struct app *app, const struct case_file *file,
                 struct hash *out);

#endif
