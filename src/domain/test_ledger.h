#ifndef DOMAIN_TEST_LEDGER_H
#define DOMAIN_TEST_LEDGER_H

/*
 * test_ledger -- a second opinion on a case: books kept from its sealed events
 * alone, in plain arithmetic, by somebody who never saw the rules' code.
 *
 *   [LG1] A case is opened first and once; after its end nothing happens.
 *   [LG2] The enterprise speaks for itself, or on paper the intake for it; the
 *         two halves of a coin toss are never in one hand.
 *   [LG3] Nobody with a tie evaluates or decides; who evaluated decides
 *         nothing, and who decided does not sign.  [17065 7.6.2] [条例 22]
 *   [LG4] Money adds up, and no review begins before the prepayment; what
 *         goes back was paid, by who gave up before a decision.
 *   [LG5] A certificate has a level whose threshold the findings reach, and
 *         figures that meet its gates; nothing is left to correct.
 *   [LG6] Days follow each other: a limit ends after it begins.
 *   [LG7] Drawn customers differ, come in order, and from the committed seed.
 *   [LG8] No procedure is skipped [条例 21]; each round has all of its own.
 *   [LG9] A certificate is suspended and restored in turn, ends once, and only
 *         expiry happens by itself.
 *   [LG10] Appeals and complaints are heard by people who had no part.
 *          [17065 7.13.5]
 *   [LG11] What was taken over is a document of the enterprise's own, with its
 *          content and its days.
 *   [LG12] Conditions are those of signed decisions to grant; each is answered,
 *          judged, and put off at most once.
 *   [LG13] A panel is an odd number of voters who did not evaluate; what it
 *          decides most of them voted for, conditions too, and none of them
 *          signs it; experts advise before the first vote, and have none.
 *   [LG14] Sub-certificates count up, belong to sites of the application that
 *          did not leave, and end with the certificate or before it.
 *   [LG15] Who joins a team that audits does nothing before the enterprise
 *          agreed to them or let its day pass, nor while it objects.
 */

#include "domain/actor.h"
#include "domain/event.h"
#include "domain/events.h"
#include "domain/panel.h"
#include "domain/score.h"

enum {
    LEDGER_PEOPLE = 128,
    LEDGER_CUSTOMERS = 200,
    LEDGER_CORRECTIONS = 500,
    LEDGER_PAGES = 128,
    LEDGER_BILLS = 100,
    LEDGER_CONDITIONS = 100,
    LEDGER_SUBS = 200,
    LEDGER_LEFT = 100,
};

/* People, each once. */
struct ledger_people {
    id people[LEDGER_PEOPLE];
    size_t n;
};

struct ledger_correction {
    str indicator;
    int grade;
    int audit;    /* raised in this audit */
    bool special; /* with a special deduction */
    bool submitted;
    bool accepted;
};

struct ledger_bill {
    const struct invoice *invoice;
    int64_t paid;
    bool cancelled;
};

/* An audit that the quote does not price. */
struct ledger_held {
    int64_t days; /* tenths of a person-day */
    int64_t sites;
    str level;
};

struct ledger_condition {
    day until;
    bool extended;
    bool answered; /* and not yet judged */
    bool met;
};

struct ledger {
    const struct scheme *scheme;
    const struct facts *facts; /* who is who; the day is the event's own */

    const struct case_opened *opened;
    bool ended;
    bool done[LEDGER_PAGES]; /* what happened so far [LG8] */
    const struct application *application;

    enum round_kind round;
    struct ledger_people evaluators; /* of the round */
    struct ledger_people involved;   /* whoever evaluated or decided, ever */
    const struct sites_drawn *drawn; /* of the round */
    const struct plan *plan;
    struct ledger_people known; /* of the team, to the enterprise */
    bool objected;              /* to who is new there */
    id decided_by;
    day decided_on;
    const struct panel *panel_named; /* that decides this round */
    const struct vote *votes[PANEL_SEATS];
    const struct motion *motion; /* conditions it votes on; NULL: none */
    struct ledger_people seated; /* on any panel of the round */
    id refused_by;               /* whose refusal an appeal sent back */

    const struct quote *quote;
    int64_t paid; /* for the first certification */
    struct ledger_bill bills[LEDGER_BILLS];
    size_t bill_count;
    int64_t loose; /* of paid, before any invoice asked for it */
    int64_t later; /* paid for surveillances, and audits by themselves */
    struct ledger_held held[LEDGER_BILLS];
    size_t held_count;
    bool round_held;
    int64_t refunded;
    bool declined; /* or withdrawn, before any decision */

    int audit;
    struct answer answers[LEAF_MAX];
    struct answer carried[LEAF_MAX]; /* as the rounds before left it */
    struct ratio figures[FIGURE_MAX];
    int32_t deductions;
    bool bonus;
    const struct special *deduction; /* not yet raised; NULL: none */
    struct ledger_correction corrections[LEDGER_CORRECTIONS];
    size_t correction_count;

    const struct sample_commitment *commitment;
    const struct sample_nonce *nonce;
    int64_t rows[LEDGER_CUSTOMERS];
    size_t row_count;
    int64_t wanted;
    int64_t reached;
    const struct sample_call *last_call; /* to the customer whose turn it is */
    int calls;
    int64_t papers; /* interviews and observations */

    const struct decision *decision;
    const struct certificate *certificate;
    struct ledger_condition conditions[LEDGER_CONDITIONS];
    size_t condition_count;
    bool suspended;
    bool wants_surveillance;           /* before it is restored */
    id withdrawal_by;                  /* zero: no withdrawal is decided */
    const struct reduction *reduction; /* decided, not signed; NULL: none */
    id reduction_by;
    const struct appeal *appeal; /* open */
    id panel[16];
    size_t panel_count;
    size_t messages;
    size_t complaints;
    const struct change *change; /* asked for, not judged */
    size_t marks;
    size_t misuses;
    size_t settled;                                  /* of them */
    const struct sub_certificate *subs[LEDGER_SUBS]; /* NULL: it ended */
    size_t sub_count;
    str left[LEDGER_LEFT]; /* sites that belong here no more */
    size_t left_count;
};

void ledger_init(struct ledger *l, const struct scheme *s,
                 const struct facts *facts);

/* Enter the next event, as it was read back from its text: NULL, or the rule
 * that it breaks. */
const char *ledger_enter(struct ledger *l, const struct event *e);

#endif
