/* case_offers_case -- what a case has to choose from: sites, papers, and all
 * that is called by a number. [CO1] [CO4] */

#include "base/arena.h"
#include "base/hex.h"
#include "domain/names.h"
#include "domain/sampling.h"
#include "service/case_library.h"
#include "web/case_offers_parts.h"
#include "web/saying.h"

#include <string.h>

enum { NAME_MOST = 200 };

static const struct state *state_of(const struct offering *o)
{
    return o->v->file.state;
}

/* --- sites ---------------------------------------------------------------- */

static err add_site(struct offering *o, const struct site *site)
{
    str kind;

    TRY(offering_word(o, "site.", site_names[site->kind], &kind));
    return offering_add(o, site->name, site->name,
                        str_contains(site->name, kind) ? S("") : kind);
}

static bool is_visited(const struct plan *p, str name)
{
    const str *names = p == NULL ? NULL : p->sites.p;

    for (size_t i = 0; names != NULL && i < p->sites.n; i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return false;
}

enum which { SITES_ALL, SITES_VISITED, SITES_OTHERS };

static err add_sites(struct offering *o, enum which which)
{
    const struct state *s = state_of(o);
    size_t n = s->application == NULL ? 0 : s->application->sites.n;
    const struct site *sites = n == 0 ? NULL : s->application->sites.p;

    TRY(offering_room(o, n));
    for (size_t i = 0; i < n && i < SITE_MAX; i++) {
        if (s->site_gone[i] ||
            (which == SITES_VISITED && !is_visited(s->plan, sites[i].name)) ||
            (which == SITES_OTHERS && sites[i].kind == SITE_HQ))
            continue;
        TRY(add_site(o, &sites[i]));
    }
    return OK;
}

err offer_sites(struct offering *o)
{
    return add_sites(o, SITES_ALL);
}

err offer_visited_sites(struct offering *o)
{
    return add_sites(o, SITES_VISITED);
}

err offer_leaving_sites(struct offering *o)
{
    return add_sites(o, SITES_OTHERS);
}

/* --- papers and the draw -------------------------------------------------- */

static err add_document(struct offering *o, const struct document *d)
{
    const struct scheme *s = state_of(o)->scheme;
    int32_t r = scheme_requirement(s, d->requirement);
    str hash;

    TRY(hex_text(o->v->rq->arena, d->blob.b, sizeof d->blob.b, &hash));
    return offering_add(o, hash, d->title,
                        r < 0 ? S("")
                              : web_label(o->v->rq, s->requirements[r].label));
}

/* Each content once, however often it was handed in. */
static bool came_before(const struct event *from, const struct event *last)
{
    const struct document *d = last->data;

    for (const struct event *e = from; e != last; e = e->next) {
        const struct document *other = e->data;

        if (strcmp(e->kind->name, "document.added") == 0 &&
            hash_eq(&other->blob, &d->blob))
            return true;
    }
    return false;
}

err offer_documents(struct offering *o)
{
    const struct event_list *all = &o->v->file.events;

    TRY(offering_room(o, all->n));
    for (const struct event *e = all->first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "document.added") == 0 &&
            !came_before(all->first, e))
            TRY(add_document(o, e->data));
    }
    return OK;
}

/* "C2026-0001:licence" */
static err name_of(const struct offering *o, const struct library_item *x,
                   str *out)
{
    struct buf b;

    buf_init(&b, o->v->rq->arena, NAME_MOST);
    buf_str(&b, x->case_number);
    buf_char(&b, ':');
    buf_str(&b, x->document->requirement);
    return buf_done(&b, out);
}

/* A document of the same place in its case came after it. */
static bool is_replaced(const struct library_item *x, size_t rest)
{
    for (size_t i = 1; i < rest; i++) {
        if (str_eq(x[i].case_number, x->case_number) &&
            str_eq(x[i].document->requirement, x->document->requirement))
            return true;
    }
    return false;
}

/* What any case of the enterprise has, the newest of each requirement
 * (domain/library.c). */
err offer_library(struct offering *o)
{
    const struct library_item *x;
    struct list all;

    TRY(case_library(web_app(o->v->rq), o->v->rq->arena, o->v->who, &o->v->file,
                     &all));
    TRY(offering_room(o, all.n));
    x = all.p;
    for (size_t i = 0; i < all.n; i++) {
        str name;

        if (is_replaced(&x[i], all.n - i))
            continue;
        TRY(name_of(o, &x[i], &name));
        TRY(offering_add(o, name, x[i].document->title, x[i].case_number));
    }
    return OK;
}

/* The newest one: no other is accepted (domain/contract.c). */
err offer_quote(struct offering *o)
{
    const struct state *s = state_of(o);
    const struct hash *offer = &s->money.offer;
    str hash;
    str label;

    TRY(offering_room(o, 1));
    if (s->quote == NULL)
        return OK;

    const struct err_arg args[] = { ARG_MONEY("total", s->quote->total),
                                    { 0 } };
    TRY(hex_text(o->v->rq->arena, offer->b, sizeof offer->b, &hash));
    TRY(say(o->v->rq, "case_offers.quote", args, &label));
    return offering_add(o, hash, label, S(""));
}

/* Whose turn it is [SA4]. */
err offer_customer(struct offering *o)
{
    struct customer next;
    str row;

    TRY(offering_room(o, 1));
    if (!sampling_next(state_of(o), &next))
        return OK;

    const struct err_arg args[] = { ARG_INT("row", next.row), { 0 } };
    TRY(say(o->v->rq, "case_offers.row", args, &row));
    return offering_number(o, next.position, row);
}

