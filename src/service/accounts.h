#ifndef SERVICE_ACCOUNTS_H
#define SERVICE_ACCOUNTS_H

/*
 * accounts -- how people come to be people of this body, get back in, and for
 * how long.
 *
 *   [AC1] Staff come by invitation of an administrator, who says what they will
 *         be; an enterprise registers itself, once somebody read the mail.
 *   [AC2] A ticket (auth/ticket.h) is told once, and works once.  One that is
 *         malformed, unknown, used, over or of another kind is refused in the
 *         same words.
 *   [AC3] Asking for a reset, and registering, are answered the same whatever
 *         there is; that a code is registered is said to who read the mail.
 *   [AC4] A reset ends all sessions and all waiting; the second factor stays.
 *   [AC5] Access for a time ends with its last day.
 *   [AC6] While Argon2id runs no transaction is open.
 *   [AC7] Where mail goes, and to when access goes, is in no event; the trail
 *         has that it was done (door.h [DO6]).
 *
 *   [AC8] A letter is put into the outbox in the act's own transaction: no
 *         ticket is made without its mail.  Where no server sends mails none is
 *         put there, and the letter says so: whoever asked hands the address
 *         over, or nobody does.
 *   [AC9] An administrator's access is cut short only while that of another
 *         one lasts as long: a body always has somebody who can let others in.
 */

#include "auth/ticket.h"
#include "service/door.h"
#include "text/text.h"

/*
 * What is to be sent.  Each says the body's name, the address, until when it
 * works, and that whoever did not ask for it need do nothing; and
 *   TICKET_INVITE    that they are invited to work with this body,
 *   TICKET_RESET     that a new password can be set, for the login,
 *   TICKET_REGISTER  that an enterprise was to be registered with this mail.
 */
struct ticket_letter {
    enum ticket_kind kind;
    str to;    /* empty: nobody; nothing is to be sent */
    str login; /* of a reset, else empty */
    str path;  /* behind the public address: "/reset/TOKEN" */
    int64_t ends;
    bool posted; /* it is in the outbox [AC8] */
};

/* How it is sent.  Where a function is given NULL it sends nothing, and its
 * caller hands over what the letter says. */
struct posting {
    enum lang lang; /* of who asks: of the reader nothing is known */
    str url;        /* where the pages are found, "https://body.example" */
};

/* Can anything be sent?  False where no administrator said by which server. */
err accounts_can_post(struct app *app, struct arena *a, bool *out);

/* --- by invitation [AC1] ---------------------------------------------- */

struct invitation_wish {
    str mail;  /* empty: the administrator hands the address over */
    str roles; /* as struct newcomer has them */
    str uscc;
    day until; /* the last day of access; DAY_NEVER: it goes on */
};

/* ERR_DENIED "door.admin"; ERR_INVALID "accounts.mail" (mail), "accounts.until"
 * (until, today), "register.role" (role), "enrol.belongs"; ERR_NOT_FOUND
 * "case.enterprise" (uscc). */
err accounts_invite(struct app *app, struct arena *a, const struct session *who,
                    const struct invitation_wish *wish,
                    const struct posting *post, struct ticket_letter *out);

/* What somebody says of themselves when they come. */
struct arrival {
    str login;
    str name;
    str secret;
};

/* ERR_NOT_FOUND "accounts.ticket" [AC2]; ERR_INVALID "enrol.login",
 * "enrol.name", "enrol.secret"; ERR_CONFLICT "registry.login" (login): the
 * ticket is still good. */
err accounts_accept(struct app *app, struct arena *a, str token,
                    const struct arrival *who, id *out);

/* --- registering ------------------------------------------------------ */

/* [AC3] ERR_INVALID "accounts.mail" (mail), what registry_enterprise_check()
 * refuses; ERR_BUSY "door.wait" (seconds). */
err accounts_register(struct app *app, struct arena *a,
                      const struct registration *wish,
                      const struct door_origin *from,
                      const struct posting *post, struct ticket_letter *out);

/* The enterprise, and somebody who applies for it.  As accounts_accept(), and
 * ERR_CONFLICT "registry.known" (uscc). */
err accounts_confirm(struct app *app, struct arena *a, str token,
                     const struct arrival *who, id *out);

/* --- resets ----------------------------------------------------------- */

/* [AC3] Nobody gets a letter where out->to is empty.  ERR_BUSY "door.wait"
 * (seconds). */
err accounts_ask_reset(struct app *app, struct arena *a, str login,
                       const struct door_origin *from,
                       const struct posting *post, struct ticket_letter *out);

/* By an administrator, who hands it over: ERR_DENIED "door.admin";
 * ERR_NOT_FOUND "door.person" (login), ERR_REFUSED "accounts.left" (login). */
err accounts_reset_for(struct app *app, struct arena *a,
                       const struct session *who, str login,
                       const struct posting *post, struct ticket_letter *out);

/* [AC4] ERR_NOT_FOUND "accounts.ticket" [AC2]; ERR_INVALID "enrol.secret". */
err accounts_reset(struct app *app, struct arena *a, str token, str secret);

/* --- tickets, and access for a time ------------------------------------ */

/* Would it do?  ERR_NOT_FOUND "accounts.ticket" [AC2]. */
err accounts_look(struct app *app, struct arena *a, enum ticket_kind kind,
                  str token);

/* [AC5] DAY_NEVER: it goes on.  ERR_DENIED "door.admin"; ERR_NOT_FOUND
 * "door.person" (login); ERR_REFUSED "accounts.last_admin" (login) [AC9]. */
err accounts_until(struct app *app, struct arena *a, const struct session *who,
                   str login, day until);

#endif
