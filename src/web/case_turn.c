#include "web/case_turn.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/rights.h"
#include "service/case_acts.h"

#include <string.h>

/* Does a step go on by it [TU2], or may it be done beside any? */
enum { BESIDE, STEP };

struct place {
    const char *command;
    enum case_tab tab;
    int step;
    const char *room;  /* its page, below /cases/NUMBER; NULL: its form */
    const char *after; /* the page its form leads to [TU5]; "": the case */
};

/* [TU1] In the order of domain/rights.c. */
/* clang-format off */
static const struct place places[] = {
    { "case.open", TAB_OVERVIEW, BESIDE, NULL, "" },
    { "eligibility.answer", TAB_OVERVIEW, STEP, NULL, "/apply" },
    { "assessment.record", TAB_OVERVIEW, STEP, "/assess", "" },
    { "document.add", TAB_PAPERS, STEP, "/papers", "" },
    { "document.reuse", TAB_PAPERS, STEP, NULL, "" },
    { "documents.take_over", TAB_PAPERS, STEP, NULL, "" },
    { "transfer.record", TAB_OVERVIEW, STEP, NULL, "" },
    { "application.submit", TAB_OVERVIEW, STEP, "/apply", "" },
    { "case.withdraw", TAB_OVERVIEW, BESIDE, NULL, "" },
    { "supplement.ask", TAB_PAPERS, STEP, NULL, "" },
    { "application.resubmit", TAB_PAPERS, STEP, NULL, "" },
    { "application.accept", TAB_PAPERS, STEP, NULL, "" },
    { "application.decline", TAB_PAPERS, STEP, NULL, "" },
    { "quote.make", TAB_MONEY, STEP, NULL, "" },
    { "contract.accept", TAB_MONEY, STEP, "/contract", "/contract" },
    { "contract.sign", TAB_MONEY, STEP, NULL, "" },
    { "payment.record", TAB_MONEY, BESIDE, NULL, "" },
    { "document.judge", TAB_PAPERS, STEP, "/papers", "" },
    { "revision.ask", TAB_PAPERS, STEP, NULL, "" },
    { "review.pass", TAB_PAPERS, STEP, NULL, "" },
    { "risk.note", TAB_CHECKLIST, BESIDE, "/sample", "" },
    { "sites.draw", TAB_TEAM, STEP, NULL, "" },
    { "plan.make", TAB_TEAM, STEP, NULL, "" },
    { "plan.replace", TAB_TEAM, BESIDE, NULL, "" },
    { "plan.agree", TAB_TEAM, STEP, NULL, "" },
    { "plan.object", TAB_TEAM, STEP, NULL, "" },
    { "audit.open", TAB_AUDIT, STEP, NULL, "/audit" },
    { "finding.record", TAB_CHECKLIST, STEP, "/checklist", "" },
    { "figure.record", TAB_AUDIT, STEP, NULL, "" },
    { "special.record", TAB_AUDIT, STEP, NULL, "" },
    { "nonconformity.raise", TAB_AUDIT, STEP, NULL, "" },
    { "sample.commit", TAB_CHECKLIST, STEP, NULL, "" },
    { "sample.give_nonce", TAB_AUDIT, STEP, "/sample", "" },
    { "sample.reveal", TAB_CHECKLIST, STEP, NULL, "" },
    { "sample.ask", TAB_CHECKLIST, STEP, NULL, "" },
    { "sample.call", TAB_CHECKLIST, STEP, NULL, "" },
    { "interview.record", TAB_CHECKLIST, STEP, NULL, "" },
    { "observation.record", TAB_CHECKLIST, STEP, NULL, "" },
    { "defence.record", TAB_AUDIT, STEP, NULL, "" },
    { "audit.close", TAB_AUDIT, STEP, NULL, "/audit" },
    { "report.issue", TAB_AUDIT, STEP, NULL, "" },
    { "report.acknowledge", TAB_AUDIT, STEP, NULL, "" },
    { "correction.submit", TAB_AUDIT, STEP, NULL, "" },
    { "correction.accept", TAB_AUDIT, STEP, NULL, "" },
    { "correction.return", TAB_AUDIT, STEP, NULL, "" },
    { "correction.extend", TAB_AUDIT, STEP, NULL, "" },
    { "decision.panel", TAB_DECISION, STEP, NULL, "" },
    { "decision.advise", TAB_DECISION, STEP, NULL, "" },
    { "decision.propose", TAB_DECISION, STEP, NULL, "" },
    { "decision.vote", TAB_DECISION, STEP, NULL, "" },
    { "decision.grant", TAB_DECISION, STEP, NULL, "" },
    { "decision.refuse", TAB_DECISION, STEP, NULL, "" },
    { "decision.question", TAB_DECISION, STEP, NULL, "" },
    { "decision.answer", TAB_DECISION, STEP, NULL, "" },
    { "decision.sign", TAB_DECISION, STEP, NULL, "" },
    { "decision.return", TAB_DECISION, STEP, NULL, "" },
    { "certificate.issue", TAB_CERTIFICATE, STEP, NULL, "" },
    { "condition.answer", TAB_CERTIFICATE, STEP, NULL, "" },
    { "condition.judge", TAB_CERTIFICATE, STEP, NULL, "" },
    { "condition.extend", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "round.open", TAB_CERTIFICATE, STEP, NULL, "" },
    { "invoice.issue", TAB_MONEY, BESIDE, NULL, "" },
    { "invoice.cancel", TAB_MONEY, BESIDE, NULL, "" },
    { "refund.record", TAB_MONEY, BESIDE, NULL, "" },
    { "offer.note", TAB_MONEY, BESIDE, NULL, "/offers" },
    { "cost.note", TAB_MONEY, BESIDE, NULL, "/offers" },
    { "appeal.file", TAB_DECISION, BESIDE, NULL, "" },
    { "appeal.assign", TAB_DECISION, BESIDE, NULL, "" },
    { "appeal.decide", TAB_DECISION, BESIDE, NULL, "" },
    { "complaint.record", TAB_OVERVIEW, BESIDE, NULL, "" },
    { "complaint.assign", TAB_OVERVIEW, BESIDE, NULL, "" },
    { "complaint.answer", TAB_OVERVIEW, BESIDE, NULL, "" },
    { "message.send", TAB_MESSAGES, BESIDE, "/messages", "/messages" },
    { "message.settle", TAB_MESSAGES, BESIDE, "/messages", "/messages" },
    { "change.ask", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "change.approve", TAB_CERTIFICATE, STEP, NULL, "" },
    { "change.refuse", TAB_CERTIFICATE, STEP, NULL, "" },
    { "certificate.sub", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.sub_end", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "mark.ask", TAB_CERTIFICATE, BESIDE, NULL, "/mark" },
    { "mark.approve", TAB_CERTIFICATE, STEP, NULL, "" },
    { "mark.refuse", TAB_CERTIFICATE, STEP, NULL, "" },
    { "mark.stop", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "misuse.record", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "misuse.settle", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.suspend", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.restore", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "reduction.decide", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.reduce", TAB_CERTIFICATE, STEP, NULL, "" },
    { "reduction.return", TAB_CERTIFICATE, STEP, NULL, "" },
    { "withdrawal.decide", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.withdraw", TAB_CERTIFICATE, STEP, NULL, "" },
    { "cancellation.ask", TAB_CERTIFICATE, BESIDE, NULL, "" },
    { "certificate.cancel", TAB_CERTIFICATE, STEP, NULL, "" },
    { "certificate.expire", TAB_CERTIFICATE, BESIDE, NULL, "" },
};
/* clang-format on */

/* The rooms that are tabs themselves. */
static const struct {
    const char *room;
    enum case_tab tab;
} rooms[] = {
    { "/papers", TAB_PAPERS },
    { "/checklist", TAB_CHECKLIST },
    { "/messages", TAB_MESSAGES },
};

/* [TU4] Who gives that command comes next. */
/* clang-format off */
static const struct {
    const char *said;
    const char *to_them;
    const char *command;
} sayings[] = {
    { "waiting.applicant", "page_case.waiting_you", "case.withdraw" },
    { "page_case.no_application", "page_case.no_application_you", "application.submit" },
    { "page_case.document_missing", "page_case.document_missing_you", "document.add" },
    { "page_case.no_quote", "page_case.no_quote_you", "quote.make" },
    { "page_case.contract_waits", "page_case.contract_waits_you", "contract.accept" },
    { "page_case.contract_signing", "page_case.contract_signing_you", "contract.sign" },
    { "page_case.no_team", "page_case.no_team_you", "plan.make" },
    { "page_case.no_plan", "page_case.no_plan_you", "plan.make" },
    { "page_case.team_waits", "page_case.team_waits_you", "plan.agree" },
    { "page_case.meeting_none", "page_case.meeting_none_you", "audit.open" },
    { "page_case.acknowledged", "page_case.acknowledged_you", "report.acknowledge" },
    { "page_case.unsigned", "page_case.unsigned_you", "decision.sign" },
    { "sample_page.not_fixed", "sample_page.not_fixed_you", "sample.commit" },
};
/* clang-format on */

static const struct place *place_of(const char *command)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        if (strcmp(places[i].command, command) == 0)
            return &places[i];
    }
    return NULL;
}

bool case_turn_tab(const char *command, enum case_tab *out)
{
    const struct place *p = place_of(command);

    if (p != NULL)
        *out = p->tab;
    return p != NULL;
}

bool case_turn_is_step(const char *command)
{
    const struct place *p = place_of(command);

    return p != NULL && p->step == STEP;
}

bool case_turn_is_done_on(const char *command, enum case_tab at)
{
    const struct place *p = place_of(command);

    for (size_t i = 0; p != NULL && p->room != NULL && i < COUNT(rooms); i++) {
        if (strcmp(rooms[i].room, p->room) == 0)
            return rooms[i].tab == at;
    }
    return false;
}

const char *case_turn_after(const char *command)
{
    const struct place *p = place_of(command);

    return p == NULL ? "" : p->after;
}

err case_turn_way(const struct case_view *v, const char *command, str *out)
{
    const struct place *p = place_of(command);

    return p != NULL && p->room != NULL ? case_view_address(v, p->room, out)
                                        : case_view_form(v, command, out);
}

static err show_act(const struct case_view *v, const struct right *r,
                    struct case_turn_act *out)
{
    *out = (struct case_turn_act){
        .command = r->command,
        .turn = case_turn_is_step(r->command),
    };
    TRY(case_turn_way(v, r->command, &out->way));
    return answer_id(v->rq, "command.", str_of(r->command), &out->what);
}

err case_turn_acts(const struct case_view *v, struct list *out)
{
    struct case_turn_act *rows;
    struct list found;

    TRY(case_acts(web_app(v->rq), v->rq->arena, v->who, &v->file, v->today,
                  &found));
    CASE_ROWS(v, rows, found.n);

    const struct right *const *acts = found.p;
    for (size_t i = 0; i < found.n; i++)
        TRY(show_act(v, acts[i], &rows[i]));
    *out = (struct list){ rows, found.n };
    return OK;
}

/* Who reads comes next with `command`, now or at its stage: the enterprise with
 * all that is the enterprise's, others with what rights let them do; intake who
 * enters a paper application is not the enterprise. */
static err is_theirs(const struct case_view *v, const char *command, bool *out)
{
    const unsigned enterprise = ROLE_BIT(ROLE_APPLICANT);
    const struct right *r = right_find(command);

    *out = false;
    if (v->owner || (r->roles & enterprise) != 0) {
        *out = v->owner && (r->roles & enterprise) != 0;
        return OK;
    }
    err e = case_act_prepare(web_app(v->rq), v->rq->arena, v->who, &v->file,
                             v->today, r);
    *out = !failed(e) || strcmp(e.info->id, "rights.stage") == 0;
    return !failed(e) || answer_is_theirs(e) ? OK : e;
}

err case_turn_says(const struct case_view *v, const char *said,
                   const char **out)
{
    bool theirs = false;

    for (size_t i = 0; i < COUNT(sayings); i++) {
        if (strcmp(sayings[i].said, said) != 0)
            continue;
        TRY(is_theirs(v, sayings[i].command, &theirs));
        *out = theirs ? sayings[i].to_them : sayings[i].said;
        return OK;
    }
    *out = said;
    return OK;
}
