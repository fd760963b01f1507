#ifndef WEB_INVITE_H
#define WEB_INVITE_H

/* invite -- inside web: what an administrator is told of a ticket they made:
 * that it was sent, or the address to hand over, once (people.c [WP2]). */

#include "service/accounts.h"
#include "web/parts.h"

err invite_show_ticket(struct request *rq, struct response *rs,
                       const struct ticket_letter *letter);

#endif
