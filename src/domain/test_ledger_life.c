/*
 * The books of what befalls a certificate, and of who appeals and complains.
 */

#include "domain/test_ledger_parts.h"

#include "domain/change.h"
#include "domain/mark.h"

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

const char *enter_lifting(struct ledger *l, const struct event *e)
{
    if (!l->suspended)
        return "[LG9] restored, and was not suspended";
    l->suspended = false;
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
    } else if (l->appeal->subject == APPEAL_WITHDRAWAL) {
        l->withdrawal_by = (id){ { 0 } };
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

const char *enter_misuse(struct ledger *l, const struct event *e)
{
    DATA(misuse, x, e);

    l->misuses++;
    if (x->number != (int64_t)l->misuses)
        return "misuses out of order";
    return x->found <= e->on ? NULL : "[LG6] a misuse of tomorrow";
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
    return NULL;
}
