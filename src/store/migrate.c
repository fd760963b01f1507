/*
 * migrate -- bring a schema forward, one numbered step at a time.
 *
 *   [MG1] A step and its record in table `migration` are one transaction.
 *   [MG2] Steps only go forward, in order; a step that was run is never
 *         edited, which its recorded SHA-256 shows.
 *   [MG3] Step 0 makes the table of records.  It runs before each step and
 *         takes whatever lock the engine needs, so programs that start at the
 *         same time do not run a step twice.
 */

#include "store/engine.h"

#include "base/check.h"

/* Is the recorded step of `q`'s row the one that we know? */
static err check_record(struct query *q, struct arena *a,
                        const struct migration *steps, size_t n, int64_t want)
{
    int64_t number = query_int(q, 0, 1, INT32_MAX);
    str name = query_str(q, a, 1);
    str sha256 = query_str(q, a, 2);

    TRY(query_done(q));
    if (number >= (int64_t)n)
        return err_new(a, ERR_CORRUPT, "store.newer", ARG_INT("found", number),
                       ARG_INT("known", n - 1));
    const struct migration *m = &steps[want];
    if (number != want || !str_eq(name, str_of(m->name)) ||
        !str_eq(sha256, str_of(m->sha256)))
        return err_new(a, ERR_CORRUPT, "store.step_changed",
                       ARG_INT("number", number), ARG_STR("name", name));
    return OK;
}

/* How many steps, step 0 not counted, were run already [MG2]. */
static err count_done(struct tx *tx, const struct migration *steps, size_t n,
                      int64_t *out)
{
    scoped(query_end) struct query *q = NULL;
    int64_t done = 0;
    bool found;

    TRY(query_begin(tx, SQL_migration_list, &q));
    query_bind_int(q, 1, 1);
    query_bind_int(q, 2, INT32_MAX);
    for (;;) {
        TRY(query_next(q, &found));
        if (!found)
            break;
        TRY(check_record(q, tx_arena(tx), steps, n, done + 1));
        done++;
    }
    *out = done;
    return OK;
}

static err record(struct tx *tx, const struct migration *m)
{
    scoped(query_end) struct query *q = NULL;

    TRY(query_begin(tx, SQL_migration_add, &q));
    query_bind_int(q, 1, m->number);
    query_bind_str(q, 2, str_of(m->name));
    query_bind_str(q, 3, str_of(m->sha256));
    return query_change_one(q);
}

/* Run the next step, if one is missing [MG1]. */
static err one_step(struct store *s, struct arena *a,
                    const struct migration *steps, size_t n, bool *missing)
{
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t done;

    TRY(store_begin(s, a, CONTROL_SCHEMA, &tx));
    TRY(s->engine->script(s, a, &steps[0])); /* [MG3] */
    TRY(count_done(tx, steps, n, &done));
    bool one = done + 1 < (int64_t)n;
    if (one) {
        TRY(s->engine->script(s, a, &steps[done + 1]));
        TRY(record(tx, &steps[done + 1]));
    }
    TRY(tx_commit(&tx));
    *missing = one;
    return OK;
}

err store_migrate_by(struct store *s, struct arena *a,
                     const struct migration *steps, size_t n)
{
    bool missing = true;

    check(n > 0);
    while (missing)
        TRY(one_step(s, a, steps, n, &missing));
    return OK;
}

err store_migrate(struct store *s, struct arena *a)
{
    return store_migrate_by(s, a, s->engine->steps, *s->engine->step_count);
}
