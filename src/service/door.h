#ifndef SERVICE_DOOR_H
#define SERVICE_DOOR_H

/*
 * door -- how people come in by a browser, stay in and go.
 *
 *   [DO1] Nothing tells whether a login exists: an unknown one, a wrong
 *         password, somebody who left and one whose last day is over are
 *         answered in the same words after the same work.
 *   [DO2] An attempt is counted before it is judged (auth/delay.h); where one
 *         must wait, nothing is judged and nothing counted.
 *   [DO3] While Argon2id runs no transaction is open (auth/session.h [SE3]).
 *   [DO4] Somebody whose roles need a second factor has no rights before it was
 *         shown; nor has anybody who has one.  A code counts once.
 *   [DO5] A password or a factor that changes ends all other sessions.
 *   [DO6] What happens here is in the trail (store/passages.h), by ids; no
 *         password, code, secret or token stands in a trail, an error or a log,
 *         nor does a login that was typed: it may be a password.
 *   [DO7] Roles, state and last day of somebody are those of the moment of a
 *         visit, not of when they came in.
 *   [DO8] A demonstration asks for nothing, as [SE1] has it; but whoever made
 *         a second factor in it shows it.
 */

#include "auth/recovery.h"
#include "auth/session.h"
#include "auth/web_session.h"
#include "service/app.h"
#include "text/text.h"

enum {
    DOOR_SESSIONS_MOST = 20, /* of a person; the oldest makes room */
    DOOR_AGENT_MAX = 200,    /* bytes of it that are kept */
};

/* Where somebody knocks. */
struct door_origin {
    str network; /* as the server names it */
    str agent;   /* what the browser says it is; any bytes */
};

/* What somebody says there. */
struct door_knock {
    str login;
    str password;
    const struct door_origin *from;
    enum lang lang; /* of the page; letters to them will be in it */
};

/* Somebody who is in. */
struct visitor {
    struct session session; /* without roles and enterprise unless open */
    str name;
    enum web_session_state state;
    bool has_factor;
    int64_t number;    /* of the session */
    struct hash token; /* what is kept of it */
};

/* --- coming and going ------------------------------------------------- */

/*
 * A session of whoever proves the password, and the token to hold for it.
 * ERR_BUSY "door.wait" (seconds) [DO2], ERR_DENIED "door.wrong" [DO1].
 */
err door_sign_in(struct app *app, struct arena *a,
                 const struct door_knock *said, str *token,
                 enum web_session_state *state);

/* Whose token it is.  ERR_DENIED "door.nobody" when it is nobody's any more. */
err door_visit(struct app *app, struct arena *a, str token,
               struct visitor *out);

/* The code of the second factor, or one of recovery: the session is open.
 * ERR_DENIED "door.code", "door.state" but for one that waits for it; ERR_BUSY
 * "door.wait" (seconds). */
err door_code(struct app *app, struct arena *a, const struct visitor *v,
              str code);

err door_leave(struct app *app, struct arena *a, const struct visitor *v);

/* --- passwords -------------------------------------------------------- */

/* [DO5] ERR_DENIED "door.state", "door.password" (the old one is wrong),
 * ERR_BUSY "door.wait" (seconds), ERR_INVALID "enrol.secret" (least, most). */
err door_change_password(struct app *app, struct arena *a,
                         const struct visitor *v, str old, str new);

/* --- second factors --------------------------------------------------- */

/* What is shown once. */
struct door_secret {
    str text; /* base32 */
    str uri;  /* of the QR code */
};

/*
 * A new secret, which counts once a code of it was shown.  Whoever has a factor
 * shows a code of it; else `code` is ignored.  ERR_DENIED "door.state",
 * "door.code", ERR_BUSY "door.wait" (seconds).
 */
err door_factor_begin(struct app *app, struct arena *a, const struct visitor *v,
                      str code, struct door_secret *out);

/* The new secret counts, in place of the one before; the session is open.
 * *codes are RECOVERY_CODES of str, in place of those before.  ERR_NOT_FOUND
 * "door.no_secret"; and as above. */
err door_factor_prove(struct app *app, struct arena *a, const struct visitor *v,
                      str code, struct list *codes);

/* None any more.  ERR_DENIED "door.needs_factor" where the roles need one,
 * "door.no_factor"; and as above. */
err door_factor_remove(struct app *app, struct arena *a,
                       const struct visitor *v, str code);

/* An administrator takes away the factor of somebody who lost it; their
 * sessions end.  ERR_DENIED "door.admin"; ERR_NOT_FOUND "door.person" (login),
 * "door.no_factor". */
err door_factor_take(struct app *app, struct arena *a,
                     const struct session *who, str login);

/* That somebody confirmed what they were shown. */
struct confirmation {
    id person;
    struct hash over; /* what was shown */
    int64_t at;       /* microseconds UTC */
};

/*
 * [DO4] A code over the hash that is shown; it is in the trail.  Recovery codes
 * confirm nothing.  ERR_DENIED "door.state", "door.no_factor", "door.code";
 * ERR_BUSY "door.wait" (seconds).
 */
err door_confirm(struct app *app, struct arena *a, const struct visitor *v,
                 str code, const struct hash *shown, struct confirmation *out);

/* --- sessions --------------------------------------------------------- */

struct door_session {
    int64_t number;
    enum web_session_state state;
    int64_t made;
    int64_t seen;
    int64_t ends;
    str network;
    str agent;
};

/* struct door_session of `login` that live, by number: one's own, or for
 * administrators anybody's.  ERR_DENIED "door.others"; ERR_NOT_FOUND
 * "door.person" (login). */
err door_sessions(struct app *app, struct arena *a, const struct session *who,
                  str login, struct list *out);

/* End one; number 0: all there are.  As above; ERR_NOT_FOUND "door.session"
 * (number). */
err door_revoke(struct app *app, struct arena *a, const struct session *who,
                str login, int64_t number);

/* End all of a visitor's own but the one they are in.  ERR_DENIED
 * "door.state". */
err door_revoke_others(struct app *app, struct arena *a,
                       const struct visitor *v);

/* In a tx: what is over is taken away, tickets and failures too. */
err door_sweep(struct tx *tx, int64_t now);

#endif
