#include "service/drafts.h"

#include "base/arena.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "store/cases.h"
#include "store/drafts.h"
#include "sys/clock.h"

static struct draft_row row_of(const struct draft_of *of)
{
    return (struct draft_row){ .of_case = of->file->state->id,
                               .person = of->who->actor.person,
                               .command = str_of(of->command) };
}

err draft_read(struct app *app, struct arena *a, const struct draft_of *of,
               str *body)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct draft_row row = row_of(of);
    bool found;

    TRY(app_read(app, a, &tx));
    TRY(draft_get(tx, a, &row, &found));
    *body = found ? row.body : S("");
    return OK;
}

struct keeping {
    const struct state *state;
    struct draft_row row;
};

static bool is_message(const struct draft_row *row)
{
    return str_eq(row->command, S(DRAFT_MESSAGE));
}

/* [DR2] A case that was submitted meanwhile has no use for it. */
static err keep(struct tx *tx, void *context)
{
    const struct keeping *k = context;
    struct case_row now;

    TRY(case_get(tx, tx_arena(tx), k->row.of_case, &now));
    if (now.stage != (int32_t)k->state->stage && !is_message(&k->row))
        return err_new(tx_arena(tx), ERR_CONFLICT, "case.version",
                       ARG_INT("expected", k->state->version),
                       ARG_INT("found", now.version));
    if (k->row.body.n == 0)
        return draft_drop_own(tx, k->row.of_case, k->row.command,
                              k->row.person);
    return draft_put(tx, &k->row);
}

err draft_write(struct app *app, struct arena *a, const struct draft_of *of,
                str body)
{
    struct clock *clock = app_world_of(app)->clock;
    struct keeping k = { of->file->state, row_of(of) };

    if (body.n > DRAFT_MAX)
        return err_new(a, ERR_LIMIT, "draft.size", ARG_INT("most", DRAFT_MAX));
    TRY(case_act_prepare(app, a, of->who, of->file, of->today,
                         right_find(of->command)));
    k.row.body = body;
    k.row.saved = clock->now(clock);
    return app_write_case(app, a, keep, &k);
}
