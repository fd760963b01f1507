#include "service/administrators.h"

#include "domain/actor.h"
#include "store/admission.h"

bool administrators_has(const struct person_row *p)
{
    return p->state != PERSON_LEFT && id_is_zero(p->enterprise) &&
           ((unsigned)p->roles & ROLE_BIT(ROLE_ADMIN)) != 0;
}

static err is_another(struct tx *tx, const struct person_row *p, id person,
                      day on, bool *found)
{
    struct admission_row admission;

    if (id_eq(p->id, person) || !administrators_has(p))
        return OK;
    TRY(admission_get(tx, tx_arena(tx), p->id, &admission));
    if (admission.until >= on)
        *found = true;
    return OK;
}

err administrators_find(struct tx *tx, id person, day on, bool *found)
{
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list people;

    *found = false;
    do {
        TRY(person_list_with_role(tx, tx_arena(tx), ROLE_BIT(ROLE_ADMIN), &page,
                                  &people));
        const struct person_row *p = people.p;

        for (size_t i = 0; i < people.n && !*found; i++)
            TRY(is_another(tx, &p[i], person, on, found));
        if (people.n > 0)
            page.after = p[people.n - 1].login;
    } while (people.n == STORE_PAGE_MAX && !*found);
    return OK;
}
