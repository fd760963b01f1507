#include "auth/session.h"

#include "base/arena.h"
#include "crypto/password.h"
#include "store/admission.h"
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

err session_kept(struct tx *tx, struct arena *a, const struct claim *who,
                 str *out)
{
    struct person_row row = { .secret = S("") };

    if (who->demonstration) {
        *out = S("");
        return OK;
    }
    if (who->secret.n == 0)
        return err_new(a, ERR_DENIED, "session.needs_secret",
                       ARG_STR("login", who->login));
    err e = person_by_login(tx, a, who->login, &row);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    *out = row.secret;
    return OK;
}

err session_prove(struct arena *a, struct claim *who, str kept)
{
    bool right = false;

    if (who->demonstration)
        return OK;
    if (kept.n == 0)
        TRY(spend_time(a, who->secret));
    else
        TRY(password_check(a, who->secret, kept, &right));
    if (!right)
        return wrong_secret(a, who->login);
    who->proved = kept;
    return OK;
}

/* [SE1] [SE3] */
static bool is_proved(const struct claim *who, const struct person_row *row)
{
    return who->demonstration ||
           (who->proved.n > 0 && str_eq(who->proved, row->secret));
}

static err nobody(struct arena *a, const struct claim *who)
{
    if (who->demonstration)
        return err_new(a, ERR_DENIED, "session.unknown",
                       ARG_STR("login", who->login));
    return wrong_secret(a, who->login);
}

/* [SE4] */
static err may_act(struct tx *tx, struct arena *a, const struct claim *who,
                   const struct person_row *row, bool *out)
{
    struct admission_row admission;

    TRY(admission_get(tx, a, row->id, &admission));
    *out = is_proved(who, row) && row->state == PERSON_ACTIVE &&
           who->today <= admission.until;
    return OK;
}

err session_open(struct tx *tx, struct arena *a, const struct claim *who,
                 struct session *out)
{
    struct person_row row;
    err e = person_by_login(tx, a, who->login, &row);
    bool may = false;

    if (err_is(e, ERR_NOT_FOUND))
        return nobody(a, who);
    TRY(e);
    TRY(may_act(tx, a, who, &row, &may));
    if (!may)
        return wrong_secret(a, who->login);
    *out = (struct session){
        .actor = { row.id, (unsigned)row.roles, row.enterprise },
        .login = row.login,
        .channel = who->channel,
    };
    return OK;
}
