#ifndef STORE_ENTERPRISES_H
#define STORE_ENTERPRISES_H

/*
 * enterprises -- who is certified: registered facts and a contact.
 *
 * The contact is personal data and stands nowhere else; events name the
 * enterprise by id.  Texts that are read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

struct enterprise_row {
    id id;
    str uscc; /* unified social credit code, unique */
    str name;
    str name_en;    /* may be empty */
    day registered; /* DAY_NEVER: not known */
    str province;
    str city;
    str address;
    str scope; /* of business, as registered */
    str contact_name;
    str contact_phone;
    str contact_mail;
};

/* Insert, or replace the row with this id.  ERR_CONFLICT "store.constraint"
 * when the code is another enterprise's. */
err enterprise_put(struct tx *tx, const struct enterprise_row *e);

/* ERR_NOT_FOUND "store.missing". */
err enterprise_get(struct tx *tx, struct arena *a, id enterprise,
                   struct enterprise_row *out);
err enterprise_by_uscc(struct tx *tx, struct arena *a, str uscc,
                       struct enterprise_row *out);

/* struct enterprise_row by name, then id; the key is both of the last row.
 * `p->after` is its name, `after_id` its id (zero at the start). */
err enterprise_list(struct tx *tx, struct arena *a, const struct page *p,
                    id after_id, struct list *out);

/* Take away those that have no stream. */
err enterprise_clear_strays(struct tx *tx);

#endif
