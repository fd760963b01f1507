/*
 * What auditors sensibly write down in a walk: whom they asked, what they saw,
 * whom they called in vain.
 */

#include "domain/test_wish_parts.h"

#include "base/size.h"
#include "domain/papers.h"
#include "domain/risk.h"

/* One of the sites of the plan, or one it does not visit. */
static str some_site(struct walk *w)
{
    const struct plan *p = w->state->plan;
    const str *sites = p == NULL ? NULL : p->sites.p;

    if (p == NULL || p->sites.n == 0 || walk_seldom(w, 12))
        return S("别处");
    return sites[walk_pick(w, p->sites.n)];
}

static struct list one_leaf(struct walk *w)
{
    size_t leaf = (size_t)walk_pick(w, w->scheme->leaf_count);

    return wish_one_text(w, scheme_leaf_at(w->scheme, (int32_t)leaf)->id);
}

void wish_interview(struct walk *w, void *data)
{
    *(struct interview *)data = (struct interview){
        .site = some_site(w),
        .role = S("维修工"),
        .people = 1 + (int64_t)walk_pick(w, 3),
        .indicators = one_leaf(w),
        .note = S("知道时限"),
    };
}

void wish_observation(struct walk *w, void *data)
{
    *(struct observation *)data = (struct observation){
        .site = some_site(w),
        .place = S("备件库"),
        .indicators = one_leaf(w),
        .note = S("有低库存卡"),
    };
}

void wish_risk(struct walk *w, void *data)
{
    *(struct risk_note *)data = (struct risk_note){
        .title = S("抽样风险提示"),
        .blob = { { (uint8_t)walk_pick(w, 200) } },
        .size = 1000,
        .records = { { 7 } },
        .raised = (int64_t)walk_pick(w, 15),
    };
}

/* Later each time, mostly. */
void wish_call(struct walk *w, void *data)
{
    static const str times[] = { S_INIT("09:05"), S_INIT("11:30"),
                                 S_INIT("15:00"), S_INIT("19:45") };
    static const int outcomes[] = { CALL_NO_ANSWER, CALL_NO_ANSWER, CALL_BUSY,
                                    CALL_REFUSED, CALL_WRONG_NUMBER };
    const struct sample_state *x = &w->state->sample;
    size_t at = (size_t)x->calls % COUNT(times);

    *(struct sample_call *)data = (struct sample_call){
        .position = x->asked + 1,
        .on = w->facts.today,
        .time = walk_seldom(w, 6) ? times[0] : times[at],
        .outcome = outcomes[walk_pick(w, COUNT(outcomes))],
    };
}
