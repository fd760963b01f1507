#ifndef SERVICE_READERS_H
#define SERVICE_READERS_H

/*
 * readers -- inside the service room: who gets letters about a case, and in
 * which language.
 *
 *   [RD1] Somebody reads who may come in, has an address mail can be sent to,
 *         and may read the case (domain/rights.h); nobody else gets a letter
 *         about it.
 *   [RD2] They read in the language of the pages they came in by last, or else
 *         in Chinese.
 */

#include "service/app.h"
#include "store/people.h"
#include "text/text.h"

struct reader {
    struct person_row person;
    str mail;
    enum lang lang;
};

/* Of the people of `enterprise`, the first STORE_PAGE_MAX, who reads its cases;
 * struct reader in the tx's arena. */
err readers_of_enterprise(struct app *app, struct tx *tx, id enterprise,
                          struct list *out);

/* Of the people with one of `roles`, likewise, who reads cases of that
 * enterprise. */
err readers_with_role(struct app *app, struct tx *tx, unsigned roles,
                      id enterprise, struct list *out);

/* That one person: one reader, or none. */
err readers_named(struct app *app, struct tx *tx, id person, id enterprise,
                  struct list *out);

#endif
