#include "service/planner.h"

#include "base/arena.h"
#include "domain/rights.h"
#include "service/case_facts.h"
#include "store/people.h"

/* Who is being looked at, and what is known of the case. */
struct looking {
    struct tx *tx;
    const struct case_file *file;
    struct facts facts;
    const struct planner_wish *wish;
};

static err weigh(const struct looking *x, bool lead, struct candidate *c,
                 struct list *out)
{
    const struct team_seat seat = {
        &c->person,
        lead,
        x->wish->from,
        x->wish->to,
    };

    return team_against(tx_arena(x->tx), x->file->state, &x->facts, &seat, out);
}

static err look_at(const struct looking *x, const struct person_row *row,
                   struct candidate *out)
{
    *out = (struct candidate){ .name = row->name };
    TRY(person_by_key(x->tx, row->id, &out->person));
    TRY(case_person_days(x->tx, x->file->state->id, x->facts.today,
                         &out->person));
    out->competent = team_is_competent(x->file->state, &out->person);
    TRY(weigh(x, true, out, &out->as_lead));
    return weigh(x, false, out, &out->as_member);
}

/* Who left is sent nowhere, nor who works for an enterprise. */
static bool is_eligible(const struct person_row *row)
{
    return row->state == PERSON_ACTIVE && id_is_zero(row->enterprise);
}

static err look_at_some(const struct looking *x, const struct list *rows,
                        struct candidate *found, size_t *n)
{
    const struct person_row *row = rows->p;

    for (size_t i = 0; i < rows->n && *n < CANDIDATES_MOST; i++) {
        if (is_eligible(&row[i]))
            TRY(look_at(x, &row[i], &found[(*n)++]));
    }
    return OK;
}

static err look_at_all(const struct looking *x, struct candidate *found,
                       size_t *n)
{
    const int64_t roles = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT);
    struct page page = { .limit = STORE_PAGE_MAX };
    struct list rows;

    do {
        TRY(person_list_with_role(x->tx, tx_arena(x->tx), roles, &page, &rows));
        TRY(look_at_some(x, &rows, found, n));
        if (rows.n > 0)
            page.after = ((const struct person_row *)rows.p)[rows.n - 1].login;
    } while (rows.n == STORE_PAGE_MAX && *n < CANDIDATES_MOST);
    return OK;
}

err planner_candidates(struct app *app, struct arena *a,
                       const struct session *who, const struct case_file *file,
                       const struct planner_wish *wish, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct candidate *found = arena_array(a, CANDIDATES_MOST, sizeof *found);
    struct looking x = { .file = file, .wish = wish };
    size_t n = 0;

    TRY(right_check_role(a, right_find("plan.make"), &who->actor));
    TRY_MEMORY(found);
    TRY(app_read(app, a, &tx));
    x.tx = tx;
    x.facts = (struct facts){
        .today = wish->today,
        .enterprise = &file->enterprise,
    };
    TRY(look_at_all(&x, found, &n));
    *out = (struct list){ found, n };
    return OK;
}
