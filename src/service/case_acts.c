/*
 * case_acts -- what somebody may do in a case now. [M4]
 */

#include "service/case_acts.h"

#include "base/arena.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "service/case_parts.h"
#include "sys/clock.h"

/* Who asks, and all that rights look at. */
struct acting {
    struct person person;
    struct facts facts;
};

static day day_of(const struct app *app, day today)
{
    struct clock *clock = app_world_of(app)->clock;

    return today == DAY_NEVER ? day_of_micros(clock->now(clock)) : today;
}

/* Whoever asks, in a case, on a day. */
static err begin(struct app *app, struct arena *a, const struct session *who,
                 const struct case_file *file, day today, struct acting *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    TRY(person_by_name(tx, who->login, &out->person));
    out->facts = (struct facts){
        .today = day_of(app, today),
        .calendar = app_calendar(app),
        .actor = who->actor,
        .people = &out->person,
        .person_count = 1,
        .enterprise = &file->enterprise,
    };
    return OK;
}

static bool is_a_refusal(err e)
{
    return err_is(e, ERR_DENIED) || err_is(e, ERR_REFUSED) ||
           err_is(e, ERR_LIMIT);
}

/* [AC1] */
static err ask(struct arena *a, const struct right *r,
               const struct case_file *file, const struct facts *f)
{
    TRY(right_check(a, r, file->state, f));
    return command_ready(a, file->state, command_kind_find(str_of(r->command)));
}

/* Those of the table that are let through, into `found`. */
static err sift(struct arena *a, const struct case_file *file,
                const struct facts *f, const struct right **found, size_t *n)
{
    const struct right *r;

    for (size_t i = 0; (r = right_at(i)) != NULL; i++) {
        err e = ask(a, r, file, f);

        if (failed(e) && !is_a_refusal(e))
            return e;
        if (!failed(e))
            found[(*n)++] = r;
    }
    return OK;
}

static size_t rights_count(void)
{
    size_t n = 0;

    while (right_at(n) != NULL)
        n++;
    return n;
}

err case_acts(struct app *app, struct arena *a, const struct session *who,
              const struct case_file *file, day today, struct list *out)
{
    struct acting x;
    const struct right **found =
        arena_array(a, rights_count(), sizeof(const struct right *));
    size_t n = 0;

    TRY_MEMORY(found);
    TRY(begin(app, a, who, file, today, &x));
    TRY(sift(a, file, &x.facts, found, &n));
    *out = (struct list){ found, n };
    return OK;
}

err case_act_ask(struct app *app, struct arena *a, const struct session *who,
                 const struct case_file *file, day today,
                 const struct right *act)
{
    struct acting x;

    TRY(begin(app, a, who, file, today, &x));
    return ask(a, act, file, &x.facts);
}

err case_act_prepare(struct app *app, struct arena *a,
                     const struct session *who, const struct case_file *file,
                     day today, const struct right *act)
{
    struct acting x;

    TRY(begin(app, a, who, file, today, &x));
    return right_check(a, act, file->state, &x.facts);
}
