/*
 * The books of what befalls a certificate, and of who appeals and complains.
 */

#include "domain/test_ledger_parts.h"

#include "domain/change.h"
#include "domain/mark.h"
#include "domain/sub.h"

/* --- the certificate [LG9] ------------------------------------------------ */

static const char *runs(const struct ledger *l, const struct event *e)
{
    return e->on <= l->certificate->until ? NULL : "[LG9] after expiry";
}

const char *enter_suspension(struct ledger *l, const struct event *e)
{
    DATA(suspension, x, e);

    if (l->suspended)
        return "[LG9] suspended twice";
    l->suspended = true;
    if (x->confirmed > e->on || x->until <= e->on)
        return "[LG6] a suspension with days in disorder";
    if (x->late != (e->on - x->confirmed > 5))
        return "[LG9] late, or not, by another count";
    return runs(l, e);
}

static bool has_unmet(const struct ledger *l, day on)
{
    for (size_t i = 0; i < l->condition_count; i++) {
        if (!l->conditions[i].met && on > l->conditions[i].until)
            return true;
    }
    return false;
}

const char *enter_lifting(struct ledger *l, const struct event *e)
{
    if (!l->suspended)
        return "[LG9] restored, and was not suspended";
    l->suspended = false;
    if (l->wants_surveillance)
        return "[LG9] restored, and no surveillance was granted";
    if (has_unmet(l, e->on))
        return "[LG9] restored, and a condition is not met";
    if (l->settled < l->misuses)
        return "[LG9] restored, and a misuse is open";
    return runs(l, e);
}

const char *enter_withdrawal(struct ledger *l, const struct event *e)
{
    if (!id_is_zero(l->withdrawal_by))
        return "[LG9] a withdrawal decided twice";
    l->withdrawal_by = e->actor;
    return runs(l, e);
}

const char *enter_withdrawn(struct ledger *l, const struct event *e)
{
    l->ended = true;
    if (id_is_zero(l->withdrawal_by))
        return "[LG9] signed, and nothing was decided";
    if (l->appeal != NULL)
        return "[LG10] withdrawn while an appeal is open";
    return id_eq(l->withdrawal_by, e->actor)
               ? "[LG3] withdrawn by one person alone"
               : runs(l, e);
}

const char *enter_cancelled(struct ledger *l, const struct event *e)
{
    l->ended = true;
    return runs(l, e);
}

const char *enter_expired(struct ledger *l, const struct event *e)
{
    l->ended = true;
    if (!id_is_zero(e->actor))
        return "[LG9] somebody let it expire";
    return e->on > l->certificate->until ? NULL : "[LG9] expired too early";
}

/* --- voices [LG10] -------------------------------------------------------- */

const char *enter_appeal(struct ledger *l, const struct event *e)
{
    if (l->appeal != NULL)
        return "[LG10] a second appeal beside the first";
    l->appeal = e->data;
    l->panel_count = 0;
    return NULL;
}

const char *enter_panel(struct ledger *l, const struct event *e)
{
    DATA(appeal_panel, x, e);
    const struct panel_member *members = x->members.p;

    l->panel_count = 0;
    for (size_t i = 0; i < x->members.n; i++) {
        if (ledger_among(&l->involved, members[i].person))
            return "[LG10] a panel of who had a part";
        l->panel[l->panel_count++] = members[i].person;
    }
    return l->appeal == NULL || x->members.n == 0
               ? "[LG10] a panel of nobody, or for nothing"
               : NULL;
}

static bool on_panel(const struct ledger *l, id person)
{
    for (size_t i = 0; i < l->panel_count; i++) {
        if (id_eq(l->panel[i], person))
            return true;
    }
    return false;
}

static void send_back(struct ledger *l)
{
    if (l->appeal->subject == APPEAL_REFUSAL) {
        l->refused_by = l->decided_by;
        l->decision = NULL;
        l->panel_named = NULL;
        l->ended = false;
    } else if (l->appeal->subject == APPEAL_DECLINE) {
        l->declined = false;
        l->ended = false;
    } else if (l->appeal->subject == APPEAL_WITHDRAWAL) {
        l->withdrawal_by = (id){ { 0 } };
    } else if (l->appeal->subject == APPEAL_REDUCTION) {
        l->reduction = NULL;
    }
}

