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

    return password_hash(a, secret, salt, PASSWORD_COST_NORMAL, &unused);
}

static err wrong_secret(struct arena *a, str login)
{
    return err_new(a, ERR_DENIED, "session.secret", ARG_STR("login", login));
}

static err find_person(struct tx *tx, struct arena *a, str login, str secret,
                       struct person_row *out)
{
    err e = person_by_login(tx, a, login, out);

    if (failed(e) && e.info->code == ERR_NOT_FOUND) {
        TRY(spend_time(a, secret));
        return wrong_secret(a, login);
    }
    return e;
}

static err check_secret(struct arena *a, const struct person_row *row,
                        str secret)
{
    bool right = false;

    if (secret.n == 0)
        return err_new(a, ERR_DENIED, "session.needs_secret",
                       ARG_STR("login", row->login));
    TRY(password_check(a, secret, row->secret, &right));
    return right ? OK : wrong_secret(a, row->login);
}

static err find_claimed(struct tx *tx, struct arena *a, const struct claim *who,
                        struct person_row *out)
{
    if (!who->demonstration)
        return find_person(tx, a, who->login, who->secret, out);

    err e = person_by_login(tx, a, who->login, out);
    if (failed(e) && e.info->code == ERR_NOT_FOUND)
        return err_new(a, ERR_DENIED, "session.unknown",
                       ARG_STR("login", who->login));
    return e;
}

err session_open(struct tx *tx, struct arena *a, const struct claim *who,
                 struct session *out)
{
    struct person_row row;

    TRY(find_claimed(tx, a, who, &row));
    if (!who->demonstration)
        TRY(check_secret(a, &row, who->secret)); /* [SE1] */
    if (row.state != 0)
        return wrong_secret(a, who->login);
    *out = (struct session){
        .actor = { row.id, (unsigned)row.roles, row.enterprise },
        .login = row.login,
        .channel = who->channel,
    };
    return OK;
}
