#include "domain/test_ledger_parts.h"

#include "base/size.h"

#include <assert.h>

/* --- who is who ----------------------------------------------------------- */

bool ledger_among(const struct ledger_people *p, id person)
{
    for (size_t i = 0; i < p->n; i++) {
        if (id_eq(p->people[i], person))
            return true;
    }
    return false;
}

void ledger_remember(struct ledger_people *p, id person)
{
    if (!ledger_among(p, person) && p->n < LEDGER_PEOPLE)
        p->people[p->n++] = person;
}

void ledger_remember_team(struct ledger_people *p, const struct plan *plan)
{
    const struct team_member *team = plan == NULL ? NULL : plan->team.p;

    for (size_t i = 0; plan != NULL && i < plan->team.n; i++)
        ledger_remember(p, team[i].person);
}

bool ledger_in_team(const struct plan *plan, id person)
{
    struct ledger_people team = { 0 };

    ledger_remember_team(&team, plan);
    return ledger_among(&team, person);
}

static bool leads(const struct plan *plan, id person)
{
    const struct team_member *team = plan == NULL ? NULL : plan->team.p;

    for (size_t i = 0; plan != NULL && i < plan->team.n; i++) {
        if (id_eq(team[i].person, person))
            return team[i].lead;
    }
    return false;
}

bool ledger_is_tied(const struct ledger *l, id person, day on)
{
    for (size_t i = 0; i < l->facts->person_count; i++) {
        const struct person *p = &l->facts->people[i];

        for (size_t k = 0; k < p->relation_count; k++) {
            day until = p->relations[k].until;
            day free =
                until == DAY_NEVER
                    ? DAY_NEVER
                    : span_end(NULL, until, l->scheme->limits.conflict).on + 1;

            if (id_eq(p->id, person) && on < free &&
                id_eq(p->relations[k].enterprise, l->opened->enterprise))
                return true;
        }
    }
    return false;
}

const char *ledger_check_plan(const struct ledger *l, const struct plan *p,
                              day on)
{
    const struct team_member *team = p->team.p;
    size_t leading = 0;

    for (size_t i = 0; i < p->team.n; i++) {
        leading += team[i].lead;
        if (ledger_is_tied(l, team[i].person, on))
            return "[LG3] a team with a tie";
    }
    if (leading != 1)
        return "a team with another number of leads than one";
    return p->from >= on && p->to >= p->from ? NULL
                                             : "[LG6] a plan for gone by";
}

/* --- the pages, by stage -------------------------------------------------- */

static const char *enter_opened(struct ledger *l, const struct event *e)
{
    if (l->opened != NULL)
        return "[LG1] opened twice";
    l->opened = e->data;
    return NULL;
}

/* [LG11] "C2025-0009:licence" is this document of the library's? */
static bool is_item(const struct library_item *item, const struct document *x)
{
    size_t colon = str_index(x->from, ':');
    const struct document *d = item->document;

    return str_eq(str_first(x->from, colon), item->case_number) &&
           colon < x->from.n &&
           str_eq(str_from(x->from, colon + 1), d->requirement) &&
           hash_eq(&x->blob, &d->blob) && x->covers_from == d->covers_from &&
           x->covers_to == d->covers_to;
}

static const char *enter_document(struct ledger *l, const struct event *e)
{
    DATA(document, x, e);
    bool known = x->from.n == 0;

    for (size_t i = 0; i < l->facts->library_count; i++)
        known = known || is_item(&l->facts->library[i], x);
    if (!known)
        return "[LG11] took over what the enterprise does not have";
    return x->covers_to == DAY_NEVER || x->covers_to <= e->on
               ? NULL
               : "[LG6] a document of tomorrow";
}

static const char *enter_application(struct ledger *l, const struct event *e)
{
    DATA(application, x, e);

    l->application = x;
    if (x->check_due != DAY_NEVER && x->check_due < e->on)
        return "[LG6] a check that was due before the application";
    if (!str_eq(x->name, l->facts->enterprise->name) ||
        !str_eq(x->uscc, l->facts->enterprise->uscc))
        return "an application of somebody else";
    return x->service_staff <= x->staff ? NULL
                                        : "more service staff than staff";
}

