#include "service/figures.h"

#include "base/arena.h"
#include "base/check.h"
#include "codec/utf8.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "store/people.h"
#include "store/tallies.h"

#include <assert.h>

enum { HALF = 50, NINETIETH = 90, WHOLE = 100 };

static_assert(FIGURES_GRADES == (int)GRADE_OPPORTUNITY + 1);

bool figures_open_to(const struct session *who)
{
    return rights_may_read_figures(&who->actor);
}

/* What is read, on its way. */
struct reading {
    struct tx *tx;
    struct arena *a;
    const struct figures_wish *wish;
    struct figures *out;
};

/* Of the whole period, or of quarter `only` of it. */
static err sums(const struct reading *r, enum tally_kind kind, int32_t only,
                struct list *out)
{
    const struct tally_wanted wanted = {
        .kind = (int32_t)kind,
        .from = only == 0 ? r->wish->from : only,
        .to = only == 0 ? r->wish->to : only,
        .scheme = r->wish->scheme,
    };

    return tally_sums(r->tx, r->a, &wanted, out);
}

/* Which of `names`, NULL-ended; -1: none of them. */
static int32_t place_in(const char *const *names, str name)
{
    for (int32_t i = 0; names[i] != NULL; i++) {
        if (str_eq(str_of(names[i]), name))
            return i;
    }
    return -1;
}

/* Add what `found` counts by name to out[], one a name. */
static void count_names(const struct list *found, const char *const *names,
                        int64_t *out)
{
    const struct tally_sum *s = found->p;

    for (size_t i = 0; i < found->n; i++) {
        int32_t at = place_in(names, s[i].item);

        if (at >= 0)
            out[at] += s[i].n;
    }
}

/* --- how far cases came, and what became of them ---------------------------
 */

static err read_steps(const struct reading *r)
{
    struct list found;

    for (int32_t q = r->wish->from; q <= r->wish->to; q++) {
        TRY(sums(r, TALLY_REACHED, q, &found));
        count_names(&found, tally_step_names,
                    r->out->reached[q - r->wish->from]);
    }
    return OK;
}

static err read_outcomes(const struct reading *r)
{
    struct list found;

    TRY(sums(r, TALLY_OUTCOME, 0, &found));
    count_names(&found, tally_outcome_names, r->out->outcomes);
    return OK;
}

/* --- times [FG3] ---------------------------------------------------------- */

/* The shortest of these times, which rise, that so many in a hundred of all `n`
 * do not exceed. */
static int32_t percentile(const struct tally_sum *times, int64_t n, int share)
{
    int64_t seen = times->n;

    while (seen * WHOLE < n * share) {
        times++;
        seen += times->n;
    }
    return times->value;
}

/* Of one stage: `k` sums beside each other, by rising time. */
static void count_times(const struct tally_sum *times, size_t k,
                        struct stage_figure *out)
{
    int64_t n = 0;

    for (size_t i = 0; i < k; i++)
        n += times[i].n;
    *out = (struct stage_figure){ n, percentile(times, n, HALF),
                                  percentile(times, n, NINETIETH) };
}

/* How many from here on are of one item. */
static size_t alike(const struct list *found, size_t from)
{
    const struct tally_sum *s = found->p;
    size_t k = from;

    while (k < found->n && str_eq(s[k].item, s[from].item))
        k++;
    return k - from;
}

static err read_times(const struct reading *r)
{
    const struct tally_sum *s;
    struct list found;
    size_t k;

    TRY(sums(r, TALLY_TOOK, 0, &found));
    s = found.p;
    for (size_t i = 0; i < found.n; i += k) {
        int32_t stage = place_in(stage_names, s[i].item);

        k = alike(&found, i);
        if (stage >= 0)
            count_times(&s[i], k, &r->out->times[stage]);
    }
    return OK;
}

/* --- findings ------------------------------------------------------------- */

static int64_t nonconformities(const struct finding_figure *f)
{
    return f->n[GRADE_MINOR] + f->n[GRADE_MAJOR];
}

/* The first of two in the list: they were read by indicator, which keeps those
 * that are as frequent in its order. */
static bool is_before(const struct finding_figure *x,
                      const struct finding_figure *y)
{
    return nonconformities(x) > nonconformities(y);
}

/* Insert where it belongs; the last one falls out of a list that is full. */
static void insert(struct finding_figure *all, size_t *n,
                   const struct finding_figure *one)
{
    size_t at = *n;

    while (at > 0 && is_before(one, &all[at - 1]))
        at--;
    if (at == FIGURES_FINDINGS_MOST)
        return;
    if (*n < FIGURES_FINDINGS_MOST)
        (*n)++;
    for (size_t i = *n - 1; i > at; i--)
        all[i] = all[i - 1];
    all[at] = *one;
}

static err read_findings(const struct reading *r)
{
    struct finding_figure *all =
        arena_array(r->a, FIGURES_FINDINGS_MOST, sizeof *all);
    const struct tally_sum *s;
    struct list found;
    size_t n = 0;
    size_t k;

    TRY_MEMORY(all);
    TRY(sums(r, TALLY_FOUND, 0, &found));
    s = found.p;
    for (size_t i = 0; i < found.n; i += k) {
        struct finding_figure f = { .indicator = s[i].item };

        k = alike(&found, i);
        for (size_t j = i; j < i + k; j++) {
            if (s[j].value < FIGURES_GRADES)
                f.n[s[j].value] += s[j].n;
        }
        insert(all, &n, &f);
    }
    r->out->findings = (struct list){ all, n };
    return OK;
}

/* --- the load ------------------------------------------------------------- */

static err read_load(const struct reading *r)
{
    int32_t quarter = tally_quarter(r->wish->today);
    const struct load_wanted wanted = {
        .roles = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT),
        .today = r->wish->today,
        .first = { quarter_first(quarter), quarter_last(quarter) },
        .second = { quarter_first(quarter + 1), quarter_last(quarter + 1) },
    };
    const struct page page = { r->wish->after, FIGURES_LOAD + 1 };
    const struct auditor_load *rows;

    TRY(overview_load(r->tx, r->a, &wanted, &page, &r->out->load));
    rows = r->out->load.p;
    if (r->out->load.n > FIGURES_LOAD) {
        r->out->load.n = FIGURES_LOAD;
        r->out->load_next = rows[FIGURES_LOAD - 1].login;
    }
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

static err read_all(const struct reading *r)
{
    int32_t first = r->out->first;
    int32_t last = r->out->last;
    bool any;

    TRY(tally_quarters(r->tx, &first, &last, &any));
    r->out->first = first < r->out->first ? first : r->out->first;
    r->out->last = last > r->out->last ? last : r->out->last;
    TRY(read_steps(r));
    TRY(read_times(r));
    TRY(read_findings(r));
    TRY(read_outcomes(r));
    return read_load(r);
}

err figures_read(struct app *app, struct arena *a, const struct session *who,
                 const struct figures_wish *wish, struct figures *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct reading r = { .a = a, .wish = wish, .out = out };

    check(wish->from <= wish->to &&
          wish->to - wish->from < FIGURES_QUARTERS_MOST);
    if (!figures_open_to(who))
        return err_new(a, ERR_DENIED, "figures.read",
                       ARG_STR("login", who->login));
    *out = (struct figures){ .load_next = S("") };
    out->first = out->last = tally_quarter(wish->today);
    if (!utf8_is_text(wish->scheme) || !utf8_is_text(wish->after))
        return OK;
    TRY(app_read(app, a, &tx));
    r.tx = tx;
    return read_all(&r);
}
