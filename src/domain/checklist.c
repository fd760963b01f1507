#include "domain/checklist.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/stages.h"

#include <assert.h>

static_assert(AT_HQ == 1 << SITE_HQ && AT_BRANCH == 1 << SITE_BRANCH &&
                  AT_OUTLET == 1 << SITE_OUTLET,
              "packages and applications name the same kinds of sites");

enum { KINDS = 3, EVERY_MODE = MODE_COUNT, LETTERS_MOST = 3 * MODE_COUNT };

/* What is being made. */
struct making {
    struct arena *arena;
    const struct state *state;
    unsigned modes; /* of the visit; 0: none is named */
    struct checklists out;
};

/* --- what the visit consists of [CK1] ------------------------------------- */

/* 0: no mode is called so. */
static unsigned mode_bit(str name)
{
    bool known =
        name.n == 1 && name.p[0] >= 'A' && name.p[0] < 'A' + MODE_COUNT;

    return known ? 1U << (name.p[0] - 'A') : 0;
}

static unsigned planned_modes(const struct plan *p)
{
    const str *names = p->modes.p;
    unsigned bits = 0;

    for (size_t i = 0; i < p->modes.n; i++)
        bits |= mode_bit(names[i]);
    return bits;
}

static unsigned visit_modes(const struct state *s)
{
    if (s->plan != NULL)
        return planned_modes(s->plan);
    if (s->round == ROUND_SURVEILLANCE)
        return s->scheme->team.modes_surveillance;
    return s->round == ROUND_INITIAL ? s->scheme->team.modes_first : 0;
}

static bool is_visited(const struct state *s, str site)
{
    const str *names = s->plan == NULL ? NULL : s->plan->sites.p;

    for (size_t i = 0; s->plan != NULL && i < s->plan->sites.n; i++) {
        if (str_eq(names[i], site))
            return true;
    }
    return s->plan == NULL;
}

/* --- what the wish picks -------------------------------------------------- */

static err check_site(struct arena *a, const struct state *s, str site)
{
    const struct site *sites = s->application->sites.p;

    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (site.n == 0 || (str_eq(sites[i].name, site) && is_visited(s, site)))
            return OK;
    }
    return err_new(a, ERR_INVALID, "checklist.site", ARG_STR("site", site));
}

/* "A, H, I" */
static err mode_letters(struct arena *a, unsigned modes, str *out)
{
    struct buf b;

    buf_init(&b, a, LETTERS_MOST);
    for (int m = 0; m < MODE_COUNT; m++) {
        if ((modes & 1U << m) != 0)
            buf_printf(&b, "%s%c", buf_view(&b).n > 0 ? ", " : "", 'A' + m);
    }
    return buf_done(&b, out);
}

/* Narrow m->modes down to the one that is wanted. */
static err pick_mode(struct making *m, str mode)
{
    unsigned bit = mode_bit(mode);
    str letters;

    if (mode.n == 0)
        return OK;
    if ((m->modes & bit) != 0) {
        m->modes = bit;
        return OK;
    }
    TRY(mode_letters(m->arena, m->modes, &letters));
    return err_new(m->arena, ERR_INVALID, "checklist.mode",
                   ARG_STR("mode", mode), ARG_STR("modes", letters));
}

/* --- the lists [CK2] ------------------------------------------------------ */

static bool is_covered(const struct state *s, int32_t leaf)
{
    return s->round == ROUND_SPECIAL || s->round == ROUND_EXTENSION ||
           state_round_judges(s, leaf);
}

static bool has_mode(const struct making *m, int mode)
{
    return mode == EVERY_MODE ? m->modes == 0 : (m->modes & 1U << mode) != 0;
}

/* The leaves looked at in `mode` (EVERY_MODE: in any) at sites of `kind`; none
 * when the visit has no such mode. */
static err list_leaves(const struct making *m, int kind, int mode,
                       struct checklist *out)
{
    const struct scheme *s = m->state->scheme;
    int32_t *leaves = arena_array(m->arena, s->leaf_count, sizeof *leaves);
    unsigned ways = mode == EVERY_MODE ? MODES_ALL : 1U << mode;
    int32_t count = has_mode(m, mode) ? (int32_t)s->leaf_count : 0;
    size_t n = 0;

    TRY_MEMORY(leaves);
    for (int32_t i = 0; i < count; i++) {
        const struct indicator *in = scheme_leaf_at(s, i);

        if ((in->modes & ways) != 0 && (in->sites & 1U << kind) != 0 &&
            is_covered(m->state, i))
            leaves[n++] = i;
    }
    *out = (struct checklist){
        .mode = mode == EVERY_MODE ? '\0' : (char)('A' + mode),
        .leaves = leaves,
        .leaf_count = n,
    };
    return OK;
}

/* Sites of one kind share their lists' leaves. */
static err list_kinds(const struct making *m,
                      struct checklist lists[KINDS][MODE_COUNT + 1])
{
    for (int kind = 0; kind < KINDS; kind++) {
        for (int mode = 0; mode <= EVERY_MODE; mode++)
            TRY(list_leaves(m, kind, mode, &lists[kind][mode]));
    }
    return OK;
}

static void add_site(const struct site *site,
                     const struct checklist lists[MODE_COUNT + 1],
                     struct checklist *all, size_t *n)
{
    for (int mode = 0; mode <= EVERY_MODE; mode++) {
        if (lists[mode].leaf_count == 0)
            continue;
        all[*n] = lists[mode];
        all[(*n)++].site = site;
    }
}

