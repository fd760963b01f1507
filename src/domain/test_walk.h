#ifndef DOMAIN_TEST_WALK_H
#define DOMAIN_TEST_WALK_H

/*
 * test_walk -- a case that people push about: anybody, anything, on any day;
 * and after every command, whether all that must hold does.
 *
 *   [WK1] A walk is what its choices make of it: the same numbers, the same
 *         walk.  So a property test draws them from a seed, and a fuzzer makes
 *         them of its bytes.
 *   [WK2] A command goes the whole way of a real one: written and read as
 *         JSON, judged twice, sealed, read back, folded.
 *   [WK3] What must hold is looked at with other eyes than those of the rules:
 *         test_ledger.h keeps books of its own, from what was sealed.
 *   [WK4] What was given is kept as a script, and may be given again, in part.
 *
 * Nothing here needs base/test.h, so that fuzz/ can use it: what is wrong comes
 * back as a sentence.
 */

#include "domain/command.h"
#include "domain/state.h"
#include "domain/test_ledger.h"

struct arena;
struct buf;

/* Where choices come from. */
struct choices {
    uint64_t (*below)(struct choices *c, uint64_t n); /* 0..n-1; n >= 1 */
    bool over;                                        /* nothing more to take */
};

enum { WALK_PEOPLE = 26, WALK_EVENTS = 3000, WALK_STEPS = 3000 };

/* One command, as it was given; a script is a list of these. */
struct walk_step {
    day today;
    str login;
    str command;
    str json;
};

enum { WALK_REFUSALS = 512 };

/* One sentence that refuses, and how often it was said. */
struct walk_refusal {
    const char *id;
    uint32_t n;
};

/* What walks came by, to show that they were no stroll around the block. */
struct walk_tally {
    uint32_t given[256];    /* by command kind: carried out */
    uint32_t refused[256];  /* by command kind: refused by a rule */
    uint32_t happened[256]; /* by event kind */
    uint32_t acted[ROLE_COUNT];
    uint32_t stages[STAGE_COUNT]; /* entered */
    uint32_t endings[5];          /* by enum ending */
    uint32_t certificates;
    struct walk_refusal refusals[WALK_REFUSALS];
    size_t refusal_count;
};

/* So often more the sentence `name` refused. */
void walk_count_refusal(struct walk_tally *t, const char *name, uint32_t n);

/* How often it did. */
uint32_t walk_refused_as(const struct walk_tally *t, const char *name);

/* What a state points to and owns. */
struct state_arrays {
    struct requirement_state *requirements;
    struct leaf_state *leaves;
    struct figure_record *figures;
    struct answer *carried;
};

struct walk {
    struct arena *arena;
    struct choices *choices;
    struct walk_tally *tally; /* NULL: nobody counts */

    const struct scheme *scheme;
    struct person people[WALK_PEOPLE];
    size_t people_count;
    struct person heads[WALK_PEOPLE]; /* who may sign for the body */
    struct relation ties[2];
    struct enterprise enterprise;
    struct previous previous; /* the certificate it has from before */
    struct body body;
    str field;
    struct hash own_nonce; /* the body's half of the coin toss */
    uint64_t good;         /* so many in a hundred findings are */
    struct facts facts;

    struct state *state;
    struct state *before; /* as it was when the command came */
    struct state_arrays kept;
    struct ledger ledger;
    const struct event *events[WALK_EVENTS];
    size_t n;
    struct walk_step steps[WALK_STEPS];
    size_t step_count;
    size_t after_end; /* commands since the case ended */
};

/*
 * A case that nobody has opened yet, and the people around it.  Everything
 * lives in `a`; scheme, calendar and choices outlive the walk.  NULL without
 * memory.
 */
struct walk *walk_new(struct arena *a, const struct scheme *s,
                      const struct calendar *c, struct choices *choices);

/* Choose somebody, something and a day, and do it: NULL, or what is wrong. */
const char *walk_on(struct walk *w);

/* The same for a step somebody else chose. */
const char *walk_do(struct walk *w, const struct walk_step *step);

/*
 * Fold in an event that nobody decided on: well-formed, by its own table, and
 * otherwise anything; then have somebody give some command.  A state that broke
 * an invariant decides nothing; another decides, and what it decides on can be
 * sealed.  After this the walk is no honest one: no walk_on() any more.
 */
const char *walk_forge(struct walk *w);

/* Is there nothing left to do, or no room to remember it? */
bool walk_over(const struct walk *w);

/* The sealed texts, read and folded anew, give the same state: NULL, or what
 * is wrong. */
const char *walk_replay(const struct walk *w);

/* "2026-03-02 lead audit.open {}", a line a step. */
void walk_print(struct buf *out, const struct walk_step *steps, size_t n);

/* A number below `n` (n >= 1). */
uint64_t walk_pick(struct walk *w, uint64_t n);

/* Once in `n` times. */
bool walk_seldom(struct walk *w, uint64_t n);

/* Where is the person of this login?  The person is there. */
const struct person *walk_person(const struct walk *w, const char *login);

#endif