static const char *enter_supplement(struct ledger *, const struct event *e)
{
    DATA(supplement_asked, x, e);

    if (x->missing.n == 0 && x->note.n == 0)
        return "a notice that asks for nothing";
    return x->until > e->on ? NULL : "[LG6] a supplement without time";
}

static const char *enter_resubmitted(struct ledger *, const struct event *e)
{
    DATA(resubmitted, x, e);

    return x->check_due >= e->on ? NULL : "[LG6] a check due before";
}

static const char *enter_end(struct ledger *l, const struct event *)
{
    l->ended = true;
    l->declined = true;
    return NULL;
}

/* Who did it hears no appeal against it. */
static const char *enter_declined(struct ledger *l, const struct event *e)
{
    ledger_remember(&l->involved, e->actor);
    return enter_end(l, e);
}

static const char *enter_review(struct ledger *l, const struct event *)
{
    return l->paid >= l->quote->prepayment ? NULL
                                           : "[LG4] reviewed before the money";
}

static const char *enter_revision(struct ledger *l, const struct event *e)
{
    DATA(revision, x, e);

    if (x->until <= e->on)
        return "[LG6] a revision without time";
    return enter_review(l, e);
}

const struct site *ledger_site(const struct ledger *l, str name)
{
    const struct site *sites = l->application->sites.p;

    for (size_t i = 0; i < l->application->sites.n; i++) {
        if (str_eq(sites[i].name, name))
            return &sites[i];
    }
    return NULL;
}

bool ledger_left(const struct ledger *l, str site)
{
    for (size_t i = 0; i < l->left_count; i++) {
        if (str_eq(l->left[i], site))
            return true;
    }
    return false;
}

static const char *enter_sites(struct ledger *l, const struct event *e)
{
    DATA(sites_drawn, x, e);
    const str *names = x->drawn.p;

    if (l->drawn != NULL)
        return "[LG7] sites drawn twice";
    l->drawn = x;
    for (size_t i = 0; i < x->drawn.n; i++) {
        const struct site *site = ledger_site(l, names[i]);

        if (site == NULL || site->kind == SITE_HQ || ledger_left(l, names[i]))
            return "[LG7] drew what is no branch";
        for (size_t k = 0; k < i; k++) {
            if (str_eq(names[k], names[i]))
                return "[LG7] drew a site twice";
        }
    }
    return (int64_t)x->drawn.n <= x->least ? NULL : "[LG7] drew too many";
}

static const char *enter_plan(struct ledger *l, const struct event *e)
{
    DATA(plan, x, e);
    const str *drawn = l->drawn == NULL ? NULL : l->drawn->drawn.p;
    const str *names = x->sites.p;

    l->plan = x;
    for (size_t i = 0; drawn != NULL && i < l->drawn->drawn.n; i++) {
        size_t k = 0;

        while (k < x->sites.n && !str_eq(names[k], drawn[i]))
            k++;
        if (k == x->sites.n && l->round != ROUND_SPECIAL &&
            l->round != ROUND_EXTENSION && !ledger_left(l, drawn[i]))
            return "[LG7] a site that was drawn is left out";
    }
    return ledger_check_plan(l, x, e->on);
}

/* --- the whole ------------------------------------------------------------ */

enum part {
    SPEAKS = 1,  /* the enterprise says so */
    EVALUATES,   /* part of the evaluation */
    AUDITS,      /* the same, by the team */
    LEADS,       /* the same, by its lead */
    DECIDES,     /* part of the decision */
    ADJUDGES,    /* about the certificate, by who took no part in the round */
    HEARS,       /* had no part in the case */
    ASKS,        /* the enterprise, or who keeps the certificate */
    WRITES,      /* either side, and nobody who decides */
    MANAGES,     /* about the certificate, by who keeps it */
    ADMINISTERS, /* none of these */
};

struct page {
    const char *type;
    const char *needs; /* an event that came before [LG8] */
    enum part part;
    const char *(*enter)(struct ledger *l, const struct event *e);
};

