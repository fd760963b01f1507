#ifndef DOMAIN_PANEL_H
#define DOMAIN_PANEL_H

/*
 * panel -- what commands and events say of a panel that decides, and what it
 * decided. [17065 7.5] [17065 7.6]
 */

#include "base/err.h"
#include "base/id.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

struct arena;
struct decision;
struct facts;
struct state;

enum {
    PANEL_LEAST = 3,        /* who vote */
    PANEL_OTHERS_MOST = 10, /* who vote beside the chair */
    PANEL_EXPERTS_MOST = 5,
    PANEL_SEATS = 1 + PANEL_OTHERS_MOST + PANEL_EXPERTS_MOST,
};

/* --- commands ----------------------------------------------------------- */

struct panel_name {
    str chair;           /* login */
    struct list members; /* of str: logins of the others who vote */
    struct list experts; /* of str: logins of those who advise */
    str reason;          /* to name another than the one there is */
};

struct motion_put {
    struct list conditions; /* of struct condition_wish; none: without any */
};

struct vote_cast {
    int outcome; /* enum outcome */
    str level;   /* empty: the level reached */
    str reasons;
};

/* --- events ------------------------------------------------------------- */

/* decision.panel_named */
struct panel {
    struct list seats; /* of struct seat; the chair's is the first */
    str reason;
};
struct seat {
    id person;
    bool chair;
    bool expert; /* advises, and has no vote */
};

/* decision.advised: an expert's own, which is the actor's; also the command */
struct advice {
    str text;
};

/* decision.proposed: what goes with a certificate, if the panel grants it */
struct motion {
    struct list conditions; /* of struct condition (condition.h) */
};

/* decision.voted: a member's own, which is the actor's */
struct vote {
    int outcome; /* enum outcome */
    str level;   /* granted */
    str reasons;
    struct list conditions; /* granted: those that were proposed */
};

/* --- as it stands ------------------------------------------------------- */

struct panel_state {
    const struct panel *named;   /* NULL: one reviewer decides */
    const struct motion *motion; /* newest; NULL: no conditions proposed */
    /* newest; a place for each seat */
    const struct vote *votes[PANEL_SEATS];
    const struct advice *advice[PANEL_SEATS];
};

/* --- questions ---------------------------------------------------------- */

/* The seat of `person`, or NULL; `p` may be NULL. */
const struct seat *panel_seat(const struct panel *p, id person);

/* Does seat `i` still have to vote?  Once all have and there is no majority,
 * each of them votes anew. */
bool panel_awaits(const struct state *s, size_t i);

/* Has anybody voted? */
bool panel_has_voted(const struct state *s);

/* Is seat `i` an expert's whose advice is still to come, and may come? */
bool panel_awaits_advice(const struct state *s, size_t i);

/* What more than half of those who vote say, once all have voted; else NULL. */
const struct vote *panel_majority(const struct state *s);

/* Are its conditions those that were proposed, where any were? */
bool panel_proposed(const struct state *s, const struct decision *made);

/* Is `made` what the panel decided?  True without a panel. */
bool panel_says(const struct state *s, const struct decision *made);

/* --- for the rules ------------------------------------------------------ */

/* May there be a decision now, as far as panels go: "panel.needed". */
err panel_ready(struct arena *a, const struct state *s);

/* May the actor decide this: "panel.not_chair", "panel.votes_open" (count),
 * "panel.no_majority". */
err panel_check_decision(struct arena *a, const struct state *s,
                         const struct facts *f, const struct decision *made);

/* The conditions of what a panel grants: those it voted on, into `out` (of
 * struct condition).  ERR_INVALID "panel.conditions" where the chair `wish`es
 * others; "condition.late" as condition_check_days() has it. */
err panel_conditions(struct arena *a, const struct state *s,
                     const struct facts *f, const struct list *wish,
                     struct list *out);

/* May the actor ask the team a question: "panel.not_yours". */
err panel_check_member(struct arena *a, const struct state *s,
                       const struct facts *f);

/* What was voted counts no more: the file changed, or it goes back. */
void panel_forget_votes(struct state *s);

#endif
