#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

/*
 * session -- who is acting, proved.
 *
 *   [SE1] An operator acts as a user by that user's secret; only an
 *         installation that is a demonstration lets them do without.
 *   [SE2] Secrets are kept as Argon2id hashes and compared in constant time;
 *         an unknown login costs as much time as a wrong secret.
 *   [SE3] That time is spent outside of any transaction: what is kept is read
 *         in one, the secret proved in none, and the session opened in another
 *         if the same is still kept.  service/log_in.h does the three.
 *   [SE4] Whose last day of access is over is like one who left
 *         (store/admission.h).
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

/* Who somebody says they are. */
struct claim {
    str login;
    str secret;         /* as typed; may be empty */
    bool demonstration; /* of the installation */
    str channel;        /* for the journal */
    str proved;         /* what is kept of the secret, once session_prove() */
                        /* found that it fits; empty: not yet */
    day today;          /* [SE4] */
};

/*
 * What is kept of this user's secret; empty for an unknown login, and in a
 * demonstration, where nothing is to be proved.  ERR_DENIED
 * "session.needs_secret" (login) when the secret is empty: said before anybody
 * is looked for.
 */
err session_kept(struct tx *tx, struct arena *a, const struct claim *who,
                 str *out);

/* Set who->proved, if the secret fits what is kept of it.  ERR_DENIED
 * "session.secret" (login), ERR_CORRUPT "password.form" when what is kept is no
 * hash. */
err session_prove(struct arena *a, struct claim *who, str kept);

/*
 * The user who is claimed to act, and must be active; in a demonstration
 * nothing has to be proved.  ERR_DENIED (login) "session.secret", also for an
 * unknown login, for who left or is over [SE4], and when another secret was set
 * since it was proved; "session.unknown" in a demonstration.
 */
err session_open(struct tx *tx, struct arena *a, const struct claim *who,
                 struct session *out);

/* An Argon2id hash of `secret` for the register of people; `salt` is random. */
err session_secret(struct arena *a, str secret,
                   const uint8_t salt[static PASSWORD_SALT_BYTES],
                   struct password_cost cost, str *out);

#endif
