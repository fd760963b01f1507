/*
 * script_audit -- what comes next in the site audit.
 */

#include "service/script_parts.h"

#include "base/size.h"
#include "domain/sampling.h"

/* --- site audit ------------------------------------------------------- */

static void write_finding(struct writing *w, int32_t leaf)
{
    const str *sites = w->s->state->plan->sites.p;

    step_team(w, leaf % 3 == 0 ? w->s->lead : w->s->member, "finding.record",
              0);
    step_result(w, w->data, leaf);
    step_text(w, "note", script_is_weak(w->s, leaf) ? "not_met" : "judged");
    step_strs(w, "evidence", script_words(w, "seen"));
    if (script_is_weak(w->s, leaf))
        step_str(w, "site", sites[0]);
}

/* The weak leaf that has no nonconformity yet, or -1. */
static int32_t next_nonconformity(const struct script *s)
{
    int32_t raised = s->state->nonconformity_count - s->state->round_first;

    for (size_t i = 0; i < s->state->scheme->leaf_count; i++) {
        if (script_is_weak(s, (int32_t)i) && raised-- == 0)
            return (int32_t)i;
    }
    return -1;
}

static void write_nonconformity(struct writing *w, int32_t leaf)
{
    step_team(w, w->s->lead, "nonconformity.raise", 0);
    step_str(w, "indicator", scheme_leaf_at(w->s->state->scheme, leaf)->id);
    step_str(w, "grade", S("minor"));
    step_text(w, "text", "nonconformity");
}

/* Morning, afternoon and evening, and again. */
static void write_call(struct writing *w, int32_t position)
{
    static const str times[] = { S_INIT("09:30"), S_INIT("15:00"),
                                 S_INIT("19:30") };
    int32_t calls = w->s->state->sample.calls;
    int32_t turns = (int32_t)COUNT(times);

    step_team(w, w->s->member, "sample.call", calls > 0 && calls % turns == 0);
    step_int(w, "position", position);
    step_day(w, "on", w->s->today + w->out->days);
    step_str(w, "time", times[calls % turns]);
    step_str(w, "outcome", S("no_answer"));
}

static void write_customer(struct writing *w)
{
    int32_t position = w->s->state->sample.asked + 1;
    uint64_t luck = (w->s->nature >> (position % 32)) & 31;

    if (luck == 0) {
        write_call(w, position);
        return;
    }
    step_team(w, w->s->member, "sample.ask", 0);
    step_int(w, "position", position);
    step_str(w, "outcome", luck == 1 ? S("dissatisfied") : S("satisfied"));
}

static void sample_step(struct writing *w)
{
    const struct sample_state *x = &w->s->state->sample;

    if (x->commitment == NULL) {
        struct hash own = sampling_commitment(&w->s->nonces[0]);

        step_team(w, w->s->member, "sample.commit", 0);
        step_hash(w, "list", &w->s->blob);
        step_int(w, "size", 300 + (int64_t)(w->s->nature % 700));
        step_hash(w, "commitment", &own);
    } else if (x->nonce == NULL) {
        step_applicant(w, "sample.give_nonce", 0);
        step_hash(w, "nonce", &w->s->nonces[1]);
    } else if (x->drawn == NULL) {
        step_team(w, w->s->member, "sample.reveal", 0);
        step_hash(w, "nonce", &w->s->nonces[0]);
    } else {
        write_customer(w);
    }
}

/* The first leaf or figure without a record, or -1. */
static int32_t next_leaf(const struct state *s)
{
    for (size_t i = 0; i < s->scheme->leaf_count; i++) {
        if (s->leaves[i].finding == NULL && state_round_judges(s, (int32_t)i))
            return (int32_t)i;
    }
    return -1;
}

static int32_t next_figure(const struct state *s)
{
    for (size_t i = 0; i < s->scheme->figure_count; i++) {
        if (s->figures[i].n == 0)
            return (int32_t)i;
    }
    return -1;
}

static void write_figure(struct writing *w, int32_t at)
{
    step_team(w, w->s->member, "figure.record", 0);
    step_str(w, "figure", w->s->state->scheme->figures[at].id);
    step_int(w, "k", script_figure(w->s, (size_t)at));
    step_int(w, "n", 100);
    step_text(w, "source", "figures");
}

/* One interview and one observation in each site audit, at the first site. */
static bool papers_open(const struct state *s)
{
    return s->papers < 2 * s->audits;
}

static void write_paper(struct writing *w, int32_t leaf)
{
    const struct state *s = w->s->state;
    const str *sites = s->plan->sites.p;
    bool asks = s->papers % 2 == 0;

    step_team(w, w->s->member, asks ? "interview.record" : "observation.record",
              0);
    step_str(w, "site", sites[0]);
    step_text(w, asks ? "role" : "place", asks ? "asked_role" : "seen_place");
    step_text(w, "note", asks ? "asked" : "seen_there");
    if (leaf >= 0)
        step_strs(w, "indicators", scheme_leaf_at(s->scheme, leaf)->id);
    if (asks)
        step_int(w, "people", 1 + (int64_t)(w->s->nature % 3));
}

static bool sample_open(const struct state *s)
{
    return state_round_samples(s) &&
           (s->sample.drawn == NULL ||
            s->sample.reached < s->sample.drawn->wanted) &&
           s->sample.asked < CUSTOMER_MAX;
}

static void audit_end(struct writing *w)
{
    const struct state *s = w->s->state;

    if (sample_open(s)) {
        sample_step(w);
    } else if (state_round_defends(s) && s->defence == NULL) {
        step_team(w, w->s->lead, "defence.record", 0);
        step_bool(w, "passed", true);
        step_text(w, "note", "defence");
    } else {
        step_team(w, w->s->lead, "audit.close", 0);
        step_text(w, "note", "closing");
    }
}

void script_audit(struct writing *w)
{
    const struct state *s = w->s->state;
    int32_t leaf = next_leaf(s);
    int32_t figure = next_figure(s);
    int32_t nonconformity = next_nonconformity(w->s);

    if (!s->opening_held) {
        step_team(w, w->s->lead, "audit.open",
                  s->plan->from > w->s->today ? s->plan->from - w->s->today
                                              : 0);
        step_text(w, "note", "meeting");
    } else if (papers_open(s)) {
        write_paper(w, leaf);
    } else if (leaf >= 0) {
        write_finding(w, leaf);
    } else if (nonconformity >= 0) {
        write_nonconformity(w, nonconformity);
    } else if (figure >= 0) {
        write_figure(w, figure);
    } else {
        audit_end(w);
    }
}
