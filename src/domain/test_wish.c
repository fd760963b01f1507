#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "base/size.h"

#include <string.h>

/* --- small things --------------------------------------------------------- */

/* A list of one text. */
struct list wish_one_text(struct walk *w, str text)
{
    str *p = arena_array(w->arena, 1, sizeof *p);

    if (p == NULL)
        return (struct list){ 0 };
    *p = text;
    return (struct list){ p, 1 };
}

day wish_in_days(struct walk *w, int32_t least, int32_t most)
{
    uint64_t width = (uint64_t)(uint32_t)(most - least);

    return w->facts.today + least + (int32_t)walk_pick(w, width + 1);
}

day wish_end_of(struct walk *w, struct span s)
{
    return span_end(w->facts.calendar, w->facts.today, s).on;
}

str wish_expert(struct walk *w)
{
    static const str others[] = { S_INIT("novice"), S_INIT("stranger") };

    return walk_seldom(w, 6) ? others[walk_pick(w, COUNT(others))]
                             : S("expert");
}

static void wish_note(struct walk *, void *data)
{
    *(struct note *)data = (struct note){ S("可") };
}

static void wish_reasons(struct walk *, void *data)
{
    *(struct reasons *)data = (struct reasons){ S("理由") };
}

/* --- the table ------------------------------------------------------------ */

/* clang-format off */
static const struct {
    const char *command;
    uint64_t weight;
    void (*make)(struct walk *w, void *data); /* NULL: nothing to say */
} wishes[] = {
    { "case.open", 400, wish_case },
    { "eligibility.answer", 60, wish_eligibility },
    { "assessment.record", 60, wish_assessment },
    { "document.add", 400, wish_document },
    { "document.reuse", 60, wish_reuse },
    { "documents.take_over", 20, NULL },
    { "application.submit", 40, wish_application },
    { "case.withdraw", 4, wish_reasons },
    { "supplement.ask", 80, wish_note },
    { "application.resubmit", 100, NULL },
    { "application.accept", 400, wish_note },
    { "application.decline", 4, wish_reasons },
    { "quote.make", 200, wish_quote },
    { "contract.accept", 200, wish_accept },
    { "contract.sign", 400, wish_sign },
    { "payment.record", 400, wish_payment },
    { "invoice.issue", 60, wish_invoice },
    { "invoice.cancel", 20, wish_cancel },
    { "refund.record", 300, wish_refund },
    { "offer.note", 8, wish_offer },
    { "cost.note", 6, wish_cost },
    { "document.judge", 400, wish_judgement },
    { "revision.ask", 100, wish_revision },
    { "review.pass", 400, wish_note },
    { "risk.note", 12, wish_risk },
    { "plan.make", 200, wish_plan },
    { "plan.replace", 40, wish_replacement },
    { "plan.agree", 400, wish_note },
    { "plan.object", 80, wish_reasons },
    { "audit.open", 400, wish_note },
    { "finding.record", 600, wish_finding },
    { "figure.record", 40, wish_figure },
    { "special.record", 10, wish_special },
    { "nonconformity.raise", 100, wish_nonconformity },
    { "sample.commit", 200, wish_commitment },
    { "sample.give_nonce", 200, wish_nonce },
    { "sample.reveal", 200, wish_reveal },
    { "sample.ask", 200, wish_customer },
    { "sample.call", 60, wish_call },
    { "interview.record", 12, wish_interview },
    { "observation.record", 12, wish_observation },
    { "defence.record", 40, wish_defence },
    { "audit.close", 600, wish_note },
    { "report.issue", 400, wish_report },
    { "report.acknowledge", 400, wish_note },
    { "correction.submit", 300, wish_correction },
    { "correction.accept", 300, wish_verdict },
    { "correction.return", 200, wish_verdict },
    { "correction.extend", 120, wish_extension },
    { "decision.panel", 100, wish_panel_name },
    { "decision.advise", 300, wish_advice },
    { "decision.propose", 40, wish_motion },
    { "decision.vote", 600, wish_vote },
    { "decision.grant", 400, wish_grant },
    { "decision.refuse", 60, wish_reasons },
    { "decision.question", 150, wish_reasons },
    { "decision.answer", 400, wish_reasons },
    { "decision.sign", 600, NULL },
    { "decision.return", 150, wish_reasons },
    { "certificate.issue", 400, NULL },
    { "condition.answer", 100, wish_condition_answer },
    { "condition.judge", 200, wish_condition_verdict },
    { "condition.extend", 60, wish_condition_extension },
    { "round.open", 100, wish_round },
    { "transfer.record", 300, wish_transfer },
    { "sites.draw", 60, NULL },
    { "certificate.suspend", 12, wish_suspension },
    { "certificate.restore", 100, wish_reasons },
    { "reduction.decide", 12, wish_reduction },
    { "certificate.reduce", 100, wish_note },
    { "reduction.return", 60, wish_reasons },
    { "withdrawal.decide", 6, wish_ending },
    { "certificate.withdraw", 100, wish_note },
    { "cancellation.ask", 4, wish_reasons },
    { "certificate.cancel", 3, wish_ending },
    { "certificate.expire", 2, NULL },
    { "appeal.file", 60, wish_appeal },
    { "appeal.assign", 300, wish_panel },
    { "appeal.decide", 300, wish_ruling },
    { "change.ask", 90, wish_change },
    { "change.approve", 200, wish_change_approval },
    { "change.refuse", 60, wish_change_refusal },
    { "certificate.sub", 60, wish_sub },
    { "certificate.sub_end", 12, wish_sub_end },
    { "mark.ask", 40, wish_mark },
    { "mark.approve", 60, wish_approval },
    { "mark.refuse", 60, wish_mark_reasons },
    { "mark.stop", 60, wish_mark_reasons },
    { "misuse.record", 5, wish_misuse },
    { "misuse.settle", 100, wish_settling },
    { "message.send", 6, wish_message },
    { "message.settle", 60, wish_note },
    { "complaint.record", 3, wish_complaint },
    { "complaint.assign", 60, wish_handler },
    { "complaint.answer", 100, wish_answer },
};
/* clang-format on */

