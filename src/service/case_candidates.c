#include "service/case_candidates.h"

#include "base/arena.h"
#include "domain/conflict.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "store/bookings.h"
#include "store/people.h"

/* What they are looked at for. */
struct choosing {
    struct tx *tx;
    struct arena *a;
    const struct case_file *file;
    day today;
    enum case_part part;
    struct candidate *found;
    size_t n;
};

/* --- who may [CC1] -------------------------------------------------------- */

static unsigned roles_for(const struct choosing *x)
{
    switch (x->part) {
    case PART_LEADS: return ROLE_BIT(ROLE_AUDITOR);
    case PART_AUDITS: return ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT);
    case PART_VOTES: return ROLE_BIT(ROLE_REVIEWER);
    case PART_ADVISES: return ROLE_BIT(ROLE_EXPERT);
    case PART_HEARS: return ROLE_BIT(ROLE_APPEAL);
    case PART_ANSWERS: break;
    }
    return right_roles(right_find("complaint.answer"), x->file->state);
}

static bool knows_field(const struct choosing *x, const struct person *p)
{
    const struct qualification *q = &p->qualification;

    for (size_t i = 0; i < q->field_count; i++) {
        if (str_eq(q->fields[i], x->file->state->scheme->field))
            return true;
    }
    return false;
}

/* domain/team.c [TE1] [TE2] */
static bool may_audit(const struct choosing *x, const struct person *p)
{
    const struct qualification *q = &p->qualification;
    bool lead = x->part == PART_LEADS;

    if (state_was_seated(x->file->state, p->id))
        return false;
    if ((p->roles & ROLE_BIT(ROLE_AUDITOR)) == 0)
        return knows_field(x, p);
    return q->registration.n > 0 && q->until >= x->today &&
           (!lead || q->level >= AUDITOR_FULL);
}

/* domain/panel.c [PN5] */
static bool may_sit(const struct choosing *x, const struct person *p)
{
    const struct state *s = x->file->state;

    if (state_is_member(s, p->id) || state_is_evaluator(s, p->id) ||
        state_was_overruled(s, p->id))
        return false;
    return x->part == PART_VOTES || knows_field(x, p);
}

static bool may_take_part(const struct choosing *x, const struct person *p)
{
    const struct state *s = x->file->state;

    if (!p->active || (p->roles & roles_for(x)) == 0 ||
        conflict_of_interest(p, x->file->enterprise.id, x->today,
                             s->scheme->limits.conflict))
        return false;
    switch (x->part) {
    case PART_LEADS:
    case PART_AUDITS: return may_audit(x, p);
    case PART_VOTES:
    case PART_ADVISES: return may_sit(x, p);
    case PART_HEARS:
    case PART_ANSWERS: break;
    }
    return !state_is_involved(s, p->id);
}

/* --- one of them ---------------------------------------------------------- */

/* The first days on which they are elsewhere. */
static err find_days(const struct choosing *x, struct candidate *c)
{
    struct list rows;

    TRY(booking_of_person(x->tx, x->a, c->person, x->file->state->id, x->today,
                          &rows));
    if (rows.n > 0) {
        const struct booking_row *b = rows.p;

        c->from = b->from;
        c->to = b->to;
    }
    return OK;
}

static err take(struct choosing *x, const struct person_row *row)
{
    struct candidate c = { .login = row->login,
                           .name = row->name,
                           .person = row->id,
                           .from = DAY_NEVER,
                           .to = DAY_NEVER };
    struct person p;

    if (!id_is_zero(row->enterprise)) /* not the body's */
        return OK;
    TRY(person_by_name(x->tx, row->login, &p));
    if (!may_take_part(x, &p))
        return OK;
    c.roles = p.roles;
    c.level = p.qualification.level;
    if (x->part == PART_LEADS || x->part == PART_AUDITS)
        TRY(find_days(x, &c));
    x->found[x->n++] = c;
    return OK;
}

/* --- all of them ---------------------------------------------------------- */

/* Room for so many more. */
static err grow(struct choosing *x, size_t more)
{
    struct candidate *wider = arena_array(x->a, x->n + more, sizeof *wider);

    TRY_MEMORY(wider);
    for (size_t i = 0; i < x->n; i++)
        wider[i] = x->found[i];
    x->found = wider;
    return OK;
}

/* Page by page of those with the role. */
static err look(struct choosing *x)
{
    struct page at = { .after = S(""), .limit = STORE_PAGE_MAX };
    struct list rows;

    do {
        TRY(person_list_with_role(x->tx, x->a, roles_for(x), &at, &rows));
        TRY(grow(x, rows.n));
        for (size_t i = 0; i < rows.n; i++)
            TRY(take(x, (const struct person_row *)rows.p + i));
        if (rows.n > 0)
            at.after = ((const struct person_row *)rows.p)[rows.n - 1].login;
    } while (rows.n == STORE_PAGE_MAX);
    return OK;
}

err case_candidates(struct app *app, struct arena *a, const struct session *who,
                    const struct candidate_wish *wish, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct choosing x = {
        .a = a, .file = wish->file, .today = wish->today, .part = wish->part
    };

    *out = (struct list){ 0 };
    if (rights_owns(&who->actor, wish->file->enterprise.id)) /* [CC2] */
        return OK;
    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(look(&x));
    *out = (struct list){ x.found, x.n };
    return OK;
}
