#include "service/readers.h"

#include "base/arena.h"
#include "codec/mime.h"
#include "domain/rights.h"
#include "service/door_parts.h"
#include "store/admission.h"

/* [RD1] */
static err reads(struct app *app, struct tx *tx, const struct person_row *p,
                 id enterprise, bool *out)
{
    const struct actor actor = { p->id, (unsigned)p->roles, p->enterprise };

    TRY(door_may_come_in(tx, app, p, out));
    *out = *out && rights_may_read(&actor, enterprise);
    return OK;
}

static err add(struct app *app, struct tx *tx, const struct person_row *p,
               id enterprise, struct list *out)
{
    struct reader *r = (struct reader *)out->p + out->n;
    struct admission_row admission;
    bool may;

    TRY(reads(app, tx, p, enterprise, &may));
    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    if (!may || !mime_is_address(admission.mail))
        return OK;
    *r = (struct reader){ *p, admission.mail, LANG_ZH };
    (void)lang_parse(admission.lang, &r->lang); /* [RD2] */
    out->n++;
    return OK;
}

static err sift(struct app *app, struct tx *tx, const struct list *people,
                id enterprise, struct list *out)
{
    const struct person_row *p = people->p;
    struct list made = {
        arena_array(tx_arena(tx), people->n, sizeof(struct reader)), 0
    };

    TRY_MEMORY(made.p);
    for (size_t i = 0; i < people->n; i++)
        TRY(add(app, tx, &p[i], enterprise, &made));
    *out = made;
    return OK;
}

err readers_of_enterprise(struct app *app, struct tx *tx, id enterprise,
                          struct list *out)
{
    const struct page page = { .limit = STORE_PAGE_MAX };
    struct list people;

    TRY(person_list_of_enterprise(tx, tx_arena(tx), enterprise, &page,
                                  &people));
    return sift(app, tx, &people, enterprise, out);
}

err readers_with_role(struct app *app, struct tx *tx, unsigned roles,
                      id enterprise, struct list *out)
{
    const struct page page = { .limit = STORE_PAGE_MAX };
    struct list people;

    TRY(person_list_with_role(tx, tx_arena(tx), roles, &page, &people));
    return sift(app, tx, &people, enterprise, out);
}

err readers_named(struct app *app, struct tx *tx, id person, id enterprise,
                  struct list *out)
{
    struct person_row row;
    const struct list one = { &row, 1 };
    err e = person_get(tx, tx_arena(tx), person, &row);

    *out = (struct list){ 0 };
    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    return sift(app, tx, &one, enterprise, out);
}
