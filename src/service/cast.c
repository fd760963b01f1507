#include "service/cast.h"

#include "base/arena.h"
#include "domain/actor.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/people.h"

const char cast_newcomer[] = "newcomer";

/* The parts that were found, in the order they are shown. */
struct casting {
    struct tx *tx;
    struct arena *a;
    struct cast_part *parts;
    size_t n;
};

/* And nothing else: whoever is of the body, too, is shown as that. */
static bool is_applicant(const struct person_row *p)
{
    return p->roles == ROLE_BIT(ROLE_APPLICANT) && !id_is_zero(p->enterprise);
}

static err add(struct casting *c, const struct person_row *p, int32_t stage)
{
    struct cast_part part = {
        .login = p->login,
        .name = p->name,
        .roles = (unsigned)p->roles,
        .stage = stage,
    };
    struct enterprise_row theirs;

    if (p->state != PERSON_ACTIVE)
        return OK;
    if (is_applicant(p)) {
        TRY(enterprise_get(c->tx, c->a, p->enterprise, &theirs));
        part.enterprise = theirs.name;
    }
    c->parts[c->n++] = part;
    return OK;
}

static err add_with_role(struct casting *c, unsigned roles, int32_t most)
{
    const struct page first = { .limit = most };
    struct list found;

    TRY(person_list_with_role(c->tx, c->a, roles, &first, &found));

    const struct person_row *p = found.p;
    for (size_t i = 0; i < found.n; i++)
        TRY(add(c, &p[i], CAST_NO_CASE));
    return OK;
}

/* Until somebody applies in their part. */
static err add_newcomer(struct casting *c)
{
    const struct page one = { .limit = 1 };
    struct person_row p;
    struct list cases;
    err e = person_by_login(c->tx, c->a, str_of(cast_newcomer), &p);

    if (err_is(e, ERR_NOT_FOUND))
        return OK;
    TRY(e);
    TRY(case_list_of_enterprise(c->tx, c->a, p.enterprise, &one, &cases));
    return cases.n > 0 ? OK : add(c, &p, CAST_NO_CASE);
}

/* The first case there is one person for. */
static err add_at_stage(struct casting *c, int32_t stage)
{
    const struct page one = { .limit = 1 };
    const struct page few = { .limit = CAST_APPLICANTS };
    struct list cases;
    struct list people;

    TRY(case_list_at_stage(c->tx, c->a, stage, &one, &cases));
    if (cases.n == 0)
        return OK;

    const struct case_row *first = cases.p;
    TRY(person_list_of_enterprise(c->tx, c->a, first->enterprise, &few,
                                  &people));
    const struct person_row *p = people.p;
    for (size_t i = 0; i < people.n; i++) {
        if (is_applicant(&p[i]))
            return add(c, &p[i], stage);
    }
    return OK;
}

static err read_cast(struct casting *c)
{
    const unsigned applicant = ROLE_BIT(ROLE_APPLICANT);
    const unsigned staff = (ROLE_BIT(ROLE_COUNT) - 1) & ~applicant;
    size_t inside;

    TRY(add_with_role(c, staff, CAST_STAFF));
    inside = c->n;
    TRY(add_newcomer(c));
    for (int32_t stage = 0; stage < STAGE_LAST; stage++)
        TRY(add_at_stage(c, stage));
    return c->n > inside ? OK : add_with_role(c, applicant, CAST_APPLICANTS);
}

err cast_list(struct app *app, struct arena *a, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct casting c;

    *out = (struct list){ 0 };
    if (!app_body(app)->demonstration)
        return OK;
    TRY(app_read(app, a, &tx));
    c = (struct casting){ tx, a, NULL, 0 };
    c.parts = arena_array(a, CAST_STAFF + 1 + STAGE_LAST, sizeof *c.parts);
    TRY_MEMORY(c.parts);
    TRY(read_cast(&c));
    *out = (struct list){ c.parts, c.n };
    return OK;
}