/* --- nonconformities and conditions --------------------------------------- */

static err add_nonconformities(struct offering *o, enum correction_state at)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, NONCONFORMITY_MAX));
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (x->state == at && grade_is_corrected(x->raised->grade))
            TRY(offering_number(o, x->raised->number, x->raised->text));
    }
    return OK;
}

err offer_open_nonconformities(struct offering *o)
{
    return add_nonconformities(o, CORRECTION_OPEN);
}

err offer_answered_nonconformities(struct offering *o)
{
    return add_nonconformities(o, CORRECTION_SUBMITTED);
}

static err add_conditions(struct offering *o, unsigned standings)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, CONDITION_MAX));
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        if ((standings & 1U << x->standing) != 0)
            TRY(offering_number(o, x->set->number, x->set->text));
    }
    return OK;
}

err offer_open_conditions(struct offering *o)
{
    return add_conditions(o, 1U << CONDITION_OPEN);
}

err offer_answered_conditions(struct offering *o)
{
    return add_conditions(o, 1U << CONDITION_ANSWERED);
}

err offer_unmet_conditions(struct offering *o)
{
    return add_conditions(o, 1U << CONDITION_OPEN | 1U << CONDITION_ANSWERED);
}

/* --- money ---------------------------------------------------------------- */

static int64_t open_of(const struct invoice_state *x)
{
    return x->cancelled ? 0 : x->issued->amount - x->paid;
}

static err add_invoice(struct offering *o, const struct invoice_state *x)
{
    const struct err_arg args[] = { ARG_MONEY("open", open_of(x)), { 0 } };
    str open;

    TRY(say(o->v->rq, "case_offers.unpaid", args, &open));
    return offering_add(o, x->issued->number, x->issued->number, open);
}

static err add_invoices(struct offering *o, bool untouched)
{
    const struct money_state *m = &state_of(o)->money;

    TRY(offering_room(o, INVOICE_MAX));
    for (int32_t i = 0; i < m->invoice_count; i++) {
        const struct invoice_state *x = &m->invoices[i];

        if (open_of(x) > 0 && (!untouched || x->paid == 0))
            TRY(add_invoice(o, x));
    }
    return OK;
}

err offer_unpaid_invoices(struct offering *o)
{
    return add_invoices(o, false);
}

err offer_cancelled_invoices(struct offering *o)
{
    return add_invoices(o, true);
}

err offer_audits(struct offering *o)
{
    const struct money_state *m = &state_of(o)->money;

    TRY(offering_room(o, INVOICE_MAX));
    for (int32_t i = 0; i < m->held_count; i++) {
        const struct audit_held *x = &m->held[i];
        const struct err_arg args[] = { ARG_DAY("on", x->on), { 0 } };
        str held;

        TRY(say(o->v->rq, "case_offers.held", args, &held));
        TRY(offering_number(o, i + 1, held));
    }
    return OK;
}

/* --- complaints and changes ----------------------------------------------- */

err offer_new_complaints(struct offering *o)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, COMPLAINT_MAX));
    for (int32_t i = 0; i < s->complaint_count; i++) {
        const struct complaint_state *x = &s->complaints[i];

        if (x->answer == NULL)
            TRY(offering_number(o, x->complaint->number, x->complaint->text));
    }
    return OK;
}

/* Only whom it was given to answers one. */
err offer_own_complaints(struct offering *o)
{
    const struct state *s = state_of(o);
    id who = o->v->who->actor.person;

    TRY(offering_room(o, COMPLAINT_MAX));
    for (int32_t i = 0; i < s->complaint_count; i++) {
        const struct complaint_state *x = &s->complaints[i];

        if (x->answer == NULL && id_eq(x->assigned, who))
            TRY(offering_number(o, x->complaint->number, x->complaint->text));
    }
    return OK;
}

err offer_change(struct offering *o)
{
    const struct change *x = state_of(o)->change;

    TRY(offering_room(o, 1));
    return x == NULL ? OK : offering_number(o, x->number, x->reasons);
}

/* --- the mark, and sub-certificates --------------------------------------- */

static err add_marks(struct offering *o, unsigned standings)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, MARK_MAX));
    for (int32_t i = 0; i < s->mark_count; i++) {
        const struct mark_state *x = &s->marks[i];

        if ((standings & 1U << x->standing) != 0)
            TRY(offering_number(o, x->asked->number, x->asked->where));
    }
    return OK;
}

err offer_asked_marks(struct offering *o)
{
    return add_marks(o, 1U << MARK_ASKED);
}

err offer_approved_marks(struct offering *o)
{
    return add_marks(o, 1U << MARK_APPROVED);
}

err offer_marks(struct offering *o)
{
    return add_marks(o, ~0U);
}

err offer_open_misuses(struct offering *o)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, MISUSE_MAX));
    for (int32_t i = 0; i < s->misuse_count; i++) {
        const struct misuse_state *x = &s->misuses[i];

        if (x->settled == NULL)
            TRY(offering_number(o, x->misuse->number, x->misuse->text));
    }
    return OK;
}

err offer_subs(struct offering *o)
{
    const struct state *s = state_of(o);

    TRY(offering_room(o, (size_t)s->sub_count));
    for (int32_t i = 0; i < s->sub_count; i++) {
        const struct sub_state *x = &s->subs[i];

        if (x->ended == DAY_NEVER)
            TRY(offering_add(o, x->sub->number, x->sub->number, x->sub->site));
    }
    return OK;
}
