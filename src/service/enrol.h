#ifndef SERVICE_ENROL_H
#define SERVICE_ENROL_H

/*
 * enrol -- an administrator brings people and enterprises into a body at work.
 *
 *   [EN1] Administrators do it, who act on no case.  Whoever else tries is
 *         refused, and that is kept in the audit trail.
 *   [EN2] Somebody belongs to the body, with roles of it, or to an enterprise,
 *         for which they apply; never to both.
 *   [EN3] What is kept of the secret is its hash; the journal says roles and
 *         enterprise only (registry.h [RG2]).
 */

#include "auth/session.h"
#include "service/app.h"
#include "store/enterprises.h"

enum { LOGIN_MAX = 40, PERSON_NAME_MAX = 100, SECRET_LEAST = 8 };

/* Somebody new. */
struct newcomer {
    str login;  /* letters, digits, ".", "-" and "_" */
    str name;   /* as people call them */
    str roles;  /* "auditor,reviewer"; empty for who applies .. */
    str uscc;   /* .. for this enterprise; else empty */
    str secret; /* their first, of SECRET_LEAST bytes or more */
};

/*
 * ERR_DENIED "enrol.admin"; ERR_INVALID "enrol.login" (login, most),
 * "enrol.name" (most), "register.role" (role), "enrol.belongs", "enrol.secret"
 * (least, most); ERR_NOT_FOUND "case.enterprise" (uscc); ERR_CONFLICT
 * "registry.login" (login).
 */
err enrol_person(struct app *app, struct arena *a, const struct session *who,
                 day today, const struct newcomer *n, id *out);

/* ERR_DENIED "enrol.admin"; what registry_enterprises() refuses.  The id of
 * `e` is drawn. */
err enrol_enterprise(struct app *app, struct arena *a,
                     const struct session *who, day today,
                     const struct enterprise_row *e, id *out);

/* --- for whoever else makes somebody (accounts.h) ------------------------- */

/* "enrol.login", "enrol.name" as above. */
err enrol_check_login(struct arena *a, str login);
err enrol_check_name(struct arena *a, str name);

/* [EN2] The set of ROLE_BIT()s of n->roles and n->uscc: "register.role",
 * "enrol.belongs". */
err enrol_roles(struct arena *a, const struct newcomer *n, unsigned *out);

/* "enrol.secret"; and the hash to keep [EN3], which takes its time: no tx is
 * open. */
err enrol_check_secret(struct arena *a, str secret);
err enrol_secret(struct app *app, struct arena *a, str secret, str *out);

/* The enterprise with this code; the zero id for none.  "case.enterprise". */
err enrol_employer(struct app *app, struct arena *a, str typed, id *out);

#endif