/* clang-format off */
static const struct page pages[] = {
    { "case.opened", NULL, SPEAKS, enter_opened },
    { "eligibility.answered", "case.opened", SPEAKS, NULL },
    { "assessment.recorded", "case.opened", SPEAKS, NULL },
    { "document.added", "case.opened", SPEAKS, enter_document },
    { "application.submitted", "assessment.recorded", SPEAKS, enter_application },
    { "case.withdrawn", "case.opened", SPEAKS, enter_end },
    { "supplement.asked", "application.submitted", ADMINISTERS, enter_supplement },
    { "application.resubmitted", "supplement.asked", SPEAKS, enter_resubmitted },
    { "application.accepted", "application.submitted", ADMINISTERS, NULL },
    { "application.declined", "application.submitted", ADMINISTERS, enter_declined },
    { "quote.made", "application.accepted", ADMINISTERS, enter_quote },
    { "contract.accepted", "quote.made", SPEAKS, NULL },
    { "contract.signed", "contract.accepted", ADMINISTERS, NULL },
    { "payment.recorded", "contract.signed", ADMINISTERS, enter_payment },
    { "invoice.issued", "contract.signed", ADMINISTERS, enter_invoice },
    { "invoice.cancelled", "invoice.issued", ADMINISTERS, enter_cancelling },
    { "refund.recorded", "payment.recorded", ADMINISTERS, enter_refund },
    { "offer.noted", "case.opened", SPEAKS, NULL },
    { "cost.noted", "case.opened", SPEAKS, NULL },
    { "document.judged", "contract.signed", EVALUATES, enter_review },
    { "revision.asked", "document.judged", EVALUATES, enter_revision },
    { "review.passed", "document.judged", EVALUATES, enter_review },
    { "risk.noted", "contract.signed", EVALUATES, NULL },
    { "plan.made", "review.passed", ADMINISTERS, enter_plan },
    { "plan.agreed", "plan.made", SPEAKS, enter_agreement },
    { "plan.objected", "plan.made", SPEAKS, enter_objection },
    { "audit.opened", "plan.agreed", LEADS, enter_opening },
    { "plan.replaced", "audit.opened", ADMINISTERS, enter_replacement },
    { "plan.narrowed", "round.opened", ADJUDGES, enter_narrowing },
    { "finding.recorded", "audit.opened", AUDITS, enter_finding },
    { "figure.recorded", "audit.opened", AUDITS, enter_figure },
    { "special.recorded", "audit.opened", LEADS, enter_special },
    { "nonconformity.raised", "audit.opened", AUDITS, enter_nonconformity },
    { "sample.committed", "audit.opened", AUDITS, enter_commitment },
    { "sample.nonce_given", "sample.committed", SPEAKS, enter_nonce },
    { "sample.drawn", "sample.nonce_given", AUDITS, enter_drawn },
    { "sample.asked", "sample.drawn", AUDITS, enter_customer },
    { "sample.called", "sample.drawn", AUDITS, enter_call },
    { "interview.recorded", "audit.opened", AUDITS, enter_interview },
    { "observation.recorded", "audit.opened", AUDITS, enter_observation },
    { "defence.recorded", "audit.opened", LEADS, NULL },
    { "audit.closed", "finding.recorded", LEADS, enter_closing },
    { "report.issued", "audit.closed", LEADS, enter_report },
    { "report.acknowledged", "report.issued", SPEAKS, NULL },
    { "correction.submitted", "report.acknowledged", SPEAKS, enter_correction },
    { "correction.accepted", "correction.submitted", AUDITS, enter_verdict },
    { "correction.returned", "correction.submitted", AUDITS, enter_verdict },
    { "correction.extended", "report.acknowledged", ADMINISTERS, enter_extension },
    { "decision.panel_named", "report.acknowledged", ADMINISTERS, enter_panel_named },
    { "decision.advised", "decision.panel_named", DECIDES, enter_advice },
    { "decision.proposed", "decision.panel_named", DECIDES, enter_motion },
    { "decision.voted", "decision.panel_named", DECIDES, enter_vote },
    { "decision.made", "report.acknowledged", DECIDES, enter_decision },
    { "decision.questioned", "report.acknowledged", DECIDES, NULL },
    { "decision.answered", "decision.questioned", LEADS, NULL },
    { "record.committed", "decision.made", DECIDES, enter_record },
    { "decision.signed", "decision.made", DECIDES, enter_signature },
    { "decision.returned", "decision.made", DECIDES, enter_return },
    { "certificate.recorded", "decision.signed", ADMINISTERS, enter_certificate },
    { "condition.answered", "certificate.recorded", SPEAKS, enter_condition_answer },
    { "condition.judged", "condition.answered", ADJUDGES, enter_condition_verdict },
    { "condition.extended", "certificate.recorded", ADJUDGES, enter_condition_extension },
    { "round.opened", "certificate.recorded", ADMINISTERS, enter_round },
    { "sites.drawn", "review.passed", ADMINISTERS, enter_sites },
    { "transfer.recorded", "case.opened", SPEAKS, enter_transfer },
    { "suspension.decided", "certificate.recorded", MANAGES, enter_suspension },
    { "suspension.lifted", "suspension.decided", ADJUDGES, enter_lifting },
    { "scope.reduced", "certificate.recorded", ADJUDGES, enter_lone_reduction },
    { "reduction.decided", "certificate.recorded", ADJUDGES, enter_reduction },
    { "reduction.signed", "reduction.decided", ADJUDGES, enter_reduced },
    { "reduction.returned", "reduction.decided", ADJUDGES, enter_no_reduction },
    { "withdrawal.decided", "certificate.recorded", ADJUDGES, enter_withdrawal },
    { "withdrawal.signed", "withdrawal.decided", ADJUDGES, enter_withdrawn },
    { "cancellation.asked", "certificate.recorded", SPEAKS, NULL },
    { "cancellation.made", "certificate.recorded", MANAGES, enter_cancelled },
    { "validity.ended", "certificate.recorded", ADMINISTERS, enter_expired },
    { "appeal.filed", "application.submitted", SPEAKS, enter_appeal },
    { "appeal.assigned", "appeal.filed", ADMINISTERS, enter_panel },
    { "appeal.decided", "appeal.assigned", HEARS, enter_ruling },
    { "change.asked", "certificate.recorded", ASKS, enter_change },
    { "change.approved", "change.asked", ADJUDGES, NULL },
    { "change.refused", "change.asked", ADJUDGES, enter_no_change },
    { "certificate.changed", "change.approved", ADJUDGES, enter_changed },
    { "sub.recorded", "certificate.recorded", ADMINISTERS, enter_sub },
    { "sub.ended", "sub.recorded", MANAGES, enter_sub_end },
    { "mark.asked", "certificate.recorded", SPEAKS, enter_mark },
    { "mark.approved", "mark.asked", MANAGES, enter_approval },
    { "mark.refused", "mark.asked", MANAGES, NULL },
    { "mark.stopped", "mark.approved", MANAGES, NULL },
    { "misuse.recorded", "certificate.recorded", ADMINISTERS, enter_misuse },
    { "misuse.settled", "misuse.recorded", MANAGES, enter_settling },
    { "message.sent", "application.submitted", WRITES, enter_message },
    { "message.settled", "message.sent", ADMINISTERS, enter_message_settled },
    { "complaint.recorded", "case.opened", ADMINISTERS, enter_complaint },
    { "complaint.assigned", "complaint.recorded", ADMINISTERS, NULL },
    { "complaint.answered", "complaint.assigned", HEARS, NULL },
};
/* clang-format on */