static err make_lists(struct making *m, str wanted)
{
    const struct list *sites = &m->state->application->sites;
    const struct site *site = sites->p;
    struct checklist lists[KINDS][MODE_COUNT + 1];
    struct checklist *all =
        arena_array(m->arena, sites->n * (MODE_COUNT + 1), sizeof *all);

    TRY_MEMORY(all);
    TRY(list_kinds(m, lists));
    for (size_t i = 0; i < sites->n; i++, site++) {
        if (is_visited(m->state, site->name) &&
            (wanted.n == 0 || str_eq(wanted, site->name)))
            add_site(site, lists[site->kind], all, &m->out.count);
    }
    m->out.lists = all;
    return OK;
}

/* --- what is known [CK3] -------------------------------------------------- */

/* The numbers of what was raised about `indicator`; `out` has room. */
static size_t raised_about(const struct state *s, str indicator, int64_t *out)
{
    size_t n = 0;

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity *x = s->nonconformities[i].raised;

        if (str_eq(x->indicator, indicator))
            out[n++] = x->number;
    }
    return n;
}

static err fill_raised(const struct making *m, struct checklist_leaf *leaves)
{
    const struct state *s = m->state;
    int64_t *numbers =
        arena_array(m->arena, (size_t)s->nonconformity_count, sizeof *numbers);

    TRY_MEMORY(numbers);
    for (size_t i = 0; i < s->scheme->leaf_count; i++) {
        str indicator = scheme_leaf_at(s->scheme, (int32_t)i)->id;

        leaves[i].raised = numbers; /* each number is about one leaf */
        leaves[i].raised_count = raised_about(s, indicator, numbers);
        numbers += leaves[i].raised_count;
    }
    return OK;
}

static void fill_said(const struct state *s, struct checklist_leaf *leaves)
{
    const struct list *answers =
        s->assessment == NULL ? &(struct list){ 0 } : &s->assessment->answers;
    const struct reply *r = answers->p;

    for (size_t i = 0; i < answers->n; i++, r++) {
        int32_t leaf = scheme_leaf(s->scheme, r->indicator);

        if (leaf >= 0)
            leaves[leaf].said = reply_answer(r->result, r->k, r->n);
    }
}

static err make_leaves(struct making *m)
{
    const struct state *s = m->state;
    struct checklist_leaf *leaves =
        arena_array(m->arena, s->scheme->leaf_count, sizeof *leaves);

    TRY_MEMORY(leaves);
    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        leaves[i] = (struct checklist_leaf){
            .before = s->carried[i],
            .finding = s->leaves[i].finding,
        };
    fill_said(s, leaves);
    m->out.leaves = leaves;
    return fill_raised(m, leaves);
}

/* --- what was written down here [CK3] ------------------------------------- */

/* What an interview or an observation is about; NULL: `e` is neither. */
static const struct list *indicators_of(const struct event *e, int64_t *number,
                                        str *site)
{
    if (strcmp(e->kind->name, "interview.recorded") == 0) {
        EVENT_DATA(interview, x, e);
        *number = x->number;
        *site = x->site;
        return &x->indicators;
    }
    if (strcmp(e->kind->name, "observation.recorded") == 0) {
        EVENT_DATA(observation, x, e);
        *number = x->number;
        *site = x->site;
        return &x->indicators;
    }
    return NULL;
}

static void add_paper(const struct scheme *s, const struct event *e,
                      struct checklist_paper *papers, size_t *n)
{
    struct checklist_paper made = {
        .interview = strcmp(e->kind->name, "interview.recorded") == 0,
    };
    const struct list *about = indicators_of(e, &made.number, &made.site);
    const str *names = about == NULL ? NULL : about->p;

    for (size_t i = 0; about != NULL && i < about->n; i++) {
        made.leaf = scheme_leaf(s, names[i]);
        if (made.leaf >= 0)
            papers[(*n)++] = made;
    }
}

/* The event that began the newest site audit of this round; NULL: none did. */
static const struct event *audit_begun(const struct event_list *events)
{
    const struct event *begun = NULL;

    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "audit.opened") == 0)
            begun = e;
        else if (strcmp(e->kind->name, "round.opened") == 0)
            begun = NULL;
    }
    return begun;
}

static err make_papers(struct making *m, const struct event_list *events)
{
    const struct event *begun = audit_begun(events);
    struct checklist_paper *papers;
    size_t most = 0;
    int64_t number;
    str site;

    for (const struct event *e = begun; e != NULL; e = e->next) {
        const struct list *about = indicators_of(e, &number, &site);

        most += about == NULL ? 0 : about->n;
    }
    papers = arena_array(m->arena, most, sizeof *papers);
    TRY_MEMORY(papers);
    for (const struct event *e = begun; e != NULL; e = e->next)
        add_paper(m->state->scheme, e, papers, &m->out.paper_count);
    m->out.papers = papers;
    return OK;
}

/* --- the whole ------------------------------------------------------------ */

err checklist_make(struct arena *a, const struct state *s,
                   const struct event_list *events, str site, str mode,
                   struct checklists *out)
{
    struct making m = { .arena = a, .state = s };

    if (s->application == NULL)
        REFUSE(a, "checklist.none");
    m.modes = visit_modes(s);
    TRY(check_site(a, s, site));
    TRY(pick_mode(&m, mode));
    TRY(make_lists(&m, site));
    TRY(make_leaves(&m));
    TRY(make_papers(&m, events));
    *out = m.out;
    return OK;
}
