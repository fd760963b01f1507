#ifndef SERVICE_ACCOUNTS_PARTS_H
#define SERVICE_ACCOUNTS_PARTS_H

/* accounts_parts -- inside the service room: the tickets of accounts.h. */

#include "service/accounts.h"
#include "store/people.h"

/* One on its way to somebody. */
struct issuing {
    struct app *app;
    struct ticket_row row;
    str token;
    int64_t now;
    const struct posting *post; /* NULL: nothing is sent */
    bool posted;
};

/* A new one of this kind; its row lacks whom it is for. */
err account_ticket_draw(struct app *app, struct arena *a, enum ticket_kind kind,
                        struct issuing *out);

/* Its box: `from` as `r` says. */
err account_ticket_seal(struct issuing *i, struct arena *a,
                        const struct record *r, const void *from);

/* [AC8] In the tx that adds its row: the letter that brings it there, if it is
 * to be sent and anything is. */
err account_post(struct tx *tx, struct issuing *i, str to,
                 const struct person_row *reader);

/* What is told of it. */
err account_letter(const struct issuing *i, struct arena *a, str to,
                   struct ticket_letter *out);

/* The row of a ticket that would do.  ERR_NOT_FOUND "accounts.ticket". */
err account_ticket_find(struct app *app, struct arena *a, enum ticket_kind kind,
                        str token, struct ticket_row *out);

/* What is in its box. */
err account_ticket_read(const struct app *app, struct arena *a,
                        const struct record *r, const struct ticket_row *row,
                        void *out);

/* In the tx that carries it out: it is used.  ERR_NOT_FOUND "accounts.ticket"
 * when somebody else was quicker. */
err account_ticket_use(struct tx *tx, const struct ticket_row *row);

/* ERR_INVALID "accounts.mail" (mail). */
err account_check_mail(struct arena *a, str mail);

#endif
