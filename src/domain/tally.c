#include "domain/tally.h"

#include "base/arena.h"
#include "base/check.h"
#include "domain/names.h"
#include "domain/state.h"

enum {
    QUARTERS = 4,
    QUARTER_MONTHS = 3,
    QUARTER_LAST = YEAR_MAX * QUARTERS + QUARTERS - 1,
    BESIDE_FINDINGS = (int)STEP_COUNT + (int)STAGE_COUNT + (int)OUTCOME_COUNT,
};

const char *const tally_step_names[] = {
    [STEP_ENTERED] = "entered",     [STEP_APPLIED] = "applied",
    [STEP_ACCEPTED] = "accepted",   [STEP_CONTRACTED] = "contracted",
    [STEP_AUDITED] = "audited",     [STEP_DECIDED] = "decided",
    [STEP_CERTIFIED] = "certified", NULL,
};

const char *const tally_outcome_names[] = {
    [OUTCOME_IS_CERTIFIED] = "certified",
    [OUTCOME_IS_REFUSED] = "refused",
    [OUTCOME_IS_APPEALED] = "appealed",
    [OUTCOME_IS_OVERTURNED] = "overturned",
    NULL,
};

/* --- quarters [TA4] ------------------------------------------------------ */

int32_t tally_quarter(day on)
{
    struct date d = date_of_day(on);

    return d.year * QUARTERS + (d.month - 1) / QUARTER_MONTHS;
}

day quarter_first(int32_t quarter)
{
    struct date d = { quarter / QUARTERS,
                      quarter % QUARTERS * QUARTER_MONTHS + 1, 1 };
    day first = DAY_MIN;

    check(day_of_date(d, &first));
    return first;
}

day quarter_last(int32_t quarter)
{
    return quarter >= QUARTER_LAST ? DAY_MAX : quarter_first(quarter + 1) - 1;
}

/* --- adding up ------------------------------------------------------------ */

struct tallying {
    struct tally *all;
    size_t n;
    size_t room;
};

static bool same(const struct tally *x, const struct tally *y)
{
    return x->kind == y->kind && x->quarter == y->quarter &&
           x->value == y->value && str_eq(x->item, y->item);
}

static void add(struct tallying *t, struct tally one)
{
    for (size_t i = 0; i < t->n; i++) {
        if (same(&t->all[i], &one)) {
            t->all[i].n++;
            return;
        }
    }
    check(t->n < t->room);
    one.n = 1;
    t->all[t->n++] = one;
}

/* --- how far it came [TA2] ------------------------------------------------ */

static bool came_to(const struct state *s, enum tally_step step)
{
    const struct passed *p = &s->passed;

    switch (step) {
    case STEP_ENTERED: return true;
    case STEP_APPLIED: return p->came[STAGE_COMPLETENESS] != DAY_NEVER;
    case STEP_ACCEPTED: return p->came[STAGE_CONTRACT] != DAY_NEVER;
    case STEP_CONTRACTED: return p->came[STAGE_DOCUMENTS] != DAY_NEVER;
    case STEP_AUDITED: return p->came[STAGE_REPORT] != DAY_NEVER;
    case STEP_DECIDED:
        return p->came[STAGE_CERTIFICATE] != DAY_NEVER ||
               p->refused != DAY_NEVER;
    case STEP_CERTIFIED: return s->certificate != NULL;
    case STEP_COUNT: break;
    }
    return false;
}

static void add_steps(struct tallying *t, const struct state *s)
{
    for (int32_t i = 0; i < STEP_COUNT; i++) {
        if (came_to(s, (enum tally_step)i))
            add(t, (struct tally){ .kind = TALLY_REACHED,
                                   .item = str_of(tally_step_names[i]),
                                   .quarter = tally_quarter(s->opened_on) });
    }
}

/* --- how long it took [TA3] ----------------------------------------------- */

static int32_t workdays(const struct calendar *c, day from, day to)
{
    int32_t n = 0;
    bool known;

    for (day d = from + 1; d <= to && n < TALLY_DAYS_MOST; d++)
        n += calendar_workday(c, d, &known);
    return n;
}

static void add_times(struct tallying *t, const struct calendar *c,
                      const struct state *s)
{
    for (int32_t i = STAGE_COMPLETENESS; i < STAGE_UPKEEP; i++) {
        day came = s->passed.came[i];
        day went = s->passed.went[i];

        if (came == DAY_NEVER || went == DAY_NEVER)
            continue;
        add(t, (struct tally){ .kind = TALLY_TOOK,
                               .item = str_of(stage_names[i]),
                               .quarter = tally_quarter(went),
                               .value = workdays(c, came, went) });
    }
}

/* --- what happened -------------------------------------------------------- */

static void add_findings(struct tallying *t, const struct state *s)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        add(t, (struct tally){ .kind = TALLY_FOUND,
                               .item = x->raised->indicator,
                               .quarter = tally_quarter(x->on),
                               .value = x->raised->grade });
    }
}

static day day_of(const struct state *s, enum tally_outcome outcome)
{
    switch (outcome) {
    case OUTCOME_IS_CERTIFIED:
        return s->certificate == NULL ? DAY_NEVER : s->certificate->issued;
    case OUTCOME_IS_REFUSED: return s->passed.refused;
    case OUTCOME_IS_APPEALED: return s->passed.appealed;
    case OUTCOME_IS_OVERTURNED: return s->passed.overturned;
    case OUTCOME_COUNT: break;
    }
    return DAY_NEVER;
}

static void add_outcomes(struct tallying *t, const struct state *s)
{
    for (int32_t i = 0; i < OUTCOME_COUNT; i++) {
        day on = day_of(s, (enum tally_outcome)i);

        if (on != DAY_NEVER)
            add(t, (struct tally){ .kind = TALLY_OUTCOME,
                                   .item = str_of(tally_outcome_names[i]),
                                   .quarter = tally_quarter(on) });
    }
}

err tally_make(struct arena *a, const struct calendar *c, const struct state *s,
               struct list *out)
{
    struct tallying t = {
        .room = BESIDE_FINDINGS + (size_t)s->nonconformity_count,
    };

    check(s->opened != NULL);
    t.all = arena_array(a, t.room, sizeof *t.all);
    TRY_MEMORY(t.all);
    add_steps(&t, s);
    add_times(&t, c, s);
    add_findings(&t, s);
    add_outcomes(&t, s);
    *out = (struct list){ t.all, t.n };
    return OK;
}
