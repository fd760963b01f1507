#include "scheme/items_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"

enum { SINGLE_ITEMS = 8, ID_MOST = 200 };

/* clang-format off */
const char *const scheme_part_ids[PART_COUNT] = {
    [PART_IDENTITY] = "part.identity",
    [PART_LEVELS] = "part.levels",
    [PART_GATES] = "part.gates",
    [PART_FIGURES] = "part.figures",
    [PART_INDICATORS] = "part.indicators",
    [PART_SPECIALS] = "part.specials",
    [PART_CONDITIONS] = "part.conditions",
    [PART_DOCUMENTS] = "part.documents",
    [PART_STAGES] = "part.stages",
    [PART_LIMITS] = "part.limits",
    [PART_AUDIT] = "part.audit",
    [PART_DAYS] = "part.days",
    [PART_FEES] = "part.fees",
    [PART_LEVEL_FACTORS] = "part.level_factors",
    [PART_STAFF_FACTORS] = "part.staff_factors",
    [PART_TRADE_FACTORS] = "part.trade_factors",
    [PART_REFUNDS] = "part.refunds",
    [PART_TERMS] = "part.terms",
    [PART_CERTIFICATE] = "part.certificate",
    [PART_MARK] = "part.mark",
    [PART_MEASURES] = "part.measures",
    [PART_NOTES] = "part.notes",
};
/* clang-format on */

static const struct label no_label = { S_INIT(""), S_INIT("") };

/* --- what the scheme is -------------------------------------------------- */

static void take_identity(struct taking *t)
{
    const struct scheme *s = t->scheme;

    item_begin(t, PART_IDENTITY, S(""), no_label);
    fact_text(t, "fact.version", s->version);
    fact_ids(t, "fact.kind",
             s->kind == SCHEME_SERVICE ? S("fact.kind_service")
                                       : S("fact.kind_system"));
    fact_ids(t, "fact.method",
             s->method == METHOD_POINTS ? S("fact.method_points")
                                        : S("fact.method_clauses"));
    fact_label(t, "fact.name_zh", "fact.name_en", s->name);
    fact_label(t, "fact.owner_zh", "fact.owner_en", s->owner);
    fact_text(t, "fact.criterion", s->criterion);
    fact_label(t, "fact.criterion_zh", "fact.criterion_en", s->criterion_title);
    fact_text(t, "fact.field", s->field);
    fact_texts(t, "fact.trades", s->trades, s->trade_count);
    fact_text(t, "fact.filing", s->filing);
    fact_holds(t, "fact.panel", s->panel);
    fact_holds(t, "fact.advice_first", s->advice_first);
    item_end(t);
}

static void take_notes(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->note_count; i++) {
        const struct label *note = &t->scheme->notes[i];

        item_begin(t, PART_NOTES, note->zh, *note);
        item_end(t);
    }
}

/* --- levels and hard indicators [M2] [M3] --------------------------------- */

static void take_levels(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->level_count; i++) {
        const struct level *l = &t->scheme->levels[i];

        item_begin(t, PART_LEVELS, l->id, l->label);
        if (t->scheme->method == METHOD_POINTS)
            fact_thousandths(t, "fact.least_score", l->min);
        if (l->stars > 0)
            fact_count(t, "fact.stars", l->stars);
        fact_holds(t, "fact.assumed", l->assumed);
        item_end(t);
    }
}

static str joined(struct taking *t, str a, str b)
{
    struct buf text;
    str out = S("");

    buf_init(&text, t->arena, ID_MOST);
    buf_str(&text, a);
    buf_char(&text, '/');
    buf_str(&text, b);
    err e = buf_done(&text, &out);
    t->failed |= failed(e);
    return out;
}

static void take_gate(struct taking *t, const struct level *l,
                      const struct gate *g)
{
    static const str modes[] = {
        [GATE_FIGURE] = S_INIT("fact.gate_figure"),
        [GATE_REFUTE] = S_INIT("fact.gate_refute"),
        [GATE_DEMONSTRATE] = S_INIT("fact.gate_demonstrate"),
    };

    item_begin(t, PART_GATES, joined(t, l->id, g->id), g->label);
    fact_text(t, "fact.figure", t->scheme->figures[g->figure].id);
    fact_range(t, "fact.least_rate", g->min_n, g->min_d);
    t->facts[t->now.fact_count - 1].say = "fact.of";
    fact_ids(t, "fact.gate", modes[g->mode]);
    fact_holds(t, "fact.assumed", g->assumed);
    item_end(t);
}

static void take_gates(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->level_count; i++) {
        const struct level *l = &t->scheme->levels[i];

        for (size_t g = 0; g < l->gate_count; g++)
            take_gate(t, l, &l->gates[g]);
    }
}

