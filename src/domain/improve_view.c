#include "domain/improve_view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/stages.h"
#include "domain/view.h"
#include "domain/view_parts.h"

/* --- what was lost -------------------------------------------------------- */

/* Numbers of what the newest site audit raised about the indicator. */
static struct json *raised_json(struct arena *a, const struct state *s,
                                str indicator)
{
    struct json *list = json_new_array(a);

    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity *n = s->nonconformities[i].raised;

        if (str_eq(n->indicator, indicator))
            json_add(list, json_new_int(a, n->number));
    }
    return list;
}

static struct json *loss_json(struct arena *a, const struct state *s,
                              const struct loss *l)
{
    const struct indicator *in = scheme_leaf_at(s->scheme, l->leaf);
    struct json *j = json_new_object(a);

    json_set(j, S("indicator"), json_new_str(a, in->id));
    json_set(j, S("label"), label_json(a, in->label));
    json_set(j, S("points"), points_json(a, l->points));
    json_set(j, S("answer"), answer_json(a, l->given));
    json_set(j, S("finding"),
             data_json(a, &finding_record, s->leaves[l->leaf].finding));
    json_set(j, S("raised"), raised_json(a, s, in->id));
    json_set(j, S("assumed"), json_new_bool(a, in->assumed));
    return j;
}

static struct json *losses_json(struct arena *a, const struct state *s,
                                const struct explanation *now)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < now->loss_count; i++)
        json_add(list, loss_json(a, s, &now->losses[i]));
    return list;
}

/* Points that special deductions took, or the bonus gave; never more than
 * there are. */
static struct json *special_json(struct arena *a, int64_t thousandths)
{
    enum { ALL = 100000 };

    return points_json(a, (int32_t)(thousandths > ALL ? ALL : thousandths));
}

/* Observations and opportunities of the newest site audit. */
static struct json *hints_json(struct arena *a, const struct state *s)
{
    struct json *list = json_new_array(a);

    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity *n = s->nonconformities[i].raised;

        if (!grade_is_corrected(n->grade))
            json_add(list, data_json(a, &nonconformity_record, n));
    }
    return list;
}

/* --- targets and measures ------------------------------------------------- */

static struct json *target_json(struct arena *a, const struct scheme *s,
                                int32_t level, const struct target *t)
{
    const struct gate *g = &s->levels[level].gates[t->gate];
    struct json *j = json_new_object(a);

    json_set(j, S("gate"), json_new_str(a, g->id));
    json_set(j, S("label"), label_json(a, g->label));
    json_set(j, S("figure"), json_new_str(a, s->figures[g->figure].id));
    json_set(j, S("state"), json_new_str(a, str_of(gate_names[t->state])));
    json_set(j, S("now"),
             t->now.n == 0 ? json_new_null(a)
                           : ratio_json(a, t->now.k, t->now.n));
    json_set(j, S("need"), json_new_int(a, t->need));
    return j;
}

static struct json *targets_json(struct arena *a, const struct scheme *s,
                                 const struct improvement *x)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < x->target_count; i++)
        json_add(list, target_json(a, s, x->now.gap.level, &x->targets[i]));
    return list;
}

struct label gain_label(const struct scheme *s, const struct gain *g)
{
    if (g->measure != NULL)
        return g->measure->label;
    if (g->leaf >= 0)
        return scheme_leaf_at(s, g->leaf)->label;
    return s->figures[g->figure].label;
}

static struct json *indicators_json(struct arena *a, const struct scheme *s,
                                    const struct improvement *x,
                                    const struct gain *g)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < g->loss_count; i++) {
        int32_t leaf = x->now.losses[g->losses[i]].leaf;

        json_add(list, json_new_str(a, scheme_leaf_at(s, leaf)->id));
    }
    return list;
}

static struct json *gain_json(struct arena *a, const struct scheme *s,
                              const struct improvement *x, const struct gain *g)
{
    struct json *j = json_new_object(a);

    json_set(j, S("measure"),
             g->measure == NULL ? json_new_null(a)
                                : json_new_str(a, g->measure->id));
    json_set(j, S("label"), label_json(a, gain_label(s, g)));
    json_set(j, S("indicators"), indicators_json(a, s, x, g));
    json_set(j, S("wins"), shown_json(a, g->shown - x->now.score.shown));
    json_set(j, S("shown"), shown_json(a, g->shown));
    json_set(j, S("level"), level_json(a, s, g->level));
    json_set(j, S("opens"), json_new_int(a, (int64_t)g->opens));
    json_set(j, S("reaches"), json_new_bool(a, g->reaches));
    return j;
}

