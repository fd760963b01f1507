#ifndef DOMAIN_CONTACT_H
#define DOMAIN_CONTACT_H

/*
 * contact -- whom to call at an enterprise: personal data, which stands in the
 * enterprise's row and in no event (registers.h [RE5]).
 */

#include "base/err.h"
#include "domain/commands.h"

struct arena;

/* A Chinese mobile number, with or without +86; a landline with its area code
 * and perhaps an extension; a 400 or 800 number.  Blanks and hyphens may part
 * the digits. */
bool contact_is_phone(str phone);

/* Something before and after one "@", and a dot behind it. */
bool contact_is_mail(str mail);

/* ERR_INVALID "contact.phone", "contact.mail"; neither says what was typed, for
 * refusals are kept. */
err contact_check(struct arena *a, const struct enterprise_contact *c);

#endif
