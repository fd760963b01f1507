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

/* decision.voted: a member's own, which is the actor's */
struct vote {
    int outcome; /* enum outcome */
    str level;   /* granted */
    str reasons;
};

/* --- as it stands ------------------------------------------------------- */

struct panel_state {
    const struct panel *named;             /* NULL: one reviewer decides */
    const struct vote *votes[PANEL_SEATS]; /* newest; a place for each seat */
};

/* --- questions ---------------------------------------------------------- */

/* The seat of `person`, or NULL; `p` may be NULL. */
const struct seat *panel_seat(const struct panel *p, id person);

/* Does seat `i` still have to vote?  Once all have and there is no majority,
 * each of them votes anew. */
bool panel_awaits(const struct state *s, size_t i);

/* What more than half of those who vote say, once all have voted; else NULL. */
const struct vote *panel_majority(const struct state *s);

/* Is `made` what the panel decided?  True without a panel. */
bool panel_says(const struct state *s, const struct decision *made);

/* --- for the rules ------------------------------------------------------ */

/* May there be a decision now, as far as panels go: "panel.needed". */
err panel_ready(struct arena *a, const struct state *s);

/* May the actor decide this: "panel.not_chair", "panel.votes_open" (count),
 * "panel.no_majority". */
err panel_check_decision(struct arena *a, const struct state *s,
                         const struct facts *f, const struct decision *made);

/* May the actor ask the team a question: "panel.not_yours". */
err panel_check_member(struct arena *a, const struct state *s,
                       const struct facts *f);

/* What was voted counts no more: the file changed, or it goes back. */
void panel_forget_votes(struct state *s);

#endif
