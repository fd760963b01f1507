#ifndef SERVICE_OUTBOX_H
#define SERVICE_OUTBOX_H

/*
 * outbox -- the body's mails, from the act that wants one to the mail server.
 *
 *   [OB1] A mail is a row of the act's own transaction: it is there when the
 *         act is, and is not when it is not.
 *   [OB2] It is handed over again and again until a server has taken it; a
 *         crash in between repeats it and never loses it.  Every repetition is
 *         the same to the byte, Message-ID and date among it, as long as the
 *         settings are.
 *   [OB3] After a failure the wait grows from a minute to an hour.  It is given
 *         up after a day, or when the server refuses it for good; the list says
 *         so, and why.
 *   [OB4] To whom it goes and what it says (it may hold a ticket) lie in a box
 *         of its own; once it is sent or given up, only the address is kept.
 *   [OB5] Without a server nothing is tried, and so nothing is given up.
 */

#include "page/letter.h"
#include "service/mail_settings.h"
#include "store/mails.h"

enum outbox_fault {
    FAULT_NONE,
    FAULT_UNREACHED, /* no connection, or it broke */
    FAULT_SLOW,
    FAULT_UNSAFE,  /* no TLS, or a certificate we do not trust */
    FAULT_LOGIN,   /* it does not know us */
    FAULT_LATER,   /* refused for now */
    FAULT_REFUSED, /* refused for good */
    FAULT_BROKEN,  /* what we kept cannot be read or made a mail of */
};
extern const char *const outbox_fault_names[];

struct outgoing {
    enum letter_kind kind;
    enum lang lang;
    str to;
    struct letter letter; /* `body` is filled in */
};

/* [OB1] In a write tx of an act.  ERR_INVALID "mime.address" (address), and
 * errors of record_write(). */
err outbox_put(struct app *app, struct tx *tx, const struct outgoing *m,
               id *out);

/* What became of one. */
struct outbox_turn {
    bool any; /* was there one? */
    id mail;
    str kind;
    enum mail_state state;
    int32_t tries;
    int32_t fault;
    int32_t status; /* what the server answered */
    err why;        /* OK: it has taken it */
};

/* Hand over one that is due by `due` (microseconds UTC) and that nobody else
 * hands over.  ERR_NOT_FOUND "outbox.no_server" when there is one and no server
 * [OB5]. */
err outbox_turn(struct app *app, struct arena *a, int64_t due,
                struct outbox_turn *out);

/* How many wait, due or not, that nobody hands over; at most OUTBOX_SHOWN. */
err outbox_waiting(struct app *app, struct arena *a, int64_t *out);

/* A letter to `to` at once, beside the outbox.  ERR_DENIED "outbox.names"
 * (roles), ERR_NOT_FOUND "outbox.no_server", errors of mail_send(). */
err outbox_test(struct app *app, struct arena *a, const struct session *who,
                enum lang l, str to);

/* The same letter into the outbox, where what became of it is seen.  ERR_DENIED
 * "outbox.names" (roles), ERR_NOT_FOUND "outbox.no_server", ERR_INVALID
 * "mime.address" (address). */
err outbox_test_later(struct app *app, struct arena *a,
                      const struct session *who, enum lang l, str to);

struct outbox_line {
    struct mail_row row;
    str to; /* empty: its box does not open */
};

/* struct outbox_line, the newest first, at most OUTBOX_SHOWN.  ERR_DENIED
 * "outbox.names" (roles). */
enum { OUTBOX_SHOWN = 1000 };
err outbox_list(struct app *app, struct arena *a, const struct session *who,
                struct list *out);

/* When it is tried again after so many tries, in microseconds. [OB3] */
int64_t outbox_delay(int32_t tries);

#endif