static_assert(COUNT(pages) <= LEDGER_PAGES, "a mark for every page");

static size_t page_of(const char *type)
{
    size_t i = 0;

    while (i < COUNT(pages) && strcmp(pages[i].type, type) != 0)
        i++;
    return i;
}

static bool own_enterprise(const struct ledger *l)
{
    id enterprise =
        l->opened == NULL ? l->facts->enterprise->id : l->opened->enterprise;

    return id_eq(l->facts->actor.enterprise, enterprise);
}

/* Whoever asks without being of the enterprise keeps the certificate, or enters
 * a paper. */
static bool speaks_in(const struct ledger *l, enum part part)
{
    const unsigned keeps = ROLE_BIT(ROLE_CERTIFICATES);

    return part == SPEAKS || (part == WRITES && own_enterprise(l)) ||
           (part == ASKS &&
            (own_enterprise(l) || (l->facts->actor.roles & keeps) == 0));
}

/* [LG2] */
static const char *check_voice(const struct ledger *l, const struct event *e,
                               bool speaks)
{
    const struct actor *a = &l->facts->actor;

    if (own_enterprise(l))
        return speaks ? NULL : "[LG2] the enterprise acts as staff";
    if (!speaks)
        return NULL;
    if ((a->roles & ROLE_BIT(ROLE_INTAKE)) == 0)
        return "[LG2] somebody speaks for another's enterprise";
    if (strcmp(e->kind->name, "sample.nonce_given") == 0)
        return "[LG2] both halves of a coin in one hand";
    if (strcmp(e->kind->name, "offer.noted") == 0 ||
        strcmp(e->kind->name, "cost.noted") == 0)
        return "[LG2] staff read what others offer";
    return l->opened == NULL || l->opened->paper
               ? NULL
               : "[LG2] staff speak where the enterprise does";
}