const char *enter_ruling(struct ledger *l, const struct event *e)
{
    DATA(appeal_decision, x, e);

    if (l->appeal == NULL || !on_panel(l, e->actor))
        return "[LG10] a ruling of who was not asked";
    if (x->upheld)
        send_back(l);
    l->appeal = NULL;
    return NULL;
}

/* message.c [MS2] */
const char *enter_message(struct ledger *l, const struct event *e)
{
    DATA(message, x, e);
    bool own = id_eq(l->facts->actor.enterprise, l->opened->enterprise);

    l->messages++;
    if (x->number != (int64_t)l->messages)
        return "messages out of order";
    if (own != (x->side == MESSAGE_OF_ENTERPRISE))
        return "[LG2] a message in the other side's name";
    return ledger_among(&l->seated, e->actor) ? "[LG3] who decides writes"
                                              : NULL;
}

const char *enter_message_settled(struct ledger *l, const struct event *e)
{
    DATA(message_settled, x, e);

    return x->number == (int64_t)l->messages ? NULL : "messages out of order";
}

const char *enter_complaint(struct ledger *l, const struct event *e)
{
    DATA(complaint, x, e);

    l->complaints++;
    if (x->number != (int64_t)l->complaints)
        return "complaints out of order";
    return x->received <= e->on ? NULL : "[LG6] a complaint of tomorrow";
}

const char *enter_transfer(struct ledger *l, const struct event *e)
{
    DATA(transfer, x, e);

    if (l->opened->kind != CASE_TRANSFER || x->suspended)
        return "[LG9] a transfer of what cannot be";
    if (!str_eq(x->criterion, l->scheme->criterion))
        return "[LG9] a transfer by another criterion";
    return x->until >= e->on ? NULL : "[LG9] a transfer of what is over";
}

/* --- marks ---------------------------------------------------------------- */

static const char *check_shown(const struct ledger *l, const struct event *e)
{
    if (l->suspended)
        return "[LG9] a mark of a suspended certificate";
    return e->on <= l->certificate->until ? NULL
                                          : "[LG9] a mark of what is over";
}

const char *enter_mark(struct ledger *l, const struct event *e)
{
    DATA(mark_asked, x, e);

    l->marks++;
    if (x->number != (int64_t)l->marks)
        return "uses of the mark out of order";
    if ((l->scheme->certificate.mark.uses & (1U << x->use)) == 0)
        return "[LG9] a mark where the package lets none be";
    return check_shown(l, e);
}

const char *enter_approval(struct ledger *l, const struct event *e)
{
    DATA(mark_approved, x, e);

    if (x->number > (int64_t)l->marks)
        return "approval of what was not asked for";
    return check_shown(l, e);
}

const char *enter_settling(struct ledger *l, const struct event *)
{
    l->settled++;
    return l->settled <= l->misuses ? NULL : "a misuse settled twice";
}

const char *enter_misuse(struct ledger *l, const struct event *e)
{
    DATA(misuse, x, e);

    l->misuses++;
    if (x->number != (int64_t)l->misuses)
        return "misuses out of order";
    return x->found <= e->on ? NULL : "[LG6] a misuse of tomorrow";
}

/* --- sub-certificates [LG14] ---------------------------------------------- */

/* No site takes a sub-certificate that goes on with it. */
static const char *leave(struct ledger *l, const struct list *sites)
{
    const str *names = sites->p;

    for (size_t i = 0; i < sites->n; i++) {
        const struct site *site = ledger_site(l, names[i]);

        if (site == NULL || site->kind == SITE_HQ)
            return "[LG14] the headquarters left, or what was no site";
        for (size_t k = 0; k < l->sub_count; k++) {
            if (l->subs[k] != NULL && str_eq(l->subs[k]->site, names[i]))
                return "[LG14] a site left, and its sub-certificate goes on";
        }
        if (l->left_count < LEDGER_LEFT && !ledger_left(l, names[i]))
            l->left[l->left_count++] = names[i];
    }
    return NULL;
}

/* As it was once. */
const char *enter_lone_reduction(struct ledger *l, const struct event *e)
{
    DATA(reduction, x, e);

    return leave(l, &x->sites);
}

const char *enter_reduction(struct ledger *l, const struct event *e)
{
    if (l->reduction != NULL)
        return "[LG9] a reduction decided twice";
    l->reduction = e->data;
    l->reduction_by = e->actor;
    return runs(l, e);
}

