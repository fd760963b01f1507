#ifndef SERVICE_REGISTRY_H
#define SERVICE_REGISTRY_H

/*
 * registry -- enterprises, people, their ties, and frozen schemes: the streams
 * that are no case.
 *
 *   [RG1] An enterprise has a name, a scope of business and a social credit
 *         code whose check characters fit (codec/idcode.h); a code stands for
 *         one enterprise, however it is typed.
 *   [RG2] The events name people by id; name, login and secret stand in the
 *         register of people only (domain/event.h [EV3]).
 *   [RG3] A package is frozen as it is, file by file, under its hash; the same
 *         package again changes nothing.
 *   [RG4] A stream is gone on with only after its chain was verified.
 *   [RG5] At work an administrator freezes packages.  Cases that are open stay
 *         with theirs (app.h [AP2]), later ones are judged by the newest; so
 *         no version of a scheme stands for two packages.
 */

#include "auth/session.h"
#include "scheme/load.h"
#include "service/app.h"
#include "store/enterprises.h"
#include "store/people.h"

/* Who does it and when: the actor's id, the day, the channel. */
struct registrar {
    id actor;
    day today;
    str channel;
};

/* A social credit code as the register writes it: capitals, no blanks.
 * One is taken that may be somebody's (codec/idcode.h [ID2]).  ERR_INVALID
 * "registry.uscc_form" (uscc), "registry.uscc_character" (uscc, at),
 * "registry.uscc_check" (uscc, expected). */
err registry_uscc(struct arena *a, str typed, str *out);

/* What is wrong with an enterprise before it is registered; OK when nothing.
 * ERR_INVALID as registry_uscc(), "registry.name", "registry.scope" (name),
 * "registry.day" (name, registered), or "record.*" for what its event could
 * not hold. */
err registry_enterprise_check(struct arena *a, const struct enterprise_row *e,
                              day today);

/* Register them all, or none: ERR_CONFLICT "registry.known" (uscc), or as
 * above.  Their ids are set by the caller. */
err registry_enterprises(struct app *app, struct arena *a,
                         const struct registrar *by,
                         const struct enterprise_row *rows, size_t n);

/* Add somebody; `p->secret` is already hashed.  ERR_CONFLICT "registry.login"
 * (login), ERR_NOT_FOUND "registry.enterprise" (id). */
err registry_person(struct app *app, struct arena *a,
                    const struct registrar *by, const struct person_row *p);

/* Both inside a tx that does more; the enterprise was checked. */
err registry_person_in(struct tx *tx, struct app *app,
                       const struct registrar *by, const struct person_row *p);
err registry_enterprise_in(struct tx *tx, struct app *app,
                           const struct registrar *by,
                           const struct enterprise_row *e);

/* Declare a tie.  ERR_NOT_FOUND "registry.person", "registry.enterprise" (id).
 */
err registry_relation(struct app *app, struct arena *a,
                      const struct registrar *by, id person,
                      const struct relation_row *r, str note);

/* [RG3] `stream` is the id a new package's stream gets. */
err registry_scheme(struct app *app, struct arena *a,
                    const struct registrar *by, const struct package *p,
                    id stream, struct hash *out);

/*
 * The same at work [RG5]; the package is sound.  ERR_DENIED "registry.freezes"
 * for all but administrators, ERR_CONFLICT "registry.version" (scheme,
 * version): another package is frozen under that version.  Either is kept in
 * the audit trail.
 */
err registry_freeze(struct app *app, struct arena *a, const struct session *who,
                    day today, const struct package *p, struct hash *out);

#endif