static size_t wish_of(const struct command_kind *k)
{
    size_t i = 0;

    while (i < COUNT(wishes) && strcmp(wishes[i].command, k->name) != 0)
        i++;
    return i;
}

/* --- what can wait -------------------------------------------------------- */

static bool has_documents(const struct walk *w)
{
    return !wish_wants_documents(w);
}

static bool has_transfer(const struct walk *w)
{
    return w->state->transfer != NULL;
}

/* The rest of the money, after the prepayment. */
static bool is_under_way(const struct walk *w)
{
    return w->state->stage != STAGE_CONTRACT;
}

static bool has_findings(const struct walk *w)
{
    return !wish_wants_findings(w);
}

static bool has_defence(const struct walk *w)
{
    return w->state->defence != NULL;
}

static bool has_subs(const struct walk *w)
{
    return !wish_wants_sub(w);
}

static bool is_to_raise(const struct walk *w)
{
    size_t leaf;

    return wish_wants_raising(w, &leaf);
}

static bool has_raised(const struct walk *w)
{
    return !is_to_raise(w);
}

/* Does nothing call for the command, or something else come first?  Then it is
 * seldom given. */
static bool can_wait(const struct walk *w, const char *command)
{
    static const struct {
        const char *command;
        bool (*waits)(const struct walk *w);
    } rows[] = {
        { "document.add", has_documents },
        { "document.reuse", has_documents },
        { "transfer.record", has_transfer },
        { "payment.record", is_under_way },
        { "finding.record", has_findings },
        { "nonconformity.raise", has_raised },
        { "defence.record", has_defence },
        { "audit.close", is_to_raise },
        { "decision.panel", wish_has_panel },
        { "decision.vote", wish_has_voted },
        { "decision.grant", wish_waits_for_votes },
        { "decision.refuse", wish_waits_for_votes },
        { "certificate.sub", has_subs },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (strcmp(rows[i].command, command) == 0)
            return rows[i].waits(w);
    }
    return false;
}

uint64_t wish_weight(const struct walk *w, const struct command_kind *k)
{
    size_t i = wish_of(k);
    bool over = strcmp(k->name, "certificate.expire") == 0 &&
                w->facts.today > w->state->certificate->until;

    if (i == COUNT(wishes))
        return 0;
    if (over)
        return 400;
    return can_wait(w, k->name) ? wishes[i].weight / 20 : wishes[i].weight;
}

const void *wish_sensible(struct walk *w, const struct command_kind *k)
{
    size_t i = wish_of(k);
    void *data = arena_zero(w->arena, k->record->size);

    if (data != NULL && i < COUNT(wishes) && wishes[i].make != NULL)
        wishes[i].make(w, data);
    return data;
}
