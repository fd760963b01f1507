/*
 * What people sensibly want of sub-certificates in a walk, and which sites
 * leave.
 */

#include "domain/test_wish_parts.h"

#include "base/size.h"

static bool has_sub(const struct walk *w, str site)
{
    for (int32_t i = 0; i < w->state->sub_count; i++) {
        const struct sub_state *x = &w->state->subs[i];

        if (x->ended == DAY_NEVER && str_eq(x->sub->site, site))
            return true;
    }
    return false;
}

/* The place of a site without one, from 1; 0: all have one, or left. */
static int64_t site_without(const struct walk *w)
{
    const struct application *a = w->state->application;
    const struct site *sites = a == NULL ? NULL : a->sites.p;

    for (size_t i = 0; a != NULL && i < a->sites.n; i++) {
        if (!w->state->site_gone[i] && !has_sub(w, sites[i].name))
            return (int64_t)i + 1;
    }
    return 0;
}

bool wish_wants_sub(const struct walk *w)
{
    return site_without(w) > 0;
}

void wish_sub(struct walk *w, void *data)
{
    static const str scopes[] = { S_INIT(""), S_INIT("家用电器的售后服务"),
                                  S_INIT("空调售后") };
    int64_t at = site_without(w);
    day last = w->state->certificate == NULL ? 0 : w->state->certificate->until;

    *(struct sub_issue *)data = (struct sub_issue){
        .n = at == 0 || walk_seldom(w, 9) ? 1 : at,
        .scope = scopes[walk_pick(w, COUNT(scopes))],
        .until = walk_seldom(w, 4) ? last - (day)walk_pick(w, 60) : DAY_NEVER,
    };
}

void wish_sub_end(struct walk *w, void *data)
{
    const struct state *s = w->state;
    str number = S("00026SC0001R0M-1");

    for (int32_t i = 0; i < s->sub_count; i++) {
        if (s->subs[i].ended == DAY_NEVER)
            number = s->subs[i].sub->number;
    }
    *(struct sub_end *)data = (struct sub_end){
        number,
        (int)walk_pick(w, SUB_OTHER + 1),
        S("门店停业"),
    };
}

struct list wish_leaving(struct walk *w)
{
    const struct application *a = w->state->application;
    const struct site *sites = a == NULL ? NULL : a->sites.p;
    size_t at = a == NULL ? 0 : (size_t)walk_pick(w, a->sites.n);

    if (at == 0 && !walk_seldom(w, 9)) /* the headquarters */
        return (struct list){ 0 };
    return wish_one_text(w, a == NULL ? S("总部") : sites[at].name);
}
