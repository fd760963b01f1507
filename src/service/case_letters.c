#include "service/case_letters.h"

#include "base/buf.h"
#include "base/size.h"
#include "domain/mark.h"
#include "service/outbox.h"
#include "service/readers.h"

enum { ADDRESS_MAX = 2000 };

/* --- until when -----------------------------------------------------------
 */

/* What the stage asks of the enterprise. */
static day of_stage(const struct state *s, const struct event *)
{
    return s->waiting == WAITING_APPLICANT ? s->due : DAY_NEVER;
}

static day of_suspension(const struct state *, const struct event *e)
{
    return ((const struct suspension *)e->data)->until;
}

static day of_invoice(const struct state *, const struct event *e)
{
    return ((const struct invoice *)e->data)->due;
}

static day of_misuse(const struct state *, const struct event *e)
{
    return ((const struct misuse *)e->data)->until;
}

/* --- the table [CL1] ------------------------------------------------------
 */

struct rule {
    const char *event;
    enum letter_kind kind;
    day (*due)(const struct state *s, const struct event *e); /* or NULL */
};

/* clang-format off */
static const struct rule rules[] = {
    { "supplement.asked", LETTER_SUPPLEMENT, of_stage },
    { "application.accepted", LETTER_ACCEPTED, NULL },
    { "application.declined", LETTER_DECLINED, NULL },
    { "quote.made", LETTER_QUOTE, of_stage },
    { "revision.asked", LETTER_REVISION, of_stage },
    { "plan.made", LETTER_PLAN, of_stage },
    { "plan.replaced", LETTER_PLAN, of_stage },
    { "report.issued", LETTER_REPORT, of_stage },
    { "correction.returned", LETTER_FINDINGS, of_stage },
    { "decision.signed", LETTER_DECISION, NULL },
    { "certificate.recorded", LETTER_CERTIFICATE, NULL },
    { "suspension.decided", LETTER_SUSPENSION, of_suspension },
    { "suspension.lifted", LETTER_RESTORATION, NULL },
    { "withdrawal.signed", LETTER_WITHDRAWAL, NULL },
    { "cancellation.made", LETTER_CANCELLATION, NULL },
    { "validity.ended", LETTER_EXPIRY, NULL },
    { "appeal.decided", LETTER_APPEAL, NULL },
    { "complaint.answered", LETTER_COMPLAINT, NULL },
    { "misuse.recorded", LETTER_MISUSE, of_misuse },
    { "invoice.issued", LETTER_INVOICE, of_invoice },
};
/* clang-format on */

static const struct rule *rule_of(const struct event *e)
{
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (strcmp(rules[i].event, e->kind->name) == 0)
            return &rules[i];
    }
    return NULL;
}

/* --- a letter -------------------------------------------------------------
 */

/* "https://body.example/cases/C2026-0001", or of a certificate its page. */
static err address_of(struct app *app, struct tx *tx, const struct letter *x,
                      str *out)
{
    struct buf b;

    buf_init(&b, tx_arena(tx), ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, x->certificate.n > 0 ? S("/c/") : S("/cases/"));
    buf_str(&b, x->certificate.n > 0 ? x->certificate : x->case_number);
    return buf_done(&b, out);
}

static err write_letter(struct app *app, struct tx *tx,
                        const struct told_act *act, const struct event *e,
                        struct letter *out)
{
    const struct rule *r = rule_of(e);
    struct letter x = {
        .enterprise = act->enterprise->name,
        .case_number = act->number,
        .due = r->due == NULL ? DAY_NEVER : r->due(act->state, e),
    };

    if (r->kind == LETTER_CERTIFICATE)
        x.certificate = ((const struct certificate *)e->data)->number;
    TRY(address_of(app, tx, &x, &x.address));
    *out = x;
    return OK;
}

static err send(struct app *app, struct tx *tx, const struct told_act *act,
                const struct event *e)
{
    struct outgoing m = { .kind = rule_of(e)->kind };
    struct list readers;

    TRY(write_letter(app, tx, act, e, &m.letter));
    TRY(readers_of_enterprise(app, tx, act->enterprise->id, &readers));

    const struct reader *r = readers.p;
    for (size_t i = 0; i < readers.n; i++) {
        id unused;

        m.lang = r[i].lang;
        m.to = r[i].mail;
        m.letter.person = r[i].person.name;
        TRY(outbox_put(app, tx, &m, &unused));
    }
    return OK;
}

static bool any_is_told(const struct event_list *events)
{
    for (const struct event *e = events->first; e != NULL; e = e->next) {
        if (rule_of(e) != NULL)
            return true;
    }
    return false;
}

err case_letters(struct app *app, struct tx *tx, const struct told_act *act)
{
    uint64_t sent = 0; /* kinds */
    bool sends = false;

    if (any_is_told(act->events))
        TRY(mail_is_set(tx, &sends));
    if (!sends) /* [CL4] */
        return OK;
    for (const struct event *e = act->events->first; e != NULL; e = e->next) {
        const struct rule *r = rule_of(e);

        if (r == NULL || (sent >> r->kind & 1) != 0)
            continue;
        sent |= UINT64_C(1) << r->kind;
        TRY(send(app, tx, act, e));
    }
    return OK;
}
