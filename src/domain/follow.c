/*
 * follow -- cases that follow on a certificate: renewal of our own, transfer
 * of another body's. [M23] [17065 7.9]
 *
 *   [FO1] A renewal is a new decision and leads to a new certificate; the old
 *         one runs on until it is cancelled as replaced, or expires.
 *   [FO2] A renewal begins at the earliest the package's `renewal_opens`
 *         before the last day, is late after `renewal` before it, and comes
 *         too late after it.  A suspended certificate is restored first.
 *   [FO4] While an enterprise has a valid certificate under a scheme, it begins
 *         nothing else under it: a renewal, a change or an extension of what it
 *         has is the way.  Else two certificates would say the same.
 *   [FO3] A transfer needs the other body's certificate on record, running and
 *         not suspended, by the same criterion; what we issue ends no later.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
/* Who brings a certificate along gives evidence; events are read as written. */
#define TRANSFER_SAYS \
    F_STR(struct transfer, number, 1, 60), \
    F_STR(struct transfer, body, 1, 200), \
    F_STR(struct transfer, approval, 1, 40), \
    F_STR(struct transfer, criterion, 1, 100), \
    F_STR(struct transfer, level, 1, 40), \
    F_DAY(struct transfer, first_issued), \
    F_DAY(struct transfer, until), \
    F_DAY(struct transfer, last_audit), \
    F_BOOL(struct transfer, suspended), \
    F_STR(struct transfer, reason, 1, 2000)

static const struct field transfer_wish_fields[] = {
    TRANSFER_SAYS,
    F_STRS(struct transfer, evidence, 1, 20),
};
static const struct record transfer_wish_record =
    RECORD(transfer, transfer_wish_fields);

static const struct field transfer_fields[] = {
    TRANSFER_SAYS,
    F_STRS_OPT(struct transfer, evidence, 20),
};
static const struct record transfer_record =
    RECORD(transfer, transfer_fields);
/* clang-format on */

/* --- opening [FO2] ------------------------------------------------------ */

/* Would a limit that begins today end before the certificate's last day? */
static bool ends_before(const struct facts *f, struct span s)
{
    return facts_deadline(f, s).on < f->previous->until;
}

static err check_running(struct arena *a, const struct facts *f)
{
    const struct previous *p = f->previous;

    if (f->today > p->until || status_is_final(p->status))
        REFUSE(a, "follow.over", ARG_STR("number", p->number),
               ARG_DAY("until", p->until));
    if (p->status == CERTIFICATE_SUSPENDED)
        REFUSE(a, "follow.suspended", ARG_STR("number", p->number));
    return OK;
}

static err check_renewal(struct arena *a, const struct scheme *s, str number,
                         const struct facts *f)
{
    const struct previous *p = f->previous;

    if (p == NULL || !id_eq(p->enterprise, f->enterprise->id))
        return err_new(a, ERR_NOT_FOUND, "follow.certificate",
                       ARG_STR("number", number));
    if (!str_eq(p->scheme, s->id))
        REFUSE(a, "follow.scheme", ARG_STR("number", number),
               ARG_LABEL("scheme", s->name));
    TRY(check_running(a, f));
    if (ends_before(f, s->limits.renewal_opens))
        REFUSE(a, "follow.early", ARG_STR("number", number),
               ARG_DAY("until", p->until));
    return OK;
}

/* [FO4] */
static err check_held(struct arena *a, const struct scheme *s,
                      const struct facts *f)
{
    const struct previous *p = f->held;

    if (p == NULL || p->status != CERTIFICATE_VALID || f->today > p->until ||
        !str_eq(p->scheme, s->id) || !id_eq(p->enterprise, f->enterprise->id))
        return OK;
    REFUSE(a, "follow.held", ARG_STR("number", p->number),
           ARG_DAY("until", p->until), ARG_LABEL("scheme", s->name));
}

err follow_check_open(struct arena *a, const struct scheme *s,
                      const struct case_open *wish, const struct facts *f)
{
    bool renewal = wish->kind == CASE_RENEWAL;

    if (renewal != (wish->previous.n > 0))
        return err_new(a, ERR_INVALID, "follow.previous");
    return renewal ? check_renewal(a, s, wish->previous, f)
                   : check_held(a, s, f);
}

/* --- transfer.record [FO3] ---------------------------------------------- */

static err ready_transfer(struct arena *a, const struct state *s)
{
    if (s->opened->kind != CASE_TRANSFER)
        REFUSE(a, "follow.no_transfer");
    return OK;
}

static err judge_transfer(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct transfer *t = c->data;

    if (t->first_issued > f->today || t->last_audit > f->today ||
        t->until < t->first_issued)
        return err_new(a, ERR_INVALID, "follow.dates",
                       ARG_DAY("today", f->today));
    if (f->today > t->until)
        REFUSE(a, "follow.over", ARG_STR("number", t->number),
               ARG_DAY("until", t->until));
    if (t->suspended)
        REFUSE(a, "follow.suspended", ARG_STR("number", t->number));
    if (!str_eq(t->criterion, s->scheme->criterion))
        REFUSE(a, "follow.criterion", ARG_STR("given", t->criterion),
               ARG_STR("want", s->scheme->criterion));
    return event_emit(a, out, "transfer.recorded", f, t);
}

static void apply_transfer(struct state *s, const struct event *e)
{
    s->transfer = e->data;
}

/* --- applying and issuing ----------------------------------------------- */

err follow_check_submit(struct arena *a, const struct state *s,
                        const struct facts *f)
{
    if (s->opened->kind == CASE_RENEWAL)
        return check_running(a, f);
    if (s->opened->kind != CASE_TRANSFER)
        return OK;
    if (s->transfer == NULL)
        REFUSE(a, "follow.not_recorded");
    if (f->today > s->transfer->until)
        REFUSE(a, "follow.over", ARG_STR("number", s->transfer->number),
               ARG_DAY("until", s->transfer->until));
    return OK;
}

bool follow_is_late(const struct state *s, const struct facts *f)
{
    return s->opened->kind == CASE_RENEWAL &&
           facts_deadline(f, s->scheme->limits.renewal).on > f->previous->until;
}

/* A renewal decided after the last day is a first certification [FO1]; a
 * transfer of what has run out is none [FO3]. */
err follow_check_issue(struct arena *a, const struct state *s,
                       const struct facts *f)
{
    if (s->opened->kind == CASE_TRANSFER && f->today > s->transfer->until)
        REFUSE(a, "follow.over", ARG_STR("number", s->transfer->number),
               ARG_DAY("until", s->transfer->until));
    return OK;
}

static void fill_renewal(struct certificate *made, const struct facts *f)
{
    const struct previous *p = f->previous;

    made->previous = p->number;
    if (f->today > p->until || status_is_final(p->status))
        return; /* the chain is broken: a first certificate again */
    made->first_issued = p->first_issued;
    made->recertifications = p->recertifications + 1;
}

void follow_fill(struct certificate *made, const struct state *s,
                 const struct facts *f)
{
    if (s->opened->kind == CASE_RENEWAL)
        fill_renewal(made, f);
    if (s->opened->kind != CASE_TRANSFER)
        return;
    made->previous = s->transfer->number;
    made->first_issued = s->transfer->first_issued;
    if (made->until > s->transfer->until)
        made->until = s->transfer->until;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "transfer.record", &transfer_wish_record, ready_transfer, judge_transfer, NULL },
};

static const struct event_kind events[] = {
    { "transfer.recorded", 1, STREAM_CASE, &transfer_record, apply_transfer },
};
/* clang-format on */

const struct stage_tables follow_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
