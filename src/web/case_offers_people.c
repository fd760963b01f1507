/* case_offers_people -- who may be chosen for a part in a case, by name.
 * (service/case_candidates.h) [CO1] */

#include "domain/names.h"
#include "service/case_candidates.h"
#include "web/case_offers_parts.h"
#include "web/saying.h"

/* "senior auditor", "technical expert", "reviewer": what they are chosen for,
 * where they are several things. */
static err say_role(const struct offering *o, const struct candidate *c,
                    unsigned wanted, str *out)
{
    unsigned shown = (c->roles & wanted) != 0 ? c->roles & wanted : c->roles;

    if ((shown & ROLE_BIT(ROLE_AUDITOR)) != 0)
        return offering_word(o, "auditor.", auditor_names[c->level], out);
    for (int i = 0; i < ROLE_COUNT; i++) {
        if ((shown & ROLE_BIT(i)) != 0)
            return offering_word(o, "role.", role_names[i], out);
    }
    *out = S("");
    return OK;
}

/* With the days on which they are elsewhere. */
static err say_days(const struct offering *o, const struct candidate *c,
                    str *role)
{
    const struct err_arg args[] = { ARG_STR("role", *role),
                                    ARG_DAY("from", c->from),
                                    ARG_DAY("to", c->to),
                                    { 0 } };

    if (c->from == DAY_NEVER)
        return OK;
    return say(o->v->rq, "case_offers.elsewhere", args, role);
}

static err add_people(struct offering *o, enum case_part part, unsigned wanted)
{
    const struct candidate_wish wish = { &o->v->file, o->v->today, part };
    const struct candidate *c;
    struct list found;

    TRY(case_candidates(web_app(o->v->rq), o->v->rq->arena, o->v->who, &wish,
                        &found));
    TRY(offering_room(o, found.n));
    c = found.p;
    for (size_t i = 0; i < found.n; i++) {
        str role;

        TRY(say_role(o, &c[i], wanted, &role));
        TRY(say_days(o, &c[i], &role));
        TRY(offering_add(o, c[i].login, c[i].name, role));
    }
    return OK;
}

err offer_leads(struct offering *o)
{
    return add_people(o, PART_LEADS, ROLE_BIT(ROLE_AUDITOR));
}

err offer_auditors(struct offering *o)
{
    return add_people(o, PART_AUDITS,
                      ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EXPERT));
}

err offer_voters(struct offering *o)
{
    return add_people(o, PART_VOTES, ROLE_BIT(ROLE_REVIEWER));
}

err offer_advisers(struct offering *o)
{
    return add_people(o, PART_ADVISES, ROLE_BIT(ROLE_EXPERT));
}

err offer_appeal_panel(struct offering *o)
{
    return add_people(o, PART_HEARS, ROLE_BIT(ROLE_APPEAL));
}

err offer_answerers(struct offering *o)
{
    return add_people(o, PART_ANSWERS, 0);
}
