#include "domain/test_dump.h"

#include "base/buf.h"

enum { DUMP_MOST = 1 << 20 };

struct dump {
    struct buf out;
    const struct event *const *events;
    size_t n;
};

static void put_int(struct dump *d, const char *name, int64_t value)
{
    buf_printf(&d->out, "%s %lld\n", name, (long long)value);
}

static void put_text(struct dump *d, const char *name, str text)
{
    buf_printf(&d->out, "%s %zu ", name, text.n);
    buf_str(&d->out, text);
    buf_char(&d->out, '\n');
}

static void put_bytes(struct dump *d, const char *name, const uint8_t *p,
                      size_t n)
{
    buf_printf(&d->out, "%s ", name);
    buf_hex(&d->out, p, n);
    buf_char(&d->out, '\n');
}

/* 0 for nothing; the number of the event; -1 for what is none of the journal's.
 */
static void put_event(struct dump *d, const char *name, const void *data)
{
    int64_t number = data == NULL ? 0 : -1;

    for (size_t i = 0; i < d->n && data != NULL; i++) {
        if (d->events[i]->data == data)
            number = d->events[i]->n;
    }
    put_int(d, name, number);
}

static void put_people(struct dump *d, const char *name,
                       const struct evaluators *e)
{
    put_int(d, name, e->n);
    for (int32_t i = 0; i < e->n; i++)
        put_bytes(d, name, e->people[i].b, sizeof e->people[i].b);
}

static void put_place(struct dump *d, const struct state *s)
{
    put_bytes(d, "id", s->id.b, sizeof s->id.b);
    put_int(d, "version", s->version);
    put_bytes(d, "head", s->head.b, sizeof s->head.b);
    put_int(d, "stage", s->stage);
    put_int(d, "stage_since", s->stage_since);
    put_int(d, "waiting", s->waiting);
    put_int(d, "due", s->due);
    put_int(d, "due_provisional", s->due_provisional);
    put_int(d, "ending", s->ending);
    put_int(d, "bad_move", s->bad_move);
    put_int(d, "overflow", s->overflow);
    for (int32_t i = 0; i < STAGE_COUNT; i++) {
        put_int(d, "came", s->passed.came[i]);
        put_int(d, "went", s->passed.went[i]);
    }
    put_int(d, "refused", s->passed.refused);
    put_int(d, "appealed", s->passed.appealed);
    put_int(d, "overturned", s->passed.overturned);
}

static void put_money(struct dump *d, const struct money_state *m)
{
    put_bytes(d, "offer", m->offer.b, sizeof m->offer.b);
    put_event(d, "agreement", m->agreement);
    for (int32_t i = 0; i < m->invoice_count; i++) {
        put_event(d, "invoice", m->invoices[i].issued);
        put_int(d, "paid", m->invoices[i].paid);
        put_int(d, "cancelled", m->invoices[i].cancelled);
    }
    put_int(d, "loose", m->loose);
    put_int(d, "later", m->later);
    for (int32_t i = 0; i < m->held_count; i++) {
        put_int(d, "held", m->held[i].on);
        put_int(d, "round", m->held[i].round);
        put_int(d, "again", m->held[i].again);
        put_int(d, "fees", m->held[i].fees);
        put_int(d, "travel", m->held[i].travel);
    }
    put_int(d, "round_held", m->round_held);
    put_int(d, "refunded", m->refunded);
    put_int(d, "ended_in", m->ended_in);
    for (int32_t i = 0; i < m->offer_count; i++)
        put_event(d, "offered", m->offers[i]);
    for (int32_t i = 0; i < m->cost_count; i++)
        put_event(d, "cost", m->costs[i]);
}

static void put_before(struct dump *d, const struct state *s)
{
    put_event(d, "opened", s->opened);
    put_int(d, "opened_on", s->opened_on);
    put_event(d, "eligibility", s->eligibility);
    put_event(d, "assessment", s->assessment);
    put_event(d, "application", s->application);
    put_int(d, "applied_on", s->applied_on);
    put_event(d, "supplement", s->supplement);
    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        put_event(d, "document", s->requirements[i].document);
        put_event(d, "judgement", s->requirements[i].judgement);
    }
    put_int(d, "documents", s->document_count);
    put_event(d, "quote", s->quote);
    put_int(d, "client_accepted", s->client_accepted);
    put_int(d, "body_signed", s->body_signed);
    put_int(d, "paid", s->paid);
    put_money(d, &s->money);
    put_event(d, "revision", s->revision);
    put_event(d, "plan", s->plan);
    put_int(d, "plan_agreed", s->plan_agreed);
    put_text(d, "objection", s->objection);
    put_event(d, "plan_before", s->replacement.before);
    put_int(d, "replaced_on", s->replacement.since);
}

