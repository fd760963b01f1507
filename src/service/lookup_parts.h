#ifndef SERVICE_LOOKUP_PARTS_H
#define SERVICE_LOOKUP_PARTS_H

/*
 * lookup_parts -- inside the service room: the sub-certificates of what is
 * looked up (lookup.h).
 */

#include "domain/event.h"
#include "service/lookup.h"

struct sub_row;

/* ACT_COUNT for an event that is none of the public's acts. */
enum public_act lookup_act(const struct event *e);

/* Expiry is shown on its day also before the program has entered it; there is
 * room for it in `changes`. */
void lookup_end_history(struct public_certificate *c,
                        struct public_change *changes);

/* The newest credential that the events tell of, into `c`, whose number is that
 * of the certificate or of a sub-certificate of it. */
err lookup_credential(struct app *app, struct tx *tx,
                      const struct event_list *events,
                      struct public_certificate *c);

/* Make the main certificate in `c`, as it stands on `today`, that of a site. */
void lookup_narrow(struct public_certificate *c, const struct sub_row *sub,
                   day today);

/* The sub-certificates `rows` (struct sub_row) of the main one in `c`. */
err lookup_carry(struct arena *a, struct public_certificate *c,
                 const struct list *rows, day today);

/* In each of `found` (struct public_certificate), the former name that holds
 * `words`, if any. */
err lookup_formerly(struct tx *tx, struct arena *a, str words,
                    const struct list *found);

/* What befell the sub-certificate in `c`, by the events of the main one; none:
 * what the row says. */
err lookup_sub_history(struct arena *a, const struct event_list *events,
                       const struct sub_row *sub, struct public_certificate *c);

#endif
