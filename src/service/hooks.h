#ifndef SERVICE_HOOKS_H
#define SERVICE_HOOKS_H

/*
 * hooks -- webhooks: whoever wants to be told what happens to a certificate, or
 * to all of an enterprise, names an address that is called. [M24]
 *
 *   [HO1] Everybody who may sign in has webhooks of their own, HOOKS_MOST at
 *         most; an administrator sees and ends anybody's.
 *   [HO2] What is told is what /api/v1/changes tells (changes.h), and nothing
 *         from before the webhook was made.
 *   [HO3] A message is placed in the tx that moves the mark up to which the log
 *         was read: so each change comes to each webhook exactly once, a crash
 *         in between or not.
 *   [HO4] It is handed over again and again until it was taken, in the order of
 *         the log; a crash repeats it and never loses it.  Every repetition has
 *         the same id and the same body, signed anew with the moment of its
 *         try, so that an old one that somebody kept can be told.
 *   [HO5] After a failure the wait grows from a minute to an hour.  A webhook
 *         that took nothing for three days, or says that it is gone (410),
 *         stops; what waits is kept until its owner lets it go on.
 *   [HO6] Address and secret lie in a box of their own; the secret is shown
 *         once, to whoever makes the webhook.
 */

#include "auth/session.h"
#include "net/webhook.h"
#include "service/app.h"
#include "store/hooks.h"

enum { HOOKS_MOST = 20, HOOK_CALLS_SHOWN = 50 };

enum hook_fault {
    HOOK_FINE,
    HOOK_UNREACHED, /* no connection, or it broke */
    HOOK_SLOW,
    HOOK_UNSAFE,   /* a certificate we do not trust */
    HOOK_PRIVATE,  /* it leads where nobody is called */
    HOOK_ANSWERED, /* by a status that is not 2xx */
    HOOK_BROKEN,   /* what we kept cannot be read */
    HOOK_LEFT,     /* its owner may not come in any more */
};
extern const char *const hook_fault_names[]; /* NULL-ended */

/* Whose webhooks, and who asks. [HO1] */
struct hooks_of {
    const struct session *who;
    str login; /* empty: their own */
};

struct hook_order {
    const struct session *who;
    str address;
    str number; /* of a certificate, as people type it; or .. */
    str uscc;   /* .. the code of an enterprise */
};

struct hook_line {
    struct hook_row row;
    str login;
    str address; /* empty: its box does not open */
    str number;  /* of the certificate; or .. */
    str uscc;    /* .. of the enterprise */
    int64_t waiting;
    struct hook_call_row last; /* its newest message; id zero: none yet */
};

/*
 * Make one; *secret is "whsec_" and base64, as Standard Webhooks has it.
 * ERR_INVALID "webhook.address", "hook.about" unless exactly one of number and
 * code is given, "changes.uscc" (uscc); ERR_NOT_FOUND "lookup.number" (number);
 * ERR_LIMIT "hook.many" (most); ERR_DENIED "hook.nobody" to the program itself.
 */
err hook_make(struct app *app, struct arena *a, const struct hook_order *order,
              int64_t *number, str *secret);

/* struct hook_line by number.  ERR_DENIED "door.others"; ERR_NOT_FOUND
 * "door.person" (login). */
err hooks_list(struct app *app, struct arena *a, const struct hooks_of *of,
               struct list *out);

/* The same of everybody, at most STORE_PAGE_MAX; for administrators. */
err hooks_list_all(struct app *app, struct arena *a, const struct session *who,
                   struct list *out);

/* Its messages, struct hook_call_row, newest first, HOOK_CALLS_SHOWN at most.
 * This and those that follow: errors as hooks_list(); ERR_NOT_FOUND
 * "hook.number" (number). */
err hook_calls(struct app *app, struct arena *a, const struct hooks_of *of,
               int64_t number, struct list *out);

err hook_end(struct app *app, struct arena *a, const struct hooks_of *of,
             int64_t number);

/* [HO5] It goes on, at once. */
err hook_resume(struct app *app, struct arena *a, const struct hooks_of *of,
                int64_t number);

/* A message to try it, at the end of its queue. */
err hook_try_later(struct app *app, struct arena *a, const struct hooks_of *of,
                   int64_t number);

/* The same at once, beside the queue.  Errors of webhook_send(). */
err hook_try(struct app *app, struct arena *a, const struct hooks_of *of,
             int64_t number);

/* May this machine itself be called?  Only an administrator of a demonstration
 * may say so: ERR_DENIED "outbox.names" (roles), ERR_REFUSED
 * "hook.demonstration". */
err hooks_let_here(struct app *app, struct arena *a, const struct session *who,
                   bool here);
err hooks_are_here(struct tx *tx, bool *out);

/* --- the job -------------------------------------------------------------- */

/* Place a message for each change that is new and that a webhook is about; some
 * hundred entries of the log a call.  *more: there are others. [HO3] */
err hooks_match(struct app *app, struct arena *a, bool *more);

/* What became of one. */
struct hook_turn {
    bool any; /* was there one? */
    id call;
    bool taken;
    bool stopped; /* [HO5] */
    int32_t tries;
    int32_t fault;
    int32_t status; /* what was answered */
    err why;        /* OK: it was taken */
};

/* Hand over one that is due by `due` (microseconds UTC) and that nobody else
 * hands over. [HO4] */
err hooks_turn(struct app *app, struct arena *a, int64_t due,
               struct hook_turn *out);

/* How many messages wait, due or not, that nobody hands over, of webhooks that
 * are not stopped; at most STORE_PAGE_MAX webhooks are counted. */
err hooks_waiting(struct app *app, struct arena *a, int64_t *out);

#endif
