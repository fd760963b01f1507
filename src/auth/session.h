#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

/*
 * session -- who is acting, proved.
 *
 *   [SE1] An operator acts as a user by that user's secret; only an
 *         installation that is a demonstration lets them do without.
 *   [SE2] Secrets are kept as Argon2id hashes and compared in constant time;
 *         an unknown login costs as much time as a wrong secret.
 */

#include "base/err.h"
#include "crypto/password.h"
#include "domain/actor.h"
#include "store/store.h"

struct session {
    struct actor actor;
    str login;
    str channel; /* "cli", "web", "demo" */
};

/*
 * The user who is claimed to act, and must be active; in a demonstration the
 * secret is not asked for.  ERR_DENIED (login) "session.secret", also for an
 * unknown login and for who left; "session.needs_secret" when it is empty;
 * "session.unknown" in a demonstration.  ERR_CORRUPT "password.form" when what
 * is kept of the secret is no hash.
 */
struct claim {
    str login;
    str secret;         /* as typed; may be empty */
    bool demonstration; /* of the installation */
    str channel;        /* for the journal */
};
err session_open(struct tx *tx, struct arena *a, const struct claim *who,
                 struct session *out);

/* An Argon2id hash of `secret` for the register of people; `salt` is random. */
err session_secret(struct arena *a, str secret,
                   const uint8_t salt[static PASSWORD_SALT_BYTES],
                   struct password_cost cost, str *out);

#endif
