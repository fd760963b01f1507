#ifndef SERVICE_REGISTERS_H
#define SERVICE_REGISTERS_H

/*
 * registers -- carry out a command on an enterprise, a person or the body
 * (domain/registers.h), in one transaction like a command on a case
 * (cases.h [CA1]..[CA5]).
 *
 * A ref is "enterprise:USCC", "person:LOGIN" or "body".
 *
 *   [RS1] Whoever may give no command on an entry learns nothing of it here,
 *         not even that it is there.
 *   [RS2] A body has an administrator who can come in: the last one stays what
 *         they are, whatever somebody else took in the same moment.
 */

#include "domain/registers.h"
#include "service/cases.h"

struct json;

/* Is it a ref of the registers? */
bool registers_ref(str ref);

/* ERR_NOT_FOUND "register.missing" (ref), "command.unknown"; ERR_CONFLICT
 * "case.version" (expected, found); ERR_REFUSED "register.last_admin" [RS2];
 * what register_judge() refuses. */
err registers_do(struct app *app, struct arena *a,
                 const struct case_order *order, struct case_answer *out);

/* What registers_do() would refuse now; OK: nothing.  Changes nothing, and is
 * no refusal that is kept (cases.h [CA8]). */
err registers_ask(struct app *app, struct arena *a,
                  const struct case_order *order);

/* An entry, for who may do something about it. */
struct register_view {
    str ref;  /* as it is written: of a code in small letters, in capitals */
    str name; /* of the person, the enterprise, the body */
    struct register_entry entry;
    struct list acts; /* of const struct register_kind *: what they may give */
};

/* ERR_NOT_FOUND "register.missing" (ref) [RS1]. */
err registers_view(struct app *app, struct arena *a, const struct session *who,
                   day today, str ref, struct register_view *out);

/* What the data of a command would be if nothing were to change, for a form to
 * begin with; NULL: there is nothing yet.  A contact is personal data: it is
 * given to who may set it, as `v` says. */
err registers_first(struct app *app, struct arena *a,
                    const struct register_view *v,
                    const struct register_kind *k, struct json **out);

/* The stream of a ref; ERR_NOT_FOUND "register.missing" (ref). */
err registers_find(struct tx *tx, str ref, id *out);

/* The entry folded from its stream, in the tx's arena. */
err registers_fold(struct tx *tx, id stream, struct register_entry *out);

#endif