static void put_sample(struct dump *d, const struct sample_state *x)
{
    put_event(d, "commitment", x->commitment);
    put_event(d, "nonce", x->nonce);
    put_event(d, "drawn", x->drawn);
    put_int(d, "asked", x->asked);
    put_int(d, "reached", x->reached);
    put_int(d, "satisfied", x->satisfied);
    put_int(d, "drawn_on", x->drawn_on);
    put_event(d, "last_call", x->last_call);
    put_int(d, "calls", x->calls);
    put_int(d, "called", x->called);
    for (int32_t i = 0; i < x->asked; i++)
        buf_printf(&d->out, "%lld %lld %d\n", (long long)x->answers[i].position,
                   (long long)x->answers[i].row, x->answers[i].outcome);
}

static void put_audit(struct dump *d, const struct state *s)
{
    put_people(d, "evaluators", &s->evaluators);
    put_int(d, "opening_held", s->opening_held);
    put_int(d, "closing_held", s->closing_held);
    for (size_t i = 0; i < s->scheme->leaf_count; i++) {
        put_event(d, "finding", s->leaves[i].finding);
        put_bytes(d, "auditor", s->leaves[i].auditor.b, sizeof(id));
    }
    put_int(d, "leaves_found", s->leaves_found);
    for (size_t i = 0; i < s->scheme->figure_count; i++) {
        put_text(d, "figure", s->figures[i].figure);
        put_int(d, "k", s->figures[i].k);
        put_int(d, "n", s->figures[i].n);
        put_text(d, "source", s->figures[i].source);
    }
    put_int(d, "deductions", s->deductions);
    put_int(d, "deducting", s->deducting);
    put_int(d, "bonus", s->bonus);
    put_event(d, "defence", s->defence);
    put_sample(d, &s->sample);
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        put_event(d, "raised", s->nonconformities[i].raised);
        put_event(d, "correction", s->nonconformities[i].correction);
        put_event(d, "verdict", s->nonconformities[i].verdict);
        put_int(d, "state", s->nonconformities[i].state);
        put_int(d, "special", s->nonconformities[i].special);
        put_int(d, "on", s->nonconformities[i].on);
    }
    put_int(d, "round_first", s->round_first);
    put_int(d, "audits", s->audits);
    put_int(d, "papers", s->papers);
}

static void put_after(struct dump *d, const struct state *s)
{
    put_event(d, "report", s->report);
    put_int(d, "reported_on", s->reported_on);
    put_int(d, "acknowledged", s->acknowledged);
    put_int(d, "correct_until", s->correct_until);
    put_text(d, "question", s->question);
    put_event(d, "decision", s->decision);
    put_bytes(d, "decided_by", s->decided_by.b, sizeof(id));
    put_bytes(d, "signed_by", s->signed_by.b, sizeof(id));
    put_event(d, "certificate", s->certificate);
    put_event(d, "granted", s->granted);
    put_bytes(d, "granted_by", s->granted_by.b, sizeof(id));
    put_int(d, "surveillances", s->surveillances);
    put_int(d, "suspension_proposed", s->suspension_proposed);
    put_int(d, "act_by", s->act_by);
    put_int(d, "status", s->status);
    put_int(d, "cure", s->cure);
    put_int(d, "suspended_until", s->suspended_until);
    put_event(d, "withdrawal", s->withdrawal);
    put_bytes(d, "withdrawal_by", s->withdrawal_by.b, sizeof(id));
    put_event(d, "reduction", s->reduction);
    put_bytes(d, "reduction_by", s->reduction_by.b, sizeof(id));
    put_int(d, "cancellation_asked", s->cancellation_asked);
    put_int(d, "surveillance_due", s->surveillance_due);
}

static void put_rounds(struct dump *d, const struct state *s)
{
    put_int(d, "round", s->round);
    put_int(d, "rounds", s->rounds);
    put_bytes(d, "lead", s->lead.b, sizeof(id));
    put_int(d, "led", s->led);
    for (int32_t i = 0; i < s->involved_count; i++)
        put_bytes(d, "involved", s->involved[i].b, sizeof(id));
    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        buf_printf(&d->out, "carried %d %d %d\n", (int)s->carried[i].kind,
                   (int)s->carried[i].k, (int)s->carried[i].n);
    put_int(d, "carried_k", s->carried_sample.k);
    put_int(d, "carried_n", s->carried_sample.n);
    put_event(d, "sites_drawn", s->sites_drawn);
}

