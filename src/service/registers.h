#ifndef SERVICE_REGISTERS_H
#define SERVICE_REGISTERS_H

/*
 * registers -- carry out a command on an enterprise, a person or the body
 * (domain/registers.h), in one transaction like a command on a case
 * (cases.h [CA1]..[CA5]).
 *
 * A ref is "enterprise:USCC", "person:LOGIN" or "body".
 */

#include "service/cases.h"

struct register_entry;

/* Is it a ref of the registers? */
bool registers_ref(str ref);

/* ERR_NOT_FOUND "register.missing" (ref), "command.unknown"; what
 * register_judge() refuses. */
err registers_do(struct app *app, struct arena *a,
                 const struct case_order *order, struct case_answer *out);

/* The entry folded from its stream, in the tx's arena. */
err registers_fold(struct tx *tx, id stream, struct register_entry *out);

#endif