static void take_figures(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->figure_count; i++) {
        const struct figure *f = &t->scheme->figures[i];

        item_begin(t, PART_FIGURES, f->id, f->label);
        fact_text(t, "fact.records", f->records);
        item_end(t);
    }
}

/* --- indicators ---------------------------------------------------------- */

static int depth_of(const struct scheme *s, const struct indicator *x)
{
    int depth = 0;

    for (; x->parent >= 0; x = &s->indicators[x->parent])
        depth++;
    return depth;
}

static void take_leaf(struct taking *t, const struct indicator *x)
{
    static const str judged[] = {
        [JUDGED_DOCUMENTS] = S_INIT("fact.judged_documents"),
        [JUDGED_SITE] = S_INIT("fact.judged_site"),
        [JUDGED_BOTH] = S_INIT("fact.judged_documents|fact.judged_site"),
    };
    static const char *const sites[] = { "hq", "branch", "outlet", NULL };
    static const char *const modes[] = { "a", "b", "c", "d", "e",
                                         "f", "g", "h", "i", NULL };
    const struct scheme *s = t->scheme;

    fact_ids(t, "fact.scored",
             x->kind == LEAF_SAMPLED ? S("fact.scored_sampled")
                                     : S("fact.scored_met"));
    fact_label(t, "fact.sample_zh", "fact.sample_en", x->sample);
    fact_text(t, "fact.records", x->records);
    fact_ids(t, "fact.judged", judged[x->judged]);
    fact_bits(t, "fact.modes", "mode.", modes, x->modes);
    fact_bits(t, "fact.sites", "site.", sites, x->sites);
    fact_holds(t, "fact.corrects", x->corrects);
    fact_holds(t, "fact.excludable", x->excludable);
    fact_holds(t, "fact.surveillance", s->surveillance.leaves[x->leaf]);
}

static void take_indicators(struct taking *t)
{
    const struct scheme *s = t->scheme;

    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct indicator *x = &s->indicators[i];

        item_begin(t, PART_INDICATORS, x->id, x->label);
        t->now.depth = depth_of(s, x);
        if (s->method == METHOD_POINTS)
            fact_thousandths(t, "fact.points", x->points);
        fact_holds(t, "fact.assumed", x->assumed);
        if (x->parent >= 0)
            fact_text(t, "fact.below", s->indicators[x->parent].id);
        if (x->leaf >= 0)
            take_leaf(t, x);
        item_end(t);
    }
}

static void take_specials(struct taking *t)
{
    const struct specials *x = &t->scheme->specials;

    if (x->deduction == 0 && x->bonus == 0)
        return;
    item_begin(t, PART_SPECIALS, S(""), no_label);
    fact_thousandths(t, "fact.deduction", x->deduction);
    fact_thousandths(t, "fact.bonus", x->bonus);
    if (x->fail_at > 0)
        fact_count(t, "fact.fail_at", x->fail_at);
    fact_ids(t, "fact.order",
             x->order == SPECIAL_AFTER ? S("fact.order_after")
                                       : S("fact.order_before"));
    fact_holds(t, "fact.assumed", x->assumed);
    item_end(t);
}

/* --- who may apply, with what -------------------------------------------- */

static void take_conditions(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->eligibility_count; i++) {
        const struct eligibility *x = &t->scheme->eligibility[i];

        item_begin(t, PART_CONDITIONS, x->id, x->label);
        if (x->kind == ELIGIBLE_REGISTERED)
            fact_span(t, "fact.registered", x->span);
        if (x->kind == ELIGIBLE_SCOPE)
            fact_texts(t, "fact.scope", x->words, x->word_count);
        if (x->kind == ELIGIBLE_DECLARED)
            fact_ids(t, "fact.declared",
                     x->want ? S("fact.yes") : S("fact.no"));
        item_end(t);
    }
}

static void take_documents(struct taking *t)
{
    static const char *const aspects[] = { "quantified", "closed", "resourced",
                                           NULL };

    for (size_t i = 0; i < t->scheme->requirement_count; i++) {
        const struct requirement *x = &t->scheme->requirements[i];

        item_begin(t, PART_DOCUMENTS, x->id, x->label);
        fact_holds(t, "fact.required", x->required);
        if (x->has_period)
            fact_span(t, "fact.period", x->period);
        fact_holds(t, "fact.whole", x->has_period && x->whole);
        if (x->has_period && x->whole)
            fact_span(t, "fact.lag", x->lag);
        fact_bits(t, "fact.aspects", "aspect.", aspects, x->aspects);
        item_end(t);
    }
}

/* --- the way to a certificate -------------------------------------------- */

static void take_stages(struct taking *t)
{
    for (int i = 0; i < STAGE_COUNT; i++) {
        const struct stage_rule *x = &t->scheme->stages[i];

        if (!x->used)
            continue;
        item_begin(t, PART_STAGES, str_of(stage_names[i]), x->label);
        if (x->has_limit)
            fact_span(t, "fact.limit", x->limit);
        item_end(t);
    }
}