static struct json *gains_json(struct arena *a, const struct scheme *s,
                               const struct improvement *x)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < x->gain_count; i++)
        json_add(list, gain_json(a, s, x, &x->gains[i]));
    return list;
}

/* --- the trend ------------------------------------------------------------ */

static struct json *figures_json(struct arena *a, const struct trend_point *p)
{
    struct json *j = json_new_object(a);

    for (size_t i = 0; i < p->scheme->figure_count; i++) {
        if (p->figures[i].n > 0)
            json_set(j, p->scheme->figures[i].id,
                     ratio_json(a, p->figures[i].k, p->figures[i].n));
    }
    return j;
}

static struct json *leaves_json(struct arena *a, const struct scheme *s,
                                const int32_t *leaves, size_t n)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < n; i++)
        json_add(list, json_new_str(a, scheme_leaf_at(s, leaves[i])->id));
    return list;
}

/* "-1.50" too. */
static struct json *change_json(struct arena *a, int32_t hundredths)
{
    struct buf b;
    str text = S("");
    int32_t size = hundredths < 0 ? -hundredths : hundredths;

    buf_init(&b, a, 16);
    buf_printf(&b, "%s%d.%02d", hundredths < 0 ? "-" : "", size / 100,
               size % 100);
    return failed(buf_done(&b, &text)) ? NULL : json_new_str(a, text);
}

static err point_json(struct arena *a, const struct trend_point *before,
                      const struct trend_point *p, struct json **out)
{
    struct json *j = json_new_object(a);
    struct trend_change c;

    json_set(j, S("case"), json_new_str(a, p->case_number));
    json_set(j, S("round"), json_new_str(a, str_of(round_names[p->round])));
    json_set(j, S("on"), day_json(a, p->on));
    json_set(j, S("shown"), shown_json(a, p->shown));
    json_set(j, S("level"), level_json(a, p->scheme, p->level));
    json_set(j, S("figures"), figures_json(a, p));
    json_set(j, S("sample"), ratio_json(a, p->sample.k, p->sample.n));
    json_set(j, S("minor"), json_new_int(a, p->minor));
    json_set(j, S("major"), json_new_int(a, p->major));
    *out = j;
    if (before == NULL)
        return OK;
    TRY(trend_compare(a, before, p, &c));
    json_set(j, S("change"), change_json(a, p->shown - before->shown));
    json_set(j, S("better"),
             leaves_json(a, p->scheme, c.better, c.better_count));
    json_set(j, S("worse"), leaves_json(a, p->scheme, c.worse, c.worse_count));
    return OK;
}

static err trend_json(struct arena *a, const struct trend *t, struct json **out)
{
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < t->count; i++) {
        const struct trend_point *before = i > 0 ? &t->points[i - 1] : NULL;
        struct json *j;

        TRY(point_json(a, before, &t->points[i], &j));
        json_add(list, j);
    }
    *out = list;
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

err improvement_json(struct arena *a, const struct state *s,
                     const struct improvement *x, const struct trend *t,
                     struct json **out)
{
    const struct scheme *scheme = s->scheme;
    struct json *j = json_new_object(a);
    struct json *trend;

    json_set(j, S("by"),
             json_new_str(a, x->by_itself ? S("assessment") : S("audit")));
    json_set(j, S("shown"), shown_json(a, x->now.score.shown));
    json_set(j, S("level"), level_json(a, scheme, x->now.score.level));
    json_set(j, S("wanted"), level_json(a, scheme, x->now.gap.level));
    json_set(j, S("missing"), points_json(a, x->now.gap.missing));
    json_set(j, S("lost"), losses_json(a, s, &x->now));
    json_set(j, S("deducted"), special_json(a, x->now.deducted));
    json_set(j, S("added"), special_json(a, x->now.added));
    json_set(j, S("hints"), hints_json(a, s));
    json_set(j, S("targets"), targets_json(a, scheme, x));
    json_set(j, S("measures"), gains_json(a, scheme, x));
    json_set(j, S("all_shown"), shown_json(a, x->all_shown));
    json_set(j, S("all_level"), level_json(a, scheme, x->all_level));
    TRY(trend_json(a, t, &trend));
    json_set(j, S("trend"), trend);
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}
