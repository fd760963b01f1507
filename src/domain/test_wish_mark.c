/*
 * What people sensibly want changed on a certificate in a walk, what they want
 * of its mark, and how that is misused.
 */

#include "domain/test_wish_parts.h"

#include "base/size.h"
#include "domain/change.h"
#include "domain/mark.h"

/* What the package wants said, or mostly. */
static str words_for(struct walk *w)
{
    const struct mark_rule *rule = &w->scheme->certificate.mark;

    if (rule->say_count == 0 || walk_seldom(w, 8))
        return S("国家级服务");
    return rule->says[0].zh;
}

void wish_mark(struct walk *w, void *data)
{
    static const int uses[] = { MARK_PACKAGING, MARK_TENDER, MARK_WEBSITE };

    *(struct mark_ask *)data = (struct mark_ask){
        .use = uses[walk_pick(w, COUNT(uses))],
        .where = S("外包装"),
        .words = words_for(w),
    };
}

/* The first use of this standing, or 1. */
static int64_t first_mark(const struct state *s, enum mark_standing standing)
{
    for (int32_t i = 0; i < s->mark_count; i++) {
        if (s->marks[i].standing == standing)
            return i + 1;
    }
    return 1;
}

void wish_approval(struct walk *w, void *data)
{
    *(struct mark_approved *)data = (struct mark_approved){
        first_mark(w->state, MARK_ASKED),
        walk_seldom(w, 3) ? S("不小于 10 毫米") : S(""),
    };
}

void wish_mark_reasons(struct walk *w, void *data)
{
    enum mark_standing of = walk_seldom(w, 2) ? MARK_ASKED : MARK_APPROVED;

    *(struct mark_reasons *)data =
        (struct mark_reasons){ first_mark(w->state, of), S("图样有改动") };
}

void wish_misuse(struct walk *w, void *data)
{
    *(struct misuse_record *)data = (struct misuse_record){
        .kind = (int)walk_pick(w, MISUSE_MISLEADING + 1),
        .use = w->state->mark_count > 0 ? 1 : 0,
        .text = S("网店首页"),
        .found = wish_in_days(w, -3, 0),
        .until = wish_in_days(w, 0, 10),
    };
}

void wish_settling(struct walk *w, void *data)
{
    const struct state *s = w->state;
    int64_t number = 1;

    for (int32_t i = s->misuse_count; i > 0; i--)
        number = s->misuses[i - 1].settled == NULL ? i : number;
    *(struct misuse_settled *)data = (struct misuse_settled){
        number,
        (int)walk_pick(w, MISUSE_TOLD_AUTHORITY + 1),
        S("已换图"),
    };
}

/* --- changes -------------------------------------------------------------- */

void wish_change(struct walk *w, void *data)
{
    struct change x = {
        .kind = (int)walk_pick(w, CHANGE_SITES + 1),
        .reasons = S("已登记变更"),
    };

    if (x.kind == CHANGE_NAME || walk_seldom(w, 9))
        x.holder =
            walk_seldom(w, 2) ? S("新名电器有限公司") : S("又名电器有限公司");
    if (x.kind == CHANGE_ADDRESS || x.kind == CHANGE_ERRATUM)
        x.address = walk_seldom(w, 2) ? S("新址 1 号") : S("新址 2 号");
    if (x.kind == CHANGE_EXTENSION)
        x.scope = walk_seldom(w, 2) ? S("家电与家具") : S("家电与灯具");
    if (x.kind == CHANGE_SITES)
        x.sites = wish_leaving(w);
    *(struct change *)data = x;
}

static int64_t open_change(const struct walk *w)
{
    return w->state->change == NULL ? 1 : w->state->change->number;
}

void wish_change_approval(struct walk *w, void *data)
{
    *(struct change_approved *)data =
        (struct change_approved){ open_change(w), S("") };
}

void wish_change_refusal(struct walk *w, void *data)
{
    *(struct change_refused *)data =
        (struct change_refused){ open_change(w), S("证据不足") };
}