static void put_panel(struct dump *d, const struct state *s)
{
    put_event(d, "panel_named", s->panel.named);
    put_event(d, "refused_panel", s->refused_panel);
    put_event(d, "motion", s->panel.motion);
    for (size_t i = 0; i < PANEL_SEATS; i++) {
        put_event(d, "vote", s->panel.votes[i]);
        put_event(d, "advice", s->panel.advice[i]);
    }
    put_people(d, "seated", &s->seated);
}

static void put_conditions(struct dump *d, const struct state *s)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        put_int(d, "condition", x->set->number);
        put_event(d, "decision", x->decision);
        put_event(d, "answer", x->answer);
        put_event(d, "verdict", x->verdict);
        put_event(d, "extension", x->extension);
        put_int(d, "until", x->until);
        put_int(d, "since", x->since);
        put_int(d, "standing", x->standing);
    }
}

static void put_voices(struct dump *d, const struct state *s)
{
    put_event(d, "transfer", s->transfer);
    put_event(d, "appeal", s->appeal.appeal);
    put_event(d, "panel", s->appeal.panel);
    put_event(d, "appeal_decision", s->appeal.decision);
    put_int(d, "appealed", s->appeal.filed);
    put_bytes(d, "refused_by", s->refused_by.b, sizeof(id));
    put_event(d, "change", s->change);
    put_int(d, "change_since", s->change_since);
    put_int(d, "changes", s->changes);
    put_int(d, "extension_granted", s->extension_granted);
    put_text(d, "scope", s->scope);
    put_text(d, "scope_en", s->scope_en);
    put_int(d, "scope_since", s->scope_since);
    for (int32_t i = 0; i < s->mark_count; i++) {
        put_event(d, "mark", s->marks[i].asked);
        put_int(d, "since", s->marks[i].since);
        put_int(d, "standing", s->marks[i].standing);
        put_text(d, "note", s->marks[i].note);
    }
    for (int32_t i = 0; i < s->misuse_count; i++) {
        put_event(d, "misuse", s->misuses[i].misuse);
        put_int(d, "since", s->misuses[i].since);
        put_event(d, "settled", s->misuses[i].settled);
    }
    for (int32_t i = 0; i < s->sub_count; i++) {
        put_event(d, "sub", s->subs[i].sub);
        put_int(d, "sub ended", s->subs[i].ended);
        put_int(d, "alone", s->subs[i].alone);
    }
    for (int i = 0; i < SITE_MAX; i++) {
        if (s->site_gone[i])
            put_int(d, "left", i);
        if (s->site_seen[i])
            put_int(d, "seen", i);
    }
    for (int32_t i = 0; i < s->complaint_count; i++) {
        put_event(d, "complaint", s->complaints[i].complaint);
        put_bytes(d, "assigned", s->complaints[i].assigned.b, sizeof(id));
        put_event(d, "answer", s->complaints[i].answer);
        put_int(d, "recorded", s->complaints[i].recorded);
        put_int(d, "answered", s->complaints[i].answered);
    }
    put_int(d, "messages", s->messages.sent);
    put_int(d, "message waits", s->messages.waits);
    put_int(d, "message since", s->messages.since);
    for (int32_t i = 0; i < s->appeal_count; i++) {
        put_event(d, "appeal of all", s->appeals[i].appeal);
        put_event(d, "its panel", s->appeals[i].panel);
        put_event(d, "its decision", s->appeals[i].decision);
        put_int(d, "its first day", s->appeals[i].filed);
        put_int(d, "its last day", s->appeals[i].decided);
    }
}

str dump_state(struct arena *a, const struct state *s,
               const struct event *const *events, size_t n)
{
    struct dump d = { .events = events, .n = n };
    str out = S("");

    buf_init(&d.out, a, DUMP_MOST);
    put_place(&d, s);
    put_before(&d, s);
    put_audit(&d, s);
    put_after(&d, s);
    put_rounds(&d, s);
    put_panel(&d, s);
    put_conditions(&d, s);
    put_voices(&d, s);
    return failed(buf_done(&d.out, &out)) ? S("") : out;
}
