#include "auth/session.h"

#include "base/arena.h"
#include "crypto/password.h"
#include "store/people.h"

err session_secret(struct arena *a, str secret,
                   const uint8_t salt[static PASSWORD_SALT_BYTES],
                   struct password_cost cost, str *out)
{
    return password_hash(a, secret, salt, cost, out);
}

/* [SE2] Whoever is unknown is checked against a secret nobody has. */
static err spend_time(struct arena *a, str secret)
{
    static const uint8_t salt[PASSWORD_SALT_BYTES];
    str unused;

    return password_hash(a, str_first(secret, PASSWORD_SECRET_MAX), salt,
                         PASSWORD_COST_NORMAL, &unused);
}

static err wrong_secret(struct arena *a, str login)
{
    return err_new(a, ERR_DENIED, "session.secret", ARG_STR("login", login));
}

/* By login and secret.  That a secret is needed is said before anybody is
 * looked for. */
static err find_proved(struct tx *tx, struct arena *a, const struct claim *who,
                       struct person_row *out)
{
    bool right = false;

    if (who->secret.n == 0)
        return err_new(a, ERR_DENIED, "session.needs_secret",
                       ARG_STR("login", who->login));
    err e = person_by_login(tx, a, who->login, out);
    if (err_is(e, ERR_NOT_FOUND)) {
        TRY(spend_time(a, who->secret));
        return wrong_secret(a, who->login);
    }
    TRY(e);
    TRY(password_check(a, who->secret, out->secret, &right));
    return right ? OK : wrong_secret(a, who->login);
}

/* By login alone. */
static err find_named(struct tx *tx, struct arena *a, str login,
                      struct person_row *out)
{
    err e = person_by_login(tx, a, login, out);

    if (err_is(e, ERR_NOT_FOUND))
        return err_new(a, ERR_DENIED, "session.unknown",
                       ARG_STR("login", login));
    return e;
}

err session_open(struct tx *tx, struct arena *a, const struct claim *who,
                 struct session *out)
{
    struct person_row row = { 0 };

    TRY(who->demonstration ? find_named(tx, a, who->login, &row)
                           : find_proved(tx, a, who, &row)); /* [SE1] */
    if (row.state != PERSON_ACTIVE)
        return wrong_secret(a, who->login);
    *out = (struct session){
        .actor = { row.id, (unsigned)row.roles, row.enterprise },
        .login = row.login,
        .channel = who->channel,
    };
    return OK;
}
