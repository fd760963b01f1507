#include "service/cast.h"

#include "base/arena.h"
#include "domain/actor.h"
#include "store/people.h"

static struct cast_part *add(struct cast_part *to, const struct list *people)
{
    const struct person_row *p = people->p;

    for (size_t i = 0; i < people->n; i++) {
        if (p[i].state == PERSON_ACTIVE)
            *to++ = (struct cast_part){ p[i].login, p[i].name,
                                        (unsigned)p[i].roles };
    }
    return to;
}

static err read_cast(struct tx *tx, struct arena *a, struct list *out)
{
    const unsigned applicant = ROLE_BIT(ROLE_APPLICANT);
    const unsigned staff = (ROLE_BIT(ROLE_COUNT) - 1) & ~applicant;
    const struct page first = { .limit = CAST_STAFF };
    const struct page few = { .limit = CAST_APPLICANTS };
    struct cast_part *parts =
        arena_array(a, CAST_STAFF + CAST_APPLICANTS, sizeof *parts);
    struct list inside;
    struct list outside;

    TRY_MEMORY(parts);
    TRY(person_list_with_role(tx, a, staff, &first, &inside));
    TRY(person_list_with_role(tx, a, applicant, &few, &outside));
    struct cast_part *end = add(add(parts, &inside), &outside);
    *out = (struct list){ parts, (size_t)(end - parts) };
    return OK;
}

err cast_list(struct app *app, struct arena *a, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    *out = (struct list){ 0 };
    if (!app_body(app)->demonstration)
        return OK;
    TRY(app_read(app, a, &tx));
    return read_cast(tx, a, out);
}
