#ifndef SERVICE_MAIL_SETTINGS_H
#define SERVICE_MAIL_SETTINGS_H

/*
 * mail_settings -- by which server the body sends its mails, and as whom.
 *
 *   [MS1] Administrators say it; whoever may not is refused.
 *   [MS2] The password is kept in a box under the installation's own key, and
 *         is shown to nobody; nor is it ever given to another server than the
 *         one it was said for.
 */

#include "auth/session.h"
#include "net/mail.h"
#include "service/app.h"

struct mail_settings {
    struct mail_server server;
    str from; /* the body's address */
};

/* ERR_DENIED "outbox.names" (roles) [MS1]; ERR_INVALID "mail.server" (address),
 * "mime.address" (address), "outbox.password" for a password without a user,
 * "outbox.authority" for what is no certificate in PEM. */
err mail_settings_set(struct app *app, struct arena *a,
                      const struct session *who, const struct mail_settings *s);

/* The same by a form that shows no password: an empty one stays as it was where
 * server and user do [MS2]. */
err mail_settings_change(struct app *app, struct arena *a,
                         const struct session *who,
                         const struct mail_settings *s);

/* ERR_NOT_FOUND "outbox.no_server" when nothing was said yet; ERR_CORRUPT
 * "secret.altered". */
err mail_settings_get(struct app *app, struct tx *tx, struct arena *a,
                      struct mail_settings *out);

/* Was it ever said? */
err mail_is_set(struct tx *tx, bool *out);

/* What was said, without the password [MS2].  ERR_DENIED "outbox.names" (roles)
 * [MS1]; ERR_NOT_FOUND "outbox.no_server". */
err mail_settings_show(struct app *app, struct arena *a,
                       const struct session *who, struct mail_settings *out);

/* [MS1] */
err mail_check_right(struct arena *a, const struct session *who);

/* --- boxes for mails and their settings ----------------------------------- */

/* `text` in a box that opens nowhere but at `about`. */
err mail_box_seal(struct app *app, struct arena *a, str about, str text,
                  str *out);

/* ERR_CORRUPT "secret.altered". */
err mail_box_open(struct app *app, struct arena *a, str about, str box,
                  str *out);

#endif