/* [LG3] */
static const char *check_part(struct ledger *l, const struct event *e,
                              enum part part)
{
    bool evaluates = part == EVALUATES || part == AUDITS || part == LEADS;

    bool decides = part == DECIDES || part == ADJUDGES;

    if ((evaluates || decides || part == HEARS) &&
        ledger_is_tied(l, e->actor, e->on))
        return "[LG3] a tie to the enterprise";
    if (decides && ledger_among(&l->evaluators, e->actor))
        return "[LG3] who evaluated decides";
    if (part == HEARS && ledger_among(&l->involved, e->actor))
        return "[LG10] who had a part hears an appeal or a complaint";
    if ((part == AUDITS && !ledger_in_team(l->plan, e->actor)) ||
        (part == LEADS && !leads(l->plan, e->actor)))
        return "[LG3] an auditor who is in no team";
    if ((part == AUDITS || part == LEADS) && !ledger_knows(l, e))
        return "[LG15] an auditor the enterprise did not agree to";
    if (evaluates)
        ledger_remember(&l->evaluators, e->actor);
    if (evaluates || decides || part == MANAGES)
        ledger_remember(&l->involved, e->actor);
    return NULL;
}

/* What may still be said, and paid, when a case is over. */
static bool outlasts_the_end(const char *type)
{
    static const char *const begins[] = { "appeal.",  "complaint.", "invoice.",
                                          "payment.", "refund.",    "misuse." };

    for (size_t i = 0; i < COUNT(begins); i++) {
        if (str_begins(str_of(type), str_of(begins[i])))
            return true;
    }
    return false;
}

void ledger_begin_round(struct ledger *l)
{
    for (size_t i = page_of("plan.made"); i <= page_of("decision.signed"); i++)
        l->done[i] = false;
    l->evaluators.n = 0;
    l->drawn = NULL;
    l->plan = NULL;
    l->known.n = 0;
    l->objected = false;
    l->decision = NULL;
    l->panel_named = NULL;
    l->seated.n = 0;
    l->refused_by = (id){ { 0 } };
}

void ledger_init(struct ledger *l, const struct scheme *s,
                 const struct facts *facts)
{
    *l = (struct ledger){ .scheme = s, .facts = facts };
}

const char *ledger_enter(struct ledger *l, const struct event *e)
{
    size_t at = page_of(e->kind->name);
    const struct page *p = &pages[at];
    const char *wrong;

    if (at == COUNT(pages))
        return "an event of another stream";
    if (l->ended && !outlasts_the_end(e->kind->name))
        return "[LG1] something happened after the end";
    if (p->needs != NULL && !l->done[page_of(p->needs)])
        return "[LG8] a step was left out";
    wrong = check_voice(l, e, speaks_in(l, p->part));
    if (wrong == NULL)
        wrong = check_part(l, e, p->part);
    if (wrong == NULL && p->enter != NULL)
        wrong = p->enter(l, e);
    l->done[at] = true;
    return wrong;
}
