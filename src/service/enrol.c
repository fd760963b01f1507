#include "service/enrol.h"

#include "codec/utf8.h"
#include "crypto/bytes.h"
#include "domain/rights.h"
#include "service/order.h"
#include "service/registry.h"
#include "service/typed.h"
#include "sys/entropy.h"

/* [EN1] */
static err check_admin(struct arena *a, const struct session *who)
{
    return rights_may_enrol(&who->actor)
               ? OK
               : err_new(a, ERR_DENIED, "enrol.admin");
}

static struct registrar registrar_of(const struct session *who, day today)
{
    return (struct registrar){ who->actor.person, today, who->channel };
}

/* What was refused is kept; nothing else happens to `e`. */
static err keep_refusal(struct app *app, struct arena *a,
                        const struct session *who, str command, err e)
{
    struct refused r = { .who = who, .command = command, .why = e };

    if (failed(e))
        order_refused(app, a, &r);
    return e;
}

/* --- who somebody is ------------------------------------------------------ */

err enrol_check_login(struct arena *a, str login)
{
    if (typed_is_word(login, LOGIN_MAX))
        return OK;
    return err_new(a, ERR_INVALID, "enrol.login",
                   ARG_STR("login", str_first(login, LOGIN_MAX)),
                   ARG_INT("most", LOGIN_MAX));
}

err enrol_check_name(struct arena *a, str name)
{
    if (str_trim(name).n > 0 && name.n <= PERSON_NAME_MAX && utf8_is_text(name))
        return OK;
    return err_new(a, ERR_INVALID, "enrol.name",
                   ARG_INT("most", PERSON_NAME_MAX));
}

static err role_of(struct arena *a, str name, unsigned *roles)
{
    for (unsigned r = 0; r < ROLE_COUNT; r++) {
        if (str_eq(name, str_of(role_names[r]))) {
            *roles |= ROLE_BIT(r);
            return OK;
        }
    }
    return err_new(a, ERR_INVALID, "register.role", ARG_STR("role", name));
}

/* [EN2] */
err enrol_roles(struct arena *a, const struct newcomer *n, unsigned *out)
{
    const unsigned applicant = ROLE_BIT(ROLE_APPLICANT);
    bool outside = n->uscc.n > 0;
    unsigned roles = 0;
    str rest = n->roles;

    while (rest.p != NULL && n->roles.n > 0)
        TRY(role_of(a, str_trim(str_cut(&rest, ',')), &roles));
    if (outside && roles == 0)
        roles = applicant;
    bool fits =
        outside ? roles == applicant : roles != 0 && (roles & applicant) == 0;
    if (!fits)
        return err_new(a, ERR_INVALID, "enrol.belongs");
    *out = roles;
    return OK;
}

/* [EN3] */
err enrol_check_secret(struct arena *a, str secret)
{
    if (secret.n >= SECRET_LEAST && secret.n <= PASSWORD_SECRET_MAX)
        return OK;
    return err_new(a, ERR_INVALID, "enrol.secret",
                   ARG_INT("least", SECRET_LEAST),
                   ARG_INT("most", PASSWORD_SECRET_MAX));
}

err enrol_secret(struct app *app, struct arena *a, str secret, str *out)
{
    uint8_t salt[PASSWORD_SALT_BYTES];

    TRY(enrol_check_secret(a, secret));
    TRY(entropy_fill(app_world_of(app)->entropy, salt, sizeof salt));
    return session_secret(a, secret, salt, PASSWORD_COST_NORMAL, out);
}

err enrol_employer(struct app *app, struct arena *a, str typed, id *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct enterprise_row row;
    str uscc;

    if (typed.n == 0) {
        *out = (id){ { 0 } };
        return OK;
    }
    TRY(registry_uscc(a, typed, &uscc));
    TRY(app_read(app, a, &tx));
    err e = enterprise_by_uscc(tx, a, uscc, &row);
    if (err_is(e, ERR_NOT_FOUND))
        return err_new(a, ERR_NOT_FOUND, "case.enterprise",
                       ARG_STR("uscc", uscc));
    TRY(e);
    *out = row.id;
    return OK;
}

/* --- at work -------------------------------------------------------------- */

static err add_person(struct app *app, struct arena *a,
                      const struct session *who, day today,
                      const struct newcomer *n, id *out)
{
    const struct registrar by = registrar_of(who, today);
    struct person_row row = { .login = n->login, .name = str_trim(n->name) };
    unsigned roles = 0;

    TRY(check_admin(a, who));
    TRY(enrol_check_login(a, n->login));
    TRY(enrol_check_name(a, n->name));
    TRY(enrol_roles(a, n, &roles));
    TRY(enrol_employer(app, a, n->uscc, &row.enterprise));
    TRY(enrol_secret(app, a, n->secret, &row.secret));
    TRY(entropy_id(app_world_of(app)->entropy, &row.id));
    row.roles = (int64_t)roles;
    TRY(registry_person(app, a, &by, &row));
    *out = row.id;
    return OK;
}

err enrol_person(struct app *app, struct arena *a, const struct session *who,
                 day today, const struct newcomer *n, id *out)
{
    return keep_refusal(app, a, who, S("person.add"),
                        add_person(app, a, who, today, n, out));
}

static err add_enterprise(struct app *app, struct arena *a,
                          const struct session *who, day today,
                          const struct enterprise_row *e, id *out)
{
    const struct registrar by = registrar_of(who, today);
    struct enterprise_row row = *e;

    TRY(check_admin(a, who));
    TRY(entropy_id(app_world_of(app)->entropy, &row.id));
    TRY(registry_enterprises(app, a, &by, &row, 1));
    *out = row.id;
    return OK;
}

err enrol_enterprise(struct app *app, struct arena *a,
                     const struct session *who, day today,
                     const struct enterprise_row *e, id *out)
{
    return keep_refusal(app, a, who, S("enterprise.add"),
                        add_enterprise(app, a, who, today, e, out));
}