const char *enter_no_reduction(struct ledger *l, const struct event *e)
{
    if (l->reduction == NULL)
        return "[LG9] signed or returned, and nothing was decided";
    if (l->appeal != NULL)
        return "[LG10] signed or returned while an appeal is open";
    if (id_eq(l->reduction_by, e->actor))
        return "[LG3] reduced by one person alone";
    l->reduction = NULL;
    return runs(l, e);
}

const char *enter_reduced(struct ledger *l, const struct event *e)
{
    const struct reduction *x = l->reduction;
    const char *wrong = enter_no_reduction(l, e);

    return wrong != NULL ? wrong : leave(l, &x->sites);
}

static const char *check_place(const struct ledger *l,
                               const struct sub_certificate *x, day on)
{
    if (ledger_site(l, x->site) == NULL || ledger_left(l, x->site))
        return "[LG14] a sub-certificate of no site of ours";
    for (size_t i = 0; i < l->sub_count; i++) {
        const struct sub_certificate *y = l->subs[i];

        if (y != NULL && on <= y->until && str_eq(y->site, x->site))
            return "[LG14] two sub-certificates of one site";
        if (y != NULL && str_eq(y->number, x->number))
            return "[LG14] a number twice";
    }
    return NULL;
}

/* One that goes on is issued anew for an erratum alone. */
static const char *enter_anew(const struct ledger *l, const struct event *e,
                              const struct sub_certificate **before)
{
    DATA(sub_certificate, x, e);

    if (l->change == NULL || l->change->kind != CHANGE_ERRATUM)
        return "[LG14] a number twice";
    if (!str_eq((*before)->site, x->site) || (*before)->until != x->until ||
        (*before)->issued != x->issued)
        return "[LG14] what was put in other words is about something else";
    *before = x;
    return NULL;
}

const char *enter_sub(struct ledger *l, const struct event *e)
{
    DATA(sub_certificate, x, e);
    const char *wrong = check_shown(l, e);

    for (size_t i = 0; i < l->sub_count; i++) {
        if (l->subs[i] != NULL && str_eq(l->subs[i]->number, x->number))
            return enter_anew(l, e, &l->subs[i]);
    }
    if (wrong == NULL)
        wrong = check_place(l, x, e->on);
    if (wrong != NULL)
        return wrong;
    if (l->sub_count < LEDGER_SUBS)
        l->subs[l->sub_count++] = x;
    if (x->n != (int64_t)l->sub_count)
        return "[LG14] sub-certificates out of order";
    return x->issued == e->on && x->until >= e->on &&
                   x->until <= l->certificate->until
               ? NULL
               : "[LG14] a sub-certificate that outlives the main one";
}

const char *enter_sub_end(struct ledger *l, const struct event *e)
{
    DATA(sub_end, x, e);

    for (size_t i = 0; i < l->sub_count; i++) {
        if (l->subs[i] == NULL || !str_eq(l->subs[i]->number, x->number))
            continue;
        if (e->on > l->subs[i]->until)
            return "[LG14] an end after the end";
        l->subs[i] = NULL;
        return runs(l, e);
    }
    return "[LG14] the end of what is no sub-certificate";
}

/* --- changes -------------------------------------------------------------- */

const char *enter_change(struct ledger *l, const struct event *e)
{
    DATA(change, x, e);

    if (l->change != NULL)
        return "[LG9] two changes at a time";
    l->change = x;
    return check_shown(l, e);
}

const char *enter_no_change(struct ledger *l, const struct event *)
{
    l->change = NULL;
    return NULL;
}

/* The same certificate, as long; of another name only where that was asked. */
const char *enter_changed(struct ledger *l, const struct event *e)
{
    DATA(certificate, x, e);
    const struct certificate *was = l->certificate;
    const struct change *asked = l->change;

    if (asked == NULL)
        return "[LG9] a change nobody asked for";
    if (!str_eq(x->number, was->number) || x->until != was->until ||
        x->first_issued != was->first_issued || !str_eq(x->uscc, was->uscc))
        return "[LG9] another certificate than the one that was changed";
    if (!str_eq(x->holder, was->holder) && !str_eq(x->holder, asked->holder))
        return "[LG9] a name nobody asked for";
    if (!str_eq(x->level, was->level) && asked->kind != CHANGE_LEVEL)
        return "[LG9] a level nobody asked for";
    l->certificate = x;
    l->change = NULL;
    return leave(l, &asked->sites);
}
