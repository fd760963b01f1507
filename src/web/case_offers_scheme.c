/* case_offers_scheme -- what the scheme of a case gives to choose from. [CO1]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/case_offers_parts.h"

static const struct scheme *scheme_of(const struct offering *o)
{
    return o->v->file.state->scheme;
}

/* --- indicators ----------------------------------------------------------- */

/* "5.1.2.1 · Complaints are answered in time" */
static err add_leaf(struct offering *o, int32_t leaf)
{
    const struct indicator *x = scheme_leaf_at(scheme_of(o), leaf);

    return offering_add(o, x->id, x->id, web_label(o->v->rq, x->label));
}

static err add_leaves(struct offering *o, bool round)
{
    size_t n = scheme_of(o)->leaf_count;

    TRY(offering_room(o, n));
    for (size_t i = 0; i < n; i++) {
        if (!round || state_round_judges(o->v->file.state, (int32_t)i))
            TRY(add_leaf(o, (int32_t)i));
    }
    return OK;
}

err offer_indicators(struct offering *o)
{
    return add_leaves(o, false);
}

err offer_round_indicators(struct offering *o)
{
    return add_leaves(o, true);
}

err offer_figures(struct offering *o)
{
    const struct scheme *s = scheme_of(o);

    TRY(offering_room(o, s->figure_count));
    for (size_t i = 0; i < s->figure_count; i++)
        TRY(offering_add(o, s->figures[i].id,
                         web_label(o->v->rq, s->figures[i].label), S("")));
    return OK;
}

/* --- what an application has to bring ------------------------------------- */

static err add_requirement(struct offering *o, size_t r)
{
    const struct requirement *x = &scheme_of(o)->requirements[r];
    const struct document *have = o->v->file.state->requirements[r].document;

    return offering_add(o, x->id, web_label(o->v->rq, x->label),
                        have == NULL ? S("") : have->title);
}

err offer_requirements(struct offering *o)
{
    size_t n = scheme_of(o)->requirement_count;

    TRY(offering_room(o, n));
    for (size_t r = 0; r < n; r++)
        TRY(add_requirement(o, r));
    return OK;
}

err offer_judged_requirements(struct offering *o)
{
    const struct scheme *s = scheme_of(o);

    TRY(offering_room(o, s->requirement_count));
    for (size_t r = 0; r < s->requirement_count; r++) {
        if (s->requirements[r].aspects != 0 &&
            o->v->file.state->requirements[r].document != NULL)
            TRY(add_requirement(o, r));
    }
    return OK;
}

/* Those that the enterprise declares; the rest stands in the register. */
err offer_declarations(struct offering *o)
{
    const struct scheme *s = scheme_of(o);

    TRY(offering_room(o, s->eligibility_count));
    o->each = true;
    for (size_t i = 0; i < s->eligibility_count; i++) {
        const struct eligibility *x = &s->eligibility[i];

        if (x->kind == ELIGIBLE_DECLARED)
            TRY(offering_add(o, x->id, web_label(o->v->rq, x->label), S("")));
    }
    return OK;
}

/* --- levels --------------------------------------------------------------- */

static err add_levels(struct offering *o, size_t n)
{
    const struct scheme *s = scheme_of(o);

    TRY(offering_room(o, n));
    for (size_t i = 0; i < n; i++)
        TRY(offering_add(o, s->levels[i].id,
                         web_label(o->v->rq, s->levels[i].label), S("")));
    return OK;
}

err offer_levels(struct offering *o)
{
    return add_levels(o, scheme_of(o)->level_count);
}

/* None above the one reached is granted (domain/decision.c). */
err offer_levels_reached(struct offering *o)
{
    struct score *x = arena_zero(o->v->rq->arena, sizeof *x);

    TRY_MEMORY(x);
    state_score(o->v->file.state, x);
    return add_levels(o, (size_t)x->level + 1);
}

/* --- how a service is looked at ------------------------------------------- */

err offer_modes(struct offering *o)
{
    static const char letters[] = "ABCDEFGHI";

    TRY(offering_room(o, MODE_COUNT));
    for (size_t i = 0; i < MODE_COUNT; i++) {
        str letter = { &letters[i], 1 };
        str word;

        TRY(offering_word(o, "mode.", mode_names[i], &word));
        TRY(offering_add(o, letter, letter, word));
    }
    return OK;
}

/* --- trades --------------------------------------------------------------- */

/* What the fees call a trade whose code begins so; empty: nothing. */
static str trade_label(const struct offering *o, str code)
{
    const struct fees *f = &scheme_of(o)->fees;

    for (size_t i = 0; i < f->trade_count; i++) {
        if (str_begins(code, f->trades[i].code))
            return web_label(o->v->rq, f->trades[i].label);
    }
    return S("");
}

static bool is_offered(const struct offering *o, str value)
{
    for (size_t i = 0; i < o->n; i++) {
        if (str_eq(o->at[i].value, value))
            return true;
    }
    return false;
}

static err add_trade(struct offering *o, str code)
{
    if (code.n == 0 || is_offered(o, code))
        return OK;
    return offering_add(o, code, code, trade_label(o, code));
}

/* The enterprise's own, those of what it sells, and those with a price of
 * their own. */
err offer_trades(struct offering *o)
{
    const struct application *p = o->v->file.state->application;
    const struct fees *f = &scheme_of(o)->fees;

    TRY(offering_room(o, 1 + f->trade_count + (p == NULL ? 0 : p->products.n)));
    if (p != NULL)
        TRY(add_trade(o, p->trade));
    for (size_t i = 0; p != NULL && i < p->products.n; i++)
        TRY(add_trade(o, ((const struct product *)p->products.p)[i].trade));
    for (size_t i = 0; i < f->trade_count; i++)
        TRY(add_trade(o, f->trades[i].code));
    return OK;
}
