#include "service/accounts.h"

#include "domain/rights.h"
#include "service/accounts_parts.h"
#include "service/administrators.h"
#include "service/door_parts.h"
#include "service/enrol.h"
#include "service/order.h"
#include "service/registry.h"
#include "store/admission.h"
#include "sys/entropy.h"

static err note(struct tx *tx, int64_t now, enum passage what, id person,
                const struct session *by)
{
    return door_note(tx, now,
                     &(struct door_note){
                         .what = what,
                         .person = person,
                         .actor = by == NULL ? person : by->actor.person,
                         .channel = by == NULL ? S("web") : by->channel,
                     });
}

/* What an administrator asked for and was refused is kept. */
static err keep_refusal(struct app *app, struct arena *a,
                        const struct session *who, str command, err e)
{
    struct refused r = { .who = who, .command = command, .why = e };

    if (failed(e))
        order_refused(app, a, &r);
    return e;
}

/* --- inviting [AC1] ------------------------------------------------------- */

struct inviting {
    struct issuing ticket;
    const struct session *who;
    str mail;
};

static err check_until(struct app *app, struct arena *a, day until)
{
    day today = door_today(app);

    return until >= today
               ? OK
               : err_new(a, ERR_INVALID, "accounts.until",
                         ARG_DAY("until", until), ARG_DAY("today", today));
}

static err read_wish(struct app *app, struct arena *a,
                     const struct invitation_wish *wish, struct invitation *out)
{
    const struct newcomer n = { .roles = wish->roles, .uscc = wish->uscc };
    unsigned roles = 0;

    if (wish->mail.n > 0)
        TRY(account_check_mail(a, wish->mail));
    TRY(check_until(app, a, wish->until));
    TRY(enrol_roles(a, &n, &roles));
    TRY(enrol_employer(app, a, wish->uscc, &out->enterprise));
    out->mail = wish->mail;
    out->roles = roles;
    out->until = wish->until;
    return OK;
}

static err put_invitation(struct tx *tx, void *context)
{
    struct inviting *i = context;

    TRY(ticket_add(tx, &i->ticket.row));
    TRY(account_post(tx, &i->ticket, i->mail, NULL));
    return note(tx, i->ticket.now, PASSAGE_INVITED, (id){ { 0 } }, i->who);
}

static err invite(struct app *app, struct arena *a, const struct session *who,
                  const struct invitation_wish *wish,
                  const struct posting *post, struct ticket_letter *out)
{
    struct inviting i = { .who = who, .mail = wish->mail };
    struct invitation invitation = { 0 };

    TRY(door_check_admin(a, who));
    TRY(read_wish(app, a, wish, &invitation));
    TRY(account_ticket_draw(app, a, TICKET_INVITE, &i.ticket));
    i.ticket.row.made_by = who->actor.person;
    i.ticket.post = post;
    TRY(account_ticket_seal(&i.ticket, a, &invitation_record, &invitation));
    TRY(app_write_case(app, a, put_invitation, &i));
    return account_letter(&i.ticket, a, wish->mail, out);
}

err accounts_invite(struct app *app, struct arena *a, const struct session *who,
                    const struct invitation_wish *wish,
                    const struct posting *post, struct ticket_letter *out)
{
    return keep_refusal(app, a, who, S("person.invite"),
                        invite(app, a, who, wish, post, out));
}

/* --- arriving ------------------------------------------------------------- */

/* Somebody with a ticket. */
struct arriving {
    struct app *app;
    struct ticket_row ticket;
    struct person_row person;
    struct admission_row admission;
    struct enterprise_row enterprise; /* of a registration */
    day today;
    int64_t now;
};

/* Who they will be, and of which password the hash [AC6]. */
static err read_arrival(struct arriving *x, struct arena *a,
                        const struct arrival *who)
{
    TRY(enrol_check_login(a, who->login));
    TRY(enrol_check_name(a, who->name));
    TRY(enrol_secret(x->app, a, who->secret, &x->person.secret));
    TRY(entropy_id(app_world_of(x->app)->entropy, &x->person.id));
    x->person.login = who->login;
    x->person.name = str_trim(who->name);
    x->today = door_today(x->app);
    x->now = door_now(x->app);
    return OK;
}

static err put_person(struct tx *tx, struct arriving *x,
                      const struct registrar *by)
{
    TRY(registry_person_in(tx, x->app, by, &x->person));
    return admission_put(tx, x->person.id, &x->admission);
}

static err accept(struct tx *tx, void *context)
{
    struct arriving *x = context;
    const struct registrar by = { x->ticket.made_by, x->today, S("web") };

    TRY(account_ticket_use(tx, &x->ticket));
    TRY(put_person(tx, x, &by));
    return note(tx, x->now, PASSAGE_ACCEPTED, x->person.id, NULL);
}

err accounts_accept(struct app *app, struct arena *a, str token,
                    const struct arrival *who, id *out)
{
    struct arriving x = { .app = app };
    struct invitation invitation = { 0 };

    TRY(account_ticket_find(app, a, TICKET_INVITE, token, &x.ticket));
    TRY(account_ticket_read(app, a, &invitation_record, &x.ticket,
                            &invitation));
    TRY(read_arrival(&x, a, who));
    x.person.roles = invitation.roles;
    x.person.enterprise = invitation.enterprise;
    x.admission =
        (struct admission_row){ invitation.until, invitation.mail, S("") };
    TRY(app_write(app, a, accept, &x));
    *out = x.person.id;
    return OK;
}

