/* items_rules -- what a package says about audits and money, as items. */

#include "scheme/items_parts.h"

#include "base/size.h"

static const struct label no_label = { S_INIT(""), S_INIT("") };

static const char *const modes[] = { "a", "b", "c", "d", "e",
                                     "f", "g", "h", "i", NULL };

/* --- audits -------------------------------------------------------------- */

static void take_team(struct taking *t)
{
    const struct scheme *s = t->scheme;
    const struct team_rule *x = &s->team;

    fact_range(t, "fact.team_size", x->size_least, x->size_most);
    fact_range(t, "fact.site_days", x->days_least, x->days_most);
    if (x->outlet > 0)
        fact_tenths(t, "fact.outlet_days", x->outlet);
    if (x->rotation > 0)
        fact_count(t, "fact.rotation", x->rotation);
    fact_bits(t, "fact.modes_first", "mode.", modes, x->modes_first);
    fact_bits(t, "fact.modes_surveillance", "mode.", modes,
              x->modes_surveillance);
}

static void take_sites(struct taking *t)
{
    const struct site_rule *x = &t->scheme->sites;

    if (!x->used)
        return;
    fact_percent(t, "fact.sites_first", x->first * 100);
    fact_percent(t, "fact.sites_surveillance", x->surveillance * 100);
    fact_percent(t, "fact.sites_renewal", x->renewal * 100);
    fact_percent(t, "fact.sites_random", x->random * 100);
}

static void take_sample(struct taking *t)
{
    const struct scheme *s = t->scheme;
    const struct sample_rule *x = &s->sample;

    if (x->used) {
        fact_range(t, "fact.customers", x->least, x->most);
        fact_text(t, "fact.customers_figure", s->figures[x->figure].id);
        fact_count(t, "fact.attempts", x->attempts);
    }
    fact_holds(t, "fact.defence", s->defence);
    fact_holds(t, "fact.surveillance_sample", s->surveillance.sample);
    fact_holds(t, "fact.surveillance_defence", s->surveillance.defence);
}

static void take_days(struct taking *t)
{
    for (size_t i = 0; i < t->scheme->team.row_count; i++) {
        const struct day_row *row = &t->scheme->team.rows[i];

        item_begin(t, PART_DAYS,
                   item_range_id(t, row->staff_from, row->staff_to), no_label);
        fact_tenths(t, "fact.days_initial", row->initial_total);
        fact_tenths(t, "fact.days_site", row->initial_site);
        fact_tenths(t, "fact.days_surveillance", row->surveillance_total);
        fact_tenths(t, "fact.days_renewal", row->renewal_total);
        item_end(t);
    }
}

void items_of_audit(struct taking *t)
{
    item_begin(t, PART_AUDIT, S(""), no_label);
    take_team(t);
    take_sites(t);
    take_sample(t);
    item_end(t);
    take_days(t);
}

/* --- money [M28]..[M33] -------------------------------------------------- */

static void take_fees(struct taking *t)
{
    const struct fees *x = &t->scheme->fees;

    item_begin(t, PART_FEES, S(""), no_label);
    fact_money(t, "fact.fee_application", x->application);
    fact_money(t, "fact.fee_registration", x->registration);
    fact_money(t, "fact.fee_day", x->per_day);
    fact_money(t, "fact.fee_yearly", x->yearly);
    fact_percents(t, "fact.prepay",
                  (struct factor){ x->prepay_least, x->prepay_most });
    fact_moneys(t, "fact.travel_site", x->travel_site);
    fact_moneys(t, "fact.travel_day", x->travel_day);
    fact_percents(t, "fact.body_factor", x->body);
    fact_holds(t, "fact.assumed", x->assumed);
    item_end(t);
}

static void take_factors(struct taking *t)
{
    const struct scheme *s = t->scheme;
    const struct fees *x = &s->fees;

    for (size_t i = 0; i < s->level_count; i++) {
        item_begin(t, PART_LEVEL_FACTORS, s->levels[i].id, s->levels[i].label);
        fact_percents(t, "fact.factor_level", x->levels[i]);
        item_end(t);
    }
    for (size_t i = 0; i < x->band_count; i++) {
        const struct staff_band *band = &x->bands[i];

        item_begin(t, PART_STAFF_FACTORS,
                   item_range_id(t, band->staff_from, band->staff_to),
                   no_label);
        fact_percents(t, "fact.factor_staff", band->factor);
        item_end(t);
    }
    for (size_t i = 0; i < x->trade_count; i++) {
        item_begin(t, PART_TRADE_FACTORS, x->trades[i].code,
                   x->trades[i].label);
        fact_percents(t, "fact.factor_trade", x->trades[i].factor);
        item_end(t);
    }
}

static void take_refunds(struct taking *t)
{
    const struct scheme *s = t->scheme;

    for (int i = 0; i < STAGE_COUNT; i++) {
        if (s->fees.refunds[i] == 0)
            continue;
        item_begin(t, PART_REFUNDS, str_of(stage_names[i]), s->stages[i].label);
        fact_percent(t, "fact.refund", s->fees.refunds[i]);
        item_end(t);
    }
}

static void take_terms(struct taking *t)
{
    static const char *const ids[2][2] = {
        [SIDE_CLIENT] = { "public.client_right", "public.client_duty" },
        [SIDE_BODY] = { "public.body_right", "public.body_duty" },
    };
    const struct contract_rule *c = &t->scheme->contract;

    for (size_t i = 0; i < c->term_count; i++) {
        const struct term_rule *x = &c->terms[i];

        item_begin(t, PART_TERMS, x->label.zh, x->label);
        fact_ids(t, "fact.term", str_of(ids[x->side][x->kind]));
        item_end(t);
    }
}

void items_of_money(struct taking *t)
{
    take_fees(t);
    take_factors(t);
    take_refunds(t);
    take_terms(t);
}
