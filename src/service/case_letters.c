#include "service/case_letters.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/arena.h"
#include "domain/mark.h"
#include "service/outbox.h"
#include "service/readers.h"
#include "service/stream.h"

enum { ADDRESS_MAX = 2000, ASKERS_MOST = 20 };

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
    { "message.sent", LETTER_MESSAGE, NULL }, /* to the other side */
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

/* "https://body.example/cases/C2026-0001", or of a certificate its page, of a
 * message where it stands. */
static err address_of(struct app *app, struct tx *tx, const struct rule *r,
                      const struct letter *x, str *out)
{
    struct buf b;

    buf_init(&b, tx_arena(tx), ADDRESS_MAX);
    buf_str(&b, app_public_url(app));
    buf_str(&b, x->certificate.n > 0 ? S("/c/") : S("/cases/"));
    buf_str(&b, x->certificate.n > 0 ? x->certificate : x->case_number);
    buf_str(&b, r->kind == LETTER_MESSAGE ? S("/messages") : S(""));
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
    TRY(address_of(app, tx, r, &x, &x.address));
    *out = x;
    return OK;
}

/* --- who reads it ---------------------------------------------------------
 */

static bool is_among(const struct reader *r, size_t n, id person)
{
    for (size_t i = 0; i < n; i++) {
        if (id_eq(r[i].person.id, person))
            return true;
    }
    return false;
}

/* Those of the body who wrote last, before the enterprise did: whoever asked
 * hears of the answer. */
static err askers(struct tx *tx, const struct told_act *act, id *out, size_t *n)
{
    struct event_list events;
    bool answered = false;

    *n = 0;
    TRY(stream_events_known(tx, tx_arena(tx), act->state->id, &events));
    for (const struct event *e = events.first; e != NULL; e = e->next) {
        if (strcmp(e->kind->name, "message.sent") != 0)
            continue;
        if (((const struct message *)e->data)->side == MESSAGE_OF_ENTERPRISE) {
            answered = true;
            continue;
        }
        if (answered)
            *n = 0;
        answered = false;
        if (*n < ASKERS_MOST)
            out[(*n)++] = e->actor;
    }
    return OK;
}

/* The same persons may be there by their role. */
static err add_askers(struct app *app, struct tx *tx,
                      const struct told_act *act, struct list *found)
{
    id person[ASKERS_MOST];
    struct reader *all;
    size_t n;

    TRY(askers(tx, act, person, &n));
    all = arena_array(tx_arena(tx), found->n + n, sizeof *all);
    TRY_MEMORY(all);
    if (found->n > 0)
        memcpy(all, found->p, found->n * sizeof *all);
    for (size_t i = 0; i < n; i++) {
        struct list one;

        TRY(readers_named(app, tx, person[i], act->enterprise->id, &one));
        if (one.n > 0 && !is_among(all, found->n, person[i]))
            all[found->n++] = *(const struct reader *)one.p;
    }
    found->p = all;
    return OK;
}

/* [CL5] */
static err readers_at_body(struct app *app, struct tx *tx,
                           const struct told_act *act, struct list *out)
{
    struct list found;
    struct reader *kept;
    size_t n = 0;

    TRY(readers_with_role(app, tx, ROLE_BIT(ROLE_INTAKE), act->enterprise->id,
                          &found));
    TRY(add_askers(app, tx, act, &found));
    kept = arena_array(tx_arena(tx), found.n, sizeof *kept);
    TRY_MEMORY(kept);

    const struct reader *r = found.p;
    for (size_t i = 0; i < found.n; i++) {
        /* who is of the enterprise speaks for it alone [RI2] */
        if (!id_eq(r[i].person.enterprise, act->enterprise->id) &&
            !state_decides(act->state, r[i].person.id))
            kept[n++] = r[i];
    }
    *out = (struct list){ kept, n };
    return OK;
}

static err readers_of(struct app *app, struct tx *tx,
                      const struct told_act *act, const struct event *e,
                      struct list *out)
{
    bool of_enterprise =
        rule_of(e)->kind == LETTER_MESSAGE &&
        ((const struct message *)e->data)->side == MESSAGE_OF_ENTERPRISE;

    if (of_enterprise)
        return readers_at_body(app, tx, act, out);
    return readers_of_enterprise(app, tx, act->enterprise->id, out);
}

static err send(struct app *app, struct tx *tx, const struct told_act *act,
                const struct event *e)
{
    struct outgoing m = { .kind = rule_of(e)->kind };
    struct list readers;

    TRY(write_letter(app, tx, act, e, &m.letter));
    TRY(readers_of(app, tx, act, e, &readers));

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