/* --- registering [AC3] ---------------------------------------------------- */

struct registering {
    struct issuing ticket;
    struct attempt attempt;
    str mail;
    int64_t wait;
};

static struct enterprise_row enterprise_of(const struct registration *r)
{
    return (struct enterprise_row){
        .uscc = r->uscc,
        .name = r->name,
        .name_en = r->name_en,
        .registered = r->registered,
        .province = r->province,
        .city = r->city,
        .address = r->address,
        .scope = r->scope,
        .contact_name = r->contact_name,
        .contact_phone = r->contact_phone,
        .contact_mail = r->mail,
    };
}

static err check_registration(struct app *app, struct arena *a,
                              struct registration *wish)
{
    const struct enterprise_row row = enterprise_of(wish);

    TRY(account_check_mail(a, wish->mail));
    TRY(registry_enterprise_check(a, &row, door_today(app)));
    return registry_uscc(a, wish->uscc, &wish->uscc);
}

static err put_registration(struct tx *tx, void *context)
{
    struct registering *r = context;

    TRY(door_count(tx, &r->attempt, 1, r->ticket.now, &r->wait));
    if (r->wait > 0)
        return OK;
    TRY(ticket_add(tx, &r->ticket.row));
    return account_post(tx, &r->ticket, r->mail, NULL);
}

err accounts_register(struct app *app, struct arena *a,
                      const struct registration *wish,
                      const struct door_origin *from,
                      const struct posting *post, struct ticket_letter *out)
{
    struct registering r = {
        .attempt = door_attempt(app, DELAY_ASK, from->network),
        .mail = wish->mail,
    };
    struct registration checked = *wish;

    TRY(check_registration(app, a, &checked));
    TRY(account_ticket_draw(app, a, TICKET_REGISTER, &r.ticket));
    r.ticket.post = post;
    TRY(account_ticket_seal(&r.ticket, a, &registration_record, &checked));
    TRY(app_write_case(app, a, put_registration, &r));
    if (r.wait > 0)
        return door_must_wait(a, r.wait);
    return account_letter(&r.ticket, a, wish->mail, out);
}

/* The enterprise is registered by who registers it. */
static err confirm(struct tx *tx, void *context)
{
    struct arriving *x = context;
    const struct registrar by = { x->person.id, x->today, S("web") };

    TRY(account_ticket_use(tx, &x->ticket));
    TRY(registry_enterprise_in(tx, x->app, &by, &x->enterprise));
    TRY(put_person(tx, x, &by));
    return note(tx, x->now, PASSAGE_REGISTERED, x->person.id, NULL);
}

err accounts_confirm(struct app *app, struct arena *a, str token,
                     const struct arrival *who, id *out)
{
    struct arriving x = { .app = app };
    struct registration wish = { 0 };

    TRY(account_ticket_find(app, a, TICKET_REGISTER, token, &x.ticket));
    TRY(account_ticket_read(app, a, &registration_record, &x.ticket, &wish));
    TRY(read_arrival(&x, a, who));
    x.enterprise = enterprise_of(&wish);
    TRY(entropy_id(app_world_of(app)->entropy, &x.enterprise.id));
    x.person.roles = ROLE_BIT(ROLE_APPLICANT);
    x.person.enterprise = x.enterprise.id;
    x.admission = (struct admission_row){ DAY_NEVER, wish.mail, S("") };
    TRY(app_write(app, a, confirm, &x));
    *out = x.person.id;
    return OK;
}

/* --- access for a time [AC5] ---------------------------------------------- */

struct limiting {
    struct app *app;
    const struct session *who;
    str login;
    day until;
};

/* [AC9] Nobody ends, before others may come in as long, what the body cannot be
 * without. */
static err check_last(struct tx *tx, const struct person_row *p, day was,
                      day until)
{
    bool found = false;

    if (until >= was || !administrators_has(p))
        return OK;
    TRY(administrators_find(tx, p->id, was, &found));
    return found ? OK
                 : err_new(tx_arena(tx), ERR_REFUSED, "accounts.last_admin",
                           ARG_STR("login", p->login));
}

static err limit(struct tx *tx, void *context)
{
    const struct limiting *l = context;
    struct admission_row row;
    struct person_row p = { 0 };

    TRY(door_person(tx, l->login, &p));
    TRY(admission_get(tx, tx_arena(tx), p.id, &row));
    TRY(check_last(tx, &p, row.until, l->until));
    row.until = l->until;
    TRY(admission_put(tx, p.id, &row));
    return note(tx, door_now(l->app), PASSAGE_UNTIL_SET, p.id, l->who);
}

static err set_until(struct app *app, struct arena *a,
                     const struct session *who, str login, day until)
{
    struct limiting l = { app, who, login, until };

    TRY(door_check_admin(a, who));
    return app_write_case(app, a, limit, &l);
}

err accounts_until(struct app *app, struct arena *a, const struct session *who,
                   str login, day until)
{
    return keep_refusal(app, a, who, S("person.until"),
                        set_until(app, a, who, login, until));
}

err accounts_look(struct app *app, struct arena *a, enum ticket_kind kind,
                  str token)
{
    struct ticket_row row;

    return account_ticket_find(app, a, kind, token, &row);
}
