#ifndef SERVICE_BODY_CONTACT_H
#define SERVICE_BODY_CONTACT_H

/*
 * body_contact -- where the body is to be reached, and where complaints and
 * appeals go: what it publishes of itself beside what it was founded with.
 * [条例 20] [17065 7.13]
 *
 *   [BC1] Administrators say it; whoever may not is refused.
 *   [BC2] It is the body's own, of no person: it is public.
 */

#include "auth/session.h"
#include "service/app.h"

enum { CONTACT_TEXT_MOST = 200 };

struct body_contact { /* whatever is empty was not said */
    str address;
    str phone;
    str mail;
    str complaint_phone; /* for complaints and appeals */
    str complaint_mail;
};

/* In place of what was said before.  ERR_DENIED "outbox.names" (roles) [BC1];
 * ERR_INVALID "contact.phone", "contact.mail", or as record_write() has it for
 * what is too long or holds no text. */
err body_contact_set(struct app *app, struct arena *a,
                     const struct session *who, const struct body_contact *c);

/* What was said, all empty before anything was; ERR_CORRUPT
 * "body_contact.text". */
err body_contact_get(struct app *app, struct arena *a,
                     struct body_contact *out);

#endif
