#ifndef SERVICE_TEST_SMTP_H
#define SERVICE_TEST_SMTP_H

/*
 * test_smtp -- a mail server that takes or refuses one mail, for tests of what
 * goes out.
 */

#include "service/outbox.h"
#include "service/service_test_env.h"

/* By the office's clock, microseconds UTC. */
int64_t office_now(const struct office *o);

/* From now on the office's mails go to this port of this machine. */
err smtp_use(struct office *o, int port);

/* Hand over one that is due. */
struct outbox_turn smtp_turn(struct office *o);

/* The same while a server answers so to the mail (NULL: the connection breaks);
 * what it heard into *heard. */
struct outbox_turn smtp_turn_with(struct office *o, const char *end,
                                  str *heard);

#endif