static void take_limits(struct taking *t)
{
    const struct limits *l = &t->scheme->limits;
    const struct {
        const char *aspect;
        struct span span;
    } rows[] = {
        { "fact.limit_supplement", l->supplement },
        { "fact.limit_revision", l->revision },
        { "fact.limit_minor_least", l->minor_least },
        { "fact.limit_minor_most", l->minor_most },
        { "fact.limit_appeal", l->appeal },
        { "fact.limit_renewal", l->renewal },
        { "fact.limit_renewal_opens", l->renewal_opens },
        { "fact.limit_surveillance", l->surveillance },
        { "fact.limit_suspension", l->suspension },
        { "fact.limit_validity", l->validity },
        { "fact.limit_conflict", l->conflict },
        { "fact.limit_condition", l->condition },
        { "fact.limit_objection", l->objection },
    };

    item_begin(t, PART_LIMITS, S(""), no_label);
    for (size_t i = 0; i < COUNT(rows); i++)
        fact_span(t, rows[i].aspect, rows[i].span);
    item_end(t);
}

/* --- certificate, mark, measures ----------------------------------------- */

static void take_certificate(struct taking *t)
{
    const struct certificate_rule *x = &t->scheme->certificate;

    item_begin(t, PART_CERTIFICATE, S(""), no_label);
    fact_text(t, "fact.number", x->number);
    fact_text(t, "fact.sub_number", x->sub_number);
    fact_label(t, "fact.title_zh", "fact.title_en", x->title);
    fact_label(t, "fact.statement_zh", "fact.statement_en", x->statement);
    fact_bits(t, "fact.mark_uses", "mark_use.", mark_use_names, x->mark.uses);
    fact_bits(t, "fact.mark_colours", "mark_colour.", mark_colour_names,
              x->mark.colours);
    if (x->mark.least_mm > 0)
        fact_count(t, "fact.mark_width", x->mark.least_mm);
    item_end(t);
    for (size_t i = 0; i < x->mark.say_count; i++) {
        item_begin(t, PART_MARK, x->mark.says[i].zh, x->mark.says[i]);
        item_end(t);
    }
}

static void take_measure(struct taking *t, const struct measure *m, str *names)
{
    const struct scheme *s = t->scheme;
    size_t n = 0;

    item_begin(t, PART_MEASURES, m->id, m->label);
    for (size_t i = 0; i < s->leaf_count; i++) {
        if (m->leaves[i])
            names[n++] = scheme_leaf_at(s, (int32_t)i)->id;
    }
    fact_texts(t, "fact.mends", names, n);
    n = 0;
    for (size_t i = 0; i < s->figure_count; i++) {
        if (m->figures[i])
            names[n++] = s->figures[i].id;
    }
    fact_texts(t, "fact.mends_figures", names, n);
    item_end(t);
}

static void take_measures(struct taking *t)
{
    const struct scheme *s = t->scheme;
    str *names =
        arena_array(t->arena, s->leaf_count + s->figure_count, sizeof *names);

    if (names == NULL) {
        t->failed = true;
        return;
    }
    for (size_t i = 0; i < s->measure_count; i++)
        take_measure(t, &s->measures[i], names);
}

/* --- all of it ----------------------------------------------------------- */

static size_t gate_count(const struct scheme *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->level_count; i++)
        n += s->levels[i].gate_count;
    return n;
}

/* Levels come twice, with a factor of the fee; and so do stages. */
static size_t room_for(const struct scheme *s)
{
    return SINGLE_ITEMS + 2 * s->level_count + gate_count(s) + s->figure_count +
           s->indicator_count + s->eligibility_count + s->requirement_count +
           2 * (size_t)STAGE_COUNT + s->team.row_count + s->fees.band_count +
           s->fees.trade_count + s->contract.term_count +
           s->certificate.mark.say_count + s->measure_count + s->note_count;
}

err scheme_items(struct arena *a, const struct scheme *s, struct list *out)
{
    struct taking t = { .arena = a, .scheme = s, .room = room_for(s) };

    t.items = arena_array(a, t.room, sizeof *t.items);
    TRY_MEMORY(t.items);
    take_identity(&t);
    take_levels(&t);
    take_gates(&t);
    take_figures(&t);
    take_indicators(&t);
    take_specials(&t);
    take_conditions(&t);
    take_documents(&t);
    take_stages(&t);
    take_limits(&t);
    items_of_audit(&t);
    items_of_money(&t);
    take_certificate(&t);
    take_measures(&t);
    take_notes(&t);
    TRY_MEMORY(!t.failed);
    *out = (struct list){ t.items, t.n };
    return OK;
}
